//! What a spreadsheet could forecast: the rivals of a backtest.
//!
//! Each gives the quantiles of the window's total from the days before the origin alone. Where a rule has no spread of its
//! own, it takes the errors that it made on earlier windows of the same length.

use serde::{Deserialize, Serialize};

use super::QUANTILES;
use super::series::Daily;
use crate::random::Stream;
use crate::stats::{normal_quantile, quantile_inverse_sorted};

/// A way to forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// What this program does.
    Pipeline,
    /// The product's own past bursts again, each as likely, on the same ordinary demand.
    Replay,
    /// The last week again, with the errors of earlier such forecasts.
    SeasonalNaive,
    /// Mean of the last 28 days, with the errors of earlier such forecasts.
    MovingAverage,
    /// Exponentially weighted mean (weight .1), with the errors of earlier such forecasts.
    Ewma,
    /// Weeks of the last 91 days put together at random.
    BlockBootstrap,
    /// Mean and standard deviation of the last 28 days as independent normal days.
    MovingAverageNormal,
    /// 1.2 x the mean of past bursts, on ordinary demand: one number for every level.
    Multiple12,
    /// 1.3 x the same.
    Multiple13,
    /// 1.5 x the same.
    Multiple15,
}

impl Method {
    /// All of them, the pipeline first.
    pub const ALL: [Self; 10] = [
        Self::Pipeline,
        Self::Replay,
        Self::SeasonalNaive,
        Self::MovingAverage,
        Self::Ewma,
        Self::BlockBootstrap,
        Self::MovingAverageNormal,
        Self::Multiple12,
        Self::Multiple13,
        Self::Multiple15,
    ];

    /// The multiple of a rule that says one number.
    #[must_use]
    pub const fn multiple(self) -> Option<f64> {
        match self {
            Self::Multiple12 => Some(1.2),
            Self::Multiple13 => Some(1.3),
            Self::Multiple15 => Some(1.5),
            _ => None,
        }
    }

    /// Index among [`Method::ALL`].
    pub(super) const fn index(self) -> usize {
        self as usize
    }
}

/// Days of a week.
const WEEK: usize = 7;
/// Days of the moving average.
const AVERAGE_DAYS: usize = 28;
/// Weight of the newest day.
const EWMA_WEIGHT: f64 = 0.1;
/// Days that are put together at random.
const BLOCK_DAYS: usize = 91;
/// Draws of the block bootstrap.
const BLOCK_DRAWS: usize = 400;

/// Quantiles of one forecast.
pub(super) type Quantiles = [f64; QUANTILES.len()];

/// Quantiles of a sample; it is sorted on the way.
pub(super) fn quantiles_of(sample: &mut [f64]) -> Quantiles {
    sample.sort_by(f64::total_cmp);
    QUANTILES.map(|level| quantile_inverse_sorted(sample, level).unwrap_or(0.0).max(0.0))
}

/// The last week again: the total of `horizon` days from `at` on.
fn last_week(daily: &Daily, at: usize, horizon: usize) -> f64 {
    let (whole, rest) = (horizon / WEEK, horizon % WEEK);
    let week = at.saturating_sub(WEEK);
    whole as f64 * daily.total(week, at) + daily.total(week, (week + rest).min(at))
}

fn moving_average(daily: &Daily, at: usize, horizon: usize) -> f64 {
    let from = at.saturating_sub(AVERAGE_DAYS);
    daily.total(from, at) / (at - from).max(1) as f64 * horizon as f64
}

/// The exponentially weighted mean before each day.
fn weighted_means(daily: &Daily) -> Vec<f64> {
    let (mut sum, mut weight) = (0.0, 0.0);
    let mut means = vec![0.0];
    for value in &daily.values {
        sum = (1.0 - EWMA_WEIGHT) * sum + value;
        weight = (1.0 - EWMA_WEIGHT) * weight + 1.0;
        means.push(sum / weight);
    }
    means
}

/// A point forecast with the errors of the same rule on windows that were over by the origin.
fn with_errors(daily: &Daily, horizon: usize, first: usize, forecast: &dyn Fn(usize) -> f64) -> Quantiles {
    let origin = daily.len();
    let now = forecast(origin);
    let ends = (first..).take_while(|at| at + horizon <= origin);
    let mut sample: Vec<f64> = ends.map(|at| now + daily.total(at, at + horizon) - forecast(at)).collect();
    if sample.is_empty() {
        sample.push(now);
    }
    quantiles_of(&mut sample)
}

/// The forecast of a rival that looks at the days before the origin only; `None` of a method that needs bursts.
pub(super) fn rival(method: Method, daily: &Daily, horizon: usize, stream: &mut Stream) -> Option<Quantiles> {
    let origin = daily.len();
    Some(match method {
        Method::SeasonalNaive => with_errors(daily, horizon, WEEK, &|at| last_week(daily, at, horizon)),
        Method::MovingAverage => with_errors(daily, horizon, AVERAGE_DAYS, &|at| moving_average(daily, at, horizon)),
        Method::Ewma => {
            let means = weighted_means(daily);
            with_errors(daily, horizon, 2 * WEEK, &|at| means[at] * horizon as f64)
        }
        Method::BlockBootstrap => {
            let days = origin.min(BLOCK_DAYS);
            let starts = days.saturating_sub(WEEK) + 1;
            let mut draw = || {
                let (mut total, mut left) = (0.0, horizon);
                while left > 0 {
                    let from = origin - days + stream.below(starts);
                    let length = left.min(WEEK).min(origin - from);
                    total += daily.total(from, from + length);
                    left -= length.max(1);
                }
                total
            };
            let mut sample: Vec<f64> = (0..BLOCK_DRAWS).map(|_| draw()).collect();
            quantiles_of(&mut sample)
        }
        Method::MovingAverageNormal => {
            let last = &daily.values[origin.saturating_sub(AVERAGE_DAYS)..];
            let n = last.len() as f64;
            let mean = last.iter().sum::<f64>() / n.max(1.0);
            let variance = last.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
            let (mean, sd) = (mean * horizon as f64, (variance * horizon as f64).sqrt());
            QUANTILES.map(|level| (mean + sd * normal_quantile(level).unwrap_or(0.0)).max(0.0))
        }
        Method::Pipeline | Method::Replay | Method::Multiple12 | Method::Multiple13 | Method::Multiple15 => {
            return None;
        }
    })
}

/// Mean absolute error of the last week again on windows that were over by the origin: the product's own scale.
pub(super) fn naive_error(daily: &Daily, horizon: usize) -> Option<f64> {
    let windows = (WEEK..).take_while(|at| at + horizon <= daily.len());
    let errors: Vec<f64> =
        windows.map(|at| (daily.total(at, at + horizon) - last_week(daily, at, horizon)).abs()).collect();
    let mean = errors.iter().sum::<f64>() / errors.len().max(1) as f64;
    (mean > 0.0).then_some(mean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Seed, Source};

    fn stream() -> Stream {
        Stream::open(Seed(1), 0, Source::Backtest, Entity::named(&["rival"]))
    }

    fn of(method: Method, values: &[f64], horizon: usize) -> Quantiles {
        rival(method, &Daily::new(values.to_vec()), horizon, &mut stream()).expect("a rival")
    }

    #[test]
    fn a_weekly_series_is_known_to_the_week_and_not_to_the_mean() {
        let values: Vec<f64> = (0..70).map(|at| [5.0, 1.0, 1.0, 1.0, 1.0, 1.0, 11.0][at % 7]).collect();
        // Nine days from a Monday on: two Mondays, two Tuesdays, one of each other day.
        assert_eq!(of(Method::SeasonalNaive, &values, 9), [27.0; 11]);
        assert_eq!(of(Method::MovingAverage, &values, 7), [21.0; 11]);
        assert_eq!(naive_error(&Daily::new(values), 7), None);
    }

    #[test]
    fn errors_of_the_past_spread_the_forecast() {
        // Every second week sells twice as much: the week again is always off by ten.
        let values: Vec<f64> = (0..84).map(|at| if (at / 7) % 2 == 0 { 1.0 } else { 2.0 }).collect();
        let daily = Daily::new(values.clone());
        assert!((naive_error(&daily, 7).expect("errors") - 3.5).abs() < 0.6);
        let naive = of(Method::SeasonalNaive, &values, 7);
        assert!(naive[0] < naive[10] && naive[10] == 21.0, "{naive:?}");
        let normal = of(Method::MovingAverageNormal, &values, 7);
        assert!((normal[5] - 10.5).abs() < 1e-9);
        // sd of a day .509, of seven 1.347.
        assert!((normal[8] - (10.5 + 1.644_853_6 * 0.509_175 * 7.0_f64.sqrt())).abs() < 1e-3, "{normal:?}");
        let block = of(Method::BlockBootstrap, &values, 14);
        assert!(block[0] >= 14.0 && block[10] <= 28.0, "{block:?}");
    }

    #[test]
    fn short_and_silent_series_have_an_answer() {
        for values in [vec![], vec![0.0; 40], vec![3.0]] {
            for method in Method::ALL {
                if let Some(quantiles) = rival(method, &Daily::new(values.clone()), 7, &mut stream()) {
                    assert!(quantiles.iter().all(|q| q.is_finite() && *q >= 0.0), "{method:?} {quantiles:?}");
                }
            }
        }
    }
}
