//! What stands beside the planned events, from the file to the result.

use crate::support::{Place, TINY};

/// Runs a scenario text and gives the result of its product.
#[track_caller]
fn product(text: &str) -> serde_json::Value {
    let place = Place::new();
    place.write("s.toml", text);
    let ended = place.stockburst(&["run", "s.toml", "--json"]);
    assert!([0, 5].contains(&ended.code), "{ended:#?}");
    let result: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
    result["products"][0].clone()
}

fn number(value: &serde_json::Value, pointer: &str) -> f64 {
    value.pointer(pointer).and_then(serde_json::Value::as_f64).unwrap_or_else(|| panic!("{pointer} in {value}"))
}

/// Ordinary demand of five a day over the fourteen event days (ramp 1, plateau 4, tail 9): every key moves it as stated.
#[test]
fn every_key_moves_the_forecast_as_it_says() {
    let ordinary = |more: &str| number(&product(&format!("{TINY}{more}")), "/events/0/ordinary_total");
    let plain = ordinary("");
    assert!((plain - 14.0 * 5.0).abs() < 1e-9, "{plain}");
    let holiday = ordinary("\n[[holiday]]\ndate = 2026-10-21\ndays = 2\nfactor = 0.5\n");
    assert!((plain - holiday - 5.0).abs() < 1e-9, "{holiday}");
    let live = ordinary("\n[[live]]\ndate = 2026-10-22\nstart = 1200\nminutes = 60\norders = 33\n");
    assert!((live - plain - 33.0).abs() < 1e-9, "{live}");
    let unplanned = "\n[unplanned]\nrate-per-day = 0.02\nsize = { kind = \"ordinary-days\", mean = 20, cv = 0.5 }\n\
                     ramp-days = 1\nplateau-days = [2, 4]\n";
    let lucky = ordinary(unplanned);
    assert!((lucky / plain - 1.4).abs() < 1e-9, "0.02 a day of twenty days' demand: {lucky}");
    let declining = TINY.replace("sku = \"A\"", "sku = \"A\"\nlife-cycle = { kind = \"decline\", weekly-loss = 0.1 }");
    let expected: f64 = (19..33).map(|day| 5.0 * 0.9_f64.powf(f64::from(day) / 7.0)).sum();
    let declined = number(&product(&declining), "/events/0/ordinary_total");
    assert!((declined - expected).abs() < 1e-9, "{declined} {expected}");
}

/// A market of 10,000 that follows Bass's curve states the level: what it buys today.
#[test]
fn a_market_states_the_level() {
    let cycle = "life-cycle = { kind = \"bass\", innovation = 0.001, imitation = 0.04, age-days = 0, market = 10000 }";
    let level = number(&product(&TINY.replace("demand = { per-day = 5 }", cycle)), "/organic/level");
    // F(1) = (1 - e^-.041) / (1 + 40 e^-.041) = .040171 / 39.393 = .00101974.
    assert!((level - 10.1974).abs() < 0.0001, "{level}");
}

/// Sessions are demand that the shelf must serve: the same stock runs out more often.
#[test]
fn live_orders_are_served_from_the_same_stock() {
    let live = "\n[[live]]\ndate = 2026-10-21\nstart = 1200\nminutes = 60\norders = 400\n";
    let lost = |product: &serde_json::Value| {
        let candidates = product["candidates"].as_array().expect("candidates");
        let never = candidates.iter().find(|c| c["formula"] == "never" && c["multiplier"].is_null());
        number(never.expect("a plan without orders"), "/kpis/event/lost/value")
    };
    let (without, with) = (lost(&product(TINY)), lost(&product(&format!("{TINY}{live}"))));
    assert!((with - without - 400.0).abs() < 80.0, "{without} {with}");
}

/// Mixtures, lanes and closures move lead times and the latest order date.
#[test]
fn lanes_move_the_lead_time_and_the_order_date() {
    let base = TINY.replace("start = 2026-10-20", "start = 2026-11-20");
    let of = |from: &str, to: &str| {
        assert!(base.contains(from), "{from}");
        product(&base.replace(from, to))["lead_times"][0].clone()
    };
    let law = "{ kind = \"gamma\", mean = 9, cv = 0.3 }";
    let mixture = "{ kind = \"mixture\", parts = [{ share = 0.9, days = { kind = \"fixed\", days = 9 } }, \
                   { share = 0.1, days = { kind = \"fixed\", days = 19 } }] }";
    assert!((number(&of(law, mixture), "/mean") - 10.0).abs() < 0.1);
    let plain = of(law, law);
    let lane = of("mode = \"air\"", "mode = \"air\"\nin-order = true");
    assert!(number(&lane, "/mean") > number(&plain, "/mean") + 1.0, "{lane} {plain}");

    let closed = "[[closure]]\nfrom = 2026-11-05\nuntil = 2026-11-14\n\n[[lead-time]]";
    let fixed = base.replace(law, "{ kind = \"fixed\", days = 9 }");
    let latest =
        |text: &str| product(text)["lead_times"][0]["order_date"]["latest"].as_str().expect("a date").to_owned();
    // On the shelf on the 19th: five days before the closure are worked, or all of it is over.
    assert_eq!(latest(&fixed), "2026-11-10");
    assert_eq!(latest(&fixed.replace("[[lead-time]]", closed)), "2026-10-31");
}

/// Two events, lead time nine days: the second order is placed ten days before its event, for goods are to be there a day
/// early, and is what m F wants beyond what the first event is expected to leave.
#[test]
fn each_event_has_a_pre_stock_order_of_its_own() {
    let burst = "demand = { kind = \"parametric\", ramp-days = 1, plateau-days = [3, 4], peak-per-day = 40 }\n";
    let second = format!("\n[[event]]\nid = \"again\"\nstart = 2026-11-05\n{burst}");
    let fixed = TINY.replace("kind = \"gamma\", mean = 9, cv = 0.3", "kind = \"fixed\", days = 9");
    let only = "\n[candidates]\nreorder = [{ kind = \"never\" }]\nmultipliers = [1.2]\nwithout-pre-stock = false\n\
                extend-multipliers = false\n";
    let product = product(&format!("{fixed}{second}{only}"));
    let plans = product["decision"]["event_plans"].as_array().expect("two events");
    assert_eq!(plans.len(), 2);
    let total = |at: usize| number(&product, &format!("/events/{at}/predicted_total"));
    let ready = number(&product, "/lead_times/0/mean");
    assert_eq!(ready, 9.0);
    // First: 19 days of five each to sell from 100, 45 of them before an order of today arrives.
    let chosen = product["decision"]["choice"]["chosen"].as_u64().expect("a candidate");
    let multiplier = number(&product, &format!("/candidates/{chosen}/multiplier"));
    let first = (multiplier * total(0) - 5.0).ceil();
    assert_eq!(plans[0]["pre_stock_units"].as_f64(), Some(first));
    assert_eq!(plans[0]["order_on"], "2026-10-01");
    assert_eq!(plans[1]["order_on"], "2026-10-26");
    // Second: from the first hour of the first event to that of the second, its fourteen days and two more.
    let left = first + 5.0 - total(0) - 2.0 * 5.0;
    let second = plans[1]["pre_stock_units"].as_f64().expect("pieces");
    assert!((second - (multiplier * total(1) - left)).abs() < 1.0 + 1e-6, "{second}");
    // One event more to stock for is one order more.
    assert!(number(&product, "/decision/confirmed/orders/value") >= 2.0);
}

/// An order that arrives after an event no longer serves it, whatever event is still to come: a second event half a year
/// later moves none of the reorder points about the first.
#[test]
fn a_far_event_moves_no_reorder_point_of_this_one() {
    let burst = "demand = { kind = \"parametric\", ramp-days = 1, plateau-days = [3, 4], peak-per-day = 40 }\n";
    let far = format!("\n[[event]]\nid = \"far\"\nstart = 2027-03-05\n{burst}");
    let rolling = "\n[candidates]\nreorder = [{ kind = \"rolling\", service = 0.95 }]\nmultipliers = [1.2]\n\
                   extend-multipliers = false\n";
    let steps = |text: &str| {
        let product = product(text);
        let steps = product["decision"]["rolling"].as_array().expect("steps").clone();
        steps.into_iter().filter(|step| step["to"].as_str().is_some_and(|to| to < "2026-11-01")).collect::<Vec<_>>()
    };
    let (one, two) = (steps(&format!("{TINY}{rolling}")), steps(&format!("{TINY}{far}{rolling}")));
    assert!(one.len() >= 3, "{one:?}");
    assert_eq!(one[..], two[..one.len()]);
}

/// A demand that trebles every week for good is refused, with the day on which it is out of bounds.
#[test]
fn growth_without_bounds_is_refused() {
    let growing = TINY.replace(
        "demand = { per-day = 5 }",
        "demand = { per-day = 5 }\nlife-cycle = { kind = \"growth\", weekly-growth = 2.0, damping = 1.0 }",
    );
    let place = Place::new();
    place.write("s.toml", growing.replace("today = 2026-10-01", "today = 2026-10-01\nhorizon-days = 400"));
    place.stockburst(&["run", "s.toml"]).is(3, &["s.toml:", "`A`", "10000000 pieces a day", "damped"]);
}

/// Five pieces a day alone, and two sets a day of three: eleven are learned, and the report's numbers say why.
#[test]
fn bundles_are_sales_of_their_components() {
    let text = TINY
        .replace("demand = { per-day = 5 }\n", "")
        .replace("[[product]]", "[history]\nsales = \"sales.csv\"\n\n[[product]]");
    let set = "\n[[bundle]]\nsku = \"set\"\ncomponents = [{ sku = \"A\", units = 3 }]\n";
    let rows: String = (1..=30).map(|day| format!("2026-09-{day:02},A,5\n2026-09-{day:02},set,2\n")).collect();
    let place = Place::new();
    place.write("s.toml", format!("{text}{set}"));
    place.write("sales.csv", format!("date,sku,units\n{rows}"));
    let ended = place.stockburst(&["run", "s.toml", "--json"]);
    assert!([0, 5].contains(&ended.code), "{ended:#?}");
    let result: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
    assert_eq!(number(&result, "/products/0/formula_inputs/daily_mean"), 11.0);
    assert_eq!(number(&result, "/bundles/0/bundles"), 60.0);
    assert_eq!(number(&result, "/bundles/0/pieces"), 180.0);
}
