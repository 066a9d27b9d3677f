//! Lead-time modes, stage by stage, and the supplier's closures.

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::units::Probability;

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
    /// Correlation between any two stages of an order, of their latent normals (Gaussian copula): 0.4 where an order
    /// that is slow in one stage tends to be slow in the others.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = -1.0, max = 1.0)))]
    pub correlation: f64,
    /// Correlation of a stage between orders of successive days, of its latent normals: congestion lasts. The default
    /// is a judgement; 0 makes every order independent.
    #[serde(default = "default_persistence")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1.0)))]
    pub persistence: f64,
    /// Whether orders arrive in the order in which they were placed: none overtakes another.
    #[serde(default)]
    pub in_order: bool,
    /// The stages in order.
    pub stage: Vec<StageSpec>,
}

/// Methods, section 3.12.
const fn default_persistence() -> f64 {
    0.5
}

/// Days on which the supplier is closed: production stands still, whatever is under way already goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClosureSpec {
    /// First closed day.
    pub from: Date,
    /// Last closed day.
    pub until: Date,
    /// Lead-time modes that it holds up; default all.
    #[serde(default)]
    pub modes: Vec<String>,
}

impl ClosureSpec {
    /// Whether the closure holds up orders by this mode.
    #[must_use]
    pub fn stops(&self, mode: &str) -> bool {
        self.modes.is_empty() || self.modes.iter().any(|name| name == mode)
    }
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
    /// One of several laws, such as customs that mostly clears fast and sometimes inspects.
    Mixture {
        /// The parts, the fast one first; their shares sum to 1.
        #[cfg_attr(feature = "ingest", schemars(length(min = 1, max = 20)))]
        parts: Vec<MixturePartSpec>,
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

/// One part of a mixture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MixturePartSpec {
    /// Share of the orders that it takes.
    pub share: Probability,
    /// How long it takes then: any law but `mixture` and `purchases`.
    pub days: DurationSpec,
}
