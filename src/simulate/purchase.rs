//! Purchase orders along one path: what is ordered in the evening, by which rule, and when it comes.
//!
//! One order a mode and evening: the pre-stock order and a reorder of the same evening go out together. The most pieces
//! that the supplier takes in a day hold for both; what pre-stock orders need beyond them follows on the next order
//! days, ahead of every reorder.

use super::{PolicyPlan, Setting};
use crate::policy::{Expedite, Observation, OrderLimits};
use crate::process::ProductPath;
use crate::units::Units;

/// An order as its buyer sees it.
#[derive(Debug, Clone, Copy)]
struct UnderWay {
    expected: usize,
    arrives: usize,
    units: u64,
}

/// The orders of one path.
#[derive(Debug, Default)]
pub(super) struct Purchases {
    arrivals: Vec<u64>,
    on_order: u64,
    /// Arrival day and pieces of the orders that are open on day 0.
    open: Vec<(usize, u64)>,
    /// Pieces of pre-stock orders whose day has come and that are not ordered yet.
    ahead: u64,
    /// First day whose pre-stock orders are not among them.
    ahead_from: usize,
    /// Whether a part of them has been ordered.
    split: bool,
    /// Orders that have not come; kept only where an expedite rule asks what is due.
    under_way: Vec<UnderWay>,
}

/// What an evening ordered, in pieces.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Placed {
    /// By the plan's own mode.
    pub(super) ordinary: u64,
    /// By the faster mode.
    pub(super) expedited: u64,
}

impl Placed {
    pub(super) const fn pieces(&self) -> u64 {
        self.ordinary + self.expedited
    }

    /// Orders that went out.
    pub(super) fn orders(&self) -> u64 {
        u64::from(self.ordinary > 0) + u64::from(self.expedited > 0)
    }
}

impl Purchases {
    /// Back to the orders that are open on day 0.
    pub(super) fn reset(&mut self, path: &ProductPath, plan: &PolicyPlan, setting: &Setting) {
        self.arrivals.clear();
        self.arrivals.resize(setting.days, 0);
        self.on_order = 0;
        (self.ahead, self.ahead_from, self.split) = (0, 0, false);
        self.under_way.clear();
        self.open.clear();
        self.open.extend(path.open_arrivals.iter().copied().zip(setting.open_orders.iter().map(|units| units.0)));
        for (at, (units, arrives)) in setting.open_orders.iter().zip(&path.open_arrivals).enumerate() {
            let expected = setting.open_due.get(at).copied().unwrap_or(0);
            self.send(plan.expedite.as_ref(), UnderWay { expected, arrives: *arrives, units: units.0 });
        }
    }

    /// Pieces ordered and not received.
    pub(super) const fn on_order(&self) -> u64 {
        self.on_order
    }

    /// Pieces that come this morning.
    pub(super) fn receive(&mut self, day: usize) -> u64 {
        let received = self.arrivals[day];
        self.on_order -= received;
        self.under_way.retain(|order| order.arrives > day);
        received
    }

    /// The orders of an evening on which `on_hand` pieces are on the shelf and customers wait for `backlog`.
    pub(super) fn evening(
        &mut self,
        (path, plan, setting): (&ProductPath, &PolicyPlan, &Setting),
        day: usize,
        on_hand: u64,
        backlog: u64,
    ) -> Placed {
        let mut placed = Placed::default();
        if !setting.takes_orders(day) {
            return placed;
        }
        let expedite = plan.expedite.as_ref();
        let limits = plan.replenishment.limits;
        let arrives = |mode: usize| day + path.lead_days[mode][day].max(1) as usize;
        let mut place = |purchases: &mut Self, units: u64| {
            placed.ordinary += units;
            let expected = day + expedite.map_or(0, |rule| rule.ordinary_days);
            purchases.send(expedite, UnderWay { expected, arrives: arrives(plan.mode), units });
        };
        let due = plan.pre_stock_orders().filter(|order| (self.ahead_from..=day).contains(&order.day));
        self.ahead += due.map(|order| order.units.0).sum::<u64>();
        self.ahead_from = day + 1;
        // The last part of a split order keeps the supplier's minimum as well.
        let ahead = if self.split { limits.fit(Units(self.ahead)).0 } else { self.ahead.min(limits.largest().0) };
        self.ahead = self.ahead.saturating_sub(ahead);
        self.split = self.ahead > 0;
        place(self, ahead);
        if setting.reviews(day) {
            let later = |(at, (arrives, _)): &(usize, &(usize, u64))| {
                *arrives > day && !setting.counts_as_due(*at, plan.mode, day)
            };
            let too_late: u64 = self.open.iter().enumerate().filter(later).map(|(_, (_, units))| units).sum();
            let seen = Observation { day, on_hand, on_order: self.on_order - too_late, backlog };
            let wanted = plan.replenishment.order(&seen);
            let rest = OrderLimits { maximum: Units(limits.maximum.0 - ahead), ..limits };
            place(self, wanted.0.min(rest.largest().0));
        }
        if let Some(rule) = expedite {
            let due: u64 = self
                .under_way
                .iter()
                .filter(|order| order.expected <= day + rule.lead_days)
                .map(|order| order.units)
                .sum();
            let units = rule.order((on_hand + due) as i64 - backlog as i64).0;
            placed.expedited = units;
            let expected = day + rule.lead_days;
            self.send(expedite, UnderWay { expected, arrives: arrives(rule.mode), units });
        }
        placed
    }

    fn send(&mut self, expedite: Option<&Expedite>, order: UnderWay) {
        if order.units == 0 {
            return;
        }
        self.on_order += order.units;
        if let Some(slot) = self.arrivals.get_mut(order.arrives) {
            *slot += order.units;
        }
        if expedite.is_some() {
            self.under_way.push(order);
        }
    }
}
