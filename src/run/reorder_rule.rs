//! The reorder rules of a product for one lead-time mode: each formula resolved to pieces and days.

use super::RunError;
use super::design::DesignInputs;
use crate::policy::ReorderLevels;
use crate::policy::formula::{DailyDemand, Formula, LeadTimeMoments, mixture_quantile};
use crate::scenario::ReorderSpec;
use crate::simulate::Setting;
use crate::stats::{DemandLaw, Pmf, PmfError};
use crate::units::{Days, Units};

/// A reorder rule resolved for one mode.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) formula: String,
    pub(super) service: Option<f64>,
    pub(super) reorder_point: Option<u64>,
    pub(super) phases: Option<[u64; 3]>,
    pub(super) safety_stock: Option<f64>,
    pub(super) levels: ReorderLevels,
}

/// Every rule of the scenario, for `mode`.
pub(super) fn rules(inputs: &DesignInputs<'_>, mode: usize) -> Result<Vec<Rule>, RunError> {
    let (lead, lead_pmf) = &inputs.lead[mode];
    let mut rules = Vec::new();
    for spec in &inputs.spec.candidates.reorder {
        let named =
            |source, rule: &str| RunError::Formula { sku: inputs.sku.to_owned(), rule: rule.to_owned(), source };
        let formula = match *spec {
            ReorderSpec::Never => {
                rules.push(Rule {
                    formula: "never".into(),
                    service: None,
                    reorder_point: None,
                    phases: None,
                    safety_stock: None,
                    // A shop that stopped buying for good would not be the same shop: ordinary reordering goes on
                    // once it can no longer serve the first event, for ordinary sales.
                    levels: ReorderLevels::AfterEvents {
                        from: inputs.forecast.after_first_event(mode),
                        levels: inputs.forecast.ordinary_levels(mode, inputs.ordinary_service),
                    },
                });
                continue;
            }
            ReorderSpec::Rolling { service } => {
                rules.push(Rule {
                    formula: "rolling".into(),
                    service: Some(service.get()),
                    reorder_point: None,
                    phases: None,
                    safety_stock: None,
                    levels: ReorderLevels::Rolling { levels: inputs.forecast.rolling_levels(mode, service) },
                });
                continue;
            }
            ReorderSpec::ByPhase { before, during, after } => {
                rules.push(Rule {
                    formula: "by-phase".into(),
                    service: None,
                    reorder_point: None,
                    phases: Some([before, during, after].map(|level| level.0)),
                    safety_stock: None,
                    levels: by_phase(inputs.setting, [before, during, after]),
                });
                continue;
            }
            ReorderSpec::Units { level } => {
                rules.push(constant("units", None, level, None));
                continue;
            }
            ReorderSpec::Range { from, to, steps } => {
                for step in 0..steps {
                    let part = f64::from(step) / f64::from(steps - 1);
                    let level = from.as_f64() + (to.as_f64() - from.as_f64()) * part;
                    rules.push(constant("units", None, Units(level.round() as u64), None));
                }
                continue;
            }
            ReorderSpec::ExactMixture { service } => {
                let variance = inputs.daily.sd().powi(2);
                let law = DemandLaw::negative_binomial_from_mean_sd(inputs.daily.mean(), inputs.daily.sd())
                    .ok()
                    .filter(|_| variance > inputs.daily.mean())
                    .unwrap_or(DemandLaw::Poisson { mean: inputs.daily.mean() });
                let interval = protection(lead_pmf, inputs.review)
                    .map_err(|error| RunError::Data(format!("lead time of product `{}`: {error}", inputs.sku)))?;
                let point = mixture_quantile(&law, &interval, service).map_err(|e| named(e, "exact-mixture"))?;
                rules.push(constant("exact-mixture", Some(service.get()), point.units(), Some(point.safety_stock)));
                continue;
            }
            ReorderSpec::MaxAverage { .. } => Formula::MaxAverage,
            ReorderSpec::DaysOfCover { days } => Formula::DaysOfCover { days },
            ReorderSpec::NormalDemand { service } => Formula::NormalDemand { service },
            ReorderSpec::NormalLeadTime { service } => Formula::NormalLeadTime { service },
            ReorderSpec::NormalBoth { service } => Formula::NormalBoth { service },
            ReorderSpec::KingIndependent { service } => Formula::KingIndependent { service },
            ReorderSpec::KingDependent { service } => Formula::KingDependent { service },
            ReorderSpec::Poisson { service } => Formula::Poisson { service },
            ReorderSpec::NegativeBinomial { service } => Formula::NegativeBinomial { service },
        };
        let failed = |source| named(source, formula.name());
        // The rule of thumb may be given its maxima by hand: "500 a day, 15 days".
        let (daily, lead) = match *spec {
            ReorderSpec::MaxAverage { max_daily, max_lead } => {
                let (max_daily, max_lead) = (max_daily.unwrap_or(inputs.daily.max()), max_lead.unwrap_or(lead.max()));
                (
                    DailyDemand::try_new(inputs.daily.mean(), inputs.daily.sd(), max_daily).map_err(failed)?,
                    LeadTimeMoments::try_new(lead.mean(), lead.sd(), max_lead).map_err(failed)?,
                )
            }
            _ => (inputs.daily, *lead),
        };
        let point = formula.reorder_point(&daily, &lead, inputs.review).map_err(failed)?;
        let service = service_of(&formula);
        rules.push(constant(formula.name(), service, point.units(), Some(point.safety_stock)));
    }
    Ok(rules)
}

/// The reorder points before the events and between them, while one runs, and after the last.
fn by_phase(setting: &Setting, [before, during, after]: [Units; 3]) -> ReorderLevels {
    let last = setting.event_of.iter().rposition(Option::is_some);
    let level = |day: usize| match setting.event_of[day] {
        Some(_) => during,
        None if last.is_some_and(|last| day < last) => before,
        None => after,
    };
    ReorderLevels::ByDay { levels: (0..setting.days).map(|day| Some(level(day))).collect() }
}

/// The protection interval P = R + L - 1 of a lead time L with `review` days R between order days.
fn protection(lead: &Pmf, review: Days) -> Result<Pmf, PmfError> {
    let longer = u64::from(review.0.saturating_sub(1));
    if longer == 0 {
        return Ok(lead.clone());
    }
    Pmf::from_pairs(&lead.support().map(|(days, p)| (days + longer, p)).collect::<Vec<_>>())
}

fn constant(formula: &str, service: Option<f64>, level: Units, safety_stock: Option<f64>) -> Rule {
    Rule {
        formula: formula.to_owned(),
        service,
        reorder_point: Some(level.0),
        phases: None,
        safety_stock,
        // An ERP that holds one number goes on ordering; that is part of what it costs.
        levels: ReorderLevels::Constant { level, last_order_day: None },
    }
}

fn service_of(formula: &Formula) -> Option<f64> {
    match formula {
        Formula::NormalDemand { service }
        | Formula::NormalLeadTime { service }
        | Formula::NormalBoth { service }
        | Formula::KingIndependent { service }
        | Formula::KingDependent { service }
        | Formula::Periodic { service }
        | Formula::Poisson { service }
        | Formula::NegativeBinomial { service }
        | Formula::Gamma { service }
        | Formula::LogNormal { service }
        | Formula::Undershoot { service } => Some(service.get()),
        Formula::MaxAverage | Formula::DaysOfCover { .. } | Formula::FillRate { .. } => None,
    }
}
