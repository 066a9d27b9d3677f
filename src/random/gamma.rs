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
}

impl Gamma {
    /// The law with this shape (variance 1 / shape); `None` unless it is positive and finite.
    #[must_use]
    pub fn with_mean_one(shape: f64) -> Option<Self> {
        if !(shape > 0.0 && shape.is_finite()) {
            return None;
        }
        let d = if shape < 1.0 { shape + 1.0 } else { shape } - 1.0 / 3.0;
        Some(Self { shape, d, c: 1.0 / (9.0 * d).sqrt() })
    }

    /// Draws a number.
    #[inline]
    pub fn draw(&self, stream: &mut Stream) -> f64 {
        let drawn = loop {
            let x = stream.normal();
            let root = 1.0 + self.c * x;
            if root <= 0.0 {
                continue;
            }
            let v = root * root * root;
            let u = stream.uniform();
            let square = x * x;
            if u < 1.0 - 0.0331 * square * square || libm::log(u) < 0.5 * square + self.d * (1.0 - v + libm::log(v)) {
                break self.d * v;
            }
        };
        if self.shape < 1.0 {
            drawn * libm::pow(stream.uniform(), 1.0 / self.shape) / self.shape
        } else {
            drawn / self.shape
        }
    }
}
