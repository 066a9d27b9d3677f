//! The parameters of a synthetic shop, as a file states them. What is left out has its default.

use serde::{Deserialize, Serialize};

use super::SupplyLaneSpec;
use crate::calendar::Date;
use crate::units::Probability;

/// The parameters of a synthetic shop. All standard deviations are of logarithms unless a key says otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SynthSpec {
    /// Short name, which also names the scenario: letters, digits, `-` and `_`.
    pub name: String,
    /// Seed of all randomness.
    #[serde(default = "default_seed")]
    pub seed: u64,
    /// First day of the records.
    pub first_day: Date,
    /// Days of the records.
    pub days: u32,
    /// Number of products.
    pub products: u32,
    /// Ordinary demand.
    #[serde(default)]
    pub base: BaseSpec,
    /// Holidays.
    #[serde(default)]
    pub holiday: Vec<SynthHoliday>,
    /// When events are, and how long.
    #[serde(default)]
    pub events: EventsSpec,
    /// How much an event brings.
    #[serde(default)]
    pub amplitude: AmplitudeSpec,
    /// What is spent on ads, and how demand answers.
    #[serde(default)]
    pub spend: SpendSpec,
    /// When the shelf is empty, and what is recorded of it.
    #[serde(default)]
    pub stockouts: StockoutsSpec,
    /// Bursts that nobody paid for; default none.
    #[serde(default)]
    pub viral: Option<ViralSpec>,
    /// Single large orders; default none.
    #[serde(default)]
    pub wholesale: Option<WholesaleLinesSpec>,
    /// Hosts and creatives; default none.
    #[serde(default)]
    pub creators: Option<CreatorsSpec>,
    /// Live sessions; default none.
    #[serde(default)]
    pub live: Option<LiveShareSpec>,
    /// Lead-time modes of the purchases; default none.
    #[serde(default)]
    pub supply: Vec<SupplyLaneSpec>,
    /// The event that is planned after the last day, and what stands ready for it.
    #[serde(default)]
    pub plan: PlanSpec,
}

const fn default_seed() -> u64 {
    1
}

/// Ordinary demand of the products.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct BaseSpec {
    /// Median of the products' levels in pieces a day (log-normal).
    pub median: f64,
    /// Standard deviation of the log of the levels.
    pub sd: f64,
    /// Weekday factors of the shop, Monday first; each product's have mean 1.
    pub weekday: [f64; 7],
    /// Standard deviation of the log of a product's weekday factors around the shop's.
    pub weekday_scatter: f64,
    /// Standard deviation of a day's step of the log level (random walk).
    pub walk_sd: f64,
    /// Amplitude of a sine in the log level.
    pub sine: f64,
    /// Days of a period of the sine; each product has its own phase.
    pub sine_days: f64,
    /// Size k of the negative-binomial noise of a day (variance mean + mean² / k).
    pub noise_size: f64,
}

impl Default for BaseSpec {
    fn default() -> Self {
        Self {
            median: 40.0,
            sd: 0.7,
            weekday: [0.92, 0.92, 0.94, 0.97, 1.05, 1.15, 1.05],
            weekday_scatter: 0.05,
            walk_sd: 0.008,
            sine: 0.1,
            sine_days: 240.0,
            noise_size: 20.0,
        }
    }
}

/// Days on which ordinary demand is not what the weekday says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SynthHoliday {
    /// First day.
    pub date: Date,
    /// Days from the first to the last.
    pub days: u32,
    /// Ordinary demand of these days over that of other ones.
    pub factor: f64,
}

/// When the events of a product are, and how long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct EventsSpec {
    /// Least and most days before a product's first event.
    pub first_days: [u32; 2],
    /// Least and most days from the start of an event to the start of the next.
    pub gap_days: [u32; 2],
    /// Most past events of a product; default as many as there is room for.
    pub most: Option<u32>,
    /// Least and most days of the ramp.
    pub ramp_days: [u32; 2],
    /// Least and most days of the plateau; ramp and plateau are the promotion.
    pub plateau_days: [u32; 2],
    /// Mean days of the exponential tail after the promotion, cut off after 14; 0 leaves what the ads carry over.
    pub tail_days: f64,
    /// Share of an event's uplift that is only bought earlier, and missing afterwards.
    pub dip_share: Probability,
    /// Days over which it is missing.
    pub dip_days: u32,
}

impl Default for EventsSpec {
    fn default() -> Self {
        Self {
            first_days: [40, 100],
            gap_days: [60, 80],
            most: None,
            ramp_days: [2, 4],
            plateau_days: [7, 10],
            tail_days: 2.0,
            dip_share: Probability::ZERO,
            dip_days: 14,
        }
    }
}

/// How much an event brings: uplift of a day = productivity x ramp x Hill response to the ads in effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct AmplitudeSpec {
    /// Median productivity: pieces a day at full response, of a product with the median level. 0 is a shop without bursts.
    pub median: f64,
    /// Standard deviation between products (tau).
    pub between_sd: f64,
    /// Standard deviation between the events of a product (sigma), the shop's season included.
    pub within_sd: f64,
    /// Share of the variance between events that all events of a season share.
    pub shared: Probability,
    /// Days of a season.
    pub season_days: u32,
    /// Power of a product's level (over the median level) in its productivity.
    pub level_power: f64,
    /// Share of the events that bring much more.
    pub heavy_share: Probability,
    /// How many times as much they bring.
    pub heavy_factor: f64,
}

impl Default for AmplitudeSpec {
    fn default() -> Self {
        Self {
            median: 250.0,
            between_sd: 0.35,
            within_sd: 0.3,
            shared: share(0.2),
            season_days: 28,
            level_power: 0.5,
            heavy_share: Probability::ZERO,
            heavy_factor: 3.0,
        }
    }
}

/// Ad spend of an event, and how demand answers: adstock and Hill (methods, section 3.7, with other parameters than are
/// fitted).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct SpendSpec {
    /// Median planned spend a day.
    pub median: f64,
    /// Standard deviation of the log of planned spend between products.
    pub product_sd: f64,
    /// Standard deviation of the log of planned spend between the events of a product.
    pub event_sd: f64,
    /// Share of the ads in effect that is carried over to the next day (theta).
    pub retention: Probability,
    /// Slope of the Hill response.
    pub slope: f64,
    /// Spend a day with half the full response (K).
    pub half_saturation: f64,
    /// Whether spend has an effect; without it every event answers as to the median spend (a placebo).
    pub effect: bool,
    /// Power of an event's realised amplitude in its realised spend: 0 as planned, 1 spend follows sales.
    pub reaction: f64,
    /// Standard deviation of the log of a day's realised spend around that.
    pub noise_sd: f64,
}

impl Default for SpendSpec {
    fn default() -> Self {
        Self {
            median: 800.0,
            product_sd: 0.3,
            event_sd: 0.4,
            retention: share(0.4),
            slope: 1.2,
            half_saturation: 1000.0,
            effect: true,
            reaction: 0.0,
            noise_sd: 0.05,
        }
    }
}

/// When the shelf is empty. A planner stocks each event so that the stated share runs out, knowing everything but how the
/// event turns out; it is filled up after the event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct StockoutsSpec {
    /// Share of the events that run out.
    pub share: Probability,
    /// Standard deviation of the planner's own error (of the log of the uplift).
    pub planner_sd: f64,
    /// Least and most days from the end of an event (tail included) until the shelf is full again.
    pub restock_days: [u32; 2],
    /// Stockouts of ordinary days, a product and year.
    pub ordinary_a_year: f64,
    /// Least and most days of such a stockout.
    pub ordinary_days: [u32; 2],
    /// What is recorded as the in-stock share of a day.
    pub recorded: RecordedShare,
    /// Relative error of the recorded share of days that were partly in stock.
    pub noise_sd: f64,
    /// Demand by hour of the day, as weights.
    pub hours: Vec<f64>,
}

impl Default for StockoutsSpec {
    fn default() -> Self {
        Self {
            share: share(0.3),
            planner_sd: 0.1,
            restock_days: [0, 2],
            ordinary_a_year: 1.0,
            ordinary_days: [1, 4],
            recorded: RecordedShare::Traffic,
            noise_sd: 0.0,
            hours: vec![
                2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 4.0, 4.0, 5.0, 5.0, 4.0, 4.0, 4.0, 4.0, 5.0, 6.0, 8.0,
                10.0, 10.0, 7.0, 4.0,
            ],
        }
    }
}

/// What is recorded as the in-stock share of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RecordedShare {
    /// The share of the day's usual customers who found stock: the truth.
    Traffic,
    /// The share of the 24 hours.
    Hours,
    /// Nothing.
    Nothing,
}

/// Bursts that nobody paid for: they stand in no calendar and begin at any time (Poisson).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ViralSpec {
    /// Bursts a product and year.
    pub a_year: f64,
    /// Median size in days of ordinary demand (log-normal).
    pub size_days: f64,
    /// Standard deviation of the log of the size.
    pub size_sd: f64,
    /// Mean days of their exponential decay.
    pub decay_days: f64,
}

/// Single large orders of resellers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WholesaleLinesSpec {
    /// Orders a product and year.
    pub a_year: f64,
    /// Median size in days of ordinary demand (log-normal).
    pub size_days: f64,
    /// Standard deviation of the log of the size.
    pub size_sd: f64,
}

/// Hosts with an effect of their own, and creatives that tire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CreatorsSpec {
    /// Number of hosts; each event has one of them, each as likely.
    pub hosts: u32,
    /// Standard deviation of their effects on log productivity.
    pub effect_sd: f64,
    /// Successive events of a product that use the same creative.
    pub events_a_creative: u32,
    /// Days on air after which a creative draws half.
    pub creative_half_life_days: f64,
}

/// Events with live sessions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LiveShareSpec {
    /// Share of the events with live sessions.
    pub share: Probability,
    /// How many times as much such an event brings.
    pub factor: f64,
    /// The slots, as the promotion calendar states them, such as `20:00-22:00`.
    pub slots: String,
}

/// The event that is planned after the last day, of every product, and what stands ready for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PlanSpec {
    /// Days from the day of the plan (the day after the records) to the first day of the event.
    pub in_days: u32,
    /// Stock on the day of the plan, in days of ordinary demand.
    pub stock_days: f64,
    /// Median price (log-normal).
    pub price: f64,
    /// Standard deviation of the log of the products' prices.
    pub price_sd: f64,
    /// Discount in events, as a share of the price.
    pub discount: Probability,
}

impl Default for PlanSpec {
    fn default() -> Self {
        Self { in_days: 30, stock_days: 20.0, price: 20.0, price_sd: 0.3, discount: share(0.1) }
    }
}

fn share(value: f64) -> Probability {
    Probability::try_new(value).unwrap_or(Probability::ZERO)
}
