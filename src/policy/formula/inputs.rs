//! What the formulas take and give.

use serde::Serialize;

use crate::stats::{LawError, PmfError};
use crate::units::Units;

/// An input that a formula cannot use.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FormulaError {
    /// A number outside its range.
    #[error("`{value}` is not a {name}; {rule}")]
    Number {
        /// What the number stands for.
        name: &'static str,
        /// What was given.
        value: f64,
        /// What it must be.
        rule: &'static str,
    },
    /// The moments have no law of the wanted kind.
    #[error(transparent)]
    Law(#[from] LawError),
    /// A distribution over counts that cannot be formed.
    #[error(transparent)]
    Pmf(#[from] PmfError),
    /// A demand that never comes has no quantity to order against it.
    #[error("no demand in any period; give at least one period with demand")]
    NoDemand,
}

/// Checks that `value` is a finite number that is not negative.
pub(super) fn non_negative(name: &'static str, value: f64) -> Result<f64, FormulaError> {
    if value.is_finite() && value >= 0.0 {
        Ok(value)
    } else {
        Err(FormulaError::Number { name, value, rule: "write a number from 0" })
    }
}

/// Checks that `value` is a finite number above 0.
pub(super) fn positive(name: &'static str, value: f64) -> Result<f64, FormulaError> {
    if value.is_finite() && value > 0.0 {
        Ok(value)
    } else {
        Err(FormulaError::Number { name, value, rule: "write a number above 0" })
    }
}

/// Demand of one day, in units: independent and alike from day to day, as the formulas assume.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DailyDemand {
    mean: f64,
    sd: f64,
    max: f64,
}

impl DailyDemand {
    /// Demand with this mean, standard deviation (divisor n - 1) and largest value seen, units a day.
    ///
    /// # Errors
    /// [`FormulaError::Number`] unless all three are finite and not negative.
    ///
    /// ```
    /// use stockburst::policy::formula::DailyDemand;
    /// assert_eq!(DailyDemand::try_new(150.0, 16.0, 190.0).unwrap().mean(), 150.0);
    /// assert!(DailyDemand::try_new(150.0, f64::NAN, 190.0).is_err());
    /// ```
    pub fn try_new(mean: f64, sd: f64, max: f64) -> Result<Self, FormulaError> {
        Ok(Self {
            mean: non_negative("mean of daily demand", mean)?,
            sd: non_negative("standard deviation of daily demand", sd)?,
            max: non_negative("largest daily demand", max)?,
        })
    }

    /// Mean d, units a day.
    #[must_use]
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// Standard deviation σ, units a day.
    #[must_use]
    pub const fn sd(&self) -> f64 {
        self.sd
    }

    /// Largest value seen, units a day.
    #[must_use]
    pub const fn max(&self) -> f64 {
        self.max
    }
}

/// Length of the interval that stock must cover, in days: a lead time, or a protection interval made from one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LeadTimeMoments {
    mean: f64,
    sd: f64,
    max: f64,
}

impl LeadTimeMoments {
    /// An interval with this mean, standard deviation and longest value seen, days.
    ///
    /// # Errors
    /// [`FormulaError::Number`] unless all three are finite and not negative.
    ///
    /// ```
    /// use stockburst::policy::formula::LeadTimeMoments;
    /// assert_eq!(LeadTimeMoments::try_new(14.0, 2.0, 18.0).unwrap().max(), 18.0);
    /// assert!(LeadTimeMoments::try_new(-1.0, 2.0, 18.0).is_err());
    /// ```
    pub fn try_new(mean: f64, sd: f64, max: f64) -> Result<Self, FormulaError> {
        Ok(Self {
            mean: non_negative("mean lead time", mean)?,
            sd: non_negative("standard deviation of the lead time", sd)?,
            max: non_negative("longest lead time", max)?,
        })
    }

    /// An interval of a length known for certain, days.
    ///
    /// # Errors
    /// [`FormulaError::Number`] unless it is finite and not negative.
    pub fn constant(days: f64) -> Result<Self, FormulaError> {
        Self::try_new(days, 0.0, days)
    }

    /// Mean L, days.
    #[must_use]
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// Standard deviation σ_L, days.
    #[must_use]
    pub const fn sd(&self) -> f64 {
        self.sd
    }

    /// Longest value seen, days.
    #[must_use]
    pub const fn max(&self) -> f64 {
        self.max
    }

    /// The same interval `days` longer (or shorter, though not below 0).
    #[must_use]
    pub fn longer_by(&self, days: f64) -> Self {
        let longer = |length: f64| (length + days).max(0.0);
        Self { mean: longer(self.mean), sd: self.sd, max: longer(self.max) }
    }
}

/// Mean and variance of the demand over an interval of random length.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct IntervalDemand {
    mean: f64,
    variance: f64,
}

impl IntervalDemand {
    /// Demand over an interval, the two independent of each other.
    ///
    /// ```text
    /// mean = d L,  variance = L σ² + d² σ_L²
    /// ```
    ///
    /// Source: Hadley & Whitin (1963), "Analysis of Inventory Systems", section 3-5 (moments of a random sum).
    ///
    /// ```
    /// use stockburst::policy::formula::{DailyDemand, IntervalDemand, LeadTimeMoments};
    /// let demand = DailyDemand::try_new(100.0, 30.0, 200.0).unwrap();
    /// let lead_time = LeadTimeMoments::try_new(20.0, 4.0, 30.0).unwrap();
    /// let over = IntervalDemand::over(&demand, &lead_time);
    /// assert_eq!((over.mean(), over.variance()), (2000.0, 178_000.0));
    /// assert!((over.sd() - 421.900).abs() < 5e-4);
    /// ```
    #[must_use]
    pub fn over(demand: &DailyDemand, lead_time: &LeadTimeMoments) -> Self {
        let from_demand = lead_time.mean * demand.sd * demand.sd;
        let from_lead_time = demand.mean * demand.mean * lead_time.sd * lead_time.sd;
        Self { mean: demand.mean * lead_time.mean, variance: from_demand + from_lead_time }
    }

    /// Demand over an interval whose moments are known already, units.
    ///
    /// # Errors
    /// [`FormulaError::Number`] unless both are finite and not negative.
    pub fn try_new(mean: f64, sd: f64) -> Result<Self, FormulaError> {
        let sd = non_negative("standard deviation of lead-time demand", sd)?;
        Ok(Self { mean: non_negative("mean lead-time demand", mean)?, variance: sd * sd })
    }

    /// Mean, units.
    #[must_use]
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// Variance, units².
    #[must_use]
    pub const fn variance(&self) -> f64 {
        self.variance
    }

    /// Standard deviation, units.
    #[must_use]
    pub fn sd(&self) -> f64 {
        self.variance.sqrt()
    }
}

/// What a formula answers, in units, unrounded.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ReorderPoint {
    /// What is held against uncertainty: the reorder point less the mean demand until the order arrives.
    pub safety_stock: f64,
    /// Order when the inventory position is at or below this.
    pub reorder_point: f64,
}

impl ReorderPoint {
    /// The reorder point that holds `safety_stock` above this mean demand.
    pub(super) fn above(mean: f64, safety_stock: f64) -> Self {
        Self { safety_stock, reorder_point: mean + safety_stock }
    }

    /// This reorder point, over this mean demand.
    pub(super) fn at(reorder_point: f64, mean: f64) -> Self {
        Self { safety_stock: reorder_point - mean, reorder_point }
    }

    /// The reorder point in whole pieces, rounded up; a negative one is 0.
    ///
    /// ```
    /// use stockburst::policy::formula::ReorderPoint;
    /// use stockburst::units::Units;
    /// let reorder = ReorderPoint { safety_stock: 253.65, reorder_point: 1003.65 };
    /// assert_eq!(reorder.units(), Units(1004));
    /// ```
    #[must_use]
    pub fn units(&self) -> Units {
        Units::at_least(self.reorder_point)
    }
}
