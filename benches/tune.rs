//! The `tune` workload: one product, 90 days, 256 candidates on the same futures, by the code path that `run` takes.
//!
//! `cargo bench --bench tune -- --json --paths 16384` prints one JSON object: seconds, and the mean of each outcome for
//! every candidate, so that another engine's results can be held against it. `--level avx2|baseline` forces a
//! narrower vector unit, `--threads N` the number of threads, `--rounds N` how often it is timed (the median counts).
//! `--mechanics lanes` adds what the vectors of the fast engine also hold (alerts, ad spend, ads that fade and ramp,
//! money), `--mechanics full` channels with their sync and a substitute besides.

use std::collections::BTreeMap;
use std::time::Instant;

use serde_json::json;
use stockburst::evaluate::{CandidateKpis, CandidateTally, Economics, compare};
use stockburst::policy::{
    AdResponse, Guard, Look, OrderLimits, OrderSize, PublishRule, ReorderLevels, Replenishment, StockLevel,
};
use stockburst::process::{
    BurstProcess, BurstShape, DayNoise, DayProfile, DurationLaw, EventDemand, LeadTimeChain, OrganicDemand,
    PathSampler, PathSet, PathUniforms, ProductPath, ProductProcess, Stage, SubstituteDemand, Uplift,
};
use stockburst::random::Seed;
use stockburst::simulate::storefront::{ChannelRule, Millis, Push, Refresh};
use stockburst::simulate::{
    AlertPlan, Batch, Channel, PolicyPlan, Setting, Silent, Storefront, Substitute, VectorUnit, experiment,
};
use stockburst::stats::Estimate;
use stockburst::units::{Probability, Units};

const DAYS: usize = 90;
const FORECAST: f64 = 4500.0;
const LOT: u64 = 3000;

/// Mean ad demand of a day: ramp, plateau, tail.
fn burst(day: usize) -> f64 {
    let t = day as f64;
    match day {
        0..20 => 0.0,
        20..23 => 500.0 * (t - 19.0) / 3.0,
        23..32 => 500.0,
        _ => 500.0 * (-(t - 32.0) / 3.0).exp(),
    }
}

fn process() -> ProductProcess {
    let weekday = std::array::from_fn(|day| 1.0 + 0.2 * (2.0 * std::f64::consts::PI * day as f64 / 7.0).sin());
    let weights: Vec<f64> = (0..DAYS).map(burst).collect();
    let organic = OrganicDemand { level: 40.0, weekday, level_error: 0.0, noise: DayNoise::Poisson };
    // A Monday.
    let first_day = "2026-01-05".parse().expect("a date");
    let lead_time = Stage { name: "all".into(), law: DurationLaw::Gamma { mean: 15.0, cv: 0.2 } };
    ProductProcess {
        events: vec![EventDemand {
            id: "burst".into(),
            start: 0,
            days: DAYS,
            planned_spend: vec![0.0; DAYS],
            burst: BurstProcess {
                uplift: Uplift::Gamma { mean: weights.iter().sum(), shape: 4.0 },
                shapes: vec![BurstShape::from_weights(&weights).expect("a shape")],
                masses: vec![1.0],
                noise: DayNoise::NegativeBinomial { size: 20.0 },
                follows_level: false,
            },
        }],
        chains: vec![LeadTimeChain::new("supplier", vec![lead_time])],
        ..ProductProcess::new("tune", first_day, DAYS, organic)
    }
}

/// One candidate: reorder point, multiplier, pause share.
type Axes = (f64, f64, f64);

fn axes() -> Vec<Axes> {
    let mut axes = Vec::new();
    for step in 0..16 {
        let level = 500.0 + 11_500.0 * f64::from(step) / 15.0;
        for multiplier in [1.2, 1.3, 1.4, 1.5] {
            for pause in [0.0, 0.05, 0.1, 0.2] {
                axes.push((level, multiplier, pause));
            }
        }
    }
    axes
}

fn opening(multiplier: f64) -> u64 {
    (multiplier * FORECAST).round() as u64
}

/// The candidates. Their opening stocks differ: what exceeds the smallest is stock bought ahead.
fn plans(axes: &[Axes]) -> Vec<PolicyPlan> {
    let least = opening(1.2);
    axes.iter()
        .map(|(level, multiplier, pause)| {
            let start = opening(*multiplier);
            let units = |level: f64| StockLevel::Units { units: Units(level as u64) };
            PolicyPlan {
                mode: 0,
                pre_stocked: Units(start - least),
                pre_stock: None,
                later_pre_stock: Vec::new(),
                expedite: None,
                replenishment: Replenishment {
                    levels: ReorderLevels::Constant { level: Units(level.floor() as u64), last_order_day: None },
                    size: OrderSize::Lot { quantity: Units(LOT) },
                    limits: OrderLimits::NONE,
                },
                // Whole pieces at or below the one level, at or above the other.
                guard: Some(Guard {
                    pause: units((pause * start as f64 + 1e-6).floor()),
                    resume: units((2.0 * pause * start as f64 - 1e-6).ceil()),
                    look: Look::Open,
                    delay_days: 0,
                    action: stockburst::policy::GuardAction::PauseAds,
                }),
            }
        })
        .collect()
}

fn setting() -> Setting {
    Setting { event_starts: vec![0], event_of: vec![Some(0); DAYS], ..Setting::new(DAYS, Units(opening(1.2))) }
}

/// How much of the loop is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mechanics {
    Core,
    Lanes,
    Full,
}

fn probability(p: f64) -> Probability {
    Probability::try_new(p).expect("a probability")
}

impl Mechanics {
    /// Adds what is simulated beside stock, orders and pauses.
    fn extend(self, process: &mut ProductProcess, setting: &mut Setting) -> Option<Vec<Economics>> {
        if self == Self::Core {
            return None;
        }
        process.uniforms = PathUniforms { waiting: true, thinning: true, redirect: true, ..PathUniforms::default() };
        let level = |share| StockLevel::ShareOfEventStart { share: probability(share) };
        setting.alerts = AlertPlan { levels: vec![level(0.5), level(0.3), level(0.1)] };
        setting.planned_spend = (0..DAYS).map(burst).collect();
        let response =
            AdResponse { carry_over: probability(0.3), restart_days: 2, restart_efficiency: probability(0.5) };
        setting.ad_phases = response.phases();
        if self == Self::Full {
            let rule = ChannelRule {
                publish: PublishRule::ALL,
                refresh: Refresh::every_minutes(15.0),
                push: Push::Set,
                delay: Millis::from_minutes(1.0),
                failure: probability(0.01),
                self_decrement: true,
            };
            let channel = |share, rule| Channel { share, rule, published_at_start: None };
            setting.storefront = Some(Storefront {
                sku: "tune".into(),
                channels: vec![channel(0.7, rule), channel(0.3, ChannelRule { push: Push::Delta, ..rule })],
                order_sizes: Vec::new(),
                profile: DayProfile::flat(),
                live_profile: DayProfile::flat(),
            });
            process.substitute = Some(SubstituteDemand { sku: "other".into(), per_day: 5.0 });
            setting.substitute = Some(Substitute {
                opening_stock: Units(2000),
                conversion: probability(0.3),
                spend_per_day: 40.0,
                spill: probability(0.1),
            });
        }
        Some(vec![Economics {
            net_price: 9.5,
            net_price_by_event: vec![7.25],
            unit_cost: 3.5,
            stock_value: 3.0,
            goodwill: 1.1,
            holding: 0.013,
            salvage: 0.7,
            keep_units: 250.0,
            opening_stock: opening(1.2) as f64,
            ..Economics::default()
        }])
    }
}

struct Options {
    mechanics: Mechanics,
    paths: u64,
    rounds: usize,
    unit: VectorUnit,
    threads: usize,
    json: bool,
}

fn options() -> Options {
    let mechanics = Mechanics::Core;
    let mut options =
        Options { mechanics, paths: 16_384, rounds: 5, unit: VectorUnit::Widest, threads: 0, json: false };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|value| value.parse::<u64>().ok()).expect("a number");
        match word.as_str() {
            "--json" => options.json = true,
            // Cargo says that this is a bench.
            "--bench" => {}
            "--paths" => options.paths = number(),
            "--rounds" => options.rounds = number().max(1) as usize,
            "--threads" => options.threads = number() as usize,
            "--mechanics" => {
                options.mechanics = match words.next().as_deref() {
                    Some("core") => Mechanics::Core,
                    Some("lanes") => Mechanics::Lanes,
                    Some("full") => Mechanics::Full,
                    other => panic!("`{other:?}` is no set of mechanics: core, lanes, full"),
                }
            }
            "--level" => {
                options.unit = match words.next().as_deref() {
                    Some("avx512" | "widest") => VectorUnit::Widest,
                    Some("avx2") => VectorUnit::Bits256,
                    Some("baseline") => VectorUnit::Baseline,
                    other => panic!("`{other:?}` is no level: avx512, avx2, baseline"),
                }
            }
            other => panic!("`{other}` is no option of this bench"),
        }
    }
    options
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed().as_secs_f64(), result)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn main() {
    let options = options();
    rayon::ThreadPoolBuilder::new().num_threads(options.threads).build_global().expect("threads");
    let (mut process, mut setting, axes) = (process(), setting(), axes());
    let economics = options.mechanics.extend(&mut process, &mut setting);
    let plans = plans(&axes);
    let batch = Batch { process: &process, seed: Seed(1), set: PathSet::Comparison, count: options.paths };
    let whole =
        || compare(&batch, &plans, &setting, economics.as_deref(), options.unit, &Silent).expect("nobody cancels");
    let draw = || {
        let sum = |total: &mut u64, _: u64, paths: &[ProductPath]| {
            *total += paths.iter().map(|path| path.organic[0] + path.ad[DAYS / 2]).sum::<u64>();
        };
        experiment(&batch, &Silent, || 0_u64, sum, |all, part| *all += std::mem::take(part)).expect("nobody cancels")
    };
    let mut tallies: Vec<CandidateTally> = whole();
    std::hint::black_box(draw());
    let (mut draws, mut totals, mut setups) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..options.rounds {
        setups.push(timed(|| std::hint::black_box(PathSampler::new(&process))).0);
        draws.push(timed(|| std::hint::black_box(draw())).0);
        let (seconds, again) = timed(whole);
        totals.push(seconds);
        assert!(again == tallies, "the same numbers each time");
        tallies = again;
    }
    let (draw_s, total_s, setup_s) = (median(draws), median(totals), median(setups));
    let simulate_s = total_s - draw_s;
    let candidate_days = (DAYS * plans.len()) as f64 * options.paths as f64;
    let product_days = DAYS as f64 * options.paths as f64;
    let kpis: Vec<_> = tallies.iter().map(CandidateTally::kpis).collect();
    let mut report = BTreeMap::new();
    report.insert("peer", json!("stockburst"));
    report.insert("paths", json!(options.paths));
    report.insert("candidates", json!(plans.len()));
    report.insert("days", json!(DAYS));
    report.insert("threads", json!(rayon::current_num_threads()));
    report.insert("mechanics", json!(format!("{:?}", options.mechanics)));
    report.insert("level", json!(format!("{:?}", options.unit)));
    report.insert("setup_s", json!(setup_s));
    report.insert("draw_s", json!(draw_s));
    report.insert("simulate_s", json!(simulate_s));
    report.insert("total_s", json!(total_s));
    report.insert("ns_per_candidate_day", json!(total_s * 1e9 / candidate_days));
    report.insert("simulate_ns_per_candidate_day", json!(simulate_s * 1e9 / candidate_days));
    report.insert("draw_ns_per_product_day", json!(draw_s * 1e9 / product_days));
    report.insert("reorder_point", json!(axes.iter().map(|a| a.0).collect::<Vec<_>>()));
    report.insert("multiplier", json!(axes.iter().map(|a| a.1).collect::<Vec<_>>()));
    report.insert("pause_fraction", json!(axes.iter().map(|a| a.2).collect::<Vec<_>>()));
    for (name, error, of) in [
        ("mean_sold", "se_sold", &(|k: &CandidateKpis| k.all.served) as &dyn Fn(&CandidateKpis) -> Estimate),
        ("mean_lost", "se_lost", &|k| k.all.lost),
        ("p_any_lost", "se_any_lost", &|k| k.all.stockout),
        ("mean_on_hand", "se_on_hand", &|k| k.mean_stock),
        ("mean_final", "se_final", &|k| k.final_stock),
    ] {
        report.insert(name, json!(kpis.iter().map(|k| of(k).value).collect::<Vec<f64>>()));
        report.insert(error, json!(kpis.iter().map(|k| of(k).standard_error).collect::<Vec<f64>>()));
    }
    if options.json {
        println!("{}", serde_json::to_string(&report).expect("plain numbers"));
    } else {
        println!(
            "{:?}: {} paths x {} candidates x {DAYS} days on {} threads: {:.2} ms in all ({:.3} ns a candidate-day), drawing {:.1} ns a \
             product-day, simulating {:.3} ns a candidate-day, tables {:.3} ms",
            options.mechanics,
            options.paths,
            plans.len(),
            rayon::current_num_threads(),
            total_s * 1e3,
            total_s * 1e9 / candidate_days,
            draw_s * 1e9 / product_days,
            simulate_s * 1e9 / candidate_days,
            setup_s * 1e3,
        );
    }
}
