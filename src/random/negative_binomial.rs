//! Negative-binomial counts of one size, for means that do not repeat.

use super::count::{REJECTION_FROM, poisson};
use super::{Gamma, Stream};

/// Whole sizes up to this have P(0) by multiplications.
const LARGEST_WHOLE: f64 = 1024.0;
/// Steps of the inversion whose factors are worked out beforehand.
const STEPS: usize = 32;

/// Negative-binomial counts with one size k (variance mean + mean² / k), prepared for many draws.
///
/// A gamma-mixed Poisson count, or directly by inversion where the mean is small.
#[derive(Debug, Clone, PartialEq)]
pub struct NegativeBinomial {
    size: f64,
    /// The size, if it is a whole number.
    whole: Option<u32>,
    mixture: Gamma,
    /// (size + i) / (i + 1): p(i + 1) / p(i) in units of the odds.
    steps: [f64; STEPS],
}

impl NegativeBinomial {
    /// The law with this size; `None` unless it is positive and finite.
    #[must_use]
    pub fn with_size(size: f64) -> Option<Self> {
        let mixture = Gamma::with_mean_one(size)?;
        let whole = (size <= LARGEST_WHOLE && size.fract() == 0.0).then_some(size as u32);
        let steps = std::array::from_fn(|i| (size + i as f64) / (i as f64 + 1.0));
        Some(Self { size, whole, mixture, steps })
    }

    /// A count with this mean; 0 if the mean is not positive.
    #[inline]
    pub fn draw(&self, mean: f64, stream: &mut Stream) -> u64 {
        if mean >= REJECTION_FROM {
            return self.mixed(mean, stream);
        }
        let left = stream.uniform();
        // P(0) = (1 + mean / size)^-size >= 1 - mean: most days of a fading tail bring nothing, and need no power.
        if left < 1.0 - mean { 0 } else { self.inverted(mean, left) }
    }

    fn mixed(&self, mean: f64, stream: &mut Stream) -> u64 {
        poisson(mean * self.mixture.draw(stream), stream)
    }

    /// The count at the quantile `left`.
    pub(super) fn inverted(&self, mean: f64, mut left: f64) -> u64 {
        if mean.is_nan() || mean <= 0.0 {
            return 0;
        }
        let odds = mean / (mean + self.size);
        let mut mass = match self.whole {
            Some(size) => power(1.0 - odds, size),
            None => libm::exp(-self.size * libm::log1p(mean / self.size)),
        };
        let mut count = 0;
        while left > mass && mass > 0.0 {
            left -= mass;
            let step = self.steps.get(count).copied();
            mass *= odds * step.unwrap_or_else(|| (self.size + count as f64) / (count + 1) as f64);
            count += 1;
        }
        count as u64
    }
}

/// `base` to a whole power; not `powi`, whose last bit is the platform's.
#[inline]
fn power(base: f64, exponent: u32) -> f64 {
    let (mut left, mut square, mut product) = (exponent, base, 1.0);
    while left > 0 {
        if left & 1 == 1 {
            product *= square;
        }
        square *= square;
        left >>= 1;
    }
    product
}
