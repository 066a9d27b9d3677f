//! Stock alerts: when a falling stock reaches a level, and whether what is left lasts until somebody acts.

use serde::Serialize;

use super::inputs::{FormulaError, non_negative, positive};
use crate::stats::DemandLaw;
use crate::units::{Probability, Units};

/// A stock that single orders at a constant rate take down, watched for one level.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StockAlert {
    sold_before: u64,
    left_at: u64,
    rate: f64,
}

/// The whole units at or below a share of a stock: where an alert at that share rings.
pub(super) fn level_units(initial: Units, level: Probability) -> u64 {
    // A product that is whole but for its rounding is that whole number: 0.07 of 100 is 7.
    let pieces = level.get() * initial.as_f64();
    ((pieces * (1.0 + 4.0 * f64::EPSILON)).floor() as u64).min(initial.0)
}

impl StockAlert {
    /// An alert at `level`, a share of the `initial` stock, with orders at `rate_per_hour` and no arrivals.
    ///
    /// # Errors
    /// [`FormulaError::Number`] unless the rate is positive.
    ///
    /// ```
    /// use stockburst::{policy::formula::StockAlert, units::{Probability, Units}};
    /// let alert = StockAlert::try_new(Units(800), 16.0, Probability::try_new(0.5).unwrap()).unwrap();
    /// assert_eq!((alert.mean_hours(), alert.sd_hours()), (25.0, 1.25));
    /// // What is left at the alert is sold out within a day with a chance of 21 %.
    /// assert!((alert.stockout_within(24.0).unwrap() - 0.213_539_858_765_542).abs() < 1e-12);
    /// ```
    pub fn try_new(initial: Units, rate_per_hour: f64, level: Probability) -> Result<Self, FormulaError> {
        let rate = positive("orders an hour", rate_per_hour)?;
        let left_at = level_units(initial, level);
        Ok(Self { sold_before: initial.0 - left_at, left_at, rate })
    }

    /// Time from the start to the alert: the sum of so many independent exponential gaps.
    ///
    /// ```text
    /// T ~ Gamma(n, 1/λ),  n = units sold before the alert
    /// ```
    ///
    /// Source: elementary; the arrival times of a Poisson process (Ross, "Introduction to Probability Models",
    /// section 5.3).
    #[must_use]
    fn passage(&self, units: u64) -> Option<DemandLaw> {
        (units > 0).then(|| DemandLaw::Gamma { shape: units as f64, scale: 1.0 / self.rate })
    }

    /// Mean time from the start to the alert, hours.
    #[must_use]
    pub fn mean_hours(&self) -> f64 {
        self.sold_before as f64 / self.rate
    }

    /// Standard deviation of that time, hours.
    #[must_use]
    pub fn sd_hours(&self) -> f64 {
        (self.sold_before as f64).sqrt() / self.rate
    }

    /// Quantile of that time, hours; `None` unless 0 < `probability` < 1.
    ///
    /// ```
    /// use stockburst::{policy::formula::StockAlert, units::{Probability, Units}};
    /// let alert = StockAlert::try_new(Units(800), 16.0, Probability::try_new(0.1).unwrap()).unwrap();
    /// assert!((alert.quantile_hours(0.05).unwrap() - 42.277_483_081).abs() < 1e-8);
    /// ```
    #[must_use]
    pub fn quantile_hours(&self, probability: f64) -> Option<f64> {
        match self.passage(self.sold_before) {
            Some(law) => law.quantile(probability),
            None => (probability > 0.0 && probability < 1.0).then_some(0.0),
        }
    }

    /// Probability that what is left at the alert is sold out `hours` later.
    ///
    /// ```text
    /// P(Gamma(left, 1/λ) ≤ hours)
    /// ```
    ///
    /// # Errors
    /// [`FormulaError::Number`] unless the hours are finite and not negative.
    pub fn stockout_within(&self, hours: f64) -> Result<f64, FormulaError> {
        let hours = non_negative("reaction time", hours)?;
        Ok(self.passage(self.left_at).map_or(1.0, |law| law.cdf(hours)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(value: f64) -> Probability {
        Probability::try_new(value).unwrap()
    }

    #[test]
    fn levels_are_whole_units_at_or_below_the_share() {
        for (initial, level, units) in [(100, 0.07, 7), (100, 0.29, 29), (10, 0.55, 5), (3, 1.0, 3), (3, 0.0, 0)] {
            assert_eq!(level_units(Units(initial), share(level)), units, "{initial} x {level}");
        }
    }

    /// The later the alert, the longer it takes and the less it leaves to do.
    #[test]
    fn lower_levels_ring_later() {
        let alert = |level| StockAlert::try_new(Units(800), 16.0, share(level)).unwrap();
        let mut before = alert(0.9);
        for level in [0.7, 0.5, 0.3, 0.1, 0.0] {
            let next = alert(level);
            assert!(next.mean_hours() > before.mean_hours());
            assert!(next.quantile_hours(0.95) > before.quantile_hours(0.95));
            assert!(next.stockout_within(24.0).unwrap() >= before.stockout_within(24.0).unwrap());
            before = next;
        }
        assert_eq!(before.stockout_within(0.0).unwrap(), 1.0);
    }

    #[test]
    fn odd_input_has_a_decided_answer() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(StockAlert::try_new(Units(800), bad, share(0.5)).is_err());
        }
        let at_once = StockAlert::try_new(Units(800), 16.0, share(1.0)).unwrap();
        assert_eq!((at_once.mean_hours(), at_once.quantile_hours(0.9)), (0.0, Some(0.0)));
        assert_eq!(at_once.quantile_hours(1.0), None);
        assert!(at_once.stockout_within(f64::NAN).is_err());
        let huge = StockAlert::try_new(Units(u64::MAX), 1e-300, share(0.999)).unwrap();
        assert!(huge.stockout_within(1e300).unwrap() >= 0.0);
    }
}
