//! Ad spend by day.

use super::Sku;
use crate::calendar::Date;

/// What one campaign (or one product) was to spend and spent on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct AdSpend {
    /// The day; the Monday of the week in weekly files.
    pub date: Date,
    /// The campaign, or the channel.
    pub campaign: String,
    /// The creative, where one is named.
    pub creative: Option<String>,
    /// The product, where the spend is booked to one.
    pub sku: Option<Sku>,
    /// Spend as planned before the day, in the reporting currency.
    pub planned_spend: Option<f64>,
    /// Spend as it turned out, in the reporting currency.
    pub spend: Option<f64>,
}
