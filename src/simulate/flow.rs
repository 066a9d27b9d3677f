//! From an accepted order to the parcel: waiting for dispatch, late, cancelled, sent back.
//!
//! Orders leave first come, first served. Counts are kept as running totals by the day of acceptance, so that "what was
//! accepted until then and has not left" is a difference of two numbers.

use crate::calendar::Date;
use crate::policy::BusinessCalendar;
use crate::units::{Probability, Units};

use super::thinning::thin;

/// What happens to accepted orders beside being shipped the same day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flow {
    /// Accepted and unshipped pieces on day 0, by the day of their acceptance: the first is yesterday's.
    pub backlog: Vec<Units>,
    /// Pieces held back for campaigns and creators.
    pub reserved: Units,
    /// Pieces given away as samples on each day, if there are so many; may be shorter than the horizon.
    pub samples: Vec<u64>,
    /// Most pieces that leave the warehouse in a day.
    pub dispatch_capacity: Option<Units>,
    /// When an unshipped order is late, and when it is cancelled as the seller's fault.
    pub limits: DispatchLimits,
    /// Share of accepted pieces that their customers cancel before dispatch: the stock is free again at once.
    pub customer_cancels: Probability,
    /// Share of shipped pieces that are refused or sent back.
    pub returned: Probability,
    /// Days from shipment until a returned piece is back.
    pub return_days: usize,
    /// Share of returned pieces that can be sold again.
    pub restockable: Probability,
}

/// For each evening, the last day of acceptance whose orders must have left by then; counted from day 0, days before it
/// negative. Empty without a limit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DispatchLimits {
    /// Orders up to here are late if they have not left.
    pub late: Vec<i64>,
    /// Orders up to here are cancelled if they have not left.
    pub cancel: Vec<i64>,
}

impl DispatchLimits {
    /// The limits of `days` days from `first_day` on, in working days after the day of acceptance.
    ///
    /// ```
    /// use stockburst::policy::BusinessCalendar;
    /// use stockburst::simulate::DispatchLimits;
    /// let monday = "2026-11-02".parse().unwrap();
    /// let limits = DispatchLimits::new(monday, 4, &BusinessCalendar::ALWAYS, Some(2), None);
    /// assert_eq!(limits.late, [-2, -1, 0, 1]);
    /// assert!(limits.cancel.is_empty());
    /// ```
    #[must_use]
    pub fn new(
        first_day: Date,
        days: usize,
        calendar: &BusinessCalendar,
        late_after: Option<u32>,
        cancel_after: Option<u32>,
    ) -> Self {
        let table = |after: Option<u32>| {
            let Some(after) = after else { return Vec::new() };
            let due = |accepted: i64| calendar.add(first_day.plus_days(accepted), after).days_since(first_day);
            // Deadlines rise with the day of acceptance.
            let mut accepted = -400 - i64::from(after);
            let mut last = Vec::with_capacity(days);
            for day in 0..days as i64 {
                while due(accepted + 1) <= day {
                    accepted += 1;
                }
                last.push(accepted);
            }
            last
        };
        Self { late: table(late_after), cancel: table(cancel_after) }
    }
}

impl Flow {
    /// Whether every accepted order leaves on its day and stays gone, and nothing is held back or given away.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.backlog.iter().chain([&self.reserved]).all(|units| *units == Units::ZERO)
            && self.samples.iter().all(|units| *units == 0)
            && self.dispatch_capacity.is_none()
            && self.customer_cancels == Probability::ZERO
            && self.returned == Probability::ZERO
    }
}

/// Counts of a path's flow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FlowTally {
    /// Pieces that left the warehouse, those that waited for stock included.
    pub shipped: u64,
    /// Pieces that had not left by their limit.
    pub late: u64,
    /// Pieces cancelled because they had not left by the second limit.
    pub cancelled_by_seller: u64,
    /// Pieces cancelled by their customers before dispatch.
    pub cancelled_by_customer: u64,
    /// Pieces refused or sent back.
    pub returned: u64,
    /// Of those, pieces that are on the shelf again.
    pub restocked: u64,
    /// Pieces given away.
    pub samples: u64,
    /// Pieces accepted and not shipped at the end.
    pub unshipped: u64,
}

impl FlowTally {
    /// What was counted after `start`; unshipped pieces are those of the end.
    #[must_use]
    pub(super) const fn since(&self, start: &Self) -> Self {
        Self {
            shipped: self.shipped - start.shipped,
            late: self.late - start.late,
            cancelled_by_seller: self.cancelled_by_seller - start.cancelled_by_seller,
            cancelled_by_customer: self.cancelled_by_customer - start.cancelled_by_customer,
            returned: self.returned - start.returned,
            restocked: self.restocked - start.restocked,
            samples: self.samples - start.samples,
            unshipped: self.unshipped,
        }
    }
}

/// The flow of one path.
#[derive(Debug, Default)]
pub(super) struct FlowState {
    /// Pieces accepted until the end of each day, from the oldest of the opening backlog on.
    accepted: Vec<u64>,
    /// Days of the opening backlog.
    before: usize,
    /// Pieces that left or were cancelled.
    gone: u64,
    /// Pieces that come back to the shelf on each day.
    back: Vec<u64>,
    pub(super) tally: FlowTally,
}

/// What an evening did to unshipped orders.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evening {
    pub(super) shipped: u64,
    pub(super) late: u64,
    pub(super) cancelled: u64,
}

impl FlowState {
    pub(super) fn reset(&mut self, flow: &Flow, days: usize) {
        self.accepted.clear();
        self.before = flow.backlog.len();
        let mut total = 0;
        for units in flow.backlog.iter().rev() {
            total += units.0;
            self.accepted.push(total);
        }
        self.gone = 0;
        self.back.clear();
        self.back.resize(days, 0);
        self.tally = FlowTally::default();
    }

    /// Pieces of accepted orders that are still here.
    pub(super) fn pending(&self) -> u64 {
        self.accepted.last().copied().unwrap_or(0) - self.gone
    }

    /// Returned pieces that are back on the shelf this morning.
    pub(super) fn restock(&mut self, day: usize) -> u64 {
        let back = self.back[day];
        self.tally.restocked += back;
        back
    }

    /// A day's accepted pieces, of which some customers think better of it.
    pub(super) fn accept(&mut self, flow: &Flow, units: u64, uniforms: [f64; 3]) {
        let cancelled = thin(units, flow.customer_cancels.get(), uniforms[0]);
        self.tally.cancelled_by_customer += cancelled;
        self.accepted.push(self.accepted.last().copied().unwrap_or(0) + units - cancelled);
    }

    /// Dispatch and the limits of the evening of `day`, with `on_hand` pieces on the shelf.
    pub(super) fn settle(&mut self, flow: &Flow, day: usize, on_hand: u64, uniforms: [f64; 3]) -> Evening {
        let capacity = flow.dispatch_capacity.map_or(u64::MAX, |units| units.0);
        let shipped = self.pending().min(on_hand).min(capacity);
        let late_before = self.overdue(&flow.limits.late, day, true);
        self.gone += shipped;
        // Late once: what was overdue the evening before has been counted.
        let late = self.overdue(&flow.limits.late, day, false).saturating_sub(late_before.max(self.gone));
        let cancelled = self.overdue(&flow.limits.cancel, day, false).saturating_sub(self.gone);
        self.gone += cancelled;
        let returned = thin(shipped, flow.returned.get(), uniforms[1]);
        let restockable = thin(returned, flow.restockable.get(), uniforms[2]);
        if let Some(slot) = self.back.get_mut(day + flow.return_days.max(1)) {
            *slot += restockable;
        }
        self.tally.shipped += shipped;
        self.tally.late += late;
        self.tally.cancelled_by_seller += cancelled;
        self.tally.returned += returned;
        Evening { shipped, late, cancelled }
    }

    /// Pieces accepted until the limit of the evening of `day`, or of the evening before it.
    fn overdue(&self, limit: &[i64], day: usize, evening_before: bool) -> u64 {
        let day = if evening_before { day.checked_sub(1) } else { Some(day) };
        let Some(last) = day.and_then(|day| limit.get(day)) else { return 0 };
        let place = *last + self.before as i64;
        if place < 0 { 0 } else { self.accepted.get(place as usize).or(self.accepted.last()).copied().unwrap_or(0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: [f64; 3] = [0.5; 3];

    #[test]
    fn orders_leave_in_order_and_are_late_once_then_cancelled() {
        let monday = "2026-11-02".parse().expect("a date");
        let limits = DispatchLimits::new(monday, 6, &BusinessCalendar::ALWAYS, Some(1), Some(3));
        let flow = Flow { backlog: vec![Units(4)], limits, ..Flow::default() };
        let mut state = FlowState::default();
        state.reset(&flow, 6);
        assert_eq!(state.pending(), 4);
        // Day 0: yesterday's 4 should leave by this evening; 3 can.
        state.accept(&flow, 10, NEVER);
        let evening = state.settle(&flow, 0, 3, NEVER);
        assert_eq!((evening.shipped, evening.late, evening.cancelled, state.pending()), (3, 1, 0, 11));
        // Day 1: of day 0's 10 none may stay; nothing can leave. The one late piece is not late again.
        state.accept(&flow, 0, NEVER);
        let evening = state.settle(&flow, 1, 0, NEVER);
        assert_eq!((evening.late, evening.cancelled), (10, 0));
        // Day 2: yesterday's last piece is three days old and cancelled.
        state.accept(&flow, 0, NEVER);
        let evening = state.settle(&flow, 2, 0, NEVER);
        assert_eq!((evening.late, evening.cancelled, state.pending()), (0, 1, 10));
        state.accept(&flow, 0, NEVER);
        let evening = state.settle(&flow, 3, 6, NEVER);
        assert_eq!((evening.shipped, evening.late, evening.cancelled, state.pending()), (6, 0, 4, 0));
    }

    #[test]
    fn capacity_returns_and_customers_that_cancel() {
        let half = Probability::try_new(0.5).expect("a probability");
        let flow = Flow {
            dispatch_capacity: Some(Units(8)),
            customer_cancels: half,
            returned: half,
            return_days: 2,
            restockable: Probability::ONE,
            ..Flow::default()
        };
        let mut state = FlowState::default();
        state.reset(&flow, 4);
        state.accept(&flow, 40, NEVER);
        assert_eq!(state.pending(), 20);
        let evening = state.settle(&flow, 0, 100, NEVER);
        assert_eq!((evening.shipped, state.pending(), state.tally.returned), (8, 12, 4));
        assert_eq!([state.restock(1), state.restock(2)], [0, 4]);
    }

    /// Limits and terms of returns change nothing where everything leaves on its day and nothing comes back.
    #[test]
    fn terms_without_parcels_are_plain() {
        let plain = Flow {
            backlog: vec![Units::ZERO],
            samples: vec![0; 3],
            return_days: 7,
            restockable: Probability::ONE,
            limits: DispatchLimits { late: vec![-2], cancel: vec![-5] },
            ..Flow::default()
        };
        assert!(plain.is_plain());
        assert!(!Flow { samples: vec![0, 1], ..plain.clone() }.is_plain());
        assert!(!Flow { dispatch_capacity: Some(Units(9)), ..plain }.is_plain());
    }

    #[test]
    fn limits_count_working_days() {
        let friday = "2026-11-06".parse().expect("a date");
        let weekend = BusinessCalendar::new([false, false, false, false, false, true, true], Vec::new());
        let limits = DispatchLimits::new(friday, 5, &weekend, Some(1), None);
        // Friday's orders are due on Monday, so are those of Saturday and Sunday.
        assert_eq!(limits.late, [-1, -1, -1, 2, 3]);
    }
}
