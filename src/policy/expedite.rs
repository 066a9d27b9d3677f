//! Expediting: a second, faster supply for the days on which the stock would not last until it.

use serde::{Deserialize, Serialize};

use crate::units::Units;

/// Orders by a faster mode once little is left and little is due.
///
/// Due is what a buyer knows to be due: every order counts by the day on which it is expected, never by the day on which
/// it will come.
///
/// ```
/// use stockburst::policy::{Expedite, ExpediteSize};
/// use stockburst::units::Units;
/// let size = ExpediteSize::UpTo { level: Units(50) };
/// let rule = Expedite { mode: 1, level: Units(20), size, lead_days: 3, ordinary_days: 21 };
/// assert_eq!([rule.order(21), rule.order(20), rule.order(-10)], [0, 30, 60].map(Units));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expedite {
    /// Index of the faster lead-time mode.
    pub mode: usize,
    /// The emergency level: order once on hand less backlog, and what is due by the faster mode's lead time, is at or
    /// below it.
    pub level: Units,
    /// How much is ordered.
    pub size: ExpediteSize,
    /// Days after which an order by the faster mode is expected.
    pub lead_days: usize,
    /// Days after which an order by the plan's own mode is expected.
    pub ordinary_days: usize,
}

/// How much an expedited order orders; the supplier's minimum and multiple do not hold for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ExpediteSize {
    /// Always so many pieces.
    Quantity {
        /// The pieces.
        units: Units,
    },
    /// What is missing to this level.
    UpTo {
        /// The level.
        level: Units,
    },
}

impl Expedite {
    /// Pieces to expedite now; `available` is on hand less backlog, and what is due within the faster lead time.
    #[must_use]
    pub fn order(&self, available: i64) -> Units {
        if available > self.level.0 as i64 {
            return Units::ZERO;
        }
        match self.size {
            ExpediteSize::Quantity { units } => units,
            ExpediteSize::UpTo { level } => Units((level.0 as i64 - available).max(0) as u64),
        }
    }
}
