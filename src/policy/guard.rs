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
    /// What a product of a decimal share and a count may be off by, so that 0.3 x 10 is 3.
    const ROUNDING: f64 = 1e-9;

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

    /// Most pieces that are at or below the level.
    ///
    /// ```
    /// use stockburst::policy::StockLevel;
    /// use stockburst::units::Probability;
    /// let tenth = StockLevel::ShareOfEventStart { share: Probability::try_new(0.1).unwrap() };
    /// assert_eq!((tenth.highest_at_or_below(305), tenth.lowest_at_or_above(305)), (30, 31));
    /// assert_eq!((tenth.highest_at_or_below(300), tenth.lowest_at_or_above(300)), (30, 30));
    /// ```
    #[must_use]
    pub fn highest_at_or_below(&self, base: impl Into<LevelBase>) -> u64 {
        match self {
            Self::Units { units } => units.0,
            level => (level.pieces(base) + Self::ROUNDING).floor() as u64,
        }
    }

    /// Fewest pieces that are at or above the level.
    #[must_use]
    pub fn lowest_at_or_above(&self, base: impl Into<LevelBase>) -> u64 {
        match self {
            Self::Units { units } => units.0,
            level => (level.pieces(base) - Self::ROUNDING).ceil() as u64,
        }
    }

    /// Whether the level in pieces is the same on every path and day.
    #[must_use]
    pub const fn is_fixed(&self) -> bool {
        matches!(self, Self::Units { .. })
    }

    /// Whether it moves with the rate of sales.
    #[must_use]
    pub const fn follows_rate(&self) -> bool {
        matches!(self, Self::DaysOfCover { .. })
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
    /// Every so many minutes within the day.
    Within,
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

/// Whether the ads run, and in which phase they are.
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
        if guard.look == Look::Open {
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
        phases.shares[self.phase]
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

    #[test]
    fn an_instant_response_has_two_phases() {
        let phases = AdResponse::INSTANT.phases();
        assert_eq!(phases.shares(), [1.0, 0.0]);
        assert_eq!([phases.next(0, false), phases.next(1, false), phases.next(1, true)], [1, 1, 0]);
    }
}
