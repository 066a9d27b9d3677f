//! Rank correlation: which input moves the result, and how correlated draws are made.

use std::f64::consts::{FRAC_2_PI, PI};

use statrs::statistics::{Data, OrderStatistics, RankTieBreaker};

/// Spearman's rank correlation ρ of two samples: -1 to 1, ties with their mean rank.
///
/// ```text
/// ρ = Pearson correlation of the ranks
/// ```
///
/// `None` unless both have as many values, at least two and all finite, and neither is constant. Source: Spearman
/// (1904), American Journal of Psychology 15, 72-101.
///
/// ```
/// use stockburst::stats::spearman;
/// let (uplift, lost) = ([1.1, 3.0, 2.0, 9.0], [0.0, 40.0, 7.0, 900.0]);
/// assert_eq!(spearman(&uplift, &lost), Some(1.0));
/// assert_eq!(spearman(&uplift, &[5.0; 4]), None);
/// ```
#[must_use]
pub fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len() != b.len() || a.len() < 2 {
        return None;
    }
    let (a, b) = (centred_ranks(a)?, centred_ranks(b)?);
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let scale = (product(&a, &a) * product(&b, &b)).sqrt();
    (scale > 0.0).then(|| (product(&a, &b) / scale).clamp(-1.0, 1.0))
}

/// Ranks less their mean; `None` if a value is not finite.
fn centred_ranks(sample: &[f64]) -> Option<Vec<f64>> {
    if !sample.iter().all(|value| value.is_finite()) {
        return None;
    }
    let ranks = Data::new(sample.to_vec()).ranks(RankTieBreaker::Average);
    let middle = (sample.len() as f64 + 1.0) / 2.0;
    Some(ranks.into_iter().map(|rank| rank - middle).collect())
}

/// Contribution of each input to the variance of a result, with the sign of its influence, from rank correlations.
///
/// ```text
/// c_i = sign(ρ_i) ρ_i² / Σ ρ_j²
/// ```
///
/// The absolute values add up to 1; they are shares of the variance only if the inputs are independent. `None` if no
/// correlation differs from 0, or one is not between -1 and 1. Source: the sensitivity chart of Oracle Crystal Ball, by
/// the definition in its user's guide.
///
/// ```
/// use stockburst::stats::contributions;
/// let shares = contributions(&[0.6, -0.3]).unwrap();
/// assert!((shares[0] - 0.8).abs() < 1e-15 && (shares[1] + 0.2).abs() < 1e-15);
/// assert_eq!(contributions(&[0.0, 0.0]), None);
/// ```
#[must_use]
pub fn contributions(correlations: &[f64]) -> Option<Vec<f64>> {
    let valid = correlations.iter().all(|rho| (-1.0..=1.0).contains(rho));
    let total: f64 = correlations.iter().map(|rho| rho * rho).sum();
    (valid && total > 0.0).then(|| correlations.iter().map(|rho| rho * rho.abs() / total).collect())
}

/// Linear correlation of two normal numbers whose rank correlation (Spearman) is to be `rho`.
///
/// ```text
/// r = 2 sin(π ρ / 6)
/// ```
///
/// For a Gaussian copula: draw normal numbers with r, and whatever they are turned into has ρ. `None` unless
/// -1 ≤ `rho` ≤ 1. Source: Kruskal (1958), Journal of the American Statistical Association 53, 814-861.
///
/// ```
/// use stockburst::stats::normal_correlation_from_spearman;
/// // Stages of a lead time that are late together.
/// assert!((normal_correlation_from_spearman(0.6).unwrap() - 0.618_033_988_749_894_8).abs() < 1e-15);
/// assert_eq!(normal_correlation_from_spearman(1.2), None);
/// ```
#[must_use]
pub fn normal_correlation_from_spearman(rho: f64) -> Option<f64> {
    (-1.0..=1.0).contains(&rho).then(|| (2.0 * (PI * rho / 6.0).sin()).clamp(-1.0, 1.0))
}

/// Kendall's τ of two normal numbers with this linear correlation: P(concordant) - P(discordant).
///
/// ```text
/// τ = (2 / π) asin r
/// ```
///
/// `None` unless -1 ≤ `correlation` ≤ 1. Source: as [`normal_correlation_from_spearman`].
///
/// ```
/// use stockburst::stats::kendall_from_normal_correlation;
/// assert!((kendall_from_normal_correlation(0.5).unwrap() - 1.0 / 3.0).abs() < 1e-15);
/// ```
#[must_use]
pub fn kendall_from_normal_correlation(correlation: f64) -> Option<f64> {
    (-1.0..=1.0).contains(&correlation).then(|| FRAC_2_PI * correlation.asin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_order_counts() {
        let a = [3.0, 1.0, 4.0, 1.5, 5.0, 9.0, 2.0, 6.0];
        let b = [2.0, 7.0, 1.0, 8.0, 2.5, 8.5, 1.2, 8.2];
        let rho = spearman(&a, &b).unwrap();
        // Without ties: 1 - 6 Σ d² / n (n² - 1), here d = 1, -4, 4, -4, 2, 0, 1, 0.
        assert!((rho - (1.0 - 6.0 * 54.0 / (8.0 * 63.0))).abs() < 1e-15, "{rho}");
        let stretched = a.map(f64::exp);
        let turned = b.map(|value| -value.powi(3));
        assert_eq!(spearman(&stretched, &b), Some(rho));
        assert!((spearman(&a, &turned).unwrap() + rho).abs() < 1e-15);
    }

    #[test]
    fn ties_share_their_rank() {
        // Ranks 1.5, 1.5, 3.5, 3.5 against 1, 2, 3, 4: 4 / √(4 · 5).
        let rho = spearman(&[0.0, -0.0, 7.0, 7.0], &[1.0, 2.0, 3.0, 4.0]).unwrap();
        assert!((rho - 4.0 / 20.0_f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn the_copula_keeps_the_ends_and_the_middle() {
        for rho in [-1.0, 0.0, 1.0] {
            let r = normal_correlation_from_spearman(rho).unwrap();
            assert!((r - rho).abs() < 1e-15);
            assert!((kendall_from_normal_correlation(r).unwrap() - rho).abs() < 1e-7);
        }
    }

    #[test]
    fn odd_input_has_no_answer() {
        assert_eq!(spearman(&[], &[]), None);
        assert_eq!(spearman(&[1.0], &[1.0]), None);
        assert_eq!(spearman(&[1.0, 2.0], &[1.0]), None);
        for bad in [f64::NAN, f64::INFINITY] {
            assert_eq!(spearman(&[1.0, bad], &[1.0, 2.0]), None);
            assert_eq!(normal_correlation_from_spearman(bad), None);
            assert_eq!(kendall_from_normal_correlation(bad), None);
            assert_eq!(contributions(&[0.5, bad]), None);
        }
        assert_eq!(contributions(&[]), None);
    }
}
