//! A planned burst: one amplitude for the whole event, spread over its days by a shape.
//!
//! The amplitude is what makes a burst risky: ten days of 500 with one shared gamma amplitude of shape 4 have a
//! standard deviation of 2,501 pieces, with independent days of the same law 794.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::DayNoise;
use super::shop::{ShopFactor, uniform_of};
use crate::random::Stream;

/// How an event's uplift spreads over its days: shares that sum to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BurstShape(Vec<f64>);

impl BurstShape {
    /// A shape from non-negative weights a day; `None` if they have no positive sum.
    #[must_use]
    pub fn from_weights(weights: &[f64]) -> Option<Self> {
        let total: f64 = weights.iter().sum();
        (total > 0.0 && total.is_finite() && weights.iter().all(|w| *w >= 0.0))
            .then(|| Self(weights.iter().map(|w| w / total).collect()))
    }

    /// The same share every day.
    #[must_use]
    pub fn flat(days: usize) -> Self {
        Self(vec![1.0 / days.max(1) as f64; days.max(1)])
    }

    /// Linear ramp, plateau, exponential decay: the typical burst of an ad that takes off.
    ///
    /// The ramp rises linearly over `ramp` days to the plateau of 1; after the plateau the weight of a day is the
    /// mean of `exp(-t / tail)` over that day. Returns the weights in units of a plateau day.
    #[must_use]
    pub fn typical_weights(ramp: usize, plateau: usize, tail: f64, days: usize) -> Vec<f64> {
        (0..days)
            .map(|day| {
                if day < ramp {
                    (day as f64 + 0.5) / ramp as f64
                } else if day < ramp + plateau {
                    1.0
                } else if tail > 0.0 {
                    let after = (day - ramp - plateau) as f64;
                    tail * (libm::exp(-after / tail) - libm::exp(-(after + 1.0) / tail))
                } else {
                    0.0
                }
            })
            .collect()
    }

    /// Shares of the days.
    #[must_use]
    pub fn shares(&self) -> &[f64] {
        &self.0
    }

    /// The shape stretched or shrunk to `days` days, by linear interpolation of the cumulative share.
    ///
    /// ```
    /// use stockburst::process::BurstShape;
    /// let shape = BurstShape::from_weights(&[1.0, 3.0]).unwrap();
    /// assert_eq!(shape.warped(4).shares(), [0.125, 0.125, 0.375, 0.375]);
    /// ```
    #[must_use]
    pub fn warped(&self, days: usize) -> Self {
        let days = days.max(1);
        let length = self.0.len() as f64;
        let cumulative = |time: f64| {
            let whole = (time.floor() as usize).min(self.0.len());
            let part = self.0.get(whole).map_or(0.0, |share| share * (time - whole as f64));
            self.0[..whole].iter().sum::<f64>() + part
        };
        let edge = |day: usize| cumulative(length * day as f64 / days as f64);
        Self((0..days).map(|day| (edge(day + 1) - edge(day)).max(0.0)).collect())
    }
}

/// The law of an event's amplitude.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Uplift {
    /// `replay`: one of the library's bursts, its size and its shape together, each as likely.
    Replay {
        /// Uplift totals of the past bursts in pieces, carried over to this event's length, level and spend; ascending,
        /// so that a good time of the shop takes the larger ones.
        totals: Vec<f64>,
    },
    /// `hier`: z Student-t around a shrunk mean, truncated on both sides; the uplift is (exp(z) - offset) x ordinary demand
    /// of the event's days, so that with an offset of 1 exp(z) is demand over ordinary demand.
    Hierarchical {
        /// Ordinary demand of the event's days, in pieces.
        ordinary: f64,
        /// What is taken off exp(z).
        #[serde(default = "one")]
        offset: f64,
        /// Centre of z.
        location: f64,
        /// Scale of z.
        scale: f64,
        /// Degrees of freedom.
        freedom: f64,
        /// Probability beyond which either tail is cut, such as 0.001.
        cut: f64,
    },
    /// `parametric`: log-normal total with this mean and coefficient of variation.
    LogNormal {
        /// Mean uplift of the event in pieces, for a shape that sums to 1.
        mean: f64,
        /// Coefficient of variation.
        cv: f64,
    },
    /// `parametric`: gamma total with this mean and shape (variance mean² / shape).
    Gamma {
        /// Mean uplift of the event in pieces, for a shape that sums to 1.
        mean: f64,
        /// The gamma law's shape.
        shape: f64,
    },
}

/// The offset of a law that was written before there was one.
const fn one() -> f64 {
    1.0
}

impl Uplift {
    /// Mean uplift of the event in pieces (before the shape's own mass, see [`BurstProcess`]).
    ///
    /// Exact for replay and parametric laws; by a fixed midpoint rule over the quantiles for the truncated Student-t.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Replay { totals } if totals.is_empty() => 0.0,
            Self::Replay { totals } => totals.iter().sum::<f64>() / totals.len() as f64,
            Self::LogNormal { mean, .. } | Self::Gamma { mean, .. } => *mean,
            Self::Hierarchical { ordinary, offset, location, scale, freedom, cut } => {
                let table = QuantileTable::of_student(*freedom, *cut);
                let sum: f64 = table.middles.iter().map(|t| libm::exp(location + scale * t)).sum();
                ordinary * (sum / QuantileTable::CELLS as f64 - offset)
            }
        }
    }

    /// Standardised quantile of the truncated t at `share` of what the truncation leaves.
    fn quantile_of_z(&self, share: f64) -> f64 {
        match self {
            Self::Hierarchical { freedom, cut, .. } => {
                StudentsT::new(0.0, 1.0, *freedom).map_or(0.0, |law| law.inverse_cdf(cut + share * (1.0 - 2.0 * cut)))
            }
            _ => 0.0,
        }
    }
}

/// A quantile function between 0 and 1 as a table, for laws whose own takes microseconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct QuantileTable {
    /// At the ends of the cells.
    ends: Vec<f64>,
    /// In the middle of each.
    middles: Vec<f64>,
}

impl QuantileTable {
    const CELLS: usize = 4096;
    /// Outermost cells of either side, in which the law itself is asked: there a straight line is not good enough.
    const EXACT: usize = 96;

    /// The table of a truncated Student-t. It costs milliseconds and depends on these two alone, which are few in a shop:
    /// it is made once and kept.
    fn of_student(freedom: f64, cut: f64) -> Arc<Self> {
        /// Tables that are kept; beyond, a table is made anew each time.
        const MOST: usize = 256;
        static TABLES: Mutex<BTreeMap<[u64; 2], Arc<QuantileTable>>> = Mutex::new(BTreeMap::new());
        let key = [freedom.to_bits(), cut.to_bits()];
        let kept = || TABLES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = kept().get(&key) {
            return Arc::clone(table);
        }
        let law = Uplift::Hierarchical { ordinary: 1.0, offset: 1.0, location: 0.0, scale: 1.0, freedom, cut };
        let table = Arc::new(Self::of(|share| law.quantile_of_z(share)));
        let mut tables = kept();
        if tables.len() < MOST {
            tables.insert(key, Arc::clone(&table));
        }
        table
    }

    fn of(quantile: impl Fn(f64) -> f64) -> Self {
        let at = |place: f64| quantile(place / Self::CELLS as f64);
        let ends = (0..=Self::CELLS).map(|cell| at(cell as f64)).collect();
        Self { ends, middles: (0..Self::CELLS).map(|cell| at(cell as f64 + 0.5)).collect() }
    }

    /// The quantile at `share`: by a straight line between the table's points, off by less than 1e-4 of a standard
    /// deviation.
    fn at(&self, share: f64, exact: impl Fn(f64) -> f64) -> f64 {
        let place = share * Self::CELLS as f64;
        let cell = place as usize;
        if !(Self::EXACT..Self::CELLS - Self::EXACT).contains(&cell) {
            return exact(share);
        }
        let (low, high) = (self.ends[cell], self.ends[cell + 1]);
        low + (high - low) * (place - cell as f64)
    }
}

/// One product's share of one planned event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BurstProcess {
    /// Law of the amplitude.
    pub uplift: Uplift,
    /// Shapes to choose from, each as likely, already warped to the event's days. With [`Uplift::Replay`], entry i is
    /// the shape of burst i.
    pub shapes: Vec<BurstShape>,
    /// Size of each shape relative to the mean shape (a longer plateau sells more); mean 1.
    pub masses: Vec<f64>,
    /// Day noise around the shared amplitude.
    pub noise: DayNoise,
    /// Whether the totals are multiples of ordinary demand, so that a path's level error moves them too.
    pub follows_level: bool,
}

impl BurstProcess {
    /// Mean uplift of the whole event in pieces.
    #[must_use]
    pub fn mean_total(&self) -> f64 {
        self.uplift.mean()
    }

    /// Mean uplift on each day of the event, in pieces.
    #[must_use]
    pub fn mean_by_day(&self, days: usize) -> Vec<f64> {
        let mut mean = vec![0.0; days];
        let count = self.shapes.len().max(1) as f64;
        let common = self.uplift.mean();
        for (which, shape) in self.shapes.iter().enumerate() {
            let total = match &self.uplift {
                Uplift::Replay { totals } => totals.get(which).copied().unwrap_or(0.0),
                _ => common * self.masses.get(which).copied().unwrap_or(1.0),
            };
            for (day, share) in shape.shares().iter().take(days).enumerate() {
                mean[day] += total * share / count;
            }
        }
        mean
    }

    /// What the tables of [`BurstProcess::draw_total`] hold; make it once for many draws.
    pub(super) fn quantiles(&self) -> Option<Arc<QuantileTable>> {
        match &self.uplift {
            Uplift::Hierarchical { freedom, cut, .. } => Some(QuantileTable::of_student(*freedom, *cut)),
            _ => None,
        }
    }

    /// Draws one amplitude and one shape: the index of the shape, and the mean uplift of the event that it spreads. The
    /// total may be negative where past promotions sold less than ordinary days.
    ///
    /// The amplitude is a rising function of one latent normal, of which the shop holds its part.
    pub(super) fn draw_total(
        &self,
        shop: ShopFactor,
        quantiles: Option<&QuantileTable>,
        stream: &mut Stream,
    ) -> (usize, f64) {
        let latent = shop.latent(stream.normal());
        let which = match &self.uplift {
            Uplift::Replay { totals } => {
                ((uniform_of(latent) * totals.len() as f64) as usize).min(totals.len().saturating_sub(1))
            }
            _ => stream.below(self.shapes.len()),
        };
        let mass = self.masses.get(which).copied().unwrap_or(1.0);
        let total = match &self.uplift {
            Uplift::Replay { totals } => totals.get(which).copied().unwrap_or(0.0),
            Uplift::LogNormal { mean, cv } => {
                let variance = libm::log1p(cv * cv);
                mean * mass * libm::exp(libm::sqrt(variance) * latent - variance / 2.0)
            }
            Uplift::Gamma { mean, shape } => mean * mass * stream.gamma(1.0, *shape),
            Uplift::Hierarchical { ordinary, offset, location, scale, .. } => {
                // By inversion: one latent normal, monotone, so that candidates and laws stay in step.
                let share = uniform_of(latent);
                let exact = |share| self.uplift.quantile_of_z(share);
                let z = location + scale * quantiles.map_or_else(|| exact(share), |table| table.at(share, exact));
                ordinary * mass * (libm::exp(z) - offset)
            }
        };
        (which, total)
    }

    /// Draws the mean uplift of every day of the event, one amplitude spread by one shape.
    pub fn draw_means(&self, shop: ShopFactor, stream: &mut Stream) -> Vec<f64> {
        let (which, total) = self.draw_total(shop, None, stream);
        self.shapes.get(which).map_or_else(Vec::new, |shape| shape.shares().iter().map(|s| s * total).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Seed, Source};

    /// Ramp 3 days, plateau 8, tail exp(-t/3): 750 + 4000 + 1500 pieces at 500 a day (methods, section 3.6).
    #[test]
    fn typical_burst_has_its_mass() {
        let weights = BurstShape::typical_weights(3, 8, 3.0, 3 + 8 + 60);
        let mass: f64 = weights.iter().map(|w| w * 500.0).sum();
        assert!((mass - 6250.0).abs() < 0.01, "{mass}");
        let ramp: Vec<f64> = weights[..3].iter().map(|w| w * 500.0).collect();
        for (got, expected) in ramp.iter().zip([83.333, 250.0, 416.667]) {
            assert!((got - expected).abs() < 0.001);
        }
    }

    /// Ten days of 500 with one shared amplitude of CV 0.5 (gamma shape 4 has the same variance):
    /// variance 10 x 500 + 10² x 500² / 4 = 6,255,000, against 630,000 with independent days (V15).
    #[test]
    fn amplitude_is_shared_by_the_days() {
        let burst = BurstProcess {
            uplift: Uplift::LogNormal { mean: 5000.0, cv: 0.5 },
            shapes: vec![BurstShape::flat(10)],
            masses: vec![1.0],
            noise: DayNoise::Poisson,
            follows_level: false,
        };
        let n = 20_000_u64;
        let totals: Vec<f64> = (0..n)
            .map(|path| {
                let mut stream = Stream::open(Seed(3), path, Source::Burst, Entity::named(&["v15"]));
                let means = burst.draw_means(ShopFactor::NONE, &mut stream);
                means.iter().map(|m| burst.noise.draw(*m, &mut stream) as f64).sum()
            })
            .collect();
        let mean = totals.iter().sum::<f64>() / n as f64;
        let variance = totals.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1) as f64;
        assert!((mean - 5000.0).abs() < 4.0 * 2501.0 / (n as f64).sqrt(), "{mean}");
        assert!((variance / 6_255_000.0 - 1.0).abs() < 0.12, "{variance}");
    }

    #[test]
    fn the_table_of_quantiles_is_the_law() {
        let uplift =
            Uplift::Hierarchical { ordinary: 1.0, offset: 1.0, location: 0.0, scale: 1.0, freedom: 4.0, cut: 0.001 };
        let exact = |share| uplift.quantile_of_z(share);
        let table = QuantileTable::of(exact);
        for step in 1..10_000 {
            let share = f64::from(step) / 10_000.0;
            assert!((table.at(share, exact) - exact(share)).abs() < 1e-4, "{share}");
        }
    }

    #[test]
    fn truncated_t_has_the_mean_of_its_draws() {
        let uplift =
            Uplift::Hierarchical { ordinary: 100.0, offset: 1.0, location: 1.0, scale: 0.4, freedom: 6.0, cut: 0.001 };
        let burst = BurstProcess {
            uplift: uplift.clone(),
            shapes: vec![BurstShape::flat(1)],
            masses: vec![1.0],
            noise: DayNoise::Poisson,
            follows_level: false,
        };
        let n = 40_000_u64;
        let draws: Vec<f64> = (0..n)
            .map(|path| {
                burst.draw_means(
                    ShopFactor::NONE,
                    &mut Stream::open(Seed(9), path, Source::Burst, Entity::named(&["t"])),
                )[0]
            })
            .collect();
        let mean = draws.iter().sum::<f64>() / n as f64;
        let sd = (draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1) as f64).sqrt();
        assert!((mean - uplift.mean()).abs() < 4.0 * sd / (n as f64).sqrt(), "{mean} {}", uplift.mean());
    }
}
