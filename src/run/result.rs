//! The result: everything that a report or another program may want to know, as plain data.

use serde::{Deserialize, Serialize};

use super::{Candidate, PauseRule};
use crate::calendar::Date;
use crate::evaluate::{AlertWorth, CandidateKpis, Reactions};
use crate::learn::{FittedProduct, LeadTimeEvidence, Pool, Update};
use crate::policy::PlatformMetric;
use crate::process::{LifeCycle, OrganicDemand};
use crate::recommend::{Choice, LimitCheck, Objective, OrderDate};
use crate::scenario::{Scenario, ScenarioSpec};
use crate::stats::{Estimate, Interval};
use crate::units::Probability;

/// Name of the result's format.
pub const FORMAT: &str = "stockburst-result";
/// Version of the result's format; raised when a field changes its meaning or goes away.
pub const FORMAT_VERSION: u32 = 1;

/// The result of one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunResult {
    /// Always [`FORMAT`].
    pub format: String,
    /// [`FORMAT_VERSION`] of the writer.
    pub format_version: u32,
    /// Version of stockburst.
    pub version: String,
    /// Seed of all randomness.
    pub seed: u64,
    /// Futures on which candidates were compared, and again on which the chosen one was confirmed.
    pub paths: u64,
    /// The scenario with its defaults filled in.
    pub scenario: ScenarioSpec,
    /// The files that went in, with their digests.
    pub inputs: Vec<InputFile>,
    /// What the products' bursts have in common, where there are any.
    pub burst_pool: Option<Pool>,
    /// The day on which the marketplace's rules were read, where plans are held against such rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_rules_as_of: Option<Date>,
    /// Bundles of the history, sold as pieces of their components.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bundles: Vec<BundleResult>,
    /// One result a product.
    pub products: Vec<ProductResult>,
}

/// A bundle whose sales were counted as those of its components.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleResult {
    /// The bundle.
    pub sku: String,
    /// Days on which it was sold.
    pub days: u64,
    /// Bundles sold.
    pub bundles: u64,
    /// Pieces of components that they were.
    pub pieces: u64,
}

/// A file that went in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// What it was read as: `scenario`, `sales`, ...
    pub role: String,
    /// Its path as written.
    pub path: String,
    /// Rows of data; 0 for a scenario.
    pub rows: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The result of one product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProductResult {
    /// Identifier.
    pub sku: String,
    /// Name to show.
    pub name: String,
    /// Stock that may be sold on day 0.
    pub opening_stock: u64,
    /// Simulated days; day 0 is the scenario's `today`.
    pub days: usize,
    /// What was learned; none if demand was stated.
    pub fit: Option<FittedProduct>,
    /// Ordinary demand that was simulated.
    pub organic: OrganicDemand,
    /// How it grows or falls over the simulated days.
    #[serde(default)]
    pub life_cycle: LifeCycle,
    /// The events' forecasts.
    pub events: Vec<EventForecast>,
    /// The lead-time modes.
    pub lead_times: Vec<LeadTimeResult>,
    /// What the formulas were given.
    pub formula_inputs: FormulaInputs,
    /// Every candidate, by number.
    pub candidates: Vec<CandidateResult>,
    /// The decision.
    pub decision: Decision,
    /// What a reader must know.
    pub caveats: Vec<RunCaveat>,
}

/// The forecast of one event of a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventForecast {
    /// The event.
    pub id: String,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Index of the first day.
    pub start_day: usize,
    /// Days.
    pub days: usize,
    /// Mean predicted total F: ordinary demand and uplift.
    pub predicted_total: f64,
    /// Ordinary part of it.
    pub ordinary_total: f64,
    /// 5, 50, 80, 90 and 95 % points of the total, from the planning futures.
    pub total_quantiles: [f64; 5],
    /// P(total demand is at most m x F) for the customary multipliers.
    pub multiplier_service: Vec<(f64, Probability)>,
    /// How these stand to the service that is asked for; none where no pieces are predicted.
    #[serde(default)]
    pub multiplier_reach: Option<MultiplierReach>,
    /// Past bursts of the product behind it, if it comes from the past.
    pub bursts: Option<usize>,
    /// Highest service that a replay of n own bursts can honestly promise: n / (n + 1).
    pub replay_ceiling: Option<f64>,
    /// Past bursts on the event's days, as demand over ordinary demand, for the burst chart.
    pub past: Vec<BurstDays>,
    /// Mean, 10 % and 90 % point of demand on each event day, in pieces.
    pub daily: Vec<[f64; 3]>,
}

/// How multiples of an event's predicted total stand to the service that is asked for, if they are all the stock that
/// there is for the event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MultiplierReach {
    /// P(no stockout) that is asked for: 1 less the limit on stockouts, or the ordinary service level.
    pub target: Probability,
    /// Whether the limit was written.
    pub written: bool,
    /// Futures behind each probability.
    pub futures: u64,
    /// 95 % intervals (Wilson) of the probabilities of the customary multipliers, in their order.
    pub intervals: Vec<Interval>,
    /// How the largest of the customary multipliers stands to the target.
    pub largest: Reach,
    /// The smallest multiplier that covers demand with the target's probability, rounded up to a hundredth; none where
    /// futures or past bursts are too few to tell.
    pub needed: Option<f64>,
}

/// How a simulated probability stands to the one that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Its whole interval reaches it.
    Reached,
    /// Its whole interval falls short of it.
    FallsShort,
    /// Its interval holds it: so many futures do not tell.
    TooClose,
    /// It reaches it in futures that replay too few past bursts to promise as much.
    Unproven,
}

/// One past burst, carried over to the event's length and level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BurstDays {
    /// Its first day in history.
    pub start: Date,
    /// Pieces a day that it would mean for the event, ordinary demand included.
    pub pieces: Vec<f64>,
}

/// A lead-time mode of the result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeadTimeResult {
    /// Name.
    pub mode: String,
    /// Mean in whole days, receipt minus order.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// 50, 90, 95 and 99 % points in days.
    pub quantiles: [u32; 4],
    /// Purchase records behind it; none if it is stated.
    pub records: Option<usize>,
    /// What stands behind each part of it that was learned from them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<LeadTimeEvidence>,
    /// Share of orders that need each number of days, as (days, share).
    pub distribution: Vec<(u32, f64)>,
    /// Mean days of each stage, in order.
    pub stages: Vec<(String, f64)>,
    /// When the pre-stock order for the first event must be placed by this mode.
    pub order_date: OrderDate,
    /// Protection interval of a daily review, P = R + L - 1, in mean days.
    pub protection_days: f64,
}

/// What the constant formulas were given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormulaInputs {
    /// Mean demand a day.
    pub daily_mean: f64,
    /// Its standard deviation.
    pub daily_sd: f64,
    /// Largest demand of a day.
    pub daily_max: f64,
    /// Where they come from: `history`, or `forecast` (99 % point as the maximum) where there is none.
    pub basis: String,
    /// Days behind them.
    pub days: usize,
}

/// One candidate with its outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CandidateResult {
    /// The decision.
    #[serde(flatten)]
    pub candidate: Candidate,
    /// Its KPIs over the comparison futures.
    pub kpis: CandidateKpis,
    /// Whether it keeps every limit.
    pub feasible: bool,
}

/// The decision for one product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What was sought.
    pub objective: Objective,
    /// The choice among the candidates (indices are candidate numbers).
    pub choice: Choice,
    /// The chosen candidate's KPIs over fresh futures: the numbers to quote.
    pub confirmed: CandidateKpis,
    /// The fresh KPIs against every limit.
    pub confirmed_limits: Vec<LimitCheck>,
    /// Candidates looked at.
    pub looked_at: usize,
    /// The smallest multiplier of the chosen kind of candidate that keeps every limit, if one does.
    pub least_feasible_multiplier: Option<f64>,
    /// The reorder point to type in, week by week, if the rule is rolling.
    pub rolling: Vec<RollingStep>,
    /// Stock levels of the alerts in pieces, at the mean stock of the event's first hour, highest first.
    pub alert_units: Vec<u64>,
    /// Those of the alerts in days of cover, at the forecast of that day; they follow the others in the KPIs.
    pub alert_cover_units: Vec<u64>,
    /// What each alert level is worth over fresh futures, in the order of the KPIs.
    #[serde(default)]
    pub alert_worth: Vec<AlertWorth>,
    /// The reaction times that decide what is useful.
    #[serde(default)]
    pub reactions: Reactions,
    /// Pause and resume in pieces on that day.
    pub pause_units: Option<[u64; 2]>,
    /// Mean stock at the event's first hour.
    pub event_start_stock: f64,
    /// Mean pieces that the reorder rule orders on the first evening on which the supplier takes orders.
    #[serde(default)]
    pub first_reorder: f64,
    /// Events in sequence, one by one; empty where there is only one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub event_plans: Vec<EventPlan>,
    /// Until when the pre-stock order may wait; none without one.
    pub order_by: Option<OrderBy>,
    /// Pre-stock orders whose latest date by the chosen mode has passed, by event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub late_orders: Vec<LateOrder>,
    /// First day of ordinary reordering, if the rule does not reorder for the events.
    pub ordinary_from: Option<Date>,
    /// Stock by day over fresh futures.
    pub fan: Vec<FanDay>,
    /// The chosen candidate under other assumptions.
    pub checks: Vec<Check>,
    /// The customary rule for comparison: the max-average candidate without pre-stock by the chosen mode, if there.
    pub rule_of_thumb: Option<usize>,
}

/// What is decided for one of several events, and what it meets and leaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventPlan {
    /// The event.
    pub event: String,
    /// Pieces of its pre-stock order.
    pub pre_stock_units: u64,
    /// Day on which the order is placed; none without one.
    pub order_on: Option<Date>,
    /// Mean stock at its first hour.
    pub start_stock: f64,
    /// Mean stock on its last evening: what it leaves to what comes after it.
    pub leftover: f64,
    /// As [`Decision::alert_units`], of this event.
    #[serde(default)]
    pub alert_units: Vec<u64>,
    /// As [`Decision::alert_cover_units`], of this event.
    #[serde(default)]
    pub alert_cover_units: Vec<u64>,
    /// As [`Decision::pause_units`], of this event.
    #[serde(default)]
    pub pause_units: Option<[u64; 2]>,
}

/// A pre-stock order that can no longer be placed with the promised probability of being in time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LateOrder {
    /// The event.
    pub event: String,
    /// Pieces of the order; where it is not placed, those that the predicted sales of the event ask for.
    pub units: u64,
    /// Whether it is placed all the same. It is not where it hardly arrives before the event is over.
    pub placed: bool,
    /// First day on which it can be placed.
    pub order_on: Date,
    /// Last day on which it would have had the promised probability.
    pub latest: Date,
    /// The promised probability.
    pub promised: Probability,
    /// Day by which half of such orders are on the shelf.
    pub half_by: Date,
    /// Probability of being on the shelf in time.
    pub in_time: Probability,
    /// Whether that is next to nothing: the event begins without it.
    pub misses_start: bool,
    /// Probability of being on the shelf by the event's last day.
    pub by_end: Probability,
}

/// The last day on which the pre-stock order may be placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderBy {
    /// The last day with the promised probability of being in time on which every limit is still kept over fresh
    /// futures; today if waiting breaks one.
    pub date: Date,
    /// Probability of being on the shelf in time if ordered then.
    pub on_time: Probability,
    /// Risk of any stockout in the events if ordered then.
    pub stockout: Estimate,
    /// Its 95 % interval.
    pub stockout_interval: Interval,
}

/// A stretch of days with one reorder point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RollingStep {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Highest reorder point of these days.
    pub reorder_point: u64,
}

/// Percentiles of the evening stock of one day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FanDay {
    /// 5, 25, 50, 75 and 95 % points.
    pub stock: [u64; 5],
    /// Mean pieces received in the morning.
    pub received: f64,
}

/// What a check changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckKind {
    /// The pre-stock order is placed on its latest date instead of today.
    OrderedOnLatestDate,
    /// The amplitude is cut at its 99.99 % point instead of the 99.9 % point.
    WiderTail,
    /// Past bursts are replayed as they were.
    Replay,
    /// The amplitude comes from all products together.
    Hier,
}

/// The chosen candidate under another assumption.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// What is changed.
    pub kind: CheckKind,
    /// Its KPIs then, over the fresh futures.
    pub kpis: CandidateKpis,
}

/// What a reader must know of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum RunCaveat {
    /// The planned spend lies far above anything in the library.
    SpendBeyondHistory {
        /// The event.
        event: String,
        /// Planned spend a day.
        planned: f64,
        /// Largest spend a day in the library.
        largest: f64,
    },
    /// The latest order date has passed so long ago that an order hardly arrives in time.
    TooLate {
        /// The mode.
        mode: String,
        /// Probability of being on the shelf in time if ordered today.
        on_time: f64,
    },
    /// The recommended plan is expected to lose money.
    ExpectedLoss,
    /// Fewer than half of what customers would order in the events is served on its day.
    MostlyUnserved {
        /// The share that is.
        served: f64,
    },
    /// Accepted pieces are cancelled as the seller's fault.
    CancelledBySeller {
        /// Their share.
        share: f64,
    },
    /// A rate of the marketplace may be crossed.
    PlatformStep {
        /// What is measured.
        metric: PlatformMetric,
        /// The rate at which the platform acts first.
        rate: f64,
        /// Probability that it is crossed on some day.
        crossed: f64,
    },
    /// Replayed bursts are too few to promise what the limit asks for.
    ReplayCeiling {
        /// Past bursts of the product.
        bursts: usize,
        /// The highest service that they can promise.
        ceiling: f64,
    },
    /// Sales after the day of the plan were not used.
    LaterSalesUnused {
        /// Days of them.
        days: i64,
    },
    /// The promotion calendar names other products only.
    NoPromotionOfProduct,
    /// The latest order date has passed.
    OrderDatePassed {
        /// The mode.
        mode: String,
        /// The date.
        latest: Date,
    },
    /// Multipliers were raised as far as they go and the limits are still not kept.
    MultipliersExhausted {
        /// The highest tried.
        highest: f64,
    },
    /// On fresh futures the chosen candidate does not quite keep limits that it kept on the others.
    NotConfirmed {
        /// These limits.
        #[serde(default)]
        limits: Vec<Unconfirmed>,
    },
    /// Orders that are still open make a learned lead time longer than the finished ones alone would.
    OpenOrdersCount {
        /// The mode.
        mode: String,
        /// Open orders.
        open: usize,
        /// Mean days of the finished orders, before any scaling.
        finished_mean: f64,
        /// Mean days with the open ones counted.
        mean: f64,
        /// Days since the oldest of them.
        longest_open: f64,
    },
    /// The sales end long before the plan is made.
    StaleHistory {
        /// Last day of the sales.
        last_day: Date,
        /// Days from it to the day of the plan.
        days: i64,
    },
    /// An event of another product's bursts: the product has none of its own.
    BorrowedBursts {
        /// The event.
        event: String,
        /// Products like it, the nearest first; none if all products together stand in.
        #[serde(default)]
        like: Vec<String>,
    },
    /// What is already seen of an event has moved its burst.
    Preheat {
        /// The event.
        event: String,
        /// Its size before and after.
        update: Update,
    },
    /// Planned spend moves an event's burst by an association in the past, not by a proven effect.
    SpendAssociation {
        /// The event.
        event: String,
        /// Uplift over that of typical spend.
        factor: f64,
        /// Elasticity that was used.
        elasticity: f64,
        /// The shop's own estimate and its standard error, where its records tell.
        estimate: Option<[f64; 2]>,
        /// Bursts of known spend.
        bursts: usize,
        /// Those of which only realised spend is known.
        realised: usize,
    },
}

/// A limit that a candidate kept where candidates were compared, and breaks on fresh futures.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Unconfirmed {
    /// The limit and the candidate's number where candidates were compared.
    pub compared: LimitCheck,
    /// The same on fresh futures.
    pub fresh: LimitCheck,
}

impl RunCaveat {
    /// Whether it speaks against the plan, whatever limits it keeps: most of the demand unserved, one order in ten
    /// cancelled, or a rate of the marketplace that is more likely crossed than not.
    #[must_use]
    pub fn forbids(&self) -> bool {
        match self {
            Self::MostlyUnserved { .. } => true,
            Self::CancelledBySeller { share } => *share >= 0.1,
            Self::PlatformStep { crossed, .. } => *crossed >= 0.5,
            _ => false,
        }
    }
}

impl RunResult {
    pub(super) fn new(scenario: &Scenario, products: Vec<ProductResult>, burst_pool: Option<Pool>) -> Self {
        let spec = scenario.spec();
        Self {
            format: FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            seed: spec.seed,
            paths: spec.paths,
            scenario: spec.clone(),
            inputs: Vec::new(),
            burst_pool,
            bundles: Vec::new(),
            platform_rules_as_of: spec.platform.as_ref().and_then(|platform| platform.as_of),
            products,
        }
    }

    /// Products for which a limit that the user wrote is not kept by any candidate.
    pub fn infeasible(&self) -> impl Iterator<Item = &ProductResult> {
        self.products.iter().filter(|product| {
            let choice = &product.decision.choice;
            !choice.feasible && choice.limits.iter().any(|check| check.limit.written && !check.kept)
        })
    }
}

impl ProductResult {
    /// The chosen candidate.
    #[must_use]
    pub fn chosen(&self) -> &CandidateResult {
        &self.candidates[self.decision.choice.chosen]
    }

    /// The lead-time mode of a candidate.
    #[must_use]
    pub fn lead_time(&self, candidate: &Candidate) -> Option<&LeadTimeResult> {
        self.lead_times.iter().find(|lead| lead.mode == candidate.mode)
    }
}

impl Candidate {
    /// Whether two candidates differ in their multiplier only.
    #[must_use]
    pub fn same_but_multiplier(&self, other: &Self) -> bool {
        self.mode == other.mode
            && self.formula == other.formula
            && self.service == other.service
            && self.reorder_point == other.reorder_point
            && self.phases == other.phases
            && same_pause(self.pause, other.pause)
    }
}

fn same_pause(a: Option<PauseRule>, b: Option<PauseRule>) -> bool {
    a == b
}
