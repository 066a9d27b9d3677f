//! One future of one product: demand by day and lead times by order day, drawn before and apart from any decision.

use super::{BurstProcess, LeadTimeChain, OrganicDemand};
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
    /// Organic demand of each day, in pieces.
    pub organic: Vec<u64>,
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
        self.organic[day] + self.ad[day]
    }
}

impl ProductProcess {
    /// Mean organic demand of each day, level error included (it has mean 1).
    #[must_use]
    pub fn organic_means(&self) -> Vec<f64> {
        (0..self.days).map(|day| self.organic.mean(self.first_day.plus_days(day as i64))).collect()
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
        let mut ad = vec![0_u64; self.days];
        for event in &self.events {
            let mut burst = open(Source::Burst, &[&self.sku, &event.id]);
            let scale = if event.burst.follows_level { level } else { 1.0 };
            for (offset, mean) in event.burst.draw_means(&mut burst).into_iter().map(|m| m * scale).enumerate() {
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
        let organic = organic_means.iter().map(|mean| self.organic.noise.draw(*mean, &mut stream)).collect();

        let lead_days = self
            .chains
            .iter()
            .map(|chain| {
                let mut stream = open(Source::LeadTime, &[&self.sku, chain.mode()]);
                chain.draw_days(self.first_day, self.days, &mut stream)
            })
            .collect();
        let open_arrivals = self
            .open_orders
            .iter()
            .map(|order| {
                let mut stream = open(Source::OpenOrder, &[&self.sku, &order.order]);
                let chain = &self.chains[order.mode];
                chain.draw_remaining(order.stage, order.elapsed, self.first_day, &mut stream).index()
            })
            .collect();
        let uniforms = |source| {
            let mut stream = open(source, &[&self.sku]);
            (0..self.days).map(|_| stream.uniform()).collect()
        };
        ProductPath {
            organic,
            ad,
            lead_days,
            open_arrivals,
            waiting: uniforms(Source::Waiting),
            thinning: uniforms(Source::Thinning),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BurstShape, DayNoise, DurationLaw, Stage, Uplift};
    use super::*;

    fn process() -> ProductProcess {
        ProductProcess {
            sku: "A".into(),
            first_day: "2026-01-01".parse().expect("a date"),
            days: 30,
            organic: OrganicDemand { level: 20.0, weekday: [1.0; 7], level_error: 0.1, noise: DayNoise::Poisson },
            events: vec![EventDemand {
                id: "e".into(),
                start: 10,
                days: 5,
                planned_spend: vec![0.0; 5],
                burst: BurstProcess {
                    uplift: Uplift::LogNormal { mean: 500.0, cv: 0.45 },
                    shapes: vec![BurstShape::flat(5)],
                    masses: vec![1.0],
                    noise: DayNoise::NegativeBinomial { size: 20.0 },
                    follows_level: false,
                },
            }],
            chains: vec![LeadTimeChain::new(
                "air",
                vec![Stage { name: "all".into(), law: DurationLaw::Gamma { mean: 9.0, cv: 0.3 } }],
            )],
            open_orders: Vec::new(),
        }
    }

    #[test]
    fn a_path_depends_on_its_address_only() {
        let process = process();
        let path = process.draw(Seed(1), PathSet::Comparison, 3);
        assert_eq!(path, process.draw(Seed(1), PathSet::Comparison, 3));
        assert_ne!(path, process.draw(Seed(1), PathSet::Confirmation, 3));
        assert_ne!(path, process.draw(Seed(1), PathSet::Comparison, 4));
    }

    /// A learned burst is a multiple of ordinary demand: where the level is off, so is the burst.
    #[test]
    fn a_learned_burst_follows_the_level() {
        let mut process = process();
        process.organic.level_error = 0.5;
        let spread = |process: &ProductProcess| {
            let totals: Vec<f64> =
                (0..2000).map(|i| process.draw(Seed(1), PathSet::Planning, i).ad.iter().sum::<u64>() as f64).collect();
            let mean = totals.iter().sum::<f64>() / 2000.0;
            (totals.iter().map(|t| (t - mean).powi(2)).sum::<f64>() / 1999.0).sqrt() / mean
        };
        let stated = spread(&process);
        process.events[0].burst.follows_level = true;
        // CV of the product: sqrt((1 + .45²)(1 + .533²) - 1) = .74, against .45 and a little day noise.
        let learned = spread(&process);
        assert!((stated - 0.46).abs() < 0.06 && (learned - 0.75).abs() < 0.15, "{stated} {learned}");
    }

    #[test]
    fn another_mode_moves_no_demand() {
        let base = process();
        let mut other = process();
        other.chains.insert(0, LeadTimeChain::new("sea", base.chains[0].stages().to_vec()));
        let (a, b) = (base.draw(Seed(1), PathSet::Comparison, 0), other.draw(Seed(1), PathSet::Comparison, 0));
        assert_eq!((&a.organic, &a.ad), (&b.organic, &b.ad));
        assert_eq!(a.lead_days[0], b.lead_days[1]);
    }

    #[test]
    fn mean_demand_is_the_stated_mean() {
        let process = process();
        let n = 4000_u64;
        let total: u64 =
            (0..n).map(|i| process.draw(Seed(1), PathSet::Planning, i)).map(|p| p.ad.iter().sum::<u64>()).sum();
        let mean = total as f64 / n as f64;
        // sd of the total: sqrt((500 x .45)² + ...) about 230.
        assert!((mean - 500.0).abs() < 4.0 * 230.0 / (n as f64).sqrt(), "{mean}");
    }
}
