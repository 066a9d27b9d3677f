//! The rules of a synthetic shop's parameters, all problems at once.

use std::fmt::Display;

use super::event::LONGEST_TAIL;
use super::{StageLaw, SynthProblem, SynthSpec};

/// Most products.
const MOST_PRODUCTS: u32 = 5_000;
/// Most days.
const MOST_DAYS: u32 = 3_650;
/// Largest standard deviation of a logarithm: beyond it a shop is no shop.
const MOST_SD: f64 = 2.0;
/// Largest amount.
const MOST_AMOUNT: f64 = 1e9;
/// Most pieces a day and parameter.
const MOST_PIECES: f64 = 1e5;

/// The list in progress.
#[derive(Default)]
struct Problems(Vec<SynthProblem>);

impl Problems {
    fn add(&mut self, path: &str, problem: String) {
        self.0.push(SynthProblem { path: path.to_owned(), problem });
    }

    fn within<T: PartialOrd + Display>(&mut self, path: &str, value: T, least: T, most: T) {
        // NaN is in no range.
        if !(value >= least && value <= most) {
            self.add(path, format!("`{value}` is not from {least} to {most}"));
        }
    }

    fn range(&mut self, path: &str, [low, high]: [u32; 2], least: u32, most: u32) {
        if low > high {
            self.add(path, format!("least `{low}` is above most `{high}`"));
        }
        self.within(path, low.min(high), least, most);
        self.within(path, low.max(high), least, most);
    }

    fn sd(&mut self, path: &str, value: f64) {
        self.within(path, value, 0.0, MOST_SD);
    }
}

impl SynthSpec {
    /// Holds the parameters against every rule.
    ///
    /// # Errors
    /// All problems, each with the path of its key.
    ///
    /// ```
    /// use stockburst::synth::SynthSpec;
    /// let mut spec = SynthSpec::trial();
    /// assert!(spec.check().is_ok());
    /// spec.base.noise_size = 0.0;
    /// assert_eq!(spec.check().unwrap_err()[0].path, "base.noise-size");
    /// ```
    pub fn check(&self) -> Result<(), Vec<SynthProblem>> {
        let mut problems = Problems::default();
        self.check_frame(&mut problems);
        self.check_demand(&mut problems);
        self.check_events(&mut problems);
        self.check_ads(&mut problems);
        self.check_stockouts(&mut problems);
        self.check_extras(&mut problems);
        self.check_supply(&mut problems);
        if problems.0.is_empty() { Ok(()) } else { Err(problems.0) }
    }

    fn check_frame(&self, problems: &mut Problems) {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if self.name.is_empty() || self.name.len() > 80 || !self.name.chars().all(plain) {
            problems.add("name", "is not 1 to 80 letters, digits, `-` and `_`".to_owned());
        }
        let (year, ..) = self.first_day.parts();
        problems.within("first-day", i32::from(year), 1900, 2200);
        problems.within("days", self.days, 60, MOST_DAYS);
        problems.within("products", self.products, 1, MOST_PRODUCTS);
        let plan = &self.plan;
        problems.within("plan.in-days", plan.in_days, 1, 366);
        problems.within("plan.stock-days", plan.stock_days, 0.0, 1e3);
        problems.within("plan.price", plan.price, 0.01, MOST_AMOUNT);
        problems.sd("plan.price-sd", plan.price_sd);
    }

    fn check_demand(&self, problems: &mut Problems) {
        let base = &self.base;
        problems.within("base.median", base.median, 0.01, MOST_PIECES);
        problems.sd("base.sd", base.sd);
        for (day, factor) in base.weekday.iter().enumerate() {
            problems.within(&format!("base.weekday[{day}]"), *factor, 0.0, 100.0);
        }
        if base.weekday.iter().sum::<f64>() <= 0.0 {
            problems.add("base.weekday", "no day sells anything".to_owned());
        }
        problems.sd("base.weekday-scatter", base.weekday_scatter);
        problems.within("base.walk-sd", base.walk_sd, 0.0, 0.2);
        problems.within("base.sine", base.sine, 0.0, 3.0);
        problems.within("base.sine-days", base.sine_days, 2.0, 1e5);
        problems.within("base.noise-size", base.noise_size, 0.05, 1e6);
        for (at, holiday) in self.holiday.iter().enumerate() {
            problems.within(&format!("holiday[{at}].days"), holiday.days, 1, 366);
            problems.within(&format!("holiday[{at}].factor"), holiday.factor, 0.0, 100.0);
        }
    }

    fn check_events(&self, problems: &mut Problems) {
        let events = &self.events;
        problems.range("events.first-days", events.first_days, 1, MOST_DAYS);
        problems.range("events.gap-days", events.gap_days, 1, MOST_DAYS);
        problems.range("events.ramp-days", events.ramp_days, 0, 60);
        problems.range("events.plateau-days", events.plateau_days, 1, 120);
        problems.within("events.tail-days", events.tail_days, 0.0, 30.0);
        problems.within("events.dip-days", events.dip_days, 1, 60);
        let longest = events.ramp_days[1].saturating_add(events.plateau_days[1]).saturating_add(LONGEST_TAIL as u32);
        let longest = longest.saturating_add(self.stockouts.restock_days[1]);
        if events.gap_days[0] < longest {
            let least = events.gap_days[0];
            let problem =
                format!("least `{least}` is below {longest}, the days of the longest event with tail and restocking");
            problems.add("events.gap-days", problem);
        }
    }

    fn check_ads(&self, problems: &mut Problems) {
        let amplitude = &self.amplitude;
        problems.within("amplitude.median", amplitude.median, 0.0, MOST_PIECES);
        problems.sd("amplitude.between-sd", amplitude.between_sd);
        problems.sd("amplitude.within-sd", amplitude.within_sd);
        problems.within("amplitude.season-days", amplitude.season_days, 1, MOST_DAYS);
        problems.within("amplitude.level-power", amplitude.level_power, 0.0, 2.0);
        problems.within("amplitude.heavy-factor", amplitude.heavy_factor, 1.0, 100.0);
        let spend = &self.spend;
        problems.within("spend.median", spend.median, 0.01, MOST_AMOUNT);
        problems.sd("spend.product-sd", spend.product_sd);
        problems.sd("spend.event-sd", spend.event_sd);
        problems.within("spend.retention", spend.retention.get(), 0.0, 0.99);
        problems.within("spend.slope", spend.slope, 0.1, 10.0);
        problems.within("spend.half-saturation", spend.half_saturation, 0.01, MOST_AMOUNT);
        problems.within("spend.reaction", spend.reaction, 0.0, 2.0);
        problems.sd("spend.noise-sd", spend.noise_sd);
    }

    fn check_stockouts(&self, problems: &mut Problems) {
        let stockouts = &self.stockouts;
        problems.sd("stockouts.planner-sd", stockouts.planner_sd);
        problems.range("stockouts.restock-days", stockouts.restock_days, 0, 60);
        problems.within("stockouts.ordinary-a-year", stockouts.ordinary_a_year, 0.0, 36.0);
        problems.range("stockouts.ordinary-days", stockouts.ordinary_days, 1, 60);
        problems.within("stockouts.noise-sd", stockouts.noise_sd, 0.0, MOST_SD);
        let hours = &stockouts.hours;
        if hours.len() != 24 || !hours.iter().all(|hour| (0.0..=1e6).contains(hour)) || hours.iter().sum::<f64>() <= 0.0
        {
            problems.add("stockouts.hours", "is not 24 weights of 0 or more with a positive sum".to_owned());
        }
    }

    fn check_extras(&self, problems: &mut Problems) {
        if let Some(viral) = &self.viral {
            problems.within("viral.a-year", viral.a_year, 0.0, 36.0);
            problems.within("viral.size-days", viral.size_days, 0.01, 1e3);
            problems.sd("viral.size-sd", viral.size_sd);
            problems.within("viral.decay-days", viral.decay_days, 0.1, 30.0);
        }
        if let Some(wholesale) = &self.wholesale {
            problems.within("wholesale.a-year", wholesale.a_year, 0.0, 365.0);
            problems.within("wholesale.size-days", wholesale.size_days, 0.01, 1e3);
            problems.sd("wholesale.size-sd", wholesale.size_sd);
        }
        if let Some(creators) = &self.creators {
            problems.within("creators.hosts", creators.hosts, 1, 10_000);
            problems.sd("creators.effect-sd", creators.effect_sd);
            problems.within("creators.events-a-creative", creators.events_a_creative, 1, 1_000);
            problems.within("creators.creative-half-life-days", creators.creative_half_life_days, 1.0, 1e4);
        }
        if let Some(live) = &self.live {
            problems.within("live.factor", live.factor, 0.01, 100.0);
            if live.slots.is_empty() || live.slots.contains(|c: char| c == '"' || c == '\\' || c.is_control()) {
                problems.add("live.slots", "is empty or has a quote, a backslash or a control character".to_owned());
            }
        }
    }

    fn check_supply(&self, problems: &mut Problems) {
        let plain = |text: &str| {
            let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            !text.is_empty() && text.len() <= 40 && text.chars().all(allowed)
        };
        for (at, lane) in self.supply.iter().enumerate() {
            let path = |key: &str| format!("supply[{at}].{key}");
            if !plain(&lane.mode) {
                problems.add(&path("mode"), "is not lower-case words joined by hyphens".to_owned());
            }
            if self.supply[..at].iter().any(|other| other.mode == lane.mode) {
                problems.add(&path("mode"), format!("`{}` stands already above", lane.mode));
            }
            if lane.supplier.is_empty() || lane.supplier.contains(|c: char| c == '"' || c.is_control()) {
                problems.add(&path("supplier"), "is empty or has a quote or a control character".to_owned());
            }
            problems.range(&path("every-days"), lane.every_days, 1, 730);
            problems.within(&path("order-days"), lane.order_days, 0.01, 1e3);
            let stages = [
                ("production", lane.production),
                ("first-leg", lane.first_leg),
                ("customs", lane.customs),
                ("last-leg", lane.last_leg),
            ];
            for (key, StageLaw { mean, cv }) in stages {
                problems.within(&path(&format!("{key}.mean")), mean, 0.0, 365.0);
                problems.within(&path(&format!("{key}.cv")), cv, 0.0, 5.0);
            }
            problems.range(&path("inspection-days"), lane.inspection_days, 0, 365);
        }
    }
}
