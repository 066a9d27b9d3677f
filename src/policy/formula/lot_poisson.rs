//! Fixed lots ordered at a reorder point, single orders coming at random: exact service, and the cheapest pair.

use serde::Serialize;

use super::base_stock::{BackorderService, mean_on_order};
use super::count_table::{CountTable, MOST_STEPS, enumerable};
use super::inputs::{FormulaError, positive};
use super::newsvendor::critical_ratio;
use crate::stats::{DemandLaw, Pmf};
use crate::units::{Money, Units};

/// A reorder point and the lot ordered at it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LotPolicy {
    /// Order when the inventory position falls to this many units; below 0, when so many customers wait.
    pub reorder_point: i64,
    /// The lot Q.
    pub quantity: Units,
    /// Cost of ordering, holding and waiting in one unit of time.
    pub cost_rate: Money,
}

/// Long-run service of a reorder point with fixed lots.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LotService {
    /// Fill rate and mean stocks.
    pub service: BackorderService,
    /// Share of order cycles in which nobody waits: lead-time demand is at most the reorder point.
    pub cycle_service: f64,
}

fn lead_time_demand(demand_rate: f64, lead_time: f64) -> Result<Pmf, FormulaError> {
    Ok(Pmf::from_law(&DemandLaw::Poisson { mean: mean_on_order(demand_rate, lead_time)? })?)
}

/// Exact service of a continuous-review (r, Q) policy, customers waiting.
///
/// ```text
/// position y uniform on r+1 .. r+Q;  X ~ Poisson(λ L)
/// fill rate = mean P(X < y),  E[B] = mean E[(X - y)+],  E[on hand] = mean E[(y - X)+]
/// cycle service = P(X ≤ r)
/// ```
///
/// Single orders at `demand_rate` λ, fixed `lead_time` L in the same unit of time. The fill rate is the share of the
/// time with stock too, because random orders see the average state. Source: Hadley & Whitin (1963), "Analysis of
/// Inventory Systems", section 4-7; Zipkin (2000), "Foundations of Inventory Management", section 6.2.
///
/// # Errors
/// [`FormulaError`] unless rate and lead time are positive, the lot is from 1 to 1,048,576 and the mean lead-time demand
/// small enough to enumerate.
///
/// ```
/// use stockburst::{policy::formula::poisson_lot_service, units::Units};
/// let lots = poisson_lot_service(1.5, 6.0, 12, Units(20)).unwrap();
/// assert!((lots.service.fill_rate - 0.985_889_714_675_820_6).abs() < 1e-12);
/// assert!((lots.cycle_service - 0.875_773_429_170_964_9).abs() < 1e-12); // the fill rate is far higher
/// ```
pub fn poisson_lot_service(
    demand_rate: f64,
    lead_time: f64,
    reorder_point: i64,
    quantity: Units,
) -> Result<LotService, FormulaError> {
    let table = CountTable::of(&lead_time_demand(demand_rate, lead_time)?);
    let lot = enumerable("order quantity", quantity.0)?;
    if lot == 0 {
        return Err(FormulaError::Number { name: "order quantity", value: 0.0, rule: "write at least 1" });
    }
    let positions = || (1..=lot).map(|step| reorder_point.saturating_add(step));
    let mean = |of: &dyn Fn(i64) -> f64| positions().map(of).sum::<f64>() / lot as f64;
    let service = BackorderService {
        fill_rate: mean(&|y| table.at_most(y.saturating_sub(1))),
        mean_backorders: mean(&|y| table.short(y)),
        mean_on_hand: mean(&|y| table.left(y)),
    };
    Ok(LotService { service, cycle_service: table.at_most(reorder_point) })
}

/// The cheapest continuous-review (r, Q) policy, customers waiting: exact.
///
/// ```text
/// cost(r, Q) = (K λ + Σ_{y=r+1}^{r+Q} G(y)) / Q,  G(y) = h E[(y - X)+] + p E[(X - y)+],  X ~ Poisson(λ L)
/// ```
///
/// `fixed_cost` K of an order, `holding_cost` h and `stockout_cost` p of a unit in stock and of one waiting, per unit
/// of time. G has one valley, so the best Q positions are grown around its lowest point, the cheaper side first, until
/// the next would raise the average. Source: Federgruen & Zheng (1992), Operations Research 40, 808-813; Snyder & Shen
/// (2019), "Fundamentals of Supply Chain Theory" 2e, example 5.8.
///
/// # Errors
/// [`FormulaError`] unless all five are positive, the mean lead-time demand is small enough to enumerate, and the best
/// lot is at most 1,048,576.
///
/// ```
/// use stockburst::{policy::formula::poisson_lot_policy, units::{Money, Units}};
/// let best = poisson_lot_policy(Money(100.0), Money(20.0), Money(150.0), 1.5, 2.0).unwrap();
/// assert_eq!((best.reorder_point, best.quantity), (3, Units(5)));
/// assert!((best.cost_rate.get() - 107.923_580_633).abs() < 1e-8);
/// ```
pub fn poisson_lot_policy(
    fixed_cost: Money,
    holding_cost: Money,
    stockout_cost: Money,
    demand_rate: f64,
    lead_time: f64,
) -> Result<LotPolicy, FormulaError> {
    let fixed = positive("fixed cost of an order", fixed_cost.get())? * positive("demand rate", demand_rate)?;
    let ratio = critical_ratio(stockout_cost, holding_cost)?;
    let demand = lead_time_demand(demand_rate, lead_time)?;
    let table = CountTable::of(&demand);
    let cost = |y: i64| holding_cost.get() * table.left(y) + stockout_cost.get() * table.short(y);
    let lowest = demand.quantile(ratio.get()).expect("a service level lies strictly between 0 and 1") as i64;
    let (mut low, mut high) = (lowest, lowest);
    let mut average = fixed + cost(lowest);
    for quantity in 1..=MOST_STEPS {
        let (below, above) = (cost(low - 1), cost(high + 1));
        let next = below.min(above);
        // Not `<`, so that a cost beyond all numbers ends the search.
        if next >= average {
            let policy = LotPolicy { reorder_point: low - 1, quantity: Units(quantity), cost_rate: Money(average) };
            return Some(policy).filter(|_| average.is_finite()).ok_or(out_of_reach(fixed_cost));
        }
        average += (next - average) / (quantity + 1) as f64;
        if below < above { low -= 1 } else { high += 1 }
    }
    Err(out_of_reach(fixed_cost))
}

fn out_of_reach(fixed_cost: Money) -> FormulaError {
    let rule = "it is too large beside the holding cost for lots of at most 1048576 units";
    FormulaError::Number { name: "fixed cost of an order", value: fixed_cost.get(), rule }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// V10 of the method notes.
    #[test]
    fn waiting_customers_are_the_published_ones() {
        let lots = poisson_lot_service(1.0, 20.0, 24, Units(10)).unwrap();
        assert!((1.0 - lots.service.fill_rate - 0.048_445_9).abs() < 5e-8);
        assert!((lots.service.mean_backorders - 0.090_274_8).abs() < 5e-8);
        assert!((lots.service.mean_on_hand - 9.590_274_8).abs() < 5e-8);
    }

    #[test]
    fn a_lot_of_one_is_a_base_stock() {
        let lots = poisson_lot_service(2.0, 5.0, 13, Units(1)).unwrap();
        let base = super::super::base_stock::base_stock_backorders(2.0, 5.0, Units(14)).unwrap();
        assert!((lots.service.fill_rate - base.fill_rate).abs() < 1e-14);
        assert!((lots.service.mean_backorders - base.mean_backorders).abs() < 1e-14);
    }

    #[test]
    fn no_other_pair_is_cheaper() {
        let (fixed, holding, stockout, rate, lead_time) = (30.0, 2.0, 7.0, 3.0, 1.5);
        let best = poisson_lot_policy(Money(fixed), Money(holding), Money(stockout), rate, lead_time).unwrap();
        let cost = |r, q| {
            let BackorderService { mean_backorders, mean_on_hand, .. } =
                poisson_lot_service(rate, lead_time, r, Units(q)).unwrap().service;
            fixed * rate / q as f64 + holding * mean_on_hand + stockout * mean_backorders
        };
        assert!((cost(best.reorder_point, best.quantity.0) - best.cost_rate.get()).abs() < 1e-10);
        for (r, q) in (-10..15).flat_map(|r| (1..40).map(move |q| (r, q))) {
            assert!(cost(r, q) >= best.cost_rate.get() - 1e-10, "{r}, {q}");
        }
    }

    #[test]
    fn odd_input_has_a_decided_answer() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(poisson_lot_policy(Money(bad), Money(1.0), Money(1.0), 1.0, 1.0).is_err());
            assert!(poisson_lot_policy(Money(1.0), Money(bad), Money(1.0), 1.0, 1.0).is_err());
            assert!(poisson_lot_policy(Money(1.0), Money(1.0), Money(1.0), bad, 1.0).is_err());
            assert!(poisson_lot_service(1.0, bad, 1, Units(1)).is_err());
        }
        assert!(poisson_lot_policy(Money(1e300), Money(1e-3), Money(1.0), 1.0, 1.0).is_err());
        assert!(poisson_lot_service(1.0, 1.0, 1, Units(0)).is_err());
        assert!(poisson_lot_service(1.0, 1.0, 1, Units(u64::MAX)).is_err());
        assert!(poisson_lot_service(1e9, 1.0, 1, Units(1)).is_err());
        // Positions at the ends of the numbers neither overflow nor lie.
        assert_eq!(poisson_lot_service(1.0, 1.0, i64::MAX, Units(5)).unwrap().service.fill_rate, 1.0);
        assert_eq!(poisson_lot_service(1.0, 1.0, i64::MIN, Units(5)).unwrap().cycle_service, 0.0);
    }
}
