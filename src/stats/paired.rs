//! Differences between two candidates.
//!
//! Candidates meet the same futures, so their outcomes are compared path by path: what both suffer cancels.

use super::interval::Interval;
use super::moments::Moments;

/// Mean of the differences a - b of two outcomes on the same paths.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedDifference {
    /// Mean difference, in the unit of the outcomes.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Number of paths.
    pub n: u64,
}

impl PairedDifference {
    /// Compares two outcomes path by path; `None` unless there are as many of each and at least two.
    ///
    /// ```text
    /// d_i = a_i - b_i;  mean d̄, standard error s_d / √n
    /// ```
    ///
    /// Source: Law (2015), "Simulation Modeling and Analysis" 5e, section 10.2.1.
    ///
    /// ```
    /// use stockburst::stats::PairedDifference;
    /// let a = [12.0, 9.0, 15.0, 7.0, 20.0, 11.0, 14.0, 8.0];
    /// let b = [10.0, 9.0, 13.0, 6.0, 16.0, 10.0, 13.0, 7.0];
    /// let difference = PairedDifference::of(&a, &b).unwrap();
    /// assert_eq!(difference.mean, 1.5);
    /// let interval = difference.interval(0.95).unwrap();
    /// assert!((interval.half_width() - 0.999_236_123_533_937_6).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn of(a: &[f64], b: &[f64]) -> Option<Self> {
        if a.len() != b.len() {
            return None;
        }
        let differences: Moments = a.iter().zip(b).map(|(a, b)| a - b).collect();
        let estimate = differences.estimate()?;
        Some(Self { mean: estimate.value, standard_error: estimate.standard_error, n: estimate.n })
    }

    /// Student's interval of the mean difference; `None` unless 0 < `confidence` < 1.
    #[must_use]
    pub fn interval(&self, confidence: f64) -> Option<Interval> {
        let freedom = self.n.checked_sub(1)? as f64;
        Interval::student(self.mean, self.standard_error, freedom, confidence)
    }
}

/// Mean difference of two outcomes from separate paths: what a comparison without common paths would know.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WelchDifference {
    /// Mean difference, in the unit of the outcomes.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Degrees of freedom by Welch and Satterthwaite.
    pub freedom: f64,
}

impl WelchDifference {
    /// Compares two samples as if they were independent; `None` of fewer than two values in either.
    ///
    /// ```text
    /// se² = s_a²/n_a + s_b²/n_b;  ν = se⁴ / ((s_a²/n_a)²/(n_a - 1) + (s_b²/n_b)²/(n_b - 1))
    /// ```
    ///
    /// Source: Welch (1947), Biometrika 34, 28-35.
    ///
    /// ```
    /// use stockburst::stats::WelchDifference;
    /// let a = [12.0, 9.0, 15.0, 7.0, 20.0, 11.0, 14.0, 8.0];
    /// let b = [10.0, 9.0, 13.0, 6.0, 16.0, 10.0, 13.0, 7.0];
    /// let difference = WelchDifference::of(&a, &b).unwrap();
    /// assert!((difference.freedom - 13.221_114_473_918_46).abs() < 1e-11);
    /// ```
    #[must_use]
    pub fn of(a: &[f64], b: &[f64]) -> Option<Self> {
        let (a, b) = (Moments::of(a).estimate()?, Moments::of(b).estimate()?);
        let (from_a, from_b) = (a.standard_error.powi(2), b.standard_error.powi(2));
        let variance = from_a + from_b;
        // Two constants differ for certain; their freedom is that of the pooled samples.
        let freedom = if variance == 0.0 {
            (a.n + b.n - 2) as f64
        } else {
            variance.powi(2) / (from_a.powi(2) / (a.n - 1) as f64 + from_b.powi(2) / (b.n - 1) as f64)
        };
        Some(Self { mean: a.value - b.value, standard_error: variance.sqrt(), freedom })
    }

    /// Student's interval of the mean difference; `None` unless 0 < `confidence` < 1.
    #[must_use]
    pub fn interval(&self, confidence: f64) -> Option<Interval> {
        Interval::student(self.mean, self.standard_error, self.freedom, confidence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_input_has_a_decided_answer() {
        assert_eq!(PairedDifference::of(&[1.0, 2.0], &[1.0]), None);
        assert_eq!(PairedDifference::of(&[1.0], &[1.0]), None);
        let same = PairedDifference::of(&[1.0, 2.0], &[0.0, 1.0]).unwrap();
        assert_eq!(same.interval(0.95), Some(Interval { low: 1.0, high: 1.0 }));
        let constant = WelchDifference::of(&[3.0, 3.0], &[1.0, 1.0]).unwrap();
        assert_eq!((constant.mean, constant.standard_error, constant.freedom), (2.0, 0.0, 2.0));
        assert!(WelchDifference::of(&[f64::NAN, 1.0], &[1.0, 2.0]).is_some_and(|d| d.interval(0.95).is_none()));
    }
}
