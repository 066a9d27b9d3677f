//! The formulas as candidates: each with its own parameters, all with one question.

use serde::{Deserialize, Serialize};

use super::fill_rate::fill_rate_backorders;
use super::inputs::{DailyDemand, FormulaError, IntervalDemand, LeadTimeMoments, ReorderPoint, positive};
use super::king::{king_dependent, king_independent};
use super::max_average::{days_of_cover, max_average};
use super::normal::{normal_both, normal_demand, normal_lead_time};
use super::periodic::{periodic_review, protection_interval};
use super::quantile::{gamma_quantile, log_normal_quantile, negative_binomial_quantile, poisson_quantile};
use super::undershoot::undershoot_corrected;
use crate::stats::DemandLaw;
use crate::units::{Days, Probability, ServiceLevel, Units};

/// A reorder-point formula with its own parameters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Formula {
    /// Max daily demand x max lead time ([`max_average`]).
    MaxAverage,
    /// So many days of mean demand beyond the interval ([`days_of_cover`]).
    DaysOfCover {
        /// Days.
        days: f64,
    },
    /// Normal, demand uncertain ([`normal_demand`]).
    NormalDemand {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Normal, lead time uncertain ([`normal_lead_time`]).
    NormalLeadTime {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Normal, both uncertain ([`normal_both`]).
    NormalBoth {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// King's formula, independent ([`king_independent`]).
    KingIndependent {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// King's formula, dependent ([`king_dependent`]).
    KingDependent {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Order-up-to level of a periodic review ([`periodic_review`]).
    Periodic {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Poisson quantile ([`poisson_quantile`]).
    Poisson {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Negative-binomial quantile ([`negative_binomial_quantile`]).
    NegativeBinomial {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Gamma quantile ([`gamma_quantile`]).
    Gamma {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Lognormal quantile ([`log_normal_quantile`]).
    LogNormal {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Fill rate by the normal loss function ([`fill_rate_backorders`]).
    FillRate {
        /// Share of units served from stock.
        target: Probability,
        /// Lot of a cycle.
        order_quantity: Units,
    },
    /// Normal, both uncertain, with the undershoot ([`undershoot_corrected`]).
    Undershoot {
        /// Cycle service level.
        service: ServiceLevel,
    },
}

impl Formula {
    /// The name in files and reports.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::MaxAverage => "max-average",
            Self::DaysOfCover { .. } => "days-of-cover",
            Self::NormalDemand { .. } => "normal-demand",
            Self::NormalLeadTime { .. } => "normal-lead-time",
            Self::NormalBoth { .. } => "normal-both",
            Self::KingIndependent { .. } => "king-independent",
            Self::KingDependent { .. } => "king-dependent",
            Self::Periodic { .. } => "periodic",
            Self::Poisson { .. } => "poisson",
            Self::NegativeBinomial { .. } => "negative-binomial",
            Self::Gamma { .. } => "gamma",
            Self::LogNormal { .. } => "log-normal",
            Self::FillRate { .. } => "fill-rate",
            Self::Undershoot { .. } => "undershoot",
        }
    }

    /// The reorder point (order-up-to level for a periodic review) of a lead time that is a difference of dates.
    ///
    /// ```text
    /// every formula over P = R + L - 1 days; undershoot over the L - 1 days that follow the order
    /// ```
    ///
    /// `lead_time` is the lead time itself; P is formed here ([`protection_interval`]): do not add the review before.
    ///
    /// # Errors
    /// [`FormulaError`] if the review is not at least one day, or the formula cannot use its own parameters or moments.
    ///
    /// ```
    /// use stockburst::policy::formula::{DailyDemand, Formula, LeadTimeMoments};
    /// use stockburst::units::{Days, Units};
    /// let demand = DailyDemand::try_new(120.0, 140.0, 500.0).unwrap();
    /// let lead_time = LeadTimeMoments::constant(15.0).unwrap();
    /// let reorder = Formula::MaxAverage.reorder_point(&demand, &lead_time, Days(1)).unwrap();
    /// assert_eq!(reorder.units(), Units(7500));
    /// ```
    pub fn reorder_point(
        &self,
        demand: &DailyDemand,
        lead_time: &LeadTimeMoments,
        review: Days,
    ) -> Result<ReorderPoint, FormulaError> {
        positive("review period", review.as_f64())?;
        let interval = protection_interval(lead_time, review);
        let over = IntervalDemand::over(demand, &interval);
        let after_order = lead_time.longer_by(-1.0);
        Ok(match *self {
            Self::MaxAverage => max_average(demand, &interval),
            Self::DaysOfCover { days } => days_of_cover(demand, &interval, days)?,
            Self::NormalDemand { service } => normal_demand(demand, &interval, service),
            Self::NormalLeadTime { service } => normal_lead_time(demand, &interval, service),
            Self::NormalBoth { service } => normal_both(demand, &interval, service),
            Self::KingIndependent { service } => king_independent(demand, &interval, service),
            Self::KingDependent { service } => king_dependent(demand, &interval, service),
            Self::Periodic { service } => periodic_review(demand, &after_order, review.as_f64(), service),
            Self::Poisson { service } => poisson_quantile(&over, service)?,
            Self::NegativeBinomial { service } => negative_binomial_quantile(&over, service)?,
            Self::Gamma { service } => gamma_quantile(&over, service)?,
            Self::LogNormal { service } => log_normal_quantile(&over, service)?,
            Self::FillRate { target, order_quantity } => {
                let law = DemandLaw::Normal { mean: over.mean(), sd: over.sd() };
                fill_rate_backorders(&law, order_quantity.as_f64(), target)?
            }
            Self::Undershoot { service } => undershoot_corrected(demand, &after_order, review.as_f64(), service),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(service: f64) -> Vec<Formula> {
        let target = Probability::try_new(service).unwrap();
        let service = ServiceLevel::try_new(service).unwrap();
        vec![
            Formula::NormalDemand { service },
            Formula::NormalLeadTime { service },
            Formula::NormalBoth { service },
            Formula::KingIndependent { service },
            Formula::KingDependent { service },
            Formula::Periodic { service },
            Formula::Poisson { service },
            Formula::NegativeBinomial { service },
            Formula::Gamma { service },
            Formula::LogNormal { service },
            Formula::FillRate { target, order_quantity: Units(500) },
            Formula::Undershoot { service },
        ]
    }

    fn inputs() -> (DailyDemand, LeadTimeMoments) {
        (DailyDemand::try_new(20.0, 14.0, 90.0).unwrap(), LeadTimeMoments::try_new(7.0, 2.0, 12.0).unwrap())
    }

    #[test]
    fn more_service_or_a_longer_review_never_needs_less() {
        let (demand, lead_time) = inputs();
        let at = |formula: &Formula, review| formula.reorder_point(&demand, &lead_time, Days(review)).unwrap();
        for (less, more) in all(0.9).iter().zip(&all(0.99)) {
            assert!(at(more, 1).reorder_point > at(less, 1).reorder_point, "{}", less.name());
            assert!(at(less, 7).reorder_point > at(less, 1).reorder_point, "{}", less.name());
        }
    }

    #[test]
    fn without_any_uncertainty_only_the_mean_is_needed() {
        let demand = DailyDemand::try_new(20.0, 0.0, 20.0).unwrap();
        let lead_time = LeadTimeMoments::constant(7.0).unwrap();
        let counts = ["poisson", "negative-binomial", "fill-rate", "undershoot"];
        for formula in all(0.95).iter().chain([&Formula::MaxAverage]).filter(|f| !counts.contains(&f.name())) {
            let reorder = formula.reorder_point(&demand, &lead_time, Days(1)).unwrap();
            assert_eq!((reorder.reorder_point, reorder.safety_stock), (140.0, 0.0), "{}", formula.name());
        }
    }

    #[test]
    fn no_demand_needs_no_stock() {
        let demand = DailyDemand::try_new(0.0, 0.0, 0.0).unwrap();
        let (_, lead_time) = inputs();
        for formula in all(0.95) {
            let reorder = formula.reorder_point(&demand, &lead_time, Days(1)).unwrap();
            assert_eq!(reorder.units(), Units::ZERO, "{}", formula.name());
        }
    }

    #[test]
    fn files_use_the_names() {
        for formula in all(0.95).into_iter().chain([Formula::MaxAverage, Formula::DaysOfCover { days: 7.0 }]) {
            let text = serde_json::to_string(&formula).unwrap();
            assert!(text.starts_with(&format!("{{\"kind\":\"{}\"", formula.name())), "{text}");
            assert_eq!(serde_json::from_str::<Formula>(&text).unwrap(), formula);
        }
        assert!(serde_json::from_str::<Formula>(r#"{"kind":"gamma","service":1.5}"#).is_err());
    }

    #[test]
    fn odd_input_is_refused() {
        let (demand, lead_time) = inputs();
        assert!(Formula::MaxAverage.reorder_point(&demand, &lead_time, Days(0)).is_err());
        for days in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(Formula::DaysOfCover { days }.reorder_point(&demand, &lead_time, Days(1)).is_err());
        }
        let variance_only = DailyDemand::try_new(0.0, 3.0, 9.0).unwrap();
        let service = ServiceLevel::try_new(0.9).unwrap();
        assert!(Formula::Gamma { service }.reorder_point(&variance_only, &lead_time, Days(1)).is_err());
    }
}
