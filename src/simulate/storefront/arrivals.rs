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
    /// The same, pieces that do not come, and by channel: pieces of each source that come, and orders that come. All of
    /// a place side by side.
    rows: Vec<u32>,
    stride: usize,
}

/// Running totals of one channel.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ChannelTotals {
    /// Pieces by source.
    pub(super) units: [u32; OrderSource::COUNT],
    /// Orders.
    pub(super) orders: u32,
}

impl View {
    const AHEAD: usize = 2;
    const OF_CHANNEL: usize = OrderSource::COUNT + 1;

    /// Counts the orders that come in this state; memory is kept from another day.
    fn count(&mut self, orders: &[Order], channels: usize, ad_pieces: u32) {
        let Self { ad_pieces: counted, units, rows, stride } = self;
        (*counted, *stride) = (ad_pieces, Self::AHEAD + Self::OF_CHANNEL * channels);
        let mut sums = [0_u32; Self::AHEAD + Self::OF_CHANNEL * MAX_CHANNELS];
        units.clear();
        rows.clear();
        units.reserve(orders.len() + 1);
        rows.reserve((orders.len() + 1) * *stride);
        units.push(0);
        rows.extend_from_slice(&sums[..*stride]);
        for order in orders {
            let come = order.coming(ad_pieces);
            let at = Self::AHEAD + Self::OF_CHANNEL * usize::from(order.channel);
            sums[0] += come;
            sums[1] += order.units - come;
            sums[at + order.source as usize] += come;
            sums[at + OrderSource::COUNT] += u32::from(come > 0);
            units.push(sums[0]);
            rows.extend_from_slice(&sums[..*stride]);
        }
    }

    /// Pieces that come and pieces that do not, of the orders from the `from`-th to the `to`-th.
    pub(super) fn come_and_stay_away(&self, from: usize, to: usize) -> [u32; 2] {
        let (from, to) = (&self.rows[from * self.stride..][..2], &self.rows[to * self.stride..][..2]);
        [to[0] - from[0], to[1] - from[1]]
    }

    /// What comes to channel `c` of the first `k` orders.
    pub(super) fn channel(&self, c: usize, k: usize) -> ChannelTotals {
        let at = Self::AHEAD + Self::OF_CHANNEL * c;
        if at >= self.stride {
            return ChannelTotals::default();
        }
        match self.rows[k * self.stride + at..][..Self::OF_CHANNEL] {
            [organic, ad, live, orders] => ChannelTotals { units: [organic, ad, live], orders },
            _ => ChannelTotals::default(),
        }
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
        let Self { orders, times, .. } = self;
        orders.clear();
        fill(orders);
        let mut room = u32::MAX;
        for order in orders.iter_mut() {
            order.at = order.at.min(Millis(Millis::DAY.0 - 1));
            order.channel = order.channel.min(MAX_CHANNELS as u8 - 1);
            order.units = order.units.min(room);
            room -= order.units;
        }
        orders.retain(|order| order.units > 0);
        orders.sort_by_key(|order| order.at);
        times.clear();
        times.extend(orders.iter().map(|order| order.at.0));
        self.channels = orders.iter().map(|order| usize::from(order.channel) + 1).max().unwrap_or(0);
        self.largest = orders.iter().map(|order| order.units).max().unwrap_or(0);
        let ads = orders.iter().filter(|order| order.source == OrderSource::Ad);
        self.ad_pieces = ads.map(|order| order.rank.saturating_add(order.units)).max().unwrap_or(0);
        self.failure_key = failure_key;
        self.parts.clear();
        let mut first = 0;
        for part in 0..=PARTS as u32 {
            first += self.times[first..].iter().take_while(|at| **at < part * PART).count();
            self.parts.push(first as u32);
        }
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
        let part = ((at / PART) as usize).min(PARTS - 1);
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
