//! Reorder-point and order-quantity formulas, as published.
//!
//! Each is a pure function of moments or laws that are known today; none sees a path, a date or a scenario. A reorder
//! point is returned unrounded ([`ReorderPoint::units`] rounds it up). The interval over which demand must be covered
//! is an argument: lengths are in days and need not be whole, and the functions do not ask what they are made of.
//! Only [`Formula::reorder_point`] knows this house's convention (P = R + L - 1) and applies it.

mod choice;
mod economic_order;
mod fill_rate;
mod finite_horizon;
mod inputs;
mod king;
mod lead_chain;
mod lot_sizing;
mod max_average;
mod newsvendor;
mod normal;
mod periodic;
mod quantile;
mod undershoot;

pub use choice::Formula;
pub use economic_order::{
    LotSize, LotSizeWithBackorders, economic_order_quantity, economic_order_quantity_with_backorders,
    economic_production_quantity,
};
pub use fill_rate::{fill_rate_at, fill_rate_backorders, fill_rate_lost_sales};
pub use finite_horizon::{BurstDay, BurstOutcome, one_shot_burst};
pub use inputs::{DailyDemand, FormulaError, IntervalDemand, LeadTimeMoments, ReorderPoint};
pub use king::{king_dependent, king_independent};
pub use lead_chain::LeadChain;
pub use lot_sizing::{LotPlan, lot_plan_cost, wagner_whitin};
pub use max_average::{days_of_cover, max_average};
pub use newsvendor::{Newsvendor, critical_ratio, newsvendor, newsvendor_from_pmf, newsvendor_multiplier};
pub use normal::{GrowthLevels, growth_multiplier, normal_both, normal_demand, normal_lead_time, safety_factor};
pub use periodic::{periodic_review, protection_interval};
pub use quantile::{
    gamma_quantile, law_quantile, log_normal_quantile, mixture_quantile, negative_binomial_quantile, normal_quantile,
    poisson_quantile,
};
pub use undershoot::{Undershoot, undershoot_corrected};
