//! Keys over a preset's, and every rule of the keys.

use super::*;

fn probability(value: f64) -> Probability {
    Probability::try_new(value).expect("a probability")
}

fn step(from: f64, share: f64, days: u32) -> StepSpec {
    StepSpec { from: probability(from), above: false, volume_share: probability(share), days, points: 0, many: None }
}

fn preset() -> PlatformSpec {
    PlatformSpec {
        market: Some("TH".into()),
        cancellation: Some(MetricSpec {
            window_days: Some(7),
            target: None,
            step: Some(vec![step(0.1, 0.9, 7), step(0.3, 0.7, 7)]),
        }),
        dispatch_days: Some(2),
        cancel_days: Some(3),
        weekend: Some(vec![WeekdayName::Sat, WeekdayName::Sun]),
        ..PlatformSpec::default()
    }
}

#[test]
fn each_key_of_the_scenario_stands_in_for_the_presets() {
    let own = PlatformSpec {
        cancellation: Some(MetricSpec { window_days: Some(28), ..MetricSpec::default() }),
        cancel_days: Some(5),
        other_orders_per_day: Some(200.0),
        ..PlatformSpec::default()
    };
    let both = own.over(preset());
    assert!(both.problems("platform").is_empty());
    let rules = both.rules();
    assert_eq!((rules.metrics[0].window_days, rules.metrics[0].steps.len()), (28, 2));
    assert_eq!((rules.dispatch_days, rules.cancel_days, both.other_orders_per_day), (Some(2), Some(5), Some(200.0)));
    // Friday and two working days.
    let friday = "2026-11-27".parse().expect("a date");
    assert_eq!(rules.calendar.add(friday, 2).to_string(), "2026-12-01");
}

#[test]
fn broken_rules_are_all_named() {
    let mut wrong = preset();
    wrong.cancellation =
        Some(MetricSpec { window_days: Some(0), target: None, step: Some(vec![step(0.3, 0.7, 7), step(0.3, 0.9, 0)]) });
    wrong.late_dispatch = Some(MetricSpec::default());
    wrong.cancel_days = Some(1);
    wrong.other_late_rate = Some(Probability::ZERO);
    use WeekdayName::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    wrong.weekend = Some(vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun]);
    let paths: Vec<String> = wrong.problems("platform").into_iter().map(|problem| problem.path).collect();
    let expected = [
        "platform.cancellation.window-days",
        "platform.cancellation.step[1].from",
        "platform.cancellation.step[1].volume-share",
        "platform.cancellation.step[1].days",
        "platform.cancel-days",
        "platform.weekend",
        "platform.other-late-rate",
    ];
    assert_eq!(paths, expected);
    let missing: Vec<String> = wrong.incomplete("platform").into_iter().map(|problem| problem.path).collect();
    assert_eq!(missing, ["platform.late-dispatch.window-days"]);
}
