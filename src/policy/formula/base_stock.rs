//! Base stock: every unit sold is ordered again at once, or every day.

use serde::Serialize;

use super::inputs::{FormulaError, positive};
use crate::stats::DemandLaw;
use crate::units::{Days, Probability, Units};

/// Most units on order that are worth a count, on average.
const MOST_ON_ORDER: f64 = 1e12;

/// Long-run service of a stock whose unserved customers wait.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BackorderService {
    /// Share of units served from the shelf at once.
    pub fill_rate: f64,
    /// Mean number of units owed to waiting customers.
    pub mean_backorders: f64,
    /// Mean number of units on the shelf.
    pub mean_on_hand: f64,
}

/// Base stock reviewed at every sale, customers waiting: exact for *any* law of the lead time.
///
/// ```text
/// N ~ Poisson(λ E[L]) units on order;  fill rate P(N < S),  E[B] = n(S),  E[on hand] = n̄(S)
/// ```
///
/// Orders of single units at `demand_rate` λ a day, each ordered again at once; independent lead times of mean
/// `mean_lead_time` days, which may overtake each other. The fill rate is also the share of the time with stock. Source:
/// Palm (1938); Zipkin (2000), "Foundations of Inventory Management", chapter 7.
///
/// # Errors
/// [`FormulaError::Number`] unless both are positive and their product is at most 10¹².
///
/// ```
/// use stockburst::{policy::formula::base_stock_backorders, units::Units};
/// let service = base_stock_backorders(2.0, 5.0, Units(14)).unwrap();
/// assert!((service.fill_rate - 0.864_464_422_619_310_9).abs() < 1e-12);
/// assert!((service.mean_on_hand - service.mean_backorders - 4.0).abs() < 1e-12); // S less what is on order
/// ```
pub fn base_stock_backorders(
    demand_rate: f64,
    mean_lead_time: f64,
    level: Units,
) -> Result<BackorderService, FormulaError> {
    let on_order = DemandLaw::Poisson { mean: mean_on_order(demand_rate, mean_lead_time)? };
    let level = level.as_f64();
    Ok(BackorderService {
        fill_rate: on_order.cdf(level - 1.0),
        mean_backorders: on_order.loss(level),
        mean_on_hand: on_order.complementary_loss(level),
    })
}

/// Share of units served by a base stock reviewed at every sale, when who finds it empty is lost: any law of the lead
/// time.
///
/// ```text
/// 1 - B(S, a),  B(S, a) = (aˢ/S!) / Σ_{k≤S} aᵏ/k!,  a = λ E[L]
/// ```
///
/// Erlang's loss formula: each unit of stock is a line that is busy while its replacement is on the way. Arguments as
/// [`base_stock_backorders`]. Source: Erlang (1917); Karush (1957), Operations Research 5, 693-703.
///
/// # Errors
/// As [`base_stock_backorders`].
///
/// ```
/// use stockburst::{policy::formula::base_stock_lost_sales, units::Units};
/// let served = base_stock_lost_sales(2.0, 5.0, Units(14)).unwrap();
/// assert!((served.get() - 0.943_180_856_613_479_2).abs() < 1e-12);
/// ```
pub fn base_stock_lost_sales(demand_rate: f64, mean_lead_time: f64, level: Units) -> Result<Probability, FormulaError> {
    let load = mean_on_order(demand_rate, mean_lead_time)?;
    let law = DemandLaw::Poisson { mean: load };
    let lines = level.as_f64();
    let lost = if lines >= load {
        law.mass(level.0).unwrap_or(f64::NAN) / law.cdf(lines)
    } else {
        // 1/B = 1 + S/a + S(S-1)/a² + ...: terms that fall, where both parts of the quotient could vanish.
        let (mut sum, mut term, mut line) = (1.0, 1.0, lines);
        while line > 0.0 && term > sum * f64::EPSILON {
            term *= line / load;
            sum += term;
            line -= 1.0;
        }
        1.0 / sum
    };
    let rule = "it is too large beside the stock";
    Probability::try_new(1.0 - lost).map_err(|_| FormulaError::Number { name: "mean on order", value: load, rule })
}

/// Mean number of units on order at a demand rate, whatever the law of the lead time.
///
/// ```text
/// E[on order] = λ E[L]
/// ```
///
/// Holds for every policy that orders what is sold; with single orders that come at random and independent lead times
/// the number is Poisson. Source: Little (1961), Operations Research 9, 383-387.
///
/// # Errors
/// [`FormulaError::Number`] unless both are positive and their product is at most 10¹².
///
/// ```
/// use stockburst::policy::formula::mean_on_order;
/// assert_eq!(mean_on_order(50.0, 20.0).unwrap(), 1000.0); // V7 of the method notes
/// ```
pub fn mean_on_order(demand_rate: f64, mean_lead_time: f64) -> Result<f64, FormulaError> {
    let units = positive("demand rate", demand_rate)? * positive("mean lead time", mean_lead_time)?;
    let rule = "write a demand over the lead time above 0 and at most 1e12 units";
    if units > 0.0 && units <= MOST_ON_ORDER {
        Ok(units)
    } else {
        Err(FormulaError::Number { name: "mean on order", value: units, rule })
    }
}

/// Long-run service of a base stock reviewed every evening.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PeriodicService {
    /// Share of units served on their day.
    pub fill_rate: f64,
    /// Probability that nobody waits at the end of a day.
    pub nobody_waits: f64,
    /// Mean number of units owed at the end of a day.
    pub mean_backorders: f64,
}

/// Base stock ordered up to every evening, customers waiting, a fixed lead time: exact.
///
/// ```text
/// net stock at the end of a day = S - D over L days
/// fill rate = 1 - (n_L(S) - n_{L-1}(S)) / d
/// ```
///
/// `lead_time` L is a difference of dates, at least 1: what is ordered in the evening of day t arrives on the morning
/// of t + L. `daily` is the law of independent days. What a day adds to the backlog is what it did not serve. Source:
/// Silver, Pyke & Thomas (2017), "Inventory and Production Management in Supply Chains" 4e, section 6.9.
///
/// # Errors
/// [`FormulaError`] if the law is out of range, has no mean or no sum over days, or the lead time is 0.
///
/// ```
/// use stockburst::{policy::formula::base_stock_periodic, stats::DemandLaw, units::{Days, Units}};
/// let service = base_stock_periodic(&DemandLaw::Poisson { mean: 5.0 }, Days(6), Units(38)).unwrap();
/// assert!((service.fill_rate - 0.961_499_922_580_164_4).abs() < 1e-12);
/// assert!((service.nobody_waits - 0.935_155_677_714_201).abs() < 1e-12);
/// ```
pub fn base_stock_periodic(daily: &DemandLaw, lead_time: Days, level: Units) -> Result<PeriodicService, FormulaError> {
    let mean = positive("mean of daily demand", daily.checked()?.mean())?;
    if lead_time.0 == 0 {
        let rule = "write at least 1: what is ordered in the evening is not there in the morning before";
        return Err(FormulaError::Number { name: "lead time", value: 0.0, rule });
    }
    let days = lead_time.as_f64();
    let rule = "use a law whose sum over days is known: normal, poisson, negative-binomial or gamma";
    let over = |days| daily.over(days).ok_or(FormulaError::Number { name: "daily law", value: mean, rule });
    let (evening, morning) = (over(days)?.checked()?, over(days - 1.0)?.checked()?);
    let level = level.as_f64();
    Ok(PeriodicService {
        fill_rate: 1.0 - (evening.loss(level) - morning.loss(level)) / mean,
        nobody_waits: evening.cdf(level),
        mean_backorders: evening.loss(level),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// V7 of the method notes: without any stock, all that is on order is owed; and a daily stock with crossing orders
    /// has as much on order, whatever the law of the lead time.
    #[test]
    fn as_much_is_on_order_under_every_law() {
        let nothing = base_stock_backorders(50.0, 20.0, Units(0)).unwrap();
        assert!((nothing.mean_backorders - 1000.0).abs() < 1e-9 && nothing.fill_rate == 0.0);
        let demand = super::super::DailyDemand::try_new(50.0, 7.0, 80.0).unwrap();
        for pairs in [vec![(20, 1.0)], vec![(1, 0.5), (39, 0.5)], vec![(10, 0.25), (20, 0.5), (30, 0.25)]] {
            let lead_time = crate::stats::Pmf::from_pairs(&pairs).unwrap();
            let shortfall = super::super::crossover_shortfall(&demand, &lead_time);
            assert!((shortfall.mean() - mean_on_order(50.0, 20.0).unwrap()).abs() < 1e-9, "{pairs:?}");
        }
    }

    /// V8 of the method notes.
    #[test]
    fn waiting_customers_are_the_published_ones() {
        let service = base_stock_backorders(1.0, 20.0, Units(28)).unwrap();
        assert!((1.0 - service.fill_rate - 0.052_480_7).abs() < 5e-8);
        assert!((service.mean_backorders - 0.088_275_7).abs() < 5e-8);
        assert!((service.mean_on_hand - 8.088_275_7).abs() < 5e-8);
    }

    /// V9 of the method notes.
    #[test]
    fn lost_customers_are_the_published_ones() {
        for (level, lost) in [(28, 0.018_792_4), (24, 0.066_096_7)] {
            let served = base_stock_lost_sales(1.0, 20.0, Units(level)).unwrap();
            assert!((1.0 - served.get() - lost).abs() < 5e-8, "{level}");
        }
    }

    /// B(S) = a B(S-1) / (S + a B(S-1)), across the change of method at S = a.
    #[test]
    fn the_loss_formula_obeys_its_recursion() {
        let lost = |level| 1.0 - base_stock_lost_sales(2.5, 4.0, Units(level)).unwrap().get();
        assert_eq!(lost(0), 1.0);
        for level in 1..30 {
            let before = 10.0 * lost(level - 1);
            assert!((lost(level) - before / (level as f64 + before)).abs() < 1e-12, "{level}");
        }
        // One unit against a flood, and a flood of units: no underflow, no endless sum.
        assert!((lost_of(1e6, 3) - (1.0 - 3.0 / 1e6)).abs() < 1e-9);
        assert!(lost_of(1e12, 1_000_000_000_000 - 1) < 1e-5);
        assert_eq!(lost_of(1.0, u64::MAX), 0.0);
    }

    fn lost_of(load: f64, level: u64) -> f64 {
        1.0 - base_stock_lost_sales(load, 1.0, Units(level)).unwrap().get()
    }

    /// The day's unserved units are what the evening's backlog has more than the morning's.
    #[test]
    fn one_day_of_lead_time_is_one_day_of_demand() {
        let daily = DemandLaw::NegativeBinomial { mean: 5.0, size: 2.0 };
        let service = base_stock_periodic(&daily, Days(1), Units(9)).unwrap();
        assert!((service.fill_rate - (1.0 - daily.loss(9.0) / 5.0)).abs() < 1e-14);
        let longer = base_stock_periodic(&daily, Days(3), Units(9)).unwrap();
        assert!(longer.fill_rate < service.fill_rate && longer.mean_backorders > service.mean_backorders);
    }

    #[test]
    fn odd_input_is_refused() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e300] {
            assert!(base_stock_backorders(bad, 2.0, Units(1)).is_err());
            assert!(base_stock_lost_sales(2.0, bad, Units(1)).is_err());
        }
        assert!(base_stock_periodic(&DemandLaw::Poisson { mean: 0.0 }, Days(1), Units(1)).is_err());
        assert!(base_stock_periodic(&DemandLaw::Poisson { mean: 1.0 }, Days(0), Units(1)).is_err());
        assert!(base_stock_periodic(&DemandLaw::LogNormal { mu: 1.0, sigma: 1.0 }, Days(2), Units(1)).is_err());
    }
}
