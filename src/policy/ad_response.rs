//! How ad demand fades in a pause and comes back after a restart.

use serde::{Deserialize, Serialize};

use crate::units::Probability;

/// How ad demand answers to a pause and to a restart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AdResponse {
    /// Share of ad demand that carries over from one paused day to the next (adstock retention).
    pub carry_over: Probability,
    /// Days from a restart until the ads work as before.
    pub restart_days: usize,
    /// Share of ad demand on the first day after a restart.
    pub restart_efficiency: Probability,
}

impl AdResponse {
    /// Ad demand follows the ads at once: nothing carries over, nothing ramps.
    pub const INSTANT: Self =
        Self { carry_over: Probability::ZERO, restart_days: 0, restart_efficiency: Probability::ONE };

    /// The days of a pause and of a restart, one after the other.
    #[must_use]
    pub fn phases(&self) -> AdPhases {
        /// Below this share nothing is left of a paused ad.
        const NOTHING: f64 = 0.001;
        let carry_over = self.carry_over.get();
        let mut shares = vec![1.0];
        let mut left = carry_over;
        while (NOTHING..1.0).contains(&left) {
            shares.push(left);
            left *= carry_over;
        }
        shares.push(if carry_over < 1.0 { 0.0 } else { 1.0 });
        let last_paused = shares.len() - 1;
        let start = self.restart_efficiency.get();
        shares.extend((0..self.restart_days).map(|day| start + (1.0 - start) * day as f64 / self.restart_days as f64));
        AdPhases { shares, last_paused }
    }
}

/// The share of planned ad demand that comes in each phase: running as planned, each day of a pause, each day of a
/// restart.
///
/// Phase 0 runs as planned; phases 1 to [`AdPhases::last_paused`] are the days of a pause, the last of them for ever;
/// the rest are the days of a restart.
#[derive(Debug, Clone, PartialEq)]
pub struct AdPhases {
    shares: Vec<f64>,
    last_paused: usize,
}

impl AdPhases {
    /// The share of each phase.
    #[must_use]
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// The last phase of a pause.
    #[must_use]
    pub const fn last_paused(&self) -> usize {
        self.last_paused
    }

    /// The first phase after a pause ends.
    #[must_use]
    pub const fn restart(&self) -> usize {
        self.after(self.last_paused)
    }

    /// The phase of the next day of a restart.
    const fn after(&self, phase: usize) -> usize {
        if phase + 1 < self.shares.len() { phase + 1 } else { 0 }
    }

    /// The phase of a day, given that of the day before and whether the ads run.
    #[must_use]
    pub const fn next(&self, phase: usize, running: bool) -> usize {
        match (running, phase) {
            (true, 0) => 0,
            (true, phase) if phase <= self.last_paused => self.restart(),
            (true, phase) => self.after(phase),
            (false, phase) if phase == 0 || phase > self.last_paused => 1,
            (false, phase) if phase < self.last_paused => phase + 1,
            (false, phase) => phase,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_response_has_two_phases() {
        let phases = AdResponse::INSTANT.phases();
        assert_eq!(phases.shares(), [1.0, 0.0]);
        assert_eq!([phases.next(0, false), phases.next(1, false), phases.next(1, true)], [1, 1, 0]);
    }
}
