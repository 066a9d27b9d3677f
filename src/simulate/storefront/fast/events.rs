//! What happens between orders: commands, ticks, numbers that arrive; and the account of the ads' minutes.

use super::{Flight, Millis, NEVER, Walk};

impl Walk<'_> {
    /// Everything that is due up to and including `end`.
    pub(super) fn run_until(&mut self, end: u32) {
        loop {
            let (mut at, mut channel) = (self.due, None);
            for (candidate, page) in self.pages.iter().enumerate() {
                if page.next < at {
                    (at, channel) = (page.next, Some(candidate));
                }
            }
            if at > end || at == NEVER {
                self.idle_until = at;
                return;
            }
            match channel {
                None => self.command(at),
                Some(channel) => self.page_event(channel, at),
            }
            self.look_at_pages(at);
        }
    }

    /// A command takes effect.
    pub(super) fn command(&mut self, at: u32) {
        let Some((_, run)) = self.state.ads.take_due(i64::from(at)) else {
            self.due = NEVER;
            return;
        };
        self.find_due();
        if self.state.ads.running == run {
            return;
        }
        if self.quiet {
            self.turn_away(self.arrivals.first_at(at));
        }
        self.count_to(at);
        self.state.ads.running = run;
        self.view = self.changed_views[usize::from(run)];
        self.out.ads_changed = true;
    }

    pub(super) fn find_due(&mut self) {
        let first = self.state.ads.pending.first().map(|(due, _)| *due);
        self.due = first.filter(|due| *due < i64::from(Millis::DAY.0)).map_or(NEVER, |due| due.max(0) as u32);
        self.idle_until = self.idle_until.min(self.due);
    }

    /// Issues the command of the look that will find the stock at or below the pause level, if it is so low after an
    /// order at `at`: it cannot rise again before the look.
    pub(super) fn watch(&mut self, at: u32) {
        let Some(guard) = &self.day.guard else { return };
        if self.available > guard.pause {
            return;
        }
        self.watching = false;
        if let Some(look) = guard.look_after(at) {
            self.state.ads.issue(false, look, guard.delay);
            self.find_due();
        }
    }

    fn page_event(&mut self, channel: usize, at: u32) {
        let page = &mut self.pages[channel];
        if let Some(flight) = self.flights[channel].pop_front_if(|flight| flight.at <= at) {
            page.show(flight.number, flight.own, 0);
            self.may_skip |= page.rule.self_decrement && !page.rule.publish.shows_whole_share();
            self.close_if_done(channel);
        } else {
            let next = page.next_tick.saturating_add(page.interval);
            page.next_tick = if next < Millis::DAY.0 { next } else { NEVER };
            if self.quiet && self.is_told_already(channel) {
                self.pages[channel].next_tick = NEVER;
            } else {
                self.read(channel, at);
            }
        }
        self.find_next(channel);
    }

    /// Whether a number read now would change nothing, nor would one read later, as no order is accepted any more.
    fn is_told_already(&self, channel: usize) -> bool {
        let page = &self.pages[channel];
        let quantity = page.rule.publish.quantity(self.available);
        match self.flights[channel].back() {
            Some(flight) => flight.number == quantity && flight.own == page.own,
            None => page.shown == quantity,
        }
    }

    /// The sync of a channel reads the stock at `at`.
    pub(super) fn read(&mut self, channel: usize, at: u32) {
        let page = &mut self.pages[channel];
        if !page.open || page.rule.fails(channel, self.arrivals.failure_key, at) {
            return;
        }
        let number = page.rule.publish.quantity(self.available);
        if page.rule.delay.0 == 0 {
            page.show(number, page.own, 0);
            self.may_skip |= page.rule.self_decrement && !page.rule.publish.shows_whole_share();
            self.close_if_done(channel);
        } else {
            let at = at.saturating_add(page.rule.delay.0);
            self.flights[channel].push_back(Flight { at, number, own: page.own });
            page.next = page.next.min(at);
            self.idle_until = self.idle_until.min(at);
        }
    }

    pub(super) fn find_next(&mut self, channel: usize) {
        let page = &mut self.pages[channel];
        page.next = if page.open {
            page.next_tick.min(self.flights[channel].front().map_or(NEVER, |flight| flight.at))
        } else {
            NEVER
        };
    }

    /// Closes a page that shows nothing, has nothing on its way to it and would be told nothing.
    pub(super) fn close_if_done(&mut self, channel: usize) {
        let page = &mut self.pages[channel];
        if page.shown >= 1 || !page.open {
            return;
        }
        // Numbers fall in the order in which they were read.
        let told = self.flights[channel].front().is_some_and(|flight| flight.number >= 1);
        let may_rise = page.rule.refresh.within_day() && (told || page.rule.publish.quantity(self.available) >= 1);
        if !may_rise {
            page.open = false;
            self.open_pages -= 1;
            page.next_tick = NEVER;
            page.next = NEVER;
            self.flights[channel].clear();
            self.may_skip = true;
        }
    }

    /// Counts the ads' minutes up to `at`.
    pub(super) fn count_to(&mut self, at: u32) {
        let elapsed = at - self.counted;
        self.counted = at;
        if self.state.ads.running {
            self.out.ads_ran.0 += elapsed;
            if !self.sellable {
                self.out.ads_wasted.0 += elapsed;
            }
        }
    }

    /// Notes at `at` whether something can be bought.
    pub(super) fn look_at_pages(&mut self, at: u32) {
        let sellable = !self.capped() && self.pages.iter().any(|page| page.shown >= 1);
        if sellable != self.sellable {
            self.count_to(at);
            self.sellable = sellable;
            self.out.shut_at = (!sellable).then_some(Millis(at));
        }
    }

    /// Turns the orders up to the `to`-th away, in the present state of the ads.
    pub(super) fn turn_away(&mut self, to: usize) {
        if to <= self.k {
            return;
        }
        let [come, stay_away] = self.view().come_and_stay_away(self.k, to);
        self.out.stay_away(stay_away, self.state.ads.running);
        *(if self.capped() { &mut self.out.refused } else { &mut self.out.lost }) += come;
        self.k = to;
    }

    /// Midnight.
    pub(super) fn close(mut self) -> super::DayOutcome {
        self.count_to(Millis::DAY.0);
        for (shown, page) in self.state.published.iter_mut().zip(self.pages.iter()) {
            *shown = page.shown.max(0);
        }
        self.out.close(self.state);
        self.state.ads.next_midnight();
        self.out
    }
}
