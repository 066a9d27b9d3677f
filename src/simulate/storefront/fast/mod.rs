//! The same day, skipping what cannot matter.
//!
//! Within a day stock only falls, so: a look of the guard that calls for a pause is known once the level is crossed; a
//! page that shows nothing and would be told nothing stays closed; and as long as every open page surely shows the
//! largest order, whole stretches are accepted by differences of running totals (`skip.rs`, `rebuild.rs`). What is left, the stretch
//! in which a page or the stock is in play, is walked order by order here.

mod events;
mod rebuild;
mod skip;

use std::collections::VecDeque;

use super::arrivals::View;
use super::{
    ChannelRule, DayArrivals, DayOutcome, MAX_CHANNELS, Millis, Push, Refresh, StorefrontDay, StorefrontState, resolve,
};

/// No more today.
pub(super) const NEVER: u32 = u32::MAX;

/// Memory that one day reuses from another.
#[derive(Debug, Default)]
pub struct Scratch {
    pages: Vec<Page>,
    flights: [VecDeque<Flight>; MAX_CHANNELS],
}

/// A number on its way to a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flight {
    pub(super) at: u32,
    /// The rule's quantity when the stock was read.
    pub(super) number: i64,
    /// Pieces that the channel had taken then.
    pub(super) own: i64,
}

/// A channel in the course of the day.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) rule: ChannelRule,
    pub(super) shown: i64,
    /// Pieces that the channel has taken today.
    pub(super) own: i64,
    /// Of those, pieces taken when the number now shown was read.
    pub(super) own_when_read: i64,
    pub(super) next_tick: u32,
    pub(super) interval: u32,
    /// The next tick or arrival.
    pub(super) next: u32,
    /// Whether it may still take an order.
    pub(super) open: bool,
}

impl Page {
    /// Shows the number of a push; of the pieces taken since it was read, `unseen` came after it arrived.
    pub(super) fn show(&mut self, number: i64, own_when_read: i64, unseen: i64) {
        let taken = match self.rule.push {
            Push::Set => unseen,
            Push::Delta => self.own - own_when_read,
        };
        self.shown = if self.rule.self_decrement { number - taken } else { number };
        self.own_when_read = own_when_read;
    }
}

/// Resolves a day as [`resolve`] does, in a time that hardly depends on its number of orders; the state becomes that of
/// the next midnight.
///
/// States of the ads that the arrivals are not prepared for ([`DayArrivals::prepare`]) make it as slow as the
/// definition.
#[must_use]
pub fn resolve_fast(
    day: &StorefrontDay<'_>,
    arrivals: &DayArrivals,
    state: &mut StorefrontState,
    scratch: &mut Scratch,
) -> DayOutcome {
    let views = [day.ads.at_start, day.ads.after_pause, day.ads.after_resume].map(|pieces| arrivals.view(pieces));
    let [Some(at_start), Some(after_pause), Some(after_resume)] = views else {
        return resolve(day, arrivals, state);
    };
    let mut walk = Walk::open(day, arrivals, state, scratch, at_start, [after_pause, after_resume]);
    walk.run();
    walk.close()
}

pub(super) struct Walk<'a> {
    pub(super) day: &'a StorefrontDay<'a>,
    pub(super) arrivals: &'a DayArrivals,
    pub(super) state: &'a mut StorefrontState,
    pub(super) pages: &'a mut Vec<Page>,
    pub(super) flights: &'a mut [VecDeque<Flight>; MAX_CHANNELS],
    pub(super) out: DayOutcome,
    /// Orders passed.
    pub(super) k: usize,
    pub(super) available: i64,
    /// Running totals in the present state of the ads, as an index; and those after a pause and after a restart.
    pub(super) view: usize,
    changed_views: [usize; 2],
    /// When the next command takes effect.
    pub(super) due: u32,
    /// Nothing happens between orders before this time.
    pub(super) idle_until: u32,
    /// Pages that may still take an order.
    pub(super) open_pages: usize,
    /// Whether a page is told after each order.
    real_time: bool,
    /// Whether in the present stretch nothing but the stock decides what is safe.
    pub(super) only_stock: bool,
    /// Whether the guard may still call for a pause.
    pub(super) watching: bool,
    /// Until when the ads' minutes are counted, and whether something could be bought since.
    counted: u32,
    pub(super) sellable: bool,
    /// Whether a stretch may be skipped from here.
    pub(super) may_skip: bool,
    /// Whether nothing more is accepted today.
    quiet: bool,
}

impl<'a> Walk<'a> {
    fn open(
        day: &'a StorefrontDay<'a>,
        arrivals: &'a DayArrivals,
        state: &'a mut StorefrontState,
        scratch: &'a mut Scratch,
        at_start: usize,
        changed_views: [usize; 2],
    ) -> Self {
        state.first_minute(day.rules(), day.phases, day.day);
        let Scratch { pages, flights } = scratch;
        pages.clear();
        for (channel, rule) in day.rules().iter().enumerate() {
            flights[channel].clear();
            let (next_tick, interval) = rule.first_tick(day.phase(channel)).unwrap_or((NEVER, 1));
            pages.push(Page {
                rule: *rule,
                shown: state.published[channel],
                own: 0,
                own_when_read: 0,
                next_tick,
                interval,
                next: next_tick,
                open: true,
            });
        }
        let available = state.available();
        let mut walk = Self {
            out: DayOutcome { shut_at: Some(Millis(0)), ..DayOutcome::default() },
            k: 0,
            available,
            view: at_start,
            changed_views,
            due: NEVER,
            idle_until: 0,
            only_stock: false,
            open_pages: pages.len(),
            real_time: pages.iter().any(|page| page.rule.refresh == Refresh::RealTime),
            watching: false,
            counted: 0,
            sellable: false,
            may_skip: true,
            quiet: false,
            day,
            arrivals,
            state,
            pages,
            flights,
        };
        if let Some(guard) = day.guard {
            if let Some(run) = walk.state.ads.decide(guard.pause, guard.resume, available) {
                walk.state.ads.issue(run, 0, guard.delay);
            }
            walk.watching = walk.state.ads.commanded;
        }
        walk.find_due();
        if available <= 0 {
            walk.out.ran_out = Some(Millis(0));
        }
        for channel in 0..walk.pages.len() {
            walk.close_if_done(channel);
        }
        walk.look_at_pages(0);
        walk
    }

    fn run(&mut self) {
        let n = self.arrivals.orders.len();
        while self.k < n && self.open_pages > 0 && !self.capped() {
            if std::mem::take(&mut self.may_skip) {
                self.skip();
            } else {
                self.step();
            }
        }
        // Nothing more is accepted: what comes is turned away, and what is under way arrives.
        self.quiet = true;
        self.run_until(Millis::DAY.0 - 1);
        self.turn_away(n);
    }

    pub(super) fn view(&self) -> &'a View {
        self.arrivals.totals(self.view)
    }

    /// Pieces accepted so far: the stock is counted down with each.
    pub(super) const fn accepted(&self) -> i64 {
        self.state.available() - self.available
    }

    pub(super) fn capped(&self) -> bool {
        self.day.piece_cap.is_some_and(|cap| self.accepted() >= i64::from(cap))
    }

    /// One order, and what comes before it.
    fn step(&mut self) {
        let order = &self.arrivals.orders[self.k];
        let (at, channel) = (order.at.0, usize::from(order.channel));
        if self.idle_until <= at {
            self.run_until(at);
        }
        self.k += 1;
        let units = order.coming(self.view().ad_pieces);
        self.out.stay_away(order.units - units, self.state.ads.running);
        if units == 0 {
            return;
        }
        let pieces = i64::from(units);
        let Some(page) = self.pages.get_mut(channel).filter(|page| page.shown >= pieces) else {
            self.out.lost += units;
            return;
        };
        page.own += pieces;
        if page.rule.self_decrement {
            page.shown -= pieces;
        }
        self.out.accepted[channel][order.source as usize] += units;
        self.available -= pieces;
        if self.available <= 0 && self.out.ran_out.is_none() {
            self.out.ran_out = Some(order.at);
        }
        if self.watching {
            self.watch(at);
        }
        if self.real_time {
            for other in 0..self.pages.len() {
                if self.pages[other].rule.refresh == Refresh::RealTime {
                    self.read(other, at);
                }
            }
        }
        self.close_if_done(channel);
        self.look_at_pages(at);
    }
}
