//! Counts: pieces of a product and whole days.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

/// Whole pieces of a product; never negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Units(pub u64);

impl Units {
    /// No pieces.
    pub const ZERO: Self = Self(0);

    /// Rounds a computed stock level up to whole pieces; a negative level is no stock.
    ///
    /// Stock is always rounded up: half a piece does not serve a customer.
    ///
    /// ```
    /// use stockburst::units::Units;
    /// assert_eq!(Units::at_least(1003.65), Units(1004));
    /// assert_eq!(Units::at_least(-3.0), Units(0));
    /// ```
    #[must_use]
    pub fn at_least(level: f64) -> Self {
        // A level that is whole but for the last bits of a sum is that whole number.
        Self((level - level.abs() * 1e-12).ceil().max(0.0) as u64)
    }

    /// What is left of `self` after taking `other`, or nothing.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The smaller of the two.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }

    /// As a real number, for means and money.
    #[must_use]
    pub const fn as_f64(self) -> f64 {
        self.0 as f64
    }
}

impl Add for Units {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Units {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Units {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::iter::Sum for Units {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A whole number of days, as a difference of two dates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Days(pub u32);

impl Days {
    /// A length in real days as whole days: rounded once, half up, and at least `least`.
    ///
    /// ```
    /// use stockburst::units::Days;
    /// assert_eq!(Days::rounded(14.5, 1), Days(15));
    /// assert_eq!(Days::rounded(0.2, 1), Days(1));
    /// ```
    #[must_use]
    pub fn rounded(length: f64, least: u32) -> Self {
        Self(((length + 0.5).floor().max(0.0) as u32).max(least))
    }

    /// As an index into days.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// As a real number.
    #[must_use]
    pub const fn as_f64(self) -> f64 {
        self.0 as f64
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
