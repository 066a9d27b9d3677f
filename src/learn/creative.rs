//! How long a creative keeps drawing before it tires.
//!
//! A day's uplift is shared among its creatives by spend, since no record says who came for which; so this is how uplift
//! for money falls with a creative's age, an association like all that is said of spend. It must not know plans.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::PastBurst;
use super::records::Records;
use crate::calendar::Date;

/// Days of a burst with spend on a creative from which its decline is measured.
const LEAST_DAYS: usize = 6;
/// Standard errors by which a decline differs from none.
const CLEAR: f64 = 2.0;

/// One creative of a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreativeLife {
    /// Its name.
    pub creative: String,
    /// First day with spend.
    pub first: Date,
    /// Days in bursts on which money was spent on it.
    pub days: usize,
    /// Money spent on it on these days.
    pub spend: f64,
    /// Pieces of uplift for a unit of money on these days.
    pub productivity: f64,
    /// Days until its productivity halves; `None` with fewer than six days, or where it does not clearly fall.
    pub halving_days: Option<f64>,
}

/// The creatives of a product, by name; none where the ads table names none.
pub(super) fn creatives(records: &Records<'_>, bursts: &[PastBurst]) -> Vec<CreativeLife> {
    let mut spend: BTreeMap<&str, BTreeMap<Date, f64>> = BTreeMap::new();
    let mut by_day: BTreeMap<Date, f64> = BTreeMap::new();
    for ad in &records.ads {
        let Some(money) = ad.spend.or(ad.planned_spend).filter(|money| *money > 0.0) else { continue };
        *by_day.entry(ad.date).or_default() += money;
        if let Some(creative) = ad.creative.as_deref() {
            *spend.entry(creative).or_default().entry(ad.date).or_default() += money;
        }
    }
    let uplift = |date: &Date| {
        let burst = bursts.iter().find(|burst| (0..burst.days as i64).contains(&date.days_since(burst.start)))?;
        let share = burst.shape.shares().get(usize::try_from(date.days_since(burst.start)).ok()?)?;
        (burst.uplift > 0.0).then_some(burst.uplift * share)
    };
    let life = |(creative, days): (&str, BTreeMap<Date, f64>)| {
        let first = *days.keys().next()?;
        // Age, uplift for money, money.
        let points: Vec<(f64, f64, f64)> = days
            .iter()
            .filter_map(|(date, money)| {
                Some((date.days_since(first) as f64, uplift(date)? / by_day.get(date)?, *money))
            })
            .collect();
        let money: f64 = points.iter().map(|(_, _, money)| money).sum();
        let pieces: f64 = points.iter().map(|(_, productivity, money)| productivity * money).sum();
        (money > 0.0).then(|| CreativeLife {
            creative: creative.to_owned(),
            first,
            days: points.len(),
            spend: money,
            productivity: pieces / money,
            halving_days: halving(&points),
        })
    };
    spend.into_iter().filter_map(life).collect()
}

/// ln 2 over the decline a day of ln(productivity), by least squares.
fn halving(points: &[(f64, f64, f64)]) -> Option<f64> {
    let points: Vec<(f64, f64)> = points.iter().filter(|p| p.1 > 0.0).map(|p| (p.0, libm::log(p.1))).collect();
    let count = points.len() as f64;
    if points.len() < LEAST_DAYS {
        return None;
    }
    let mean_x = points.iter().map(|p| p.0).sum::<f64>() / count;
    let mean_y = points.iter().map(|p| p.1).sum::<f64>() / count;
    let sxx: f64 = points.iter().map(|p| (p.0 - mean_x).powi(2)).sum();
    let sxy: f64 = points.iter().map(|p| (p.0 - mean_x) * (p.1 - mean_y)).sum();
    if sxx <= 0.0 {
        return None;
    }
    let slope = sxy / sxx;
    let residual: f64 = points.iter().map(|p| (p.1 - mean_y - slope * (p.0 - mean_x)).powi(2)).sum();
    let error = libm::sqrt(residual / (count - 2.0) / sxx);
    (slope < 0.0 && -slope > CLEAR * error).then(|| std::f64::consts::LN_2 / -slope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{AdSpend, History, Sku};
    use crate::learn::BurstDetail;
    use crate::process::BurstShape;

    #[test]
    fn a_creative_that_halves_every_four_days_is_found_to() {
        let start: Date = "2026-03-01".parse().expect("a date");
        let weights: Vec<f64> = (0..10).map(|day| libm::exp2(-f64::from(day) / 4.0)).collect();
        let burst = burst_of(&weights, start);
        let ad = |day: i64, creative: &str| AdSpend {
            date: start.plus_days(day),
            campaign: "C".into(),
            creative: Some(creative.to_owned()),
            sku: Some(Sku("A".into())),
            planned_spend: None,
            spend: Some(50.0),
        };
        let mut ads: Vec<AdSpend> = (0..10).map(|day| ad(day, "cat")).collect();
        ads.extend((0..3).map(|day| ad(day, "dog")));
        let history = History { ads, ..History::default() };
        let lives = creatives(&Records::of(&Sku("A".into()), &history), std::slice::from_ref(&burst));
        assert_eq!(
            lives.iter().map(|life| (life.creative.as_str(), life.days)).collect::<Vec<_>>(),
            [("cat", 10), ("dog", 3)]
        );
        // The days that it shares with another fetch half for the money: it falls more slowly than the burst.
        let halving = lives[0].halving_days.expect("a decline");
        assert!(halving > 4.0, "{halving}");
        assert_eq!(lives[1].halving_days, None);
        let alone = History { ads: (0..10).map(|day| ad(day, "cat")).collect(), ..History::default() };
        let lives = creatives(&Records::of(&Sku("A".into()), &alone), &[burst]);
        assert!((lives[0].halving_days.expect("a decline") - 4.0).abs() < 1e-9);
        assert!((lives[0].productivity - 2.0).abs() < 1e-9);
        assert!(creatives(&Records::of(&Sku("B".into()), &alone), &[]).is_empty());
    }

    fn burst_of(weights: &[f64], start: Date) -> PastBurst {
        PastBurst {
            noise_variance: 0.0,
            plateau_days: 1.0,
            ordinary_variance: 0.0,
            tail: 0,
            start,
            days: weights.len(),
            multiple: 3.0,
            uplift: 1000.0,
            ordinary: 500.0,
            shape: BurstShape::from_weights(weights).expect("a shape"),
            peak_share: 0.5,
            censored_share: 0.0,
            planned_spend: None,
            spend: Some(50.0),
            planned: true,
            detail: BurstDetail::default(),
        }
    }
}
