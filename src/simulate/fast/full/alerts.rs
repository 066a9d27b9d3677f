//! Alerts of a vector of candidates: few lanes ring on few days, so what a ring was worth is settled lane by lane.

use fearless_simd::{Select, Simd, SimdBase, SimdMask, i32x16, mask32x16};

use super::super::group::{Group, LANES, Lanes, NEVER};
use super::super::outcome::{AlertLanes, OutcomeLanes};
use super::super::vector::{add, count, load};
use super::super::{Ground, Scratch};
use super::Vector;
use crate::policy::Look;

/// An alert that has not rung in the present event.
pub(in super::super) const NOT_YET: i32 = -1;

/// The first unmet piece of an event settles what each level was worth, in the lanes of `first`.
pub(super) fn settle_alerts(first: u64, day: usize, scratch: &Scratch, alerts: &mut [AlertLanes]) {
    for (level, rang_on) in alerts.iter_mut().zip(&scratch.rang_on) {
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
pub(super) fn lanes_of(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (lane < LANES).then_some(lane)
    })
}

/// Levels and ring days, one row for each alert level.
pub(in super::super) fn prepare_alerts(rows: &mut Vec<Lanes>, levels: usize, value: i32) {
    rows.clear();
    rows.resize(levels, [value; LANES]);
}

impl<S: Simd> Vector<S> {
    /// Each event begins with running ads and armed alerts, its levels taken from the stock of its first hour.
    #[inline(always)]
    pub(super) fn begin_event(&mut self, group: &Group, ground: &Ground<'_>, day: usize, scratch: &mut Scratch) {
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
            if guard.look == Look::Within && ground.setting.storefront.is_some() {
                // As a guard between the orders has it: a piece above the pause level at least.
                self.resume = self.resume.max(self.pause + i32x16::splat(simd, 1));
            }
        }
        for (at, level) in ground.setting.alerts.levels.iter().enumerate() {
            scratch.alert_levels[at] =
                start.map(|stock| i32::try_from(level.highest_at_or_below(stock as u64)).unwrap_or(i32::MAX));
            scratch.rang_on[at] = [NOT_YET; LANES];
        }
    }

    /// Alerts ring in the evening, with `left` pieces for sale.
    #[inline(always)]
    pub(super) fn ring(&mut self, left: i32x16<S>, day: usize, scratch: &mut Scratch, out: &mut OutcomeLanes) {
        let (simd, zero) = (self.simd, self.zero());
        let Scratch { alert_levels, rang_on, .. } = scratch;
        for (at, (level, rang_on)) in alert_levels.iter_mut().zip(rang_on).enumerate() {
            let armed = load(simd, level);
            let rings = left.simd_le(armed) & !self.event_short;
            if rings.any_true() {
                rings.select(i32x16::splat(simd, day as i32), load(simd, rang_on)).store_array(rang_on);
                // It rings once an event.
                rings.select(i32x16::splat(simd, NEVER), armed).store_array(level);
                add(simd, count(zero, rings), &mut out.alerts[at].rang);
            }
        }
    }
}
