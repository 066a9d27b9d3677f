//! From sums over paths to estimates.

use crate::stats::{Estimate, Interval};

/// Confidence of the intervals shown.
const CONFIDENCE: f64 = 0.95;

/// Mean of n values with its standard error, from their sum and the sum of their squares.
pub(super) fn mean(n: u64, sum: f64, squares: f64) -> Estimate {
    let count = n.max(1) as f64;
    let mean = sum / count;
    let variance = ((squares - count * mean * mean) / (count - 1.0).max(1.0)).max(0.0);
    Estimate { value: mean, standard_error: (variance / count).sqrt(), n }
}

/// Ratio of two sums over n paths with its delta-method error, each given with the sum of its squares; `of_nothing` if
/// the lower is 0.
pub(super) fn ratio(n: u64, top: [f64; 2], bottom: [f64; 2], product: f64, of_nothing: f64) -> Estimate {
    if bottom[0] <= 0.0 {
        return Estimate { value: of_nothing, standard_error: 0.0, n };
    }
    let ratio = top[0] / bottom[0];
    let count = n as f64;
    let residual = top[1] - 2.0 * ratio * product + ratio * ratio * bottom[1];
    let mean = bottom[0] / count;
    let standard_error = (residual.max(0.0) / (count - 1.0).max(1.0) / count).sqrt() / mean;
    Estimate { value: ratio, standard_error, n }
}

/// Share of so many paths.
pub(super) fn share(count: u64, of: u64) -> Estimate {
    Estimate::of_proportion(count, of).unwrap_or(Estimate { value: 0.0, standard_error: 0.0, n: of })
}

/// Its interval.
pub(super) fn wilson(count: u64, of: u64) -> Interval {
    Interval::wilson(count, of, CONFIDENCE).unwrap_or(Interval { low: 0.0, high: 1.0 })
}
