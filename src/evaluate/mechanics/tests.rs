//! Known answers, by hand.

use super::super::{CandidateKpis, CandidateTally};
use crate::policy::{BusinessCalendar, MetricRule, PlatformMetric, PlatformRules, PlatformStep, RestOfShop};
use crate::process::DayProfile;
use crate::simulate::{DispatchLimits, Flow, FlowTally, PathOutcome, Platform, Setting, Storefront, Substitute, Tally};
use crate::units::{Probability, Units};

fn probability(p: f64) -> Probability {
    Probability::try_new(p).expect("a probability")
}

fn step(from: f64, above: bool) -> PlatformStep {
    let none = Probability::ONE;
    PlatformStep { from: probability(from), above, volume_share: none, days: 0, points: 0, points_if_many: None }
}

/// A setting with a storefront, a dispatch limit, returns, two metrics and a substitute.
fn setting() -> Setting {
    let rule = |metric, window_days, steps| MetricRule { metric, window_days, target: None, steps };
    let metrics = vec![
        rule(PlatformMetric::SellerCancellation, 7, vec![step(0.031_25, true), step(0.046_875, false)]),
        rule(PlatformMetric::LateDispatch, 30, vec![step(0.125, false)]),
    ];
    let rules = PlatformRules {
        metrics,
        dispatch_days: Some(2),
        cancel_days: Some(3),
        product_off: None,
        calendar: BusinessCalendar::ALWAYS,
    };
    let share = probability(0.5);
    Setting {
        storefront: Some(Storefront {
            sku: "A".into(),
            channels: Vec::new(),
            order_sizes: Vec::new(),
            profile: DayProfile::flat(),
            live_profile: DayProfile::flat(),
        }),
        flow: Flow {
            limits: DispatchLimits { late: vec![0; 10], cancel: vec![-1; 10] },
            returned: probability(0.1),
            ..Flow::default()
        },
        platform: Some(Platform { rules, rest: RestOfShop::default(), rest_late: 0.0 }),
        substitute: Some(Substitute { opening_stock: Units(50), conversion: share, spend_per_day: 25.0, spill: share }),
        ..Setting::new(10, Units(100))
    }
}

/// Four paths, of which the second and the fourth oversell, the fourth outside the event only.
fn paths() -> [PathOutcome; 4] {
    let path = |oversold: [u64; 2], late: u64, cancelled: u64, peaks: [f64; 2]| {
        let event = Tally {
            reference: 20,
            oversold: oversold[0],
            refused: 2,
            redirected_ads: 3,
            spilled: 1,
            ..Tally::default()
        };
        let shipped = 40 - cancelled;
        PathOutcome {
            event,
            all: event.with(&Tally { oversold: oversold[1], refused: 1, ..Tally::default() }),
            flow: FlowTally {
                shipped,
                late,
                cancelled_by_seller: cancelled,
                returned: 4,
                restocked: 3,
                unshipped: 10,
                ..FlowTally::default()
            },
            peak_rates: peaks.to_vec(),
            limited_days: cancelled,
            expedited_orders: u64::from(cancelled > 0),
            expedited: 10 * cancelled,
            plan_b_spend: 25.0 * cancelled as f64,
            substitute_served: 4,
            substitute_left: 50 - cancelled,
            ..PathOutcome::default()
        }
    };
    [
        path([0, 0], 0, 0, [0.0, 0.0]),
        path([6, 2], 5, 4, [0.062_5, 0.125]),
        path([0, 0], 1, 0, [0.031_25, 0.093_75]),
        path([0, 4], 4, 2, [0.046_875, 0.25]),
    ]
}

fn kpis(setting: &Setting) -> CandidateKpis {
    let mut whole = CandidateTally::new(setting);
    let mut parts = [0; 2].map(|_| CandidateTally::new(setting));
    for (path, outcome) in (0..).zip(&paths()) {
        whole.push(path, outcome, None);
        parts[path as usize / 2].push(path, outcome, None);
    }
    let [mut first, second] = parts;
    first.merge(&second);
    assert_eq!(first.kpis(), whole.kpis());
    let mut from_nothing = CandidateTally::default();
    from_nothing.merge(&whole);
    assert_eq!(from_nothing.kpis(), whole.kpis());
    whole.kpis()
}

#[test]
fn oversell_by_hand() {
    let oversell = kpis(&setting()).oversell.expect("a storefront");
    assert_eq!((oversell.event.any.value, oversell.all.any.value), (0.25, 0.5));
    assert_eq!((oversell.event.pieces.value, oversell.all.pieces.value), (1.5, 3.0));
    // Deviations of 0, 8, 0, 4 from 3 square to 44: variance 44/3, of the mean 11/3.
    assert!((oversell.all.pieces.standard_error - (11.0_f64 / 3.0).sqrt()).abs() < 1e-12);
    assert_eq!((oversell.all.any.n, oversell.all.pieces.n), (4, 4));
    // Wilson for 2 of 4: centre 1/2, half-width z/(2 sqrt(n + z^2)).
    let z = 1.959_963_984_540_054_f64;
    let half = z / (2.0 * (4.0 + z * z).sqrt());
    assert!((oversell.all.any_interval.high - 0.5 - half).abs() < 1e-9);
    assert!((oversell.all.any_interval.low - 0.5 + half).abs() < 1e-9);
}

#[test]
fn shares_of_parcels_by_hand() {
    let flow = kpis(&setting()).flow.expect("a flow");
    // 50 pieces a path are to be dispatched, 10 are left unshipped; 6 of 200 are cancelled, 10 late.
    assert_eq!((flow.shipped.value, flow.unshipped.value), (38.5, 10.0));
    let late = flow.late_share.expect("a limit");
    assert!((late.value - 10.0 / 200.0).abs() < 1e-12);
    // With the same denominator everywhere, the error is that of the mean: late 0, 5, 1, 4 about 2.5 square to 17.
    assert!((late.standard_error - (17.0_f64 / 3.0 / 4.0).sqrt() / 50.0).abs() < 1e-12);
    assert!((flow.cancelled_by_seller_share.expect("a limit").value - 6.0 / 200.0).abs() < 1e-12);
    assert!((flow.returned_share.expect("returns").value - 16.0 / 154.0).abs() < 1e-12);
    assert_eq!(flow.restocked.map(|pieces| pieces.value), Some(3.0));
    assert_eq!((flow.cancelled_by_customer_share, flow.samples), (None, None), "not in this setting");
}

#[test]
fn steps_of_the_platform_by_hand() {
    let platform = kpis(&setting()).platform.expect("rules");
    let [cancellation, late] = &platform.metrics[..] else { panic!("two metrics") };
    assert_eq!((cancellation.metric, cancellation.window_days), (PlatformMetric::SellerCancellation, 7));
    assert_eq!(cancellation.largest_rate.value, 0.140_625 / 4.0);
    // The first step itself is allowed, the second is not.
    let crossed: Vec<f64> = cancellation.steps.iter().map(|step| step.crossed.value).collect();
    assert_eq!(crossed, [0.5, 0.5]);
    assert_eq!((late.steps[0].crossed.value, late.steps[0].from.get()), (0.5, 0.125));
    assert_eq!(late.largest_rate.value, 0.468_75 / 4.0);
    assert_eq!(platform.cancellation(), Some(&cancellation.steps[0]));
    assert_eq!(
        (platform.limited_days.value, platform.refused.event.value, platform.refused.all.value),
        (1.5, 2.0, 3.0)
    );
}

#[test]
fn the_substitute_by_hand() {
    let substitute = kpis(&setting()).substitute.expect("one");
    assert_eq!((substitute.redirected.all.value, substitute.spilled.event.value), (3.0, 1.0));
    assert_eq!((substitute.served.value, substitute.left.value), (4.0, 48.5));
    assert_eq!(substitute.spend.map(|spend| spend.value), Some(25.0 * 1.5));
}

/// A setting shows what it has, and nothing else.
#[test]
fn nothing_is_shown_that_the_setting_does_not_have() {
    let plain = kpis(&Setting::new(10, Units(100)));
    assert_eq!((plain.oversell, plain.flow, plain.platform, plain.substitute), (None, None, None, None));

    let samples = Flow { samples: vec![0, 2], ..Flow::default() };
    let given = kpis(&Setting { flow: samples, ..Setting::new(10, Units(100)) });
    assert_eq!((given.oversell, given.platform, given.substitute), (None, None, None));
    let flow = given.flow.expect("samples");
    assert!(flow.samples.is_some() && flow.late_share.is_none() && flow.returned_share.is_none());

    let platform = kpis(&Setting { platform: setting().platform, ..Setting::new(10, Units(100)) });
    assert!(platform.flow.is_none() && platform.platform.is_some_and(|platform| platform.metrics.len() == 2));
}
