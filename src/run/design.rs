//! The candidates of a product: the axes of the scenario, resolved to pieces and days.

use serde::{Deserialize, Serialize};

use super::RunError;
use super::forecast::Forecast;
use super::pre_stock::Outlook;
use super::reorder_rule::{Rule, rules};
use crate::calendar::Date;
use crate::policy::formula::{DailyDemand, LeadTimeMoments};
use crate::policy::{
    Expedite, Guard, GuardAction, OrderLimits, OrderSize, PreOrder, PreStockOrder, Replenishment, ShareBase, StockLevel,
};
use crate::scenario::{OrderPolicy, PauseSpec, ScenarioSpec};
use crate::simulate::{PolicyPlan, Setting};
use crate::stats::Pmf;
use crate::units::{Days, Multiplier, ServiceLevel, Units};

/// An ad-pause rule as results name it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PauseRule {
    /// Shares of a stock.
    Share {
        /// Pause at or below.
        pause: f64,
        /// Resume at or above.
        resume: f64,
        /// What they are shares of.
        #[serde(default, skip_serializing_if = "ShareBase::is_event_start")]
        base: ShareBase,
    },
    /// Pieces.
    Units {
        /// Pause at or below.
        pause: u64,
        /// Resume at or above.
        resume: u64,
    },
    /// The listing turns to pre-order at shares of the stock at the event's first hour; the ads run on.
    #[serde(rename_all = "kebab-case")]
    PreOrder {
        /// Turned at or below.
        pause: f64,
        /// Turned back at or above.
        resume: f64,
        /// Share of customers that still order.
        conversion: f64,
        /// Days that they wait at most.
        limit_days: u32,
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
    /// Reorder rule: a formula's name, `rolling`, `by-phase`, `units` or `never`.
    pub formula: String,
    /// Service level that the rule aims at, if it aims at one.
    pub service: Option<f64>,
    /// The constant reorder point in pieces; none for `rolling`, `by-phase` and `never`.
    pub reorder_point: Option<u64>,
    /// Reorder points of a rule by phase: before, during and after the events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phases: Option<[u64; 3]>,
    /// Safety stock in the constant reorder point, where the formula knows one.
    pub safety_stock: Option<f64>,
    /// Pre-stock multiplier; none without a pre-stock order.
    pub multiplier: Option<f64>,
    /// Pieces of the pre-stock order for the first event, placed today.
    pub pre_stock_units: u64,
    /// The pre-stock orders for later events, none of no pieces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later_pre_stock: Vec<LaterPreStock>,
    /// Q of the reorder policy.
    pub order_quantity: u64,
    /// Ad-pause rule; none if the ads run through.
    pub pause: Option<PauseRule>,
}

/// The pre-stock order for an event after the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaterPreStock {
    /// The event.
    pub event: String,
    /// Pieces.
    pub units: u64,
    /// Day on which it is placed.
    pub order_on: Date,
}

impl Candidate {
    /// Pieces of all pre-stock orders.
    #[must_use]
    pub fn pre_stock_total(&self) -> u64 {
        self.pre_stock_units + self.later_pre_stock.iter().map(|order| order.units).sum::<u64>()
    }
}

/// Plans that differ in their multiplier only: mode, reorder rule and pause rule, by their places in the design.
pub(super) type Group = (usize, usize, usize);

/// Everything from which candidates are made.
#[derive(Debug)]
pub(super) struct Design {
    modes: Vec<(usize, String)>,
    rules: Vec<Vec<Rule>>,
    /// The expedite rule of each mode in `modes`.
    expedites: Vec<Option<Expedite>>,
    pauses: Vec<(Option<PauseRule>, Option<Guard>)>,
    size: OrderSize,
    limits: OrderLimits,
    order_quantity: Units,
    outlook: Outlook,
    /// Identifiers of the product's events, by start.
    events: Vec<String>,
    today: Date,
    next_id: usize,
}

/// What the formulas are given.
pub(super) struct DesignInputs<'a> {
    pub(super) sku: &'a str,
    pub(super) spec: &'a ScenarioSpec,
    pub(super) forecast: &'a Forecast,
    /// Rounded mean lead time of each mode.
    pub(super) typical_lead: &'a [u32],
    /// Days, events and the supplier's calendar.
    pub(super) setting: &'a Setting,
    /// The longest time from one evening on which may be ordered to the next.
    pub(super) review: Days,
    /// Lead time of each mode: moments and distribution over whole days.
    pub(super) lead: Vec<(LeadTimeMoments, Pmf)>,
    pub(super) daily: DailyDemand,
    pub(super) ordinary_level: f64,
    /// Service level of ordinary reordering after the events, for rules that do not reorder for them.
    pub(super) ordinary_service: ServiceLevel,
    /// What pre-stock orders are worked out from.
    pub(super) outlook: Outlook,
    /// Identifiers of the product's events, by start.
    pub(super) events: Vec<String>,
}

impl Design {
    /// Resolves the reorder rules of every mode.
    pub(super) fn new(inputs: &DesignInputs<'_>) -> Result<Self, RunError> {
        let candidates = &inputs.spec.candidates;
        let modes = modes(inputs.spec);
        let order_quantity = candidates
            .order_quantity
            .unwrap_or_else(|| Units::at_least(inputs.ordinary_level * f64::from(candidates.cover_days)).max(Units(1)));
        let ordering = &inputs.spec.ordering;
        let limits = OrderLimits {
            minimum: ordering.minimum,
            multiple: Units(ordering.multiple),
            maximum: ordering.maximum.unwrap_or(OrderLimits::NONE.maximum),
        };
        let order_quantity = limits.fit(order_quantity);
        let size = match candidates.policy {
            OrderPolicy::Sq => OrderSize::Lot { quantity: order_quantity },
            OrderPolicy::Snq => OrderSize::Lots { quantity: order_quantity },
            OrderPolicy::Ss => OrderSize::UpTo { above: order_quantity },
        };
        let rules = modes.iter().map(|(mode, _)| rules(inputs, *mode)).collect::<Result<_, _>>()?;
        let ads = &inputs.spec.ads;
        let opening = inputs.setting.opening_stock;
        let pauses = candidates.pause.as_deref().unwrap_or(&[PauseSpec::Never]);
        let pauses = pauses
            .iter()
            .map(|pause| {
                let guard = |pause, resume| Guard {
                    pause,
                    resume,
                    look: ads.look,
                    delay_days: ads.delay_days as usize,
                    action: GuardAction::PauseAds,
                };
                match *pause {
                    PauseSpec::Never => (None, None),
                    PauseSpec::Share { pause, resume, base } => (
                        Some(PauseRule::Share { pause: pause.get(), resume: resume.get(), base }),
                        Some(guard(base.at_or_below(pause, opening), base.at_or_above(resume, opening))),
                    ),
                    PauseSpec::PreOrder { pause, resume, conversion, limit_days } => (
                        Some(PauseRule::PreOrder {
                            pause: pause.get(),
                            resume: resume.get(),
                            conversion: conversion.get(),
                            limit_days,
                        }),
                        Some(Guard {
                            action: GuardAction::PreOrder(PreOrder { conversion, limit_days: limit_days as usize }),
                            ..guard(
                                StockLevel::ShareOfEventStart { share: pause },
                                StockLevel::ShareOfEventStart { share: resume },
                            )
                        }),
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
            expedites: expedites(inputs.spec, inputs.typical_lead, &modes),
            modes,
            rules,
            pauses,
            size,
            limits,
            order_quantity,
            outlook: inputs.outlook.clone(),
            events: inputs.events.clone(),
            today: inputs.spec.today,
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
                    // Where no order reaches an event, multipliers do not tell plans apart.
                    let told_apart = if self.may_order(group) { multipliers.len() } else { 1 };
                    for multiplier in multipliers.iter().take(told_apart) {
                        let orders = multiplier.map_or_else(Vec::new, |m| self.outlook.orders(m, *mode, &self.limits));
                        let (candidate, plan) = self.plan(group, *multiplier, &orders, self.next_id + made.len());
                        made.push((group, candidate, plan));
                    }
                }
            }
        }
        self.next_id += made.len();
        made
    }

    /// Whether a pre-stock order of these plans reaches any event.
    pub(super) fn may_order(&self, (which, ..): Group) -> bool {
        self.outlook.reaches_any(self.modes[which].0)
    }

    fn plan(
        &self,
        (which, rule, pause): Group,
        multiplier: Option<Multiplier>,
        pre_stock: &[PreStockOrder],
        id: usize,
    ) -> (Candidate, PolicyPlan) {
        let first = pre_stock.first().copied().filter(|order| order.units > Units::ZERO);
        let later = || pre_stock.iter().zip(&self.events).skip(1).filter(|(order, _)| order.units > Units::ZERO);
        let (mode, name) = &self.modes[which];
        let rule = &self.rules[which][rule];
        let (pause, guard) = self.pauses[pause];
        let candidate = Candidate {
            id,
            mode: name.clone(),
            formula: rule.formula.clone(),
            service: rule.service,
            reorder_point: rule.reorder_point,
            phases: rule.phases,
            safety_stock: rule.safety_stock,
            multiplier: multiplier.map(Multiplier::get),
            pre_stock_units: first.map_or(0, |order| order.units.0),
            later_pre_stock: later()
                .map(|(order, event)| LaterPreStock {
                    event: event.clone(),
                    units: order.units.0,
                    order_on: self.today.plus_days(order.day as i64),
                })
                .collect(),
            order_quantity: self.order_quantity.0,
            pause,
        };
        let plan = PolicyPlan {
            mode: *mode,
            pre_stocked: Units::ZERO,
            pre_stock: first,
            later_pre_stock: later().map(|(order, _)| *order).collect(),
            expedite: self.expedites[which],
            replenishment: Replenishment { levels: rule.levels.clone(), size: self.size, limits: self.limits },
            guard,
        };
        (candidate, plan)
    }
}

/// The modes that are compared, by their places in the scenario.
fn modes(spec: &ScenarioSpec) -> Vec<(usize, String)> {
    let modes = spec.lead_time.iter().enumerate();
    let compared = modes.filter(|(_, mode)| spec.candidates.lead_times.contains(&mode.mode));
    compared.map(|(at, mode)| (at, mode.mode.clone())).collect()
}

/// The expedite rule of each mode that is compared: none for those that are not slower than the faster one.
fn expedites(spec: &ScenarioSpec, typical_lead: &[u32], modes: &[(usize, String)]) -> Vec<Option<Expedite>> {
    let Some(stated) = &spec.ordering.expedite else { return vec![None; modes.len()] };
    let fast = spec.lead_time.iter().position(|mode| mode.mode == stated.mode);
    let rule = |(mode, _): &(usize, String)| {
        let (lead_days, ordinary_days) = (typical_lead[fast?] as usize, typical_lead[*mode] as usize);
        let rule = Expedite { mode: fast?, level: stated.level, size: stated.size(), lead_days, ordinary_days };
        (lead_days < ordinary_days).then_some(rule)
    };
    modes.iter().map(rule).collect()
}

/// Refuses a faster mode that is faster than none; `typical_lead` are the rounded mean lead times.
pub(super) fn check_expedite(spec: &ScenarioSpec, typical_lead: &[u32]) -> Result<(), RunError> {
    let modes = modes(spec);
    let Some(stated) = &spec.ordering.expedite else { return Ok(()) };
    if expedites(spec, typical_lead, &modes).iter().any(Option::is_some) {
        return Ok(());
    }
    let names: Vec<&str> = modes.iter().map(|(_, name)| name.as_str()).collect();
    let problem = format!("`{}` is not faster than any mode that is compared: {}", stated.mode, names.join(", "));
    Err(RunError::problem("ordering.expedite.mode", problem))
}
