//! A discrete law as a table that is drawn from with one number, for means that repeat.

use super::Stream;

/// Bits of a threshold, which decides between a slot's two values.
const THRESHOLD_BITS: u32 = 48;
/// Most slots: what is left of 64 bits.
const MOST_SLOTS: usize = 1 << (64 - THRESHOLD_BITS);
/// Where a slot holds its other value.
const OTHER: u64 = MOST_SLOTS as u64 - 1;

/// A table of equally likely slots, each split between two values (Walker 1977, in the exact construction of
/// Vose 1991).
///
/// A few random bits draw: the low ones choose the slot, the high ones the side, and only where those equal the first bits
/// of the slot's threshold are the rest of its 48 bits compared. Probabilities are those of the law to within 2^-48 a slot.
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
        let bits = stream.half();
        let (value, tie) = self.chosen::<16>(bits);
        if tie { self.decide::<16>(bits, stream) } else { value }
    }

    /// Draws a value for each place of `values`, the i-th from `tables[which[i]]`: four from one 64-bit number if no table
    /// has more than 256 slots. Stops at the end of the shorter of `which` and `values`.
    ///
    /// # Panics
    /// If there is no such table.
    pub fn fill<T>(
        tables: &[Self],
        which: &[usize],
        values: &mut [T],
        stream: &mut Stream,
        value_of: impl Fn(u64) -> T,
    ) {
        let narrow = tables.iter().all(|table| table.slots.len() <= 1 << 8);
        let quads = if narrow { which.len().min(values.len()) / 4 } else { 0 };
        let (which, which_rest) = which.split_at(4 * quads);
        let (values, values_rest) = values.split_at_mut(4 * quads);
        for (which, values) in which.as_chunks::<4>().0.iter().zip(values.as_chunks_mut::<4>().0) {
            let word = stream.bits();
            let quarter = |at: usize| (word >> (16 * at)) as u32 & 0xffff;
            let mut ties = false;
            let drawn: [u64; 4] = std::array::from_fn(|at| {
                let (value, tie) = tables[which[at]].chosen::<8>(quarter(at));
                ties |= tie;
                value
            });
            *values = drawn.map(&value_of);
            if ties {
                for (at, value) in values.iter_mut().enumerate() {
                    let table = &tables[which[at]];
                    if table.chosen::<8>(quarter(at)).1 {
                        *value = value_of(table.decide::<8>(quarter(at), stream));
                    }
                }
            }
        }
        for (which, value) in which_rest.iter().zip(values_rest) {
            *value = value_of(tables[*which].draw(stream));
        }
    }

    /// The value that `bits` choose, the slot by the low ones and the side by the `HALF` ones above the lower `HALF`; and
    /// whether these are the threshold's own, so that more bits must decide.
    #[inline(always)]
    fn chosen<const HALF: u32>(&self, bits: u32) -> (u64, bool) {
        let slot = bits as usize & (self.slots.len() - 1);
        let entry = self.slots[slot];
        let (drawn, threshold) = (u64::from(bits >> HALF), entry >> (64 - HALF));
        // Without a branch: which side is chosen cannot be foreseen.
        let (slot, other) = (slot as u64, entry & OTHER);
        let keeps = u64::from(drawn < threshold).wrapping_neg();
        (self.first + (other ^ ((slot ^ other) & keeps)), drawn == threshold)
    }

    /// The value that `bits` choose whose upper `HALF` are those of the threshold.
    #[cold]
    #[inline(never)]
    fn decide<const HALF: u32>(&self, bits: u32, stream: &mut Stream) -> u64 {
        let slot = bits as usize & (self.slots.len() - 1);
        let entry = self.slots[slot];
        // What is left of the threshold's 48 bits.
        let (drawn, threshold) = (stream.bits() >> (16 + HALF), entry << HALF >> (16 + HALF));
        self.first + if drawn < threshold { slot as u64 } else { entry & OTHER }
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

    /// Chi-square of draws one by one and of draws four at a time, from a narrow and from a wide table, within five standard
    /// deviations of its mean.
    #[test]
    fn draws_have_the_law_of_the_weights() {
        let some = [0.5, 0.0, 3.0, 1.0, 0.25, 7.0, 2.0];
        let many: Vec<f64> = (0..1000).map(|at| some[at % 7] * (1.0 + at as f64)).collect();
        for weights in [some.as_slice(), &many] {
            let table = AliasTable::from_weights(10, weights).expect("a law");
            let mut stream = Stream::open(Seed(1), 0, Source::Organic, Entity::named(&["alias"]));
            let n = 500_001;
            let (mut single, mut four) = (vec![0_u32; weights.len()], vec![0_u32; weights.len()]);
            for _ in 0..n {
                single[(table.draw(&mut stream) - 10) as usize] += 1;
            }
            let mut values = vec![0; n];
            AliasTable::fill(&[table], &vec![0; n], &mut values, &mut stream, |value| value);
            values.iter().for_each(|value| four[(value - 10) as usize] += 1);
            let total: f64 = weights.iter().sum();
            for counts in [single, four] {
                let cells = weights.iter().zip(&counts).filter(|(w, _)| **w > 0.0);
                let freedom = cells.clone().count() as f64 - 1.0;
                let chi: f64 = cells
                    .map(|(w, c)| {
                        let expected = n as f64 * w / total;
                        (f64::from(*c) - expected).powi(2) / expected
                    })
                    .sum();
                assert_eq!((counts[1], counts.iter().sum::<u32>()), (0, n as u32));
                assert!((chi - freedom).abs() < 5.0 * (2.0 * freedom).sqrt(), "{} weights: {chi}", weights.len());
            }
        }
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
