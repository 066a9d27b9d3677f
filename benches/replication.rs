//! What the parts of a run cost: drawing a path, simulating one candidate over it, a block of candidates by the fast
//! engine, and learning a product from its history.
//!
//! `cargo bench --bench replication`

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use stockburst::evaluate::compare;
use stockburst::history::{History, SalesDay, SalesSeries, Sku};
use stockburst::learn::{BurstRule, FitOptions, fit_product};
use stockburst::policy::{OrderLimits, OrderSize, ReorderLevels, Replenishment};
use stockburst::process::{
    BurstProcess, BurstShape, DayNoise, DurationLaw, EventDemand, LeadTimeChain, OrganicDemand, PathSampler, PathSet,
    ProductPath, ProductProcess, Stage, Uplift,
};
use stockburst::random::{Entity, Seed, Source, Stream};
use stockburst::simulate::{Batch, PolicyPlan, Setting, Silent, VectorUnit, Workspace, simulate};
use stockburst::units::Units;

const DAYS: usize = 90;
const PATHS: u64 = 256;
const CANDIDATES: u64 = 64;

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

fn plan(level: u64) -> PolicyPlan {
    PolicyPlan {
        mode: 0,
        pre_stocked: Units::ZERO,
        pre_stock: None,
        later_pre_stock: Vec::new(),
        expedite: None,
        replenishment: Replenishment {
            levels: ReorderLevels::Constant { level: Units(level), last_order_day: None },
            size: OrderSize::Lot { quantity: Units(3000) },
            limits: OrderLimits::NONE,
        },
        guard: None,
    }
}

/// Two years of daily sales with a burst of a week every two months.
fn history(sku: &Sku) -> History {
    let mut stream = Stream::open(Seed(1), 0, Source::Organic, Entity::named(&["history"]));
    let day = |at: usize| SalesDay {
        units: Units(stream.negative_binomial(if at % 60 < 7 { 200.0 } else { 30.0 }, 20.0)),
        largest_line: None,
        in_stock_share: None,
        price: None,
        promotion: None,
    };
    let series = SalesSeries { first_day: "2024-01-01".parse().expect("a date"), days: (0..730).map(day).collect() };
    History { sales: [(sku.clone(), series)].into(), ..History::default() }
}

fn parts(criterion: &mut Criterion) {
    let process = process();
    let setting = Setting {
        event_starts: vec![20],
        event_of: (0..DAYS).map(|day| (20..40).contains(&day).then_some(0)).collect(),
        ..Setting::new(DAYS, Units(5400))
    };
    let (sampler, mut path, mut index) = (PathSampler::new(&process), ProductPath::default(), 0);
    let mut days = criterion.benchmark_group("product-days");
    days.throughput(Throughput::Elements(DAYS as u64));
    days.bench_function("draw a path", |bench| {
        bench.iter(|| {
            index += 1;
            sampler.draw_into(black_box(&mut path), Seed(1), PathSet::Comparison, index);
        });
    });
    let mut workspace = Workspace::default();
    days.bench_function("simulate a candidate", |bench| {
        bench.iter(|| black_box(simulate(&path, &plan(2000), &setting, &mut workspace)));
    });
    days.throughput(Throughput::Elements(DAYS as u64 * PATHS * CANDIDATES));
    let plans: Vec<PolicyPlan> = (0..CANDIDATES).map(|at| plan(500 + 100 * at)).collect();
    let batch = Batch { process: &process, seed: Seed(1), set: PathSet::Comparison, count: PATHS };
    days.bench_function("64 candidates by the fast engine, drawing included", |bench| {
        bench.iter(|| black_box(compare(&batch, &plans, &setting, None, VectorUnit::Widest, &Silent)));
    });
    days.finish();

    let sku = Sku("bench".into());
    let history = history(&sku);
    let options = FitOptions { bursts: Some(BurstRule::counts()), ..FitOptions::default() };
    criterion.bench_function("learn two years of a product", |bench| {
        bench.iter(|| black_box(fit_product(&sku, &history, &options)));
    });
}

criterion_group!(benches, parts);
criterion_main!(benches);
