//! Poisson and negative-binomial counts for means that do not repeat.

use super::{Gamma, Stream};

/// Mean from which the transformed rejection is quicker than adding up probabilities.
const REJECTION_FROM: f64 = 12.0;

/// A Poisson count with this mean; 0 if the mean is not positive.
///
/// Small means by inversion, larger ones by the transformed rejection PTRS of Hörmann (1993), "The transformed rejection
/// method for generating Poisson random variables", Insurance: Mathematics and Economics 12. Logarithms and powers come
/// from `libm`, so a count is the same on every platform.
#[inline]
pub(super) fn poisson(mean: f64, stream: &mut Stream) -> u64 {
    if mean >= REJECTION_FROM {
        by_rejection(mean, stream)
    } else if mean > 0.0 {
        let mut left = stream.uniform();
        // P(0) >= 1 - mean: most days of a fading tail bring nothing, and need no exponential.
        if left < 1.0 - mean {
            return 0;
        }
        let mut mass = libm::exp(-mean);
        let mut count = 0;
        while left > mass && mass > 0.0 {
            left -= mass;
            count += 1;
            mass *= mean / count as f64;
        }
        count
    } else {
        0
    }
}

fn by_rejection(mean: f64, stream: &mut Stream) -> u64 {
    /// Beyond this a floating-point number no longer holds every count.
    const LARGEST: f64 = 1e15;
    let mean = mean.min(LARGEST);
    let b = 0.931 + 2.53 * mean.sqrt();
    let a = -0.059 + 0.024_83 * b;
    let squeeze = 0.9277 - 3.6224 / (b - 2.0);
    loop {
        let u = stream.uniform() - 0.5;
        let v = stream.uniform();
        let side = 0.5 - u.abs();
        let count = ((2.0 * a / side + b) * u + mean + 0.43).floor();
        if side >= 0.07 && v <= squeeze {
            return count as u64;
        }
        if count < 0.0 || (side < 0.013 && v > side) {
            continue;
        }
        let scale = 1.1239 + 1.1328 / (b - 3.4);
        if libm::log(v * scale / (a / (side * side) + b)) <= log_poisson(mean, count) {
            return count as u64;
        }
    }
}

/// ln(e^-mean mean^k / k!), with Stirling's series for the factorial.
fn log_poisson(mean: f64, k: f64) -> f64 {
    const HALF_LOG_TWO_PI: f64 = 0.918_938_533_204_672_8;
    if k < 10.0 {
        let factorial: f64 = (1..=k as u64).map(|i| i as f64).product();
        return k * libm::log(mean) - mean - libm::log(factorial);
    }
    let inverse = 1.0 / k;
    let square = inverse * inverse;
    let series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0)));
    k - mean - k * libm::log(k / mean) - HALF_LOG_TWO_PI - 0.5 * libm::log(k) - series
}

/// A negative-binomial count with this mean and the size of `mixture`, a gamma law with mean 1 (variance mean +
/// mean² / size): a gamma-mixed Poisson, or directly by inversion where the mean is small.
#[inline]
pub(super) fn negative_binomial(mean: f64, size: f64, mixture: &Gamma, stream: &mut Stream) -> u64 {
    if mean >= REJECTION_FROM {
        poisson(mean * mixture.draw(stream), stream)
    } else if mean > 0.0 {
        let mut left = stream.uniform();
        // P(0) = (1 + mean / size)^-size >= 1 - mean.
        if left < 1.0 - mean {
            return 0;
        }
        let odds = mean / (mean + size);
        let mut mass = libm::exp(-size * libm::log1p(mean / size));
        let mut count = 0_u64;
        while left > mass && mass > 0.0 {
            left -= mass;
            mass *= odds * (size + count as f64) / (count + 1) as f64;
            count += 1;
        }
        count
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Discrete, NegativeBinomial, Poisson};

    use super::*;
    use crate::random::{AliasTable, Entity, Seed, Source};

    const DRAWS: usize = 200_000;

    /// How many standard deviations the chi-square of the draws lies above or below its mean.
    fn chi_square(name: &str, mass: impl Fn(u64) -> f64, mut draw: impl FnMut(&mut Stream) -> u64) -> f64 {
        let mut stream = Stream::open(Seed(11), 0, Source::Organic, Entity::named(&[name]));
        let mut counts: Vec<u32> = Vec::new();
        for _ in 0..DRAWS {
            let value = draw(&mut stream) as usize;
            if value >= counts.len() {
                counts.resize(value + 1, 0);
            }
            counts[value] += 1;
        }
        // Cells of at least 50 expected draws; what lies outside them is one more.
        let (mut chi, mut cells, mut expected, mut seen) = (0.0, 0.0, 0.0, 0_u32);
        let (mut all_expected, mut all_seen) = (0.0, 0_u32);
        for (value, count) in counts.iter().enumerate() {
            expected += mass(value as u64) * DRAWS as f64;
            seen += count;
            if expected >= 50.0 {
                chi += (f64::from(seen) - expected).powi(2) / expected;
                cells += 1.0;
                all_expected += expected;
                all_seen += seen;
                (expected, seen) = (0.0, 0);
            }
        }
        let rest = DRAWS as f64 - all_expected;
        if rest > 5.0 {
            chi += ((DRAWS as u32 - all_seen) as f64 - rest).powi(2) / rest;
            cells += 1.0;
        }
        (chi - (cells - 1.0)) / (2.0_f64 * (cells - 1.0)).sqrt()
    }

    #[test]
    fn every_sampler_of_poisson_counts_has_its_law() {
        for mean in [0.2, 3.0, 11.9, 12.0, 40.0, 700.0] {
            let law = Poisson::new(mean).expect("a law");
            let z = chi_square(&format!("poisson {mean}"), |k| law.pmf(k), |stream| stream.poisson(mean));
            assert!(z.abs() < 5.0, "mean {mean}: {z}");
            let table = AliasTable::poisson(mean).expect("a table");
            let z = chi_square(&format!("table {mean}"), |k| law.pmf(k), |stream| table.draw(stream));
            assert!(z.abs() < 5.0, "table {mean}: {z}");
        }
    }

    #[test]
    fn every_sampler_of_negative_binomial_counts_has_its_law() {
        for (mean, size) in [(0.3, 20.0), (8.0, 2.5), (50.0, 20.0), (50.0, 0.7)] {
            let law = NegativeBinomial::new(size, size / (size + mean)).expect("a law");
            let name = format!("nb {mean} {size}");
            let z = chi_square(&name, |k| law.pmf(k), |stream| stream.negative_binomial(mean, size));
            assert!(z.abs() < 5.0, "{name}: {z}");
            let table = AliasTable::negative_binomial(mean, size).expect("a table");
            let z = chi_square(&format!("table {name}"), |k| law.pmf(k), |stream| table.draw(stream));
            assert!(z.abs() < 5.0, "table {name}: {z}");
        }
    }
}
