//! Demands of which some are known from below only: what they were on average, and the law that fits them.
//!
//! It knows laws and bounds, not why a demand was cut off.

use super::law::DemandLaw;
use super::solve::{bracket, zero};
use super::survival::Observed;

/// Least and largest size of a negative binomial that is told from data.
const SIZES: (f64, f64) = (0.05, 1e4);
/// Places at which the likelihood of a size is looked at before the best is refined.
const COARSE: u32 = 24;
/// Steps of the refinement: the bracket shrinks to 0.618 of itself in each.
const FINE: u32 = 40;
/// Likelihood (nats) that a negative binomial must gain on Poisson to be taken.
const GAIN: f64 = 1e-6;
/// A probability whose logarithm is of no use any more.
const NIL: f64 = 1e-290;

impl DemandLaw {
    /// Mean of a demand that is known to be at least `bound`, in units; the bound itself where the law leaves that next to
    /// impossible; NaN for parameters out of range.
    ///
    /// ```text
    /// E[D | D >= c] = c + E[(D - c)+] / P(D >= c)
    /// Poisson: λ P(D >= c - 1) / P(D >= c);  normal: μ + σ φ(z) / (1 - Φ(z)), z = (c - μ) / σ
    /// ```
    ///
    /// Counts are whole: a bound between two of them is the upper one.
    ///
    /// ```
    /// use stockburst::stats::DemandLaw;
    /// let hidden = DemandLaw::Normal { mean: 500.0, sd: 100.0 }.mean_at_least(550.0);
    /// assert!((hidden - 614.107_777).abs() < 1e-6);
    /// ```
    #[must_use]
    pub fn mean_at_least(&self, bound: f64) -> f64 {
        let bound = self.first_at(bound);
        let reached = self.at_least(bound);
        if reached.is_nan() {
            return f64::NAN;
        }
        if reached < NIL {
            return bound;
        }
        // The mean of the part above is never below the bound, whatever rounding says.
        bound + (self.loss(bound) / reached).max(0.0)
    }

    /// P(D >= bound).
    #[must_use]
    pub fn at_least(&self, bound: f64) -> f64 {
        let bound = self.first_at(bound);
        if self.is_count() {
            if bound <= 0.0 { 1.0 } else { self.exceedance(bound - 1.0) }
        } else {
            self.exceedance(bound)
        }
    }

    fn first_at(&self, bound: f64) -> f64 {
        if self.is_count() { bound.ceil().max(0.0) } else { bound }
    }
}

/// Mean of a Poisson demand from days of which some sold out; `None` if no day is exact (the likelihood rises without
/// end), or a value is negative or not finite.
///
/// ```text
/// λ = (Σ exact y + Σ cut off E[D | D >= y]) / n
/// ```
///
/// The fixed point of the expectation-maximisation algorithm, which is the maximum of the likelihood and unique, found
/// between bounds.
///
/// Source: Dempster, Laird & Rubin (1977), Journal of the Royal Statistical Society B 39, 1-38.
///
/// ```
/// use stockburst::stats::{Observed::{AtLeast, Exact}, censored_poisson_mean};
/// let days = [Exact(42.0), Exact(55.0), Exact(48.0), AtLeast(50.0), AtLeast(50.0)];
/// assert!((censored_poisson_mean(&days).unwrap() - 51.416_900).abs() < 1e-6); // 49.0 as sold
/// ```
#[must_use]
pub fn censored_poisson_mean(days: &[Observed]) -> Option<f64> {
    completed_mean(days, |mean| DemandLaw::Poisson { mean })
}

/// The Poisson or negative-binomial law of a daily demand from days of which some sold out, by maximum likelihood.
/// `None` as [`censored_poisson_mean`].
///
/// For each size the mean is the fixed point as above; the size is the one of the highest likelihood (within 0.05 to
/// 10,000), and where none gains on Poisson the law is that. (Liu & Rubin 1994, Biometrika 81, 633-648: ECME.)
///
/// ```
/// use stockburst::stats::{DemandLaw, Observed::{AtLeast, Exact}, fit_censored_counts};
/// let days = [Exact(12.0), Exact(31.0), AtLeast(40.0), Exact(5.0), AtLeast(20.0), Exact(18.0)];
/// let law = fit_censored_counts(&days).unwrap();
/// assert!(matches!(law, DemandLaw::NegativeBinomial { .. }) && law.mean() > 21.0);
/// ```
#[must_use]
pub fn fit_censored_counts(days: &[Observed]) -> Option<DemandLaw> {
    let poisson = DemandLaw::Poisson { mean: censored_poisson_mean(days)? };
    let at = |log_size: f64| {
        let size = log_size.exp();
        let law =
            |mean| if mean > 0.0 { DemandLaw::NegativeBinomial { mean, size } } else { DemandLaw::Poisson { mean } };
        let law = law(completed_mean(days, law)?);
        Some((log_likelihood(&law, days), law))
    };
    let (likelihood, law) = best_of(SIZES.0.ln(), SIZES.1.ln(), COARSE, FINE, at)?;
    Some(if likelihood > log_likelihood(&poisson, days) + GAIN { law } else { poisson })
}

/// Rate of demand from the share of a normal day's traffic in which a stock sold out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InverseSampling {
    /// (c - 1) / Π: the unbiased estimate, in units a normal day.
    pub unbiased: f64,
    /// c / Π: the likeliest rate, which is c / (c - 1) times as much on average.
    pub likeliest: f64,
}

impl InverseSampling {
    /// The rate at which the `sold`-th and last unit left after the share `until` of a day's traffic; `None` unless at least
    /// one was sold and the share is above 0.
    ///
    /// Source: Haldane (1945), Biometrika 33, 222-225, in its Poisson form: the time of the c-th order is gamma with
    /// shape c.
    ///
    /// ```
    /// use stockburst::stats::InverseSampling;
    /// let rate = InverseSampling::of(30.0, 0.4).unwrap();
    /// assert!((rate.likeliest - 75.0).abs() < 1e-12 && (rate.unbiased - 72.5).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn of(sold: f64, until: f64) -> Option<Self> {
        (sold >= 1.0 && sold.is_finite() && until > 0.0 && until.is_finite())
            .then(|| Self { unbiased: (sold - 1.0) / until, likeliest: sold / until })
    }
}

/// The mean at which filling in what was cut off gives that mean back.
pub(super) fn completed_mean(days: &[Observed], law: impl Fn(f64) -> DemandLaw) -> Option<f64> {
    if days.iter().any(|day| !(day.value() >= 0.0 && day.value().is_finite())) {
        return None;
    }
    if days.iter().all(|day| day.is_censored()) {
        return None;
    }
    let known: f64 = days.iter().filter(|day| !day.is_censored()).map(|day| day.value()).sum();
    let bounds: Vec<f64> = days.iter().filter(|day| day.is_censored()).map(|day| day.value()).collect();
    let n = days.len() as f64;
    if bounds.iter().all(|bound| *bound <= 0.0) {
        return Some(known / (n - bounds.len() as f64));
    }
    let filled = |mean: f64| {
        let law = law(mean);
        (known + bounds.iter().map(|bound| law.mean_at_least(*bound)).sum::<f64>()) / n
    };
    // Below the mean of what was sold the update lies above; it comes to lie below since some days are exact.
    let sold = (known + bounds.iter().sum::<f64>()) / n;
    let above = bracket(sold, sold / 4.0, |mean| filled(mean) <= mean)?;
    Some(zero(sold, above, |mean| filled(mean) - mean))
}

fn log_likelihood(law: &DemandLaw, days: &[Observed]) -> f64 {
    let probability = |day: &Observed| match day {
        Observed::Exact(units) => law.mass(units.round() as u64).unwrap_or(0.0),
        Observed::AtLeast(bound) => law.at_least(*bound),
    };
    days.iter().map(|day| probability(day).max(NIL).ln()).sum()
}

/// The highest of a function that is first looked at in `coarse` places, then by golden section around the best of them.
pub(super) fn best_of<T>(
    low: f64,
    high: f64,
    coarse: u32,
    fine: u32,
    at: impl Fn(f64) -> Option<(f64, T)>,
) -> Option<(f64, T)> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let step = (high - low) / f64::from(coarse.max(1));
    let places = (0..=coarse).map(|place| low + step * f64::from(place));
    let (start, mut best) = places
        .filter_map(|place| Some((place, at(place).filter(|(value, _)| !value.is_nan())?)))
        .max_by(|(_, (one, _)), (_, (other, _))| one.total_cmp(other))?;
    let (mut from, mut until) = ((start - step).max(low), (start + step).min(high));
    let value = |place: f64| at(place).map_or(f64::NEG_INFINITY, |(value, _)| value);
    let (mut left, mut right) = (until - GOLDEN * (until - from), from + GOLDEN * (until - from));
    let (mut at_left, mut at_right) = (value(left), value(right));
    for _ in 0..fine {
        if at_left >= at_right {
            (until, right, at_right) = (right, left, at_left);
            left = until - GOLDEN * (until - from);
            at_left = value(left);
        } else {
            (from, left, at_left) = (left, right, at_right);
            right = from + GOLDEN * (until - from);
            at_right = value(right);
        }
    }
    if let Some(refined) = at(0.5 * (from + until)).filter(|(value, _)| *value >= best.0) {
        best = refined;
    }
    Some(best)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Observed::{AtLeast, Exact};
    use super::*;

    /// V22 of the method notes.
    #[test]
    fn flags_alone_give_the_likeliest_mean() {
        let days = [Exact(42.0), Exact(55.0), Exact(48.0), AtLeast(50.0), AtLeast(50.0)];
        let mean = censored_poisson_mean(&days).expect("exact days");
        assert!((mean - 51.416_900).abs() < 1e-6, "{mean}");
        assert!((DemandLaw::Poisson { mean }.mean_at_least(50.0) - 56.042_250).abs() < 1e-6);
        assert!((censored_poisson_mean(&days[..3]).expect("exact") - 145.0 / 3.0).abs() < 1e-12);
        // Nothing here is more variable than Poisson.
        assert_eq!(fit_censored_counts(&days), Some(DemandLaw::Poisson { mean }));
    }

    /// V24 of the method notes; the Poisson form of the identity; far beyond a law.
    #[test]
    fn means_beyond_a_bound() {
        let normal = DemandLaw::Normal { mean: 500.0, sd: 100.0 };
        assert!((normal.mean_at_least(550.0) - 614.107_777).abs() < 1e-6);
        let law = DemandLaw::Poisson { mean: 9.0 };
        let identity = 9.0 * law.at_least(11.0) / law.at_least(12.0);
        assert!((law.mean_at_least(12.0) - identity).abs() < 1e-10);
        assert_eq!(law.mean_at_least(11.5), law.mean_at_least(12.0));
        assert!((law.mean_at_least(0.0) - 9.0).abs() < 1e-12);
        assert_eq!(law.mean_at_least(5000.0), 5000.0);
        assert_eq!(DemandLaw::Poisson { mean: 0.0 }.mean_at_least(3.0), 3.0);
        assert!(DemandLaw::Poisson { mean: -1.0 }.mean_at_least(3.0).is_nan());
    }

    /// Five of sixteen days are cut off at 35. Expected values by a simplex search of the same likelihood in scipy 1.
    #[test]
    fn the_fit_is_a_maximum_of_the_likelihood() {
        let days: Vec<Observed> = [12, 31, 5, 18, 44, 27, 9, 36, 22, 61, 15, 8, 29, 50, 3, 25]
            .into_iter()
            .map(|units| if units > 34 { AtLeast(35.0) } else { Exact(f64::from(units)) })
            .collect();
        let DemandLaw::NegativeBinomial { mean, size } = fit_censored_counts(&days).expect("exact days") else {
            panic!("it is over-dispersed")
        };
        let best = log_likelihood(&DemandLaw::NegativeBinomial { mean, size }, &days);
        for (one, other) in [(1.02, 1.0), (0.98, 1.0), (1.0, 1.05), (1.0, 0.95)] {
            let near = DemandLaw::NegativeBinomial { mean: mean * one, size: size * other };
            assert!(log_likelihood(&near, &days) < best, "{mean} {size}");
        }
        assert!((mean - 25.602_276).abs() < 2e-5 && (size - 2.002_347).abs() < 2e-5, "{mean} {size}");
    }

    #[test]
    fn odd_input_has_a_decided_answer() {
        assert_eq!(censored_poisson_mean(&[]), None);
        assert_eq!(censored_poisson_mean(&[AtLeast(5.0)]), None);
        assert_eq!(censored_poisson_mean(&[Exact(-1.0)]), None);
        assert_eq!(censored_poisson_mean(&[Exact(f64::NAN), AtLeast(1.0)]), None);
        assert_eq!(censored_poisson_mean(&[Exact(0.0), Exact(0.0)]), Some(0.0));
        // Days that sold nothing before they sold out say nothing.
        assert_eq!(censored_poisson_mean(&[Exact(4.0), AtLeast(0.0)]), Some(4.0));
        assert_eq!(fit_censored_counts(&[Exact(0.0), AtLeast(0.0)]), Some(DemandLaw::Poisson { mean: 0.0 }));
        assert!(fit_censored_counts(&[Exact(0.0), AtLeast(900.0)]).is_some_and(|law| law.mean().is_finite()));
        for (sold, until) in [(0.0, 0.5), (30.0, 0.0), (f64::NAN, 0.5), (30.0, f64::NAN)] {
            assert_eq!(InverseSampling::of(sold, until), None);
        }
    }

    proptest! {
        /// Hidden demand only adds: never below the mean as sold; exact if nothing is cut off.
        #[test]
        fn filling_in_only_raises(days in prop::collection::vec((0_u8..90, any::<bool>()), 1..30)) {
            let days: Vec<Observed> = days
                .iter()
                .map(|(units, cut)| if *cut { AtLeast(f64::from(*units)) } else { Exact(f64::from(*units)) })
                .collect();
            let sold = days.iter().map(|day| day.value()).sum::<f64>() / days.len() as f64;
            match censored_poisson_mean(&days) {
                Some(mean) => prop_assert!(mean.is_finite() && mean >= sold * (1.0 - 1e-12)),
                None => prop_assert!(days.iter().all(|day| day.is_censored())),
            }
        }
    }
}
