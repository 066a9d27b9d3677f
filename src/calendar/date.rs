//! One shop-local calendar day.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that is not a calendar day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date; write year-month-day, such as 2026-11-11")]
pub struct DateError(pub String);

/// A shop-local calendar day, written `2026-11-11`.
///
/// ```
/// use stockburst::calendar::Date;
/// let start: Date = "2026-11-11".parse().unwrap();
/// assert_eq!(start.plus_days(20).to_string(), "2026-12-01");
/// assert_eq!(start.plus_days(20).days_since(start), 20);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// 1970-01-01, a Thursday: for dates that are made and not read.
    pub const EPOCH: Self = Self(jiff::civil::date(1970, 1, 1));

    /// The day `days` later (earlier if negative); stops at the ends of the calendar (years -9999 and 9999).
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days.clamp(-3_650_000, 3_650_000))))
    }

    /// Whole days from `earlier` to this day; negative if it lies after.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        i64::from(self.0.since(earlier.0).map_or(0, |span| span.get_days()))
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        Weekday(self.0.weekday().to_monday_zero_offset() as u8)
    }

    /// Days since 1970-01-01; negative before.
    #[must_use]
    pub fn day_number(self) -> i64 {
        self.days_since(Self(jiff::civil::Date::constant(1970, 1, 1)))
    }

    /// Weeks, Monday first, since the one that holds 1970-01-01.
    ///
    /// ```
    /// use stockburst::calendar::Date;
    /// let week = |text: &str| text.parse::<Date>().unwrap().week_number();
    /// assert_eq!(week("1970-01-01"), 0);
    /// assert_eq!(week("2026-11-15") + 1, week("2026-11-16"));
    /// ```
    #[must_use]
    pub fn week_number(self) -> i64 {
        // 1970-01-01 was a Thursday.
        (self.day_number() + 3).div_euclid(7)
    }

    /// Year, month (1 to 12) and day of the month.
    #[must_use]
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

/// A day of the week, Monday first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weekday(u8);

impl Weekday {
    /// Days in a week.
    pub const COUNT: usize = 7;

    /// 0 for Monday to 6 for Sunday.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl FromStr for Date {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        match text.parse() {
            Ok(date) if shaped => Ok(Self(date)),
            _ => Err(DateError(text.to_owned())),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "ingest")]
impl schemars::JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_start_on_monday() {
        let date: Date = "2026-11-11".parse().expect("a date");
        assert_eq!(date.weekday().index(), 2, "2026-11-11 is a Wednesday");
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in ["2026-11-31", "11/11/2026", "2026-11-11T00:00:00", "", "20261111"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }
}
