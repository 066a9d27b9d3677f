//! The stock reward: what each further unit in stock is worth, for ordering from the best unit down.

use super::count_table::enumerable;
use super::inputs::FormulaError;
use crate::stats::Pmf;
use crate::units::{Money, Units};

/// Most multiplications for one table: about a second.
const MOST_WORK: f64 = 1e9;

/// What a stock earns and costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StockRewardCosts {
    /// Earned with a unit sold.
    pub margin: Money,
    /// Earned with a unit asked for and not there in the first period: a loss is negative.
    pub stockout: Money,
    /// Earned with a unit that is still there at the end of a period: a cost is negative.
    pub carrying: Money,
    /// Worth of the next period beside this one, from 0 to below 1.
    pub discount: f64,
}

/// Expected reward of 0, 1, 2, ... up to `most` units in stock now, demand independent and alike from period to period.
///
/// ```text
/// R(k)  = E[D ≥ k: k M + (D - k) S;  D < k: D M + (k - D) C + α R*(k - D)]
/// R*    = the same with S = 0, R*(0) = 0
/// ```
///
/// M, S, C and α are `margin`, `stockout`, `carrying` and `discount`: the shortage counts in the first period only,
/// because later ones can be ordered for. R(k) - R(k - 1) is what the k-th unit is worth. Source: Lokad, "The stock
/// reward function" (docs.lokad.com).
///
/// # Errors
/// [`FormulaError::Number`] unless the amounts are finite and 0 ≤ α < 1, or if there are too many units to go through.
///
/// ```
/// use stockburst::policy::formula::{StockRewardCosts, stock_reward};
/// use stockburst::{stats::{DemandLaw, Pmf}, units::{Money, Units}};
/// let demand = Pmf::from_law(&DemandLaw::Poisson { mean: 4.0 }).unwrap();
/// let (margin, stockout, carrying) = (Money(12.0), Money(-6.0), Money(-0.5));
/// let costs = StockRewardCosts { margin, stockout, carrying, discount: 0.9 };
/// let reward = stock_reward(&demand, &costs, Units(16)).unwrap();
/// assert!((reward[0].get() + 24.0).abs() < 1e-12); // nothing in stock: every unit of demand is missed
/// assert!((reward[4].get() - 41.887_548_579_530_204).abs() < 1e-11);
/// ```
pub fn stock_reward(demand: &Pmf, costs: &StockRewardCosts, most: Units) -> Result<Vec<Money>, FormulaError> {
    let finite = |name, value: Money| {
        let rule = "write a finite number";
        if value.get().is_finite() {
            Ok(value.get())
        } else {
            Err(FormulaError::Number { name, value: value.get(), rule })
        }
    };
    let margin = finite("margin of a unit sold", costs.margin)?;
    let stockout = finite("reward of a unit short", costs.stockout)?;
    let carrying = finite("reward of a unit carried", costs.carrying)?;
    let discount = costs.discount;
    if !(0.0..1.0).contains(&discount) {
        let rule = "write a number from 0 to below 1";
        return Err(FormulaError::Number { name: "discount of the next period", value: discount, rule });
    }
    enumerable("stock", most.0)?;
    let (units, masses) = (most.0 as usize, demand.masses());
    if (units as f64 + 1.0) * (units.min(masses.len()) as f64 + 1.0) > MOST_WORK {
        let rule = "less stock and demand together can be gone through";
        return Err(FormulaError::Number { name: "stock", value: units as f64, rule });
    }
    let mut shortage = demand.mean();
    let mut at_least = 1.0;
    let mut later: Vec<f64> = vec![0.0];
    let mut reward = vec![Money(stockout * shortage)];
    for k in 1..=units {
        // P(D ≥ k) and E[(D - k)+] from those of k - 1.
        at_least -= masses.get(k - 1).copied().unwrap_or(0.0);
        at_least = at_least.max(0.0);
        shortage = (shortage - at_least).max(0.0);
        let stock = k as f64;
        let some_left: f64 = masses
            .iter()
            .take(k)
            .enumerate()
            .map(|(sold, mass)| {
                let left = (k - sold) as f64;
                // Nothing sold leaves the same stock, whose later reward is what we are about to know.
                let next = if sold == 0 { 0.0 } else { later[k - sold] };
                mass * (sold as f64 * margin + left * carrying + discount * next)
            })
            .sum();
        let known = at_least * stock * margin + some_left;
        let own = known / (1.0 - discount * masses.first().copied().unwrap_or(0.0));
        later.push(own);
        reward.push(Money(own + stockout * shortage));
    }
    Ok(reward)
}

/// The stock with the highest reward, the smallest of equals; `None` of an empty table or if a reward is not a number.
///
/// ```
/// use stockburst::{policy::formula::best_stock, units::{Money, Units}};
/// assert_eq!(best_stock(&[Money(-3.0), Money(5.0), Money(5.0), Money(4.0)]), Some(Units(1)));
/// ```
#[must_use]
pub fn best_stock(reward: &[Money]) -> Option<Units> {
    if reward.iter().any(|reward| reward.get().is_nan()) {
        return None;
    }
    // `max_by` takes the last of equals, so it goes from the largest stock down.
    let best = reward.iter().enumerate().rev().max_by(|(_, a), (_, b)| a.get().total_cmp(&b.get()))?;
    Some(Units(best.0 as u64))
}

#[cfg(test)]
mod tests {
    use super::super::count_table::MOST_STEPS;
    use super::*;
    use crate::stats::DemandLaw;

    fn costs(margin: f64, stockout: f64, carrying: f64, discount: f64) -> StockRewardCosts {
        StockRewardCosts { margin: Money(margin), stockout: Money(stockout), carrying: Money(carrying), discount }
    }

    /// Without a later period it is the newsvendor: M and -S are what a unit short costs, -C what one left over does.
    #[test]
    fn one_period_is_the_newsvendor() {
        let law = DemandLaw::Poisson { mean: 7.0 };
        let demand = Pmf::from_law(&law).unwrap();
        let reward = stock_reward(&demand, &costs(3.0, -1.0, -1.0, 0.0), Units(40)).unwrap();
        for (k, reward) in reward.iter().enumerate() {
            let k = k as f64;
            let newsvendor = 3.0 * 7.0 - 4.0 * law.loss(k) - law.complementary_loss(k);
            assert!((reward.get() - newsvendor).abs() < 1e-10, "{k}");
        }
        let best = super::super::newsvendor::newsvendor(&law, Money(4.0), Money(1.0)).unwrap();
        assert_eq!(best_stock(&reward), Some(Units(best.stock as u64)));
    }

    /// One unit, sold each period with chance q: margin now or after carrying it.
    #[test]
    fn one_unit_waits_for_its_customer() {
        let demand = Pmf::from_pairs(&[(0, 0.75), (1, 0.25)]).unwrap();
        let reward = stock_reward(&demand, &costs(8.0, -2.0, -1.0, 0.8), Units(1)).unwrap();
        let expected = (0.25 * 8.0 - 0.75) / (1.0 - 0.8 * 0.75);
        assert!((reward[1].get() - expected).abs() < 1e-14 && (reward[0].get() + 0.5).abs() < 1e-15);
    }

    #[test]
    fn odd_input_is_refused() {
        let demand = Pmf::from_law(&DemandLaw::Poisson { mean: 4.0 }).unwrap();
        for bad in [f64::NAN, f64::INFINITY] {
            assert!(stock_reward(&demand, &costs(bad, 0.0, 0.0, 0.5), Units(3)).is_err());
            assert!(stock_reward(&demand, &costs(1.0, bad, 0.0, 0.5), Units(3)).is_err());
            assert!(stock_reward(&demand, &costs(1.0, 0.0, bad, 0.5), Units(3)).is_err());
        }
        for discount in [1.0, -0.1, f64::NAN] {
            assert!(stock_reward(&demand, &costs(1.0, 0.0, 0.0, discount), Units(3)).is_err());
        }
        assert!(stock_reward(&demand, &costs(1.0, 0.0, 0.0, 0.5), Units(u64::MAX)).is_err());
        assert_eq!(best_stock(&[]), None);
        assert_eq!(best_stock(&[Money(f64::NAN)]), None);
        let wide = Pmf::from_pairs(&[(MOST_STEPS, 1.0)]).unwrap();
        assert!(stock_reward(&wide, &costs(1.0, 0.0, 0.0, 0.5), Units(MOST_STEPS)).is_err());
    }
}
