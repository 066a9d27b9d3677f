//! A mode's lead times as a sample.

use serde::{Deserialize, Serialize};

use super::LeadTimeChain;
use crate::calendar::Date;
use crate::random::Stream;
use crate::units::{Days, Probability};

/// A large sample of a mode's lead times, for quantiles and on-time probabilities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeadTimeSample {
    /// Lead times in days, ascending.
    sorted: Vec<u32>,
}

impl LeadTimeSample {
    /// Draws `count` lead times of orders placed at the end of `date`, each as [`LeadTimeChain::draw_days`] gives it
    /// on a path of its own: behind the orders of earlier days where the lane keeps its order, and waiting for a
    /// closed supplier.
    pub fn draw(chain: &LeadTimeChain, date: Date, count: usize, stream: &mut Stream) -> Self {
        let (mut sorted, mut order) = (Vec::with_capacity(count.max(1)), Vec::new());
        for _ in 0..count.max(1) {
            chain.draw_days_into(&mut order, date, 1, stream);
            sorted.append(&mut order);
        }
        sorted.sort_unstable();
        Self { sorted }
    }

    /// Smallest number of days that a share `level` of the orders need at most.
    #[must_use]
    pub fn quantile(&self, level: f64) -> Days {
        let rank = (level * self.sorted.len() as f64).ceil() as usize;
        Days(self.sorted[rank.clamp(1, self.sorted.len()) - 1])
    }

    /// P(lead time <= `days`).
    #[must_use]
    pub fn on_time(&self, days: i64) -> Probability {
        let within = self.sorted.partition_point(|lead| i64::from(*lead) <= days);
        Probability::try_new(within as f64 / self.sorted.len() as f64).unwrap_or(Probability::ZERO)
    }

    /// The lead times, ascending.
    #[must_use]
    pub fn sorted(&self) -> &[u32] {
        &self.sorted
    }

    /// Mean and standard deviation of the whole-day lead times.
    #[must_use]
    pub fn mean_and_sd(&self) -> (f64, f64) {
        let n = self.sorted.len() as f64;
        let mean = self.sorted.iter().map(|d| f64::from(*d)).sum::<f64>() / n;
        let variance = self.sorted.iter().map(|d| (f64::from(*d) - mean).powi(2)).sum::<f64>() / n;
        (mean, variance.sqrt())
    }
}
