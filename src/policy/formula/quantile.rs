//! Reorder points as quantiles of lead-time demand: by two moments, or exact.

use super::inputs::{FormulaError, IntervalDemand, ReorderPoint};
use crate::stats::{DemandLaw, Mixture, Pmf};
use crate::units::ServiceLevel;

/// The smallest stock that covers the demand of `law` with this probability.
///
/// ```text
/// r = min { x : P(D_L ≤ x) ≥ service },  SS = r - E[D_L]
/// ```
///
/// A whole number for laws of counts. Source: Axsäter (2015), "Inventory Control" 3e, section 5.3 (cycle service).
///
/// # Errors
/// [`FormulaError::Law`] if a parameter of the law is out of range.
///
/// ```
/// use stockburst::{policy::formula::law_quantile, stats::DemandLaw, units::ServiceLevel};
/// // Poisson 3.2 a day over 5 days.
/// let reorder = law_quantile(&DemandLaw::Poisson { mean: 16.0 }, ServiceLevel::try_new(0.95).unwrap()).unwrap();
/// assert_eq!((reorder.reorder_point, reorder.safety_stock), (23.0, 7.0));
/// ```
pub fn law_quantile(law: &DemandLaw, service: ServiceLevel) -> Result<ReorderPoint, FormulaError> {
    let law = law.checked()?;
    let beyond = FormulaError::Number { name: "mean lead-time demand", value: law.mean(), rule: "it is too large" };
    Ok(ReorderPoint::at(law.quantile(service.get()).ok_or(beyond)?, law.mean()))
}

/// Poisson quantile of lead-time demand: independent single orders, whatever the variance seen.
///
/// ```text
/// D_L ~ Poisson(d L)
/// ```
///
/// Source: Axsäter (2015), "Inventory Control" 3e, section 5.1.1.
///
/// # Errors
/// [`FormulaError::Number`] if the mean is too large for a count.
pub fn poisson_quantile(demand: &IntervalDemand, service: ServiceLevel) -> Result<ReorderPoint, FormulaError> {
    law_quantile(&DemandLaw::Poisson { mean: demand.mean() }, service)
}

/// Negative-binomial quantile of lead-time demand, by mean m and variance v.
///
/// ```text
/// D_L ~ NB(mean m, size m² / (v - m))
/// ```
///
/// With v ≤ m there is no such law, and the answer is that of [`poisson_quantile`]. Source: Axsäter (2015), "Inventory
/// Control" 3e, section 5.1.2; Adan, van Eenige & Resing (1995), Probability in the Engineering and Informational
/// Sciences 9 (fits by two moments).
///
/// # Errors
/// [`FormulaError::Number`] if the mean is too large for a count.
///
/// ```
/// use stockburst::policy::formula::{IntervalDemand, negative_binomial_quantile};
/// use stockburst::units::ServiceLevel;
/// let demand = IntervalDemand::try_new(140.0, 1372.0_f64.sqrt()).unwrap();
/// let reorder = negative_binomial_quantile(&demand, ServiceLevel::try_new(0.95).unwrap()).unwrap();
/// assert_eq!(reorder.reorder_point, 206.0);
/// ```
pub fn negative_binomial_quantile(
    demand: &IntervalDemand,
    service: ServiceLevel,
) -> Result<ReorderPoint, FormulaError> {
    law_quantile(&DemandLaw::negative_binomial_from_mean_sd(demand.mean(), demand.sd())?, service)
}

/// Gamma quantile of lead-time demand, by mean m and variance v: never negative, skewed to the right.
///
/// ```text
/// D_L ~ Gamma(shape m² / v, scale v / m)
/// ```
///
/// Source: Burgin (1975), Operational Research Quarterly 26, 507-525.
///
/// # Errors
/// [`FormulaError::Law`] if there is variance but no mean.
///
/// ```
/// use stockburst::policy::formula::{IntervalDemand, gamma_quantile};
/// use stockburst::units::ServiceLevel;
/// let demand = IntervalDemand::try_new(140.0, 1372.0_f64.sqrt()).unwrap();
/// let reorder = gamma_quantile(&demand, ServiceLevel::try_new(0.95).unwrap()).unwrap();
/// assert!((reorder.reorder_point - 205.969_853_466_140_34).abs() < 1e-8);
/// ```
pub fn gamma_quantile(demand: &IntervalDemand, service: ServiceLevel) -> Result<ReorderPoint, FormulaError> {
    law_quantile(&DemandLaw::gamma_from_mean_sd(demand.mean(), demand.sd())?, service)
}

/// Normal quantile of lead-time demand, by mean m and variance v.
///
/// ```text
/// r = m + z √v
/// ```
///
/// Source: Silver, Pyke & Thomas (2017), "Inventory and Production Management in Supply Chains" 4e, section 6.7.
///
/// # Errors
/// None for moments that are in range, as [`IntervalDemand`] has them.
pub fn normal_quantile(demand: &IntervalDemand, service: ServiceLevel) -> Result<ReorderPoint, FormulaError> {
    law_quantile(&DemandLaw::Normal { mean: demand.mean(), sd: demand.sd() }, service)
}

/// Lognormal quantile of lead-time demand, by mean m and variance v: the heaviest tail of these laws.
///
/// ```text
/// σ² = ln(1 + v / m²),  μ = ln m - σ² / 2,  r = e^(μ + z σ)
/// ```
///
/// Source: Tadikamalla (1984), Journal of the Operational Research Society 35 (lead-time demand laws compared).
///
/// # Errors
/// [`FormulaError::Law`] if there is variance but no mean.
///
/// ```
/// use stockburst::policy::formula::{IntervalDemand, log_normal_quantile};
/// use stockburst::units::ServiceLevel;
/// let demand = IntervalDemand::try_new(140.0, 1372.0_f64.sqrt()).unwrap();
/// let reorder = log_normal_quantile(&demand, ServiceLevel::try_new(0.95).unwrap()).unwrap();
/// assert!((reorder.reorder_point - 207.609_833_321_154_58).abs() < 1e-8);
/// ```
pub fn log_normal_quantile(demand: &IntervalDemand, service: ServiceLevel) -> Result<ReorderPoint, FormulaError> {
    law_quantile(&DemandLaw::log_normal_from_mean_sd(demand.mean(), demand.sd())?, service)
}

/// Exact quantile of the demand over a lead time with this distribution over whole days.
///
/// ```text
/// P(D_L ≤ x) = Σ p(l) P(D_1 + ... + D_l ≤ x)
/// ```
///
/// A lead time with two humps (customs that clear at once, or not) makes a demand with two humps, which no law fitted
/// by two moments has. Source: Eppen & Martin (1988), Management Science 34(11), 1380-1390.
///
/// # Errors
/// [`FormulaError::Law`] if a parameter of the daily law is out of range; [`FormulaError::Number`] for a daily
/// lognormal law, whose sum over days has no closed form.
///
/// ```
/// use stockburst::policy::formula::mixture_quantile;
/// use stockburst::stats::{DemandLaw, Pmf};
/// use stockburst::units::ServiceLevel;
/// let lead_time = Pmf::from_pairs(&[(10, 0.25), (20, 0.5), (30, 0.25)]).unwrap();
/// let daily = DemandLaw::Poisson { mean: 50.0 };
/// let reorder = mixture_quantile(&daily, &lead_time, ServiceLevel::try_new(0.9).unwrap()).unwrap();
/// assert_eq!(reorder.reorder_point, 1510.0); // normal theory says 1455, which covers 78 %
/// ```
pub fn mixture_quantile(
    daily: &DemandLaw,
    lead_time: &Pmf,
    service: ServiceLevel,
) -> Result<ReorderPoint, FormulaError> {
    let daily = daily.checked()?;
    let parts: Option<Vec<_>> = lead_time.support().map(|(days, p)| Some((p, daily.over(days as f64)?))).collect();
    let answer = parts.and_then(Mixture::of).and_then(|demand| {
        demand.quantile(service.get()).map(|reorder_point| ReorderPoint::at(reorder_point, demand.mean()))
    });
    let rule = "use a law whose sum over days is known: normal, poisson, negative-binomial or gamma";
    answer.ok_or(FormulaError::Number { name: "mean of a daily law that can be summed", value: daily.mean(), rule })
}
