//! Everything that is learned of one product.

use serde::{Deserialize, Serialize};

use super::baseline::{Baseline, BaselineDay, OrdinaryDays, WeekdayEvidence};
use super::bursts::{BurstDay, LEAST_MEAN, TAIL_DAYS, measure, tail_end, uncensored, windows};
use super::caveat::Caveat;
use super::course::{Course, CourseEvidence};
use super::creative::creatives;
use super::event::BURST_NOISE;
use super::level::{self, BurstDays, Level, LevelEvidence, ShopPrior};
use super::library::complete;
use super::oddities;
use super::records::Records;
use super::trend::{Slopes, stage};
use super::wholesale::retail_sales;
use super::{BurstRule, CreativeLife, FitOptions, PastBurst};
use crate::calendar::Date;
use crate::history::{History, SalesSeries, Sku};
use crate::process::{DayNoise, LifeCycle, OrganicDemand};

/// Ordinary days fully in stock below which a reader is told so.
const LEAST_FULL_DAYS: usize = 28;
/// Share of a day in stock from which a day may count as ordinary; where no day has as much, each that had any.
const LEAST_AVAILABLE: f64 = 0.5;
/// Level error where the history is too short to measure one (methods, section 3.4).
const DEFAULT_LEVEL_ERROR: f64 = 0.10;

/// Why a product could not be fitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FitError {
    /// The sales hold no such product.
    #[error("product `{sku}` does not stand in the sales file{hint}")]
    UnknownSku {
        /// The product.
        sku: String,
        /// The nearest known ones, as a phrase, or nothing.
        hint: String,
    },
}

/// What was learned of one product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FittedProduct {
    /// Ordinary demand from now on.
    pub organic: OrganicDemand,
    /// Where the product stands in its life: how its ordinary demand grows or falls from now on.
    #[serde(default)]
    pub life_cycle: LifeCycle,
    /// The burst library.
    pub bursts: Vec<PastBurst>,
    /// Creatives that its bursts were advertised with, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub creatives: Vec<CreativeLife>,
    /// How bursts were found.
    pub burst_rule: BurstRule,
    /// Days of history.
    pub days: usize,
    /// Days that taught ordinary demand.
    pub ordinary_days: usize,
    /// Days with less than full stock.
    pub censored_days: usize,
    /// Rolling origins behind the level error; 0 if it is a default.
    pub level_error_origins: usize,
    /// Days since the last burst, tail included; all days where there was none.
    pub quiet_days: usize,
    /// Ordinary demand without bursts over ordinary demand: below 1 where bursts are found by counts, and so are a part of
    /// what ordinary days hold.
    pub quiet_share: f64,
    /// Mean demand a day over the whole history, bursts included, un-censored.
    pub daily_mean: f64,
    /// Its standard deviation (n - 1).
    pub daily_sd: f64,
    /// Its maximum: what the max-average formula takes from the bursts.
    pub daily_max: f64,
    /// What a reader must know.
    pub caveats: Vec<Caveat>,
}

/// What one product tells the others of its shop.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    pub(super) weekday: WeekdayEvidence,
    pub(super) level: LevelEvidence,
    /// Logarithm of each burst's multiple, with its noise.
    pub(super) multiples: Vec<(f64, f64)>,
    /// Its ordinary demand of each day.
    pub(super) ordinary: Vec<f64>,
    /// How the days of its bursts compare.
    pub(super) course: CourseEvidence,
    /// Its demand of each day, un-censored.
    pub(super) demand: Vec<f64>,
}

/// Learns ordinary demand and the burst library of one product that stands alone; [`learn_shop`](super::learn_shop) learns
/// the products of a shop from each other too.
///
/// # Errors
/// [`FitError::UnknownSku`] if the history holds no sales of it.
pub fn fit_product(sku: &Sku, history: &History, options: &FitOptions) -> Result<FittedProduct, FitError> {
    fit(sku, history, options, None).map(|(fit, _)| fit)
}

/// Learns one product, with what its shop has in common where that is known.
pub(super) fn fit(
    sku: &Sku,
    history: &History,
    options: &FitOptions,
    shop: Option<&ShopPrior>,
) -> Result<(FittedProduct, Evidence), FitError> {
    let Some(series) = history.sales.get(sku) else {
        return Err(FitError::UnknownSku { sku: sku.0.clone(), hint: String::new() });
    };
    Ok(fit_series(series, &Records::of(sku, history), options, shop))
}

/// Learns one product from its sales and what else is recorded of it.
pub(super) fn fit_series(
    series: &SalesSeries,
    records: &Records<'_>,
    options: &FitOptions,
    shop: Option<&ShopPrior>,
) -> (FittedProduct, Evidence) {
    let mut caveats = Vec::new();
    let retail = retail_sales(series, options.wholesale.as_ref());
    if let (Some(rule), true) = (&options.wholesale, retail.lines > 0) {
        caveats.push(Caveat::WholesaleRemoved {
            lines: retail.lines,
            share: retail.share,
            share_of_day: rule.share_of_day.get(),
            times_median: rule.times_median,
        });
    }
    let mut days = burst_days(series, &retail.units, records);
    let begun = oddities::before_first_sale(&days);
    // What was not yet sold is no demand of nothing: its days teach as little as those of an empty shelf.
    days[..begun].iter_mut().for_each(|day| day.available = 0.0);
    if begun > 0 {
        caveats.push(Caveat::BeginsLater { days: begun });
    }
    if !days.iter().any(|day| day.available > 0.0) && days.iter().any(|day| day.units > 0.0) {
        // Every day sold out at a time that nobody knows: what was sold is the least that was wanted, and all there is.
        days.iter_mut().filter(|day| day.units > 0.0).for_each(|day| day.available = 1.0);
        caveats.push(Caveat::SoldOutEveryDay);
    }
    let asked = options.bursts.unwrap_or_else(|| default_rule(&days));
    let rule = oddities::rule_that_tells(asked, &days);
    caveats.extend(oddities::of_records(series, records, asked, rule, options.bursts.is_some()));

    // First without tails, to have a baseline that tells where the tails end; then with them.
    let cores = windows(series.first_day, &days, rule);
    let weekday = shop.map(|shop| &shop.weekday);
    let flat = Course::FLAT;
    let course = shop.map_or(&flat, |shop| &shop.course);
    let holidays = holidays(series, options);
    let first = first_baseline((series.first_day, &days, &holidays), &cores, shop);
    let spans: Vec<(usize, usize)> = cores
        .iter()
        .enumerate()
        .map(|(at, (start, end))| {
            let next = cores.get(at + 1).map_or(days.len(), |(start, _)| *start);
            (*start, tail_end(&days, &first.mean, first.noise_size, (*end, next), course.tail_days()))
        })
        .collect();
    caveats.extend(oddities::unseen_demand(&days, &spans));
    let calm = without(&holidays, ordinary(&days, &spans, &mut caveats));
    let quiet = OrdinaryDays::new(series.first_day, &calm);
    let baseline = Baseline::fit(&quiet, weekday);

    let whole: Vec<(usize, usize)> =
        spans.iter().copied().filter(|(start, end)| *start > 0 && *end < days.len()).collect();
    if whole.len() < spans.len() {
        caveats.push(Caveat::BurstsCutOff { bursts: spans.len() - whole.len() });
    }
    let planned = matches!(rule, BurstRule::Promotions | BurstRule::Spend);
    let measured = |(start, end): (usize, usize)| {
        let core = cores.iter().rfind(|(start, _)| *start < end).map_or(end, |(_, core)| (*core).min(end));
        let kind = (planned, core - start, course);
        let mut burst = measure(&days, &baseline.mean, series.first_day, baseline.noise_size, (start, end), kind)?;
        let next = spans.iter().map(|(start, _)| *start).find(|start| *start >= end).unwrap_or(days.len());
        burst.tail = end - core;
        burst.noise_variance = noise_variance(&burst, baseline.noise_size);
        complete(&mut burst, records, (&days, &baseline.mean), (start, end, next));
        Some(burst)
    };
    let mut days_told = CourseEvidence::default();
    if planned {
        // What began before the records did has no first day in them.
        for (at, core) in cores.iter().enumerate().filter(|(_, (start, _))| *start > 0) {
            let next = cores.get(at + 1).map_or(days.len(), |(start, _)| *start);
            days_told.add(&days, &baseline.mean, *core, next);
        }
    }
    let bursts: Vec<PastBurst> = whole.iter().filter_map(|span| measured(*span)).collect();
    let empty = |(start, end): &(usize, usize)| days[*start..*end].iter().all(|day| day.available <= 0.0);
    let sold_out = whole.iter().filter(|span| empty(span)).count();
    if sold_out > 0 {
        caveats.push(Caveat::BurstsSoldOut { bursts: sold_out });
    }
    // A multiple of next to nothing says nothing about a product that sells.
    let found = bursts.len();
    let mut bursts: Vec<PastBurst> =
        bursts.into_iter().filter(|burst| burst.ordinary >= LEAST_MEAN * burst.days as f64).collect();
    if bursts.len() < found {
        caveats.push(Caveat::QuietBursts { bursts: found - bursts.len(), least_per_day: LEAST_MEAN });
    }
    match bursts.len() {
        0 => caveats.push(Caveat::NoBurst),
        n if n < 19 => caveats.push(Caveat::FewBursts { bursts: n }),
        _ => {}
    }

    let mut demand = demand_by_day(&days, &baseline, &spans, &bursts, series);
    let mut mean = baseline.mean;
    demand[..begun].fill(0.0);
    mean[..begun].fill(0.0);
    let (daily_mean, daily_sd, daily_max) = daily_moments(&days, &demand);
    let quiet_days = days.len() - spans.last().map_or(0, |(_, end)| *end);
    caveats.extend(oddities::without_sales(&days, &bursts));
    let horizon = options.horizon_days as usize;
    let amplitude = level::own_amplitude(&bursts, shop);
    // Bursts that nobody plans will come again: the days to come hold them as the days gone by do. Planned ones are taken
    // out, as far as is known how large they were.
    let wanted = without(&holidays, wanted(&days, &demand, if planned { &spans } else { &[] }));
    let all = OrdinaryDays::new(series.first_day, &wanted);
    let burst_days = if planned {
        let spread = 1.0 / baseline.noise_size.unwrap_or(f64::INFINITY);
        BurstDays::of(&spans, &days, &mean, amplitude, spread)
    } else {
        BurstDays::default()
    };
    let slopes = Slopes::of(&quiet, &baseline.weekday, baseline.noise_size);
    let evidence = level::evidence((&all, &burst_days, &slopes), &baseline.weekday, baseline.noise_size, horizon);
    let of_days = (&baseline.weekday, baseline.noise_size);
    let Level { rate, weekly, error, sampling } =
        level::level((&all, &burst_days, &slopes), of_days, &evidence, horizon, shop);
    let quiet_share = if planned || rate <= 0.0 {
        1.0
    } else {
        let quiet = level::level((&quiet, &BurstDays::default(), &slopes), of_days, &evidence, horizon, shop);
        (quiet.rate / rate).clamp(0.0, 1.0)
    };
    let (level_error, level_error_origins) = match error {
        // What other products tell holds the error of an estimate from weeks, not that of one from a few days.
        Some((error, 0)) if all.used.len() < level::LEAST_BEFORE => (error.max(sampling), 0),
        Some(measured) => measured,
        None => {
            let level_error = libm::hypot(DEFAULT_LEVEL_ERROR, sampling).min(level::ERROR_BOUNDS.1);
            caveats.push(Caveat::LevelErrorAssumed { level_error });
            (level_error, 0)
        }
    };
    // A baseline that is drawn from both sides of a burst errs by half the variance of one that looks ahead.
    for burst in &mut bursts {
        burst.ordinary_variance = level_error * level_error / 2.0;
    }
    let noise = |burst: &PastBurst| burst.noise_variance + burst.ordinary_variance;
    let multiples = bursts.iter().map(|burst| (burst.multiple.max(0.01).ln(), noise(burst))).collect();
    let fit = FittedProduct {
        organic: OrganicDemand {
            // The rate is the middle of what may come; the cube of a normal variable has its mean above it.
            level: rate * (1.0 + level_error * level_error / 3.0),
            weekday: baseline.weekday,
            level_error,
            noise: baseline.noise_size.map_or(DayNoise::Poisson, |size| DayNoise::NegativeBinomial { size }),
        },
        life_cycle: stage(weekly),
        creatives: creatives(records, &bursts),
        bursts,
        burst_rule: rule,
        days: days.len() - begun,
        ordinary_days: baseline.days,
        censored_days: days[begun..].iter().filter(|day| day.available < 1.0).count(),
        level_error_origins,
        quiet_days,
        quiet_share,
        daily_mean,
        daily_sd,
        daily_max,
        caveats,
    };
    (
        fit,
        Evidence { weekday: baseline.evidence, level: evidence, multiples, course: days_told, ordinary: mean, demand },
    )
}

/// Variance of the logarithm of a burst's demand by counts, by the noise of its ordinary days and by that of a burst's.
fn noise_variance(burst: &PastBurst, noise_size: Option<f64>) -> f64 {
    let total = (burst.ordinary + burst.uplift).max(1.0);
    let days = burst.days.max(1) as f64;
    let of = |part: f64, size: f64| (part / total).powi(2) / (size * days);
    1.0 / total + of(burst.ordinary, noise_size.unwrap_or(f64::INFINITY)) + of(burst.uplift, BURST_NOISE)
}

fn burst_days(series: &SalesSeries, units: &[f64], records: &Records<'_>) -> Vec<BurstDay> {
    let mut days: Vec<BurstDay> = series
        .days
        .iter()
        .zip(units)
        .map(|(day, units)| BurstDay {
            units: *units,
            available: day.in_stock_share.unwrap_or(1.0),
            promoted: day.promotion.unwrap_or(false),
            spend: None,
            planned_spend: None,
        })
        .collect();
    for ad in &records.ads {
        if let Some(at) = series.position(ad.date) {
            if let Some(spend) = ad.spend {
                *days[at].spend.get_or_insert(0.0) += spend;
            }
            if let Some(spend) = ad.planned_spend {
                *days[at].planned_spend.get_or_insert(0.0) += spend;
            }
        }
    }
    let mut by_calendar: Vec<Option<f64>> = vec![None; days.len()];
    for promotion in &records.promotions {
        // Days outside the sales are not looked for one by one: a calendar may reach far.
        let from = promotion.start.max(series.first_day);
        let length = promotion.end.min(series.last_day()).days_since(from);
        for offset in 0..=length {
            if let Some(at) = series.position(from.plus_days(offset)) {
                days[at].promoted = true;
                if let Some(spend) = promotion.planned_spend {
                    *by_calendar[at].get_or_insert(0.0) += spend;
                }
            }
        }
    }
    // The ads table knows each day; the promotions' figures stand in where it is silent.
    for (day, spend) in days.iter_mut().zip(by_calendar) {
        day.planned_spend = day.planned_spend.or(spend);
    }
    days
}

fn default_rule(days: &[BurstDay]) -> BurstRule {
    if days.iter().any(|day| day.promoted) {
        BurstRule::Promotions
    } else if days.iter().any(|day| day.spend.or(day.planned_spend).is_some_and(|spend| spend > 0.0)) {
        BurstRule::Spend
    } else {
        BurstRule::counts()
    }
}

/// A baseline of the days that are ordinary whatever the tails of bursts are; of more where those are too few to tell one,
/// or the shop's bursts have no tail.
fn first_baseline(
    (first_day, days, holidays): (Date, &[BurstDay], &[bool]),
    cores: &[(usize, usize)],
    shop: Option<&ShopPrior>,
) -> Baseline {
    let weekday = shop.map(|shop| &shop.weekday);
    let of = |spans: &[(usize, usize)]| {
        let days = without(holidays, ordinary(days, spans, &mut Vec::new()));
        Baseline::fit(&OrdinaryDays::new(first_day, &days), weekday)
    };
    if shop.is_some_and(|shop| shop.course.tail_days() == 0) {
        return of(cores);
    }
    let calm = of(&without_tails(cores, days.len()));
    if calm.days < LEAST_FULL_DAYS { of(cores) } else { calm }
}

/// Bursts with the longest tail each may have: the days between are ordinary for sure.
fn without_tails(cores: &[(usize, usize)], days: usize) -> Vec<(usize, usize)> {
    let next = cores.iter().skip(1).map(|(start, _)| *start).chain([days]);
    cores.iter().zip(next).map(|((start, end), next)| (*start, (end + TAIL_DAYS).min(next))).collect()
}

/// The days as ordinary demand sees them: those of bursts and those without enough stock do not teach.
fn ordinary(days: &[BurstDay], spans: &[(usize, usize)], caveats: &mut Vec<Caveat>) -> Vec<BaselineDay> {
    let mut in_burst = vec![false; days.len()];
    for (start, end) in spans {
        in_burst[*start..*end].fill(true);
    }
    let full = days.iter().zip(&in_burst).filter(|(day, burst)| !**burst && day.available >= 1.0).count();
    // Days before the first with stock are no part of its life. A day that sold out wanted more than others: to learn from
    // full days alone is to learn from the quiet ones.
    let before = days.iter().position(|day| day.available > 0.0).unwrap_or(0);
    if full < LEAST_FULL_DAYS.min((days.len() - before) / 2) {
        caveats.push(Caveat::PartialDaysUsed { full_days: full });
    }
    let is_half = |(day, burst): (&BurstDay, &bool)| !burst && day.available >= LEAST_AVAILABLE;
    let least = if days.iter().zip(&in_burst).any(is_half) { LEAST_AVAILABLE } else { f64::MIN_POSITIVE };
    days.iter()
        .zip(&in_burst)
        .map(|(day, burst)| BaselineDay {
            units: day.units,
            available: day.available,
            ordinary: !burst && day.available >= least,
        })
        .collect()
}

/// Whether each day of a series is a stated holiday.
fn holidays(series: &SalesSeries, options: &FitOptions) -> Vec<bool> {
    let is_holiday = |at: usize| options.holidays.iter().any(|holiday| holiday.contains(series.date(at)));
    (0..series.days.len()).map(is_holiday).collect()
}

/// Days of which the holidays do not teach.
fn without(holidays: &[bool], mut days: Vec<BaselineDay>) -> Vec<BaselineDay> {
    days.iter_mut().zip(holidays).filter(|(_, holiday)| **holiday).for_each(|(day, _)| day.ordinary = false);
    days
}

/// The days as the level sees them: un-censored, those of bursts left out, and those of which nothing is known.
fn wanted(days: &[BurstDay], demand: &[f64], bursts: &[(usize, usize)]) -> Vec<BaselineDay> {
    let mut seen: Vec<BaselineDay> = days
        .iter()
        .zip(demand)
        .map(|(day, demand)| BaselineDay {
            units: *demand,
            available: 1.0,
            // Of a day that sold out at an unknown time, too: to leave it out is to learn from the quiet days.
            ordinary: day.available > 0.0 || day.units > 0.0,
        })
        .collect();
    for (start, end) in bursts {
        seen[*start..*end].iter_mut().for_each(|day| day.ordinary = false);
    }
    seen
}

/// Demand of each day, un-censored: what was sold and what is expected of the part of the day without stock.
fn demand_by_day(
    days: &[BurstDay],
    baseline: &Baseline,
    spans: &[(usize, usize)],
    bursts: &[PastBurst],
    series: &SalesSeries,
) -> Vec<f64> {
    let mut multiple = vec![1.0; days.len()];
    for (start, end) in spans {
        let date = series.date(*start);
        if let Some(burst) = bursts.iter().find(|burst| burst.start == date) {
            multiple[*start..*end].fill(burst.multiple);
        }
    }
    let demand = |(at, day): (usize, &BurstDay)| uncensored(day.units, day.available, baseline.mean[at] * multiple[at]);
    days.iter().enumerate().map(demand).collect()
}

/// Mean, standard deviation (n - 1) and maximum of un-censored demand a day. Days on which nothing could be bought
/// are left out: nobody knows their demand.
fn daily_moments(days: &[BurstDay], demand: &[f64]) -> (f64, f64, f64) {
    let known = days.iter().zip(demand).filter(|(day, _)| day.available > 0.0);
    let demand: Vec<f64> = known.map(|(_, demand)| *demand).collect();
    let n = demand.len() as f64;
    if demand.is_empty() {
        return (0.0, 0.0, 0.0);
    }
    let mean = demand.iter().sum::<f64>() / n;
    let variance = demand.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    (mean, variance.sqrt(), demand.iter().copied().fold(0.0, f64::max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::SalesDay;
    use crate::process::Holiday;
    use crate::units::Units;

    fn history(days: Vec<SalesDay>) -> History {
        let series = SalesSeries { first_day: "2026-01-05".parse().expect("a date"), days };
        History { sales: [(Sku("A".into()), series)].into(), ..History::default() }
    }

    fn day(units: u64) -> SalesDay {
        SalesDay { units: Units(units), largest_line: None, in_stock_share: None, price: None, promotion: None }
    }

    #[test]
    fn bursts_are_found_masked_and_measured() {
        let mut days = vec![day(20); 200];
        for burst in [80, 150] {
            for (offset, units) in [100, 200, 150, 80].into_iter().enumerate() {
                days[burst + offset] = day(units);
            }
        }
        let fit = fit_product(&Sku("A".into()), &history(days), &FitOptions::default()).expect("a product");
        // Nobody planned these bursts: of what days to come hold they are a part.
        let error = fit.organic.level_error;
        let quiet = fit.organic.level * fit.quiet_share / (1.0 + error * error / 3.0);
        assert!((quiet - 20.0).abs() < 1e-6 && fit.quiet_share < 1.0, "{quiet}");
        assert_eq!(fit.bursts.len(), 2);
        assert!((fit.bursts[0].uplift - (530.0 - 80.0)).abs() < 1e-6, "{:?}", fit.bursts[0]);
        assert_eq!(fit.daily_max, 200.0);
    }

    #[test]
    fn one_wholesale_line_is_taken_out_and_reported() {
        let mut days: Vec<SalesDay> = (0..120).map(|_| SalesDay { largest_line: Some(Units(5)), ..day(20) }).collect();
        days[90] = SalesDay { largest_line: Some(Units(900)), ..day(920) };
        let options = FitOptions { wholesale: Some(super::super::WholesaleRule::default()), ..FitOptions::default() };
        let fit = fit_product(&Sku("A".into()), &history(days.clone()), &options).expect("a product");
        assert!(fit.bursts.is_empty() && fit.daily_max == 20.0);
        assert!(matches!(fit.caveats[0], Caveat::WholesaleRemoved { lines: 1, .. }));
        let kept = fit_product(&Sku("A".into()), &history(days), &FitOptions::default()).expect("a product");
        assert_eq!(kept.bursts.len(), 1);
    }

    /// 20 a day, 70 in the week of a stated holiday just past: the level is that of other days.
    #[test]
    fn a_stated_holiday_teaches_nothing() {
        let mut days = vec![day(20); 120];
        days[112..119].fill(day(70));
        let holiday =
            Holiday { date: "2026-01-05".parse::<Date>().expect("a date").plus_days(112), days: 7, factor: 3.5 };
        let options =
            FitOptions { bursts: Some(BurstRule::Promotions), holidays: vec![holiday], ..FitOptions::default() };
        let level = |options: &FitOptions| {
            fit_product(&Sku("A".into()), &history(days.clone()), options).expect("a product").organic
        };
        assert!((level(&options).level - 20.0).abs() < 0.5, "{:?}", level(&options));
        let untold = FitOptions { holidays: Vec::new(), ..options };
        assert!(level(&untold).level > 25.0);
    }

    /// 20 or 30 a day in turn, of 25 pieces on the shelf: the days that sold out count for more than they sold, and it is said that
    /// nobody saw how much.
    #[test]
    fn days_that_sold_out_at_an_unknown_time_are_not_quiet_days() {
        let sold = |at: u64| if at.is_multiple_of(2) { 20 } else { 25 };
        let flag =
            |at: u64| SalesDay { in_stock_share: Some(if at.is_multiple_of(2) { 1.0 } else { 0.0 }), ..day(sold(at)) };
        let fit = fit_days((0..120).map(flag).collect());
        let rate = fit.organic.level / (1.0 + fit.organic.level_error.powi(2) / 3.0);
        assert!((22.5..32.0).contains(&rate), "{rate}");
        let is_unseen =
            |caveat: &Caveat| matches!(caveat, Caveat::UnseenDemand { pieces: 20.0, share } if *share > 0.4);
        assert!(fit.caveats.iter().any(is_unseen), "{:?}", fit.caveats);
        let never = fit_days((0..120).map(|at| SalesDay { in_stock_share: Some(0.0), ..day(sold(at)) }).collect());
        assert!(never.caveats.contains(&Caveat::SoldOutEveryDay));
        assert!((never.daily_mean - 22.5).abs() < 1e-9, "{}", never.daily_mean);
    }

    /// A promotion on empty shelves is not none: it is said.
    #[test]
    fn a_promotion_that_was_sold_out_throughout_is_said() {
        let mut days = vec![SalesDay { in_stock_share: Some(1.0), promotion: Some(false), ..day(20) }; 120];
        days[60..64].fill(SalesDay { in_stock_share: Some(0.0), promotion: Some(true), ..day(0) });
        let fit = fit_days(days);
        assert!(
            fit.bursts.is_empty() && fit.caveats.contains(&Caveat::BurstsSoldOut { bursts: 1 }),
            "{:?}",
            fit.caveats
        );
    }

    #[test]
    fn odd_histories_give_numbers_and_caveats_not_nan() {
        let empty = SalesDay { in_stock_share: Some(0.0), ..day(0) };
        for days in [vec![day(0); 50], vec![empty; 50], vec![day(3)], vec![day(7); 10], Vec::new()] {
            let fit = fit_product(&Sku("A".into()), &history(days), &FitOptions::default()).expect("a product");
            for value in [fit.organic.level, fit.organic.level_error, fit.daily_mean, fit.daily_sd, fit.daily_max] {
                assert!(value.is_finite() && value >= 0.0);
            }
            assert!(!fit.caveats.is_empty());
        }
    }

    fn fit_days(days: Vec<SalesDay>) -> FittedProduct {
        fit_product(&Sku("A".into()), &history(days), &FitOptions::default()).expect("a product")
    }

    /// By hand: three days of one piece each. The newest weighs 1, the others .95 and .9025: 2.8525 pieces with a variance
    /// of 1 + .95² + .9025² = 2.71700625, a relative error of .57785; with the default of .10 that is .58644.
    #[test]
    fn few_pieces_tell_little_of_a_level() {
        let few = fit_days(vec![day(1); 3]);
        assert!((few.organic.level_error - 0.58644).abs() < 1e-5, "{}", few.organic.level_error);
        assert!(few.caveats.contains(&Caveat::LevelErrorAssumed { level_error: few.organic.level_error }));
        // As many days of a hundred times the pieces: a tenth of that error.
        let more = fit_days(vec![day(100); 3]).organic.level_error;
        assert!((more - libm::hypot(0.1, 0.057785)).abs() < 1e-5, "{more}");
    }

    /// The same three days in a shop whose levels are known to 2 % are not known to 2 %.
    #[test]
    fn a_shop_does_not_know_a_new_products_level() {
        let first_day = "2026-01-05".parse().expect("a date");
        let steady = SalesSeries { first_day, days: vec![day(50); 200] };
        let new = SalesSeries { first_day: first_day.plus_days(197), days: vec![day(1); 3] };
        let mut history = History::default();
        for sku in ["A", "B", "C"] {
            history.sales.insert(Sku(sku.into()), steady.clone());
        }
        history.sales.insert(Sku("new".into()), new);
        let learned = super::super::learn_shop(&history, &FitOptions::default());
        let error = |sku: &str| learned.fits()[&Sku(sku.into())].organic.level_error;
        assert!(error("A") < 0.05 && error("new") > 0.5, "{} {}", error("A"), error("new"));
    }

    #[test]
    fn partial_days_teach_where_there_are_no_others() {
        // Five pieces in 30 % of each day's traffic.
        let fit = fit_days(vec![SalesDay { in_stock_share: Some(0.3), ..day(5) }; 60]);
        assert!((fit.organic.level / (5.0 / 0.3) - 1.0).abs() < 0.01, "{}", fit.organic.level);
        assert!(fit.caveats.contains(&Caveat::PartialDaysUsed { full_days: 0 }));
    }

    /// A listing that went live 15 days ago sells 30 a day, not nothing and not a burst without an end.
    #[test]
    fn a_product_that_begins_mid_way_has_no_past_of_nothing() {
        for sold in [15, 60] {
            let mut days = vec![day(0); 200 - sold];
            days.extend(vec![day(30); sold]);
            let fit = fit_days(days);
            assert!((fit.organic.level - 30.0).abs() < 0.3, "{}", fit.organic.level);
            assert!(fit.caveats.contains(&Caveat::BeginsLater { days: 200 - sold }) && fit.bursts.is_empty());
            assert_eq!((fit.days, fit.censored_days, fit.daily_mean), (sold, 0, 30.0));
            assert!(!fit.caveats.iter().any(|caveat| matches!(caveat, Caveat::PartialDaysUsed { .. })));
        }
    }

    #[test]
    fn a_mark_on_every_day_marks_nothing() {
        let mut days = vec![SalesDay { promotion: Some(true), ..day(20) }; 120];
        days[80..83].fill(SalesDay { promotion: Some(true), ..day(200) });
        let fit = fit_days(days);
        let quiet = fit.organic.level * fit.quiet_share / (1.0 + fit.organic.level_error.powi(2) / 3.0);
        assert!((quiet - 20.0).abs() < 0.1 && fit.bursts.len() == 1, "{fit:?}");
        assert_eq!(fit.burst_rule, BurstRule::counts());
        assert!(fit.caveats.contains(&Caveat::EveryDayMarked { rule: BurstRule::Promotions }));
    }
}
