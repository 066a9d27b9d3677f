//! What one product-day costs: drawing a path, and simulating one candidate over it.
//!
//! `cargo bench --bench replication`; medians of eleven rounds, one thread.

use std::time::Instant;

use stockburst::policy::{OrderLimits, OrderSize, ReorderLevels, Replenishment};
use stockburst::process::{
    BurstProcess, BurstShape, DayNoise, DurationLaw, EventDemand, LeadTimeChain, OrganicDemand, PathSet,
    ProductProcess, Stage, Uplift,
};
use stockburst::random::Seed;
use stockburst::simulate::{PolicyPlan, Setting, Workspace, simulate};
use stockburst::units::Units;

const DAYS: usize = 90;
const PATHS: u64 = 2_000;
const ROUNDS: usize = 11;

fn process() -> ProductProcess {
    let organic = OrganicDemand { level: 40.0, weekday: [1.0; 7], level_error: 0.1, noise: DayNoise::Poisson };
    ProductProcess {
        events: vec![EventDemand {
            id: "event".into(),
            start: 20,
            days: 20,
            planned_spend: vec![0.0; 20],
            burst: BurstProcess {
                uplift: Uplift::LogNormal { mean: 6000.0, cv: 0.45 },
                shapes: vec![BurstShape::flat(20)],
                masses: vec![1.0],
                noise: DayNoise::NegativeBinomial { size: 20.0 },
                follows_level: false,
            },
        }],
        chains: vec![LeadTimeChain::new(
            "air",
            vec![Stage { name: "all".into(), law: DurationLaw::Gamma { mean: 15.0, cv: 0.2 } }],
        )],
        ..ProductProcess::new("bench", "2026-01-05".parse().expect("a date"), DAYS, organic)
    }
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn median_ns(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e9 / (PATHS as f64 * DAYS as f64)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn main() {
    let process = process();
    let setting = Setting {
        event_starts: vec![20],
        event_of: (0..DAYS).map(|day| (20..40).contains(&day).then_some(0)).collect(),
        ..Setting::new(DAYS, Units(5400))
    };
    let plan = PolicyPlan {
        mode: 0,
        pre_stocked: Units::ZERO,
        pre_stock: None,
        later_pre_stock: Vec::new(),
        expedite: None,
        replenishment: Replenishment {
            levels: ReorderLevels::Constant { level: Units(2000), last_order_day: None },
            size: OrderSize::Lot { quantity: Units(3000) },
            limits: OrderLimits::NONE,
        },
        guard: None,
    };
    let draw = median_ns(|| {
        for path in 0..PATHS {
            std::hint::black_box(process.draw(Seed(1), PathSet::Comparison, path));
        }
    });
    let paths: Vec<_> = (0..PATHS).map(|path| process.draw(Seed(1), PathSet::Comparison, path)).collect();
    let mut workspace = Workspace::default();
    let run = median_ns(|| {
        for path in &paths {
            std::hint::black_box(simulate(path, &plan, &setting, &mut workspace));
        }
    });
    println!("draw a path: {draw:.1} ns a product-day; simulate a candidate: {run:.1} ns a candidate-day");
}
