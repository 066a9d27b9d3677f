//! Stretches in which every order that comes to an open page is surely accepted.
//!
//! Let q be the pieces of the day's largest order. What a page shows is at least, at any moment,
//! - the rule's quantity for the stock of that moment, if it does not count its own orders down: its number was read
//!   earlier, when there was no less;
//! - the available stock less the reserve, if it counts them down and the rule shows the whole share and is above its
//!   threshold: its number was read earlier, and it has taken no more since than all channels together;
//! - `share x available - (1 - share) x own orders since its number was read - 1 - reserve`, for a smaller share;
//! - what is left on it, if it is not refreshed today.
//!
//! All of these fall in the course of the day, so the first order at which one of them falls below q is found by
//! bisection of the running totals.

use super::super::arrivals::View;
use super::{DayArrivals, Millis, NEVER, Walk};
use crate::policy::PublishRule;

use super::rebuild::{Segment, Trail};

/// A stretch shorter than this is walked.
const WORTH_IT: usize = 4;

impl Walk<'_> {
    /// Skips to the first order that may not be accepted, through the commands on the way.
    pub(super) fn skip(&mut self) {
        let Some(least) = self.least_available() else { return };
        let mut trail = Trail::new(self.all_open());
        if self.safe_end(least, trail.all_open) < self.k + WORTH_IT {
            return;
        }
        while let Some(command) = self.skip_to_command(least, &mut trail) {
            self.command(command);
        }
        self.rebuild(&trail);
    }

    fn all_open(&self) -> bool {
        self.arrivals.channels <= self.pages.len() && self.pages[..self.arrivals.channels].iter().all(|page| page.open)
    }

    /// The least available stock with which every open page that follows the stock shows the largest order; `None` if
    /// no stretch can be skipped.
    fn least_available(&self) -> Option<i64> {
        let largest = i64::from(self.arrivals.largest);
        let mut least = i64::MIN;
        for page in self.pages.iter().filter(|page| page.open) {
            let rule = &page.rule;
            if !rule.refresh.within_day() {
                if page.shown < largest {
                    return None;
                }
            } else if rule.self_decrement && !rule.publish.shows_whole_share() {
                least = least.max(rule.publish.threshold() + 1);
            } else {
                least = least.max(rule.publish.least_available(largest)?);
            }
        }
        (self.available >= least).then_some(least)
    }

    /// The first order from the present one on that may not be accepted, or that the cap lets through no more.
    fn safe_end(&self, least: i64, all_open: bool) -> usize {
        let (k, n, view) = (self.k, self.arrivals.orders.len(), self.view());
        let largest = i64::from(self.arrivals.largest);
        let taken = |j| i64::from(self.taken(view, all_open, j) - self.taken(view, all_open, k));
        let mut end = first_false(k, n, |j| self.available.saturating_sub(taken(j)) >= least);
        for (channel, page) in self.pages.iter().enumerate().filter(|(_, page)| page.open && page.rule.self_decrement) {
            let own = |j| i64::from(self.own(view, channel, j) - self.own(view, channel, k));
            if !page.rule.refresh.within_day() {
                end = first_false(k, end, |j| page.shown - own(j) >= largest);
            } else if !page.rule.publish.shows_whole_share() {
                let since_read = page.own - page.own_when_read;
                end = first_false(k, end, |j| {
                    shows_part(&page.rule.publish, self.available - taken(j), since_read + own(j), largest)
                });
            }
        }
        if let Some(cap) = self.day.order_cap {
            let left = cap - self.out.accepted_orders;
            end = first_false(k, end, |j| self.orders(view, j) - self.orders(view, k) < left);
        }
        end
    }

    /// Accepts all up to the end of the stretch, or up to a command that takes effect in it, and returns that command's
    /// time.
    fn skip_to_command(&mut self, least: i64, trail: &mut Trail) -> Option<u32> {
        let safe = self.safe_end(least, trail.all_open);
        let command_at = |walk: &Self, from: usize| {
            if walk.due == NEVER { usize::MAX } else { walk.arrivals.first_at(walk.due).max(from) }
        };
        let mut command = command_at(self, self.k);
        let end = safe.min(command);
        if self.watching
            && let Some(guard) = &self.day.guard
        {
            let (view, k, room) = (self.view(), self.k, self.available - guard.pause);
            let low = first_false(k, end + 1, |j| {
                i64::from(self.taken(view, trail.all_open, j) - self.taken(view, trail.all_open, k)) < room
            });
            if low <= end {
                self.watching = false;
                let at = if low == 0 { 0 } else { self.arrivals.times[low - 1] };
                if let Some(look) = guard.look_after(at) {
                    self.state.ads.issue(false, look, guard.delay);
                    self.find_due();
                    command = command_at(self, low);
                }
            }
        }
        // Between the last safe order and the next a page may sell out: a command there is left to the walk.
        let stops = command < safe && !trail.is_full();
        self.accept_to(if stops { command } else { safe.min(command) }, trail);
        stops.then_some(self.due)
    }

    /// Accepts every order of the open pages up to the `end`-th.
    fn accept_to(&mut self, end: usize, trail: &mut Trail) {
        let (k, view) = (self.k, self.view());
        trail.push(Segment::of(self));
        if end == k {
            return;
        }
        let come = self.between(self.view, k, end);
        self.out.forgone += self.between(0, k, end) - come;
        let taken = self.taken(view, trail.all_open, end) - self.taken(view, trail.all_open, k);
        let channels = self.arrivals.channels;
        let (from, to) = (2 * k * channels, 2 * end * channels);
        for (channel, page) in self.pages.iter_mut().enumerate().take(channels).filter(|(_, page)| page.open) {
            let (from, to) = (from + 2 * channel, to + 2 * channel);
            let steady = &self.arrivals.steady;
            let units = [
                steady[to] - steady[from],
                view.by_channel[to] - view.by_channel[from],
                steady[to + 1] - steady[from + 1],
            ];
            for (total, units) in self.out.accepted[channel].iter_mut().zip(units) {
                *total += units;
            }
            self.out.accepted_orders += view.by_channel[to + 1] - view.by_channel[from + 1];
            let pieces: i64 = units.iter().map(|units| i64::from(*units)).sum();
            page.own += pieces;
            // Pages that follow the stock are brought up to date at the end of the stretch.
            if page.rule.self_decrement && !page.rule.refresh.within_day() {
                page.shown -= pieces;
            }
        }
        self.out.lost += come - taken;
        if self.available > 0 && self.available <= i64::from(taken) {
            let room = self.available;
            let out = first_false(k, end, |j| {
                i64::from(self.taken(view, trail.all_open, j) - self.taken(view, trail.all_open, k)) < room
            });
            self.out.ran_out = Some(Millis(self.arrivals.times[out - 1]));
        }
        self.available -= i64::from(taken);
        self.k = end;
    }

    /// Pieces that the open pages take of the first `j` orders.
    pub(super) fn taken(&self, view: &View, all_open: bool, j: usize) -> u32 {
        if all_open {
            return view.units[j];
        }
        let open = self.pages.iter().enumerate().filter(|(_, page)| page.open);
        open.map(|(channel, _)| self.own(view, channel, j)).sum()
    }

    /// Pieces that one channel takes of them.
    pub(super) fn own(&self, view: &View, channel: usize, j: usize) -> u32 {
        self.arrivals.of_channel(view, channel, j)
    }

    fn orders(&self, view: &View, j: usize) -> u32 {
        let open = self.pages.iter().enumerate().filter(|(_, page)| page.open);
        open.map(|(channel, _)| DayArrivals::orders_of_channel(self.arrivals, view, channel, j)).sum()
    }
}

/// Whether a page that counts its own orders down and is told a part of the stock surely shows `largest` pieces.
fn shows_part(rule: &PublishRule, available: i64, own: i64, largest: i64) -> bool {
    let (whole, part) = (1_000_000_i128, i128::from(rule.millionths()));
    let shown = part * i128::from(available) - (whole - part) * i128::from(own);
    available > rule.threshold() && shown >= (i128::from(rule.reserve() + largest) + 1) * whole
}

/// The first of `from..end` for which `holds` is false, or `end`; `holds` is true up to some place and false from there.
fn first_false(from: usize, end: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut size) = (from, end.saturating_sub(from));
    while size > 0 {
        let half = size / 2;
        let middle = low + half;
        if holds(middle) {
            low = middle + 1;
            size -= half + 1;
        } else {
            size = half;
        }
    }
    low
}
