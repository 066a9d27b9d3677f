//! Lead-time modes and the supplier's terms.

use serde::{Deserialize, Serialize};

use crate::units::{Probability, Units};

/// A lead-time mode, such as sea or air: the chain of stages from order to shelf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LeadTimeSpec {
    /// Name of the mode.
    pub mode: String,
    /// Extra cost a piece of this mode, on top of the landed cost.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub unit_cost: f64,
    /// The stages in order.
    pub stage: Vec<StageSpec>,
}

/// One stage of the chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StageSpec {
    /// Name, such as `production`, `first-leg`, `customs`, `last-leg`.
    pub name: String,
    /// How long it takes.
    pub days: DurationSpec,
}

/// How long a stage takes, in days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(tag = "kind", deny_unknown_fields, rename_all = "kebab-case")]
pub enum DurationSpec {
    /// Always the same.
    Fixed {
        /// Days.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 730.0)))]
        days: f64,
    },
    /// Gamma by mean and coefficient of variation.
    Gamma {
        /// Mean days.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.01, max = 730.0)))]
        mean: f64,
        /// Coefficient of variation.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.01, max = 5.0)))]
        cv: f64,
    },
    /// Log-normal by mean and coefficient of variation.
    LogNormal {
        /// Mean days.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.01, max = 730.0)))]
        mean: f64,
        /// Coefficient of variation.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.01, max = 5.0)))]
        cv: f64,
    },
    /// Triangular.
    Triangular {
        /// Least days.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 730.0)))]
        min: f64,
        /// Most likely days.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 730.0)))]
        mode: f64,
        /// Most days.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 730.0)))]
        max: f64,
    },
    /// PERT, a smoother triangle.
    Pert {
        /// Least days.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 730.0)))]
        min: f64,
        /// Most likely days.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 730.0)))]
        mode: f64,
        /// Most days.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 730.0)))]
        max: f64,
    },
    /// As recorded in the purchase orders of the history.
    #[serde(rename_all = "kebab-case")]
    Purchases {
        /// Mode of the records to use.
        records: String,
        /// Scales the records to this mean: their shape and spread, a level of your own.
        #[serde(default)]
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.5, max = 730.0)))]
        mean_days: Option<f64>,
    },
}

/// Supplier's limits and deadlines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct OrderingSpec {
    /// Least pieces an order.
    pub minimum: Units,
    /// Pieces of an order come in multiples of this.
    #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 1_000_000)))]
    pub multiple: u64,
    /// Days before the event's first day on which the goods should be on the shelf.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 60)))]
    pub ready_days: u32,
    /// Probability of being on the shelf in time that the latest order date promises.
    pub on_time: Probability,
}

impl Default for OrderingSpec {
    fn default() -> Self {
        Self {
            minimum: Units::ZERO,
            multiple: 1,
            ready_days: 1,
            on_time: Probability::try_new(0.95).unwrap_or(Probability::ONE),
        }
    }
}
