//! A mixture of laws: one of several, each with its weight.

use super::law::{DemandLaw, ROUNDING};
use super::solve;

/// One law out of several, drawn with the given weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    parts: Vec<(f64, DemandLaw)>,
}

impl Mixture {
    /// The mixture of these (weight, law) pairs; `None` unless every law is valid, no weight is negative and the
    /// weights add up to 1 within 1e-9.
    #[must_use]
    pub fn of(parts: Vec<(f64, DemandLaw)>) -> Option<Self> {
        let total: f64 = parts.iter().map(|(weight, _)| weight).sum();
        let valid = parts.iter().all(|(weight, law)| *weight >= 0.0 && law.checked().is_ok());
        (valid && (total - 1.0).abs() <= 1e-9).then_some(Self { parts })
    }

    fn average(&self, of: impl Fn(&DemandLaw) -> f64) -> f64 {
        self.parts.iter().filter(|(weight, _)| *weight > 0.0).map(|(weight, law)| weight * of(law)).sum()
    }

    /// Mean, units.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.average(DemandLaw::mean)
    }

    /// Variance, units²: within the parts and between them.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.average(|law| law.variance() + (law.mean() - mean).powi(2))
    }

    /// P(D ≤ x).
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.average(|law| law.cdf(x))
    }

    /// P(D > x).
    #[must_use]
    pub fn exceedance(&self, x: f64) -> f64 {
        self.average(|law| law.exceedance(x))
    }

    /// E[(D - x)+], units.
    #[must_use]
    pub fn loss(&self, x: f64) -> f64 {
        self.average(|law| law.loss(x))
    }

    /// The smallest x with P(D ≤ x) ≥ `probability`: a whole number if every part is a count. `None` unless
    /// 0 < `probability` < 1.
    #[must_use]
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        if !(probability > 0.0 && probability < 1.0) {
            return None;
        }
        let wanted = probability * (1.0 - ROUNDING);
        if self.parts.iter().all(|(_, law)| law.is_count()) {
            return solve::smallest_count(self.mean(), |k| self.cdf(k as f64) >= wanted).map(|k| k as f64);
        }
        // The quantile of a mixture lies between the quantiles of its parts.
        let quantiles: Option<Vec<f64>> = self.parts.iter().map(|(_, law)| law.quantile(probability)).collect();
        let quantiles = quantiles?;
        let low = quantiles.iter().copied().reduce(f64::min)?;
        let high = quantiles.iter().copied().reduce(f64::max)?;
        // Where all parts agree there is nothing to halve.
        if self.cdf(low) >= wanted { Some(low) } else { Some(solve::bisect(low, high, |x| self.cdf(x) >= wanted)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// V3 of the method notes: Poisson 50 a day over a lead time of 10, 20 or 30 days.
    fn three_lead_times() -> Mixture {
        let daily = DemandLaw::Poisson { mean: 50.0 };
        let part = |weight, days| (weight, daily.over(days).expect("a Poisson law sums over days"));
        Mixture::of(vec![part(0.25, 10.0), part(0.5, 20.0), part(0.25, 30.0)]).expect("weights add up to 1")
    }

    #[test]
    fn mixture_quantiles_are_the_published_ones() {
        let mixture = three_lead_times();
        assert_eq!((mixture.mean(), mixture.variance()), (1000.0, 126_000.0));
        let table = [(0.5, 1000.0), (0.75, 1235.0), (0.8, 1467.0), (0.9, 1510.0), (0.95, 1533.0)];
        for (p, quantile) in table.into_iter().chain([(0.98, 1555.0), (0.99, 1568.0)]) {
            assert_eq!(mixture.quantile(p), Some(quantile), "{p}");
        }
        for (reorder_point, covered) in [(1298.7, 0.7500), (1454.9, 0.7799), (1583.9, 0.9960)] {
            assert!((mixture.cdf(reorder_point) - covered).abs() < 5.1e-5, "{reorder_point}");
        }
    }

    #[test]
    fn a_mixture_of_one_is_that_law() {
        let law = DemandLaw::Gamma { shape: 4.0, scale: 10.0 };
        let mixture = Mixture::of(vec![(1.0, law)]).expect("one weight of 1");
        let (got, own) = (mixture.quantile(0.9).unwrap(), law.quantile(0.9).unwrap());
        assert!((got - own).abs() < 1e-9);
        assert_eq!(mixture.loss(60.0), law.loss(60.0));
    }

    #[test]
    fn weights_and_laws_are_checked() {
        let law = DemandLaw::Poisson { mean: 1.0 };
        assert_eq!(Mixture::of(vec![]), None);
        assert_eq!(Mixture::of(vec![(0.5, law)]), None);
        assert_eq!(Mixture::of(vec![(f64::NAN, law)]), None);
        assert_eq!(Mixture::of(vec![(1.0, DemandLaw::Poisson { mean: -1.0 })]), None);
        assert_eq!(three_lead_times().quantile(f64::NAN), None);
    }
}
