//! The scenarios that are shipped, on the data that are shipped.

use std::path::PathBuf;

use crate::support::{Place, root};

fn scenarios() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("scenarios"))
        .expect("scenarios")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files
}

fn result(name: &str, paths: &str) -> (i32, serde_json::Value, String) {
    let place = Place::new();
    let file = root().join("scenarios").join(name);
    let ended = place.stockburst(&["run", file.to_str().expect("UTF-8"), "--paths", paths, "--json"]);
    let html = place.files().into_iter().find(|file| file.ends_with("report.html")).expect("a report");
    let html = std::fs::read_to_string(place.path().join(html)).expect("the report");
    (ended.code, serde_json::from_str(&ended.stdout).expect("JSON"), html)
}

#[test]
fn each_names_the_schema_and_runs() {
    assert!(scenarios().len() >= 3);
    for file in scenarios() {
        let text = std::fs::read_to_string(&file).expect("a scenario");
        assert!(text.starts_with("#:schema ./scenario.schema.json\n# Question:"), "{}", file.display());
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        let (code, result, _) = result(&name, "100");
        assert!([0, 5].contains(&code), "{name} ended with {code}");
        assert!(!result["products"].as_array().expect("products").is_empty());
    }
}

/// The article's case: 500 a day x 15 days, ordered below exactly 7,500, and then its risk.
#[test]
fn the_worked_case_has_its_trigger_of_7500() {
    let (_, result, html) = result("accessories-worked-case.toml", "400");
    let product = &result["products"][0];
    let rule: Vec<&serde_json::Value> = product["candidates"]
        .as_array()
        .expect("candidates")
        .iter()
        .filter(|candidate| candidate["formula"] == "max-average")
        .collect();
    assert!(!rule.is_empty());
    for candidate in rule {
        assert_eq!(candidate["reorder_point"], 7500);
        assert!(candidate["kpis"]["event"]["stockout"]["value"].is_number());
        assert!(candidate["kpis"]["leftover"]["value"].is_number());
    }
    assert!(html.contains("7,500"));
}

#[test]
fn the_gift_shop_prints_its_wholesale_rule_and_that_it_is_not_ads() {
    let (_, result, html) = result("gift-shop-peak.toml", "100");
    for product in result["products"].as_array().expect("products") {
        let caveats = product["fit"]["caveats"].as_array().expect("caveats");
        let wholesale = caveats.iter().find(|caveat| caveat["kind"] == "wholesale-removed").expect("the rule");
        let share = wholesale["share"].as_f64().expect("a share");
        assert!(share > 0.01 && share < 0.6, "{share}");
    }
    assert!(html.contains("not ads"));
}

#[test]
fn fresh_promotions_say_that_multipliers_are_a_demonstration() {
    let (_, result, html) = result("fresh-promotions.toml", "100");
    assert!(html.contains("demonstration"));
    for product in result["products"].as_array().expect("products") {
        assert_eq!(product["lead_times"][0]["mean"], 1.0);
        assert!(product["fit"]["censored_days"].as_u64().expect("a count") > 0, "stockouts are recorded");
    }
}
