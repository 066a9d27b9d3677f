//! What each day of a path did, in pieces: from it others can tell when money is paid. No prices here.

use crate::process::ProductPath;
use crate::simulate::{PolicyPlan, Setting};

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
    /// Pieces that the plan ordered.
    pub ordered: u64,
    /// Pieces received of what the plan ordered; those of orders that were open on day 0 are left out.
    pub received: u64,
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
    /// Ad spend.
    pub spend: f64,
}

/// Takes out of the days what was bought before the plan, and puts in what it bought ahead of them.
pub(super) fn close(ledger: &mut [LedgerDay], path: &ProductPath, plan: &PolicyPlan, setting: &Setting) {
    for (units, arrives) in setting.open_orders.iter().zip(&path.open_arrivals) {
        if let Some(day) = arrives.checked_sub(setting.measure_from).and_then(|at| ledger.get_mut(at)) {
            day.received -= units.0;
        }
    }
    if let Some(first) = ledger.first_mut() {
        first.ordered += plan.pre_stocked.0;
        first.received += plan.pre_stocked.0;
    }
}
