//! The shops that forecasts are proved on (methods, section 5).

use super::{AmplitudeSpec, BaseSpec, EventsSpec, PlanSpec, SpendSpec, StockoutsSpec, SynthSpec};
use crate::calendar::Date;
use crate::units::Probability;

impl SynthSpec {
    /// The synthetic trial: 150 products, 540 days, an event every 60 to 80 days, three in ten of them out of stock before
    /// they end, and an ad response other than the fitted one (retention 0.4 instead of 0.3, slope 1.2 instead of 1, half
    /// saturation at 1,000 instead of the median).
    #[must_use]
    pub fn trial() -> Self {
        Self {
            name: "trial".to_owned(),
            seed: 1,
            first_day: first_day(),
            days: 540,
            products: 150,
            base: BaseSpec::default(),
            holiday: Vec::new(),
            events: EventsSpec::default(),
            amplitude: AmplitudeSpec::default(),
            spend: SpendSpec::default(),
            stockouts: StockoutsSpec::default(),
            viral: None,
            wholesale: None,
            creators: None,
            live: None,
            supply: Vec::new(),
            plan: PlanSpec::default(),
        }
    }

    /// The trial, with one event in ten that brings three times as much.
    #[must_use]
    pub fn trial_heavy_tail() -> Self {
        let amplitude = AmplitudeSpec { heavy_share: share(0.1), ..AmplitudeSpec::default() };
        Self { name: "trial-heavy-tail".to_owned(), amplitude, ..Self::trial() }
    }

    /// The trial, with ads that follow sales: an event that goes twice as well is given 1.7 times the planned spend.
    #[must_use]
    pub fn trial_reactive() -> Self {
        let spend = SpendSpec { reaction: 0.8, noise_sd: 0.15, ..SpendSpec::default() };
        Self { name: "trial-reactive".to_owned(), spend, ..Self::trial() }
    }

    /// The trial, with an error of 25 % in what is recorded of days that were partly in stock.
    #[must_use]
    pub fn trial_noisy_availability() -> Self {
        let stockouts = StockoutsSpec { noise_sd: 0.25, ..StockoutsSpec::default() };
        Self { name: "trial-noisy-availability".to_owned(), stockouts, ..Self::trial() }
    }

    /// The trial with 300 products of 175 days, each with one or two past events.
    #[must_use]
    pub fn trial_few_events() -> Self {
        let events = EventsSpec { first_days: [45, 95], most: Some(2), ..EventsSpec::default() };
        Self { name: "trial-few-events".to_owned(), products: 300, days: 175, events, ..Self::trial() }
    }

    /// The trial, with spend that has no effect: what an event brings does not depend on it.
    #[must_use]
    pub fn placebo() -> Self {
        let spend = SpendSpec { effect: false, ..SpendSpec::default() };
        Self { name: "placebo".to_owned(), spend, ..Self::trial() }
    }
}

/// Monday 2025-01-06.
fn first_day() -> Date {
    Date::EPOCH.plus_days(20_094)
}

fn share(value: f64) -> Probability {
    Probability::try_new(value).unwrap_or(Probability::ZERO)
}
