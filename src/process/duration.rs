//! How long a stage of a lead time takes: its law, and the same law as a function of a latent normal.

use serde::{Deserialize, Serialize};
use statrs::function::beta::beta_reg;
use statrs::function::gamma::{gamma_lr, gamma_ur};

use super::latent::{NormalTable, normal_cdf, normal_quantile};

/// A law or a chain whose parameters make no sense.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ProcessError {
    /// A duration law outside its domain.
    #[error("{0}")]
    Duration(String),
    /// A mode without stages.
    #[error("lead-time mode `{0}` has no stages")]
    NoStages(String),
    /// A dependence between orders or stages that no random numbers can have.
    #[error("lead-time mode `{mode}`: {problem}")]
    Dependence {
        /// The mode.
        mode: String,
        /// The value and the rule.
        problem: String,
    },
}

/// How long a stage takes, in days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum DurationLaw {
    /// Always the same.
    Fixed {
        /// Days.
        days: f64,
    },
    /// Gamma by mean and coefficient of variation.
    Gamma {
        /// Mean days.
        mean: f64,
        /// Coefficient of variation.
        cv: f64,
    },
    /// Log-normal by mean and coefficient of variation.
    LogNormal {
        /// Mean days.
        mean: f64,
        /// Coefficient of variation.
        cv: f64,
    },
    /// Triangular.
    Triangular {
        /// Least days.
        min: f64,
        /// Most likely days.
        mode: f64,
        /// Most days.
        max: f64,
    },
    /// PERT (a beta law by least, most likely and most).
    Pert {
        /// Least days.
        min: f64,
        /// Most likely days.
        mode: f64,
        /// Most days.
        max: f64,
    },
    /// One of the recorded durations, each as likely.
    Records {
        /// Recorded days, times the scale that was asked for.
        days: Vec<f64>,
    },
    /// One of several laws, such as customs that clears fast or inspects.
    Mixture {
        /// The parts, the fast one first: late orders draw from the last part.
        parts: Vec<MixturePart>,
    },
}

/// One part of a mixture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MixturePart {
    /// Share of the orders that it takes.
    pub share: f64,
    /// How long it takes.
    pub law: DurationLaw,
}

/// How far the shares of a mixture may miss 1: the rounding of decimals.
const SHARES_ERROR: f64 = 1e-9;

impl DurationLaw {
    /// Checks that the parameters describe a law on non-negative days.
    ///
    /// # Errors
    /// [`ProcessError::Duration`] with the value and the rule.
    pub fn check(&self) -> Result<(), ProcessError> {
        let bad = |text: String| Err(ProcessError::Duration(text));
        match self {
            Self::Fixed { days } if !(*days >= 0.0 && days.is_finite()) => {
                bad(format!("`{days}` days is not a duration; write 0 or more"))
            }
            Self::Gamma { mean, cv } | Self::LogNormal { mean, cv }
                if !(*mean > 0.0 && mean.is_finite() && *cv > 0.0 && cv.is_finite()) =>
            {
                bad(format!(
                    "mean `{mean}` and cv `{cv}` must both be above 0; for a certain duration use kind = \"fixed\""
                ))
            }
            Self::Triangular { min, mode, max } | Self::Pert { min, mode, max }
                if !(0.0 <= *min && min <= mode && mode <= max && min < max && max.is_finite()) =>
            {
                bad(format!("min `{min}`, mode `{mode}`, max `{max}` must rise from 0 or more, with min below max"))
            }
            Self::Records { days } if days.is_empty() || days.iter().any(|d| !(*d >= 0.0 && d.is_finite())) => {
                bad(format!("{} recorded durations, all of which must be 0 or more days", days.len()))
            }
            Self::Mixture { parts } => {
                let total: f64 = parts.iter().map(|part| part.share).sum();
                let is_whole = (total - 1.0).abs() <= SHARES_ERROR;
                if parts.iter().any(|part| part.share < 0.0) || !is_whole {
                    return bad(format!("the shares of a mixture sum to `{total}`; they must sum to 1"));
                }
                parts.iter().try_for_each(|part| part.law.check())
            }
            _ => Ok(()),
        }
    }

    /// Mean and variance in days.
    #[must_use]
    pub fn mean_and_variance(&self) -> (f64, f64) {
        match self {
            Self::Fixed { days } => (*days, 0.0),
            Self::Gamma { mean, cv } | Self::LogNormal { mean, cv } => (*mean, (mean * cv).powi(2)),
            Self::Triangular { min: a, mode: c, max: b } => {
                ((a + b + c) / 3.0, (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0)
            }
            Self::Pert { min, mode, max } => {
                let mean = (min + 4.0 * mode + max) / 6.0;
                (mean, (mean - min) * (max - mean) / 7.0)
            }
            Self::Records { days } => {
                let n = days.len().max(1) as f64;
                let mean = days.iter().sum::<f64>() / n;
                (mean, days.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / n)
            }
            Self::Mixture { parts } => {
                let moments = parts.iter().map(|part| (part.share, part.law.mean_and_variance()));
                let (mean, square) = moments.fold((0.0, 0.0), |(mean, square), (share, (m, v))| {
                    (mean + share * m, square + share * (v + m * m))
                });
                (mean, (square - mean * mean).max(0.0))
            }
        }
    }
}

/// A law as a function of a latent normal z: the quantile at Φ(z).
#[derive(Debug, Clone, PartialEq)]
pub(super) enum DurationSampler {
    Constant(f64),
    LogNormal { mu: f64, sigma: f64 },
    Triangular { min: f64, mode: f64, max: f64 },
    Records(Vec<f64>),
    Table(NormalTable),
    Mixture(Vec<(f64, DurationSampler)>),
}

impl DurationSampler {
    /// Tabulates the law where its quantile has no closed form; a law that fails its check takes no time.
    pub(super) fn new(law: &DurationLaw) -> Self {
        if law.check().is_err() {
            return Self::Constant(0.0);
        }
        match law {
            DurationLaw::Fixed { days } => Self::Constant(*days),
            DurationLaw::LogNormal { mean, cv } => {
                let variance = libm::log1p(cv * cv);
                Self::LogNormal { mu: libm::log(*mean) - variance / 2.0, sigma: libm::sqrt(variance) }
            }
            DurationLaw::Triangular { min, mode, max } => Self::Triangular { min: *min, mode: *mode, max: *max },
            DurationLaw::Records { days } => {
                let mut days = days.clone();
                days.sort_by(f64::total_cmp);
                Self::Records(days)
            }
            DurationLaw::Gamma { mean, cv } => Self::Table(gamma_table(*mean, *cv)),
            DurationLaw::Pert { min, mode, max } => Self::Table(NormalTable::new(|z| pert(*min, *mode, *max, z))),
            DurationLaw::Mixture { parts } => {
                let drawn = parts.iter().filter(|part| part.share > 0.0);
                Self::Mixture(drawn.map(|part| (part.share, Self::new(&part.law))).collect())
            }
        }
    }

    /// Days at the latent normal z; not less for a larger z (a mixture: as far as its parts are in order).
    pub(super) fn at(&self, z: f64) -> f64 {
        match self {
            Self::Constant(days) => *days,
            Self::LogNormal { mu, sigma } => libm::exp(mu + sigma * z),
            Self::Table(table) => table.at(z),
            Self::Triangular { min, mode, max } => {
                let (width, rising) = (max - min, (mode - min) / (max - min));
                let below = normal_cdf(z);
                if below <= rising {
                    min + width * libm::sqrt(below * rising)
                } else {
                    max - width * libm::sqrt(normal_cdf(-z) * (1.0 - rising))
                }
            }
            Self::Records(days) => {
                let rank = (normal_cdf(z) * days.len() as f64) as usize;
                days.get(rank.min(days.len().saturating_sub(1))).copied().unwrap_or(0.0)
            }
            Self::Mixture(parts) => part_of(parts, z).map_or(0.0, |(place, own)| parts[place].1.at(own)),
        }
    }

    /// Whether the days do not fall anywhere between two latent normals: always, but for mixtures whose parts are not in
    /// order; of those it says yes within a part only.
    pub(super) fn rises_between(&self, low: f64, high: f64) -> bool {
        let Self::Mixture(parts) = self else { return true };
        match (part_of(parts, low), part_of(parts, high)) {
            (Some((one, own_low)), Some((other, own_high))) => {
                one == other && parts[one].1.rises_between(own_low, own_high)
            }
            _ => true,
        }
    }
}

/// The part of a mixture that the latent normal z falls into, and that part's own latent normal.
///
/// The uniform Φ(z) falls into one part, and what is left of it is that part's own uniform. It is measured from the nearer
/// end, where it has all its digits.
fn part_of(parts: &[(f64, DurationSampler)], z: f64) -> Option<(usize, f64)> {
    let last = parts.len().checked_sub(1)?;
    let upper = z > 0.0;
    let mut left = normal_cdf(-z.abs());
    let at = |place: usize| if upper { last - place } else { place };
    let mut place = 0;
    while place < last && left >= parts[at(place)].0 {
        left -= parts[at(place)].0;
        place += 1;
    }
    let own = normal_quantile((left / parts[at(place)].0).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0));
    Some((at(place), if upper { -own } else { own }))
}

/// Quantiles of a gamma law over the knots of a table.
///
/// Newton's method for the logarithm of the nearer tail as a function of ln x: both are concave, so that it converges
/// from any start. It starts from the approximation of Wilson and Hilferty (1931), which is near for the large shapes
/// whose tails are out of a float's range elsewhere.
fn gamma_table(mean: f64, cv: f64) -> NormalTable {
    const MOST_STEPS: u32 = 60;
    let shape = 1.0 / (cv * cv);
    let log_gamma = libm::lgamma(shape);
    NormalTable::new(|z| {
        let tail = normal_cdf(-z.abs());
        // Near 0 the distribution function is x^k / Γ(k + 1).
        let near_zero = (libm::log(normal_cdf(z)) + log_gamma + libm::log(shape)) / shape;
        if near_zero < -28.0 {
            return mean / shape * libm::exp(near_zero);
        }
        let cube_root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * libm::sqrt(shape));
        let mut log_x = near_zero.max(libm::log(shape) + 3.0 * libm::log(cube_root.max(f64::MIN_POSITIVE)));
        for _ in 0..MOST_STEPS {
            let x = libm::exp(log_x);
            let (below, sign) = if z > 0.0 { (gamma_ur(shape, x), -1.0) } else { (gamma_lr(shape, x), 1.0) };
            let density = libm::exp(shape * log_x - x - log_gamma);
            let step = sign * (libm::log(tail) - libm::log(below)) * below / density;
            if !step.is_finite() {
                break;
            }
            log_x += step.clamp(-2.0, 2.0);
            if step.abs() < 1e-14 {
                break;
            }
        }
        mean / shape * libm::exp(log_x)
    })
}

/// Quantile of a PERT law at Φ(z), by bisection from the nearer end.
fn pert(min: f64, mode: f64, max: f64, z: f64) -> f64 {
    const HALVINGS: u32 = 60;
    let width = max - min;
    let (rise, fall) = (1.0 + 4.0 * (mode - min) / width, 1.0 + 4.0 * (max - mode) / width);
    let (a, b) = if z > 0.0 { (fall, rise) } else { (rise, fall) };
    let tail = normal_cdf(-z.abs());
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if beta_reg(a, b, middle) < tail { low = middle } else { high = middle }
    }
    let from_end = width * 0.5 * (low + high);
    if z > 0.0 { max - from_end } else { min + from_end }
}

#[cfg(test)]
mod tests;
