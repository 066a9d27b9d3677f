//! The latest day to place the pre-stock order.

use std::borrow::Borrow;

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::process::LeadTimeSample;
use crate::units::Probability;

/// Days beyond which no order date is sought.
const FARTHEST: i64 = 4096;

/// When an order by one mode must be placed to be on the shelf in time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderDate {
    /// Last day with the promised probability of being on the shelf in time; may lie before today.
    pub latest: Date,
    /// The promised probability.
    pub on_time: Probability,
    /// Last day with an even chance.
    pub even_chance: Date,
    /// Whether `latest` has passed.
    pub passed: bool,
    /// Probability of being in time if ordered today.
    pub on_time_today: Probability,
}

/// The latest order date for goods that should lie on the shelf on `wanted_on`; `lead_on` gives the lead times of the
/// orders of a day.
///
/// An order at the end of day t with lead time L is on the shelf at the start of t + L, so where every day is like
/// another the last day with probability `on_time` lies the `on_time` quantile of L before `wanted_on`. Where the
/// supplier closes, the last such day is sought from there: an order that is placed later never arrives earlier.
pub fn latest_order_date<L: Borrow<LeadTimeSample>>(
    lead_on: impl Fn(Date) -> L,
    today: Date,
    wanted_on: Date,
    on_time: Probability,
) -> OrderDate {
    let of_today = lead_on(today);
    let last = |level: f64| {
        let keeps = |date: Date| i64::from(lead_on(date).borrow().quantile(level).0) <= wanted_on.days_since(date);
        let first = wanted_on.plus_days(-i64::from(of_today.borrow().quantile(level).0));
        // Double the step until one end keeps the promise and the other does not, then halve it.
        let direction = if keeps(first) { 1 } else { -1 };
        let (mut near, mut step) = (0_i64, 1_i64);
        while step < FARTHEST && keeps(first.plus_days(direction * (near + step))) == (direction > 0) {
            near += step;
            step *= 2;
        }
        while step > 1 {
            step /= 2;
            if keeps(first.plus_days(direction * (near + step))) == (direction > 0) {
                near += step;
            }
        }
        first.plus_days(if direction > 0 { near } else { -near - 1 })
    };
    let latest = last(on_time.get());
    OrderDate {
        latest,
        on_time,
        even_chance: last(0.5),
        passed: latest < today,
        on_time_today: of_today.borrow().on_time(wanted_on.days_since(today)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::{Closure, DurationLaw, LeadTimeChain, Stage};
    use crate::random::{Entity, Seed, Source, Stream};

    #[test]
    fn the_last_day_still_keeps_its_promise() {
        let days = (1..=21).map(f64::from).collect();
        let chain = LeadTimeChain::new("m", vec![Stage { name: "all".into(), law: DurationLaw::Records { days } }]);
        let mut stream = Stream::open(Seed(1), 0, Source::LeadTime, Entity::named(&["m"]));
        let (today, wanted): (Date, Date) =
            ("2026-11-01".parse().expect("a date"), "2026-11-30".parse().expect("a date"));
        let lead = LeadTimeSample::draw(&chain, today, 40_000, &mut stream);
        let date = latest_order_date(|_| &lead, today, wanted, Probability::try_new(0.9).expect("a probability"));
        // Nine in ten need 19 days at most, half of them 11.
        assert_eq!(date.latest.to_string(), "2026-11-11");
        assert_eq!(date.even_chance.to_string(), "2026-11-19");
        assert!(!date.passed && date.on_time_today.get() == 1.0);
        let late = latest_order_date(|_| &lead, wanted.plus_days(-5), wanted, date.on_time);
        assert!(late.passed && (late.on_time_today.get() - 5.0 / 21.0).abs() < 0.02);
    }

    /// Closed from the 10th to the 20th, five days of production: for goods on the 23rd an order of the 7th comes in
    /// time (two days before the closure, three after it); for goods on the 12th it must be placed on the 4th.
    #[test]
    fn a_closure_moves_the_date() {
        let date = |text: &str| -> Date { text.parse().expect("a date") };
        let closure = Closure { from: date("2027-02-10"), until: date("2027-02-20") };
        let stages = vec![Stage { name: "production".into(), law: DurationLaw::Fixed { days: 5.0 } }];
        let chain = LeadTimeChain::new("sea", stages).closed(vec![closure]);
        let lead_on = |date| {
            let mut stream = Stream::open(Seed(1), 0, Source::LeadTime, Entity::named(&["m"]));
            LeadTimeSample::draw(&chain, date, 10, &mut stream)
        };
        for today in ["2027-01-20", "2027-02-07", "2027-02-15", "2027-03-01"] {
            let latest = |wanted: &str| {
                latest_order_date(lead_on, date(today), date(wanted), Probability::ONE).latest.to_string()
            };
            assert_eq!(latest("2027-02-23"), "2027-02-07", "seen from {today}");
            assert_eq!(latest("2027-02-12"), "2027-02-04", "seen from {today}");
            assert_eq!(latest("2027-03-30"), "2027-03-25", "seen from {today}");
        }
    }
}
