//! The storefront along a path: which days are critical, and what such a day comes to.

use super::WithinDay;
use super::storefront::{
    AdPieces, ChannelRule, DayArrivals, DayOutcome, DayTotals, Millis, MinuteGuard, OrderMix, Scratch, StorefrontDay,
    StorefrontState, is_critical, is_shut, resolve, resolve_fast, sync_phases,
};
use super::thinning::thin;
use crate::policy::{AdPhases, Guard, LevelBase};
use crate::process::{DayProfile, ProductPath};
use crate::units::Units;

/// The sales channels of a product over one stock.
#[derive(Debug, Clone, PartialEq)]
pub struct Storefront {
    /// The product's identifier: names the streams of its orders.
    pub sku: String,
    /// The channels.
    pub channels: Vec<Channel>,
    /// Share of the orders that have 1, 2, 3, ... pieces; single pieces if empty.
    pub order_sizes: Vec<f64>,
    /// When organic and ad orders come.
    pub profile: DayProfile,
    /// When the orders of live sessions come.
    pub live_profile: DayProfile,
}

/// One sales channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// Share of the orders that it takes, in any common scale.
    pub share: f64,
    /// What it shows, and when it is told.
    pub rule: ChannelRule,
    /// The number that someone typed into it; by its rule if `None`.
    pub published_at_start: Option<Units>,
}

impl Storefront {
    pub(super) fn largest_order(&self) -> u32 {
        let largest = self.order_sizes.iter().rposition(|share| *share > 0.0);
        largest.map_or(1, |at| u32::try_from(at + 1).unwrap_or(u32::MAX))
    }
}

/// Orders and sync phases of one path, made when they are first asked for and met by every candidate.
#[derive(Debug, Default)]
pub(super) struct Counter {
    /// The path, by its seed and address, that the rest belongs to.
    of: Option<(u64, u64)>,
    /// What else it belongs to.
    storefront: Option<Storefront>,
    ad_phases: Option<AdPhases>,
    rules: Vec<ChannelRule>,
    phases: Vec<f64>,
    /// What was made of each day that was looked at.
    days: Vec<Option<Busy>>,
    /// Memory of the days of other paths.
    spare: Vec<DayArrivals>,
    /// Orders of the days that are kept.
    kept: usize,
    scratch: Scratch,
}

/// A day whose orders were drawn.
#[derive(Debug)]
struct Busy {
    /// The totals that they were drawn for.
    totals: DayTotals,
    arrivals: DayArrivals,
    /// Pieces of the planned ad demand that come after a pause and after a restart within the day.
    changed: [u32; 2],
}

/// Most orders of critical days that are kept of a path: a bound on memory. Beyond it a day may be drawn more than once.
const MOST_KEPT: usize = 1 << 19;

/// What a day at the storefront begins with.
pub(super) struct Morning<'a> {
    pub(super) day: usize,
    pub(super) totals: DayTotals,
    /// Pieces of the planned ad demand that come in the first minute's state of the ads.
    pub(super) ad_pieces: u32,
    pub(super) phases: &'a AdPhases,
    pub(super) guard: Option<MinuteGuard>,
    pub(super) piece_cap: Option<u32>,
}

impl Counter {
    /// Makes ready for a path; what belongs to another is forgotten.
    pub(super) fn begin(&mut self, storefront: &Storefront, ad_phases: &AdPhases, path: &ProductPath, days: usize) {
        let of = Some((path.seed.0, path.address));
        let same_shop = self.storefront.as_ref() == Some(storefront) && self.ad_phases.as_ref() == Some(ad_phases);
        if same_shop && self.of == of && self.days.len() == days {
            return;
        }
        self.of = of;
        if !same_shop {
            self.storefront = Some(storefront.clone());
            self.ad_phases = Some(ad_phases.clone());
            self.rules.clear();
            self.rules.extend(storefront.channels.iter().map(|channel| channel.rule));
        }
        self.phases = sync_phases(path.seed, path.address, &storefront.sku, self.rules.len());
        self.spare.extend(self.days.drain(..).flatten().map(|busy| busy.arrivals));
        self.days.resize_with(days, || None);
        self.kept = 0;
    }

    /// The channels' rules.
    pub(super) fn rules(&self) -> &[ChannelRule] {
        &self.rules
    }

    /// The state of the first morning.
    pub(super) fn open(
        &self,
        storefront: &Storefront,
        on_hand: u64,
        committed: u64,
        reserved: Units,
    ) -> StorefrontState {
        let typed: Vec<Option<Units>> = storefront.channels.iter().map(|channel| channel.published_at_start).collect();
        StorefrontState::open(Units(on_hand), Units(committed), reserved, &self.rules, &typed)
    }

    /// One day; `state` becomes that of the evening before dispatch. `plainly` resolves a critical day by its
    /// definition.
    pub(super) fn pass(
        &mut self,
        storefront: &Storefront,
        path: &ProductPath,
        morning: &Morning<'_>,
        state: &mut StorefrontState,
        plainly: bool,
    ) -> DayOutcome {
        let rules = rules_of(morning, &self.rules, &self.phases);
        let running = state.ads.running;
        if !is_critical(&rules, &morning.totals, storefront.largest_order(), state) {
            let come = morning.totals.coming(morning.ad_pieces).units();
            state.pass_day(&self.rules, &self.phases, morning.day, Units(come));
            return DayOutcome::all_accepted(&morning.totals, morning.ad_pieces, running);
        }
        if is_shut(&rules, state) {
            let available = state.available();
            state.pass_day(&self.rules, &self.phases, morning.day, Units::ZERO);
            return DayOutcome::nothing_sold(&morning.totals, morning.ad_pieces, running, available);
        }
        self.meet(storefront, path, morning, state, plainly)
    }

    /// A critical day: its orders, drawn when they are first asked for, meet the pages.
    pub(super) fn meet(
        &mut self,
        storefront: &Storefront,
        path: &ProductPath,
        morning: &Morning<'_>,
        state: &mut StorefrontState,
        plainly: bool,
    ) -> DayOutcome {
        let Self { rules, phases, days, spare, kept, scratch, .. } = self;
        let Morning { day, totals, .. } = *morning;
        if days[day].as_ref().is_some_and(|busy| busy.totals != totals) {
            days[day] = None;
        }
        if days[day].is_none() && *kept > MOST_KEPT {
            // What is forgotten is drawn again, the same.
            days.fill_with(|| None);
            *kept = 0;
        }
        let busy = days[day].get_or_insert_with(|| {
            let busy = Busy::draw(storefront, path, morning, spare.pop().unwrap_or_default());
            *kept += busy.arrivals.orders().len();
            busy
        });
        let at_start = morning.ad_pieces;
        let may_change = morning.guard.is_some() || !state.ads.pending.is_empty();
        let [after_pause, after_resume] = if may_change { busy.changed } else { [at_start; 2] };
        let ads = AdPieces { at_start, after_pause, after_resume };
        busy.arrivals.prepare(&ads);
        let rules = StorefrontDay { ads, ..rules_of(morning, rules, phases) };
        if plainly {
            resolve(&rules, &busy.arrivals, state)
        } else {
            resolve_fast(&rules, &busy.arrivals, state, scratch)
        }
    }
}

/// The rules of a day, with the ads as they are in its first minute.
fn rules_of<'a>(morning: &Morning<'_>, channels: &'a [ChannelRule], phases: &'a [f64]) -> StorefrontDay<'a> {
    StorefrontDay {
        channels,
        phases,
        day: morning.day,
        guard: morning.guard,
        ads: AdPieces { at_start: morning.ad_pieces, ..AdPieces::PLANNED },
        piece_cap: morning.piece_cap,
    }
}

impl Busy {
    /// Draws the orders into `arrivals`.
    fn draw(storefront: &Storefront, path: &ProductPath, morning: &Morning<'_>, mut arrivals: DayArrivals) -> Self {
        let Morning { day, totals, phases, .. } = *morning;
        let channels: Vec<f64> = storefront.channels.iter().map(|channel| channel.share).collect();
        let mix = OrderMix {
            profiles: [&storefront.profile, &storefront.profile, &storefront.live_profile],
            channels: &channels,
            sizes: &storefront.order_sizes,
        };
        mix.draw_into(&mut arrivals, path.seed, path.address, &storefront.sku, day, &totals);
        let shares = phases.shares();
        let uniform = ProductPath::uniform(&path.thinning, day);
        let come = |share| u32::try_from(thin(totals.ad, share, uniform)).unwrap_or(u32::MAX);
        Self { totals, arrivals, changed: [shares[1], shares[phases.restart()]].map(come) }
    }
}

/// A plan's guard as it looks within a day, its levels in pieces of that day.
pub(super) fn minute_guard(guard: &Guard, base: LevelBase, within: WithinDay) -> MinuteGuard {
    let (pause, resume) = (guard.pause.highest_at_or_below(base), guard.resume.lowest_at_or_above(base));
    looks_within(Units(pause), Units(resume), within)
}

/// A guard with these levels as it looks within a day.
pub(super) fn looks_within(pause: Units, resume: Units, within: WithinDay) -> MinuteGuard {
    let minutes = |minutes: u32| Millis::from_minutes(f64::from(minutes));
    MinuteGuard::new(pause, resume, minutes(within.every_minutes), minutes(within.delay_minutes))
}
