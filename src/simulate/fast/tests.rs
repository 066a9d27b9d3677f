//! The fast engine against the plain one.

use proptest::prelude::*;

use super::*;
use crate::policy::{
    AdResponse, Guard, GuardAction, OrderLimits, OrderSize, PreStockOrder, ReorderLevels, Replenishment, StockLevel,
};
use crate::simulate::AlertPlan;
use crate::simulate::day::laws::case as any_case_of_the_loop;
use crate::units::{Probability, Units};

fn probability(p: f64) -> Probability {
    Probability::try_new(p).expect("a probability")
}

/// Collects the outcome of every candidate.
struct Collect(Vec<Option<PathOutcome>>);

impl Sink for Collect {
    fn vector<S: Simd>(&mut self, _: S, candidates: &[usize], outcome: &OutcomeLanes) {
        for (lane, candidate) in candidates.iter().enumerate() {
            self.single(*candidate, &outcome.of_lane(lane));
        }
    }

    fn single(&mut self, candidate: usize, outcome: &PathOutcome) {
        assert!(self.0[candidate].replace(outcome.clone()).is_none(), "candidate {candidate} came twice");
    }
}

const UNITS: [VectorUnit; 3] = [VectorUnit::Widest, VectorUnit::Bits256, VectorUnit::Baseline];

fn assert_equal(plans: &[PolicyPlan], setting: &Setting, path: &ProductPath) {
    let expected: Vec<PathOutcome> =
        plans.iter().map(|plan| simulate(path, plan, setting, &mut Workspace::default())).collect();
    // How many vectors, and with how many bits, is a matter of speed: each on each unit, whatever this machine would
    // choose.
    let ways = [(1, true), (1, false), (WIDE, true), (WIDE, false)];
    for (unit, (vectors, narrow)) in UNITS.into_iter().flat_map(|unit| ways.map(|way| (unit, way))) {
        let engine = Engine::of(plans, setting, unit.level(), vectors, narrow);
        assert!(!engine.groups.is_empty(), "the lanes hold these numbers");
        let mut memory = EngineMemory::default();
        // Twice over the same memory: nothing may stay from one path to the next.
        for _ in 0..2 {
            let mut sink = Collect(vec![None; plans.len()]);
            engine.run(path, &mut memory, &mut sink);
            for (at, (got, expected)) in sink.0.iter().zip(&expected).enumerate() {
                let way = (unit, vectors, narrow);
                assert_eq!(got.as_ref(), Some(expected), "candidate {at} {:?} by {way:?}", plans[at]);
            }
        }
    }
}

prop_compose! {
    fn any_path(modes: usize)(
        days in proptest::collection::vec(
            (0_u64..60, 0_u64..200, proptest::collection::vec(1_u32..15, modes), 0.001_f64..0.999),
            1..60,
        ),
        open in proptest::collection::vec(0_usize..80, 0..3),
    ) -> ProductPath {
        ProductPath {
            organic: days.iter().map(|day| day.0).collect(),
            ad: days.iter().map(|day| day.1).collect(),
            lead_days: (0..modes).map(|mode| days.iter().map(|day| day.2[mode]).collect()).collect(),
            open_arrivals: open,
            waiting: days.iter().map(|day| day.3).collect(),
            thinning: days.iter().map(|day| 1.0 - day.3).collect(),
            ..ProductPath::default()
        }
    }
}

fn any_level() -> impl Strategy<Value = ReorderLevels> {
    prop_oneof![
        Just(ReorderLevels::Never),
        (0_u64..1500).prop_map(|level| ReorderLevels::Constant { level: Units(level), last_order_day: None }),
        (0_u64..1500, 0_usize..60)
            .prop_map(|(level, last)| ReorderLevels::Constant { level: Units(level), last_order_day: Some(last) }),
        (proptest::collection::vec((0_u64..900).prop_map(Units), 60))
            .prop_map(|levels| ReorderLevels::Rolling { levels }),
        (proptest::collection::vec(proptest::option::of((0_u64..900).prop_map(Units)), 60))
            .prop_map(|levels| ReorderLevels::ByDay { levels }),
        (proptest::collection::vec((0_u64..900).prop_map(Units), 60), 0_usize..60)
            .prop_map(|(levels, from)| ReorderLevels::AfterEvents { from, levels }),
    ]
}

fn any_size() -> impl Strategy<Value = OrderSize> {
    prop_oneof![
        (1_u64..400).prop_map(|q| OrderSize::Lot { quantity: Units(q) }),
        (1_u64..400).prop_map(|q| OrderSize::Lots { quantity: Units(q) }),
        (0_u64..400).prop_map(|q| OrderSize::UpTo { above: Units(q) }),
    ]
}

fn any_limits() -> impl Strategy<Value = OrderLimits> {
    prop_oneof![
        Just(OrderLimits::NONE),
        (0_u64..300, 1_u64..90, prop_oneof![Just(u64::MAX), 0_u64..900]).prop_map(|(minimum, multiple, maximum)| {
            OrderLimits { minimum: Units(minimum), multiple: Units(multiple), maximum: Units(maximum) }
        }),
    ]
}

fn any_pair() -> impl Strategy<Value = [StockLevel; 2]> {
    prop_oneof![
        (0.0_f64..0.6, 0.0_f64..0.5).prop_map(|(pause, more)| {
            [pause, (pause + more).min(1.0)].map(|share| StockLevel::ShareOfEventStart { share: probability(share) })
        }),
        (0_u64..300, 1_u64..300)
            .prop_map(|(pause, more)| [pause, pause + more].map(|units| StockLevel::Units { units: Units(units) })),
    ]
}

fn any_guard(instant: bool) -> impl Strategy<Value = Option<Guard>> {
    let look = if instant { vec![Look::Open, Look::Within] } else { vec![Look::Open, Look::Within, Look::Close] };
    let delay_days = if instant { 0..1 } else { 0..4_usize };
    proptest::option::of((any_pair(), proptest::sample::select(look), delay_days).prop_map(
        |([pause, resume], look, delay_days)| Guard { pause, resume, look, delay_days, action: GuardAction::PauseAds },
    ))
}

prop_compose! {
    fn any_plan(modes: usize, lean: bool)(
        mode in 0..modes,
        pre_stocked in prop_oneof![Just(0), 0_u64..700],
        pre_stock in proptest::option::of((0_usize..30, 0_u64..2000)),
        later in proptest::collection::vec((0_usize..40, 0_u64..900), 0..3),
        levels in any_level(),
        size in any_size(),
        limits in any_limits(),
        guard in any_guard(lean),
    ) -> PolicyPlan {
        let size = match size {
            OrderSize::Lots { quantity } if lean => OrderSize::Lot { quantity },
            OrderSize::UpTo { above } if lean => OrderSize::Lot { quantity: Units(above.0 + 1) },
            size => size,
        };
        PolicyPlan {
            mode,
            pre_stocked: Units(pre_stocked),
            later_pre_stock: later
                .into_iter()
                .filter(|_| limits.maximum == OrderLimits::NONE.maximum)
                .map(|(day, units)| PreStockOrder { day, units: Units(units) })
                .collect(),
            // What a supplier's limit leaves of a pre-stock order for the days after is the plain engine's.
            pre_stock: pre_stock
                .filter(|_| limits.maximum == OrderLimits::NONE.maximum)
                .map(|(day, units)| PreStockOrder { day, units: Units(units) }),
            expedite: None,
            replenishment: Replenishment { levels, size, limits },
            guard,
        }
    }
}

/// Events of `days` days: from the cuts, alternately an event and a pause between events.
fn event_days(days: usize, cuts: &[usize]) -> (Vec<usize>, Vec<Option<usize>>) {
    let mut starts = Vec::new();
    let mut event_of = vec![None; days];
    let mut from = cuts.first().copied().unwrap_or(0);
    for (at, length) in cuts.iter().skip(1).enumerate() {
        let until = (from + length).min(days);
        if at % 3 != 2 && from < until {
            event_of[from..until].fill(Some(starts.len()));
            starts.push(from);
        }
        from = until;
    }
    (starts, event_of)
}

prop_compose! {
    fn any_setting(days: usize, opens: usize, lean: bool)(
        opening in 0_u64..3000,
        open_orders in proptest::collection::vec(0_u64..800, opens),
        cuts in proptest::collection::vec(0_usize..20, 0..6),
        spend in proptest::collection::vec(0.0_f64..50.0, days),
        spends in any::<bool>(),
        waiting in prop_oneof![Just(0.0), Just(1.0), 0.0_f64..1.0],
        carry_over in prop_oneof![Just(0.0), Just(1.0), 0.0_f64..0.9],
        restart_days in 0_usize..4,
        efficiency in 0.0_f64..=1.0,
        levels in proptest::collection::vec(0.01_f64..1.0, 0..4),
        measure_from in prop_oneof![Just(0), 0..days],
        order_days in prop_oneof![2 => Just(Vec::new()), 1 => proptest::collection::vec(any::<bool>(), days)],
        review_days in prop_oneof![2 => Just(1), 1 => 0_usize..9],
    ) -> Setting {
        let (event_starts, event_of) = event_days(days, &cuts);
        let planned_spend = if spends && !lean { spend } else { vec![0.0; days] };
        let response = AdResponse {
            carry_over: probability(carry_over),
            restart_days,
            restart_efficiency: probability(efficiency),
        };
        Setting {
            days,
            opening_stock: Units(opening),
            open_orders: open_orders.into_iter().map(Units).collect(),
            order_days,
            review_days,
            event_starts,
            event_of,
            planned_spend,
            waiting_share: if lean { Probability::ZERO } else { probability(waiting) },
            ad_phases: if lean { AdResponse::INSTANT.phases() } else { response.phases() },
            alerts: AlertPlan {
                levels: if lean {
                    Vec::new()
                } else {
                    levels.into_iter().map(|l| StockLevel::ShareOfEventStart { share: probability(l) }).collect()
                },
            },
            measure_from: if lean { 0 } else { measure_from },
            ..Setting::new(days, Units::ZERO)
        }
    }
}

fn any_case(lean: bool) -> impl Strategy<Value = (ProductPath, Setting, Vec<PolicyPlan>)> {
    any_path(2).prop_flat_map(move |path| {
        let (days, opens) = (path.organic.len(), path.open_arrivals.len());
        let plans = proptest::collection::vec(any_plan(2, lean), 1..90);
        (Just(path), any_setting(days, opens, lean), plans)
    })
}

/// Everything that stands between demand and stock, and plans that the lanes hold.
fn any_shop() -> impl Strategy<Value = (ProductPath, Setting, Vec<PolicyPlan>)> {
    (any_case_of_the_loop(), proptest::collection::vec(0_usize..14, 0..6), 0_usize..26).prop_flat_map(
        |((path, _, setting), cuts, measure_from)| {
            let (event_starts, event_of) = event_days(setting.days, &cuts);
            let levels = [0.5, 0.2].map(|share| StockLevel::ShareOfEventStart { share: probability(share) }).to_vec();
            let setting = Setting {
                ledger: false,
                price_breaks: Vec::new(),
                alerts: AlertPlan { levels },
                measure_from: if measure_from < setting.days { measure_from } else { 0 },
                event_starts,
                event_of,
                ..setting
            };
            (Just(path), Just(setting), proptest::collection::vec(any_plan(2, false), 1..40))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_shop_in_lanes_is_the_plain_engine((path, setting, plans) in any_shop()) {
        assert_equal(&plans, &setting, &path);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn full_loop_is_the_plain_engine((path, setting, plans) in any_case(false)) {
        assert_equal(&plans, &setting, &path);
    }

    #[test]
    fn lean_loop_is_the_plain_engine((path, setting, plans) in any_case(true)) {
        prop_assert!(lean_enough(&plans, &setting));
        assert_equal(&plans, &setting, &path);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// One memory for engine after engine, whatever events, alerts and loops they have.
    #[test]
    fn memory_serves_one_engine_after_another(cases in proptest::collection::vec(prop_oneof![any_case(false), any_case(true), any_shop()], 2..5)) {
        let mut memory = EngineMemory::default();
        for (path, setting, plans) in &cases {
            let mut sink = Collect(vec![None; plans.len()]);
            Engine::new(plans, setting, VectorUnit::Widest).run(path, &mut memory, &mut sink);
            for (got, plan) in sink.0.iter().zip(plans) {
                let expected = simulate(path, plan, setting, &mut Workspace::default());
                prop_assert_eq!(got.as_ref(), Some(&expected));
            }
        }
    }
}

/// What the lanes do not hold is left to the plain engine: each by itself.
#[test]
fn what_has_no_lanes_is_routed_to_the_plain_engine() {
    let days = 12;
    let plan = PolicyPlan {
        mode: 0,
        pre_stocked: Units::ZERO,
        pre_stock: Some(PreStockOrder { day: 0, units: Units(5) }),
        later_pre_stock: Vec::new(),
        expedite: None,
        replenishment: Replenishment {
            levels: ReorderLevels::Constant { level: Units(10), last_order_day: None },
            size: OrderSize::Lot { quantity: Units(7) },
            limits: OrderLimits::NONE,
        },
        guard: Some(Guard {
            pause: StockLevel::Units { units: Units(5) },
            resume: StockLevel::Units { units: Units(9) },
            look: Look::Open,
            delay_days: 0,
            action: GuardAction::PauseAds,
        }),
    };
    let setting = || Setting { event_starts: vec![0], event_of: vec![Some(0); days], ..Setting::new(days, Units(50)) };
    let has_lanes = |plan: &PolicyPlan, setting: &Setting| {
        !Engine::new(std::slice::from_ref(plan), setting, VectorUnit::Widest).groups.is_empty()
    };
    assert!(has_lanes(&plan, &setting()));
    let guard = |guard: Guard| PolicyPlan { guard: Some(guard), ..plan.clone() };
    let usual = plan.guard.expect("a guard");
    let pre_order = crate::policy::PreOrder { conversion: Probability::ONE, limit_days: 3 };
    let size = crate::policy::ExpediteSize::Quantity { units: Units(3) };
    let expedite = crate::policy::Expedite { mode: 0, level: Units(2), size, lead_days: 1, ordinary_days: 3 };
    let mut limited = plan.clone();
    limited.replenishment.limits.maximum = Units(20);
    for plan in [
        guard(Guard { pause: StockLevel::DaysOfCover { days: 2.0 }, ..usual }),
        guard(Guard { action: GuardAction::PreOrder(pre_order), ..usual }),
        PolicyPlan { expedite: Some(expedite), ..plan.clone() },
        limited,
    ] {
        assert!(!has_lanes(&plan, &setting()), "{plan:?}");
    }
    let alerts = AlertPlan { levels: vec![StockLevel::ShareOfLastReceipt { share: Probability::ONE }] };
    for setting in [
        Setting { ledger: true, ..setting() },
        Setting { price_breaks: vec![Units(9)], ..setting() },
        Setting { alerts, ..setting() },
    ] {
        assert!(!has_lanes(&plan, &setting), "{setting:?}");
    }
}

/// Days that many customers wait add up beyond a lane long before their number does.
#[test]
fn a_long_wait_of_many_is_counted_exactly() {
    let days = 100;
    let plan = PolicyPlan {
        mode: 0,
        pre_stocked: Units::ZERO,
        pre_stock: None,
        later_pre_stock: Vec::new(),
        expedite: None,
        replenishment: Replenishment {
            levels: ReorderLevels::Never,
            size: OrderSize::Lot { quantity: Units(1) },
            limits: OrderLimits::NONE,
        },
        guard: None,
    };
    let setting = Setting { waiting_share: Probability::ONE, ..Setting::new(days, Units::ZERO) };
    let path = ProductPath {
        organic: vec![600_000; days],
        ad: vec![0; days],
        lead_days: vec![vec![2; days]],
        ..ProductPath::default()
    };
    let plans = [plan];
    let mut sink = Collect(vec![None]);
    Engine::new(&plans, &setting, VectorUnit::Widest).run(&path, &mut EngineMemory::default(), &mut sink);
    assert_eq!(sink.0[0].as_ref().map(|outcome| outcome.waiting_days), Some(600_000 * 5050));
}

/// A warehouse that sends nothing out: what is sold stays on the shelf, and what is ordered for it comes on top.
#[test]
fn a_shelf_that_only_fills_is_counted_exactly() {
    let days = 100;
    let plan = PolicyPlan {
        mode: 0,
        pre_stocked: Units::ZERO,
        pre_stock: None,
        later_pre_stock: Vec::new(),
        expedite: None,
        replenishment: Replenishment {
            levels: ReorderLevels::Constant { level: Units(1_800_000), last_order_day: None },
            size: OrderSize::UpTo { above: Units::ZERO },
            limits: OrderLimits::NONE,
        },
        guard: None,
    };
    let flow = crate::simulate::Flow { dispatch_capacity: Some(Units::ZERO), ..Default::default() };
    let setting = Setting { flow, ..Setting::new(days, Units(1_800_000)) };
    let path = ProductPath {
        organic: vec![600_000; days],
        ad: vec![0; days],
        lead_days: vec![vec![1; days]],
        ..ProductPath::default()
    };
    let plans = [plan];
    let mut sink = Collect(vec![None]);
    Engine::new(&plans, &setting, VectorUnit::Widest).run(&path, &mut EngineMemory::default(), &mut sink);
    let expected = simulate(&path, &plans[0], &setting, &mut Workspace::default());
    assert!(expected.all.on_hand_days > u64::from(u32::MAX >> 1), "{}", expected.all.on_hand_days);
    assert_eq!(sink.0[0], Some(expected));
}

/// Numbers that lanes do not hold exactly are left to the plain engine, with the same answer.
#[test]
fn what_does_not_fit_the_lanes_is_run_plainly() {
    let plan = PolicyPlan {
        mode: 0,
        pre_stocked: Units::ZERO,
        pre_stock: None,
        later_pre_stock: Vec::new(),
        expedite: None,
        replenishment: Replenishment {
            levels: ReorderLevels::Constant { level: Units(3_000_000_000), last_order_day: None },
            size: OrderSize::Lots { quantity: Units(7) },
            limits: OrderLimits::NONE,
        },
        guard: None,
    };
    let days = 20;
    let setting = Setting { event_starts: vec![0], event_of: vec![Some(0); days], ..Setting::new(days, Units(5)) };
    let path = ProductPath {
        organic: vec![9; days],
        ad: vec![0; days],
        lead_days: vec![vec![2; days]],
        ..ProductPath::default()
    };
    let plans = [plan];
    let engine = Engine::new(&plans, &setting, VectorUnit::Widest);
    assert!(engine.groups.is_empty());
    let mut sink = Collect(vec![None]);
    engine.run(&path, &mut EngineMemory::default(), &mut sink);
    assert_eq!(sink.0[0], Some(simulate(&path, &plans[0], &setting, &mut Workspace::default())));
    assert!(sink.0[0].as_ref().is_some_and(|outcome| outcome.ordered > i32::MAX as u64));
}
