//! The ad guard: pauses the ads when stock is low and resumes them when it is back, with hysteresis and delay.

use serde::{Deserialize, Serialize};

use super::{AdPhases, LevelBase, StockLevel};
use crate::units::Probability;

/// When in the day the guard looks at the stock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    /// In the morning, after arrivals and before the day's orders.
    #[default]
    Open,
    /// At the end of the day.
    Close,
    /// Every so many minutes within the day.
    Within,
}

/// What a guard does at its level, and undoes at the higher one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum GuardAction {
    /// Pauses the ads.
    #[default]
    PauseAds,
    /// Turns the listing to pre-order, until the end of the event at the latest. The ads run on. Not at a storefront,
    /// where it pauses the ads instead.
    PreOrder(PreOrder),
}

/// The terms of a listing on pre-order.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PreOrder {
    /// Share of the customers that still order when they are told to wait.
    pub conversion: Probability,
    /// Days that those wait who find no piece: they are served from the receipts until then, or cancelled in the evening.
    pub limit_days: usize,
}

/// Pause at or below one level, resume at or above a higher one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Guard {
    /// Pause at or below.
    pub pause: StockLevel,
    /// Resume at or above.
    pub resume: StockLevel,
    /// When it looks.
    pub look: Look,
    /// Whole days from the look until a command takes effect; with [`Look::Close`] counted from the next morning.
    pub delay_days: usize,
    /// What it does.
    #[serde(default)]
    pub action: GuardAction,
}

impl Guard {
    /// The terms of pre-order, if that is what it turns the listing to.
    #[must_use]
    pub const fn pre_order(&self) -> Option<PreOrder> {
        match self.action {
            GuardAction::PauseAds => None,
            GuardAction::PreOrder(terms) => Some(terms),
        }
    }
}

/// Whether the ads run, and in which phase they are. Of a guard that turns the listing to pre-order: whether the listing
/// sells from stock.
#[derive(Debug, Clone, PartialEq)]
pub struct AdState {
    running: bool,
    commanded: bool,
    phase: usize,
    pending: Vec<(usize, bool)>,
}

impl Default for AdState {
    fn default() -> Self {
        Self { running: true, commanded: true, phase: 0, pending: Vec::new() }
    }
}

impl AdState {
    /// Whether the ads run now.
    #[must_use]
    pub const fn running(&self) -> bool {
        self.running
    }

    /// Back to running ads that were never paused.
    pub fn reset(&mut self) {
        self.running = true;
        self.commanded = true;
        self.phase = 0;
        self.pending.clear();
    }

    /// The guard goes off duty: the ads run, after a pause by way of their restart, and no command is left.
    pub fn release(&mut self) {
        self.running = true;
        self.commanded = true;
        self.pending.clear();
    }

    /// Puts commands that are due on `day` into effect.
    pub fn begin_day(&mut self, day: usize) {
        let running = &mut self.running;
        self.pending.retain(|(due, run)| {
            if *due <= day {
                *running = *run;
            }
            *due > day
        });
    }

    /// Looks at the stock and issues a command if a level is crossed.
    pub fn look(&mut self, guard: &Guard, day: usize, on_hand: u64, base: impl Into<LevelBase>) {
        let base = base.into();
        let command = if on_hand <= guard.pause.highest_at_or_below(base) {
            false
        } else if on_hand >= guard.resume.lowest_at_or_above(base) {
            true
        } else {
            return;
        };
        if command == self.commanded {
            return;
        }
        self.commanded = command;
        let first = match guard.look {
            Look::Open | Look::Within => day,
            Look::Close => day + 1,
        };
        self.pending.push((first + guard.delay_days, command));
        if guard.look != Look::Close {
            self.begin_day(day);
        }
    }

    /// What a day on which the ads changed within left: the next day is the second of their pause or restart.
    pub const fn changed_within_day(&mut self, phases: &AdPhases, running: bool) {
        self.running = running;
        self.commanded = running;
        self.phase = if running { phases.restart() } else { 1 };
    }

    /// Moves on to the phase of today, once the morning's commands are in effect, and gives its share of the planned ad
    /// demand.
    pub fn advance(&mut self, phases: &AdPhases) -> f64 {
        self.phase = phases.next(self.phase, self.running);
        phases.shares()[self.phase]
    }
}

#[cfg(test)]
mod tests {
    use super::super::AdResponse;
    use super::*;
    use crate::units::Units;

    const GUARD: Guard = Guard {
        pause: StockLevel::Units { units: Units(10) },
        resume: StockLevel::Units { units: Units(30) },
        look: Look::Open,
        delay_days: 0,
        action: GuardAction::PauseAds,
    };

    #[test]
    fn hysteresis_keeps_the_ads_off_between_the_levels() {
        let mut ads = AdState::default();
        let running: Vec<bool> = [40, 20, 10, 20, 29, 30, 11]
            .into_iter()
            .enumerate()
            .map(|(day, stock)| {
                ads.begin_day(day);
                ads.look(&GUARD, day, stock, 100);
                ads.running()
            })
            .collect();
        assert_eq!(running, [true, true, false, false, false, true, true]);
    }

    /// The same stock of 60 pauses at 20 a day and not at 4: cover, not pieces.
    #[test]
    fn days_of_cover_follow_the_rate() {
        let cover = |days| StockLevel::DaysOfCover { days };
        let guard = Guard { pause: cover(5.0), resume: cover(9.0), ..GUARD };
        let mut ads = AdState::default();
        let running: Vec<bool> = [4.0, 20.0, 8.0, 4.0, 0.0]
            .into_iter()
            .enumerate()
            .map(|(day, daily_rate)| {
                ads.begin_day(day);
                ads.look(&guard, day, 60, LevelBase { event_start: 1000, daily_rate, ..LevelBase::default() });
                ads.running()
            })
            .collect();
        assert_eq!(running, [true, false, false, true, true]);
    }

    #[test]
    fn a_look_at_the_close_acts_the_next_morning_plus_the_delay() {
        let guard = Guard { look: Look::Close, delay_days: 1, ..GUARD };
        let mut ads = AdState::default();
        ads.look(&guard, 4, 0, 100);
        ads.begin_day(5);
        assert!(ads.running());
        ads.begin_day(6);
        assert!(!ads.running());
    }

    #[test]
    fn demand_decays_when_paused_and_ramps_after_a_restart() {
        let probability = |p| Probability::try_new(p).expect("a probability");
        let response =
            AdResponse { carry_over: probability(0.3), restart_days: 2, restart_efficiency: probability(0.5) };
        let phases = response.phases();
        let mut ads = AdState::default();
        let share = |ads: &mut AdState| (ads.advance(&phases) * 1e4).round() / 1e4;
        ads.look(&GUARD, 0, 0, 100);
        let paused: Vec<f64> = (0..7).map(|_| share(&mut ads)).collect();
        assert_eq!(paused, [0.3, 0.09, 0.027, 0.0081, 0.0024, 0.0, 0.0]);
        ads.look(&GUARD, 7, 50, 100);
        assert_eq!([share(&mut ads), share(&mut ads), share(&mut ads)], [0.5, 0.75, 1.0]);
        ads.look(&GUARD, 10, 0, 100);
        assert_eq!(share(&mut ads), 0.3);
    }
}
