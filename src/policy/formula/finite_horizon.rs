//! A burst lived through with one stock: exact, day by day.
//!
//! What the simulation estimates is computed here without sampling, for independent daily demands. It is the yardstick
//! of the engine, and the formula for a pre-stock whose multiplier is asked for its risk.

use serde::Serialize;

use super::inputs::FormulaError;
use crate::stats::{DemandLaw, Pmf};
use crate::units::Units;

/// The most stock that is followed unit by unit.
const MOST_UNITS: u64 = 1 << 20;

/// One day of a burst.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BurstDay {
    /// Law of the day's demand, of whole units.
    pub demand: DemandLaw,
    /// Units received at the start of the day, before its demand.
    pub arrivals: Units,
}

/// What happens to the stock over the burst.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BurstOutcome {
    /// Expected demand, units.
    pub expected_demand: f64,
    /// Expected units lost, the shelf being empty.
    pub expected_lost: f64,
    /// Expected share of the demand that is served: 1 - lost / demand; 1 if there is no demand.
    pub fill_rate: f64,
    /// Probability that on at least one day demand exceeds the stock.
    pub any_lost_sale: f64,
    /// Expected units left after the last day.
    pub expected_left: f64,
    /// Probability of an empty shelf after the last day.
    pub empty_at_end: f64,
}

/// Follows the distribution of the stock through the days of a burst, unmet demand being lost.
///
/// ```text
/// x(t) = (x(t-1) + a(t) - D(t))+,  D(t) independent
/// expected lost = Σ E[n_t(x(t-1) + a(t))],  n_t(x) = E[(D(t) - x)+]
/// ```
///
/// Beside the distribution of the stock, that of the stock on the paths without any lost sale yet is carried along, so
/// the probability of any lost sale over the whole burst is exact: the days are not independent. Source: the dynamic
/// programme of Zipkin (2000), "Foundations of Inventory Management", section 9.4, with the policy left out.
///
/// # Errors
/// [`FormulaError::Law`] if a law is out of range; [`FormulaError::Number`] if one is not of whole units, or the stock
/// is too large to be followed unit by unit (about a million).
///
/// ```
/// use stockburst::policy::formula::{BurstDay, one_shot_burst};
/// use stockburst::{stats::DemandLaw, units::Units};
/// let burst = [20.0, 20.0, 60.0, 140.0, 200.0, 150.0, 90.0, 60.0, 40.0, 30.0, 25.0, 20.0].map(|mean| BurstDay {
///     demand: DemandLaw::NegativeBinomial { mean, size: 4.0 },
///     arrivals: Units::ZERO,
/// });
/// // 1.2 times the predicted 855 units.
/// let outcome = one_shot_burst(Units(1026), &burst).unwrap();
/// assert!((outcome.any_lost_sale - 0.144_451_527_935_020_25).abs() < 1e-9);
/// assert!((outcome.fill_rate - 0.982_491_836_177_146_5).abs() < 1e-9);
/// ```
pub fn one_shot_burst(opening: Units, days: &[BurstDay]) -> Result<BurstOutcome, FormulaError> {
    let supply = days.iter().fold(opening.0, |sum, day| sum.saturating_add(day.arrivals.0));
    if supply > MOST_UNITS {
        let rule = "at most 1048576 units can be followed one by one";
        return Err(FormulaError::Number { name: "stock to follow", value: supply as f64, rule });
    }
    let mut stock = Stock::of(opening);
    let (mut expected_demand, mut expected_lost, mut any_lost_sale) = (0.0, 0.0, 0.0);
    for day in days {
        let demand = masses(&day.demand)?;
        stock.receive(day.arrivals);
        let lost = stock.sell(&demand);
        expected_demand += day.demand.mean();
        expected_lost += lost.units;
        any_lost_sale += lost.first_time;
    }
    let fill_rate = if expected_demand > 0.0 { 1.0 - expected_lost / expected_demand } else { 1.0 };
    let expected_left = stock.all.iter().enumerate().map(|(units, p)| units as f64 * p).sum();
    Ok(BurstOutcome {
        expected_demand,
        expected_lost,
        fill_rate,
        any_lost_sale,
        expected_left,
        empty_at_end: stock.all[0],
    })
}

fn masses(law: &DemandLaw) -> Result<Pmf, FormulaError> {
    let law = law.checked()?;
    let rule = "use a poisson or negative-binomial law that can be enumerated";
    Pmf::from_law(&law).map_err(|_| FormulaError::Number { name: "mean of a daily law", value: law.mean(), rule })
}

/// What a day's demand finds missing when this much is in stock.
#[derive(Debug, Clone, Copy, Default)]
struct Shortage {
    /// P(D > x).
    probability: f64,
    /// E[(D - x)+].
    units: f64,
}

/// The shortage of each stock from 0, summed from the largest demand down: a small risk is a sum of small numbers, not
/// a difference of large ones.
fn shortages(demand: &Pmf) -> Vec<Shortage> {
    let mut shortages = vec![Shortage::default(); demand.masses().len()];
    let mut beyond = Shortage::default();
    for (shortage, mass) in shortages.iter_mut().zip(demand.masses()).rev() {
        *shortage = beyond;
        beyond.probability += mass;
        beyond.units += beyond.probability;
    }
    shortages
}

/// Probability of each stock, by units.
struct Stock {
    /// On all paths.
    all: Vec<f64>,
    /// On the paths that have not lost a sale.
    unharmed: Vec<f64>,
}

struct Lost {
    /// Expected units.
    units: f64,
    /// Probability that this is the first day with a lost sale.
    first_time: f64,
}

impl Stock {
    fn of(opening: Units) -> Self {
        let mut all = vec![0.0; opening.0 as usize + 1];
        all[opening.0 as usize] = 1.0;
        Self { unharmed: all.clone(), all }
    }

    fn receive(&mut self, arrivals: Units) {
        for stock in [&mut self.all, &mut self.unharmed] {
            stock.splice(0..0, std::iter::repeat_n(0.0, arrivals.0 as usize));
        }
    }

    fn sell(&mut self, demand: &Pmf) -> Lost {
        let shortages = shortages(demand);
        let mut next = Self { all: vec![0.0; self.all.len()], unharmed: vec![0.0; self.all.len()] };
        let mut lost = Lost { units: 0.0, first_time: 0.0 };
        let states = self.all.iter().zip(&self.unharmed).enumerate().filter(|(_, (all, _))| **all > 0.0);
        for (units, (&all, &unharmed)) in states {
            // One unit sold more leaves one unit less: the masses run against the stock.
            for (left, mass) in next.all[..=units].iter_mut().rev().zip(demand.masses()) {
                *left += all * mass;
            }
            for (left, mass) in next.unharmed[..=units].iter_mut().rev().zip(demand.masses()) {
                *left += unharmed * mass;
            }
            // With more than the largest demand in stock nothing is lost.
            let Shortage { probability, units } = shortages.get(units).copied().unwrap_or_default();
            next.all[0] += all * probability;
            lost.first_time += unharmed * probability;
            lost.units += all * units;
        }
        *self = next;
        lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(mean: f64, arrivals: u64) -> BurstDay {
        BurstDay { demand: DemandLaw::Poisson { mean }, arrivals: Units(arrivals) }
    }

    #[test]
    fn one_day_is_the_loss_function() {
        let law = DemandLaw::Poisson { mean: 10.0 };
        let outcome = one_shot_burst(Units(12), &[day(10.0, 0)]).unwrap();
        assert!((outcome.expected_lost - law.loss(12.0)).abs() < 1e-14);
        assert!((outcome.expected_left - law.complementary_loss(12.0)).abs() < 1e-12);
        assert!((outcome.any_lost_sale - law.exceedance(12.0)).abs() < 1e-15);
        assert!((outcome.empty_at_end - law.exceedance(11.0)).abs() < 1e-14);
    }

    /// Without arrivals only the total counts: days of Poisson demand are one day of their sum.
    #[test]
    fn days_without_arrivals_are_one_long_day() {
        let apart = one_shot_burst(Units(25), &[day(8.0, 0), day(5.0, 0), day(9.0, 0)]).unwrap();
        let together = one_shot_burst(Units(25), &[day(22.0, 0)]).unwrap();
        assert!((apart.expected_lost - together.expected_lost).abs() < 1e-12);
        assert!((apart.any_lost_sale - together.any_lost_sale).abs() < 1e-12);
    }

    /// Opening + received = served + left, in expectation.
    #[test]
    fn units_are_conserved() {
        let outcome = one_shot_burst(Units(10), &[day(8.0, 0), day(5.0, 7), day(9.0, 3)]).unwrap();
        let served = outcome.expected_demand - outcome.expected_lost;
        assert!((20.0 - served - outcome.expected_left).abs() < 1e-12);
        assert!(outcome.any_lost_sale < 1.0 && outcome.any_lost_sale > 0.3);
    }

    #[test]
    fn odd_input_has_a_decided_answer() {
        let still = one_shot_burst(Units(3), &[]).unwrap();
        assert_eq!((still.fill_rate, still.expected_left, still.any_lost_sale), (1.0, 3.0, 0.0));
        let quiet = one_shot_burst(Units(0), &[day(0.0, 0)]).unwrap();
        assert_eq!((quiet.fill_rate, quiet.empty_at_end), (1.0, 1.0));
        assert!(one_shot_burst(Units(u64::MAX), &[day(1.0, u64::MAX)]).is_err());
        assert!(one_shot_burst(Units(1), &[day(f64::NAN, 0)]).is_err());
        let continuous = BurstDay { demand: DemandLaw::Normal { mean: 1.0, sd: 1.0 }, arrivals: Units::ZERO };
        assert!(one_shot_burst(Units(1), &[continuous]).is_err());
    }
}
