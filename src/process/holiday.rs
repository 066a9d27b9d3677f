//! Holidays: dated factors on organic demand.

use serde::{Deserialize, Serialize};

use crate::calendar::Date;

/// Days on which organic demand is not what the weekday says.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Holiday {
    /// First day.
    pub date: Date,
    /// Days from the first to the last.
    pub days: u32,
    /// Organic demand of these days over that of ordinary ones.
    pub factor: f64,
}

impl Holiday {
    /// Whether `date` belongs to it.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        (0..i64::from(self.days)).contains(&date.days_since(self.date))
    }

    /// The factor of `date` over all holidays; 1 on a day that is none.
    ///
    /// ```
    /// use stockburst::process::Holiday;
    /// let date = |text: &str| text.parse().unwrap();
    /// let holidays = [Holiday { date: date("2026-12-25"), days: 2, factor: 0.3 }];
    /// assert_eq!(Holiday::factor_on(&holidays, date("2026-12-26")), 0.3);
    /// assert_eq!(Holiday::factor_on(&holidays, date("2026-12-27")), 1.0);
    /// ```
    #[must_use]
    pub fn factor_on(holidays: &[Self], date: Date) -> f64 {
        holidays.iter().filter(|holiday| holiday.contains(date)).map(|holiday| holiday.factor).product()
    }
}
