//! The scenario as a file states it.

use serde::{Deserialize, Serialize};

use super::{
    AdsSpec, AlertsSpec, BundleSpec, CandidatesSpec, ClosureSpec, DispatchSpec, EventSpec, HistorySpec, HolidaySpec,
    LeadTimeSpec, LiveSpec, OrderingSpec, PlatformSpec, PreheatSpec, PriceBreakSpec, ProductSpec, ShopSpec,
    StorefrontSpec, UnplannedSpec,
};
use crate::calendar::Date;
use crate::learn::FitOptions;
use crate::units::{Probability, ServiceLevel};

/// A question to simulate: what to stock, order, warn and pause for some products and events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ScenarioSpec {
    /// Short name, which also names the report's folder: letters, digits, `-` and `_`.
    pub name: String,
    /// The question in one sentence.
    pub title: String,
    /// The question in one sentence, in Chinese.
    #[serde(default)]
    pub title_zh: Option<String>,
    /// What a reader must know about the data or the assumptions; printed in the report.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The same notes in Chinese; used for Chinese reports if given.
    #[serde(default)]
    pub notes_zh: Vec<String>,
    /// Whether the history is invented; the report then says so wherever it shows it.
    #[serde(default)]
    pub synthetic: bool,
    /// The day on which the plan is made; orders can be placed from its evening on.
    pub today: Date,
    /// Simulated days, today included. Default: to the end of the last event and one long lead time more.
    #[serde(default)]
    pub horizon_days: Option<u32>,
    /// Seed of all randomness.
    #[serde(default = "default_seed")]
    pub seed: u64,
    /// Simulated futures.
    #[serde(default = "default_paths")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 100, max = 1_048_576)))]
    pub paths: u64,
    /// Currency of every amount, such as `USD`.
    #[serde(default)]
    pub currency: Option<String>,
    /// Files of the past.
    #[serde(default)]
    pub history: Option<HistorySpec>,
    /// How to learn from the past.
    #[serde(default)]
    pub learn: FitOptions,
    /// The products.
    pub product: Vec<ProductSpec>,
    /// Bundles of the history, which are pieces of their components.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bundle: Vec<BundleSpec>,
    /// The planned events, by start.
    pub event: Vec<EventSpec>,
    /// What is already seen of an event; default nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preheat: Option<PreheatSpec>,
    /// Holidays.
    #[serde(default)]
    pub holiday: Vec<HolidaySpec>,
    /// Live sessions.
    #[serde(default)]
    pub live: Vec<LiveSpec>,
    /// What the products have in common.
    #[serde(default)]
    pub shop: ShopSpec,
    /// Bursts that nobody has planned; default none.
    #[serde(default)]
    pub unplanned: Option<UnplannedSpec>,
    /// Sales channels that show a number of pieces; default every order meets the true stock.
    #[serde(default)]
    pub storefront: Option<StorefrontSpec>,
    /// From accepted orders to parcels; default all leave on their day.
    #[serde(default)]
    pub dispatch: Option<DispatchSpec>,
    /// Rules of the marketplace; default none.
    #[serde(default)]
    pub platform: Option<PlatformSpec>,
    /// The lead-time modes.
    pub lead_time: Vec<LeadTimeSpec>,
    /// Days on which the supplier is closed.
    #[serde(default)]
    pub closure: Vec<ClosureSpec>,
    /// Supplier's limits and deadlines.
    #[serde(default)]
    pub ordering: OrderingSpec,
    /// Prices and costs; without them the recommendation is the least stock within the limits.
    #[serde(default)]
    pub money: Option<MoneySpec>,
    /// Share of customers who wait when the shelf is empty; the others are lost.
    #[serde(default = "default_waiting")]
    pub waiting_share: Probability,
    /// How ad demand answers to a pause and a restart.
    #[serde(default)]
    pub ads: AdsSpec,
    /// Stock alerts.
    #[serde(default)]
    pub alerts: AlertsSpec,
    /// What to compare.
    #[serde(default)]
    pub candidates: CandidatesSpec,
    /// Limits that a plan must keep.
    #[serde(default)]
    pub limits: LimitsSpec,
}

const fn default_seed() -> u64 {
    1
}

const fn default_paths() -> u64 {
    4096
}

const fn default_waiting() -> Probability {
    Probability::ZERO
}

/// Prices and costs of a piece, in the scenario's currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MoneySpec {
    /// Selling price; a product or an event may state its own.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub price: f64,
    /// Landed cost; a product may state its own.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub unit_cost: f64,
    /// Lower landed costs of large orders, all pieces of an order at the price of its size; a product may state its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub price_breaks: Vec<PriceBreakSpec>,
    /// Platform fee as a share of the price.
    #[serde(default = "default_waiting")]
    pub platform_fee: Probability,
    /// Creator's commission as a share of the price; an event may state its own.
    #[serde(default = "default_waiting")]
    pub commission: Probability,
    /// Outbound freight and packing a piece sold.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub outbound: f64,
    /// Expected cost of returns a piece sold; where `[dispatch]` states a return share, what each returned piece costs
    /// beyond its price.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub returns: f64,
    /// What an order cancelled by the seller's fault costs a piece, beyond its margin.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub cancel_cost: f64,
    /// Goodwill lost with each lost piece, beyond its margin.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub goodwill: f64,
    /// Holding and capital cost a piece and day.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub holding: f64,
    /// What a piece is worth that is left beyond the stated days of cover.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub salvage: f64,
    /// Days of ordinary sales for which stock left at the end keeps its cost as value.
    #[serde(default = "default_keep_days")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 3650)))]
    pub keep_days: u32,
    /// Share of the goods that is paid with the order; default none. With this key, one of the next two or a limit on
    /// the cash peak, cash by day is worked out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit: Option<Probability>,
    /// Days from the order until the rest is paid; default on receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 730)))]
    pub balance_days: Option<u32>,
    /// Days from a sale until the marketplace pays it; default none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 365)))]
    pub settlement_days: Option<u32>,
}

const fn default_keep_days() -> u32 {
    30
}

/// Limits that a plan must keep. A limit that is written here and cannot be met makes the run end with "nothing
/// feasible".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct LimitsSpec {
    /// Largest probability of any stockout in an event.
    pub stockout: Option<ServiceLevel>,
    /// Least share of reference demand that is served on its day.
    pub fill_rate: Option<Probability>,
    /// Most pieces left after the last event day, on average.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub leftover: Option<f64>,
    /// Most money for goods ordered, on average; needs unit costs.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub budget: Option<f64>,
    /// Most money that the plan ties up on some evening, on average; needs prices.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e15)))]
    pub cash_peak: Option<f64>,
    /// Largest probability of any oversell in an event; needs a storefront.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oversell: Option<ServiceLevel>,
    /// Largest probability that the seller-fault cancellation rate crosses the platform's lowest step; needs the
    /// platform's rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_rate: Option<ServiceLevel>,
}

/// A scenario that keeps every rule, with its defaults filled in.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Scenario(pub(super) ScenarioSpec);

impl Scenario {
    /// The scenario, resolved.
    #[must_use]
    pub const fn spec(&self) -> &ScenarioSpec {
        &self.0
    }

    /// Whether cash by day is asked for: by terms of payment or a limit.
    #[must_use]
    pub fn counts_cash(&self) -> bool {
        self.0.money.as_ref().is_some_and(|money| {
            let terms = money.deposit.is_some() || money.balance_days.is_some() || money.settlement_days.is_some();
            terms || self.0.limits.cash_peak.is_some()
        })
    }

    /// Service level of ordinary reordering, for rules that do not reorder for the events.
    #[must_use]
    pub fn ordinary_service(&self) -> ServiceLevel {
        super::validate::default_service()
    }

    /// First simulated day of an event, as an index (today is day 0).
    #[must_use]
    pub fn start_day(&self, event: &EventSpec) -> usize {
        usize::try_from(event.start.days_since(self.0.today)).unwrap_or(0)
    }

    /// Indices of the events that a product takes part in, by start.
    #[must_use]
    pub fn events_of(&self, sku: &str) -> Vec<usize> {
        let mut events: Vec<usize> = (0..self.0.event.len()).filter(|at| self.0.event[*at].has_product(sku)).collect();
        events.sort_by_key(|at| self.0.event[*at].start);
        events
    }

    /// The same scenario with other paths and seed, as asked for on the command line.
    ///
    /// # Errors
    /// The problems of the new values.
    pub fn with_run_options(&self, paths: Option<u64>, seed: Option<u64>) -> Result<Self, Vec<super::SpecProblem>> {
        let mut spec = self.0.clone();
        spec.paths = paths.unwrap_or(spec.paths);
        spec.seed = seed.unwrap_or(spec.seed);
        spec.validate()
    }
}
