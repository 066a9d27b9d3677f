//! Prints what the core draws and counts, so that two platforms can be held against each other byte by byte.
//!
//! `.ci/wasm` builds it for this machine and for wasm, and compares.

use stockburst::evaluate::compare;
use stockburst::policy::{Guard, GuardAction, Look, OrderLimits, OrderSize, ReorderLevels, Replenishment, StockLevel};
use stockburst::process::{
    BurstProcess, BurstShape, DayNoise, Dependence, DurationLaw, EventDemand, LeadTimeChain, OrganicDemand,
    PathSampler, PathSet, ProductPath, ProductProcess, Stage, Uplift,
};
use stockburst::random::Seed;
use stockburst::simulate::{Batch, PolicyPlan, Setting, Silent, VectorUnit};
use stockburst::units::Units;

const DAYS: usize = 90;
const PATHS: u64 = 600;

fn stage(name: &str, law: DurationLaw) -> Stage {
    Stage { name: name.into(), law }
}

fn event(start: usize, uplift: Uplift, noise: DayNoise) -> EventDemand {
    let weights = BurstShape::typical_weights(3, 8, 3.0, 30);
    EventDemand {
        id: format!("event-{start}"),
        start,
        days: 30,
        planned_spend: vec![0.0; 30],
        burst: BurstProcess {
            uplift,
            shapes: vec![BurstShape::from_weights(&weights).expect("a shape")],
            masses: vec![1.0],
            noise,
            follows_level: false,
        },
    }
}

/// A product that asks for every sampler: tables, large and small counts, each amplitude and each kind of lead time.
fn process(level_error: f64) -> ProductProcess {
    let organic =
        OrganicDemand { level: 40.0, weekday: [1.0; 7], level_error, noise: DayNoise::NegativeBinomial { size: 6.5 } };
    let gamma = |name, mean, cv| stage(name, DurationLaw::Gamma { mean, cv });
    let chain = vec![
        gamma("production", 10.0, 0.3),
        stage("first-leg", DurationLaw::LogNormal { mean: 5.0, cv: 0.5 }),
        stage("customs", DurationLaw::Triangular { min: 1.0, mode: 2.0, max: 9.0 }),
        stage("last-leg", DurationLaw::Pert { min: 1.0, mode: 2.0, max: 6.0 }),
    ];
    let records = DurationLaw::Records { days: vec![9.0, 11.5, 14.0, 14.0, 22.0] };
    ProductProcess {
        events: vec![
            event(10, Uplift::Gamma { mean: 6000.0, shape: 4.0 }, DayNoise::NegativeBinomial { size: 20.0 }),
            event(45, Uplift::LogNormal { mean: 900.0, cv: 0.6 }, DayNoise::Poisson),
        ],
        chains: vec![
            LeadTimeChain::new("one", vec![gamma("all", 15.0, 0.2)]),
            LeadTimeChain::new("chain", chain)
                .with_dependence(Dependence { correlation: 0.3, persistence: 0.5 })
                .keeping_order(),
            LeadTimeChain::new("records", vec![stage("all", records)])
                .with_dependence(Dependence { correlation: 0.0, persistence: 0.5 }),
        ],
        shop_correlation: 0.2,
        ..ProductProcess::new("counts", "2026-01-05".parse().expect("a date"), DAYS, organic)
    }
}

fn plans() -> Vec<PolicyPlan> {
    let units = |level| StockLevel::Units { units: Units(level) };
    let mut plans = Vec::new();
    for mode in 0..3 {
        for level in [800, 2500, 7000] {
            for pause in [None, Some(300)] {
                plans.push(PolicyPlan {
                    mode,
                    pre_stocked: Units(level / 2),
                    pre_stock: None,
                    later_pre_stock: Vec::new(),
                    expedite: None,
                    replenishment: Replenishment {
                        levels: ReorderLevels::Constant { level: Units(level), last_order_day: None },
                        size: OrderSize::Lot { quantity: Units(1500) },
                        limits: OrderLimits::NONE,
                    },
                    guard: pause.map(|pause| Guard {
                        pause: units(pause),
                        resume: units(2 * pause),
                        look: Look::Open,
                        delay_days: 0,
                        action: GuardAction::PauseAds,
                    }),
                });
            }
        }
    }
    plans
}

fn main() {
    for level_error in [0.0, 0.1] {
        let process = process(level_error);
        let (sampler, mut path) = (PathSampler::new(&process), ProductPath::default());
        for index in 0..PATHS {
            sampler.draw_into(&mut path, Seed(20_261_108), PathSet::Comparison, index);
            println!("path {index}: {:?} {:?} {:?}", path.organic, path.ad, path.lead_days);
        }
        let setting = Setting {
            event_starts: vec![10, 45],
            event_of: (0..DAYS).map(|day| (10..75).contains(&day).then_some(usize::from(day >= 45))).collect(),
            ..Setting::new(DAYS, Units(2000))
        };
        let batch = Batch { process: &process, seed: Seed(1), set: PathSet::Comparison, count: PATHS };
        let plans = plans();
        let tallies = compare(&batch, &plans, &setting, None, VectorUnit::Widest, &Silent).expect("nobody cancels");
        for (at, tally) in tallies.iter().enumerate() {
            let kpis = tally.kpis();
            // Means of counts: with all their bits.
            let figures = [kpis.all.served, kpis.all.lost, kpis.event.stockout, kpis.mean_stock, kpis.final_stock];
            let bits = figures.map(|figure| format!("{:016x}", figure.value.to_bits()));
            println!("candidate {at}: {}", bits.join(" "));
        }
    }
}
