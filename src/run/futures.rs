//! From what was learned and what the scenario states to the processes of one product.

use super::RunError;
use super::lanes::Mode;
use super::planned::burst;
use super::product::ProductInputs;
use super::result::RunCaveat;
use super::setting::uniforms;
use super::surroundings::surroundings;
use crate::evaluate::{Balance, CashTerms, Economics};
use crate::history::OpenOrder;
use crate::process::{EventDemand, OpenOrderArrival, ProductProcess};
use crate::scenario::Scenario;
use crate::units::{Probability, Units};

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
    for at in inputs.scenario.events_of(&product.sku) {
        let event = &spec.event[at];
        let start = inputs.scenario.start_day(event);
        let burst = burst(inputs, &process, at, &event.demand, caveats)?;
        process.events.push(EventDemand {
            id: event.id.clone(),
            start,
            days: event.length(),
            planned_spend: vec![event.spend_per_day; event.length()],
            burst,
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
