//! What each day of a path did, in pieces: from it others can tell when money is paid. No prices here.

use super::purchase::Placed;
use super::{PolicyPlan, Setting};
use crate::process::ProductPath;
use crate::units::Units;

/// One order of a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LedgerOrder {
    /// Pieces.
    pub units: u64,
    /// Number of price breaks that the order reaches.
    pub breaks: usize,
    /// Whether it goes by the faster mode.
    pub expedited: bool,
    /// Counted day on which it arrives; it may lie beyond the last.
    pub arrives: usize,
}

/// One counted day of a path.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct LedgerDay {
    /// The event that the day belongs to.
    pub event: Option<usize>,
    /// Pieces served on the day they were wanted.
    pub served: u64,
    /// Pieces for customers who had waited.
    pub served_late: u64,
    /// Of those, pieces that had been ordered on pre-order.
    pub pre_ordered: u64,
    /// Pieces accepted without stock for them.
    pub oversold: u64,
    /// What the plan ordered: by its own mode, by the faster mode, and ahead of the first day.
    pub orders: [LedgerOrder; 3],
    /// Pieces of the day that their customers cancelled before dispatch.
    pub cancelled_by_customer: u64,
    /// Pieces cancelled as the seller's fault.
    pub cancelled_by_seller: u64,
    /// Pieces that left on the day and will come back.
    pub returned: u64,
    /// What the substitute sold of the demand that came over to it.
    pub substitute_served: u64,
    /// Pieces on pre-order whose limit passed.
    pub gave_up: u64,
    /// Ad spend, plan B's included.
    pub spend: f64,
}

/// The orders of the evening of day `day`.
pub(super) fn orders(
    placed: Placed,
    path: &ProductPath,
    plan: &PolicyPlan,
    setting: &Setting,
    day: usize,
) -> [LedgerOrder; 3] {
    let order = |units: u64, mode: usize, expedited: bool| LedgerOrder {
        units,
        breaks: breaks_reached(&setting.price_breaks, units),
        expedited,
        arrives: day + path.lead_days[mode][day].max(1) as usize - setting.measure_from,
    };
    let expedited = plan.expedite.filter(|_| placed.expedited > 0);
    [
        order(placed.ordinary, plan.mode, false),
        expedited.map_or_else(LedgerOrder::default, |rule| order(placed.expedited, rule.mode, true)),
        LedgerOrder::default(),
    ]
}

/// Puts in what the plan bought ahead of the days.
pub(super) fn buy_ahead(ledger: &mut [LedgerDay], plan: &PolicyPlan, setting: &Setting) {
    if let Some(first) = ledger.first_mut() {
        let units = plan.pre_stocked.0;
        first.orders[2] =
            LedgerOrder { units, breaks: breaks_reached(&setting.price_breaks, units), ..LedgerOrder::default() };
    }
}

/// How many price breaks an order of so many pieces reaches.
pub(super) fn breaks_reached(breaks: &[Units], units: u64) -> usize {
    breaks.partition_point(|from| from.0 <= units)
}
