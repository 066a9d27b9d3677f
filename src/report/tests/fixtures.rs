//! Runs of small scenarios for the tests of this room.

use std::sync::OnceLock;

use crate::history::{History, Promotion, Purchase, SalesDay, SalesSeries, Sku};
use crate::run::RunResult;
use crate::scenario::ScenarioSpec;
use crate::simulate::Silent;
use crate::units::Units;

const HOSTILE: &str = "<script>alert(1)</script>\" onload='x' \u{202e}evil \u{1f600} =cmd|' /C calc'!A0 \u{1b}[31m";

pub(super) fn run(json: &str, history: &History) -> RunResult {
    let spec: ScenarioSpec = serde_json::from_str(json).expect("a scenario");
    crate::run(&spec.validate().expect("a valid scenario"), history, &Silent).expect("a result")
}

/// No prices, no past: the least stock within the default limit.
pub(super) fn plain() -> &'static RunResult {
    static RESULT: OnceLock<RunResult> = OnceLock::new();
    RESULT.get_or_init(|| {
        run(
            r#"{
            "name": "accessories", "title": "How many hair clips for the burst?", "title-zh": "爆单要备多少发夹？",
            "notes": ["A worked case."], "notes-zh": ["演算案例。"],
            "today": "2026-10-01", "paths": 300,
            "product": [{"sku": "CLIP-01", "name": "Hair clip", "opening-stock": 3000,
                         "demand": {"per-day": 60}}],
            "event": [{"id": "burst", "start": "2026-11-05", "demand":
              {"kind": "parametric", "ramp-days": 3, "plateau-days": [7, 10], "peak-per-day": 440}}],
            "lead-time": [
              {"mode": "sea", "stage": [
                {"name": "production", "days": {"kind": "gamma", "mean": 15, "cv": 0.2}},
                {"name": "first-leg", "days": {"kind": "gamma", "mean": 25, "cv": 0.25}},
                {"name": "customs", "days": {"kind": "triangular", "min": 1, "mode": 2, "max": 7}},
                {"name": "last-leg", "days": {"kind": "fixed", "days": 3}}]},
              {"mode": "air", "stage": [
                {"name": "production", "days": {"kind": "gamma", "mean": 15, "cv": 0.2}},
                {"name": "first-leg", "days": {"kind": "gamma", "mean": 5, "cv": 0.3}}]}],
            "candidates": {"reorder": [
              {"kind": "rolling", "service": 0.95}, {"kind": "max-average", "max-daily": 500, "max-lead": 15},
              {"kind": "never"}, {"kind": "days-of-cover", "days": 7},
              {"kind": "normal-both", "service": 0.95}, {"kind": "king-independent", "service": 0.98},
              {"kind": "poisson", "service": 0.95}, {"kind": "negative-binomial", "service": 0.95},
              {"kind": "exact-mixture", "service": 0.95}, {"kind": "units", "level": 2500}]}
            }"#,
            &History::default(),
        )
    })
}

/// Prices, spend, pauses and an invented past of two products.
pub(super) fn rich() -> &'static RunResult {
    static RESULT: OnceLock<RunResult> = OnceLock::new();
    RESULT.get_or_init(|| {
        let mut result = run(
            r#"{
            "name": "double-11", "title": "What to stock for Double 11?", "title-zh": "双 11 备多少货？",
            "synthetic": true, "today": "2026-10-01", "paths": 300, "currency": "USD",
            "product": [{"sku": "A", "name": "Serum", "opening-stock": 1500}, {"sku": "B", "opening-stock": 900}],
            "event": [
              {"id": "double-11", "start": "2026-11-09", "days": 8, "spend-per-day": 900, "demand": {"kind": "hier"}},
              {"id": "black-friday", "start": "2026-11-26", "days": 4, "spend-per-day": 300, "demand": {"kind": "replay"}}],
            "lead-time": [{"mode": "air", "stage": [{"name": "all", "days": {"kind": "purchases", "records": "air"}}]}],
            "money": {"price": 20, "unit-cost": 6, "platform-fee": 0.06, "commission": 0.15, "holding": 0.01,
                      "salvage": 2},
            "candidates": {"pause": [{"kind": "never"}, {"kind": "share", "pause": 0.1, "resume": 0.3}]},
            "limits": {"stockout": 0.2},
            "history": {"sales": "sales.csv", "purchases": "purchases.csv", "source": "Invented for a test"}
            }"#,
            &past(),
        );
        result.inputs.push(crate::run::InputFile {
            role: "sales".into(),
            path: "sales.csv".into(),
            rows: 800,
            sha256: "0123456789abcdef0123456789abcdef".into(),
        });
        result
    })
}

/// 400 days of two products with bursts, one stockout and twenty purchase orders.
fn past() -> History {
    let mut history = History::default();
    let first_day: crate::calendar::Date = "2025-08-27".parse().expect("a date");
    for (sku, level, size) in [("A", 40, 5), ("B", 25, 4)] {
        let days = (0..400_u64)
            .map(|day| {
                let burst = (day % 61).checked_sub(30).filter(|at| *at < 7);
                let wobble = (day * 7919 + level) % 13;
                let units = level + wobble + burst.map_or(0, |at| level * (size + day % 4) * (7 - at) / 7);
                SalesDay {
                    units: Units(if day == 200 { 5 } else { units }),
                    largest_line: None,
                    in_stock_share: Some(if day == 200 { 0.1 } else { 1.0 }),
                    price: None,
                    promotion: None,
                }
            })
            .collect();
        let sku = Sku(sku.to_owned());
        for start in (30..400).step_by(61) {
            history.promotions.push(Promotion {
                campaign: format!("c{start}"),
                sku: sku.clone(),
                start: first_day.plus_days(start),
                end: first_day.plus_days(start + 5),
                price: None,
                commission: None,
                planned_spend: Some(500.0 + start as f64),
                host: None,
                live_slots: None,
            });
        }
        history.sales.insert(sku, SalesSeries { first_day, days });
    }
    for order in 0..20 {
        let ordered_on = first_day.plus_days(order * 15);
        history.purchases.push(Purchase {
            order: format!("po-{order}"),
            sku: None,
            mode: "air".into(),
            supplier: None,
            ordered_on,
            milestones: [None; 3],
            received_on: Some(ordered_on.plus_days(9 + (order * 5) % 12)),
        });
    }
    history
}

/// Limits that no plan can keep together, and ads to pause.
pub(super) fn impossible() -> &'static RunResult {
    static RESULT: OnceLock<RunResult> = OnceLock::new();
    RESULT.get_or_init(|| {
        run(
            r#"{
            "name": "impossible", "title": "Can both limits be kept?", "title-zh": "两个约束能同时满足吗？",
            "today": "2026-11-01", "paths": 300,
            "product": [{"sku": "Żółć-Ş", "opening-stock": 300, "demand": {"per-day": 30}}],
            "event": [{"id": "flash", "start": "2026-11-09", "spend-per-day": 200, "demand":
              {"kind": "parametric", "ramp-days": 1, "plateau-days": [3, 4], "peak-per-day": 200}}],
            "lead-time": [{"mode": "express", "stage": [{"name": "all", "days": {"kind": "gamma", "mean": 8, "cv": 0.4}}]}],
            "candidates": {"pause": [{"kind": "share", "pause": 0.1, "resume": 0.3}]},
            "currency": "USD", "money": {"price": 20, "unit-cost": 8},
            "limits": {"stockout": 0.02, "leftover": 5}
            }"#,
            &History::default(),
        )
    })
}

/// The plain result with every name hostile.
pub(super) fn hostile() -> RunResult {
    let mut result = plain().clone();
    let long = HOSTILE.to_owned() + &"长".repeat(200);
    result.scenario.title = long.clone();
    result.scenario.title_zh = Some(long.clone());
    result.scenario.notes = vec![long.clone()];
    result.scenario.notes_zh = vec![long.clone()];
    result.scenario.currency = Some(long.clone());
    result.scenario.lead_time[0].mode = long.clone();
    result.scenario.event[0].id = long.clone();
    let product = &mut result.products[0];
    product.name = long.clone();
    product.sku = HOSTILE.to_owned();
    product.events[0].id = long.clone();
    for plan in &mut product.candidates {
        plan.candidate.mode = long.clone();
        plan.candidate.formula = long.clone();
    }
    for lead in &mut product.lead_times {
        lead.mode = long.clone();
        lead.stages[0].0 = long.clone();
    }
    result
}
