//! Times of day and lengths of time in whole milliseconds, so that no two of them are nearly equal.

/// A time since midnight, or a length, in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub u32);

impl Millis {
    /// A day of 1,440 minutes.
    pub const DAY: Self = Self(86_400_000);

    /// Minutes, rounded to the nearest millisecond; a negative number or none is 0, the longest length is 49 days.
    ///
    /// ```
    /// use stockburst::simulate::storefront::Millis;
    /// assert_eq!(Millis::from_minutes(15.0), Millis(900_000));
    /// assert_eq!(Millis::from_minutes(f64::NAN), Millis(0));
    /// ```
    #[must_use]
    pub fn from_minutes(minutes: f64) -> Self {
        // A cast saturates, and takes NaN to 0.
        Self((minutes * 60_000.0).round() as u32)
    }

    /// In minutes.
    #[must_use]
    pub fn minutes(self) -> f64 {
        f64::from(self.0) / 60_000.0
    }

    /// As a share of the day.
    #[must_use]
    pub fn of_day(self) -> f64 {
        f64::from(self.0) / f64::from(Self::DAY.0)
    }

    /// The later time `length` after this one; stops at the largest.
    #[must_use]
    pub const fn plus(self, length: Self) -> Self {
        Self(self.0.saturating_add(length.0))
    }
}
