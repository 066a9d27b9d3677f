//! Tests of the oversell formulas.

use super::*;

/// V28 of the method notes: two orders a minute, polled every 15 minutes.
#[test]
fn polling_is_the_published_one() {
    let late = LateOrders::after_sync(120.0, 0.25, 0.0).unwrap();
    assert!((late.orders().mean() - 15.0).abs() < 1e-10 && (late.orders().variance() - 90.0).abs() < 1e-8);
    for (buffer, risk) in [(0, 0.966_667), (10, 0.633_334), (20, 0.302_826), (30, 0.057_580), (40, 0.002_097)] {
        assert!((late.oversell_probability(Units(buffer)) - risk).abs() < 5.1e-7, "{buffer}");
    }
}

/// V29 of the method notes: a buffer of a few units is fine on an ordinary day and useless live.
#[test]
fn buffers_are_the_published_ones() {
    let risk = Probability::try_new(0.01).unwrap();
    let live = LateOrders::after_latency(30.0 * 60.0, 5.0 / 60.0).unwrap();
    assert_eq!(live.buffer_for(risk), Units(179));
    let flat = LateOrders::after_latency(500.0 / 24.0, 5.0 / 60.0).unwrap();
    assert!((flat.expected_oversell(Units::ZERO) - 1.736).abs() < 5e-4);
    assert_eq!(flat.buffer_for(risk), Units(5));
}

/// V30 of the method notes.
#[test]
fn channels_are_the_published_ones() {
    let channel = Pmf::from_law(&DemandLaw::Poisson { mean: 30.0 }).unwrap();
    let sales = unsynced_channels(&[channel.clone(), channel], Units(50)).unwrap();
    assert!((sales.expected_oversell - 10.318_161).abs() < 5.1e-7);
    assert!((sales.oversell_probability - 0.892_322).abs() < 5.1e-7);
    assert!(sales.expected_sold > 49.6 && sales.expected_sold < 49.680_507);
}

/// The window as the mean over many points of it.
#[test]
fn a_window_is_the_mean_of_its_moments() {
    let late = LateOrders::after_sync(120.0, 0.25, 1.0 / 60.0).unwrap();
    let points = 2_000;
    let mean = |of: &dyn Fn(f64) -> f64| {
        (0..points).map(|point| of(2.0 + 30.0 * (f64::from(point) + 0.5) / f64::from(points))).sum::<f64>()
            / f64::from(points)
    };
    let expected = mean(&|mean| DemandLaw::Poisson { mean }.loss(20.0));
    assert!((late.expected_oversell(Units(20)) - expected).abs() < 1e-6);
    let risk = mean(&|mean| DemandLaw::Poisson { mean }.exceedance(20.0));
    assert!((late.oversell_probability(Units(20)) - risk).abs() < 1e-6);
}

#[test]
fn a_narrow_window_is_nearly_a_point() {
    let point = LateOrders::after_latency(120.0, 0.5).unwrap();
    for interval in [0.0, 1e-9, 1e-5] {
        let window = LateOrders::after_sync(120.0, interval, 0.5 - interval / 2.0).unwrap();
        for buffer in [0, 55, 70, 100] {
            let (a, b) = (window.expected_oversell(Units(buffer)), point.expected_oversell(Units(buffer)));
            assert!((a - b).abs() < 1e-8, "{interval}, {buffer}");
        }
    }
}

/// The two ways of summing a window, by points and by differences, agree where one takes over from the other; and the
/// moments are those of a uniform mean: variance mean + width² / 12.
#[test]
fn windows_of_every_width_have_their_moments() {
    for to in [0.5_f64, 30.0, 4_000.0, 300_000.0] {
        for width in [0.124, 0.126, 0.3].map(|share| share * to.sqrt()) {
            let late = LateOrders::after_sync(1.0, width, to - width).unwrap();
            let mean = to - width / 2.0;
            let variance = mean + width * width / 12.0;
            assert!((late.orders().mean() / mean - 1.0).abs() < 1e-10, "{to}, {width}");
            assert!((late.orders().variance() / variance - 1.0).abs() < 1e-7, "{to}, {width}");
        }
        let at = |share: f64| LateOrders::after_sync(1.0, share * to.sqrt(), to - share * to.sqrt()).unwrap();
        let (by_points, by_differences) = (at(0.124_999_999), at(0.125_000_001));
        let buffer = Units((to + 2.0 * to.sqrt()) as u64);
        let ratio = by_points.oversell_probability(buffer) / by_differences.oversell_probability(buffer);
        assert!((ratio - 1.0).abs() < 1e-6, "{to}: {ratio}");
    }
}

/// V31 of the method notes: no latency and no buffer oversells nothing; a buffer never hurts, a latency never helps.
#[test]
fn latency_hurts_and_buffers_help() {
    let at_once = LateOrders::after_latency(120.0, 0.0).unwrap();
    assert_eq!((at_once.expected_oversell(Units(0)), at_once.oversell_probability(Units(0))), (0.0, 0.0));
    let mut before = 0.0;
    for minutes in 1..30 {
        let late = LateOrders::after_latency(120.0, f64::from(minutes) / 60.0).unwrap();
        assert!(late.expected_oversell(Units(3)) > before);
        before = late.expected_oversell(Units(3));
        assert!(late.expected_oversell(Units(4)) < before);
    }
}

#[test]
fn odd_input_has_a_decided_answer() {
    for bad in [-1.0, f64::NAN, f64::INFINITY, 1e300] {
        assert!(LateOrders::after_latency(bad, 1.0).is_err());
        assert!(LateOrders::after_sync(1.0, bad, 1.0).is_err());
        assert!(LateOrders::after_sync(1.0, 1.0, bad).is_err());
    }
    let late = LateOrders::after_latency(10.0, 1.0).unwrap();
    assert_eq!(late.buffer_for(Probability::ONE), Units(0));
    assert_eq!(late.oversell_probability(late.buffer_for(Probability::ZERO)), 0.0);
    assert_eq!(late.oversell_quantile(Units(0), f64::NAN), None);
    assert_eq!(late.oversell_quantile(Units(u64::MAX), 0.5), Some(Units(0)));
    let none = unsynced_channels(&[], Units(5)).unwrap();
    assert_eq!((none.expected_sold, none.expected_oversell), (0.0, 0.0));
    let channel = late.orders().clone();
    assert!(unsynced_channels(&[channel], Units(0)).unwrap().expected_sold.abs() < 1e-15);
}
