//! Decision rules: pure functions of what is known today.
//!
//! A policy sees an [`Observation`], never a path of the future, so look-ahead is impossible by construction. The
//! formulas that give reorder points live in [`formula`].

mod business_days;
pub mod formula;
mod guard;
mod platform;
mod pre_stock;
mod published;
mod replenishment;

pub use business_days::BusinessCalendar;
pub use guard::{AdPhases, AdResponse, AdState, Guard, LevelBase, Look, StockLevel, cover_days};
pub use platform::{
    DayCounts, MetricRule, PlatformMetric, PlatformRules, PlatformStep, RestOfShop, RollingRate, VolumeLimit,
    window_rate,
};
pub use pre_stock::{PreStockOrder, pre_stock_units};
pub use published::PublishRule;
pub use replenishment::{Observation, OrderLimits, OrderSize, ReorderLevels, Replenishment};
