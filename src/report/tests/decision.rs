//! What the decision card says: limits that fresh futures break, orders that come late, events one by one, no limits.

use super::fixtures::{plain, rich, run};
use super::text_of;
use crate::history::History;
use crate::recommend::{Limit, LimitCheck, LimitKind};
use crate::report::view::View;
use crate::report::{Lang, render, summary};
use crate::run::{RunCaveat, RunResult, Unconfirmed};

/// A page as a reader sees it, with ordinary spaces and quotes.
pub(super) fn read(result: &RunResult, lang: Lang) -> String {
    let text = text_of(&render(result, lang).expect("a report").html);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace("&nbsp;", " ")
        .replace('\u{a0}', " ")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
}

/// One product and one event nine days ahead, by a mode of so many days; the supplier takes orders every day.
fn short_of_time(lead_days: &str, candidates: &str) -> RunResult {
    let text = format!(
        r#"{{"name": "late", "title": "In time?", "today": "2026-11-01", "paths": 200,
        "product": [{{"sku": "A", "opening-stock": 300, "demand": {{"per-day": 5}}}}],
        "event": [{{"id": "flash", "start": "2026-11-10", "demand":
          {{"kind": "parametric", "ramp-days": 1, "plateau-days": [4, 4], "peak-per-day": 60}}}}],
        "lead-time": [{{"mode": "sea", "stage": [{{"name": "all", "days": {lead_days}}}]}}],
        "candidates": {{{candidates}"reorder": [{{"kind": "never"}}]}},
        "currency": "USD", "money": {{"price": 20, "unit-cost": 4}}}}"#
    );
    run(&text, &History::default())
}

fn purchasing(result: &RunResult, lang: Lang) -> Vec<String> {
    let product = &result.products[0];
    let chosen = product.chosen();
    View::new(result, lang).purchasing(product, chosen, product.lead_time(&chosen.candidate))
}

#[test]
fn a_limit_that_fresh_futures_break_is_named_with_its_numbers() {
    let mut result = plain().clone();
    let check = |value, cautious, kept| LimitCheck {
        limit: Limit { kind: LimitKind::Stockout, bound: 0.05, written: true },
        value,
        cautious,
        kept,
    };
    let broken = Unconfirmed { compared: check(0.041, 0.049, true), fresh: check(0.047, 0.056, false) };
    result.products[0].caveats = vec![RunCaveat::NotConfirmed { limits: vec![broken] }];
    let verdict = |lang| {
        let view = View::new(&result, lang);
        view.verdict_text(&result.products[0], view.light(&result.products[0])).replace('\u{a0}', " ")
    };
    assert_eq!(
        verdict(Lang::En),
        "Not confirmed on fresh futures: risk of stockout at most 5 % is not quite kept (is 4.7 %, cautious end 5.6 %; \
         where plans were compared it was 4.1 %, cautious end 4.9 %)."
    );
    assert_eq!(
        verdict(Lang::Zh),
        "在全新的模拟未来上未能证实：断货概率不超过 5%，略有突破（实际 4.7%，保守端 5.6%；比较方案时为 4.1%，保守端 4.9%）。"
    );
}

/// By hand: 40 days from today, 1 November, is 11 December; to lie on the shelf on the 9th, a day before the event, an
/// order had to go out 40 days before that, on 30 September.
#[test]
fn an_order_that_would_miss_its_event_is_no_action() {
    let result = short_of_time(r#"{"kind": "fixed", "days": 40}"#, "");
    let product = &result.products[0];
    let [late] = &product.decision.late_orders[..] else { panic!("one event") };
    let dates = [late.order_on, late.latest, late.half_by].map(|date| date.to_string());
    assert_eq!(dates, ["2026-11-01", "2026-09-30", "2026-12-11"]);
    assert!(!late.placed && late.misses_start && late.by_end.get() == 0.0 && late.units > 0);
    assert!(product.candidates.iter().all(|plan| plan.candidate.pre_stock_units == 0));
    assert!(product.caveats.iter().any(|caveat| matches!(caveat, RunCaveat::TooLate { .. })));
    let first = &purchasing(&result, Lang::En)[0];
    for part in ["Place no pre-stock order by \"sea\" for \"flash\" (2026-11-10 to", "can no longer arrive in time"] {
        assert!(first.contains(part), "{first}");
    }
    assert!(first.contains("by 2026-09-30") && first.contains("by 2026-12-11") && first.contains("ordered today"));
    let (english, chinese) = (read(&result, Lang::En), read(&result, Lang::Zh));
    assert!(
        english.contains("too late to order") && english.contains("2026-09-30 has passed · 0 % sure"),
        "tiles: {english}"
    );
    assert!(summary(&result, Lang::En).contains("2026-09-30 (has passed)"), "table");
    let actions = purchasing(&result, Lang::En);
    assert!(actions.iter().all(|text| !text.starts_with("Order ") && !text.contains("not later than")), "{actions:?}");
    assert!(chinese.contains("不要再以“海运”方式为“flash”") && chinese.contains("已来不及备货"));
}

/// 11 days: after the start on the tenth day, before the end on the fourteenth.
#[test]
fn an_order_that_misses_the_start_only_says_so() {
    let result = short_of_time(r#"{"kind": "fixed", "days": 11}"#, r#""without-pre-stock": false,"#);
    let late = &result.products[0].decision.late_orders[0];
    assert!(late.placed && late.misses_start && late.by_end.get() == 1.0);
    let first = &purchasing(&result, Lang::En)[0].replace('\u{a0}', " ");
    assert!(first.starts_with("\"flash\" begins on 2026-11-10 without a pre-stock order: by \"sea\""), "{first}");
    assert!(
        first.contains("on the shelf by 2026-11-12, and with a probability of 100 % before the event ends"),
        "{first}"
    );
    assert!(purchasing(&result, Lang::Zh)[0].contains("备货已来不及到货"));
}

/// Seven days on average, and 95 % of orders within more than eight: late, with a fair chance.
#[test]
fn a_late_order_with_a_chance_is_placed_and_called_late() {
    let law = r#"{"kind": "gamma", "mean": 7, "cv": 0.4}"#;
    let result = short_of_time(law, r#""without-pre-stock": false,"#);
    let late = &result.products[0].decision.late_orders[0];
    assert!(late.placed && !late.misses_start && (0.5..0.9).contains(&late.in_time.get()), "{late:?}");
    let first = &purchasing(&result, Lang::En)[0];
    assert!(first.contains("today and know that it is late") && first.contains(&late.latest.to_string()), "{first}");
    assert!(!first.contains("not later than"));
    assert!(purchasing(&result, Lang::Zh)[0].contains("但已经偏晚"));
}

/// The second event's order has passed its date as well: it is told with today's date, not as a day to come.
#[test]
fn orders_of_later_events_that_go_out_at_once_have_one_date() {
    let text = r#"{"name": "two", "title": "Two", "today": "2026-11-02", "paths": 200,
        "product": [{"sku": "A", "opening-stock": 600, "demand": {"per-day": 5}}],
        "event": [
          {"id": "first", "start": "2026-11-10", "demand":
            {"kind": "parametric", "ramp-days": 1, "plateau-days": [3, 3], "peak-per-day": 60}},
          {"id": "second", "start": "2026-11-24", "demand":
            {"kind": "parametric", "ramp-days": 1, "plateau-days": [3, 3], "peak-per-day": 60}}],
        "ordering": {"order-weekdays": ["wed"]},
        "lead-time": [{"mode": "air", "stage": [{"name": "all", "days": {"kind": "fixed", "days": 17}}]}],
        "candidates": {"without-pre-stock": false, "reorder": [{"kind": "never"}]}}"#;
    let result = run(text, &History::default());
    let texts = purchasing(&result, Lang::En);
    let second = texts.iter().find(|text| text.contains("second")).expect("its order");
    // Wednesday the 4th is the first order day, and the last: 17 days before the 21st lies the 4th.
    assert!(result.products[0].decision.late_orders.iter().all(|order| order.event == "first"));
    assert!(second.contains("on 2026-11-04 as well") && !second.contains("plan again"), "{second}");
    assert!(texts.iter().any(|text| text.contains("takes orders on Wed only")), "{texts:?}");
}

#[test]
fn without_limits_none_is_said_to_be_kept() {
    let result = short_of_time(r#"{"kind": "fixed", "days": 3}"#, "");
    assert!(result.products[0].decision.choice.limits.is_empty());
    let english = read(&result, Lang::En) + &summary(&result, Lang::En);
    assert!(
        english.contains("no limit is set that a plan could break")
            && english.contains("No limit is set for the plans here")
    );
    assert!(english.contains("other plans; no limit is set"));
    assert!(!english.contains("keep every limit") && !english.contains("keeps every limit"), "{english}");
    let chinese = read(&result, Lang::Zh);
    assert!(chinese.contains("未设任何约束") && !chinese.contains("满足全部约束"));
    // With limits the words stay.
    assert!(read(rich(), Lang::En).contains("keep every limit"));
}

#[test]
fn every_event_has_its_own_levels() {
    let result = rich();
    let product = &result.products[0];
    let plans = &product.decision.event_plans;
    assert_eq!(plans[0].alert_units, product.decision.alert_units);
    assert_ne!(plans[0].alert_units, plans[1].alert_units, "the second event begins with another stock");
    let view = View::new(result, Lang::En);
    let warn = view.warn(product);
    assert_eq!(warn.len(), 2);
    for (text, plan) in warn.iter().zip(plans) {
        let units: Vec<String> = plan.alert_units.iter().map(|units| view.numbers.whole(*units)).collect();
        assert!(text.contains(&view.words.list(&units)), "{text}");
    }
    assert!(warn[1].contains("2026-11-26 to 2026-11-29") && !warn[1].contains("2026-11-09"), "{}", warn[1]);
    // Pause levels likewise, where ads are paused.
    let mut paused = result.clone();
    let decision = &mut paused.products[0].decision;
    decision.pause_units = Some([150, 450]);
    decision.event_plans[0].pause_units = Some([150, 450]);
    decision.event_plans[1].pause_units = Some([40, 120]);
    let texts = View::new(&paused, Lang::En).pause(&paused.products[0]);
    assert!(texts[0].starts_with("2026-11-09 to 2026-11-16: Pause the ads when stock falls to 150"), "{texts:?}");
    assert!(texts[1].starts_with("2026-11-26 to 2026-11-29: Pause the ads when stock falls to 40"), "{texts:?}");
    let texts = View::new(&paused, Lang::Zh).pause(&paused.products[0]);
    assert!(texts[1].starts_with("2026-11-26 至 2026-11-29：库存降到 40 件"), "{texts:?}");
}
