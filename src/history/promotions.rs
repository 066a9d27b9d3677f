//! The promotion calendar.

use super::Sku;
use crate::calendar::Date;

/// One promotion of one product.
#[derive(Debug, Clone, PartialEq)]
pub struct Promotion {
    /// The campaign it belongs to.
    pub campaign: String,
    /// The product.
    pub sku: Sku,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Promotion price, where known.
    pub price: Option<f64>,
    /// Creator's commission as a share of the price, where known.
    pub commission: Option<f64>,
    /// Planned ad spend a day in the reporting currency, where known.
    pub planned_spend: Option<f64>,
    /// Host or creator, where known.
    pub host: Option<String>,
    /// Live slots as written by the shop, such as `20:00-22:00`, where known.
    pub live_slots: Option<String>,
}
