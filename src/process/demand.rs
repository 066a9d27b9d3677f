//! Organic demand: what sells without the planned burst.

use serde::{Deserialize, Serialize};

use crate::calendar::{Date, Weekday};
use crate::random::{AliasTable, CountLaw, NegativeBinomial, Stream};

/// How counts of a day scatter around their mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum DayNoise {
    /// Variance equal to the mean.
    Poisson,
    /// Variance mean + mean² / size.
    NegativeBinomial {
        /// The size k; smaller is noisier.
        size: f64,
    },
}

impl DayNoise {
    /// A count with this mean.
    pub fn draw(self, mean: f64, stream: &mut Stream) -> u64 {
        match self {
            Self::Poisson => stream.poisson(mean),
            Self::NegativeBinomial { size } => stream.negative_binomial(mean, size),
        }
    }

    /// The law prepared for many draws.
    #[must_use]
    pub(super) fn prepared(self) -> CountLaw {
        match self {
            Self::NegativeBinomial { size } => NegativeBinomial::with_size(size)
                .map_or(CountLaw::Poisson, |law| CountLaw::NegativeBinomial(Box::new(law))),
            Self::Poisson => CountLaw::Poisson,
        }
    }

    /// A table of the counts with this mean, if one can be made.
    pub(super) fn table(self, mean: f64) -> Option<AliasTable> {
        match self {
            Self::Poisson => AliasTable::poisson(mean),
            Self::NegativeBinomial { size } => AliasTable::negative_binomial(mean, size),
        }
    }

    /// Variance of a count with this mean.
    #[must_use]
    pub fn variance(self, mean: f64) -> f64 {
        match self {
            Self::Poisson => mean,
            Self::NegativeBinomial { size } => mean + mean * mean / size,
        }
    }
}

/// Demand of an ordinary day: level x weekday factor x level error, with day noise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrganicDemand {
    /// Mean pieces a day.
    pub level: f64,
    /// Factor of each weekday, Monday first; mean 1.
    pub weekday: [f64; Weekday::COUNT],
    /// Relative standard deviation of the level over a path (one draw a path, mean 1).
    pub level_error: f64,
    /// Day noise.
    pub noise: DayNoise,
}

impl OrganicDemand {
    /// Mean pieces on `date`.
    #[must_use]
    pub fn mean(&self, date: Date) -> f64 {
        self.level * self.weekday[date.weekday().index()]
    }

    /// The level factor of one path: the cube of a normal variable, of mean 1, which is nearly a gamma variable (Wilson
    /// and Hilferty 1931, PNAS 17, 684-688). A log-normal factor of the same spread promises peaks that do not come.
    ///
    /// ```text
    /// (1 + e z / 3)³ / (1 + e² / 3),  0 where the root would be negative
    /// ```
    pub fn draw_level_factor(&self, stream: &mut Stream) -> f64 {
        // One normal is drawn even without level error, so that a change of the error moves no other draw.
        let normal = stream.normal();
        let root = (1.0 + self.level_error * normal / 3.0).max(0.0);
        root * root * root / (1.0 + self.level_error * self.level_error / 3.0)
    }
}
