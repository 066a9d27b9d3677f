//! The chosen candidate under other assumptions, on the same fresh futures.

use super::RunError;
use super::futures::burst;
use super::product::{ProductInputs, confirm};
use super::result::{Check, CheckKind};
use crate::evaluate::Economics;
use crate::process::{ProductProcess, Uplift};
use crate::scenario::EventDemandSpec;
use crate::simulate::{Observer, PolicyPlan, Setting};

/// A wider cut of the amplitude's tails.
const WIDER_CUT: f64 = 0.0001;

/// What the checks hold the chosen candidate against.
pub(super) struct Chosen<'a> {
    pub(super) inputs: &'a ProductInputs<'a>,
    pub(super) process: &'a ProductProcess,
    pub(super) setting: &'a Setting,
    pub(super) plan: &'a PolicyPlan,
    pub(super) economics: Option<&'a Economics>,
    /// Day of the latest order date by the chosen mode, if it lies after today.
    pub(super) latest_day: Option<usize>,
}

/// Runs every check that applies.
pub(super) fn checks(chosen: &Chosen<'_>, observer: &dyn Observer) -> Result<Vec<Check>, RunError> {
    let mut checks = Vec::new();
    let mut run = |kind, process: &ProductProcess, plan: &PolicyPlan| -> Result<(), RunError> {
        let tally = confirm(chosen.inputs.scenario, process, chosen.setting, plan, chosen.economics, observer)?;
        checks.push(Check { kind, kpis: tally.kpis() });
        Ok(())
    };

    if let (Some(day), Some(order)) = (chosen.latest_day, chosen.plan.pre_stock) {
        let mut plan = chosen.plan.clone();
        plan.pre_stock = Some(crate::policy::PreStockOrder { day, ..order });
        run(CheckKind::OrderedOnLatestDate, chosen.process, &plan)?;
    }

    let mut wider = chosen.process.clone();
    let mut widened = false;
    for event in &mut wider.events {
        if let Uplift::Hierarchical { cut, .. } = &mut event.burst.uplift {
            *cut = WIDER_CUT;
            widened = true;
        }
    }
    if widened {
        run(CheckKind::WiderTail, &wider, chosen.plan)?;
    }

    if let Some((kind, other)) = other_mode(chosen)? {
        run(kind, &other, chosen.plan)?;
    }
    Ok(checks)
}

/// The same product with replayed events instead of hierarchical ones, or the other way round.
fn other_mode(chosen: &Chosen<'_>) -> Result<Option<(CheckKind, ProductProcess)>, RunError> {
    let inputs = chosen.inputs;
    let spec = inputs.scenario.spec();
    let own_bursts = inputs.fit.map_or(0, |fit| fit.bursts.len());
    if own_bursts == 0 {
        return Ok(None);
    }
    let mut process = chosen.process.clone();
    let mut kind = None;
    for (event, at) in process.events.iter_mut().zip(inputs.scenario.events_of(&inputs.product.sku)) {
        let demand = match spec.event[at].demand {
            EventDemandSpec::Replay => (CheckKind::Hier, EventDemandSpec::Hier),
            EventDemandSpec::Hier => (CheckKind::Replay, EventDemandSpec::Replay),
            EventDemandSpec::Parametric { .. } => continue,
        };
        let ordinary = (event.start..event.start + event.days)
            .map(|day| chosen.process.organic.mean(chosen.process.first_day.plus_days(day as i64)))
            .sum();
        event.burst = burst(inputs, at, &spec.event[at], &demand.1, ordinary, &mut Vec::new())?;
        kind = Some(demand.0);
    }
    Ok(kind.map(|kind| (kind, process)))
}
