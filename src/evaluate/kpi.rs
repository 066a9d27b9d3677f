//! The KPIs of a candidate. Every word is defined here once and means the same in code, file and report.

use serde::{Deserialize, Serialize};

use super::{CashKpis, ExpediteKpis, FlowKpis, OversellKpis, PlatformKpis, SubstituteKpis};
use crate::stats::{Estimate, Interval};

/// KPIs of one stretch: the events, the days outside them, or all days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StretchKpis {
    /// Probability of any stockout: at least one piece not served on its day.
    pub stockout: Estimate,
    /// Its 95 % interval (Wilson).
    pub stockout_interval: Interval,
    /// Pieces served on their day / pieces wanted while the ads ran as they did (type 2).
    pub fill_rate: Estimate,
    /// Pieces served on their day / reference demand: what the ads as planned would have brought.
    pub fill_rate_reference: Estimate,
    /// Days that end with stock / days.
    pub ready_rate: Estimate,
    /// Days with a piece not served.
    pub stockout_days: Estimate,
    /// Pieces served on the day they were wanted.
    pub served: Estimate,
    /// Pieces lost at the shelf.
    pub lost: Estimate,
    /// Pieces forgone because the ads were paused or ramping.
    pub forgone: Estimate,
    /// Pieces whose customers began to wait.
    pub waited: Estimate,
}

/// KPIs of one alert level; shares are of all paths.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AlertKpis {
    /// Share of paths on which it rings in an event before any piece is unmet.
    pub rings: Estimate,
    /// Share of paths on which it so rings and a stockout follows in the same event.
    pub followed_by_stockout: Estimate,
    /// Share of paths with a stockout in an event on which it had not rung by the evening before.
    pub missed: Estimate,
    /// Days from the ring to the first unmet piece, where one follows.
    pub lead_days: Option<Estimate>,
}

/// KPIs of a candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CandidateKpis {
    /// In the events.
    pub event: StretchKpis,
    /// Outside the events.
    pub outside: StretchKpis,
    /// In all.
    pub all: StretchKpis,
    /// Replenishment cycles without a piece unserved / cycles (type 1).
    pub cycle_service: Estimate,
    /// Mean stock at the end of a day.
    pub mean_stock: Estimate,
    /// Largest stock.
    pub peak_stock: Estimate,
    /// Stock at the end of the last event day.
    pub leftover: Estimate,
    /// Stock at the end of the horizon.
    pub final_stock: Estimate,
    /// Customers still waiting at the end.
    pub waiting_at_end: Estimate,
    /// Pieces ordered.
    pub ordered: Estimate,
    /// Orders placed.
    pub orders: Estimate,
    /// Ad spend.
    pub ad_spend: Estimate,
    /// Planned ad spend saved by pausing.
    pub ad_spend_saved: Estimate,
    /// Ad spend on demand that could not be served.
    pub ad_spend_wasted: Estimate,
    /// Money for goods ordered, if prices are given.
    pub goods_cost: Option<Estimate>,
    /// Profit, if prices are given.
    pub profit: Option<Estimate>,
    /// Mean profit of the worst 5 % of the futures.
    pub profit_worst_5_percent: Option<f64>,
    /// Each alert level, highest first.
    pub alerts: Vec<AlertKpis>,
    /// Oversell; none without a storefront.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oversell: Option<OversellKpis>,
    /// From accepted orders to parcels; none where every order leaves on its day and stays gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<FlowKpis>,
    /// The platform's rates; none without its rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<PlatformKpis>,
    /// Expedited orders; none without a rule that expedites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expedite: Option<ExpediteKpis>,
    /// The substitute; none without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub substitute: Option<SubstituteKpis>,
    /// Cash; none without terms of payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash: Option<CashKpis>,
}
