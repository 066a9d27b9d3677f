//! Decision rules: pure functions of what is known today.
//!
//! A policy sees an [`Observation`], never a path of the future, so look-ahead is impossible by construction. The
//! formulas that give reorder points live in [`formula`].

pub mod formula;
mod guard;
mod pre_stock;
mod published;
mod replenishment;

pub use guard::{AdResponse, AdState, Guard, LevelBase, Look, StockLevel, cover_days};
pub use pre_stock::{PreStockOrder, pre_stock_units};
pub use published::PublishRule;
pub use replenishment::{Observation, OrderLimits, OrderSize, ReorderLevels, Replenishment};
