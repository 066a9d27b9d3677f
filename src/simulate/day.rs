//! The order of a day, once and for all.
//!
//! 1. Ad commands that are due take effect.
//! 2. Orders that are due arrive; waiting customers are served first.
//! 3. A guard that looks in the morning observes.
//! 4. Demand comes: organic, and what the ads bring in their present state.
//! 5. It is settled: served from stock; of the rest some wait, the others are lost.
//! 6. The day is reviewed: the pre-stock order and the reorder rule order, a guard that looks in the evening
//!    observes, alerts ring.
//!
//! A lead time is a difference of dates: an order placed at the end of day t with lead time L >= 1 arrives at the
//! start of day t + L.

use serde::{Deserialize, Serialize};

use super::alert::AlertWatch;
use super::thinning::thin;
use super::{PathOutcome, PolicyPlan, Setting, Tally};
use crate::policy::{AdState, Look, Observation};
use crate::process::ProductPath;
use crate::units::Units;

/// One day of one path, for traces and charts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRecord {
    /// Pieces received in the morning.
    pub received: u64,
    /// Demand that met the shelf.
    pub demand: u64,
    /// Served on the day.
    pub served: u64,
    /// Lost at the shelf.
    pub lost: u64,
    /// Stock in the evening.
    pub on_hand: u64,
    /// Pieces ordered in the evening.
    pub ordered: u64,
    /// Whether the ads ran.
    pub ads_running: bool,
}

/// Memory that one simulation reuses for the next.
#[derive(Debug, Default)]
pub struct Workspace {
    arrivals: Vec<u64>,
    ads: AdState,
    watch: AlertWatch,
}

/// Runs one candidate over one path.
#[must_use]
pub fn simulate(path: &ProductPath, plan: &PolicyPlan, setting: &Setting, workspace: &mut Workspace) -> PathOutcome {
    run(path, plan, setting, workspace, |_| {})
}

/// Runs one candidate over one path and keeps every day.
#[must_use]
pub fn trace(path: &ProductPath, plan: &PolicyPlan, setting: &Setting) -> (PathOutcome, Vec<DayRecord>) {
    let mut days = Vec::with_capacity(setting.days);
    let outcome = run(path, plan, setting, &mut Workspace::default(), |record| days.push(record));
    (outcome, days)
}

fn run(
    path: &ProductPath,
    plan: &PolicyPlan,
    setting: &Setting,
    workspace: &mut Workspace,
    mut record: impl FnMut(DayRecord),
) -> PathOutcome {
    let Workspace { arrivals, ads, watch } = workspace;
    arrivals.clear();
    arrivals.resize(setting.days, 0);
    ads.reset();
    watch.reset(setting.alerts.levels.len());

    let mut outcome = PathOutcome { served_by_event: vec![0; setting.event_starts.len()], ..PathOutcome::default() };
    let mut on_hand = setting.opening_stock.0 + plan.pre_stocked.0;
    let mut on_order = 0_u64;
    let mut backlog = 0_u64;
    let mut event_start_stock = None;
    let mut cycle = Cycle::default();
    let mut planned_in_all = 0.0;
    for (units, arrives) in setting.open_orders.iter().zip(&path.open_arrivals) {
        on_order += units.0;
        if let Some(slot) = arrivals.get_mut(*arrives) {
            *slot += units.0;
        }
    }

    for day in 0..setting.days {
        let counts = day >= setting.measure_from;

        // 1. Commands.
        ads.begin_day(day);

        // 2. Arrivals.
        let received = arrivals[day];
        on_hand += received;
        on_order -= received;
        let served_late = backlog.min(on_hand);
        on_hand -= served_late;
        backlog -= served_late;
        if received > 0 && counts {
            cycle.close(&mut outcome);
        }
        // Each event begins with running ads and armed alerts; between events there is nothing to guard.
        if setting.event_starts.contains(&day) {
            event_start_stock = Some(on_hand);
            ads.reset();
            watch.begin_event();
        } else if setting.event_of[day].is_none() {
            event_start_stock = None;
        }

        // 3. Morning look.
        if let (Some(guard), Some(start)) = (&plan.guard, event_start_stock)
            && guard.look == Look::Open
        {
            ads.look(guard, day, on_hand, start);
        }
        let stock_for_sale = on_hand;

        // 4. Demand.
        let organic = path.unadvertised(day);
        let planned_ad = path.ad[day];
        let ad = thin(planned_ad, ads.advance(&setting.ad_phases), ProductPath::uniform(&path.thinning, day));
        let demand = organic + ad;

        // 5. Settlement.
        let served = demand.min(on_hand);
        on_hand -= served;
        let unmet = demand - served;
        let waited = thin(unmet, setting.waiting_share.get(), ProductPath::uniform(&path.waiting, day));
        let lost = unmet - waited;
        backlog += waited;
        if unmet > 0 && setting.event_of[day].is_some() {
            watch.stockout(day);
        }

        // 6. Review.
        let mut ordered = 0;
        let mut place = |units: u64, on_order: &mut u64| {
            if units > 0 {
                ordered += units;
                *on_order += units;
                let arrives = day + path.lead_days[plan.mode][day].max(1) as usize;
                if let Some(slot) = arrivals.get_mut(arrives) {
                    *slot += units;
                }
            }
        };
        if let Some(order) = plan.pre_stock
            && order.day == day
        {
            place(order.units.0, &mut on_order);
        }
        let seen = Observation { day, on_hand, on_order, backlog };
        place(plan.replenishment.order(&seen).0, &mut on_order);
        if let Some(start) = event_start_stock {
            if let Some(guard) = &plan.guard
                && guard.look == Look::Close
            {
                ads.look(guard, day, on_hand, start);
            }
            watch.look(&setting.alerts, day, on_hand, start);
        }

        if counts {
            outcome.served_late += served_late;
            outcome.received += received;
            outcome.orders += u64::from(ordered > 0);
            outcome.ordered += ordered;
            outcome.peak_stock = outcome.peak_stock.max(stock_for_sale);
            cycle.day(unmet > 0);
            let planned_spend = setting.planned_spend[day];
            planned_in_all += planned_spend;
            if ads.running() {
                outcome.spend += planned_spend;
                // Spend on a day is spread over its demand; the part on unserved demand is wasted, all of it if the
                // shelf was empty all day.
                let unserved = if stock_for_sale == 0 { 1.0 } else { unmet as f64 / demand.max(1) as f64 };
                outcome.spend_wasted += planned_spend * unserved;
            }
            let today = Tally {
                reference: organic + planned_ad,
                served,
                lost,
                forgone: planned_ad - ad,
                waited,
                stockout_days: u64::from(unmet > 0),
                ready_days: u64::from(on_hand > 0),
                days: 1,
                on_hand_days: on_hand,
            };
            outcome.all = outcome.all.with(&today);
            if let Some(event) = setting.event_of[day] {
                outcome.event = outcome.event.with(&today);
                outcome.served_by_event[event] += served;
                outcome.stock_after_event = on_hand;
            }
        }
        record(DayRecord { received, demand, served, lost, on_hand, ordered, ads_running: ads.running() });
    }

    if plan.pre_stocked > Units::ZERO {
        outcome.orders += 1;
        outcome.ordered += plan.pre_stocked.0;
        outcome.received += plan.pre_stocked.0;
    }
    outcome.spend_saved = planned_in_all - outcome.spend;
    cycle.close(&mut outcome);
    outcome.waiting_at_end = backlog;
    outcome.final_stock = on_hand;
    outcome.final_on_order = on_order;
    outcome.alerts.extend_from_slice(watch.outcomes());
    outcome
}

/// The replenishment cycle that is under way.
#[derive(Debug, Default)]
struct Cycle {
    days: u64,
    short: bool,
}

impl Cycle {
    fn day(&mut self, short: bool) {
        self.days += 1;
        self.short |= short;
    }

    fn close(&mut self, outcome: &mut PathOutcome) {
        if self.days > 0 {
            outcome.cycles += 1;
            outcome.clean_cycles += u64::from(!self.short);
        }
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests;
