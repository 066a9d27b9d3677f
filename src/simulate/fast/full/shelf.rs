//! Steps 4 and 5 of a day for a vector of candidates where demand meets the shelf and every order leaves on its day.

use fearless_simd::{Simd, SimdBase, SimdMask, i32x16};

use super::super::Scratch;
use super::super::outcome::OutcomeLanes;
use super::super::vector::count;
use super::alerts::settle_alerts;
use super::{Here, Today, Vector};
use crate::process::ProductPath;
use crate::units::Probability;

impl<S: Simd> Vector<S> {
    /// 4. and 5. without a shop: served from stock; of the rest some wait, the others are lost.
    #[inline(always)]
    pub(super) fn sell_and_settle(
        &mut self,
        today: &Today<'_>,
        demand: i32x16<S>,
        here: &mut Here<S>,
        scratch: &mut Scratch,
        out: &mut OutcomeLanes,
    ) {
        let (zero, day) = (self.zero(), today.day);
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
            if today.ground.setting.waiting_share > Probability::ZERO {
                let uniform = ProductPath::uniform(&today.path.waiting, day);
                let waited = self.thinned(demand - served, &mut scratch.waiting, uniform);
                self.backlog += waited;
                self.position -= waited;
                here.waited += waited;
            }
            if today.segment.event.is_some() {
                let first = unmet & !self.event_short;
                if first.any_true() {
                    self.event_short |= unmet;
                    settle_alerts(first.to_bitmask(), day, scratch, &mut out.alerts);
                }
            }
        }
        let spend = today.spend;
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
}
