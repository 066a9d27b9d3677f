//! The orders of a day as they would come with the ads as planned, in order of time, with their running totals.

use super::{AdPieces, MAX_CHANNELS, Millis};

/// Where an order comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum OrderSource {
    /// Without ads.
    Organic = 0,
    /// From the ads.
    Ad = 1,
    /// From a live session.
    Live = 2,
}

impl OrderSource {
    /// How many there are.
    pub const COUNT: usize = 3;
}

/// One order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Order {
    /// When it comes.
    pub at: Millis,
    /// Index of its channel.
    pub channel: u8,
    /// Where it comes from.
    pub source: OrderSource,
    /// Its pieces, at least 1.
    pub units: u32,
    /// Pieces of the day's ad orders that were drawn before it; nothing else asks for it.
    pub rank: u32,
}

impl Order {
    /// Its pieces that come while `ad_pieces` of the day's ad demand do.
    pub(super) fn coming(&self, ad_pieces: u32) -> u32 {
        if self.source == OrderSource::Ad { self.units.min(ad_pieces.saturating_sub(self.rank)) } else { self.units }
    }
}

/// Running totals of the orders that come in one state of the ads: entry k counts the first k orders of the day.
#[derive(Debug, Clone, Default)]
pub(super) struct View {
    /// Pieces of ad demand that come in it.
    pub(super) ad_pieces: u32,
    /// Pieces that come.
    pub(super) units: Vec<u32>,
    /// Pieces that do not come.
    away: Vec<u32>,
    /// By channel, those of a place side by side.
    by_channel: Vec<ChannelTotals>,
    channels: usize,
}

/// Running totals of one channel.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ChannelTotals {
    /// Pieces by source.
    pub(super) units: [u32; OrderSource::COUNT],
}

impl View {
    /// Counts the orders that come in this state; memory is kept from another day.
    fn count(&mut self, orders: &[Order], channels: usize, ad_pieces: u32) {
        let Self { ad_pieces: counted, units, away, by_channel, channels: columns } = self;
        (*counted, *columns) = (ad_pieces, channels);
        let (mut come, mut stay_away) = (0, 0);
        let mut sums = [ChannelTotals::default(); MAX_CHANNELS];
        for column in [&mut *units, away] {
            column.clear();
            column.reserve(orders.len() + 1);
            column.push(0);
        }
        // What is left of another day is written over.
        by_channel.resize(by_channel.len().max((orders.len() + 1) * channels), ChannelTotals::default());
        by_channel[..channels].fill(ChannelTotals::default());
        let rows = by_channel[channels..].chunks_exact_mut(channels.max(1));
        for (order, row) in orders.iter().zip(rows) {
            let pieces = order.coming(ad_pieces);
            come += pieces;
            stay_away += order.units - pieces;
            let channel = &mut sums[usize::from(order.channel)];
            channel.units[order.source as usize] += pieces;
            units.push(come);
            away.push(stay_away);
            for (to, sum) in row.iter_mut().zip(&sums) {
                *to = *sum;
            }
        }
    }

    /// Pieces that come and pieces that do not, of the orders from the `from`-th to the `to`-th.
    pub(super) fn come_and_stay_away(&self, from: usize, to: usize) -> [u32; 2] {
        [self.units[to] - self.units[from], self.away[to] - self.away[from]]
    }

    /// What comes to channel `c` of the first `k` orders.
    pub(super) fn channel(&self, c: usize, k: usize) -> ChannelTotals {
        if c >= self.channels { ChannelTotals::default() } else { self.by_channel[k * self.channels + c] }
    }

    /// Pieces that come to channel `c` of the first `k` orders.
    pub(super) fn of_channel(&self, c: usize, k: usize) -> u32 {
        self.channel(c, k).units.iter().sum()
    }
}

/// Most parts that the day is divided into to find the orders of a time.
const PARTS: usize = 128;
/// Milliseconds of a part.
const PART: u32 = Millis::DAY.0 / PARTS as u32;

/// The part that a time lies in; the last one for times beyond the day.
fn part_of(at: u32) -> usize {
    ((at / PART) as usize).min(PARTS - 1)
}

/// The orders of a day, and what it takes to skip over many of them at once.
#[derive(Debug, Clone, Default)]
pub struct DayArrivals {
    pub(super) orders: Vec<Order>,
    pub(super) times: Vec<u32>,
    /// Names the day's failures of the sync.
    pub(super) failure_key: u64,
    /// Channels that have orders: the largest index and one.
    pub(super) channels: usize,
    /// Most pieces of an order.
    pub(super) largest: u32,
    /// Pieces of the ad orders, however many come.
    ad_pieces: u32,
    views: Vec<View>,
    /// How many of the views are of this day; the others are memory.
    counted: usize,
    /// The first order at or after the beginning of each part of the day.
    parts: Vec<u32>,
    /// The orders as they were drawn, and where each of the sorted ones stands among them.
    drawn: Vec<Order>,
    places: Vec<u64>,
}

impl DayArrivals {
    /// The arrivals of these orders, sorted by time (those of one moment stay in their order).
    ///
    /// Times beyond the day count as its last moment, channels beyond [`MAX_CHANNELS`] as the last, orders without
    /// pieces are left out, and a day has 4,294,967,295 pieces at most. `failure_key` names the failures of the sync.
    #[must_use]
    pub fn new(orders: Vec<Order>, failure_key: u64) -> Self {
        let mut arrivals = Self::default();
        arrivals.renew(failure_key, |own| *own = orders);
        arrivals
    }

    /// The arrivals of another day, in the same memory: `fill` writes its orders into an empty list.
    pub(super) fn renew(&mut self, failure_key: u64, fill: impl FnOnce(&mut Vec<Order>)) {
        let Self { orders, times, drawn, places, parts, .. } = self;
        drawn.clear();
        fill(drawn);
        let mut room = u32::MAX;
        for order in drawn.iter_mut() {
            order.at = order.at.min(Millis(Millis::DAY.0 - 1));
            order.channel = order.channel.min(MAX_CHANNELS as u8 - 1);
            order.units = order.units.min(room);
            room -= order.units;
        }
        drawn.retain(|order| order.units > 0);
        // Part by part of the day, then by time within each; those of one moment stay in their order.
        parts.clear();
        parts.resize(PARTS + 1, 0);
        for order in drawn.iter() {
            parts[part_of(order.at.0) + 1] += 1;
        }
        for part in 0..PARTS {
            parts[part + 1] += parts[part];
        }
        let mut next = [0; PARTS];
        next.copy_from_slice(&parts[..PARTS]);
        places.resize(drawn.len(), 0);
        for (at, order) in drawn.iter().enumerate() {
            let place = &mut next[part_of(order.at.0)];
            places[*place as usize] = u64::from(order.at.0) << 32 | at as u64;
            *place += 1;
        }
        for part in parts.windows(2) {
            places[part[0] as usize..part[1] as usize].sort_unstable();
        }
        orders.clear();
        orders.extend(places.iter().map(|place| drawn[*place as u32 as usize]));
        times.clear();
        times.extend(orders.iter().map(|order| order.at.0));
        let (mut channels, mut largest, mut ad_pieces) = (0, 0, 0);
        for order in orders.iter() {
            channels = channels.max(usize::from(order.channel) + 1);
            largest = largest.max(order.units);
            if order.source == OrderSource::Ad {
                ad_pieces = ad_pieces.max(order.rank.saturating_add(order.units));
            }
        }
        (self.channels, self.largest, self.ad_pieces) = (channels, largest, ad_pieces);
        self.failure_key = failure_key;
        self.counted = 0;
    }

    /// Makes [`resolve_fast`](super::resolve_fast) fast for the states of the ads in which so many pieces of the planned
    /// ad demand come.
    pub fn prepare(&mut self, ads: &AdPieces) {
        for ad_pieces in [ads.at_start, ads.after_pause, ads.after_resume] {
            if self.view(ad_pieces).is_none() {
                if self.views.len() == self.counted {
                    self.views.push(View::default());
                }
                self.views[self.counted].count(&self.orders, self.channels, ad_pieces.min(self.ad_pieces));
                self.counted += 1;
            }
        }
    }

    /// The index of the totals of a state of the ads.
    pub(super) fn view(&self, ad_pieces: u32) -> Option<usize> {
        let ad_pieces = ad_pieces.min(self.ad_pieces);
        self.views[..self.counted].iter().position(|view| view.ad_pieces == ad_pieces)
    }

    /// The totals at an index of [`Self::view`].
    pub(super) fn totals(&self, view: usize) -> &View {
        &self.views[view]
    }

    /// The first order at or after `at`.
    pub(super) fn first_at(&self, at: u32) -> usize {
        let part = part_of(at);
        let (from, to) = (self.parts[part] as usize, self.parts[part + 1] as usize);
        let inside = &self.times[from..to];
        from + if inside.len() <= 16 {
            inside.iter().take_while(|time| **time < at).count()
        } else {
            inside.partition_point(|time| *time < at)
        }
    }

    /// The orders, by time.
    #[must_use]
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// Pieces of all orders.
    #[must_use]
    pub fn units(&self) -> u64 {
        self.orders.iter().map(|order| u64::from(order.units)).sum()
    }
}
