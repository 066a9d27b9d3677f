//! Any text at all.

use proptest::prelude::*;

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        if let Err(error) = check(&text) {
            prop_assert!(!error.render(true).is_empty());
        }
    }

    #[test]
    fn any_change_of_a_scenario_is_answered(at in 0..GOOD.len(), cut in 0..40_usize, piece in "[\\[\\]{}=\"'.,#\n a-z0-9\u{e9}名-]{0,12}") {
        let from = GOOD.floor_char_boundary(at);
        let to = GOOD.floor_char_boundary((from + cut).min(GOOD.len()));
        let text = format!("{}{piece}{}", &GOOD[..from], &GOOD[to..]);
        if let Err(ScenarioError::Invalid(all)) = check(&text) {
            prop_assert!(!all.is_empty());
            for at in &all {
                prop_assert!(text.is_char_boundary(at.span.start) && text.is_char_boundary(at.span.end));
                let shown = at.render(false);
                prop_assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{}", shown);
            }
        }
    }
}
