//! Stock alerts along one path: when each level rang and how long before the stockout.

use crate::policy::StockLevel;

/// The alert levels of a scenario, highest first, looked at at the end of each day from the first event on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AlertPlan {
    /// The levels.
    pub levels: Vec<StockLevel>,
}

/// What one level did along one path.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AlertOutcome {
    /// First day on which it rang.
    pub rang_on: Option<usize>,
    /// Days from that ring to the first unmet unit after it; `None` if none followed.
    pub lead_days: Option<usize>,
}

/// Follows the levels along one path.
#[derive(Debug, Default)]
pub(super) struct AlertWatch {
    outcomes: Vec<AlertOutcome>,
}

impl AlertWatch {
    /// Back to silence.
    pub(super) fn reset(&mut self, levels: usize) {
        self.outcomes.clear();
        self.outcomes.resize(levels, AlertOutcome::default());
    }

    /// An unmet unit on `day`: fixes the lead of every level that has rung.
    pub(super) fn stockout(&mut self, day: usize) {
        for outcome in &mut self.outcomes {
            if let (Some(rang_on), None) = (outcome.rang_on, outcome.lead_days) {
                outcome.lead_days = Some(day - rang_on);
            }
        }
    }

    /// The end of `day` with `on_hand` pieces left.
    pub(super) fn look(&mut self, plan: &AlertPlan, day: usize, on_hand: u64, event_start: u64) {
        for (level, outcome) in plan.levels.iter().zip(&mut self.outcomes) {
            if outcome.rang_on.is_none() && on_hand as f64 <= level.pieces(event_start) {
                outcome.rang_on = Some(day);
            }
        }
    }

    pub(super) fn outcomes(&self) -> &[AlertOutcome] {
        &self.outcomes
    }
}
