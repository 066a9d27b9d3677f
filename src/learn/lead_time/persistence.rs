//! Whether a slow order follows a slow one: congestion lasts.

use crate::calendar::Date;
use crate::stats::normal_quantile;

/// Shipments from which it is estimated.
const LEAST_SHIPMENTS: usize = 30;
/// Values of the correlation that are tried, in hundredths.
const MOST: u32 = 99;

/// Correlation of the latent normals of orders that are placed a day apart, 0 to 0.99, to two digits; `None` with fewer than
/// thirty shipments, or fewer than thirty pairs of different days.
///
/// ```text
/// z = Φ⁻¹((rank - 1/2) / n);  z' | z ~ N(φ^Δ z, 1 - φ^(2Δ)) for successive orders Δ days apart
/// ```
///
/// The likeliest φ of a first-order autoregression seen at unequal distances. Only finished orders tell it.
pub(super) fn estimate(placed: &[(Date, f64)]) -> Option<f64> {
    if placed.len() < LEAST_SHIPMENTS {
        return None;
    }
    let mut sorted: Vec<f64> = placed.iter().map(|(_, days)| *days).collect();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let score = |days: f64| {
        // Equal durations share the middle of their ranks.
        let below = sorted.partition_point(|other| *other < days);
        let upto = sorted.partition_point(|other| *other <= days);
        normal_quantile((below + upto) as f64 / (2.0 * n)).unwrap_or(0.0)
    };
    let scores: Vec<(Date, f64)> = placed.iter().map(|(date, days)| (*date, score(*days))).collect();
    let pairs: Vec<(f64, f64, f64)> = scores
        .windows(2)
        .map(|pair| (pair[1].0.days_since(pair[0].0) as f64, pair[0].1, pair[1].1))
        .filter(|(gap, ..)| *gap > 0.0)
        .collect();
    if pairs.len() < LEAST_SHIPMENTS {
        return None;
    }
    let cost = |persistence: f64| {
        let each = pairs.iter().map(|(gap, before, after)| {
            let correlation = libm::pow(persistence, *gap);
            let variance = 1.0 - correlation * correlation;
            libm::log(variance) + (after - correlation * before).powi(2) / variance
        });
        each.sum::<f64>()
    };
    let tried = (0..=MOST).map(|hundredths| f64::from(hundredths) / 100.0);
    tried.map(|persistence| (cost(persistence), persistence)).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, best)| best)
}
