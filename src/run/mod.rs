//! The whole job: a scenario and a history in, a result out.
//!
//! Puts the rooms in a row (learn, process, simulate, evaluate, recommend) and holds no method of its own. It reads
//! no files and shows nothing; an [`Observer`] may watch it.
//!
//! [`Observer`]: crate::simulate::Observer

mod caveats;
mod checks;
mod describe;
mod design;
mod error;
mod field;
mod forecast;
mod futures;
mod lanes;
mod late;
mod levels;
mod multiples;
mod planned;
mod pre_stock;
mod product;
mod ready;
mod reorder_rule;
mod result;
mod setting;
mod shop;
mod surroundings;

pub use design::{Candidate, LaterPreStock, PauseRule};
pub use error::RunError;
pub use result::{
    BundleResult, BurstDays, CandidateResult, Check, CheckKind, Decision, EventForecast, EventPlan, FORMAT,
    FORMAT_VERSION, FanDay, FormulaInputs, InputFile, LateOrder, LeadTimeResult, MultiplierReach, OrderBy,
    ProductResult, Reach, RollingStep, RunCaveat, RunResult, Unconfirmed,
};

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use self::product::ProductInputs;
use crate::history::{Bundle, Exploded, History, Sku};
use crate::learn::{FitOptions, FittedProduct, Learned, Pool, learn_shop};
use crate::process::Holiday;
use crate::scenario::{BundleSpec, ComponentSpec, Scenario, ScenarioSpec};
use crate::simulate::Observer;

/// Learns, simulates, compares and recommends: one result for each product of the scenario.
///
/// # Errors
/// [`RunError`] if the history lacks what the scenario asks for, or the observer cancels.
///
/// ```
/// use stockburst::history::History;
/// use stockburst::scenario::ScenarioSpec;
/// use stockburst::simulate::Silent;
/// let spec: ScenarioSpec = serde_json::from_str(r#"{
///   "name": "tiny", "title": "How much?", "today": "2026-10-01", "paths": 200,
///   "product": [{"sku": "A", "opening-stock": 100, "demand": {"per-day": 5}}],
///   "event": [{"id": "sale", "start": "2026-10-20", "demand":
///     {"kind": "parametric", "ramp-days": 1, "plateau-days": [3, 4], "peak-per-day": 40}}],
///   "lead-time": [{"mode": "air", "stage": [{"name": "all", "days": {"kind": "gamma", "mean": 9, "cv": 0.3}}]}]
/// }"#).unwrap();
/// let result = stockburst::run(&spec.validate().unwrap(), &History::default(), &Silent).unwrap();
/// assert!(result.products[0].decision.choice.feasible);
/// ```
pub fn run(scenario: &Scenario, history: &History, observer: &dyn Observer) -> Result<RunResult, RunError> {
    observer.stage("learning");
    let run = |inputs: &ProductInputs<'_>| {
        observer.stage(inputs.product.label());
        product::run_product(inputs, observer)
    };
    let Run { products, bundles, pool } = each_product(scenario, history, &run)?;
    Ok(RunResult { bundles, ..RunResult::new(scenario, products, (pool.bursts > 0).then_some(pool)) })
}

/// Learns and checks all that [`run()`] learns and checks before it simulates, and simulates nothing.
///
/// # Errors
/// As [`run()`], but for what only shows in the simulation: a formula that cannot use its forecast.
///
/// ```
/// use stockburst::history::History;
/// use stockburst::scenario::ScenarioSpec;
/// let text = r#"{
///   "name": "tiny", "title": "How much?", "today": "2026-10-01",
///   "product": [{"sku": "A", "opening-stock": 100, "demand": {"per-day": 5}}],
///   "event": [{"id": "sale", "start": "2026-10-20", "demand":
///     {"kind": "parametric", "ramp-days": 1, "plateau-days": [3, 4], "peak-per-day": 40}}],
///   "lead-time": [{"mode": "air", "stage": [{"name": "all", "days": {"kind": "gamma", "mean": 9, "cv": 0.3}}]}],
///   "limits": LIMITS
/// }"#;
/// let check = |limits: &str| {
///     let spec: ScenarioSpec = serde_json::from_str(&text.replace("LIMITS", limits)).unwrap();
///     stockburst::run::check(&spec.validate().unwrap(), &History::default())
/// };
/// assert!(check("{}").is_ok());
/// assert!(check(r#"{"oversell": 0.05}"#).is_err(), "no sales channel could oversell");
/// ```
pub fn check(scenario: &Scenario, history: &History) -> Result<(), RunError> {
    each_product(scenario, history, &|inputs| ready::ready(inputs).map(|_| ())).map(|_| ())
}

/// The past bursts of one product of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BurstLibrary {
    /// The product.
    pub sku: String,
    /// Its name, where one is given.
    pub name: Option<String>,
    /// What was learned of it, the bursts among it; nothing where demand is stated.
    pub fit: Option<FittedProduct>,
}

/// Learns the past bursts of each product as [`run()`] does, and goes no further.
///
/// # Errors
/// As [`run()`], of what is learned.
pub fn bursts(scenario: &Scenario, history: &History) -> Result<Vec<BurstLibrary>, RunError> {
    let library = |inputs: &ProductInputs<'_>| {
        let product = inputs.product;
        let fit = inputs.fit.filter(|_| product.demand.is_none()).cloned();
        Ok(BurstLibrary { sku: product.sku.clone(), name: product.name.clone(), fit })
    };
    each_product(scenario, history, &library).map(|run| run.products)
}

/// The history that a scenario learns from: as it was known on the evening of its day, bundles as their components.
///
/// # Errors
/// [`RunError`] if a bundle or a component is unknown.
pub fn known(scenario: &Scenario, history: &History) -> Result<History, RunError> {
    let mut known = history.as_of(scenario.spec().today);
    explode(scenario.spec(), &mut known).map(|_| known)
}

/// What became of the products, and what they share.
struct Run<T> {
    products: Vec<T>,
    bundles: Vec<BundleResult>,
    pool: Pool,
}

/// Learns what is known today, and does something with each product.
fn each_product<T>(
    scenario: &Scenario,
    history: &History,
    each: &dyn Fn(&ProductInputs<'_>) -> Result<T, RunError>,
) -> Result<Run<T>, RunError> {
    let spec = scenario.spec();
    let mut known = history.as_of(spec.today);
    let bundles = explode(spec, &mut known)?;
    let (all, history) = (history, &known);
    let learned = learn(scenario, history)?;
    // The first event's length stands for the pool that the result shows.
    let length = spec.event.first().map_or(1, crate::scenario::EventSpec::length);
    let pool = learned.pool(length as f64);
    let chains = lanes::chains(scenario, history)?;
    let mut products = Vec::with_capacity(spec.product.len());
    for product in &spec.product {
        let sku = Sku(product.sku.clone());
        let fit = learned.fits().get(&sku);
        let later_days = all.sales.get(&sku).map_or(0, |series| series.last_day().days_since(spec.today).max(0));
        let inputs = ProductInputs { scenario, history, product, fit, later_days, learned: &learned, chains: &chains };
        products.push(each(&inputs)?);
    }
    Ok(Run { products, bundles, pool })
}

/// Turns the records of bundles into those of their components.
fn explode(spec: &ScenarioSpec, history: &mut History) -> Result<Vec<BundleResult>, RunError> {
    let is_unknown = |bundle: &BundleSpec| !history.sales.contains_key(&Sku(bundle.sku.clone()));
    let unknown = spec.bundle.iter().enumerate().filter(|(_, bundle)| is_unknown(bundle));
    let unknown: Vec<_> = unknown.map(|(at, bundle)| error::unknown_bundle(at, &bundle.sku)).collect();
    if !unknown.is_empty() {
        return Err(RunError::Scenario(unknown));
    }
    // A component that nobody plans and nothing else was sold of is a slip of the pen: its sales would be lost.
    let is_nobody = |sku: &str| {
        !spec.product.iter().any(|product| product.sku == sku) && !history.sales.contains_key(&Sku(sku.to_owned()))
    };
    let nobody: Vec<_> = spec
        .bundle
        .iter()
        .enumerate()
        .flat_map(|(at, bundle)| bundle.components.iter().enumerate().map(move |(which, part)| (at, which, &part.sku)))
        .filter(|(_, _, sku)| is_nobody(sku))
        .map(|(at, which, sku)| error::unknown_component(at, which, sku))
        .collect();
    if !nobody.is_empty() {
        return Err(RunError::Scenario(nobody));
    }
    let component = |component: &ComponentSpec| (Sku(component.sku.clone()), component.units);
    let bundle = |bundle: &BundleSpec| Bundle {
        sku: Sku(bundle.sku.clone()),
        components: bundle.components.iter().map(component).collect(),
    };
    let bundles: Vec<Bundle> = spec.bundle.iter().map(bundle).collect();
    let exploded = history.explode(&bundles);
    let result = |(bundle, exploded): (Bundle, Exploded)| BundleResult {
        sku: bundle.sku.0,
        days: exploded.days,
        bundles: exploded.bundles,
        pieces: exploded.pieces,
    };
    Ok(bundles.into_iter().zip(exploded).map(result).collect())
}

/// How to learn, with the holidays of the scenario.
#[must_use]
pub fn fit_options(spec: &ScenarioSpec) -> FitOptions {
    let holidays = spec.holiday.iter();
    let holidays = holidays.map(|h| Holiday { date: h.date, days: h.days, factor: h.factor }).collect();
    FitOptions { holidays, ..spec.learn.clone() }
}

/// The history without the days on which an event of the scenario already runs: they are weighed as the event's, and taught as
/// ordinary days they would count twice.
fn before_running_events<'a>(spec: &ScenarioSpec, history: &'a History) -> Cow<'a, History> {
    let mut known = Cow::Borrowed(history);
    for event in spec.event.iter().filter(|event| event.ran() > 0) {
        let first = event.start.plus_days(-(event.ran() as i64));
        for product in spec.product.iter().filter(|product| event.has_product(&product.sku)) {
            let sku = Sku(product.sku.clone());
            let Some(series) = history.sales.get(&sku) else { continue };
            let days = usize::try_from(first.days_since(series.first_day)).unwrap_or(0);
            // Of a product that began with the event, these days are all there is.
            if days > 0
                && days < series.days.len()
                && let Some(series) = known.to_mut().sales.get_mut(&sku)
            {
                series.days.truncate(days);
            }
        }
    }
    known
}

/// Fits every product of the sales file: those of the scenario because they are asked for, the others because all
/// products together tell how wide bursts scatter.
fn learn(scenario: &Scenario, history: &History) -> Result<Learned, RunError> {
    let spec = scenario.spec();
    let learned = learn_shop(&before_running_events(spec, history), &fit_options(spec));
    let unknown: Vec<_> = spec
        .product
        .iter()
        .enumerate()
        .filter(|(_, product)| product.demand.is_none() && !history.sales.contains_key(&Sku(product.sku.clone())))
        .map(|(at, product)| error::unknown_sku(at, &product.sku, history))
        .collect();
    if unknown.is_empty() { Ok(learned) } else { Err(RunError::Scenario(unknown)) }
}
