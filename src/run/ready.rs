//! One product made ready to be simulated: everything that can be wrong with a scenario and its history shows here.

use super::RunError;
use super::caveats::open_orders;
use super::design::check_expedite;
use super::field::computable;
use super::futures;
use super::lanes::Leads;
use super::product::ProductInputs;
use super::result::RunCaveat;
use super::setting;
use crate::evaluate::Economics;
use crate::history::Sku;
use crate::learn::Caveat;
use crate::process::ProductProcess;
use crate::scenario::SpecProblem;
use crate::simulate::Setting;
use crate::units::Days;

/// Days simulated after the slowest order of the event's last day would have arrived.
const RUN_OUT_MARGIN: usize = 7;
/// Bounds of the run-out in days.
const RUN_OUT: (usize, usize) = (14, 240);
/// Days between the last sales and the plan from which on the sales are stale.
const STALE_DAYS: i64 = 14;

/// What the simulation of one product starts from.
pub(super) struct Ready<'a> {
    pub(super) lanes: Leads<'a>,
    /// Simulated days.
    pub(super) days: usize,
    pub(super) process: ProductProcess,
    /// Rounded mean lead time of each mode.
    pub(super) typical_lead: Vec<u32>,
    pub(super) setting: Setting,
    pub(super) economics: Option<Vec<Economics>>,
    /// What a reader must know of the history.
    pub(super) caveats: Vec<RunCaveat>,
}

/// Makes one product ready.
pub(super) fn ready<'a>(inputs: &ProductInputs<'a>) -> Result<Ready<'a>, RunError> {
    let spec = inputs.scenario.spec();
    let mut caveats = Vec::new();
    let lanes = Leads::draw(inputs);
    let leads = lanes.of_today();
    if let (None, Some(series)) = (&inputs.product.demand, inputs.history.sales.get(&Sku(inputs.product.sku.clone()))) {
        let (last_day, days) = (series.last_day(), spec.today.days_since(series.last_day()));
        if inputs.fit.is_some_and(|fit| fit.caveats.contains(&Caveat::NeverInStock)) {
            return Err(never_in_stock(inputs));
        }
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
    caveats.extend(inputs.chains.iter().filter_map(open_orders));
    let days = horizon(inputs, &lanes)?;
    let opening = setting::opening_stock(inputs)?;
    let process = futures::process(inputs, days, &mut caveats)?;
    check_demand(&process, &inputs.product.sku)?;
    let typical_lead: Vec<u32> = leads.iter().map(|lead| Days::rounded(lead.mean_and_sd().0, 1).0).collect();
    let mut setting = setting::setting(inputs, &process, opening, &typical_lead);
    setting.protection_days = setting::protection_days(&setting, &typical_lead);
    let economics = futures::economics(inputs, &process, opening);
    if process.events.is_empty() {
        return Err(RunError::problem(
            "product",
            format!("`{}` takes part in no event; name it in an [[event]] or leave it out", inputs.product.sku),
        ));
    }
    computable(&spec.limits, &setting)?;
    check_expedite(spec, &typical_lead)?;
    Ok(Ready { lanes, days, process, typical_lead, setting, economics, caveats })
}

/// A history without a day in stock: to plan with a demand of nothing would be a certainty that nobody has.
fn never_in_stock(inputs: &ProductInputs<'_>) -> RunError {
    let sku = &inputs.product.sku;
    let at = inputs.scenario.spec().product.iter().position(|product| product.sku == *sku).unwrap_or(0);
    RunError::Scenario(vec![
        SpecProblem::new(
            format!("product[{at}].sku"),
            format!("`{sku}` was in stock on no day of its sales: nothing is known of its demand"),
        )
        .help("state demand = { per-day = ... }"),
    ])
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
