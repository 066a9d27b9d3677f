//! Sums of vectors of candidates against sums of single ones, and a storefront from the engine to its KPIs.

use proptest::prelude::*;

use super::board::compare_in_blocks;
use super::{CandidateTally, Economics, compare};
use crate::policy::{
    AdResponse, Guard, Look, OrderLimits, OrderSize, PreStockOrder, PublishRule, ReorderLevels, Replenishment,
    StockLevel,
};
use crate::process::{
    BurstProcess, BurstShape, DayNoise, DayProfile, DurationLaw, EventDemand, LeadTimeChain, OrganicDemand, PathSet,
    PathUniforms, ProductProcess, Stage, Uplift,
};
use crate::random::Seed;
use crate::simulate::storefront::{ChannelRule, Millis, Push, Refresh};
use crate::simulate::{
    AlertPlan, Batch, Channel, PolicyPlan, Setting, Silent, Storefront, VectorUnit, Workspace, map_paths, simulate,
};
use crate::units::{Probability, Units};

const DAYS: usize = 40;
/// First day and days of the event.
const EVENT: (usize, usize) = (12, 9);

fn probability(p: f64) -> Probability {
    Probability::try_new(p).expect("a probability")
}

/// 30 pieces a day and a burst that ads bring.
fn process() -> ProductProcess {
    let organic = OrganicDemand { level: 30.0, weekday: [1.0; 7], level_error: 0.1, noise: DayNoise::Poisson };
    let chains = [("slow", 8.0), ("fast", 3.0)].map(|(mode, mean)| {
        LeadTimeChain::new(mode, vec![Stage { name: "all".into(), law: DurationLaw::Gamma { mean, cv: 0.3 } }])
    });
    let (start, days) = EVENT;
    ProductProcess {
        chains: chains.into(),
        events: vec![EventDemand {
            id: "burst".into(),
            start,
            days,
            planned_spend: vec![10.0; days],
            burst: BurstProcess {
                uplift: Uplift::LogNormal { mean: 900.0, cv: 0.5 },
                shapes: vec![BurstShape::flat(days)],
                masses: vec![1.0],
                noise: DayNoise::Poisson,
                follows_level: false,
            },
        }],
        uniforms: PathUniforms { waiting: true, thinning: true, ..PathUniforms::default() },
        ..ProductProcess::new("A", "2026-01-05".parse().expect("a date"), DAYS, organic)
    }
}

/// The setting of [`process`], with so many days before the event and in it; `lean` without what only the full loop of
/// the lanes has.
fn setting(lean: bool, opening: u64, waiting: f64, (start, days): (usize, usize)) -> Setting {
    let event_starts = if days > 0 { vec![start] } else { Vec::new() };
    let mut setting = Setting { event_starts, ..Setting::new(DAYS, Units(opening)) };
    setting.event_of[start..start + days].fill(Some(0));
    if !lean {
        setting.planned_spend[start..start + days].fill(10.0);
        setting.waiting_share = probability(waiting);
        let response =
            AdResponse { carry_over: probability(0.3), restart_days: 2, restart_efficiency: probability(0.5) };
        setting.ad_phases = response.phases();
        let level = |share| StockLevel::ShareOfEventStart { share: probability(share) };
        setting.alerts = AlertPlan { levels: vec![level(0.5), level(0.1)] };
    }
    setting
}

fn plan(mode: usize, level: u64, quantity: u64, pre_stock: u64, pause: Option<f64>) -> PolicyPlan {
    PolicyPlan {
        mode,
        pre_stocked: Units::ZERO,
        pre_stock: (pre_stock > 0).then_some(PreStockOrder { day: 1, units: Units(pre_stock) }),
        later_pre_stock: Vec::new(),
        expedite: None,
        replenishment: Replenishment {
            levels: ReorderLevels::Constant { level: Units(level), last_order_day: None },
            size: OrderSize::Lot { quantity: Units(quantity) },
            limits: OrderLimits::NONE,
        },
        guard: pause.map(|pause| Guard {
            pause: StockLevel::ShareOfEventStart { share: probability(pause) },
            resume: StockLevel::ShareOfEventStart { share: probability(pause + 0.2) },
            look: Look::Open,
            delay_days: 0,
            action: crate::policy::GuardAction::PauseAds,
        }),
    }
}

fn economics(unit_cost: f64) -> Economics {
    Economics {
        net_price: 9.5,
        net_price_by_event: vec![7.25],
        unit_cost,
        stock_value: 3.0,
        goodwill: 1.1,
        holding: 0.013,
        salvage: 0.7,
        keep_units: 250.0,
        opening_stock: 400.0,
        ..Economics::default()
    }
}

/// The tallies of the plain engine, path by path.
fn plainly(
    batch: &Batch<'_>,
    plans: &[PolicyPlan],
    setting: &Setting,
    prices: Option<&[Economics]>,
) -> Vec<CandidateTally> {
    let outcomes = map_paths(batch, &Silent, |path| {
        let mut workspace = Workspace::default();
        plans.iter().map(|plan| simulate(path, plan, setting, &mut workspace)).collect::<Vec<_>>()
    });
    let mut tallies: Vec<CandidateTally> = plans.iter().map(|_| CandidateTally::new(setting)).collect();
    for (path, outcomes) in (0..).zip(outcomes.expect("nobody cancels")) {
        for ((tally, outcome), plan) in tallies.iter_mut().zip(&outcomes).zip(plans) {
            tally.push(path, outcome, prices.map(|prices| &prices[plan.mode]));
        }
    }
    tallies
}

/// Whether two sums of terms of a size up to `size` are the same.
fn same(a: f64, b: f64, size: f64) -> bool {
    (a - b).abs() <= 1e-12 * size.max(a.abs())
}

fn assert_same(got: &CandidateTally, expected: &CandidateTally) {
    assert_eq!((got.n, got.priced, &got.mechanics), (expected.n, expected.priced, &expected.mechanics));
    for value in 0..got.sums.len() {
        // A sum of numbers of both signs is as exact as its terms are large: at most sqrt(n x sum of squares).
        let size = (expected.n as f64 * expected.squares[value]).sqrt();
        let (sum, squares) = (got.sums[value], got.squares[value]);
        assert!(same(sum, expected.sums[value], size), "sum {value}: {sum} {}", expected.sums[value]);
        assert!(same(squares, expected.squares[value], 0.0), "squares {value}");
    }
    for (got, expected) in got.products.iter().zip(&expected.products) {
        assert!(same(*got, *expected, 0.0));
    }
    assert_eq!(got.alerts, expected.alerts);
    assert_eq!(got.tail.len(), expected.tail.len());
    let scale = expected.tail.iter().fold(1.0, |most: f64, value| most.max(value.abs()));
    for (got, expected) in got.tail.iter().zip(&expected.tail) {
        assert!(same(*got, *expected, scale), "{got} {expected}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn vectors_of_candidates_add_up_as_single_ones_do(
        lean in any::<bool>(),
        priced in any::<bool>(),
        opening in 0_u64..1500,
        waiting in 0.0_f64..=1.0,
        plans in proptest::collection::vec(
            (0_usize..2, 0_u64..900, 1_u64..500, 0_u64..1500, proptest::option::of(0.05_f64..0.5)),
            1..40,
        ),
        // In part of the days, in all of them and in none.
        event in prop_oneof![3 => Just(EVENT), 1 => Just((0, DAYS)), 1 => Just((0, 0))],
        block in prop_oneof![Just(256_usize), 1_usize..24],
        plainly_run in 0_usize..80,
        seed in 0_u64..1000,
    ) {
        let (process, setting) = (process(), setting(lean, opening, waiting, event));
        let mut plans: Vec<PolicyPlan> =
            plans.into_iter().map(|(mode, level, lot, pre, pause)| plan(mode, level, lot, pre, pause)).collect();
        // A level that moves has no lanes: its block is the plain engine's, the others are not.
        if let Some(guard) = plans.get_mut(plainly_run).and_then(|plan| plan.guard.as_mut()) {
            guard.pause = StockLevel::DaysOfCover { days: 3.0 };
        }
        let prices = [economics(3.5), economics(4.25)];
        let prices = priced.then_some(&prices[..]);
        let batch = Batch { process: &process, seed: Seed(seed), set: PathSet::Comparison, count: 530 };
        let expected = plainly(&batch, &plans, &setting, prices);
        let got = compare_in_blocks(&batch, &plans, &setting, prices, VectorUnit::Widest, &Silent, block);
        let got = got.expect("nobody cancels");
        prop_assert_eq!(got.len(), expected.len());
        for (got, expected) in got.iter().zip(&expected) {
            assert_same(got, expected);
        }
    }
}

/// Sums have the same bits with each vector unit and on any number of threads, over the shelf and at a storefront.
#[cfg(feature = "parallel")]
#[test]
fn sums_are_the_same_on_each_unit_and_any_number_of_threads() {
    let process = process();
    let plans: Vec<PolicyPlan> = (0..40)
        .map(|at| plan(at % 2, 100 + 20 * at as u64, 150, 40 * at as u64, (at % 3 == 0).then_some(0.3)))
        .collect();
    let rule = ChannelRule {
        publish: PublishRule::ALL,
        refresh: Refresh::every_minutes(15.0),
        push: Push::Set,
        delay: Millis::from_minutes(2.0),
        failure: probability(0.05),
        self_decrement: true,
    };
    let shop = Storefront {
        sku: "A".into(),
        channels: vec![Channel { share: 1.0, rule, published_at_start: None }],
        order_sizes: vec![0.7, 0.3],
        profile: DayProfile::flat(),
        live_profile: DayProfile::flat(),
    };
    let prices = [economics(3.5), economics(4.25)];
    let batch = Batch { process: &process, seed: Seed(5), set: PathSet::Comparison, count: 700 };
    for setting in [
        setting(true, 600, 0.0, EVENT),
        setting(false, 600, 0.4, EVENT),
        Setting { storefront: Some(shop), ..setting(false, 600, 0.4, EVENT) },
    ] {
        let run = |unit, threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| compare(&batch, &plans, &setting, Some(&prices), unit, &Silent)).expect("nobody cancels")
        };
        let expected = run(VectorUnit::Widest, 1);
        for (unit, threads) in
            [(VectorUnit::Bits256, 1), (VectorUnit::Baseline, 2), (VectorUnit::Widest, 2), (VectorUnit::Widest, 3)]
        {
            assert!(run(unit, threads) == expected, "{unit:?} on {threads} threads");
        }
    }
}

/// A listing with a typed-in number that nobody corrects goes on selling what is not there.
#[test]
fn an_unlinked_listing_oversells_exactly_the_difference() {
    let mut process = process();
    process.events.clear();
    process.organic = OrganicDemand { level: 400.0, level_error: 0.0, ..process.organic };
    let channel = Channel {
        share: 1.0,
        rule: ChannelRule {
            publish: PublishRule::ALL,
            refresh: Refresh::Never,
            push: Push::Set,
            delay: Millis(0),
            failure: Probability::ZERO,
            self_decrement: true,
        },
        published_at_start: Some(Units(120)),
    };
    let storefront = Storefront {
        sku: "A".into(),
        channels: vec![channel],
        order_sizes: Vec::new(),
        profile: DayProfile::flat(),
        live_profile: DayProfile::flat(),
    };
    let setting = Setting { storefront: Some(storefront), ..Setting::new(DAYS, Units(90)) };
    let plan = PolicyPlan {
        expedite: None,
        replenishment: Replenishment { levels: ReorderLevels::Never, ..plan(0, 0, 1, 0, None).replenishment },
        ..plan(0, 0, 1, 0, None)
    };
    let batch = Batch { process: &process, seed: Seed(3), set: PathSet::Comparison, count: 300 };
    let plans = [plan];
    let got = compare(&batch, &plans, &setting, None, VectorUnit::Widest, &Silent).expect("nobody cancels");
    assert_same(&got[0], &plainly(&batch, &plans, &setting, None)[0]);
    let kpis = got[0].kpis();
    // 120 shown, 90 there, 400 a day wanted: 30 are oversold on every path, none of them in an event, none is shipped.
    let oversell = kpis.oversell.expect("a storefront");
    assert_eq!(
        (oversell.all.any.value, oversell.all.pieces.value, oversell.all.pieces.standard_error),
        (1.0, 30.0, 0.0)
    );
    assert_eq!((oversell.event.any.value, oversell.event.pieces.value), (0.0, 0.0));
    let flow = kpis.flow.expect("orders wait for dispatch");
    assert_eq!((flow.shipped.value, flow.unshipped.value, flow.late_share), (90.0, 30.0, None));
    assert_eq!((kpis.platform, kpis.substitute), (None, None));
}
