//! Sample quantiles and the means beyond them.
//!
//! Stock is rounded up, so stock levels take the inverse of the empirical distribution (type 1): a value that was
//! seen. Charts take type 7, which interpolates. Levels are fractions; a sample with a NaN in it has no quantile.
//!
//! Source: Hyndman & Fan (1996), The American Statistician 50(4), 361-365 (the numbering of types).

/// `n level` is whole but for rounding when it misses by no more than this share: 0.1 of 30 is 3, not 3 and a bit.
const ROUNDING: f64 = 1e-12;

fn sorted(sample: &[f64]) -> Option<Vec<f64>> {
    if sample.iter().any(|value| value.is_nan()) {
        return None;
    }
    let mut sorted = sample.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    Some(sorted)
}

fn is_level(level: f64) -> bool {
    (0.0..=1.0).contains(&level)
}

/// Quantile by linear interpolation between order statistics (type 7, the default of R and numpy).
///
/// ```text
/// x(⌊h⌋) + (h - ⌊h⌋) (x(⌊h⌋ + 1) - x(⌊h⌋)),  h = (n - 1) p + 1
/// ```
///
/// `None` of an empty sample, of one with a NaN, or if `level` is not in 0..=1.
///
/// ```
/// use stockburst::stats::quantile_linear;
/// let lost = [3.0, 9.0, 1.0, 22.0, 15.0, 7.0, 8.0, 40.0, 2.0, 11.0];
/// assert!((quantile_linear(&lost, 0.9).unwrap() - 23.8).abs() < 1e-12);
/// ```
#[must_use]
pub fn quantile_linear(sample: &[f64], level: f64) -> Option<f64> {
    quantile_linear_sorted(&sorted(sample)?, level)
}

/// [`quantile_linear`] of a sample that is already sorted in ascending order.
#[must_use]
pub fn quantile_linear_sorted(sorted: &[f64], level: f64) -> Option<f64> {
    if !is_level(level) {
        return None;
    }
    let rank = sorted.len().checked_sub(1)? as f64 * level;
    let low = *sorted.get(rank.floor() as usize)?;
    let high = sorted.get(rank.floor() as usize + 1).copied().unwrap_or(low);
    let share = rank.fract();
    // Two equal infinities would otherwise make NaN of their difference.
    Some(if share == 0.0 || low == high { low } else { low + share * (high - low) })
}

/// Quantile by the inverse of the empirical distribution (type 1): the smallest value seen with at least `level` of
/// the sample at or below it.
///
/// ```text
/// x(⌈n p⌉)
/// ```
///
/// `None` of an empty sample, of one with a NaN, or if `level` is not in 0..=1.
///
/// ```
/// use stockburst::stats::quantile_inverse;
/// let lost = [3.0, 9.0, 1.0, 22.0, 15.0, 7.0, 8.0, 40.0, 2.0, 11.0];
/// assert_eq!(quantile_inverse(&lost, 0.9), Some(22.0));
/// ```
#[must_use]
pub fn quantile_inverse(sample: &[f64], level: f64) -> Option<f64> {
    quantile_inverse_sorted(&sorted(sample)?, level)
}

/// [`quantile_inverse`] of a sample that is already sorted in ascending order.
#[must_use]
pub fn quantile_inverse_sorted(sorted: &[f64], level: f64) -> Option<f64> {
    if !is_level(level) {
        return None;
    }
    let rank = (sorted.len() as f64 * level * (1.0 - ROUNDING)).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied()
}

/// Expected shortfall: the mean of the worst (largest) `1 - level` of the sample, the last value by its fraction.
///
/// ```text
/// ES(p) = (x(n) + x(n-1) + ... + f x(j)) / (n (1 - p)),  the weights adding up to n (1 - p)
/// ```
///
/// Source: Acerbi & Tasche (2002), Journal of Banking & Finance 26, 1487-1503. The largest value at `level` 1. `None`
/// of an empty sample, of one with a NaN, or if `level` is not in 0..=1.
///
/// ```
/// use stockburst::stats::expected_shortfall;
/// let lost = [3.0, 9.0, 1.0, 22.0, 15.0, 7.0, 8.0, 40.0, 2.0, 11.0];
/// assert!((expected_shortfall(&lost, 0.9).unwrap() - 40.0).abs() < 1e-12);
/// assert!((expected_shortfall(&lost, 0.85).unwrap() - (40.0 + 0.5 * 22.0) / 1.5).abs() < 1e-12);
/// ```
#[must_use]
pub fn expected_shortfall(sample: &[f64], level: f64) -> Option<f64> {
    expected_shortfall_sorted(&sorted(sample)?, level)
}

/// [`expected_shortfall`] of a sample that is already sorted in ascending order.
#[must_use]
pub fn expected_shortfall_sorted(sorted: &[f64], level: f64) -> Option<f64> {
    if !is_level(level) {
        return None;
    }
    mean_of_first(sorted.iter().rev().copied(), sorted.len() as f64 * (1.0 - level))
}

/// Mean of the worst (smallest) `share` of the sample, the last value by its fraction: the CVaR of a profit.
///
/// ```text
/// (x(1) + x(2) + ... + f x(j)) / (n share),  the weights adding up to n share
/// ```
///
/// Source: as [`expected_shortfall`]. The smallest value at `share` 0. `None` of an empty sample, of one with a NaN, or
/// if `share` is not in 0..=1.
///
/// ```
/// use stockburst::stats::lower_tail_mean;
/// let profit: Vec<f64> = (1..=40).map(f64::from).collect();
/// assert_eq!(lower_tail_mean(&profit, 0.05), Some(1.5));
/// ```
#[must_use]
pub fn lower_tail_mean(sample: &[f64], share: f64) -> Option<f64> {
    lower_tail_mean_sorted(&sorted(sample)?, share)
}

/// [`lower_tail_mean`] of a sample that is already sorted in ascending order.
#[must_use]
pub fn lower_tail_mean_sorted(sorted: &[f64], share: f64) -> Option<f64> {
    if !is_level(share) {
        return None;
    }
    mean_of_first(sorted.iter().copied(), sorted.len() as f64 * share)
}

/// Weighted mean of the first `weight` values: whole ones first, the last by what is left; the first alone at 0.
fn mean_of_first(mut values: impl Iterator<Item = f64>, weight: f64) -> Option<f64> {
    let first = values.next()?;
    if weight <= 1.0 {
        return Some(first);
    }
    let (mut sum, mut left) = (first, weight - 1.0);
    for value in values {
        if left <= 0.0 {
            break;
        }
        sum += value * left.min(1.0);
        left -= 1.0;
    }
    Some(sum / weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_ranks_are_not_rounded_up() {
        let sample: Vec<f64> = (1..=30).map(f64::from).collect();
        assert_eq!(quantile_inverse(&sample, 0.1), Some(3.0));
        assert_eq!(quantile_inverse(&sample, 0.101), Some(4.0));
        assert_eq!((quantile_inverse(&sample, 0.0), quantile_inverse(&sample, 1.0)), (Some(1.0), Some(30.0)));
        assert_eq!((quantile_linear(&sample, 0.0), quantile_linear(&sample, 1.0)), (Some(1.0), Some(30.0)));
    }

    #[test]
    fn the_whole_tail_is_the_mean() {
        let sample = [5.0, 1.0, 3.0];
        assert_eq!(expected_shortfall(&sample, 0.0), Some(3.0));
        assert_eq!(lower_tail_mean(&sample, 1.0), Some(3.0));
        assert_eq!(expected_shortfall(&sample, 1.0), Some(5.0));
        assert_eq!(lower_tail_mean(&sample, 0.0), Some(1.0));
    }

    #[test]
    fn odd_input_has_no_quantile() {
        for of in [quantile_linear, quantile_inverse, expected_shortfall, lower_tail_mean] {
            assert_eq!(of(&[], 0.5), None);
            assert_eq!(of(&[1.0, f64::NAN], 0.5), None);
            for level in [-0.1, 1.1, f64::NAN] {
                assert_eq!(of(&[1.0], level), None);
            }
            assert_eq!(of(&[f64::INFINITY, f64::INFINITY], 0.5), Some(f64::INFINITY));
        }
    }
}
