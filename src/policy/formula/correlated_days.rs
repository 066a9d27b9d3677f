//! Days that are alike: demand over an interval when busy days come together.

use super::inputs::{DailyDemand, FormulaError, IntervalDemand, non_negative};

/// Demand over a fixed number of days, every pair of them with the same correlation.
///
/// ```text
/// mean = d L,  variance = σ² L (1 + (L - 1) ρ)
/// ```
///
/// `days` is L, at least 1; `correlation` is ρ. The square-root rule σ √L is the case ρ = 0, and far too small for the
/// days of one burst, which share its amplitude. Source: elementary, the variance of a sum.
///
/// # Errors
/// [`FormulaError::Number`] unless L ≥ 1 and -1 / (L - 1) ≤ ρ ≤ 1: other correlations are not possible.
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, correlated_days};
/// let demand = DailyDemand::try_new(100.0, 30.0, 200.0).unwrap();
/// let variance = |correlation| correlated_days(&demand, 20.0, correlation).unwrap().variance();
/// assert!((variance(0.0) - 18_000.0).abs() < 1e-9 && (variance(0.2) - 86_400.0).abs() < 1e-9);
/// ```
pub fn correlated_days(demand: &DailyDemand, days: f64, correlation: f64) -> Result<IntervalDemand, FormulaError> {
    let days = non_negative("number of days", days)?;
    if days < 1.0 {
        return Err(FormulaError::Number { name: "number of days", value: days, rule: "write at least 1" });
    }
    let growth = 1.0 + (days - 1.0) * correlation;
    if !(correlation.abs() <= 1.0 && growth >= 0.0) {
        let rule = "write a number from -1 / (days - 1) to 1";
        return Err(FormulaError::Number { name: "correlation of days", value: correlation, rule });
    }
    IntervalDemand::try_new(demand.mean() * days, demand.sd() * (days * growth).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// V2 of the method notes, and the two ends: all days the same, and days that make up for each other.
    #[test]
    fn correlation_moves_the_variance_only() {
        let demand = DailyDemand::try_new(100.0, 30.0, 200.0).unwrap();
        let variance = |correlation| correlated_days(&demand, 20.0, correlation).unwrap().variance();
        assert!((variance(0.2) - 86_400.0).abs() < 1e-9);
        assert!((variance(1.0) - 600.0 * 600.0).abs() < 1e-9);
        assert!(variance(-1.0 / 19.0).abs() < 1e-9);
        assert_eq!(correlated_days(&demand, 20.0, 0.2).unwrap().mean(), 2000.0);
    }

    #[test]
    fn odd_input_is_refused() {
        let demand = DailyDemand::try_new(100.0, 30.0, 200.0).unwrap();
        for days in [0.5, -1.0, f64::NAN, f64::INFINITY] {
            assert!(correlated_days(&demand, days, 0.1).is_err());
        }
        for correlation in [-0.06, 1.1, f64::NAN, f64::INFINITY] {
            assert!(correlated_days(&demand, 20.0, correlation).is_err());
        }
    }
}
