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
    /// Open orders that arrive on each day, in pieces.
    pub(super) open: &'a [i32],
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
    let wide = V::LEN * size_of::<V::Element>() >= 64 && lanes == WIDEST;
    if wide && V::LEN == LANES {
        block::<S, V, WIDE>(simd, plans, path, ring, 0, out);
    } else if wide {
        block::<S, V, { WIDE / 2 }>(simd, plans, path, ring, 0, out);
    } else {
        for at in (0..lanes).step_by(V::LEN) {
            block::<S, V, 1>(simd, plans, path, ring, at, out);
        }
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
    let load = |row: &[V::Element]| -> [V; B] {
        std::array::from_fn(|b| V::from_slice(simd, &row[at + b * V::LEN..][..V::LEN]))
    };
    let zero = number(0);
    let width = B * V::LEN;
    let quantity = load(&rows.quantity);
    let mut level = load(rows.level_on(0));
    let mut pause = [zero; B];
    let mut resume = [zero; B];
    // A lane of a mask is 0 or -1: as a number it counts down, and an AND with it chooses.
    let mut paused = [zero; B];
    let mut on_hand = load(&rows.opening);
    let mut position: [V; B] = std::array::from_fn(|b| on_hand[b] + number(ground.open_units));
    let mut peak = on_hand;
    let mut cycles = [zero; B];
    let mut dirty = [zero; B];
    let mut short = [zero; B];
    // Evenings on which only a pre-stock order was placed.
    let mut pre_stock_only = [zero; B];

    for segment in ground.segments {
        // On duty on event days only.
        let guard = group.guard.as_ref().filter(|_| segment.event.is_some());
        let mut first = segment.days.start;
        while first < segment.days.end {
            let days = first..segment.days.end.min(first + MOST_DAYS);
            let position_at_first = position;
            let mut seen = [DaySum::nothing(zero); B];
            let mut on_hand_days = [DaySum::nothing(zero); B];
            let mut stockout_days = [zero; B];
            let mut ready_days = [zero; B];
            let mut wanted_days = [zero; B];
            for day in days.clone() {
                // 2. Arrivals.
                let row = &mut ring[day * width..][..width];
                let mut received: [V; B] = std::array::from_fn(|b| V::from_slice(simd, &row[b * V::LEN..][..V::LEN]));
                for b in 0..B {
                    zero.store_slice(&mut row[b * V::LEN..][..V::LEN]);
                }
                if path.open[day] != 0 {
                    for received in &mut received {
                        *received += number(path.open[day]);
                    }
                }
                for b in 0..B {
                    on_hand[b] += received[b];
                }
                for b in 0..B {
                    peak[b] = peak[b].max(on_hand[b]);
                }
                if day > 0 {
                    for b in 0..B {
                        let closed = received[b].simd_gt(zero).to_vector();
                        cycles[b] += closed;
                        dirty[b] += closed & short[b];
                        short[b] = short[b] & !closed;
                    }
                }
                if let Some(guard) = guard
                    && segment.begins_event
                    && day == segment.days.start
                {
                    for b in 0..B {
                        paused[b] = zero;
                        let [low, high] = guard.levels_of_lanes(at + b * V::LEN, on_hand[b].as_slice());
                        pause[b] = V::from_slice(simd, &low[..V::LEN]);
                        resume[b] = V::from_slice(simd, &high[..V::LEN]);
                    }
                }
                // 3. The morning look. 4. Demand.
                let today = path.days.on(day);
                let (organic, ad) = (V::splat(simd, today.organic), V::splat(simd, today.ad));
                let mut demand = [organic + ad; B];
                if group.guard.is_some() {
                    if guard.is_some() {
                        // Hysteresis: below the one level the ads stop, from the other on they go on, between them all
                        // stays as it is.
                        for b in 0..B {
                            let low = on_hand[b].simd_lt(pause[b]).to_vector();
                            paused[b] = low | (paused[b] & on_hand[b].simd_lt(resume[b]).to_vector());
                        }
                    }
                    for b in 0..B {
                        demand[b] = organic + (ad & !paused[b]);
                    }
                }
                // 5. Settlement. Many short loops: each is unrolled, and the state stays in registers.
                for b in 0..B {
                    seen[b].add(demand[b]);
                }
                for b in 0..B {
                    let unmet = demand[b].simd_gt(on_hand[b]).to_vector();
                    stockout_days[b] += unmet;
                    short[b] = short[b] | unmet;
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
                // 6. The pre-stock order, which the reorder rule of the same evening sees, and the reorder rule.
                if rows.levels_move() {
                    level = load(rows.level_on(day));
                }
                let arrivals = &mut ring[path.arrivals[day] as usize * width..][..width];
                if let Some(units) = rows.pre_stock_on(day) {
                    let units = load(units);
                    for b in 0..B {
                        position[b] += units[b];
                        let wanted = position[b].simd_lt(level[b]).to_vector();
                        pre_stock_only[b] += units[b].simd_gt(zero).to_vector() & !wanted;
                        add_to(simd, units[b], &mut arrivals[b * V::LEN..][..V::LEN]);
                    }
                }
                for b in 0..B {
                    let wanted = position[b].simd_lt(level[b]).to_vector();
                    let ordered = wanted & quantity[b];
                    wanted_days[b] += wanted;
                    position[b] += ordered;
                    add_to(simd, ordered, &mut arrivals[b * V::LEN..][..V::LEN]);
                }
            }
            // What was ordered by the rule and ahead, less what was served, is what the position rose by.
            let mut rule = [0; WIDEST];
            let mut served = [0; WIDEST];
            let mut sums = [[0; WIDEST]; 2];
            let mut counts = [[0; WIDEST]; 3];
            for b in 0..B {
                let here = b * V::LEN..(b + 1) * V::LEN;
                seen[b].totals(&mut sums[0][here.clone()]);
                on_hand_days[b].totals(&mut sums[1][here.clone()]);
                for (to, from) in counts.iter_mut().zip([stockout_days[b], ready_days[b], wanted_days[b]]) {
                    widen(from, &mut to[here.clone()]);
                }
                for (lane, (quantity, (was, is))) in here.clone().zip(
                    quantity[b]
                        .as_slice()
                        .iter()
                        .zip(position_at_first[b].as_slice().iter().zip(position[b].as_slice())),
                ) {
                    rule[lane] = -counts[2][lane] * quantity.wide();
                    served[lane] = rule[lane] - (is.wide() - was.wide());
                }
            }
            for (_, units) in rows.pre_stock.iter().filter(|(day, _)| days.contains(day)) {
                for (lane, units) in units[at..at + width].iter().enumerate() {
                    rule[lane] += units.wide();
                    served[lane] += units.wide();
                }
            }
            for count in counts.as_flattened_mut() {
                *count = -*count;
            }
            let event = segment.event;
            add_lanes(at, &sums[0][..width], out, |out| &mut out.stretch(event).seen);
            add_lanes(at, &sums[1][..width], out, |out| &mut out.stretch(event).on_hand_days);
            add_lanes(at, &counts[0][..width], out, |out| &mut out.stretch(event).stockout_days);
            add_lanes(at, &counts[1][..width], out, |out| &mut out.stretch(event).ready_days);
            add_lanes(at, &counts[2][..width], out, |out| &mut out.orders);
            add_lanes(at, &rule[..width], out, |out| &mut out.ordered);
            add_lanes(at, &served[..width], out, |out| &mut out.stretch(event).served);
            if let Some(event) = event {
                add_lanes(at, &served[..width], out, |out| &mut out.served_by_event[event]);
            }
            first = days.end;
        }
        if segment.event.is_some() {
            put(at, &on_hand, out, |out| &mut out.stock_after_event);
        }
    }
    let one = number(1);
    let of_last: [V; B] = std::array::from_fn(|b| one + short[b]);
    let closed: [V; B] = std::array::from_fn(|b| one - cycles[b]);
    let clean: [V; B] = std::array::from_fn(|b| dirty[b] - cycles[b] + of_last[b]);
    let on_order: [V; B] = std::array::from_fn(|b| position[b] - on_hand[b]);
    put(at, &closed, out, |out| &mut out.cycles);
    put(at, &clean, out, |out| &mut out.clean_cycles);
    put(at, &peak, out, |out| &mut out.peak_stock);
    put(at, &on_hand, out, |out| &mut out.final_stock);
    put(at, &on_order, out, |out| &mut out.final_on_order);
    let mut only = [0; WIDEST];
    for b in 0..B {
        widen(zero - pre_stock_only[b], &mut only[b * V::LEN..][..V::LEN]);
    }
    add_lanes(at, &only[..width], out, |out| &mut out.orders);
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
