//! Steps, windows and limits on small cases.

use proptest::prelude::*;

use super::*;

fn probability(value: f64) -> Probability {
    Probability::try_new(value).expect("a probability")
}

fn step(from: f64, share: f64) -> PlatformStep {
    PlatformStep {
        from: probability(from),
        above: false,
        volume_share: probability(share),
        days: 7,
        points: 2,
        points_if_many: Some((30, 4)),
    }
}

/// Thailand and Viet Nam, 2025-06: 90, 70 and 50 % of the volume from 10, 30 and 50 % on.
fn rule() -> MetricRule {
    let steps = vec![step(0.1, 0.9), step(0.3, 0.7), step(0.5, 0.5)];
    MetricRule { metric: PlatformMetric::SellerCancellation, window_days: 7, target: None, steps }
}

#[test]
fn the_highest_step_crossed_holds() {
    let rule = rule();
    let share = |rate| rule.step(rate).map(|step| step.volume_share.get());
    assert_eq!([0.0999, 0.1, 0.3, 0.4999, 1.0].map(share), [None, Some(0.9), Some(0.7), Some(0.7), Some(0.5)]);
    let above = PlatformStep { above: true, ..step(0.025, 1.0) };
    assert_eq!((above.is_crossed(0.025), above.is_crossed(0.0251)), (false, true));
    assert_eq!((above.points_for(29), above.points_for(30)), (2, 4));
}

#[test]
fn a_limit_lasts_its_days_and_the_stricter_holds() {
    let mut limit = VolumeLimit::default();
    limit.cross(10, &step(0.1, 0.9));
    assert_eq!(
        [10, 11, 17, 18].map(|day| limit.share(day).map(Probability::get)),
        [Some(0.9), Some(0.9), Some(0.9), None]
    );
    limit.cross(12, &step(0.3, 0.7));
    limit.cross(14, &step(0.1, 0.9));
    assert_eq!((limit.share(19).map(Probability::get), limit.share(20)), (Some(0.7), None));
    // After the stricter one has run out the milder one may begin.
    limit.cross(19, &step(0.1, 0.9));
    assert_eq!(limit.piece_cap(20, 100.0), Some(90));
    assert_eq!(limit.piece_cap(27, 100.0), None);
    let mut none = VolumeLimit::default();
    none.cross(1, &step(0.1, 1.0));
    assert_eq!(none, VolumeLimit::default());
}

/// The article's listing: 200 of 300 orders cancelled in a week beside 100 others a day.
#[test]
fn an_oversell_crosses_the_step_of_its_rate() {
    let mut days = vec![DayCounts { orders: 0, faults: 0 }; 6];
    days.push(DayCounts { orders: 300, faults: 200 });
    let rate = |orders_per_day| window_rate(&days, 7, &RestOfShop { orders_per_day, fault_rate: 0.0 }).expect("orders");
    assert_eq!(rule().step(rate(0.0)).map(|step| step.volume_share.get()), Some(0.5));
    assert_eq!(rule().step(rate(100.0)).map(|step| step.volume_share.get()), Some(0.9));
    assert_eq!(rule().step(rate(1000.0)), None);
    assert_eq!(window_rate(&[DayCounts::default()], 1, &RestOfShop::default()), None);
}

proptest! {
    #[test]
    fn day_by_day_is_the_same_as_at_once(
        days in proptest::collection::vec((0_u32..500, 0.0..=1.0_f64), 0..60),
        window in 1_usize..31,
        orders_per_day in 0.0..300.0_f64,
        fault_rate in 0.0..=1.0_f64,
    ) {
        let rest = RestOfShop { orders_per_day, fault_rate };
        let counts: Vec<DayCounts> = days
            .into_iter()
            .map(|(orders, share)| DayCounts { orders, faults: (f64::from(orders) * share) as u32 })
            .collect();
        let mut rolling = RollingRate::new(window, rest);
        for today in 0..counts.len() {
            prop_assert_eq!(rolling.push(counts[today]), window_rate(&counts[..=today], window, &rest));
        }
    }
}
