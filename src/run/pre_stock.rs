//! The pre-stock orders of events in sequence: how much for each, and when.
//!
//! The multiplier holds for each event. The order for the first is placed today. That for a later one is placed on the
//! last day on which it is still in time with the promised probability, or today if that day has passed: earlier it would
//! lie on the shelf during the event before, whose stock it would raise. All sizes are those of today's plan: what one
//! event is expected to leave is the next one's opening stock. What the reorder rule may order in between is not
//! projected.

use super::lanes::Leads;
use super::late::reach;
use super::result::EventForecast;
use super::setting::days_left;
use crate::policy::{OrderLimits, PreStockOrder, pre_stock_units};
use crate::process::ProductProcess;
use crate::scenario::Scenario;
use crate::simulate::Setting;
use crate::units::{Multiplier, Units};

/// What is known today of the stock before each event, by mode.
#[derive(Debug, Clone)]
pub(super) struct Outlook {
    modes: Vec<Vec<EventOutlook>>,
    /// Whether the supplier takes orders on each day.
    takes_orders: Vec<bool>,
}

/// One event, seen by one mode.
#[derive(Debug, Clone, Copy)]
struct EventOutlook {
    /// Mean predicted total.
    predicted: f64,
    /// Day at whose end the order is placed.
    order_day: usize,
    /// What comes without the plan, from the first hour of the event before (from today, for the first) on.
    due: f64,
    /// Expected sales from then on until the order arrives, and from there to the event's first hour.
    before: f64,
    after: f64,
    /// Whether an order hardly arrives before the event is over: none is placed.
    missed: bool,
}

impl EventOutlook {
    /// Stock expected at the event's first hour without its order, from what there is at the first hour of the event
    /// before. It may be negative: the order has to last until the event as well.
    fn projection(&self, stock: f64) -> f64 {
        (stock + self.due - self.before).max(0.0) - self.after
    }
}

impl Outlook {
    /// Looks ahead to every event of a product, which are in the order of their start.
    pub(super) fn new(
        scenario: &Scenario,
        process: &ProductProcess,
        setting: &Setting,
        events: &[EventForecast],
        leads: &Leads<'_>,
        typical_lead: &[u32],
    ) -> Self {
        let spec = scenario.spec();
        let flow = &setting.flow;
        let without = process.means_without_events();
        let with = process.uplift_means().iter().zip(&without).map(|(uplift, mean)| (mean + uplift).max(0.0)).collect();
        let given = |from: usize, until: usize| -> u64 { flow.samples.iter().take(until).skip(from).sum() };
        let promised = flow.backlog.iter().map(|units| units.as_f64()).sum::<f64>() + flow.reserved.as_f64();
        let modes = typical_lead.iter().enumerate().map(|(mode, lead)| {
            let mut from = 0;
            let outlook = events.iter().enumerate().map(|(at, event)| {
                let start = event.start_day;
                let wanted_on = event.start.plus_days(-i64::from(spec.ordering.ready_days));
                let order_day = if at == 0 {
                    0
                } else {
                    let latest = leads.order_date(mode, wanted_on, spec.ordering.on_time).latest;
                    usize::try_from(latest.days_since(spec.today)).unwrap_or(0)
                };
                let arrival = (order_day + *lead as usize).clamp(from, start);
                let sales: &Vec<f64> = if at == 0 { &without } else { &with };
                let due = if at == 0 {
                    setting.opening_stock.as_f64() + due_by(process, typical_lead, start)
                        - promised
                        - given(0, start) as f64
                } else {
                    due_by(process, typical_lead, start)
                        - due_by(process, typical_lead, from)
                        - given(from, start) as f64
                };
                let outlook = EventOutlook {
                    predicted: event.predicted_total,
                    order_day,
                    due,
                    before: sales[from..arrival].iter().sum(),
                    after: sales[arrival..start].iter().sum(),
                    missed: reach(spec, leads, mode, event).is_some_and(|reach| reach.misses_event()),
                };
                from = start;
                outlook
            });
            outlook.collect()
        });
        Self { modes: modes.collect(), takes_orders: (0..setting.days).map(|day| setting.takes_orders(day)).collect() }
    }

    /// The order for each event by `mode`; of no pieces where none is needed or none arrives before the event is over.
    /// One that is larger than the supplier takes in a day goes out in parts, the last of them in time.
    pub(super) fn orders(&self, multiplier: Multiplier, mode: usize, limits: &OrderLimits) -> Vec<PreStockOrder> {
        let most = limits.largest().0.max(1);
        let limits = &OrderLimits { maximum: OrderLimits::NONE.maximum, ..*limits };
        let order = |(event, wanted): (&EventOutlook, Units)| {
            let units = if event.missed { Units::ZERO } else { wanted };
            PreStockOrder { day: self.first_part(event.order_day, units.0.div_ceil(most)), units }
        };
        self.modes[mode].iter().zip(self.wanted(multiplier, mode, limits)).map(order).collect()
    }

    /// Pieces wanted for each event, missed or not; what is missed is not there for the events after it.
    fn wanted(&self, multiplier: Multiplier, mode: usize, limits: &OrderLimits) -> Vec<Units> {
        let mut stock = 0.0;
        let wanted = |event: &EventOutlook| {
            let projection = event.projection(stock);
            let units = pre_stock_units(multiplier, event.predicted, projection, limits);
            stock = (projection + if event.missed { 0.0 } else { units.as_f64() }).max(0.0);
            units
        };
        self.modes[mode].iter().map(wanted).collect()
    }

    /// Pieces that the predicted sales of each event ask for and that no order by `mode` brings before it is over.
    pub(super) fn out_of_reach(&self, mode: usize) -> Vec<u64> {
        let wanted = self.wanted(Multiplier::ONE, mode, &OrderLimits::NONE);
        let missed = self.modes[mode].iter().zip(wanted);
        missed.map(|(event, wanted)| if event.missed { wanted.0 } else { 0 }).collect()
    }

    /// Whether an order by `mode` reaches any event.
    pub(super) fn reaches_any(&self, mode: usize) -> bool {
        self.modes[mode].iter().any(|event| !event.missed)
    }
}

impl Outlook {
    /// The day of the first of so many parts of which the last goes out on `last`, today at the earliest.
    fn first_part(&self, last: usize, parts: u64) -> usize {
        let earlier = (0..last).rev().filter(|day| self.takes_orders.get(*day).copied().unwrap_or(true));
        let before = parts.saturating_sub(1).min(last as u64) as usize;
        if before == 0 { last } else { earlier.take(before).last().unwrap_or(last) }
    }
}

/// Pieces of open orders that are due by `day`.
fn due_by(process: &ProductProcess, typical_lead: &[u32], day: usize) -> f64 {
    process
        .open_orders
        .iter()
        .filter(|order| days_left(process, order, typical_lead) <= day as f64)
        .map(|order| order.units.as_f64())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn multiplier(m: f64) -> Multiplier {
        Multiplier::try_new(m).expect("a multiplier")
    }

    /// By hand. First event: 1.2 x 1000, of which 500 less 200 are there: 900. It leaves 1200 - 1000 = 200; 300 more are
    /// due and 150 are sold before the second order arrives, 50 after: 300 at the first hour of the second event, which
    /// wants 1.2 x 2000. The third finds more than it needs.
    #[test]
    fn what_one_event_leaves_is_there_for_the_next() {
        let event = |predicted, order_day, due, before, after| EventOutlook {
            predicted,
            order_day,
            due,
            before,
            after,
            missed: false,
        };
        let outlook = Outlook {
            modes: vec![vec![
                event(1000.0, 0, 500.0, 200.0, 0.0),
                event(2000.0, 31, 300.0, 1150.0, 50.0),
                event(100.0, 60, 0.0, 2000.0, 0.0),
            ]],
            takes_orders: Vec::new(),
        };
        let orders = outlook.orders(multiplier(1.2), 0, &OrderLimits::NONE);
        let expected = [(0, 900), (31, 2100), (60, 0)].map(|(day, units)| PreStockOrder { day, units: Units(units) });
        assert_eq!(orders, expected);
        // A stock that runs out is not owed; what is sold after the order arrives has to be ordered too.
        let short = Outlook { modes: vec![vec![event(100.0, 0, 10.0, 500.0, 30.0)]], takes_orders: Vec::new() };
        assert_eq!(short.orders(multiplier(1.0), 0, &OrderLimits::NONE)[0].units, Units(130));
        // Lots of 400: the 300 pieces too many of the first order are there for the second.
        let limits = OrderLimits { multiple: Units(400), ..OrderLimits::NONE };
        let lots = Outlook {
            modes: vec![vec![event(900.0, 0, 0.0, 0.0, 0.0), event(300.0, 9, 0.0, 900.0, 0.0)]],
            takes_orders: Vec::new(),
        };
        let units: Vec<u64> = lots.orders(multiplier(1.0), 0, &limits).iter().map(|order| order.units.0).collect();
        assert_eq!(units, [1200, 0]);
    }

    /// The first event is missed: nothing is ordered for it, and the second, which finds an empty shelf, orders all that
    /// it wants. 1,000 less the 300 that are there are out of reach.
    #[test]
    fn nothing_is_ordered_for_an_event_that_it_would_miss() {
        let event =
            |predicted, due, missed| EventOutlook { predicted, order_day: 0, due, before: 0.0, after: 0.0, missed };
        let first = event(1000.0, 300.0, true);
        let second = EventOutlook { before: 1000.0, ..event(500.0, 0.0, false) };
        let outlook = Outlook { modes: vec![vec![first, second], vec![first]], takes_orders: Vec::new() };
        let units: Vec<u64> =
            outlook.orders(multiplier(1.2), 0, &OrderLimits::NONE).iter().map(|order| order.units.0).collect();
        assert_eq!(units, [0, 600]);
        assert_eq!(outlook.out_of_reach(0), [700, 0]);
        assert!(outlook.reaches_any(0) && !outlook.reaches_any(1));
    }

    /// 900 pieces at most 400 a day take three order days, every second day: the last is the latest order date.
    #[test]
    fn what_a_supplier_does_not_take_in_a_day_goes_out_earlier() {
        let event = EventOutlook { predicted: 900.0, order_day: 10, due: 0.0, before: 0.0, after: 0.0, missed: false };
        let takes_orders = (0..20).map(|day| day % 2 == 0).collect();
        let outlook = Outlook { modes: vec![vec![event]], takes_orders };
        let at_most = |maximum| OrderLimits { maximum: Units(maximum), ..OrderLimits::NONE };
        let order = |maximum| outlook.orders(multiplier(1.0), 0, &at_most(maximum))[0];
        assert_eq!(order(400), PreStockOrder { day: 6, units: Units(900) });
        assert_eq!(order(900).day, 10);
        // More parts than days are left: from today on.
        assert_eq!(order(10).day, 0);
    }
}
