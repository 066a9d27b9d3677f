//! Stock levels at which something happens, stated in pieces, as a share or in days of cover.

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
    /// A share of the order-up-to level of the day.
    ShareOfOrderUpTo {
        /// The share.
        share: Probability,
    },
    /// A share of the stock on hand right after the last receipt; until the first, of the opening stock.
    ShareOfLastReceipt {
        /// The share.
        share: Probability,
    },
    /// The stock that lasts so many days at the present rate of sales.
    DaysOfCover {
        /// Days; a negative number is none.
        days: f64,
    },
}

/// What a share is taken of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ShareBase {
    /// The stock on hand at the event's first hour.
    #[default]
    EventStart,
    /// The opening stock of today.
    Opening,
    /// The order-up-to level; only of plans that order up to a level (`policy = "s-s"`).
    OrderUpTo,
    /// The stock on hand right after the last receipt; until the first, the opening stock. A receipt arms an alert
    /// anew.
    LastReceipt,
}

impl ShareBase {
    /// Whether it is the stock at the event's first hour.
    #[must_use]
    pub const fn is_event_start(&self) -> bool {
        matches!(self, Self::EventStart)
    }

    /// The level at or below which something happens.
    ///
    /// ```
    /// use stockburst::policy::{ShareBase, StockLevel};
    /// use stockburst::units::{Probability, Units};
    /// let third = Probability::try_new(1.0 / 3.0).unwrap();
    /// assert_eq!(ShareBase::Opening.at_or_below(third, Units(100)), StockLevel::Units { units: Units(33) });
    /// assert_eq!(ShareBase::Opening.at_or_above(third, Units(100)), StockLevel::Units { units: Units(34) });
    /// ```
    #[must_use]
    pub fn at_or_below(self, share: Probability, opening: Units) -> StockLevel {
        self.level(share, |of| Units(of.highest_at_or_below(opening.0)))
    }

    /// The level at or above which something happens.
    #[must_use]
    pub fn at_or_above(self, share: Probability, opening: Units) -> StockLevel {
        self.level(share, |of| Units(of.lowest_at_or_above(opening.0)))
    }

    /// A share of the opening stock is a number of pieces from the start.
    fn level(self, share: Probability, opening: impl Fn(StockLevel) -> Units) -> StockLevel {
        match self {
            Self::EventStart => StockLevel::ShareOfEventStart { share },
            Self::Opening => StockLevel::Units { units: opening(StockLevel::ShareOfEventStart { share }) },
            Self::OrderUpTo => StockLevel::ShareOfOrderUpTo { share },
            Self::LastReceipt => StockLevel::ShareOfLastReceipt { share },
        }
    }
}

/// What relative levels are counted from.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct LevelBase {
    /// Pieces on hand at the event's first hour.
    pub event_start: u64,
    /// The order-up-to level of the plan today, if it has one.
    pub order_up_to: u64,
    /// Pieces on hand right after the last receipt.
    pub last_receipt: u64,
    /// Pieces sold a day, as known today; without sales every stock lasts for ever and a level in days of cover is no
    /// piece.
    pub daily_rate: f64,
}

impl From<u64> for LevelBase {
    /// The stock at the event's first hour alone, for levels that are not counted from anything else.
    fn from(event_start: u64) -> Self {
        Self { event_start, ..Self::default() }
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
    /// assert_eq!(level.pieces(LevelBase { daily_rate: 12.0, ..LevelBase::default() }), 60.0);
    /// ```
    #[must_use]
    pub fn pieces(&self, base: impl Into<LevelBase>) -> f64 {
        let base = base.into();
        match self {
            Self::Units { units } => units.as_f64(),
            Self::ShareOfEventStart { share } => share.get() * base.event_start as f64,
            Self::ShareOfOrderUpTo { share } => share.get() * base.order_up_to as f64,
            Self::ShareOfLastReceipt { share } => share.get() * base.last_receipt as f64,
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

    /// Whether it may move within an event: with the rate of sales, the order-up-to level or a receipt.
    #[must_use]
    pub const fn moves(&self) -> bool {
        matches!(self, Self::DaysOfCover { .. } | Self::ShareOfOrderUpTo { .. } | Self::ShareOfLastReceipt { .. })
    }

    /// Whether a receipt arms an alert at this level anew.
    #[must_use]
    pub const fn is_armed_by_receipt(&self) -> bool {
        matches!(self, Self::ShareOfLastReceipt { .. })
    }
}

/// Days that `stock` pieces last at `daily_rate` pieces a day; infinite without sales.
///
/// ```
/// use stockburst::policy::cover_days;
/// assert_eq!((cover_days(70, 14.0), cover_days(70, 0.0)), (5.0, f64::INFINITY));
/// ```
#[must_use]
pub fn cover_days(stock: u64, daily_rate: f64) -> f64 {
    if daily_rate > 0.0 { stock as f64 / daily_rate } else { f64::INFINITY }
}
