//! A simulated number and how well it is known.

use serde::{Deserialize, Serialize};

use super::interval::Interval;
use super::moments::Moments;

/// A Monte Carlo estimate: no simulated number is shown without its error and its number of replications.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error, in the same unit.
    pub standard_error: f64,
    /// How many independent replications it comes from.
    pub n: u64,
}

impl Estimate {
    /// The mean of independent replications; `None` of fewer than two.
    ///
    /// ```
    /// use stockburst::stats::Estimate;
    /// let lost = Estimate::of_mean(&[4.0, 7.0, 13.0, 16.0]).unwrap();
    /// assert_eq!((lost.value, lost.standard_error, lost.n), (10.0, 7.5_f64.sqrt(), 4));
    /// ```
    #[must_use]
    pub fn of_mean(sample: &[f64]) -> Option<Self> {
        Moments::of(sample).estimate()
    }

    /// The share of `n` replications in which something happened `events` times; `None` if `n` is 0 or less than
    /// `events`.
    ///
    /// ```text
    /// p = k / n,  standard error = √(p (1 - p) / n)
    /// ```
    ///
    /// Near 0 and 1 take the interval from [`Interval::wilson`]: at no event at all this standard error is 0.
    #[must_use]
    pub fn of_proportion(events: u64, n: u64) -> Option<Self> {
        if n == 0 || events > n {
            return None;
        }
        let share = events as f64 / n as f64;
        Some(Self { value: share, standard_error: (share * (1.0 - share) / n as f64).sqrt(), n })
    }

    /// Student's interval around the value; `None` of fewer than two replications, or unless 0 < `confidence` < 1.
    #[must_use]
    pub fn interval(&self, confidence: f64) -> Option<Interval> {
        let freedom = self.n.checked_sub(1)? as f64;
        Interval::student(self.value, self.standard_error, freedom, confidence)
    }
}
