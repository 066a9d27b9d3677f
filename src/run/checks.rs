//! The chosen candidate under other assumptions, on the same fresh futures.

use super::RunError;
use super::lanes::Leads;
use super::planned::burst;
use super::product::{ProductInputs, confirm};
use super::result::{Check, CheckKind, OrderBy};
use crate::evaluate::CandidateKpis;
use crate::evaluate::Economics;
use crate::policy::PreStockOrder;
use crate::process::{ProductProcess, Uplift};
use crate::recommend::Limits;
use crate::scenario::EventDemandSpec;
use crate::simulate::{LANES, Observer, PolicyPlan, Setting};

/// A wider cut of the amplitude's tails.
const WIDER_CUT: f64 = 0.0001;

/// What the checks hold the chosen candidate against.
pub(super) struct Chosen<'a> {
    pub(super) inputs: &'a ProductInputs<'a>,
    pub(super) process: &'a ProductProcess,
    pub(super) setting: &'a Setting,
    pub(super) plan: &'a PolicyPlan,
    pub(super) economics: Option<&'a [Economics]>,
    /// Day of the latest order date by the chosen mode, if it lies after today.
    pub(super) latest_day: Option<usize>,
}

/// Until when the pre-stock order may wait: the last day up to the latest order date on which the plan still keeps
/// every limit over fresh futures (waiting never makes goods earlier). Without limits, the latest order date itself.
///
/// A vector of days is tried at a time on the same futures, then the days between the last that keeps the limits and
/// the first that does not.
pub(super) fn order_by(
    chosen: &Chosen<'_>,
    limits: &Limits,
    leads: &Leads<'_>,
    event_start: usize,
    observer: &dyn Observer,
) -> Result<Option<OrderBy>, RunError> {
    let Some(order) = chosen.plan.pre_stock else { return Ok(None) };
    let on_days = |days: &[usize]| {
        let ordered_on =
            |day: &usize| PolicyPlan { pre_stock: Some(PreStockOrder { day: *day, ..order }), ..chosen.plan.clone() };
        let plans: Vec<PolicyPlan> = days.iter().map(ordered_on).collect();
        confirm(chosen.inputs.scenario, chosen.process, chosen.setting, &plans, chosen.economics, observer)
    };
    let kept = |kpis: &CandidateKpis| limits.check(kpis).iter().all(|check| check.kept);
    // The days on which the supplier takes orders; the first of them even if it lies after the latest order date.
    let first = chosen.setting.order_day_from(0).unwrap_or(0);
    let latest = chosen.latest_day.unwrap_or(0).max(first);
    let open: Vec<usize> = (first..=latest).filter(|day| chosen.setting.takes_orders(*day) || *day == first).collect();
    let mut last = open.len() - 1;
    let on_places = |places: &[usize]| on_days(&places.iter().map(|place| open[*place]).collect::<Vec<_>>());
    let mut places = spread(0, last);
    let mut found = on_places(&places)?;
    let (mut place, mut kpis) = (0, found.remove(0));
    places.remove(0);
    loop {
        for (tried, then) in places.iter().zip(found) {
            if kept(&then) {
                (place, kpis) = (*tried, then);
            } else {
                last = tried - 1;
                break;
            }
        }
        if place == last {
            break;
        }
        places = spread(place + 1, last);
        found = on_places(&places)?;
    }
    let day = open[place];
    let spec = chosen.inputs.scenario.spec();
    let wanted = event_start as i64 - i64::from(spec.ordering.ready_days);
    let date = spec.today.plus_days(day as i64);
    Ok(Some(OrderBy {
        date,
        on_time: leads.on(chosen.plan.mode, date).on_time(wanted - day as i64),
        stockout: kpis.event.stockout,
        stockout_interval: kpis.event.stockout_interval,
    }))
}

/// At most a vector of places from `first` to `last`, both among them.
fn spread(first: usize, last: usize) -> Vec<usize> {
    let steps = (LANES - 1).min(last - first);
    (0..=steps).map(|step| first + ((last - first) * step).checked_div(steps).unwrap_or(0)).collect()
}

/// Runs every check that applies.
pub(super) fn checks(chosen: &Chosen<'_>, observer: &dyn Observer) -> Result<Vec<Check>, RunError> {
    let mut checks = Vec::new();
    let mut run = |kind, process: &ProductProcess, plan: &PolicyPlan| -> Result<(), RunError> {
        let plans = std::slice::from_ref(plan);
        let kpis = confirm(chosen.inputs.scenario, process, chosen.setting, plans, chosen.economics, observer)?;
        checks.extend(kpis.into_iter().map(|kpis| Check { kind, kpis }));
        Ok(())
    };

    if let (Some(day), Some(order)) = (chosen.latest_day, chosen.plan.pre_stock) {
        let mut plan = chosen.plan.clone();
        plan.pre_stock = Some(PreStockOrder { day, ..order });
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
        event.burst = burst(inputs, chosen.process, at, &demand.1, &mut Vec::new())?;
        kind = Some(demand.0);
    }
    Ok(kind.map(|kind| (kind, process)))
}
