//! The parameters of purchase orders.

use serde::{Deserialize, Serialize};

use crate::units::Probability;

/// A lead-time mode: how often a product is ordered by it, and how long the four stages take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SupplyLaneSpec {
    /// Name of the mode, such as `air`.
    pub mode: String,
    /// The supplier.
    pub supplier: String,
    /// Least and most days between two orders of a product.
    pub every_days: [u32; 2],
    /// Pieces of an order, in days of ordinary demand.
    pub order_days: f64,
    /// From the order to goods ready.
    pub production: StageLaw,
    /// From the supplier to arrival.
    pub first_leg: StageLaw,
    /// From arrival to clearance, without inspection.
    pub customs: StageLaw,
    /// From clearance to the shelf.
    pub last_leg: StageLaw,
    /// Share of the orders that customs inspects.
    #[serde(default)]
    pub inspected: Probability,
    /// Least and most days that an inspection takes.
    #[serde(default)]
    pub inspection_days: [u32; 2],
    /// Correlation of a lane's congestion from one day to the next.
    #[serde(default)]
    pub persistence: Probability,
    /// Share of the variance of a stage (of its latent normal) that is congestion, common to all orders of a day.
    #[serde(default)]
    pub congestion: Probability,
    /// Share of the orders that are recorded as two lines of one shipment.
    #[serde(default)]
    pub split: Probability,
}

/// How long a stage takes: log-normal by mean and coefficient of variation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StageLaw {
    /// Mean days.
    pub mean: f64,
    /// Coefficient of variation; 0 is always the same.
    pub cv: f64,
}

impl StageLaw {
    /// Days at the latent normal z.
    pub(super) fn at(self, z: f64) -> f64 {
        let variance = libm::log1p(self.cv * self.cv);
        self.mean * libm::exp(libm::sqrt(variance) * z - variance / 2.0)
    }
}
