//! What the report says of the planner's multiplier, in its reasons and in the summary.

use super::decision::read;
use super::fixtures::{plain, rich};
use crate::report::view::View;
use crate::report::{Lang, summary};
use crate::run::{MultiplierReach, Reach, RunResult};
use crate::stats::Interval;
use crate::units::Probability;

/// The lognormal of cv .35, as its table has it, with 2,048 futures: 1.3 x covers 82.68 %, 1.5 x 91.35 %.
fn of(reach: Reach, needed: Option<f64>, written: bool) -> RunResult {
    let mut result = plain().clone();
    let covered = [(1.0, 0.5675), (1.2, 0.76), (1.3, 0.8268), (1.4, 0.8769), (1.5, 0.9135)];
    let event = &mut result.products[0].events[0];
    event.multiplier_service =
        covered.map(|(m, covered)| (m, Probability::try_new(covered).expect("a probability"))).to_vec();
    let interval = |(_, covered): (f64, f64)| {
        Interval::wilson((covered * 2048.0).round() as u64, 2048, 0.95).expect("an interval")
    };
    event.multiplier_reach = Some(MultiplierReach {
        target: Probability::try_new(0.95).expect("a probability"),
        written,
        futures: 2048,
        intervals: covered.map(interval).to_vec(),
        largest: reach,
        needed,
    });
    event.bursts = Some(4);
    result
}

fn sentence(result: &RunResult, lang: Lang) -> String {
    View::new(result, lang).multiples(&result.products[0]).join("").replace('\u{a0}', " ")
}

#[test]
fn a_multiple_that_cannot_reach_the_target_is_said_to() {
    let short = of(Reach::FallsShort, Some(1.74), true);
    assert_eq!(
        sentence(&short, Lang::En),
        "\"burst\", if such a multiple of its predicted total is all the stock there is for it: 1.3× means \
         P(no stockout) = 82.7 % (95 % interval 81.0–84.2 %, 2,048 futures); 1.2× 76 % and 1.5× 91.3 %. 1.5× cannot reach \
         the target of 95 %; 1.74× would."
    );
    assert_eq!(
        sentence(&short, Lang::Zh),
        "“burst”若只靠预测总量的若干倍库存：1.3 倍时不断货的概率为 82.7%（95% 置信区间 81.0–84.2%，2,048 种模拟未来）；\
         1.2 倍 76%、1.5 倍 91.3%。1.5 倍达不到目标 95%，1.74 倍才行。"
    );
    for (reach, needed, written, english, chinese) in [
        (
            Reach::Reached,
            Some(1.41),
            false,
            "1.5× reaches the target of 95 % (default); 1.41×",
            "1.5 倍能达到默认目标 95%",
        ),
        (Reach::TooClose, Some(1.5), true, "Whether 1.5× reaches the target of 95 % so many futures", "还分不清"),
        (Reach::Unproven, None, true, "they replay past bursts (4), too few to promise that", "只有 4 次"),
        (Reach::FallsShort, None, true, "nothing known here tells which multiple would", "说不准"),
    ] {
        let result = of(reach, needed, written);
        assert!(sentence(&result, Lang::En).contains(english), "{}", sentence(&result, Lang::En));
        assert!(sentence(&result, Lang::Zh).contains(chinese), "{}", sentence(&result, Lang::Zh));
    }
}

#[test]
fn it_stands_among_the_reasons_and_in_the_summary_of_every_event() {
    for result in [plain(), rich()] {
        let events: usize = result.products.iter().map(|product| product.events.len()).sum();
        let count = |text: &str, part: &str| text.matches(part).count();
        assert_eq!(count(&read(result, Lang::En), "means P(no stockout) ="), events);
        assert_eq!(count(&read(result, Lang::Zh), "时不断货的概率为"), events);
        let lines = summary(result, Lang::En).replace('\n', " ");
        assert_eq!(count(&lines, "means P(no stockout) ="), events);
    }
    // Of an event of no pieces there is no multiple.
    let mut none = plain().clone();
    none.products[0].events[0].multiplier_reach = None;
    assert_eq!(sentence(&none, Lang::En), "");
}
