//! Daily sales of a product, as recorded.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::units::Units;

/// A product's identifier, as the shop writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sku(pub String);

impl fmt::Display for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One day of one product, as recorded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SalesDay {
    /// Pieces sold.
    pub units: Units,
    /// Pieces of the day's largest order line, where known.
    pub largest_line: Option<Units>,
    /// Share of the day on which the product could be bought (1 all day, 0 not at all), where known.
    pub in_stock_share: Option<f64>,
    /// Price paid, where known.
    pub price: Option<f64>,
    /// Whether a promotion ran, where known.
    pub promotion: Option<bool>,
}

impl SalesDay {
    /// Whether anything could be bought on it, as far as is known.
    #[must_use]
    pub fn had_stock(&self) -> bool {
        self.in_stock_share.is_none_or(|share| share > 0.0) || self.units > Units::ZERO
    }
}

/// Sales of a product on consecutive days.
#[derive(Debug, Clone, PartialEq)]
pub struct SalesSeries {
    /// The first day.
    pub first_day: Date,
    /// One entry a day, without gaps.
    pub days: Vec<SalesDay>,
}

impl SalesSeries {
    /// The date of entry `at`.
    #[must_use]
    pub fn date(&self, at: usize) -> Date {
        self.first_day.plus_days(at as i64)
    }

    /// The entry of `date`, if the series covers it.
    #[must_use]
    pub fn position(&self, date: Date) -> Option<usize> {
        usize::try_from(date.days_since(self.first_day)).ok().filter(|at| *at < self.days.len())
    }

    /// The last day.
    #[must_use]
    pub fn last_day(&self) -> Date {
        self.date(self.days.len().saturating_sub(1))
    }
}
