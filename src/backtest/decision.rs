//! The decision that a forecast is made for: stock at a promised risk, and what it did.

use serde::{Deserialize, Serialize};

use super::pipeline::Window;
use super::weeks::{Figure, Weeks};
use super::{Method, QUANTILES, UPPER};
use crate::stats::{Interval, normal_quantile};

/// Promised risks of a stockout in the window, and the index of their quantile among the levels.
const PROMISES: [(f64, usize); 3] = [(0.10, 2), (0.05, 3), (0.02, 4)];
/// Points of a formula's curve.
const POINTS: usize = 11;

/// Stock at a promised risk against what happened.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Promise {
    /// Promised probability of a stockout in the window.
    pub promised: f64,
    /// Share of windows with a stockout, with its interval over calendar weeks.
    pub achieved: Figure,
    /// Its Clopper-Pearson interval, as if windows were independent.
    pub independent: Option<Interval>,
    /// Windows.
    pub n: usize,
    /// Windows with a stockout.
    pub misses: u64,
    /// Most misses that a kept promise shows in 95 % of as many independent windows.
    pub misses_consistent: u64,
}

/// A point of a curve of stock against service.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ExchangePoint {
    /// Stock in windows of the product's own mean demand, averaged over windows.
    pub stock: f64,
    /// Share of windows without a stockout.
    pub service: f64,
    /// Share of demand served, averaged over windows.
    pub fill_rate: f64,
}

/// A rule's curve of stock against service beside the pipeline's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Exchange {
    /// The rule.
    pub rule: String,
    /// Its curve; of the multiples one point.
    pub points: Vec<ExchangePoint>,
    /// Service of the pipeline at the rule's stock less that of the rule, averaged over the points that both reach;
    /// absent for the pipeline itself and where the curves do not meet.
    pub gain: Option<Figure>,
}

/// Most misses among `n` windows that a risk of `promised` shows with a probability of 95 %.
pub(super) fn most_misses(n: u64, promised: f64) -> u64 {
    let mut probability = (n as f64 * (-promised).ln_1p()).exp();
    let (mut total, mut misses) = (probability, 0);
    while total < 0.95 && misses < n && probability > 0.0 {
        probability *= (n - misses) as f64 / (misses + 1) as f64 * promised / (1.0 - promised);
        misses += 1;
        total += probability;
    }
    misses
}

/// What stock at the promised risks did.
pub(super) fn promises(windows: &[&Window], weeks: &Weeks) -> Vec<Promise> {
    let of = |(promised, level): &(f64, usize)| {
        let missed = |window: &Window| window.actual > window.forecasts[Method::Pipeline.index()][UPPER + level];
        let part = |at: usize| [f64::from(u8::from(missed(windows[at]))), 1.0];
        let misses = windows.iter().filter(|window| missed(window)).count() as u64;
        Promise {
            promised: *promised,
            achieved: weeks.figure(part, |[missed, n]| if *n > 0.0 { missed / n } else { f64::NAN }),
            independent: Interval::clopper_pearson(misses, windows.len() as u64, 0.95),
            n: windows.len(),
            misses,
            misses_consistent: most_misses(windows.len() as u64, *promised),
        }
    };
    PROMISES.iter().map(of).collect()
}

/// A rule that turns what is known into stock, with one dial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Pipeline,
    /// A fixed number of days of mean demand.
    FixedDays,
    /// Mean and standard deviation of the history, by the normal law (SS2 to SS4: the window is lead time and review).
    Normal,
    /// Mean demand and a share of what the largest day would add (SS5).
    MaxAverage,
    /// A multiple of ordinary demand and the mean of past bursts.
    Multiple(Method),
}

impl Rule {
    const ALL: [Self; 7] = [
        Self::Pipeline,
        Self::FixedDays,
        Self::Normal,
        Self::MaxAverage,
        Self::Multiple(Method::Multiple12),
        Self::Multiple(Method::Multiple13),
        Self::Multiple(Method::Multiple15),
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Pipeline => "pipeline",
            Self::FixedDays => "fixed-days",
            Self::Normal => "normal-demand",
            Self::MaxAverage => "max-average",
            Self::Multiple(Method::Multiple12) => "multiple-1.2",
            Self::Multiple(Method::Multiple13) => "multiple-1.3",
            Self::Multiple(_) => "multiple-1.5",
        }
    }

    const fn points(self) -> usize {
        if matches!(self, Self::Multiple(_)) { 1 } else { POINTS }
    }

    /// Stock of a window in pieces at a place of the dial, rising.
    fn stock(self, window: &Window, point: usize, horizon: f64) -> f64 {
        let [mean, sd, max] = window.daily;
        let turned = point as f64 / (POINTS - 1) as f64;
        let stock = match self {
            Self::Pipeline => window.forecasts[Method::Pipeline.index()][point],
            Self::FixedDays => mean * horizon * (0.5 + 2.5 * turned),
            Self::Normal => mean * horizon + normal_quantile(QUANTILES[point]).unwrap_or(0.0) * sd * horizon.sqrt(),
            Self::MaxAverage => horizon * (mean + (max - mean).max(0.0) * turned),
            Self::Multiple(method) => window.forecasts[method.index()][0],
        };
        stock.max(0.0)
    }
}

/// Curves of all rules, and what the pipeline gains at equal stock.
pub(super) fn exchanges(windows: &[&Window], weeks: &Weeks, horizon: u32) -> Vec<Exchange> {
    let horizon = f64::from(horizon);
    let part = |rule: Rule, point: usize, at: usize| -> [f64; 4] {
        let window = windows[at];
        let usual = window.daily[0] * horizon;
        if usual <= 0.0 {
            return [0.0; 4];
        }
        let stock = rule.stock(window, point, horizon);
        let served = if window.actual > 0.0 { (stock / window.actual).min(1.0) } else { 1.0 };
        [stock / usual, f64::from(u8::from(window.actual <= stock)), served, 1.0]
    };
    let curve = |rule: Rule| -> Vec<ExchangePoint> {
        (0..rule.points())
            .filter_map(|point| {
                let mut sums = [0.0; 4];
                for at in 0..windows.len() {
                    for (sum, part) in sums.iter_mut().zip(part(rule, point, at)) {
                        *sum += part;
                    }
                }
                let [stock, service, fill, n] = sums;
                (n > 0.0).then(|| ExchangePoint { stock: stock / n, service: service / n, fill_rate: fill / n })
            })
            .collect()
    };
    let gain = |rule: Rule| -> Option<Figure> {
        if rule == Rule::Pipeline {
            return None;
        }
        // The sums of both curves side by side: stock and service of each point, and the windows.
        let sums = |at: usize| -> [f64; 4 * POINTS + 1] {
            let mut all = [0.0; 4 * POINTS + 1];
            for point in 0..POINTS {
                let [stock, service, ..] = part(Rule::Pipeline, point, at);
                (all[point], all[POINTS + point]) = (stock, service);
                if point < rule.points() {
                    let [stock, service, _, n] = part(rule, point, at);
                    (all[2 * POINTS + point], all[3 * POINTS + point]) = (stock, service);
                    all[4 * POINTS] = n;
                }
            }
            all
        };
        let gain = |all: &[f64; 4 * POINTS + 1]| {
            let (own, other) = (&all[..2 * POINTS], &all[2 * POINTS..4 * POINTS]);
            let gains = (0..rule.points()).filter_map(|point| {
                let service = interpolated(&own[..POINTS], &own[POINTS..], other[point])?;
                Some(service - other[POINTS + point])
            });
            let gains: Vec<f64> = gains.collect();
            if gains.is_empty() { f64::NAN } else { gains.iter().sum::<f64>() / gains.len() as f64 / all[4 * POINTS] }
        };
        Some(weeks.figure(sums, gain)).filter(|figure| figure.value.is_finite())
    };
    Rule::ALL
        .iter()
        .map(|rule| Exchange { rule: rule.name().to_owned(), points: curve(*rule), gain: gain(*rule) })
        .collect()
}

/// The value of a rising curve at `x`; `None` outside of it.
fn interpolated(xs: &[f64], ys: &[f64], x: f64) -> Option<f64> {
    let after = xs.iter().position(|at| *at >= x)?;
    if after == 0 {
        return (xs[0] == x).then_some(ys[0]);
    }
    let (low, high) = (xs[after - 1], xs[after]);
    let share = if high > low { (x - low) / (high - low) } else { 1.0 };
    Some(ys[after - 1] + share * (ys[after] - ys[after - 1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 50 cycles at 5 %: up to 5 misses in 95 % of all shops (binomial table: P(X <= 4) = .8964, P(X <= 5) = .9622).
    #[test]
    fn few_cycles_are_consistent_with_many_misses() {
        assert_eq!(most_misses(50, 0.05), 5);
        assert_eq!(most_misses(0, 0.05), 0);
        // 4,000 cycles: 200 expected, sd 13.8; 95 % one-sided at 223.
        assert!((222..=224).contains(&most_misses(4000, 0.05)), "{}", most_misses(4000, 0.05));
    }

    #[test]
    fn curves_are_read_between_their_points() {
        let (xs, ys) = ([1.0, 2.0, 2.0, 4.0], [0.5, 0.7, 0.8, 1.0]);
        assert_eq!(interpolated(&xs, &ys, 1.5), Some(0.6));
        assert_eq!(interpolated(&xs, &ys, 3.0), Some(0.9));
        assert_eq!(interpolated(&xs, &ys, 1.0), Some(0.5));
        assert_eq!(interpolated(&xs, &ys, 0.9), None);
        assert_eq!(interpolated(&xs, &ys, 4.1), None);
    }
}
