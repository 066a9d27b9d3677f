//! The supplier's terms through the real program: capacity, calendar, phases, expediting, price breaks.

use serde_json::Value;

use crate::support::{Place, TINY};

/// Two modes and prices, in a folder of its own.
fn scenario(more: &str) -> Place {
    let place = Place::new();
    let text = TINY.replace("paths = 200", "paths = 400\ncurrency = \"USD\"").replace(
        "mode = \"air\"",
        "mode = \"sea\"\nstage = [{ name = \"all\", days = { kind = \"fixed\", days = 12 } }]\n\n[[lead-time]]\nmode = \"air\"\nunit-cost = 2",
    );
    place.write("s.toml", format!("{text}\n[money]\nprice = 20\nunit-cost = 8\n{more}"));
    place
}

fn run(more: &str) -> Value {
    let ended = scenario(more).stockburst(&["run", "s.toml", "--json"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    serde_json::from_str(&ended.stdout).expect("JSON")
}

const ONE_RULE: &str =
    "lead-times = [\"sea\"]\nextend-multipliers = false\nreorder = [{ kind = \"units\", level = 60 }]\n";

/// The KPIs of the plan with this multiplier.
fn kpis(result: &Value, multiplier: f64) -> Value {
    let plans = result["products"][0]["candidates"].as_array().expect("plans");
    let plan = plans.iter().find(|plan| plan["multiplier"] == multiplier).expect("a plan");
    plan["kpis"].clone()
}

fn mean(kpis: &Value, key: &str) -> f64 {
    kpis[key]["value"].as_f64().unwrap_or_else(|| panic!("{key} of {kpis:#}"))
}

/// A supplier that takes 20 pieces a day needs more orders for the same pre-stock, and is later.
#[test]
fn capacity_splits_the_pre_stock_order() {
    let free = kpis(&run(&format!("[candidates]\n{ONE_RULE}")), 1.5);
    let limited = kpis(&run(&format!("[ordering]\nmaximum = 20\n[candidates]\n{ONE_RULE}")), 1.5);
    assert!(mean(&limited, "orders") > mean(&free, "orders") + 3.0);
    assert!(mean(&limited, "peak_stock") < mean(&free, "peak_stock"));
}

/// Who orders more than the supplier takes on a day, or today on a day without orders, is told so.
#[test]
fn the_report_tells_the_order_days() {
    let ordering = "[ordering]\nmaximum = 20\norder-weekdays = [\"mon\"]\n";
    let rule = ONE_RULE.replace("extend", "without-pre-stock = false\nextend");
    let ended = scenario(&format!("{ordering}[candidates]\n{rule}")).stockburst(&["run", "s.toml"]);
    let text = ended.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("first order day is 2026-10-05; at 20 pieces a day at most, order days needed:"), "{text}");
    let free = scenario(&format!("[candidates]\n{rule}")).stockburst(&["run", "s.toml"]);
    assert!(!free.stdout.contains("order day"), "{}", free.stdout);
}

/// Orders on Mondays only: 2026-10-01 is a Thursday, so nothing goes out before the 5th; the date to order by is a
/// Monday, and the interval that a reorder point protects is a week longer less a day.
#[test]
fn orders_go_out_on_order_days() {
    let result = run(&format!("[ordering]\norder-weekdays = [\"mon\"]\n[candidates]\n{ONE_RULE}"));
    let product = &result["products"][0];
    let sea = &product["lead_times"][0];
    assert_eq!(sea["protection_days"], 12.0 + 6.0);
    let monday = |date: &Value| {
        let date: stockburst::calendar::Date = date.as_str().expect("a date").parse().expect("a date");
        date.weekday().index() == 0
    };
    assert!(monday(&sea["order_date"]["latest"]), "{sea:#}");
    if !product["decision"]["order_by"].is_null() {
        assert!(monday(&product["decision"]["order_by"]["date"]));
    }
    let fan = product["decision"]["fan"].as_array().expect("days");
    let received: Vec<usize> =
        (0..fan.len()).filter(|day| fan[*day]["received"].as_f64().expect("pieces") > 0.0).collect();
    assert!(received.iter().all(|day| day % 7 == (4 + 12) % 7), "{received:?}: a Monday and twelve days");
}

/// A longer review needs more stock for the same service.
#[test]
fn a_longer_review_protects_longer() {
    let rule =
        "lead-times = [\"sea\"]\nextend-multipliers = false\nreorder = [{ kind = \"poisson\", service = 0.95 }]\n";
    let level = |ordering: &str| {
        let result = run(&format!("{ordering}[candidates]\n{rule}"));
        result["products"][0]["candidates"][0]["reorder_point"].as_u64().expect("pieces")
    };
    assert!(level("[ordering]\nreview-days = 7\n") >= level("") + 25);
}

#[test]
fn reorder_points_by_phase_are_told_with_their_days() {
    let rule = "lead-times = [\"sea\"]\nextend-multipliers = false\nreorder = [{ kind = \"by-phase\", before = 200, during = 0, after = 70 }]\n";
    let result = run(&format!("[candidates]\n{rule}"));
    let product = &result["products"][0];
    assert_eq!(product["candidates"][0]["phases"], serde_json::json!([200, 0, 70]));
    let steps = product["decision"]["rolling"].as_array().expect("steps");
    let points: Vec<u64> = steps.iter().map(|step| step["reorder_point"].as_u64().expect("pieces")).collect();
    assert_eq!(points, [200, 0, 70]);
    assert_eq!((&steps[0]["from"], &steps[0]["to"]), (&"2026-10-01".into(), &"2026-10-19".into()));
}

/// Expediting serves more, is counted apart, and is paid for.
#[test]
fn expediting_is_counted_and_paid() {
    let candidates = format!("[candidates]\n{ONE_RULE}");
    let without = kpis(&run(&candidates), 1.0);
    let with = run(&format!("[ordering.expedite]\nmode = \"air\"\nlevel = 30\nquantity = 50\n{candidates}"));
    let with = kpis(&with, 1.0);
    assert!(without["expedite"].is_null());
    let pieces = mean(&with["expedite"], "pieces");
    assert!(pieces > 1.0 && mean(&with["expedite"], "orders") * 50.0 - pieces < 1e-9);
    assert!(mean(&with["event"], "lost") < mean(&without["event"], "lost"));
    let goods = 8.0 * mean(&with, "ordered") + 2.0 * pieces;
    assert!((mean(&with, "goods_cost") - goods).abs() < 1e-6 * goods);
}

/// A break at one piece is a lower price for everything; one that no order reaches changes nothing.
#[test]
fn every_order_has_the_price_of_its_size() {
    let priced = |breaks: &str| kpis(&run(&format!("{breaks}\n[candidates]\n{ONE_RULE}")), 1.0);
    let goods = |kpis: &Value| mean(kpis, "goods_cost") / mean(kpis, "ordered");
    let price = |kpis: &Value, expected: f64| assert!((goods(kpis) - expected).abs() < 1e-9, "{}", goods(kpis));
    price(&priced("price-breaks = [{ from = 1, unit-cost = 7 }]"), 7.0);
    price(&priced("price-breaks = [{ from = 1000000, unit-cost = 7 }]"), 8.0);
    let mixed = goods(&priced("price-breaks = [{ from = 100, unit-cost = 7 }]"));
    assert!(mixed > 7.0 && mixed < 8.0, "the pre-stock order reaches the break, reorders do not: {mixed}");
}
