//! Demand beside ordinary days and planned events: bursts that nobody paid for, and single large orders.

use super::stream;
use super::{SynthSpec, product::Product};
use crate::random::Stream;

/// Days of a year, for rates.
const YEAR: f64 = 365.0;
/// Most pieces of a large order.
const MOST_PIECES: f64 = 1e8;
/// Decay lengths after which a burst counts as over.
const OVER: f64 = 12.0;

/// A burst that nobody paid for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Viral {
    pub(super) start: usize,
    /// Mean pieces in all.
    pub(super) total: f64,
    decay_days: f64,
}

impl Viral {
    /// The bursts that begin from one day until before another.
    pub(super) fn draw(spec: &SynthSpec, product: &Product, (from, end): (usize, usize), path: u64) -> Vec<Self> {
        let Some(law) = spec.viral.as_ref().filter(|law| law.a_year > 0.0) else { return Vec::new() };
        let mut own = stream(spec.seed, path, &[&product.sku, "viral"]);
        let mut bursts = Vec::new();
        let mut at = from as f64;
        loop {
            at -= YEAR / law.a_year * libm::log(own.uniform());
            if at >= end as f64 {
                return bursts;
            }
            let total = product.level * law.size_days * libm::exp(law.size_sd * own.normal());
            bursts.push(Self { start: at as usize, total, decay_days: law.decay_days });
        }
    }

    /// Mean pieces on a day.
    pub(super) fn on(&self, day: usize) -> f64 {
        let Some(age) = day.checked_sub(self.start).map(|age| age as f64) else { return 0.0 };
        if age > OVER * self.decay_days {
            return 0.0;
        }
        -libm::expm1(-1.0 / self.decay_days) * self.total * libm::exp(-age / self.decay_days)
    }
}

/// Pieces of the large order of each of so many days; mostly none. Beside it a uniform mark: the hour at which it comes,
/// as a share of the day.
pub(super) fn wholesale(spec: &SynthSpec, product: &Product, days: usize, path: u64) -> Vec<(u64, f64)> {
    let Some(law) = &spec.wholesale else { return vec![(0, 0.0); days] };
    let mut own: Stream = stream(spec.seed, path, &[&product.sku, "wholesale"]);
    let draw = |_| {
        let (comes, mark, z) = (own.uniform() < law.a_year / YEAR, own.uniform(), own.normal());
        let pieces = product.level * law.size_days * libm::exp(law.size_sd * z);
        if comes { (pieces.round().clamp(1.0, MOST_PIECES) as u64, mark) } else { (0, mark) }
    };
    (0..days).map(draw).collect()
}
