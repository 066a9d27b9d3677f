//! What the planner's multiplier means: which multiples of an event's predicted total reach the service asked for.
//!
//! It counts futures of the event's demand, as if a stock of so many pieces were all there is for it. What arrives during
//! the event, and which plan is best, the simulation of candidates knows; nothing of that may come in here.

use super::result::{MultiplierReach, Reach};
use crate::scenario::Scenario;
use crate::stats::{Interval, quantile_inverse_sorted};
use crate::units::Probability;

/// The multiples that people use.
pub(super) const CUSTOMARY: [f64; 5] = [1.0, 1.2, 1.3, 1.4, 1.5];
/// Confidence of the intervals.
const CONFIDENCE: f64 = 0.95;
/// A multiple is told in hundredths.
const PARTS: f64 = 100.0;

/// Holds the customary multiples of `predicted` pieces against the scenario's limit on stockouts. `totals` are the demands
/// of the event over the futures, ascending; `replay_ceiling` the service that replayed bursts can promise at most. `None`
/// without futures, or where nothing is predicted.
pub(super) fn reach(
    scenario: &Scenario,
    totals: &[f64],
    predicted: f64,
    replay_ceiling: Option<f64>,
) -> Option<MultiplierReach> {
    let limit = scenario.spec().limits.stockout.map(|limit| 1.0 - limit.get());
    let target = limit.unwrap_or_else(|| scenario.ordinary_service().get());
    if predicted <= 0.0 {
        return None;
    }
    let n = totals.len() as u64;
    let within = |multiple: f64| totals.partition_point(|total| *total <= multiple * predicted) as u64;
    let intervals: Option<Vec<Interval>> =
        CUSTOMARY.iter().map(|multiple| Interval::wilson(within(*multiple), n, CONFIDENCE)).collect();
    let intervals = intervals?;
    let unproven = replay_ceiling.is_some_and(|ceiling| target > ceiling);
    let largest = match intervals.last()? {
        interval if interval.high < target => Reach::FallsShort,
        _ if unproven => Reach::Unproven,
        interval if interval.low < target => Reach::TooClose,
        _ => Reach::Reached,
    };
    // Futures tell a quantile as long as it has an interval that ends within them.
    let told = !unproven && Interval::of_quantile(totals, target, CONFIDENCE).is_some();
    let quantile = quantile_inverse_sorted(totals, target).filter(|_| told);
    Some(MultiplierReach {
        target: Probability::try_new(target).ok()?,
        written: limit.is_some(),
        futures: n,
        intervals,
        largest,
        needed: quantile.map(|stock| (PARTS * stock / predicted).ceil() / PARTS),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::ScenarioSpec;

    fn scenario(limits: &str) -> Scenario {
        let text = format!(
            r#"{{"name": "tiny", "title": "How much?", "today": "2026-10-01",
              "product": [{{"sku": "A", "opening-stock": 100, "demand": {{"per-day": 5}}}}],
              "event": [{{"id": "sale", "start": "2026-10-20", "demand":
                {{"kind": "parametric", "ramp-days": 1, "plateau-days": [3, 4], "peak-per-day": 40}}}}],
              "lead-time": [{{"mode": "air", "stage": [{{"name": "all", "days": {{"kind": "fixed", "days": 9}}}}]}}],
              "limits": {limits}}}"#
        );
        let spec: ScenarioSpec = serde_json::from_str(&text).expect("a scenario");
        spec.validate().expect("valid")
    }

    /// Demands of 1 to 2,000 pieces, each once: the quantile of p is 2,000 p, and m x 1,000 covers m / 2.
    fn totals() -> Vec<f64> {
        (1..=2000).map(f64::from).collect()
    }

    #[test]
    fn a_multiple_covers_its_share_and_the_one_that_is_needed_is_the_quantile() {
        let limited = reach(&scenario(r#"{"stockout": 0.1}"#), &totals(), 1000.0, None).expect("a forecast");
        assert_eq!((limited.target.get(), limited.written, limited.futures), (0.9, true, 2000));
        // 1.5 x covers 75 % of them: P(1.5 x) = .75, and 90 % take 1.8 x.
        assert!(limited.intervals[4].contains(0.75) && limited.intervals[2].contains(0.65));
        assert_eq!((limited.largest, limited.needed), (Reach::FallsShort, Some(1.8)));
        let default = reach(&scenario("{}"), &totals(), 1000.0, None).expect("a forecast");
        assert_eq!((default.target.get(), default.written, default.needed), (0.95, false, Some(1.9)));
        // Predicted 1,300: 1.5 x covers 97.5 %, whose interval lies above 95 %; 1,900 / 1,300 = 1.4615.
        let enough = reach(&scenario("{}"), &totals(), 1300.0, None).expect("a forecast");
        assert_eq!((enough.largest, enough.needed), (Reach::Reached, Some(1.47)));
        let close = reach(&scenario("{}"), &totals(), 1270.0, None).expect("a forecast");
        assert_eq!(close.largest, Reach::TooClose, "95.2 % of 2,000 futures");
    }

    #[test]
    fn what_futures_or_bursts_cannot_tell_is_not_told() {
        // Nineteen in twenty is more than four bursts can promise, however the futures look.
        let replayed = reach(&scenario("{}"), &totals(), 1900.0, Some(0.8)).expect("a forecast");
        assert_eq!((replayed.largest, replayed.needed), (Reach::Unproven, None));
        let short = reach(&scenario("{}"), &totals(), 1000.0, Some(0.8)).expect("a forecast");
        assert_eq!((short.largest, short.needed), (Reach::FallsShort, None));
        // One in ten thousand lies beyond 2,000 futures.
        let rare = reach(&scenario(r#"{"stockout": 0.0001}"#), &totals(), 1000.0, None).expect("a forecast");
        assert_eq!((rare.largest, rare.needed), (Reach::FallsShort, None));
        assert_eq!(reach(&scenario("{}"), &totals(), 0.0, None), None);
        assert_eq!(reach(&scenario("{}"), &[], 5.0, None), None);
    }
}
