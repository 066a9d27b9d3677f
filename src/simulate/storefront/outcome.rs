//! What a day came to, in pieces and milliseconds.

use super::{DayTotals, MAX_CHANNELS, Millis, OrderSource, StorefrontState};

/// What happened on a day; the state that it left is in [`StorefrontState`].
///
/// Demand splits exactly: what would have come with the ads as planned = accepted + lost + forgone + refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayOutcome {
    /// Pieces accepted, by channel and by [`OrderSource`].
    pub accepted: [[u32; OrderSource::COUNT]; MAX_CHANNELS],
    /// Orders accepted.
    pub accepted_orders: u32,
    /// Pieces that found too few on the page.
    pub lost: u32,
    /// Pieces that did not come because the ads were paused or were ramping.
    pub forgone: u32,
    /// Pieces that the order cap turned away.
    pub refused: u32,
    /// Pieces accepted beyond what was on hand and not yet promised.
    pub oversold: u32,
    /// When nothing was available any more; the first minute if nothing was then.
    pub ran_out: Option<Millis>,
    /// Since when nothing could be bought, if so at the end of the day.
    pub shut_at: Option<Millis>,
    /// How long the ads ran.
    pub ads_ran: Millis,
    /// Of that, how long nothing could be bought: no page showed a piece, or the cap was reached.
    pub ads_wasted: Millis,
    /// Whether the ads were paused or resumed within the day.
    pub ads_changed: bool,
}

impl DayOutcome {
    /// A day on which everything that was ordered was accepted, all of it by the first channel's account.
    pub(in crate::simulate) fn all_accepted(totals: &DayTotals, ads_running: bool) -> Self {
        let mut outcome = Self::default();
        let pieces = |count: u64| u32::try_from(count).unwrap_or(u32::MAX / 4);
        outcome.accepted[0] = [totals.organic, totals.ad, totals.live].map(pieces);
        outcome.accepted_orders = pieces(totals.units());
        outcome.ads_ran = if ads_running { Millis::DAY } else { Millis(0) };
        outcome
    }

    /// Pieces accepted in all.
    #[must_use]
    pub fn accepted_units(&self) -> u32 {
        self.accepted.iter().flatten().sum()
    }

    /// Pieces of the demand as planned: accepted, lost, forgone and refused.
    #[must_use]
    pub fn reference(&self) -> u64 {
        [self.accepted_units(), self.lost, self.forgone, self.refused].into_iter().map(u64::from).sum()
    }

    /// Adds what was accepted to the state and counts what of it is beyond the stock.
    pub(super) fn close(&mut self, state: &mut StorefrontState) {
        let before = state.promised_beyond_stock();
        state.committed += i64::from(self.accepted_units());
        self.oversold = u32::try_from(state.promised_beyond_stock() - before).unwrap_or(u32::MAX);
    }
}
