//! The amplitude of the next burst from few past ones: hierarchical shrinkage with a Student-t prediction.
//!
//! z = ln(uplift / ordinary demand + offset) of a burst, with an offset of 1 the logarithm of its multiple; products share
//! their spread. A plug-in normal from five bursts covers 89.6 % where 95 % is promised; this does not pretend to know the
//! variance (methods, section 3.8).

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::PastBurst;

/// Prior degrees of freedom of a product's variance, where as many bursts of the shop stand behind it.
const PRIOR_FREEDOM: f64 = 12.0;
/// The least of it: with fewer the tail of the law is that of no burst.
const LEAST_FREEDOM: f64 = 5.0;
/// Least variance between products, and within one.
const LEAST_BETWEEN: f64 = 1e-3;
/// Coefficient of variation of a burst where no product has two (methods, section 3.6), and what it counts for beside the
/// shop's own bursts: a few that happened to agree are not proof that the next one will.
const DEFAULT_CV: f64 = 0.45;
const DEFAULT_FREEDOM: f64 = 2.0;
/// Greatest variance between products that is looked for.
const MOST_BETWEEN: f64 = 1e3;
/// Halvings of the search for it: to a part in a thousand millions.
const BISECTIONS: usize = 40;
/// What a burst counts of which most was filled in.
const FLAGGED_WEIGHT: f64 = 0.5;
/// Products with bursts from which their common mean is estimated.
const LEAST_PRODUCTS: usize = 3;
/// The offset with which z is the logarithm of a multiple.
const MULTIPLES: f64 = 1.0;
/// Smaller offsets: towards 0, where z is the logarithm of the uplift itself.
const OFFSETS: [f64; 4] = [0.5, 0.25, 0.1, 0.0];
/// What a promotion that sold nothing counts as, of ordinary demand: nothing has no logarithm.
const LEAST_Z_SUM: f64 = 0.01;
/// Least value of uplift over ordinary demand and offset: a shop with smaller bursts needs a larger offset.
const LEAST_SUM: f64 = 0.1;
/// Part of the scatter of z that counts may explain under a smaller offset, which blows up what they do to small bursts.
const MOST_NOISE: f64 = 0.25;
/// Log-likelihood by which another scale has to be better: the 95 % point of chi-square with one degree, halved.
const CLEARLY_BETTER: f64 = 1.92;

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
    /// Degrees of freedom that it counts for in a product's own variance: at most 12, and no more than stand behind it.
    #[serde(default = "most_freedom")]
    pub freedom: f64,
    /// Variance of the products' means; `None` with fewer than three products, when nothing is shrunk.
    pub between: Option<f64>,
    /// Products with at least one burst.
    pub products: usize,
    /// Bursts.
    pub bursts: usize,
    /// Plateau days of the event, over which bursts that counts found are spread.
    pub days: f64,
    /// What is added to uplift over ordinary demand before the logarithm: the less, the more skewed are bursts.
    #[serde(default = "one")]
    pub offset: f64,
    /// Whether bursts rise and fall with ordinary demand; if not, z is taken over the product's usual ordinary demand.
    #[serde(default = "yes")]
    pub follows_level: bool,
}

const fn most_freedom() -> f64 {
    PRIOR_FREEDOM
}

const fn one() -> f64 {
    MULTIPLES
}

const fn yes() -> bool {
    true
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
    /// What is taken off exp(z) to get uplift over ordinary demand.
    #[serde(default = "one")]
    pub offset: f64,
    /// Ordinary pieces a day that z is taken over, where bursts do not follow those of their own time.
    #[serde(default)]
    pub usual: Option<f64>,
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

/// Ordinary demand a day of a product's bursts: the geometric mean.
fn usual(bursts: &[PastBurst]) -> f64 {
    let log = |burst: &PastBurst| libm::log(daily_ordinary(burst));
    libm::exp(bursts.iter().map(log).sum::<f64>() / bursts.len().max(1) as f64)
}

fn daily_ordinary(burst: &PastBurst) -> f64 {
    (burst.ordinary / burst.days.max(1) as f64).max(f64::MIN_POSITIVE)
}

/// How bursts become z.
#[derive(Debug, Clone, Copy)]
struct Scale {
    days: f64,
    offset: f64,
    follows_level: bool,
}

impl Scale {
    /// Whether z is the logarithm of a multiple.
    fn is_multiple(self) -> bool {
        self.follows_level && self.offset >= MULTIPLES
    }

    /// How bursts of one product become z.
    fn of_product(self, bursts: &[PastBurst]) -> ProductScale {
        ProductScale { scale: self, usual: (!self.follows_level).then(|| usual(bursts)) }
    }

    /// z of each burst of one product, with its weight.
    fn all(self, bursts: &[PastBurst], within: f64) -> Vec<(f64, f64)> {
        self.of_product(bursts).all(bursts, within)
    }
}

/// How the bursts of one product become z.
#[derive(Debug, Clone, Copy)]
struct ProductScale {
    scale: Scale,
    /// Ordinary pieces a day that z is taken over, where they are not those of the burst's own days.
    usual: Option<f64>,
}

impl ProductScale {
    /// Uplift of a burst over ordinary demand, as if it had had the product's typical spend.
    fn uplift(self, burst: &PastBurst) -> f64 {
        burst.relative_uplift(self.scale.days) * self.factor(burst)
    }

    fn factor(self, burst: &PastBurst) -> f64 {
        self.usual.map_or(1.0, |usual| daily_ordinary(burst) / usual) / burst.detail.spend_factor.unwrap_or(1.0)
    }

    /// z of a burst: without an offset, and with spend known, the logarithm of its productivity; an offset keeps it tame
    /// where a burst sold hardly more than an ordinary day.
    fn z(self, burst: &PastBurst) -> f64 {
        libm::log((self.scale.offset + self.uplift(burst)).max(LEAST_Z_SUM))
    }

    /// Variance of z by counts, day noise and the error of ordinary demand: those of their logarithms, carried over (delta
    /// method). What sold nothing is known to about a piece.
    fn noise(self, burst: &PastBurst) -> f64 {
        let Scale { days, offset, .. } = self.scale;
        let relative = |pieces: f64| burst.relative(pieces, days) * self.factor(burst);
        let sum = (offset + self.uplift(burst)).max(relative(1.0)).max(LEAST_Z_SUM);
        let demand = relative((burst.ordinary + burst.uplift).max(1.0)) / sum;
        // Of pieces beyond ordinary demand an error of that takes only itself; of a multiple it takes all.
        let ordinary = if self.usual.is_none() { demand } else { relative(burst.ordinary) / sum };
        burst.noise_variance * demand * demand + burst.ordinary_variance * ordinary * ordinary
    }

    /// z of each burst with its weight.
    ///
    /// A burst of few pieces is off by chance, which a future draws anew: that part does not count as spread of the
    /// amplitude, and such a burst weighs less, by `within` over `within` and its own noise.
    fn all(self, bursts: &[PastBurst], within: f64) -> Vec<(f64, f64)> {
        let known = |burst: &PastBurst| within / (within + self.noise(burst));
        bursts.iter().map(|burst| (self.z(burst), weight(burst) * known(burst))).collect()
    }
}

/// The scale on which the bursts of products scatter most like a normal variable of one spread: by profile likelihood over
/// a few offsets (the shift of Box & Cox 1964, JRSS B 26, 211-252, section 2) and over whether bursts follow the level;
/// that of multiples unless another is clearly better.
fn best_scale(products: &[&[PastBurst]], days: f64) -> Scale {
    let multiples = Scale { days, offset: MULTIPLES, follows_level: true };
    let repeated: Vec<&[PastBurst]> = products.iter().copied().filter(|bursts| bursts.len() > 1).collect();
    let n = repeated.iter().map(|bursts| bursts.len()).sum::<usize>() as f64;
    let freedom = n - repeated.len() as f64;
    if freedom < 1.0 {
        return multiples;
    }
    // `None` where a burst is too small for the offset, or luck explains too much of how they scatter.
    let likelihood = |scale: Scale| {
        let (mut squares, mut logs, mut noise) = (0.0, 0.0, 0.0);
        for bursts in &repeated {
            let own = scale.of_product(bursts);
            if !scale.is_multiple() && bursts.iter().any(|burst| own.uplift(burst) + scale.offset < LEAST_SUM) {
                return None;
            }
            squares += Sample::of(&own.all(bursts, f64::MAX)).squares;
            logs += bursts.iter().map(|burst| own.z(burst)).sum::<f64>();
            noise += bursts.iter().map(|burst| own.noise(burst)).sum::<f64>();
        }
        if !scale.is_multiple() && noise > MOST_NOISE * squares {
            return None;
        }
        Some(-0.5 * freedom * libm::log((squares / freedom).max(LEAST_BETWEEN)) - logs * freedom / n)
    };
    let mut best = (multiples, likelihood(multiples).unwrap_or(f64::NEG_INFINITY) + CLEARLY_BETTER);
    for follows_level in [true, false] {
        for offset in [MULTIPLES].into_iter().chain(OFFSETS) {
            let scale = Scale { days, offset, follows_level };
            if let Some(found) = likelihood(scale).filter(|found| *found > best.1) {
                best = (scale, found);
            }
        }
    }
    best.0
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
    /// Pools the bursts of all products for an event of `days` plateau days: within products by analysis of variance, between
    /// them by Paule and Mandel.
    #[must_use]
    pub fn of<'a>(products: impl Iterator<Item = &'a [PastBurst]>, days: f64) -> Self {
        let products: Vec<&[PastBurst]> = products.filter(|bursts| !bursts.is_empty()).collect();
        let bursts: usize = products.iter().map(|bursts| bursts.len()).sum();
        let freedom = bursts.saturating_sub(products.len()) as f64;
        let scale = best_scale(&products, days);
        let squares = |bursts: &&[PastBurst]| Sample::of(&scale.all(bursts, f64::MAX)).squares;
        let noise = |bursts: &&[PastBurst]| {
            let n = bursts.len() as f64;
            let own = scale.of_product(bursts);
            bursts.iter().map(|burst| weight(burst) * own.noise(burst)).sum::<f64>() * (1.0 - 1.0 / n)
        };
        let spread = products.iter().map(|bursts| squares(bursts) - noise(bursts)).sum::<f64>();
        let assumed = libm::log1p(DEFAULT_CV * DEFAULT_CV);
        let within = ((DEFAULT_FREEDOM * assumed + spread.max(0.0)) / (DEFAULT_FREEDOM + freedom)).max(LEAST_BETWEEN);
        let samples: Vec<Sample> = products.iter().map(|bursts| Sample::of(&scale.all(bursts, within))).collect();
        let between = (samples.len() >= LEAST_PRODUCTS).then(|| variance_between(&samples, within));
        let (mean, precision) = common_mean(&samples, within, between.unwrap_or(0.0));
        let mean_variance = if samples.is_empty() { 0.0 } else { 1.0 / precision };
        let Scale { offset, follows_level, .. } = scale;
        let freedom =
            if freedom > 0.0 { (DEFAULT_FREEDOM + freedom).clamp(LEAST_FREEDOM, PRIOR_FREEDOM) } else { PRIOR_FREEDOM };
        Self {
            mean,
            mean_variance,
            within,
            freedom,
            between,
            products: samples.len(),
            bursts,
            days,
            offset,
            follows_level,
        }
    }

    const fn scale(&self) -> Scale {
        Scale { days: self.days, offset: self.offset, follows_level: self.follows_level }
    }

    /// Predicts the next burst of a product with these past bursts, all at its typical spend; `None` if nobody has any.
    #[must_use]
    pub fn predict(&self, bursts: &[PastBurst]) -> Option<AmplitudeFit> {
        let values = self.scale().all(bursts, self.within);
        let Sample { weight: n, mean: own_mean, squares } = Sample::of(&values);
        let freedom = self.freedom + (values.len() as f64 - 1.0).max(0.0);
        let variance = (self.freedom * self.within + squares) / freedom;
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
        Some(AmplitudeFit {
            location,
            scale: libm::sqrt(variance + uncertainty),
            freedom,
            bursts: values.len(),
            offset: self.offset,
            usual: (!self.follows_level && !bursts.is_empty()).then(|| usual(bursts)),
        })
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
            freedom: self.freedom,
            bursts: 0,
            offset: self.offset,
            usual: None,
        })
    }
}

#[cfg(test)]
mod tests;
