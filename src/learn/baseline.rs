//! Ordinary demand: level, weekday factors and day noise from days that are neither bursts nor out of stock.
//!
//! Method: `src/docs/methods.md`, "Baseline". A multiplicative model `b_t = l_t w_dow(t)`, fitted by four rounds of
//! kernel smoothing of the level and averaging of the weekday factors; the forecast level is one-sided.

use crate::calendar::{Date, Weekday};

/// Bandwidth of the level's Gaussian kernel, in days.
const BANDWIDTH: f64 = 14.0;
/// Rounds between level and weekday factors.
const ROUNDS: usize = 4;
/// Ordinary days that the forecast level looks back on.
const LOOK_BACK: usize = 28;
/// Weeks of the flat prior in each weekday factor.
const PSEUDO_WEEKS: f64 = 4.0;
/// Bounds of the day-noise size k.
const SIZE_BOUNDS: (f64, f64) = (0.05, 200.0);
/// Standard deviation of a normal law over the median of its absolute values.
const MEDIAN_TO_SD: f64 = 1.4826;
/// Bounds of the level error.
const ERROR_BOUNDS: (f64, f64) = (0.03, 1.0);
/// Days ahead over which the level error is measured.
const ERROR_HORIZON: usize = 28;

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

/// The fitted baseline.
#[derive(Debug, Clone)]
pub(super) struct Baseline {
    /// Mean of each day, in pieces.
    pub(super) mean: Vec<f64>,
    /// Weekday factors, Monday first, mean 1.
    pub(super) weekday: [f64; Weekday::COUNT],
    /// Level after the last day, from the last 28 ordinary days only.
    pub(super) forecast_level: f64,
    /// Size k of the negative-binomial day noise; `None` if the days scatter no more than Poisson.
    pub(super) noise_size: Option<f64>,
    /// Standard deviation of the log of the level over the coming weeks, and the origins behind it.
    pub(super) level_error: Option<(f64, usize)>,
    /// Ordinary days used.
    pub(super) days: usize,
}

impl Baseline {
    /// Fits the baseline of a series that begins on `first_day`.
    pub(super) fn fit(first_day: Date, days: &[BaselineDay]) -> Self {
        let weekday_of: Vec<usize> =
            (0..days.len()).map(|at| first_day.plus_days(at as i64).weekday().index()).collect();
        let used: Vec<usize> = (0..days.len()).filter(|at| days[*at].ordinary && days[*at].available > 0.0).collect();
        let mut weekday = [1.0; Weekday::COUNT];
        let mut level = vec![0.0; days.len()];
        for _ in 0..ROUNDS {
            level = smooth(days, &used, &weekday_of, &weekday);
            weekday = weekday_factors(days, &used, &weekday_of, &level);
        }
        let mean: Vec<f64> = (0..days.len()).map(|at| level[at] * weekday[weekday_of[at]]).collect();
        let forecast_level = trailing_level(days, &used, &weekday_of, &weekday);
        let noise_size = noise_size(days, &used, &mean);
        let level_error = level_error(days, &used, &weekday_of, &weekday, noise_size);
        Self { mean, weekday, forecast_level, noise_size, level_error, days: used.len() }
    }
}

/// Kernel-weighted rate: pieces over exposure, exposure being availability x weekday factor.
fn smooth(days: &[BaselineDay], used: &[usize], weekday_of: &[usize], weekday: &[f64; 7]) -> Vec<f64> {
    let reach = (4.0 * BANDWIDTH) as usize;
    let kernel: Vec<f64> = (0..=reach).map(|lag| (-0.5 * (lag as f64 / BANDWIDTH).powi(2)).exp()).collect();
    let overall = rate(days, used, weekday_of, weekday);
    (0..days.len())
        .map(|at| {
            let from = used.partition_point(|day| day + reach < at);
            let (mut units, mut exposure) = (0.0, 0.0);
            for day in used[from..].iter().take_while(|day| **day <= at + reach) {
                let weight = kernel[day.abs_diff(at)];
                units += weight * days[*day].units;
                exposure += weight * days[*day].available * weekday[weekday_of[*day]];
            }
            if exposure > 1e-9 { units / exposure } else { overall }
        })
        .collect()
}

fn rate(days: &[BaselineDay], used: &[usize], weekday_of: &[usize], weekday: &[f64; 7]) -> f64 {
    let (mut units, mut exposure) = (0.0, 0.0);
    for at in used {
        units += days[*at].units;
        exposure += days[*at].available * weekday[weekday_of[*at]];
    }
    if exposure > 1e-9 { units / exposure } else { 0.0 }
}

fn weekday_factors(days: &[BaselineDay], used: &[usize], weekday_of: &[usize], level: &[f64]) -> [f64; 7] {
    let (mut units, mut expected) = ([0.0; 7], [0.0; 7]);
    for at in used {
        units[weekday_of[*at]] += days[*at].units;
        expected[weekday_of[*at]] += days[*at].available * level[*at];
    }
    let mean_expected = expected.iter().sum::<f64>() / 7.0;
    let weeks = used.len() as f64 / 7.0;
    // Four pseudo-weeks of factor 1 keep a short history from inventing a weekly pattern. A weekday on which nothing
    // was ever sold over many weeks is closed, not quiet.
    let prior = if weeks > 0.0 { PSEUDO_WEEKS * mean_expected / weeks } else { 0.0 };
    let mut factors = [1.0; 7];
    for day in 0..7 {
        let closed = units[day] == 0.0 && expected[day] >= prior && expected[day] > 20.0;
        factors[day] = if closed {
            0.0
        } else if expected[day] + prior > 0.0 {
            (units[day] + prior) / (expected[day] + prior)
        } else {
            1.0
        };
    }
    let mean = factors.iter().sum::<f64>() / 7.0;
    if mean > 0.0 { factors.map(|factor| factor / mean) } else { [1.0; 7] }
}

fn trailing_level(days: &[BaselineDay], used: &[usize], weekday_of: &[usize], weekday: &[f64; 7]) -> f64 {
    let last = &used[used.len().saturating_sub(LOOK_BACK)..];
    rate(days, last, weekday_of, weekday)
}

/// Moments: k = sum m² / (sum (y - m)² - sum m), within its bounds; `None` if the days are no wider than Poisson.
fn noise_size(days: &[BaselineDay], used: &[usize], mean: &[f64]) -> Option<f64> {
    let (mut squares, mut excess) = (0.0, 0.0);
    for at in used {
        let expected = mean[*at] * days[*at].available;
        squares += expected * expected;
        excess += (days[*at].units - expected).powi(2) - expected;
    }
    (excess > 0.0 && squares > 0.0).then(|| (squares / excess).clamp(SIZE_BOUNDS.0, SIZE_BOUNDS.1))
}

/// Error of the one-sided level, by rolling origin: the log ratio of the next 28 ordinary days to their forecast, less
/// the part that day noise explains. The spread is taken robustly (1.4826 x the median of the absolute errors), so
/// that one launch or one sold-out season does not stand for every month. `None` with fewer than four origins.
fn level_error(
    days: &[BaselineDay],
    used: &[usize],
    weekday_of: &[usize],
    weekday: &[f64; 7],
    noise_size: Option<f64>,
) -> Option<(f64, usize)> {
    let mut errors = Vec::new();
    let mut split = LOOK_BACK;
    while split + ERROR_HORIZON <= used.len() {
        let ahead = &used[split..split + ERROR_HORIZON];
        let level = trailing_level(days, &used[..split], weekday_of, weekday);
        let actual: f64 = ahead.iter().map(|at| days[*at].units).sum();
        let means: Vec<f64> = ahead.iter().map(|at| level * days[*at].available * weekday[weekday_of[*at]]).collect();
        let expected: f64 = means.iter().sum();
        if expected > 0.0 && actual > 0.0 {
            let size = noise_size.unwrap_or(f64::INFINITY);
            let noise: f64 = means.iter().map(|m| m + m * m / size).sum::<f64>() / (expected * expected);
            // The level itself comes from as many days as it is held against: its noise counts once more.
            errors.push(((actual / expected).ln().abs(), 2.0 * noise));
        }
        split += 7;
    }
    let count = errors.len();
    (count >= 4).then(|| {
        let noise = errors.iter().map(|(_, noise)| noise).sum::<f64>() / count as f64;
        errors.sort_by(|a, b| a.0.total_cmp(&b.0));
        let spread = MEDIAN_TO_SD * errors[count / 2].0;
        let variance = spread * spread - noise;
        (variance.max(0.0).sqrt().clamp(ERROR_BOUNDS.0, ERROR_BOUNDS.1), count)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Seed, Source, Stream};

    #[test]
    fn finds_level_weekdays_and_noise_of_a_known_shop() {
        let first: Date = "2026-01-05".parse().expect("a Monday");
        let factors = [0.8, 0.9, 1.0, 1.0, 1.1, 1.4, 0.8];
        let mut stream = Stream::open(Seed(4), 0, Source::Organic, Entity::named(&["known"]));
        let days: Vec<BaselineDay> = (0..364)
            .map(|at| BaselineDay {
                units: stream.negative_binomial(50.0 * factors[at % 7], 10.0) as f64,
                available: 1.0,
                ordinary: true,
            })
            .collect();
        let fit = Baseline::fit(first, &days);
        assert!((fit.forecast_level - 50.0).abs() < 8.0, "{}", fit.forecast_level);
        for (got, expected) in fit.weekday.iter().zip(factors) {
            assert!((got - expected).abs() < 0.12, "{got} {expected}");
        }
        let size = fit.noise_size.expect("wider than Poisson");
        assert!((7.0..14.0).contains(&size), "{size}");
        let (error, origins) = fit.level_error.expect("a year has origins");
        // The true error is 0; about twelve independent months leave the estimate a tenth uncertain.
        assert!(error < 0.12 && origins > 30, "{error} {origins}");
    }

    #[test]
    fn days_without_stock_and_bursts_leave_no_trace() {
        let first: Date = "2026-01-05".parse().expect("a Monday");
        let days: Vec<BaselineDay> = (0..140)
            .map(|at| match at {
                60..75 => BaselineDay { units: 500.0, available: 1.0, ordinary: false },
                90..100 => BaselineDay { units: 0.0, available: 0.0, ordinary: true },
                100..110 => BaselineDay { units: 10.0, available: 0.5, ordinary: true },
                _ => BaselineDay { units: 20.0, available: 1.0, ordinary: true },
            })
            .collect();
        let fit = Baseline::fit(first, &days);
        assert!(fit.mean.iter().all(|mean| (mean - 20.0).abs() < 1e-9));
    }

    #[test]
    fn an_empty_or_silent_series_has_no_demand_and_no_nan() {
        let first: Date = "2026-01-05".parse().expect("a Monday");
        let silent = [BaselineDay { units: 0.0, available: 1.0, ordinary: true }; 60];
        for days in [&silent[..], &silent[..0], &silent[..1]] {
            let fit = Baseline::fit(first, days);
            assert!(fit.forecast_level == 0.0 && fit.weekday.iter().all(|w| w.is_finite()));
        }
    }
}
