//! Everything that is learned of one product.

use serde::{Deserialize, Serialize};

use super::baseline::{Baseline, BaselineDay, OrdinaryDays, WeekdayEvidence};
use super::bursts::{BurstDay, LEAST_MEAN, measure, tail_end, uncensored, windows};
use super::creative::creatives;
use super::event::BURST_NOISE;
use super::level::{self, BurstDays, Level, LevelEvidence, ShopPrior};
use super::library::complete;
use super::records::Records;
use super::wholesale::retail_sales;
use super::{BurstRule, CreativeLife, FitOptions, PastBurst};
use crate::history::{History, SalesSeries, Sku};
use crate::process::{DayNoise, OrganicDemand};

/// Ordinary days fully in stock below which a reader is told so.
const LEAST_FULL_DAYS: usize = 28;
/// Share of a day in stock from which a day may count as ordinary.
const LEAST_AVAILABLE: f64 = 0.5;
/// Level error where the history is too short to measure one (methods, section 3.4).
const DEFAULT_LEVEL_ERROR: f64 = 0.10;

/// What a reader must know about a fit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Caveat {
    /// Large single orders were taken out.
    WholesaleRemoved {
        /// Order lines.
        lines: u64,
        /// Share of all pieces.
        share: f64,
        /// The rule: least share of the day.
        share_of_day: f64,
        /// The rule: least multiple of the median largest line.
        times_median: f64,
    },
    /// Few past bursts: replay cannot promise more than n / (n + 1).
    FewBursts {
        /// Past bursts.
        bursts: usize,
    },
    /// No past burst of its own.
    NoBurst,
    /// Days with some stock had to be used for the baseline.
    PartialDaysUsed {
        /// Days fully in stock and ordinary.
        full_days: usize,
    },
    /// The level error is a default.
    LevelErrorAssumed {
        /// The default.
        level_error: f64,
    },
    /// Bursts at the edge of the data were left out.
    BurstsCutOff {
        /// How many.
        bursts: usize,
    },
    /// Bursts at times of next to no ordinary demand were left out.
    QuietBursts {
        /// How many.
        bursts: usize,
        /// Ordinary pieces a day from which a burst counts.
        least_per_day: f64,
    },
    /// No sales at all.
    NeverSold,
}

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
    let days = burst_days(series, &retail.units, records);
    let rule = options.bursts.unwrap_or_else(|| default_rule(&days));

    // First without tails, to have a baseline that tells where the tails end; then with them.
    let cores = windows(series.first_day, &days, rule);
    let weekday = shop.map(|shop| &shop.weekday);
    let first = ordinary(&days, &cores, &mut Vec::new());
    let first = Baseline::fit(&OrdinaryDays::new(series.first_day, &first), weekday);
    let spans: Vec<(usize, usize)> = cores
        .iter()
        .enumerate()
        .map(|(at, (start, end))| {
            let next = cores.get(at + 1).map_or(days.len(), |(start, _)| *start);
            (*start, tail_end(&days, &first.mean, first.noise_size, (*end, next)))
        })
        .collect();
    let calm = ordinary(&days, &spans, &mut caveats);
    let quiet = OrdinaryDays::new(series.first_day, &calm);
    let baseline = Baseline::fit(&quiet, weekday);

    let whole: Vec<(usize, usize)> =
        spans.iter().copied().filter(|(start, end)| *start > 0 && *end < days.len()).collect();
    if whole.len() < spans.len() {
        caveats.push(Caveat::BurstsCutOff { bursts: spans.len() - whole.len() });
    }
    let planned = matches!(rule, BurstRule::Promotions | BurstRule::Spend);
    let measured = |(start, end): (usize, usize)| {
        let mut burst = measure(&days, &baseline.mean, series.first_day, baseline.noise_size, (start, end), planned)?;
        let next = spans.iter().map(|(start, _)| *start).find(|start| *start >= end).unwrap_or(days.len());
        burst.noise_variance = noise_variance(&burst, baseline.noise_size);
        complete(&mut burst, records, (&days, &baseline.mean), (start, end, next));
        Some(burst)
    };
    let bursts: Vec<PastBurst> = whole.iter().filter_map(|span| measured(*span)).collect();
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

    let demand = demand_by_day(&days, &baseline, &spans, &bursts, series);
    let (daily_mean, daily_sd, daily_max) = daily_moments(&days, &demand);
    let quiet_days = days.len() - spans.last().map_or(0, |(_, end)| *end);
    if daily_max <= 0.0 {
        caveats.push(Caveat::NeverSold);
    }
    let horizon = options.horizon_days as usize;
    let amplitude = level::own_amplitude(&bursts, shop);
    // Bursts that nobody plans will come again: the days to come hold them as the days gone by do. Planned ones are taken
    // out, as far as is known how large they were.
    let wanted = wanted(&days, &demand, if planned { &spans } else { &[] });
    let all = OrdinaryDays::new(series.first_day, &wanted);
    let burst_days = if planned {
        let spread = 1.0 / baseline.noise_size.unwrap_or(f64::INFINITY);
        BurstDays::of(&spans, &days, &baseline.mean, amplitude, spread)
    } else {
        BurstDays::default()
    };
    let evidence = level::evidence((&all, &burst_days), &baseline.weekday, baseline.noise_size, horizon);
    let Level { rate, error } = level::level((&all, &burst_days), &baseline.weekday, &evidence, horizon, shop);
    let quiet_share = if planned || rate <= 0.0 {
        1.0
    } else {
        let quiet = level::level((&quiet, &BurstDays::default()), &baseline.weekday, &evidence, horizon, shop);
        (quiet.rate / rate).clamp(0.0, 1.0)
    };
    let (level_error, level_error_origins) = error.unwrap_or_else(|| {
        caveats.push(Caveat::LevelErrorAssumed { level_error: DEFAULT_LEVEL_ERROR });
        (DEFAULT_LEVEL_ERROR, 0)
    });
    // A baseline that is drawn from both sides of a burst errs by half the variance of one that looks ahead.
    for burst in &mut bursts {
        burst.noise_variance += level_error * level_error / 2.0;
    }
    let multiples = bursts.iter().map(|burst| (burst.multiple.max(0.01).ln(), burst.noise_variance)).collect();
    let fit = FittedProduct {
        organic: OrganicDemand {
            // The rate is the middle of what may come; the cube of a normal variable has its mean above it.
            level: rate * (1.0 + level_error * level_error / 3.0),
            weekday: baseline.weekday,
            level_error,
            noise: baseline.noise_size.map_or(DayNoise::Poisson, |size| DayNoise::NegativeBinomial { size }),
        },
        creatives: creatives(records, &bursts),
        bursts,
        burst_rule: rule,
        days: days.len(),
        ordinary_days: baseline.days,
        censored_days: days.iter().filter(|day| day.available < 1.0).count(),
        level_error_origins,
        quiet_days,
        quiet_share,
        daily_mean,
        daily_sd,
        daily_max,
        caveats,
    };
    (fit, Evidence { weekday: baseline.evidence, level: evidence, multiples, ordinary: baseline.mean, demand })
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
    for promotion in &records.promotions {
        let length = promotion.end.days_since(promotion.start).max(0);
        for offset in 0..=length {
            if let Some(at) = series.position(promotion.start.plus_days(offset)) {
                days[at].promoted = true;
                // The ads table knows each day; the promotion's figure stands in where it is silent.
                days[at].planned_spend = days[at].planned_spend.or(promotion.planned_spend);
            }
        }
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

/// The days as ordinary demand sees them: those of bursts and those without enough stock do not teach.
fn ordinary(days: &[BurstDay], spans: &[(usize, usize)], caveats: &mut Vec<Caveat>) -> Vec<BaselineDay> {
    let mut in_burst = vec![false; days.len()];
    for (start, end) in spans {
        in_burst[*start..*end].fill(true);
    }
    let full = days.iter().zip(&in_burst).filter(|(day, burst)| !**burst && day.available >= 1.0).count();
    // A day that sold out wanted more than others: to learn from full days alone is to learn from the quiet ones.
    if full < LEAST_FULL_DAYS.min(days.len() / 2) {
        caveats.push(Caveat::PartialDaysUsed { full_days: full });
    }
    days.iter()
        .zip(&in_burst)
        .map(|(day, burst)| BaselineDay {
            units: day.units,
            available: day.available,
            ordinary: !burst && day.available >= LEAST_AVAILABLE,
        })
        .collect()
}

/// The days as the level sees them: un-censored, those of bursts left out, and those of which nothing is known.
fn wanted(days: &[BurstDay], demand: &[f64], bursts: &[(usize, usize)]) -> Vec<BaselineDay> {
    let mut seen: Vec<BaselineDay> = days
        .iter()
        .zip(demand)
        .map(|(day, demand)| BaselineDay { units: *demand, available: 1.0, ordinary: day.available > 0.0 })
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

    #[test]
    fn odd_histories_give_numbers_and_caveats_not_nan() {
        let empty = SalesDay { in_stock_share: Some(0.0), ..day(0) };
        for days in [vec![day(0); 50], vec![empty; 50], vec![day(3)], vec![day(7); 10]] {
            let fit = fit_product(&Sku("A".into()), &history(days), &FitOptions::default()).expect("a product");
            for value in [fit.organic.level, fit.organic.level_error, fit.daily_mean, fit.daily_sd, fit.daily_max] {
                assert!(value.is_finite() && value >= 0.0);
            }
            assert!(!fit.caveats.is_empty());
        }
    }
}
