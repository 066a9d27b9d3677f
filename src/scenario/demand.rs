//! Products, events and the past that they are learned from.

use serde::{Deserialize, Serialize};

use super::{LifeCycleSpec, PriceBreakSpec, SampleSpec, SubstituteSpec};
use crate::calendar::Date;
use crate::units::{Probability, Units};

/// Files of the past, relative to the scenario file. Their columns are described in `data/README.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HistorySpec {
    /// Daily sales.
    pub sales: String,
    /// Promotion calendar.
    #[serde(default)]
    pub promotions: Option<String>,
    /// Ad spend.
    #[serde(default)]
    pub ads: Option<String>,
    /// Finished purchase orders.
    #[serde(default)]
    pub purchases: Option<String>,
    /// Purchase orders on their way.
    #[serde(default)]
    pub open_orders: Option<String>,
    /// Stock counts of today.
    #[serde(default)]
    pub stock: Option<String>,
    /// Orders of each hour of the day, from midnight on, over days that were in stock throughout (24 counts): what hours without
    /// stock missed. Default: every hour alike.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ingest", schemars(length(max = 24)))]
    pub orders_by_hour: Vec<u32>,
    /// Where the data come from; printed in the report.
    #[serde(default)]
    pub source: Option<String>,
}

/// A product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProductSpec {
    /// Identifier, as in the history.
    pub sku: String,
    /// Name to show.
    #[serde(default)]
    pub name: Option<String>,
    /// Pieces on the shelf today that can be sold, those that `backlog` and `[dispatch]` `reserved` promise included;
    /// default from the stock file.
    #[serde(default)]
    pub opening_stock: Option<Units>,
    /// Ordinary demand, where there is no history.
    #[serde(default)]
    pub demand: Option<ProductDemandSpec>,
    /// Pieces of accepted orders that have not left, by the day of their acceptance: yesterday's first.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(length(max = 366)))]
    pub backlog: Vec<Units>,
    /// Pieces given away.
    #[serde(default)]
    pub samples: Vec<SampleSpec>,
    /// The product that ad plan B sells; default none.
    #[serde(default)]
    pub substitute: Option<SubstituteSpec>,
    /// Where it stands in its life; default what the history tells, steady where demand is stated.
    #[serde(default)]
    pub life_cycle: Option<LifeCycleSpec>,
    /// Selling price of this product.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub price: Option<f64>,
    /// Landed cost of this product.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub unit_cost: Option<f64>,
    /// Lower landed costs of large orders of this product.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub price_breaks: Vec<PriceBreakSpec>,
}

impl ProductSpec {
    /// The name to show: the given one, or the identifier.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.sku)
    }

    /// Pieces of the whole market, where a life cycle states them.
    #[must_use]
    pub const fn market(&self) -> Option<f64> {
        match self.life_cycle {
            Some(LifeCycleSpec::Bass { market, .. }) => market,
            _ => None,
        }
    }
}

/// Ordinary demand as stated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProductDemandSpec {
    /// Mean pieces a day, today; left out where the market of a life cycle states it.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e7)))]
    pub per_day: Option<f64>,
    /// Size k of the negative-binomial day noise (variance mean + mean² / k).
    #[serde(default = "default_noise_size")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.05, max = 1e6)))]
    pub noise_size: f64,
    /// Standard deviation of the log of the level over a future.
    #[serde(default = "default_level_error")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 2.0)))]
    pub level_error: f64,
}

impl Default for ProductDemandSpec {
    fn default() -> Self {
        Self { per_day: None, noise_size: default_noise_size(), level_error: default_level_error() }
    }
}

const fn default_noise_size() -> f64 {
    30.0
}

const fn default_level_error() -> f64 {
    0.1
}

/// A planned event: a promotion, a campaign, a peak.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EventSpec {
    /// Identifier.
    pub id: String,
    /// First day.
    pub start: Date,
    /// Days from the first to the last. Default for `parametric`: ramp, longest plateau and three tails.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 366)))]
    pub days: Option<u32>,
    /// Days that it has run before `start`. An event whose `start` is not after today runs: it is planned from tomorrow on,
    /// and this is filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 366)))]
    pub ran_days: Option<u32>,
    /// Identifiers of the products that take part; default all.
    #[serde(default)]
    pub products: Vec<String>,
    /// Where the burst comes from.
    pub demand: EventDemandSpec,
    /// Planned ad spend a day and product.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub spend_per_day: f64,
    /// Price during the event.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub price: Option<f64>,
    /// Creator's commission during the event, as a share of the price.
    #[serde(default)]
    pub commission: Option<Probability>,
    /// Discount on the price during the event that the seller pays, as a share of it; default none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Probability>,
}

impl EventSpec {
    /// Whether the product takes part.
    #[must_use]
    pub fn has_product(&self, sku: &str) -> bool {
        self.products.is_empty() || self.products.iter().any(|name| name == sku)
    }

    /// Days from the first to the last; resolved by validation.
    #[must_use]
    pub fn length(&self) -> usize {
        self.days.unwrap_or(1) as usize
    }

    /// Days that it has already run.
    #[must_use]
    pub fn ran(&self) -> usize {
        self.ran_days.unwrap_or(0) as usize
    }
}

/// Where an event's burst comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(tag = "kind", deny_unknown_fields, rename_all = "kebab-case")]
pub enum EventDemandSpec {
    /// The product's own past bursts again, each as likely, scaled to today's level, this length and this spend.
    Replay,
    /// Shapes from the past bursts, the amplitude from all products together (hierarchical Student-t).
    Hier,
    /// The typical burst as stated: linear ramp, plateau, exponential tail.
    #[serde(rename_all = "kebab-case")]
    Parametric {
        /// Days of the ramp.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 60)))]
        ramp_days: u32,
        /// Shortest and longest plateau in days, each length as likely.
        plateau_days: [u32; 2],
        /// Mean pieces a day that the ads bring on the plateau.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e7)))]
        peak_per_day: f64,
        /// Coefficient of variation of the amplitude.
        #[serde(default = "default_burst_cv")]
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 3.0)))]
        cv: f64,
        /// Mean days of the exponential tail.
        #[serde(default = "default_tail")]
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 60.0)))]
        tail_days: f64,
    },
}

const fn default_burst_cv() -> f64 {
    0.45
}

pub(super) const fn default_tail() -> f64 {
    3.0
}
