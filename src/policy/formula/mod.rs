//! Formulas as published: reorder points, order quantities and levels, what service they give, and what a slow listing
//! oversells.
//!
//! Each is a pure function of moments or laws that are known today; none sees a path, a date or a scenario. A reorder
//! point is returned unrounded ([`ReorderPoint::units`] rounds it up). The interval over which demand must be covered
//! is an argument: lengths are in days and need not be whole, and the functions do not ask what they are made of.
//! Only [`Formula::reorder_point`] knows this house's convention (P = R + L - 1) and applies it.

mod ad_pause;
mod base_stock;
mod capped_base_stock;
mod choice;
mod correlated_days;
mod count_table;
mod crossover;
mod economic_order;
mod fill_rate;
mod finite_horizon;
mod inputs;
mod king;
mod lead_chain;
mod lost_sales_lot;
mod lot_normal;
mod lot_poisson;
mod lot_sizing;
mod max_average;
mod min_max;
mod newsvendor;
mod normal;
mod oversell;
mod periodic;
mod power_approximation;
mod quantile;
mod stock_alert;
mod stock_reward;
mod undershoot;

pub use ad_pause::{AdPause, AdPauseOutcome};
pub use base_stock::{
    BackorderService, PeriodicService, base_stock_backorders, base_stock_lost_sales, base_stock_periodic, mean_on_order,
};
pub use capped_base_stock::capped_base_stock;
pub use choice::Formula;
pub use correlated_days::correlated_days;
pub use crossover::{crossover_shortfall, orders_outstanding_variance, overtaking_probability};
pub use economic_order::{
    LotSize, LotSizeWithBackorders, economic_order_quantity, economic_order_quantity_with_backorders,
    economic_production_quantity,
};
pub use fill_rate::{fill_rate_at, fill_rate_backorders, fill_rate_lost_sales};
pub use finite_horizon::{BurstDay, BurstOutcome, one_shot_burst};
pub use inputs::{DailyDemand, FormulaError, IntervalDemand, LeadTimeMoments, ReorderPoint};
pub use king::{king_dependent, king_independent};
pub use lead_chain::LeadChain;
pub use lost_sales_lot::{LostSalesCycle, lost_sales_lot};
pub use lot_normal::{NormalLot, NormalLotProblem};
pub use lot_poisson::{LotPolicy, LotService, poisson_lot_policy, poisson_lot_service};
pub use lot_sizing::{LotPlan, lot_plan_cost, wagner_whitin};
pub use max_average::{days_of_cover, max_average};
pub use min_max::{MinMaxLevels, min_max_policy};
pub use newsvendor::{Newsvendor, critical_ratio, newsvendor, newsvendor_from_pmf, newsvendor_multiplier};
pub use normal::{GrowthLevels, growth_multiplier, normal_both, normal_demand, normal_lead_time, safety_factor};
pub use oversell::{ChannelSales, LateOrders, split_channels, unsynced_channels};
pub use periodic::{periodic_review, protection_interval};
pub use power_approximation::{PowerLevels, power_approximation};
pub use quantile::{
    gamma_quantile, law_quantile, log_normal_quantile, mixture_quantile, negative_binomial_quantile, normal_quantile,
    poisson_quantile,
};
pub use stock_alert::StockAlert;
pub use stock_reward::{StockRewardCosts, best_stock, stock_reward};
pub use undershoot::{Undershoot, undershoot_corrected};
