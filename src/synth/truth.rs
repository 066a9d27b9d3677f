//! What is true of a synthetic shop and stands in no record.

use serde::Serialize;

use crate::calendar::Date;

/// What is true of the shop.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Truth {
    /// The products, in the order of their numbers.
    pub products: Vec<ProductTruth>,
}

/// What is true of a product; the lists have one entry a day of the records.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProductTruth {
    /// The product.
    pub sku: String,
    /// Mean pieces of an ordinary day, without drift.
    pub level: f64,
    /// Weekday factors with mean 1, Monday first.
    pub weekday: [f64; 7],
    /// Mean log productivity (log pieces a day at full response), before host, creative and live sessions.
    pub log_productivity: f64,
    /// Mean ordinary demand in pieces: level, drift, weekday and holidays.
    pub baseline: Vec<f64>,
    /// Mean uplift of the planned events in pieces.
    pub uplift: Vec<f64>,
    /// Mean pieces of bursts that nobody paid for.
    pub viral: Vec<f64>,
    /// Mean pieces missing from ordinary demand, because they were bought in the event before.
    pub dip: Vec<f64>,
    /// Pieces of single large orders that were wanted.
    pub wholesale: Vec<u64>,
    /// Pieces that were wanted, large orders included: demand before stock.
    pub demand: Vec<u64>,
    /// Share of the day's customers who found stock, 0 to 1.
    pub availability: Vec<f64>,
    /// The events by start, the planned one last.
    pub events: Vec<EventTruth>,
}

/// What is true of an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventTruth {
    /// Its campaign in the records.
    pub campaign: String,
    /// The host, where there is one.
    pub host: Option<String>,
    /// The creative, where there is one.
    pub creative: Option<String>,
    /// Whether live sessions ran.
    pub live: bool,
    /// First day.
    pub start: Date,
    /// The same as an index, from 0 on the first day of the records.
    pub start_day: usize,
    /// Days of the promotion.
    pub promoted_days: usize,
    /// Days from the first to the last with uplift, tail included; of the planned event those in the median.
    pub days: usize,
    /// Planned spend a day.
    pub planned_spend: f64,
    /// Spend over all its days; none yet of the planned event.
    pub spend: Option<f64>,
    /// Response to the planned spend, summed over its days, in days of full response.
    pub drive: f64,
    /// Log productivity of such an event in the median: log pieces a day at full response.
    pub log_productivity_expected: f64,
    /// Log productivity as it turned out.
    pub log_productivity: Option<f64>,
    /// Whether it was one of the few that bring much more.
    pub heavy: Option<bool>,
    /// Mean uplift in pieces, given how it turned out; of the planned event in the median.
    pub uplift_mean: f64,
    /// Uplift in pieces that was wanted.
    pub uplift: Option<u64>,
    /// Mean ordinary demand of its days in pieces.
    pub baseline: Option<f64>,
    /// Whether the shelf ran empty before it ended.
    pub stocked_out: Option<bool>,
    /// Pieces wanted and not sold on its days.
    pub lost: Option<u64>,
}
