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
    /// By channel, pieces that come from the ads and orders that come: entry `(2 x channels) k + 2 c` and the next.
    pub(super) by_channel: Vec<u32>,
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
    /// Running totals of organic and live pieces by channel: entry `(2 x channels) k + 2 c` and the next.
    pub(super) steady: Vec<u32>,
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
        let mut steady = Vec::with_capacity((orders.len() + 1) * 2 * channels);
        let mut sums = [0_u32; 2 * MAX_CHANNELS];
        steady.extend_from_slice(&sums[..2 * channels]);
        for order in &orders {
            match order.source {
                OrderSource::Organic => sums[2 * usize::from(order.channel)] += order.units,
                OrderSource::Live => sums[2 * usize::from(order.channel) + 1] += order.units,
                OrderSource::Ad => {}
            }
            steady.extend_from_slice(&sums[..2 * channels]);
        }
        let times: Vec<u32> = orders.iter().map(|order| order.at.0).collect();
        let parts = (0..=PARTS as u32).map(|part| times.partition_point(|at| *at < part * PART) as u32).collect();
        let largest = orders.iter().map(|order| order.units).max().unwrap_or(0);
        let mut arrivals = Self { orders, times, failure_key, channels, largest, steady, views: Vec::new(), parts };
        arrivals.prepare(&[1.0, 0.0]);
        arrivals
    }

    /// Makes [`resolve_fast`](super::resolve_fast) fast for these shares of ad demand too: those of a pause or restart
    /// that the candidates of a run have in common. All and none are prepared from the beginning.
    pub fn prepare(&mut self, shares: &[f64]) {
        for share in shares {
            if self.view(*share).is_none() {
                self.views.push(self.totals_at(*share));
            }
        }
    }

    fn totals_at(&self, share: f64) -> View {
        let n = self.orders.len() + 1;
        let stride = 2 * self.channels;
        let mut view = View { share, units: Vec::with_capacity(n), by_channel: Vec::with_capacity(n * stride) };
        let (mut units, mut sums) = (0, [0_u32; 2 * MAX_CHANNELS]);
        view.units.push(units);
        view.by_channel.extend_from_slice(&sums[..stride]);
        for order in &self.orders {
            if order.comes(share) {
                let at = 2 * usize::from(order.channel);
                units += order.units;
                sums[at] += if order.source == OrderSource::Ad { order.units } else { 0 };
                sums[at + 1] += 1;
            }
            view.units.push(units);
            view.by_channel.extend_from_slice(&sums[..stride]);
        }
        view
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
            inside.iter().map(|time| usize::from(*time < at)).sum::<usize>()
        } else {
            inside.partition_point(|time| *time < at)
        }
    }

    /// Pieces of channel `c` among the first `k` orders that come at this share.
    pub(super) fn of_channel(&self, view: &View, c: usize, k: usize) -> u32 {
        if c >= self.channels {
            return 0;
        }
        let at = 2 * (k * self.channels + c);
        self.steady[at] + self.steady[at + 1] + view.by_channel[at]
    }

    /// Orders of channel `c` among the first `k` orders that come at this share.
    pub(super) fn orders_of_channel(&self, view: &View, c: usize, k: usize) -> u32 {
        if c >= self.channels { 0 } else { view.by_channel[2 * (k * self.channels + c) + 1] }
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
