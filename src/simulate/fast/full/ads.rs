//! Steps 1, 3 and 4 of a day for a vector of candidates: the ads' commands and phases, and the demand that comes.

use fearless_simd::{Select, Simd, SimdBase, SimdMask, i32x16, mask32x16};

use super::super::future::Future;
use super::super::group::GuardLanes;
use super::super::segment::Segment;
use super::super::vector::{load, look};
use super::super::{Ground, Scratch};
use super::Vector;
use crate::policy::Look;
use crate::process::ProductPath;

impl<S: Simd> Vector<S> {
    /// 1. and 3. Commands take effect, a morning guard looks, and the ads move on to the phase of today.
    #[inline(always)]
    pub(super) fn advance_ads(
        &mut self,
        guard: Option<&GuardLanes>,
        ground: &Ground<'_>,
        segment: &Segment,
        day: usize,
        scratch: &mut Scratch,
    ) {
        let Some(guard) = guard else { return };
        let simd = self.simd;
        if guard.look == Look::Within && ground.setting.storefront.is_some() {
            // It looks between the orders.
            self.next_phase(ground);
            return;
        }
        let lag = match guard.look {
            Look::Open | Look::Within => {
                if segment.event.is_some() {
                    self.commanded_off = look(self.for_sale, self.pause, self.resume, self.commanded_off);
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
    pub(super) fn next_phase(&mut self, ground: &Ground<'_>) {
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
    pub(super) fn demand(&self, path: &ProductPath, ground: &Ground<'_>, day: usize, future: &mut Future) -> i32x16<S> {
        let simd = self.simd;
        let (organic, planned) = (future.organic[day], future.ad(day));
        let mut demand = i32x16::splat(simd, organic + planned);
        if planned > 0 && self.phase.simd_ne(self.zero()).any_true() {
            for phase in 1..ground.setting.ad_phases.shares().len() {
                let here = self.phase.simd_eq(i32x16::splat(simd, phase as i32));
                if here.any_true() {
                    let kept = future.ad_in_phase(day, phase, path);
                    demand = here.select(i32x16::splat(simd, organic + kept), demand);
                }
            }
        }
        demand
    }
}
