//! What moves demand beside the planned events: life cycle, holidays, live sessions, the shop, luck.

use serde::{Deserialize, Serialize};

use crate::calendar::Date;

/// Where a product stands in its life, from today on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(tag = "kind", deny_unknown_fields, rename_all = "kebab-case")]
pub enum LifeCycleSpec {
    /// Mature: no trend.
    Steady,
    /// Introduction or growth: customers buy on their own or because others did (Bass 1969).
    #[serde(rename_all = "kebab-case")]
    Bass {
        /// p, a day: share of those who have not bought that do so on their own.
        #[cfg_attr(feature = "ingest", schemars(range(min = 1e-9, max = 1.0)))]
        innovation: f64,
        /// q, a day: how much those who have bought bring the others to it.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 10.0)))]
        imitation: f64,
        /// Days since the introduction, today.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 10_000.0)))]
        age_days: f64,
        /// Pieces that the whole market will ever buy. It states the demand of today; without it the curve starts
        /// from the demand that is stated or learned.
        #[serde(default)]
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e10)))]
        market: Option<f64>,
    },
    /// Growth (or a fall) that fades week by week.
    #[serde(rename_all = "kebab-case")]
    Growth {
        /// Growth in the last week, as a fraction; negative for a fall.
        #[cfg_attr(feature = "ingest", schemars(range(min = -0.9, max = 2.0)))]
        weekly_growth: f64,
        /// What is left of it after a week.
        #[serde(default = "default_damping")]
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1.0)))]
        damping: f64,
    },
    /// A decline that goes on.
    #[serde(rename_all = "kebab-case")]
    Decline {
        /// Share of demand lost in a week.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 0.99)))]
        weekly_loss: f64,
    },
}

/// Methods, section 3.8.
const fn default_damping() -> f64 {
    0.9
}

/// Days on which organic demand is not what the weekday says. Bursts are not moved by it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HolidaySpec {
    /// First day.
    pub date: Date,
    /// Days from the first to the last.
    #[serde(default = "default_one")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 366)))]
    pub days: u32,
    /// Organic demand of these days over that of ordinary ones.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 100.0)))]
    pub factor: f64,
}

const fn default_one() -> u32 {
    1
}

/// A live session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LiveSpec {
    /// Its day.
    pub date: Date,
    /// When it begins, in minutes after midnight.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 1439)))]
    pub start: u32,
    /// How many minutes it lasts.
    #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 1440)))]
    pub minutes: u32,
    /// Mean orders that it brings for each product, of one piece each, the minutes after it included.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e7)))]
    pub orders: f64,
    /// Standard deviation of the logarithm of its amplitude, which its minutes and its products share.
    #[serde(default = "default_log_sd")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 2.0)))]
    pub log_sd: f64,
    /// Identifiers of the products that it shows; default all.
    #[serde(default)]
    pub products: Vec<String>,
}

/// Methods, section 3.11.
const fn default_log_sd() -> f64 {
    0.5
}

impl LiveSpec {
    /// Its name, which addresses its random numbers: day and minute, which no two sessions share.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.date, self.start)
    }

    /// Whether the session shows the product.
    #[must_use]
    pub fn shows(&self, sku: &str) -> bool {
        self.products.is_empty() || self.products.iter().any(|name| name == sku)
    }
}

/// What the products of the shop have in common.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ShopSpec {
    /// Correlation between the log amplitudes of any two bursts of the shop: a good season is good for all of them.
    /// The default is a judgement; each burst by itself scatters as before, whatever stands here.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1.0)))]
    pub burst_correlation: f64,
}

impl Default for ShopSpec {
    fn default() -> Self {
        // Methods, section 3.9.
        Self { burst_correlation: 0.2 }
    }
}

/// Bursts that nobody has planned: a video takes off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnplannedSpec {
    /// Bursts of a product that begin on a day, on average: 0.01 is one in a hundred days.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1.0)))]
    pub rate_per_day: f64,
    /// How large one is.
    pub size: BurstSizeSpec,
    /// Days of the ramp.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 60)))]
    pub ramp_days: u32,
    /// Shortest and longest plateau in days, each length as likely.
    pub plateau_days: [u32; 2],
    /// Mean days of the exponential tail.
    #[serde(default = "super::demand::default_tail")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 60.0)))]
    pub tail_days: f64,
    /// Identifiers of the products that it may happen to; default all.
    #[serde(default)]
    pub products: Vec<String>,
}

impl UnplannedSpec {
    /// Whether it may happen to the product.
    #[must_use]
    pub fn strikes(&self, sku: &str) -> bool {
        self.products.is_empty() || self.products.iter().any(|name| name == sku)
    }
}

/// How large an unplanned burst is: log-normal, over all of its days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(tag = "kind", deny_unknown_fields, rename_all = "kebab-case")]
pub enum BurstSizeSpec {
    /// In days of ordinary demand.
    OrdinaryDays {
        /// Mean: 20 brings as much as twenty ordinary days, on top of them.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 10_000.0)))]
        mean: f64,
        /// Coefficient of variation.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 5.0)))]
        cv: f64,
    },
    /// In pieces.
    Pieces {
        /// Mean.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e8)))]
        mean: f64,
        /// Coefficient of variation.
        #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 5.0)))]
        cv: f64,
    },
}
