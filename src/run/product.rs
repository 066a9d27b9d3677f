//! One product from fit to decision.

use std::collections::BTreeMap;

use super::RunError;
use super::checks::{Chosen, checks, order_by};
use super::describe::{distribution, event_forecasts, fan, lead_results, rolling_steps};
use super::design::{Candidate, Design, DesignInputs, PauseRule};
use super::field::{Entry, Field, Ground};
use super::forecast::Forecast;
use super::futures;
use super::lanes::{Leads, Mode};
use super::pre_stock::Outlook;
use super::result::{CandidateResult, Decision, EventForecast, EventPlan, FormulaInputs, ProductResult, RunCaveat};
use super::setting;
use crate::calendar::Date;
use crate::evaluate::{CandidateKpis, CandidateTally, Economics, Reactions, alert_worth, compare};
use crate::history::{History, Sku};
use crate::learn::{FittedProduct, PastBurst};
use crate::policy::formula::{DailyDemand, FormulaError, LeadTimeMoments};
use crate::policy::{ReorderLevels, ShareBase};
use crate::process::{LeadTimeSample, PathSet, ProductProcess};
use crate::random::Seed;
use crate::recommend::LimitKind;
use crate::scenario::{ProductSpec, Scenario, SpecProblem};
use crate::simulate::{Batch, Cancelled, Observer, PolicyPlan, Setting, VectorUnit};
use crate::stats::Pmf;
use crate::units::{Days, Units};

/// Days simulated after the slowest order of the event's last day would have arrived.
const RUN_OUT_MARGIN: usize = 7;
/// Bounds of the run-out in days.
const RUN_OUT: (usize, usize) = (14, 240);
/// Probability of being on the shelf in time below which an order ahead of the event is no plan.
const TOO_LATE: f64 = 0.1;
/// Most futures on which the alerts of the chosen plan are judged, by the plain engine.
const ALERT_PATHS: u64 = 16_384;
/// Days between the last sales and the plan from which on the sales are stale.
const STALE_DAYS: i64 = 14;

/// What one product's run is given.
pub(super) struct ProductInputs<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) history: &'a History,
    pub(super) product: &'a ProductSpec,
    pub(super) fit: Option<&'a FittedProduct>,
    /// Days of sales after the day of the plan, which are not used.
    pub(super) later_days: i64,
    /// Every product of the sales file: together they tell how wide bursts scatter.
    pub(super) fits: &'a BTreeMap<Sku, FittedProduct>,
    pub(super) shapes: &'a [&'a PastBurst],
    pub(super) chains: &'a [Mode],
}

/// Runs one product.
pub(super) fn run_product(inputs: &ProductInputs<'_>, observer: &dyn Observer) -> Result<ProductResult, RunError> {
    let spec = inputs.scenario.spec();
    let seed = Seed(spec.seed);
    let mut caveats = Vec::new();
    let lanes = Leads::draw(inputs);
    let leads = lanes.of_today();
    if let (None, Some(series)) = (&inputs.product.demand, inputs.history.sales.get(&Sku(inputs.product.sku.clone()))) {
        let (last_day, days) = (series.last_day(), spec.today.days_since(series.last_day()));
        if days > STALE_DAYS {
            caveats.push(RunCaveat::StaleHistory { last_day, days });
        }
        if inputs.later_days > 0 {
            caveats.push(RunCaveat::LaterSalesUnused { days: inputs.later_days });
        }
        let promotions = &inputs.history.promotions;
        if !promotions.is_empty() && !promotions.iter().any(|promotion| promotion.sku.0 == inputs.product.sku) {
            caveats.push(RunCaveat::NoPromotionOfProduct);
        }
    }
    let days = horizon(inputs, &lanes)?;
    let opening = setting::opening_stock(inputs)?;
    let process = futures::process(inputs, days, &mut caveats)?;
    check_demand(&process, &inputs.product.sku)?;
    let typical_lead: Vec<u32> = leads.iter().map(|lead| Days::rounded(lead.mean_and_sd().0, 1).0).collect();
    let mut setting = setting::setting(inputs, &process, opening, &typical_lead);
    let economics = futures::economics(inputs, &process, opening);
    let until_next_order = setting::until_next_order(&setting);
    let review = Days(until_next_order.iter().copied().max().unwrap_or(1) as u32);
    setting.protection_days = setting::protection_days(&typical_lead, review);
    let forecast = Forecast::draw(&process, seed, &typical_lead, observer)?.reviewed(until_next_order);
    let events = event_forecasts(inputs, &process, &forecast);
    let Some(first_event) = process.events.first() else {
        return Err(RunError::problem(
            "product",
            format!("`{}` takes part in no event; name it in an [[event]] or leave it out", inputs.product.sku),
        ));
    };
    let (daily, formula_inputs) = formula_inputs(inputs, &process, &forecast)?;
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
        outlook: Outlook::new(inputs.scenario, &process, &setting, &events, &lanes, &typical_lead),
        events: events.iter().map(|event| event.id.clone()).collect(),
    };
    let ground = Ground { inputs, process: &process, setting: &setting, economics: economics.as_deref() };
    let mut field = Field::new(ground, Design::new(&design_inputs)?)?;
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
    if choice.feasible && confirmed_limits.iter().any(|check| !check.kept) {
        caveats.push(RunCaveat::NotConfirmed);
    }
    let lead_times = lead_results(inputs, &lanes, first_event.start, review);
    let order_date = &lead_times[plan.mode].order_date;
    if plan.pre_stock.is_some() {
        let on_time = order_date.on_time_today.get();
        if on_time < TOO_LATE {
            caveats.push(RunCaveat::TooLate { mode: candidate.mode.clone(), on_time });
        } else if order_date.passed {
            caveats.push(RunCaveat::OrderDatePassed { mode: candidate.mode.clone(), latest: order_date.latest });
        }
    }
    if confirmed.profit.is_some_and(|profit| profit.value < 0.0) {
        caveats.push(RunCaveat::ExpectedLoss);
    }
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
    let order_by = order_by(&chosen, &field.limits, &lanes, first_event.start, observer)?;
    let checks = checks(&chosen, observer)?;
    let (fan, stocks) = fan(inputs.scenario, &process, &setting, plan, observer)?;
    let event_start_stock = stocks.event_start();
    let share_of = |base: ShareBase, share: f64| {
        let stock = match base {
            ShareBase::EventStart => event_start_stock,
            ShareBase::Opening => opening.as_f64(),
            ShareBase::OrderUpTo => plan.replenishment.order_up_to(first_event.start).unwrap_or(Units::ZERO).as_f64(),
            ShareBase::LastReceipt => stocks.last_receipt,
        };
        Units::at_least(share * stock).0
    };
    let of_cover = |days: f64| Units::at_least(days * setting.rate(first_event.start)).0;

    let mut order_dates = (0..7).map(|days| spec.today.plus_days(days));
    let first_order_date = order_dates.find(|date| spec.ordering.takes_orders(*date)).unwrap_or(spec.today);
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
        alert_cover_units: spec.alerts.days_of_cover.iter().map(|days| of_cover(*days)).collect(),
        alert_units: spec.alerts.levels.iter().map(|level| share_of(spec.alerts.base, level.get())).collect(),
        alert_worth,
        reactions,
        pause_units: candidate.pause.map(|pause| match pause {
            PauseRule::Share { pause, resume, base } => [share_of(base, pause), share_of(base, resume)],
            PauseRule::PreOrder { pause, resume, .. } => {
                [share_of(ShareBase::EventStart, pause), share_of(ShareBase::EventStart, resume)]
            }
            PauseRule::Units { pause, resume } => [pause, resume],
            PauseRule::DaysOfCover { pause, resume } => [of_cover(pause), of_cover(resume)],
        }),
        event_start_stock,
        first_reorder: stocks.first_reorder,
        event_plans: event_plans(&events, candidate, first_order_date, &stocks.at_events),
        order_by,
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

/// Events in sequence, one by one; nothing where there is only one, which the decision tells of. `at_events` holds the
/// mean stock at each event's first hour and on its last evening.
fn event_plans(events: &[EventForecast], candidate: &Candidate, today: Date, at_events: &[[f64; 2]]) -> Vec<EventPlan> {
    if events.len() < 2 {
        return Vec::new();
    }
    let plan = |(at, (event, [start_stock, leftover])): (usize, (&EventForecast, &[f64; 2]))| {
        let later = candidate.later_pre_stock.iter().find(|order| order.event == event.id);
        let (pre_stock_units, order_on) = match later {
            Some(order) => (order.units, Some(order.order_on)),
            None if at == 0 && candidate.pre_stock_units > 0 => (candidate.pre_stock_units, Some(today)),
            None => (0, None),
        };
        EventPlan { event: event.id.clone(), pre_stock_units, order_on, start_stock: *start_stock, leftover: *leftover }
    };
    events.iter().zip(at_events).enumerate().map(plan).collect()
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

fn horizon(inputs: &ProductInputs<'_>, lanes: &Leads<'_>) -> Result<usize, RunError> {
    let spec = inputs.scenario.spec();
    let live = spec.live.iter().map(|session| session.date.days_since(spec.today) + 1);
    let live = live.filter_map(|day| usize::try_from(day).ok());
    let last = spec.event.iter().map(|event| event.end_day(spec.today)).chain(live).max().unwrap_or(0);
    let Some(days) = spec.horizon_days else {
        // A closure may hold up orders of the last event day, not those of today.
        let last_day = spec.today.plus_days(last as i64);
        let slowest = (0..spec.lead_time.len())
            .flat_map(|mode| [spec.today, last_day].map(|date| lanes.on(mode, date).quantile(0.99).index()));
        let slowest = slowest.max().unwrap_or(0);
        let known = spec.platform.as_ref().filter(|platform| platform.other_orders_per_day.is_some());
        let window = known.map_or(0, |platform| platform.longest_window() as usize);
        let days = (last + slowest.clamp(RUN_OUT.0, RUN_OUT.1) + RUN_OUT_MARGIN).max(window);
        for (at, (lead, mode)) in lanes.of_today().iter().zip(&spec.lead_time).enumerate() {
            let mean = lead.mean_and_sd().0;
            if mean >= days as f64 {
                let problem =
                    format!("an order by `{}` takes {mean:.0} days on average; {days} are simulated", mode.mode);
                return Err(RunError::Scenario(vec![
                    SpecProblem::new(format!("lead-time[{at}]"), problem)
                        .help("write a horizon-days that is longer, or a shorter mode: no order would ever arrive"),
                ]));
            }
        }
        return Ok(days);
    };
    for (lead, mode) in lanes.of_today().iter().zip(&spec.lead_time) {
        let mean = lead.mean_and_sd().0;
        if mean >= f64::from(days) {
            return Err(RunError::Scenario(vec![
                SpecProblem::new(
                    "horizon-days",
                    format!(
                        "`{days}` days are shorter than the lead time by `{}`, {mean:.0} days on average",
                        mode.mode
                    ),
                )
                .help("leave the key out to simulate long enough"),
            ]));
        }
    }
    Ok(days as usize)
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

/// What a plan does to the shop's standing at its marketplace, if it is worth a word.
fn standing(kpis: &CandidateKpis) -> Vec<RunCaveat> {
    /// A share of cancelled pieces, and a probability, that are not passed over.
    const CANCELLED: f64 = 0.01;
    const CROSSED: f64 = 0.05;
    let cancelled = kpis.flow.as_ref().and_then(|flow| flow.cancelled_by_seller_share);
    let cancelled = cancelled.map(|share| share.value).filter(|share| *share >= CANCELLED);
    let steps = kpis.platform.iter().flat_map(|platform| &platform.metrics).filter_map(|metric| {
        let step = metric.steps.first().filter(|step| step.crossed.value >= CROSSED)?;
        Some(RunCaveat::PlatformStep { metric: metric.metric, rate: step.from.get(), crossed: step.crossed.value })
    });
    cancelled.map(|share| RunCaveat::CancelledBySeller { share }).into_iter().chain(steps).collect()
}

/// A demand that grows out of all bounds is a slip of the pen, not a forecast: counts stay exact and runs end.
fn check_demand(process: &ProductProcess, sku: &str) -> Result<(), RunError> {
    /// Most pieces of a day, on average.
    const MOST: f64 = 1e7;
    let mut means = process.means_without_events();
    for (mean, uplift) in means.iter_mut().zip(process.uplift_means()) {
        *mean += uplift;
    }
    match means.iter().position(|mean| *mean > MOST || !mean.is_finite()) {
        None => Ok(()),
        Some(day) => Err(RunError::problem(
            "product",
            format!(
                "demand of `{sku}` passes {MOST:.0} pieces a day on {}; state less growth, or let it be damped",
                process.first_day.plus_days(day as i64)
            ),
        )),
    }
}
