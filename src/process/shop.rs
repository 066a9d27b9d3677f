//! What the bursts of a whole shop share: good times are good for all its products.

use super::latent::normal_cdf;
use crate::random::Stream;

/// The shop's part in the amplitude of every burst of one path, as a latent normal.
///
/// An amplitude is a rising function of a standard normal Z = √ρ S + √(1 - ρ) E with S the shop's and E the burst's
/// own. Z is standard normal whatever ρ is, so that every amplitude keeps its law; the log amplitudes of two bursts
/// that are log-normal have the correlation ρ. As a factor: log-normal amplitudes are exp(σ √ρ S - σ² ρ / 2), of mean
/// 1, times one of their own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShopFactor {
    shared: f64,
    own: f64,
}

impl ShopFactor {
    /// Every burst by itself.
    pub const NONE: Self = Self { shared: 0.0, own: 1.0 };

    /// Draws the shop's part of one path from the shop's stream; `correlation` between 0 and 1.
    pub fn draw(correlation: f64, stream: &mut Stream) -> Self {
        // Drawn even without correlation, so that a change of it moves no other draw.
        let shop = stream.normal();
        let correlation = correlation.clamp(0.0, 1.0);
        Self { shared: libm::sqrt(correlation) * shop, own: libm::sqrt(1.0 - correlation) }
    }

    /// The latent normal of a burst whose own part is the standard normal `own`.
    #[must_use]
    pub fn latent(&self, own: f64) -> f64 {
        self.shared + self.own * own
    }
}

/// A standard normal as a uniform strictly between 0 and 1.
pub(super) fn uniform_of(normal: f64) -> f64 {
    normal_cdf(normal).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::{BurstProcess, BurstShape, DayNoise, Uplift};
    use super::*;
    use crate::random::{Entity, Seed, Source};

    const PATHS: u64 = 6_000;

    fn burst(uplift: Uplift, shapes: usize) -> BurstProcess {
        BurstProcess {
            uplift,
            shapes: vec![BurstShape::flat(1); shapes],
            masses: vec![1.0; shapes],
            noise: DayNoise::Poisson,
            follows_level: false,
        }
    }

    fn totals(burst: &BurstProcess, sku: &str, correlation: f64) -> Vec<f64> {
        let open = |path, source, names: &[&str]| Stream::open(Seed(2), path, source, Entity::named(names));
        (0..PATHS)
            .map(|path| {
                let shop = ShopFactor::draw(correlation, &mut open(path, Source::Shop, &["shop"]));
                burst.draw_means(shop, &mut open(path, Source::Burst, &[sku, "e"]))[0]
            })
            .collect()
    }

    fn moments(values: &[f64]) -> (f64, f64) {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        (mean, (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / values.len() as f64).sqrt())
    }

    fn correlation(a: &[f64], b: &[f64]) -> f64 {
        let ((mean_a, sd_a), (mean_b, sd_b)) = (moments(a), moments(b));
        a.iter().zip(b).map(|(x, y)| (x - mean_a) * (y - mean_b)).sum::<f64>() / a.len() as f64 / sd_a / sd_b
    }

    #[test]
    fn log_amplitudes_of_two_products_have_the_correlation() {
        let burst = burst(Uplift::LogNormal { mean: 500.0, cv: 0.45 }, 1);
        for rho in [0.0, 0.2, 1.0] {
            let logs = |sku| totals(&burst, sku, rho).iter().map(|total| total.ln()).collect::<Vec<_>>();
            let (a, b) = (logs("A"), logs("B"));
            assert!((correlation(&a, &b) - rho).abs() < 0.04, "{rho}: {}", correlation(&a, &b));
            // The law of one product is as before: sd of the log is sqrt(ln(1 + .45²)) = .4294, its mean ln 500 - .0922.
            let (mean, sd) = moments(&a);
            assert!((mean - 6.122_4).abs() < 0.022 && (sd - 0.429_4).abs() < 0.016, "{rho}: {mean} {sd}");
        }
    }

    /// A replayed burst stays as likely as any other, a hierarchical one keeps its mean.
    #[test]
    fn every_law_stays_as_it_was() {
        let past = vec![100.0, 200.0, 400.0, 900.0, 1000.0];
        let replay = burst(Uplift::Replay { totals: past.clone() }, 5);
        let drawn = totals(&replay, "A", 0.5);
        for total in &past {
            let share = drawn.iter().filter(|drawn| *drawn == total).count() as f64 / PATHS as f64;
            assert!((share - 0.2).abs() < 0.021, "{total}: {share}");
        }
        assert!(correlation(&drawn, &totals(&replay, "B", 0.5)) > 0.4);

        let law =
            Uplift::Hierarchical { ordinary: 100.0, offset: 1.0, location: 1.0, scale: 0.4, freedom: 6.0, cut: 0.001 };
        let expected = law.mean();
        let drawn = totals(&burst(law, 1), "A", 0.5);
        let (mean, sd) = moments(&drawn);
        assert!((mean - expected).abs() < 4.0 * sd / (PATHS as f64).sqrt(), "{mean} {expected}");
    }
}
