//! From accepted orders to parcels, for a vector of candidates: the steps of [`FlowState`](crate::simulate::flow) lane by
//! lane, first come, first served.

use super::super::group::{LANES, Lanes};
use super::super::outcome::ParcelLanes;
use crate::simulate::Flow;
use crate::simulate::thinning::Thinner;
use crate::units::Probability;

/// The parcels of one path.
#[derive(Debug, Default)]
pub(super) struct Parcels {
    /// Pieces accepted until the end of each day, from the oldest of the opening backlog on.
    accepted: Vec<Lanes>,
    /// Days of the opening backlog.
    before: usize,
    /// Pieces that left or were cancelled.
    gone: Lanes,
    /// Pieces that come back to the shelf on each day.
    back: Vec<Lanes>,
    /// What the counted days came to.
    pub(super) tally: ParcelLanes,
    /// Whether accepted orders only wait for stock: nothing is late, cancelled or sent back.
    only_waits: bool,
    cancels: Thinner,
    returns: Thinner,
    restocks: Thinner,
}

/// What an evening did.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evening {
    pub(super) shipped: Lanes,
    pub(super) late: Lanes,
    pub(super) cancelled_by_seller: Lanes,
    pub(super) cancelled_by_customer: Lanes,
}

impl Parcels {
    pub(super) fn reset(&mut self, flow: &Flow, days: usize) {
        self.accepted.clear();
        self.before = flow.backlog.len();
        let mut total = 0;
        for units in flow.backlog.iter().rev() {
            total += units.0 as i32;
            self.accepted.push([total; LANES]);
        }
        self.only_waits = flow.limits.late.is_empty()
            && flow.limits.cancel.is_empty()
            && flow.customer_cancels == Probability::ZERO
            && flow.returned == Probability::ZERO;
        self.cancels.set(flow.customer_cancels.get());
        self.returns.set(flow.returned.get());
        self.restocks.set(flow.restockable.get());
        self.gone = [0; LANES];
        self.back.clear();
        self.back.resize(days, [0; LANES]);
        self.tally = ParcelLanes::default();
    }

    /// Whether accepted orders only wait for stock: their number is all that counts then, and no evening is needed.
    pub(super) const fn only_wait(&self) -> bool {
        self.only_waits
    }

    /// Pieces of accepted orders that are still here.
    #[inline(always)]
    pub(super) fn pending(&self) -> Lanes {
        let accepted = self.accepted.last().copied().unwrap_or([0; LANES]);
        std::array::from_fn(|lane| accepted[lane] - self.gone[lane])
    }

    /// Returned pieces that are back on the shelf on the morning of `day`.
    #[inline(always)]
    pub(super) fn restock(&mut self, day: usize, counts: bool) -> Lanes {
        let back = self.back[day];
        tally(counts, &mut self.tally.restocked, &back);
        back
    }

    /// Unless they only wait: a day's accepted pieces, then dispatch and the limits of its evening, with `on_hand` pieces on the shelf.
    #[inline(always)]
    pub(super) fn evening(
        &mut self,
        flow: &Flow,
        day: usize,
        counts: bool,
        accepted: &Lanes,
        on_hand: &Lanes,
        uniforms: [f64; 3],
    ) -> Evening {
        let capacity = capacity(flow);
        let mut total = self.accepted.last().copied().unwrap_or([0; LANES]);
        let cancelled_by_customer = thin_lanes(accepted, &mut self.cancels, uniforms[0]);
        for lane in 0..LANES {
            total[lane] += accepted[lane] - cancelled_by_customer[lane];
        }
        self.accepted.push(total);
        let late_before = day.checked_sub(1).map_or([0; LANES], |day| self.overdue(&flow.limits.late, day));
        let late_now = self.overdue(&flow.limits.late, day);
        let to_cancel = self.overdue(&flow.limits.cancel, day);
        let (mut shipped, mut late, mut cancelled) = ([0; LANES], [0; LANES], [0; LANES]);
        for lane in 0..LANES {
            shipped[lane] = (total[lane] - self.gone[lane]).min(on_hand[lane]).min(capacity);
            let gone = self.gone[lane] + shipped[lane];
            // Late once: what was overdue the evening before has been counted.
            late[lane] = (late_now[lane] - late_before[lane].max(gone)).max(0);
            cancelled[lane] = (to_cancel[lane] - gone).max(0);
            self.gone[lane] = gone + cancelled[lane];
        }
        let returned = thin_lanes(&shipped, &mut self.returns, uniforms[1]);
        let restockable = thin_lanes(&returned, &mut self.restocks, uniforms[2]);
        if let Some(back) = self.back.get_mut(day + flow.return_days.max(1)) {
            tally(true, back, &restockable);
        }
        let counted = &mut self.tally;
        tally(counts, &mut counted.late, &late);
        tally(counts, &mut counted.cancelled_by_seller, &cancelled);
        tally(counts, &mut counted.cancelled_by_customer, &cancelled_by_customer);
        tally(counts, &mut counted.returned, &returned);
        Evening { shipped, late, cancelled_by_seller: cancelled, cancelled_by_customer }
    }

    /// Pieces accepted until the limit of the evening of `day`.
    #[inline(always)]
    fn overdue(&self, limit: &[i64], day: usize) -> Lanes {
        let Some(last) = limit.get(day) else { return [0; LANES] };
        let place = *last + self.before as i64;
        if place < 0 {
            return [0; LANES];
        }
        self.accepted.get(place as usize).or(self.accepted.last()).copied().unwrap_or([0; LANES])
    }
}

/// Most pieces that leave in a day.
pub(super) fn capacity(flow: &Flow) -> i32 {
    flow.dispatch_capacity.map_or(i32::MAX, |units| i32::try_from(units.0).unwrap_or(i32::MAX))
}

/// Adds the numbers of a counted day.
#[inline(always)]
pub(super) fn tally(counts: bool, to: &mut Lanes, numbers: &Lanes) {
    if counts {
        for (to, number) in to.iter_mut().zip(numbers) {
            *to += number;
        }
    }
}

/// Thins every lane; lanes with the same count have the same rest.
#[inline(always)]
pub(super) fn thin_lanes(counts: &Lanes, thinner: &mut Thinner, uniform: f64) -> Lanes {
    let (mut count, mut rest) = (0, 0);
    let mut lanes = [0; LANES];
    for (lane, of) in lanes.iter_mut().zip(counts) {
        if *of != count {
            count = *of;
            rest = thinner.keep(count as u64, uniform) as i32;
        }
        *lane = rest;
    }
    lanes
}
