//! How much to order when demand is known period by period.

use serde::Serialize;

use super::inputs::{FormulaError, non_negative};
use crate::units::Money;

/// Order quantities, one a period, and what they cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LotPlan {
    /// Units ordered at the start of each period.
    pub quantities: Vec<f64>,
    /// Cost of all orders and of all units carried from a period to the next.
    pub cost: Money,
}

/// The cheapest plan that meets every period's demand on time, from no stock.
///
/// ```text
/// θ(t) = min over s ≥ t of { K + h Σ (i - t) d(i), i = t..s  +  θ(s + 1) },  θ(T + 1) = 0
/// ```
///
/// `fixed_cost` K of an order, `holding_cost` h of a unit carried over one period. Of plans that cost the same, the one
/// that orders for the fewest periods at first; an order never starts on a period without demand. Source: Wagner &
/// Whitin (1958), Management Science 5, 89-96; Snyder & Shen (2019), "Fundamentals of Supply Chain Theory" 2e,
/// section 3.7, example 3.9.
///
/// # Errors
/// [`FormulaError::Number`] if a cost or a demand is negative or not finite; [`FormulaError::NoDemand`] of no period.
///
/// ```
/// use stockburst::{policy::formula::wagner_whitin, units::Money};
/// let plan = wagner_whitin(Money(500.0), Money(2.0), &[90.0, 120.0, 80.0, 70.0]).unwrap();
/// assert_eq!(plan.cost, Money(1380.0));
/// assert_eq!(plan.quantities, [210.0, 0.0, 150.0, 0.0]);
/// ```
pub fn wagner_whitin(fixed_cost: Money, holding_cost: Money, demand: &[f64]) -> Result<LotPlan, FormulaError> {
    let (fixed, holding) = check(fixed_cost, holding_cost, demand)?;
    let periods = demand.len();
    // cheapest[t] and next[t]: cost from period t on, and the period of the order after the one at t.
    let mut cheapest = vec![0.0; periods + 1];
    let mut next = vec![periods; periods];
    for t in (0..periods).rev() {
        if demand[t] == 0.0 {
            cheapest[t] = cheapest[t + 1];
            next[t] = t + 1;
            continue;
        }
        let mut best = f64::INFINITY;
        let mut carried = 0.0;
        for s in t..periods {
            carried += holding * (s - t) as f64 * demand[s];
            let cost = fixed + carried + cheapest[s + 1];
            if cost < best {
                best = cost;
                next[t] = s + 1;
            }
        }
        cheapest[t] = best;
    }
    let mut quantities = vec![0.0; periods];
    let mut t = 0;
    while t < periods {
        quantities[t] = demand[t..next[t]].iter().sum();
        t = next[t];
    }
    Ok(LotPlan { quantities, cost: Money(cheapest[0]) })
}

/// What a plan costs, or `None` if it leaves a period's demand unmet, orders less than nothing or has other periods.
///
/// ```text
/// K · number of orders + h Σ stock carried out of each period
/// ```
///
/// # Errors
/// As [`wagner_whitin`].
///
/// ```
/// use stockburst::{policy::formula::lot_plan_cost, units::Money};
/// let demand = [90.0, 120.0, 80.0, 70.0];
/// let each = lot_plan_cost(Money(500.0), Money(2.0), &demand, &demand).unwrap();
/// assert_eq!(each, Some(Money(2000.0)));
/// assert_eq!(lot_plan_cost(Money(500.0), Money(2.0), &demand, &[0.0; 4]).unwrap(), None);
/// ```
pub fn lot_plan_cost(
    fixed_cost: Money,
    holding_cost: Money,
    demand: &[f64],
    quantities: &[f64],
) -> Result<Option<Money>, FormulaError> {
    let (fixed, holding) = check(fixed_cost, holding_cost, demand)?;
    if quantities.len() != demand.len() {
        return Ok(None);
    }
    let (mut cost, mut stock) = (0.0, 0.0);
    for (&quantity, &demand) in quantities.iter().zip(demand) {
        stock += quantity - demand;
        // A sum of lots may miss a sum of demands by its last bits.
        if quantity.is_nan() || quantity < 0.0 || stock < -1e-9 * (1.0 + demand) {
            return Ok(None);
        }
        cost += holding * stock.max(0.0) + if quantity > 0.0 { fixed } else { 0.0 };
    }
    Ok(Some(Money(cost)))
}

fn check(fixed_cost: Money, holding_cost: Money, demand: &[f64]) -> Result<(f64, f64), FormulaError> {
    if demand.is_empty() {
        return Err(FormulaError::NoDemand);
    }
    for &period in demand {
        non_negative("demand of a period", period)?;
    }
    Ok((
        non_negative("fixed cost of an order", fixed_cost.get())?,
        non_negative("holding cost of a unit", holding_cost.get())?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every choice of order periods is tried: an optimal plan orders for whole periods.
    #[test]
    fn no_plan_is_cheaper() {
        let demand = [30.0, 0.0, 90.0, 120.0, 0.0, 80.0, 5.0];
        for (fixed, holding) in [(500.0, 2.0), (40.0, 1.0), (0.0, 1.0), (100.0, 0.0)] {
            let best = wagner_whitin(Money(fixed), Money(holding), &demand).unwrap();
            let own = lot_plan_cost(Money(fixed), Money(holding), &demand, &best.quantities).unwrap();
            assert_eq!(own, Some(best.cost));
            for orders in 0..1_u32 << demand.len() {
                let mut quantities = [0.0; 7];
                let mut at = None;
                for (period, need) in demand.into_iter().enumerate() {
                    at = if orders >> period & 1 == 1 { Some(period) } else { at };
                    if let Some(at) = at {
                        quantities[at] += need;
                    }
                }
                let cost = lot_plan_cost(Money(fixed), Money(holding), &demand, &quantities).unwrap();
                assert!(cost.is_none_or(|cost| cost >= best.cost), "{quantities:?}");
            }
        }
    }

    #[test]
    fn odd_input_is_refused() {
        assert_eq!(wagner_whitin(Money(1.0), Money(1.0), &[]), Err(FormulaError::NoDemand));
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(wagner_whitin(Money(bad), Money(1.0), &[1.0]).is_err());
            assert!(wagner_whitin(Money(1.0), Money(bad), &[1.0]).is_err());
            assert!(wagner_whitin(Money(1.0), Money(1.0), &[bad]).is_err());
        }
        let demand = [1.0, 1.0];
        for plan in [&[2.0][..], &[f64::NAN, 2.0], &[3.0, -1.0]] {
            assert_eq!(lot_plan_cost(Money(1.0), Money(1.0), &demand, plan).unwrap(), None);
        }
    }
}
