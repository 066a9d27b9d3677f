//! Ranking and selection: how to share simulation out among candidates, and when the best of them is known.

use super::normal_cdf;
use super::solve::zero;

/// Shares of a simulation budget that tell the least of several means soonest (optimal computing budget allocation).
///
/// ```text
/// N_i / N_j = ((s_i / d_i) / (s_j / d_j))²,  N_b = s_b √(Σ (N_i / s_i)²),  d_i = mean_i - mean_b
/// ```
///
/// `None` unless there are as many standard deviations as means, at least two, all finite, the deviations above 0, and one
/// mean is below all others. Source: Chen, Lin, Yücesan & Chick (2000), Discrete Event Dynamic Systems 10, 251-270, theorem 1.
///
/// ```
/// use stockburst::stats::budget_shares;
/// let (best, shares) = budget_shares(&[10.0, 11.0, 14.0], &[2.0; 3]).unwrap();
/// assert_eq!(best, 0);
/// // The rival that is four times as near gets sixteen times as much.
/// assert!((shares[1] / shares[2] - 16.0).abs() < 1e-9);
/// assert_eq!(budget_shares(&[10.0, 10.0], &[2.0; 2]), None);
/// ```
#[must_use]
pub fn budget_shares(means: &[f64], deviations: &[f64]) -> Option<(usize, Vec<f64>)> {
    let known = |value: &f64| value.is_finite();
    let usable = means.iter().all(known) && deviations.iter().all(|sd| known(sd) && *sd > 0.0);
    if means.len() != deviations.len() || means.len() < 2 || !usable {
        return None;
    }
    let best = (0..means.len()).min_by(|a, b| means[*a].total_cmp(&means[*b]))?;
    let behind = |at: usize| means[at] - means[best];
    let rivals = || (0..means.len()).filter(move |at| *at != best);
    // Over the nearest rival, so that nothing overflows.
    let nearest = rivals().map(behind).fold(f64::INFINITY, f64::min);
    if nearest <= 0.0 {
        return None;
    }
    let mut shares: Vec<f64> = (0..means.len()).map(|at| (deviations[at] * nearest / behind(at)).powi(2)).collect();
    let squares: f64 = rivals().map(|at| (shares[at] / deviations[at]).powi(2)).sum();
    shares[best] = deviations[best] * squares.sqrt();
    let total: f64 = shares.iter().sum();
    (total.is_finite() && total > 0.0).then(|| (best, shares.into_iter().map(|share| share / total).collect()))
}

/// The constants of a sequential selection among so many candidates, which takes the best with a stated probability if it is
/// better than every other by an indifference zone δ.
///
/// ```text
/// η = ½ ((2 α / (k - 1))^(-2 / (n0 - 1)) - 1),  h² = 2 η (n0 - 1)
/// ```
///
/// Source: Kim & Nelson (2001), ACM TOMACS 11, 251-273, with c = 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SequentialSelection {
    /// η.
    pub eta: f64,
    /// h².
    pub h_squared: f64,
}

impl SequentialSelection {
    /// For `candidates` of which `first` observations each estimate the variances, wrong with a probability of at most `alpha`.
    ///
    /// `None` unless there are two candidates, two first observations and an `alpha` between 0 and 1 that two candidates can
    /// bear (2 α below k - 1).
    ///
    /// ```
    /// use stockburst::stats::SequentialSelection;
    /// let selection = SequentialSelection::new(10, 20, 0.05).unwrap();
    /// assert!((selection.h_squared - 11.511485).abs() < 1e-6);
    /// // Two candidates whose differences have a variance of 4, told apart to 0.5: 184 observations at most.
    /// assert_eq!(selection.most_observations(4.0, 0.5), Some(184));
    /// ```
    #[must_use]
    pub fn new(candidates: u64, first: u64, alpha: f64) -> Option<Self> {
        if candidates < 2 || first < 2 || !(alpha > 0.0 && 2.0 * alpha < (candidates - 1) as f64 && alpha < 1.0) {
            return None;
        }
        let freedom = (first - 1) as f64;
        // ln, so that a hundred thousand candidates do not lose digits.
        let eta = 0.5 * (-2.0 / freedom * (2.0 * alpha / (candidates - 1) as f64).ln()).exp_m1();
        eta.is_finite().then_some(Self { eta, h_squared: 2.0 * eta * freedom })
    }

    /// Observations after which a pair whose differences have this variance is decided at the latest, less one; `None` if that is
    /// no count.
    #[must_use]
    pub fn most_observations(&self, variance: f64, delta: f64) -> Option<u64> {
        let most = (self.h_squared * variance / (delta * delta)).floor();
        (most.is_finite() && (0.0..9e15).contains(&most)).then_some(most as u64)
    }

    /// By how much the sum of a candidate's observations may lie behind another's after so many of each and it stays in: 0 at
    /// the end.
    #[must_use]
    pub fn tolerance(&self, variance: f64, delta: f64, observations: u64) -> f64 {
        let n = observations as f64;
        let bound = delta / 2.0 * (self.h_squared * variance / (delta * delta) - n);
        bound.max(0.0)
    }
}

/// Points of the rule that integrates each chi-square variable.
const POINTS: usize = 240;

/// Rinott's constant h: with (h s_i / δ)² observations of each candidate, the best of `candidates` is taken with probability
/// `confidence` if it is better by δ, `first` observations each having told the variances.
///
/// ```text
/// E[Π Φ(h / √(ν (1/X + 1/Y)))] = P*  over k - 1 candidates;  X, Y chi-square with ν = n0 - 1
/// ```
///
/// `None` for fewer than two candidates or three first observations, or a confidence outside of 1/k to 1. Source: Rinott
/// (1978), Communications in Statistics A7, 799-811; Simpson's rule in each variable.
///
/// ```
/// use stockburst::stats::rinott_h;
/// assert!((rinott_h(10, 20, 0.95).unwrap() - 3.875277).abs() < 1e-5);
/// assert_eq!(rinott_h(1, 20, 0.95), None);
/// ```
#[must_use]
pub fn rinott_h(candidates: u64, first: u64, confidence: f64) -> Option<f64> {
    if candidates < 2 || first < 3 || !(confidence > 1.0 / candidates as f64 && confidence < 1.0) {
        return None;
    }
    let freedom = (first - 1) as f64;
    let nodes = chi_square_nodes(freedom);
    let others = (candidates - 1) as f64;
    let probability = |h: f64| -> f64 {
        let wins = |y: f64| -> f64 {
            nodes.iter().map(|(x, weight)| weight * normal_cdf(h / (freedom * (1.0 / x + 1.0 / y)).sqrt())).sum()
        };
        nodes.iter().map(|(y, weight)| weight * wins(*y).powf(others)).sum()
    };
    let mut high = 4.0;
    while probability(high) < confidence {
        high *= 2.0;
        if high > 1e6 {
            return None;
        }
    }
    Some(zero(0.0, high, |h| probability(h) - confidence))
}

/// Points and weights of a chi-square law: Simpson's rule in the cube root, in which it is nearly normal (Wilson & Hilferty
/// 1931).
fn chi_square_nodes(freedom: f64) -> Vec<(f64, f64)> {
    const REACH: f64 = 9.0;
    let (mean, sd) = (1.0 - 2.0 / (9.0 * freedom), (2.0 / (9.0 * freedom)).sqrt());
    let low = (mean - REACH * sd).max(1e-3);
    let step = (mean + REACH * sd - low) / POINTS as f64;
    // Weights are made to add up to 1, so that the density's constant does not matter; taken off at the mean, nothing overflows.
    let log_density = |x: f64| (freedom / 2.0 - 1.0) * x.ln() - x / 2.0;
    let top = log_density(freedom);
    let mut nodes: Vec<(f64, f64)> = (0..=POINTS)
        .map(|at| {
            let root = low + step * at as f64;
            let x = freedom * root.powi(3);
            let simpson = if at == 0 || at == POINTS { 1.0 } else { 2.0 + 2.0 * (at % 2) as f64 };
            (x, simpson * (log_density(x) - top).exp() * root * root)
        })
        .collect();
    let total: f64 = nodes.iter().map(|(_, weight)| weight).sum();
    nodes.iter_mut().for_each(|(_, weight)| *weight /= total);
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_those_of_a_chi_square_law() {
        for freedom in [2.0, 9.0, 19.0, 200.0] {
            let nodes = chi_square_nodes(freedom);
            let moment = |of: &dyn Fn(f64) -> f64| nodes.iter().map(|(x, weight)| weight * of(*x)).sum::<f64>();
            assert!((moment(&|x| x) - freedom).abs() < 1e-6 * freedom, "{freedom}");
            assert!((moment(&|x| (x - freedom).powi(2)) - 2.0 * freedom).abs() < 1e-5 * freedom, "{freedom}");
        }
    }

    #[test]
    fn more_candidates_and_more_certainty_need_more() {
        let h = |k, confidence| rinott_h(k, 20, confidence).expect("a constant");
        assert!(h(2, 0.95) < h(5, 0.95) && h(5, 0.95) < h(5, 0.99));
        // With endless first observations, two candidates need the normal point: √2 z.
        let many = rinott_h(2, 20_000, 0.95).expect("a constant");
        assert!((many - 2.0_f64.sqrt() * 1.644_854).abs() < 1e-3, "{many}");
        assert_eq!(rinott_h(2, 20, 0.5), None);
    }

    #[test]
    fn a_budget_goes_to_whom_is_hard_to_tell() {
        let (best, shares) = budget_shares(&[5.0, 5.1, 9.0], &[1.0, 1.0, 1.0]).expect("shares");
        assert_eq!(best, 0);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(shares[1] > 0.4 && shares[2] < 0.01, "{shares:?}");
        for bad in [&[1.0][..], &[1.0, f64::NAN], &[2.0, 2.0]] {
            assert_eq!(budget_shares(bad, &vec![1.0; bad.len()]), None);
        }
        assert_eq!(budget_shares(&[1.0, 2.0], &[0.0, 1.0]), None);
    }

    /// 2,000 races of five normals, the best better by exactly δ: it is taken in at least 95 %.
    #[test]
    fn a_sequential_race_takes_the_best_as_often_as_promised() {
        use crate::random::{Entity, Seed, Source, Stream};
        let (k, first, delta) = (5_usize, 10_u64, 0.5);
        let selection = SequentialSelection::new(k as u64, first, 0.05).expect("constants");
        let mut right = 0;
        for race in 0..2_000 {
            let mut stream = Stream::open(Seed(9), race, Source::Organic, Entity::named(&["race"]));
            let mean = |at: usize| if at == 0 { delta } else { 0.0 };
            let mut draws: Vec<Vec<f64>> =
                (0..k).map(|at| (0..first).map(|_| mean(at) + stream.normal()).collect()).collect();
            let variance = |a: &[f64], b: &[f64]| {
                let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
                let middle = differences.iter().sum::<f64>() / first as f64;
                differences.iter().map(|d| (d - middle).powi(2)).sum::<f64>() / (first - 1) as f64
            };
            let pairs: Vec<Vec<f64>> =
                (0..k).map(|a| (0..k).map(|b| variance(&draws[a], &draws[b])).collect()).collect();
            let mut left: Vec<usize> = (0..k).collect();
            let mut n = first;
            while left.len() > 1 {
                let sums: Vec<f64> = draws.iter().map(|draws| draws.iter().sum::<f64>()).collect();
                let stays = |a: &usize| {
                    left.iter().all(|b| {
                        let behind = sums[*b] - sums[*a];
                        a == b || behind <= selection.tolerance(pairs[*a][*b], delta, n)
                    })
                };
                let next: Vec<usize> = left.iter().copied().filter(stays).collect();
                left = if next.is_empty() { vec![left[0]] } else { next };
                for at in &left {
                    draws[*at].push(mean(*at) + stream.normal());
                }
                n += 1;
            }
            right += u32::from(left[0] == 0);
        }
        assert!(f64::from(right) / 2_000.0 > 0.95, "{right}");
    }
}
