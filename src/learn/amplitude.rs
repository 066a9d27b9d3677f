//! The amplitude of the next burst from few past ones: hierarchical shrinkage with a Student-t prediction.
//!
//! z = ln(demand / ordinary demand) of a burst; products share their spread. A plug-in normal from five bursts covers
//! 89.6 % where 95 % is promised; this does not pretend to know the variance (methods, section 3.8).

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::PastBurst;

/// Prior degrees of freedom of a product's variance.
const PRIOR_FREEDOM: f64 = 12.0;
/// Least variance between products, and within one.
const LEAST_BETWEEN: f64 = 1e-3;
/// Coefficient of variation of a burst where no product has two (methods, section 3.6).
const DEFAULT_CV: f64 = 0.45;
/// Greatest variance between products that is looked for.
const MOST_BETWEEN: f64 = 1e3;
/// Halvings of the search for it: to a part in a thousand millions.
const BISECTIONS: usize = 40;
/// What a burst counts of which most was filled in.
const FLAGGED_WEIGHT: f64 = 0.5;
/// Products with bursts from which their common mean is estimated.
const LEAST_PRODUCTS: usize = 3;

/// What the products' bursts have in common.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Pool {
    /// Mean of z over products.
    pub mean: f64,
    /// Variance of that mean as an estimate.
    #[serde(default)]
    pub mean_variance: f64,
    /// Variance of z within a product.
    pub within: f64,
    /// Variance of the products' means; `None` with fewer than three products, when nothing is shrunk.
    pub between: Option<f64>,
    /// Products with at least one burst.
    pub products: usize,
    /// Bursts.
    pub bursts: usize,
    /// Days of the event that the multiples are taken over.
    pub days: usize,
}

/// The predictive law of z of one product's next burst: location + scale x t, with the stated freedom.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AmplitudeFit {
    /// Centre of z.
    pub location: f64,
    /// Scale of z.
    pub scale: f64,
    /// Degrees of freedom.
    pub freedom: f64,
    /// The product's own bursts behind it.
    pub bursts: usize,
}

impl AmplitudeFit {
    /// The value of z that is not passed with this probability, before the tails are cut.
    #[must_use]
    pub fn quantile(&self, level: f64) -> f64 {
        StudentsT::new(0.0, 1.0, self.freedom)
            .map_or(self.location, |law| self.location + self.scale * law.inverse_cdf(level))
    }
}

/// How much a burst counts: half if most of it was filled in.
pub(super) fn weight(burst: &PastBurst) -> f64 {
    if burst.is_flagged() { FLAGGED_WEIGHT } else { 1.0 }
}

/// z of each burst with its weight, as if each had had the product's typical spend.
///
/// With spend known this is the logarithm of its productivity; unlike that of the uplift itself it stays tame where a
/// burst sold hardly more than an ordinary day.
///
/// A burst of few pieces is off by chance, which a future draws anew: that part does not count as spread of the amplitude,
/// and such a burst weighs less, by `within` over `within` and its own noise.
fn log_multiples(bursts: &[PastBurst], days: usize, within: f64) -> Vec<(f64, f64)> {
    let z = |burst: &PastBurst| {
        let uplift = (burst.multiple_over(days) - 1.0) / burst.detail.spend_factor.unwrap_or(1.0);
        // A promotion that sold nothing has no logarithm; it counts as a hundredth of ordinary demand.
        libm::log((1.0 + uplift).max(0.01))
    };
    let known = |burst: &PastBurst| within / (within + burst.noise_variance);
    bursts.iter().map(|burst| (z(burst), weight(burst) * known(burst))).collect()
}

/// Bursts of one product: the sum of their weights, their mean, and their weighted squares around it.
#[derive(Debug, Clone, Copy)]
struct Sample {
    weight: f64,
    mean: f64,
    squares: f64,
}

impl Sample {
    fn of(values: &[(f64, f64)]) -> Self {
        let weight: f64 = values.iter().map(|(_, w)| w).sum();
        let mean = values.iter().map(|(z, w)| z * w).sum::<f64>() / weight.max(f64::MIN_POSITIVE);
        Self { weight, mean, squares: values.iter().map(|(z, w)| w * (z - mean).powi(2)).sum() }
    }
}

/// Precision-weighted mean of the products' means, and the precision, if the means vary by `between`.
fn common_mean(samples: &[Sample], within: f64, between: f64) -> (f64, f64) {
    let precision = |sample: &Sample| 1.0 / (between + within / sample.weight);
    let total: f64 = samples.iter().map(precision).sum();
    let mean = samples.iter().map(|sample| precision(sample) * sample.mean).sum::<f64>();
    (mean / total.max(f64::MIN_POSITIVE), total)
}

/// Variance between products such that the means scatter around their common mean as it says, sum of squares over
/// variances = products - 1 (Paule & Mandel 1982; restricted maximum likelihood where all have as many bursts).
fn variance_between(samples: &[Sample], within: f64) -> f64 {
    let scatter = |between: f64| {
        let (mean, _) = common_mean(samples, within, between);
        let each = |sample: &Sample| (sample.mean - mean).powi(2) / (between + within / sample.weight);
        samples.iter().map(each).sum::<f64>()
    };
    let freedom = samples.len() as f64 - 1.0;
    let (mut low, mut high) = (LEAST_BETWEEN, MOST_BETWEEN);
    if scatter(low) <= freedom {
        return low;
    }
    for _ in 0..BISECTIONS {
        let middle = libm::sqrt(low * high);
        if scatter(middle) > freedom { low = middle } else { high = middle }
    }
    libm::sqrt(low * high)
}

impl Pool {
    /// Pools the bursts of all products for an event of `days` days: within products by analysis of variance, between
    /// them by Paule and Mandel.
    #[must_use]
    pub fn of<'a>(products: impl Iterator<Item = &'a [PastBurst]>, days: usize) -> Self {
        let products: Vec<&[PastBurst]> = products.filter(|bursts| !bursts.is_empty()).collect();
        let bursts: usize = products.iter().map(|bursts| bursts.len()).sum();
        let freedom = bursts.saturating_sub(products.len()) as f64;
        let within = if freedom > 0.0 {
            let squares = |bursts: &&[PastBurst]| Sample::of(&log_multiples(bursts, days, f64::MAX)).squares;
            let noise = |bursts: &&[PastBurst]| {
                let n = bursts.len() as f64;
                bursts.iter().map(|burst| weight(burst) * burst.noise_variance).sum::<f64>() * (1.0 - 1.0 / n)
            };
            let spread = products.iter().map(|bursts| squares(bursts) - noise(bursts)).sum::<f64>();
            (spread / freedom).max(LEAST_BETWEEN)
        } else {
            libm::log1p(DEFAULT_CV * DEFAULT_CV)
        };
        let samples: Vec<Sample> =
            products.iter().map(|bursts| Sample::of(&log_multiples(bursts, days, within))).collect();
        let between = (samples.len() >= LEAST_PRODUCTS).then(|| variance_between(&samples, within));
        let (mean, precision) = common_mean(&samples, within, between.unwrap_or(0.0));
        let mean_variance = if samples.is_empty() { 0.0 } else { 1.0 / precision };
        Self { mean, mean_variance, within, between, products: samples.len(), bursts, days }
    }

    /// Predicts the next burst of a product with these past bursts, all at its typical spend; `None` if nobody has any.
    #[must_use]
    pub fn predict(&self, bursts: &[PastBurst]) -> Option<AmplitudeFit> {
        let values = log_multiples(bursts, self.days, self.within);
        let Sample { weight: n, mean: own_mean, squares } = Sample::of(&values);
        let freedom = PRIOR_FREEDOM + (values.len() as f64 - 1.0).max(0.0);
        let variance = (PRIOR_FREEDOM * self.within + squares) / freedom;
        let (location, uncertainty) = match (self.between, values.is_empty()) {
            (Some(between), _) => {
                let precision = 1.0 / between + n / variance;
                let shrinkage = 1.0 / between / precision;
                let location = (self.mean / between + n * own_mean / variance) / precision;
                (location, 1.0 / precision + shrinkage * shrinkage * self.mean_variance)
            }
            (None, false) => (own_mean, variance / n),
            // Nobody to shrink to and nothing of its own, but one or two other products: their mean, widely.
            (None, true) if self.bursts > 0 => (self.mean, self.within),
            (None, true) => return None,
        };
        Some(AmplitudeFit { location, scale: libm::sqrt(variance + uncertainty), freedom, bursts: values.len() })
    }

    /// Predicts the first burst of a product from others like it, each with its weight: their shrunk means averaged, the
    /// variance within and between products and the spread of those means added (methods, section 3.8). `None` without
    /// others, or with too few products to know how far they lie apart.
    #[must_use]
    pub fn predict_like(&self, others: &[(&[PastBurst], f64)]) -> Option<AmplitudeFit> {
        let between = self.between?;
        let means: Vec<(f64, f64)> = others
            .iter()
            .filter(|(bursts, weight)| !bursts.is_empty() && *weight > 0.0)
            .filter_map(|(bursts, weight)| Some((self.predict(bursts)?.location, *weight)))
            .collect();
        let Sample { weight, mean: location, squares } = Sample::of(&means);
        let variance = self.within + between + squares / weight.max(f64::MIN_POSITIVE);
        (!means.is_empty()).then(|| AmplitudeFit {
            location,
            scale: libm::sqrt(variance),
            freedom: PRIOR_FREEDOM,
            bursts: 0,
        })
    }
}

#[cfg(test)]
mod tests;
