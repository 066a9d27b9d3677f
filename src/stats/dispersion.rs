//! Is daily demand more variable than independent single orders would make it?

use super::law::DemandLaw;
use super::law_build::LawError;
use super::moments::Moments;
use super::special::gamma_tails;

/// Over-dispersion of a sample of counts, against a Poisson law of the same mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispersion {
    /// Sample mean m, units a day.
    pub mean: f64,
    /// Sample variance s² (divisor n - 1), units².
    pub variance: f64,
    /// Index of dispersion s² / m: 1 for a Poisson law.
    pub index: f64,
    /// Chi-square statistic (n - 1) s² / m.
    pub statistic: f64,
    /// Probability of a statistic at least as large if the law were Poisson.
    pub p_value: f64,
}

impl Dispersion {
    /// Tests a sample; `None` of fewer than two values, or unless their mean is positive and finite.
    ///
    /// ```text
    /// (n - 1) s² / m ~ χ²(n - 1) under a Poisson law
    /// ```
    ///
    /// Source: Fisher, Thornton & Mackenzie (1922), Annals of Applied Biology 9, 325-359.
    ///
    /// ```
    /// use stockburst::stats::Dispersion;
    /// let sold = [12.0, 18.0, 9.0, 30.0, 22.0, 15.0, 41.0, 8.0, 17.0, 25.0];
    /// let dispersion = Dispersion::of(&sold).unwrap();
    /// assert!((dispersion.index - 5.279_751_833_051_326).abs() < 1e-12);
    /// assert!((dispersion.p_value / 3.142_520_695_113_278e-7 - 1.0).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn of(counts: &[f64]) -> Option<Self> {
        let moments = Moments::of(counts);
        let (mean, variance) = (moments.mean()?, moments.variance()?);
        if !(mean > 0.0 && mean.is_finite()) {
            return None;
        }
        let freedom = (moments.n() - 1) as f64;
        let statistic = freedom * variance / mean;
        let p_value = gamma_tails(freedom / 2.0, statistic / 2.0).above;
        Some(Self { mean, variance, index: variance / mean, statistic, p_value })
    }

    /// The law with this mean and variance: negative binomial, or Poisson if the sample is not over-dispersed.
    ///
    /// # Errors
    /// As [`DemandLaw::negative_binomial_from_mean_sd`].
    pub fn law(&self) -> Result<DemandLaw, LawError> {
        DemandLaw::negative_binomial_from_mean_sd(self.mean, self.variance.sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_input_has_a_decided_answer() {
        for sample in [&[][..], &[3.0], &[0.0, 0.0], &[-1.0, -2.0], &[f64::NAN, 1.0], &[f64::INFINITY, 1.0]] {
            assert_eq!(Dispersion::of(sample), None, "{sample:?}");
        }
        let calm = Dispersion::of(&[4.0, 4.0, 4.0]).unwrap();
        assert_eq!((calm.statistic, calm.p_value), (0.0, 1.0));
        assert_eq!(calm.law(), Ok(DemandLaw::Poisson { mean: 4.0 }));
    }
}
