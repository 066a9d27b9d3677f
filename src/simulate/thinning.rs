//! Binomial thinning by one shared uniform: what part of a count remains.

use statrs::distribution::{Binomial, DiscreteCDF};

/// The count that remains of `count` if each piece stays with probability `share`: the `uniform` quantile of the
/// binomial law, so that a higher share never keeps less of the same future.
pub(super) fn thin(count: u64, share: f64, uniform: f64) -> u64 {
    if count == 0 || share <= 0.0 {
        return 0;
    }
    if share >= 1.0 {
        return count;
    }
    if count as f64 * share < FEW {
        return from_zero(count, share, uniform);
    }
    let Ok(law) = Binomial::new(share, count) else { return 0 };
    // Smallest k with P(at most k) >= uniform, by bisection.
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if law.cdf(middle) >= uniform { high = middle } else { low = middle + 1 }
    }
    low
}

/// Mean up to which the quantile is found by adding probabilities from 0 on: cheap where little remains, as on the
/// later days of a pause.
const FEW: f64 = 20.0;

fn from_zero(count: u64, share: f64, uniform: f64) -> u64 {
    let odds = share / (1.0 - share);
    let mut mass = ((-share).ln_1p() * count as f64).exp();
    let mut below = mass;
    let mut kept = 0;
    while below < uniform && kept < count {
        mass *= odds * (count - kept) as f64 / (kept + 1) as f64;
        kept += 1;
        below += mass;
        if mass < f64::MIN_POSITIVE {
            break;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_binomial_mean_and_is_monotone_in_the_share() {
        let n = 2000;
        let uniforms = (0..n).map(|i| (f64::from(i) + 0.5) / f64::from(n));
        let mean = uniforms.clone().map(|u| thin(40, 0.3, u) as f64).sum::<f64>() / f64::from(n);
        assert!((mean - 12.0).abs() < 0.01, "{mean}");
        for u in uniforms {
            assert!(thin(40, 0.3, u) <= thin(40, 0.5, u));
        }
        // Both ways of finding the quantile agree where they meet.
        for step in 1..200 {
            let uniform = f64::from(step) / 200.0;
            let law = Binomial::new(0.1, 150).expect("a law");
            let kept = from_zero(150, 0.1, uniform);
            assert!(law.cdf(kept) >= uniform - 1e-9 && (kept == 0 || law.cdf(kept - 1) < uniform + 1e-9));
        }
        assert_eq!((thin(7, 1.0, 0.9), thin(7, 0.0, 0.9), thin(0, 0.5, 0.9)), (7, 0, 0));
    }
}
