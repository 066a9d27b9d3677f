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
use super::{Millis, NEVER, Walk};
use crate::policy::PublishRule;

use super::rebuild::{Segment, Trail};

/// A stretch shorter than this is walked.
const WORTH_IT: usize = 4;

impl Walk<'_> {
    /// Skips to the first order that may not be accepted, through the commands on the way.
    pub(super) fn skip(&mut self) {
        let Some(least) = self.least_available() else { return };
        let mut trail = Trail::new(self.all_open());
        let near = (self.k + WORTH_IT).min(self.arrivals.orders.len()) - 1;
        if !self.is_safe(near, least, trail.all_open) {
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
    fn least_available(&mut self) -> Option<i64> {
        let largest = i64::from(self.arrivals.largest);
        let mut least = i64::MIN;
        self.only_stock = self.day.piece_cap.is_none();
        for page in self.pages.iter().filter(|page| page.open) {
            let rule = &page.rule;
            if !rule.refresh.within_day() {
                if page.shown < largest {
                    return None;
                }
                self.only_stock &= !rule.self_decrement;
            } else if rule.self_decrement && !rule.publish.shows_whole_share() {
                self.only_stock = false;
                least = least.max(rule.publish.threshold() + 1);
            } else {
                least = least.max(rule.publish.least_available(largest)?);
            }
        }
        (self.available >= least).then_some(least)
    }

    /// Whether the `j`-th order is surely accepted, given that all from the present one to it are; true up to some
    /// order, false from there.
    fn is_safe(&self, j: usize, least: i64, all_open: bool) -> bool {
        let (k, view) = (self.k, self.view());
        let largest = i64::from(self.arrivals.largest);
        let available = self.available.saturating_sub(i64::from(self.taken_between(all_open, k, j)));
        if self.only_stock {
            return available >= least;
        }
        let own = |channel| i64::from(view.of_channel(channel, j) - view.of_channel(channel, k));
        available >= least
            && self.pages.iter().enumerate().all(|(channel, page)| {
                let rule = &page.rule;
                if !page.open || !rule.self_decrement {
                    true
                } else if !rule.refresh.within_day() {
                    page.shown - own(channel) >= largest
                } else {
                    let since_read = page.own - page.own_when_read;
                    rule.publish.shows_whole_share()
                        || shows_part(&rule.publish, available, since_read + own(channel), largest)
                }
            })
            && self
                .day
                .piece_cap
                .is_none_or(|cap| i64::from(self.taken_between(all_open, k, j)) < i64::from(cap) - self.accepted())
    }

    /// Accepts all up to the end of the stretch, or up to a command that takes effect in it, and returns that command's
    /// time.
    fn skip_to_command(&mut self, least: i64, trail: &mut Trail) -> Option<u32> {
        let (n, all_open) = (self.arrivals.orders.len(), trail.all_open);
        let command_at = |walk: &Self, from: usize| {
            if walk.due == NEVER { n } else { walk.arrivals.first_at(walk.due).max(from) }
        };
        let mut command = command_at(self, self.k);
        if self.watching
            && let Some(guard) = &self.day.guard
        {
            let low = self.first_beyond(all_open, command + 1, self.available - guard.pause - 1);
            if low <= command && self.is_safe(low - 1, least, all_open) {
                self.watching = false;
                if let Some(look) = guard.look_after(self.arrivals.times[low - 1]) {
                    self.state.ads.issue(false, look, guard.delay);
                    self.find_due();
                    command = command_at(self, low);
                }
            }
        }
        // Between the last safe order and the next a page may sell out: a command there is left to the walk.
        if command < n && !trail.is_full() && self.is_safe(command, least, all_open) {
            self.accept_to(command, trail);
            return Some(self.due);
        }
        let end = if command == self.k || self.is_safe(command - 1, least, all_open) {
            command
        } else {
            let end = self.first_beyond(all_open, command, self.available.saturating_sub(least));
            if end == self.k || self.is_safe(end - 1, least, all_open) {
                end
            } else {
                first_false(self.k, end, |j| self.is_safe(j, least, all_open))
            }
        };
        self.accept_to(end, trail);
        None
    }

    /// The first of the orders from the present one to before the `end`-th by which the open pages have taken more than
    /// `room` pieces, or `end`.
    fn first_beyond(&self, all_open: bool, end: usize, room: i64) -> usize {
        let k = self.k;
        if all_open {
            let units = &self.view().units;
            let limit = u32::try_from(i64::from(units[k]).saturating_add(room)).unwrap_or(u32::MAX);
            return k + units[k..end].partition_point(|units| *units <= limit);
        }
        first_false(k, end, |j| i64::from(self.taken_between(false, k, j)) <= room)
    }

    /// Accepts every order of the open pages up to the `end`-th.
    fn accept_to(&mut self, end: usize, trail: &mut Trail) {
        let (k, view) = (self.k, self.view());
        trail.push(Segment::of(self));
        if end == k {
            return;
        }
        let [come, stay_away] = view.come_and_stay_away(k, end);
        self.out.stay_away(stay_away, self.state.ads.running);
        let taken = if trail.all_open { come } else { self.taken_between(false, k, end) };
        let channels = self.arrivals.channels;
        for (channel, page) in self.pages.iter_mut().enumerate().take(channels).filter(|(_, page)| page.open) {
            let (from, to) = (view.channel(channel, k), view.channel(channel, end));
            let mut pieces = 0;
            let totals = self.out.accepted[channel].iter_mut();
            for ((total, to), from) in totals.zip(to.units).zip(from.units) {
                *total += to - from;
                pieces += i64::from(to - from);
            }
            page.own += pieces;
            // Pages that follow the stock are brought up to date at the end of the stretch.
            if page.rule.self_decrement && !page.rule.refresh.within_day() {
                page.shown -= pieces;
            }
        }
        self.out.lost += come - taken;
        if self.available > 0 && self.available <= i64::from(taken) {
            let out = self.first_beyond(trail.all_open, end, self.available - 1);
            self.out.ran_out = Some(Millis(self.arrivals.times[out - 1]));
        }
        self.available -= i64::from(taken);
        self.k = end;
    }

    /// Pieces that the open pages take of the orders from the `from`-th to the `to`-th, in the present state of the ads.
    fn taken_between(&self, all_open: bool, from: usize, to: usize) -> u32 {
        self.taken(self.view(), all_open, to) - self.taken(self.view(), all_open, from)
    }

    /// Pieces that the open pages take of the first `j` orders.
    pub(super) fn taken(&self, view: &View, all_open: bool, j: usize) -> u32 {
        if all_open {
            return view.units[j];
        }
        let open = self.pages.iter().enumerate().filter(|(_, page)| page.open);
        open.map(|(channel, _)| view.of_channel(channel, j)).sum()
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
