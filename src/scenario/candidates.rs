//! What is compared: the axes of the design.

use serde::{Deserialize, Serialize};

use crate::policy::ShareBase;
use crate::units::{Multiplier, Probability, ServiceLevel, Units};

/// The axes; candidates are their product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct CandidatesSpec {
    /// Lead-time modes; default all.
    pub lead_times: Vec<String>,
    /// Pre-stock multipliers; 1.0 and 1.2 to 1.5 are always among them.
    pub multipliers: Vec<Multiplier>,
    /// Whether higher multipliers are added until the limits are met or profit falls.
    pub extend_multipliers: bool,
    /// Whether doing without a pre-stock order is a candidate too.
    pub without_pre_stock: bool,
    /// Reorder rules; default rolling at 95 %, the max-average formula and no reordering.
    pub reorder: Vec<ReorderSpec>,
    /// How much a reorder orders.
    pub policy: OrderPolicy,
    /// Q of the policy in pieces; default `cover-days` of ordinary demand.
    pub order_quantity: Option<Units>,
    /// Days of ordinary demand that one reorder covers.
    #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 365)))]
    pub cover_days: u32,
    /// Ad-pause rules; default never, and 10 % with a resume at 30 % where ads are planned.
    pub pause: Option<Vec<PauseSpec>>,
}

impl Default for CandidatesSpec {
    fn default() -> Self {
        Self {
            lead_times: Vec::new(),
            multipliers: Vec::new(),
            extend_multipliers: true,
            without_pre_stock: true,
            reorder: Vec::new(),
            policy: OrderPolicy::Snq,
            order_quantity: None,
            cover_days: 14,
            pause: None,
        }
    }
}

/// How much a reorder orders once the position is at or below s.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
pub enum OrderPolicy {
    /// One lot of Q a day.
    #[serde(rename = "s-q")]
    Sq,
    /// The fewest lots of Q that lift the position above s.
    #[default]
    #[serde(rename = "s-nq")]
    Snq,
    /// Up to S = s + Q.
    #[serde(rename = "s-s")]
    Ss,
}

/// A reorder rule to compare.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(tag = "kind", deny_unknown_fields, rename_all = "kebab-case")]
pub enum ReorderSpec {
    /// No reordering: the pre-stock order only.
    Never,
    /// Each day's quantile of the demand forecast until an order of that day arrives, known events included.
    Rolling {
        /// The quantile.
        service: ServiceLevel,
    },
    /// Constant: max daily sales x max lead time, the rule of thumb.
    #[serde(rename_all = "kebab-case")]
    MaxAverage {
        /// Largest daily sales; default from the history.
        #[serde(default)]
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e9)))]
        max_daily: Option<f64>,
        /// Longest lead time in days; default from the mode.
        #[serde(default)]
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1500.0)))]
        max_lead: Option<f64>,
    },
    /// Constant: mean demand over the lead time and so many days more.
    DaysOfCover {
        /// Days of safety.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 365.0)))]
        days: f64,
    },
    /// Constant: z sigma sqrt(L), demand uncertain only.
    NormalDemand {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Constant: z d sigma_L, lead time uncertain only.
    NormalLeadTime {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Constant: z sqrt(L sigma² + d² sigma_L²) (Hadley and Whitin 1963).
    NormalBoth {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Constant: King (2011), demand and lead time independent.
    KingIndependent {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Constant: King (2011), demand and lead time dependent.
    KingDependent {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Constant: Poisson quantile of lead-time demand.
    Poisson {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Constant: negative-binomial quantile of lead-time demand.
    NegativeBinomial {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// Constant: exact quantile of lead-time demand as a mixture over lead times.
    ExactMixture {
        /// Cycle service level.
        service: ServiceLevel,
    },
    /// A number for each phase: before the events, while one runs, after them.
    ByPhase {
        /// The reorder point while an event is still to begin; between two events it holds again.
        before: Units,
        /// From the first to the last day of an event.
        during: Units,
        /// Once the last event is over.
        after: Units,
    },
    /// Constant: a number of pieces.
    Units {
        /// The reorder point.
        level: Units,
    },
    /// Constant: several numbers of pieces, evenly spaced.
    Range {
        /// Lowest.
        from: Units,
        /// Highest.
        to: Units,
        /// How many.
        #[cfg_attr(feature = "ingest", schemars(range(min = 2, max = 200)))]
        steps: u32,
    },
}

/// An ad-pause rule to compare.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(tag = "kind", deny_unknown_fields, rename_all = "kebab-case")]
pub enum PauseSpec {
    /// The ads run through.
    Never,
    /// Pause at a share of a stock, resume at a higher one.
    Share {
        /// Pause at or below.
        pause: Probability,
        /// Resume at or above.
        resume: Probability,
        /// What it is a share of; default the stock at the event's first hour.
        #[serde(default, skip_serializing_if = "ShareBase::is_event_start")]
        base: ShareBase,
    },
    /// Pause at a number of pieces, resume at a higher one.
    Units {
        /// Pause at or below.
        pause: Units,
        /// Resume at or above.
        resume: Units,
    },
    /// Pause when the stock lasts so many days at the sales forecast for the seven days from then on, resume when it
    /// lasts more.
    DaysOfCover {
        /// Pause at or below.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 365.0)))]
        pause: f64,
        /// Resume at or above.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 365.0)))]
        resume: f64,
    },
    /// Turn the listing to pre-order instead of pausing the ads: who orders and finds no piece waits for the next
    /// receipt. Until the end of the event at the latest; not at a storefront.
    PreOrder {
        /// Turn it at or below this share of the stock at the event's first hour.
        pause: Probability,
        /// Turn it back at or above.
        resume: Probability,
        /// Share of the customers that still order when they are told to wait.
        conversion: Probability,
        /// Days that they wait at most.
        #[serde(rename = "limit-days")]
        #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 365)))]
        limit_days: u32,
    },
}
