//! How much to order when demand is steady: the square-root formulas.

use serde::Serialize;

use super::inputs::{FormulaError, positive};
use crate::units::Money;

/// An order quantity and what it costs per unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LotSize {
    /// Order quantity Q*, units, unrounded.
    pub quantity: f64,
    /// Cost of ordering and holding in one unit of time.
    pub cost_rate: Money,
}

/// An order quantity when part of the demand is made to wait.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LotSizeWithBackorders {
    /// Order quantity Q*, units, unrounded.
    pub quantity: f64,
    /// Share x* of the demand that waits.
    pub backordered_share: f64,
    /// Cost of ordering, holding and waiting in one unit of time.
    pub cost_rate: Money,
}

struct Checked {
    fixed: f64,
    holding: f64,
    rate: f64,
}

fn checked(fixed_cost: Money, holding_cost: Money, demand_rate: f64) -> Result<Checked, FormulaError> {
    Ok(Checked {
        fixed: positive("fixed cost of an order", fixed_cost.get())?,
        holding: positive("holding cost of a unit", holding_cost.get())?,
        rate: positive("demand rate", demand_rate)?,
    })
}

/// Economic order quantity.
///
/// ```text
/// Q* = √(2 K λ / h),  cost = √(2 K λ h)
/// ```
///
/// `fixed_cost` K of an order, `holding_cost` h of a unit and unit of time, `demand_rate` λ in units a unit of time.
/// Source: Harris (1913); Snyder & Shen (2019), "Fundamentals of Supply Chain Theory" 2e, section 3.2, example 3.1.
///
/// # Errors
/// [`FormulaError::Number`] unless all three are positive and finite.
///
/// ```
/// use stockburst::{policy::formula::economic_order_quantity, units::Money};
/// let lot = economic_order_quantity(Money(8.0), Money(0.225), 1300.0).unwrap();
/// assert!((lot.quantity - 304.05).abs() < 5e-3 && (lot.cost_rate.get() - 68.41).abs() < 5e-3);
/// ```
pub fn economic_order_quantity(
    fixed_cost: Money,
    holding_cost: Money,
    demand_rate: f64,
) -> Result<LotSize, FormulaError> {
    let Checked { fixed, holding, rate } = checked(fixed_cost, holding_cost, demand_rate)?;
    Ok(lot(fixed, holding, rate))
}

/// Economic order quantity when demand may wait at a price.
///
/// ```text
/// Q* = √(2 K λ (h + p) / h p),  x* = h / (h + p),  cost = √(2 K λ h p / (h + p))
/// ```
///
/// `stockout_cost` p is that of one unit waiting one unit of time; the rest as in [`economic_order_quantity`]. Source:
/// Snyder & Shen (2019), "Fundamentals of Supply Chain Theory" 2e, section 3.5, example 3.8.
///
/// # Errors
/// [`FormulaError::Number`] unless all four are positive and finite.
///
/// ```
/// use stockburst::{policy::formula::economic_order_quantity_with_backorders, units::Money};
/// let lot = economic_order_quantity_with_backorders(Money(8.0), Money(0.225), Money(5.0), 1300.0).unwrap();
/// assert!((lot.quantity - 310.81).abs() < 5e-3 && (lot.backordered_share - 0.0431).abs() < 5e-5);
/// assert!((lot.cost_rate.get() - 66.92).abs() < 5e-3);
/// ```
pub fn economic_order_quantity_with_backorders(
    fixed_cost: Money,
    holding_cost: Money,
    stockout_cost: Money,
    demand_rate: f64,
) -> Result<LotSizeWithBackorders, FormulaError> {
    let Checked { fixed, holding, rate } = checked(fixed_cost, holding_cost, demand_rate)?;
    let stockout = positive("cost of a unit waiting", stockout_cost.get())?;
    // Waiting makes holding cheaper by the share of the time in which there is stock.
    let LotSize { quantity, cost_rate } = lot(fixed, holding * stockout / (holding + stockout), rate);
    Ok(LotSizeWithBackorders { quantity, backordered_share: holding / (holding + stockout), cost_rate })
}

/// Economic production quantity: the lot arrives at a finite rate while it is sold.
///
/// ```text
/// Q* = √(2 K λ / h (1 - λ/μ)),  cost = √(2 K λ h (1 - λ/μ))
/// ```
///
/// `production_rate` μ in units a unit of time; the rest as in [`economic_order_quantity`]. Source: Taft (1918);
/// Snyder & Shen (2019), "Fundamentals of Supply Chain Theory" 2e, section 3.6.
///
/// # Errors
/// [`FormulaError::Number`] unless all four are positive and finite and production is faster than demand.
///
/// ```
/// use stockburst::{policy::formula::economic_production_quantity, units::Money};
/// let lot = economic_production_quantity(Money(8.0), Money(0.225), 1300.0, 1700.0).unwrap();
/// assert!((lot.quantity - 626.808_494_588_968_4).abs() < 1e-9);
/// ```
pub fn economic_production_quantity(
    fixed_cost: Money,
    holding_cost: Money,
    demand_rate: f64,
    production_rate: f64,
) -> Result<LotSize, FormulaError> {
    let Checked { fixed, holding, rate } = checked(fixed_cost, holding_cost, demand_rate)?;
    let production = positive("production rate", production_rate)?;
    if production <= rate {
        let rule = "write a number above the demand rate";
        return Err(FormulaError::Number { name: "production rate", value: production, rule });
    }
    Ok(lot(fixed, holding * (1.0 - rate / production), rate))
}

fn lot(fixed: f64, holding: f64, rate: f64) -> LotSize {
    LotSize { quantity: (2.0 * fixed * rate / holding).sqrt(), cost_rate: Money((2.0 * fixed * rate * holding).sqrt()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formulas_meet_at_their_limits() {
        let plain = economic_order_quantity(Money(8.0), Money(0.225), 1300.0).unwrap();
        let dear = economic_order_quantity_with_backorders(Money(8.0), Money(0.225), Money(1e12), 1300.0).unwrap();
        let fast = economic_production_quantity(Money(8.0), Money(0.225), 1300.0, 1e15).unwrap();
        for quantity in [dear.quantity, fast.quantity] {
            assert!((quantity - plain.quantity).abs() < 1e-6);
        }
        // At the optimum, ordering costs as much as holding.
        assert!((8.0 * 1300.0 / plain.quantity - 0.225 * plain.quantity / 2.0).abs() < 1e-9);
    }

    #[test]
    fn odd_input_is_refused() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(economic_order_quantity(Money(bad), Money(1.0), 1.0).is_err());
            assert!(economic_order_quantity(Money(1.0), Money(bad), 1.0).is_err());
            assert!(economic_order_quantity(Money(1.0), Money(1.0), bad).is_err());
            assert!(economic_order_quantity_with_backorders(Money(1.0), Money(1.0), Money(bad), 1.0).is_err());
            assert!(economic_production_quantity(Money(1.0), Money(1.0), 1.0, bad).is_err());
        }
        assert!(economic_production_quantity(Money(1.0), Money(1.0), 5.0, 5.0).is_err());
    }
}
