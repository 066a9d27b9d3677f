//! A product's ordinary demand: its level, how that drifts, and its weekdays.

use std::f64::consts::TAU;

use super::{SynthSpec, signed, stream};
use crate::random::Stream;

/// What is true of a product before anything happens.
#[derive(Debug, Clone)]
pub(super) struct Product {
    pub(super) sku: String,
    /// Mean pieces of an ordinary day, without drift.
    pub(super) level: f64,
    pub(super) weekday: [f64; 7],
    /// Phase of the sine, in periods.
    phase: f64,
    /// Log of the product's planned spend over the shop's median.
    pub(super) spend_effect: f64,
    /// Mean log productivity: pieces a day at full response.
    pub(super) productivity: f64,
    pub(super) price: f64,
    /// The random walk of the log level, as it went.
    walk: Vec<f64>,
}

impl Product {
    pub(super) fn draw(spec: &SynthSpec, at: u32) -> Self {
        let sku = format!("SYN-{:04}", at + 1);
        let mut traits = stream(spec.seed, 0, &[&sku, "traits"]);
        let log_level = spec.base.sd * traits.normal();
        let phase = traits.uniform();
        let spend_effect = spec.spend.product_sd * traits.normal();
        let own = spec.amplitude.between_sd * traits.normal();
        let price = spec.plan.price * libm::exp(spec.plan.price_sd * traits.normal());
        let mut weekday =
            spec.base.weekday.map(|factor| factor * libm::exp(spec.base.weekday_scatter * traits.normal()));
        let mean = weekday.iter().sum::<f64>() / 7.0;
        for factor in &mut weekday {
            *factor /= mean;
        }
        let median = libm::log(spec.amplitude.median.max(f64::MIN_POSITIVE));
        let mut steps = stream(spec.seed, 0, &[&sku, "walk"]);
        Self {
            level: spec.base.median * libm::exp(log_level),
            weekday,
            phase,
            spend_effect,
            productivity: median + spec.amplitude.level_power * log_level + own,
            price: (price * 100.0).round() / 100.0,
            walk: walk(spec, 0.0, spec.days as usize, &mut steps),
            sku,
        }
    }

    /// Mean of ordinary demand on a day, at a place of the walk; without bursts and dips.
    pub(super) fn baseline(&self, spec: &SynthSpec, day: usize, walk: f64) -> f64 {
        let base = &spec.base;
        let date = spec.first_day.plus_days(signed(day));
        let sine = base.sine * libm::sin(TAU * (day as f64 / base.sine_days + self.phase));
        let holidays =
            spec.holiday.iter().filter(|holiday| (0..i64::from(holiday.days)).contains(&date.days_since(holiday.date)));
        let holiday: f64 = holidays.map(|holiday| holiday.factor).product();
        self.level * libm::exp(walk + sine) * self.weekday[date.weekday().index()] * holiday
    }

    /// The walk as it went before `as_of`, and as it might go on until `end`; from day 0.
    pub(super) fn walk_until(&self, spec: &SynthSpec, as_of: usize, end: usize, path: u64) -> Vec<f64> {
        let known = as_of.min(self.walk.len());
        let mut whole = self.walk[..known].to_vec();
        if end > known {
            let mut steps = stream(spec.seed, path, &[&self.sku, "walk"]);
            whole.extend(walk(spec, whole.last().copied().unwrap_or(0.0), end - known, &mut steps));
        }
        whole
    }

    /// The walk as it went.
    pub(super) fn walk(&self) -> &[f64] {
        &self.walk
    }
}

fn walk(spec: &SynthSpec, from: f64, days: usize, steps: &mut Stream) -> Vec<f64> {
    let mut at = from;
    let next = |_| {
        at += spec.base.walk_sd * steps.normal();
        at
    };
    (0..days).map(next).collect()
}
