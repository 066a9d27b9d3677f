//! The lean loop: stock, orders of a fixed size and a guard whose ads stop and go at once, and nothing else.
//!
//! Written for any vector and number of a lane ([`LaneNumber`]): `B` vectors side by side, so that a wide processor has
//! independent work while one of them waits for its own results. State lives in registers; a stretch of days adds up in
//! registers and is written out at its end. An order is added to the row of the day on which it arrives, which is the
//! same for every candidate of a path and mode; a row is cleared as it is read.

use fearless_simd::{Simd, SimdInt, SimdMask};

use super::future::LeanDays;
use super::group::{Group, LANES, Lanes};
use super::number::{DaySum, LaneNumber, MOST_DAYS};
use super::outcome::OutcomeLanes;
use super::rows::{PlanRows, add_lanes, set_lanes};
use super::{Ground, WIDE};

/// Most lanes side by side.
pub(super) const WIDEST: usize = WIDE * LANES;

/// What one path gives to the lean loop, in the numbers of the lanes.
#[derive(Debug, Clone, Copy)]
pub(super) struct LeanPath<'a, E> {
    pub(super) days: &'a LeanDays<E>,
    /// Day on which an order of each day arrives, at most the number of days: such an order never does.
    pub(super) arrivals: &'a [u32],
    /// Days on which open orders arrive, with their pieces.
    pub(super) open: &'a [(u32, i32)],
}

/// Runs every candidate of a group over one path and leaves their outcomes in `out`, one for each vector of [`LANES`].
#[inline(always)]
pub(super) fn run<S, V>(
    simd: S,
    group: &Group,
    rows: &PlanRows<V::Element>,
    ground: &Ground<'_>,
    path: LeanPath<'_, V::Element>,
    ring: &mut Vec<V::Element>,
    out: &mut [OutcomeLanes],
) where
    S: Simd,
    V: SimdInt<S>,
    V::Mask: SimdMask<S, Ints = V>,
    V::Element: LaneNumber,
{
    let lanes = group.vectors * LANES;
    let room = (ground.setting.days + 1) * WIDEST;
    if ring.len() < room {
        ring.resize(room, <V::Element as LaneNumber>::nearest(0));
    }
    let plans = Plans { group, rows, ground };
    // Only registers of 512 bits are so many that the state of several vectors fits in them.
    if const { V::LEN * size_of::<V::Element>() < 64 } {
        for at in (0..lanes).step_by(V::LEN) {
            block::<S, V, 1>(simd, plans, path, ring, at, out);
        }
    } else if const { V::LEN > LANES } {
        for at in (0..lanes).step_by(WIDEST) {
            block::<S, V, { WIDE / 2 }>(simd, plans, path, ring, at, out);
        }
    } else if lanes == WIDEST {
        block::<S, V, WIDE>(simd, plans, path, ring, 0, out);
    } else {
        block::<S, V, 1>(simd, plans, path, ring, 0, out);
    }
}

/// What the blocks of a group share.
struct Plans<'a, E> {
    group: &'a Group,
    rows: &'a PlanRows<E>,
    ground: &'a Ground<'a>,
}

impl<E> Clone for Plans<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Plans<'_, E> {}

/// Runs `B` vectors of candidates, from lane `at` of the group on.
#[inline(always)]
fn block<S, V, const B: usize>(
    simd: S,
    plans: Plans<'_, V::Element>,
    path: LeanPath<'_, V::Element>,
    ring: &mut [V::Element],
    at: usize,
    out: &mut [OutcomeLanes],
) where
    S: Simd,
    V: SimdInt<S>,
    V::Mask: SimdMask<S, Ints = V>,
    V::Element: LaneNumber,
{
    let Plans { group, rows, ground } = plans;
    let number = |value: i32| V::splat(simd, <V::Element as LaneNumber>::nearest(value));
    let zero = number(0);
    let width = B * V::LEN;
    let quantity: [V; B] = load(simd, &rows.quantity[at..]);
    // Levels that no stock is below, and no stock reaches: with them everything stays as it is.
    let (never, always) = (number(i32::MIN), number(i32::MAX));
    let mut pause = [never; B];
    let mut resume = [always; B];
    // A lane of a mask is 0 or -1: as a number it counts down, and an AND with it chooses.
    let mut paused = [zero; B];
    let mut on_hand: [V; B] = load(simd, &rows.opening[at..]);
    let mut position = on_hand;
    for position in &mut position {
        *position += number(ground.open_units);
    }
    let mut peak = on_hand;
    // What arrives on the first day closes no cycle: the count begins one lower.
    let mut cycles = [number(i32::from(path.open.first().is_some_and(|(day, _)| *day == 0))); B];
    let mut dirty = [zero; B];
    let mut short = [zero; B];
    for (day, units) in path.open {
        for b in 0..B {
            add_to(simd, number(*units), &mut ring[*day as usize * width + b * V::LEN..][..V::LEN]);
        }
    }
    for (day, units) in &rows.pre_stock {
        let units: [V; B] = load(simd, &units[at..]);
        let row = &mut ring[path.arrivals[*day] as usize * width..][..width];
        for (units, row) in units.into_iter().zip(row.chunks_exact_mut(V::LEN)) {
            add_to(simd, units, row);
        }
    }

    let guard = group.guard.as_ref();
    let guarded = guard.is_some();
    let levels_move = rows.levels_move();
    let mut level: [V; B] = load(simd, &rows.level_on(0)[at..]);
    for segment in ground.segments {
        if let Some(guard) = guard {
            if segment.begins_event {
                // Levels are taken from the stock of the event's first hour, what arrives that day included.
                for b in 0..B {
                    let row = &ring[segment.days.start * width + b * V::LEN..][..V::LEN];
                    let start = on_hand[b] + V::from_slice(simd, row);
                    let [low, high] = guard.levels_of_lanes(at + b * V::LEN, start.as_slice());
                    pause[b] = V::from_slice(simd, &low[..V::LEN]);
                    resume[b] = V::from_slice(simd, &high[..V::LEN]);
                    paused[b] = zero;
                }
            } else if segment.event.is_none() {
                // Off duty: the ads go on as they were left.
                (pause, resume) = ([never; B], [always; B]);
            }
        }
        let mut first = segment.days.start;
        while first < segment.days.end {
            // The evening of a pre-stock order is a chunk of its own.
            let ahead = rows.pre_stock_on(first);
            let last = match ahead {
                Some(_) => first + 1,
                None => rows.next_pre_stock_after(first).min(first + MOST_DAYS).min(segment.days.end),
            };
            let at_first = position;
            if let Some(units) = ahead {
                let units: [V; B] = load(simd, &units[at..]);
                for b in 0..B {
                    position[b] += units[b];
                }
            }
            let mut seen = [DaySum::nothing(zero); B];
            let mut on_hand_days = [DaySum::nothing(zero); B];
            let mut stockout_days = [zero; B];
            let mut ready_days = [zero; B];
            let mut wanted_days = [zero; B];
            let demand_and_arrivals = path.days.of(first..last).iter().zip(&path.arrivals[first..last]);
            for (day, (today, arrives)) in (first..last).zip(demand_and_arrivals) {
                // 2. Arrivals. Many short loops: each is unrolled, and the state stays in registers.
                let row = &mut ring[day * width..day * width + width];
                let received: [V; B] = load(simd, row);
                for b in 0..B {
                    zero.store_slice(&mut row[b * V::LEN..][..V::LEN]);
                }
                for b in 0..B {
                    on_hand[b] += received[b];
                    peak[b] = peak[b].max(on_hand[b]);
                }
                for b in 0..B {
                    let closed = received[b].simd_gt(zero).to_vector();
                    cycles[b] += closed;
                    dirty[b] += closed & short[b];
                    short[b] &= !closed;
                }
                // 3. The morning look. 4. Demand.
                let (organic, ad) = (V::splat(simd, today.organic), V::splat(simd, today.ad));
                let mut demand = [organic + ad; B];
                if guarded {
                    // Hysteresis: below the one level the ads stop, from the other on they go on, between them all stays
                    // as it is.
                    for b in 0..B {
                        let low = on_hand[b].simd_lt(pause[b]).to_vector();
                        paused[b] = low | (paused[b] & on_hand[b].simd_lt(resume[b]).to_vector());
                    }
                    for b in 0..B {
                        demand[b] = organic + (ad & !paused[b]);
                    }
                }
                // 5. Settlement.
                for b in 0..B {
                    seen[b].add(demand[b]);
                }
                for b in 0..B {
                    let unmet = demand[b].simd_gt(on_hand[b]).to_vector();
                    stockout_days[b] += unmet;
                    short[b] |= unmet;
                }
                for b in 0..B {
                    let served = demand[b].min(on_hand[b]);
                    on_hand[b] -= served;
                    position[b] -= served;
                }
                for b in 0..B {
                    ready_days[b] += on_hand[b].simd_gt(zero).to_vector();
                    on_hand_days[b].add(on_hand[b]);
                }
                // 6. Review.
                if levels_move {
                    level = load(simd, &rows.level_on(day)[at..]);
                }
                let row = *arrives as usize * width;
                let row = &mut ring[row..row + width];
                for b in 0..B {
                    let wanted = position[b].simd_lt(level[b]).to_vector();
                    let ordered = wanted & quantity[b];
                    wanted_days[b] += wanted;
                    position[b] += ordered;
                    add_to(simd, ordered, &mut row[b * V::LEN..][..V::LEN]);
                }
            }
            let mut chunk = Chunk::default();
            for b in 0..B {
                let here = b * V::LEN..(b + 1) * V::LEN;
                seen[b].totals(&mut chunk.seen[here.clone()]);
                on_hand_days[b].totals(&mut chunk.on_hand_days[here.clone()]);
                widen(zero - stockout_days[b], &mut chunk.stockout_days[here.clone()]);
                widen(zero - ready_days[b], &mut chunk.ready_days[here.clone()]);
                widen(zero - wanted_days[b], &mut chunk.orders[here.clone()]);
                widen(quantity[b], &mut chunk.ordered[here.clone()]);
                widen(at_first[b], &mut chunk.served[here.clone()]);
                widen(position[b], &mut chunk.rise[here]);
            }
            chunk.finish(width, ahead.map(|units| &units[at..at + width]));
            chunk.add_to(at, width, segment.event, out);
            first = last;
        }
        if segment.event.is_some() {
            put(at, &on_hand, out, |out| &mut out.stock_after_event);
        }
    }
    // Nothing arrives after the last day.
    for entry in &mut ring[ground.setting.days * width..][..width] {
        *entry = <V::Element as LaneNumber>::nearest(0);
    }
    let one = number(1);
    let mut clean = [zero; B];
    let mut on_order = [zero; B];
    for b in 0..B {
        // The last cycle is closed by the end.
        clean[b] = dirty[b] - cycles[b] + one + short[b];
        cycles[b] = one - cycles[b];
        on_order[b] = position[b] - on_hand[b];
    }
    put(at, &cycles, out, |out| &mut out.cycles);
    put(at, &clean, out, |out| &mut out.clean_cycles);
    put(at, &peak, out, |out| &mut out.peak_stock);
    put(at, &on_hand, out, |out| &mut out.final_stock);
    put(at, &on_order, out, |out| &mut out.final_on_order);
}

/// What a block did on some days in a row, with 32 bits.
#[derive(Debug)]
struct Chunk {
    seen: [i32; WIDEST],
    on_hand_days: [i32; WIDEST],
    stockout_days: [i32; WIDEST],
    ready_days: [i32; WIDEST],
    /// Evenings on which something was ordered; at first those of the reorder rule.
    orders: [i32; WIDEST],
    /// Pieces ordered; at first the quantity of an order.
    ordered: [i32; WIDEST],
    /// Pieces served; at first the position before the first day.
    served: [i32; WIDEST],
    /// Position after the last day.
    rise: [i32; WIDEST],
}

impl Default for Chunk {
    #[inline(always)]
    fn default() -> Self {
        let nothing = [0; WIDEST];
        Self {
            seen: nothing,
            on_hand_days: nothing,
            stockout_days: nothing,
            ready_days: nothing,
            orders: nothing,
            ordered: nothing,
            served: nothing,
            rise: nothing,
        }
    }
}

impl Chunk {
    /// What the loop does not count: the position rises by what is ordered and falls by what is served.
    #[inline(always)]
    fn finish<E: LaneNumber>(&mut self, width: usize, ahead: Option<&[E]>) {
        for (ordered, orders) in self.ordered[..width].iter_mut().zip(&self.orders) {
            *ordered *= orders;
        }
        if let Some(units) = ahead {
            for (lane, units) in units.iter().enumerate() {
                let units = units.wide();
                self.ordered[lane] += units;
                self.orders[lane] |= i32::from(units > 0);
            }
        }
        for ((served, ordered), rise) in self.served[..width].iter_mut().zip(&self.ordered).zip(&self.rise) {
            *served += ordered - rise;
        }
    }

    #[inline(always)]
    fn add_to(&self, at: usize, width: usize, event: Option<usize>, out: &mut [OutcomeLanes]) {
        add_lanes(at, &self.seen[..width], out, |out| &mut out.stretch(event).seen);
        add_lanes(at, &self.on_hand_days[..width], out, |out| &mut out.stretch(event).on_hand_days);
        add_lanes(at, &self.stockout_days[..width], out, |out| &mut out.stretch(event).stockout_days);
        add_lanes(at, &self.ready_days[..width], out, |out| &mut out.stretch(event).ready_days);
        add_lanes(at, &self.served[..width], out, |out| &mut out.stretch(event).served);
        add_lanes(at, &self.orders[..width], out, |out| &mut out.orders);
        add_lanes(at, &self.ordered[..width], out, |out| &mut out.ordered);
        if let Some(event) = event {
            add_lanes(at, &self.served[..width], out, |out| &mut out.served_by_event[event]);
        }
    }
}

/// The vectors of a block from the first lanes of a row.
#[inline(always)]
fn load<S: Simd, V: SimdInt<S>, const B: usize>(simd: S, row: &[V::Element]) -> [V; B] {
    let mut vectors = [V::from_slice(simd, &row[..V::LEN]); B];
    for b in 1..B {
        vectors[b] = V::from_slice(simd, &row[b * V::LEN..][..V::LEN]);
    }
    vectors
}

#[inline(always)]
fn add_to<S: Simd, V: SimdInt<S>>(simd: S, numbers: V, row: &mut [V::Element]) {
    (V::from_slice(simd, row) + numbers).store_slice(row);
}

#[inline(always)]
fn widen<S: Simd, V: SimdInt<S>>(numbers: V, to: &mut [i32])
where
    V::Element: LaneNumber,
{
    for (to, number) in to.iter_mut().zip(numbers.as_slice()) {
        *to = number.wide();
    }
}

/// Writes the lanes of a block in the place that [`OutcomeLanes::begin`] left empty.
#[inline(always)]
fn put<S: Simd, V: SimdInt<S>, const B: usize>(
    at: usize,
    numbers: &[V; B],
    out: &mut [OutcomeLanes],
    pick: impl Fn(&mut OutcomeLanes) -> &mut Lanes,
) where
    V::Element: LaneNumber,
{
    let mut wide = [0; WIDEST];
    for (b, numbers) in numbers.iter().enumerate() {
        widen(*numbers, &mut wide[b * V::LEN..][..V::LEN]);
    }
    set_lanes(at, &wide[..B * V::LEN], out, pick);
}
