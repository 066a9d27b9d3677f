//! Scores of a forecast that is a distribution: small where it said much and was right.
//!
//! All of them are proper: nobody scores better on average than who says what he believes.

/// Pinball loss of the forecast quantile `quantile` at `level` once `actual` is known, in the unit of both.
///
/// ```text
/// level (y - q) if y >= q, else (1 - level)(q - y)
/// ```
///
/// Source: Koenker & Bassett (1978), Econometrica 46, 33-50.
///
/// ```
/// use stockburst::stats::pinball;
/// // A demand of 7 where 5 was the .9 quantile; in units of a mean daily change of 3 (the M5 score) .6.
/// assert!((pinball(0.9, 5.0, 7.0) / 3.0 - 0.6).abs() < 1e-12);
/// ```
#[must_use]
pub fn pinball(level: f64, quantile: f64, actual: f64) -> f64 {
    if actual >= quantile { level * (actual - quantile) } else { (1.0 - level) * (quantile - actual) }
}

/// Weighted interval score: of a median and of central intervals, given as (probability outside, low, high).
///
/// ```text
/// (|y - m| / 2 + sum_k (a_k / 2)(width_k + 2 / a_k x what lies outside)) / (K + 1/2)
/// ```
///
/// Source: Bracher, Ray, Gneiting & Reich (2021), PLoS Computational Biology 17, e1008618.
///
/// ```
/// use stockburst::stats::weighted_interval_score;
/// let intervals = [(0.2, 350.0, 700.0), (0.05, 250.0, 900.0)];
/// assert!((weighted_interval_score(500.0, &intervals, 620.0) - 44.5).abs() < 1e-12);
/// assert!((weighted_interval_score(500.0, &intervals, 1000.0) - 280.5).abs() < 1e-12);
/// ```
#[must_use]
pub fn weighted_interval_score(median: f64, intervals: &[(f64, f64, f64)], actual: f64) -> f64 {
    let of = |(outside, low, high): &(f64, f64, f64)| {
        let missed = (low - actual).max(0.0) + (actual - high).max(0.0);
        outside / 2.0 * (high - low) + missed
    };
    let total = 0.5 * (actual - median).abs() + intervals.iter().map(of).sum::<f64>();
    total / (intervals.len() as f64 + 0.5)
}

/// Continuous ranked probability score of a sample as a forecast; `fair` for what a larger sample of the same forecaster
/// would score. NaN of an empty sample, or of one value if `fair`.
///
/// ```text
/// mean |x_i - y| - sum_ij |x_i - x_j| / (2 n²),  fair: / (2 n (n - 1))
/// ```
///
/// Source: Gneiting & Raftery (2007), JASA 102, 359-378; fair: Ferro (2014), QJRMS 140, 1917-1923.
///
/// ```
/// use stockburst::stats::crps_of_sample;
/// assert!((crps_of_sample(&[1.0, 2.0, 4.0], 3.0, false) - 2.0 / 3.0).abs() < 1e-12);
/// assert!((crps_of_sample(&[1.0, 2.0, 4.0], 3.0, true) - 1.0 / 3.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn crps_of_sample(sample: &[f64], actual: f64, fair: bool) -> f64 {
    let n = sample.len() as f64;
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    let away = sorted.iter().map(|x| (x - actual).abs()).sum::<f64>() / n;
    // sum over pairs of |x_i - x_j| = 2 sum over ranks of (2 i - n + 1) x_(i).
    let pairs: f64 = 2.0 * sorted.iter().enumerate().map(|(at, x)| (2.0 * at as f64 - n + 1.0) * x).sum::<f64>();
    away - pairs / (2.0 * n * if fair { n - 1.0 } else { n })
}

/// Randomised probability integral transform of a count: `below` = P(X < y), `at_most` = P(X <= y), and a uniform.
/// Uniform itself over many forecasts that are right.
///
/// Source: Czado, Gneiting & Held (2009), Biometrics 65, 1254-1261.
///
/// ```
/// use stockburst::stats::randomised_pit;
/// assert_eq!(randomised_pit(0.2, 0.6, 0.5), 0.4);
/// ```
#[must_use]
pub fn randomised_pit(below: f64, at_most: f64, uniform: f64) -> f64 {
    below + uniform * (at_most - below)
}

/// P(chi-square of `bins - 1` degrees of freedom is at least what counts in equally likely bins show); `None` of fewer than two bins
/// or no counts.
///
/// Source: Pearson (1900), Philosophical Magazine 50, 157-175.
///
/// ```
/// use stockburst::stats::uniform_p_value;
/// assert_eq!(uniform_p_value(&[25, 25, 25, 25]), Some(1.0));
/// // (5² + 5²) / 25 = 2 on three degrees of freedom.
/// assert!((uniform_p_value(&[30, 20, 25, 25]).unwrap() - 0.572_407).abs() < 1e-6);
/// ```
#[must_use]
pub fn uniform_p_value(counts: &[u64]) -> Option<f64> {
    let total: u64 = counts.iter().sum();
    if counts.len() < 2 || total == 0 {
        return None;
    }
    let expected = total as f64 / counts.len() as f64;
    let square: f64 = counts.iter().map(|count| (*count as f64 - expected).powi(2) / expected).sum();
    Some(super::special::gamma_tails((counts.len() - 1) as f64 / 2.0, square / 2.0).above)
}

#[cfg(test)]
mod tests {
    use super::super::normal_quantile;
    use super::*;

    /// The weighted interval score is twice the mean pinball loss over the quantiles of its intervals.
    #[test]
    fn interval_score_is_mean_pinball() {
        let quantiles = [(0.025, 250.0), (0.1, 350.0), (0.5, 500.0), (0.9, 700.0), (0.975, 900.0)];
        for actual in [200.0, 620.0, 1000.0] {
            let pinball = 2.0 * quantiles.iter().map(|(level, q)| pinball(*level, *q, actual)).sum::<f64>() / 5.0;
            let intervals = [(0.2, 350.0, 700.0), (0.05, 250.0, 900.0)];
            assert!((weighted_interval_score(500.0, &intervals, actual) - pinball).abs() < 1e-9);
        }
    }

    /// Least expected pinball at .9 of a standard normal: its density at the quantile, .1754983; CRPS of N(0, 1) at 0:
    /// .2336950.
    #[test]
    fn scores_of_the_normal_law_are_known() {
        let normal: Vec<f64> = (0..4000).filter_map(|at| normal_quantile((f64::from(at) + 0.5) / 4000.0)).collect();
        let q = normal_quantile(0.9).unwrap();
        let mean = normal.iter().map(|x| pinball(0.9, q, *x)).sum::<f64>() / 4000.0;
        assert!((mean - 0.175_498_3).abs() < 2e-4, "{mean}");
        assert!((crps_of_sample(&normal, 0.0, false) - 0.233_695).abs() < 2e-4);
    }

    #[test]
    fn no_counts_have_no_p_value() {
        assert_eq!(uniform_p_value(&[]), None);
        assert_eq!(uniform_p_value(&[0, 0]), None);
        assert!(uniform_p_value(&[400, 0]).is_some_and(|p| p < 1e-12));
    }
}
