//! Lead times: a chain of stages with a law each, summed in real days and rounded once.
//!
//! Orders of successive days share a lane: their lead times may persist, keep their order, and wait for a closed
//! supplier ([`super::lane`]). Whatever is shared, each stage keeps its law ([`super::duration`]).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::duration::{DurationLaw, DurationSampler, ProcessError};
use super::lane::{Closure, Dependence, Latents, WorkClock, merged};
use super::latent::normal_cdf;
use super::steps::Steps;
use crate::calendar::Date;
use crate::random::Stream;
use crate::units::Days;

/// Name of the stage whose clock a closure of the supplier stops; the first stage where none is named so.
pub const PRODUCTION: &str = "production";

/// One stage of a lead-time mode.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// Name, such as `production`.
    pub name: String,
    /// How long it takes.
    pub law: DurationLaw,
}

/// A lead-time mode: the chain of stages from order to shelf, and the lane that its orders share.
///
/// ```
/// use stockburst::process::{Dependence, DurationLaw, LeadTimeChain, Stage};
/// use stockburst::random::{Entity, Seed, Source, Stream};
/// let stages = vec![Stage { name: "production".into(), law: DurationLaw::Gamma { mean: 10.0, cv: 0.3 } }];
/// let chain = LeadTimeChain::new("sea", stages)
///     .with_dependence(Dependence { correlation: 0.0, persistence: 0.5 })
///     .keeping_order();
/// let mut stream = Stream::open(Seed(1), 0, Source::LeadTime, Entity::named(&["A", "sea"]));
/// let leads = chain.draw_days("2026-10-01".parse().unwrap(), 30, &mut stream);
/// assert!(leads.windows(2).all(|pair| pair[1] + 1 >= pair[0]), "nothing overtakes");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LeadTimeChain {
    mode: String,
    stages: Vec<Stage>,
    dependence: Dependence,
    in_order: bool,
    closures: Vec<Closure>,
    samplers: Vec<DurationSampler>,
    /// Whole days as a function of the latent normal, where the chain is one stage and no closure delays it.
    whole_days: Option<Arc<Steps>>,
    /// Index of the stage whose clock a closure stops.
    production: usize,
}

impl LeadTimeChain {
    /// A chain of independent orders that may overtake one another, of a supplier that never closes.
    #[must_use]
    pub fn new(mode: impl Into<String>, stages: Vec<Stage>) -> Self {
        let samplers: Vec<_> = stages.iter().map(|stage| DurationSampler::new(&stage.law)).collect();
        let whole_days = match samplers.as_slice() {
            [law] => {
                Some(Arc::new(Steps::new(|z| f64::from(whole(law.at(z)).0), |low, high| law.rises_between(low, high))))
            }
            _ => None,
        };
        let production = stages.iter().position(|stage| stage.name == PRODUCTION).unwrap_or(0);
        let (dependence, closures) = (Dependence::default(), Vec::new());
        Self { mode: mode.into(), stages, dependence, in_order: false, closures, samplers, whole_days, production }
    }

    /// The same chain with dependent stages and orders.
    #[must_use]
    pub const fn with_dependence(mut self, dependence: Dependence) -> Self {
        self.dependence = dependence;
        self
    }

    /// The same chain as a first-in-first-out lane: no order arrives before one that was placed earlier.
    ///
    /// Source: Zipkin (2000), "Foundations of Inventory Management", section 7.4 (exogenous, sequential supply).
    #[must_use]
    pub const fn keeping_order(mut self) -> Self {
        self.in_order = true;
        self
    }

    /// The same chain of a supplier that is closed on these days: production stands still.
    #[must_use]
    pub fn closed(mut self, closures: Vec<Closure>) -> Self {
        self.closures = merged(closures);
        self
    }

    /// Name of the mode, such as `sea`.
    #[must_use]
    pub fn mode(&self) -> &str {
        &self.mode
    }

    /// The stages in order.
    #[must_use]
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// Whether an order's lead time tells nothing of another's, and every order day is like another.
    #[must_use]
    pub(super) fn orders_are_independent(&self) -> bool {
        self.dependence == Dependence::default() && !self.in_order && self.closures.is_empty()
    }

    /// Whether no order overtakes another.
    #[must_use]
    pub const fn keeps_order(&self) -> bool {
        self.in_order
    }

    /// The supplier's closures in order, apart from one another; without any, every order day is like another.
    #[must_use]
    pub fn closures(&self) -> &[Closure] {
        &self.closures
    }

    /// Checks the chain and every law in it.
    ///
    /// # Errors
    /// [`ProcessError`] for a chain without stages, a law outside its domain or an impossible dependence.
    pub fn check(&self) -> Result<(), ProcessError> {
        if self.stages.is_empty() {
            return Err(ProcessError::NoStages(self.mode.clone()));
        }
        if let Some(problem) = self.dependence.problem(self.stages.len()) {
            return Err(ProcessError::Dependence { mode: self.mode.clone(), problem });
        }
        self.stages.iter().try_for_each(|stage| stage.law.check())
    }

    /// The lead time in days of an order placed at the end of each of `days` days from `first_day` on: the stages
    /// summed in real days, rounded once, half up, at least one day.
    ///
    /// A lane that keeps its order begins in a stationary state: orders of the days before are drawn too, as many as
    /// may still be on their way.
    pub fn draw_days(&self, first_day: Date, days: usize, stream: &mut Stream) -> Vec<u32> {
        let mut leads = Vec::with_capacity(days);
        self.draw_days_into(&mut leads, first_day, days, stream);
        leads
    }

    /// The same in place of what `leads` holds.
    pub(super) fn draw_days_into(&self, leads: &mut Vec<u32>, first_day: Date, days: usize, stream: &mut Stream) {
        let mut latents = Latents::new(self.dependence, self.stages.len());
        if let (Some(steps), [law], true) = (&self.whole_days, self.samplers.as_slice(), self.closures.is_empty()) {
            let exact = |z| f64::from(whole(law.at(z)).0);
            return self.queue(leads, days, |_| steps.at(latents.only(stream), exact) as u32);
        }
        let clock = WorkClock::new(&self.closures, first_day);
        self.queue(leads, days, |day| {
            let lengths = latents.next(stream).iter().zip(&self.samplers).map(|(z, law)| law.at(*z));
            let ordered = day as f64;
            whole(self.end(ordered, 0, lengths, &clock) - ordered).0
        });
    }

    /// The orders of `days` days one after another, `lead_of` giving each its own lead time in whole days.
    #[inline]
    fn queue(&self, leads: &mut Vec<u32>, days: usize, mut lead_of: impl FnMut(i64) -> u32) {
        let days = i64::try_from(days).unwrap_or(i64::MAX);
        leads.clear();
        if !self.in_order {
            leads.extend((0..days).map(lead_of));
            return;
        }
        let mut latest = i64::MIN;
        for day in -self.memory()..days {
            latest = latest.max(day + i64::from(lead_of(day)));
            if day >= 0 {
                leads.push(u32::try_from(latest - day).unwrap_or(u32::MAX));
            }
        }
    }

    /// Moves orders of a lane that keeps its order behind orders that are already on their way, of which the last
    /// arrives on day `open_until`; `lead_days` are those of [`Self::draw_days`]. Other lanes stay as they are.
    pub fn queue_behind(&self, open_until: usize, lead_days: &mut [u32]) {
        if self.in_order {
            for (day, lead) in lead_days.iter_mut().enumerate() {
                *lead = (*lead).max(u32::try_from(open_until.saturating_sub(day)).unwrap_or(u32::MAX));
            }
        }
    }

    /// The remaining days, from the end of `today` on, of an order of which `elapsed` days are known to have passed:
    /// in stage `stage` (by index), or since the order where the stage is unknown. At least one.
    ///
    /// The whole order is drawn given that the stage (or the chain) lasts longer than `elapsed`; if the law leaves
    /// that next to impossible, it is taken to end now.
    pub fn draw_remaining(&self, stage: Option<usize>, elapsed: f64, today: Date, stream: &mut Stream) -> Days {
        const TRIES: u32 = 1000;
        let clock = WorkClock::new(&self.closures, today);
        let at = stage.map(|stage| stage.min(self.stages.len().saturating_sub(1)));
        // Work in the present stage, without the days on which it stood still.
        let spent = if at == Some(self.production) { clock.worked(-elapsed, 0.0) } else { elapsed };
        let mut end = 0.0;
        for _ in 0..TRIES {
            let mut latents = Latents::new(self.dependence, self.stages.len());
            let normals = latents.next(stream).iter();
            let mut lengths: Vec<f64> = normals.zip(&self.samplers).map(|(z, law)| law.at(*z)).collect();
            let Some(at) = at else {
                end = self.end(-elapsed, 0, lengths.into_iter(), &clock);
                if end > 0.0 {
                    return Days::rounded(end, 1);
                }
                continue;
            };
            let Some(present) = lengths.get_mut(at) else { break };
            let lasts = *present > spent;
            *present = (*present - spent).max(0.0);
            end = self.end(0.0, at, lengths.into_iter().skip(at), &clock);
            if lasts {
                break;
            }
        }
        Days::rounded(end, 1)
    }

    /// Mean and standard deviation in real days of an order that meets no closure and waits for no other.
    ///
    /// A copula's correlation is one of latent normals. Between two stages g(Z), h(Z') with Z, Z' correlated by ρ the
    /// covariance is `Σ ρᵏ E[g Heₖ] E[h Heₖ] / k!` over k from 1 (Mehler), which is less than ρ sd sd' unless both are
    /// normal.
    #[must_use]
    pub fn mean_and_sd(&self) -> (f64, f64) {
        let (mean, mut variance) = self
            .stages
            .iter()
            .map(|stage| stage.law.mean_and_variance())
            .fold((0.0, 0.0), |(mean, variance), (m, v)| (mean + m, variance + v));
        let correlation = self.dependence.correlation;
        if correlation != 0.0 {
            let series: Vec<Vec<f64>> = self.samplers.iter().map(hermite_series).collect();
            for (at, one) in series.iter().enumerate() {
                for other in &series[..at] {
                    let pairs = one.iter().zip(other).rev();
                    variance += 2.0 * correlation * pairs.fold(0.0, |sum, (a, b)| sum * correlation + a * b);
                }
            }
        }
        (mean, variance.max(0.0).sqrt())
    }

    /// When an order is on the shelf whose stage `first` begins at `start`; `lengths` are those of the stages from it
    /// on.
    fn end(&self, start: f64, first: usize, lengths: impl Iterator<Item = f64>, clock: &WorkClock) -> f64 {
        lengths.enumerate().fold(start, |now, (at, length)| {
            if first + at == self.production { clock.finish(now, length) } else { now + length }
        })
    }

    /// Days before an order in which an earlier one may have been placed that is still on its way: every stage at its
    /// 1 in 10,000 point together, and the closures.
    fn memory(&self) -> i64 {
        const FAR: f64 = 3.719;
        const MOST: f64 = 1500.0;
        let slowest: f64 = self.samplers.iter().map(|law| law.at(FAR)).sum();
        let closed: i64 = self.closures.iter().map(|closure| closure.until.days_since(closure.from) + 1).sum();
        (slowest + closed as f64).min(MOST).ceil() as i64
    }
}

/// Real days rounded once, half up, at least one.
fn whole(days: f64) -> Days {
    Days::rounded(days, 1)
}

/// E[g(Z) Heₖ(Z)] / √k! for k from 1, by the trapezoid rule over z.
fn hermite_series(law: &DurationSampler) -> Vec<f64> {
    const TERMS: usize = 60;
    const STEP: f64 = 1.0 / 64.0;
    const CELLS: i32 = 544;
    let mut series = vec![0.0; TERMS];
    for cell in -CELLS..CELLS {
        let (low, high) = (f64::from(cell) * STEP, f64::from(cell + 1) * STEP);
        let z = 0.5 * (low + high);
        let weight =
            law.at(z) * if z > 0.0 { normal_cdf(-low) - normal_cdf(-high) } else { normal_cdf(high) - normal_cdf(low) };
        let (mut before, mut now) = (1.0, z);
        for (k, term) in series.iter_mut().enumerate() {
            *term += weight * now;
            let k = (k + 1) as f64;
            (before, now) = (now, (z * now - k.sqrt() * before) / (k + 1.0).sqrt());
        }
    }
    series
}

#[cfg(test)]
mod tests;
