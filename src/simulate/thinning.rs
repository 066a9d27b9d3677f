//! Binomial thinning by one shared uniform: what part of a count remains.

/// The count that remains of `count` if each piece stays with probability `share`: the `uniform` quantile of the
/// binomial law, so that a higher share never keeps less of the same future.
///
/// The quantile is found by adding up probabilities from 0 where few remain, and otherwise outward from the mode, whose
/// distribution function comes from the same sum over the side with fewer terms. Only `libm` and + - x / are used: the
/// same count on every platform.
pub(super) fn thin(count: u64, share: f64, uniform: f64) -> u64 {
    if count == 0 || share <= 0.0 {
        return 0;
    }
    if share >= 1.0 {
        return count;
    }
    // From the nearer end: what is left out of many is thinned like what stays of few.
    if share > 0.5 {
        return count - from_zero(count, 1.0 - share, 1.0 - uniform);
    }
    from_zero(count, share, uniform)
}

/// Smallest k with P(at most k) >= `uniform`.
fn from_zero(count: u64, share: f64, uniform: f64) -> u64 {
    let odds = share / (1.0 - share);
    let (mut kept, mut mass) = start(count, share);
    let mut below = mass;
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

/// Where the sum begins: 0, or so far below the mean that what lies before is less than a uniform can tell.
fn start(count: u64, share: f64) -> (u64, f64) {
    /// Standard deviations below the mean at which less than 1e-17 lies.
    const FAR: f64 = 9.0;
    let mean = count as f64 * share;
    let first = (mean - FAR * (mean * (1.0 - share)).sqrt() - 1.0).floor();
    if first <= 0.0 {
        return (0, libm::exp(libm::log1p(-share) * count as f64));
    }
    let (n, k) = (count as f64, first);
    let log_mass = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0)
        + k * libm::log(share)
        + (n - k) * libm::log1p(-share);
    (first as u64, libm::exp(log_mass))
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Binomial, DiscreteCDF};

    use super::*;

    #[test]
    fn keeps_the_binomial_mean_and_is_monotone_in_the_share() {
        let n = 2000;
        let uniforms = (0..n).map(|i| (f64::from(i) + 0.5) / f64::from(n));
        let mean = uniforms.clone().map(|u| thin(40, 0.3, u) as f64).sum::<f64>() / f64::from(n);
        assert!((mean - 12.0).abs() < 0.01, "{mean}");
        for u in uniforms {
            assert!(thin(40, 0.3, u) <= thin(40, 0.5, u));
            assert!(thin(40, 0.5, u) <= thin(40, 0.7, u));
        }
        assert_eq!((thin(7, 1.0, 0.9), thin(7, 0.0, 0.9), thin(0, 0.5, 0.9)), (7, 0, 0));
    }

    /// Against an independent distribution function, with few and with many pieces.
    #[test]
    fn is_the_quantile_of_the_binomial_law() {
        for (count, share) in [(150, 0.1), (5_000, 0.3), (5_000, 0.97), (100_000, 0.5), (3, 0.009)] {
            let law = Binomial::new(share, count).expect("a law");
            for step in 1..200 {
                let uniform = f64::from(step) / 200.0;
                let kept = thin(count, share, uniform);
                assert!(law.cdf(kept) >= uniform - 1e-7, "{count} {share} {uniform}: {kept}");
                assert!(kept == 0 || law.cdf(kept - 1) < uniform + 1e-7, "{count} {share} {uniform}: {kept}");
            }
        }
    }
}
