//! The shop's own elasticity of uplift to planned spend, by a profile over carry-over and saturation.
//!
//! Bursts are compared within a product only: that large products are advertised more says nothing of what spend does.
//! It must not know the prior's part in what is used: that is `response`.

use super::response::{Curve, PRIOR, SpendEstimate, daily, typical_spend};
use super::{PastBurst, amplitude};

/// Bursts of known spend, and the range of spend over typical spend, from which an elasticity is estimated.
const LEAST: (usize, f64) = (8, 2.0);
/// Degrees of freedom within products that leave an error to speak of.
const LEAST_FREEDOM: f64 = 4.0;
/// Least uplift over ordinary demand that is believed: what sold nothing has no logarithm.
const LEAST_UPLIFT: f64 = 0.05;
/// Grid of carry-over a day, spend of half the effect over typical spend, and slope.
const GRID: ([f64; 5], [f64; 3], [f64; 3]) = ([0.3, 0.0, 0.15, 0.5, 0.84], [1.0, 0.5, 2.0], [1.0, 1.5, 2.0]);
/// What each part of the curve must gain to be moved from its default (twice the log-likelihood, as in Akaike 1974).
const PRICE_OF_CHANGE: f64 = 2.0;

/// The curve and elasticity found.
pub(super) struct Found {
    pub(super) curve: Curve,
    pub(super) estimate: SpendEstimate,
}

/// One burst of known spend.
struct Point<'a> {
    spend: &'a [f64],
    typical: f64,
    /// Logarithm of the uplift over ordinary demand.
    response: f64,
    weight: f64,
}

/// The best curve of the grid with its elasticity; `None` where the shop's records do not tell.
pub(super) fn fit(products: &[&[PastBurst]]) -> Option<Found> {
    let groups: Vec<Vec<Point<'_>>> = products.iter().map(|bursts| points(bursts)).collect();
    let all = || groups.iter().flatten();
    let count = all().count();
    let over_typical = || all().filter_map(|point| Some(daily(point.spend)? / point.typical));
    let largest = over_typical().fold(0.0, f64::max);
    let smallest = over_typical().fold(f64::INFINITY, f64::min);
    // A mean for each product and one slope are taken from the points.
    let taken = groups.iter().filter(|group| !group.is_empty()).count() + 1;
    let freedom = count as f64 - taken as f64;
    if count < LEAST.0 || largest < LEAST.1 * smallest || freedom < LEAST_FREEDOM {
        return None;
    }
    let days = all().map(|point| point.spend.len()).sum::<usize>() / count;
    let mut best: Option<(f64, Found)> = None;
    for theta in GRID.0 {
        for half in GRID.1 {
            for slope in GRID.2 {
                let curve = Curve { theta, half, slope };
                let Some((score, estimate)) = profile(&groups, &curve, days, count as f64, freedom) else { continue };
                let default = Curve::default();
                let changes = [theta != default.theta, half != default.half, slope != default.slope];
                let score = score + PRICE_OF_CHANGE * changes.iter().filter(|changed| **changed).count() as f64;
                if best.as_ref().is_none_or(|(least, _)| score < *least) {
                    best = Some((score, Found { curve, estimate }));
                }
            }
        }
    }
    best.map(|(_, found)| found)
}

fn points(bursts: &[PastBurst]) -> Vec<Point<'_>> {
    let Some(typical) = typical_spend(bursts) else { return Vec::new() };
    let known = bursts.iter().filter(|burst| daily(&burst.detail.spend_by_day).is_some());
    known
        .map(|burst| Point {
            spend: &burst.detail.spend_by_day,
            typical,
            response: libm::log((burst.multiple - 1.0).max(LEAST_UPLIFT)),
            weight: amplitude::weight(burst),
        })
        .collect()
}

/// Least squares within products for one curve: its score (smaller is better) and the elasticity.
fn profile(
    groups: &[Vec<Point<'_>>],
    curve: &Curve,
    days: usize,
    count: f64,
    freedom: f64,
) -> Option<(f64, SpendEstimate)> {
    let (mut sxx, mut sxy, mut syy) = (0.0, 0.0, 0.0);
    for group in groups {
        let pair = |point: &Point<'_>| {
            let drive = libm::log(curve.relative_drive(point.spend, point.typical)?);
            Some((drive, point.response, point.weight))
        };
        let pairs: Vec<(f64, f64, f64)> = group.iter().filter_map(pair).collect();
        let weight: f64 = pairs.iter().map(|(_, _, w)| w).sum();
        let mean = |of: fn(&(f64, f64, f64)) -> f64| {
            pairs.iter().map(|pair| pair.2 * of(pair)).sum::<f64>() / weight.max(f64::MIN_POSITIVE)
        };
        let (mean_x, mean_y) = (mean(|pair| pair.0), mean(|pair| pair.1));
        for (x, y, w) in pairs {
            sxx += w * (x - mean_x) * (x - mean_x);
            sxy += w * (x - mean_x) * (y - mean_y);
            syy += w * (y - mean_y) * (y - mean_y);
        }
    }
    if sxx <= 1e-9 {
        return None;
    }
    let bend = curve.elasticity(days).max(0.05);
    let estimate = sxy / sxx;
    let residual = (syy - estimate * sxy).max(1e-9);
    let variance = residual / freedom;
    let error = libm::sqrt(variance / sxx) * bend;
    let elasticity = estimate * bend;
    // The prior is the ridge: a curve that needs an elasticity far from it pays for that.
    let ridge = (elasticity - PRIOR.0).powi(2) / (PRIOR.1 * PRIOR.1 + error * error);
    Some((count * libm::log(residual / count) + ridge, SpendEstimate { elasticity, error }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::library::BurstDetail;
    use crate::process::BurstShape;
    use crate::random::{Entity, Seed, Source, Stream};

    fn burst(uplift: f64, spend: f64) -> PastBurst {
        PastBurst {
            noise_variance: 0.0,
            plateau_days: 1.0,
            ordinary_variance: 0.0,
            tail: 0,
            start: "2026-01-01".parse().expect("a date"),
            days: 8,
            multiple: 1.0 + uplift,
            uplift,
            ordinary: 1.0,
            shape: BurstShape::flat(8),
            peak_share: 0.125,
            censored_share: 0.0,
            planned_spend: None,
            spend: None,
            planned: true,
            detail: BurstDetail { spend_by_day: vec![spend; 8], ..BurstDetail::default() },
        }
    }

    /// Products of different size and budget, spend over a range of eight, uplift by the default curve with its own
    /// elasticity; `shuffled` pays each uplift with another burst's spend.
    fn shop(elasticity: f64, shuffled: bool, stream: &mut Stream) -> Vec<Vec<PastBurst>> {
        let curve = Curve::default();
        let product = |stream: &mut Stream| {
            let (size, typical) = (libm::exp(stream.normal()), 100.0 * libm::exp(stream.normal()));
            let spends: Vec<f64> = (0..9).map(|at| typical * libm::exp2(f64::from(at - 4) * 3.0 / 8.0)).collect();
            let uplift = |spend: &f64, stream: &mut Stream| {
                let drive = curve.relative_drive(&[*spend; 8], typical).expect("spend");
                2.0 * size * libm::exp(elasticity / curve.elasticity(8) * libm::log(drive) + 0.3 * stream.normal())
            };
            let mut uplifts: Vec<f64> = spends.iter().map(|spend| uplift(spend, stream)).collect();
            if shuffled {
                for at in (1..uplifts.len()).rev() {
                    uplifts.swap(at, stream.below(at + 1));
                }
            }
            uplifts.iter().zip(&spends).map(|(uplift, spend)| burst(*uplift, *spend)).collect()
        };
        (0..6).map(|_| product(stream)).collect()
    }

    fn estimates(elasticity: f64, shuffled: bool) -> Vec<f64> {
        let estimate = |seed| {
            let mut stream = Stream::open(Seed(seed), 0, Source::Burst, Entity::named(&["shop"]));
            let shop = shop(elasticity, shuffled, &mut stream);
            let slices: Vec<&[PastBurst]> = shop.iter().map(Vec::as_slice).collect();
            fit(&slices).expect("an estimate").estimate.elasticity
        };
        (0..40).map(estimate).collect()
    }

    #[test]
    fn an_elasticity_is_found_again_and_a_placebo_has_none() {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        for truth in [0.3, 0.6, 0.8] {
            let found = mean(&estimates(truth, false));
            assert!((found - truth).abs() < 0.06, "{truth}: {found}");
        }
        let placebo = estimates(0.6, true);
        assert!(mean(&placebo).abs() < 0.04, "{}", mean(&placebo));
    }

    #[test]
    fn few_bursts_or_a_narrow_range_tell_nothing() {
        let of = |bursts: &[PastBurst]| fit(&[bursts]).is_some();
        let wide: Vec<PastBurst> = (0..8).map(|at| burst(1.0, 100.0 + 40.0 * f64::from(at))).collect();
        assert!(of(&wide) && !of(&wide[..7]));
        let narrow: Vec<PastBurst> = (0..20).map(|at| burst(1.0, 100.0 + 4.0 * f64::from(at))).collect();
        assert!(!of(&narrow) && !of(&[]));
        // A burst a product: spend varies between products only.
        let alone: Vec<&[PastBurst]> = wide.iter().map(std::slice::from_ref).collect();
        assert!(fit(&alone).is_none());
    }
}
