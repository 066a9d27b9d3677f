//! A gamma law for durations of which some are known from below only, its coefficient of variation shrunk to a prior.
//!
//! For lead times: few finished orders, and some still open. It must not know what the durations are of.

use super::censored_counts::{best_of, completed_mean};
use super::law::DemandLaw;
use super::survival::Observed;

/// Range in which the coefficient of variation is sought.
const CVS: (f64, f64) = (0.01, 5.0);
const COARSE: u32 = 24;
const FINE: u32 = 32;
/// A probability whose logarithm is of no use any more.
const NIL: f64 = 1e-290;

/// What is known of a coefficient of variation beforehand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CvPrior {
    /// The likeliest value.
    pub cv: f64,
    /// How many degrees of freedom it is worth.
    pub strength: f64,
}

/// A fitted gamma law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GammaFit {
    /// Mean, in the unit of the values.
    pub mean: f64,
    /// Coefficient of variation.
    pub cv: f64,
    /// Values that were seen exactly.
    pub exact: usize,
    /// Weight of the prior in the coefficient of variation, ν₀ / (ν₀ + n - 1).
    pub shrinkage: f64,
    /// Coefficient of variation of the next value, given how little is known: see [`GammaFit::of`].
    pub predictive_cv: f64,
}

impl GammaFit {
    /// Fits positive values; `None` if none is exact, or one is negative or not finite, or the prior makes no sense.
    ///
    /// ```text
    /// ln c maximises  Σ exact ln f(x) + Σ cut off ln P(X >= x) + ln c - ν₀ (ln c - ln c₀)²,
    ///                 the mean being the likeliest for each c;
    /// predictive c:   c √((1 + 1/n) ν / (ν - 2)),  ν = ν₀ + n - 1
    /// ```
    ///
    /// The term ln c stands for the degree of freedom that the mean takes (Cox & Reid 1987, Journal of the Royal
    /// Statistical Society B 49, 1-39; mean and shape of a gamma law are orthogonal). The prior is the log-normal one with
    /// the precision of ν₀ degrees of freedom. The last line is the variance of a Student-t prediction of the next value
    /// from n (Gelman et al. 2013, Bayesian Data Analysis 3e, section 3.2), n counting exact values only.
    ///
    /// ```
    /// use stockburst::stats::{CvPrior, GammaFit, Observed::{AtLeast, Exact}};
    /// let days = [Exact(31.0), Exact(38.0), Exact(29.0), AtLeast(60.0)];
    /// let fit = GammaFit::of(&days, CvPrior { cv: 0.4, strength: 4.0 }).unwrap();
    /// assert!(fit.mean > 98.0 / 3.0 && fit.predictive_cv > fit.cv);
    /// ```
    #[must_use]
    pub fn of(values: &[Observed], prior: CvPrior) -> Option<Self> {
        let is_prior = CVS.0 <= prior.cv && prior.cv <= CVS.1 && prior.strength > 2.0 && prior.strength.is_finite();
        let is_value = |value: &Observed| value.value().is_finite() && value.value() >= 0.0;
        let is_positive = |value: &Observed| value.is_censored() || value.value() > 0.0;
        if !is_prior || !values.iter().all(|value| is_value(value) && is_positive(value)) {
            return None;
        }
        let known: Vec<f64> = values.iter().filter(|value| !value.is_censored()).map(|value| value.value()).collect();
        let bounds: Vec<f64> = values.iter().filter(|value| value.is_censored()).map(|value| value.value()).collect();
        let n = known.len() as f64;
        let (sum, logs) = known.iter().fold((0.0, 0.0), |(sum, logs), x| (sum + x, logs + libm::log(*x)));
        let at = |log_cv: f64| {
            let cv = libm::exp(log_cv);
            let mean = completed_mean(values, |mean| law(mean, cv))?;
            let shape = 1.0 / (cv * cv);
            let exact =
                n * (shape * libm::log(shape / mean) - libm::lgamma(shape)) + (shape - 1.0) * logs - shape * sum / mean;
            let fitted = law(mean, cv);
            let cut: f64 = bounds.iter().map(|bound| libm::log(fitted.exceedance(*bound).max(NIL))).sum();
            let off = log_cv - libm::log(prior.cv);
            Some((exact + cut + log_cv - prior.strength * off * off, (mean, cv)))
        };
        let (_, (mean, cv)) = best_of(libm::log(CVS.0), libm::log(CVS.1), COARSE, FINE, at)?;
        let freedom = prior.strength + n - 1.0;
        let predictive_cv = cv * libm::sqrt((1.0 + 1.0 / n) * freedom / (freedom - 2.0));
        Some(Self { mean, cv, exact: known.len(), shrinkage: prior.strength / freedom, predictive_cv })
    }

    /// The law that was fitted, not widened.
    #[must_use]
    pub fn law(&self) -> DemandLaw {
        law(self.mean, self.cv)
    }
}

fn law(mean: f64, cv: f64) -> DemandLaw {
    DemandLaw::Gamma { shape: 1.0 / (cv * cv), scale: mean * cv * cv }
}

#[cfg(test)]
mod tests {
    use super::Observed::{AtLeast, Exact};
    use super::*;

    const PRIOR: CvPrior = CvPrior { cv: 0.4, strength: 4.0 };

    #[test]
    fn without_bounds_the_mean_is_the_mean() {
        let days = [Exact(30.0), Exact(20.0), Exact(40.0)];
        let fit = GammaFit::of(&days, PRIOR).expect("a fit");
        assert!((fit.mean - 30.0).abs() < 1e-9, "{fit:?}");
        assert!((fit.shrinkage - 4.0 / 6.0).abs() < 1e-15);
        assert!((fit.predictive_cv / fit.cv - (4.0_f64 / 3.0 * 6.0 / 4.0).sqrt()).abs() < 1e-12);
    }

    /// One value says nothing of a spread: ln c - 1/2 · 2 ln c + ... leaves the prior.
    #[test]
    fn the_spread_comes_from_the_prior_first_and_from_many_values_last() {
        let one = GammaFit::of(&[Exact(30.0)], PRIOR).expect("a fit");
        assert!((one.cv - 0.4).abs() < 0.02, "{one:?}");
        // Gamma quantiles of cv 1 (exponential) at 400 places: the data win.
        let many: Vec<Observed> =
            (0..400).map(|at| Exact(-30.0 * (1.0 - (f64::from(at) + 0.5) / 400.0_f64).ln())).collect();
        let many = GammaFit::of(&many, PRIOR).expect("a fit");
        assert!((many.cv - 1.0).abs() < 0.03 && (many.predictive_cv / many.cv - 1.0).abs() < 0.005, "{many:?}");
    }

    /// For an exponential law (cv 1) the likeliest mean is all days over the finished orders; the strong prior holds cv.
    #[test]
    fn cut_off_values_count_as_time() {
        let days = [Exact(5.0), Exact(9.0), AtLeast(20.0), AtLeast(8.0)];
        let fit = GammaFit::of(&days, CvPrior { cv: 1.0, strength: 1e9 }).expect("a fit");
        assert!((fit.mean - 42.0 / 2.0).abs() < 1e-2, "{fit:?}");
    }

    /// Expected values by a bounded search of the same objective in scipy 1.
    #[test]
    fn a_known_fit() {
        let fit = GammaFit::of(&[Exact(31.0), Exact(38.0), Exact(29.0), AtLeast(60.0)], PRIOR).expect("a fit");
        assert!((fit.mean - 42.802_03).abs() < 1e-3 && (fit.cv - 0.419_058).abs() < 1e-5, "{fit:?}");
    }

    #[test]
    fn odd_input_has_a_decided_answer() {
        assert_eq!(GammaFit::of(&[], PRIOR), None);
        assert_eq!(GammaFit::of(&[AtLeast(4.0)], PRIOR), None);
        assert_eq!(GammaFit::of(&[Exact(0.0)], PRIOR), None);
        assert_eq!(GammaFit::of(&[Exact(f64::NAN)], PRIOR), None);
        assert_eq!(GammaFit::of(&[Exact(4.0)], CvPrior { cv: 0.4, strength: 2.0 }), None);
        // An order that is open far longer than any ever took: an answer, and a finite one.
        let stuck = GammaFit::of(&[Exact(5.0), Exact(5.0), Exact(5.0), AtLeast(1e5)], PRIOR).expect("a fit");
        assert!(stuck.mean.is_finite() && stuck.mean > 5.0 && stuck.predictive_cv.is_finite());
        let same = GammaFit::of(&[Exact(5.0); 9], PRIOR).expect("a fit");
        assert!(same.cv > 0.1 && same.cv < 0.4, "{same:?}");
    }
}
