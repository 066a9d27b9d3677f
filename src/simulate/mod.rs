//! The run: one candidate meets one future, a day at a time.
//!
//! This engine is the definition of the model; anything faster is held equal to it. It knows paths and policies, not
//! prices, limits or reports, and it draws nothing: all randomness is in the path.

mod alert;
mod day;
mod experiment;
mod fast;
mod flow;
mod ledger;
mod outcome;
mod plan;
mod platform;
mod pre_order;
mod purchase;
mod sale;
mod shadow;
mod shop;
pub mod storefront;
mod thinning;

pub use alert::{AlertOutcome, AlertPlan, Ring};
#[cfg(test)]
pub(crate) use day::laws::case as any_case;
pub use day::{DayRecord, Workspace, simulate, trace};
pub use experiment::{Batch, Cancelled, Observer, Silent, experiment, map_paths};
pub use fast::{AlertLanes, Engine, EngineMemory, LANES, Lanes, OutcomeLanes, Sink, StretchLanes, VectorUnit};
pub use flow::{DispatchLimits, Flow, FlowTally};
pub use ledger::{LedgerDay, LedgerOrder};
pub use outcome::{PathOutcome, Tally};
pub use plan::{Platform, PolicyPlan, Setting, Substitute, WithinDay};
pub use shadow::judge_alerts;
pub use shop::{Channel, Storefront};
