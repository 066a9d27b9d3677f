//! From outcomes to KPIs with their Monte Carlo error.
//!
//! Reduces what the engine counted, one path at a time and in path order; it never runs anything again. Money enters
//! here: the engine counts pieces and days only.

mod economics;
mod kpi;
mod tally;

pub use economics::Economics;
pub use kpi::{AlertKpis, CandidateKpis, StretchKpis};
pub use tally::CandidateTally;
