//! What ties orders of one lane together: dependence between stages and between days, and closures of the supplier.

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::random::Stream;

/// Days on which the supplier does not work, the first and the last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// First closed day.
    pub from: Date,
    /// Last closed day.
    pub until: Date,
}

/// How the lead times of a lane depend on one another; independent by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Dependence {
    /// Correlation of the latent normals of any two stages of an order (Gaussian copula).
    pub correlation: f64,
    /// Correlation of the latent normals of a stage between orders of successive days (first-order autoregression).
    pub persistence: f64,
}

impl Dependence {
    /// What is wrong with it for a chain of `stages` stages, if anything.
    ///
    /// Equal correlations between n numbers cannot lie below -1/(n - 1).
    pub(super) fn problem(&self, stages: usize) -> Option<String> {
        let least = -1.0 / (stages.max(2) - 1) as f64;
        if !(least..=1.0).contains(&self.correlation) {
            let correlation = self.correlation;
            return Some(format!(
                "correlation `{correlation}` between all of {stages} stages; it lies between {least:.4} and 1"
            ));
        }
        (!(0.0..=1.0).contains(&self.persistence))
            .then(|| format!("persistence `{}`; it lies between 0 and 1", self.persistence))
    }
}

/// The latent normals of successive orders, one for each stage; in a stationary state from the first order on.
///
/// The state of a stage follows E(t) = φ E(t - 1) + √(1 - φ²) ε(t); an order mixes the states of its stages,
/// Z = √(1 - ρ) E + (√(1 + (n - 1) ρ) - √(1 - ρ)) mean(E), the symmetric root of the correlation matrix.
#[derive(Debug)]
pub(super) struct Latents {
    persistence: f64,
    fresh: f64,
    own: f64,
    common: f64,
    states: Vec<f64>,
    normals: Vec<f64>,
}

impl Latents {
    /// Before the first order; a dependence that fails its check is taken at the nearest end of its range.
    pub(super) fn new(dependence: Dependence, stages: usize) -> Self {
        let n = stages.max(1) as f64;
        let correlation = dependence.correlation.clamp(-1.0 / (n - 1.0).max(1.0), 1.0);
        let persistence = dependence.persistence.clamp(0.0, 1.0);
        let own = libm::sqrt(1.0 - correlation);
        let common = libm::sqrt((1.0 + (n - 1.0) * correlation).max(0.0)) - own;
        Self {
            persistence,
            fresh: libm::sqrt(1.0 - persistence * persistence),
            own,
            common: common / n,
            states: Vec::new(),
            normals: vec![0.0; stages],
        }
    }

    /// The normal of the next day's order where an order is one stage, which mixes nothing.
    #[inline]
    pub(super) fn only(&mut self, stream: &mut Stream) -> f64 {
        let drawn = stream.quick_normal();
        match self.states.first_mut() {
            Some(state) => {
                *state = self.persistence * *state + self.fresh * drawn;
                *state
            }
            None => {
                self.states.push(drawn);
                drawn
            }
        }
    }

    /// The normals of the next day's order.
    pub(super) fn next(&mut self, stream: &mut Stream) -> &[f64] {
        if self.states.is_empty() {
            self.states.extend(self.normals.iter().map(|_| stream.quick_normal()));
        } else {
            for state in &mut self.states {
                *state = self.persistence * *state + self.fresh * stream.quick_normal();
            }
        }
        let common = self.common * self.states.iter().sum::<f64>();
        for (normal, state) in self.normals.iter_mut().zip(&self.states) {
            *normal = self.own * state + common;
        }
        &self.normals
    }
}

/// The supplier's closures on a clock of real days that shows t at the end of day t, day 0 being a given date.
///
/// A closed date d is the time from d - 1 to d: work that is ordered at the end of a day begins the day after.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WorkClock(Vec<(f64, f64)>);

impl WorkClock {
    /// `closures` in order and apart from one another.
    pub(super) fn new(closures: &[Closure], day_zero: Date) -> Self {
        let at = |date: Date| date.days_since(day_zero) as f64;
        Self(closures.iter().map(|closure| (at(closure.from) - 1.0, at(closure.until))).collect())
    }

    /// When `work` days of work are done that begin at `start`; no work takes no time, even in a closure.
    pub(super) fn finish(&self, start: f64, work: f64) -> f64 {
        let (mut now, mut left) = (start, work);
        for (from, until) in &self.0 {
            if *until <= now {
                continue;
            }
            if now + left <= *from || left <= 0.0 {
                break;
            }
            left -= (from - now).max(0.0);
            now = *until;
        }
        now + left
    }

    /// Days of work between two times.
    pub(super) fn worked(&self, start: f64, end: f64) -> f64 {
        let closed: f64 = self.0.iter().map(|(from, until)| (until.min(end) - from.max(start)).max(0.0)).sum();
        end - start - closed
    }
}

/// Closures in order, those that touch or overlap made one, those that end before they begin left out.
pub(super) fn merged(mut closures: Vec<Closure>) -> Vec<Closure> {
    closures.retain(|closure| closure.from <= closure.until);
    closures.sort_by_key(|closure| closure.from);
    let mut merged: Vec<Closure> = Vec::new();
    for closure in closures {
        match merged.last_mut() {
            Some(last) if closure.from <= last.until.plus_days(1) => last.until = last.until.max(closure.until),
            _ => merged.push(closure),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Seed, Source};

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn the_clock_stands_still_on_closed_days() {
        // Day 0 is the 1st; closed from the 10th to the 20th: the time from 8 to 19.
        let closed = |from, until| Closure { from: date(from), until: date(until) };
        let closures = merged(vec![
            closed("2027-02-16", "2027-02-20"),
            closed("2027-02-10", "2027-02-15"),
            closed("2027-03-09", "2027-03-01"),
        ]);
        assert_eq!(closures, [closed("2027-02-10", "2027-02-20")]);
        let clock = WorkClock::new(&closures, date("2027-02-01"));
        // Five days of work ordered on the 4th are the 5th to the 9th; on the 5th, one of them is the 21st.
        assert_eq!(clock.finish(3.0, 5.0), 8.0);
        assert_eq!(clock.finish(4.0, 5.0), 20.0);
        assert_eq!(clock.finish(12.5, 5.0), 24.0);
        assert_eq!(clock.finish(19.0, 5.0), 24.0);
        assert_eq!(clock.finish(12.5, 0.0), 12.5);
        assert_eq!((clock.worked(4.0, 20.0), clock.worked(9.0, 12.0), clock.worked(20.0, 22.0)), (5.0, 0.0, 2.0));
    }

    #[test]
    fn latents_are_standard_normal_with_the_stated_correlations() {
        for correlation in [-0.3, 0.0, 0.4, 1.0] {
            let mut latents = Latents::new(Dependence { correlation, persistence: 0.6 }, 3);
            let mut stream = Stream::open(Seed(8), 0, Source::LeadTime, Entity::named(&["latents"]));
            let n = 60_000;
            let drawn: Vec<Vec<f64>> = (0..n).map(|_| latents.next(&mut stream).to_vec()).collect();
            let mean = |of: &dyn Fn(usize) -> f64| (1..n).map(of).sum::<f64>() / (n - 1) as f64;
            assert!(mean(&|t| drawn[t][1]).abs() < 0.03);
            assert!((mean(&|t| drawn[t][1].powi(2)) - 1.0).abs() < 0.04);
            assert!((mean(&|t| drawn[t][0] * drawn[t][2]) - correlation).abs() < 0.035, "{correlation}");
            assert!((mean(&|t| drawn[t][0] * drawn[t - 1][0]) - 0.6).abs() < 0.035, "{correlation}");
        }
    }

    #[test]
    fn impossible_dependence_is_named() {
        let problem = |correlation, persistence, stages| Dependence { correlation, persistence }.problem(stages);
        assert_eq!(problem(-0.5, 0.5, 3), None);
        assert!(problem(-0.6, 0.5, 3).is_some_and(|text| text.contains("`-0.6`") && text.contains("-0.5")));
        assert!(problem(f64::NAN, 0.5, 1).is_some());
        assert!(problem(0.0, 1.5, 1).is_some_and(|text| text.contains("`1.5`")));
    }
}
