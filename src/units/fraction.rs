//! Shares, service levels and multipliers: plain fractions in code and files, per cent only in reports.

use serde::{Deserialize, Serialize};

use super::UnitError;

/// A probability or a share, from 0 to 1.
#[derive(Default, Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Probability(f64);

impl Probability {
    /// Certain.
    pub const ONE: Self = Self(1.0);
    /// Impossible.
    pub const ZERO: Self = Self(0.0);

    /// Checks that `value` lies in `0..=1`.
    ///
    /// # Errors
    /// [`UnitError::Probability`] for any other number, NaN included.
    ///
    /// ```
    /// use stockburst::units::Probability;
    /// assert_eq!(Probability::try_new(0.05).unwrap().get(), 0.05);
    /// assert!(Probability::try_new(5.0).is_err());
    /// ```
    pub fn try_new(value: f64) -> Result<Self, UnitError> {
        if (0.0..=1.0).contains(&value) { Ok(Self(value)) } else { Err(UnitError::Probability(value)) }
    }

    /// The fraction.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// A target share of cycles or events without a lost sale, strictly between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct ServiceLevel(f64);

impl ServiceLevel {
    /// Checks that `value` lies strictly between 0 and 1: no stock gives certainty.
    ///
    /// # Errors
    /// [`UnitError::ServiceLevel`] for any other number.
    ///
    /// ```
    /// use stockburst::units::ServiceLevel;
    /// assert!(ServiceLevel::try_new(0.95).is_ok());
    /// assert!(ServiceLevel::try_new(1.0).is_err());
    /// ```
    pub fn try_new(value: f64) -> Result<Self, UnitError> {
        if value > 0.0 && value < 1.0 { Ok(Self(value)) } else { Err(UnitError::ServiceLevel(value)) }
    }

    /// The fraction.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// How many times the predicted total of an event is held in stock at its first hour.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Multiplier(f64);

impl Multiplier {
    /// The predicted total itself.
    pub const ONE: Self = Self(1.0);

    /// Checks that `value` is positive and finite.
    ///
    /// # Errors
    /// [`UnitError::Multiplier`] for any other number.
    ///
    /// ```
    /// use stockburst::units::Multiplier;
    /// assert_eq!(Multiplier::try_new(1.3).unwrap().get(), 1.3);
    /// ```
    pub fn try_new(value: f64) -> Result<Self, UnitError> {
        if value > 0.0 && value.is_finite() { Ok(Self(value)) } else { Err(UnitError::Multiplier(value)) }
    }

    /// The factor.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Probability {
    type Error = UnitError;
    fn try_from(value: f64) -> Result<Self, UnitError> {
        Self::try_new(value)
    }
}

impl From<Probability> for f64 {
    fn from(value: Probability) -> Self {
        value.0
    }
}

impl TryFrom<f64> for ServiceLevel {
    type Error = UnitError;
    fn try_from(value: f64) -> Result<Self, UnitError> {
        Self::try_new(value)
    }
}

impl From<ServiceLevel> for f64 {
    fn from(value: ServiceLevel) -> Self {
        value.0
    }
}

impl TryFrom<f64> for Multiplier {
    type Error = UnitError;
    fn try_from(value: f64) -> Result<Self, UnitError> {
        Self::try_new(value)
    }
}

impl From<Multiplier> for f64 {
    fn from(value: Multiplier) -> Self {
        value.0
    }
}
