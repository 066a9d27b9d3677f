//! Past bursts: where they lie, what they sold beyond ordinary demand, and how that spread over their days.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::BurstRule;
use super::automaton::{self, Switching};
use super::censoring::UNCENSOR_STRENGTH;
pub(super) use super::censoring::uncensored;
use super::course::Course;
use super::library::BurstDetail;
use crate::calendar::Date;
use crate::process::BurstShape;

/// A tail ends on the first day on which the mean of three days is within this of the baseline, or no further above it
/// than luck.
const TAIL_NEAR: f64 = 1.1;
/// Days whose mean tells.
const TAIL_MEAN: usize = 3;
/// Standard deviations of ordinary days by which a tail stands out.
const CLEARLY: f64 = 2.0;
/// Longest tail in days.
pub(super) const TAIL_DAYS: usize = 12;
/// Days between two burst days that still join them.
const JOIN_GAP: usize = 2;
/// Days above the mean without a break from which on it is a new level, not a burst (a listing that came back).
pub(super) const LONGEST_BURST: usize = 21;
/// Ordinary pieces a day below which the count rule takes the mean to be one: a sale of three is not a burst.
pub(super) const LEAST_MEAN: f64 = 1.0;

/// One past burst of a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastBurst {
    /// First day.
    pub start: Date,
    /// Days, tail included.
    pub days: usize,
    /// Days of it after the last day that calendar, spend or counts mark.
    #[serde(default)]
    pub tail: usize,
    /// Its days, each counted as the part that it brings of a day on the plateau, by the course of the shop's bursts.
    pub plateau_days: f64,
    /// Demand over ordinary demand (un-censored); 1 is no burst.
    pub multiple: f64,
    /// Pieces beyond ordinary demand (un-censored).
    pub uplift: f64,
    /// Ordinary demand of these days in pieces.
    pub ordinary: f64,
    /// Shares of the uplift by day.
    pub shape: BurstShape,
    /// Variance of the logarithm of its demand that counts and day noise alone explain.
    #[serde(default)]
    pub noise_variance: f64,
    /// Variance of the logarithm of its ordinary demand as an estimate.
    #[serde(default)]
    pub ordinary_variance: f64,
    /// Largest share of a day.
    pub peak_share: f64,
    /// Share of the demand that was filled in because stock was out.
    pub censored_share: f64,
    /// Planned ad spend a day, where known.
    pub planned_spend: Option<f64>,
    /// Ad spend a day, where known.
    pub spend: Option<f64>,
    /// Whether a calendar or spend says when it ran. A planned promotion of twice the length sells twice the uplift;
    /// a spike that only the counts show is as large as it is.
    pub planned: bool,
    /// What explains it.
    #[serde(flatten)]
    pub detail: BurstDetail,
}

impl PastBurst {
    /// Uplift a plateau day over ordinary demand a day if this burst fell into an event of so many plateau days.
    ///
    /// ```text
    /// uplift in days of ordinary demand / plateau days: its own if it was planned, the event's if counts found it
    /// ```
    #[must_use]
    pub fn relative_uplift(&self, plateau_days: f64) -> f64 {
        self.relative(self.uplift, plateau_days)
    }

    /// So many pieces in all, a plateau day, over ordinary demand a day.
    pub(super) fn relative(&self, pieces: f64, plateau_days: f64) -> f64 {
        let days = if self.planned { self.plateau_days } else { plateau_days };
        pieces / (self.ordinary / self.days as f64) / days.max(f64::MIN_POSITIVE)
    }

    /// Its shape over an event of `days` days, of which the last `tail` come after the promotion: a planned one is warped
    /// to the length, its days of promotion to those of the event and its tail to the event's; a spike keeps its own length
    /// (from the first day on) unless the event is shorter.
    #[must_use]
    pub(super) fn shape_over(&self, days: usize, tail: usize, course: &Course) -> BurstShape {
        let (core, own) = (self.days.saturating_sub(self.tail), self.tail);
        if self.planned && tail > 0 && tail < days && own > 0 && core > 0 {
            let (promoted, after) = self.shape.shares().split_at(core);
            let (of_own, of_event) = (course.plateau_days(core, own), course.plateau_days(days - tail, tail));
            let scaled = |shares: &[f64], days: usize, own: f64, event: f64| {
                let factor = if own > 0.0 && event > 0.0 { event / own } else { 1.0 };
                warped(shares, days).into_iter().map(move |share| share * factor)
            };
            let mut weights: Vec<f64> = scaled(promoted, days - tail, of_own.0, of_event.0).collect();
            weights.extend(scaled(after, tail, of_own.1, of_event.1));
            return BurstShape::from_weights(&weights).unwrap_or_else(|| BurstShape::flat(days));
        }
        if self.planned || self.days >= days {
            return self.shape.warped(days);
        }
        let mut weights = self.shape.shares().to_vec();
        weights.resize(days, 0.0);
        BurstShape::from_weights(&weights).unwrap_or_else(|| BurstShape::flat(days))
    }
}

/// Shares stretched or shrunk to `days` days; their sum stays. Nothing stays nothing.
fn warped(shares: &[f64], days: usize) -> Vec<f64> {
    let sum: f64 = shares.iter().sum();
    let shape = BurstShape::from_weights(shares).map(|shape| shape.warped(days));
    shape.map_or_else(|| vec![0.0; days], |shape| shape.shares().iter().map(|share| share * sum).collect())
}

/// One day as the burst finder sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct BurstDay {
    pub(super) units: f64,
    pub(super) available: f64,
    pub(super) promoted: bool,
    pub(super) spend: Option<f64>,
    pub(super) planned_spend: Option<f64>,
}

/// Windows of consecutive burst days (half-open), without tails, of a series that begins on `first_day`.
pub(super) fn windows(first_day: Date, days: &[BurstDay], rule: BurstRule) -> Vec<(usize, usize)> {
    let marked: Vec<bool> = match rule {
        BurstRule::Promotions => days.iter().map(|day| day.promoted).collect(),
        BurstRule::Spend => {
            days.iter().map(|day| day.planned_spend.or(day.spend).is_some_and(|spend| spend > 0.0)).collect()
        }
        BurstRule::Counts { times, window } => above_trailing_mean(days, times, window as usize),
        BurstRule::Automaton { entry, exit } => {
            return automaton::windows(first_day, days, Switching { entry, exit });
        }
    };
    // Calendars say exactly when a promotion ran; counts flicker, so near days are joined.
    let gap = if matches!(rule, BurstRule::Counts { .. }) { JOIN_GAP } else { 0 };
    let mut windows: Vec<(usize, usize)> = Vec::new();
    for (day, _) in marked.iter().enumerate().filter(|(_, marked)| **marked) {
        match windows.last_mut() {
            Some((_, end)) if day <= *end + gap => *end = day + 1,
            _ => windows.push((day, day + 1)),
        }
    }
    windows
}

fn above_trailing_mean(days: &[BurstDay], times: f64, window: usize) -> Vec<bool> {
    let mut marked = vec![false; days.len()];
    let mut ordinary: VecDeque<f64> = VecDeque::new();
    // Burst days of the present run, which become ordinary if it turns out to be a new level.
    let mut run: Vec<usize> = Vec::new();
    for (at, day) in days.iter().enumerate() {
        if day.available <= 0.0 {
            continue;
        }
        let mean = ordinary.iter().sum::<f64>() / ordinary.len().max(1) as f64;
        if ordinary.len() >= window && day.units > times * mean.max(LEAST_MEAN) {
            marked[at] = true;
            run.push(at);
        } else {
            if run.last().is_some_and(|last| at - last > JOIN_GAP) {
                run.clear();
            }
            ordinary.push_back(day.units);
        }
        if run.len() >= LONGEST_BURST {
            for at in run.drain(..) {
                marked[at] = false;
                ordinary.push_back(days[at].units);
            }
        }
        while ordinary.len() > window {
            ordinary.pop_front();
        }
    }
    marked
}

/// The end of a window with its tail: the first later day on which the mean of the last three days is back near the
/// baseline, at most twelve days and not into the next window. An empty shelf tells nothing: there a tail is as long as the
/// shop's typical one.
pub(super) fn tail_end(
    days: &[BurstDay],
    baseline: &[f64],
    noise_size: Option<f64>,
    (end, next): (usize, usize),
    typical: usize,
) -> usize {
    let limit = (end + TAIL_DAYS).min(next).min(days.len());
    let of = |from: usize, until: usize| {
        let sold: f64 = days[from..until].iter().map(|day| day.units).sum();
        let usual: f64 = (from..until).map(|day| baseline[day] * days[day].available).sum();
        (sold, usual)
    };
    // Three days at a time: one poor day does not end a tail.
    let is_over = |at: &usize| {
        let (sold, usual) = of(*at, (at + TAIL_MEAN).min(days.len()));
        sold <= TAIL_NEAR * usual
    };
    let empty = (end..limit).take_while(|at| days[*at].available <= 0.0).count();
    if empty > 0 && typical > 0 {
        return (end + typical).min(limit);
    }
    let tail = (end..limit).find(is_over).unwrap_or(limit);
    // A mild promotion has no tail of luck: what follows it must stand out from ordinary days as a whole.
    let (sold, usual) = of(end, tail);
    let size = noise_size.unwrap_or(f64::INFINITY) * (tail - end).max(1) as f64;
    let found = if sold - usual > CLEARLY * (usual + usual * usual / size).sqrt() { tail } else { end };
    found.max(end + typical).min(limit)
}

/// A burst by day without what luck explains of how its days differ from the course of the shop's bursts, given as the
/// `parts` of its days: drawn towards that by the part of their scatter that is `noise` (James & Stein 1961). A future
/// draws the noise anew.
fn less_luck(beyond: &[f64], noise: f64, parts: &[f64]) -> Vec<f64> {
    let plateau = beyond.iter().sum::<f64>() / parts.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let usual = |part: &f64| plateau * part;
    let scatter: f64 = beyond.iter().zip(parts).map(|(day, part)| (day - usual(part)).powi(2)).sum();
    let kept = if scatter > noise { 1.0 - noise / scatter } else { 0.0 };
    beyond.iter().zip(parts).map(|(day, part)| usual(part) + kept * (day - usual(part))).collect()
}

/// Measures the burst of days `start..end` against the baseline; `None` if ordinary demand there is nil.
pub(super) fn measure(
    days: &[BurstDay],
    baseline: &[f64],
    first_day: Date,
    noise_size: Option<f64>,
    (start, end): (usize, usize),
    (planned, promoted, course): (bool, usize, &Course),
) -> Option<PastBurst> {
    let window = &days[start..end];
    let ordinary: f64 = baseline[start..end].iter().sum();
    let exposed: f64 = (start..end).map(|day| baseline[day] * days[day].available).sum();
    if ordinary <= 0.0 || exposed <= 0.0 {
        return None;
    }
    let sold: f64 = window.iter().map(|day| day.units).sum();
    // What was sold on a day without any time on the shelf says nothing of a rate.
    let timed: f64 = window.iter().filter(|day| day.available > 0.0).map(|day| day.units).sum();
    // The uplift of the plateau that the time on the shelf tells. Few pieces in a short time say little of it: they are
    // weighed against those of an ordinary day.
    let part = |day: usize| course.part(day - start, promoted);
    let told: f64 = (start..end).map(|day| baseline[day] * days[day].available * part(day)).sum();
    let plateau = (timed - exposed) / (told + UNCENSOR_STRENGTH);
    let expected = |day: usize| (baseline[day] * (1.0 + plateau * part(day))).max(0.0);
    let size = noise_size.unwrap_or(f64::INFINITY);
    let demand: Vec<f64> =
        (start..end).map(|day| uncensored(days[day].units, days[day].available, expected(day))).collect();
    let total: f64 = demand.iter().sum();
    let beyond: Vec<f64> = demand.iter().zip(&baseline[start..end]).map(|(d, b)| (d - b).max(0.0)).collect();
    // A tail of a shop whose bursts tell of none is no less than the days before it.
    let parts: Vec<f64> = (start..end).map(part).map(|part| if part > 0.0 { part } else { 1.0 }).collect();
    let noise: f64 = demand.iter().zip(&baseline[start..end]).map(|(d, b)| d + b * b / size).sum();
    let shape =
        BurstShape::from_weights(&less_luck(&beyond, noise, &parts)).unwrap_or_else(|| BurstShape::flat(end - start));
    let mean = |value: fn(&BurstDay) -> Option<f64>| {
        let known: Vec<f64> = window.iter().filter_map(value).collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    };
    Some(PastBurst {
        start: first_day.plus_days(start as i64),
        days: end - start,
        plateau_days: (start..end).map(part).sum(),
        multiple: total / ordinary,
        uplift: total - ordinary,
        ordinary,
        noise_variance: 0.0,
        ordinary_variance: 0.0,
        tail: 0,
        peak_share: shape.shares().iter().copied().fold(0.0, f64::max),
        shape,
        censored_share: if total > 0.0 { (total - sold) / total } else { 0.0 },
        planned_spend: mean(|day| day.planned_spend),
        spend: mean(|day| day.spend),
        planned,
        detail: BurstDetail::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(units: &[f64]) -> Vec<BurstDay> {
        units
            .iter()
            .map(|units| BurstDay { units: *units, available: 1.0, promoted: false, spend: None, planned_spend: None })
            .collect()
    }

    #[test]
    fn count_rule_finds_the_burst_and_joins_its_gaps() {
        let mut units = vec![10.0; 60];
        for (day, sold) in [(40, 50.0), (41, 80.0), (42, 20.0), (43, 45.0)] {
            units[day] = sold;
        }
        assert_eq!(windows("2026-01-05".parse().expect("a date"), &days(&units), BurstRule::counts()), [(40, 44)]);
    }

    /// Six silent weeks, then sales again for good: a listing that came back is not a burst without end.
    #[test]
    fn a_new_level_is_not_a_burst() {
        let mut units = vec![0.0; 140];
        units[42..].fill(30.0);
        units[100] = 200.0;
        assert_eq!(windows("2026-01-05".parse().expect("a date"), &days(&units), BurstRule::counts()), [(100, 101)]);
    }

    #[test]
    fn a_tail_ends_when_three_days_are_near_the_baseline() {
        let mut units = vec![10.0; 40];
        units[20..24].copy_from_slice(&[60.0, 40.0, 25.0, 16.0]);
        let days = days(&units);
        // Days 24 to 26 are ordinary: the tail ends before them.
        assert_eq!(tail_end(&days, &[10.0; 40], None, (21, 40), 0), 24);
    }

    #[test]
    fn a_burst_is_measured_against_ordinary_demand() {
        let mut units = vec![10.0; 30];
        units[10..13].copy_from_slice(&[20.0, 50.0, 20.0]);
        let burst = measure(
            &days(&units),
            &[10.0; 30],
            "2026-03-01".parse().expect("a date"),
            None,
            (10, 13),
            (false, 3, &Course::FLAT),
        )
        .expect("one");
        assert!((burst.multiple - 3.0).abs() < 1e-12 && (burst.uplift - 60.0).abs() < 1e-12);
        // 10, 40 and 10 beyond scatter by 600 around 20, of which counts of 90 explain 90: 85 % of each distance stays.
        let shares = burst.shape.shares();
        assert!((shares[0] - 11.5 / 60.0).abs() < 1e-12 && (shares[1] - 37.0 / 60.0).abs() < 1e-12, "{shares:?}");
        // Six days of ordinary demand beyond: over six days one a day, at its own length.
        assert!((burst.relative_uplift(6.0) - 1.0).abs() < 1e-12);
        assert_eq!(burst.shape_over(6, 0, &Course::FLAT).shares()[3..], [0.0; 3]);
        let planned = PastBurst { planned: true, ..burst };
        assert!((planned.relative_uplift(6.0) - 2.0).abs() < 1e-12);
        assert!(planned.shape_over(6, 0, &Course::FLAT).shares()[5] > 0.0);
    }
}
