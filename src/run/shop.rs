//! From what the scenario states to what stands between demand and stock: pages, parcels, the marketplace's rules.

use super::product::ProductInputs;
use crate::policy::{BusinessCalendar, PublishRule, RestOfShop};
use crate::process::{DayProfile, LiveSession};
use crate::scenario::{ChannelSpec, PushSpec, Scenario, StorefrontSpec};
use crate::simulate::storefront::{ChannelRule, MAX_CHANNELS, Millis, Push, Refresh};
use crate::simulate::{Channel, DispatchLimits, Flow, Platform, Storefront};
use crate::units::Probability;

/// What a scenario may say is what the engine can hold.
const _: () = assert!(crate::scenario::MAX_CHANNELS == MAX_CHANNELS);

/// The product's pages; `None` where every order meets the true stock.
pub(super) fn storefront(inputs: &ProductInputs<'_>, live: &[LiveSession]) -> Option<Storefront> {
    let spec = inputs.scenario.spec().storefront.as_ref()?;
    let StorefrontSpec { channel, order_sizes, hours } = spec;
    Some(Storefront {
        sku: inputs.product.sku.clone(),
        channels: channel.iter().map(page).collect(),
        order_sizes: order_sizes.clone(),
        profile: hours.as_deref().and_then(DayProfile::by_parts).unwrap_or_else(DayProfile::flat),
        live_profile: live_profile(live),
    })
}

/// Mean pieces of an order.
fn mean_order_size(scenario: &Scenario) -> f64 {
    let shares = scenario.spec().storefront.as_ref().map_or(&[][..], |storefront| &storefront.order_sizes);
    let orders: f64 = shares.iter().sum();
    let pieces: f64 = shares.iter().zip(1..).map(|(share, size)| share * f64::from(size)).sum();
    if orders > 0.0 { pieces / orders } else { 1.0 }
}

fn page(spec: &ChannelSpec) -> Channel {
    let refresh = if spec.linked { Refresh::every_minutes(spec.interval_minutes()) } else { Refresh::Never };
    Channel {
        share: spec.share,
        rule: ChannelRule {
            publish: PublishRule::new(spec.threshold, spec.stock_share, spec.reserve),
            refresh,
            push: match spec.push {
                PushSpec::Set => Push::Set,
                PushSpec::Delta => Push::Delta,
            },
            delay: Millis::from_minutes(spec.push_delay_minutes),
            failure: spec.sync_failure,
            self_decrement: spec.self_decrement,
        },
        published_at_start: spec.published_at_start,
    }
}

/// When the orders of the sessions come: the one session's minutes, or those of all of them together by their orders.
fn live_profile(sessions: &[LiveSession]) -> DayProfile {
    /// Minutes of a day.
    const MINUTES: u32 = 1440;
    let Some((first, others)) = sessions.split_first() else { return DayProfile::flat() };
    if others.iter().all(|other| (other.start, other.minutes) == (first.start, first.minutes)) {
        return first.profile();
    }
    let profiles: Vec<(f64, DayProfile)> = sessions.iter().map(|session| (session.orders, session.profile())).collect();
    let weight = |minute: u32| {
        let within = |profile: &DayProfile| {
            let before = profile.cumulative(f64::from(minute));
            profile.cumulative(f64::from(minute) + 1.0) - before
        };
        profiles.iter().map(|(orders, profile)| orders * within(profile)).sum()
    };
    let weights: Vec<f64> = (0..MINUTES).map(weight).collect();
    DayProfile::by_parts(&weights).unwrap_or_else(|| first.profile())
}

/// What happens to accepted orders over `days` days.
pub(super) fn flow(inputs: &ProductInputs<'_>, days: usize) -> Flow {
    let (spec, product) = (inputs.scenario.spec(), inputs.product);
    let dispatch = inputs.scenario.dispatch();
    let calendar = spec.platform.as_ref().map_or(BusinessCalendar::ALWAYS, |platform| platform.rules().calendar);
    let [late, cancel] = inputs.scenario.dispatch_limits();
    let mut samples = Vec::new();
    for sample in &product.samples {
        let day = usize::try_from(sample.date.days_since(spec.today)).unwrap_or(days);
        // One beyond the horizon is not simulated.
        if day < days {
            samples.resize(samples.len().max(day + 1), 0);
            samples[day] += sample.units.0;
        }
    }
    Flow {
        backlog: product.backlog.clone(),
        reserved: dispatch.reserved,
        samples,
        dispatch_capacity: dispatch.capacity_per_day,
        limits: DispatchLimits::new(spec.today, days, &calendar, late, cancel),
        customer_cancels: dispatch.customer_cancel_share,
        returned: dispatch.return_share,
        return_days: dispatch.return_days as usize,
        restockable: dispatch.restockable_share,
    }
}

/// The marketplace's rules and the rest of the shop; `None` where the rest is not known: rates are of the whole shop.
pub(super) fn platform(scenario: &Scenario) -> Option<Platform> {
    let spec = scenario.spec().platform.as_ref()?;
    let rate = |share: Option<Probability>| share.map_or(0.0, Probability::get);
    // The engine counts in pieces: the others' orders are taken to have as many as the product's.
    let orders_per_day = spec.other_orders_per_day? * mean_order_size(scenario);
    Some(Platform {
        rules: spec.rules(),
        rest: RestOfShop { orders_per_day, fault_rate: rate(spec.other_cancel_rate) },
        rest_late: rate(spec.other_late_rate),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(name: &str, start: u32, orders: f64) -> LiveSession {
        LiveSession { name: name.into(), day: 3, start, minutes: 60, orders, log_sd: 0.5 }
    }

    #[test]
    fn sessions_share_one_profile_by_their_orders() {
        let one = live_profile(&[session("a", 600, 10.0), session("b", 600, 30.0)]);
        assert_eq!(one, DayProfile::live(600, 60));
        let two = live_profile(&[session("a", 600, 10.0), session("b", 1200, 30.0)]);
        assert!((two.cumulative(1200.0) - 0.25).abs() < 1e-9, "{}", two.cumulative(1200.0));
        assert!((two.cumulative(1260.0) - 0.25 - 0.75 * 0.75).abs() < 1e-4);
        assert_eq!(live_profile(&[]), DayProfile::flat());
    }
}
