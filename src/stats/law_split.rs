//! A law cut at a point: how much probability, and how much of the mean, lies on each side.
//!
//! Every loss function is a difference of two of these four parts. Each part is computed by itself, so that a small
//! one keeps its digits.

use super::law::DemandLaw;
use super::normal::normal_tails;
use super::special::{Tails, beta_tails, gamma_tails};

/// The four parts of a law cut at x.
#[derive(Debug, Clone, Copy)]
pub(super) struct Split {
    /// P(D ≤ x).
    pub(super) below: f64,
    /// P(D > x).
    pub(super) above: f64,
    /// E[D; D ≤ x].
    pub(super) mean_below: f64,
    /// E[D; D > x].
    pub(super) mean_above: f64,
}

impl Split {
    /// Of a law without meaning.
    pub(super) const UNKNOWN: Self =
        Self { below: f64::NAN, above: f64::NAN, mean_below: f64::NAN, mean_above: f64::NAN };

    fn new(probability: Tails, mean: f64, share_of_mean: Tails) -> Self {
        Self {
            below: probability.below,
            above: probability.above,
            mean_below: mean * share_of_mean.below,
            mean_above: mean * share_of_mean.above,
        }
    }

    /// Cuts `law`, whose parameters are in range, at `x`.
    pub(super) fn of(law: &DemandLaw, x: f64) -> Self {
        if x.is_nan() {
            return Self::UNKNOWN;
        }
        let mean = law.mean();
        if let DemandLaw::Normal { sd, .. } = *law {
            return if sd > 0.0 { normal(mean, sd, x) } else { certain(mean, x) };
        }
        if x < 0.0 {
            return Self::new(Tails::ALL_ABOVE, mean, Tails::ALL_ABOVE);
        }
        if x == f64::INFINITY {
            return Self::new(Tails::ALL_BELOW, mean, Tails::ALL_BELOW);
        }
        match *law {
            // P(N ≤ k) = Q(k + 1, m), and the k-th term of the mean is m times the (k - 1)-th probability.
            DemandLaw::Poisson { mean } => {
                let k = x.floor();
                let at_most = |k: f64| if k < 0.0 { Tails::ALL_ABOVE } else { gamma_tails(k + 1.0, mean).swapped() };
                Self::new(at_most(k), mean, at_most(k - 1.0))
            }
            // The excess variance is below rounding: Poisson, and not a continued fraction of a million terms.
            DemandLaw::NegativeBinomial { mean, size } if mean <= size * f64::EPSILON => {
                Self::of(&DemandLaw::Poisson { mean }, x)
            }
            // P(N ≤ k) = I_p(size, k + 1), p = size / (size + m); the mean's part is that of size + 1 at k - 1.
            DemandLaw::NegativeBinomial { mean, size } => {
                let k = x.floor();
                let (p, q) = (size / (size + mean), mean / (size + mean));
                let at_most =
                    |size: f64, k: f64| if k < 0.0 { Tails::ALL_ABOVE } else { beta_tails(size, k + 1.0, p, q) };
                Self::new(at_most(size, k), mean, at_most(size + 1.0, k - 1.0))
            }
            DemandLaw::Gamma { shape, scale } => {
                Self::new(gamma_tails(shape, x / scale), mean, gamma_tails(shape + 1.0, x / scale))
            }
            DemandLaw::LogNormal { mu, sigma } => {
                let z = (x.ln() - mu) / sigma;
                Self::new(normal_tails(z), mean, normal_tails(z - sigma))
            }
            DemandLaw::Normal { .. } => Self::UNKNOWN,
        }
    }
}

fn normal(mean: f64, sd: f64, x: f64) -> Split {
    let z = (x - mean) / sd;
    let Tails { below, above } = normal_tails(z);
    let swing = sd * super::normal::normal_density(z);
    Split { below, above, mean_below: mean * below - swing, mean_above: mean * above + swing }
}

fn certain(mean: f64, x: f64) -> Split {
    let side = if x >= mean { Tails::ALL_BELOW } else { Tails::ALL_ABOVE };
    Split::new(side, mean, side)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAWS: [DemandLaw; 7] = [
        DemandLaw::Normal { mean: 100.0, sd: 15.0 },
        DemandLaw::Normal { mean: 100.0, sd: 0.0 },
        DemandLaw::Poisson { mean: 10.0 },
        DemandLaw::Poisson { mean: 0.0 },
        DemandLaw::NegativeBinomial { mean: 30.0, size: 2.5 },
        DemandLaw::Gamma { shape: 4.0, scale: 10.0 },
        DemandLaw::LogNormal { mu: 3.0, sigma: 0.8 },
    ];

    /// The two losses differ by the distance from the mean: n̄(x) - n(x) = x - E[D].
    #[test]
    fn losses_and_mean_agree() {
        for law in LAWS {
            for x in [-5.0, 0.0, 0.5, 3.0, 9.99, 10.0, 40.0, 100.0, 400.0] {
                let gap = law.complementary_loss(x) - law.loss(x);
                assert!((gap - (x - law.mean())).abs() < 1e-9, "{law:?} at {x}: {gap}");
                assert!((law.cdf(x) + law.exceedance(x) - 1.0).abs() < 1e-14, "{law:?} at {x}");
            }
        }
    }

    #[test]
    fn quantiles_invert_the_distribution() {
        for law in LAWS {
            for p in [1e-6, 0.01, 0.3, 0.5, 0.9, 0.99, 0.999_999] {
                let x = law.quantile(p).expect("the law has its parameters in range");
                assert!(law.cdf(x) >= p - 1e-9, "{law:?} at {p}: {x}");
                let before = if law.is_count() { x - 1.0 } else { x - 1e-6 * (1.0 + x.abs()) };
                assert!(law.cdf(before) <= p, "{law:?} at {p}: {x}");
            }
        }
    }

    /// V14 of the method notes: the tail of a Poisson count of mean 100.
    #[test]
    fn poisson_tail_is_the_published_one() {
        let law = DemandLaw::Poisson { mean: 100.0 };
        for (x, tail, loss) in [(110.0, 0.147_137_4, 0.870_881_5), (120.0, 0.022_669_3, 0.102_719_9)] {
            assert!((law.exceedance(x) - tail).abs() < 1e-7);
            assert!((law.loss(x) - loss).abs() < 1e-7);
        }
    }

    /// V4 of the method notes: a Poisson count over a gamma lead time (shape 25, scale 0.8 days, 50 a day).
    #[test]
    fn negative_binomial_quantiles_are_the_published_ones() {
        let law = DemandLaw::NegativeBinomial { mean: 1000.0, size: 25.0 };
        assert!((law.variance() - 41_000.0).abs() < 1e-9);
        for (p, quantile) in [(0.90, 1267.0), (0.95, 1354.0), (0.99, 1530.0)] {
            assert_eq!(law.quantile(p), Some(quantile));
        }
        assert!((law.exceedance(1400.0) - 0.033_677_7).abs() < 1e-7);
    }

    /// V13 of the method notes: the share of bursts that m times the forecast covers.
    #[test]
    fn multiplier_coverage_is_the_published_table() {
        let table = [
            (0.15, [0.5297, 0.9027, 0.9666, 0.9901, 0.9974]),
            (0.25, [0.5490, 0.8061, 0.8827, 0.9318, 0.9616]),
            (0.35, [0.5675, 0.7600, 0.8268, 0.8769, 0.9135]),
            (0.50, [0.5934, 0.7331, 0.7857, 0.8286, 0.8631]),
            (0.75, [0.6308, 0.7281, 0.7663, 0.7989, 0.8266]),
        ];
        let rows = table.map(|(cv, row)| (DemandLaw::log_normal_from_mean_sd(855.0, 855.0 * cv), row));
        let gamma = (DemandLaw::gamma_from_mean_sd(855.0, 427.5), [0.5665, 0.7058, 0.7619, 0.8094, 0.8488]);
        for (law, row) in rows.into_iter().chain([gamma]) {
            let law = law.expect("positive moments");
            for (multiplier, covered) in [1.0, 1.2, 1.3, 1.4, 1.5].into_iter().zip(row) {
                assert!((law.cdf(855.0 * multiplier) - covered).abs() < 5.1e-5, "{law:?} {multiplier}");
            }
        }
    }

    #[test]
    fn odd_input_has_a_decided_answer() {
        let broken = [
            DemandLaw::Normal { mean: f64::NAN, sd: 1.0 },
            DemandLaw::Poisson { mean: -1.0 },
            DemandLaw::NegativeBinomial { mean: 1.0, size: 0.0 },
            DemandLaw::Gamma { shape: f64::INFINITY, scale: 1.0 },
            DemandLaw::LogNormal { mu: 0.0, sigma: -1.0 },
        ];
        for law in broken {
            assert!(law.checked().is_err() && law.cdf(1.0).is_nan() && law.exceedance(1.0).is_nan(), "{law:?}");
            assert_eq!((law.quantile(0.5), law.mass(1)), (None, None), "{law:?}");
        }
        for law in LAWS {
            assert!(law.loss(f64::NAN).is_nan() && law.complementary_loss(f64::NAN).is_nan(), "{law:?}");
            assert_eq!(law.loss(f64::INFINITY), 0.0, "{law:?}");
            assert_eq!(law.complementary_loss(f64::NEG_INFINITY), 0.0, "{law:?}");
            for p in [f64::NAN, -0.1, 0.0, 1.0] {
                assert_eq!(law.quantile(p), None);
            }
        }
    }
}
