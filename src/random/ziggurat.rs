//! Standard normal numbers by rejection from a stack of rectangles: for normals of which only the law matters.
//!
//! Inversion ([`super::normal`]) takes one uniform a number and rises with it; this takes a third of the time, but now and
//! then more than one number.

use super::Stream;

/// Rectangles, the one with the tail included.
const LAYERS: usize = 256;
/// Where the tail begins.
const TAIL: f64 = 3.654_152_885_361_009;
/// Area of every layer under exp(-x²/2): that of the tail and of the rectangle below it.
const AREA: f64 = 0.004_928_673_233_974_655;

/// Half-widths of the layers from the lowest to the top, whose is 0; the lowest is as wide as its area asks for.
static WIDTHS: [f64; LAYERS + 1] = widths();

/// A standard normal number.
///
/// Source: Marsaglia & Tsang (2000), "The ziggurat method for generating random variables", Journal of Statistical
/// Software 5(8); layer and place come from different bits, as Doornik (2005) asks for.
#[inline]
pub(super) fn normal(stream: &mut Stream) -> f64 {
    loop {
        let bits = stream.bits();
        let layer = bits as usize % LAYERS;
        // 53 bits strictly between -1 and 1, none of which chose the layer.
        let place = ((bits as i64 >> 11) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64);
        let x = place * WIDTHS[layer];
        if x.abs() < WIDTHS[layer + 1] {
            return x;
        }
        if let Some(x) = beside(layer, x, stream) {
            return x;
        }
    }
}

/// What lies in `layer` beyond the layer above it: the tail, or a wedge that is accepted under the curve.
#[cold]
fn beside(layer: usize, x: f64, stream: &mut Stream) -> Option<f64> {
    if layer > 0 {
        let (low, high) = (density(WIDTHS[layer]), density(WIDTHS[layer + 1]));
        return (low + stream.uniform() * (high - low) < density(x)).then_some(x);
    }
    // Marsaglia (1964), "Generating a variable from the tail of the normal distribution".
    loop {
        let beyond = -libm::log(stream.uniform()) / TAIL;
        if -2.0 * libm::log(stream.uniform()) > beyond * beyond {
            return Some((TAIL + beyond).copysign(x));
        }
    }
}

fn density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x)
}

/// Each layer begins where the one below it ends: f(x') = f(x) + AREA / x.
const fn widths() -> [f64; LAYERS + 1] {
    let mut widths = [0.0; LAYERS + 1];
    widths[0] = AREA / exp_of_minus(0.5 * TAIL * TAIL);
    widths[1] = TAIL;
    let mut layer = 2;
    while layer < LAYERS {
        let below = widths[layer - 1];
        let height = exp_of_minus(0.5 * below * below) + AREA / below;
        widths[layer] = root(-2.0 * log_of(height));
        layer += 1;
    }
    widths
}

/// exp(-x) for x from 0 to 8 when the table is made: the power series at x/64, squared six times.
const fn exp_of_minus(x: f64) -> f64 {
    let small = -x / 64.0;
    let (mut sum, mut term, mut k) = (1.0, 1.0, 1.0);
    while k < 20.0 {
        term *= small / k;
        sum += term;
        k += 1.0;
    }
    let mut square = 0;
    while square < 6 {
        sum *= sum;
        square += 1;
    }
    sum
}

/// ln y for y from e^-8 to 1, by Newton's method on the exponential.
const fn log_of(y: f64) -> f64 {
    let (mut minus, mut step) = (0.0, 0);
    while step < 40 {
        minus += 1.0 - y / exp_of_minus(minus);
        step += 1;
    }
    -minus
}

/// √y for y from 0 to 16, by Newton's method from above.
const fn root(y: f64) -> f64 {
    let (mut x, mut step) = (4.0, 0);
    while step < 40 {
        x = 0.5 * (x + y / x);
        step += 1;
    }
    x
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, Normal};

    use super::*;
    use crate::random::{Entity, Seed, Source};

    /// Equal areas, from the tail (by an independent distribution function) to the top.
    #[test]
    fn every_layer_has_the_same_area() {
        let tail = (2.0 * std::f64::consts::PI).sqrt() * Normal::standard().sf(TAIL);
        assert!((tail + TAIL * density(TAIL) - AREA).abs() < 1e-13);
        assert!((WIDTHS[0] * density(TAIL) - AREA).abs() < 1e-15);
        for layer in 1..LAYERS {
            let area = WIDTHS[layer] * (density(WIDTHS[layer + 1]) - density(WIDTHS[layer]));
            assert!((area - AREA).abs() < 1e-12, "{layer}: {area}");
        }
    }

    /// Chi-square over 400 equally likely cells, and the tails by themselves.
    #[test]
    fn draws_are_standard_normal() {
        const CELLS: usize = 400;
        let law = Normal::standard();
        let (n, mut cells, mut far) = (1_000_000, [0_u32; CELLS], 0_u32);
        let mut stream = Stream::open(Seed(21), 0, Source::Organic, Entity::named(&["ziggurat"]));
        for _ in 0..n {
            let x = normal(&mut stream);
            cells[((law.cdf(x) * CELLS as f64) as usize).min(CELLS - 1)] += 1;
            far += u32::from(x.abs() > TAIL);
        }
        let expected = f64::from(n) / CELLS as f64;
        let chi: f64 = cells.iter().map(|seen| (f64::from(*seen) - expected).powi(2) / expected).sum();
        let freedom = (CELLS - 1) as f64;
        assert!((chi - freedom).abs() < 4.0 * (2.0 * freedom).sqrt(), "{chi}");
        let beyond = 2.0 * law.sf(TAIL) * f64::from(n);
        assert!((f64::from(far) - beyond).abs() < 4.0 * beyond.sqrt(), "{far} of {beyond}");
    }
}
