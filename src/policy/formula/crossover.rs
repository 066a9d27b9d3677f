//! Orders that overtake each other: what a random lead time really does to a stock ordered up to every day.

use super::inputs::{DailyDemand, IntervalDemand};
use crate::stats::Pmf;

/// Variance of the number of orders on their way when one is placed every day and their lead times are independent.
///
/// ```text
/// Var N = Σ_k F(k) (1 - F(k)) = E|L - L'| / 2 ≤ sd(L) / √3
/// ```
///
/// F is the distribution of the lead time L over whole days. Far less than Var L, which is what the lead-time-demand
/// formula puts in its place: a late order is made up for by others that come early. Source: Zalkind (1978),
/// Management Science 24(13), 1384-1392; Bradley & Robinson (2005), Manufacturing & Service Operations Management 7(4),
/// 319-329, for the bound.
///
/// ```
/// use stockburst::{policy::formula::orders_outstanding_variance, stats::Pmf};
/// let lead_time = Pmf::from_pairs(&[(10, 0.25), (20, 0.5), (30, 0.25)]).unwrap();
/// assert_eq!(orders_outstanding_variance(&lead_time), 3.75); // Var L is 50
/// ```
#[must_use]
pub fn orders_outstanding_variance(lead_time: &Pmf) -> f64 {
    let mut reached = 0.0;
    lead_time
        .masses()
        .iter()
        .map(|mass| {
            reached += mass;
            // The masses may add up to a little more than 1.
            (reached * (1.0 - reached)).max(0.0)
        })
        .sum()
}

/// Shortfall of a stock ordered up to every day, lead times independent and free to cross: mean and variance.
///
/// ```text
/// mean = d E[L],  variance = σ² E[L] + d² Var N
/// ```
///
/// The shortfall is what is on order: the level less the net stock. Compare with [`IntervalDemand::over`], right only
/// if orders arrive in the order in which they are placed. Source: Robinson, Bradley
/// & Thomas (2001), Manufacturing & Service Operations Management 3(3), 175-188.
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, crossover_shortfall};
/// use stockburst::stats::Pmf;
/// let demand = DailyDemand::try_new(50.0, 50.0_f64.sqrt(), 80.0).unwrap();
/// let lead_time = Pmf::from_pairs(&[(10, 0.25), (20, 0.5), (30, 0.25)]).unwrap();
/// let shortfall = crossover_shortfall(&demand, &lead_time);
/// assert!((shortfall.sd() - 101.858).abs() < 5e-4); // the usual formula says 354.965
/// ```
#[must_use]
pub fn crossover_shortfall(demand: &DailyDemand, lead_time: &Pmf) -> IntervalDemand {
    let (mean, sd) = (lead_time.mean(), orders_outstanding_variance(lead_time).sqrt());
    let days = super::inputs::LeadTimeMoments::try_new(mean, sd, lead_time.largest() as f64)
        .expect("moments of a distribution over counts are finite and not negative");
    IntervalDemand::over(demand, &days)
}

/// Probability that an order is overtaken by one placed `days_later`.
///
/// ```text
/// P(L > L' + days)
/// ```
///
/// L and L' are independent. An arrival on the same morning overtakes nobody. Source: elementary.
///
/// ```
/// use stockburst::{policy::formula::overtaking_probability, stats::Pmf};
/// let eleven: Vec<_> = (15..=25).map(|days| (days, 1.0 / 11.0)).collect();
/// let lead_time = Pmf::from_pairs(&eleven).unwrap();
/// assert!((overtaking_probability(&lead_time, 1) - 0.371_901).abs() < 5e-7);
/// ```
#[must_use]
pub fn overtaking_probability(lead_time: &Pmf, days_later: u32) -> f64 {
    let masses = lead_time.masses();
    let mut beyond = vec![0.0; masses.len()];
    let mut sum = 0.0;
    for (beyond, mass) in beyond.iter_mut().zip(masses).rev() {
        *beyond = sum;
        sum += mass;
    }
    masses.iter().zip(beyond.iter().skip(days_later as usize)).map(|(mass, beyond)| mass * beyond).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uniform(days: std::ops::RangeInclusive<u64>) -> Pmf {
        let share = 1.0 / days.clone().count() as f64;
        Pmf::from_pairs(&days.map(|day| (day, share)).collect::<Vec<_>>()).unwrap()
    }

    /// V6 of the method notes.
    #[test]
    fn crossover_is_the_published_one() {
        let demand = DailyDemand::try_new(50.0, 50.0_f64.sqrt(), 80.0).unwrap();
        let humps = Pmf::from_pairs(&[(10, 0.25), (20, 0.5), (30, 0.25)]).unwrap();
        let even = uniform(15..=25);
        for (lead_time, var_n, bound, variance, sd) in
            [(&humps, 3.75, 4.0825, 10_375.0, 101.858), (&even, 1.818_182, 1.825_742, 5545.45, 74.468)]
        {
            let outstanding = orders_outstanding_variance(lead_time);
            assert!((outstanding - var_n).abs() < 5e-7);
            assert!(((lead_time.variance() / 3.0).sqrt() - bound).abs() < 5e-5 && outstanding <= bound);
            let shortfall = crossover_shortfall(&demand, lead_time);
            assert!((shortfall.variance() - variance).abs() < 5e-3 && (shortfall.sd() - sd).abs() < 5e-4);
        }
        assert!((overtaking_probability(&even, 1) - 0.371_901).abs() < 5e-7);
        assert!((overtaking_probability(&even, 7) - 0.049_587).abs() < 5e-7);
    }

    /// The two forms of the formula, E|L - L'| / 2 summed pair by pair.
    #[test]
    fn it_is_half_the_mean_difference_of_two_lead_times() {
        let lead_time = Pmf::from_pairs(&[(3, 0.2), (4, 0.1), (9, 0.3), (21, 0.4)]).unwrap();
        let pairs = lead_time.support().flat_map(|a| lead_time.support().map(move |b| (a, b)));
        let difference: f64 = pairs.map(|((a, p), (b, q))| p * q * a.abs_diff(b) as f64).sum();
        assert!((orders_outstanding_variance(&lead_time) - difference / 2.0).abs() < 1e-14);
    }

    #[test]
    fn a_sure_lead_time_never_crosses() {
        let sure = uniform(12..=12);
        assert_eq!((orders_outstanding_variance(&sure), overtaking_probability(&sure, 0)), (0.0, 0.0));
        assert_eq!(overtaking_probability(&uniform(1..=9), u32::MAX), 0.0);
        // Two independent lead times: one later, one earlier, or the same.
        assert!((2.0 * overtaking_probability(&uniform(1..=4), 0) + 0.25 - 1.0).abs() < 1e-14);
    }
}
