//! How a burst answers to planned ad spend: carry-over, saturation, and one elasticity for the shop.
//!
//! An association in the past, not a cause: shops spend more on what sells. Planned spend is used, because realised
//! spend is an outcome: ads that sell get more of the budget. It must not know what an event is planned for, nor stock.

use serde::{Deserialize, Serialize};

use super::PastBurst;
use super::spend_fit;

/// Elasticity of the uplift with respect to planned spend before a shop's own records (methods, section 3.7), and its
/// standard deviation.
pub(super) const PRIOR: (f64, f64) = (0.6, 0.2);
/// Default carry-over a day.
const CARRY_OVER: f64 = 0.3;
/// Planned spend beyond this multiple of the largest seen is extrapolation.
const SPEND_BEYOND: f64 = 1.5;

/// Spend with its carry-over, `A_t = (1 - theta) x_t + theta A_{t-1}`, from nothing on (Broadbent 1979; normalised, so
/// that steady spend ends at itself). `theta` lies in 0 to 1.
///
/// ```
/// use stockburst::learn::adstock;
/// assert_eq!(adstock(&[100.0, 100.0, 100.0, 0.0, 0.0], 0.5), [50.0, 75.0, 87.5, 43.75, 21.875]);
/// ```
#[must_use]
pub fn adstock(spend: &[f64], theta: f64) -> Vec<f64> {
    let mut carried = 0.0;
    let mut day = |spend: &f64| {
        carried = (1.0 - theta) * spend + theta * carried;
        carried
    };
    spend.iter().map(&mut day).collect()
}

/// Saturation between 0 and 1, `A^s / (A^s + K^s)` (Hill 1910); 0 without spend. `half` is K, the spend of half the
/// effect, in money; `slope` is s.
///
/// ```
/// assert!((stockburst::learn::hill(175.0, 150.0, 2.0) - 0.576_470_6).abs() < 1e-7);
/// ```
#[must_use]
pub fn hill(spend: f64, half: f64, slope: f64) -> f64 {
    if spend <= 0.0 {
        return 0.0;
    }
    if half <= 0.0 {
        return 1.0;
    }
    let ratio = half / spend;
    // One is by far the most frequent slope, and needs no logarithm.
    1.0 / (1.0 + if slope == 1.0 { ratio } else { libm::pow(ratio, slope) })
}

/// Carry-over and saturation of ad spend.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// Share of a day's effect that is still there on the next.
    pub theta: f64,
    /// Spend of half the effect, as a multiple of the product's typical daily spend.
    pub half: f64,
    /// Slope of the saturation.
    pub slope: f64,
}

impl Default for Curve {
    fn default() -> Self {
        Self { theta: CARRY_OVER, half: 1.0, slope: 1.0 }
    }
}

impl Curve {
    /// Sum over the days of the saturated, carried-over spend; at most the number of days. `typical` is the typical daily
    /// spend in money.
    #[must_use]
    pub fn drive(&self, spend: &[f64], typical: f64) -> f64 {
        adstock(spend, self.theta).into_iter().map(|spend| hill(spend, self.half * typical, self.slope)).sum()
    }

    /// Drive of this spend over that of typical spend on as many days; `None` without spend.
    pub(super) fn relative_drive(&self, spend: &[f64], typical: f64) -> Option<f64> {
        let span = span(spend)?;
        let ratio = self.drive(span, typical) / self.drive(&vec![typical; span.len()], typical);
        (ratio.is_finite() && ratio > 0.0).then_some(ratio)
    }

    /// Elasticity of the drive of typical spend over `days` days: sum of `s H (1 - H)` over sum of H.
    pub(super) fn elasticity(&self, days: usize) -> f64 {
        let each = adstock(&vec![1.0; days.max(1)], self.theta);
        let each: Vec<f64> = each.into_iter().map(|spend| hill(spend, self.half, self.slope)).collect();
        let total: f64 = each.iter().sum();
        self.slope * each.iter().map(|h| h * (1.0 - h)).sum::<f64>() / total.max(f64::MIN_POSITIVE)
    }
}

/// The elasticity as the shop's own bursts have it, before it is shrunk.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SpendEstimate {
    /// The estimate, which may lie outside 0 to 1.
    pub elasticity: f64,
    /// Its standard error.
    pub error: f64,
}

/// What is known of how bursts answer to planned spend.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// Carry-over and saturation.
    pub curve: Curve,
    /// Elasticity of the uplift at a product's typical spend, between 0 and 1: the shop's own estimate shrunk to
    /// 0.6 +- 0.2.
    pub elasticity: f64,
    /// The shop's own estimate; `None` with fewer than eight bursts of known spend or less than a range of 2, when the
    /// prior stands.
    pub estimate: Option<SpendEstimate>,
    /// Bursts of known spend.
    pub bursts: usize,
    /// Those of which only realised spend is known.
    pub realised: usize,
    /// Typical spend a day over the shop's bursts, in money.
    pub typical: Option<f64>,
    /// Largest spend a day, on average over a burst.
    pub largest: Option<f64>,
}

impl Default for Response {
    fn default() -> Self {
        Self {
            curve: Curve::default(),
            elasticity: PRIOR.0,
            estimate: None,
            bursts: 0,
            realised: 0,
            typical: None,
            largest: None,
        }
    }
}

impl Response {
    /// Learns from the bursts of a shop, one slice a product.
    #[must_use]
    pub fn of(products: &[&[PastBurst]]) -> Self {
        let all = || products.iter().flat_map(|bursts| bursts.iter());
        let spends: Vec<f64> = all().filter_map(|burst| daily(&burst.detail.spend_by_day)).collect();
        let mut response = Self {
            bursts: spends.len(),
            realised: all().filter(|burst| burst.detail.spend_realised).count(),
            largest: spends.iter().copied().max_by(f64::total_cmp),
            typical: median(spends),
            ..Self::default()
        };
        if let Some(found) = spend_fit::fit(products) {
            response.curve = found.curve;
            response.estimate = Some(found.estimate);
            response.elasticity = shrunk(found.estimate);
        }
        response
    }

    /// How much this spend by day multiplies the uplift that typical spend brings; 1 where either is not known.
    #[must_use]
    pub fn factor(&self, spend: &[f64], typical: f64) -> f64 {
        let Some(days) = span(spend).map(<[f64]>::len) else { return 1.0 };
        let Some(ratio) = self.curve.relative_drive(spend, typical) else { return 1.0 };
        // The curve gives the bend, the elasticity the slope at typical spend.
        libm::pow(ratio, self.elasticity / self.curve.elasticity(days).max(0.05))
    }

    /// Pieces of uplift a unit of drive; `None` where the spend is not known or nothing was spent.
    #[must_use]
    pub fn productivity(&self, burst: &PastBurst, typical: f64) -> Option<f64> {
        let drive = self.curve.drive(&burst.detail.spend_by_day, typical);
        (drive > 0.0).then(|| burst.uplift / drive)
    }

    /// The largest spend seen, if this spend lies so far above it that nothing is known of it.
    #[must_use]
    pub fn beyond(&self, spend: &[f64], bursts: &[PastBurst]) -> Option<f64> {
        let own = bursts.iter().filter_map(|burst| daily(&burst.detail.spend_by_day)).max_by(f64::total_cmp);
        let largest = own.or(self.largest)?;
        (daily(spend)? > SPEND_BEYOND * largest).then_some(largest)
    }
}

/// The typical daily spend of a product: the median over its bursts; `None` where no spend is known.
#[must_use]
pub fn typical_spend(bursts: &[PastBurst]) -> Option<f64> {
    median(bursts.iter().filter_map(|burst| daily(&burst.detail.spend_by_day)).collect())
}

/// Days from the first to the last with spend. A tail without spend says nothing of how much was spent.
fn span(spend: &[f64]) -> Option<&[f64]> {
    let first = spend.iter().position(|spend| *spend > 0.0)?;
    let last = spend.iter().rposition(|spend| *spend > 0.0)?;
    Some(&spend[first..=last])
}

/// Mean spend a day from the first to the last day with spend.
pub(super) fn daily(spend: &[f64]) -> Option<f64> {
    span(spend).map(|span| span.iter().sum::<f64>() / span.len() as f64)
}

/// Middle of the values, the upper one of two; `None` of none.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Precision-weighted mean of an estimate and the prior, kept between 0 and 1.
fn shrunk(estimate: SpendEstimate) -> f64 {
    let (mean, sd) = PRIOR;
    let (own, prior) = (1.0 / (estimate.error * estimate.error).max(1e-12), 1.0 / (sd * sd));
    ((own * estimate.elasticity + prior * mean) / (own + prior)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// V19: unnormalised 100, 150, 175, 87.5, 43.75; Hill(175; 150, 2) = .5764706; half-life of .84 a day 3.9755 days.
    #[test]
    fn carry_over_and_saturation_have_the_published_values() {
        let plain: Vec<f64> = adstock(&[100.0, 100.0, 100.0, 0.0, 0.0], 0.5).iter().map(|a| a / 0.5).collect();
        assert_eq!(plain, [100.0, 150.0, 175.0, 87.5, 43.75]);
        assert!((hill(175.0, 150.0, 2.0) - 0.576_470_6).abs() < 5e-8);
        let halved = adstock(&[100.0, 0.0], 0.84)[1] / adstock(&[100.0, 0.0], 0.84)[0];
        assert!((0.5_f64.ln() / halved.ln() - 3.9755).abs() < 5e-5);
    }

    #[test]
    fn odd_spend_gives_numbers() {
        assert_eq!((hill(0.0, 0.0, 1.0), hill(1.0, 0.0, 1.0), hill(-1.0, 5.0, 1.5)), (0.0, 1.0, 0.0));
        let response = Response::default();
        for (spend, typical) in [(&[][..], 100.0), (&[0.0, 0.0], 100.0), (&[50.0], 0.0), (&[f64::MAX], 1e-300)] {
            let factor = response.factor(spend, typical);
            assert!(factor.is_finite() && factor > 0.0, "{spend:?}: {factor}");
        }
        assert_eq!(typical_spend(&[]), None);
        assert_eq!(Response::of(&[]), Response::default());
    }

    /// At typical spend the slope is the elasticity, far above it less and less comes of more.
    #[test]
    fn the_elasticity_holds_at_typical_spend_and_saturation_above_it() {
        let response = Response::default();
        let factor = |spend: f64| response.factor(&[spend; 8], 100.0);
        assert!((factor(100.0) - 1.0).abs() < 1e-12);
        assert!((factor(101.0).ln() / 1.01_f64.ln() - 0.6).abs() < 0.005);
        assert!(factor(150.0) < 1.5_f64.powf(0.6) && factor(800.0) < 0.75 * 8.0_f64.powf(0.6));
        assert!(factor(1e12) < 4.0);
        // Days without spend behind the last one do not thin it out.
        assert_eq!(response.factor(&[100.0, 100.0, 0.0, 0.0], 100.0), response.factor(&[100.0, 100.0], 100.0));
    }

    #[test]
    fn the_shops_own_estimate_is_shrunk_and_kept_within_bounds() {
        let shrunk = |elasticity, error| shrunk(SpendEstimate { elasticity, error });
        assert!((shrunk(0.2, 0.2) - 0.4).abs() < 1e-12);
        assert!((shrunk(0.2, 1e9) - 0.6).abs() < 1e-9);
        assert_eq!((shrunk(-3.0, 0.01), shrunk(3.0, 0.01)), (0.0, 1.0));
        assert!(shrunk(0.3, 0.0).is_finite());
    }
}
