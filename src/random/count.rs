//! Poisson counts for means that do not repeat, and runs of counts from one stream.

use super::{NegativeBinomial, Sieve, Stream, large_poisson};

/// Mean from which counts are rounded normals, corrected, rather than added up from 0.
pub(super) const REJECTION_FROM: f64 = 12.0;

/// Mean below which a count is more likely 0 than worth a random number of its own.
pub(super) const RARE_BELOW: f64 = 0.25;

/// How counts scatter around their mean, prepared for many draws.
#[derive(Debug, Clone, PartialEq)]
pub enum CountLaw {
    /// Variance equal to the mean.
    Poisson,
    /// Variance mean + mean² / size.
    NegativeBinomial(Box<NegativeBinomial>),
}

impl CountLaw {
    /// A count with this mean; 0 if the mean is not positive.
    #[inline]
    pub fn draw(&self, mean: f64, stream: &mut Stream) -> u64 {
        match self {
            Self::Poisson => poisson(mean, stream),
            Self::NegativeBinomial(law) => law.draw(mean, stream),
        }
    }

    /// The next of a run of counts from one stream, whose `sieve` decides about means that most likely bring nothing.
    #[inline]
    pub fn draw_beside(&self, mean: f64, sieve: &mut Sieve, stream: &mut Stream) -> u64 {
        if mean >= RARE_BELOW {
            return self.draw(mean, stream);
        }
        // P(0) >= 1 - mean in either law. Where the sieve lets a count pass, its quantile is uniform above 1 - mean.
        if !(mean > 0.0 && sieve.happens(mean, stream)) {
            return 0;
        }
        let quantile = 1.0 - mean * stream.uniform();
        match self {
            Self::Poisson => inverted(mean, quantile),
            Self::NegativeBinomial(law) => law.inverted(mean, quantile),
        }
    }
}

/// A Poisson count with this mean; 0 if the mean is not positive.
///
/// Small means by inversion, larger ones by transformed rejection. Logarithms and powers come from `libm`, so a count is
/// the same on every platform.
#[inline]
pub(super) fn poisson(mean: f64, stream: &mut Stream) -> u64 {
    if mean >= REJECTION_FROM {
        large_poisson::draw(mean, stream)
    } else if mean > 0.0 {
        let quantile = stream.uniform();
        // P(0) >= 1 - mean: most days of a fading tail bring nothing, and need no exponential.
        if quantile < 1.0 - mean { 0 } else { inverted(mean, quantile) }
    } else {
        0
    }
}

/// The Poisson count at a quantile.
fn inverted(mean: f64, quantile: f64) -> u64 {
    let mut left = quantile;
    let mut mass = libm::exp(-mean);
    let mut count = 0;
    while left > mass && mass > 0.0 {
        left -= mass;
        count += 1;
        mass *= mean / count as f64;
    }
    count
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
        for (mean, size) in [(0.3, 20.0), (8.0, 2.5), (11.0, 20.0), (9.0, 0.4), (50.0, 20.0), (50.0, 0.7)] {
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
