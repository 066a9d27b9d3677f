//! The orders of a day as they would come with the ads as planned, in order of time, with their running totals.

use super::{MAX_CHANNELS, Millis};

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
    /// A number from 0 to below 1: an ad order comes if it lies below the share of ad demand in force.
    pub mark: f64,
}

impl Order {
    /// Whether it comes while this share of ad demand is in force.
    pub(super) fn comes(&self, share: f64) -> bool {
        self.source != OrderSource::Ad || self.mark < share
    }
}

/// Running totals of the orders that come at one share of ad demand: entry k counts the first k orders of the day.
#[derive(Debug, Clone)]
pub(super) struct View {
    pub(super) share: f64,
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

    fn new(orders: &[Order], channels: usize, share: f64) -> Self {
        let stride = Self::AHEAD + Self::OF_CHANNEL * channels;
        let n = orders.len() + 1;
        let mut view = Self { share, units: Vec::with_capacity(n), rows: Vec::with_capacity(n * stride), stride };
        let mut sums = [0_u32; Self::AHEAD + Self::OF_CHANNEL * MAX_CHANNELS];
        view.units.push(0);
        view.rows.extend_from_slice(&sums[..stride]);
        for order in orders {
            if order.comes(share) {
                let at = Self::AHEAD + Self::OF_CHANNEL * usize::from(order.channel);
                sums[0] += order.units;
                sums[at + order.source as usize] += order.units;
                sums[at + OrderSource::COUNT] += 1;
            } else {
                sums[1] += order.units;
            }
            view.units.push(sums[0]);
            view.rows.extend_from_slice(&sums[..stride]);
        }
        view
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
    pub(super) views: Vec<View>,
    /// The first order at or after the beginning of each part of the day.
    parts: Vec<u32>,
}

impl DayArrivals {
    /// The arrivals of these orders, sorted by time (those of one moment stay in their order).
    ///
    /// Times beyond the day count as its last moment, channels beyond [`MAX_CHANNELS`] as the last, orders without
    /// pieces are left out, and a day has 4,294,967,295 pieces at most. `failure_key` names the failures of the sync.
    #[must_use]
    pub fn new(mut orders: Vec<Order>, failure_key: u64) -> Self {
        let mut room = u32::MAX;
        for order in &mut orders {
            order.at = order.at.min(Millis(Millis::DAY.0 - 1));
            order.channel = order.channel.min(MAX_CHANNELS as u8 - 1);
            order.units = order.units.min(room);
            room -= order.units;
        }
        orders.retain(|order| order.units > 0);
        orders.sort_by_key(|order| order.at);
        let channels = orders.iter().map(|order| usize::from(order.channel) + 1).max().unwrap_or(0);
        let times: Vec<u32> = orders.iter().map(|order| order.at.0).collect();
        let parts = (0..=PARTS as u32).map(|part| times.partition_point(|at| *at < part * PART) as u32).collect();
        let largest = orders.iter().map(|order| order.units).max().unwrap_or(0);
        let mut arrivals = Self { orders, times, failure_key, channels, largest, views: Vec::new(), parts };
        arrivals.prepare(&[1.0, 0.0]);
        arrivals
    }

    /// Makes [`resolve_fast`](super::resolve_fast) fast for these shares of ad demand too: those of a pause or restart
    /// that the candidates of a run have in common. All and none are prepared from the beginning.
    pub fn prepare(&mut self, shares: &[f64]) {
        for share in shares {
            if self.view(*share).is_none() {
                self.views.push(View::new(&self.orders, self.channels, *share));
            }
        }
    }

    /// The index of the totals for a share of ad demand.
    pub(super) fn view(&self, share: f64) -> Option<usize> {
        let share = share.clamp(0.0, 1.0);
        self.views.iter().position(|view| view.share == share)
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
