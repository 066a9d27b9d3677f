//! Live sessions: an hour or two on one day in which much of the day's demand comes.

use super::within_day::DayProfile;
use crate::random::Stream;

/// One product's part in one live session.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveSession {
    /// The session's name, which all its products share.
    pub name: String,
    /// Index of its day.
    pub day: usize,
    /// Its first minute after midnight.
    pub start: u32,
    /// Its minutes.
    pub minutes: u32,
    /// Mean orders of the product, of one piece each, the tail after the session included.
    pub orders: f64,
    /// Standard deviation of the logarithm of the session's amplitude, which its minutes and its products share.
    pub log_sd: f64,
}

impl LiveSession {
    /// When its orders come.
    #[must_use]
    pub fn profile(&self) -> DayProfile {
        DayProfile::live(self.start, self.minutes)
    }

    /// Draws the session's orders: a Poisson count around a log-normal amplitude of mean 1 (a Cox process), with
    /// variance `m + m² (exp(log_sd²) - 1)`.
    ///
    /// The amplitude comes from `audience`, the session's own stream; the count from `stream`, the product's.
    pub fn draw(&self, audience: &mut Stream, stream: &mut Stream) -> u64 {
        let amplitude = libm::exp(self.log_sd * audience.normal() - self.log_sd * self.log_sd / 2.0);
        stream.poisson(self.orders * amplitude)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Seed, Source};

    #[test]
    fn minutes_and_products_share_the_amplitude() {
        let session = LiveSession { name: "s".into(), day: 3, start: 1200, minutes: 60, orders: 200.0, log_sd: 0.5 };
        let n = 8_000_u64;
        let draw = |path, sku| {
            let mut audience = Stream::open(Seed(6), path, Source::Live, Entity::named(&[&session.name]));
            session.draw(&mut audience, &mut Stream::open(Seed(6), path, Source::Live, Entity::named(&["s", sku])))
        };
        let pairs: Vec<(f64, f64)> = (0..n).map(|path| (draw(path, "A") as f64, draw(path, "B") as f64)).collect();
        let mean = pairs.iter().map(|(a, _)| a).sum::<f64>() / n as f64;
        let variance = pairs.iter().map(|(a, _)| (a - mean).powi(2)).sum::<f64>() / n as f64;
        let together = pairs.iter().map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / n as f64;
        // 200 + 200² (e^.25 - 1) = 11,561, all but the Poisson part of it shared.
        assert!((mean / 200.0 - 1.0).abs() < 0.025, "{mean}");
        assert!((variance / 11_561.0 - 1.0).abs() < 0.12, "{variance}");
        assert!((together / 11_361.0 - 1.0).abs() < 0.12, "{together}");
        assert!((session.profile().cumulative(1260.0) - 0.75).abs() < 1e-4);
    }
}
