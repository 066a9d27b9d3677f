//! Figures of the gates: means, quantiles and shares with their sampling errors. It must not know shops.

/// Mean of the values.
pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The smallest value that at least this share of the values does not exceed.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((share * sorted.len() as f64).ceil() as usize).clamp(1, sorted.len()) - 1]
}

/// Middle of the values.
pub(crate) fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// Half the width of the 95 % interval of the mean of independent values.
pub(crate) fn half_width(values: &[f64]) -> f64 {
    let (n, mean) = (values.len() as f64, mean(values));
    1.96 * (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0) / n).sqrt()
}

/// Absolute values.
pub(crate) fn absolute(values: &[f64]) -> Vec<f64> {
    values.iter().map(|value| value.abs()).collect()
}

#[test]
fn quantiles_are_members_of_the_sample() {
    let values = [3.0, 1.0, 2.0, 4.0];
    assert_eq!((median(&values), quantile(&values, 0.9), mean(&values)), (2.0, 4.0, 2.5));
    assert!((half_width(&values) - 1.96 * (5.0_f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
}
