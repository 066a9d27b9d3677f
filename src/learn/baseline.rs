//! Ordinary demand: its mean by day, weekday factors and day noise, from days that are neither bursts nor out of stock.
//!
//! Method: `src/docs/methods.md`, "Baseline". A multiplicative model `b_t = l_t w_dow(t)`, fitted by four rounds of
//! kernel smoothing of the level and averaging of the weekday factors. It looks to both sides of a day; what a forecast may
//! start from stands in `level`.

use crate::calendar::{Date, Weekday};

/// Bandwidth of the level's Gaussian kernel, in days.
const BANDWIDTH: f64 = 14.0;
/// Rounds between level and weekday factors.
const ROUNDS: usize = 4;
/// Weeks of the prior in each weekday factor where the shop's own pattern is known.
const POOLED_WEEKS: f64 = 8.0;
/// Weeks of the flat prior in each weekday factor of a product that stands alone.
const FLAT_WEEKS: f64 = 4.0;
/// Bounds of the day-noise size k.
const SIZE_BOUNDS: (f64, f64) = (0.05, 200.0);

/// One day as the baseline sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct BaselineDay {
    /// Pieces sold.
    pub(super) units: f64,
    /// Share of the day in stock.
    pub(super) available: f64,
    /// Whether the day belongs to ordinary demand.
    pub(super) ordinary: bool,
}

/// Days of a series with their weekdays, and which of them teach.
pub(super) struct OrdinaryDays<'a> {
    pub(super) days: &'a [BaselineDay],
    /// Weekday of each day, Monday 0.
    pub(super) weekday_of: Vec<usize>,
    /// Days that are ordinary and in stock.
    pub(super) used: Vec<usize>,
}

impl<'a> OrdinaryDays<'a> {
    /// The days of a series that begins on `first_day`.
    pub(super) fn new(first_day: Date, days: &'a [BaselineDay]) -> Self {
        let weekday_of = (0..days.len()).map(|at| first_day.plus_days(at as i64).weekday().index()).collect();
        let used = (0..days.len()).filter(|at| days[*at].ordinary && days[*at].available > 0.0).collect();
        Self { days, weekday_of, used }
    }

    /// Exposure of a day under weekday factors: the part of a mean day that could be sold.
    pub(super) fn exposure(&self, at: usize, weekday: &[f64; Weekday::COUNT]) -> f64 {
        self.days[at].available * weekday[self.weekday_of[at]]
    }
}

/// Sales by weekday and what a level without weekdays expects there: what products tell each other of the week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct WeekdayEvidence {
    pub(super) units: [f64; Weekday::COUNT],
    pub(super) expected: [f64; Weekday::COUNT],
}

/// The fitted baseline.
#[derive(Debug, Clone)]
pub(super) struct Baseline {
    /// Mean of each day, in pieces.
    pub(super) mean: Vec<f64>,
    /// Weekday factors, Monday first, mean 1.
    pub(super) weekday: [f64; Weekday::COUNT],
    /// What stands behind the weekday factors.
    pub(super) evidence: WeekdayEvidence,
    /// Size k of the negative-binomial day noise; `None` if the days scatter no more than Poisson.
    pub(super) noise_size: Option<f64>,
    /// Ordinary days used.
    pub(super) days: usize,
}

impl Baseline {
    /// Fits the baseline; weekday factors are shrunk to those of the shop, or to 1 where they are not known.
    pub(super) fn fit(series: &OrdinaryDays<'_>, shop: Option<&[f64; Weekday::COUNT]>) -> Self {
        let (mut weekday, mut level) = ([1.0; Weekday::COUNT], Vec::new());
        let mut evidence = WeekdayEvidence { units: [0.0; 7], expected: [0.0; 7] };
        for _ in 0..ROUNDS {
            level = smooth(series, &weekday);
            evidence = weekday_evidence(series, &level);
            weekday = weekday_factors(&evidence, series.used.len(), shop);
        }
        let mean: Vec<f64> = level.iter().zip(&series.weekday_of).map(|(level, day)| level * weekday[*day]).collect();
        let noise_size = noise_size(series, &mean);
        Self { mean, weekday, evidence, noise_size, days: series.used.len() }
    }
}

/// Kernel-weighted rate: pieces over exposure, exposure being availability x weekday factor.
fn smooth(series: &OrdinaryDays<'_>, weekday: &[f64; 7]) -> Vec<f64> {
    let OrdinaryDays { days, used, .. } = series;
    let reach = (4.0 * BANDWIDTH) as usize;
    let kernel: Vec<f64> = (0..=reach).map(|lag| (-0.5 * (lag as f64 / BANDWIDTH).powi(2)).exp()).collect();
    let overall = overall_rate(series, weekday);
    let (mut from, mut until) = (0, 0);
    (0..days.len())
        .map(|at| {
            while from < used.len() && used[from] + reach < at {
                from += 1;
            }
            while until < used.len() && used[until] <= at + reach {
                until += 1;
            }
            let (mut units, mut exposure) = (0.0, 0.0);
            for day in &used[from..until] {
                let weight = kernel[day.abs_diff(at)];
                units += weight * days[*day].units;
                exposure += weight * series.exposure(*day, weekday);
            }
            if exposure > 1e-9 { units / exposure } else { overall }
        })
        .collect()
}

fn overall_rate(series: &OrdinaryDays<'_>, weekday: &[f64; 7]) -> f64 {
    let units: f64 = series.used.iter().map(|at| series.days[*at].units).sum();
    let exposure: f64 = series.used.iter().map(|at| series.exposure(*at, weekday)).sum();
    if exposure > 1e-9 { units / exposure } else { 0.0 }
}

fn weekday_evidence(series: &OrdinaryDays<'_>, level: &[f64]) -> WeekdayEvidence {
    let mut evidence = WeekdayEvidence { units: [0.0; 7], expected: [0.0; 7] };
    for at in &series.used {
        let day = series.weekday_of[*at];
        evidence.units[day] += series.days[*at].units;
        evidence.expected[day] += series.days[*at].available * level[*at];
    }
    evidence
}

fn weekday_factors(evidence: &WeekdayEvidence, days: usize, shop: Option<&[f64; 7]>) -> [f64; 7] {
    let WeekdayEvidence { units, expected } = evidence;
    let mean_expected = expected.iter().sum::<f64>() / 7.0;
    let weeks = days as f64 / 7.0;
    let (prior_weeks, towards) = shop.map_or((FLAT_WEEKS, [1.0; 7]), |shop| (POOLED_WEEKS, *shop));
    // Pseudo-weeks keep a short history from inventing a weekly pattern. A weekday on which nothing was ever sold over
    // many weeks is closed, not quiet.
    let prior = if weeks > 0.0 { prior_weeks * mean_expected / weeks } else { 0.0 };
    let mut factors = towards;
    for day in 0..7 {
        let closed = units[day] == 0.0 && weeks >= FLAT_WEEKS && expected[day] > 20.0;
        if closed {
            factors[day] = 0.0;
        } else if expected[day] + prior > 0.0 {
            factors[day] = (units[day] + prior * towards[day]) / (expected[day] + prior);
        }
    }
    let mean = factors.iter().sum::<f64>() / 7.0;
    if mean > 0.0 { factors.map(|factor| factor / mean) } else { [1.0; 7] }
}

/// Moments: k = sum m² / (sum (y - m)² - sum m), within its bounds; `None` if the days are no wider than Poisson.
fn noise_size(series: &OrdinaryDays<'_>, mean: &[f64]) -> Option<f64> {
    let (mut squares, mut excess) = (0.0, 0.0);
    for at in &series.used {
        let expected = mean[*at] * series.days[*at].available;
        squares += expected * expected;
        excess += (series.days[*at].units - expected).powi(2) - expected;
    }
    (excess > 0.0 && squares > 0.0).then(|| (squares / excess).clamp(SIZE_BOUNDS.0, SIZE_BOUNDS.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Seed, Source, Stream};

    fn monday() -> Date {
        "2026-01-05".parse().expect("a Monday")
    }

    fn fit(days: &[BaselineDay]) -> Baseline {
        Baseline::fit(&OrdinaryDays::new(monday(), days), None)
    }

    fn known_shop(weeks: usize, index: u64) -> Vec<BaselineDay> {
        let factors = [0.8, 0.9, 1.0, 1.0, 1.1, 1.4, 0.8];
        let mut stream = Stream::open(Seed(4), index, Source::Organic, Entity::named(&["known"]));
        (0..7 * weeks)
            .map(|at| BaselineDay {
                units: stream.negative_binomial(50.0 * factors[at % 7], 10.0) as f64,
                available: 1.0,
                ordinary: true,
            })
            .collect()
    }

    #[test]
    fn finds_weekdays_and_noise_of_a_known_shop() {
        let fit = fit(&known_shop(52, 0));
        for (got, expected) in fit.weekday.iter().zip([0.8, 0.9, 1.0, 1.0, 1.1, 1.4, 0.8]) {
            assert!((got - expected).abs() < 0.12, "{got} {expected}");
        }
        let size = fit.noise_size.expect("wider than Poisson");
        assert!((7.0..14.0).contains(&size), "{size}");
    }

    /// Six weeks alone tell little of a week; with the shop's pattern behind them they are nearer to the truth.
    #[test]
    fn the_shops_week_helps_a_short_history() {
        let truth = [0.8, 0.9, 1.0, 1.0, 1.1, 1.4, 0.8];
        let distance = |fit: &Baseline| -> f64 { fit.weekday.iter().zip(truth).map(|(w, t)| (w - t).powi(2)).sum() };
        let (mut alone, mut pooled) = (0.0, 0.0);
        for index in 0..50 {
            let days = known_shop(6, index);
            let series = OrdinaryDays::new(monday(), &days);
            alone += distance(&Baseline::fit(&series, None));
            pooled += distance(&Baseline::fit(&series, Some(&truth)));
        }
        assert!(pooled < 0.5 * alone, "{pooled} {alone}");
    }

    #[test]
    fn days_without_stock_and_bursts_leave_no_trace() {
        let days: Vec<BaselineDay> = (0..140)
            .map(|at| match at {
                60..75 => BaselineDay { units: 500.0, available: 1.0, ordinary: false },
                90..100 => BaselineDay { units: 0.0, available: 0.0, ordinary: true },
                100..110 => BaselineDay { units: 10.0, available: 0.5, ordinary: true },
                _ => BaselineDay { units: 20.0, available: 1.0, ordinary: true },
            })
            .collect();
        assert!(fit(&days).mean.iter().all(|mean| (mean - 20.0).abs() < 1e-9));
    }

    #[test]
    fn an_empty_or_silent_series_has_no_demand_and_no_nan() {
        let silent = [BaselineDay { units: 0.0, available: 1.0, ordinary: true }; 60];
        for days in [&silent[..], &silent[..0], &silent[..1]] {
            let fit = fit(days);
            assert!(fit.mean.iter().all(|mean| *mean == 0.0) && fit.weekday.iter().all(|w| w.is_finite()));
        }
    }
}
