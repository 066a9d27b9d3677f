//! What a marketplace does to a shop that cancels or ships late: rates over a window, steps, and the volume they cost.
//!
//! Rules change often: the figures come from dated presets and from the scenario, none stands here.

use serde::{Deserialize, Serialize};

use super::BusinessCalendar;
use crate::units::Probability;

/// Orders of a day and how many of them count against the shop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayCounts {
    /// Orders that entered fulfilment.
    pub orders: u32,
    /// Of those, orders at fault: cancelled by the seller, or dispatched late.
    pub faults: u32,
}

/// The shop's other products, as a steady stream.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct RestOfShop {
    /// Orders a day.
    pub orders_per_day: f64,
    /// Share of them at fault.
    pub fault_rate: f64,
}

/// The share of orders at fault over the last `window` days of `days`, the rest of the shop included.
///
/// ```text
/// rate = (sum of faults + w r f) / (sum of orders + w r)      w days, r other orders a day, share f of them at fault
/// ```
///
/// Nothing if fewer days are known than the window has, or if there were no orders (seller-fault cancellation rate:
/// cancelled by the seller / orders that entered "awaiting shipment").
///
/// ```
/// use stockburst::policy::{DayCounts, RestOfShop, window_rate};
/// let days = [DayCounts { orders: 100, faults: 0 }, DayCounts { orders: 100, faults: 30 }];
/// assert_eq!(window_rate(&days, 2, &RestOfShop::default()), Some(0.15));
/// let shop = RestOfShop { orders_per_day: 200.0, fault_rate: 0.01 };
/// assert_eq!(window_rate(&days, 2, &shop), Some(34.0 / 600.0));
/// assert_eq!(window_rate(&days, 7, &shop), None);
/// ```
#[must_use]
pub fn window_rate(days: &[DayCounts], window: usize, rest: &RestOfShop) -> Option<f64> {
    let last = days.len().checked_sub(window).map(|from| &days[from..])?;
    let sum = |count: fn(&DayCounts) -> u32| last.iter().map(|day| u64::from(count(day))).sum::<u64>();
    rate_of(sum(|day| day.orders), sum(|day| day.faults), window, rest)
}

fn rate_of(orders: u64, faults: u64, window: usize, rest: &RestOfShop) -> Option<f64> {
    let others = rest.orders_per_day * window as f64;
    let all = orders as f64 + others;
    (all > 0.0).then(|| (faults as f64 + others * rest.fault_rate) / all)
}

/// [`window_rate`] day by day, at the same cost for every window.
#[derive(Debug, Clone, PartialEq)]
pub struct RollingRate {
    rest: RestOfShop,
    window: Vec<DayCounts>,
    known: usize,
    orders: u64,
    faults: u64,
}

impl RollingRate {
    /// A window of so many days (one at least) that has seen nothing yet.
    #[must_use]
    pub fn new(window: usize, rest: RestOfShop) -> Self {
        Self { rest, window: vec![DayCounts::default(); window.max(1)], known: 0, orders: 0, faults: 0 }
    }

    /// Adds a day and returns the rate of the window that ends with it, if its days are all known.
    pub fn push(&mut self, day: DayCounts) -> Option<f64> {
        let length = self.window.len();
        let gone = std::mem::replace(&mut self.window[self.known % length], day);
        self.orders = self.orders + u64::from(day.orders) - u64::from(gone.orders);
        self.faults = self.faults + u64::from(day.faults) - u64::from(gone.faults);
        self.known += 1;
        if self.known < length { None } else { rate_of(self.orders, self.faults, length, &self.rest) }
    }

    /// Average orders a day of the whole shop over the window, or over the days known of it.
    #[must_use]
    pub fn orders_per_day(&self) -> f64 {
        let days = self.known.min(self.window.len());
        if days == 0 { self.rest.orders_per_day } else { self.rest.orders_per_day + self.orders as f64 / days as f64 }
    }
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlatformMetric {
    /// Orders cancelled by the seller's fault, over orders that entered fulfilment.
    SellerCancellation,
    /// Orders dispatched after their limit, over orders dispatched.
    LateDispatch,
}

/// A rate at which the platform acts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PlatformStep {
    /// The rate.
    pub from: Probability,
    /// Whether the rate itself is still allowed.
    pub above: bool,
    /// Share of the average daily orders that is left.
    pub volume_share: Probability,
    /// Days for which it is.
    pub days: u32,
    /// Violation points.
    pub points: u32,
    /// More points if the orders at fault are so many: (orders, points).
    pub points_if_many: Option<(u32, u32)>,
}

impl PlatformStep {
    /// Whether this rate crosses it.
    #[must_use]
    pub fn is_crossed(&self, rate: f64) -> bool {
        if self.above { rate > self.from.get() } else { rate >= self.from.get() }
    }

    /// Points with so many orders at fault in the window.
    #[must_use]
    pub fn points_for(&self, faults: u64) -> u32 {
        match self.points_if_many {
            Some((orders, points)) if faults >= u64::from(orders) => points,
            _ => self.points,
        }
    }
}

/// A metric with its window and its steps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricRule {
    /// What is measured.
    pub metric: PlatformMetric,
    /// Calendar days of the window.
    pub window_days: u32,
    /// The rate that the platform asks to keep, if it states one.
    pub target: Option<Probability>,
    /// The steps, lowest first.
    pub steps: Vec<PlatformStep>,
}

impl MetricRule {
    /// The highest step that `rate` crosses.
    #[must_use]
    pub fn step(&self, rate: f64) -> Option<&PlatformStep> {
        self.steps.iter().rev().find(|step| step.is_crossed(rate))
    }
}

/// The rules of a marketplace.
#[derive(Debug, Clone, PartialEq)]
pub struct PlatformRules {
    /// The metrics.
    pub metrics: Vec<MetricRule>,
    /// Working days within which an order must be dispatched.
    pub dispatch_days: Option<u32>,
    /// Working days after which the platform cancels it as the seller's fault.
    pub cancel_days: Option<u32>,
    /// A product is taken off sale at these rates of the shop and of the product: (shop, product).
    pub product_off: Option<(Probability, Probability)>,
    /// The market's working days.
    pub calendar: BusinessCalendar,
}

impl PlatformRules {
    /// Whether a product is taken off sale at these cancellation rates of the shop and of the product.
    #[must_use]
    pub fn takes_product_off(&self, shop_rate: f64, product_rate: f64) -> bool {
        self.product_off.is_some_and(|(shop, product)| shop_rate >= shop.get() && product_rate >= product.get())
    }
}

/// A volume limit that is in force.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct VolumeLimit {
    in_force: Option<(Probability, usize)>,
}

impl VolumeLimit {
    /// Takes note of a step crossed in the evening of `day`: from the next morning on its share is left for its days. Of
    /// two limits the stricter holds; a step crossed again begins its days anew.
    pub fn cross(&mut self, day: usize, step: &PlatformStep) {
        if step.volume_share == Probability::ONE || step.days == 0 {
            return;
        }
        let until = day.saturating_add(step.days as usize);
        self.in_force = match self.in_force {
            Some((share, end)) if end > day && share < step.volume_share => Some((share, end)),
            _ => Some((step.volume_share, until)),
        };
    }

    /// The share of the average daily orders that is let through on `day`; nothing if all are.
    #[must_use]
    pub fn share(&self, day: usize) -> Option<Probability> {
        self.in_force.filter(|(_, until)| day <= *until).map(|(share, _)| share)
    }

    /// Most pieces let through on `day`, of an average of `pieces_per_day` before the limit; nothing if there is no
    /// limit.
    #[must_use]
    pub fn piece_cap(&self, day: usize, pieces_per_day: f64) -> Option<u32> {
        self.share(day).map(|share| (share.get() * pieces_per_day + 1e-9).floor() as u32)
    }
}

#[cfg(test)]
mod tests;
