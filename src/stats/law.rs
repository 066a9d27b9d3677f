//! Laws of demand: probability, quantile and loss for the laws that the formulas know.

use serde::{Deserialize, Serialize};

use super::law_split::Split;
use super::normal::{normal_loss, normal_quantile};
use super::solve;
use super::special::{negative_binomial_mass, poisson_mass};

/// A quantile is reached when the probability falls short by no more than this share: it is rounding, not demand.
pub(super) const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// The law of a demand, in units over some stated time.
///
/// Its methods answer NaN or `None` when a parameter is outside its range; [`DemandLaw::checked`] tells which one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum DemandLaw {
    /// Normal; `sd` 0 is a demand known for certain.
    Normal {
        /// Mean, units.
        mean: f64,
        /// Standard deviation, units.
        sd: f64,
    },
    /// Poisson: independent single orders.
    Poisson {
        /// Mean, units.
        mean: f64,
    },
    /// Negative binomial: a Poisson count whose rate is itself uncertain.
    NegativeBinomial {
        /// Mean m, units.
        mean: f64,
        /// Size k (also called r or shape): the variance is m + m² / k.
        size: f64,
    },
    /// Gamma.
    Gamma {
        /// Shape a.
        shape: f64,
        /// Scale b, units: the mean is a b.
        scale: f64,
    },
    /// Lognormal.
    LogNormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
}

impl DemandLaw {
    /// Whether demand comes in whole units.
    #[must_use]
    pub const fn is_count(&self) -> bool {
        matches!(self, Self::Poisson { .. } | Self::NegativeBinomial { .. })
    }

    /// Mean, units.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Normal { mean, .. } | Self::Poisson { mean } | Self::NegativeBinomial { mean, .. } => mean,
            Self::Gamma { shape, scale } => shape * scale,
            Self::LogNormal { mu, sigma } => (mu + sigma * sigma / 2.0).exp(),
        }
    }

    /// Variance, units².
    #[must_use]
    pub fn variance(&self) -> f64 {
        match *self {
            Self::Normal { sd, .. } => sd * sd,
            Self::Poisson { mean } => mean,
            Self::NegativeBinomial { mean, size } => mean + mean * mean / size,
            Self::Gamma { shape, scale } => shape * scale * scale,
            Self::LogNormal { sigma, .. } => self.mean().powi(2) * (sigma * sigma).exp_m1(),
        }
    }

    /// The law of the sum over `days` independent days of this law; `None` for a lognormal, whose sum has no name, and
    /// for a number of days that is negative or not finite.
    ///
    /// ```
    /// use stockburst::stats::DemandLaw;
    /// let week = DemandLaw::Poisson { mean: 3.2 }.over(5.0);
    /// assert_eq!(week, Some(DemandLaw::Poisson { mean: 16.0 }));
    /// ```
    #[must_use]
    pub fn over(&self, days: f64) -> Option<Self> {
        if !days.is_finite() || days < 0.0 {
            return None;
        }
        if days == 0.0 {
            return Some(if self.is_count() {
                Self::Poisson { mean: 0.0 }
            } else {
                Self::Normal { mean: 0.0, sd: 0.0 }
            });
        }
        match *self {
            Self::Normal { mean, sd } => Some(Self::Normal { mean: mean * days, sd: sd * days.sqrt() }),
            Self::Poisson { mean } => Some(Self::Poisson { mean: mean * days }),
            Self::NegativeBinomial { mean, size } => {
                Some(Self::NegativeBinomial { mean: mean * days, size: size * days })
            }
            Self::Gamma { shape, scale } => Some(Self::Gamma { shape: shape * days, scale }),
            Self::LogNormal { .. } => None,
        }
    }

    /// P(D = k) of a count; `None` for the laws that are not counts, and for parameters out of range.
    #[must_use]
    pub fn mass(&self, k: u64) -> Option<f64> {
        match self.checked().ok()? {
            Self::Poisson { mean } => Some(poisson_mass(k as f64, mean)),
            Self::NegativeBinomial { mean, size } => Some(negative_binomial_mass(k as f64, mean, size)),
            _ => None,
        }
    }

    /// P(D ≤ x).
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.split(x).below
    }

    /// P(D > x), to full relative accuracy however small.
    ///
    /// ```
    /// use stockburst::stats::DemandLaw;
    /// let law = DemandLaw::Poisson { mean: 100.0 };
    /// assert!((law.exceedance(120.0) - 0.022_669_3).abs() < 1e-7);
    /// ```
    #[must_use]
    pub fn exceedance(&self, x: f64) -> f64 {
        self.split(x).above
    }

    /// The smallest x with P(D ≤ x) ≥ `probability`: a whole number for counts. `None` unless 0 < `probability` < 1.
    ///
    /// ```
    /// use stockburst::stats::DemandLaw;
    /// assert_eq!(DemandLaw::Poisson { mean: 16.0 }.quantile(0.95), Some(23.0));
    /// ```
    #[must_use]
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        let z = normal_quantile(probability)?;
        let law = self.checked().ok()?;
        match law {
            Self::Normal { mean, sd } => Some(mean + z * sd),
            Self::LogNormal { mu, sigma } => Some((mu + z * sigma).exp()),
            Self::Poisson { .. } | Self::NegativeBinomial { .. } => {
                let guess = law.mean() + z * law.variance().sqrt();
                let wanted = probability * (1.0 - ROUNDING);
                solve::smallest_count(guess, |k| law.cdf(k as f64) >= wanted).map(|k| k as f64)
            }
            Self::Gamma { .. } => {
                // Each tail is asked where it is the smaller one, and so the accurate one.
                let reached = |x: f64| {
                    let split = law.split(x);
                    if probability > 0.5 { split.above <= 1.0 - probability } else { split.below >= probability }
                };
                let high = solve::bracket(law.mean(), law.variance().sqrt(), reached)?;
                Some(solve::bisect(0.0, high, reached))
            }
        }
    }

    /// Expected shortage when x is in stock, units.
    ///
    /// ```text
    /// n(x) = E[(D - x)+]
    /// ```
    ///
    /// Source: Snyder & Shen (2019), "Fundamentals of Supply Chain Theory" 2e, appendix C.3 (loss functions).
    ///
    /// ```
    /// use stockburst::stats::DemandLaw;
    /// let law = DemandLaw::Normal { mean: 100.0, sd: 15.0 };
    /// assert!((law.loss(120.0) - 0.635_926_725_622_547_4).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn loss(&self, x: f64) -> f64 {
        match *self {
            Self::Normal { mean, sd } if sd > 0.0 => sd * normal_loss((x - mean) / sd),
            _ => {
                let split = self.split(x);
                not_negative(split.mean_above - weighted(x, split.above))
            }
        }
    }

    /// Expected left-over when x is in stock, units.
    ///
    /// ```text
    /// n̄(x) = E[(x - D)+]
    /// ```
    ///
    /// Source: as [`DemandLaw::loss`].
    ///
    /// ```
    /// use stockburst::stats::DemandLaw;
    /// let law = DemandLaw::Poisson { mean: 10.0 };
    /// assert!((law.complementary_loss(12.0) - 2.530_916_253_707_426).abs() < 1e-11);
    /// ```
    #[must_use]
    pub fn complementary_loss(&self, x: f64) -> f64 {
        match *self {
            Self::Normal { mean, sd } if sd > 0.0 => sd * normal_loss((mean - x) / sd),
            _ => {
                let split = self.split(x);
                not_negative(weighted(x, split.below) - split.mean_below)
            }
        }
    }

    fn split(&self, x: f64) -> Split {
        self.checked().map_or(Split::UNKNOWN, |law| Split::of(&law, x))
    }
}

/// `x` times `share`, where nothing of an infinite x is nothing.
fn weighted(x: f64, share: f64) -> f64 {
    if share == 0.0 { 0.0 } else { x * share }
}

/// An expectation of a positive part, which rounding may have left a little below 0; NaN stays NaN.
fn not_negative(value: f64) -> f64 {
    if value < 0.0 { 0.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// P(D <= m E[D]) for the customary multiples: what "1.3 x the expected demand" promises by how widely bursts scatter.
    #[test]
    fn what_a_multiple_of_the_mean_covers() {
        let multiples = [1.0, 1.2, 1.3, 1.4, 1.5];
        let held = |name: &str, law: DemandLaw, expected: [f64; 5]| {
            for (multiple, expected) in multiples.into_iter().zip(expected) {
                let covered = law.cdf(multiple * law.mean());
                assert!((covered - expected).abs() < 5.1e-5, "{name}, {multiple} x: {covered}, not {expected}");
            }
        };
        for (cv, expected) in [
            (0.15, [0.5297, 0.9027, 0.9666, 0.9901, 0.9974]),
            (0.25, [0.5490, 0.8061, 0.8827, 0.9318, 0.9616]),
            (0.35, [0.5675, 0.7600, 0.8268, 0.8769, 0.9135]),
            (0.50, [0.5934, 0.7331, 0.7857, 0.8286, 0.8631]),
            (0.75, [0.6308, 0.7281, 0.7663, 0.7989, 0.8266]),
        ] {
            // ln(1 + cv²) is the variance of the logarithm; the table holds for any mean.
            let variance: f64 = libm::log1p(cv * cv);
            let law = DemandLaw::LogNormal { mu: libm::log(5000.0) - variance / 2.0, sigma: variance.sqrt() };
            assert!((law.mean() - 5000.0).abs() < 1e-8 && (law.variance().sqrt() / 5000.0 - cv).abs() < 1e-12);
            held(&format!("lognormal, cv {cv}"), law, expected);
        }
        let gamma = DemandLaw::Gamma { shape: 4.0, scale: 1250.0 };
        held("gamma, cv 0.5", gamma, [0.5665, 0.7058, 0.7619, 0.8094, 0.8488]);
        // 1.5 x does not reach 90 % once bursts scatter by a half.
        assert!(gamma.quantile(0.9).is_some_and(|stock| stock > 1.5 * gamma.mean()));
    }
}
