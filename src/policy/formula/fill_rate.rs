//! Reorder points by fill rate (type 2): the share of *units* served from stock, not of cycles without a stockout.
//!
//! The simple form: the expected shortage of a cycle against the lot of a cycle. It leaves out how far a day's demand
//! carries the position below the reorder point, so it promises too much where orders come in bursts.

use super::inputs::{FormulaError, ReorderPoint, positive};
use crate::stats::{DemandLaw, solve};
use crate::units::Probability;

/// Reorder point with this fill rate when unmet demand waits.
///
/// ```text
/// n(r) = (1 - β) Q
/// ```
///
/// `law` is that of lead-time demand, `order_quantity` the lot Q in units. Source: Nahmias (2015), "Production and
/// Operations Analysis" 7e, section 5.5 (Harvey's Specialty Shop, β 98 %, Q 100: R = 126).
///
/// # Errors
/// [`FormulaError`] if the law is out of range, unless 0 < `target` < 1 and the lot is positive.
///
/// ```
/// use stockburst::policy::formula::fill_rate_backorders;
/// use stockburst::{stats::DemandLaw, units::Probability};
/// let law = DemandLaw::Normal { mean: 100.0, sd: 25.0 };
/// let reorder = fill_rate_backorders(&law, 100.0, Probability::try_new(0.98).unwrap()).unwrap();
/// assert!((reorder.reorder_point - 125.530_971_938_575_29).abs() < 1e-9);
/// ```
pub fn fill_rate_backorders(
    law: &DemandLaw,
    order_quantity: f64,
    target: Probability,
) -> Result<ReorderPoint, FormulaError> {
    let target = inside(target)?;
    stock_with_loss(law, (1.0 - target) * positive("order quantity", order_quantity)?)
}

/// Reorder point with this fill rate when unmet demand is lost: what is lost is not part of the lot's cycle.
///
/// ```text
/// n(r) = (1 - β) / β · Q
/// ```
///
/// Source: Silver, Pyke & Thomas (2017), "Inventory and Production Management in Supply Chains" 4e, section 6.7
/// (complete lost sales).
///
/// # Errors
/// As [`fill_rate_backorders`].
///
/// ```
/// use stockburst::policy::formula::fill_rate_lost_sales;
/// use stockburst::{stats::DemandLaw, units::Probability};
/// let law = DemandLaw::Normal { mean: 100.0, sd: 25.0 };
/// let reorder = fill_rate_lost_sales(&law, 100.0, Probability::try_new(0.98).unwrap()).unwrap();
/// assert!((reorder.reorder_point - 125.267_341_191_206_77).abs() < 1e-9);
/// ```
pub fn fill_rate_lost_sales(
    law: &DemandLaw,
    order_quantity: f64,
    target: Probability,
) -> Result<ReorderPoint, FormulaError> {
    let target = inside(target)?;
    stock_with_loss(law, (1.0 - target) / target * positive("order quantity", order_quantity)?)
}

/// The fill rate that a reorder point gives when unmet demand waits.
///
/// ```text
/// β = 1 - n(r) / Q
/// ```
///
/// Not below 0: at worst no unit is served from stock. Source: as [`fill_rate_backorders`].
///
/// # Errors
/// [`FormulaError`] if the law is out of range, the lot not positive or the reorder point not a number.
///
/// ```
/// use stockburst::{policy::formula::fill_rate_at, stats::DemandLaw};
/// // The same shop with a cycle service of 98 %: R = 151, and a fill rate of 99.8 %.
/// let law = DemandLaw::Normal { mean: 100.0, sd: 25.0 };
/// let fill_rate = fill_rate_at(&law, 100.0, 151.343_722_765_795_78).unwrap();
/// assert!((fill_rate.get() - 0.998_164_210_582_973_7).abs() < 1e-12);
/// ```
pub fn fill_rate_at(law: &DemandLaw, order_quantity: f64, reorder_point: f64) -> Result<Probability, FormulaError> {
    let quantity = positive("order quantity", order_quantity)?;
    let fill_rate = 1.0 - law.checked()?.loss(reorder_point) / quantity;
    let not_a_number = FormulaError::Number { name: "reorder point", value: reorder_point, rule: "write a number" };
    Probability::try_new(fill_rate.max(0.0)).ok().filter(|_| !reorder_point.is_nan()).ok_or(not_a_number)
}

fn inside(target: Probability) -> Result<f64, FormulaError> {
    let value = target.get();
    if value > 0.0 && value < 1.0 {
        Ok(value)
    } else {
        Err(FormulaError::Number { name: "fill rate to aim at", value, rule: "write a number above 0 and below 1" })
    }
}

/// The stock whose expected shortage is `wanted`: the loss function falls from any height to 0, so there is one.
pub(super) fn stock_with_loss(law: &DemandLaw, wanted: f64) -> Result<ReorderPoint, FormulaError> {
    let law = law.checked()?;
    let mean = law.mean();
    let reached = |stock: f64| law.loss(stock) <= wanted;
    // n(x) ≥ E[D] - x, so nothing below this can serve.
    let low = mean - wanted;
    let beyond = FormulaError::Number { name: "mean lead-time demand", value: mean, rule: "it is too large" };
    let high = solve::bracket(low, law.variance().sqrt().max(wanted).max(1.0), reached).ok_or(beyond)?;
    let reorder_point = if reached(low) { low } else { solve::bisect(low, high, reached) };
    Ok(ReorderPoint::at(reorder_point, mean))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAWS: [DemandLaw; 5] = [
        DemandLaw::Normal { mean: 100.0, sd: 25.0 },
        DemandLaw::Poisson { mean: 30.0 },
        DemandLaw::NegativeBinomial { mean: 30.0, size: 2.0 },
        DemandLaw::Gamma { shape: 4.0, scale: 10.0 },
        DemandLaw::LogNormal { mu: 3.0, sigma: 0.8 },
    ];

    #[test]
    fn the_target_is_met_and_no_more() {
        for law in LAWS {
            for target in [0.05, 0.5, 0.9, 0.999] {
                let target = Probability::try_new(target).unwrap();
                let reorder = fill_rate_backorders(&law, 80.0, target).unwrap();
                let reached = fill_rate_at(&law, 80.0, reorder.reorder_point).unwrap();
                assert!((reached.get() - target.get()).abs() < 1e-9, "{law:?}: {reached:?}");
                let lost = fill_rate_lost_sales(&law, 80.0, target).unwrap();
                assert!(lost.reorder_point <= reorder.reorder_point, "{law:?}");
            }
        }
    }

    #[test]
    fn odd_input_is_refused() {
        let half = Probability::try_new(0.5).unwrap();
        for quantity in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(fill_rate_backorders(&LAWS[0], quantity, half).is_err());
            assert!(fill_rate_at(&LAWS[0], quantity, 1.0).is_err());
        }
        for target in [Probability::ZERO, Probability::ONE] {
            assert!(fill_rate_backorders(&LAWS[0], 1.0, target).is_err());
            assert!(fill_rate_lost_sales(&LAWS[0], 1.0, target).is_err());
        }
        assert!(fill_rate_backorders(&DemandLaw::Poisson { mean: -1.0 }, 1.0, half).is_err());
        assert!(fill_rate_at(&LAWS[0], 1.0, f64::NAN).is_err());
        assert_eq!(fill_rate_at(&LAWS[0], 1.0, f64::NEG_INFINITY), Ok(Probability::ZERO));
    }
}
