//! Stock alerts along one path: when each level rang and how long before the stockout.

use crate::policy::{LevelBase, StockLevel};

/// The alert levels of a scenario, highest first, looked at in the evening of each event day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AlertPlan {
    /// The levels.
    pub levels: Vec<StockLevel>,
}

/// What one level did along one path, over its events: levels are armed afresh at each event's first hour, and those
/// counted from the last receipt at each receipt as well; each such stretch counts as an event below.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AlertOutcome {
    /// Events in which it rang before any piece was unmet.
    pub rang: u64,
    /// Of those, events in which a piece was unmet later.
    pub followed: u64,
    /// Events with an unmet piece before it rang: too late to be of use.
    pub missed: u64,
    /// Days from the ring to the first unmet piece, summed over the events counted in `followed`.
    pub lead_days: u64,
}

/// A level that rang.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ring {
    /// Which level.
    pub level: usize,
    /// The evening on which it rang.
    pub day: usize,
    /// The day of the stockout that it announced: the first later day of the event with an unmet piece, if nobody had
    /// reacted to this alert or a later one. None if none would have come: it rang in vain.
    pub announced: Option<usize>,
}

/// Follows the levels along one path.
#[derive(Debug, Default)]
pub(super) struct AlertWatch {
    outcomes: Vec<AlertOutcome>,
    /// Every ring: level and evening.
    rings: Vec<(usize, usize)>,
    /// Event days with an unmet piece, in order.
    stockouts: Vec<usize>,
    /// Evening on which each level rang in the present event.
    rang_on: Vec<Option<usize>>,
    /// Whether a piece has been unmet since each level was armed.
    short: Vec<bool>,
}

impl AlertWatch {
    /// Back to silence.
    pub(super) fn reset(&mut self, levels: usize) {
        self.outcomes.clear();
        self.outcomes.resize(levels, AlertOutcome::default());
        self.rings.clear();
        self.stockouts.clear();
        self.begin_event();
    }

    /// Arms every level for a new event.
    pub(super) fn begin_event(&mut self) {
        self.rang_on.clear();
        self.rang_on.resize(self.outcomes.len(), None);
        self.short.clear();
        self.short.resize(self.outcomes.len(), false);
    }

    /// Arms those levels anew that are counted from the last receipt.
    pub(super) fn receipt(&mut self, plan: &AlertPlan) {
        for ((level, rang_on), short) in plan.levels.iter().zip(&mut self.rang_on).zip(&mut self.short) {
            if level.is_armed_by_receipt() {
                (*rang_on, *short) = (None, false);
            }
        }
    }

    /// An unmet piece on event day `day`: the first since a level was armed settles what it was worth.
    pub(super) fn stockout(&mut self, day: usize) {
        self.stockouts.push(day);
        for ((outcome, rang_on), short) in self.outcomes.iter_mut().zip(&self.rang_on).zip(&mut self.short) {
            if std::mem::replace(short, true) {
                continue;
            }
            match rang_on {
                Some(rang_on) => {
                    outcome.followed += 1;
                    outcome.lead_days += (day - rang_on) as u64;
                }
                None => outcome.missed += 1,
            }
        }
    }

    /// The evening of event day `day` with `on_hand` pieces left.
    pub(super) fn look(&mut self, plan: &AlertPlan, day: usize, on_hand: u64, base: impl Into<LevelBase>) {
        let base = base.into();
        let watched = plan.levels.iter().zip(&mut self.outcomes).zip(&mut self.rang_on).zip(&self.short);
        for (at, (((level, outcome), rang_on), short)) in watched.enumerate() {
            if !short && rang_on.is_none() && on_hand <= level.highest_at_or_below(base) {
                *rang_on = Some(day);
                outcome.rang += 1;
                self.rings.push((at, day));
            }
        }
    }

    pub(super) fn outcomes(&self) -> &[AlertOutcome] {
        &self.outcomes
    }

    /// Level and evening of each ring, in order of time.
    pub(super) fn rings(&self) -> &[(usize, usize)] {
        &self.rings
    }

    /// Event days with an unmet piece, in order.
    pub(super) fn stockouts(&self) -> &[usize] {
        &self.stockouts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Units;

    /// A receipt arms half of the last receipt anew and leaves half of the event's stock silent: of 100, then of 80.
    #[test]
    fn a_receipt_arms_its_levels_anew() {
        let share = crate::units::Probability::try_new(0.5).expect("a probability");
        let plan = AlertPlan {
            levels: vec![StockLevel::ShareOfLastReceipt { share }, StockLevel::ShareOfEventStart { share }],
        };
        let mut watch = AlertWatch::default();
        watch.reset(2);
        let base = |last_receipt| LevelBase { event_start: 100, last_receipt, ..LevelBase::default() };
        watch.look(&plan, 0, 50, base(100));
        watch.stockout(2);
        watch.receipt(&plan);
        watch.look(&plan, 3, 41, base(80));
        watch.look(&plan, 4, 40, base(80));
        watch.stockout(9);
        let [receipt, start] = watch.outcomes() else { panic!("two levels") };
        assert_eq!(*receipt, AlertOutcome { rang: 2, followed: 2, missed: 0, lead_days: 2 + 5 });
        assert_eq!(*start, AlertOutcome { rang: 1, followed: 1, missed: 0, lead_days: 2 });
    }

    /// Levels 50 and 10 of a stock of 100: a gentle burst rings both in time, a sudden one runs past the lower.
    #[test]
    fn a_level_that_rings_with_the_stockout_has_missed_it() {
        let plan = AlertPlan { levels: [50, 10].map(|units| StockLevel::Units { units: Units(units) }).to_vec() };
        let mut watch = AlertWatch::default();
        watch.reset(2);
        for (day, on_hand) in [(0, 40), (1, 5)] {
            watch.look(&plan, day, on_hand, 100);
        }
        watch.stockout(3);
        watch.begin_event();
        watch.look(&plan, 10, 45, 100);
        watch.stockout(11);
        watch.look(&plan, 11, 0, 100);
        watch.stockout(12);
        let [high, low] = watch.outcomes() else { panic!("two levels") };
        assert_eq!(*high, AlertOutcome { rang: 2, followed: 2, missed: 0, lead_days: 3 + 1 });
        assert_eq!(*low, AlertOutcome { rang: 1, followed: 1, missed: 1, lead_days: 2 });
    }
}
