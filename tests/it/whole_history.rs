//! A run on every kind of table: sales with promotions and stockouts, ads, purchases by stage, open orders, stock.

use std::fmt::Write as _;

use crate::support::Place;

const SCENARIO: &str = r#"
name = "whole"
title = "How much?"
today = 2026-08-03
paths = 400
currency = "EUR"

[history]
sales = "sales.csv"
promotions = "promotions.csv"
ads = "ads.csv"
purchases = "purchases.csv"
open-orders = "open_orders.csv"
stock = "stock.csv"

[[product]]
sku = "A"

[[event]]
id = "sale"
start = 2026-09-21
days = 5
spend-per-day = 200
demand = { kind = "hier" }

[[lead-time]]
mode = "sea"
stage = [{ name = "all", days = { kind = "purchases", records = "sea" } }]

[money]
price = 20
unit-cost = 8
platform-fee = 0.06
goodwill = 1
"#;

/// Days of 2026 from 5 January on, 30 weeks of them.
fn date(day: i64) -> String {
    let start: stockburst::calendar::Date = "2026-01-05".parse().expect("a date");
    start.plus_days(day).to_string()
}

fn place() -> Place {
    let place = Place::new();
    place.write("whole.toml", SCENARIO);
    let mut sales = "date,sku,units,orders,largest_line,in_stock_share,price,promotion\n".to_owned();
    let mut promotions = "campaign,sku,start,end,price,commission,planned_spend,host,live_slots\n".to_owned();
    let mut ads = "date,campaign,sku,planned_spend,spend\n".to_owned();
    for day in 0..210 {
        let burst = [60, 120, 180].iter().find(|start| (**start..*start + 5).contains(&day));
        let units = if burst.is_some() { 80 + day % 7 } else { 20 + day % 3 };
        // On day 183 the shelf is empty for half the day and half the sales are missing.
        let (units, share) = if day == 183 { (units / 2, "0.5") } else { (units, "1") };
        let _ = writeln!(sales, "{},A,{units},,,{share},20,", date(day));
        if burst.is_some() {
            let _ = writeln!(ads, "{},spring,A,100,{}", date(day), 90 + day % 20);
        }
    }
    for start in [60, 120, 180] {
        let _ = writeln!(promotions, "c{start},A,{},{},,0.1,100,Li,", date(start), date(start + 4));
    }
    let mut purchases =
        "order,sku,mode,supplier,units,ordered_on,produced_on,arrived_on,cleared_on,received_on\n".to_owned();
    for order in 0..15 {
        let day = |offset: i64| date(order * 10 + offset);
        let _ = writeln!(
            purchases,
            "P{order},A,sea,S,500,{},{},{},{},{}",
            day(0),
            day(12 + order % 3),
            day(28),
            day(30 + order % 2),
            day(33)
        );
    }
    place.write("sales.csv", sales);
    place.write("promotions.csv", promotions);
    place.write("ads.csv", ads);
    place.write("purchases.csv", purchases);
    place.write(
        "open_orders.csv",
        "order,sku,mode,units,ordered_on,stage,stage_since,promised_on\nO1,A,sea,300,2026-07-10,first-leg,2026-07-23,2026-08-14\n",
    );
    place.write("stock.csv", "sku,on_hand,committed,reserved,damaged\nA,900,50,30,20\n");
    place
}

#[test]
fn every_table_reaches_the_result() {
    let place = place();
    let ended = place.stockburst(&["run", "whole.toml", "--json"]);
    ended.is(0, &[]);
    let result: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
    assert_eq!(result["inputs"].as_array().expect("inputs").len(), 7, "the scenario and six tables, with digests");
    let product = &result["products"][0];
    assert_eq!(product["opening_stock"], 800, "on hand less committed, reserved and damaged");
    let fit = &product["fit"];
    let bursts = fit["bursts"].as_array().expect("bursts");
    assert_eq!(bursts.len(), 3);
    assert_eq!(bursts[0]["planned_spend"], 100.0, "the ads table and the promotion plan the same 100 a day");
    assert!(bursts[2]["censored_share"].as_f64().expect("a share") > 0.05, "half of a day was missing");
    assert!((fit["organic"]["level"].as_f64().expect("a level") - 21.0).abs() < 0.6);
    let lead = &product["lead_times"][0];
    let stages = lead["stages"].as_array().expect("stages");
    assert_eq!(stages.len(), 4, "learned by stage");
    assert_eq!(lead["records"], 15);
    assert!((lead["mean"].as_f64().expect("a mean") - 33.0).abs() < 0.5);
    let fan = product["decision"]["fan"].as_array().expect("a fan");
    let received: f64 = fan[1..20].iter().map(|day| day["received"].as_f64().expect("pieces")).sum();
    assert!(received >= 300.0, "the open order arrives on every path: {received}");
}

/// The bursts that a run learns from, by themselves: three of five days at four times ordinary demand.
#[test]
fn bursts_are_listed() {
    let place = place();
    let ended = place.stockburst(&["bursts", "whole.toml"]);
    ended.is(0, &[]);
    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(lines[0], "A");
    assert!(ended.stdout.contains("promotion calendar or flags"), "{}", ended.stdout);
    let starts = lines.iter().filter(|line| line.starts_with("2026-")).count();
    assert_eq!(starts, 3, "{}", ended.stdout);
    let json = place.stockburst(&["bursts", "whole.toml", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    let bursts = json[0]["fit"]["bursts"].as_array().expect("bursts");
    assert_eq!(bursts.len(), 3);
    let multiple = bursts[0]["multiple"].as_f64().expect("a number");
    assert!((3.4..4.4).contains(&multiple), "{multiple}");
    assert!(place.stockburst(&["bursts", "whole.toml", "--lang", "zh"]).stdout.contains("为平日倍数"));
    place.stockburst(&["bursts", "nowhere.toml"]).is(3, &["nowhere.toml"]);
    place.write(
        "auto.toml",
        SCENARIO.replace("[[product]]", "[learn]\nbursts = { kind = \"automaton\" }\n\n[[product]]"),
    );
    let ended = place.stockburst(&["bursts", "auto.toml"]);
    assert!(ended.stdout.contains("two-state automaton"), "{}", ended.stdout);
    assert_eq!(ended.stdout.lines().filter(|line| line.starts_with("2026-")).count(), 3, "{}", ended.stdout);
}

/// What is promised for later comes later, and what is ordered for another product is named.
#[test]
fn an_open_order_comes_on_its_promise_and_others_are_named() {
    let place = place();
    let head = "order,sku,mode,units,ordered_on,stage,stage_since,promised_on\n";
    let received_by = |day: usize| {
        let ended = place.stockburst(&["run", "whole.toml", "--json"]);
        let result: serde_json::Value = serde_json::from_str(&ended.stdout).expect("a result");
        let fan = result["products"][0]["decision"]["fan"].as_array().expect("a fan").clone();
        fan[..day].iter().map(|day| day["received"].as_f64().expect("pieces")).sum::<f64>()
    };
    place.write("open_orders.csv", format!("{head}O1,A,sea,300,2026-07-10,,,\n"));
    let (lead, soon) = (30, received_by(30));
    place.write("open_orders.csv", format!("{head}O1,A,sea,300,2026-07-10,,,2027-06-30\n"));
    assert!(received_by(lead) <= soon - 299.0, "a promise beyond the horizon is believed");
    place.write("open_orders.csv", format!("{head}O1,B,sea,300,2026-07-10,,,\n"));
    place.stockburst(&["run", "whole.toml"]).is(0, &["left out: 1, 300 pieces, `B`"]);
}

#[test]
fn contradictions_between_tables_are_refused() {
    let place = place();
    place.write("stock.csv", "sku,on_hand,committed,reserved,damaged\nB,900,50,30,20\n");
    place.stockburst(&["run", "whole.toml"]).is(4, &["stock file", "`A`"]);
    place.write("stock.csv", "sku,on_hand,committed,reserved,damaged\nA,900,50,30,20\n");
    place.write("shop.toml", format!("{SCENARIO}\n[[storefront.channel]]\nname = \"shop\"\nreserve = 801\n"));
    place.stockburst(&["run", "shop.toml"]).is(3, &["shop.toml:", "`801`", "counted stock", "`800`"]);
    place.write(
        "open_orders.csv",
        "order,sku,mode,units,ordered_on,stage,stage_since,promised_on\nO1,A,rail,300,2026-07-10,,,\n",
    );
    place.stockburst(&["run", "whole.toml"]).is(4, &["`O1`", "`rail`", "sea"]);
    place.write("whole.toml", SCENARIO.replace("records = \"sea\"", "records = \"air\""));
    place.stockburst(&["run", "whole.toml"]).is(3, &["whole.toml:", "`air`", "sea"]);
}
