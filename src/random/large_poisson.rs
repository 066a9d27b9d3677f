//! Poisson counts of a large mean: normals rounded down, of which a few are sent back and replaced.
//!
//! Source: Ahrens & Dieter (1982), "Computer generation of Poisson deviates from modified normal distributions", ACM TOMS
//! 8, algorithm PD. A normal of the law's mean and variance, rounded down, has probabilities f(k). Where the Poisson law
//! has p(k) < f(k) it is kept with probability p / f; what is missing elsewhere, p - f, is drawn by rejection under a
//! double exponential. The paper approximates f; here it is a series that is exact to rounding, so that the law is too.

use super::Stream;

/// Beyond this a floating-point number no longer holds every count.
const LARGEST: f64 = 1e15;
/// Where the double exponential has its peak, in standard deviations above the mean.
const PEAK: f64 = 1.8;
/// Nothing is missing at and below this many standard deviations.
const NOTHING_MISSING: f64 = -0.6744;

/// A Poisson count with this mean, which is at least 10.
#[inline]
pub(super) fn draw(mean: f64, stream: &mut Stream) -> u64 {
    let mean = mean.min(LARGEST);
    let deviation = mean.sqrt();
    let place = mean + deviation * stream.quick_normal();
    let high = f64::from(stream.half());
    let count = place as i64 as f64;
    let below = mean - count;
    // p / f >= 1 - (mean - k)³ / 6 mean²: nearly all numbers are kept without working out either.
    if place >= 0.0 && high * (6.0 / UNIT) * mean * mean >= below * below * below {
        return count as u64;
    }
    Corrected { mean, deviation }.draw(place, high, stream)
}

/// Values of half a number.
const UNIT: f64 = (1_u64 << 32) as f64;

/// The two laws whose difference corrects the rounded normal.
struct Corrected {
    mean: f64,
    deviation: f64,
}

impl Corrected {
    /// The count of a rounded normal at `place` that may not be kept; `high` is the first half of its uniform.
    #[cold]
    #[inline(never)]
    fn draw(&self, place: f64, high: f64, stream: &mut Stream) -> u64 {
        if place >= 0.0 {
            let count = place.floor();
            let uniform = (high + (f64::from(stream.half()) + 0.5) / UNIT) / UNIT;
            if self.normal(count) * (1.0 - uniform) <= self.poisson(count) {
                return count as u64;
            }
        }
        loop {
            let distance = -libm::log(stream.uniform());
            let side = 2.0 * stream.uniform() - 1.0;
            let normal = PEAK + distance.copysign(side);
            if normal <= NOTHING_MISSING {
                continue;
            }
            let count = (self.mean + self.deviation * normal).floor();
            if self.hat() * side.abs() <= (self.poisson(count) - self.normal(count)) * libm::exp(distance) {
                return count as u64;
            }
        }
    }

    /// Height of the double exponential.
    fn hat(&self) -> f64 {
        0.1069 / self.mean
    }

    /// p(k) of the Poisson law, the factorial of large counts by Stirling's series.
    fn poisson(&self, k: f64) -> f64 {
        const ROOT_TWO_PI: f64 = 2.506_628_274_631_000_7;
        if k < 10.0 {
            let factorial: f64 = (1..=k as u64).map(|i| i as f64).product();
            return libm::exp(k * libm::log(self.mean) - self.mean) / factorial;
        }
        let inverse = 1.0 / k;
        let square = inverse * inverse;
        let series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0)));
        let above = k - self.mean;
        libm::exp(above + k * libm::log1p(-above / k) - series) / (ROOT_TWO_PI * k.sqrt())
    }

    /// f(k): the probability that the normal lies between k and k + 1, by Taylor's series around k + 1/2, whose terms are
    /// Hermite polynomials.
    fn normal(&self, k: f64) -> f64 {
        const TERMS: u32 = 6;
        const ROOT_TWO_PI: f64 = 2.506_628_274_631_000_7;
        let x = (k + 0.5 - self.mean) / self.deviation;
        let half_width = 0.25 / self.mean;
        let (mut sum, mut weight, mut hermite, mut before) = (1.0, 1.0, 1.0, 0.0);
        for term in 1..TERMS {
            let n = f64::from(2 * term);
            let odd = x * hermite - (n - 2.0) * before;
            (before, hermite) = (odd, x * odd - (n - 1.0) * hermite);
            weight *= half_width / (n * (n + 1.0));
            sum += weight * hermite;
        }
        sum * libm::exp(-0.5 * x * x) / (ROOT_TWO_PI * self.deviation)
    }
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Discrete, Poisson};

    use super::*;

    /// Means from the least to where every difference is that of the limit law.
    fn means() -> impl Iterator<Item = f64> {
        (0..120).map(|step| 10.0 * 1.12_f64.powi(step))
    }

    /// Counts from 0 or 9 standard deviations below the mean to as far above it, at most some thousands of them.
    fn counts(law: &Corrected) -> impl Iterator<Item = f64> {
        let reach = 9.0 * law.deviation;
        let least = (law.mean - reach).max(0.0).floor();
        let step = (reach / 1000.0).max(1.0).floor();
        (0..2200).map(move |at| least + step * f64::from(at))
    }

    #[test]
    fn both_laws_are_those_of_an_independent_source() {
        for mean in [10.0, 12.5, 40.0, 700.0, 20_000.0] {
            let law = Corrected { mean, deviation: f64::sqrt(mean) };
            let poisson = Poisson::new(mean).expect("a law");
            let beyond = |k: f64| 0.5 * libm::erfc((k - mean).abs() / (2.0 * mean).sqrt());
            for k in counts(&law) {
                let expected = poisson.pmf(k as u64);
                assert!((law.poisson(k) - expected).abs() <= 1e-10 * expected + 1e-20, "{mean} {k}");
                if (k < mean) == (k + 1.0 < mean) {
                    let cell = (beyond(k) - beyond(k + 1.0)).abs();
                    assert!((law.normal(k) - cell).abs() <= 1e-12, "{mean} {k}: {} {cell}", law.normal(k));
                }
            }
        }
    }

    /// What makes the method exact: the quick test keeps no more than p / f, and the hat lies above all that is missing.
    #[test]
    fn the_quick_test_and_the_hat_are_on_the_safe_side() {
        for mean in means() {
            let law = Corrected { mean, deviation: f64::sqrt(mean) };
            for k in counts(&law) {
                let (p, f) = (law.poisson(k), law.normal(k));
                // Rounding of two nearly equal numbers.
                let rounding = 1e-13 * p * law.deviation;
                let sent_back = (f64::powi(mean - k, 3) / (6.0 * mean * mean)).clamp(0.0, 1.0);
                assert!(p + rounding >= f * (1.0 - sent_back), "{mean} {k}: {p} {f}");
                let (from, to) = ((k - mean) / law.deviation, (k + 1.0 - mean) / law.deviation);
                // The far end of the cell has the lower hat.
                let distance = (from - PEAK).abs().max((to - PEAK).abs());
                assert!((p - f) * distance.exp() <= law.hat() + rounding * distance.exp(), "{mean} {k}: {p} {f}");
                assert!(from > NOTHING_MISSING || p <= f + rounding, "{mean} {k}: {p} {f}");
            }
        }
    }
}
