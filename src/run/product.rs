//! One product from fit to decision.

use super::RunError;
use super::caveats::{mostly_unserved, not_confirmed, standing, too_late};
use super::checks::{Chosen, checks, order_by};
use super::describe::{EventStock, distribution, event_forecasts, fan, lead_results, rolling_steps};
use super::design::{Candidate, Design, DesignInputs};
use super::field::{Entry, Field, Ground};
use super::forecast::Forecast;
use super::lanes::Mode;
use super::late::late_orders;
use super::levels::{EventLevels, event_levels};
use super::pre_stock::Outlook;
use super::ready::{Ready, ready};
use super::result::{CandidateResult, Decision, EventForecast, EventPlan, FormulaInputs, ProductResult, RunCaveat};
use super::setting;
use crate::calendar::Date;
use crate::evaluate::{CandidateKpis, CandidateTally, Economics, Reactions, alert_worth, compare};
use crate::history::History;
use crate::learn::{FittedProduct, Learned};
use crate::policy::ReorderLevels;
use crate::policy::formula::{DailyDemand, FormulaError, LeadTimeMoments};
use crate::process::{LeadTimeSample, PathSet, ProductProcess};
use crate::random::Seed;
use crate::recommend::LimitKind;
use crate::scenario::{ProductSpec, Scenario};
use crate::simulate::{Batch, Cancelled, Observer, PolicyPlan, Setting, VectorUnit};
use crate::stats::Pmf;

/// Most futures on which the alerts of the chosen plan are judged, by the plain engine.
const ALERT_PATHS: u64 = 16_384;

/// What one product's run is given.
pub(super) struct ProductInputs<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) history: &'a History,
    pub(super) product: &'a ProductSpec,
    pub(super) fit: Option<&'a FittedProduct>,
    /// Days of sales after the day of the plan, which are not used.
    pub(super) later_days: i64,
    /// Every product of the sales file: together they tell how wide bursts scatter.
    pub(super) learned: &'a Learned,
    pub(super) chains: &'a [Mode],
}

/// Runs one product.
pub(super) fn run_product(inputs: &ProductInputs<'_>, observer: &dyn Observer) -> Result<ProductResult, RunError> {
    let spec = inputs.scenario.spec();
    let seed = Seed(spec.seed);
    let Ready { lanes, days, process, typical_lead, setting, economics, mut caveats } = ready(inputs)?;
    let leads = lanes.of_today();
    let opening = setting.opening_stock;
    let until_next_order = setting::until_next_order(&setting);
    let review = setting::review(&setting);
    let forecast = Forecast::draw(&process, seed, &typical_lead, observer)?.reviewed(until_next_order);
    let events = event_forecasts(inputs, &process, &forecast);
    let (daily, formula_inputs) = formula_inputs(inputs, &process, &forecast)?;
    let outlook = Outlook::new(inputs.scenario, &process, &setting, &events, &lanes, &typical_lead);
    let design_inputs = DesignInputs {
        sku: &inputs.product.sku,
        spec,
        forecast: &forecast,
        typical_lead: &typical_lead,
        setting: &setting,
        review,
        lead: leads.iter().map(|lead| lead_moments(lead, &inputs.product.sku)).collect::<Result<_, _>>()?,
        daily,
        ordinary_level: process.organic.level,
        ordinary_service: inputs.scenario.ordinary_service(),
        outlook: outlook.clone(),
        events: events.iter().map(|event| event.id.clone()).collect(),
    };
    let ground = Ground { inputs, process: &process, setting: &setting, economics: economics.as_deref() };
    let mut field = Field::new(ground, Design::new(&design_inputs)?);
    field.compare(observer)?;
    let choice = field.choice()?;
    if let (false, Some(highest)) = (choice.feasible, field.exhausted) {
        caveats.push(RunCaveat::MultipliersExhausted { highest });
    }

    let Entry { candidate, plan, .. } = &field.entries[choice.chosen];
    let prices = economics.as_deref();
    let confirmed =
        confirm(inputs.scenario, &process, &setting, std::slice::from_ref(plan), prices, observer)?.remove(0);
    let confirmed_limits = field.limits.check(&confirmed);
    caveats.extend(not_confirmed(&choice, &confirmed_limits));
    let lead_times = lead_results(inputs, &lanes, events[0].start_day, review);
    let order_date = &lead_times[plan.mode].order_date;
    let late_orders = late_orders(spec, &lanes, plan.mode, &events, candidate, &outlook);
    caveats.extend(too_late(&candidate.mode, &late_orders));
    if confirmed.profit.is_some_and(|profit| profit.value < 0.0) {
        caveats.push(RunCaveat::ExpectedLoss);
    }
    caveats.extend(mostly_unserved(&confirmed));
    caveats.extend(standing(&confirmed));
    let promised = field.limits.0.iter().find(|limit| limit.kind == LimitKind::Stockout).filter(|_| choice.feasible);
    if let (Some(limit), Some((bursts, ceiling))) = (promised, replay_ceiling(&events))
        && 1.0 - limit.bound > ceiling
    {
        caveats.push(RunCaveat::ReplayCeiling { bursts, ceiling });
    }
    let latest_day = usize::try_from(order_date.latest.days_since(spec.today)).ok().filter(|day| *day > 0);
    let chosen =
        Chosen { inputs, process: &process, setting: &setting, plan, economics: economics.as_deref(), latest_day };
    let order_by = order_by(&chosen, &field.limits, &lanes, events[0].start_day, observer)?;
    let checks = checks(&chosen, observer)?;
    let (fan, stocks) = fan(inputs.scenario, &process, &setting, plan, observer)?;
    let levels =
        |(start, stock): (usize, &EventStock)| event_levels(spec, &setting, plan, candidate.pause, start, stock);
    let starts = events.iter().map(|event| event.start_day);
    let levels: Vec<EventLevels> = starts.zip(&stocks.at_events).map(levels).collect();
    let first_levels = levels.first().cloned().unwrap_or_default();
    let reactions = Reactions {
        purchasing_days: spec.alerts.purchasing_days.unwrap_or(typical_lead[plan.mode].max(1)),
        media_days: spec.alerts.media_days.unwrap_or_else(|| spec.ads.days_of_reaction()),
    };
    let fresh = Batch { process: &process, seed, set: PathSet::Confirmation, count: spec.paths.min(ALERT_PATHS) };
    let alert_worth = alert_worth(&fresh, plan, &setting, reactions, observer)?;
    let least_feasible_multiplier = field
        .entries
        .iter()
        .filter(|other| other.feasible && other.candidate.same_but_multiplier(candidate))
        .filter_map(|other| other.candidate.multiplier)
        .min_by(f64::total_cmp);
    let rule_of_thumb = field.entries.iter().map(|entry| &entry.candidate).position(|other| {
        other.formula == "max-average"
            && other.multiplier.is_none()
            && other.mode == candidate.mode
            && other.pause.is_none()
    });
    let decision = Decision {
        objective: field.objective,
        confirmed,
        confirmed_limits,
        looked_at: field.entries.len(),
        least_feasible_multiplier,
        rolling: rolling_steps(inputs.scenario, plan, &process),
        alert_cover_units: first_levels.cover,
        alert_units: first_levels.alerts,
        alert_worth,
        reactions,
        pause_units: first_levels.pause,
        event_start_stock: stocks.at_events.first().map_or(0.0, |stock| stock.start),
        first_reorder: stocks.first_reorder,
        event_plans: event_plans(
            &events,
            candidate,
            spec.ordering.first_order_day(spec.today),
            &stocks.at_events,
            levels,
        ),
        order_by,
        late_orders,
        ordinary_from: match plan.replenishment.levels {
            ReorderLevels::AfterEvents { from, .. } => Some(spec.today.plus_days(from as i64)),
            _ => None,
        },
        fan,
        checks,
        rule_of_thumb,
        choice,
    };
    Ok(ProductResult {
        sku: inputs.product.sku.clone(),
        name: inputs.product.label().to_owned(),
        opening_stock: opening.0,
        days,
        fit: inputs.fit.filter(|_| inputs.product.demand.is_none()).cloned(),
        organic: process.organic.clone(),
        life_cycle: process.life_cycle,
        events,
        lead_times,
        formula_inputs,
        candidates: field
            .entries
            .into_iter()
            .map(|Entry { candidate, kpis, feasible, .. }| CandidateResult { candidate, kpis, feasible })
            .collect(),
        decision,
        caveats,
    })
}

/// Events in sequence, one by one; nothing where there is only one, which the decision tells of. `stocks` and `levels`
/// are those about each event.
fn event_plans(
    events: &[EventForecast],
    candidate: &Candidate,
    today: Date,
    stocks: &[EventStock],
    levels: Vec<EventLevels>,
) -> Vec<EventPlan> {
    if events.len() < 2 {
        return Vec::new();
    }
    let plan = |(at, ((event, stock), levels)): (usize, ((&EventForecast, &EventStock), EventLevels))| {
        let later = candidate.later_pre_stock.iter().find(|order| order.event == event.id);
        let (pre_stock_units, order_on) = match later {
            Some(order) => (order.units, Some(order.order_on)),
            None if at == 0 && candidate.pre_stock_units > 0 => (candidate.pre_stock_units, Some(today)),
            None => (0, None),
        };
        EventPlan {
            event: event.id.clone(),
            pre_stock_units,
            order_on,
            start_stock: stock.start,
            leftover: stock.left,
            alert_units: levels.alerts,
            alert_cover_units: levels.cover,
            pause_units: levels.pause,
        }
    };
    events.iter().zip(stocks).zip(levels).enumerate().map(plan).collect()
}

/// Past bursts and ceiling of the event that rests on the fewest replayed bursts.
fn replay_ceiling(events: &[EventForecast]) -> Option<(usize, f64)> {
    events.iter().filter_map(|event| Some((event.bursts?, event.replay_ceiling?))).min_by(|a, b| a.1.total_cmp(&b.1))
}

/// The KPIs of plans over the fresh futures of the confirmation set, which are drawn once for all of them.
pub(super) fn confirm(
    scenario: &Scenario,
    process: &ProductProcess,
    setting: &Setting,
    plans: &[PolicyPlan],
    economics: Option<&[Economics]>,
    observer: &dyn Observer,
) -> Result<Vec<CandidateKpis>, Cancelled> {
    let spec = scenario.spec();
    let batch = Batch { process, seed: Seed(spec.seed), set: PathSet::Confirmation, count: spec.paths };
    let tallies = compare(&batch, plans, setting, economics, VectorUnit::Widest, observer)?;
    Ok(tallies.iter().map(CandidateTally::kpis).collect())
}

fn lead_moments(lead: &LeadTimeSample, sku: &str) -> Result<(LeadTimeMoments, Pmf), RunError> {
    let (mean, sd) = lead.mean_and_sd();
    let failed = |source: FormulaError| RunError::Formula { sku: sku.to_owned(), rule: "lead time".to_owned(), source };
    let moments = LeadTimeMoments::try_new(mean, sd, lead.quantile(0.99).as_f64()).map_err(failed)?;
    let pairs: Vec<(u64, f64)> = distribution(lead).into_iter().map(|(days, p)| (u64::from(days), p)).collect();
    let pmf =
        Pmf::from_pairs(&pairs).map_err(|error| RunError::Data(format!("lead time of product `{sku}`: {error}")))?;
    Ok((moments, pmf))
}

fn formula_inputs(
    inputs: &ProductInputs<'_>,
    process: &ProductProcess,
    forecast: &Forecast,
) -> Result<(DailyDemand, FormulaInputs), RunError> {
    let until = process.events.iter().map(|event| event.start + event.days).max().unwrap_or(process.days);
    let stated = match inputs.fit.filter(|_| inputs.product.demand.is_none()) {
        Some(fit) => FormulaInputs {
            daily_mean: fit.daily_mean,
            daily_sd: fit.daily_sd,
            daily_max: fit.daily_max,
            basis: "history".into(),
            days: fit.days,
        },
        None => {
            let (daily_mean, daily_sd, daily_max) = forecast.daily(until);
            FormulaInputs { daily_mean, daily_sd, daily_max, basis: "forecast".into(), days: until }
        }
    };
    let daily = DailyDemand::try_new(stated.daily_mean, stated.daily_sd, stated.daily_max).map_err(|source| {
        RunError::Formula { sku: inputs.product.sku.clone(), rule: "daily demand".to_owned(), source }
    })?;
    Ok((daily, stated))
}
