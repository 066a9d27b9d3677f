//! `stockburst`: how much to stock before a promotion, when to reorder, when to warn and to pause the ads, and what
//! the risk of stockout is then.
//!
//! Data flow from left to right; imports go only backwards along the arrows (`src/docs/architecture.md`):
//!
//! ```text
//! EDGE                CORE: no files, no polars, no plotting, no clock                              EDGE
//! ingest -> history -> learn -> process -+
//!           (past)     (fit)   (futures) +-> simulate -> evaluate -> recommend ----------------> report
//! ingest -> scenario <- policy ----------+    (run)       (KPIs)      (decide)                    cli
//!                   units  calendar  random  stats  (foundation)
//! ```
//!
//! The library is usable by itself: build a [`scenario::Scenario`] and a [`history::History`], then call [`run()`].

pub mod backtest;
pub mod calendar;
#[cfg(feature = "cli")]
pub mod cli;
pub mod evaluate;
pub mod history;
#[cfg(feature = "ingest")]
pub mod ingest;
pub mod learn;
pub mod policy;
pub mod process;
pub mod random;
pub mod recommend;
#[cfg(feature = "report")]
pub mod report;
pub mod run;
pub mod scenario;
pub mod simulate;
pub mod stats;
pub mod synth;
pub mod units;
#[cfg(feature = "cli")]
pub mod verify;

pub use run::run;

/// How each number is made and from where.
#[doc = include_str!("docs/methods.md")]
pub mod methods {}

/// The rooms, their directions and their rules.
#[doc = include_str!("docs/architecture.md")]
pub mod architecture {}

/// The fast engine, what holds it equal to the plain one, and what bounds it.
#[doc = include_str!("docs/fast-engine.md")]
pub mod fast_engine {}

/// What the forecasts do on shops of known truth, and which gates are missed.
#[doc = include_str!("docs/backtest.md")]
pub mod acceptance {}
