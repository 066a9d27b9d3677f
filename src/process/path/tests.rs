//! Whole paths of one product.

use super::super::{Bass, BurstShape, DayNoise, DurationLaw, Stage, Uplift};
use super::*;

fn process() -> ProductProcess {
    let organic = OrganicDemand { level: 20.0, weekday: [1.0; 7], level_error: 0.1, noise: DayNoise::Poisson };
    ProductProcess {
        events: vec![EventDemand {
            id: "e".into(),
            start: 10,
            days: 5,
            planned_spend: vec![0.0; 5],
            burst: BurstProcess {
                uplift: Uplift::LogNormal { mean: 500.0, cv: 0.45 },
                shapes: vec![BurstShape::flat(5)],
                masses: vec![1.0],
                noise: DayNoise::NegativeBinomial { size: 20.0 },
                follows_level: false,
            },
        }],
        chains: vec![LeadTimeChain::new(
            "air",
            vec![Stage { name: "all".into(), law: DurationLaw::Gamma { mean: 9.0, cv: 0.3 } }],
        )],
        ..ProductProcess::new("A", "2026-01-01".parse().expect("a date"), 30, organic)
    }
}

#[test]
fn a_path_depends_on_its_address_only() {
    let process = process();
    let path = process.draw(Seed(1), PathSet::Comparison, 3);
    assert_eq!(path, process.draw(Seed(1), PathSet::Comparison, 3));
    assert_ne!(path, process.draw(Seed(1), PathSet::Confirmation, 3));
    assert_ne!(path, process.draw(Seed(1), PathSet::Comparison, 4));
}

/// A learned burst is a multiple of ordinary demand: where the level is off, so is the burst.
#[test]
fn a_learned_burst_follows_the_level() {
    let mut process = process();
    process.organic.level_error = 0.5;
    let spread = |process: &ProductProcess| {
        let totals: Vec<f64> =
            (0..2000).map(|i| process.draw(Seed(1), PathSet::Planning, i).ad.iter().sum::<u64>() as f64).collect();
        let mean = totals.iter().sum::<f64>() / 2000.0;
        (totals.iter().map(|t| (t - mean).powi(2)).sum::<f64>() / 1999.0).sqrt() / mean
    };
    let stated = spread(&process);
    process.events[0].burst.follows_level = true;
    // CV of the product: sqrt((1 + .45²)(1 + .533²) - 1) = .74, against .45 and a little day noise.
    let learned = spread(&process);
    assert!((stated - 0.46).abs() < 0.06 && (learned - 0.75).abs() < 0.15, "{stated} {learned}");
}

#[test]
fn another_mode_moves_no_demand() {
    let base = process();
    let mut other = process();
    other.chains.insert(0, LeadTimeChain::new("sea", base.chains[0].stages().to_vec()));
    let (a, b) = (base.draw(Seed(1), PathSet::Comparison, 0), other.draw(Seed(1), PathSet::Comparison, 0));
    assert_eq!((&a.organic, &a.ad), (&b.organic, &b.ad));
    assert_eq!(a.lead_days[0], b.lead_days[1]);
}

#[test]
fn mean_demand_is_the_stated_mean() {
    let process = process();
    let n = 4000_u64;
    let total: u64 =
        (0..n).map(|i| process.draw(Seed(1), PathSet::Planning, i)).map(|p| p.ad.iter().sum::<u64>()).sum();
    let mean = total as f64 / n as f64;
    // sd of the total: sqrt((500 x .45)² + ...) about 230.
    assert!((mean - 500.0).abs() < 4.0 * 230.0 / (n as f64).sqrt(), "{mean}");
}

/// What is set beside ordinary demand moves its own part of the path and nothing else.
#[test]
fn each_part_of_demand_has_its_own_place() {
    let base = process();
    let mut rich = base.clone();
    rich.live.push(LiveSession { name: "l".into(), day: 4, start: 1200, minutes: 60, orders: 80.0, log_sd: 0.5 });
    rich.live.push(LiveSession { name: "beyond".into(), day: 99, start: 0, minutes: 60, orders: 80.0, log_sd: 0.5 });
    let (plain, path) = (base.draw(Seed(1), PathSet::Comparison, 5), rich.draw(Seed(1), PathSet::Comparison, 5));
    assert_eq!((&plain.organic, &plain.ad, &plain.lead_days), (&path.organic, &path.ad, &path.lead_days));
    assert!(path.live[4] > 0 && path.live.iter().sum::<u64>() == path.live[4]);
    assert_eq!(path.reference(4), plain.reference(4) + path.live[4]);

    rich.unplanned = Some(UnplannedBursts {
        rate_per_day: 0.2,
        burst: BurstProcess { follows_level: true, ..base.events[0].burst.clone() },
    });
    let viral = rich.draw(Seed(1), PathSet::Comparison, 5);
    assert_eq!((&viral.ad, &viral.live), (&path.ad, &path.live));
    assert!(viral.organic.iter().zip(&path.organic).all(|(more, less)| more >= less) && viral != path);
}

/// Means by hand: a holiday of factor 0.5, a decline of a tenth a week, a live session, and the mean of the paths.
#[test]
fn means_hold_every_part() {
    let mut process = process();
    process.organic.level_error = 0.0;
    process.life_cycle = LifeCycle::Decline { weekly_loss: 0.1 };
    process.holidays.push(Holiday { date: "2026-01-08".parse().expect("a date"), days: 2, factor: 0.5 });
    process.live.push(LiveSession { name: "l".into(), day: 7, start: 0, minutes: 60, orders: 8.0, log_sd: 0.5 });
    assert!((process.ordinary_means()[7] - 18.0).abs() < 1e-12);
    assert!((process.organic_means()[7] - 9.0).abs() < 1e-12);
    assert!((process.means_without_events()[7] - 17.0).abs() < 1e-12);
    let n = 4000;
    let drawn = (0..n).map(|path| process.draw(Seed(1), PathSet::Planning, path).reference(7)).sum::<u64>();
    // Variance 9 + 8 + 64 (e^.25 - 1) = 35.
    assert!((drawn as f64 / n as f64 - 17.0).abs() < 4.0 * (35.0 / n as f64).sqrt(), "{drawn}");

    let curve = Bass { innovation: 0.01, imitation: 0.2 };
    process.life_cycle = LifeCycle::Bass { curve, age_days: 0.0 };
    process.organic.level = 1000.0 * curve.share_between(0.0, 1.0);
    assert!((process.ordinary_means().iter().sum::<f64>() - 1000.0 * curve.share_by(30.0)).abs() < 1e-9);
}

/// An order that is open on day 0 holds up the orders of a lane that keeps its order.
#[test]
fn open_orders_are_not_overtaken() {
    let mut process = process();
    process.chains[0] = process.chains[0].clone().keeping_order();
    process.open_orders.push(OpenOrderArrival {
        order: "PO-1".into(),
        units: Units(10),
        mode: 0,
        stage: Some(0),
        elapsed: 0.0,
        promised: None,
    });
    for index in 0..200 {
        let path = process.draw(Seed(1), PathSet::Comparison, index);
        assert!((0..30).all(|day| day + path.lead_days[0][day] as usize >= path.open_arrivals[0]));
    }
}

/// A promise that lies later than the lead time says is believed, an earlier one is not.
#[test]
fn an_open_order_does_not_come_before_its_promise() {
    let mut process = process();
    let order = OpenOrderArrival {
        order: "PO-1".into(),
        units: Units(10),
        mode: 0,
        stage: Some(0),
        elapsed: 0.0,
        promised: None,
    };
    process.open_orders = vec![order.clone()];
    let arrivals = |process: &ProductProcess| -> Vec<usize> {
        (0..200).map(|index| process.draw(Seed(1), PathSet::Comparison, index).open_arrivals[0]).collect()
    };
    let drawn = arrivals(&process);
    let middle = {
        let mut sorted = drawn.clone();
        sorted.sort_unstable();
        sorted[100]
    };
    process.open_orders = vec![OpenOrderArrival { promised: Some(middle), ..order }];
    let promised = arrivals(&process);
    assert!(drawn.iter().any(|day| *day < middle) && drawn.iter().any(|day| *day > middle));
    assert!(drawn.iter().zip(&promised).all(|(drawn, promised)| *promised == (*drawn).max(middle)));
}

/// A process of one event of `shares`, without ordinary demand.
fn event_alone(uplift: Uplift, shares: &[f64], noise: DayNoise) -> ProductProcess {
    let mut process = process();
    process.days = shares.len();
    process.organic.level = 0.0;
    process.chains.clear();
    process.events[0].start = 0;
    process.events[0].burst.uplift = uplift;
    process.events[0].burst.shapes = vec![BurstShape::from_weights(shares).expect("a shape")];
    process.events[0].burst.noise = noise;
    process
}

/// A figure of each of `n` paths.
fn drawn(process: &ProductProcess, n: u64, figure: impl Fn(&[u64]) -> f64) -> Vec<f64> {
    let sampler = PathSampler::new(process);
    let mut path = ProductPath::default();
    (0..n)
        .map(|index| {
            sampler.draw_into(&mut path, Seed(4), PathSet::Planning, index);
            figure(&path.ad)
        })
        .collect()
}

fn mean_of(values: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    values.iter().map(|value| of(*value)).sum::<f64>() / values.len() as f64
}

/// V15: ten days of 500 with one gamma amplitude of shape 4 have variance 10 x 500 + 5000² / 4 = 6,255,000; with an
/// amplitude of each day's own 10 (500 + 500² / 4) = 630,000. At four standard errors, from the fourth moment.
#[test]
fn a_shared_amplitude_does_not_average_out() {
    let days = [1.0; 10];
    let shared = event_alone(Uplift::Gamma { mean: 5000.0, shape: 4.0 }, &days, DayNoise::Poisson);
    let own = event_alone(Uplift::Replay { totals: vec![5000.0] }, &days, DayNoise::NegativeBinomial { size: 4.0 });
    for (process, exact) in [(shared, 6_255_000.0), (own, 630_000.0)] {
        let totals = drawn(&process, 20_000, |ad| ad.iter().sum::<u64>() as f64);
        let mean = mean_of(&totals, |x| x);
        let (variance, fourth) = (mean_of(&totals, |x| (x - mean).powi(2)), mean_of(&totals, |x| (x - mean).powi(4)));
        let error = ((fourth - variance * variance) / 20_000.0).sqrt();
        assert!((mean - 5000.0).abs() < 4.0 * (exact / 20_000.0_f64).sqrt(), "{mean}");
        assert!((variance - exact).abs() < 4.0 * error, "{variance} +- {error}, exact {exact}");
    }
}

/// V16: a rate that rises to 500 over 3 days, stays for 8 and fades with a mean of 3 days brings 83.3, 250 and 416.7 on
/// the days of the ramp, 750 in all, Poisson: more than 800 with probability 0.0336335.
#[test]
fn a_ramp_brings_the_integral_of_its_rate() {
    let weights = BurstShape::typical_weights(3, 8, 3.0, 80);
    let mass: f64 = weights.iter().map(|weight| 500.0 * weight).sum();
    assert!((mass - (750.0 + 4000.0 + 1500.0)).abs() < 1e-4, "{mass}");
    let process = event_alone(Uplift::Replay { totals: vec![mass] }, &weights, DayNoise::Poisson);
    let n = 20_000;
    let held = |figure: &dyn Fn(&[u64]) -> f64, exact: f64, variance: f64| {
        let mean = mean_of(&drawn(&process, n, figure), |x| x);
        assert!((mean - exact).abs() < 4.0 * (variance / n as f64).sqrt(), "{mean}, exact {exact}");
    };
    for (day, exact) in [(0, 250.0 / 3.0), (1, 250.0), (2, 1250.0 / 3.0), (5, 500.0)] {
        held(&|ad| ad[day] as f64, exact, exact);
    }
    held(&|ad| ad[11..].iter().sum::<u64>() as f64, 1500.0, 1500.0);
    let beyond = 0.033_633_5;
    held(&|ad| f64::from(u8::from(ad[..3].iter().sum::<u64>() > 800)), beyond, beyond * (1.0 - beyond));
}
