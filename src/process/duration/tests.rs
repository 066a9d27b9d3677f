//! Laws and their tables, held against their moments and distribution functions.

use statrs::distribution::{Beta, ContinuousCDF, Gamma};

use super::*;

fn laws() -> Vec<DurationLaw> {
    vec![
        DurationLaw::Gamma { mean: 9.0, cv: 0.4 },
        DurationLaw::LogNormal { mean: 9.0, cv: 0.4 },
        DurationLaw::Triangular { min: 2.0, mode: 5.0, max: 11.0 },
        DurationLaw::Pert { min: 2.0, mode: 5.0, max: 11.0 },
        DurationLaw::Records { days: vec![10.0, 1.0, 4.0] },
        DurationLaw::Mixture {
            parts: vec![
                MixturePart { share: 0.9, law: DurationLaw::Gamma { mean: 2.0, cv: 0.3 } },
                MixturePart { share: 0.1, law: DurationLaw::Triangular { min: 3.0, mode: 6.0, max: 10.0 } },
            ],
        },
    ]
}

/// Moments by a fine sum over the quantiles, against those of the law.
#[test]
fn laws_have_their_moments() {
    const CELLS: u32 = 100_000;
    for law in laws() {
        let sampler = DurationSampler::new(&law);
        let days: Vec<f64> =
            (0..CELLS).map(|cell| sampler.at(normal_quantile((f64::from(cell) + 0.5) / f64::from(CELLS)))).collect();
        let mean = days.iter().sum::<f64>() / f64::from(CELLS);
        let variance = days.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / f64::from(CELLS);
        let (expected, spread) = law.mean_and_variance();
        assert!((mean / expected - 1.0).abs() < 5e-5, "{law:?}: {mean} {expected}");
        assert!((variance / spread - 1.0).abs() < 1e-3, "{law:?}: {variance} {spread}");
    }
}

/// The table against the distribution function, between the knots: the probability reached is the one asked for.
/// A coefficient of variation of 3 loses a little where a duration is 1e-20 days.
#[test]
fn tables_keep_the_law() {
    for (mean, cv, error) in [(9.0, 0.4, 1e-8), (3.0, 1.0, 1e-8), (15.0, 0.01, 1e-8), (4.0, 3.0, 2e-6)] {
        let sampler = DurationSampler::new(&DurationLaw::Gamma { mean, cv });
        let exact = Gamma::new(1.0 / (cv * cv), 1.0 / (mean * cv * cv)).expect("a law");
        for step in 0..1000 {
            let z = -4.99 + 0.01 * f64::from(step);
            let (got, tail) = if z > 0.0 {
                (exact.sf(sampler.at(z)), normal_cdf(-z))
            } else {
                (exact.cdf(sampler.at(z)), normal_cdf(z))
            };
            assert!((got - tail).abs() < error, "{mean} {cv} at {z}: {got} {tail}");
        }
    }
    let sampler = DurationSampler::new(&DurationLaw::Pert { min: 2.0, mode: 5.0, max: 11.0 });
    let exact = Beta::new(1.0 + 12.0 / 9.0, 1.0 + 24.0 / 9.0).expect("a law");
    for step in 0..1000 {
        let z = -4.99 + 0.01 * f64::from(step);
        let got = exact.cdf((sampler.at(z) - 2.0) / 9.0);
        assert!((got - normal_cdf(z)).abs() < 1e-8, "{z}: {got}");
    }
}

/// Cleared fast in nine of ten, inspected three to ten days more: the distribution is the weighted sum.
#[test]
fn a_mixture_draws_each_part_by_its_share() {
    let fixed = |share, days| MixturePart { share, law: DurationLaw::Fixed { days } };
    let customs = DurationLaw::Mixture { parts: vec![fixed(0.9, 1.0), fixed(0.06, 4.0), fixed(0.04, 11.0)] };
    let sampler = DurationSampler::new(&customs);
    for (share, days) in [(1e-9, 1.0), (0.3, 1.0), (0.899, 1.0), (0.901, 4.0), (0.959, 4.0), (0.961, 11.0)] {
        assert_eq!(sampler.at(normal_quantile(share)), days, "{share}");
    }
    assert!((customs.mean_and_variance().0 - (0.9 + 0.24 + 0.44)).abs() < 1e-12);
    assert_eq!((sampler.at(9.0), sampler.at(-9.0)), (11.0, 1.0));
}

#[test]
fn laws_outside_their_domain_are_refused_and_take_no_time() {
    let half = MixturePart { share: 0.5, law: DurationLaw::Fixed { days: 1.0 } };
    for law in [
        DurationLaw::Gamma { mean: f64::NAN, cv: 0.3 },
        DurationLaw::Fixed { days: -1.0 },
        DurationLaw::Records { days: Vec::new() },
        DurationLaw::Triangular { min: 3.0, mode: 2.0, max: 4.0 },
        DurationLaw::Mixture { parts: Vec::new() },
        DurationLaw::Mixture { parts: vec![half.clone(), half.clone(), half.clone()] },
        DurationLaw::Mixture {
            parts: vec![half, MixturePart { share: f64::NAN, law: DurationLaw::Fixed { days: 1.0 } }],
        },
    ] {
        assert!(law.check().is_err(), "{law:?}");
        assert_eq!(DurationSampler::new(&law).at(0.3), 0.0, "{law:?}");
    }
}
