//! Lead times of whole lanes, held against known answers.

use statrs::distribution::{ContinuousCDF, Gamma};

use super::*;
use crate::process::{LeadTimeSample, MixturePart};
use crate::random::{Entity, Seed, Source};

fn stream(path: u64) -> Stream {
    Stream::open(Seed(5), path, Source::LeadTime, Entity::named(&["test"]))
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn today() -> Date {
    date("2026-10-01")
}

fn gamma(name: &str, mean: f64, cv: f64) -> Stage {
    Stage { name: name.into(), law: DurationLaw::Gamma { mean, cv } }
}

fn records(days: impl IntoIterator<Item = u32>) -> LeadTimeChain {
    let days = days.into_iter().map(f64::from).collect();
    LeadTimeChain::new("m", vec![Stage { name: "all".into(), law: DurationLaw::Records { days } }])
}

fn four_stages(correlation: f64) -> LeadTimeChain {
    let stages = vec![
        gamma("production", 10.0, 0.3),
        gamma("first-leg", 5.0, 0.5),
        gamma("customs", 3.0, 1.0),
        gamma("last-leg", 4.0, 0.25),
    ];
    LeadTimeChain::new("sea", stages).with_dependence(Dependence { correlation, persistence: 0.0 })
}

fn moments(leads: &[u32]) -> (f64, f64) {
    let n = leads.len() as f64;
    let mean = leads.iter().map(|d| f64::from(*d)).sum::<f64>() / n;
    (mean, leads.iter().map(|d| (f64::from(*d) - mean).powi(2)).sum::<f64>() / n)
}

/// V5: gamma means 10, 5, 3, 4 with CV .3, .5, 1, .25: mean 22, sd 5.024938; p95 31.00, p99 36.17 (real days).
#[test]
fn chain_of_four_gamma_stages() {
    let chain = four_stages(0.0);
    let (mean, sd) = chain.mean_and_sd();
    assert!((mean - 22.0).abs() < 1e-12 && (sd - 5.024_938).abs() < 1e-6);
    let sample = LeadTimeSample::draw(&chain, today(), 200_000, &mut stream(0));
    // Rounding to whole days adds a twelfth to the variance; the error of a variance from its fourth moment.
    let (mean, variance) = moments(sample.sorted());
    let fourth = sample.sorted().iter().map(|d| (f64::from(*d) - mean).powi(4)).sum::<f64>() / 200_000.0;
    assert!((mean - 22.0).abs() < 4.0 * (variance / 200_000.0).sqrt(), "{mean}");
    let error = ((fourth - variance * variance) / 200_000.0).sqrt();
    assert!((variance - 25.25 - 1.0 / 12.0).abs() < 4.0 * error, "{variance} +- {error}");
    assert!((30..=32).contains(&sample.quantile(0.95).0), "{:?}", sample.quantile(0.95));
    assert!((35..=37).contains(&sample.quantile(0.99).0), "{:?}", sample.quantile(0.99));
}

/// V5 with correlation .4 between all pairs of stages: sd 7.158911 if it is the linear correlation. A copula's .4 is a
/// little less in linear terms, sd 7.054; the linear .4 on average is a copula's .424.
#[test]
fn correlated_stages_have_the_wider_sum() {
    let (mean, sd) = four_stages(0.4).mean_and_sd();
    assert!((mean - 22.0).abs() < 1e-12 && (sd - 7.054).abs() < 0.001, "{sd}");
    let (mut low, mut high) = (0.4, 0.5);
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        if four_stages(middle).mean_and_sd().1 < 7.158_911 { low = middle } else { high = middle }
    }
    assert!((low - 0.424).abs() < 0.001, "{low}");
    for (correlation, expected) in [(0.4, sd), (low, 7.158_911), (-0.3, four_stages(-0.3).mean_and_sd().1)] {
        let leads = four_stages(correlation).draw_days(today(), 100_000, &mut stream(1));
        let (mean, variance) = moments(&leads);
        // Rounding to whole days adds a twelfth.
        let drawn = (variance - 1.0 / 12.0).sqrt();
        assert!((mean - 22.0).abs() < 0.09 && (drawn / expected - 1.0).abs() < 0.016, "{correlation}: {mean} {drawn}");
    }
}

/// Orders on their way N = #{k : L(k) > k} of one order a day, and the share of order pairs k days apart that cross.
fn pipeline(chain: &LeadTimeChain, crossing: usize) -> (f64, f64) {
    let days = 150_000;
    let leads = chain.draw_days(today(), days, &mut stream(2));
    let mut change = vec![0_i64; days + 200];
    for (day, lead) in leads.iter().enumerate() {
        change[day] += 1;
        change[day + *lead as usize] -= 1;
    }
    let mut open = 0;
    let counts: Vec<f64> = change[..days]
        .iter()
        .map(|step| {
            open += step;
            open as f64
        })
        .skip(200)
        .collect();
    let mean = counts.iter().sum::<f64>() / counts.len() as f64;
    let variance = counts.iter().map(|n| (n - mean).powi(2)).sum::<f64>() / counts.len() as f64;
    let crossed = (crossing..days).filter(|day| leads[day - crossing] > leads[*day] + crossing as u32).count();
    (variance, crossed as f64 / (days - crossing) as f64)
}

/// V6: Var N = E|L - L'| / 2, the share of crossings a day and a week apart; in a lane nothing crosses.
#[test]
fn orders_cross_unless_the_lane_keeps_its_order() {
    let chain = records(15..=25);
    let (variance, crossed) = pipeline(&chain, 1);
    assert!((variance - 20.0 / 11.0).abs() < 0.05, "{variance}");
    assert!((crossed - 0.371_901).abs() < 0.007, "{crossed}");
    assert!((pipeline(&chain, 7).1 - 0.049_587).abs() < 0.003);
    assert!((pipeline(&records([10, 20, 20, 30]), 1).0 - 3.75).abs() < 0.1);

    let lane = records(15..=25).keeping_order();
    assert_eq!((pipeline(&lane, 1).1, pipeline(&lane, 7).1), (0.0, 0.0));
}

/// In a lane the arrival day is the maximum over all earlier orders: P(lead <= x) = Π P(L <= x + k), from day 0 on.
#[test]
fn a_lane_begins_in_its_stationary_state() {
    let lane = records(15..=25).keeping_order();
    let at_most = |x: i64| (0..11).map(|k| ((x + k - 14).clamp(0, 11) as f64) / 11.0).product::<f64>();
    let n = 6_000_u64;
    let paths: Vec<Vec<u32>> = (0..n).map(|path| lane.draw_days(today(), 21, &mut stream(path))).collect();
    for day in [0, 20] {
        for x in 17..25 {
            let share = paths.iter().filter(|leads| i64::from(leads[day]) <= x).count() as f64 / n as f64;
            assert!((share - at_most(x)).abs() < 0.025, "day {day}, {x} days: {share} {}", at_most(x));
        }
    }
    let sample = LeadTimeSample::draw(&lane, today(), 6_000, &mut stream(0));
    assert!((sample.on_time(21).get() - at_most(21)).abs() < 0.025);
    let mut leads = vec![3, 9, 2];
    lane.queue_behind(6, &mut leads);
    assert_eq!(leads, [6, 9, 4]);
    records([4]).queue_behind(60, &mut leads);
    assert_eq!(leads, [6, 9, 4], "orders may overtake");
}

/// Persistence: the law of one order is as before (KS on thinned orders), successive orders are alike.
#[test]
fn persistence_keeps_the_law_and_ties_the_days() {
    let persistent = |persistence| {
        LeadTimeChain::new("sea", vec![gamma("all", 20.0, 0.4)])
            .with_dependence(Dependence { correlation: 0.0, persistence })
    };
    let law = Gamma::new(6.25, 6.25 / 20.0).expect("a law");
    for persistence in [0.0, 0.5, 0.9] {
        let leads = persistent(persistence).draw_days(today(), 400_000, &mut stream(3));
        let mut thinned: Vec<u32> = leads.iter().copied().step_by(40).collect();
        thinned.sort_unstable();
        let n = thinned.len() as f64;
        // A whole number of days is reached where the real length is below it and a half.
        let distance = (1..60)
            .map(|x| thinned.partition_point(|lead| *lead <= x) as f64 / n - law.cdf(f64::from(x) + 0.5))
            .fold(0.0, |most: f64, gap| most.max(gap.abs()));
        assert!(distance < 1.63 / n.sqrt(), "KS at 1 %: {persistence} {distance}");
        let (mean, variance) = moments(&leads);
        let together = leads.windows(2).map(|pair| (f64::from(pair[0]) - mean) * (f64::from(pair[1]) - mean));
        let autocorrelation = together.sum::<f64>() / leads.len() as f64 / variance;
        assert!((autocorrelation - persistence).abs() < 0.03, "{persistence}: {autocorrelation}");
    }
}

/// Days that are looked up are those that the law itself gives, mixtures included whose parts are not in order.
#[test]
fn looked_up_days_are_those_of_the_law() {
    let fixed = |share, days| MixturePart { share, law: DurationLaw::Fixed { days } };
    let laws = [
        DurationLaw::Fixed { days: 7.5 },
        DurationLaw::Gamma { mean: 45.0, cv: 0.4 },
        DurationLaw::LogNormal { mean: 21.0, cv: 0.3 },
        DurationLaw::Triangular { min: 2.0, mode: 5.0, max: 11.0 },
        DurationLaw::Pert { min: 0.0, mode: 5.0, max: 90.0 },
        DurationLaw::Records { days: vec![10.2, 1.0, 4.4, 4.6, 61.0, 4.4] },
        DurationLaw::Mixture { parts: vec![fixed(0.9, 1.0), fixed(0.1, 11.0)] },
        DurationLaw::Mixture {
            parts: vec![
                fixed(0.3, 30.0),
                MixturePart { share: 0.5, law: DurationLaw::Gamma { mean: 9.0, cv: 0.5 } },
                fixed(0.2, 2.0),
            ],
        },
    ];
    for law in laws {
        let chain = LeadTimeChain::new("m", vec![Stage { name: "all".into(), law: law.clone() }])
            .with_dependence(Dependence { correlation: 0.0, persistence: 0.6 });
        let looked_up = chain.draw_days(today(), 150_000, &mut stream(0));
        let (mut latents, mut stream) = (Latents::new(chain.dependence, 1), stream(0));
        let itself = DurationSampler::new(&law);
        for (day, lead) in looked_up.iter().enumerate() {
            let z = latents.next(&mut stream)[0];
            assert_eq!(*lead, Days::rounded(itself.at(z), 1).0, "{law:?} on day {day} at {z}");
        }
    }
}

/// Closed from the 10th to the 20th: eleven days more for whatever is in production then; transport goes on.
#[test]
fn a_closed_supplier_stops_production_only() {
    let fixed = |name: &str, days| Stage { name: name.into(), law: DurationLaw::Fixed { days } };
    let closure = || vec![Closure { from: date("2027-02-10"), until: date("2027-02-20") }];
    let chain = |stages| LeadTimeChain::new("sea", stages).closed(closure());
    let leads = |chain: &LeadTimeChain| chain.draw_days(date("2027-02-03"), 21, &mut stream(0));
    let through = chain(vec![fixed("production", 5.0), fixed("first-leg", 3.0)]);
    assert_eq!(leads(&through)[..4], [8, 8, 19, 19]);
    assert_eq!(leads(&through)[16..19], [9, 8, 8], "ordered on the 19th, the 20th, the 21st");
    let other = chain(vec![fixed("booking", 5.0), fixed("production", 3.0)]);
    assert_eq!(leads(&other)[..3], [19, 19, 18], "the stage named production, wherever it stands");
    let unnamed = chain(vec![fixed("making", 5.0), fixed("sea", 3.0)]);
    assert_eq!(leads(&unnamed), leads(&through));

    // On the evening of the 12th an order is in its eighth day of production; two of them were closed.
    let remaining = |stage, elapsed| through.draw_remaining(stage, elapsed, date("2027-02-12"), &mut stream(0)).0;
    assert_eq!(remaining(Some(0), 7.0), 8 + 1 + 3, "four days worked by the 9th, one more on the 21st");
    assert_eq!(remaining(None, 7.0), 12);
    assert_eq!(remaining(Some(1), 1.0), 2);
}

#[test]
fn remaining_time_is_never_from_zero_and_never_negative() {
    let chain = LeadTimeChain::new("sea", vec![gamma("production", 10.0, 0.3)]);
    for path in 0..200 {
        assert!(chain.draw_remaining(Some(0), 25.0, today(), &mut stream(path)).0 >= 1);
    }
    let fresh: u32 = (0..2000).map(|path| chain.draw_days(today(), 1, &mut stream(path))[0]).sum();
    let late: u32 = (0..2000).map(|path| chain.draw_remaining(Some(0), 5.0, today(), &mut stream(path)).0).sum();
    assert!(late < fresh, "five days into the stage less is left");
}

/// An order that was slow in production is likely to be slow at sea where the stages are correlated.
#[test]
fn what_is_known_of_a_stage_tells_of_the_next() {
    let later = |correlation| {
        let stages = vec![gamma("production", 10.0, 0.3), gamma("first-leg", 20.0, 0.4)];
        let chain = LeadTimeChain::new("sea", stages).with_dependence(Dependence { correlation, persistence: 0.0 });
        let days = (0..4000).map(|path| chain.draw_remaining(Some(0), 14.0, today(), &mut stream(path)).0);
        f64::from(days.sum::<u32>()) / 4000.0
    };
    // Beyond 14 days the latent normal of production is 1.7 on average; half of it moves the leg by 0.85 x 8 days.
    let gained = later(0.5) - later(0.0);
    assert!(gained > 4.0 && gained < 10.0, "{gained}");
}
