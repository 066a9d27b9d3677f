//! After a skipped stretch: what its ticks would have told each page.

use super::{Flight, MAX_CHANNELS, Millis, NEVER, Refresh, Walk};

/// Most segments of a stretch: it is cut where the share of ad demand changes.
const MOST: usize = 4;

/// Where a segment began.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Segment {
    k: usize,
    view: usize,
    available: i64,
    own: [u32; MAX_CHANNELS],
}

impl Segment {
    /// The present moment.
    pub(super) fn of(walk: &Walk<'_>) -> Self {
        let mut own = [0; MAX_CHANNELS];
        for (own, page) in own.iter_mut().zip(walk.pages.iter()) {
            *own = page.own as u32;
        }
        Self { k: walk.k, view: walk.view, available: walk.available, own }
    }
}

/// The segments of a stretch.
#[derive(Debug)]
pub(super) struct Trail {
    segments: [Segment; MOST],
    length: usize,
    pub(super) all_open: bool,
}

impl Trail {
    pub(super) fn new(all_open: bool) -> Self {
        Self { segments: [Segment::default(); MOST], length: 0, all_open }
    }

    pub(super) const fn is_full(&self) -> bool {
        self.length + 1 >= MOST
    }

    pub(super) const fn push(&mut self, segment: Segment) {
        self.segments[self.length] = segment;
        self.length += 1;
    }

    /// The segment that the `j`-th order belongs to, if the stretch has begun by then.
    fn at(&self, j: usize) -> Option<&Segment> {
        self.segments[..self.length].iter().rev().find(|segment| segment.k <= j)
    }

    const fn first(&self) -> usize {
        self.segments[0].k
    }
}

impl Walk<'_> {
    /// Brings every open page to the moment of the last order skipped.
    pub(super) fn rebuild(&mut self, trail: &Trail) {
        if self.k == trail.first() {
            return;
        }
        let now = self.arrivals.times[self.k - 1];
        self.idle_until = 0;
        for channel in 0..self.pages.len() {
            if !self.pages[channel].open {
                continue;
            }
            match self.pages[channel].rule.refresh {
                Refresh::Every(_) => self.rebuild_ticking(channel, trail, now),
                Refresh::RealTime => self.rebuild_real_time(channel, trail, now),
                Refresh::Mornings(_) | Refresh::Never => {}
            }
            self.find_next(channel);
        }
        for channel in 0..self.pages.len() {
            self.close_if_done(channel);
        }
        self.look_at_pages(now);
    }

    /// Available stock before the `j`-th order.
    fn available_at(&self, trail: &Trail, j: usize) -> i64 {
        let Some(segment) = trail.at(j) else { return self.available };
        let view = self.arrivals.totals(segment.view);
        let taken = self.taken(view, trail.all_open, j) - self.taken(view, trail.all_open, segment.k);
        segment.available - i64::from(taken)
    }

    /// Pieces that a channel had taken before the `j`-th order.
    fn own_at(&self, trail: &Trail, channel: usize, j: usize) -> i64 {
        if j >= self.k {
            return self.pages[channel].own;
        }
        let Some(segment) = trail.at(j) else { return self.pages[channel].own };
        let view = self.arrivals.totals(segment.view);
        i64::from(segment.own[channel] + view.of_channel(channel, j) - view.of_channel(channel, segment.k))
    }

    /// A page that was told nothing in the stretch.
    fn carry(&mut self, channel: usize, trail: &Trail) {
        let page = &self.pages[channel];
        if page.rule.self_decrement {
            let taken = page.own - self.own_at(trail, channel, trail.first());
            self.pages[channel].shown -= taken;
        }
    }

    /// Shows a number that arrived before the `j`-th order.
    fn show_from(&mut self, channel: usize, trail: &Trail, flight: Flight, j: usize) {
        let unseen = self.pages[channel].own - self.own_at(trail, channel, j);
        self.pages[channel].show(flight.number, flight.own, unseen);
    }

    /// What the numbers that were on their way when the stretch began have told by `now`.
    fn land(&mut self, channel: usize, trail: &Trail, now: u32) {
        let mut last = None;
        while let Some(flight) = self.flights[channel].pop_front_if(|flight| flight.at <= now) {
            last = Some(flight);
        }
        match last {
            Some(flight) => {
                let j = self.arrivals.first_at(flight.at).max(trail.first());
                self.show_from(channel, trail, flight, j);
            }
            None => self.carry(channel, trail),
        }
    }

    fn rebuild_ticking(&mut self, channel: usize, trail: &Trail, now: u32) {
        let page = &self.pages[channel];
        let (first, interval, rule) = (page.next_tick, page.interval, page.rule);
        let (delay, key) = (rule.delay.0, self.arrivals.failure_key);
        // The last tick whose number has arrived, and the first whose number has not.
        let mut arrived = None;
        let mut tick = first;
        if first != NEVER
            && let Some(latest) = now.checked_sub(delay)
            && latest >= first
        {
            let mut last = first + (latest - first) / interval * interval;
            tick = last.saturating_add(interval);
            arrived = loop {
                if !rule.fails(channel, key, last) {
                    break Some(last);
                }
                if last < first + interval {
                    break None;
                }
                last -= interval;
            };
        }
        match arrived {
            None => self.land(channel, trail, now),
            Some(read) => {
                self.flights[channel].clear();
                let flight = self.reading(channel, trail, self.arrivals.first_at(read), read + delay);
                let j = self.arrivals.first_at(flight.at).max(trail.first());
                self.show_from(channel, trail, flight, j);
            }
        }
        while tick <= now {
            if !rule.fails(channel, key, tick) {
                let flight = self.reading(channel, trail, self.arrivals.first_at(tick), tick.saturating_add(delay));
                self.flights[channel].push_back(flight);
            }
            tick = tick.saturating_add(interval);
        }
        self.pages[channel].next_tick = if tick < Millis::DAY.0 { tick } else { NEVER };
    }

    /// What the sync reads before the `j`-th order.
    fn reading(&self, channel: usize, trail: &Trail, j: usize, at: u32) -> Flight {
        let j = j.max(trail.first());
        let number = self.pages[channel].rule.publish.quantity(self.available_at(trail, j));
        Flight { at, number, own: self.own_at(trail, channel, j) }
    }

    fn rebuild_real_time(&mut self, channel: usize, trail: &Trail, now: u32) {
        let rule = self.pages[channel].rule;
        let (delay, key, begin) = (rule.delay.0, self.arrivals.failure_key, trail.first());
        // Each accepted order of the stretch was read after it.
        let under_way = now.checked_sub(delay).map_or(begin, |latest| self.arrivals.first_at(latest + 1).max(begin));
        let under_way = under_way.min(self.k);
        let was_read =
            |walk: &Self, j: usize| walk.was_accepted(trail, j) && !rule.fails(channel, key, walk.arrivals.times[j]);
        let arrived = (begin..under_way).rev().find(|j| was_read(self, *j));
        match arrived {
            None => self.land(channel, trail, now),
            Some(order) => {
                self.flights[channel].clear();
                let at = self.arrivals.times[order] + delay;
                let flight = self.reading(channel, trail, order + 1, at);
                let j = self.arrivals.first_at(at).max(order + 1);
                self.show_from(channel, trail, flight, j);
            }
        }
        for order in under_way..self.k {
            if was_read(self, order) {
                let flight = self.reading(channel, trail, order + 1, self.arrivals.times[order].saturating_add(delay));
                self.flights[channel].push_back(flight);
            }
        }
    }

    /// Whether the `j`-th order, which lies in the stretch, was accepted.
    fn was_accepted(&self, trail: &Trail, j: usize) -> bool {
        let order = &self.arrivals.orders[j];
        let ad_pieces = trail.at(j).map_or(u32::MAX, |segment| self.arrivals.totals(segment.view).ad_pieces);
        order.coming(ad_pieces) > 0 && self.pages.get(usize::from(order.channel)).is_some_and(|page| page.open)
    }
}
