//! Known answers of what is ordered, when and by which mode.

use super::*;
use crate::policy::{Expedite, ExpediteSize, OrderLimits, OrderSize, PreStockOrder, ReorderLevels, Replenishment};

/// Demand of 10 a day, ordinary orders after 4 days, expedited ones after 1.
fn path(days: usize) -> ProductPath {
    ProductPath {
        organic: vec![10; days],
        ad: vec![0; days],
        live: vec![0; days],
        lead_days: vec![vec![4; days], vec![1; days]],
        ..ProductPath::default()
    }
}

fn plan(level: u64, size: OrderSize, maximum: Units) -> PolicyPlan {
    PolicyPlan {
        mode: 0,
        pre_stocked: Units::ZERO,
        pre_stock: None,
        later_pre_stock: Vec::new(),
        expedite: None,
        replenishment: Replenishment {
            levels: ReorderLevels::Constant { level: Units(level), last_order_day: None },
            size,
            limits: OrderLimits { maximum, ..OrderLimits::NONE },
        },
        guard: None,
    }
}

fn ordered(plan: &PolicyPlan, setting: &Setting) -> (PathOutcome, Vec<u64>) {
    let (outcome, days) = trace(&path(setting.days), plan, setting);
    (outcome, days.iter().map(|day| day.ordered).collect())
}

const UP_TO: OrderSize = OrderSize::UpTo { above: Units(0) };

/// 70 pieces ahead of the event at 30 a day: 30, 30 and 10. Of the third day 20 are left for the reorder, which wants the
/// position back at 150.
#[test]
fn a_supplier_takes_so_many_pieces_in_a_day() {
    let mut plan = plan(150, UP_TO, Units(30));
    plan.pre_stock = Some(PreStockOrder { day: 1, units: Units(70) });
    let (outcome, days) = ordered(&plan, &Setting::new(6, Units(140)));
    // Position before each reorder: 130, 150 - 10 + 30 = 150, 170, 170 of which nothing is missing, 160, 150.
    assert_eq!(days, [20, 30, 30, 10, 0, 0]);
    assert_eq!((outcome.ordered, outcome.orders), (90, 4));
    plan.replenishment.levels = ReorderLevels::Constant { level: Units(500), last_order_day: None };
    assert_eq!(ordered(&plan, &Setting::new(6, Units(140))).1, [30; 6], "reorders take what is left, never more");
}

/// 70 pieces at 30 a day, at least 20 and in boxes of 10: the last part is 20, not 10.
#[test]
fn the_last_part_of_a_split_order_keeps_the_minimum() {
    let mut plan = plan(0, UP_TO, Units(30));
    plan.replenishment.levels = ReorderLevels::Never;
    plan.replenishment.limits = OrderLimits { minimum: Units(20), multiple: Units(10), maximum: Units(30) };
    plan.pre_stock = Some(PreStockOrder { day: 0, units: Units(70) });
    let (outcome, days) = ordered(&plan, &Setting::new(5, Units(140)));
    assert_eq!(days, [30, 30, 20, 0, 0]);
    assert_eq!(outcome.ordered, 80);
}

/// The supplier takes orders on days 2 and 5: the pre-stock order of day 0 waits, and so does the reorder.
#[test]
fn orders_wait_for_an_order_day() {
    let mut plan = plan(100, UP_TO, Units(u64::MAX));
    plan.pre_stock = Some(PreStockOrder { day: 0, units: Units(40) });
    let mut setting = Setting::new(7, Units(100));
    setting.order_days = (0..7).map(|day| day % 3 == 2).collect();
    // Day 2: 70 on hand and 40 ahead of the event: above 100. Day 5: 40 on hand, 40 under way: 20 are missing.
    let (outcome, days) = ordered(&plan, &setting);
    assert_eq!(days, [0, 0, 40, 0, 0, 20, 0]);
    assert_eq!(outcome.received, 40);
}

/// A look every third evening, the first on day 0: the order makes up for all that was sold in between.
#[test]
fn a_review_comes_every_so_many_days() {
    let setting = Setting { review_days: 3, ..Setting::new(8, Units(100)) };
    assert_eq!(ordered(&plan(100, UP_TO, Units(u64::MAX)), &setting).1, [10, 0, 0, 30, 0, 0, 30, 0]);
}

/// Emergency level 25, one day by air: what is due tomorrow counts, what is due later does not.
#[test]
fn little_left_and_little_due_is_expedited() {
    let mut plan = plan(0, UP_TO, Units(u64::MAX));
    plan.replenishment.levels = ReorderLevels::Never;
    let size = ExpediteSize::Quantity { units: Units(15) };
    plan.expedite = Some(Expedite { mode: 1, level: Units(25), size, lead_days: 1, ordinary_days: 4 });
    let mut setting = Setting::new(6, Units(50));
    setting.open_orders = vec![Units(100)];
    setting.open_due = vec![4];
    let mut path = path(6);
    path.open_arrivals = vec![4];
    let (outcome, days) = trace(&path, &plan, &setting);
    // Evenings: 40; 30; 20 and nothing due before day 4: 15. Then 20 - 10 + 15 = 25, and the open order is due tomorrow.
    let ordered: Vec<u64> = days.iter().map(|day| day.ordered).collect();
    assert_eq!(ordered, [0, 0, 15, 0, 0, 0]);
    assert_eq!(days[3].received, 15);
    assert_eq!((outcome.expedited_orders, outcome.expedited, outcome.orders, outcome.ordered), (1, 15, 1, 15));
    // The buyer believes the date that was promised, not the one that comes true.
    setting.open_due = vec![3];
    assert_eq!(trace(&path, &plan, &setting).0.expedited, 0);
    let path = ProductPath { open_arrivals: vec![7], ..self::path(8) };
    let setting = Setting { open_orders: setting.open_orders, open_due: vec![4], ..Setting::new(8, Units(50)) };
    let (late, _) = trace(&path, &plan, &setting);
    // 25 on day 3 and nothing of the overdue order until day 7: days 4 and 5 sell 10, day 6 finds 5.
    assert_eq!((late.expedited, late.all.lost), (15, 5));
}

/// Up to a level, net of customers who wait; the faster and the ordinary order of an evening are two orders.
#[test]
fn expedited_up_to_a_level_beside_the_ordinary_order() {
    let mut plan = plan(60, OrderSize::Lot { quantity: Units(50) }, Units(u64::MAX));
    let size = ExpediteSize::UpTo { level: Units(30) };
    plan.expedite = Some(Expedite { mode: 1, level: Units(5), size, lead_days: 1, ordinary_days: 4 });
    let mut setting = Setting::new(3, Units(4));
    setting.waiting_share = crate::units::Probability::ONE;
    let (outcome, days) = ordered(&plan, &setting);
    // Day 0 leaves 6 waiting: 50 by sea, 36 by air. Day 1: 36 come, 6 go to those who wait, 10 are sold, 20 are left.
    assert_eq!(days[0], 50 + 36);
    assert_eq!((outcome.expedited, outcome.expedited_orders), (36, 1));
    assert_eq!(outcome.orders, 1 + 2, "day 0 twice; the position of 70 on day 1 is 60 on day 2");
}

/// Breaks at 20 and 50: orders of 20, 19 and 120 pieces, and 55 pieces that stand on the shelf already.
#[test]
fn orders_are_counted_at_the_break_that_they_reach() {
    let plan = PolicyPlan { pre_stocked: Units(55), ..plan(0, UP_TO, Units(u64::MAX)) };
    let plan = PolicyPlan {
        replenishment: Replenishment {
            levels: ReorderLevels::ByDay { levels: [75, 84, 194].map(|level| Some(Units(level))).to_vec() },
            ..plan.replenishment.clone()
        },
        ..plan
    };
    let mut setting = Setting::new(3, Units(10));
    setting.price_breaks = vec![Units(20), Units(50)];
    let (outcome, days) = ordered(&plan, &setting);
    assert_eq!(days, [20, 19, 120]);
    assert_eq!(outcome.ordered_at_break, [20, 120 + 55]);
}

/// An open order counts in the position once it is expected before an order of this evening could help.
#[test]
fn an_order_that_comes_too_late_does_not_count() {
    let plan = plan(100, UP_TO, Units(u64::MAX));
    let path = ProductPath { open_arrivals: vec![7], ..path(8) };
    let open = Setting { open_orders: vec![Units(60)], open_due: vec![6], ..Setting::new(8, Units(70)) };
    let orders = |setting: &Setting| {
        let (outcome, days) = trace(&path, &plan, setting);
        (outcome, days.iter().map(|day| day.ordered).take(4).collect::<Vec<_>>())
    };
    // Evenings of 60, 50, 40 and 30 pieces: with the open 60 the position falls below 100 on the fourth.
    assert_eq!(orders(&open).1, [0, 0, 0, 10]);
    let (outcome, days) = orders(&Setting { protection_days: vec![4], ..open });
    // Until the second evening they are expected more than four days later: 60 pieces call for 40, 90 for 10. Then they count.
    assert_eq!(days, [40, 10, 0, 0]);
    assert_eq!(outcome.final_on_order + outcome.received, outcome.ordered + 60);
}
