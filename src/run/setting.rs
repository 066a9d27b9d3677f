//! From what the scenario states to what every candidate of a product shares.

use super::RunError;
use super::product::ProductInputs;
use super::shop;
use crate::history::Sku;
use crate::policy::{AdResponse, StockLevel};
use crate::process::{OpenOrderArrival, PathUniforms, ProductProcess};
use crate::scenario::PauseSpec;
use crate::simulate::{AlertPlan, Setting, Substitute, WithinDay};
use crate::units::{Days, Probability, Units};

/// Stock on day 0: as stated, or as counted. A count is of all pieces: those that it calls committed or reserved are
/// only left out as far as the scenario does not itself state them.
pub(super) fn opening_stock(inputs: &ProductInputs<'_>) -> Result<Units, RunError> {
    let product = inputs.product;
    let reserved = inputs.scenario.dispatch().reserved;
    let counted = || {
        let count = inputs.history.stock.get(&Sku(product.sku.clone()))?;
        let elsewhere = count
            .committed
            .saturating_sub(product.backlog.iter().copied().sum())
            .0
            .saturating_add(count.reserved.saturating_sub(reserved).0);
        Some(count.on_hand.saturating_sub(count.damaged).saturating_sub(Units(elsewhere)))
    };
    let stock = product
        .opening_stock
        .or_else(counted)
        .ok_or_else(|| RunError::Data(format!("the stock file holds no row for product `{}`", product.sku)))?;
    if reserved > stock {
        let problem = format!("`{reserved}` is above the counted stock of product `{}`, `{stock}`", product.sku);
        return Err(RunError::problem("dispatch.reserved", problem));
    }
    let channels =
        inputs.scenario.spec().storefront.iter().flat_map(|storefront| storefront.channel.iter().enumerate());
    for (at, channel) in channels.filter(|(_, channel)| channel.linked && stock > Units::ZERO) {
        for (key, held) in [("reserve", channel.reserve), ("threshold", channel.threshold)] {
            if held > stock {
                let problem = format!("`{held}` is above the counted stock of product `{}`, `{stock}`", product.sku);
                return Err(RunError::problem(format!("storefront.channel[{at}].{key}"), problem));
            }
        }
    }
    Ok(stock)
}

/// The uniforms that the scenario's mechanics ask for.
pub(super) fn uniforms(inputs: &ProductInputs<'_>) -> PathUniforms {
    let spec = inputs.scenario.spec();
    let dispatch = inputs.scenario.dispatch();
    let partial = |share: Probability| share > Probability::ZERO && share < Probability::ONE;
    let pauses = spec.candidates.pause.as_deref().unwrap_or(&[]);
    let pre_order = |pause: &PauseSpec| matches!(pause, PauseSpec::PreOrder { conversion, .. } if partial(*conversion));
    PathUniforms {
        waiting: partial(spec.waiting_share),
        thinning: pauses.iter().any(pre_order)
            || partial(spec.ads.carry_over)
            || (spec.ads.restart_days > 0 && spec.ads.restart_efficiency < Probability::ONE),
        flow: dispatch.customer_cancel_share > Probability::ZERO || dispatch.return_share > Probability::ZERO,
        redirect: inputs
            .product
            .substitute
            .as_ref()
            .is_some_and(|stated| partial(stated.conversion) || partial(stated.spill)),
    }
}

/// What every candidate of a product shares.
pub(super) fn setting(
    inputs: &ProductInputs<'_>,
    process: &ProductProcess,
    opening_stock: Units,
    typical_lead: &[u32],
) -> Setting {
    let spec = inputs.scenario.spec();
    let mut event_of = vec![None; process.days];
    let mut planned_spend = vec![0.0; process.days];
    for (at, event) in process.events.iter().enumerate() {
        for (offset, spend) in event.planned_spend.iter().enumerate() {
            if let Some(slot) = event_of.get_mut(event.start + offset) {
                *slot = Some(at);
                planned_spend[event.start + offset] = *spend;
            }
        }
    }
    Setting {
        days: process.days,
        opening_stock,
        open_orders: process.open_orders.iter().map(|order| order.units).collect(),
        open_due: process.open_orders.iter().map(|order| expected_day(process, order, typical_lead)).collect(),
        order_days: match spec.ordering.order_weekdays.is_empty() {
            true => Vec::new(),
            false => {
                (0..process.days).map(|day| spec.ordering.takes_orders(spec.today.plus_days(day as i64))).collect()
            }
        },
        price_breaks: inputs.scenario.price_breaks(inputs.product).iter().map(|step| step.from).collect(),
        review_days: spec.ordering.review_days as usize,
        event_starts: process.events.iter().map(|event| event.start).collect(),
        event_of,
        planned_spend,
        waiting_share: spec.waiting_share,
        ad_phases: AdResponse {
            carry_over: spec.ads.carry_over,
            restart_days: spec.ads.restart_days as usize,
            restart_efficiency: spec.ads.restart_efficiency,
        }
        .phases(),
        alerts: AlertPlan {
            levels: spec
                .alerts
                .levels
                .iter()
                .map(|share| spec.alerts.base.at_or_below(*share, opening_stock))
                .chain(spec.alerts.days_of_cover.iter().map(|days| StockLevel::DaysOfCover { days: *days }))
                .collect(),
        },
        daily_rate: if spec.has_days_of_cover() { daily_rate(process) } else { Vec::new() },
        within_day: WithinDay {
            every_minutes: spec.ads.minutes_between_looks(),
            delay_minutes: spec.ads.minutes_of_delay(),
        },
        flow: shop::flow(inputs, process.days),
        storefront: shop::storefront(inputs, &process.live),
        platform: shop::platform(inputs.scenario),
        substitute: inputs.product.substitute.as_ref().map(|stated| Substitute {
            opening_stock: stated.opening_stock,
            conversion: stated.conversion,
            spend_per_day: stated.spend_per_day,
            spill: stated.spill,
        }),
        ledger: inputs.scenario.counts_cash(),
        ..Setting::new(process.days, opening_stock)
    }
}

/// Most days from an evening to the next one on which an order may go out.
pub(super) fn review(setting: &Setting) -> Days {
    Days(until_next_order(setting).into_iter().max().unwrap_or(1) as u32)
}

/// Days that a reorder decision has to cover, by mode: P = R + L - 1.
pub(super) fn protection_days(setting: &Setting, typical_lead: &[u32]) -> Vec<usize> {
    let review = review(setting).0;
    typical_lead.iter().map(|lead| (review + lead.saturating_sub(1)) as usize).collect()
}

/// Days until an open order is expected: what its stages take on average less what has passed, at least one and not
/// before the day that was promised.
pub(super) fn days_left(process: &ProductProcess, order: &OpenOrderArrival, typical_lead: &[u32]) -> f64 {
    let stages: f64 = match order.stage {
        Some(stage) => process.chains[order.mode].stages()[stage..].iter().map(|s| s.law.mean_and_variance().0).sum(),
        None => f64::from(typical_lead[order.mode]),
    };
    (stages - order.elapsed).max(1.0).max(order.promised.unwrap_or(0) as f64)
}

/// Day on which an open order is expected.
fn expected_day(process: &ProductProcess, order: &OpenOrderArrival, typical_lead: &[u32]) -> usize {
    days_left(process, order, typical_lead).round() as usize
}

/// Days from each evening until the next on which the reorder rule may order: what an order of that evening has to last
/// beyond its lead time. Beyond the horizon the calendar goes on as in its first weeks.
pub(super) fn until_next_order(setting: &Setting) -> Vec<usize> {
    /// Every calendar repeats within it: weekdays.
    const WEEK: usize = 7;
    let reviewed = |day: usize| match setting.order_days.len() {
        days if day < days => setting.reviews(day),
        days if days >= WEEK => setting.order_days[day % WEEK],
        _ => day.is_multiple_of(setting.review_days.max(1)),
    };
    let longest = WEEK.max(setting.review_days);
    (0..setting.days).map(|day| (1..=longest).find(|ahead| reviewed(day + ahead)).unwrap_or(longest)).collect()
}

/// Mean sales a day as forecast for the seven days from each day on, or for those that are left.
fn daily_rate(process: &ProductProcess) -> Vec<f64> {
    /// Days of the forecast.
    const AHEAD: usize = 7;
    let without = process.means_without_events();
    let means: Vec<f64> =
        without.iter().zip(process.uplift_means()).map(|(mean, uplift)| (mean + uplift).max(0.0)).collect();
    (0..means.len())
        .map(|day| {
            let ahead = &means[day..(day + AHEAD).min(means.len())];
            ahead.iter().sum::<f64>() / ahead.len() as f64
        })
        .collect()
}
