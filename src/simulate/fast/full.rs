//! The full loop: every mechanic, one vector of candidates at a time.
//!
//! There is enough to do in a day to keep the processor busy without a second vector beside it. What only few lanes
//! need on few days (wasted spend, waiting customers, stockouts that settle alerts) is done lane by lane.

use fearless_simd::{Select, Simd, SimdBase, SimdMask, i32x16, mask32x16};

use super::future::Future;
use super::group::{Group, GuardLanes, LANES, Lanes, NEVER, SizeKind};
use super::outcome::{OutcomeLanes, StretchLanes};
use super::segment::Segment;
use super::vector::{add, count, load, look, only, order_size};
use super::{Ground, Scratch};
use crate::policy::Look;
use crate::process::ProductPath;
use crate::simulate::thinning::thin;

/// State of a vector of candidates.
struct Vector<S: Simd> {
    simd: S,
    on_hand: i32x16<S>,
    /// On hand + on order - backlog.
    position: i32x16<S>,
    backlog: i32x16<S>,
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

/// Counts of the present segment.
struct Here<S: Simd> {
    seen: i32x16<S>,
    served: i32x16<S>,
    waited: i32x16<S>,
    stockout_days: i32x16<S>,
    ready_days: i32x16<S>,
    on_hand_days: i32x16<S>,
}

/// Runs the candidates of one vector over one path and leaves their outcome in `out`.
#[inline(always)]
pub(super) fn run<S: Simd>(
    simd: S,
    group: &Group,
    ground: &Ground<'_>,
    path: &ProductPath,
    future: &mut Future,
    scratch: &mut Scratch,
    out: &mut OutcomeLanes,
) {
    let setting = ground.setting;
    let zero = i32x16::splat(simd, 0);
    let off = mask32x16::splat(simd, false);
    scratch.prepare(setting);
    let pre_stocked = load(simd, &group.pre_stocked[0]);
    let mut v = Vector {
        simd,
        on_hand: pre_stocked + i32x16::splat(simd, ground.opening),
        position: pre_stocked + i32x16::splat(simd, ground.opening + ground.open_units),
        backlog: zero,
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
    };
    let mut planned_spend = 0.0;
    for (at, segment) in ground.segments.iter().enumerate() {
        let mut here =
            Here { seen: zero, served: zero, waited: zero, stockout_days: zero, ready_days: zero, on_hand_days: zero };
        for day in segment.days.clone() {
            v.receive(group, ground, segment, day, future, scratch);
            if segment.begins_event && day == segment.days.start {
                v.begin_event(group, ground, day, scratch);
            }
            v.advance_ads(group.guard.as_ref(), ground, segment, day, scratch);
            let demand = v.demand(path, ground, day, future);
            let spend = if segment.counts { setting.planned_spend[day] } else { 0.0 };
            planned_spend += spend;
            v.settle(ground, segment, path, day, demand, spend, &mut here, scratch, out);
            if segment.counts {
                v.waiting_days += v.backlog;
            }
            v.review(group, segment, day, scratch);
            if segment.event.is_some() {
                v.evening(group.guard.as_ref(), day, scratch, out);
            }
        }
        if segment.counts {
            v.write_stretch(segment, future.reference[at], &here, out);
        }
    }
    let last = count(zero, !v.short);
    (v.cycles + i32x16::splat(simd, 1)).store_array(&mut out.cycles);
    (v.clean + last).store_array(&mut out.clean_cycles);
    v.peak.store_array(&mut out.peak_stock);
    v.on_hand.store_array(&mut out.final_stock);
    v.backlog.store_array(&mut out.waiting_at_end);
    v.served_late.store_array(&mut out.served_late);
    v.waiting_days.store_array(&mut out.waiting_days);
    v.received.store_array(&mut out.received);
    v.ordered.store_array(&mut out.ordered);
    v.orders.store_array(&mut out.orders);
    (v.position - v.on_hand + v.backlog).store_array(&mut out.final_on_order);
    for lane in 0..LANES {
        out.spend_saved[lane] = planned_spend - out.spend[lane];
    }
}

impl<S: Simd> Vector<S> {
    #[inline(always)]
    fn zero(&self) -> i32x16<S> {
        i32x16::splat(self.simd, 0)
    }

    /// 2. Arrivals; waiting customers are served first.
    #[inline(always)]
    fn receive(
        &mut self,
        group: &Group,
        ground: &Ground<'_>,
        segment: &Segment,
        day: usize,
        future: &Future,
        scratch: &Scratch,
    ) {
        let simd = self.simd;
        let measure_from = ground.setting.measure_from;
        let order_days = future.list(group.mode).on(day);
        let open = future.open[day];
        if !order_days.is_empty() || open != 0 {
            let mut received = i32x16::splat(simd, open);
            for order_day in order_days {
                received += load(simd, &scratch.orders[*order_day as usize]);
            }
            self.on_hand += received;
            let late = self.backlog.min(self.on_hand);
            self.on_hand -= late;
            self.backlog -= late;
            if segment.counts {
                self.served_late += late;
                self.received += received;
                if day > measure_from {
                    let closed = received.simd_gt(self.zero());
                    self.cycles = count(self.cycles, closed);
                    self.clean = count(self.clean, closed & !self.short);
                    self.short &= !closed;
                }
                self.peak = self.peak.max(self.on_hand);
            }
        }
        if day == measure_from {
            self.peak = self.on_hand;
            self.short = mask32x16::splat(simd, false);
        }
    }

    /// Each event begins with running ads and armed alerts, its levels taken from the stock of its first hour.
    #[inline(always)]
    fn begin_event(&mut self, group: &Group, ground: &Ground<'_>, day: usize, scratch: &mut Scratch) {
        let simd = self.simd;
        let off = mask32x16::splat(simd, false);
        self.commanded_off = off;
        self.stopped = off;
        self.event_short = off;
        self.phase = self.zero();
        self.commands_from = day;
        let start = self.on_hand.to_array();
        if let Some(guard) = &group.guard {
            let [pause, resume] = guard.levels_in_pieces(0, &start);
            self.pause = load(simd, &pause);
            self.resume = load(simd, &resume);
        }
        for (at, level) in ground.setting.alerts.levels.iter().enumerate() {
            scratch.alert_levels[at] =
                start.map(|stock| i32::try_from(level.highest_at_or_below(stock as u64)).unwrap_or(i32::MAX));
            scratch.rang_on[at] = [NOT_YET; LANES];
        }
    }

    /// 1. and 3. Commands take effect, a morning guard looks, and the ads move on to the phase of today.
    #[inline(always)]
    fn advance_ads(
        &mut self,
        guard: Option<&GuardLanes>,
        ground: &Ground<'_>,
        segment: &Segment,
        day: usize,
        scratch: &mut Scratch,
    ) {
        let Some(guard) = guard else { return };
        let simd = self.simd;
        let lag = match guard.look {
            Look::Open | Look::Within => {
                if segment.event.is_some() {
                    self.commanded_off = look(self.on_hand, self.pause, self.resume, self.commanded_off);
                }
                guard.delay_days
            }
            Look::Close => guard.delay_days + 1,
        };
        self.commanded_off.to_vector().store_array(&mut scratch.commanded_off[day]);
        self.stopped = match day.checked_sub(lag) {
            Some(then) if then >= self.commands_from => {
                mask32x16::from_vector(load(simd, &scratch.commanded_off[then]))
            }
            _ => mask32x16::splat(simd, false),
        };
        self.next_phase(ground);
    }

    /// [`AdPhases::next`](crate::policy::AdPhases::next) on vectors.
    #[inline(always)]
    fn next_phase(&mut self, ground: &Ground<'_>) {
        let (simd, zero) = (self.simd, self.zero());
        let was_running = self.phase.simd_eq(zero);
        if !(self.stopped | !was_running).any_true() {
            return;
        }
        let phases = &ground.setting.ad_phases;
        let number = |count: usize| i32x16::splat(simd, count as i32);
        let in_pause = self.phase.simd_le(number(phases.last_paused())) & !was_running;
        let next = self.phase + number(1);
        let wrapped = next.simd_lt(number(phases.shares().len())).select(next, zero);
        let running = was_running.select(zero, in_pause.select(number(phases.restart()), wrapped));
        let paused = in_pause.select(next.min(number(phases.last_paused())), number(1));
        self.phase = self.stopped.select(paused, running);
    }

    /// 4. Demand: organic, and what the ads bring in their present phase.
    #[inline(always)]
    fn demand(&self, path: &ProductPath, ground: &Ground<'_>, day: usize, future: &mut Future) -> i32x16<S> {
        let simd = self.simd;
        let (organic, planned) = (future.organic[day], future.ad(day));
        let mut demand = i32x16::splat(simd, organic + planned);
        if planned > 0 && self.phase.simd_ne(self.zero()).any_true() {
            let kept = future.ad_by_phase(day, path, ground.setting);
            for (phase, kept) in kept.iter().enumerate().skip(1) {
                let here = self.phase.simd_eq(i32x16::splat(simd, phase as i32));
                demand = here.select(i32x16::splat(simd, organic + kept), demand);
            }
        }
        demand
    }

    /// 5. Served from stock; of the rest some wait, the others are lost.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "a step of the day sees the day")]
    fn settle(
        &mut self,
        ground: &Ground<'_>,
        segment: &Segment,
        path: &ProductPath,
        day: usize,
        demand: i32x16<S>,
        spend: f64,
        here: &mut Here<S>,
        scratch: &mut Scratch,
        out: &mut OutcomeLanes,
    ) {
        let (simd, zero) = (self.simd, self.zero());
        let for_sale = self.on_hand;
        let served = demand.min(for_sale);
        self.on_hand = for_sale - served;
        self.position -= served;
        let unmet = demand.simd_gt(for_sale);
        here.seen += demand;
        here.served += served;
        here.stockout_days = count(here.stockout_days, unmet);
        here.ready_days = count(here.ready_days, self.on_hand.simd_gt(zero));
        here.on_hand_days += self.on_hand;
        self.short |= unmet;
        if unmet.any_true() {
            let share = ground.setting.waiting_share.get();
            if share > 0.0 {
                let uniform = ProductPath::uniform(&path.waiting, day);
                let mut waited = (demand - served).to_array();
                for waited in &mut waited {
                    *waited = thin(*waited as u64, share, uniform) as i32;
                }
                let waited = load(simd, &waited);
                self.backlog += waited;
                self.position -= waited;
                here.waited += waited;
            }
            if segment.event.is_some() {
                let first = unmet & !self.event_short;
                if first.any_true() {
                    self.event_short |= unmet;
                    settle_alerts(first.to_bitmask(), day, scratch, out);
                }
            }
        }
        if spend != 0.0 {
            // Lane by lane over plain numbers: the compiler makes vectors of it.
            let stopped = self.stopped.to_vector().to_array();
            for (total, stopped) in out.spend.iter_mut().zip(&stopped) {
                *total += if *stopped == 0 { spend } else { 0.0 };
            }
            let idle = !self.stopped & (unmet | for_sale.simd_eq(zero));
            if idle.any_true() {
                let idle = idle.to_vector().to_array();
                let (demand, served, for_sale) = (demand.to_array(), served.to_array(), for_sale.to_array());
                for (lane, wasted) in out.spend_wasted.iter_mut().enumerate() {
                    let unserved = f64::from(demand[lane] - served[lane]) / f64::from(demand[lane].max(1));
                    let unserved = if for_sale[lane] == 0 { 1.0 } else { unserved };
                    *wasted += if idle[lane] == 0 { 0.0 } else { spend * unserved };
                }
            }
        }
    }

    /// 6. The pre-stock order and the reorder rule.
    #[inline(always)]
    fn review(&mut self, group: &Group, segment: &Segment, day: usize, scratch: &mut Scratch) {
        let (simd, zero) = (self.simd, self.zero());
        let mut ordered = zero;
        if let Some(pre_stock) = group.pre_stock_on(day) {
            ordered = load(simd, &pre_stock[0]);
            self.position += ordered;
        }
        let level = load(simd, &group.levels[day * group.level_stride]);
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
        let (simd, zero) = (self.simd, self.zero());
        if guard.is_some_and(|guard| guard.look == Look::Close) {
            self.commanded_off = look(self.on_hand, self.pause, self.resume, self.commanded_off);
            self.commanded_off.to_vector().store_array(&mut scratch.commanded_off[day]);
        }
        let Scratch { alert_levels, rang_on, .. } = scratch;
        for (at, (level, rang_on)) in alert_levels.iter_mut().zip(rang_on).enumerate() {
            let armed = load(simd, level);
            let rings = self.on_hand.simd_le(armed) & !self.event_short;
            if rings.any_true() {
                rings.select(i32x16::splat(simd, day as i32), load(simd, rang_on)).store_array(rang_on);
                // It rings once an event.
                rings.select(i32x16::splat(simd, NEVER), armed).store_array(level);
                add(simd, count(zero, rings), &mut out.alerts[at].rang);
            }
        }
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
}

/// An alert that has not rung in the present event.
pub(super) const NOT_YET: i32 = -1;

/// The first unmet piece of an event settles what each level was worth, in the lanes of `first`.
fn settle_alerts(first: u64, day: usize, scratch: &Scratch, out: &mut OutcomeLanes) {
    for (level, rang_on) in out.alerts.iter_mut().zip(&scratch.rang_on) {
        for lane in lanes_of(first) {
            if rang_on[lane] == NOT_YET {
                level.missed[lane] += 1;
            } else {
                level.followed[lane] += 1;
                level.lead_days[lane] += day as i32 - rang_on[lane];
            }
        }
    }
}

/// The lanes whose bit is set.
fn lanes_of(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (lane < LANES).then_some(lane)
    })
}

/// Levels and ring days, one row for each alert level.
pub(super) fn prepare_alerts(rows: &mut Vec<Lanes>, levels: usize, value: i32) {
    rows.clear();
    rows.resize(levels, [value; LANES]);
}
