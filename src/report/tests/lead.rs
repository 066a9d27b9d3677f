//! What a reader is told of a lead time that was learned.

use super::decision::read;
use super::fixtures::run;
use crate::history::{History, OpenOrder, Purchase, Sku};
use crate::report::Lang;
use crate::run::RunCaveat;
use crate::units::Units;

/// Twelve orders of twenty days, and one that has been on its way for sixty.
fn history(open: &[i64]) -> History {
    let day = |offset: i64| "2026-08-01".parse::<crate::calendar::Date>().expect("a date").plus_days(offset);
    let purchase = |at: i64| Purchase {
        order: format!("P{at}"),
        sku: None,
        mode: "dhl".into(),
        supplier: None,
        ordered_on: day(at),
        milestones: [None; 3],
        received_on: Some(day(at + 18 + at % 5)),
    };
    let order = |at: &i64| OpenOrder {
        order: format!("O{at}"),
        sku: Sku("A".into()),
        mode: "air".into(),
        units: Units(10),
        ordered_on: day(*at),
        stage: None,
        stage_since: None,
        promised_on: None,
    };
    History {
        purchases: (0..12).map(purchase).collect(),
        open_orders: open.iter().map(order).collect(),
        ..History::default()
    }
}

fn scenario(days: &str) -> String {
    let text = r#"{"name": "lead", "title": "Lead", "today": "2026-10-01", "paths": 100,
        "history": {"sales": "s.csv", "purchases": "p.csv", "open-orders": "o.csv"},
        "product": [{"sku": "A", "name": "Lamp", "opening-stock": 500, "demand": {"per-day": 5}}],
        "event": [{"id": "sale", "start": "2026-12-20", "demand":
          {"kind": "parametric", "ramp-days": 1, "plateau-days": [4, 4], "peak-per-day": 60}}],
        "lead-time": [{"mode": "air", "stage": [{"name": "all", "days": DAYS}]}],
        "candidates": {"reorder": [{"kind": "units", "level": 60}], "multipliers": [1.2]}}"#;
    text.replace("DAYS", days)
}

#[test]
fn an_open_order_that_lengthens_the_lead_time_is_told() {
    let records = scenario(r#"{"kind": "purchases", "records": "dhl"}"#);
    let result = run(&records, &history(&[1]));
    let lead = &result.products[0].lead_times[0];
    let evidence = &lead.evidence[0];
    assert_eq!((lead.records, evidence.open, evidence.longest_open_days), (Some(12), 1, Some(60.0)));
    assert!(lead.quantiles[2] > 50 && lead.mean > evidence.finished_mean_days + 2.0);
    let (english, chinese) = (read(&result, Lang::En), read(&result, Lang::Zh));
    assert!(english.contains("Orders that are still open (1, the oldest for 60 days) count"), "{english}");
    assert!(chinese.contains("有 1 笔订单尚未到货（最早的已下单 60 天）"), "{chinese}");

    let told = |result: &crate::run::RunResult| {
        result.products[0].caveats.iter().any(|caveat| matches!(caveat, RunCaveat::OpenOrdersCount { .. }))
    };
    assert!(told(&result));
    // A young open order moves nothing; with a mean of the user's own, the open orders are of another scale.
    assert!(!told(&run(&records, &history(&[58]))));
    let stated = scenario(r#"{"kind": "purchases", "records": "dhl", "mean-days": 20}"#);
    let stated = run(&stated, &history(&[1]));
    assert!(!told(&stated) && (stated.products[0].lead_times[0].mean - 20.0).abs() < 0.3);
    assert_eq!(stated.products[0].lead_times[0].evidence[0].open, 0);
}
