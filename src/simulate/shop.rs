//! The storefront along a path: which days are critical, and what such a day comes to.

use super::storefront::{
    AdShares, ChannelRule, DayArrivals, DayOutcome, DayTotals, MinuteGuard, OrderMix, Scratch, StorefrontDay,
    StorefrontState, is_critical, resolve, resolve_fast, sync_phases,
};
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
    fn largest_order(&self) -> u32 {
        let largest = self.order_sizes.iter().rposition(|share| *share > 0.0);
        largest.map_or(1, |at| u32::try_from(at + 1).unwrap_or(u32::MAX))
    }
}

/// Orders and sync phases of one path, made when they are first asked for and met by every candidate.
#[derive(Debug, Default)]
pub(super) struct Counter {
    /// Address of the path that the rest belongs to.
    of: Option<(u64, u64)>,
    rules: Vec<ChannelRule>,
    phases: Vec<f64>,
    arrivals: Vec<Option<DayArrivals>>,
    scratch: Scratch,
}

/// What a day at the storefront begins with.
pub(super) struct Morning<'a> {
    pub(super) day: usize,
    pub(super) totals: DayTotals,
    pub(super) shares: AdShares,
    /// Every share of ad demand that may be in force on some day.
    pub(super) all_shares: &'a [f64],
    pub(super) guard: Option<MinuteGuard>,
    pub(super) order_cap: Option<u32>,
}

impl Counter {
    /// Makes ready for a path; what belongs to another is forgotten.
    pub(super) fn begin(&mut self, storefront: &Storefront, path: &ProductPath, days: usize) {
        let address = (path.seed.0, path.address);
        if self.of == Some(address) && self.rules.len() == storefront.channels.len() {
            return;
        }
        self.of = Some(address);
        self.rules.clear();
        self.rules.extend(storefront.channels.iter().map(|channel| channel.rule));
        self.phases = sync_phases(path.seed, path.address, &storefront.sku, self.rules.len());
        self.arrivals.clear();
        self.arrivals.resize_with(days, || None);
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
        let Morning { day, totals, .. } = *morning;
        let rules = StorefrontDay {
            channels: &self.rules,
            phases: &self.phases,
            day,
            guard: morning.guard,
            shares: morning.shares,
            order_cap: morning.order_cap,
        };
        if !is_critical(&rules, &totals, storefront.largest_order(), state) {
            let running = state.ads.running;
            state.pass_day(&self.rules, &self.phases, day, Units(totals.units()));
            return DayOutcome::all_accepted(&totals, running);
        }
        let arrivals = self.arrivals[day].get_or_insert_with(|| {
            let shares: Vec<f64> = storefront.channels.iter().map(|channel| channel.share).collect();
            let mix = OrderMix {
                profiles: [&storefront.profile, &storefront.profile, &storefront.live_profile],
                channels: &shares,
                sizes: &storefront.order_sizes,
            };
            let mut arrivals = mix.draw(path.seed, path.address, &storefront.sku, day, &totals);
            arrivals.prepare(morning.all_shares);
            arrivals
        });
        if plainly {
            resolve(&rules, arrivals, state)
        } else {
            resolve_fast(&rules, arrivals, state, &mut self.scratch)
        }
    }
}
