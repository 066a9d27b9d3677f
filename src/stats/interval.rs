//! Confidence intervals: of a mean, of a share, of a quantile.

use serde::{Deserialize, Serialize};

use super::moments::Moments;
use super::normal::normal_quantile;
use super::solve;
use super::special::beta_tails;

/// A closed interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Upper quantile of Student's t at `(1 + confidence) / 2`; `None` unless `freedom` > 0 and 0 < `confidence` < 1.
///
/// Halving instead of statrs' quantile (0.19.1), which does not return for a very large freedom and panics for a very
/// small one. With q = t² / (ν + t²), P(|T| ≤ t) is the incomplete beta function I_q(½, ν/2).
pub(super) fn student_factor(freedom: f64, confidence: f64) -> Option<f64> {
    if !(confidence > 0.0 && confidence < 1.0) || freedom.is_nan() || freedom <= 0.0 {
        return None;
    }
    if freedom > LARGE_FREEDOM {
        // Cornish and Fisher (1937), to the first power of 1 / freedom: ten digits from here on.
        let z = normal_quantile(f64::midpoint(1.0, confidence))?;
        return Some(z + (z.powi(3) + z) / (4.0 * freedom));
    }
    let beyond = |q: f64| beta_tails(0.5, freedom / 2.0, q, 1.0 - q).above;
    let q = solve::bisect(0.0, 1.0, |q| beyond(q) <= 1.0 - confidence);
    Some((freedom * q / (1.0 - q)).sqrt())
}

/// From here on Student's quantile is a short series.
const LARGE_FREEDOM: f64 = 1e5;

impl Interval {
    /// Half the distance between the ends.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// Whether `value` lies in the interval, ends included.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Student's interval; `None` unless `freedom` > 0 and 0 < `confidence` < 1.
    ///
    /// ```text
    /// value ± t(ν, (1 + c) / 2) · standard error
    /// ```
    ///
    /// Source: Law (2015), "Simulation Modeling and Analysis" 5e, section 4.5.
    ///
    /// ```
    /// use stockburst::stats::Interval;
    /// let interval = Interval::student(10.0, 1.0, 7.0, 0.95).unwrap();
    /// assert!((interval.half_width() - 2.364_624).abs() < 1e-6); // table of Student's t
    /// ```
    #[must_use]
    pub fn student(value: f64, standard_error: f64, freedom: f64, confidence: f64) -> Option<Self> {
        let reach = student_factor(freedom, confidence)? * standard_error;
        Some(Self { low: value - reach, high: value + reach })
    }

    /// Student's interval of the mean of independent values; `None` of fewer than two.
    #[must_use]
    pub fn of_mean(sample: &[f64], confidence: f64) -> Option<Self> {
        Moments::of(sample).estimate()?.interval(confidence)
    }

    /// Wilson's score interval of a share: `events` out of `n`.
    ///
    /// ```text
    /// (p + z²/2n ± z √(p (1 - p)/n + z²/4n²)) / (1 + z²/n),  p = k/n,  z = Φ⁻¹((1 + c)/2)
    /// ```
    ///
    /// Source: Wilson (1927), JASA 22, 209-212. Holds its level on average over shares; keeps inside 0..=1.
    /// `None` if `n` is 0 or less than `events`, or unless 0 < `confidence` < 1.
    ///
    /// ```
    /// use stockburst::stats::Interval;
    /// let stockouts = Interval::wilson(3, 2000, 0.95).unwrap();
    /// assert!((stockouts.low - 0.000_510_263_583_638_482_1).abs() < 1e-15);
    /// assert!((stockouts.high - 0.004_401_032_555_770_694).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn wilson(events: u64, n: u64, confidence: f64) -> Option<Self> {
        if n == 0 || events > n || !(confidence > 0.0 && confidence < 1.0) {
            return None;
        }
        let z = normal_quantile(f64::midpoint(1.0, confidence))?;
        let n = n as f64;
        let share = events as f64 / n;
        let centre = share + z * z / (2.0 * n);
        let reach = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + z * z / n;
        Some(Self { low: ((centre - reach) / scale).max(0.0), high: ((centre + reach) / scale).min(1.0) })
    }

    /// Clopper and Pearson's interval of a share: never less than its level, so wider than Wilson's.
    ///
    /// ```text
    /// low  = B⁻¹((1 - c)/2; k, n - k + 1)
    /// high = B⁻¹((1 + c)/2; k + 1, n - k)
    /// ```
    ///
    /// with B the beta distribution function. Source: Clopper & Pearson (1934), Biometrika 26, 404-413.
    /// `None` if `n` is 0 or less than `events`, or unless 0 < `confidence` < 1.
    ///
    /// ```
    /// use stockburst::stats::Interval;
    /// let stockouts = Interval::clopper_pearson(3, 2000, 0.95).unwrap();
    /// assert!((stockouts.low - 0.000_309_442_949_312_333).abs() < 1e-14);
    /// assert!((stockouts.high - 0.004_377_320_104_5).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn clopper_pearson(events: u64, n: u64, confidence: f64) -> Option<Self> {
        if n == 0 || events > n || !(confidence > 0.0 && confidence < 1.0) {
            return None;
        }
        let (with, without) = (events as f64, (n - events) as f64);
        // Halving, because statrs' inverse (0.19.1) may not return for large n. Each end is where one tail of the
        // binomial is half of what the confidence leaves over.
        let tail = (1.0 - confidence) / 2.0;
        let low = |p: f64| beta_tails(with, without + 1.0, p, 1.0 - p).below >= tail;
        let high = |p: f64| beta_tails(with + 1.0, without, p, 1.0 - p).above <= tail;
        let low = if events == 0 { 0.0 } else { solve::bisect(0.0, 1.0, low) };
        let high = if events == n { 1.0 } else { solve::bisect(0.0, 1.0, high) };
        Some(Self { low, high })
    }

    /// Interval of the quantile at `level` from the order statistics of a sample sorted in ascending order.
    ///
    /// ```text
    /// [x(l), x(u)]:  l the largest rank with P(B < l) ≤ (1 - c)/2,  u the smallest with P(B < u) ≥ (1 + c)/2,
    ///                B ~ Binomial(n, level)
    /// ```
    ///
    /// It assumes no law for the values. Source: Conover (1999), "Practical Nonparametric Statistics" 3e, section 3.2.
    /// `None` when the sample is too small to have such ranks, or unless 0 < `level`, `confidence` < 1.
    ///
    /// ```
    /// use stockburst::stats::Interval;
    /// let sorted: Vec<f64> = (1..=100).map(f64::from).collect();
    /// // Ranks of the median of 100 values at 95 %: 40 and 61 (Conover's table).
    /// assert_eq!(Interval::of_quantile(&sorted, 0.5, 0.95), Some(Interval { low: 40.0, high: 61.0 }));
    /// assert_eq!(Interval::of_quantile(&sorted, 0.99, 0.95), None);
    /// ```
    #[must_use]
    pub fn of_quantile(sorted: &[f64], level: f64, confidence: f64) -> Option<Self> {
        let inside = |x: f64| x > 0.0 && x < 1.0;
        if !inside(level) || !inside(confidence) {
            return None;
        }
        let n = sorted.len();
        // P(B ≤ index) = P(B < rank) of the order statistic at this index, counted from 0.
        let at_most = |index: f64| beta_tails(index + 1.0, n as f64 - index, level, 1.0 - level).above;
        let first = |limit: f64| {
            solve::smallest_count(n as f64 * level, |index| index >= n as u64 || at_most(index as f64) >= limit)
        };
        let low = usize::try_from(first((1.0 - confidence) / 2.0)?).ok()?.checked_sub(1)?;
        let high = usize::try_from(first(f64::midpoint(1.0, confidence))?).ok()?;
        Some(Self { low: *sorted.get(low)?, high: *sorted.get(high)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_at_the_ends_keep_an_end() {
        let none = Interval::clopper_pearson(0, 50, 0.95).unwrap();
        // No event in n: 1 - (α/2)^(1/n), a "rule of three" with both tails.
        assert_eq!(none.low, 0.0);
        assert!((none.high - (1.0 - 0.025_f64.powf(1.0 / 50.0))).abs() < 1e-12);
        assert_eq!(Interval::clopper_pearson(50, 50, 0.95).map(|i| i.high), Some(1.0));
        assert_eq!(Interval::wilson(0, 50, 0.95).map(|i| i.low), Some(0.0));
    }

    #[test]
    fn odd_input_has_no_interval() {
        for confidence in [0.0, 1.0, -1.0, f64::NAN] {
            assert_eq!(Interval::wilson(1, 2, confidence), None);
            assert_eq!(Interval::clopper_pearson(1, 2, confidence), None);
            assert_eq!(Interval::student(0.0, 1.0, 3.0, confidence), None);
            assert_eq!(Interval::of_quantile(&[1.0, 2.0], 0.5, confidence), None);
        }
        assert_eq!(Interval::wilson(0, 0, 0.95), None);
        assert_eq!(Interval::clopper_pearson(3, 2, 0.95), None);
        assert_eq!(Interval::student(0.0, 1.0, f64::NAN, 0.95), None);
        let normal = Interval::student(0.0, 1.0, f64::INFINITY, 0.95).unwrap();
        assert!((normal.high - 1.959_963_984_540_054).abs() < 1e-12);
        let seam = |freedom| Interval::student(0.0, 1.0, freedom, 0.95).unwrap().high;
        assert!((seam(99_999.9) - seam(100_000.1)).abs() < 1e-9);
        assert_eq!(Interval::of_mean(&[1.0], 0.95), None);
        assert_eq!(Interval::of_quantile(&[], 0.5, 0.95), None);
    }
}
