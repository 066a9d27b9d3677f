//! The standard normal law.

use std::f64::consts::PI;

use statrs::distribution::{ContinuousCDF, Normal};

use super::special::{Tails, gamma_tails};

/// Density of the standard normal law.
///
/// ```text
/// φ(z) = e^(-z²/2) / √(2π)
/// ```
#[must_use]
pub fn normal_density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}

/// P(Z ≤ z) and P(Z > z), from the incomplete gamma function: P(Z² > z²) = Q(½, z²/2).
pub(super) fn normal_tails(z: f64) -> Tails {
    let square = gamma_tails(0.5, 0.5 * z * z);
    let beyond = 0.5 * square.above;
    let upper = Tails { below: 0.5 + 0.5 * square.below, above: beyond };
    if z < 0.0 { upper.swapped() } else { upper }
}

/// Probability that a standard normal number is at most `z`; NaN for NaN.
///
/// ```text
/// Φ(z) = P(Z ≤ z)
/// ```
///
/// ```
/// use stockburst::stats::normal_cdf;
/// assert!((normal_cdf(1.281_551_565_544_600_4) - 0.9).abs() < 1e-15);
/// ```
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    normal_tails(z).below
}

/// The safety factor z with Φ(z) = `probability`; `None` unless 0 < `probability` < 1.
///
/// ```
/// use stockburst::stats::normal_quantile;
/// assert!((normal_quantile(0.95).unwrap() - 1.644_853_626_951_472_2).abs() < 1e-14);
/// assert_eq!(normal_quantile(1.0), None);
/// ```
#[must_use]
pub fn normal_quantile(probability: f64) -> Option<f64> {
    (probability > 0.0 && probability < 1.0).then(|| Normal::standard().inverse_cdf(probability))
}

/// Unit normal loss: what a standard normal number exceeds `z` by, on average.
///
/// ```text
/// L(z) = E[(Z - z)+] = φ(z) - z (1 - Φ(z))
/// ```
///
/// Source: Silver, Pyke & Thomas (2017), "Inventory and Production Management in Supply Chains" 4e, appendix II
/// (there G_u).
///
/// ```
/// use stockburst::stats::normal_loss;
/// assert!((normal_loss(1.0) - 0.083_315_5).abs() < 5e-8); // table of the unit normal loss
/// ```
#[must_use]
pub fn normal_loss(z: f64) -> f64 {
    if z.is_infinite() {
        return (-z).max(0.0);
    }
    // The difference of two nearly equal numbers far out on the right; it is never negative.
    let loss = normal_density(z) - z * normal_tails(z).above;
    if loss < 0.0 { 0.0 } else { loss }
}

/// Unit normal loss of the second order: half the mean square by which a standard normal number exceeds `z`.
///
/// ```text
/// L₂(z) = ½ E[((Z - z)+)²] = ∫_z^∞ L(x) dx = ½ ((z² + 1) (1 - Φ(z)) - z φ(z))
/// ```
///
/// Source: Snyder & Shen (2019), "Fundamentals of Supply Chain Theory" 2e, appendix C.3.
///
/// ```
/// use stockburst::stats::normal_second_loss;
/// assert!((normal_second_loss(0.0) - 0.25).abs() < 1e-15);
/// ```
#[must_use]
pub fn normal_second_loss(z: f64) -> f64 {
    if z.is_infinite() {
        return (-z).max(0.0);
    }
    let loss = 0.5 * ((z * z + 1.0) * normal_tails(z).above - z * normal_density(z));
    if loss < 0.0 { 0.0 } else { loss }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The second loss is the area under the first: midpoints of steps of 0.001.
    #[test]
    fn the_second_loss_is_the_area_under_the_first() {
        for z in [-3.0, -0.4, 0.0, 1.7] {
            let area: f64 = (0..12_000).map(|step| normal_loss(z + (f64::from(step) + 0.5) * 1e-3) * 1e-3).sum();
            assert!((normal_second_loss(z) - area).abs() < 1e-7, "{z}");
        }
    }

    #[test]
    fn far_tails_keep_their_digits() {
        for (z, tail) in [(-37.0, 5.725_571_222_524_577e-300), (-8.0, 6.220_960_574_271_784e-16)] {
            let got = normal_cdf(z);
            assert!((got / tail - 1.0).abs() < 1e-12, "{z}: {got:e}");
        }
        assert!((normal_cdf(2.0) - 0.977_249_868_051_820_8).abs() < 1e-15);
    }

    /// V12 of the method notes: the published table of the unit normal loss.
    #[test]
    fn unit_loss_is_the_published_table() {
        for (z, loss) in [(0.0, 0.398_942_3), (1.0, 0.083_315_5), (1.6449, 0.020_890_6), (2.0, 0.008_490_7)] {
            assert!((normal_loss(z) - loss).abs() < 6e-8, "{z}: {}", normal_loss(z));
        }
    }

    #[test]
    fn odd_input_has_a_decided_answer() {
        assert!(normal_cdf(f64::NAN).is_nan());
        assert_eq!(normal_cdf(f64::INFINITY), 1.0);
        assert_eq!(normal_cdf(f64::NEG_INFINITY), 0.0);
        assert_eq!(normal_quantile(f64::NAN), None);
        assert_eq!(normal_loss(f64::INFINITY), 0.0);
        assert_eq!(normal_loss(f64::NEG_INFINITY), f64::INFINITY);
        assert_eq!(normal_second_loss(f64::INFINITY), 0.0);
        assert_eq!(normal_second_loss(f64::NEG_INFINITY), f64::INFINITY);
    }
}
