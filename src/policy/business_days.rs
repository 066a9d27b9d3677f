//! Working days of a market: dispatch limits are counted in them.

use crate::calendar::{Date, Weekday};

/// Which days are worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusinessCalendar {
    weekend: [bool; Weekday::COUNT],
    holidays: Vec<Date>,
}

impl BusinessCalendar {
    /// Every day is worked.
    pub const ALWAYS: Self = Self { weekend: [false; Weekday::COUNT], holidays: Vec::new() };

    /// A calendar with these weekdays off, Monday first, and these dated holidays.
    #[must_use]
    pub fn new(weekend: [bool; Weekday::COUNT], mut holidays: Vec<Date>) -> Self {
        holidays.sort_unstable();
        holidays.dedup();
        Self { weekend, holidays }
    }

    /// Whether `date` is worked.
    #[must_use]
    pub fn is_business_day(&self, date: Date) -> bool {
        !self.weekend[date.weekday().index()] && self.holidays.binary_search(&date).is_err()
    }

    /// The date that lies `days` working days after `from`; the day of `from` itself is not counted. Where a year holds
    /// no working day, calendar days are counted.
    ///
    /// ```
    /// use stockburst::policy::BusinessCalendar;
    /// let weekend = [false, false, false, false, false, true, true];
    /// let calendar = BusinessCalendar::new(weekend, vec!["2026-11-26".parse().unwrap()]);
    /// // Wednesday; Thursday is a holiday.
    /// let due = calendar.add("2026-11-25".parse().unwrap(), 2);
    /// assert_eq!(due.to_string(), "2026-11-30");
    /// ```
    #[must_use]
    pub fn add(&self, from: Date, days: u32) -> Date {
        let (mut date, mut left, mut idle) = (from, days, 0);
        while left > 0 {
            date = date.plus_days(1);
            if self.is_business_day(date) {
                (left, idle) = (left - 1, 0);
            } else {
                idle += 1;
                if idle > 366 {
                    return from.plus_days(i64::from(days));
                }
            }
        }
        date
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn weekends_and_holidays_are_not_counted() {
        let calendar = BusinessCalendar::new([false, false, false, false, false, true, true], vec![date("2026-12-25")]);
        assert_eq!(calendar.add(date("2026-12-24"), 1), date("2026-12-28"));
        assert_eq!(calendar.add(date("2026-12-26"), 1), date("2026-12-28"));
        assert_eq!(calendar.add(date("2026-12-26"), 0), date("2026-12-26"));
        assert_eq!(BusinessCalendar::ALWAYS.add(date("2026-12-24"), 7), date("2026-12-31"));
    }

    #[test]
    fn a_calendar_without_working_days_ends() {
        let never = BusinessCalendar::new([true; 7], Vec::new());
        assert_eq!(never.add(date("2026-01-01"), 3), date("2026-01-04"));
    }
}
