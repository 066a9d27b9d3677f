//! What to hold against the past, and how closely.

use serde::{Deserialize, Serialize};

use super::Component;
use super::series::closed_days;
use crate::history::{History, SalesDay};
use crate::learn::FitOptions;
use crate::random::Seed;

/// What a forecast is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// Sales as recorded, whatever the stock was.
    Recorded,
    /// Demand: sales with what an empty shelf hid filled in, as of the window's end and for every method alike.
    Demand,
}

impl Target {
    /// The name in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Demand => "demand",
        }
    }
}

/// On which days forecasts are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Origins {
    /// Every so many days, the same for all products.
    Every {
        /// The days between two.
        days: u32,
    },
    /// On the first day of each planned promotion of each product.
    PromotionStarts,
}

/// How to backtest.
#[derive(Debug, Clone, PartialEq)]
pub struct BacktestOptions {
    /// Days of the windows: lead time and review, what stock must cover.
    pub horizons: Vec<u32>,
    /// On which days forecasts are made.
    pub origins: Origins,
    /// Days of a product's history before its first origin.
    pub days_before: u32,
    /// Days between two times at which the whole shop is learned anew; each product is learned on every origin of its own.
    pub shop_every: u32,
    /// Futures of each forecast.
    pub paths: u32,
    /// Seed of all randomness.
    pub seed: Seed,
    /// Months that a seller without a calendar would call his season, 1 to 12.
    pub peak_months: Vec<u8>,
    /// Resamples of calendar weeks behind each interval.
    pub resamples: u32,
    /// How to learn.
    pub fit: FitOptions,
    /// Whether the history is invented, which the result then says.
    pub synthetic: bool,
    /// A component that is switched off, to show that it carries its weight; none.
    pub without: Option<Component>,
    /// Only one target; both where stockouts are recorded.
    pub target: Option<Target>,
}

impl Default for BacktestOptions {
    fn default() -> Self {
        Self {
            horizons: vec![7, 14],
            origins: Origins::Every { days: 1 },
            days_before: 35,
            shop_every: 7,
            paths: 500,
            seed: Seed(1),
            peak_months: Vec::new(),
            resamples: 1000,
            fit: FitOptions::default(),
            synthetic: false,
            without: None,
            target: None,
        }
    }
}

impl BacktestOptions {
    /// Targets that the history knows: demand differs from sales only where stockouts are recorded.
    pub(super) fn targets(&self, history: &History) -> Vec<Target> {
        let closed = closed_days(history);
        let censored = || {
            history.sales.values().any(|series| {
                let hidden = |(at, day): (usize, &SalesDay)| {
                    day.in_stock_share.is_some_and(|share| share < 1.0) && !closed.contains(&series.date(at))
                };
                series.days.iter().enumerate().any(hidden)
            })
        };
        match self.target {
            Some(target) => vec![target],
            None if censored() => vec![Target::Recorded, Target::Demand],
            None => vec![Target::Recorded],
        }
    }
}
