//! The program's own forecasts of a backtest: learned as of each origin, drawn as `run` draws its futures.

use std::collections::BTreeMap;

use super::origins::{class, origins};
use super::rivals::{Method, Quantiles, naive_error, quantiles_of, rival};
use super::series::{Daily, by_product, shop_as_of};
use super::{BacktestError, BacktestOptions, Class, Component, QUANTILES, Target};
use crate::calendar::Date;
use crate::history::{History, Promotion, SalesDay, Sku};
use crate::learn::{
    BurstLaw, FitOptions, Learned, PlannedEvent, Seen, event_burst, learn_shop, remaining, replayed, running_days,
    study_product, updated,
};
use crate::process::{EventDemand, Holiday, PathSampler, PathSet, ProductPath, ProductProcess};
use crate::random::{Entity, Seed, Source, Stream};
use crate::simulate::{Cancelled, Observer};
use crate::stats::randomised_pit;

/// Products that are forecast on a day, each with the index of that day in its series.
type Active = Vec<(usize, usize)>;

/// Demand by day of each product, where it is known for certain.
pub(super) type Truth = BTreeMap<Sku, Vec<f64>>;

/// One forecast window and what came of it.
#[derive(Debug, Clone)]
pub(super) struct Window {
    /// Index of the product.
    pub(super) product: usize,
    /// First day.
    pub(super) origin: Date,
    pub(super) class: Class,
    /// What happened, in pieces.
    pub(super) actual: f64,
    /// The product's own mean absolute error of the last week again; `None` if it had none.
    pub(super) scale: Option<f64>,
    /// Quantiles of each method, as [`Method::ALL`] has them.
    pub(super) forecasts: [Quantiles; Method::ALL.len()],
    /// Randomised probability integral transform of the pipeline's forecast.
    pub(super) pit: f64,
    /// Mean demand a day before the origin, its standard deviation and maximum: what formulas take.
    pub(super) daily: [f64; 3],
    /// Past bursts of the product at the origin.
    pub(super) bursts: usize,
}

/// All windows of a target and a length, by product and origin.
pub(super) struct Windows {
    pub(super) skus: Vec<Sku>,
    pub(super) windows: Vec<Window>,
    /// Windows that were left out because nothing was in stock.
    pub(super) without_stock: usize,
}

/// Forecasts every window of `horizon` days.
pub(super) fn windows(
    history: &History,
    truth: Option<&Truth>,
    target: Target,
    horizon: usize,
    options: &BacktestOptions,
    observer: &dyn Observer,
) -> Result<Windows, BacktestError> {
    let products = by_product(history, target, options.without);
    let fit = FitOptions { horizon_days: horizon as u32, ..options.fit.clone() };
    // Origins by day, so that the shop of a day is put together once.
    let mut by_day: BTreeMap<Date, Active> = BTreeMap::new();
    let mut without_stock = 0;
    for (at, (sku, own)) in products.iter().enumerate() {
        let series = &own.sales[sku];
        let some = |days: &[SalesDay]| truth.is_some() || days.iter().any(SalesDay::had_stock);
        for origin in origins(series, &own.promotions, horizon, options) {
            if !some(&series.days[..origin]) || !some(&series.days[origin..origin + horizon]) {
                without_stock += 1;
                continue;
            }
            by_day.entry(series.date(origin)).or_default().push((at, origin));
        }
    }
    observer.plan(by_day.values().map(|day| day.len() as u64).sum());
    let every = i64::from(options.shop_every.max(1));
    let epoch_of = |origin: Date| {
        let evening = origin.plus_days(-1);
        evening.plus_days(-evening.day_number().rem_euclid(every))
    };
    let mut days_of: BTreeMap<Date, Vec<(Date, Active)>> = BTreeMap::new();
    for (origin, active) in by_day {
        days_of.entry(epoch_of(origin)).or_default().push((origin, active));
    }
    let has_calendar = !history.promotions.is_empty();
    let ground = Ground { products: &products, target, horizon, options, fit: &fit, truth, has_calendar };
    let mut windows = Vec::new();
    for (evening, days) in days_of {
        if observer.cancelled() {
            return Err(Cancelled.into());
        }
        let shop = shop_as_of(&products, evening);
        let epoch = learn_shop(&shop, &fit);
        for (origin, active) in days {
            if observer.cancelled() {
                return Err(Cancelled.into());
            }
            windows.extend(ground.day(&epoch, origin, &active)?);
            observer.advance(active.len() as u64);
        }
    }
    windows.sort_by_key(|window| (window.product, window.origin));
    Ok(Windows { skus: products.into_iter().map(|(sku, _)| sku).collect(), windows, without_stock })
}

struct Ground<'a> {
    products: &'a [(Sku, History)],
    target: Target,
    horizon: usize,
    options: &'a BacktestOptions,
    fit: &'a FitOptions,
    truth: Option<&'a Truth>,
    /// Whether the shop keeps a promotion calendar.
    has_calendar: bool,
}

impl Ground<'_> {
    /// The windows of one day.
    fn day(&self, epoch: &Learned, origin: Date, active: &[(usize, usize)]) -> Result<Vec<Window>, BacktestError> {
        let evening = origin.plus_days(-1);
        let known = map(active, |(at, _)| {
            let (sku, own) = &self.products[*at];
            let own = own.as_of(evening);
            let study = study_product(epoch.knowledge.as_ref(), sku, &own, self.fit)?;
            Ok::<_, BacktestError>((own, study.fit, study.demand))
        })?;
        let mut learned = epoch.clone();
        learned.update(
            active.iter().zip(&known).map(|((at, _), (_, fit, _))| (self.products[*at].0.clone(), fit.clone())),
        );
        let tail = learned.typical_tail() as i64;
        let all: Vec<usize> = (0..active.len()).collect();
        map(&all, |which| {
            let ((at, day), (own, _, demand)) = (active[*which], &known[*which]);
            self.window(epoch, &learned, tail, (at, day), origin, (own, demand))
        })
    }

    fn window(
        &self,
        epoch: &Learned,
        learned: &Learned,
        tail: i64,
        (at, day): (usize, usize),
        origin: Date,
        (own, demand): (&History, &[f64]),
    ) -> Result<Window, BacktestError> {
        let (sku, whole) = &self.products[at];
        let (horizon, options) = (self.horizon, self.options);
        let daily = Daily::new(demand.to_vec());
        let fit = &learned.fits()[sku];
        let open = |source| {
            let names = [sku.0.as_str(), self.target.as_str()];
            Stream::open(options.seed, origin.day_number() as u64, source, Entity::named(&names))
        };
        let mut stream = open(Source::Backtest);
        let mut forecasts = [[0.0; QUANTILES.len()]; Method::ALL.len()];
        for method in Method::ALL {
            if let Some(quantiles) = rival(method, &daily, horizon, &mut stream) {
                forecasts[method.index()] = quantiles;
            }
        }
        let promotions = &own.promotions;
        let holidays = &self.fit.holidays;
        let events = Events { learned, sku, promotions, own, origin, horizon, tail, holidays };
        let mut pipeline = self.draw(&events, BurstLaw::Hier, options.without);
        let is_planned = events.planned().next().is_some();
        let mut replay = if is_planned { self.draw(&events, BurstLaw::Replay, None) } else { pipeline.clone() };
        let actual = self.actual(epoch, sku, whole, day)?;
        let below = pipeline.iter().filter(|total| **total < actual.round()).count() as f64;
        let at_most = pipeline.iter().filter(|total| **total <= actual.round()).count() as f64;
        let n = pipeline.len() as f64;
        let pit = randomised_pit(below / n, at_most / n, stream.uniform());
        forecasts[Method::Pipeline.index()] = quantiles_of(&mut pipeline);
        forecasts[Method::Replay.index()] = quantiles_of(&mut replay);
        let past = events.mean_of_past_bursts();
        for method in Method::ALL {
            if let Some(multiple) = method.multiple() {
                forecasts[method.index()] = [multiple * past; QUANTILES.len()];
            }
        }
        Ok(Window {
            product: at,
            origin,
            class: class(origin, horizon, self.has_calendar.then_some(promotions), fit, options),
            actual,
            scale: naive_error(&daily, horizon),
            forecasts,
            pit,
            daily: [fit.daily_mean, fit.daily_sd, fit.daily_max],
            bursts: fit.bursts.len(),
        })
    }

    /// What happened on the days of a window: as recorded, or with what an empty shelf hid filled in as of its end.
    fn actual(&self, epoch: &Learned, sku: &Sku, whole: &History, day: usize) -> Result<f64, BacktestError> {
        let series = &whole.sales[sku];
        let end = day + self.horizon;
        if let Some(demand) = self.truth.and_then(|truth| truth.get(sku)) {
            return Ok(demand.get(day..end).unwrap_or(&[]).iter().sum());
        }
        let is_hidden = |day: &crate::history::SalesDay| day.in_stock_share.is_some_and(|share| share < 1.0);
        let plain = self.target == Target::Recorded || !series.days[day..end].iter().any(is_hidden);
        if plain && self.fit.wholesale.is_none() {
            return Ok(series.days[day..end].iter().map(|day| day.units.as_f64()).sum());
        }
        let known = whole.as_of(series.date(end - 1));
        let demand = study_product(epoch.knowledge.as_ref(), sku, &known, self.fit)?.demand;
        // Of a closed shop nothing is hidden.
        let recorded = self.target == Target::Recorded;
        let of = |at: usize| if recorded && !series.days[at].had_stock() { 0.0 } else { demand[at] };
        Ok((day..end).map(of).sum())
    }

    /// Totals of the window over drawn futures.
    fn draw(&self, events: &Events<'_>, law: BurstLaw, without: Option<Component>) -> Vec<f64> {
        let mut process = events.process(law);
        for event in &mut process.events {
            without.iter().for_each(|component| component.switch_off(&mut event.burst, events.learned, events.sku));
        }
        let sampler = PathSampler::new(&process);
        let seed = Seed(self.options.seed.0 ^ (events.origin.day_number() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut path = ProductPath::default();
        (0..u64::from(self.options.paths))
            .map(|index| {
                sampler.draw_into(&mut path, seed, PathSet::Planning, index);
                (0..process.days).map(|day| path.reference(day) as f64).sum()
            })
            .collect()
    }
}

/// What is planned for one product in one window.
struct Events<'a> {
    learned: &'a Learned,
    sku: &'a Sku,
    promotions: &'a [Promotion],
    own: &'a History,
    origin: Date,
    horizon: usize,
    /// Days that a burst lasts after its promotion.
    tail: i64,
    /// Holidays, which were known long before.
    holidays: &'a [Holiday],
}

impl Events<'_> {
    /// The product's demand from the origin on.
    fn process(&self, law: BurstLaw) -> ProductProcess {
        let mut process = self.without_events(self.horizon);
        process.events = self.planned().filter_map(|promotion| self.event(law, promotion)).collect();
        process
    }

    /// Promotions that reach into the window, tails included.
    fn planned(&self) -> impl Iterator<Item = &Promotion> {
        let last = self.origin.plus_days(self.horizon as i64 - 1);
        self.promotions
            .iter()
            .filter(move |promotion| promotion.start <= last && promotion.end.plus_days(self.tail) >= self.origin)
    }

    /// Days of a promotion and its tail, which the next promotion ends.
    fn days(&self, promotion: &Promotion) -> usize {
        let next = self.promotions.iter().filter(|other| other.start > promotion.end).map(|other| other.start).min();
        let end = promotion.end.plus_days(self.tail);
        let end = next.map_or(end, |next| end.min(next.plus_days(-1)));
        usize::try_from(end.days_since(promotion.start) + 1).unwrap_or(1)
    }

    /// Of these days, those after the promotion.
    fn tail(promotion: &Promotion, days: usize) -> usize {
        days.saturating_sub(usize::try_from(promotion.end.days_since(promotion.start) + 1).unwrap_or(1))
    }

    fn spend(promotion: &Promotion, days: usize) -> Option<Vec<f64>> {
        let planned = promotion.planned_spend?;
        let paid = promotion.end.days_since(promotion.start);
        Some((0..days as i64).map(|day| if day <= paid { planned } else { 0.0 }).collect())
    }

    fn without_events(&self, days: usize) -> ProductProcess {
        let fit = &self.learned.fits()[self.sku];
        let process = ProductProcess::new(self.sku.0.clone(), self.origin, days, fit.organic.clone());
        ProductProcess { life_cycle: fit.life_cycle, holidays: self.holidays.to_vec(), ..process }
    }

    /// Ordinary demand of each day from `start` on; days gone by count as the first to come.
    fn ordinary(&self, start: Date, days: usize) -> Vec<f64> {
        let fit = &self.learned.fits()[self.sku];
        let mean = |date: Date| {
            let ahead = usize::try_from(date.days_since(self.origin)).unwrap_or(0);
            fit.organic.mean(date) * fit.life_cycle.factor(ahead)
        };
        (0..days).map(|day| mean(start.plus_days(day as i64))).collect()
    }

    fn event(&self, law: BurstLaw, promotion: &Promotion) -> Option<EventDemand> {
        let days = self.days(promotion);
        let ordinary = self.ordinary(promotion.start, days);
        let spend = Self::spend(promotion, days);
        let planned = PlannedEvent {
            days,
            ordinary: ordinary.iter().sum(),
            tail: Some(Self::tail(promotion, days)),
            spend: spend.as_deref(),
            host: promotion.host.as_deref(),
            ..PlannedEvent::default()
        };
        let (burst, _) = event_burst(law, self.sku, &planned, self.learned).ok()?;
        let ran = usize::try_from(self.origin.days_since(promotion.start)).unwrap_or(0);
        let (start, burst, days) = if ran == 0 {
            (usize::try_from(promotion.start.days_since(self.origin)).ok()?, burst, days)
        } else {
            let organic = &self.learned.fits()[self.sku].organic;
            let sold = running_days(self.sku, self.own, organic, promotion.start, ran);
            let seen = Seen { signals: &[], sold: &sold, ordinary: &ordinary, level_error: organic.level_error };
            (0, remaining(&updated(&burst, &seen).0, ran), days.checked_sub(ran)?)
        };
        let id = promotion.start.to_string();
        Some(EventDemand { id, start, days, planned_spend: vec![0.0; days], burst })
    }

    /// What a planner expects: ordinary demand and the mean of past bursts, as they would fall into this window.
    fn mean_of_past_bursts(&self) -> f64 {
        let mut mean: f64 = self.ordinary(self.origin, self.horizon).iter().sum();
        let own = self.learned.bursts_of(self.sku);
        if own.is_empty() {
            return mean;
        }
        for promotion in self.planned().filter(|promotion| promotion.start >= self.origin) {
            let days = self.days(promotion);
            let spend = Self::spend(promotion, days);
            let planned = PlannedEvent {
                days,
                ordinary: self.ordinary(promotion.start, days).iter().sum(),
                tail: Some(Self::tail(promotion, days)),
                spend: spend.as_deref(),
                ..PlannedEvent::default()
            };
            let start = promotion.start.days_since(self.origin);
            let within = (self.horizon as i64 - start).clamp(0, days as i64) as f64 / days.max(1) as f64;
            let past: f64 = own.iter().flat_map(|burst| replayed(self.sku, burst, &planned, self.learned)).sum();
            mean += within * past / own.len() as f64;
        }
        mean.max(0.0)
    }
}

/// Does something with each, on all threads there are, in order.
fn map<T: Sync, U: Send>(
    values: &[T],
    of: impl Fn(&T) -> Result<U, BacktestError> + Sync + Send,
) -> Result<Vec<U>, BacktestError> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        values.par_iter().map(of).collect()
    }
    #[cfg(not(feature = "parallel"))]
    values.iter().map(of).collect()
}
