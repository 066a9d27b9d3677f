//! Scores of each method over the windows of a class.

use super::pipeline::Window;
use super::result::{Coverage, MethodScore};
use super::weeks::{Figure, Weeks};
use super::{LEVELS, Method, QUANTILES, UPPER};
use crate::stats::{Interval, pinball};

/// Levels whose mean is gated beside that of all: what stock is set by.
const HIGH: std::ops::Range<usize> = 2..5;

/// Which of the levels are averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Levels {
    All,
    High,
    One(usize),
}

/// Mean pinball loss of a forecast over the levels, in pieces.
pub(super) fn loss(window: &Window, method: Method, levels: Levels) -> f64 {
    let quantiles = &window.forecasts[method.index()];
    let at = |level: usize| pinball(LEVELS[level], quantiles[UPPER + level], window.actual);
    let mean = |range: std::ops::Range<usize>| {
        let count = range.len() as f64;
        range.map(at).sum::<f64>() / count
    };
    match levels {
        Levels::All => mean(0..LEVELS.len()),
        Levels::High => mean(HIGH),
        Levels::One(level) => at(level),
    }
}

/// Weighted interval score: twice the mean pinball loss over all quantiles.
fn interval_score(window: &Window, method: Method) -> f64 {
    let quantiles = &window.forecasts[method.index()];
    let losses = QUANTILES.iter().zip(quantiles).map(|(level, q)| pinball(*level, *q, window.actual));
    2.0 * losses.sum::<f64>() / QUANTILES.len() as f64
}

/// Mean loss of `method` over that of `rival`, each window in units of its product's own naive error.
pub(super) fn ratio(windows: &[&Window], weeks: &Weeks, method: Method, rival: Method, levels: Levels) -> Figure {
    let part = |at: usize| {
        let window = windows[at];
        window
            .scale
            .map_or([0.0; 2], |scale| [loss(window, method, levels) / scale, loss(window, rival, levels) / scale])
    };
    weeks.figure(part, |[ours, theirs]| if *theirs > 0.0 { ours / theirs } else { f64::NAN })
}

/// The scores of one method.
pub(super) fn score(windows: &[&Window], weeks: &Weeks, method: Method) -> MethodScore {
    let naive = Method::SeasonalNaive;
    let sum = |of: &dyn Fn(&Window) -> f64| windows.iter().map(|window| of(window)).sum::<f64>();
    let over = |a: f64, b: f64| if b > 0.0 { Some(a / b) } else { None };
    let scaled = |window: &Window| window.scale.map_or(0.0, |scale| loss(window, method, Levels::All) / scale);
    let counted = windows.iter().filter(|window| window.scale.is_some()).count();
    let figure = |figure: Figure| Some(figure).filter(|figure| figure.value.is_finite());
    MethodScore {
        method,
        scaled_loss: over(sum(&scaled), counted as f64),
        ratio: figure(ratio(windows, weeks, method, naive, Levels::All)),
        high_ratio: figure(ratio(windows, weeks, method, naive, Levels::High)),
        level_ratios: std::array::from_fn(|level| {
            let ratio = ratio(windows, weeks, method, naive, Levels::One(level)).value;
            Some(ratio).filter(|ratio| ratio.is_finite())
        }),
        raw_ratio: over(
            sum(&|window| loss(window, method, Levels::All)),
            sum(&|window| loss(window, naive, Levels::All)),
        ),
        interval_score_ratio: over(
            sum(&|window| interval_score(window, method)),
            sum(&|window| interval_score(window, naive)),
        ),
        coverage: std::array::from_fn(|level| coverage(windows, weeks, method, level)),
    }
}

/// Share of windows whose demand was at most the forecast quantile.
pub(super) fn coverage(windows: &[&Window], weeks: &Weeks, method: Method, level: usize) -> Coverage {
    let covered = |window: &Window| window.actual <= window.forecasts[method.index()][UPPER + level];
    let part = |at: usize| [f64::from(u8::from(covered(windows[at]))), 1.0];
    let share = weeks.figure(part, |[covered, n]| if *n > 0.0 { covered / n } else { f64::NAN });
    let count = windows.iter().filter(|window| covered(window)).count() as u64;
    let independent = Interval::wilson(count, windows.len() as u64, 0.95);
    Coverage { level: LEVELS[level], share, independent }
}
