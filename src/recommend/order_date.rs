//! The latest day to place the pre-stock order.

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::process::LeadTimeSample;
use crate::units::Probability;

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

/// The latest order date for goods that should lie on the shelf on `wanted_on`.
///
/// An order at the end of day t with lead time L is on the shelf at the start of t + L, so the last day with
/// probability `on_time` lies the `on_time` quantile of L before `wanted_on`.
#[must_use]
pub fn latest_order_date(lead: &LeadTimeSample, today: Date, wanted_on: Date, on_time: Probability) -> OrderDate {
    let before = |level: f64| wanted_on.plus_days(-i64::from(lead.quantile(level).0));
    let latest = before(on_time.get());
    OrderDate {
        latest,
        on_time,
        even_chance: before(0.5),
        passed: latest < today,
        on_time_today: lead.on_time(wanted_on.days_since(today)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::{DurationLaw, LeadTimeChain, Stage};
    use crate::random::{Entity, Seed, Source, Stream};

    #[test]
    fn the_last_day_still_keeps_its_promise() {
        let days = (1..=21).map(f64::from).collect();
        let chain = LeadTimeChain::new("m", vec![Stage { name: "all".into(), law: DurationLaw::Records { days } }]);
        let mut stream = Stream::open(Seed(1), 0, Source::LeadTime, Entity::named(&["m"]));
        let (today, wanted): (Date, Date) =
            ("2026-11-01".parse().expect("a date"), "2026-11-30".parse().expect("a date"));
        let lead = LeadTimeSample::draw(&chain, today, 40_000, &mut stream);
        let date = latest_order_date(&lead, today, wanted, Probability::try_new(0.9).expect("a probability"));
        // Nine in ten need 19 days at most, half of them 11.
        assert_eq!(date.latest.to_string(), "2026-11-11");
        assert_eq!(date.even_chance.to_string(), "2026-11-19");
        assert!(!date.passed && date.on_time_today.get() == 1.0);
        let late = latest_order_date(&lead, wanted.plus_days(-5), wanted, date.on_time);
        assert!(late.passed && (late.on_time_today.get() - 5.0 / 21.0).abs() < 0.02);
    }
}
