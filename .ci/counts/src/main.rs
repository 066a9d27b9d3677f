//! Prints what the core draws and counts, so that two platforms can be held against each other byte by byte.
//!
//! `.ci/wasm` builds it for this machine and for wasm, and compares.

use stockburst::evaluate::compare;
use stockburst::policy::{
    AdResponse, Guard, GuardAction, Look, OrderLimits, OrderSize, PublishRule, ReorderLevels, Replenishment, StockLevel,
};
use stockburst::process::{
    BurstProcess, BurstShape, DayNoise, DayProfile, Dependence, DurationLaw, EventDemand, LeadTimeChain, OrganicDemand,
    PathSampler, PathSet, PathUniforms, ProductPath, ProductProcess, Stage, Uplift,
};
use stockburst::random::Seed;
use stockburst::simulate::storefront::{ChannelRule, Millis, Push, Refresh};
use stockburst::simulate::{Batch, Channel, Flow, PolicyPlan, Setting, Silent, Storefront, Substitute, VectorUnit};
use stockburst::units::{Probability, Units};

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
        uniforms: PathUniforms { waiting: true, thinning: true, flow: true, redirect: true },
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

/// Channels with their sync, ads that fade and ramp, customers who wait, returns and a substitute.
fn with_a_shop(setting: Setting) -> Setting {
    let share = |p| Probability::try_new(p).expect("a probability");
    let rule = ChannelRule {
        publish: PublishRule::new(Units(2), share(0.9), Units(3)),
        refresh: Refresh::every_minutes(15.0),
        push: Push::Set,
        delay: Millis::from_minutes(2.0),
        failure: share(0.05),
        self_decrement: true,
    };
    let channel = |share, push| Channel { share, rule: ChannelRule { push, ..rule }, published_at_start: None };
    let response = AdResponse { carry_over: share(0.3), restart_days: 2, restart_efficiency: share(0.5) };
    Setting {
        waiting_share: share(0.3),
        ad_phases: response.phases(),
        storefront: Some(Storefront {
            sku: "counts".into(),
            channels: vec![channel(0.7, Push::Set), channel(0.3, Push::Delta)],
            order_sizes: vec![0.8, 0.2],
            profile: DayProfile::by_parts(&[1.0, 2.0, 3.0]).expect("weights"),
            live_profile: DayProfile::live(1200, 60),
        }),
        flow: Flow {
            dispatch_capacity: Some(Units(900)),
            customer_cancels: share(0.05),
            returned: share(0.1),
            return_days: 7,
            restockable: share(0.8),
            ..Flow::default()
        },
        substitute: Some(Substitute {
            opening_stock: Units(3000),
            conversion: share(0.3),
            spend_per_day: 0.0,
            spill: share(0.2),
        }),
        ..setting
    }
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
        for setting in [setting.clone(), with_a_shop(setting)] {
            let tallies = compare(&batch, &plans, &setting, None, VectorUnit::Widest, &Silent).expect("nobody cancels");
            for (at, tally) in tallies.iter().enumerate() {
                let kpis = tally.kpis();
                // Means of counts: with all their bits.
                let mut figures =
                    vec![kpis.all.served, kpis.all.lost, kpis.event.stockout, kpis.mean_stock, kpis.final_stock];
                figures.extend(kpis.oversell.map(|oversell| oversell.all.pieces));
                figures.extend(kpis.substitute.map(|substitute| substitute.served));
                figures.extend(kpis.flow.iter().filter_map(|flow| flow.returned_share));
                let bits: Vec<String> =
                    figures.iter().map(|figure| format!("{:016x}", figure.value.to_bits())).collect();
                println!("candidate {at}: {}", bits.join(" "));
            }
        }
    }
}
