//! What a result tells beside the decision: lead times, forecasts, the rolling table, the stock fan.

use super::forecast::Forecast;
use super::lanes::Leads;
use super::multiples;
use super::planned;
use super::product::ProductInputs;
use super::result::{BurstDays, EventForecast, FanDay, LeadTimeResult, RollingStep};
use crate::history::Sku;
use crate::learn::replayed;
use crate::policy::ReorderLevels;
use crate::process::{EventDemand, LeadTimeSample, PathSet, ProductProcess};
use crate::random::Seed;
use crate::scenario::{EventDemandSpec, EventSpec, Scenario};
use crate::simulate::{Batch, Cancelled, Observer, PolicyPlan, Setting, map_paths, trace};
use crate::units::{Days, Units};

/// Futures behind the stock fan.
const FAN_PATHS: u64 = 4096;
/// Days of one step of the rolling rule's table.
const STEP_DAYS: usize = 7;

pub(super) fn distribution(lead: &LeadTimeSample) -> Vec<(u32, f64)> {
    let mut shares: Vec<(u32, f64)> = Vec::new();
    let each = 1.0 / lead.sorted().len() as f64;
    for days in lead.sorted() {
        match shares.last_mut() {
            Some((last, share)) if last == days => *share += each,
            _ => shares.push((*days, each)),
        }
    }
    shares
}

pub(super) fn lead_results(
    inputs: &ProductInputs<'_>,
    leads: &Leads<'_>,
    event_start: usize,
    review: Days,
) -> Vec<LeadTimeResult> {
    let spec = inputs.scenario.spec();
    let wanted_on = spec.today.plus_days(event_start as i64 - i64::from(spec.ordering.ready_days));
    inputs
        .chains
        .iter()
        .zip(leads.of_today())
        .enumerate()
        .map(|(at, (mode, lead))| {
            let (mean, sd) = lead.mean_and_sd();
            LeadTimeResult {
                mode: mode.chain.mode().to_owned(),
                mean,
                sd,
                quantiles: [0.5, 0.9, 0.95, 0.99].map(|level| lead.quantile(level).0),
                records: (!mode.evidence.is_empty()).then(|| mode.evidence.iter().map(|one| one.records).sum()),
                evidence: mode.evidence.clone(),
                distribution: distribution(lead),
                stages: mode.chain.stages().iter().map(|s| (s.name.clone(), s.law.mean_and_variance().0)).collect(),
                order_date: leads.order_date(at, wanted_on, spec.ordering.on_time),
                protection_days: mean + f64::from(review.0) - 1.0,
            }
        })
        .collect()
}

pub(super) fn event_forecasts(
    inputs: &ProductInputs<'_>,
    process: &ProductProcess,
    forecast: &Forecast,
) -> Vec<EventForecast> {
    let spec = inputs.scenario.spec();
    let without_events = process.means_without_events();
    process
        .events
        .iter()
        .zip(inputs.scenario.events_of(&inputs.product.sku))
        .map(|(event, at)| {
            let (from, until) = (event.start, event.start + event.days);
            let usual = &without_events[from..until];
            let ordinary_total: f64 = usual.iter().sum();
            let uplift = event.burst.mean_by_day(event.days);
            let predicted_total = (ordinary_total + uplift.iter().sum::<f64>()).max(0.0);
            let own = inputs.fit.map_or(0, |fit| fit.bursts.len());
            let learned = !matches!(spec.event[at].demand, EventDemandSpec::Parametric { .. });
            let levels = [0.05, 0.5, 0.8, 0.9, 0.95];
            let totals = forecast.totals(from, until, &levels);
            let replay_ceiling =
                matches!(spec.event[at].demand, EventDemandSpec::Replay).then(|| own as f64 / (own as f64 + 1.0));
            EventForecast {
                id: event.id.clone(),
                start: spec.today.plus_days(from as i64),
                end: spec.today.plus_days(until as i64 - 1),
                start_day: from,
                days: event.days,
                predicted_total,
                ordinary_total,
                total_quantiles: [totals[0], totals[1], totals[2], totals[3], totals[4]],
                multiplier_service: multiples::CUSTOMARY
                    .iter()
                    .map(|m| (*m, forecast.covered(from, until, m * predicted_total)))
                    .collect(),
                multiplier_reach: multiples::reach(
                    inputs.scenario,
                    &forecast.sorted_totals(from, until),
                    predicted_total,
                    replay_ceiling,
                ),
                bursts: learned.then_some(own),
                replay_ceiling,
                past: if learned {
                    past(inputs, &spec.event[at], &planned::ordinary_by_day(process, &spec.event[at]))
                } else {
                    Vec::new()
                },
                daily: (from..until)
                    .enumerate()
                    .map(|(offset, day)| {
                        let range = forecast.totals(day, day + 1, &[0.1, 0.9]);
                        [usual[offset] + uplift[offset], range[0], range[1]]
                    })
                    .collect(),
            }
        })
        .collect()
}

fn past(inputs: &ProductInputs<'_>, event: &EventSpec, ordinary: &[f64]) -> Vec<BurstDays> {
    let total: f64 = ordinary.iter().sum();
    let own = inputs.fit.map_or(&[][..], |fit| &fit.bursts);
    let spend = planned::planned_spend(event);
    let planned = planned::planned(inputs, event, total, spend.as_deref());
    let sku = Sku(inputs.product.sku.clone());
    own.iter()
        .map(|burst| BurstDays {
            start: burst.start,
            pieces: replayed(&sku, burst, &planned, inputs.learned)
                .iter()
                .zip(ordinary)
                .skip(event.ran())
                .map(|(beyond, usual)| (usual + beyond).max(0.0))
                .collect(),
        })
        .collect()
}

pub(super) fn rolling_steps(scenario: &Scenario, plan: &PolicyPlan, process: &ProductProcess) -> Vec<RollingStep> {
    let levels = match &plan.replenishment.levels {
        ReorderLevels::Rolling { levels } => levels,
        ReorderLevels::ByDay { levels } => return phase_steps(scenario, levels),
        _ => return Vec::new(),
    };
    let until = process.events.iter().map(|event| event.start + event.days).max().unwrap_or(0);
    let today = scenario.spec().today;
    let mut steps: Vec<RollingStep> = Vec::new();
    for (at, week) in levels[..until.min(levels.len())].chunks(STEP_DAYS).enumerate() {
        let from = today.plus_days((at * STEP_DAYS) as i64);
        let to = from.plus_days(week.len() as i64 - 1);
        let reorder_point = week.iter().max().map_or(0, |level| level.0);
        match steps.last_mut() {
            Some(last) if last.reorder_point == reorder_point => last.to = to,
            _ => steps.push(RollingStep { from, to, reorder_point }),
        }
    }
    steps
}

/// The numbers of a rule by phase, and the days on which each holds.
fn phase_steps(scenario: &Scenario, levels: &[Option<Units>]) -> Vec<RollingStep> {
    let today = scenario.spec().today;
    let mut first = 0;
    levels
        .chunk_by(|a, b| a == b)
        .filter_map(|phase| {
            let from = first;
            first += phase.len();
            let to = today.plus_days((from + phase.len()) as i64 - 1);
            let from = today.plus_days(from as i64);
            phase[0].map(|level| RollingStep { from, to, reorder_point: level.0 })
        })
        .collect()
}

/// Mean stocks that levels are shares of.
#[derive(Debug, Clone)]
pub(super) struct MeanStocks {
    /// About each event, by start.
    pub(super) at_events: Vec<EventStock>,
    /// Pieces that the reorder rule orders on the first evening on which the supplier takes orders.
    pub(super) first_reorder: f64,
}

/// Mean stocks about one event.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct EventStock {
    /// At its first hour.
    pub(super) start: f64,
    /// On its last evening.
    pub(super) left: f64,
    /// Right after the last receipt before it; the opening stock where there was none.
    pub(super) last_receipt: f64,
}

/// Percentiles of stock by day, and mean stocks about the events.
pub(super) fn fan(
    scenario: &Scenario,
    process: &ProductProcess,
    setting: &Setting,
    plan: &PolicyPlan,
    observer: &dyn Observer,
) -> Result<(Vec<FanDay>, MeanStocks), Cancelled> {
    let spec = scenario.spec();
    let count = spec.paths.min(FAN_PATHS);
    let batch = Batch { process, seed: Seed(spec.seed), set: PathSet::Confirmation, count };
    let first_order_day = setting.order_day_from(0);
    let paths = map_paths(&batch, observer, |path| {
        let (_, days) = trace(path, plan, setting);
        let ordered = first_order_day.map_or(0, |day| days[day].ordered);
        (ordered, days.iter().map(|day| (day.on_hand, day.received)).collect::<Vec<_>>())
    })?;
    let ordered: u64 = paths.iter().map(|(ordered, _)| ordered).sum();
    let stocks: Vec<_> = paths.into_iter().map(|(_, stocks)| stocks).collect();
    let fan = (0..process.days)
        .map(|day| {
            let mut stock: Vec<u64> = stocks.iter().map(|path| path[day].0).collect();
            stock.sort_unstable();
            let at = |level: f64| stock[((level * stock.len() as f64).ceil() as usize).clamp(1, stock.len()) - 1];
            let received: u64 = stocks.iter().map(|path| path[day].1).sum();
            FanDay {
                stock: [at(0.05), at(0.25), at(0.5), at(0.75), at(0.95)],
                received: received as f64 / count as f64,
            }
        })
        .collect();
    // Stock in the morning is what the evening before left and the morning brought.
    let morning = |path: &[(u64, u64)], day: usize| {
        let before = if day == 0 { setting.opening_stock.0 } else { path[day - 1].0 };
        before + path[day].1
    };
    let mean = |total: u64| total as f64 / count as f64;
    let last_receipt = |path: &[(u64, u64)], until: usize| {
        let day = (0..=until).rev().find(|day| path[*day].1 > 0);
        day.map_or(setting.opening_stock.0, |day| morning(path, day))
    };
    let at_event = |event: &EventDemand| {
        let last = (event.start + event.days).min(process.days) - 1;
        EventStock {
            start: mean(stocks.iter().map(|path| morning(path, event.start)).sum()),
            left: mean(stocks.iter().map(|path| path[last].0).sum()),
            last_receipt: mean(stocks.iter().map(|path| last_receipt(path, event.start)).sum()),
        }
    };
    let ahead = plan.pre_stock_orders().filter(|order| Some(order.day) <= first_order_day);
    let ahead: u64 = ahead.map(|order| order.units.0).sum::<u64>().min(plan.replenishment.limits.maximum.0);
    let means = MeanStocks {
        first_reorder: (mean(ordered) - ahead as f64).max(0.0),
        at_events: process.events.iter().map(at_event).collect(),
    };
    Ok((fan, means))
}
