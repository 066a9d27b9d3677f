//! Laws from moments, and the ranges of their parameters.

use super::law::DemandLaw;

/// A parameter outside the range of its law.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LawError {
    /// The parameter is not a finite number in its range.
    #[error("`{value}` is not a {name} of a law of demand; {rule}")]
    Parameter {
        /// Which parameter.
        name: &'static str,
        /// What was given.
        value: f64,
        /// What it must be.
        rule: &'static str,
    },
}

fn within(name: &'static str, value: f64, is_in: bool, rule: &'static str) -> Result<(), LawError> {
    if value.is_finite() && is_in { Ok(()) } else { Err(LawError::Parameter { name, value, rule }) }
}

fn non_negative(name: &'static str, value: f64) -> Result<(), LawError> {
    within(name, value, value >= 0.0, "write a number from 0")
}

fn positive(name: &'static str, value: f64) -> Result<(), LawError> {
    within(name, value, value > 0.0, "write a number above 0")
}

impl DemandLaw {
    /// Negative binomial with this mean and standard deviation.
    ///
    /// ```text
    /// k = m² / (s² - m)
    /// ```
    ///
    /// A variance of at most the mean has no negative binomial: then the law is Poisson with that mean.
    ///
    /// # Errors
    /// [`LawError::Parameter`] unless both are finite and not negative.
    ///
    /// ```
    /// use stockburst::stats::DemandLaw;
    /// let law = DemandLaw::negative_binomial_from_mean_sd(30.0, 12.0).unwrap();
    /// assert_eq!(law, DemandLaw::NegativeBinomial { mean: 30.0, size: 900.0 / 114.0 });
    /// let calm = DemandLaw::negative_binomial_from_mean_sd(30.0, 5.0).unwrap();
    /// assert_eq!(calm, DemandLaw::Poisson { mean: 30.0 });
    /// ```
    pub fn negative_binomial_from_mean_sd(mean: f64, sd: f64) -> Result<Self, LawError> {
        non_negative("mean", mean)?;
        non_negative("standard deviation", sd)?;
        let excess = sd * sd - mean;
        let size = mean * mean / excess;
        // A size too large for a float is the Poisson limit; so is the absence of any demand.
        if excess > 0.0 && mean > 0.0 && size.is_finite() {
            Self::NegativeBinomial { mean, size }.checked()
        } else {
            Ok(Self::Poisson { mean })
        }
    }

    /// Gamma with this mean and standard deviation; certainty ([`DemandLaw::Normal`] with `sd` 0) if `sd` is 0.
    ///
    /// ```text
    /// a = (m / s)²,  b = s² / m
    /// ```
    ///
    /// # Errors
    /// [`LawError::Parameter`] if `sd` is negative, or the mean not positive while `sd` is.
    pub fn gamma_from_mean_sd(mean: f64, sd: f64) -> Result<Self, LawError> {
        if sd == 0.0 {
            return Self::Normal { mean, sd }.checked();
        }
        positive("mean", mean)?;
        positive("standard deviation", sd)?;
        Self::Gamma { shape: (mean / sd).powi(2), scale: sd * (sd / mean) }.checked()
    }

    /// Lognormal with this mean and standard deviation; certainty ([`DemandLaw::Normal`] with `sd` 0) if `sd` is 0.
    ///
    /// ```text
    /// σ² = ln(1 + (s / m)²),  μ = ln m - σ² / 2
    /// ```
    ///
    /// # Errors
    /// [`LawError::Parameter`] if `sd` is negative, or the mean not positive while `sd` is.
    pub fn log_normal_from_mean_sd(mean: f64, sd: f64) -> Result<Self, LawError> {
        if sd == 0.0 {
            return Self::Normal { mean, sd }.checked();
        }
        positive("mean", mean)?;
        positive("standard deviation", sd)?;
        let log_variance = (sd / mean).powi(2).ln_1p();
        Self::LogNormal { mu: mean.ln() - log_variance / 2.0, sigma: log_variance.sqrt() }.checked()
    }

    /// The law itself, if every parameter is in its range.
    ///
    /// # Errors
    /// [`LawError::Parameter`] with the first one that is not.
    pub fn checked(self) -> Result<Self, LawError> {
        match self {
            Self::Normal { mean, sd } => {
                within("mean", mean, true, "write a finite number")?;
                non_negative("standard deviation", sd)?;
            }
            Self::Poisson { mean } => non_negative("mean", mean)?,
            Self::NegativeBinomial { mean, size } => {
                non_negative("mean", mean)?;
                positive("size", size)?;
            }
            Self::Gamma { shape, scale } => {
                positive("shape", shape)?;
                positive("scale", scale)?;
            }
            Self::LogNormal { mu, sigma } => {
                within("mean of the logarithm", mu, true, "write a finite number")?;
                positive("standard deviation of the logarithm", sigma)?;
            }
        }
        Ok(self)
    }
}
