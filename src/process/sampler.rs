//! Drawing many futures of one product: what does not change from path to path is worked out once.
//!
//! Few streams a path (one for each source), tables where a mean repeats, one amplitude an event. Two draws of the
//! same address are the same, whoever made the sampler.

use std::sync::Arc;

use statrs::distribution::{ContinuousCDF, Gamma as GammaLaw};

use super::burst::QuantileTable;
use super::{DurationLaw, EventDemand, LeadTimeChain, LiveSession, PathSet, ProductPath, ProductProcess, ShopFactor};
use crate::random::{AliasTable, CountLaw, Entity, Seed, Sieve, Source, Stream};

/// Name under which the whole shop's randomness is drawn.
const SHOP: &str = "shop";

/// Draws the futures of one [`ProductProcess`].
#[derive(Debug)]
pub struct PathSampler<'a> {
    process: &'a ProductProcess,
    organic_entity: Entity,
    organic_noise: CountLaw,
    /// Mean organic demand of each day.
    organic_means: Vec<f64>,
    /// Index into `tables` of each day's mean.
    table_of_day: Vec<usize>,
    /// A table for each different mean; empty if the level is uncertain, since then no mean repeats.
    tables: Vec<AliasTable>,
    events: Vec<EventSampler<'a>>,
    leads: Vec<LeadSampler<'a>>,
    /// 0 for each day: a mode has one table.
    first_table: Vec<usize>,
    open_orders: Vec<Entity>,
    shop: Entity,
    /// Ordinary demand of each day, which unplanned bursts are multiples of.
    ordinary_means: Vec<f64>,
    /// Sessions with the entities of their audience and of the product's part of it.
    live: Vec<(&'a LiveSession, Entity, Entity)>,
}

#[derive(Debug)]
struct EventSampler<'a> {
    event: &'a EventDemand,
    entity: Entity,
    noise: CountLaw,
    quantiles: Option<Arc<QuantileTable>>,
}

#[derive(Debug)]
struct LeadSampler<'a> {
    chain: &'a LeadTimeChain,
    entity: Entity,
    /// The law of the whole days, where it is known and orders do not depend on one another.
    table: Option<AliasTable>,
}

impl<'a> PathSampler<'a> {
    /// Works out what all paths of the process have in common.
    #[must_use]
    pub fn new(process: &'a ProductProcess) -> Self {
        let organic_means = process.organic_means();
        let (table_of_day, tables) = tables(process, &organic_means);
        let sku = process.sku.as_str();
        Self {
            process,
            organic_entity: Entity::named(&[sku]),
            organic_noise: process.organic.noise.prepared(),
            organic_means,
            table_of_day,
            tables,
            events: process
                .events
                .iter()
                .map(|event| EventSampler {
                    event,
                    entity: Entity::named(&[sku, &event.id]),
                    noise: event.burst.noise.prepared(),
                    quantiles: event.burst.quantiles(),
                })
                .collect(),
            leads: process
                .chains
                .iter()
                .map(|chain| LeadSampler {
                    chain,
                    entity: Entity::named(&[sku, chain.mode()]),
                    table: whole_days(chain),
                })
                .collect(),
            first_table: vec![0; process.days],
            open_orders: process.open_orders.iter().map(|order| Entity::named(&[sku, &order.order])).collect(),
            shop: Entity::named(&[SHOP]),
            ordinary_means: process.ordinary_means(),
            live: process
                .live
                .iter()
                .map(|session| (session, Entity::named(&[&session.name]), Entity::named(&[&session.name, sku])))
                .collect(),
        }
    }

    /// Draws path `index` of `set`.
    #[must_use]
    pub fn draw(&self, seed: Seed, set: PathSet, index: u64) -> ProductPath {
        let mut path = ProductPath::default();
        self.draw_into(&mut path, seed, set, index);
        path
    }

    /// Draws path `index` of `set` over an earlier one, whose memory is used again.
    pub fn draw_into(&self, path: &mut ProductPath, seed: Seed, set: PathSet, index: u64) {
        let address = set.address(index);
        (path.seed, path.address) = (seed, address);
        let open = |source, entity| Stream::open(seed, address, source, entity);
        let days = self.process.days;

        let mut stream = open(Source::Organic, self.organic_entity);
        let level = self.process.organic.draw_level_factor(&mut stream);
        path.ad.clear();
        path.ad.resize(days, 0);
        path.lowered.clear();
        let shop = if self.process.shop_correlation == 0.0 || self.events.is_empty() {
            ShopFactor::NONE
        } else {
            ShopFactor::draw(self.process.shop_correlation, &mut open(Source::Shop, self.shop))
        };
        for sampler in &self.events {
            self.draw_event(sampler, level, shop, &mut open(Source::Burst, sampler.entity), path);
        }
        path.organic.clear();
        if self.tables.is_empty() || !path.lowered.is_empty() {
            let mut lowered = path.lowered.iter().peekable();
            path.organic.extend(self.organic_means.iter().enumerate().map(|(day, mean)| {
                let mut mean = mean * level;
                while let Some((_, by)) = lowered.next_if(|(at, _)| *at == day) {
                    mean = (mean - by).max(0.0);
                }
                self.organic_noise.draw(mean, &mut stream)
            }));
        } else {
            path.organic.resize(days, 0);
            AliasTable::fill(&self.tables, &self.table_of_day, &mut path.organic, &mut stream, |pieces| pieces);
        }

        if let Some(unplanned) = &self.process.unplanned {
            let ordinary: Vec<f64> = self.ordinary_means.iter().map(|mean| mean * level).collect();
            unplanned.draw(&ordinary, &mut path.organic, &mut open(Source::Unplanned, self.organic_entity));
        }
        path.live.clear();
        path.live.resize(days, 0);
        for (session, audience, part) in &self.live {
            if let Some(slot) = path.live.get_mut(session.day) {
                *slot += session.draw(&mut open(Source::Live, *audience), &mut open(Source::Live, *part));
            }
        }

        path.lead_days.resize_with(self.leads.len(), Vec::new);
        for (sampler, lead_days) in self.leads.iter().zip(&mut path.lead_days) {
            let mut stream = open(Source::LeadTime, sampler.entity);
            match &sampler.table {
                Some(table) => {
                    lead_days.resize(days, 0);
                    let table = std::slice::from_ref(table);
                    AliasTable::fill(table, &self.first_table, lead_days, &mut stream, |lead| lead as u32);
                }
                None => sampler.chain.draw_days_into(lead_days, self.process.first_day, days, &mut stream),
            }
        }
        path.open_arrivals.clear();
        path.open_arrivals.extend(self.process.open_orders.iter().zip(&self.open_orders).map(|(order, entity)| {
            let chain = &self.process.chains[order.mode];
            let mut stream = open(Source::OpenOrder, *entity);
            let drawn = chain.draw_remaining(order.stage, order.elapsed, self.process.first_day, &mut stream).index();
            drawn.max(order.promised.unwrap_or(0))
        }));
        for (order, arrives) in self.process.open_orders.iter().zip(&path.open_arrivals) {
            self.process.chains[order.mode].queue_behind(*arrives, &mut path.lead_days[order.mode]);
        }
        path.substitute.clear();
        if let Some(substitute) = &self.process.substitute {
            let mut stream = open(Source::Substitute, Entity::named(&[&substitute.sku]));
            substitute.draw(days, &mut stream, &mut path.substitute);
        }
        for (source, wanted, uniforms) in [
            (Source::Waiting, self.process.uniforms.waiting, &mut path.waiting),
            (Source::Thinning, self.process.uniforms.thinning, &mut path.thinning),
            (Source::Flow, self.process.uniforms.flow, &mut path.flow),
            (Source::Redirect, self.process.uniforms.redirect, &mut path.redirect),
        ] {
            uniforms.clear();
            if wanted {
                let mut stream = open(source, self.organic_entity);
                let a_day = if matches!(source, Source::Flow | Source::Redirect) { 3 } else { 1 };
                uniforms.extend((0..days * a_day).map(|_| stream.uniform()));
            }
        }
    }

    fn draw_event(
        &self,
        sampler: &EventSampler<'_>,
        level: f64,
        shop: ShopFactor,
        stream: &mut Stream,
        path: &mut ProductPath,
    ) {
        let burst = &sampler.event.burst;
        let scale = if burst.follows_level { level } else { 1.0 };
        let (which, total) = burst.draw_total(shop, sampler.quantiles.as_deref(), stream);
        let Some(shape) = burst.shapes.get(which) else { return };
        let first = sampler.event.start;
        let last = self.process.days.min(first + shape.shares().len());
        let mut sieve = Sieve::default();
        for (day, share) in (first..last).zip(shape.shares()) {
            let mean = share * total * scale;
            if mean > 0.0 {
                path.ad[day] += sampler.noise.draw_beside(mean, &mut sieve, stream);
            } else if mean < 0.0 {
                path.lowered.push((day, -mean));
            }
        }
    }
}

/// One table for each different mean of the organic demand, and which of them each day uses.
fn tables(process: &ProductProcess, means: &[f64]) -> (Vec<usize>, Vec<AliasTable>) {
    /// More different means than this are no repetition.
    const MOST: usize = 32;
    if process.organic.level_error > 0.0 {
        return (Vec::new(), Vec::new());
    }
    let mut different: Vec<f64> = Vec::new();
    let mut of_day = Vec::with_capacity(means.len());
    for mean in means {
        let at = different.iter().position(|other| other == mean).unwrap_or_else(|| {
            different.push(*mean);
            different.len() - 1
        });
        of_day.push(at);
        if different.len() > MOST {
            return (Vec::new(), Vec::new());
        }
    }
    let tables: Option<Vec<AliasTable>> = different.iter().map(|mean| process.organic.noise.table(*mean)).collect();
    tables.map_or_else(|| (Vec::new(), Vec::new()), |tables| (of_day, tables))
}

/// The law of a lead time in whole days, if the chain is one gamma stage: P(L = d) = F(d + 1/2) - F(d - 1/2), and all
/// below 1.5 days is one day.
fn whole_days(chain: &LeadTimeChain) -> Option<AliasTable> {
    const LONGEST: usize = 2048;
    /// What lies beyond is less than a table can tell.
    const NEGLIGIBLE: f64 = 1e-16;
    if !chain.orders_are_independent() {
        return None;
    }
    let [stage] = chain.stages() else { return None };
    let DurationLaw::Gamma { mean, cv } = stage.law else { return None };
    let shape = 1.0 / (cv * cv);
    let law = GammaLaw::new(shape, shape / mean).ok()?;
    let mut weights = Vec::new();
    let mut below = 0.0;
    while weights.len() < LONGEST {
        let next = law.cdf(weights.len() as f64 + 1.5);
        weights.push((next - below).max(0.0));
        below = next;
        if 1.0 - next < NEGLIGIBLE {
            return AliasTable::from_weights(1, &weights);
        }
    }
    None
}
