//! One future of one product: demand by day and lead times by order day, drawn before and apart from any decision.

use super::{
    BurstProcess, Holiday, LeadTimeChain, LifeCycle, LiveSession, OrganicDemand, PathSampler, SubstituteDemand,
    UnplannedBursts,
};
use crate::calendar::Date;
use crate::random::Seed;
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
    /// Day that its supplier promised, where one lies ahead: it does not come before it.
    pub promised: Option<usize>,
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
    /// Demand of the substitute itself, if there is one.
    pub substitute: Option<SubstituteDemand>,
    /// Which uniforms a path carries beside its counts.
    pub uniforms: PathUniforms,
}

/// Uniforms that decide what part of a count stays; drawn only where a mechanic asks for them. No other draw moves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PathUniforms {
    /// Which unmet customers wait: needed unless all or none of them do.
    pub waiting: bool,
    /// What a paused or ramping ad still brings: needed if a pause leaves something or a restart is gradual.
    pub thinning: bool,
    /// Who cancels, who sends back, what can be sold again.
    pub flow: bool,
    /// Which customers go over to the substitute.
    pub redirect: bool,
}

/// One future of one product.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProductPath {
    /// Seed of the run and address of the path, for what is drawn later and only where it is looked at.
    pub seed: Seed,
    /// Address of the path.
    pub address: u64,
    /// Organic demand of each day, in pieces, unplanned bursts included.
    pub organic: Vec<u64>,
    /// Demand of the live sessions of each day, in pieces; may be empty where there are none.
    pub live: Vec<u64>,
    /// Demand that the ads bring on each day if they run as planned, in pieces.
    pub ad: Vec<u64>,
    /// Lead time in days of an order placed at the end of each day, by mode.
    pub lead_days: Vec<Vec<u32>>,
    /// Day on which each open order arrives.
    pub open_arrivals: Vec<usize>,
    /// One uniform a day, or none: which unmet customers wait.
    pub waiting: Vec<f64>,
    /// One uniform a day, or none: what a paused or ramping ad still brings.
    pub thinning: Vec<f64>,
    /// Three uniforms a day, or none: who cancels, who sends back, what can be sold again.
    pub flow: Vec<f64>,
    /// Three uniforms a day, or none: whose ad order and whose lost sale goes over to the substitute; one is spare.
    pub redirect: Vec<f64>,
    /// Demand of the substitute itself on each day; empty without one.
    pub substitute: Vec<u64>,
    /// Days on which a burst lowers the mean of organic demand, and by how much.
    pub lowered: Vec<(usize, f64)>,
}

impl ProductPath {
    /// Demand of `day` with the ads as planned.
    #[must_use]
    pub fn reference(&self, day: usize) -> u64 {
        self.unadvertised(day) + self.ad[day]
    }

    /// Demand of `day` that the ads have no part in: organic and live.
    #[must_use]
    pub fn unadvertised(&self, day: usize) -> u64 {
        self.organic[day] + self.live.get(day).copied().unwrap_or(0)
    }

    /// The three uniforms of `day` in `uniforms`; one half each if they were not drawn.
    pub(crate) fn three(uniforms: &[f64], day: usize) -> [f64; 3] {
        std::array::from_fn(|at| Self::uniform(uniforms, 3 * day + at))
    }

    /// The uniform of `day` in `uniforms`; one half if they were not drawn.
    pub(crate) fn uniform(uniforms: &[f64], day: usize) -> f64 {
        uniforms.get(day).copied().unwrap_or(0.5)
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
            substitute: None,
            uniforms: PathUniforms::default(),
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

    /// Draws path `index` of `set`. For many paths make one [`PathSampler`].
    #[must_use]
    pub fn draw(&self, seed: Seed, set: PathSet, index: u64) -> ProductPath {
        PathSampler::new(self).draw(seed, set, index)
    }
}

#[cfg(test)]
mod tests;
