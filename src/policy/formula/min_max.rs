//! Order up to S when the stock is at or below s, seen once a period: the cheapest pair.

use serde::Serialize;

use super::count_table::CountTable;
use super::inputs::{FormulaError, positive};
use super::newsvendor::critical_ratio;
use crate::stats::Pmf;
use crate::units::Money;

/// Longest way from s to S that is searched; the work grows with its square.
const MOST_RANGE: usize = 1 << 13;

/// A reorder point and an order-up-to level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MinMaxLevels {
    /// s: order when the inventory position at a review is at or below this.
    pub reorder_point: i64,
    /// S: order up to this.
    pub order_up_to: i64,
}

/// The cheapest (s, S) of a periodic review, customers waiting: exact for independent demands in whole units.
///
/// ```text
/// cost(s, S) = (K + Σ_{j<S-s} m(j) G(S - j)) / Σ_{j<S-s} m(j)
/// m(0) = 1 / (1 - P(D=0)),  m(j) = Σ_{i≤j} P(D=i) m(j - i)
/// G(y) = h E[(y - X)+] + p E[(X - y)+]
/// ```
///
/// `period` is the demand D of one period, `protection` that of a review and the lead time, X: the same if orders
/// arrive at once. `fixed_cost` K of an order, `holding_cost` h and `stockout_cost` p of a unit in stock and of one
/// waiting at the end of a period. Of equally cheap pairs, the first that the search meets. Source: Zheng & Federgruen
/// (1991), Operations Research 39, 654-665.
///
/// # Errors
/// [`FormulaError`] unless the costs are positive and of comparable size, if there is no demand, or if S - s would
/// exceed 8,192.
///
/// ```
/// use stockburst::policy::formula::{MinMaxLevels, min_max_policy};
/// use stockburst::{stats::{DemandLaw, Pmf}, units::Money};
/// let day = Pmf::from_law(&DemandLaw::Poisson { mean: 10.0 }).unwrap();
/// let (levels, cost) = min_max_policy(&day, &day, Money(64.0), Money(1.0), Money(9.0)).unwrap();
/// assert_eq!(levels, MinMaxLevels { reorder_point: 6, order_up_to: 40 });
/// assert!((cost.get() - 35.021_555_272).abs() < 1e-8);
/// ```
pub fn min_max_policy(
    period: &Pmf,
    protection: &Pmf,
    fixed_cost: Money,
    holding_cost: Money,
    stockout_cost: Money,
) -> Result<(MinMaxLevels, Money), FormulaError> {
    let ratio = critical_ratio(stockout_cost, holding_cost)?;
    let fixed = positive("fixed cost of an order", fixed_cost.get())?;
    if period.mass(0) >= 1.0 {
        return Err(FormulaError::NoDemand);
    }
    let too_far = || {
        let rule = "it is too large beside the holding cost for levels at most 8192 units apart";
        FormulaError::Number { name: "fixed cost of an order", value: fixed, rule }
    };
    let table = CountTable::of(protection);
    let cost = |y: i64| holding_cost.get() * table.left(y) + stockout_cost.get() * table.short(y);
    let mut search = Search { visits: Visits::of(period), fixed, cost: &cost };
    let lowest = protection.quantile(ratio.get()).expect("a service level lies strictly between 0 and 1") as i64;

    // The best s below the best order-up-to level without a fixed cost.
    let (mut s, mut best) = (lowest - 1, lowest);
    let mut average = search.average(s, best).ok_or_else(too_far)?;
    while average > cost(s) {
        s -= 1;
        average = search.average(s, best).ok_or_else(too_far)?;
    }
    // Higher levels, as long as even their cheapest period is no dearer than the average so far; s only rises.
    let mut level = best + 1;
    while cost(level) <= average {
        let candidate = search.average(s, level).ok_or_else(too_far)?;
        if candidate < average {
            best = level;
            average = candidate;
            while s + 1 < best && search.average(s, best).ok_or_else(too_far)? <= cost(s + 1) {
                s += 1;
            }
            average = search.average(s, best).ok_or_else(too_far)?.min(average);
        }
        level += 1;
    }
    Ok((MinMaxLevels { reorder_point: s, order_up_to: best }, Money(average)))
}

/// How many periods of an order cycle begin j units below S, on average.
struct Visits<'a> {
    period: &'a [f64],
    expected: Vec<f64>,
}

impl<'a> Visits<'a> {
    fn of(period: &'a Pmf) -> Self {
        Self { period: period.masses(), expected: vec![1.0 / (1.0 - period.mass(0))] }
    }

    fn up_to(&mut self, count: usize) -> &[f64] {
        for j in self.expected.len()..count {
            let arriving: f64 = (1..=j.min(self.period.len() - 1)).map(|i| self.period[i] * self.expected[j - i]).sum();
            self.expected.push(arriving * self.expected[0]);
        }
        &self.expected[..count]
    }
}

struct Search<'a, G> {
    visits: Visits<'a>,
    fixed: f64,
    cost: &'a G,
}

impl<G: Fn(i64) -> f64> Search<'_, G> {
    /// Cost per period of (s, S); `None` if they are too far apart, or the cost is beyond all numbers.
    fn average(&mut self, s: i64, level: i64) -> Option<f64> {
        let range = usize::try_from(level - s).ok().filter(|range| (1..=MOST_RANGE).contains(range))?;
        let (mut total, mut periods) = (self.fixed, 0.0);
        for (y, visits) in (s + 1..=level).rev().zip(self.visits.up_to(range)) {
            total += visits * (self.cost)(y);
            periods += visits;
        }
        Some(total / periods).filter(|average| average.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::DemandLaw;

    fn pmf(law: DemandLaw) -> Pmf {
        Pmf::from_law(&law).unwrap()
    }

    #[test]
    fn no_other_pair_is_cheaper() {
        let laws = [DemandLaw::Poisson { mean: 3.0 }, DemandLaw::NegativeBinomial { mean: 4.0, size: 0.7 }];
        for (law, fixed, stockout) in laws.into_iter().flat_map(|law| [(law, 5.0, 4.0), (law, 40.0, 20.0)]) {
            let (day, week) = (pmf(law), pmf(law.over(3.0).unwrap()));
            let (levels, best) = min_max_policy(&day, &week, Money(fixed), Money(1.0), Money(stockout)).unwrap();
            let table = CountTable::of(&week);
            let cost = |y: i64| table.left(y) + stockout * table.short(y);
            let mut search = Search { visits: Visits::of(&day), fixed, cost: &cost };
            for (s, level) in (-10..40).flat_map(|s| (s + 1..70).map(move |level| (s, level))) {
                assert!(search.average(s, level).unwrap() >= best.get() - 1e-10, "{law:?}: {s}, {level}");
            }
            let own = search.average(levels.reorder_point, levels.order_up_to).unwrap();
            assert!((own - best.get()).abs() < 1e-10, "{law:?}");
        }
    }

    /// With next to no fixed cost every period orders up to the newsvendor's level.
    #[test]
    fn without_a_fixed_cost_it_is_the_newsvendor() {
        let day = pmf(DemandLaw::Poisson { mean: 20.0 });
        let (levels, cost) = min_max_policy(&day, &day, Money(1e-9), Money(1.0), Money(9.0)).unwrap();
        let newsvendor = super::super::newsvendor::newsvendor_from_pmf(&day, Money(9.0), Money(1.0)).unwrap();
        assert_eq!(levels.order_up_to as f64, newsvendor.stock);
        assert!((cost.get() - newsvendor.cost.get()).abs() < 1e-8);
    }

    #[test]
    fn odd_input_is_refused() {
        let day = pmf(DemandLaw::Poisson { mean: 3.0 });
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(min_max_policy(&day, &day, Money(bad), Money(1.0), Money(1.0)).is_err());
            assert!(min_max_policy(&day, &day, Money(1.0), Money(bad), Money(1.0)).is_err());
            assert!(min_max_policy(&day, &day, Money(1.0), Money(1.0), Money(bad)).is_err());
        }
        let none = Pmf::from_pairs(&[(0, 1.0)]).unwrap();
        assert_eq!(min_max_policy(&none, &none, Money(1.0), Money(1.0), Money(1.0)), Err(FormulaError::NoDemand));
        for extreme in [1e9, 1e300] {
            assert!(min_max_policy(&day, &day, Money(extreme), Money(1e-3), Money(1.0)).is_err());
        }
    }
}
