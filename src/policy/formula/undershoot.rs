//! Undershoot: how far below the reorder point the position is when the order goes out.
//!
//! A formula that starts the lead time exactly at the reorder point forgets what the last day's demand took below it.
//! In a burst that day is a large one.

use super::inputs::{DailyDemand, IntervalDemand, LeadTimeMoments, ReorderPoint};
use super::normal::safety_factor;
use crate::units::ServiceLevel;

/// Mean and variance of the undershoot at an order, units and units².
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Undershoot {
    /// Mean.
    pub mean: f64,
    /// Variance.
    pub variance: f64,
}

impl Undershoot {
    /// The undershoot when the position is looked at every `review_days` (R, above 0; nothing is undershot otherwise).
    ///
    /// ```text
    /// X = demand between two looks: mean m = d R, variance v = σ² R, c² = v / m²
    /// E[U]  = E[X²] / 2 E[X] = (v + m²) / 2m
    /// E[U²] = E[X³] / 3 E[X] = m² (1 + c²) (1 + 2 c²) / 3
    /// ```
    ///
    /// The excess of a renewal process, which assumes lots of several looks' demand; the third moment is that of a
    /// gamma law with the same two. For whole units the mean is half a unit less. Source: Tijms (2003), "A First
    /// Course in Stochastic Models", section 8.1; Silver, Pyke & Thomas (2017), section 6.7 (undershoot).
    ///
    /// ```
    /// use stockburst::policy::formula::{DailyDemand, Undershoot};
    /// // A constant demand is cut anywhere with equal chance: uniform on 0..=12.
    /// let undershoot = Undershoot::of(&DailyDemand::try_new(12.0, 0.0, 12.0).unwrap(), 1.0);
    /// assert_eq!((undershoot.mean, undershoot.variance), (6.0, 12.0));
    /// ```
    #[must_use]
    pub fn of(demand: &DailyDemand, review_days: f64) -> Self {
        let mean = demand.mean() * review_days;
        if mean.is_nan() || mean <= 0.0 {
            return Self { mean: 0.0, variance: 0.0 };
        }
        let cv_squared = demand.sd() * demand.sd() * review_days / (mean * mean);
        let first = mean * (1.0 + cv_squared) / 2.0;
        let second = mean * mean * (1.0 + cv_squared) * (1.0 + 2.0 * cv_squared) / 3.0;
        Self { mean: first, variance: (second - first * first).max(0.0) }
    }
}

/// Normal reorder point for the demand over the interval *and* the undershoot before it.
///
/// ```text
/// ROP = d L + E[U] + z √(L σ² + d² σ_L² + Var U),  SS = ROP - d L - E[U]
/// ```
///
/// `interval` is the time after the order goes out: L - 1 days of demand where lead times are differences of dates.
/// Source: as [`Undershoot::of`].
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, LeadTimeMoments, undershoot_corrected};
/// use stockburst::units::ServiceLevel;
/// let demand = DailyDemand::try_new(12.0, 0.0, 12.0).unwrap();
/// let interval = LeadTimeMoments::constant(4.0).unwrap();
/// let median = undershoot_corrected(&demand, &interval, 1.0, ServiceLevel::try_new(0.5).unwrap());
/// assert_eq!(median.reorder_point, 4.0 * 12.0 + 6.0);
/// ```
#[must_use]
pub fn undershoot_corrected(
    demand: &DailyDemand,
    interval: &LeadTimeMoments,
    review_days: f64,
    service: ServiceLevel,
) -> ReorderPoint {
    let undershoot = Undershoot::of(demand, review_days);
    let over = IntervalDemand::over(demand, interval);
    let safety_stock = safety_factor(service) * (over.variance() + undershoot.variance).sqrt();
    ReorderPoint::above(over.mean() + undershoot.mean, safety_stock)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Daily review, Poisson 3, lead time 5 dates (4 days of demand after the order), s = 12, lost sales: an exact
    /// Markov chain gives a cycle service of 0.4136 (vector `sq-lostsales-daily-exact-01`). The correction comes near,
    /// where a quantile over the 4 days says 0.576 and one over 5 says 0.268.
    #[test]
    fn the_correction_comes_near_the_exact_service() {
        let demand = DailyDemand::try_new(3.0, 3.0_f64.sqrt(), 9.0).unwrap();
        let after_order = LeadTimeMoments::constant(4.0).unwrap();
        let reorder = undershoot_corrected(&demand, &after_order, 1.0, ServiceLevel::try_new(0.4136).unwrap());
        // Half a unit for whole units, half a unit for the continuity of the normal law.
        assert!((reorder.reorder_point - 1.0 - 12.0).abs() < 0.5, "{reorder:?}");
    }

    #[test]
    fn nothing_demanded_is_nothing_undershot() {
        let none = DailyDemand::try_new(0.0, 2.0, 9.0).unwrap();
        assert_eq!(Undershoot::of(&none, 1.0), Undershoot { mean: 0.0, variance: 0.0 });
        let some = DailyDemand::try_new(3.0, 2.0, 9.0).unwrap();
        for review_days in [0.0, -1.0, f64::NAN] {
            assert_eq!(Undershoot::of(&some, review_days), Undershoot { mean: 0.0, variance: 0.0 });
        }
    }
}
