//! Life cycle: where a product stands between its introduction and its end, as a factor on ordinary demand.

use serde::{Deserialize, Serialize};

/// Days of a week.
const WEEK: f64 = 7.0;

/// The diffusion of a new product: customers buy once, on their own or because others did.
///
/// Source: Bass (1969), "A new product growth model for consumer durables", Management Science 15, 215-227. With
/// s = p + q and r = q/p:
///
/// ```text
/// F(t) = (1 - e^(-s t)) / (1 + r e^(-s t)),   f(t) = F'(t)
/// ```
///
/// Times may be in any unit, which p and q share.
///
/// ```
/// use stockburst::process::Bass;
/// let bass = Bass { innovation: 0.03, imitation: 0.38 };
/// assert!((10_000.0 * bass.share_by(10.0) - 8128.032).abs() < 0.001);
/// assert!((bass.peak_time() - 6.192619).abs() < 1e-6);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bass {
    /// p: rate at which those who have not bought do so on their own; above 0.
    pub innovation: f64,
    /// q: rate at which they do so because others have; 0 or more.
    pub imitation: f64,
}

impl Bass {
    /// Share of the market that has bought by `time` after the introduction: F(t).
    #[must_use]
    pub fn share_by(self, time: f64) -> f64 {
        self.share_between(0.0, time)
    }

    /// Share of the market that buys between two times: F(until) - F(from), without their cancellation.
    #[must_use]
    pub fn share_between(self, from: f64, until: f64) -> f64 {
        let (rate, ratio) = (self.innovation + self.imitation, self.imitation / self.innovation);
        let (early, late) = (libm::exp(-rate * from), libm::exp(-rate * until));
        let fallen = -early * libm::expm1(-rate * (until - from));
        (1.0 + ratio) * fallen / ((1.0 + ratio * early) * (1.0 + ratio * late))
    }

    /// Share of the market that buys in a unit of time at `time`: f(t).
    #[must_use]
    pub fn rate(self, time: f64) -> f64 {
        let (rate, ratio) = (self.innovation + self.imitation, self.imitation / self.innovation);
        let left = libm::exp(-rate * time);
        let below = 1.0 + ratio * left;
        rate * (1.0 + ratio) * left / (below * below)
    }

    /// When the rate is largest: ln(q/p)/(p + q), or at once where q is not above p.
    #[must_use]
    pub fn peak_time(self) -> f64 {
        let peak = libm::log(self.imitation / self.innovation) / (self.innovation + self.imitation);
        if peak > 0.0 { peak } else { 0.0 }
    }
}

/// Where a product stands in its life, as seen from day 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum LifeCycle {
    /// Mature: no trend.
    #[default]
    Steady,
    /// Introduction or growth along the curve of Bass.
    Bass {
        /// The curve, a day.
        curve: Bass,
        /// Days since the introduction on day 0.
        age_days: f64,
    },
    /// A trend that fades (Gardner & McKenzie 1985, Management Science 31, 1237-1246): week w grows by
    /// (1 + growth)^(damping^w).
    Trend {
        /// Growth in the week before day 0, as a fraction; negative for a fall.
        weekly_growth: f64,
        /// What is left of the log growth after a week, from 0 to 1.
        damping: f64,
    },
    /// A decline that goes on.
    Decline {
        /// Share of demand lost in a week, from 0 to below 1.
        weekly_loss: f64,
    },
}

impl LifeCycle {
    /// Ordinary demand of `day` over that of day 0.
    ///
    /// ```
    /// use stockburst::process::LifeCycle;
    /// let growth = LifeCycle::Trend { weekly_growth: 0.05, damping: 0.9 };
    /// assert_eq!(growth.factor(0), 1.0);
    /// assert!((growth.factor(7) - 1.05_f64.powf(0.9)).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn factor(&self, day: usize) -> f64 {
        let weeks = day as f64 / WEEK;
        match self {
            Self::Steady => 1.0,
            Self::Bass { curve, age_days } => {
                let sold = |age: f64| curve.share_between(age, age + 1.0);
                let first = sold(*age_days);
                // A market that is sold out to the last bit stays so.
                if first > 0.0 { sold(age_days + day as f64) / first } else { 0.0 }
            }
            Self::Trend { weekly_growth, damping } => {
                let left = 1.0 - damping;
                let sum = if left > 1e-12 { damping * (1.0 - libm::pow(*damping, weeks)) / left } else { weeks };
                libm::exp(libm::log1p(*weekly_growth) * sum)
            }
            Self::Decline { weekly_loss } => libm::exp(libm::log1p(-weekly_loss) * weeks),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// V18: p = .03, q = .38: the day increments add up to F, and the factors follow them exactly.
    #[test]
    fn bass_increments_add_up() {
        let curve = Bass { innovation: 0.03, imitation: 0.38 };
        let sold: f64 = (0..10).map(|day| 10_000.0 * curve.share_between(f64::from(day), f64::from(day + 1))).sum();
        assert!((sold - 8_128.032_212_213_462).abs() < 1e-8, "{sold}");
        assert!((curve.share_by(curve.peak_time()) - 0.460_526_3).abs() < 1e-7);
        assert!((10_000.0 * curve.rate(curve.peak_time()) - 1_105.921_052_631_579).abs() < 1e-8);
        let cycle = LifeCycle::Bass { curve, age_days: 3.0 };
        let ratio = curve.share_between(8.0, 9.0) / curve.share_between(3.0, 4.0);
        assert!((cycle.factor(5) / ratio - 1.0).abs() < 1e-14);
        assert_eq!(cycle.factor(0), 1.0);
        assert_eq!(Bass { innovation: 0.1, imitation: 0.0 }.peak_time(), 0.0);
    }

    #[test]
    fn trends_fade_and_declines_go_on() {
        let damped = LifeCycle::Trend { weekly_growth: 0.05, damping: 0.9 };
        let linear = LifeCycle::Trend { weekly_growth: 0.05, damping: 1.0 };
        assert!((damped.factor(14) - 1.05_f64.powf(0.9 + 0.81)).abs() < 1e-12);
        assert!((damped.factor(70_000) - 1.05_f64.powi(9)).abs() < 1e-9, "nine weeks of growth are left");
        assert!((linear.factor(28) - 1.05_f64.powi(4)).abs() < 1e-12);
        assert!((LifeCycle::Decline { weekly_loss: 0.1 }.factor(21) - 0.729).abs() < 1e-12);
        assert_eq!(LifeCycle::Trend { weekly_growth: 0.3, damping: 0.0 }.factor(21), 1.0);
    }

    #[test]
    fn a_market_that_is_sold_out_stays_so() {
        let cycle = LifeCycle::Bass { curve: Bass { innovation: 0.5, imitation: 0.5 }, age_days: 1e6 };
        assert_eq!((cycle.factor(0), cycle.factor(30)), (0.0, 0.0));
    }
}
