//! The engine against closed forms, through the library's public door.

use stockburst::evaluate::{CandidateTally, compare};
use stockburst::policy::formula::{BurstDay, one_shot_burst};
use stockburst::policy::{OrderLimits, OrderSize, ReorderLevels, Replenishment};
use stockburst::process::{
    DayNoise, Dependence, DurationLaw, LeadTimeChain, OrganicDemand, PathSampler, PathSet, ProductPath, ProductProcess,
    Stage,
};
use stockburst::random::Seed;
use stockburst::simulate::{Batch, PathOutcome, PolicyPlan, Setting, Silent, VectorUnit, Workspace, simulate};
use stockburst::stats::{DemandLaw, Moments};
use stockburst::units::{Probability, Units};

fn setting(days: usize, opening: u64, waiting: Probability, measure_from: usize) -> Setting {
    Setting {
        event_starts: vec![0],
        event_of: vec![Some(0); days],
        waiting_share: waiting,
        measure_from,
        ..Setting::new(days, Units(opening))
    }
}

fn process(days: usize, mean: f64, noise: DayNoise, lead: DurationLaw) -> ProductProcess {
    let organic = OrganicDemand { level: mean, weekday: [1.0; 7], level_error: 0.0, noise };
    ProductProcess {
        chains: vec![LeadTimeChain::new("m", vec![Stage { name: "all".into(), law: lead }])],
        ..ProductProcess::new("known", "2026-01-05".parse().expect("a date"), days, organic)
    }
}

fn plan(levels: ReorderLevels, size: OrderSize) -> PolicyPlan {
    let replenishment = Replenishment { levels, size, limits: OrderLimits::NONE };
    PolicyPlan {
        mode: 0,
        pre_stocked: Units::ZERO,
        pre_stock: None,
        later_pre_stock: Vec::new(),
        replenishment,
        expedite: None,
        guard: None,
    }
}

fn run(process: &ProductProcess, plan: &PolicyPlan, setting: &Setting, paths: u64) -> CandidateTally {
    let batch = Batch { process, seed: Seed(7), set: PathSet::Comparison, count: paths };
    let plans = std::slice::from_ref(plan);
    let mut tallies = compare(&batch, plans, setting, None, VectorUnit::Widest, &Silent).expect("nobody cancels");
    tallies.remove(0)
}

/// What the plain engine counts on each of `paths` paths.
fn outcomes(process: &ProductProcess, plan: &PolicyPlan, setting: &Setting, paths: u64) -> Vec<PathOutcome> {
    let (sampler, mut path, mut workspace) = (PathSampler::new(process), ProductPath::default(), Workspace::default());
    (0..paths)
        .map(|index| {
            sampler.draw_into(&mut path, Seed(7), PathSet::Comparison, index);
            simulate(&path, plan, setting, &mut workspace)
        })
        .collect()
}

/// Holds the mean of a figure over independent paths to its exact value, at four standard errors.
fn held(name: &str, outcomes: &[PathOutcome], figure: impl Fn(&PathOutcome) -> f64, exact: f64) {
    let mut moments = Moments::default();
    outcomes.iter().for_each(|outcome| moments.push(figure(outcome)));
    let got = moments.estimate().expect("paths");
    assert!((got.value - exact).abs() <= 4.0 * got.standard_error, "{name}: {got:?}, exact {exact}");
}

/// One stock against twelve independent days: the exact dynamic programme and the engine agree on every figure.
#[test]
fn one_stock_against_a_burst_agrees_with_the_exact_answer() {
    let days = 12;
    let process = process(days, 70.0, DayNoise::NegativeBinomial { size: 4.0 }, DurationLaw::Fixed { days: 1.0 });
    let stock = 900;
    let law = BurstDay { demand: DemandLaw::NegativeBinomial { mean: 70.0, size: 4.0 }, arrivals: Units::ZERO };
    let exact = one_shot_burst(Units(stock), &vec![law; days]).expect("a burst");
    let plan = plan(ReorderLevels::Never, OrderSize::Lot { quantity: Units(1) });
    let kpis = run(&process, &plan, &setting(days, stock, Probability::ZERO, 0), 20_000).kpis();
    for (name, got, expected) in [
        ("P(any lost sale)", kpis.event.stockout, exact.any_lost_sale),
        ("lost", kpis.event.lost, exact.expected_lost),
        ("fill rate", kpis.event.fill_rate, exact.fill_rate),
        ("left", kpis.leftover, exact.expected_left),
    ] {
        assert!(
            (got.value - expected).abs() <= 4.0 * got.standard_error,
            "{name}: {} +- {}, exact {expected}",
            got.value,
            got.standard_error
        );
    }
}

/// Stock on hand, waiting customers and evenings without stock of a system in which everybody waits. Net stock of the
/// evening of day t is the position of day t - 4 less the demand of 4 days, Poisson with mean 20.
fn held_with_backorders(level: u64, size: OrderSize, [no_stock, waiting, on_hand]: [f64; 3]) {
    let (days, warm_up) = (1200, 100);
    let process = process(days, 5.0, DayNoise::Poisson, DurationLaw::Fixed { days: 4.0 });
    let plan = plan(ReorderLevels::Constant { level: Units(level), last_order_day: None }, size);
    let outcomes = outcomes(&process, &plan, &setting(days, level, Probability::ONE, warm_up), 400);
    let measured = (days - warm_up) as f64;
    held("no stock", &outcomes, |o| 1.0 - o.all.ready_days as f64 / measured, no_stock);
    held("waiting", &outcomes, |o| o.waiting_days as f64 / measured, waiting);
    held("on hand", &outcomes, |o| o.all.on_hand_days as f64 / measured, on_hand);
}

/// V8 in days: base stock S = 28; on hand less waiting is S - 20.
#[test]
fn base_stock_with_backorders_has_its_closed_form() {
    held_with_backorders(28, OrderSize::UpTo { above: Units::ZERO }, [0.052_480_7, 0.088_275_7, 8.088_275_7]);
}

/// V10 in days: lots of 10 above s = 24; the position is uniform on 25 to 34 whatever the sizes of the orders.
#[test]
fn lots_with_backorders_have_their_closed_form() {
    held_with_backorders(24, OrderSize::Lots { quantity: Units(10) }, [0.048_445_9, 0.090_274_8, 9.590_274_8]);
}

/// Pieces on order under a daily base stock that never runs out, in the evening of day 59; 50 a day.
fn on_order(chain: LeadTimeChain, paths: u64) -> (f64, Vec<f64>) {
    let days = 60;
    let mut process = process(days, 50.0, DayNoise::Poisson, DurationLaw::Fixed { days: 1.0 });
    process.chains = vec![chain];
    let plan = plan(
        ReorderLevels::Constant { level: Units(5000), last_order_day: None },
        OrderSize::UpTo { above: Units::ZERO },
    );
    let outcomes = outcomes(&process, &plan, &setting(days, 5000, Probability::ONE, 0), paths);
    let drawn: Vec<f64> = outcomes.iter().map(|o| o.final_on_order as f64).collect();
    (drawn.iter().sum::<f64>() / paths as f64, drawn)
}

fn lane(law: DurationLaw) -> LeadTimeChain {
    LeadTimeChain::new("m", vec![Stage { name: "all".into(), law }])
}

fn records(days: impl IntoIterator<Item = u32>) -> DurationLaw {
    DurationLaw::Records { days: days.into_iter().map(f64::from).collect() }
}

/// Variance and its standard error from the fourth moment.
fn variance(drawn: &[f64]) -> (f64, f64) {
    let n = drawn.len() as f64;
    let mean = drawn.iter().sum::<f64>() / n;
    let power = |p: i32| drawn.iter().map(|x| (x - mean).powi(p)).sum::<f64>() / n;
    (power(2), ((power(4) - power(2).powi(2)) / n).sqrt())
}

/// V7, Little: 50 a day for 20 days on average are 1,000 on order, whatever the law, the dependence and the lane.
#[test]
fn what_is_on_order_depends_on_the_mean_lead_time_only() {
    let persistent = Dependence { correlation: 0.0, persistence: 0.7 };
    for chain in [
        lane(DurationLaw::Fixed { days: 20.0 }),
        lane(records([10, 20, 20, 30])),
        lane(records(15..=25)).with_dependence(persistent),
        lane(DurationLaw::Gamma { mean: 20.0, cv: 0.2 }),
    ] {
        let (mean, drawn) = on_order(chain.clone(), 10_000);
        let allowed = 4.0 * (variance(&drawn).0 / 10_000.0).sqrt();
        assert!((mean - 1000.0).abs() <= allowed, "{:?}: {mean} +- {allowed}", chain.stages());
    }
}

/// V6: orders that cross vary less: the variance of what is on order is 50 x 20 + 50² Σ F (1 - F), and not that of the
/// demand of one lead time, 1000 + 50² Var L. In a lane that keeps its order it is that of the demand of a lead time in
/// the lane, the running maximum: P(at most x) = Π P(L <= x + k).
#[test]
fn crossing_orders_vary_as_they_should() {
    for (law, exact) in [(records([10, 20, 20, 30]), 10_375.0), (records(15..=25), 5545.45)] {
        let (got, error) = variance(&on_order(lane(law.clone()), 20_000).1);
        assert!((got - exact).abs() <= 4.0 * error, "{law:?}: {got} +- {error}, exact {exact}");
    }
    let below = |x: u32| f64::from((x.min(30).saturating_sub(14)).min(11)) / 11.0;
    let in_lane = |x: u32| (x..=25).map(below).product::<f64>();
    let law: Vec<(f64, f64)> = (15..=25).map(|x| (f64::from(x), in_lane(x) - in_lane(x - 1))).collect();
    let mean: f64 = law.iter().map(|(x, p)| x * p).sum();
    let spread: f64 = law.iter().map(|(x, p)| (x - mean).powi(2) * p).sum();
    let (at, drawn) = on_order(lane(records(15..=25)).keeping_order(), 20_000);
    let ((got, error), exact) = (variance(&drawn), 50.0 * mean + 2500.0 * spread);
    assert!((at - 50.0 * mean).abs() <= 4.0 * (got / 20_000.0).sqrt(), "{at}, exact {}", 50.0 * mean);
    assert!((got - exact).abs() <= 4.0 * error, "{got} +- {error}, exact {exact}");
}

/// V9, Palm: the lost share of a lost-sales base stock does not depend on the law of the lead time, only on its mean:
/// Erlang's 6.60967 % at S = 24 and an offered load of 20. In days this holds where a day rarely brings two orders, so
/// demand is slow here (0.05 a day, 400 days): what is left of batches moves it by some thousandths.
#[test]
fn lost_sales_do_not_depend_on_the_law_of_the_lead_time() {
    let (days, warm_up) = (8_000, 1_500);
    let plan = plan(
        ReorderLevels::Constant { level: Units(24), last_order_day: None },
        OrderSize::UpTo { above: Units::ZERO },
    );
    for lead in [DurationLaw::Fixed { days: 400.0 }, DurationLaw::LogNormal { mean: 400.0, cv: 0.6 }] {
        let process = process(days, 0.05, DayNoise::Poisson, lead.clone());
        let kpis = run(&process, &plan, &setting(days, 24, Probability::ZERO, warm_up), 300).kpis();
        let lost = 1.0 - kpis.all.fill_rate.value;
        let error = kpis.all.fill_rate.standard_error;
        assert!((lost - 0.066_096_7).abs() <= 4.0 * error + 0.003, "{lead:?}: {lost} +- {error}");
    }
}
