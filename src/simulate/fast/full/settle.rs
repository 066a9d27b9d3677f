//! Steps 4 and 5 of a day for a vector of candidates where a shop stands between demand and stock.

use fearless_simd::{Select, Simd, SimdBase, SimdMask, i32x16};

use super::super::Scratch;
use super::super::future::Future;
use super::super::group::LANES;
use super::super::outcome::OutcomeLanes;
use super::super::vector::{add, count, load};
use super::alerts::settle_alerts;
use super::parcels::{Evening, capacity, tally};
use super::shop::Shop;
use super::storefront::StorefrontDay;
use super::{Here, Sale, Today, Vector};
use crate::process::ProductPath;

impl<S: Simd> Vector<S> {
    /// 4. Demand meets the pages of a storefront, or the shelf.
    #[inline(always)]
    pub(super) fn meet_the_shop(
        &mut self,
        today: &Today<'_>,
        demand: i32x16<S>,
        future: &mut Future,
        shop: &mut Shop,
    ) -> Sale<S> {
        let (ground, segment) = (today.ground, today.segment);
        if let Some(storefront) = &ground.setting.storefront {
            let at = StorefrontDay {
                storefront,
                path: today.path,
                day: today.day,
                guarded: segment.event.is_some(),
                minutes: today.minutes,
            };
            return self.at_the_storefront(&at, today.group, ground, demand, future, shop);
        }
        let (simd, zero) = (self.simd, self.zero());
        let accepted = demand.min(self.for_sale);
        let unmet = demand - accepted;
        let not_come = i32x16::splat(simd, future.organic[today.day] + future.ad(today.day)) - demand;
        if today.minutes {
            let stopped = self.stopped.to_vector().to_array();
            let [wanted, missed, for_sale] = [demand, unmet, self.for_sale].map(|lanes| lanes.to_array());
            for lane in 0..LANES {
                let ran = if stopped[lane] == 0 { 1.0 } else { 0.0 };
                let unserved = f64::from(missed[lane]) / f64::from(wanted[lane].max(1));
                shop.ads_ran[lane] = ran;
                shop.ads_wasted[lane] = ran * if for_sale[lane] == 0 { 1.0 } else { unserved };
            }
        }
        Sale {
            accepted,
            oversold: zero,
            unmet,
            refused: zero,
            not_come,
            not_come_in_pause: self.stopped.select(not_come, zero),
            met_the_pages: false,
        }
    }

    /// Accepted orders become parcels; the evening at the platform.
    #[inline(always)]
    fn dispatch(&mut self, today: &Today<'_>, sale: &Sale<S>, shop: &mut Shop) {
        let (simd, day, counts) = (self.simd, today.day, today.segment.counts);
        let (setting, flow) = (today.ground.setting, &today.ground.setting.flow);
        let (accepted, on_hand) = (sale.accepted.to_array(), self.on_hand.to_array());
        let evening = if shop.parcels.only_wait() {
            let waiting = self.pending + sale.accepted;
            let shipped = waiting.min(self.on_hand).min(i32x16::splat(simd, capacity(flow)));
            self.pending = waiting - shipped;
            Evening { shipped: shipped.to_array(), ..Evening::default() }
        } else {
            let uniforms = ProductPath::three(&today.path.flow, day);
            let evening = shop.parcels.evening(flow, day, counts, &accepted, &on_hand, uniforms);
            self.pending = load(simd, &shop.parcels.pending());
            evening
        };
        tally(counts, &mut shop.parcels.tally.shipped, &evening.shipped);
        let [shipped, by_customer, by_seller] =
            [&evening.shipped, &evening.cancelled_by_customer, &evening.cancelled_by_seller].map(|l| load(simd, l));
        self.on_hand -= shipped;
        self.position -= sale.accepted - by_customer - by_seller;
        shop.report_to_platform(setting, day, &accepted, &evening);
    }

    /// 5. The substitute, those who wait, parcels; the evening at the platform.
    #[inline(always)]
    pub(super) fn settle_with_the_shop(
        &mut self,
        today: &Today<'_>,
        sale: &Sale<S>,
        here: &mut Here<S>,
        scratch: &mut Scratch,
        shop: &mut Shop,
        out: &mut OutcomeLanes,
    ) {
        let (simd, zero, day) = (self.simd, self.zero(), today.day);
        let (setting, path, counts) = (today.ground.setting, today.path, today.segment.counts);
        let event = today.segment.event.is_some();
        let Some(beside) = &mut out.beside else { return };
        let (mut redirected, mut spilled) = (zero, zero);
        if setting.substitute.is_some() {
            let [by_plan_b, by_themselves, _] = ProductPath::three(&path.redirect, day);
            redirected = self.thinned(sale.not_come_in_pause, &mut shop.conversion, by_plan_b);
            spilled = self.thinned(sale.unmet, &mut shop.spill, by_themselves);
            let own = path.substitute.get(day).copied().unwrap_or(0);
            if today.minutes {
                shop.note_whether_plan_b_sells();
            }
            let served = shop.serve_the_substitute(own, &(redirected + spilled).to_array());
            tally(counts, &mut beside.substitute_served, &served);
            // Plan B's customers come first; who finds the substitute sold out has taken nothing.
            redirected = redirected.min(load(simd, &served));
            spilled = load(simd, &served) - redirected;
        }
        let unmet = sale.unmet - spilled;
        let uniform = ProductPath::uniform(&path.waiting, day);
        let waited = self.thinned(unmet, &mut scratch.waiting, uniform);
        self.backlog += waited;
        self.position -= waited;
        let short = (sale.unmet + sale.oversold).simd_gt(zero);
        self.short |= short;
        if event {
            let first = short & !self.event_short;
            if first.any_true() {
                self.event_short |= short;
                settle_alerts(first.to_bitmask(), day, scratch, &mut out.alerts);
            }
        }
        self.dispatch(today, sale, shop);
        if counts {
            let left = self.unpromised();
            here.seen += i32x16::splat(simd, path.reference(day) as i32) - sale.not_come;
            here.served += sale.accepted - sale.oversold;
            here.waited += waited;
            here.stockout_days = count(here.stockout_days, short);
            here.ready_days = count(here.ready_days, left.simd_gt(zero));
            here.on_hand_days += self.on_hand;
            let stretch = beside.stretch(today.segment.event);
            add(simd, unmet - waited, &mut stretch.lost);
            add(simd, sale.not_come - redirected, &mut stretch.forgone);
            if sale.met_the_pages {
                add(simd, sale.oversold, &mut stretch.oversold);
                add(simd, sale.refused, &mut stretch.refused);
            }
            if setting.substitute.is_some() {
                add(simd, redirected, &mut stretch.redirected_ads);
                add(simd, spilled, &mut stretch.spilled);
            }
        }
        if today.spend != 0.0 {
            for (total, ran) in out.spend.iter_mut().zip(&shop.ads_ran) {
                *total += today.spend * ran;
            }
            for (total, wasted) in out.spend_wasted.iter_mut().zip(&shop.ads_wasted) {
                *total += today.spend * wasted;
            }
        }
        if let Some(substitute) = setting.substitute.filter(|_| counts && event && today.minutes) {
            for lane in 0..LANES {
                let spend = substitute.spend_per_day * (1.0 - shop.ads_ran[lane]);
                beside.plan_b_spend[lane] += spend;
                out.spend_wasted[lane] += if shop.plan_b_sells[lane] { 0.0 } else { spend };
            }
        }
    }
}
