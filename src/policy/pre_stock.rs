//! The pre-stock order: raise the stock at the event's first hour to m times the predicted total.

use serde::{Deserialize, Serialize};

use super::OrderLimits;
use crate::units::{Multiplier, Units};

/// The order that is placed ahead of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreStockOrder {
    /// Day at whose end it is placed.
    pub day: usize,
    /// Pieces.
    pub units: Units,
}

/// Pieces to order so that the stock at event start is expected to be `multiplier` x `predicted`.
///
/// ```text
/// order = max(0, m F - projection), rounded up to minimum and multiple
/// projection = stock expected at the event's first hour without this order; negative if the order must also serve
///              the days until then
/// ```
///
/// F is the mean predicted total of the event, first to last day, ordinary demand and uplift.
///
/// ```
/// use stockburst::policy::{OrderLimits, pre_stock_units};
/// use stockburst::units::{Multiplier, Units};
/// let units = pre_stock_units(Multiplier::try_new(1.2).unwrap(), 4500.0, 400.0, &OrderLimits::NONE);
/// assert_eq!(units, Units(5000));
/// ```
#[must_use]
pub fn pre_stock_units(multiplier: Multiplier, predicted: f64, projection: f64, limits: &OrderLimits) -> Units {
    limits.fit(Units::at_least(multiplier.get() * predicted - projection))
}
