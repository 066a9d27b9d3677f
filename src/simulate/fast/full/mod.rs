//! The full loop: every mechanic of the lanes, one vector of candidates at a time.
//!
//! There is enough to do in a day to keep the processor busy without a second vector beside it. What only few lanes
//! need on few days (wasted spend, waiting customers, stockouts that settle alerts, a critical day) is done lane by lane.

mod ads;
mod alerts;
mod parcels;
mod settle;
mod shelf;
mod shop;
mod storefront;

use fearless_simd::{Simd, SimdBase, SimdMask, i32x16, mask32x16};

use self::parcels::{tally, thin_lanes};
use super::future::Future;
use super::group::{Group, GuardLanes, LANES, Lanes, NEVER, SizeKind};
use super::outcome::{OutcomeLanes, StretchLanes};
use super::segment::Segment;
use super::vector::{add, count, load, look, only, order_size};
use super::{Ground, Scratch};
use crate::policy::Look;
use crate::process::ProductPath;
use crate::simulate::thinning::Thinner;

pub(super) use self::alerts::{NOT_YET, prepare_alerts};
pub(super) use self::shop::{Shop, is_needed};
pub(super) use self::storefront::pages_are_steady;

/// State of a vector of candidates.
struct Vector<S: Simd> {
    simd: S,
    on_hand: i32x16<S>,
    /// On hand + on order - backlog - accepted pieces that have not left.
    position: i32x16<S>,
    backlog: i32x16<S>,
    /// Accepted pieces that have not left, and pieces held back.
    pending: i32x16<S>,
    reserved: i32x16<S>,
    /// On hand in the morning less what is promised.
    for_sale: i32x16<S>,
    /// Lanes of a candidate; the others are padding.
    real: mask32x16<S>,
    /// What the guard commands, and what is in force after the delay.
    commanded_off: mask32x16<S>,
    stopped: mask32x16<S>,
    /// Phase of the ads.
    phase: i32x16<S>,
    pause: i32x16<S>,
    resume: i32x16<S>,
    /// First day from which commands count: those before the event are forgotten.
    commands_from: usize,
    /// Whether a piece has been unmet since the last receipt, and in the present event.
    short: mask32x16<S>,
    event_short: mask32x16<S>,
    peak: i32x16<S>,
    cycles: i32x16<S>,
    clean: i32x16<S>,
    served_late: i32x16<S>,
    waiting_days: i32x16<S>,
    received: i32x16<S>,
    ordered: i32x16<S>,
    orders: i32x16<S>,
}

/// What a day's demand comes to, as in the plain engine's [`Sale`](crate::simulate::sale::Sale).
struct Sale<S: Simd> {
    accepted: i32x16<S>,
    oversold: i32x16<S>,
    unmet: i32x16<S>,
    refused: i32x16<S>,
    not_come: i32x16<S>,
    not_come_in_pause: i32x16<S>,
    /// Whether any lane met the pages order by order.
    met_the_pages: bool,
}

/// Counts of the present segment.
struct Here<S: Simd> {
    seen: i32x16<S>,
    served: i32x16<S>,
    waited: i32x16<S>,
    stockout_days: i32x16<S>,
    ready_days: i32x16<S>,
    on_hand_days: i32x16<S>,
}

/// A day as every lane meets it.
struct Today<'a> {
    group: &'a Group,
    ground: &'a Ground<'a>,
    segment: &'a Segment,
    path: &'a ProductPath,
    day: usize,
    /// Planned ad spend, if the day counts.
    spend: f64,
    /// Whether it is asked how long the ads ran.
    minutes: bool,
}

/// Runs the candidates of one vector over one path and leaves their outcome in `out`; `shop` is there if the setting
/// needs it ([`is_needed`]).
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "the memory of a worker is in parts")]
pub(super) fn run<S: Simd>(
    simd: S,
    group: &Group,
    ground: &Ground<'_>,
    path: &ProductPath,
    future: &mut Future,
    scratch: &mut Scratch,
    mut shop: Option<&mut Shop>,
    out: &mut OutcomeLanes,
) {
    scratch.prepare(ground.setting);
    let mut v = Vector::new(simd, group, ground);
    if let Some(shop) = &mut shop {
        shop.begin_vector(ground.setting, &v.on_hand.to_array());
        v.pending = load(simd, &shop.parcels.pending());
        v.position -= v.pending;
    }
    let zero = v.zero();
    let spends_on_plan_b = ground.setting.substitute.is_some_and(|substitute| substitute.spend_per_day != 0.0);
    let mut planned_spend = 0.0;
    for (at, segment) in ground.segments.iter().enumerate() {
        let mut here =
            Here { seen: zero, served: zero, waited: zero, stockout_days: zero, ready_days: zero, on_hand_days: zero };
        for day in segment.days.clone() {
            let spend = if segment.counts { ground.setting.planned_spend[day] } else { 0.0 };
            planned_spend += spend;
            let minutes = spend != 0.0 || (segment.event.is_some() && spends_on_plan_b);
            let today = Today { group, ground, segment, path, day, spend, minutes };
            v.receive(&today, future, scratch, shop.as_deref_mut());
            if segment.begins_event && day == segment.days.start {
                v.begin_event(group, ground, day, scratch);
                if let Some(shop) = &mut shop {
                    shop.release_ads();
                }
            }
            v.advance_ads(group.guard.as_ref(), ground, segment, day, scratch);
            let demand = v.demand(path, ground, day, future);
            match &mut shop {
                None => v.sell_and_settle(&today, demand, &mut here, scratch, out),
                Some(shop) => {
                    let sale = v.meet_the_shop(&today, demand, future, shop);
                    v.settle_with_the_shop(&today, &sale, &mut here, scratch, shop, out);
                }
            }
            if segment.counts {
                v.waiting_days += v.backlog;
            }
            v.review(group, segment, day, future.too_late(group.mode, day), scratch);
            if segment.event.is_some() {
                v.evening(group.guard.as_ref(), day, scratch, out);
            }
        }
        if segment.counts {
            v.write_stretch(segment, future.reference[at], &here, out);
        }
    }
    v.write(out);
    if let (Some(shop), Some(beside)) = (&shop, &mut out.beside) {
        shop.finish(ground.setting, v.pending.to_array(), beside);
    }
    for lane in 0..LANES {
        out.spend_saved[lane] = planned_spend - out.spend[lane];
    }
}

impl<S: Simd> Vector<S> {
    /// The first morning.
    #[inline(always)]
    fn new(simd: S, group: &Group, ground: &Ground<'_>) -> Self {
        let zero = i32x16::splat(simd, 0);
        let off = mask32x16::splat(simd, false);
        let pre_stocked = load(simd, &group.pre_stocked[0]);
        let on_hand = pre_stocked + i32x16::splat(simd, ground.opening);
        Self {
            simd,
            on_hand,
            position: on_hand + i32x16::splat(simd, ground.open_units),
            backlog: zero,
            pending: zero,
            reserved: i32x16::splat(simd, ground.reserved),
            for_sale: zero,
            real: i32x16::splat(simd, group.candidates.len() as i32).simd_gt(load(simd, &NUMBERS)),
            commanded_off: off,
            stopped: off,
            phase: zero,
            pause: i32x16::splat(simd, NEVER),
            resume: i32x16::splat(simd, NEVER),
            commands_from: 0,
            short: off,
            event_short: off,
            peak: zero,
            cycles: zero,
            clean: zero,
            served_late: zero,
            waiting_days: zero,
            received: pre_stocked,
            ordered: pre_stocked,
            orders: count(zero, pre_stocked.simd_gt(zero)),
        }
    }

    #[inline(always)]
    fn zero(&self) -> i32x16<S> {
        i32x16::splat(self.simd, 0)
    }

    /// What remains of a count in each lane.
    #[inline(always)]
    fn thinned(&self, counts: i32x16<S>, thinner: &mut Thinner, uniform: f64) -> i32x16<S> {
        if thinner.keeps_nothing() || !counts.simd_gt(self.zero()).any_true() {
            return self.zero();
        }
        load(self.simd, &thin_lanes(&counts.to_array(), thinner, uniform))
    }

    /// On hand less what is promised.
    #[inline(always)]
    fn unpromised(&self) -> i32x16<S> {
        (self.on_hand - self.pending - self.reserved).max(self.zero())
    }

    /// 2. Arrivals; waiting customers are served first.
    #[inline(always)]
    fn receive(&mut self, today: &Today<'_>, future: &Future, scratch: &Scratch, shop: Option<&mut Shop>) {
        let (simd, day) = (self.simd, today.day);
        let (setting, counts) = (today.ground.setting, today.segment.counts);
        let order_days = future.list(today.group.mode).on(day);
        let open = future.open[day];
        let arrivals = !order_days.is_empty() || open != 0;
        let mut received = i32x16::splat(simd, open);
        for order_day in order_days {
            received += load(simd, &scratch.orders[*order_day as usize]);
        }
        self.on_hand += received;
        let beside = shop.is_some();
        if let Some(shop) = shop {
            let back = load(simd, &shop.parcels.restock(day, counts));
            self.on_hand += back;
            self.position += back;
            let samples = setting.flow.samples.get(day).map_or(0, |pieces| i32::try_from(*pieces).unwrap_or(i32::MAX));
            if samples > 0 {
                let samples = self.unpromised().min(i32x16::splat(simd, samples));
                self.on_hand -= samples;
                self.position -= samples;
                tally(counts, &mut shop.parcels.tally.samples, &samples.to_array());
            }
            let late = self.backlog.min(self.unpromised());
            tally(counts, &mut shop.parcels.tally.shipped, &late.to_array());
        }
        if arrivals || beside {
            let late = self.backlog.min(self.unpromised());
            self.on_hand -= late;
            self.backlog -= late;
            if counts {
                self.served_late += late;
            }
        }
        self.for_sale = self.unpromised();
        if arrivals && counts {
            self.received += received;
            if day > setting.measure_from {
                let closed = received.simd_gt(self.zero());
                self.cycles = count(self.cycles, closed);
                self.clean = count(self.clean, closed & !self.short);
                self.short &= !closed;
            }
        }
        if day == setting.measure_from {
            self.peak = self.for_sale;
            self.short = mask32x16::splat(simd, false);
        } else if counts && (arrivals || beside) {
            self.peak = self.peak.max(self.for_sale);
        }
    }

    /// 6. The pre-stock order and the reorder rule.
    #[inline(always)]
    fn review(&mut self, group: &Group, segment: &Segment, day: usize, too_late: i32, scratch: &mut Scratch) {
        let (simd, zero) = (self.simd, self.zero());
        let mut ordered = zero;
        if let Some(pre_stock) = group.pre_stock_on(day) {
            ordered = load(simd, &pre_stock[0]);
            self.position += ordered;
        }
        // What comes too late is as good as a higher level.
        let level = load(simd, &group.levels[day * group.level_stride]) + i32x16::splat(simd, too_late);
        let wanted = self.position.simd_le(level);
        if wanted.any_true() {
            let lanes = &group.orders[0];
            let quantity = match group.size {
                SizeKind::Fixed => load(simd, &lanes.quantity),
                SizeKind::ByShortfall => order_size(simd, lanes, level - self.position),
            };
            let rule = only(wanted, quantity);
            self.position += rule;
            ordered += rule;
        }
        if segment.counts {
            self.ordered += ordered;
            self.orders = count(self.orders, ordered.simd_gt(zero));
        }
        ordered.store_array(&mut scratch.orders[day]);
    }

    /// An evening guard looks, and alerts ring.
    #[inline(always)]
    fn evening(&mut self, guard: Option<&GuardLanes>, day: usize, scratch: &mut Scratch, out: &mut OutcomeLanes) {
        let left = self.unpromised();
        if guard.is_some_and(|guard| guard.look == Look::Close) {
            self.commanded_off = look(left, self.pause, self.resume, self.commanded_off);
            self.commanded_off.to_vector().store_array(&mut scratch.commanded_off[day]);
        }
        self.ring(left, day, scratch, out);
    }

    #[inline(always)]
    fn write_stretch(&self, segment: &Segment, reference: i32, here: &Here<S>, out: &mut OutcomeLanes) {
        let simd = self.simd;
        let StretchLanes { seen, served, waited, stockout_days, ready_days, on_hand_days, .. } =
            out.begin_stretch(segment, reference);
        add(simd, here.seen, seen);
        add(simd, here.served, served);
        add(simd, here.waited, waited);
        add(simd, here.stockout_days, stockout_days);
        add(simd, here.ready_days, ready_days);
        add(simd, here.on_hand_days, on_hand_days);
        if let Some(event) = segment.event {
            add(simd, here.served, &mut out.served_by_event[event]);
            self.on_hand.store_array(&mut out.stock_after_event);
        }
    }

    #[inline(always)]
    fn write(&self, out: &mut OutcomeLanes) {
        let last = count(self.zero(), !self.short);
        (self.cycles + i32x16::splat(self.simd, 1)).store_array(&mut out.cycles);
        (self.clean + last).store_array(&mut out.clean_cycles);
        self.peak.store_array(&mut out.peak_stock);
        self.on_hand.store_array(&mut out.final_stock);
        self.backlog.store_array(&mut out.waiting_at_end);
        self.served_late.store_array(&mut out.served_late);
        self.waiting_days.store_array(&mut out.waiting_days);
        self.received.store_array(&mut out.received);
        self.ordered.store_array(&mut out.ordered);
        self.orders.store_array(&mut out.orders);
        (self.position - self.on_hand + self.backlog + self.pending).store_array(&mut out.final_on_order);
    }
}

/// The number of each lane.
const NUMBERS: Lanes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
