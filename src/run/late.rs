//! Pre-stock orders that come late: what an order placed now can still reach, and whether it is placed at all.

use super::design::Candidate;
use super::lanes::Leads;
use super::pre_stock::Outlook;
use super::result::{EventForecast, LateOrder};
use crate::calendar::Date;
use crate::scenario::ScenarioSpec;
use crate::units::Probability;

/// Probability of being on the shelf below which nobody should count on an order.
pub(super) const NEXT_TO_NOTHING: f64 = 0.1;

/// What an order whose latest date has passed can still reach.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reach {
    order_on: Date,
    latest: Date,
    half_by: Date,
    in_time: Probability,
    by_end: Probability,
}

impl Reach {
    /// Whether the order hardly arrives before its event is over: then it is not placed.
    pub(super) fn misses_event(&self) -> bool {
        self.by_end.get() < NEXT_TO_NOTHING
    }
}

/// What an order for `event` by `mode` can still reach; none if its latest date has not passed.
pub(super) fn reach(spec: &ScenarioSpec, leads: &Leads<'_>, mode: usize, event: &EventForecast) -> Option<Reach> {
    let wanted_on = event.start.plus_days(-i64::from(spec.ordering.ready_days));
    let date = leads.order_date(mode, wanted_on, spec.ordering.on_time);
    if !date.passed {
        return None;
    }
    let order_on = spec.ordering.first_order_day(spec.today);
    let lead = leads.on(mode, order_on);
    Some(Reach {
        order_on,
        latest: date.latest,
        half_by: order_on.plus_days(i64::from(lead.quantile(0.5).0)),
        in_time: date.on_time_today,
        by_end: lead.on_time(event.end.days_since(order_on)),
    })
}

/// The late orders of a candidate whose mode is `mode`: those that are placed, and those that are not although the
/// predicted sales ask for them.
pub(super) fn late_orders(
    spec: &ScenarioSpec,
    leads: &Leads<'_>,
    mode: usize,
    events: &[EventForecast],
    candidate: &Candidate,
    outlook: &Outlook,
) -> Vec<LateOrder> {
    let missing = outlook.out_of_reach(mode);
    let late = |(at, event): (usize, &EventForecast)| {
        let reach = reach(spec, leads, mode, event)?;
        let later = candidate.later_pre_stock.iter().find(|order| order.event == event.id).map(|order| order.units);
        let ordered = if at == 0 { candidate.pre_stock_units } else { later.unwrap_or(0) };
        let units = if ordered > 0 { ordered } else { missing.get(at).copied().unwrap_or(0) };
        (units > 0).then(|| LateOrder {
            event: event.id.clone(),
            units,
            placed: ordered > 0,
            order_on: reach.order_on,
            latest: reach.latest,
            promised: spec.ordering.on_time,
            half_by: reach.half_by,
            in_time: reach.in_time,
            misses_start: reach.in_time.get() < NEXT_TO_NOTHING,
            by_end: reach.by_end,
        })
    };
    events.iter().enumerate().filter_map(late).collect()
}
