//! Step 4 of a day for a vector of candidates at a storefront.
//!
//! On most days the stock alone tells that everything is accepted or that nothing can be bought ([`Outlook`]). The lanes
//! of which it does not, and those in which a command or a cap is in play, meet the pages one by one, as in the plain
//! engine.

use fearless_simd::{Select, Simd, SimdBase, SimdMask, i32x16, mask32x16};

use super::super::Ground;
use super::super::future::Future;
use super::super::group::{Group, LANES, Lanes};
use super::super::vector::load;
use super::alerts::lanes_of;
use super::shop::Shop;
use super::{Sale, Vector};
use crate::policy::Look;
use crate::process::ProductPath;
use crate::simulate::Storefront;
use crate::simulate::shop::{Morning, looks_within};
use crate::simulate::storefront::{DayOutcome, DayTotals, Outlook};
use crate::units::Units;

/// A day at the storefront, as every lane meets it.
pub(super) struct StorefrontDay<'a> {
    pub(super) storefront: &'a Storefront,
    pub(super) path: &'a ProductPath,
    pub(super) day: usize,
    /// Whether it is a day of an event, on which a guard looks.
    pub(super) guarded: bool,
    /// Whether it is asked how long the ads ran.
    pub(super) minutes: bool,
}

impl<S: Simd> Vector<S> {
    /// The day's demand meets the pages.
    #[inline(always)]
    pub(super) fn at_the_storefront(
        &mut self,
        today: &StorefrontDay<'_>,
        group: &Group,
        ground: &Ground<'_>,
        demand: i32x16<S>,
        future: &mut Future,
        shop: &mut Shop,
    ) -> Sale<S> {
        let (simd, zero, day) = (self.simd, self.zero(), today.day);
        let setting = ground.setting;
        let before = self.on_hand - self.pending - self.reserved;
        let planned = i32x16::splat(simd, future.organic[day] + future.ad(day));
        let guard = group.guard.as_ref().filter(|guard| guard.look == Look::Within && today.guarded);
        let mut slow = mask32x16::from_vector(load(simd, &shop.commands));
        if setting.platform.is_some() {
            slow |= mask32x16::from_vector(load(simd, &shop.limit_volume(day)));
        }
        let steady = ground.steady_pages;
        let (mut ample, mut shut) = (mask32x16::splat(simd, false), mask32x16::splat(simd, false));
        if steady {
            let [ample_from, shut_to] = self.outlook(today, ground, future, shop);
            ample = before.simd_ge(ample_from);
            shut = before.simd_le(shut_to) & !ample;
        }
        if guard.is_some() {
            let low = before.simd_le(self.pause) & !self.commanded_off;
            let high = before.simd_ge(self.resume) & self.commanded_off;
            slow |= low | high;
            ample &= !((before - demand).simd_le(self.pause) & !self.commanded_off);
        }
        ample &= !slow;
        shut &= !slow;
        if today.minutes {
            let ran = (!self.stopped).to_vector().to_array();
            let wasted = (!self.stopped & shut).to_vector().to_array();
            for lane in 0..LANES {
                shop.ads_ran[lane] = if ran[lane] == 0 { 0.0 } else { 1.0 };
                shop.ads_wasted[lane] = if wasted[lane] == 0 { 0.0 } else { 1.0 };
            }
        }
        let not_come = planned - demand;
        let mut sale = Sale {
            accepted: ample.select(demand, zero),
            oversold: zero,
            unmet: shut.select(demand, zero),
            refused: zero,
            not_come,
            not_come_in_pause: self.stopped.select(not_come, zero),
            met_the_pages: false,
        };
        let one_by_one = !(ample | shut) & self.real;
        if one_by_one.any_true() {
            self.meet_one_by_one(one_by_one.to_bitmask(), today, guard.is_some(), ground, future, shop, &mut sale);
        }
        sale
    }

    /// [`Outlook`] of each lane's phase.
    #[inline(always)]
    fn outlook(
        &self,
        today: &StorefrontDay<'_>,
        ground: &Ground<'_>,
        future: &mut Future,
        shop: &mut Shop,
    ) -> [i32x16<S>; 2] {
        let simd = self.simd;
        let phases = ground.setting.ad_phases.shares().len();
        let pieces = |pieces: i64| i32x16::splat(simd, pieces.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32);
        let largest = today.storefront.largest_order();
        let organic = future.organic[today.day];
        let of_phase = |phase: usize, come: i32, shop: &mut Shop| {
            *shop.outlooks[today.day * phases + phase]
                .get_or_insert_with(|| Outlook::of(shop.counter.rules(), (organic + come) as u64, largest))
        };
        let first = of_phase(0, future.ad(today.day), shop);
        let mut ample_from = pieces(first.ample_from);
        if future.ad(today.day) > 0 && self.phase.simd_ne(self.zero()).any_true() {
            for phase in 1..phases {
                let here = self.phase.simd_eq(i32x16::splat(simd, phase as i32));
                if here.any_true() {
                    let kept = future.ad_in_phase(today.day, phase, today.path);
                    ample_from = here.select(pieces(of_phase(phase, kept, shop).ample_from), ample_from);
                }
            }
        }
        [ample_from, pieces(first.shut_to)]
    }

    /// The lanes of these bits as the plain engine takes them.
    #[inline(never)]
    #[expect(clippy::too_many_arguments, reason = "a step of the day sees the day")]
    fn meet_one_by_one(
        &mut self,
        bits: u64,
        today: &StorefrontDay<'_>,
        guarded: bool,
        ground: &Ground<'_>,
        future: &mut Future,
        shop: &mut Shop,
        sale: &mut Sale<S>,
    ) {
        let (simd, day, path) = (self.simd, today.day, today.path);
        let setting = ground.setting;
        let lanes = |vector: i32x16<S>| vector.to_array();
        let of_mask = |mask: mask32x16<S>| mask.to_vector().to_array();
        let (on_hand, pending) = (lanes(self.on_hand), lanes(self.pending));
        let (pause, resume) = (lanes(self.pause), lanes(self.resume));
        let (mut stopped, mut commanded_off) = (of_mask(self.stopped), of_mask(self.commanded_off));
        let mut phases = lanes(self.phase);
        let mut sold = Sold {
            accepted: lanes(sale.accepted),
            oversold: lanes(sale.oversold),
            unmet: lanes(sale.unmet),
            refused: lanes(sale.refused),
            not_come: lanes(sale.not_come),
            not_come_in_pause: lanes(sale.not_come_in_pause),
        };
        let totals =
            DayTotals { organic: path.organic[day], ad: path.ad[day], live: path.live.get(day).copied().unwrap_or(0) };
        for lane in lanes_of(bits) {
            let phase = phases[lane] as usize;
            let ad_pieces = if phase == 0 { totals.ad } else { future.ad_in_phase(day, phase, path) as u64 };
            let state = &mut shop.states[lane];
            (state.on_hand, state.committed) = (i64::from(on_hand[lane]), i64::from(pending[lane]));
            state.ads.running = stopped[lane] == 0;
            let guard = guarded.then(|| {
                state.ads.commanded = commanded_off[lane] == 0;
                let [pause, resume] = [pause[lane], resume[lane]].map(|pieces| Units(pieces.max(0) as u64));
                looks_within(pause, resume, setting.within_day)
            });
            let morning = Morning {
                day,
                totals,
                ad_pieces: ad_pieces as u32,
                phases: &setting.ad_phases,
                guard,
                piece_cap: shop.caps[lane],
            };
            let passed = shop.counter.pass(today.storefront, path, &morning, state, false);
            sold.take(lane, &passed);
            shop.ads_ran[lane] = passed.ads_ran.of_day();
            shop.ads_wasted[lane] = passed.ads_wasted.of_day();
            shop.commands[lane] = -i32::from(!state.ads.pending.is_empty());
            if guarded {
                commanded_off[lane] = -i32::from(!state.ads.commanded);
            }
            if passed.ads_changed {
                stopped[lane] = -i32::from(!state.ads.running);
                phases[lane] = if state.ads.running { setting.ad_phases.restart() as i32 } else { 1 };
            }
        }
        let vector = |lanes: &Lanes| load(simd, lanes);
        self.stopped = mask32x16::from_vector(vector(&stopped));
        self.commanded_off = mask32x16::from_vector(vector(&commanded_off));
        self.phase = vector(&phases);
        *sale = Sale {
            accepted: vector(&sold.accepted),
            oversold: vector(&sold.oversold),
            unmet: vector(&sold.unmet),
            refused: vector(&sold.refused),
            not_come: vector(&sold.not_come),
            not_come_in_pause: vector(&sold.not_come_in_pause),
            met_the_pages: true,
        };
    }
}

/// [`Sale`] lane by lane.
struct Sold {
    accepted: Lanes,
    oversold: Lanes,
    unmet: Lanes,
    refused: Lanes,
    not_come: Lanes,
    not_come_in_pause: Lanes,
}

impl Sold {
    fn take(&mut self, lane: usize, day: &DayOutcome) {
        self.accepted[lane] = day.accepted_units() as i32;
        self.oversold[lane] = day.oversold as i32;
        self.unmet[lane] = day.lost as i32;
        self.refused[lane] = day.refused as i32;
        self.not_come[lane] = day.forgone as i32;
        self.not_come_in_pause[lane] = day.forgone_in_pause as i32;
    }
}

/// Whether every page is told the stock on every morning and within the day: then nothing of a page goes over midnight.
pub(in super::super) fn pages_are_steady(storefront: &Storefront) -> bool {
    storefront.channels.iter().all(|channel| channel.rule.refresh.within_day())
}
