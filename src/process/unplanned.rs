//! Unplanned bursts: a product takes off without anybody having planned it.

use super::{BurstProcess, ShopFactor};
use crate::random::Stream;

/// Bursts that begin at any time, as a marked Poisson process: a rate, and a law of size and shape.
#[derive(Debug, Clone, PartialEq)]
pub struct UnplannedBursts {
    /// Bursts that begin on a day, on average.
    pub rate_per_day: f64,
    /// Size and shape of one. The size counts pieces, or days of ordinary demand if it follows the level.
    pub burst: BurstProcess,
}

impl UnplannedBursts {
    /// Days of the longest burst.
    fn length(&self) -> usize {
        self.burst.shapes.iter().map(|shape| shape.shares().len()).max().unwrap_or(0)
    }

    /// What one unit of size means for a burst whose first day is `start` (before day 0 if negative): one piece, or
    /// the mean of `ordinary` over its days.
    fn unit(&self, start: i64, ordinary: &[f64]) -> f64 {
        if !self.burst.follows_level {
            return 1.0;
        }
        let at = |day: i64| usize::try_from(day).unwrap_or(0).min(ordinary.len());
        let (from, until) = (at(start), at(start + self.length() as i64));
        let days = &ordinary[from..until];
        if days.is_empty() { 0.0 } else { days.iter().sum::<f64>() / days.len() as f64 }
    }

    /// Mean pieces that they bring on each day; `ordinary` is mean ordinary demand by day.
    #[must_use]
    pub fn mean_by_day(&self, ordinary: &[f64]) -> Vec<f64> {
        let (length, mut means) = (self.length() as i64, vec![0.0; ordinary.len()]);
        let shape = self.burst.mean_by_day(self.length());
        for start in 1 - length..ordinary.len() as i64 {
            let unit = self.rate_per_day * self.unit(start, ordinary);
            self.spread(start, &shape, |day, mean| means[day] += unit * mean, ordinary.len());
        }
        means
    }

    /// Draws their pieces and adds them to `pieces`, by day; `ordinary` is this path's mean ordinary demand by day.
    ///
    /// Bursts that began before day 0 and last into it are drawn too.
    pub fn draw(&self, ordinary: &[f64], pieces: &mut [u64], stream: &mut Stream) {
        if self.rate_per_day.is_nan() || self.rate_per_day <= 0.0 {
            return;
        }
        let mut time = 1.0 - self.length() as f64;
        loop {
            time -= libm::log(stream.uniform()) / self.rate_per_day;
            if time >= pieces.len() as f64 {
                return;
            }
            let start = time.floor() as i64;
            let unit = self.unit(start, ordinary);
            let means = self.burst.draw_means(ShopFactor::NONE, stream);
            let count = pieces.len();
            self.spread(start, &means, |day, mean| pieces[day] += self.burst.noise.draw(unit * mean, stream), count);
        }
    }

    fn spread(&self, start: i64, shape: &[f64], mut each: impl FnMut(usize, f64), days: usize) {
        for (offset, mean) in shape.iter().enumerate() {
            if let Ok(day) = usize::try_from(start + offset as i64)
                && day < days
            {
                each(day, *mean);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BurstShape, DayNoise, Uplift};
    use super::*;
    use crate::random::{Entity, Seed, Source};

    fn bursts(follows_level: bool) -> UnplannedBursts {
        UnplannedBursts {
            rate_per_day: 0.05,
            burst: BurstProcess {
                uplift: Uplift::LogNormal { mean: 30.0, cv: 0.8 },
                shapes: vec![BurstShape::flat(4), BurstShape::flat(8)],
                masses: vec![0.8, 1.2],
                noise: DayNoise::Poisson,
                follows_level,
            },
        }
    }

    /// Mean by day is rate x size (x ordinary demand) from the first day on, and the draws have it; the variance of a
    /// day is that of a compound Poisson process, which independent days would miss by far.
    #[test]
    fn draws_have_the_stated_mean_from_the_first_day_on() {
        let ordinary = vec![10.0; 40];
        for (follows, mean) in [(false, 0.05 * 30.0), (true, 0.05 * 30.0 * 10.0)] {
            let process = bursts(follows);
            let means = process.mean_by_day(&ordinary);
            assert!(means.iter().all(|day| (day - mean).abs() < 1e-9), "{means:?}");
            let n = 6_000_u64;
            let (mut first, mut total, mut square) = (0.0, 0.0, 0.0);
            for path in 0..n {
                let mut stream = Stream::open(Seed(3), path, Source::Unplanned, Entity::named(&["A"]));
                let mut pieces = vec![0; 40];
                process.draw(&ordinary, &mut pieces, &mut stream);
                first += pieces[0] as f64 / n as f64;
                let sum = pieces.iter().sum::<u64>() as f64;
                total += sum / n as f64;
                square += sum * sum / n as f64;
            }
            let sd = (square - total * total).sqrt();
            assert!((total - 40.0 * mean).abs() < 4.0 * sd / (n as f64).sqrt(), "{total}");
            assert!((first / mean - 1.0).abs() < 0.2, "{first}");
            // About 2 bursts of 30 with E x² = 30² (1 + .64) (x 1.04 for the mass): sd 30 √(2 x 1.64) = 54 units.
            let unit = if follows { 10.0 } else { 1.0 };
            assert!((sd / unit - 53.0).abs() < 8.0, "{sd}");
        }
    }

    #[test]
    fn without_a_rate_nothing_is_drawn() {
        let quiet = UnplannedBursts { rate_per_day: 0.0, ..bursts(true) };
        let mut pieces = vec![0; 5];
        quiet.draw(&[1.0; 5], &mut pieces, &mut Stream::open(Seed(3), 0, Source::Unplanned, Entity::named(&["A"])));
        assert_eq!(pieces, [0; 5]);
        assert_eq!(quiet.mean_by_day(&[1.0; 5]), [0.0; 5]);
    }
}
