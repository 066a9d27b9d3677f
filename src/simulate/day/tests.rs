//! Known answers and laws of the day.

use proptest::prelude::*;

use super::*;
use crate::policy::{
    AdResponse, Guard, GuardAction, OrderLimits, OrderSize, PreOrder, PreStockOrder, ReorderLevels, Replenishment,
    StockLevel,
};
use crate::simulate::{Ring, judge_alerts};
use crate::units::Probability;

fn probability(p: f64) -> Probability {
    Probability::try_new(p).expect("a probability")
}

fn setting(days: usize, opening: u64) -> Setting {
    Setting { event_starts: vec![0], event_of: vec![Some(0); days], ..Setting::new(days, Units(opening)) }
}

fn path(organic: &[u64], ad: &[u64], leads: &[u32]) -> ProductPath {
    ProductPath {
        organic: organic.to_vec(),
        live: vec![0; organic.len()],
        ad: ad.to_vec(),
        lead_days: vec![leads.to_vec()],
        open_arrivals: Vec::new(),
        ..ProductPath::default()
    }
}

fn plan(levels: ReorderLevels, size: OrderSize) -> PolicyPlan {
    PolicyPlan {
        mode: 0,
        pre_stocked: Units::ZERO,
        pre_stock: None,
        later_pre_stock: Vec::new(),
        expedite: None,
        replenishment: Replenishment { levels, size, limits: OrderLimits::NONE },
        guard: None,
    }
}

/// 100 pieces, 10 ordinary a day and 20 by ads; a level of 50 pieces rings on the evening of day 1, with 40 left, and
/// announces the stockout of day 3: 30 go on day 2, 10 are left for 30. The guard that pauses at 40 or below from day 2 on
/// makes it last until day 5 and sell out without anybody unserved; three days of reaction would have been too many.
#[test]
fn a_ring_announces_the_stockout_that_the_guard_averts() {
    let mut plan = plan(ReorderLevels::Never, OrderSize::Lot { quantity: Units(1) });
    plan.guard = Some(Guard {
        pause: StockLevel::Units { units: Units(40) },
        resume: StockLevel::Units { units: Units(90) },
        look: Look::Open,
        delay_days: 0,
        action: GuardAction::PauseAds,
    });
    let mut setting = setting(6, 100);
    setting.alerts.levels = vec![StockLevel::Units { units: Units(50) }];
    let busy = path(&[10; 6], &[20; 6], &[1; 6]);
    let (outcome, _) = trace(&busy, &plan, &setting);
    assert!(!outcome.all.stockout());
    let rings = judge_alerts(&busy, &plan, &setting, &mut Workspace::default());
    assert_eq!(rings, [Ring { level: 0, day: 1, announced: Some(3) }]);
    // With ads on two days only, the 40 pieces last for the other four: it rings in vain.
    let calm = path(&[10; 6], &[20, 20, 0, 0, 0, 0], &[1; 6]);
    let rings = judge_alerts(&calm, &plan, &setting, &mut Workspace::default());
    assert_eq!(rings, [Ring { level: 0, day: 1, announced: None }]);
}

/// The organic and ad demand of the published ad-switch trace (vector `ad-switch-trace-01`): hero only, pause at 10 %,
/// restart at 30 % of 600, evening look, no delay, 250 pieces on day 9.
#[test]
fn ad_switch_trace_of_the_hero() {
    let organic = [10; 14];
    let ad = [20, 40, 90, 150, 160, 140, 110, 90, 70, 60, 50, 40, 30, 20];
    let mut plan = plan(ReorderLevels::Never, OrderSize::Lot { quantity: Units(1) });
    plan.guard = Some(Guard {
        pause: StockLevel::ShareOfEventStart { share: probability(0.1) },
        resume: StockLevel::ShareOfEventStart { share: probability(0.3) },
        look: Look::Close,
        delay_days: 0,
        action: GuardAction::PauseAds,
    });
    let mut setting = setting(14, 600);
    setting.open_orders = vec![Units(250)];
    let mut path = path(&organic, &ad, &[1; 14]);
    path.open_arrivals = vec![9];
    let (outcome, days) = trace(&path, &plan, &setting);
    let on_hand: Vec<u64> = days.iter().map(|day| day.on_hand).collect();
    assert_eq!(on_hand, [570, 520, 420, 260, 90, 0, 0, 0, 0, 240, 180, 130, 90, 60]);
    let running: Vec<bool> = days.iter().map(|day| day.ads_running).collect();
    assert_eq!(running[5..11], [true, false, false, false, false, true]);
    assert_eq!(outcome.all.lost, 60 + 10 + 10 + 10);
    assert_eq!(outcome.all.forgone, 110 + 90 + 70 + 60);
    assert!(outcome.demand_is_conserved());
}

/// 100 on the shelf, 200 more on day 3, ten organic and ten ad pieces a day.
fn paused_days(pause: StockLevel, resume: StockLevel) -> Vec<usize> {
    let mut plan =
        plan(ReorderLevels::Constant { level: Units(0), last_order_day: None }, OrderSize::UpTo { above: Units(200) });
    plan.guard = Some(Guard { pause, resume, look: Look::Open, delay_days: 0, action: GuardAction::PauseAds });
    let mut setting = setting(14, 100);
    setting.open_orders = vec![Units(200)];
    let mut path = path(&[10; 14], &[10; 14], &[1; 14]);
    path.open_arrivals = vec![3];
    let (_, days) = trace(&path, &plan, &setting);
    (0..14).filter(|day| !days[*day].ads_running).collect()
}

/// Mornings with running ads: 100, 80, 60, then 240 after the receipt and 20 less each day. 30 % of the last receipt are
/// 72 pieces from day 3 on, and 30 at first; 40 % of the order-up-to level are 80 all along.
#[test]
fn levels_hold_against_their_stated_base() {
    let receipt = |share| StockLevel::ShareOfLastReceipt { share: probability(share) };
    assert_eq!(paused_days(receipt(0.3), receipt(0.9)), [12, 13]);
    let up_to = |share| StockLevel::ShareOfOrderUpTo { share: probability(share) };
    // Paused on days 1 and 2: 80, 70, and 260 after the receipt; 20 less a day until 80 again on day 12.
    assert_eq!(paused_days(up_to(0.4), up_to(0.9)), [1, 2, 12, 13]);
}

/// Mornings 100, 80, 60, 40, 20, 10, 0: paused at 30 from day 4 on, of which days 4 and 5 are days of the event.
#[test]
fn plan_b_spends_while_the_ads_are_paused_in_an_event() {
    let level = |units| StockLevel::Units { units: Units(units) };
    let mut plan = plan(ReorderLevels::Never, OrderSize::Lot { quantity: Units(1) });
    plan.guard = Some(Guard {
        pause: level(30),
        resume: level(90),
        look: Look::Open,
        delay_days: 0,
        action: GuardAction::PauseAds,
    });
    let mut setting = setting(7, 100);
    setting.event_of[6] = None;
    setting.planned_spend = vec![100.0; 7];
    let conversion = probability(0.5);
    let opening_stock = Units(3);
    setting.substitute =
        Some(crate::simulate::Substitute { opening_stock, conversion, spend_per_day: 30.0, spill: Probability::ZERO });
    let (outcome, _) = trace(&path(&[10; 7], &[10; 7], &[1; 7]), &plan, &setting);
    assert_eq!((outcome.plan_b_spend, outcome.spend), (60.0, 400.0));
    assert_eq!(outcome.substitute_served, 3, "it goes on spending on a substitute that is sold out");
}

/// Paused from noon on; the next morning brings stock, and the ads are back at noon. What stays away in between goes to
/// the substitute, though the ads run again in the evening.
#[test]
fn plan_b_takes_the_morning_of_a_day_on_which_the_ads_come_back() {
    let level = |units| StockLevel::Units { units: Units(units) };
    let mut plan = plan(ReorderLevels::Never, OrderSize::Lot { quantity: Units(1) });
    plan.guard = Some(Guard {
        pause: level(30),
        resume: level(90),
        look: Look::Within,
        delay_days: 0,
        action: GuardAction::PauseAds,
    });
    let rule = crate::simulate::storefront::ChannelRule {
        publish: crate::policy::PublishRule::ALL,
        refresh: crate::simulate::storefront::Refresh::RealTime,
        push: crate::simulate::storefront::Push::Set,
        delay: crate::simulate::storefront::Millis(0),
        failure: Probability::ZERO,
        self_decrement: true,
    };
    let mut setting = setting(3, 5);
    setting.open_orders = vec![Units(900)];
    setting.within_day = crate::simulate::WithinDay { every_minutes: 30, delay_minutes: 720 };
    setting.storefront = Some(crate::simulate::Storefront {
        sku: "A".into(),
        channels: vec![crate::simulate::Channel { share: 1.0, rule, published_at_start: None }],
        order_sizes: Vec::new(),
        profile: crate::process::DayProfile::flat(),
        live_profile: crate::process::DayProfile::flat(),
    });
    setting.substitute = Some(crate::simulate::Substitute {
        opening_stock: Units(500),
        conversion: Probability::ONE,
        spend_per_day: 0.0,
        spill: Probability::ZERO,
    });
    let path = ProductPath { open_arrivals: vec![1], ..path(&[0; 3], &[200; 3], &[1; 3]) };
    let (outcome, days) = trace(&path, &plan, &setting);
    let [first, second, third] = [&days[0], &days[1], &days[2]];
    assert!(!first.ads_running && second.ads_running && third.ads_undisturbed);
    // About half of a day's 200 pieces: four binomial standard errors are 28.
    for day in [first, second] {
        assert!(day.redirected_ads.abs_diff(100) < 28, "{}", day.redirected_ads);
    }
    assert_eq!(second.redirected_ads + second.demand, 200);
    assert_eq!((third.redirected_ads, outcome.all.forgone), (0, 0));
}

#[test]
fn an_order_arrives_its_lead_time_after_the_evening_it_was_placed() {
    let plan =
        plan(ReorderLevels::Constant { level: Units(5), last_order_day: None }, OrderSize::Lot { quantity: Units(10) });
    let (_, days) = trace(&path(&[5; 6], &[0; 6], &[3; 6]), &plan, &setting(6, 10));
    let received: Vec<u64> = days.iter().map(|day| day.received).collect();
    // On hand 5 at the end of day 0: order, received at the start of day 3.
    assert_eq!(received, [0, 0, 0, 10, 0, 0]);
}

#[test]
fn waiting_customers_are_served_first_and_count_once() {
    let plan = plan(ReorderLevels::Never, OrderSize::Lot { quantity: Units(1) });
    let mut setting = setting(4, 10);
    setting.waiting_share = Probability::ONE;
    setting.open_orders = vec![Units(8)];
    let mut path = path(&[8, 8, 4, 4], &[0; 4], &[1; 4]);
    path.open_arrivals = vec![2];
    let (outcome, days) = trace(&path, &plan, &setting);
    assert_eq!(days[1].served, 2);
    assert_eq!((outcome.served_late, days[2].on_hand), (6, 0), "six waited; two are left for four on day 2");
    assert_eq!(outcome.waiting_at_end, 2 + 4);
    assert!(outcome.demand_is_conserved());
}

#[test]
fn spend_is_wasted_on_demand_that_cannot_be_served() {
    let plan = plan(ReorderLevels::Never, OrderSize::Lot { quantity: Units(1) });
    let mut setting = setting(3, 15);
    setting.planned_spend = vec![100.0; 3];
    let (outcome, _) = trace(&path(&[0; 3], &[10; 3], &[1; 3]), &plan, &setting);
    assert!((outcome.spend - 300.0).abs() < 1e-9);
    assert!((outcome.spend_wasted - (50.0 + 100.0)).abs() < 1e-9);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Conservation of stock and of demand, in integers, on random days, orders, guards and waiting shares.
    #[test]
    fn stock_and_demand_are_conserved(
        days in proptest::collection::vec((0_u64..60, 0_u64..60, 1_u32..12, 0.001_f64..0.999), 1..50),
        opening in 0_u64..400,
        level in 0_u64..300,
        quantity in 1_u64..150,
        waiting in 0.0_f64..=1.0,
        pause in 0.0_f64..0.5,
        pre in 0_u64..500,
        size in 0..3,
    ) {
        let n = days.len();
        let size = match size {
            0 => OrderSize::Lot { quantity: Units(quantity) },
            1 => OrderSize::Lots { quantity: Units(quantity) },
            _ => OrderSize::UpTo { above: Units(quantity) },
        };
        let mut plan = plan(ReorderLevels::Constant { level: Units(level), last_order_day: Some(n / 2) }, size);
        plan.pre_stock = Some(PreStockOrder { day: n / 3, units: Units(pre) });
        plan.guard = Some(Guard {
            pause: StockLevel::ShareOfEventStart { share: probability(pause) },
            resume: StockLevel::ShareOfEventStart { share: probability(pause + 0.1) },
            look: if level % 2 == 0 { Look::Open } else { Look::Close },
            delay_days: (level % 3) as usize,
            action: GuardAction::PauseAds,
        });
        let mut setting = setting(n, opening);
        setting.waiting_share = probability(waiting);
        setting.ad_phases = AdResponse {
            carry_over: probability(0.3), restart_days: 3, restart_efficiency: probability(0.5),
        }
        .phases();
        let path = ProductPath {
            organic: days.iter().map(|d| d.0).collect(),
            live: days.iter().map(|d| d.0 % 3).collect(),
            ad: days.iter().map(|d| d.1).collect(),
            lead_days: vec![days.iter().map(|d| d.2).collect()],
            open_arrivals: Vec::new(),
            waiting: days.iter().map(|d| d.3).collect(),
            thinning: days.iter().map(|d| 1.0 - d.3).collect(),
            ..ProductPath::default()
        };
        let (outcome, records) = trace(&path, &plan, &setting);
        prop_assert!(outcome.demand_is_conserved());
        prop_assert_eq!(
            opening + outcome.received,
            outcome.all.served + outcome.served_late + outcome.final_stock
        );
        prop_assert_eq!(outcome.ordered, outcome.received + outcome.final_on_order);
        prop_assert_eq!(outcome.all.served, records.iter().map(|r| r.served).sum::<u64>());
        let expected = (0..n).map(|day| path.reference(day)).sum::<u64>();
        prop_assert_eq!(outcome.all.reference, expected);
        prop_assert!(outcome.cycles >= 1 && outcome.clean_cycles <= outcome.cycles);
        prop_assert_eq!(outcome, simulate(&path, &plan, &setting, &mut Workspace::default()));
    }

    /// A higher order-up-to level never serves less on the same path, with a constant lead time, full waiting and no
    /// guard (it is not true in general).
    #[test]
    fn more_base_stock_never_serves_less(
        demand in proptest::collection::vec(0_u64..40, 5..60), level in 0_u64..200, more in 1_u64..50, lead in 1_u32..8,
    ) {
        let n = demand.len();
        let path = path(&demand, &vec![0; n], &vec![lead; n]);
        let mut setting = setting(n, 100);
        setting.waiting_share = Probability::ONE;
        let served = |level: u64| {
            let rule = ReorderLevels::Constant { level: Units(level), last_order_day: None };
            let plan = plan(rule, OrderSize::UpTo { above: Units(0) });
            simulate(&path, &plan, &setting, &mut Workspace::default()).all.served
        };
        prop_assert!(served(level + more) >= served(level));
    }
}

/// 100 pieces; ten ordinary and twenty by ads a day, of which half still order on pre-order. On the morning of day 2 there
/// are 40 left, so 15 order; on day 3 15 more, on day 4 15 for 10 pieces: 5 wait, and all 15 of day 5. A receipt of 12 on
/// day 6 serves the 5 and 7 of the 15; with a limit of two days the other 8 give up on the evening of day 7, the 15 of
/// day 6 on that of day 8. Those of days 7 and 8 still wait.
#[test]
fn a_listing_on_pre_order_lets_customers_wait_until_their_limit() {
    let mut plan = plan(ReorderLevels::Never, OrderSize::Lot { quantity: Units(1) });
    plan.guard = Some(Guard {
        pause: StockLevel::Units { units: Units(40) },
        resume: StockLevel::Units { units: Units(90) },
        look: Look::Open,
        delay_days: 0,
        action: GuardAction::PreOrder(PreOrder { conversion: probability(0.5), limit_days: 2 }),
    });
    let mut setting = setting(9, 100);
    setting.open_orders = vec![Units(12)];
    setting.planned_spend = vec![3.0; 9];
    let mut path = path(&[10; 9], &[20; 9], &[1; 9]);
    path.open_arrivals = vec![6];
    path.thinning = vec![0.5; 9];
    let (outcome, days) = trace(&path, &plan, &setting);
    let on_hand: Vec<u64> = days.iter().map(|day| day.on_hand).collect();
    assert_eq!(on_hand, [70, 40, 25, 10, 0, 0, 0, 0, 0]);
    assert!(outcome.demand_is_conserved());
    assert_eq!((outcome.all.lost, outcome.all.forgone, outcome.all.waited), (0, 7 * 15, 5 + 4 * 15));
    assert_eq!((outcome.served_late, outcome.gave_up, outcome.waiting_at_end), (12, 8 + 15, 30));
    assert_eq!(outcome.pre_ordered_by_event, [12]);
    assert_eq!((outcome.spend, outcome.spend_wasted), (27.0, 0.0), "the ads run on, and who waits is won");

    // After the event the listing sells from stock again.
    setting.event_of[5..].fill(None);
    let (outcome, days) = trace(&path, &plan, &setting);
    assert_eq!((days[5].demand, days[4].demand), (30, 15));
    assert_eq!(outcome.all.forgone, 3 * 15);
}
