//! Mean and variance of a sample, in one pass.

use super::estimate::Estimate;

/// Number, mean and variance of the values seen so far.
///
/// Welford's update: it never subtracts two large sums. Source: Welford (1962), Technometrics 4(3), 419-420.
///
/// ```
/// use stockburst::stats::Moments;
/// let sold = Moments::of(&[12.0, 18.0, 9.0, 30.0, 22.0, 15.0, 41.0, 8.0, 17.0, 25.0]);
/// assert!((sold.mean().unwrap() - 19.7).abs() < 1e-12);
/// assert!((sold.variance().unwrap() - 104.011_111_111_111).abs() < 1e-11);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    n: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// The moments of a sample.
    #[must_use]
    pub fn of(sample: &[f64]) -> Self {
        sample.iter().copied().collect()
    }

    /// Takes one more value in.
    pub fn push(&mut self, value: f64) {
        self.n += 1;
        let before = value - self.mean;
        self.mean += before / self.n as f64;
        self.squares += before * (value - self.mean);
    }

    /// How many values were seen.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// The mean; `None` of an empty sample.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then_some(self.mean)
    }

    /// The sample variance, with divisor n - 1; `None` of fewer than two values.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        (self.n > 1).then(|| self.squares / (self.n - 1) as f64)
    }

    /// The sample standard deviation; `None` of fewer than two values.
    #[must_use]
    pub fn sd(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// The standard error of the mean, s / √n; `None` of fewer than two values.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.variance().map(|variance| (variance / self.n as f64).sqrt())
    }

    /// The mean with its standard error; `None` of fewer than two values.
    #[must_use]
    pub fn estimate(&self) -> Option<Estimate> {
        Some(Estimate { value: self.mean()?, standard_error: self.standard_error()?, n: self.n })
    }
}

impl FromIterator<f64> for Moments {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut moments = Self::default();
        moments.extend(values);
        moments
    }
}

impl Extend<f64> for Moments {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.push(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_offset_costs_no_digits() {
        let moments = Moments::of(&[1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0]);
        assert_eq!(moments.variance(), Some(30.0));
        assert_eq!(moments.standard_error(), Some(7.5_f64.sqrt()));
    }

    #[test]
    fn small_samples_have_a_decided_answer() {
        assert_eq!(Moments::of(&[]).mean(), None);
        let one = Moments::of(&[3.0]);
        assert_eq!((one.mean(), one.variance(), one.estimate()), (Some(3.0), None, None));
        assert!(Moments::of(&[1.0, f64::NAN]).mean().is_some_and(f64::is_nan));
    }
}
