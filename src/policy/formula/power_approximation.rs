//! Order up to S when the stock is at or below s: the power approximation, from two moments and no search.

use serde::Serialize;

use super::inputs::{DailyDemand, FormulaError, IntervalDemand, positive};
use super::newsvendor::critical_ratio;
use crate::stats::DemandLaw;
use crate::units::Money;

/// Lots below so many periods' demand are hardly lots: then a base stock is the upper bound.
const SMALL_LOT: f64 = 1.5;

/// A reorder point and an order-up-to level, unrounded.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PowerLevels {
    /// s: order when the inventory position at a review is at or below this, units.
    pub reorder_point: f64,
    /// S: order up to this, units.
    pub order_up_to: f64,
    /// Order-up-to level without a fixed cost, units.
    pub base_stock: f64,
    /// Whether S - s is less than 1.5 periods' demand, where the fit was made for larger ones.
    pub small_lot: bool,
}

impl PowerLevels {
    /// The levels as Ehrhardt advises to use them: neither above the base stock where lots are small.
    #[must_use]
    pub fn bounded(self) -> Self {
        let bound = if self.small_lot { self.base_stock } else { f64::INFINITY };
        Self { reorder_point: self.reorder_point.min(bound), order_up_to: self.order_up_to.min(bound), ..self }
    }
}

/// Power approximation of the cheapest (s, S), customers waiting.
///
/// ```text
/// Q = 1.30 d^0.494 (K/h)^0.506 (1 + σ_P²/d²)^0.116,  z = √(Q h / (σ_P p))
/// s = 0.973 m_P + σ_P (0.183/z + 1.063 - 2.192 z),  S = s + Q
/// ```
///
/// `demand` has the mean d of a period, `protection` the moments m_P and σ_P over a review and the lead time.
/// `fixed_cost` K of an order, `holding_cost` h and `stockout_cost` p of a unit in stock and of one waiting at the end
/// of a period. A regression on computed optima; use [`PowerLevels::bounded`] for small lots. Source: Ehrhardt &
/// Mosier (1984), Management Science 30, 618-622; Snyder & Shen (2019), "Fundamentals of Supply Chain Theory" 2e,
/// section 4.4.
///
/// # Errors
/// [`FormulaError::Number`] unless the costs, both means and the standard deviation over the protection interval are
/// positive, and an answer is a finite number.
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, IntervalDemand, power_approximation};
/// use stockburst::units::Money;
/// let day = DailyDemand::try_new(50.0, 8.0, 80.0).unwrap();
/// let protection = IntervalDemand::try_new(50.0, 8.0).unwrap();
/// let levels = power_approximation(&day, &protection, Money(2.5), Money(0.18), Money(0.7)).unwrap();
/// assert!((levels.reorder_point - 40.194_617).abs() < 1e-6 && (levels.order_up_to - 74.290_170).abs() < 1e-6);
/// // Lots of less than a day and a half: better no more than the base stock.
/// assert!(levels.small_lot && (levels.bounded().order_up_to - 56.6).abs() < 0.01);
/// ```
pub fn power_approximation(
    demand: &DailyDemand,
    protection: &IntervalDemand,
    fixed_cost: Money,
    holding_cost: Money,
    stockout_cost: Money,
) -> Result<PowerLevels, FormulaError> {
    let ratio = critical_ratio(stockout_cost, holding_cost)?;
    let (holding, stockout) = (holding_cost.get(), stockout_cost.get());
    let fixed = positive("fixed cost of an order", fixed_cost.get())?;
    let mean = positive("mean of daily demand", demand.mean())?;
    let sd = positive("standard deviation over the protection interval", protection.sd())?;
    let spread = 1.0 + (sd / mean).powi(2);
    let lot = 1.30 * mean.powf(0.494) * (fixed / holding).powf(0.506) * spread.powf(0.116);
    let z = (lot * holding / (sd * stockout)).sqrt();
    let reorder_point = 0.973 * protection.mean() + sd * (0.183 / z + 1.063 - 2.192 * z);
    let order_up_to = reorder_point + lot;
    let law = DemandLaw::Normal { mean: protection.mean(), sd };
    let base_stock = super::quantile::law_quantile(&law, ratio)?.reorder_point;
    if reorder_point.is_finite() && order_up_to.is_finite() {
        Ok(PowerLevels { reorder_point, order_up_to, base_stock, small_lot: lot < SMALL_LOT * mean })
    } else {
        let rule = "write costs and demands of comparable size";
        Err(FormulaError::Number { name: "fixed cost of an order", value: fixed, rule })
    }
}

#[cfg(test)]
mod tests {
    use super::super::min_max::min_max_policy;
    use super::*;
    use crate::stats::Pmf;

    /// Near the exact optimum where it was fitted: lots of several periods, variance above the mean.
    #[test]
    fn it_comes_near_the_exact_levels() {
        let law = DemandLaw::NegativeBinomial { mean: 9.0, size: 4.5 };
        let day = Pmf::from_law(&law).unwrap();
        let (exact, _) = min_max_policy(&day, &day, Money(64.0), Money(1.0), Money(9.0)).unwrap();
        let demand = DailyDemand::try_new(9.0, law.variance().sqrt(), 30.0).unwrap();
        let protection = IntervalDemand::try_new(9.0, law.variance().sqrt()).unwrap();
        let near = power_approximation(&demand, &protection, Money(64.0), Money(1.0), Money(9.0)).unwrap();
        assert!(!near.small_lot && near.bounded() == near);
        assert!((near.reorder_point - exact.reorder_point as f64).abs() < 2.0, "{near:?} {exact:?}");
        assert!((near.order_up_to - exact.order_up_to as f64).abs() < 5.0, "{near:?} {exact:?}");
    }

    #[test]
    fn odd_input_is_refused() {
        let day = DailyDemand::try_new(50.0, 8.0, 80.0).unwrap();
        let protection = IntervalDemand::try_new(50.0, 8.0).unwrap();
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(power_approximation(&day, &protection, Money(bad), Money(1.0), Money(1.0)).is_err());
            assert!(power_approximation(&day, &protection, Money(1.0), Money(bad), Money(1.0)).is_err());
            assert!(power_approximation(&day, &protection, Money(1.0), Money(1.0), Money(bad)).is_err());
        }
        let none = DailyDemand::try_new(0.0, 8.0, 80.0).unwrap();
        assert!(power_approximation(&none, &protection, Money(1.0), Money(1.0), Money(1.0)).is_err());
        let certain = IntervalDemand::try_new(50.0, 0.0).unwrap();
        assert!(power_approximation(&day, &certain, Money(1.0), Money(1.0), Money(1.0)).is_err());
    }
}
