//! What a candidate comes down to, and the setting that all candidates share.

use super::AlertPlan;
use crate::policy::{AdPhases, Guard, PreStockOrder, Replenishment};
use crate::units::{Probability, Units};

/// One candidate, resolved to days and pieces: all that the engine needs to know of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyPlan {
    /// Index of its lead-time mode.
    pub mode: usize,
    /// Pieces bought ahead that stand on the shelf on day 0 already, for studies that begin with the event.
    pub pre_stocked: Units,
    /// The pre-stock order, if one is placed.
    pub pre_stock: Option<PreStockOrder>,
    /// The reorder rule.
    pub replenishment: Replenishment,
    /// The ad guard, if there is one.
    pub guard: Option<Guard>,
}

/// What every candidate of a product has in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Simulated days.
    pub days: usize,
    /// Pieces that may be sold on day 0.
    pub opening_stock: Units,
    /// Pieces of each order that is open on day 0, as in the path's `open_arrivals`.
    pub open_orders: Vec<Units>,
    /// First day of each event, ascending.
    pub event_starts: Vec<usize>,
    /// Which event each day belongs to, if any, as an index into `event_starts`.
    pub event_of: Vec<Option<usize>>,
    /// Planned ad spend of each day.
    pub planned_spend: Vec<f64>,
    /// Share of unmet customers who wait instead of leaving.
    pub waiting_share: Probability,
    /// How ad demand answers to a pause.
    pub ad_phases: AdPhases,
    /// The alerts.
    pub alerts: AlertPlan,
    /// First day that counts in the outcome (a warm-up for stationary checks); 0 for a plan.
    pub measure_from: usize,
}
