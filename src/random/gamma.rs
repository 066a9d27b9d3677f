//! Gamma numbers with mean 1.

use super::Stream;

/// A gamma law with mean 1, prepared for many draws.
///
/// Method: Marsaglia & Tsang (2000), "A simple method for generating gamma variables", ACM TOMS 26; below shape 1 by
/// their boost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gamma {
    shape: f64,
    /// Shape - 1/3 of the shape that is drawn from (one more if the shape is below 1).
    d: f64,
    c: f64,
    /// What makes the mean 1.
    scale: f64,
    /// 1 / (54 d) in units of half a number, see [`Gamma::draw`].
    squeeze: f64,
}

impl Gamma {
    /// The law with this shape (variance 1 / shape); `None` unless it is positive and finite.
    #[must_use]
    pub fn with_mean_one(shape: f64) -> Option<Self> {
        if !(shape > 0.0 && shape.is_finite()) {
            return None;
        }
        let d = if shape < 1.0 { shape + 1.0 } else { shape } - 1.0 / 3.0;
        Some(Self { shape, d, c: 1.0 / (9.0 * d).sqrt(), scale: d / shape, squeeze: UNIT / (54.0 * d) })
    }

    /// Draws a number.
    #[inline]
    pub fn draw(&self, stream: &mut Stream) -> f64 {
        let drawn = loop {
            let x = stream.quick_normal();
            let root = 1.0 + self.c * x;
            let v = root * root * root;
            let square = x * x;
            let high = f64::from(stream.half());
            // What a number is accepted with is exp(-3 d ∫ t³ / (1 + t) dt) over t from 0 to c x, which from c x = -1/2
            // on is at least 1 - x⁴ / (54 d): the high half of a uniform nearly always decides.
            if root >= 0.5 && high + 1.0 <= UNIT - self.squeeze * (square * square) {
                break v;
            }
            if root > 0.0 && self.accepts(high, square, v, stream) {
                break v;
            }
        };
        if self.shape < 1.0 {
            drawn * self.scale * libm::pow(stream.uniform(), 1.0 / self.shape)
        } else {
            drawn * self.scale
        }
    }

    /// The acceptance test itself; `high` is the first half of its uniform.
    #[cold]
    fn accepts(&self, high: f64, square: f64, v: f64, stream: &mut Stream) -> bool {
        let uniform = (high + (f64::from(stream.half()) + 0.5) / UNIT) / UNIT;
        libm::log(uniform) < 0.5 * square + self.d * (1.0 - v + libm::log(v))
    }
}

/// Values of half a number.
const UNIT: f64 = (1_u64 << 32) as f64;

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, Gamma as Law};

    use super::*;
    use crate::random::{Entity, Seed, Source};

    /// Chi-square over 200 equally likely cells.
    #[test]
    fn draws_have_the_law_of_every_shape() {
        const CELLS: usize = 200;
        for shape in [0.3, 1.0, 2.5, 20.0, 400.0] {
            let law = Law::new(shape, shape).expect("a law");
            let gamma = Gamma::with_mean_one(shape).expect("a law");
            let (n, mut cells) = (400_000, [0_u32; CELLS]);
            let mut stream = Stream::open(Seed(22), 0, Source::Organic, Entity::named(&["gamma"]));
            for _ in 0..n {
                cells[((law.cdf(gamma.draw(&mut stream)) * CELLS as f64) as usize).min(CELLS - 1)] += 1;
            }
            let expected = f64::from(n) / CELLS as f64;
            let chi: f64 = cells.iter().map(|seen| (f64::from(*seen) - expected).powi(2) / expected).sum();
            let freedom = (CELLS - 1) as f64;
            assert!((chi - freedom).abs() < 4.0 * (2.0 * freedom).sqrt(), "{shape}: {chi}");
        }
    }
}
