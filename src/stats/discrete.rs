//! Probability of every count: exact sums of demands and of lead times.

use serde::{Deserialize, Serialize};

use super::law::DemandLaw;
use super::law_build::LawError;

/// A quantile is reached when the probability falls short by no more than this share: a sum of many masses, each
/// rounded, does not know better.
const ROUNDING: f64 = 1e-12;
/// A tail with less probability than this is left out of a law without end.
const NEGLIGIBLE: f64 = 1e-18;

/// The probability of each of 0, 1, 2, ... (units, or days).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<f64>", into = "Vec<f64>")]
pub struct Pmf {
    masses: Vec<f64>,
}

/// Weights that are not a distribution over counts.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PmfError {
    /// A weight is negative or not a number.
    #[error("`{0}` is not a probability; write a number from 0 to 1")]
    Weight(f64),
    /// The weights do not add up to 1.
    #[error("the probabilities add up to `{0}`; make them add up to 1")]
    Total(f64),
    /// A count is too large to be enumerated.
    #[error("`{0}` is too large a count to enumerate; the limit is 1048576")]
    Support(f64),
    /// The law is not one of counts.
    #[error("{0:?} is not a law of whole units; use poisson or negative-binomial")]
    Continuous(DemandLaw),
    /// A parameter of the law is out of range.
    #[error(transparent)]
    Law(#[from] LawError),
}

impl Pmf {
    /// The longest support kept: a million counts, 8 MB.
    pub(crate) const MOST_COUNTS: u64 = 1 << 20;

    /// The distribution that gives these (count, probability) pairs; a count given twice has the sum.
    ///
    /// # Errors
    /// [`PmfError`] if a probability is negative or not a number, if they do not add up to 1 within 1e-9, or if a count
    /// is too large to enumerate.
    ///
    /// ```
    /// use stockburst::stats::Pmf;
    /// let customs = Pmf::from_pairs(&[(1, 0.7), (3, 0.2), (10, 0.1)]).unwrap();
    /// assert!((customs.mean() - 2.3).abs() < 1e-15);
    /// assert_eq!(customs.quantile(0.95), Some(10));
    /// ```
    pub fn from_pairs(pairs: &[(u64, f64)]) -> Result<Self, PmfError> {
        let most = pairs.iter().map(|(count, _)| *count).max().unwrap_or(0);
        if most > Self::MOST_COUNTS {
            return Err(PmfError::Support(most as f64));
        }
        let mut masses = vec![0.0; most as usize + 1];
        for &(count, mass) in pairs {
            if mass.is_nan() || mass < 0.0 {
                return Err(PmfError::Weight(mass));
            }
            masses[count as usize] += mass;
        }
        Self::try_from(masses)
    }

    /// Each value of a history with the same probability.
    ///
    /// # Errors
    /// [`PmfError`] if the history is empty or a count is too large to enumerate.
    pub fn empirical(history: &[u64]) -> Result<Self, PmfError> {
        let share = 1.0 / history.len() as f64;
        Self::from_pairs(&history.iter().map(|&count| (count, share)).collect::<Vec<_>>())
    }

    /// The distribution of a law of counts, up to where less than 1e-18 is left.
    ///
    /// # Errors
    /// [`PmfError`] if the law is not one of counts, is out of range, or reaches too far to enumerate.
    ///
    /// ```
    /// use stockburst::stats::{DemandLaw, Pmf};
    /// let day = Pmf::from_law(&DemandLaw::Poisson { mean: 3.2 }).unwrap();
    /// assert_eq!(day.n_fold(5).unwrap().quantile(0.95), Some(23)); // Poisson with mean 16
    /// ```
    pub fn from_law(law: &DemandLaw) -> Result<Self, PmfError> {
        let law = law.checked()?;
        if !law.is_count() {
            return Err(PmfError::Continuous(law));
        }
        let most = super::solve::smallest_count(law.mean(), |k| law.exceedance(k as f64) < NEGLIGIBLE)
            .filter(|&most| most <= Self::MOST_COUNTS)
            .ok_or(PmfError::Support(law.mean()))?;
        Ok(Self { masses: (0..=most).map_while(|k| law.mass(k)).collect() })
    }

    /// The distribution of the sum of two independent counts.
    ///
    /// # Errors
    /// [`PmfError::Support`] if the sum reaches too far to enumerate.
    pub fn convolve(&self, other: &Self) -> Result<Self, PmfError> {
        let length = self.masses.len() + other.masses.len() - 1;
        if length as u64 > Self::MOST_COUNTS {
            return Err(PmfError::Support(length as f64));
        }
        let mut masses = vec![0.0; length];
        for (shift, mass) in self.masses.iter().enumerate().filter(|(_, mass)| **mass > 0.0) {
            for (sum, other) in masses[shift..].iter_mut().zip(&other.masses) {
                *sum += mass * other;
            }
        }
        Ok(Self { masses })
    }

    /// The distribution of the sum of `n` independent counts of this distribution; 0 for certain if `n` is 0.
    ///
    /// # Errors
    /// [`PmfError::Support`] if the sum reaches too far to enumerate.
    pub fn n_fold(&self, n: u32) -> Result<Self, PmfError> {
        // Asked first, because the work grows with the square of the support.
        let largest = self.largest().saturating_mul(u64::from(n));
        if largest >= Self::MOST_COUNTS {
            return Err(PmfError::Support(largest as f64));
        }
        let mut sum = Self { masses: vec![1.0] };
        let mut power = self.clone();
        let mut left = n;
        while left > 0 {
            if left & 1 == 1 {
                sum = sum.convolve(&power)?;
            }
            left >>= 1;
            if left > 0 {
                power = power.convolve(&power)?;
            }
        }
        Ok(sum)
    }

    /// The distribution that is one of `parts`, each with its probability.
    ///
    /// # Errors
    /// [`PmfError`] if the probabilities are not such.
    pub fn mixture(parts: &[(f64, Self)]) -> Result<Self, PmfError> {
        let length = parts.iter().map(|(_, part)| part.masses.len()).max().unwrap_or(0);
        let mut masses = vec![0.0; length];
        for (weight, part) in parts {
            if weight.is_nan() || *weight < 0.0 {
                return Err(PmfError::Weight(*weight));
            }
            for (sum, mass) in masses.iter_mut().zip(&part.masses) {
                *sum += weight * mass;
            }
        }
        Self::try_from(masses)
    }

    /// The counts that can occur, with their probabilities, in ascending order.
    pub fn support(&self) -> impl Iterator<Item = (u64, f64)> + '_ {
        (0_u64..).zip(self.masses.iter().copied()).filter(|(_, mass)| *mass > 0.0)
    }

    /// The probability of each count from 0 to the largest kept.
    pub(crate) fn masses(&self) -> &[f64] {
        &self.masses
    }

    /// P(X = k).
    #[must_use]
    pub fn mass(&self, k: u64) -> f64 {
        usize::try_from(k).ok().and_then(|k| self.masses.get(k)).copied().unwrap_or(0.0)
    }

    /// The largest count kept.
    #[must_use]
    pub fn largest(&self) -> u64 {
        self.masses.len() as u64 - 1
    }

    fn average(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.support().map(|(count, mass)| mass * of(count as f64)).sum()
    }

    /// Mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.average(|count| count)
    }

    /// Variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.average(|count| (count - mean).powi(2))
    }

    /// P(X ≤ x).
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.support().take_while(|(count, _)| *count as f64 <= x).map(|(_, mass)| mass).sum()
    }

    /// P(X > x).
    #[must_use]
    pub fn exceedance(&self, x: f64) -> f64 {
        self.support().filter(|(count, _)| *count as f64 > x).map(|(_, mass)| mass).sum()
    }

    /// The smallest count k with P(X ≤ k) ≥ `probability`, which may miss by a share of 1e-12: that is the rounding
    /// of a sum, not a customer. `None` unless 0 < `probability` < 1.
    #[must_use]
    pub fn quantile(&self, probability: f64) -> Option<u64> {
        if !(probability > 0.0 && probability < 1.0) {
            return None;
        }
        let wanted = probability * (1.0 - ROUNDING);
        let mut reached = 0.0;
        let found = self.support().find(|(_, mass)| {
            reached += mass;
            reached >= wanted
        });
        // What truncation left out lies beyond the last count.
        Some(found.map_or(self.largest(), |(count, _)| count))
    }

    /// Expected shortage when x is in stock, E[(X - x)+].
    #[must_use]
    pub fn loss(&self, x: f64) -> f64 {
        self.average(|count| if count > x { count - x } else { 0.0 })
    }

    /// Expected left-over when x is in stock, E[(x - X)+].
    #[must_use]
    pub fn complementary_loss(&self, x: f64) -> f64 {
        self.average(|count| if count < x { x - count } else { 0.0 })
    }
}

/// Probabilities of 0, 1, 2, ...
impl TryFrom<Vec<f64>> for Pmf {
    type Error = PmfError;

    fn try_from(masses: Vec<f64>) -> Result<Self, PmfError> {
        if let Some(&mass) = masses.iter().find(|mass| mass.is_nan() || **mass < 0.0) {
            return Err(PmfError::Weight(mass));
        }
        let total: f64 = masses.iter().sum();
        if (total - 1.0).abs() <= 1e-9 { Ok(Self { masses }) } else { Err(PmfError::Total(total)) }
    }
}

impl From<Pmf> for Vec<f64> {
    fn from(pmf: Pmf) -> Self {
        pmf.masses
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_days_are_the_law_of_the_sum() {
        for day in [DemandLaw::Poisson { mean: 3.2 }, DemandLaw::NegativeBinomial { mean: 6.0, size: 2.0 }] {
            let week = Pmf::from_law(&day).unwrap().n_fold(7).unwrap();
            let law = day.over(7.0).unwrap();
            assert!((week.mean() - law.mean()).abs() < 1e-11 && (week.variance() - law.variance()).abs() < 1e-9);
            for x in [0.0, 20.0, 45.5, 70.0] {
                assert!((week.cdf(x) - law.cdf(x)).abs() < 1e-13, "{day:?} at {x}");
                assert!((week.loss(x) - law.loss(x)).abs() < 1e-11, "{day:?} at {x}");
                assert!((week.complementary_loss(x) - law.complementary_loss(x)).abs() < 1e-11, "{day:?} at {x}");
            }
            for p in [0.01, 0.5, 0.95, 0.999] {
                assert_eq!(week.quantile(p).map(|k| k as f64), law.quantile(p), "{day:?} at {p}");
            }
        }
    }

    #[test]
    fn a_quantile_on_a_step_is_that_step() {
        let tenths = Pmf::from_pairs(&(0..10).map(|k| (k, 0.1)).collect::<Vec<_>>()).unwrap();
        for k in 1..10_u32 {
            assert_eq!(tenths.quantile(f64::from(k) / 10.0), Some(u64::from(k - 1)));
        }
    }

    #[test]
    fn odd_input_is_refused() {
        assert_eq!(Pmf::from_pairs(&[]), Err(PmfError::Total(0.0)));
        assert_eq!(Pmf::from_pairs(&[(1, 0.5)]), Err(PmfError::Total(0.5)));
        assert_eq!(Pmf::from_pairs(&[(1, -0.5), (2, 1.5)]), Err(PmfError::Weight(-0.5)));
        assert!(matches!(Pmf::from_pairs(&[(1, f64::NAN)]), Err(PmfError::Weight(_))));
        assert!(matches!(Pmf::from_pairs(&[(u64::MAX, 1.0)]), Err(PmfError::Support(_))));
        assert!(matches!(Pmf::empirical(&[]), Err(PmfError::Total(_))));
        assert!(matches!(Pmf::from_law(&DemandLaw::Poisson { mean: 1e300 }), Err(PmfError::Support(_))));
        assert!(matches!(Pmf::from_law(&DemandLaw::Gamma { shape: 1.0, scale: 1.0 }), Err(PmfError::Continuous(_))));
        assert!(Pmf::mixture(&[]).is_err());
        let day = Pmf::from_law(&DemandLaw::Poisson { mean: 1.0 }).unwrap();
        assert!(day.n_fold(u32::MAX).is_err());
        assert_eq!((day.quantile(f64::NAN), day.quantile(1.0)), (None, None));
        assert_eq!(day.n_fold(0).unwrap().mean(), 0.0);
    }
}
