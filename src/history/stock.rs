//! Stock counts.

use crate::units::Units;

/// What is in the warehouse on the first simulated day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StockCount {
    /// Pieces in the warehouse, all told.
    pub on_hand: Units,
    /// Pieces sold but not yet shipped.
    pub committed: Units,
    /// Pieces set aside for a campaign or a creator elsewhere.
    pub reserved: Units,
    /// Pieces that cannot be sold.
    pub damaged: Units,
}

impl StockCount {
    /// Pieces that the event may sell: on hand less committed, reserved and damaged.
    #[must_use]
    pub fn sellable(self) -> Units {
        self.on_hand.saturating_sub(self.committed).saturating_sub(self.reserved).saturating_sub(self.damaged)
    }
}
