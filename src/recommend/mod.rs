//! The decision: which candidate, why, and how sure.
//!
//! Sees KPIs and paired samples, never the engine. Reasons and relaxations are data, so that every language can say
//! them.

mod choose;
mod limits;
mod order_date;

pub use choose::{Choice, Contender, Difference, Objective, Standing, choose, still_paying};
pub use limits::{Limit, LimitCheck, LimitKind, Limits};
pub use order_date::{OrderDate, latest_order_date};
