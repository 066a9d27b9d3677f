//! The lead time as a chain of stages: production, first leg, customs, last leg.

use super::inputs::{DailyDemand, FormulaError, LeadTimeMoments, ReorderPoint};
use super::normal::normal_both;
use super::quantile::mixture_quantile;
use crate::stats::{DemandLaw, Pmf, PmfError};
use crate::units::ServiceLevel;

/// A chain of independent stages, each with its distribution over whole days.
///
/// ```text
/// L = L_1 + L_2 + ...,  its distribution the convolution of theirs
/// ```
///
/// The quantiles of the stages do not add up to that of the chain: a plan made of each stage's bad case is far too
/// long. Source: elementary; Eppen & Martin (1988), Management Science 34(11), for the reorder points.
///
/// ```
/// use stockburst::{policy::formula::LeadChain, stats::Pmf};
/// let production = Pmf::from_pairs(&[(7, 0.5), (10, 0.3), (15, 0.2)]).unwrap();
/// let first_leg = Pmf::from_pairs(&[(10, 0.6), (14, 0.3), (25, 0.1)]).unwrap();
/// let customs = Pmf::from_pairs(&[(1, 0.7), (3, 0.2), (10, 0.1)]).unwrap();
/// let last_leg = Pmf::from_pairs(&[(2, 0.5), (3, 0.4), (7, 0.1)]).unwrap();
/// let chain = LeadChain::of(vec![production, first_leg, customs, last_leg]).unwrap();
/// assert!((chain.total().mean() - 27.4).abs() < 1e-12 && (chain.total().variance() - 38.56).abs() < 1e-11);
/// assert_eq!(chain.total().quantile(0.95), Some(39));
/// assert_eq!(chain.sum_of_stage_quantiles(0.95), Some(57));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LeadChain {
    stages: Vec<Pmf>,
    total: Pmf,
}

impl LeadChain {
    /// The chain of these stages; without any, a lead time of 0.
    ///
    /// # Errors
    /// [`PmfError::Support`] if the whole chain is too long to enumerate.
    pub fn of(stages: Vec<Pmf>) -> Result<Self, PmfError> {
        let nothing = Pmf::from_pairs(&[(0, 1.0)])?;
        let total = stages.iter().try_fold(nothing, |total, stage| total.convolve(stage))?;
        Ok(Self { stages, total })
    }

    /// Distribution of the whole lead time, days.
    #[must_use]
    pub const fn total(&self) -> &Pmf {
        &self.total
    }

    /// Sum of the quantiles of the stages, days: what a plan of bad cases would take. `None` unless
    /// 0 < `probability` < 1.
    #[must_use]
    pub fn sum_of_stage_quantiles(&self, probability: f64) -> Option<u64> {
        self.stages.iter().map(|stage| stage.quantile(probability)).sum()
    }

    /// Exact reorder point over the chain, for a daily demand of this law.
    ///
    /// # Errors
    /// As [`mixture_quantile`].
    ///
    /// ```
    /// use stockburst::{policy::formula::LeadChain, stats::{DemandLaw, Pmf}, units::ServiceLevel};
    /// let chain = LeadChain::of(vec![Pmf::from_pairs(&[(10, 0.25), (20, 0.5), (30, 0.25)]).unwrap()]).unwrap();
    /// let service = ServiceLevel::try_new(0.95).unwrap();
    /// let daily = DemandLaw::Poisson { mean: 50.0 };
    /// assert_eq!(chain.reorder_point(&daily, service).unwrap().reorder_point, 1533.0);
    /// let normal = chain.normal_reorder_point(&daily, service).unwrap();
    /// assert!((normal.reorder_point - 1583.9).abs() < 0.05);
    /// ```
    pub fn reorder_point(&self, daily: &DemandLaw, service: ServiceLevel) -> Result<ReorderPoint, FormulaError> {
        mixture_quantile(daily, &self.total, service)
    }

    /// Normal approximation of the same: z standard deviations of lead-time demand, as [`normal_both`].
    ///
    /// # Errors
    /// [`FormulaError`] if a parameter of the law is out of range or its mean is negative.
    pub fn normal_reorder_point(&self, daily: &DemandLaw, service: ServiceLevel) -> Result<ReorderPoint, FormulaError> {
        let daily = daily.checked()?;
        // The formula takes no maximum; the mean stands in for it.
        let demand = DailyDemand::try_new(daily.mean(), daily.variance().sqrt(), daily.mean())?;
        let longest = self.total.largest() as f64;
        let lead_time = LeadTimeMoments::try_new(self.total.mean(), self.total.variance().sqrt(), longest)?;
        Ok(normal_both(&demand, &lead_time, service))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_chain_takes_no_time() {
        let chain = LeadChain::of(vec![]).unwrap();
        assert_eq!((chain.total().mean(), chain.sum_of_stage_quantiles(0.95)), (0.0, Some(0)));
        let service = ServiceLevel::try_new(0.99).unwrap();
        for daily in [DemandLaw::Poisson { mean: 5.0 }, DemandLaw::NegativeBinomial { mean: 5.0, size: 1.0 }] {
            assert_eq!(chain.reorder_point(&daily, service).unwrap().reorder_point, 0.0);
        }
    }

    #[test]
    fn a_law_without_a_sum_is_refused() {
        let chain = LeadChain::of(vec![Pmf::from_pairs(&[(3, 1.0)]).unwrap()]).unwrap();
        let service = ServiceLevel::try_new(0.9).unwrap();
        assert!(chain.reorder_point(&DemandLaw::LogNormal { mu: 1.0, sigma: 1.0 }, service).is_err());
        assert!(chain.normal_reorder_point(&DemandLaw::Normal { mean: -5.0, sd: 1.0 }, service).is_err());
        assert_eq!(chain.sum_of_stage_quantiles(f64::NAN), None);
    }
}
