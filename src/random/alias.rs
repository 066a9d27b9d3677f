//! A discrete law as a table that is drawn from with one number, for means that repeat.

use super::Stream;

/// Bits of a drawn number that decide between a slot's two values.
const THRESHOLD_BITS: u32 = 48;
/// Most slots: what is left of 64 bits.
const MOST_SLOTS: usize = 1 << (64 - THRESHOLD_BITS);

/// A table of equally likely slots, each split between two values (Walker 1977, in the exact construction of
/// Vose 1991).
///
/// One 64-bit number draws: its low bits choose the slot, its top 48 bits the side. Probabilities are those of the law
/// to within 2^-48 a slot.
///
/// ```
/// use stockburst::random::{AliasTable, Entity, Seed, Source, Stream};
/// let dice = AliasTable::from_weights(1, &[1.0; 6]).unwrap();
/// let mut stream = Stream::open(Seed(1), 0, Source::Organic, Entity::named(&["dice"]));
/// assert!((1..=6).contains(&dice.draw(&mut stream)));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct AliasTable {
    /// Threshold in the top 48 bits, the other value in the low 16.
    slots: Vec<u64>,
    first: u64,
}

impl AliasTable {
    /// The law that takes the value `first` + i with a probability in proportion to `weights[i]`; `None` without a
    /// positive finite sum, with a negative weight, or with more than 65,536 weights.
    #[must_use]
    pub fn from_weights(first: u64, weights: &[f64]) -> Option<Self> {
        let total: f64 = weights.iter().sum();
        let size = weights.len().next_power_of_two();
        if !(total > 0.0 && total.is_finite()) || size > MOST_SLOTS || weights.iter().any(|w| w.is_nan() || *w < 0.0) {
            return None;
        }
        let mut share: Vec<f64> = weights.iter().map(|w| w / total * size as f64).collect();
        share.resize(size, 0.0);
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..size).partition(|at| share[*at] < 1.0);
        // A slot that keeps all of itself: its other value is never looked at.
        let mut slots: Vec<u64> = (0..size).map(|at| pack(1.0, at)).collect();
        while let (Some(less), Some(more)) = (small.pop(), large.last().copied()) {
            slots[less] = pack(share[less], more);
            share[more] -= 1.0 - share[less];
            if share[more] < 1.0 {
                large.pop();
                small.push(more);
            }
        }
        Some(Self { slots, first })
    }

    /// Poisson counts with this mean; `None` if it is not positive or too large for a table.
    #[must_use]
    pub fn poisson(mean: f64) -> Option<Self> {
        Self::from_ratio(mean, mean, |k| mean / k)
    }

    /// Negative-binomial counts with this mean and size; `None` outside its domain or too large for a table.
    #[must_use]
    pub fn negative_binomial(mean: f64, size: f64) -> Option<Self> {
        let odds = mean / (mean + size);
        let variance = mean + mean * mean / size;
        let law = Self::from_ratio(mean, variance, |k| odds * (size + k - 1.0) / k);
        law.filter(|_| size > 0.0)
    }

    /// A law from p(k) / p(k - 1), built outward from about its mode with + - x / only, so that the table has the same
    /// bits on every platform.
    fn from_ratio(mean: f64, variance: f64, ratio: impl Fn(f64) -> f64) -> Option<Self> {
        /// Weights below this share of the mode's are left out: less than the table can tell.
        const NEGLIGIBLE: f64 = 1e-19;
        /// A wider law is not worth a table.
        const WIDEST: f64 = 200.0;
        if !(mean > 0.0 && variance.sqrt() < WIDEST) {
            return None;
        }
        let mode = mean.floor();
        let mut above = Vec::new();
        let (mut k, mut weight) = (mode, 1.0);
        while weight > NEGLIGIBLE && above.len() < MOST_SLOTS {
            k += 1.0;
            weight *= ratio(k);
            above.push(weight);
        }
        let mut weights = Vec::new();
        let (mut k, mut weight) = (mode, 1.0);
        while k > 0.0 && weight > NEGLIGIBLE {
            weight /= ratio(k);
            k -= 1.0;
            weights.push(weight);
        }
        weights.reverse();
        weights.push(1.0);
        weights.append(&mut above);
        Self::from_weights(k as u64, &weights)
    }

    /// Draws a value.
    #[inline]
    pub fn draw(&self, stream: &mut Stream) -> u64 {
        let bits = stream.bits();
        let slot = bits as usize & (self.slots.len() - 1);
        let entry = self.slots[slot];
        let chosen = if bits >> (64 - THRESHOLD_BITS) < entry >> (64 - THRESHOLD_BITS) {
            slot as u64
        } else {
            entry & (MOST_SLOTS as u64 - 1)
        };
        self.first + chosen
    }
}

fn pack(share: f64, other: usize) -> u64 {
    const ONE: f64 = (1_u64 << THRESHOLD_BITS) as f64;
    let threshold = ((share * ONE) as u64).min((1 << THRESHOLD_BITS) - 1);
    (threshold << (64 - THRESHOLD_BITS)) | other as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Seed, Source};

    /// Chi-square of the draws against the weights, within five standard deviations of its mean.
    #[test]
    fn draws_have_the_law_of_the_weights() {
        let weights = [0.5, 0.0, 3.0, 1.0, 0.25, 7.0, 2.0];
        let table = AliasTable::from_weights(10, &weights).expect("a law");
        let mut stream = Stream::open(Seed(1), 0, Source::Organic, Entity::named(&["alias"]));
        let n = 400_000;
        let mut counts = [0_u32; 7];
        for _ in 0..n {
            counts[(table.draw(&mut stream) - 10) as usize] += 1;
        }
        assert_eq!(counts[1], 0);
        let total: f64 = weights.iter().sum();
        let chi: f64 = weights
            .iter()
            .zip(counts)
            .filter(|(w, _)| **w > 0.0)
            .map(|(w, c)| {
                let expected = f64::from(n) * w / total;
                (f64::from(c) - expected).powi(2) / expected
            })
            .sum();
        assert!((chi - 5.0).abs() < 5.0 * 10.0_f64.sqrt(), "{chi}");
    }

    #[test]
    fn what_is_no_law_is_none() {
        assert_eq!(AliasTable::from_weights(0, &[]), None);
        assert_eq!(AliasTable::from_weights(0, &[0.0, 0.0]), None);
        assert_eq!(AliasTable::from_weights(0, &[1.0, -1.0]), None);
        assert_eq!(AliasTable::from_weights(0, &[f64::NAN]), None);
        assert_eq!(AliasTable::poisson(0.0), None);
        assert_eq!(AliasTable::poisson(f64::INFINITY), None);
        assert_eq!(AliasTable::negative_binomial(40.0, 0.0), None);
    }
}
