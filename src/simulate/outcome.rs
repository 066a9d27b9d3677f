//! What one path did to one candidate: counts, not yet money.

use super::ledger::breaks_reached;
use super::{AlertOutcome, FlowTally, LedgerDay};
use crate::units::Units;

/// Units and days of one stretch of a path (an event, or the whole of it).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Demand with the ads as planned and unlimited stock.
    pub reference: u64,
    /// Served on the day it was wanted.
    pub served: u64,
    /// Left unserved at the shelf.
    pub lost: u64,
    /// Not wanted any more because the ads were paused or were ramping.
    pub forgone: u64,
    /// Accepted without a piece on the shelf for it.
    pub oversold: u64,
    /// Turned away by the marketplace's volume limit.
    pub refused: u64,
    /// Ad demand of a pause that plan B turned into orders of the substitute.
    pub redirected_ads: u64,
    /// Customers who found nothing and took the substitute.
    pub spilled: u64,
    /// Began to wait.
    pub waited: u64,
    /// Days with an unmet unit.
    pub stockout_days: u64,
    /// Days that ended with stock on hand.
    pub ready_days: u64,
    /// Days.
    pub days: u64,
    /// Sum over days of the stock at the end of the day.
    pub on_hand_days: u64,
}

impl Tally {
    /// Demand that met the shelf: the reference less what was forgone.
    #[must_use]
    pub const fn seen(&self) -> u64 {
        self.reference - self.forgone - self.redirected_ads
    }

    /// The same counts without those of `part`, a stretch of this one.
    #[must_use]
    pub fn without(&self, part: &Self) -> Self {
        self.each(part, |whole, part| whole - part)
    }

    /// The counts of both stretches together.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        self.each(other, |one, other| one + other)
    }

    fn each(&self, other: &Self, of: impl Fn(u64, u64) -> u64) -> Self {
        Self {
            reference: of(self.reference, other.reference),
            served: of(self.served, other.served),
            lost: of(self.lost, other.lost),
            forgone: of(self.forgone, other.forgone),
            oversold: of(self.oversold, other.oversold),
            refused: of(self.refused, other.refused),
            redirected_ads: of(self.redirected_ads, other.redirected_ads),
            spilled: of(self.spilled, other.spilled),
            waited: of(self.waited, other.waited),
            stockout_days: of(self.stockout_days, other.stockout_days),
            ready_days: of(self.ready_days, other.ready_days),
            days: of(self.days, other.days),
            on_hand_days: of(self.on_hand_days, other.on_hand_days),
        }
    }

    /// Whether any unit was not served on its day.
    #[must_use]
    pub const fn stockout(&self) -> bool {
        self.lost + self.spilled + self.waited + self.oversold > 0
    }
}

/// The whole outcome of a path.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PathOutcome {
    /// Every counted day.
    pub all: Tally,
    /// The days of the events.
    pub event: Tally,
    /// Served on the days of each event.
    pub served_by_event: Vec<u64>,
    /// Waiting customers served later.
    pub served_late: u64,
    /// Of those, pieces ordered on pre-order in each event; empty without pre-orders.
    pub pre_ordered_by_event: Vec<u64>,
    /// Pieces on pre-order that were cancelled because their limit passed.
    pub gave_up: u64,
    /// Customers still waiting at the end.
    pub waiting_at_end: u64,
    /// Sum over days of the customers who wait at the end of the day.
    pub waiting_days: u64,
    /// Orders placed, the pre-stock order included.
    pub orders: u64,
    /// Pieces ordered.
    pub ordered: u64,
    /// Orders by the faster mode of an expedite rule, counted in `orders` as well.
    pub expedited_orders: u64,
    /// Pieces of those, counted in `ordered` as well.
    pub expedited: u64,
    /// Of the pieces ordered, those whose order reached each price break and not the next; the first breaks are the
    /// smallest.
    pub ordered_at_break: Vec<u64>,
    /// Pieces received, open orders included.
    pub received: u64,
    /// Largest stock at the start of a day.
    pub peak_stock: u64,
    /// Stock at the end of the last event day.
    pub stock_after_event: u64,
    /// Stock at the end.
    pub final_stock: u64,
    /// Pieces still on order at the end.
    pub final_on_order: u64,
    /// Replenishment cycles (receipt to receipt; the first begins on the first day, the last ends with the path).
    pub cycles: u64,
    /// Cycles without an unmet unit.
    pub clean_cycles: u64,
    /// Ad spend.
    pub spend: f64,
    /// Planned spend that a pause saved.
    pub spend_saved: f64,
    /// Spend on demand that could not be served.
    pub spend_wasted: f64,
    /// What each alert level did.
    pub alerts: Vec<AlertOutcome>,
    /// From accepted orders to parcels.
    pub flow: FlowTally,
    /// Largest rate of each of the platform's metrics, in the order of its rules.
    pub peak_rates: Vec<f64>,
    /// Days under a volume limit.
    pub limited_days: u64,
    /// Ad spend of plan B.
    pub plan_b_spend: f64,
    /// What the substitute sold of the demand that came over to it.
    pub substitute_served: u64,
    /// Stock of the substitute at the end.
    pub substitute_left: u64,
    /// Every counted day, if the setting asks for a ledger.
    pub ledger: Vec<LedgerDay>,
}

impl PathOutcome {
    /// Counts an order of so many pieces at its price break.
    pub(super) fn count_at_break(&mut self, breaks: &[Units], units: u64) {
        let reached = breaks_reached(breaks, units);
        if let Some(slot) = reached.checked_sub(1).and_then(|at| self.ordered_at_break.get_mut(at)) {
            *slot += units;
        }
    }

    /// Whether demand splits exactly: reference = served + oversold + lost + forgone + refused + redirected + waited,
    /// and waited = served late + given up on pre-order + still waiting.
    #[must_use]
    pub const fn demand_is_conserved(&self) -> bool {
        let all = &self.all;
        let split = all.served + all.oversold + all.lost + all.forgone + all.refused + all.redirected_ads + all.spilled;
        all.reference == split + all.waited && all.waited == self.served_late + self.gave_up + self.waiting_at_end
    }
}
