//! Parts of the pipeline that can be switched off: a suite that does not notice is no suite.

use serde::{Deserialize, Serialize};

use crate::history::Sku;
use crate::learn::Learned;
use crate::process::{BurstProcess, Uplift};

/// A part of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Component {
    /// Filling in what an empty shelf hid: without it sales are taken for demand.
    Uncensoring,
    /// One amplitude for all days of a burst: without it each day is drawn by itself around the mean.
    SharedAmplitude,
    /// Shrinkage to the shop and a Student-t: without it mean and standard deviation of the product's own bursts are taken
    /// for the truth.
    Shrinkage,
    /// Spend as planned: without it what was spent in the end, which went up because the burst went well.
    PlannedSpend,
}

impl Component {
    /// Breaks the law of a burst as the program would have it without this part; the others break what is learned.
    pub(super) fn switch_off(self, burst: &mut BurstProcess, learned: &Learned, sku: &Sku) {
        let Uplift::Hierarchical { ordinary, offset, location, scale, freedom, .. } = &mut burst.uplift else { return };
        match self {
            Self::SharedAmplitude => {
                // Days that vary by themselves average out: their sum scatters by the square root of their number less.
                let days = burst.shapes.first().map_or(1, |shape| shape.shares().len()).max(1);
                let mean = libm::exp(*location + *scale * *scale / 2.0);
                let shape = days as f64 / libm::expm1(*scale * *scale).max(1e-6);
                burst.uplift = Uplift::Gamma { mean: *ordinary * (mean - *offset).max(0.0), shape };
            }
            Self::Shrinkage => {
                let own = learned.bursts_of(sku);
                let logs: Vec<f64> = own
                    .iter()
                    .map(|past| {
                        let beyond = past.relative_uplift(1.0) / past.detail.spend_factor.unwrap_or(1.0);
                        libm::log((*offset + beyond).max(0.01))
                    })
                    .collect();
                if logs.len() < 2 {
                    return;
                }
                let n = logs.len() as f64;
                let mean = logs.iter().sum::<f64>() / n;
                let variance = logs.iter().map(|log| (log - mean).powi(2)).sum::<f64>() / (n - 1.0);
                (*location, *scale, *freedom) = (mean, variance.sqrt(), 1e6);
            }
            Self::Uncensoring | Self::PlannedSpend => {}
        }
    }
}
