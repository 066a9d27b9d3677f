//! Synthetic shops through the program: the same bytes twice, tables that our reader takes, a scenario that runs.

use std::collections::BTreeMap;

use crate::support::{Place, root};

/// A small shop with everything in it.
fn params() -> String {
    let shipped = root().join("scenarios/synth/synthetic-shop.toml");
    let text = std::fs::read_to_string(shipped).expect("the shipped parameters");
    text.replace("products = 8", "products = 2")
}

fn bytes(place: &Place, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let inside = format!("{folder}/");
    let files = place.files().into_iter().filter_map(|file| file.strip_prefix(&inside).map(str::to_owned));
    files.map(|file| (file.clone(), std::fs::read(place.path().join(folder).join(file)).expect("a file"))).collect()
}

#[test]
fn a_shop_is_made_twice_the_same_and_its_scenario_runs() {
    let place = Place::new();
    place.write("shop.toml", params());
    place.stockburst(&["synth", "shop.toml", "--out", "one"]).is(0, &["one/scenario.toml"]);
    place.stockburst(&["synth", "shop.toml", "--out", "two"]).is(0, &[]);
    let one = bytes(&place, "one");
    let names: Vec<&str> = one.keys().map(String::as_str).collect();
    let expected =
        ["ads.csv", "open-orders.csv", "promotions.csv", "purchases.csv", "sales.csv", "scenario.toml", "stock.csv"];
    assert_eq!(names, expected.into_iter().chain(["truth.json"]).collect::<Vec<_>>());
    assert_eq!(one, bytes(&place, "two"));
    let other = place.stockburst(&["synth", "shop.toml", "--out", "three", "--seed", "5", "--json"]);
    other.is(0, &[]);
    assert_ne!(one["sales.csv"], bytes(&place, "three")["sales.csv"]);
    let summary: serde_json::Value = serde_json::from_str(&other.stdout).expect("JSON");
    assert_eq!((&summary["seed"], &summary["products"]), (&5.into(), &2.into()));
    assert!(summary["wanted"].as_u64() > summary["sold"].as_u64());

    place.stockburst(&["validate", "one/scenario.toml"]).is(0, &[]);
    let ran = place.stockburst(&["run", "one/scenario.toml", "--paths", "200", "--json", "--out", "report"]);
    ran.is(0, &[]);
    let result: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(result["scenario"]["synthetic"], true);
    assert_eq!(result["products"].as_array().map(Vec::len), Some(2));
    let html = std::fs::read_to_string(place.path().join("report/report.html")).expect("the report");
    assert!(html.contains("banner\"") && html.contains("stockburst synth"), "it says that it is invented");
}

#[test]
fn every_table_is_read_back_as_it_was_made() {
    use stockburst::ingest::{load_history, load_scenario, load_synth};
    let place = Place::new();
    let file = place.write("shop.toml", params());
    place.stockburst(&["synth", "shop.toml", "--out", "shop"]).is(0, &[]);
    let made = stockburst::synth::shop(&load_synth(&file).expect("parameters")).expect("a shop");
    let scenario = load_scenario(&place.path().join("shop/scenario.toml")).expect("a scenario");
    let spec = scenario.scenario.spec().history.clone().expect("a history");
    let read = load_history(&place.path().join("shop"), &spec).expect("tables");
    assert!(read.inputs.len() == 6 && read.inputs.iter().all(|input| input.ignored_columns.is_empty()));
    assert_eq!(read.history.sales, made.history.sales);
    assert_eq!(read.history.ads, made.history.ads);
    assert_eq!(read.history.promotions, made.history.promotions);
    assert_eq!(read.history.purchases, made.history.purchases);
    assert_eq!(read.history.open_orders, made.history.open_orders);
    assert_eq!(read.history.stock, made.history.stock);
    assert_eq!(scenario.scenario.spec().today, made.today);
}

#[test]
fn a_wrong_key_is_told_with_its_place_and_nothing_is_written() {
    let place = Place::new();
    place.write("shop.toml", params().replace("within-sd", "within-sdd"));
    place
        .stockburst(&["synth", "shop.toml", "--out", "shop"])
        .is(3, &["unknown key `within-sdd`", "shop.toml:", "within-sd"]);
    place.write("shop.toml", params().replace("gap-days = [60, 80]", "gap-days = [20, 80]"));
    place.stockburst(&["synth", "shop.toml", "--out", "shop"]).is(3, &["(events.gap-days)", "least `20`"]);
    place.stockburst(&["synth", "none.toml", "--out", "shop"]).is(3, &["none.toml"]);
    assert_eq!(place.files(), ["shop.toml"]);
}

#[test]
fn a_folder_is_replaced_only_if_asked_and_only_if_it_is_a_shop() {
    let place = Place::new();
    place.write("shop.toml", params());
    place.write("other/letter.txt", "dear");
    place.stockburst(&["synth", "shop.toml", "--out", "other", "--force"]).is(1, &["holds other files"]);
    place.stockburst(&["synth", "shop.toml", "--out", "shop"]).is(0, &[]);
    let first = bytes(&place, "shop");
    place.stockburst(&["synth", "shop.toml", "--out", "shop", "--seed", "9"]).is(1, &["--force"]);
    assert_eq!(first, bytes(&place, "shop"));
    place.stockburst(&["synth", "shop.toml", "--out", "shop", "--seed", "9", "--force"]).is(0, &[]);
    assert_ne!(first, bytes(&place, "shop"));
    assert!(place.files().contains(&"other/letter.txt".to_owned()));
}
