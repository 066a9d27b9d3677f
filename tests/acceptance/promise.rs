//! A8: stock at a promised risk, replayed on fresh futures of the truth.
//!
//! The unit of the interval is the shop: cycles of a shop share the error of what was learned of it.

use stockburst::history::Sku;
use stockburst::learn::{BurstLaw, Learned, PlannedEvent, event_burst};
use stockburst::process::{EventDemand, PathSampler, PathSet, ProductPath, ProductProcess};
use stockburst::random::Seed;
use stockburst::stats::quantile_inverse_sorted;
use stockburst::synth::{EventTruth, Shop, SynthSpec};

use crate::figures::{half_width, mean};
use crate::shops::{Kind, each_seed, learned, made};

/// Shops, products of each, futures that stock is set on and fresh draws of the truth.
const SHOPS: u64 = 200;
const PRODUCTS: u32 = 8;
const PATHS: u64 = 1_000;
const DRAWS: u64 = 500;
/// Promised probabilities that the event is served.
const PROMISED: [f64; 3] = [0.90, 0.95, 0.98];

/// Stock for the days of a product's planned event at each promise: learned and drawn as a run does, whose event is the
/// promotion without a tail.
fn stock(shop: &Shop, learned: &Learned, sku: &Sku, event: &EventTruth) -> [f64; PROMISED.len()] {
    let organic = learned.fits()[sku].organic.clone();
    let days = event.promoted_days;
    let start = event.start.days_since(shop.today) as usize;
    let ordinary = (0..days).map(|day| organic.mean(event.start.plus_days(day as i64))).sum();
    let spend = vec![event.planned_spend; days];
    let planned = PlannedEvent { days, ordinary, spend: Some(&spend), ..PlannedEvent::default() };
    let (burst, _) = event_burst(BurstLaw::Hier, sku, &planned, learned).expect("bursts of the shop");
    let mut process = ProductProcess::new(sku.0.clone(), shop.today, start + days, organic);
    process.events.push(EventDemand { id: "planned".to_owned(), start, days, planned_spend: spend.clone(), burst });
    let sampler = PathSampler::new(&process);
    let mut path = ProductPath::default();
    let mut totals: Vec<f64> = (0..PATHS)
        .map(|index| {
            sampler.draw_into(&mut path, Seed(1), PathSet::Planning, index);
            (start..start + days).map(|day| path.reference(day) as f64).sum()
        })
        .collect();
    totals.sort_by(f64::total_cmp);
    PROMISED.map(|level| quantile_inverse_sorted(&totals, level).expect("futures"))
}

/// Share of the fresh futures of a shop's planned events that are not served, at each promise.
fn missed(seed: u64) -> [f64; PROMISED.len()] {
    let shop = made(&SynthSpec { days: 300, ..Kind::Trial.spec(PRODUCTS, seed) });
    let learned = learned(&shop);
    let mut missed = [0_u32; PROMISED.len()];
    for (at, product) in shop.truth.products.iter().enumerate() {
        let event = product.events.last().expect("the planned event");
        let stock = stock(&shop, &learned, &Sku(product.sku.clone()), event);
        let window = shop.event_window(at, product.events.len() - 1, None).expect("its window");
        for draw in 0..DRAWS {
            let wanted = shop.fresh_total(at, window, draw) as f64;
            for (count, stock) in missed.iter_mut().zip(stock) {
                *count += u32::from(wanted > stock);
            }
        }
    }
    missed.map(|count| f64::from(count) / (DRAWS * u64::from(PRODUCTS)) as f64)
}

#[test]
fn a8_a_promised_risk_is_an_achieved_risk() {
    let shops = each_seed(SHOPS, missed);
    let mut broken = Vec::new();
    for (at, level) in PROMISED.iter().enumerate() {
        let shares: Vec<f64> = shops.iter().map(|shares| shares[at]).collect();
        let (promised, achieved, band) = (1.0 - level, mean(&shares), half_width(&shares));
        println!("A8 shops {SHOPS} promised risk {promised:.3} achieved {achieved:.4} +- {band:.4}");
        if (achieved - promised).abs() > band + 0.01 {
            broken.push((promised, achieved, band));
        }
    }
    assert!(broken.is_empty(), "{broken:?}");
}
