//! Base stock from a short history, each order held below a cap.

use super::inputs::{DailyDemand, FormulaError, LeadTimeMoments, non_negative};
use super::normal::safety_factor;
use crate::units::{ServiceLevel, Units};

/// What to order now: up to a normal base stock, but never more than a cap on one order.
///
/// ```text
/// B = d P + z σ √P,  cap = d + z_c σ,  order = ⌈max(0, min(B - position, cap))⌉
/// ```
///
/// `demand` has mean d and standard deviation σ of a period, `protection` the mean length P of review and lead time in
/// periods; z belongs to `service`, z_c to `cap`. `position` is what is on hand and on order, units. The cap keeps a
/// position that has lost its orders, or a forecast that jumps, from being answered at one blow. Source: the
/// operations-research baseline of InventoryBench (github.com/TianyiPeng/InventoryBench).
///
/// # Errors
/// [`FormulaError::Number`] unless the position is finite and not negative.
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, LeadTimeMoments, capped_base_stock};
/// use stockburst::units::{ServiceLevel, Units};
/// let demand = DailyDemand::try_new(100.0, 20.0, 150.0).unwrap();
/// let (half, cap) = (ServiceLevel::try_new(0.5).unwrap(), ServiceLevel::try_new(0.95).unwrap());
/// let five = LeadTimeMoments::constant(5.0).unwrap();
/// let order = |position| capped_base_stock(&demand, &five, half, cap, position).unwrap();
/// assert_eq!((order(0.0), order(430.0), order(900.0)), (Units(133), Units(70), Units(0)));
/// ```
pub fn capped_base_stock(
    demand: &DailyDemand,
    protection: &LeadTimeMoments,
    service: ServiceLevel,
    cap: ServiceLevel,
    position: f64,
) -> Result<Units, FormulaError> {
    let position = non_negative("inventory position", position)?;
    let level = super::normal::normal_demand(demand, protection, service).reorder_point;
    let most = demand.mean() + safety_factor(cap) * demand.sd();
    Ok(Units::at_least((level - position).min(most)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_order_is_negative_or_above_the_cap() {
        let level = |value| ServiceLevel::try_new(value).unwrap();
        let demand = DailyDemand::try_new(10.0, 30.0, 90.0).unwrap();
        let four = LeadTimeMoments::constant(4.0).unwrap();
        for position in [0.0, 5.5, 39.9, 40.0, 1e300] {
            for service in [0.01, 0.5, 0.99] {
                let order = capped_base_stock(&demand, &four, level(service), level(0.95), position).unwrap();
                assert!(order <= Units(60), "{position}: {order}");
            }
            // A cap below nothing orders nothing.
            assert_eq!(capped_base_stock(&demand, &four, level(0.99), level(0.01), position), Ok(Units(0)));
        }
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(capped_base_stock(&demand, &four, level(0.5), level(0.95), bad).is_err());
        }
    }
}
