//! The ad guard: pauses the ads when stock is low and resumes them when it is back, with hysteresis and delay.

use serde::{Deserialize, Serialize};

use crate::units::{Probability, Units};

/// A stock level at which something happens.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum StockLevel {
    /// So many pieces.
    Units {
        /// The pieces.
        units: Units,
    },
    /// A share of the stock on hand at the event's first hour.
    ShareOfEventStart {
        /// The share.
        share: Probability,
    },
    /// The stock that lasts so many days at the present rate of sales.
    DaysOfCover {
        /// Days; a negative number is none.
        days: f64,
    },
}

/// What relative levels are counted from.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct LevelBase {
    /// Pieces on hand at the event's first hour.
    pub event_start: u64,
    /// Pieces sold a day, as known today; without sales every stock lasts for ever and a level in days of cover is no
    /// piece.
    pub daily_rate: f64,
}

impl From<u64> for LevelBase {
    /// The stock at the event's first hour alone, for levels that are not in days of cover.
    fn from(event_start: u64) -> Self {
        Self { event_start, daily_rate: 0.0 }
    }
}

impl StockLevel {
    /// The level in pieces, given what it is counted from.
    ///
    /// ```
    /// use stockburst::policy::{LevelBase, StockLevel};
    /// let level = StockLevel::DaysOfCover { days: 5.0 };
    /// assert_eq!(level.pieces(LevelBase { event_start: 0, daily_rate: 12.0 }), 60.0);
    /// ```
    #[must_use]
    pub fn pieces(&self, base: impl Into<LevelBase>) -> f64 {
        let base = base.into();
        match self {
            Self::Units { units } => units.as_f64(),
            Self::ShareOfEventStart { share } => share.get() * base.event_start as f64,
            Self::DaysOfCover { days } => (days * base.daily_rate).max(0.0),
        }
    }
}

/// Days that `stock` pieces last at `daily_rate` pieces a day; infinite without sales.
#[must_use]
pub fn cover_days(stock: u64, daily_rate: f64) -> f64 {
    if daily_rate > 0.0 { stock as f64 / daily_rate } else { f64::INFINITY }
}

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
}

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

/// Whether the ads run, and since when.
#[derive(Debug, Clone, PartialEq)]
pub struct AdState {
    running: bool,
    commanded: bool,
    changed_on: Option<usize>,
    pending: Vec<(usize, bool)>,
}

impl Default for AdState {
    fn default() -> Self {
        Self { running: true, commanded: true, changed_on: None, pending: Vec::new() }
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
        self.changed_on = None;
        self.pending.clear();
    }

    /// Puts commands that are due on `day` into effect.
    pub fn begin_day(&mut self, day: usize) {
        let (running, changed_on) = (&mut self.running, &mut self.changed_on);
        self.pending.retain(|(due, run)| {
            if *due > day {
                return true;
            }
            if *running != *run {
                *running = *run;
                *changed_on = Some(*due);
            }
            false
        });
    }

    /// Looks at the stock and issues a command if a level is crossed.
    pub fn look(&mut self, guard: &Guard, day: usize, on_hand: u64, base: impl Into<LevelBase>) {
        let (stock, base) = (on_hand as f64, base.into());
        let command = if self.commanded && stock <= guard.pause.pieces(base) {
            false
        } else if !self.commanded && stock >= guard.resume.pieces(base) {
            true
        } else {
            return;
        };
        self.commanded = command;
        let first = match guard.look {
            Look::Open => day,
            Look::Close => day + 1,
        };
        self.pending.push((first + guard.delay_days, command));
        if guard.look == Look::Open {
            self.begin_day(day);
        }
    }

    /// Share of the planned ad demand of `day` that comes.
    #[must_use]
    pub fn share(&self, day: usize, response: &AdResponse) -> f64 {
        let Some(since) = self.changed_on else { return 1.0 };
        let days = day.saturating_sub(since);
        if self.running {
            if days >= response.restart_days {
                return 1.0;
            }
            let start = response.restart_efficiency.get();
            start + (1.0 - start) * days as f64 / response.restart_days as f64
        } else {
            response.carry_over.get().powi(i32::try_from(days).unwrap_or(i32::MAX).saturating_add(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUARD: Guard = Guard {
        pause: StockLevel::Units { units: Units(10) },
        resume: StockLevel::Units { units: Units(30) },
        look: Look::Open,
        delay_days: 0,
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
                ads.look(&guard, day, 60, LevelBase { event_start: 1000, daily_rate });
                ads.running()
            })
            .collect();
        assert_eq!(running, [true, false, false, true, true]);
        assert_eq!((cover_days(70, 14.0), cover_days(70, 0.0)), (5.0, f64::INFINITY));
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
        let mut ads = AdState::default();
        ads.look(&GUARD, 0, 0, 100);
        assert!((ads.share(0, &response) - 0.3).abs() < 1e-12);
        assert!((ads.share(1, &response) - 0.09).abs() < 1e-12);
        ads.look(&GUARD, 2, 50, 100);
        let shares: Vec<f64> = (2..5).map(|day| ads.share(day, &response)).collect();
        assert_eq!(shares, [0.5, 0.75, 1.0]);
    }
}
