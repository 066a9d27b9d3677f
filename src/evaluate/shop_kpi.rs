//! KPIs of what a shop does beside holding and selling stock: oversell, dispatch, the platform's rates, the substitute.

use serde::{Deserialize, Serialize};

use crate::policy::PlatformMetric;
use crate::stats::{Estimate, Interval};
use crate::units::Probability;

/// A count in the events, and in all.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CountKpis {
    /// In the events.
    pub event: Estimate,
    /// On all days.
    pub all: Estimate,
}

/// Oversell in one stretch.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct OversoldKpis {
    /// Probability that at least one piece is accepted without stock for it.
    pub any: Estimate,
    /// Its 95 % interval (Wilson).
    pub any_interval: Interval,
    /// Pieces accepted without stock for them.
    pub pieces: Estimate,
}

/// Oversell, where a storefront takes orders.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct OversellKpis {
    /// In the events.
    pub event: OversoldKpis,
    /// On all days.
    pub all: OversoldKpis,
}

/// From accepted orders to parcels. Shares are of pieces over all paths: of the pieces that were to be dispatched (the
/// open orders of day 0, accepted pieces, and pieces for customers who waited).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FlowKpis {
    /// Pieces that left the warehouse.
    pub shipped: Estimate,
    /// Pieces accepted and not dispatched at the end.
    pub unshipped: Estimate,
    /// Share that had not left by the dispatch limit, if there is one.
    pub late_share: Option<Estimate>,
    /// Share cancelled as the seller's fault, if the platform cancels what has not left.
    pub cancelled_by_seller_share: Option<Estimate>,
    /// Share cancelled by customers, if some do.
    pub cancelled_by_customer_share: Option<Estimate>,
    /// Pieces sent back / pieces shipped, if some are.
    pub returned_share: Option<Estimate>,
    /// Returned pieces that are on the shelf again, if some are returned.
    pub restocked: Option<Estimate>,
    /// Pieces given away, if some are.
    pub samples: Option<Estimate>,
}

/// A step of a platform's metric.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StepKpis {
    /// The rate at which the platform acts.
    pub from: Probability,
    /// Whether the rate itself is still allowed.
    pub above: bool,
    /// Probability that the shop's rate crosses it on some day.
    pub crossed: Estimate,
    /// Its 95 % interval (Wilson).
    pub crossed_interval: Interval,
}

/// One of the platform's metrics.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricKpis {
    /// What is measured.
    pub metric: PlatformMetric,
    /// Days over which the rate is taken.
    pub window_days: u32,
    /// The largest rate of a path, on average; 0 on a path shorter than the window.
    pub largest_rate: Estimate,
    /// Its steps, lowest first.
    pub steps: Vec<StepKpis>,
}

/// The platform's eyes on the shop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlatformKpis {
    /// Each metric, in the order of the rules.
    pub metrics: Vec<MetricKpis>,
    /// Days under a volume limit.
    pub limited_days: Estimate,
    /// Pieces turned away by the volume limit.
    pub refused: CountKpis,
}

/// The product that ad plan B sells.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SubstituteKpis {
    /// Ad demand of a pause that plan B turned into orders of the substitute.
    pub redirected: CountKpis,
    /// Customers who found the product sold out and took the substitute.
    pub spilled: CountKpis,
    /// What the substitute sold of both.
    pub served: Estimate,
    /// Stock of the substitute at the end.
    pub left: Estimate,
    /// Ad spend of plan B, where it costs something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spend: Option<Estimate>,
}

/// Orders by the faster mode of an expedite rule.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ExpediteKpis {
    /// Probability of any.
    pub any: Estimate,
    /// The interval of that probability.
    pub any_interval: Interval,
    /// Orders.
    pub orders: Estimate,
    /// Pieces.
    pub pieces: Estimate,
}

impl PlatformKpis {
    /// The lowest step of the seller-fault cancellation rate, if the rules have one.
    #[must_use]
    pub fn cancellation(&self) -> Option<&StepKpis> {
        self.metrics.iter().find(|metric| metric.metric == PlatformMetric::SellerCancellation)?.steps.first()
    }
}
