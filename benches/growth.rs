//! Whether time grows in step with paths, days, candidates and products, and memory not with paths.
//!
//! `cargo bench --bench growth` prints one JSON object: for each, the time of four times as much divided by four times the
//! time (1 is linear; the least of several rounds counts), and peak memory (`VmHWM`, Linux only) of few and of many
//! paths, and of a run of `--products N` (default 1,000).

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench measures and prints")]

use std::time::Instant;

use serde_json::{Value, json};
use stockburst::evaluate::compare;
use stockburst::history::History;
use stockburst::policy::{OrderLimits, OrderSize, ReorderLevels, Replenishment};
use stockburst::process::{
    BurstProcess, BurstShape, DayNoise, DurationLaw, EventDemand, LeadTimeChain, OrganicDemand, PathSet,
    ProductProcess, Stage, Uplift,
};
use stockburst::random::Seed;
use stockburst::scenario::{Scenario, ScenarioSpec};
use stockburst::simulate::{Batch, PolicyPlan, Setting, Silent, VectorUnit};
use stockburst::units::Units;

/// How much is simulated.
#[derive(Clone, Copy)]
struct Work {
    paths: u64,
    days: usize,
    candidates: u64,
}

/// The least: whole chunks of paths, whole vectors of candidates.
const LEAST: Work = Work { paths: 1024, days: 90, candidates: 128 };
const ROUNDS: usize = 5;

fn process(days: usize) -> ProductProcess {
    let organic = OrganicDemand { level: 40.0, weekday: [1.0; 7], level_error: 0.1, noise: DayNoise::Poisson };
    let weights = BurstShape::typical_weights(3, 8, 3.0, 30);
    // A burst every 45 days, so that a longer horizon holds more of the same.
    let event = |at: usize| EventDemand {
        id: format!("event-{at}"),
        start: 45 * at + 10,
        days: 30,
        planned_spend: vec![0.0; 30],
        burst: BurstProcess {
            uplift: Uplift::Gamma { mean: 6000.0, shape: 4.0 },
            shapes: vec![BurstShape::from_weights(&weights).expect("a shape")],
            masses: vec![1.0],
            noise: DayNoise::NegativeBinomial { size: 20.0 },
            follows_level: false,
        },
    };
    let stage = Stage { name: "all".into(), law: DurationLaw::Gamma { mean: 15.0, cv: 0.2 } };
    ProductProcess {
        events: (0..days / 45).map(event).collect(),
        chains: vec![LeadTimeChain::new("supplier", vec![stage])],
        ..ProductProcess::new("growth", "2026-01-05".parse().expect("a date"), days, organic)
    }
}

fn seconds(work: Work) -> f64 {
    let process = process(work.days);
    let setting =
        Setting { event_starts: vec![0], event_of: vec![Some(0); work.days], ..Setting::new(work.days, Units(4000)) };
    let plan = |at: u64| PolicyPlan {
        mode: 0,
        pre_stocked: Units::ZERO,
        pre_stock: None,
        later_pre_stock: Vec::new(),
        expedite: None,
        replenishment: Replenishment {
            // More candidates are more of the same, in 16 bits: their levels lie closer together.
            levels: ReorderLevels::Constant { level: Units(500 + 10_000 * at / work.candidates), last_order_day: None },
            size: OrderSize::Lot { quantity: Units(3000) },
            limits: OrderLimits::NONE,
        },
        guard: None,
    };
    let plans: Vec<PolicyPlan> = (0..work.candidates).map(plan).collect();
    let batch = Batch { process: &process, seed: Seed(1), set: PathSet::Comparison, count: work.paths };
    timed(|| compare(&batch, &plans, &setting, None, VectorUnit::Widest, &Silent).expect("nobody cancels"))
}

fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let begun = Instant::now();
    std::hint::black_box(work());
    begun.elapsed().as_secs_f64()
}

/// Time of `more` by the time of `less`, rounds taken in turn, divided by 4.
fn ratio(less: impl Fn() -> f64, more: impl Fn() -> f64) -> f64 {
    let (mut one, mut four) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        one = one.min(less());
        four = four.min(more());
    }
    four / one / 4.0
}

/// A shop of `products` products with stated demand.
fn shop(products: u64, paths: u64) -> Scenario {
    let product = |at: u64| json!({ "sku": format!("P-{at:04}"), "opening-stock": 600, "demand": { "per-day": 20.0 } });
    let spec = json!({
        "name": "growth",
        "title": "growth",
        "synthetic": true,
        "today": "2026-09-21",
        "paths": paths,
        "product": (0..products).map(product).collect::<Vec<Value>>(),
        "event": [{
            "id": "video", "start": "2026-11-08",
            "demand": { "kind": "parametric", "ramp-days": 3, "plateau-days": [7, 10], "peak-per-day": 200, "cv": 0.45 },
        }],
        "lead-time": [{ "mode": "air", "stage": [{ "name": "all", "days": { "kind": "gamma", "mean": 21, "cv": 0.3 } }] }],
        "candidates": { "reorder": [{ "kind": "rolling", "service": 0.95 }, { "kind": "never" }] },
    });
    let spec: ScenarioSpec = serde_json::from_value(spec).expect("a scenario");
    spec.validate().expect("a valid scenario")
}

fn run(scenario: &Scenario) -> f64 {
    timed(|| stockburst::run(scenario, &History::default(), &Silent).expect("a result"))
}

/// Peak memory of the process so far, in megabytes; none where the system does not say.
fn peak_megabytes() -> Option<f64> {
    let status = std::fs::File::open("/proc/self/status").and_then(std::io::read_to_string).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let asked = words.iter().position(|word| word == "--products").and_then(|at| words.get(at + 1));
    let products = asked.map_or(1000, |number| number.parse().expect("a number of products"));

    // Memory first, from little to much: the peak never falls.
    seconds(LEAST);
    let few = peak_megabytes();
    seconds(Work { paths: 64 * LEAST.paths, ..LEAST });
    let many = peak_megabytes();
    let (ten, forty) = (shop(10, 1024), shop(40, 1024));
    let ratios = json!({
        "paths": ratio(|| seconds(LEAST), || seconds(Work { paths: 4 * LEAST.paths, ..LEAST })),
        "days": ratio(|| seconds(LEAST), || seconds(Work { days: 4 * LEAST.days, ..LEAST })),
        // From many candidates on: fewer do not outweigh the drawing of a path, which they share.
        "candidates": ratio(
            || seconds(Work { candidates: 4 * LEAST.candidates, ..LEAST }),
            || seconds(Work { candidates: 16 * LEAST.candidates, ..LEAST }),
        ),
        "products": ratio(|| run(&ten), || run(&forty)),
    });
    let shop_seconds = run(&shop(products, 1024));
    let report = json!({
        "time_of_four_times_as_much_by_four": ratios,
        "peak_megabytes": { "1024_paths": few, "65536_paths": many, "products": peak_megabytes() },
        "products": products,
        "products_s": shop_seconds,
    });
    println!("{report}");
}
