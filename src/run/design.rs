//! The candidates of a product: the axes of the scenario, resolved to pieces and days.

use serde::{Deserialize, Serialize};

use super::RunError;
use super::forecast::Forecast;
use crate::policy::formula::{DailyDemand, Formula, LeadTimeMoments, mixture_quantile};
use crate::policy::{
    Guard, OrderLimits, OrderSize, PreStockOrder, ReorderLevels, Replenishment, StockLevel, pre_stock_units,
};
use crate::scenario::{OrderPolicy, PauseSpec, ReorderSpec, ScenarioSpec};
use crate::simulate::PolicyPlan;
use crate::stats::{DemandLaw, Pmf};
use crate::units::{Days, Multiplier, ServiceLevel, Units};

/// An ad-pause rule as results name it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PauseRule {
    /// Shares of the stock at the event's first hour.
    Share {
        /// Pause at or below.
        pause: f64,
        /// Resume at or above.
        resume: f64,
    },
    /// Pieces.
    Units {
        /// Pause at or below.
        pause: u64,
        /// Resume at or above.
        resume: u64,
    },
    /// Days that the stock lasts at the sales forecast.
    DaysOfCover {
        /// Pause at or below.
        pause: f64,
        /// Resume at or above.
        resume: f64,
    },
}

/// One candidate decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Number within its product.
    pub id: usize,
    /// Lead-time mode.
    pub mode: String,
    /// Reorder rule: a formula's name, `rolling`, `units` or `never`.
    pub formula: String,
    /// Service level that the rule aims at, if it aims at one.
    pub service: Option<f64>,
    /// The constant reorder point in pieces; none for `rolling` and `never`.
    pub reorder_point: Option<u64>,
    /// Safety stock in the constant reorder point, where the formula knows one.
    pub safety_stock: Option<f64>,
    /// Pre-stock multiplier; none without a pre-stock order.
    pub multiplier: Option<f64>,
    /// Pieces of the pre-stock order, placed today.
    pub pre_stock_units: u64,
    /// Q of the reorder policy.
    pub order_quantity: u64,
    /// Ad-pause rule; none if the ads run through.
    pub pause: Option<PauseRule>,
}

/// Plans that differ in their multiplier only: mode, reorder rule and pause rule, by their places in the design.
pub(super) type Group = (usize, usize, usize);

/// A reorder rule resolved for one mode.
#[derive(Debug, Clone)]
struct Rule {
    formula: String,
    service: Option<f64>,
    reorder_point: Option<u64>,
    safety_stock: Option<f64>,
    levels: ReorderLevels,
}

/// Everything from which candidates are made.
#[derive(Debug)]
pub(super) struct Design {
    modes: Vec<(usize, String)>,
    rules: Vec<Vec<Rule>>,
    pauses: Vec<(Option<PauseRule>, Option<Guard>)>,
    size: OrderSize,
    limits: OrderLimits,
    order_quantity: Units,
    predicted: f64,
    projections: Vec<f64>,
    next_id: usize,
}

/// What the formulas are given.
pub(super) struct DesignInputs<'a> {
    pub(super) sku: &'a str,
    pub(super) spec: &'a ScenarioSpec,
    pub(super) forecast: &'a Forecast,
    /// Lead time of each mode: moments and distribution over whole days.
    pub(super) lead: Vec<(LeadTimeMoments, Pmf)>,
    pub(super) daily: DailyDemand,
    pub(super) ordinary_level: f64,
    /// Service level of ordinary reordering after the events, for rules that do not reorder for them.
    pub(super) ordinary_service: ServiceLevel,
    /// Mean predicted total of the first event.
    pub(super) predicted: f64,
    /// Stock expected at its first hour without a pre-stock order, by mode.
    pub(super) projections: Vec<f64>,
}

impl Design {
    /// Resolves the reorder rules of every mode.
    pub(super) fn new(inputs: &DesignInputs<'_>) -> Result<Self, RunError> {
        let candidates = &inputs.spec.candidates;
        let modes: Vec<(usize, String)> = inputs
            .spec
            .lead_time
            .iter()
            .enumerate()
            .filter(|(_, mode)| candidates.lead_times.contains(&mode.mode))
            .map(|(at, mode)| (at, mode.mode.clone()))
            .collect();
        let order_quantity = candidates
            .order_quantity
            .unwrap_or_else(|| Units::at_least(inputs.ordinary_level * f64::from(candidates.cover_days)).max(Units(1)));
        let limits = OrderLimits {
            minimum: inputs.spec.ordering.minimum,
            multiple: Units(inputs.spec.ordering.multiple),
            ..OrderLimits::NONE
        };
        let order_quantity = limits.fit(order_quantity);
        let size = match candidates.policy {
            OrderPolicy::Sq => OrderSize::Lot { quantity: order_quantity },
            OrderPolicy::Snq => OrderSize::Lots { quantity: order_quantity },
            OrderPolicy::Ss => OrderSize::UpTo { above: order_quantity },
        };
        let rules = modes.iter().map(|(mode, _)| rules(inputs, *mode)).collect::<Result<_, _>>()?;
        let ads = &inputs.spec.ads;
        let pauses = candidates.pause.as_deref().unwrap_or(&[PauseSpec::Never]);
        let pauses = pauses
            .iter()
            .map(|pause| {
                let guard =
                    |pause, resume| Guard { pause, resume, look: ads.look, delay_days: ads.delay_days as usize };
                match *pause {
                    PauseSpec::Never => (None, None),
                    PauseSpec::Share { pause, resume } => (
                        Some(PauseRule::Share { pause: pause.get(), resume: resume.get() }),
                        Some(guard(
                            StockLevel::ShareOfEventStart { share: pause },
                            StockLevel::ShareOfEventStart { share: resume },
                        )),
                    ),
                    PauseSpec::Units { pause, resume } => (
                        Some(PauseRule::Units { pause: pause.0, resume: resume.0 }),
                        Some(guard(StockLevel::Units { units: pause }, StockLevel::Units { units: resume })),
                    ),
                    PauseSpec::DaysOfCover { pause, resume } => (
                        Some(PauseRule::DaysOfCover { pause, resume }),
                        Some(guard(StockLevel::DaysOfCover { days: pause }, StockLevel::DaysOfCover { days: resume })),
                    ),
                }
            })
            .collect();
        Ok(Self {
            modes,
            rules,
            pauses,
            size,
            limits,
            order_quantity,
            predicted: inputs.predicted,
            projections: inputs.projections.clone(),
            next_id: 0,
        })
    }

    /// All candidates with these multipliers (`None`: no pre-stock order), of these groups or of all.
    pub(super) fn candidates(
        &mut self,
        multipliers: &[Option<Multiplier>],
        groups: Option<&[Group]>,
    ) -> Vec<(Group, Candidate, PolicyPlan)> {
        let mut made = Vec::new();
        for (which, (mode, _)) in self.modes.iter().enumerate() {
            for at in 0..self.rules[which].len() {
                for pause in 0..self.pauses.len() {
                    let group = (which, at, pause);
                    if groups.is_some_and(|groups| !groups.contains(&group)) {
                        continue;
                    }
                    for multiplier in multipliers {
                        let units = multiplier.map_or(Units::ZERO, |m| {
                            pre_stock_units(m, self.predicted, self.projections[*mode], &self.limits)
                        });
                        let (candidate, plan) = self.plan(group, *multiplier, units, self.next_id + made.len());
                        made.push((group, candidate, plan));
                    }
                }
            }
        }
        self.next_id += made.len();
        made
    }

    fn plan(
        &self,
        (which, rule, pause): Group,
        multiplier: Option<Multiplier>,
        pre_stock: Units,
        id: usize,
    ) -> (Candidate, PolicyPlan) {
        let (mode, name) = &self.modes[which];
        let rule = &self.rules[which][rule];
        let (pause, guard) = self.pauses[pause];
        let candidate = Candidate {
            id,
            mode: name.clone(),
            formula: rule.formula.clone(),
            service: rule.service,
            reorder_point: rule.reorder_point,
            safety_stock: rule.safety_stock,
            multiplier: multiplier.map(Multiplier::get),
            pre_stock_units: pre_stock.0,
            order_quantity: self.order_quantity.0,
            pause,
        };
        let plan = PolicyPlan {
            mode: *mode,
            pre_stocked: Units::ZERO,
            pre_stock: (pre_stock > Units::ZERO).then_some(PreStockOrder { day: 0, units: pre_stock }),
            expedite: None,
            replenishment: Replenishment { levels: rule.levels.clone(), size: self.size, limits: self.limits },
            guard,
        };
        (candidate, plan)
    }
}

fn rules(inputs: &DesignInputs<'_>, mode: usize) -> Result<Vec<Rule>, RunError> {
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
                    safety_stock: None,
                    // A shop that stopped buying for good would not be the same shop: ordinary reordering goes on
                    // once it can no longer serve the event.
                    levels: ReorderLevels::AfterEvents {
                        from: inputs.forecast.after_events(mode),
                        levels: inputs.forecast.rolling_levels(mode, inputs.ordinary_service),
                    },
                });
                continue;
            }
            ReorderSpec::Rolling { service } => {
                rules.push(Rule {
                    formula: "rolling".into(),
                    service: Some(service.get()),
                    reorder_point: None,
                    safety_stock: None,
                    levels: ReorderLevels::Rolling { levels: inputs.forecast.rolling_levels(mode, service) },
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
                let point = mixture_quantile(&law, lead_pmf, service).map_err(|e| named(e, "exact-mixture"))?;
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
        let point = formula.reorder_point(&daily, &lead, Days(1)).map_err(failed)?;
        let service = service_of(&formula);
        rules.push(constant(formula.name(), service, point.units(), Some(point.safety_stock)));
    }
    Ok(rules)
}

fn constant(formula: &str, service: Option<f64>, level: Units, safety_stock: Option<f64>) -> Rule {
    Rule {
        formula: formula.to_owned(),
        service,
        reorder_point: Some(level.0),
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
