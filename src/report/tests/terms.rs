//! Terms that are agreed or set up: among the instructions as far as they ask for something, and among the assumptions.

use super::decision::read;
use super::fixtures::{plain, run};
use crate::history::History;
use crate::report::Lang;
use crate::report::view::View;

const SHOP: &str = r#"{"name": "shop", "title": "A shop", "today": "2026-11-01", "paths": 100,
    "product": [{"sku": "A", "name": "Lamp", "opening-stock": 500, "demand": {"per-day": 5},
      "substitute": {"sku": "B", "name": "Torch", "opening-stock": 80, "conversion": 0.4, "spill": 0.2,
                     "spend-per-day": 30}}],
    "event": [{"id": "sale", "start": "2026-11-20", "spend-per-day": 50, "discount": 0.15, "demand":
      {"kind": "parametric", "ramp-days": 1, "plateau-days": [4, 4], "peak-per-day": 60}}],
    "lead-time": [{"mode": "sea", "stage": [{"name": "all", "days": {"kind": "fixed", "days": 12}}]},
                  {"mode": "air", "stage": [{"name": "all", "days": {"kind": "fixed", "days": 4}}]}],
    "ordering": {"review-days": 7, "expedite": {"mode": "air", "level": 40, "up-to": 200}},
    "candidates": {"lead-times": ["sea"], "reorder": [{"kind": "units", "level": 60}], "multipliers": [1.2],
      "without-pre-stock": false, "pause": [{"kind": "share", "pause": 0.1, "resume": 0.3}]},
    "storefront": {"channel": [
      {"name": "own", "share": 1, "sync-interval-minutes": 30, "push-delay-minutes": 5, "reserve": 10, "threshold": 3,
       "stock-share": 0.8, "push": "delta"},
      {"name": "far", "share": 3, "linked": false, "published-at-start": 60, "self-decrement": false}]},
    "dispatch": {"capacity-per-day": 90, "late-after": 2, "cancel-after": 4, "return-share": 0.05,
                 "restockable-share": 0.5},
    "platform": {"preset": "made-up", "market": "XX", "as-of": "2025-06-18", "dispatch-days": 2, "cancel-days": 4,
      "weekend": [], "holidays": [], "cancellation": {"window-days": 7, "step": []},
      "source": [{"keys": ["dispatch-days", "cancel-days", "weekend", "holidays", "cancellation"], "page": "p", "kind": "assumption"}],
      "other-orders-per-day": 20},
    "currency": "USD",
    "money": {"price": 20, "unit-cost": 4, "deposit": 0.3, "balance-days": 20, "settlement-days": 14}}"#;

#[test]
fn terms_stand_among_the_instructions_and_the_assumptions() {
    let result = run(SHOP, &History::default());
    let product = &result.products[0];
    let chosen = product.chosen();
    let actions = |lang| {
        let view = View::new(&result, lang);
        let lead = product.lead_time(&chosen.candidate);
        [view.purchasing(product, chosen, lead), view.pause(product)].concat().join("\n").replace('\u{a0}', " ")
    };
    let (english, chinese) = (actions(Lang::En), actions(Lang::Zh));
    for part in [
        "Look at the reorder point every 7 days, from 2026-11-01 on",
        "In an emergency order up to 200 pieces by \"air\"",
        "is at 40 pieces or less",
        "run plan B: advertise \"Torch\" instead for USD 30.00 a day, of which 80 pieces are there today; 40 %",
    ] {
        assert!(english.contains(part), "{part}: {english}");
    }
    for part in ["每 7 天查看一次补货点", "以“空运”方式加急下单：补到 200 件", "改投“Torch”"]
    {
        assert!(chinese.contains(part), "{part}: {chinese}");
    }
    let (english, chinese) = (read(&result, Lang::En), read(&result, Lang::Zh));
    for part in [
        "Sales channel: own",
        "25 % of orders · sync every 30 minutes · shown after 5 minutes · shows 80 % of the available stock less 10 \
         pieces, none at 3 pieces or less · a sync adds the change to the number shown · counts its own orders down",
        "75 % of orders · not linked to the stock · 60 pieces typed in at the start · does not count its own orders down",
        "at most 90 pieces a day · late after 2 working days · cancelled after 4 working days · 5 % sent back after 14 \
         days, of which 50 % can be sold again",
        "preset \"made-up\" · XX · rules as of 2025-06-18 · 20 other orders a day in the shop",
        "30 % of the goods with the order · the rest 20 days after the order · sales are paid 14 days later",
        "Torch · 80 pieces · plan B wins 40 % of the demand forgone by pausing · ads USD 30.00 a day · taken by 20 % of",
        "discount paid by the seller 15 %",
        "40 pieces · air · up to 200 pieces",
    ] {
        assert!(english.contains(part), "{part}: {english}");
    }
    for part in [
        "占订单 25% · 每 30 分钟同步一次 · 延迟 5 分钟生效",
        "未接入库存 · 期初手填 60 件",
        "每天最多 90 件 · 超过 2 个工作日算延迟",
        "预设“made-up” · XX · 规则截至 2025-06-18",
        "下单时付货款 30% · 尾款下单后 20 天付 · 销售款 14 天后到账",
        "商家承担折扣 15%",
    ] {
        assert!(chinese.contains(part), "{part}: {chinese}");
    }
    assert!(!chinese.contains(super::names::PLACEHOLDER), "every character has a glyph");
}

#[test]
fn what_is_not_set_up_is_not_assumed() {
    for (lang, words) in [
        (Lang::En, ["Sales channel", "Marketplace", "Terms of payment", "plan B", "emergency"]),
        (Lang::Zh, ["销售渠道", "平台规则", "付款条件", "B 计划", "紧急补货"]),
    ] {
        let text = read(plain(), lang);
        for word in words {
            assert!(!text.contains(word), "{word}");
        }
    }
}

/// The peaks of several products are not added up, and the page says so.
#[test]
fn cash_peaks_are_those_of_each_product() {
    let text = SHOP.replace(
        r#""event": ["#,
        r#""event": [{"id": "other", "start": "2026-12-20", "products": ["C"], "demand":
          {"kind": "parametric", "ramp-days": 1, "plateau-days": [4, 4], "peak-per-day": 6}}, "#,
    );
    let two =
        text.replace(r#""product": ["#, r#""product": [{"sku": "C", "opening-stock": 90, "demand": {"per-day": 1}}, "#);
    assert!(read(&run(&two, &History::default()), Lang::En).contains("Cash peaks are those of each product alone"));
    assert!(!read(&run(SHOP, &History::default()), Lang::En).contains("Cash peaks are those"));
}
