//! `stockburst`: how much to stock before a promotion, when to reorder, when to warn and to pause the ads.

pub mod calendar;
pub mod evaluate;
pub mod history;
#[cfg(feature = "ingest")]
pub mod ingest;
pub mod learn;
pub mod policy;
pub mod process;
pub mod random;
pub mod recommend;
pub mod run;
pub mod scenario;
pub mod simulate;
pub mod stats;
pub mod units;
#[cfg(feature = "cli")]
pub mod verify;

pub use run::run;
