//! How to learn, as the scenario says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::process::Holiday;
use crate::units::Probability;

/// How to learn from the past.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct FitOptions {
    /// How bursts are found. Default: by the promotion calendar or flags, else by spend, else by counts.
    pub bursts: Option<BurstRule>,
    /// Removes single large orders before learning; without it every order counts.
    pub wholesale: Option<WholesaleRule>,
    /// Days ahead over which the uncertainty of ordinary demand is measured: about as long as an order takes and the
    /// event lasts.
    #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 365)))]
    pub horizon_days: u32,
    /// Category of products by their identifiers: one without bursts of its own takes after those of its category first.
    pub categories: BTreeMap<String, String>,
    /// Stated holidays: what sold on them is no ordinary demand. Filled in from the scenario's `[[holiday]]`.
    #[serde(skip)]
    pub holidays: Vec<Holiday>,
}

impl Default for FitOptions {
    fn default() -> Self {
        Self { bursts: None, wholesale: None, horizon_days: 28, categories: BTreeMap::new(), holidays: Vec::new() }
    }
}

/// How past bursts are found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(tag = "kind", deny_unknown_fields, rename_all = "kebab-case")]
pub enum BurstRule {
    /// Days of promotions, by calendar or flag.
    Promotions,
    /// Days with ad spend.
    Spend,
    /// Days above a multiple of the mean of the ordinary days before.
    Counts {
        /// The multiple.
        #[serde(default = "default_times")]
        #[cfg_attr(feature = "ingest", schemars(range(min = 1.1, max = 100.0)))]
        times: f64,
        /// Ordinary days that are averaged.
        #[serde(default = "default_window")]
        #[cfg_attr(feature = "ingest", schemars(range(min = 7, max = 365)))]
        window: u32,
    },
    /// Runs of days that sell a multiple of what the ordinary days around them do: a two-state automaton that pays for
    /// each change of state. It knows a level that rises for good from a burst.
    Automaton {
        /// Cost of entering a burst, in nats: the higher, the fewer.
        #[serde(default = "default_entry")]
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 100.0)))]
        entry: f64,
        /// Cost of leaving one.
        #[serde(default = "default_exit")]
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 100.0)))]
        exit: f64,
    },
}

const fn default_entry() -> f64 {
    8.0
}

const fn default_exit() -> f64 {
    1.0
}

const fn default_times() -> f64 {
    3.0
}

const fn default_window() -> u32 {
    28
}

impl BurstRule {
    /// The count rule with its defaults: above 3 x the mean of the 28 ordinary days before.
    #[must_use]
    pub const fn counts() -> Self {
        Self::Counts { times: default_times(), window: default_window() }
    }
}

/// One large wholesale order is not a burst: the rule that takes it out. A day's largest order line is removed if it
/// is at least `share-of-day` of the day's pieces and at least `times-median` x the product's median largest line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct WholesaleRule {
    /// Least share of the day.
    pub share_of_day: Probability,
    /// Least multiple of the product's median largest line.
    #[cfg_attr(feature = "ingest", schemars(range(min = 1.0, max = 1000.0)))]
    pub times_median: f64,
}

impl Default for WholesaleRule {
    fn default() -> Self {
        Self { share_of_day: Probability::try_new(0.5).unwrap_or(Probability::ONE), times_median: 8.0 }
    }
}
