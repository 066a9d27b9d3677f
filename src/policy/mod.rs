//! Decision rules: pure functions of what is known today.
//!
//! A policy sees an [`Observation`], never a path of the future, so look-ahead is impossible by construction. The
//! formulas that give reorder points live in [`formula`].

mod ad_response;
mod business_days;
mod expedite;
pub mod formula;
mod guard;
mod platform;
mod pre_stock;
mod published;
mod replenishment;
mod stock_level;

pub use ad_response::{AdPhases, AdResponse};
pub use business_days::BusinessCalendar;
pub use expedite::{Expedite, ExpediteSize};
pub use guard::{AdState, Guard, GuardAction, Look, PreOrder};
pub use platform::{
    DayCounts, MetricRule, PlatformMetric, PlatformRules, PlatformStep, RestOfShop, RollingRate, VolumeLimit,
    window_rate,
};
pub use pre_stock::{PreStockOrder, pre_stock_units};
pub use published::PublishRule;
pub use replenishment::{Observation, OrderLimits, OrderSize, ReorderLevels, Replenishment};
pub use stock_level::{LevelBase, ShareBase, StockLevel, cover_days};
