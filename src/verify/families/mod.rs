//! Which formula or engine serves which family of vectors.
//!
//! A file a group. Each family is a function from a vector to everything that the formula says about it; the comparison
//! takes from it what the vector expects. A family that is not in a table here is not covered.

mod ad_switch;
mod benchmarks;
mod bursts;
mod lead_time;
mod life_cycle;
mod losses;
mod lots;
mod newsvendor;
mod safety_stock;
mod selling_out;
mod service;
mod simulation;
mod stationary;
mod statistics;
mod stock_models;
mod storefront;

use serde_json::Value;

use super::inputs::InputError;
use super::vectors::Vector;

/// Computes what a vector of the family asks.
pub(super) type Evaluate = fn(&Vector) -> Result<Value, InputError>;
/// The families of a group.
type Table = &'static [(&'static str, Evaluate)];

const GROUPS: [Table; 16] = [
    ad_switch::FAMILIES,
    benchmarks::FAMILIES,
    bursts::FAMILIES,
    lead_time::FAMILIES,
    life_cycle::FAMILIES,
    losses::FAMILIES,
    lots::FAMILIES,
    newsvendor::FAMILIES,
    safety_stock::FAMILIES,
    selling_out::FAMILIES,
    service::FAMILIES,
    simulation::FAMILIES,
    statistics::FAMILIES,
    stationary::FAMILIES,
    stock_models::FAMILIES,
    storefront::FAMILIES,
];

/// The function that serves this family, if one does.
pub(super) fn evaluator(family: &str) -> Option<Evaluate> {
    GROUPS.iter().flat_map(|group| group.iter()).find(|(name, _)| *name == family).map(|(_, evaluate)| *evaluate)
}
