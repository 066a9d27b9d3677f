//! What else is kept of a past burst: its spend by day, who sold it, the phases of its shape, and the dip after it.
//!
//! The size and shape themselves are measured in `bursts`; here stands what explains them. It must not know what an
//! event is planned for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::PastBurst;
use super::bursts::BurstDay;
use super::records::Records;
use crate::calendar::Date;
use crate::history::Promotion;

/// Days after a burst in which its customers are missed.
const DIP_DAYS: usize = 14;
/// Share of filled-in demand above which a burst counts half.
const FLAGGED: f64 = 0.6;
/// A day belongs to the plateau if it has at least this share of the plateau's level.
const ON_PLATEAU: f64 = 0.7;
/// Bounds of a residual size k.
const SIZES: (f64, f64) = (0.5, 200.0);

/// Days of the three phases of a burst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phases {
    /// Days before the plateau.
    pub ramp: usize,
    /// Days from the first to the last near the plateau's level.
    pub plateau: usize,
    /// Days after it.
    pub tail: usize,
}

impl Phases {
    /// The phases of a shape: its plateau reaches from the first to the last day with at least 0.7 x the median of the
    /// upper half of the days' shares.
    #[must_use]
    pub fn of(shares: &[f64]) -> Self {
        let mut sorted = shares.to_vec();
        sorted.sort_by(|a, b| b.total_cmp(a));
        let level = ON_PLATEAU * sorted.get(sorted.len().div_ceil(2).saturating_sub(1) / 2).copied().unwrap_or(0.0);
        let first = shares.iter().position(|share| *share >= level).unwrap_or(0);
        let last = shares.iter().rposition(|share| *share >= level).unwrap_or(first);
        Self { ramp: first, plateau: (last + 1 - first).min(shares.len()), tail: shares.len().saturating_sub(last + 1) }
    }

    /// The shares as the phases have them: a line up to the plateau's mean, the mean, a line down that keeps the tail's
    /// sum.
    fn smoothed(self, shares: &[f64]) -> Vec<f64> {
        let end = self.ramp + self.plateau;
        let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len().max(1) as f64;
        let level = mean(&shares[self.ramp..end]);
        let line = |days: usize, sum: f64, rising: bool| -> Vec<f64> {
            let weights: Vec<f64> =
                (0..days).map(|day| if rising { day as f64 + 0.5 } else { (days - day) as f64 - 0.5 }).collect();
            let total: f64 = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            weights.into_iter().map(|weight| sum * weight / total).collect()
        };
        let mut smooth = line(self.ramp, shares[..self.ramp].iter().sum(), true);
        smooth.resize(end, level);
        smooth.extend(line(self.tail, shares[end..].iter().sum(), false));
        smooth
    }
}

/// What explains a past burst.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BurstDetail {
    /// Ad spend by day from the first day on in money: planned, or realised where nothing was planned; empty where
    /// neither is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spend_by_day: Vec<f64>,
    /// Whether realised spend stands in for planned spend.
    #[serde(default)]
    pub spend_realised: bool,
    /// How much this spend raises the uplift over that of the product's typical spend; `None` where it is not known.
    #[serde(default)]
    pub spend_factor: Option<f64>,
    /// Pieces of uplift a unit of drive (a day of saturated spend); `None` where spend is not known.
    #[serde(default)]
    pub productivity: Option<f64>,
    /// Campaign, where one is named.
    #[serde(default)]
    pub campaign: Option<String>,
    /// Host or creator, where one is named.
    #[serde(default)]
    pub host: Option<String>,
    /// Creative on which most was spent, where one is named.
    #[serde(default)]
    pub creative: Option<String>,
    /// Phases of its shape.
    #[serde(default)]
    pub phases: Option<Phases>,
    /// Pieces below ordinary demand in the 14 days after it, or as many of them as there are before the next burst;
    /// negative if more was sold than usual.
    #[serde(default)]
    pub dip_after: Option<f64>,
    /// Days behind the dip.
    #[serde(default)]
    pub dip_days: usize,
    /// Size k of its days around its phases (variance mean + mean² / k); `None` if they scatter no more than counts do.
    #[serde(default)]
    pub noise_size: Option<f64>,
}

impl PastBurst {
    /// Whether so much of it was filled in (more than 60 %) that it counts half.
    #[must_use]
    pub fn is_flagged(&self) -> bool {
        self.censored_share > FLAGGED
    }

    /// Uplift less the dip after it, in pieces: what the burst was worth, while the uplift is what it needs.
    #[must_use]
    pub fn net_uplift(&self) -> f64 {
        self.uplift - self.detail.dip_after.unwrap_or(0.0)
    }
}

/// Completes what `bursts` measured: `burst` are the days `start..end`, and nothing else begins before day `next`.
pub(super) fn complete(
    burst: &mut PastBurst,
    records: &Records<'_>,
    (days, baseline): (&[BurstDay], &[f64]),
    (start, end, next): (usize, usize, usize),
) {
    let window = &days[start..end];
    let planned = window.iter().any(|day| day.planned_spend.is_some());
    let spend = |day: &BurstDay| if planned { day.planned_spend } else { day.spend };
    let detail = &mut burst.detail;
    if window.iter().any(|day| spend(day).is_some()) {
        detail.spend_by_day = window.iter().map(|day| spend(day).unwrap_or(0.0)).collect();
        detail.spend_realised = !planned;
    }
    let last = burst.start.plus_days((end - start) as i64 - 1);
    let overlaps = |promotion: &&&Promotion| promotion.start <= last && promotion.end >= burst.start;
    let promotion = records.promotions.iter().find(overlaps);
    detail.campaign = promotion.map(|promotion| promotion.campaign.clone());
    detail.host = promotion.and_then(|promotion| promotion.host.clone());
    detail.creative = leading_creative(records, burst.start, last);
    let phases = Phases::of(burst.shape.shares());
    detail.phases = Some(phases);

    // Days without stock say nothing of a dip.
    let after: Vec<usize> = (end..(end + DIP_DAYS).min(next).min(days.len())).collect();
    let open: Vec<usize> = after.into_iter().filter(|day| days[*day].available > 0.0).collect();
    detail.dip_days = open.len();
    detail.dip_after = (!open.is_empty())
        .then(|| open.iter().map(|day| baseline[*day] * days[*day].available - days[*day].units).sum());

    let smooth = phases.smoothed(burst.shape.shares());
    let (mut squares, mut excess) = (0.0, 0.0);
    for ((day, share), usual) in window.iter().zip(smooth).zip(&baseline[start..end]) {
        let mean = (usual + burst.uplift * share).max(0.0) * day.available;
        squares += mean * mean;
        excess += (day.units - mean).powi(2) - mean;
    }
    let enough = window.len() > 3 && excess > 0.0 && squares > 0.0;
    detail.noise_size = enough.then(|| (squares / excess).clamp(SIZES.0, SIZES.1));
}

/// The creative with the most spend from `first` to `last`, the first by name of equal ones.
fn leading_creative(records: &Records<'_>, first: Date, last: Date) -> Option<String> {
    let mut spend: BTreeMap<&str, f64> = BTreeMap::new();
    for ad in records.ads.iter().filter(|ad| (first..=last).contains(&ad.date)) {
        if let Some(creative) = ad.creative.as_deref() {
            *spend.entry(creative).or_default() += ad.planned_spend.or(ad.spend).unwrap_or(0.0);
        }
    }
    let most = spend.into_iter().reduce(|most, other| if other.1 > most.1 { other } else { most });
    most.map(|(creative, _)| creative.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::course::Course;
    use super::*;
    use crate::learn::bursts::measure;

    #[test]
    fn phases_are_those_of_a_typical_burst() {
        let shape = crate::process::BurstShape::from_weights(&[1.0, 3.0, 5.0, 6.0, 6.5, 6.0, 5.8, 4.0, 2.0, 1.0]);
        let phases = Phases::of(shape.expect("a shape").shares());
        assert_eq!(phases, Phases { ramp: 2, plateau: 5, tail: 3 });
        assert_eq!(Phases::of(&[1.0]), Phases { ramp: 0, plateau: 1, tail: 0 });
        let flat = Phases::of(&[0.25; 4]);
        assert_eq!((flat.ramp, flat.plateau, flat.tail), (0, 4, 0));
        assert_eq!(Phases::of(&[]).plateau, 0);
        let smooth = phases.smoothed(&[1.0, 3.0, 5.0, 6.0, 6.5, 6.0, 5.8, 4.0, 2.0, 1.0]);
        assert!(
            (smooth.iter().sum::<f64>() - 40.3).abs() < 1e-9 && smooth[2..7].iter().all(|s| (s - 5.86).abs() < 1e-9)
        );
    }

    /// Ordinary demand of 10, a burst of three days, then ten days of 7: a dip of 30 pieces in the days before the next.
    #[test]
    fn the_dip_after_a_burst_is_what_was_missed_before_the_next() {
        let mut units = vec![10.0; 60];
        units[20..23].copy_from_slice(&[40.0, 60.0, 40.0]);
        units[23..33].fill(7.0);
        let day = |units: &f64| BurstDay {
            units: *units,
            available: 1.0,
            promoted: false,
            spend: Some(80.0),
            planned_spend: None,
        };
        let days: Vec<BurstDay> = units.iter().map(day).collect();
        let baseline = vec![10.0; 60];
        let first = "2026-03-01".parse().expect("a date");
        let of = |next| {
            let mut burst =
                measure(&days, &baseline, first, None, (20, 23), (true, 3, &Course::FLAT)).expect("a burst");
            complete(&mut burst, &Records::default(), (&days, &baseline), (20, 23, next));
            burst
        };
        let burst = of(60);
        assert_eq!((burst.detail.dip_after, burst.detail.dip_days), (Some(30.0), 14));
        assert!((burst.net_uplift() - 80.0).abs() < 1e-9 && (burst.uplift - 110.0).abs() < 1e-9);
        assert_eq!((burst.detail.spend_by_day.len(), burst.detail.spend_realised), (3, true));
        assert_eq!(of(28).detail.dip_after, Some(15.0));
        assert_eq!((of(23).detail.dip_after, of(23).detail.dip_days), (None, 0));
    }
}
