//! Fixed lots ordered at a reorder point, who finds the shelf empty being lost.

use serde::Serialize;

use super::inputs::{FormulaError, positive};
use crate::stats::{DemandLaw, Mixture, Pmf};
use crate::units::Units;

/// What a cycle from one order to the next serves and loses.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LostSalesCycle {
    /// Expected units lost in a cycle.
    pub expected_lost: f64,
    /// Share of units served.
    pub fill_rate: f64,
    /// Probability that a cycle loses nothing.
    pub cycle_service: f64,
}

/// Exact service of a continuous-review (s, Q) policy with lost sales and at most one order on its way.
///
/// ```text
/// lost in a cycle = E[(X - s)+],  fill rate = Q / (Q + E[(X - s)+]),  cycle service = P(X ≤ s)
/// ```
///
/// Single orders at `demand_rate` λ a day; X is the demand of the lead time, whose distribution over whole days is
/// `lead_time`. Every cycle serves exactly its lot; the lot is larger than the reorder point, so that no second order
/// is ever due. Source: Hadley & Whitin (1963), "Analysis of Inventory Systems", section 4-11.
///
/// # Errors
/// [`FormulaError::Number`] unless the rate is positive and the lot larger than the reorder point.
///
/// ```
/// use stockburst::{policy::formula::lost_sales_lot, stats::Pmf, units::Units};
/// let lead_time = Pmf::from_pairs(&[(4, 1.0)]).unwrap();
/// let cycle = lost_sales_lot(2.0, &lead_time, Units(10), Units(25)).unwrap();
/// assert!((cycle.fill_rate - 0.983_250_761_579_424_4).abs() < 1e-12);
/// assert!((cycle.cycle_service - 0.815_885_792_558_546_7).abs() < 1e-12);
/// ```
pub fn lost_sales_lot(
    demand_rate: f64,
    lead_time: &Pmf,
    reorder_point: Units,
    quantity: Units,
) -> Result<LostSalesCycle, FormulaError> {
    let rate = positive("demand rate", demand_rate)?;
    let lot = quantity.as_f64();
    if quantity <= reorder_point {
        let rule = "write a lot above the reorder point";
        return Err(FormulaError::Number { name: "order quantity", value: lot, rule });
    }
    let parts = lead_time.support().map(|(days, p)| (p, DemandLaw::Poisson { mean: rate * days as f64 })).collect();
    let too_large = FormulaError::Number { name: "demand rate", value: rate, rule: "it is too large" };
    let demand = Mixture::of(parts).ok_or(too_large)?;
    let expected_lost = demand.loss(reorder_point.as_f64());
    Ok(LostSalesCycle {
        expected_lost,
        fill_rate: lot / (lot + expected_lost),
        cycle_service: demand.cdf(reorder_point.as_f64()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A lot of 1 at a reorder point of 0 is Erlang's formula with one line.
    #[test]
    fn one_unit_is_one_line() {
        let lead_time = Pmf::from_pairs(&[(2, 0.5), (6, 0.5)]).unwrap();
        let cycle = lost_sales_lot(0.5, &lead_time, Units(0), Units(1)).unwrap();
        let erlang = super::super::base_stock::base_stock_lost_sales(0.5, 4.0, Units(1)).unwrap();
        assert!((cycle.fill_rate - erlang.get()).abs() < 1e-14);
    }

    #[test]
    fn odd_input_is_refused() {
        let lead_time = Pmf::from_pairs(&[(4, 1.0)]).unwrap();
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, f64::MAX] {
            assert!(lost_sales_lot(bad, &lead_time, Units(1), Units(2)).is_err());
        }
        assert!(lost_sales_lot(1.0, &lead_time, Units(2), Units(2)).is_err());
        let at_once = Pmf::from_pairs(&[(0, 1.0)]).unwrap();
        assert_eq!(lost_sales_lot(1.0, &at_once, Units(0), Units(1)).unwrap().fill_rate, 1.0);
    }
}
