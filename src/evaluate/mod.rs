//! From outcomes to KPIs with their Monte Carlo error.
//!
//! Runs candidates over paths and reduces what the engine counts as it comes, in path order. Money enters here: the
//! engine counts pieces and days only.

mod alert_worth;
mod board;
mod cash;
mod economics;
mod estimates;
mod kinds;
mod kpi;
mod mechanics;
mod row;
mod shop_kpi;
mod slot;
mod tally;

pub use alert_worth::{AlertWorth, Reactions, alert_worth};
pub use board::compare;
pub use cash::{Balance, CashKpis, CashPath, CashTerms};
pub use economics::Economics;
pub use kpi::{AlertKpis, CandidateKpis, StretchKpis};
pub use shop_kpi::{
    CountKpis, ExpediteKpis, FlowKpis, MetricKpis, OversellKpis, OversoldKpis, PlatformKpis, StepKpis, SubstituteKpis,
};
pub use tally::CandidateTally;

#[cfg(test)]
mod tests;
