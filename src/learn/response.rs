//! How a burst answers to planned ad spend.
//!
//! An association in the past, not a cause: shops spend more on what sells. It must not know what an event is planned
//! for, nor stock.

use super::{EventNote, PastBurst};

/// Elasticity of the uplift with respect to planned spend (methods, section 3.7: pooled prior 0.6 +- 0.2).
const SPEND_ELASTICITY: f64 = 0.6;
/// Planned spend beyond this multiple of the largest seen is extrapolation.
const SPEND_BEYOND: f64 = 1.5;

/// How much the planned spend by day scales the uplift: (planned / median of the library)^elasticity; 1 where either is
/// not known.
pub fn spend_scale(spend: Option<&[f64]>, bursts: &[PastBurst], notes: &mut Vec<EventNote>) -> f64 {
    let planned = spend.map_or(0.0, |days| days.iter().sum::<f64>() / days.len().max(1) as f64);
    let mut spends: Vec<f64> =
        bursts.iter().filter_map(|burst| burst.planned_spend.or(burst.spend)).filter(|spend| *spend > 0.0).collect();
    if planned <= 0.0 || spends.is_empty() {
        return 1.0;
    }
    spends.sort_by(f64::total_cmp);
    let median = spends[spends.len() / 2];
    let largest = spends[spends.len() - 1];
    if planned > SPEND_BEYOND * largest {
        notes.push(EventNote::SpendBeyondHistory { planned, largest });
    }
    (planned / median).powf(SPEND_ELASTICITY)
}
