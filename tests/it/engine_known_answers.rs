//! The engine against closed forms, through the library's public door.

use stockburst::evaluate::{CandidateTally, compare};
use stockburst::policy::formula::{BurstDay, one_shot_burst};
use stockburst::policy::{OrderLimits, OrderSize, ReorderLevels, Replenishment};
use stockburst::process::{DayNoise, DurationLaw, LeadTimeChain, OrganicDemand, PathSet, ProductProcess, Stage};
use stockburst::random::Seed;
use stockburst::simulate::{Batch, PolicyPlan, Setting, Silent, VectorUnit};
use stockburst::stats::DemandLaw;
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

/// V8 in days: base stock with full waiting. Net stock is S less the demand of L + 1 days (today's included), here
/// Poisson with mean 20: E[backlog] and E[on hand] at S = 28 as published, and P(no stock).
#[test]
fn base_stock_with_backorders_has_its_closed_form() {
    let (days, warm_up) = (1200, 100);
    let process = process(days, 5.0, DayNoise::Poisson, DurationLaw::Fixed { days: 4.0 });
    // Stock of the evening of day t is S less the demand of days t - L + 1 to t: L days, mean 20.
    let plan = plan(
        ReorderLevels::Constant { level: Units(28), last_order_day: None },
        OrderSize::UpTo { above: Units::ZERO },
    );
    let kpis = run(&process, &plan, &setting(days, 28, Probability::ONE, warm_up), 400).kpis();
    let near = |name: &str, value: f64, error: f64, expected: f64| {
        assert!((value - expected).abs() <= 4.0 * error, "{name}: {value} +- {error}, exact {expected}");
    };
    near("on hand", kpis.mean_stock.value, kpis.mean_stock.standard_error, 8.088_275_7);
    near("no stock", 1.0 - kpis.all.ready_rate.value, kpis.all.ready_rate.standard_error, 0.052_480_7);
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
