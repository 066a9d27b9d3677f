//! What stands between demand and stock, for a vector of candidates: the memory of pages and parcels, the platform's eyes,
//! the substitute. How demand meets the pages is [`storefront`](super::storefront)'s.

use super::super::group::{LANES, Lanes};
use super::super::outcome::BesideLanes;
use super::parcels::{Evening, Parcels};
use super::storefront::pages_are_steady;
use crate::process::ProductPath;
use crate::simulate::Setting;
use crate::simulate::platform::PlatformWatch;
use crate::simulate::shop::Counter;
use crate::simulate::storefront::{Outlook, StorefrontState};
use crate::simulate::thinning::Thinner;

/// Memory of a path, and of one vector of candidates on it.
#[derive(Debug, Default)]
pub(in super::super) struct Shop {
    /// The orders of the path, for all vectors.
    pub(super) counter: Counter,
    /// What the stock decides on each day in each phase of the ads, phase by phase within a day.
    pub(super) outlooks: Vec<Option<Outlook>>,
    /// Pages and commands of each lane.
    pub(super) states: Vec<StorefrontState>,
    /// Whether a command of a lane is under way: -1 for yes, 0 for no.
    pub(super) commands: Lanes,
    watches: Vec<PlatformWatch>,
    /// Most pieces of today, where the platform limits them.
    pub(super) caps: [Option<u32>; LANES],
    pub(super) parcels: Parcels,
    pub(super) substitute_left: [u64; LANES],
    /// Whether the substitute had something to sell this morning, where that is asked for.
    pub(super) plan_b_sells: [bool; LANES],
    /// What plan B turns into its orders, and what customers take by themselves.
    pub(super) conversion: Thinner,
    pub(super) spill: Thinner,
    /// Share of the day on which the ads ran, and on which they ran with nothing to sell.
    pub(super) ads_ran: [f64; LANES],
    pub(super) ads_wasted: [f64; LANES],
}

/// Whether a setting has any of it.
pub(in super::super) fn is_needed(setting: &Setting) -> bool {
    setting.storefront.is_some()
        || setting.platform.is_some()
        || setting.substitute.is_some()
        || !setting.flow.is_plain()
}

impl Shop {
    /// Makes ready for a path.
    pub(in super::super) fn begin_path(&mut self, path: &ProductPath, setting: &Setting) {
        if let Some(storefront) = &setting.storefront {
            self.counter.begin(storefront, &setting.ad_phases, path, setting.days);
        }
        self.outlooks.clear();
        self.outlooks.resize(setting.days * setting.ad_phases.shares().len(), None);
    }

    /// Makes ready for a vector of candidates with so many pieces on hand.
    pub(super) fn begin_vector(&mut self, setting: &Setting, on_hand: &Lanes) {
        self.parcels.reset(&setting.flow, setting.days);
        self.substitute_left = [setting.substitute.map_or(0, |substitute| substitute.opening_stock.0); LANES];
        self.conversion.set(setting.substitute.map_or(0.0, |substitute| substitute.conversion.get()));
        self.spill.set(setting.substitute.map_or(0.0, |substitute| substitute.spill.get()));
        self.caps = [None; LANES];
        self.commands = [0; LANES];
        self.watches.resize_with(LANES, PlatformWatch::default);
        for watch in &mut self.watches {
            watch.reset(setting.platform.as_ref());
        }
        if let Some(storefront) = &setting.storefront {
            let pending = self.parcels.pending();
            let Self { states, counter, .. } = self;
            states.resize_with(LANES, || counter.open(storefront, 0, 0, setting.flow.reserved));
            for (lane, state) in states.iter_mut().enumerate() {
                // What steady pages show is told each morning.
                if pages_are_steady(storefront) {
                    state.reserved = i64::try_from(setting.flow.reserved.0).unwrap_or(i64::MAX);
                } else {
                    let [on_hand, pending] = [on_hand[lane], pending[lane]].map(|pieces| pieces as u64);
                    *state = counter.open(storefront, on_hand, pending, setting.flow.reserved);
                }
                state.ads.reset();
            }
        }
    }

    /// The ads of every lane run as at the start of an event.
    pub(super) fn release_ads(&mut self) {
        for state in &mut self.states {
            state.ads.reset();
        }
        self.commands = [0; LANES];
    }

    /// The platform's limits of `day`: -1 in the lanes that have one.
    pub(super) fn limit_volume(&mut self, day: usize) -> Lanes {
        let mut capped = [0; LANES];
        for ((cap, capped), watch) in self.caps.iter_mut().zip(&mut capped).zip(&mut self.watches) {
            *cap = watch.piece_cap(day);
            *capped = -i32::from(cap.is_some());
        }
        capped
    }

    /// Whether the substitute has something to sell, before its day.
    pub(super) fn note_whether_plan_b_sells(&mut self) {
        self.plan_b_sells = self.substitute_left.map(|left| left > 0);
    }

    /// The substitute serves its `own` customers, then those who come over: how many of them.
    #[inline(always)]
    pub(super) fn serve_the_substitute(&mut self, own: u64, come_over: &Lanes) -> Lanes {
        let mut served = [0; LANES];
        for lane in 0..LANES {
            let left = &mut self.substitute_left[lane];
            let sold = (own + come_over[lane] as u64).min(*left);
            *left -= sold;
            served[lane] = sold.saturating_sub(own) as i32;
        }
        served
    }

    /// The evening at the platform.
    pub(super) fn report_to_platform(&mut self, setting: &Setting, day: usize, accepted: &Lanes, evening: &Evening) {
        if setting.platform.is_none() {
            return;
        }
        for (lane, watch) in self.watches.iter_mut().enumerate() {
            let [accepted, cancelled, late] =
                [accepted, &evening.cancelled_by_seller, &evening.late].map(|lanes| lanes[lane] as u64);
            watch.evening(setting.platform.as_ref(), day, accepted, cancelled, late);
        }
    }

    /// What the path came to.
    pub(super) fn finish(&self, setting: &Setting, pending: Lanes, out: &mut BesideLanes) {
        out.flow = self.parcels.tally;
        out.unshipped = pending;
        out.substitute_left = self.substitute_left;
        if let Some(platform) = &setting.platform {
            out.peak_rates.resize(platform.rules.metrics.len(), [0.0; LANES]);
            for (lane, watch) in self.watches.iter().enumerate() {
                for (row, peak) in out.peak_rates.iter_mut().zip(watch.peaks()) {
                    row[lane] = *peak;
                }
                out.limited_days[lane] = watch.limited_days() as i32;
            }
        }
    }
}
