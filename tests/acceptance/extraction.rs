//! A1 and A2: ordinary demand inside event windows and the uplift of past events, against the truth.

use std::sync::OnceLock;

use stockburst::history::Sku;
use stockburst::learn::{FitOptions, study_product};
use stockburst::synth::{EventTruth, ProductTruth, SynthSpec};

use crate::figures::{absolute, mean, median, quantile};
use crate::shops::{learned, made};

/// One past event: what was learned of it, against what is true.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extracted {
    /// Sum of the absolute daily errors of ordinary demand over its truth.
    wape: f64,
    /// The same with signs.
    bias: f64,
    /// Uplift learned over the true one, less 1.
    uplift: f64,
    /// Uplift by sales as recorded over the true one, less 1.
    raw: f64,
    stocked_out: bool,
}

/// Demand less ordinary demand over the days of an event, tail included.
fn true_uplift(product: &ProductTruth, event: &EventTruth) -> f64 {
    let days = event.start_day..event.start_day + event.days;
    days.map(|day| product.demand[day] as f64 - product.baseline[day]).sum()
}

/// Every past event of the trial.
fn extracted() -> &'static [Extracted] {
    static ALL: OnceLock<Vec<Extracted>> = OnceLock::new();
    ALL.get_or_init(|| {
        let shop = made(&SynthSpec::trial());
        let shop_wide = learned(&shop);
        let known = shop.history.as_of(shop.today.plus_days(-1));
        let mut all = Vec::new();
        for product in &shop.truth.products {
            let sku = Sku(product.sku.clone());
            let study = study_product(shop_wide.knowledge.as_ref(), &sku, &known, &FitOptions::default());
            let study = study.expect("a product of the shop");
            let sales = &known.sales[&sku];
            for event in product.events.iter().filter(|event| event.spend.is_some()) {
                let days = event.start_day..event.start_day + event.days;
                let truth: f64 = days.clone().map(|day| product.baseline[day]).sum();
                let error = |day: usize| study.ordinary[day] - product.baseline[day];
                let burst = study.fit.bursts.iter().find(|burst| burst.start == event.start).expect("its burst");
                let sold: f64 = days.clone().map(|day| sales.days[day].units.as_f64()).sum();
                let uplift = true_uplift(product, event);
                all.push(Extracted {
                    wape: days.clone().map(|day| error(day).abs()).sum::<f64>() / truth,
                    bias: days.map(error).sum::<f64>() / truth,
                    uplift: burst.uplift / uplift - 1.0,
                    raw: (sold - truth) / uplift - 1.0,
                    stocked_out: event.stocked_out == Some(true),
                });
            }
        }
        all
    })
}

fn of(part: impl Fn(&Extracted) -> f64, of: impl Fn(&Extracted) -> bool) -> Vec<f64> {
    extracted().iter().filter(|event| of(event)).map(part).collect()
}

#[test]
fn a1_ordinary_demand_inside_event_windows() {
    let (wape, bias) = (of(|event| event.wape, |_| true), of(|event| event.bias, |_| true));
    let (middle, high, bias) = (median(&wape), quantile(&wape, 0.9), mean(&bias));
    println!("A1 n {} WAPE median {middle:.4} p90 {high:.4} bias {bias:+.4}", wape.len());
    assert!(wape.len() >= 1_000);
    assert!(middle <= 0.07, "median WAPE {middle}");
    assert!(bias.abs() <= 0.03, "bias {bias}");
}

#[test]
fn a2_uplift_of_past_events() {
    for (name, only) in [("all", false), ("stocked out", true)] {
        let chosen = |event: &Extracted| !only || event.stocked_out;
        let errors = of(|event| event.uplift, chosen);
        let size = absolute(&errors);
        let (middle, high, bias) = (median(&size), quantile(&size, 0.9), mean(&errors));
        println!("A2 {name} n {} |error| median {middle:.4} p90 {high:.4} bias {bias:+.4}", errors.len());
        assert!(middle <= 0.07, "{name}: median {middle}");
        assert!(high <= 0.15, "{name}: p90 {high}");
        assert!(bias.abs() <= 0.03, "{name}: bias {bias}");
    }
    let raw = mean(&of(|event| event.raw, |event| event.stocked_out));
    println!("A2 stocked out, sales as recorded: bias {raw:+.4}");
    assert!(raw <= -0.10, "the test does not bite: {raw}");
}

#[test]
fn explore() {
    let shop = made(&SynthSpec::trial());
    let shop_wide = learned(&shop);
    let known = shop.history.as_of(shop.today.plus_days(-1));
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for product in &shop.truth.products {
        let sku = Sku(product.sku.clone());
        let study = study_product(shop_wide.knowledge.as_ref(), &sku, &known, &FitOptions::default()).unwrap();
        for event in product.events.iter().filter(|event| event.spend.is_some()) {
            let burst = study.fit.bursts.iter().find(|burst| burst.start == event.start).expect("its burst");
            let truth = true_uplift(product, event);
            let window = event.start_day..event.start_day + burst.days;
            let same: f64 = window.clone().map(|day| product.demand[day] as f64 - product.baseline[day]).sum();
            let filled: f64 = window.map(|day| study.demand[day] - product.demand[day] as f64).sum();
            let row = [
                burst.uplift / truth - 1.0,
                same / truth - 1.0,
                filled / truth,
                event.uplift.unwrap() as f64 / truth - 1.0,
                burst.days as f64 - event.promoted_days as f64,
                event.days as f64 - event.promoted_days as f64,
                burst.censored_share,
            ];
            if event.stocked_out == Some(true) { a.push(row) } else { b.push(row) }
        }
    }
    for (name, rows) in [("out", a), ("in", b)] {
        let m: Vec<f64> = (0..7).map(|at| mean(&rows.iter().map(|r| r[at]).collect::<Vec<_>>())).collect();
        println!("{name} n {} err {:+.4} sameWindow {:+.4} filled {:+.4} eventUplift {:+.4} tail {:.2} true {:.2} cens {:.3}", rows.len(), m[0], m[1], m[2], m[3], m[4], m[5], m[6]);
    }
}
