//! One future of one product: demand by day and lead times by order day, drawn before and apart from any decision.

use super::{BurstProcess, Holiday, LeadTimeChain, LifeCycle, LiveSession, OrganicDemand, ShopFactor, UnplannedBursts};
use crate::calendar::Date;
use crate::random::{Entity, Seed, Source, Stream};
use crate::units::Units;

/// Which futures are drawn. The sets never share a path, so a choice made on one can be checked on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum PathSet {
    /// Futures on which candidates are compared.
    Comparison = 0,
    /// Fresh futures on which the chosen candidate is estimated again.
    Confirmation = 1,
    /// Futures from which reorder levels and forecasts are computed.
    Planning = 2,
}

impl PathSet {
    /// The address of path `index` of this set.
    #[must_use]
    pub const fn address(self, index: u64) -> u64 {
        // The set stands in the top bits: 2^60 paths a set.
        ((self as u64) << 60) | index
    }
}

/// Names the stream of what a shop shares.
const SHOP: &str = "shop";

/// One planned event of a product.
#[derive(Debug, Clone, PartialEq)]
pub struct EventDemand {
    /// The event's identifier.
    pub id: String,
    /// Index of its first day.
    pub start: usize,
    /// Days from the first to the last, the tail as stated.
    pub days: usize,
    /// Planned ad spend on each of its days.
    pub planned_spend: Vec<f64>,
    /// Its demand.
    pub burst: BurstProcess,
}

impl EventDemand {
    /// Whether `day` belongs to the event.
    #[must_use]
    pub fn contains(&self, day: usize) -> bool {
        (self.start..self.start + self.days).contains(&day)
    }
}

/// An order that is open on the first day.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenOrderArrival {
    /// The order's number.
    pub order: String,
    /// Pieces on their way.
    pub units: Units,
    /// Index of its mode among the chains.
    pub mode: usize,
    /// Index of the stage that it is in, where known.
    pub stage: Option<usize>,
    /// Days spent in that stage on the first day; since the order where the stage is unknown.
    pub elapsed: f64,
}

/// Everything random about one product.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductProcess {
    /// The product's identifier; names its streams.
    pub sku: String,
    /// Date of day 0.
    pub first_day: Date,
    /// Simulated days.
    pub days: usize,
    /// Demand of ordinary days.
    pub organic: OrganicDemand,
    /// Where the product stands in its life.
    pub life_cycle: LifeCycle,
    /// Days on which organic demand is not what the weekday says.
    pub holidays: Vec<Holiday>,
    /// Bursts that nobody planned, if any are expected.
    pub unplanned: Option<UnplannedBursts>,
    /// Live sessions.
    pub live: Vec<LiveSession>,
    /// Correlation of the latent amplitudes of the shop's bursts, from 0 to 1.
    pub shop_correlation: f64,
    /// Planned events, by start.
    pub events: Vec<EventDemand>,
    /// Lead-time modes.
    pub chains: Vec<LeadTimeChain>,
    /// Orders open on day 0.
    pub open_orders: Vec<OpenOrderArrival>,
}

/// One future of one product.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductPath {
    /// Organic demand of each day, in pieces, unplanned bursts included.
    pub organic: Vec<u64>,
    /// Demand of the live sessions of each day, in pieces.
    pub live: Vec<u64>,
    /// Demand that the ads bring on each day if they run as planned, in pieces.
    pub ad: Vec<u64>,
    /// Lead time in days of an order placed at the end of each day, by mode.
    pub lead_days: Vec<Vec<u32>>,
    /// Day on which each open order arrives.
    pub open_arrivals: Vec<usize>,
    /// One uniform a day: which unmet customers wait.
    pub waiting: Vec<f64>,
    /// One uniform a day: what a paused or ramping ad still brings.
    pub thinning: Vec<f64>,
}

impl ProductPath {
    /// Demand of `day` with the ads as planned.
    #[must_use]
    pub fn reference(&self, day: usize) -> u64 {
        self.organic[day] + self.live[day] + self.ad[day]
    }
}

impl ProductProcess {
    /// The process of ordinary demand alone: steady, without events, lead-time modes or anything else.
    #[must_use]
    pub fn new(sku: impl Into<String>, first_day: Date, days: usize, organic: OrganicDemand) -> Self {
        Self {
            sku: sku.into(),
            first_day,
            days,
            organic,
            life_cycle: LifeCycle::Steady,
            holidays: Vec::new(),
            unplanned: None,
            live: Vec::new(),
            shop_correlation: 0.0,
            events: Vec::new(),
            chains: Vec::new(),
            open_orders: Vec::new(),
        }
    }

    /// Mean ordinary demand of each day: level, weekday and life cycle, without holidays. Bursts that are multiples of
    /// ordinary demand are multiples of this: a holiday that moves both would be counted twice.
    #[must_use]
    pub fn ordinary_means(&self) -> Vec<f64> {
        (0..self.days)
            .map(|day| self.organic.mean(self.first_day.plus_days(day as i64)) * self.life_cycle.factor(day))
            .collect()
    }

    /// Mean organic demand of each day: ordinary demand with its holidays, level error included (it has mean 1).
    #[must_use]
    pub fn organic_means(&self) -> Vec<f64> {
        let mut means = self.ordinary_means();
        for (day, mean) in means.iter_mut().enumerate() {
            *mean *= Holiday::factor_on(&self.holidays, self.first_day.plus_days(day as i64));
        }
        means
    }

    /// Mean demand of each day without the planned events: organic demand, unplanned bursts and live sessions.
    #[must_use]
    pub fn means_without_events(&self) -> Vec<f64> {
        let mut means = self.organic_means();
        if let Some(unplanned) = &self.unplanned {
            for (mean, more) in means.iter_mut().zip(unplanned.mean_by_day(&self.ordinary_means())) {
                *mean += more;
            }
        }
        for session in &self.live {
            if let Some(mean) = means.get_mut(session.day) {
                *mean += session.orders;
            }
        }
        means
    }

    /// Mean uplift of each day over all events; may be negative.
    #[must_use]
    pub fn uplift_means(&self) -> Vec<f64> {
        let mut means = vec![0.0; self.days];
        for event in &self.events {
            for (day, mean) in event.burst.mean_by_day(event.days).into_iter().enumerate() {
                if let Some(slot) = means.get_mut(event.start + day) {
                    *slot += mean;
                }
            }
        }
        means
    }

    /// Draws path `index` of `set`.
    #[must_use]
    pub fn draw(&self, seed: Seed, set: PathSet, index: u64) -> ProductPath {
        let address = set.address(index);
        let open = |source, entity: &[&str]| Stream::open(seed, address, source, Entity::named(entity));

        let mut stream = open(Source::Organic, &[&self.sku]);
        let level = self.organic.draw_level_factor(&mut stream);
        let mut organic_means: Vec<f64> = self.organic_means().iter().map(|mean| mean * level).collect();
        let shop = ShopFactor::draw(self.shop_correlation, &mut open(Source::Shop, &[SHOP]));
        let mut ad = vec![0_u64; self.days];
        for event in &self.events {
            let mut burst = open(Source::Burst, &[&self.sku, &event.id]);
            let scale = if event.burst.follows_level { level } else { 1.0 };
            for (offset, mean) in event.burst.draw_means(shop, &mut burst).into_iter().map(|m| m * scale).enumerate() {
                let day = event.start + offset;
                if day >= self.days {
                    break;
                }
                if mean > 0.0 {
                    ad[day] += event.burst.noise.draw(mean, &mut burst);
                } else {
                    organic_means[day] = (organic_means[day] + mean).max(0.0);
                }
            }
        }
        let mut organic: Vec<u64> =
            organic_means.iter().map(|mean| self.organic.noise.draw(*mean, &mut stream)).collect();
        if let Some(unplanned) = &self.unplanned {
            let ordinary: Vec<f64> = self.ordinary_means().iter().map(|mean| mean * level).collect();
            unplanned.draw(&ordinary, &mut organic, &mut open(Source::Unplanned, &[&self.sku]));
        }
        let mut live = vec![0_u64; self.days];
        for session in &self.live {
            if let Some(slot) = live.get_mut(session.day) {
                let mut audience = open(Source::Live, &[&session.name]);
                *slot += session.draw(&mut audience, &mut open(Source::Live, &[&session.name, &self.sku]));
            }
        }

        let mut lead_days: Vec<Vec<u32>> = self
            .chains
            .iter()
            .map(|chain| {
                let mut stream = open(Source::LeadTime, &[&self.sku, chain.mode()]);
                chain.draw_days(self.first_day, self.days, &mut stream)
            })
            .collect();
        let open_arrivals: Vec<usize> = self
            .open_orders
            .iter()
            .map(|order| {
                let mut stream = open(Source::OpenOrder, &[&self.sku, &order.order]);
                let chain = &self.chains[order.mode];
                chain.draw_remaining(order.stage, order.elapsed, self.first_day, &mut stream).index()
            })
            .collect();
        for (order, arrives) in self.open_orders.iter().zip(&open_arrivals) {
            self.chains[order.mode].queue_behind(*arrives, &mut lead_days[order.mode]);
        }
        let uniforms = |source| {
            let mut stream = open(source, &[&self.sku]);
            (0..self.days).map(|_| stream.uniform()).collect()
        };
        ProductPath {
            organic,
            live,
            ad,
            lead_days,
            open_arrivals,
            waiting: uniforms(Source::Waiting),
            thinning: uniforms(Source::Thinning),
        }
    }
}

#[cfg(test)]
mod tests;
