//! The lean loop: stock, orders of a fixed size and a guard whose ads stop and go at once, and nothing else.
//!
//! Several vectors side by side, so that the processor has independent work while one of them waits for its own
//! results. State lives in registers; a stretch of days adds up in registers and is written out at its end.

use fearless_simd::{Simd, SimdBase, SimdMask, i32x16, mask32x16};

use super::future::Future;
use super::group::{Group, LANES};
use super::outcome::OutcomeLanes;
use super::vector::{add, count, load, look, only};
use super::{Ground, Scratch};

/// Runs the candidates of a group over one path and leaves their outcomes in `out`, one for each vector.
#[inline(always)]
pub(super) fn run<S: Simd, const B: usize>(
    simd: S,
    group: &Group,
    ground: &Ground<'_>,
    future: &Future,
    scratch: &mut Scratch,
    out: &mut [OutcomeLanes],
) {
    let setting = ground.setting;
    let zero = i32x16::splat(simd, 0);
    let off = mask32x16::splat(simd, false);
    let orders = &mut scratch.orders;
    if orders.len() < setting.days * B {
        orders.resize(setting.days * B, [0; LANES]);
    }
    let quantity: [i32x16<S>; B] = std::array::from_fn(|b| load(simd, &group.orders[b].quantity));
    let mut pause = [i32x16::splat(simd, -1); B];
    let mut resume = [zero; B];
    let mut paused = [off; B];
    let mut on_hand: [i32x16<S>; B] =
        std::array::from_fn(|b| i32x16::splat(simd, ground.opening) + load(simd, &group.pre_stocked[b]));
    let mut position: [i32x16<S>; B] = std::array::from_fn(|b| on_hand[b] + i32x16::splat(simd, ground.open_units));
    let mut peak = on_hand;
    let mut cycles = [zero; B];
    let mut clean = [zero; B];
    let mut short = [off; B];
    let mut pre_stock_only = [zero; B];

    for (segment, reference) in ground.segments.iter().zip(&future.reference) {
        let mut seen = [zero; B];
        // Served pieces follow from the balance of stock: at first + received - at last.
        let at_first = on_hand;
        let mut received_here = [zero; B];
        let mut stockout_days = [zero; B];
        let mut ready_days = [zero; B];
        let mut on_hand_days = [zero; B];
        // On duty on event days only.
        let guard = group.guard.as_ref().filter(|_| segment.event.is_some());
        for day in segment.days.clone() {
            // 2. Arrivals.
            let order_days = future.list(group.mode).on(day);
            let open = future.open[day];
            if !order_days.is_empty() || open != 0 {
                let mut received = [i32x16::splat(simd, open); B];
                for order_day in order_days {
                    let row = *order_day as usize * B;
                    for b in 0..B {
                        received[b] += load(simd, &orders[row + b]);
                    }
                }
                for b in 0..B {
                    on_hand[b] += received[b];
                    received_here[b] += received[b];
                    peak[b] = peak[b].max(on_hand[b]);
                    if day > 0 {
                        let closed = received[b].simd_gt(zero);
                        cycles[b] = count(cycles[b], closed);
                        clean[b] = count(clean[b], closed & !short[b]);
                        short[b] &= !closed;
                    }
                }
            }
            if let Some(guard) = guard
                && day == segment.days.start
            {
                for b in 0..B {
                    paused[b] = off;
                    let [low, high] = guard.levels_in_pieces(b, &on_hand[b].to_array());
                    (pause[b], resume[b]) = (load(simd, &low), load(simd, &high));
                }
            }
            // 3. The morning look. 4. Demand.
            let (organic, ad) = (future.organic[day], future.ad(day));
            let mut demand = [i32x16::splat(simd, organic + ad); B];
            if group.guard.is_some() {
                let (without, more) = (i32x16::splat(simd, organic), i32x16::splat(simd, ad));
                if guard.is_some() {
                    for b in 0..B {
                        paused[b] = look(on_hand[b], pause[b], resume[b], paused[b]);
                    }
                }
                for b in 0..B {
                    demand[b] = without + only(!paused[b], more);
                }
            }
            // 5. Settlement. 6. Review. Many short loops: each is unrolled, and the state stays in registers.
            let row = day * group.level_stride;
            let mut served = [zero; B];
            let mut unmet = [off; B];
            for b in 0..B {
                served[b] = demand[b].min(on_hand[b]);
                unmet[b] = demand[b].simd_gt(on_hand[b]);
            }
            for b in 0..B {
                on_hand[b] -= served[b];
                position[b] -= served[b];
            }
            for b in 0..B {
                seen[b] += demand[b];
            }
            for b in 0..B {
                stockout_days[b] = count(stockout_days[b], unmet[b]);
                short[b] |= unmet[b];
            }
            for b in 0..B {
                ready_days[b] = count(ready_days[b], on_hand[b].simd_gt(zero));
                on_hand_days[b] += on_hand[b];
            }
            let mut ordered = [zero; B];
            for b in 0..B {
                let wanted = position[b].simd_le(load(simd, &group.levels[row + b]));
                ordered[b] = only(wanted, quantity[b]);
            }
            for b in 0..B {
                position[b] += ordered[b];
                ordered[b].store_array(&mut orders[day * B + b]);
            }
            if let Some(pre_stock) = group.pre_stock_on(day) {
                // The reorder rule sees the pre-stock order of the same evening: its own is taken back and made again.
                for b in 0..B {
                    let order = &mut orders[day * B + b];
                    let units = load(simd, &pre_stock[b]);
                    position[b] += units - load(simd, order);
                    let wanted = position[b].simd_le(load(simd, &group.levels[row + b]));
                    let ordered = only(wanted, quantity[b]);
                    position[b] += ordered;
                    pre_stock_only[b] = count(pre_stock_only[b], units.simd_gt(zero) & !wanted);
                    (ordered + units).store_array(order);
                }
            }
        }
        for b in 0..B {
            let out = &mut out[b];
            let stretch = out.begin_stretch(segment, *reference);
            let served = at_first[b] + received_here[b] - on_hand[b];
            add(simd, seen[b], &mut stretch.seen);
            add(simd, served, &mut stretch.served);
            add(simd, stockout_days[b], &mut stretch.stockout_days);
            add(simd, ready_days[b], &mut stretch.ready_days);
            add(simd, on_hand_days[b], &mut stretch.on_hand_days);
            if let Some(event) = segment.event {
                add(simd, served, &mut out.served_by_event[event]);
                on_hand[b].store_array(&mut out.stock_after_event);
            }
        }
    }
    for b in 0..B {
        let out = &mut out[b];
        (cycles[b] + i32x16::splat(simd, 1)).store_array(&mut out.cycles);
        count(clean[b], !short[b]).store_array(&mut out.clean_cycles);
        peak[b].store_array(&mut out.peak_stock);
        on_hand[b].store_array(&mut out.final_stock);
        (position[b] - on_hand[b]).store_array(&mut out.final_on_order);
        out.derive_flows(group, b, ground, &pre_stock_only[b].to_array());
    }
}
