//! Binomial thinning by one shared uniform: what part of a count remains.

/// The count that remains of `count` if each piece stays with probability `share`: the `uniform` quantile of the
/// binomial law, so that a higher share never keeps less of the same future.
///
/// The quantile is found outward from the mode. Only `libm` and + - x / are used: the same count on every platform.
pub(super) fn thin(count: u64, share: f64, uniform: f64) -> u64 {
    keep(count, share, uniform, at_mode)
}

/// [`thin`] with one share, many times: what counts have in common is worked out once.
#[derive(Debug, Clone, Default)]
pub(super) struct Thinner {
    share: f64,
    /// By count; unknown where the mass is 0.
    at_mode: Vec<AtMode>,
}

impl Thinner {
    /// Counts up to here are remembered.
    const REMEMBERED: u64 = 4096;

    /// Forgets what belongs to another share.
    pub(super) fn set(&mut self, share: f64) {
        if self.share != share {
            self.share = share;
            self.at_mode.clear();
        }
    }

    /// Whether nothing of any count remains.
    pub(super) const fn keeps_nothing(&self) -> bool {
        self.share <= 0.0
    }

    /// [`thin`] of `count`.
    #[inline(always)]
    pub(super) fn keep(&mut self, count: u64, uniform: f64) -> u64 {
        if count == 0 || self.share <= 0.0 {
            return 0;
        }
        if self.share >= 1.0 {
            return count;
        }
        self.search(count, uniform)
    }

    #[inline(never)]
    fn search(&mut self, count: u64, uniform: f64) -> u64 {
        let known = &mut self.at_mode;
        keep(count, self.share, uniform, |count, share| {
            if count > Self::REMEMBERED {
                return at_mode(count, share);
            }
            if known.len() <= count as usize {
                known.resize(count as usize + 1, AtMode::default());
            }
            let entry = &mut known[count as usize];
            if entry.mass == 0.0 {
                *entry = at_mode(count, share);
            }
            *entry
        })
    }
}

/// The most likely count that remains, its probability, and that of all smaller ones.
#[derive(Debug, Clone, Copy, Default)]
struct AtMode {
    kept: u64,
    mass: f64,
    below: f64,
}

#[inline(always)]
fn keep(count: u64, share: f64, uniform: f64, at_mode: impl FnOnce(u64, f64) -> AtMode) -> u64 {
    if count == 0 || share <= 0.0 {
        return 0;
    }
    if share >= 1.0 {
        return count;
    }
    // From the nearer end: what is left out of many is thinned like what stays of few.
    if share > 0.5 {
        let share = 1.0 - share;
        return count - quantile(count, share, 1.0 - uniform, at_mode(count, share));
    }
    quantile(count, share, uniform, at_mode(count, share))
}

/// Smallest k with P(at most k) >= `uniform`.
#[inline(always)]
fn quantile(count: u64, share: f64, uniform: f64, from: AtMode) -> u64 {
    let AtMode { mut kept, mut mass, mut below } = from;
    if below >= uniform {
        let odds = (1.0 - share) / share;
        while below >= uniform && kept > 0 && mass >= f64::MIN_POSITIVE {
            mass *= odds * kept as f64 / (count - kept + 1) as f64;
            kept -= 1;
            below -= mass;
        }
        return kept;
    }
    let odds = share / (1.0 - share);
    while below + mass < uniform && kept < count {
        below += mass;
        mass *= odds * (count - kept) as f64 / (kept + 1) as f64;
        if mass < f64::MIN_POSITIVE {
            break;
        }
        kept += 1;
    }
    kept
}

/// The sum over what lies below the mode, from 0 or from so far below the mean that what lies before is less than a
/// uniform can tell.
fn at_mode(count: u64, share: f64) -> AtMode {
    let odds = share / (1.0 - share);
    let mode = (((count + 1) as f64 * share) as u64).min(count);
    let (mut kept, mut mass) = start(count, share);
    let mut below = 0.0;
    while kept < mode {
        below += mass;
        mass *= odds * (count - kept) as f64 / (kept + 1) as f64;
        kept += 1;
    }
    AtMode { kept, mass, below }
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

    /// What is remembered changes nothing, in whatever order counts come.
    #[test]
    fn a_thinner_is_thin() {
        for share in [0.0, 0.003, 0.3, 0.5, 0.81, 1.0] {
            let mut thinner = Thinner::default();
            thinner.set(share);
            for step in 0..3000_u64 {
                let (count, uniform) = (step * 7919 % 5000, (step * 104_729 % 997) as f64 / 997.0);
                assert_eq!(thinner.keep(count, uniform), thin(count, share, uniform), "{count} {share} {uniform}");
            }
        }
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
