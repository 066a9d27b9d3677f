//! A1 and A2: ordinary demand inside event windows and the uplift of past events, against the truth.

use std::sync::OnceLock;

use stockburst::history::{History, Sku};
use stockburst::learn::{FitOptions, learn_shop, study_product};
use stockburst::synth::{EventTruth, ProductTruth, Shop, SynthSpec};

use crate::figures::{absolute, mean, median, quantile};
use crate::shops::{known, made};

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
    pub(crate) stocked_out: bool,
}

/// Demand less ordinary demand over the days of an event, tail included.
fn true_uplift(product: &ProductTruth, event: &EventTruth) -> f64 {
    let days = event.start_day..event.start_day + event.days;
    days.map(|day| product.demand[day] as f64 - product.baseline[day]).sum()
}

/// The shop of the trial.
fn trial() -> &'static Shop {
    static SHOP: OnceLock<Shop> = OnceLock::new();
    SHOP.get_or_init(|| made(&SynthSpec::trial()))
}

/// Every past event of the trial, learned from these records of it.
fn extract(records: &History) -> Vec<Extracted> {
    let options = FitOptions::default();
    let knowledge = learn_shop(records, &options).knowledge;
    let of_product = |product: &ProductTruth| {
        let sku = Sku(product.sku.clone());
        let study = study_product(knowledge.as_ref(), &sku, records, &options).expect("a product of the shop");
        let sales = &records.sales[&sku];
        let of_event = |event: &EventTruth| {
            let days = event.start_day..event.start_day + event.days;
            let truth: f64 = days.clone().map(|day| product.baseline[day]).sum();
            let error = |day: usize| study.ordinary[day] - product.baseline[day];
            let burst = study.fit.bursts.iter().find(|burst| burst.start == event.start).expect("its burst");
            let sold: f64 = days.clone().map(|day| sales.days[day].units.as_f64()).sum();
            let uplift = true_uplift(product, event);
            Extracted {
                wape: days.clone().map(|day| error(day).abs()).sum::<f64>() / truth,
                bias: days.map(error).sum::<f64>() / truth,
                uplift: burst.uplift / uplift - 1.0,
                raw: (sold - truth) / uplift - 1.0,
                stocked_out: event.stocked_out == Some(true),
            }
        };
        product.events.iter().filter(|event| event.spend.is_some()).map(of_event).collect::<Vec<_>>()
    };
    trial().truth.products.iter().flat_map(of_product).collect()
}

fn extracted() -> &'static [Extracted] {
    static ALL: OnceLock<Vec<Extracted>> = OnceLock::new();
    ALL.get_or_init(|| extract(&known(trial())))
}

/// The same, where nothing is recorded of when the shelf was empty: sales are taken for demand.
pub(crate) fn without_availability() -> Vec<Extracted> {
    let mut records = known(trial());
    for day in records.sales.values_mut().flat_map(|series| &mut series.days) {
        day.in_stock_share = None;
    }
    extract(&records)
}

/// Relative errors of uplift totals.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Uplifts {
    n: usize,
    /// Median and ninth decile of the absolute error.
    median: f64,
    pub(crate) high: f64,
    /// Mean error.
    bias: f64,
}

impl Uplifts {
    pub(crate) fn of(events: &[Extracted], which: impl Fn(&Extracted) -> bool) -> Self {
        let errors: Vec<f64> = events.iter().filter(|event| which(event)).map(|event| event.uplift).collect();
        let size = absolute(&errors);
        Self { n: errors.len(), median: median(&size), high: quantile(&size, 0.9), bias: mean(&errors) }
    }

    /// The gate of A2.
    fn holds(&self) -> bool {
        self.median <= 0.07 && self.high <= 0.15 && self.bias.abs() <= 0.03
    }

    pub(crate) fn show(&self, name: &str) {
        let Self { n, median, high, bias } = self;
        println!("{name} n {n} |error| of uplift median {median:.4} p90 {high:.4}, bias {bias:+.4}");
    }
}

#[test]
fn a1_ordinary_demand_inside_event_windows() {
    let of = |part: fn(&Extracted) -> f64| extracted().iter().map(part).collect::<Vec<f64>>();
    let (wape, bias) = (of(|event| event.wape), mean(&of(|event| event.bias)));
    let (middle, high) = (median(&wape), quantile(&wape, 0.9));
    println!("A1 n {} WAPE median {middle:.4} p90 {high:.4}, bias {bias:+.4}", wape.len());
    assert!(wape.len() >= 1_000);
    assert!(middle <= 0.07, "median WAPE {middle}");
    assert!(bias.abs() <= 0.03, "bias {bias}");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow: run with --release")]
fn a2_uplift_of_past_events() {
    let all = Uplifts::of(extracted(), |_| true);
    let out = Uplifts::of(extracted(), |event| event.stocked_out);
    all.show("A2 all");
    out.show("A2 stocked out");
    let raw: Vec<f64> = extracted().iter().filter(|event| event.stocked_out).map(|event| event.raw).collect();
    println!("A2 stocked out, sales as recorded: bias {:+.4}", mean(&raw));
    assert!(mean(&raw) <= -0.10, "the test does not bite: {}", mean(&raw));
    assert!(all.holds(), "{all:?}");
    assert!(out.holds(), "{out:?}");
}
