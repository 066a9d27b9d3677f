//! The tables that are shipped.

use std::path::Path;

use super::*;

fn shipped(sales: &str) -> (HistorySpec, std::path::PathBuf) {
    (spec(sales), Path::new(env!("CARGO_MANIFEST_DIR")).join("data"))
}

#[test]
fn the_shipped_online_retail_table_is_right() {
    let (spec, data) = shipped("online-retail/sales.csv");
    let loaded = load_history(&data, &spec).expect("right");
    assert_eq!(loaded.inputs[0].rows, 50_808);
    assert_eq!(loaded.history.sales.len(), 145);
    let units: Units = loaded.history.sales.values().flat_map(|series| &series.days).map(|day| day.units).sum();
    assert_eq!(units, Units(1_637_508));
}

#[test]
fn the_other_shipped_tables_are_right() {
    let (mut spec, data) = shipped("fresh-retail/sales.csv");
    spec.promotions = Some("fresh-retail/promotions.csv".to_owned());
    spec.purchases = Some("scms/purchases.csv".to_owned());
    spec.ads = Some("conjura/ads-us-apparel-weekly.csv".to_owned());
    let loaded = load_history(&data, &spec).expect("right");
    let history = &loaded.history;
    assert_eq!(loaded.inputs.iter().map(|input| input.rows).collect::<Vec<_>>(), [20_790, 836, 1_323, 2_770]);
    assert_eq!((history.sales.len(), history.promotions.len(), history.purchases.len()), (231, 836, 2_770));
    let spend: f64 = history.ads.iter().filter_map(|day| day.spend).sum();
    assert!((spend - 2_661_171.54).abs() < 1e-4, "{spend}");
    spec.ads = Some("conjura/ads-one-brand-weekly.csv".to_owned());
    let loaded = load_history(&data, &spec).expect("right");
    let spend: f64 = loaded.history.ads.iter().filter_map(|day| day.spend).sum();
    assert!((spend - 968_929_871.20).abs() < 1e-2, "{spend}");
    // The weekly totals are no sales table, and say so.
    let error = load_history(&data, &shipped("conjura/sales-us-apparel-weekly.csv").0).expect_err("weekly").to_string();
    assert!(error.contains("lacks the column `sku`"), "{error}");
}

/// Run by hand: `cargo test --release -- --ignored loading_is_fast`.
#[test]
#[ignore = "measures time"]
#[expect(clippy::disallowed_methods, reason = "measures time")]
fn loading_is_fast() {
    let (spec, data) = shipped("online-retail/sales.csv");
    let start = std::time::Instant::now();
    load_history(&data, &spec).expect("right");
    let time = start.elapsed();
    assert!(time.as_millis() < 300, "{time:?}");
}
