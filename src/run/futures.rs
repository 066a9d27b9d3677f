//! From what was learned and what the scenario states to the processes of one product.

use super::RunError;
use super::lanes::Mode;
use super::product::ProductInputs;
use super::result::RunCaveat;
use super::setting::uniforms;
use super::surroundings::surroundings;
use crate::evaluate::{Balance, CashTerms, Economics};
use crate::history::{OpenOrder, Sku};
use crate::learn::{BurstLaw, EventNote, PlannedEvent, event_burst};
use crate::process::{BurstProcess, BurstShape, DayNoise, EventDemand, OpenOrderArrival, ProductProcess, Uplift};
use crate::scenario::{EventDemandSpec, EventSpec, Scenario};
use crate::units::{Probability, Units};

/// Size k of the day noise around a stated burst's means (methods, section 3.9).
pub(super) const BURST_NOISE: f64 = 30.0;
/// The process of one product over `days` days, and what a reader must know of it.
pub(super) fn process(
    inputs: &ProductInputs<'_>,
    days: usize,
    caveats: &mut Vec<RunCaveat>,
) -> Result<ProductProcess, RunError> {
    let spec = inputs.scenario.spec();
    let product = inputs.product;
    let modes = &inputs.chains;
    let mut process =
        ProductProcess { chains: modes.iter().map(|mode| mode.chain.clone()).collect(), ..surroundings(inputs, days)? };
    let ordinary_means = process.ordinary_means();
    for at in inputs.scenario.events_of(&product.sku) {
        let event = &spec.event[at];
        let start = inputs.scenario.start_day(event);
        let ordinary = ordinary_means[start..start + event.length()].iter().sum();
        process.events.push(EventDemand {
            id: event.id.clone(),
            start,
            days: event.length(),
            planned_spend: vec![event.spend_per_day; event.length()],
            burst: burst(inputs, at, event, &event.demand, ordinary, caveats)?,
        });
    }
    process.open_orders = inputs
        .history
        .open_orders
        .iter()
        .filter(|order| order.sku.0 == product.sku)
        .map(|order| open_order(order, modes, inputs.scenario))
        .collect::<Result<_, _>>()?;
    process.uniforms = uniforms(inputs);
    Ok(process)
}

/// Shapes of a stated burst, one for each length of the plateau.
pub(super) struct TypicalBurst {
    pub(super) shapes: Vec<BurstShape>,
    /// Size of each relative to the mean.
    pub(super) masses: Vec<f64>,
    /// Mean size in plateau days.
    pub(super) mean_mass: f64,
}

/// Linear ramp, plateau of any length between two, exponential tail, over `days` days.
pub(super) fn typical_burst(
    ramp_days: u32,
    [shortest, longest]: [u32; 2],
    tail_days: f64,
    days: usize,
) -> TypicalBurst {
    let weights: Vec<Vec<f64>> = (shortest..=longest)
        .map(|plateau| BurstShape::typical_weights(ramp_days as usize, plateau as usize, tail_days, days))
        .collect();
    let masses: Vec<f64> = weights.iter().map(|w| w.iter().sum()).collect();
    let mean_mass = masses.iter().sum::<f64>() / masses.len() as f64;
    let shapes =
        weights.iter().map(|w| BurstShape::from_weights(w).unwrap_or_else(|| BurstShape::flat(days))).collect();
    let masses = masses.iter().map(|m| if mean_mass > 0.0 { m / mean_mass } else { 0.0 }).collect();
    TypicalBurst { shapes, masses, mean_mass }
}

/// The burst of one event, from the library or as stated. `ordinary` is the ordinary demand of the event's days.
pub(super) fn burst(
    inputs: &ProductInputs<'_>,
    at: usize,
    event: &EventSpec,
    demand: &EventDemandSpec,
    ordinary: f64,
    caveats: &mut Vec<RunCaveat>,
) -> Result<BurstProcess, RunError> {
    let noise = DayNoise::NegativeBinomial { size: BURST_NOISE };
    let days = event.length();
    match demand {
        EventDemandSpec::Parametric { ramp_days, plateau_days: [shortest, longest], peak_per_day, cv, tail_days } => {
            let typical = typical_burst(*ramp_days, [*shortest, *longest], *tail_days, days);
            let uplift = Uplift::LogNormal { mean: peak_per_day * typical.mean_mass, cv: *cv };
            let (shapes, masses) = (typical.shapes, typical.masses);
            Ok(BurstProcess { uplift, shapes, masses, noise, follows_level: false })
        }
        EventDemandSpec::Replay => from_library(inputs, at, event, BurstLaw::Replay, ordinary, caveats),
        EventDemandSpec::Hier => from_library(inputs, at, event, BurstLaw::Hier, ordinary, caveats),
    }
}

fn from_library(
    inputs: &ProductInputs<'_>,
    at: usize,
    event: &EventSpec,
    law: BurstLaw,
    ordinary: f64,
    caveats: &mut Vec<RunCaveat>,
) -> Result<BurstProcess, RunError> {
    let sku = Sku(inputs.product.sku.clone());
    let spend = planned_spend(event);
    let planned = planned(inputs, event, ordinary, spend.as_deref());
    let (burst, notes) = event_burst(law, &sku, &planned, inputs.learned).map_err(|_| {
        let mode = if law == BurstLaw::Replay { "replay" } else { "hier" };
        no_bursts(at, &sku.0, mode)
    })?;
    let event = event.id.clone();
    caveats.extend(notes.into_iter().map(|note| match note {
        EventNote::Borrowed { like } => {
            RunCaveat::BorrowedBursts { event: event.clone(), like: like.into_iter().map(|sku| sku.0).collect() }
        }
        EventNote::SpendBeyondHistory { planned, largest } => {
            RunCaveat::SpendBeyondHistory { event: event.clone(), planned, largest }
        }
        EventNote::SpendAssociation { factor, elasticity, estimate, bursts, realised } => RunCaveat::SpendAssociation {
            event: event.clone(),
            factor,
            elasticity,
            estimate: estimate.map(|estimate| [estimate.elasticity, estimate.error]),
            bursts,
            realised,
        },
    }));
    Ok(burst)
}

/// An event of a product as the library is asked for it.
pub(super) fn planned<'a>(
    inputs: &ProductInputs<'_>,
    event: &EventSpec,
    ordinary: f64,
    spend: Option<&'a [f64]>,
) -> PlannedEvent<'a> {
    PlannedEvent { days: event.length(), ordinary, spend, price: inputs.product.price, host: None }
}

/// Planned spend of an event by day; none where none is stated.
pub(super) fn planned_spend(event: &EventSpec) -> Option<Vec<f64>> {
    (event.spend_per_day > 0.0).then(|| vec![event.spend_per_day; event.length()])
}

fn no_bursts(at: usize, sku: &str, mode: &str) -> RunError {
    RunError::Scenario(vec![
        crate::scenario::SpecProblem::new(
            format!("event[{at}].demand"),
            format!("`{mode}` needs past bursts of product `{sku}`, and its history shows none"),
        )
        .help("state the burst with kind = \"parametric\", or set [learn] bursts to another rule"),
    ])
}

fn open_order(order: &OpenOrder, modes: &[Mode], scenario: &Scenario) -> Result<OpenOrderArrival, RunError> {
    let today = scenario.spec().today;
    let known: Vec<&str> = modes.iter().map(|mode| mode.chain.mode()).collect();
    let mode = known.iter().position(|mode| *mode == order.mode).ok_or_else(|| {
        let (order, mode) = (&order.order, &order.mode);
        RunError::Data(format!(
            "open order `{order}` comes by `{mode}`, which is not a lead-time mode of the scenario; modes: {}",
            known.join(", ")
        ))
    })?;
    let stages = modes[mode].chain.stages();
    let stage = match &order.stage {
        None => None,
        Some(name) => Some(stages.iter().position(|stage| stage.name == *name).ok_or_else(|| {
            let known: Vec<&str> = stages.iter().map(|stage| stage.name.as_str()).collect();
            RunError::Data(format!(
                "open order `{}` is in stage `{name}`, which mode `{}` does not have; stages: {}; leave the stage empty \
                 if it is unknown",
                order.order,
                order.mode,
                known.join(", ")
            ))
        })?),
    };
    let since = if stage.is_some() { order.stage_since.unwrap_or(order.ordered_on) } else { order.ordered_on };
    if since > today {
        return Err(RunError::Data(format!(
            "open order `{}` lies in the future: `{since}` is after today",
            order.order
        )));
    }
    Ok(OpenOrderArrival {
        order: order.order.clone(),
        units: order.units,
        mode,
        stage,
        elapsed: today.days_since(since) as f64,
        promised: order
            .promised_on
            .and_then(|day| usize::try_from(day.days_since(today)).ok())
            .filter(|days| *days > 0),
    })
}

/// Prices of a product by mode; `None` without money.
pub(super) fn economics(
    inputs: &ProductInputs<'_>,
    process: &ProductProcess,
    opening: Units,
) -> Option<Vec<Economics>> {
    let spec = inputs.scenario.spec();
    let money = spec.money.as_ref()?;
    let product = inputs.product;
    let base_price = product.price.unwrap_or(money.price);
    // Returns are counted one by one where their share is stated, and expected for every sale where it is not.
    let counted = spec.dispatch.as_ref().is_some_and(|dispatch| dispatch.return_share > Probability::ZERO);
    let (expected_return, return_cost) = if counted { (0.0, money.returns) } else { (money.returns, 0.0) };
    let net = |price: f64, commission: f64| {
        price * (1.0 - money.platform_fee.get() - commission) - money.outbound - expected_return
    };
    let by_event: Vec<f64> = inputs
        .scenario
        .events_of(&product.sku)
        .iter()
        .map(|at| &spec.event[*at])
        .map(|event| {
            let price = event.price.unwrap_or(base_price) * (1.0 - event.discount.map_or(0.0, Probability::get));
            net(price, event.commission.unwrap_or(money.commission).get())
        })
        .collect();
    let piece_cost = product.unit_cost.unwrap_or(money.unit_cost);
    let breaks = inputs.scenario.price_breaks(product);
    let stock_value = breaks.last().map_or(piece_cost, |step| step.unit_cost);
    let expedited = spec.ordering.expedite.as_ref();
    let expedited = expedited.and_then(|rule| spec.lead_time.iter().find(|mode| mode.mode == rule.mode));
    let substitute_margin = product.substitute.as_ref().map_or(0.0, |substitute| {
        let price = substitute.price.unwrap_or(base_price);
        net(price, money.commission.get()) - substitute.unit_cost.unwrap_or(piece_cost)
    });
    let cash = CashTerms {
        deposit: money.deposit.map_or(0.0, Probability::get),
        balance: money.balance_days.map_or(Balance::OnReceipt, |days| Balance::AfterOrder { days: days as usize }),
        settlement_days: money.settlement_days.unwrap_or(0) as usize,
        paid_on_sale: money.outbound + expected_return,
        return_days: inputs.scenario.dispatch().return_days as usize,
    };
    Some(
        spec.lead_time
            .iter()
            .map(|mode| Economics {
                net_price: net(base_price, money.commission.get()),
                net_price_by_event: by_event.clone(),
                unit_cost: piece_cost + mode.unit_cost,
                expedite_premium: expedited.map_or(0.0, |fast| fast.unit_cost - mode.unit_cost),
                break_savings: breaks.iter().map(|step| piece_cost - step.unit_cost).collect(),
                stock_value,
                goodwill: money.goodwill,
                holding: money.holding,
                salvage: money.salvage,
                keep_units: process.organic.level * f64::from(money.keep_days),
                opening_stock: opening.as_f64(),
                open_units: process.open_orders.iter().map(|order| order.units.as_f64()).sum(),
                owed_units: product.backlog.iter().map(|units| units.as_f64()).sum(),
                cancel_cost: money.cancel_cost,
                return_cost,
                substitute_margin,
                cash: inputs.scenario.counts_cash().then_some(cash),
            })
            .collect(),
    )
}
