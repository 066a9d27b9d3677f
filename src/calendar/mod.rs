//! Civil dates and the days of a simulation. No time zones and no "now": the day a plan is made on is an input.

mod date;

pub use date::{Date, DateError, Weekday};
