//! A number over paths in a fixed count of batches, so that two candidates can be compared in pairs without keeping
//! every path.

use super::paired::PairedDifference;

/// Batches: path i belongs to batch i modulo this.
pub const BATCHES: usize = 64;

/// Sums of a number over each of 64 batches of paths, path i in batch i mod 64.
///
/// ```
/// use stockburst::stats::Batches;
/// let (mut a, mut b) = (Batches::default(), Batches::default());
/// for path in 0..640 {
///     a.push(path, 3.0 + (path % 7) as f64);
///     b.push(path, 1.0 + (path % 7) as f64);
/// }
/// let difference = a.less(&b).unwrap();
/// assert!((difference.mean - 2.0).abs() < 1e-12 && difference.standard_error < 1e-12);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Batches {
    sums: [f64; BATCHES],
    counts: [u64; BATCHES],
}

impl Default for Batches {
    fn default() -> Self {
        Self { sums: [0.0; BATCHES], counts: [0; BATCHES] }
    }
}

impl Batches {
    /// The batch of a path.
    #[must_use]
    pub const fn of(path: u64) -> usize {
        (path % BATCHES as u64) as usize
    }

    /// Adds the value of path `path`.
    pub const fn push(&mut self, path: u64, value: f64) {
        self.add(Self::of(path), value, 1);
    }

    /// Adds the sum of `count` values to a batch.
    pub const fn add(&mut self, batch: usize, sum: f64, count: u64) {
        self.sums[batch] += sum;
        self.counts[batch] += count;
    }

    /// Adds the values of `other`.
    pub fn merge(&mut self, other: &Self) {
        for (batch, (sum, count)) in other.sums.iter().zip(&other.counts).enumerate() {
            self.add(batch, *sum, *count);
        }
    }

    /// Mean of the paired differences `self` - `other`, its error from the spread of the batches; `None` unless both
    /// saw the same numbers of paths in at least two batches.
    ///
    /// ```text
    /// d̄ = Σ D_b / Σ n_b;  se² = B/(B - 1) Σ (D_b - n_b d̄)² / (Σ n_b)²
    /// ```
    ///
    /// D_b is the sum of the differences in batch b of n_b paths, B the number of batches with paths. Source: Law (2015),
    /// "Simulation Modeling and Analysis" 5e, sections 9.5.3 (batch means) and 10.2.1 (paired differences).
    #[must_use]
    pub fn less(&self, other: &Self) -> Option<PairedDifference> {
        if self.counts != other.counts {
            return None;
        }
        let filled: Vec<(f64, f64)> = (0..BATCHES)
            .filter(|batch| self.counts[*batch] > 0)
            .map(|batch| (self.sums[batch] - other.sums[batch], self.counts[batch] as f64))
            .collect();
        let batches = filled.len() as f64;
        if filled.len() < 2 {
            return None;
        }
        let n: f64 = filled.iter().map(|(_, n)| n).sum();
        let mean = filled.iter().map(|(sum, _)| sum).sum::<f64>() / n;
        let spread: f64 = filled.iter().map(|(sum, n)| (sum - n * mean).powi(2)).sum();
        let standard_error = (batches / (batches - 1.0) * spread).sqrt() / n;
        Some(PairedDifference { mean, standard_error, n: filled.len() as u64 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Seed, Source, Stream};

    /// The error of the batches is that of the paths, but for its own spread of 9 %.
    #[test]
    fn batches_know_the_error_of_the_paths() {
        let mut stream = Stream::open(Seed(2), 0, Source::Organic, Entity::named(&["batches"]));
        let mut ratio = 0.0;
        for _ in 0..50 {
            let (mut a, mut b) = (Batches::default(), Batches::default());
            let (mut left, mut right) = (Vec::new(), Vec::new());
            for path in 0..1000 {
                let common = stream.normal();
                left.push(common + stream.normal());
                right.push(common);
                a.push(path, left[path as usize]);
                b.push(path, right[path as usize]);
            }
            let by_path = PairedDifference::of(&left, &right).expect("a difference");
            let by_batch = a.less(&b).expect("a difference");
            assert!((by_path.mean - by_batch.mean).abs() < 1e-12);
            ratio += by_batch.standard_error / by_path.standard_error / 50.0;
        }
        assert!((ratio - 1.0).abs() < 0.05, "{ratio}");
    }
}
