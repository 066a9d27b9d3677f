//! A shop that oversells, in the report.

use super::fixtures::plain;
use super::text_of;
use crate::calendar::Date;
use crate::evaluate::{CandidateKpis, CandidateTally, ExpediteKpis};
use crate::policy::{
    BusinessCalendar, Guard, GuardAction, Look, MetricRule, OrderLimits, OrderSize, PlatformMetric, PlatformRules,
    PlatformStep, PublishRule, ReorderLevels, Replenishment, RestOfShop, StockLevel,
};
use crate::process::{DayProfile, ProductPath};
use crate::recommend::{Limit, LimitKind, Limits};
use crate::report::{Lang, render, summary};
use crate::run::RunResult;
use crate::simulate::storefront::{ChannelRule, Millis, Push, Refresh};
use crate::simulate::{
    Channel, DispatchLimits, Flow, Platform, PolicyPlan, Setting, Storefront, Substitute, Workspace, simulate,
};
use crate::stats::Estimate;
use crate::units::{Probability, Units};

const DAYS: usize = 30;

fn probability(p: f64) -> Probability {
    Probability::try_new(p).expect("a probability")
}

/// Two channels that hear of the stock each morning, a dispatch limit, a platform's rules and a substitute.
fn setting() -> Setting {
    let first_day: Date = "2026-10-01".parse().expect("a date");
    let channel = Channel {
        share: 1.0,
        rule: ChannelRule {
            publish: PublishRule::ALL,
            refresh: Refresh::Mornings(1),
            push: Push::Set,
            delay: Millis(0),
            failure: Probability::ZERO,
            self_decrement: true,
        },
        published_at_start: None,
    };
    let step = |from, above, share| PlatformStep {
        from: probability(from),
        above,
        volume_share: probability(share),
        days: 7,
        points: 0,
        points_if_many: None,
    };
    let rule = |metric, window_days, steps| MetricRule { metric, window_days, target: None, steps };
    let rules = PlatformRules {
        metrics: vec![
            rule(PlatformMetric::SellerCancellation, 7, vec![step(0.025, true, 0.9), step(0.1, false, 0.7)]),
            rule(PlatformMetric::LateDispatch, 7, vec![step(0.04, true, 1.0)]),
        ],
        dispatch_days: Some(2),
        cancel_days: Some(3),
        product_off: None,
        calendar: BusinessCalendar::ALWAYS,
    };
    let mut setting = Setting {
        event_starts: vec![6],
        flow: Flow {
            limits: DispatchLimits::new(first_day, DAYS, &BusinessCalendar::ALWAYS, Some(2), Some(3)),
            customer_cancels: probability(0.02),
            returned: probability(0.02),
            return_days: 5,
            restockable: probability(0.8),
            samples: vec![3; 4],
            ..Flow::default()
        },
        storefront: Some(Storefront {
            sku: "CLIP-01".into(),
            channels: vec![channel.clone(), channel],
            order_sizes: Vec::new(),
            profile: DayProfile::flat(),
            live_profile: DayProfile::flat(),
        }),
        platform: Some(Platform {
            rules,
            rest: RestOfShop { orders_per_day: 60.0, fault_rate: 0.004 },
            rest_late: 0.0,
        }),
        substitute: Some(Substitute {
            opening_stock: Units(300),
            conversion: probability(0.4),
            spend_per_day: 30.0,
            spill: probability(0.2),
        }),
        ..Setting::new(DAYS, Units(1500))
    };
    setting.event_of[6..14].fill(Some(0));
    setting
}

/// KPIs of 300 paths, of which some sell out.
fn kpis() -> CandidateKpis {
    let setting = setting();
    let level = |share| StockLevel::ShareOfEventStart { share: probability(share) };
    let plan = PolicyPlan {
        mode: 0,
        pre_stocked: Units::ZERO,
        pre_stock: None,
        later_pre_stock: Vec::new(),
        expedite: None,
        replenishment: Replenishment {
            levels: ReorderLevels::Never,
            size: OrderSize::Lot { quantity: Units(1) },
            limits: OrderLimits::NONE,
        },
        guard: Some(Guard {
            pause: level(0.12),
            resume: level(0.3),
            look: Look::Open,
            delay_days: 0,
            action: GuardAction::PauseAds,
        }),
    };
    let mut tally = CandidateTally::new(&setting);
    let mut workspace = Workspace::default();
    for address in 0..300 {
        let size = 60 + 7 * (address * 37 % 25);
        let path = ProductPath {
            address,
            organic: vec![20; DAYS],
            ad: (0..DAYS).map(|day| if (6..14).contains(&day) { size } else { 0 }).collect(),
            lead_days: vec![vec![5; DAYS]],
            flow: (0..3 * DAYS as u64).map(|at| ((at * 7 + address * 13) % 100) as f64 / 100.0 + 0.005).collect(),
            ..ProductPath::default()
        };
        tally.push(address, &simulate(&path, &plan, &setting, &mut workspace), None);
    }
    tally.kpis()
}

/// The plain result, its recommended plan with the KPIs of a shop that oversells.
pub(super) fn oversold() -> RunResult {
    let mut result = plain().clone();
    result.platform_rules_as_of = "2025-06-18".parse().ok();
    let shop = kpis();
    let decision = &mut result.products[0].decision;
    let confirmed = &mut decision.confirmed;
    (confirmed.oversell, confirmed.flow) = (shop.oversell, shop.flow);
    (confirmed.platform, confirmed.substitute) = (shop.platform, shop.substitute);
    let rare = Estimate { value: 0.2, ..confirmed.event.stockout };
    let any_interval = confirmed.event.stockout_interval;
    confirmed.expedite = Some(ExpediteKpis { any: rare, any_interval, orders: rare, pieces: rare });
    let limit = |kind, bound| Limit { kind, bound, written: true };
    let limits = Limits(vec![limit(LimitKind::Oversell, 0.99), limit(LimitKind::CancelRate, 0.99)]);
    decision.confirmed_limits = limits.check(&decision.confirmed);
    decision.choice.limits = decision.confirmed_limits.clone();
    result
}

#[test]
fn oversell_and_cancellations_are_told_in_both_languages() {
    let result = oversold();
    let kpis = &result.products[0].decision.confirmed;
    let oversell = kpis.oversell.expect("a storefront");
    assert!(oversell.event.any.value > 0.1 && oversell.event.any.value < 0.9, "{oversell:?}");
    let platform = kpis.platform.as_ref().expect("rules");
    let step = platform.cancellation().expect("a step");
    assert!(step.crossed.value > 0.05 && step.crossed.value < 0.95, "{step:?}");
    let cautious: Vec<f64> = result.products[0].decision.confirmed_limits.iter().map(|check| check.cautious).collect();
    assert_eq!(cautious, [oversell.event.any_interval.high, step.crossed_interval.high]);
    let english = text_of(&render(&result, Lang::En).expect("a report").html) + &summary(&result, Lang::En);
    let english = english.replace("&nbsp;", " ").replace('\u{a0}', " ");
    for part in [
        "Oversold orders in the event: P(any)",
        "of ordered pieces cancelled by the seller's fault",
        "P(cancellation rate over 2.5 %)",
        "platform rules as of 2025-06-18",
        "Probability of any oversell",
        "P(cancellation rate 10 % or more)",
        "Largest late dispatch rate",
        "Days under a volume limit",
        "Sold of the substitute to them, pieces",
        "Ad spend of plan B",
        "Expedited, pieces",
        "risk of oversell at most 99 %",
        "Cancellation rate",
    ] {
        let escaped = part.replace('\'', "&#39;");
        assert!(english.contains(part) || english.contains(&escaped), "{part}");
    }
    let chinese = text_of(&render(&result, Lang::Zh).expect("a report").html);
    for part in ["活动期间超卖概率", "商家责任取消率超过 2.5% 的概率", "平台规则截至 2025-06-18", "单量限制天数"]
    {
        assert!(chinese.contains(part), "{part}");
    }
    assert!(!chinese.contains(super::names::PLACEHOLDER), "every character has a glyph");
}

#[test]
fn nothing_is_told_that_was_not_computed() {
    for (lang, words) in [(Lang::En, ["versell", "versold", "ancellation"]), (Lang::Zh, ["超卖", "取消率", "单量限制"])]
    {
        let text = text_of(&render(plain(), lang).expect("a report").html) + &summary(plain(), lang);
        for word in words {
            assert!(!text.contains(word), "{word}");
        }
    }
    // Without a date none is invented.
    let mut result = oversold();
    result.platform_rules_as_of = None;
    assert!(!render(&result, Lang::En).expect("a report").html.contains("platform rules as of"));
}

#[test]
fn a_result_with_a_shop_comes_back_as_it_went() {
    let result = oversold();
    let json = crate::report::to_json(&result).expect("JSON");
    assert!(json.contains("cancelled_by_seller_share") && json.contains("seller-cancellation"));
    let again: RunResult = serde_json::from_str(&json).expect("a result");
    assert_eq!(again, result);
    assert!(!crate::report::to_json(plain()).expect("JSON").contains("oversell"));
}
