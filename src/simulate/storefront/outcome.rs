//! What a day came to, in pieces and milliseconds.

use super::{DayTotals, MAX_CHANNELS, Millis, OrderSource, StorefrontState};

/// What happened on a day; the state that it left is in [`StorefrontState`].
///
/// Demand splits exactly: what would have come with the ads as planned = accepted + lost + forgone + refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayOutcome {
    /// Pieces accepted, by channel and by [`OrderSource`].
    pub accepted: [[u32; OrderSource::COUNT]; MAX_CHANNELS],
    /// Pieces that found too few on the page.
    pub lost: u32,
    /// Pieces that did not come because the ads were paused or were ramping.
    pub forgone: u32,
    /// Of those, pieces that did not come while the ads were paused.
    pub forgone_in_pause: u32,
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
    /// A day on which everything that came was accepted, all of it by the first channel's account; `ad_pieces` of the
    /// planned ad demand came.
    pub(in crate::simulate) fn all_accepted(totals: &DayTotals, ad_pieces: u32, ads_running: bool) -> Self {
        let mut outcome = Self::undisturbed(totals, ad_pieces, ads_running);
        let come = totals.coming(ad_pieces);
        outcome.accepted[0] = [come.organic, come.ad, come.live].map(pieces);
        outcome
    }

    /// A day on which nothing could be bought ([`is_shut`](super::is_shut)), with `available` pieces there.
    pub(in crate::simulate) fn nothing_sold(
        totals: &DayTotals,
        ad_pieces: u32,
        ads_running: bool,
        available: i64,
    ) -> Self {
        let day = Self::undisturbed(totals, ad_pieces, ads_running);
        let start = Some(Millis(0));
        let lost = pieces(totals.coming(ad_pieces).units());
        Self { lost, ran_out: start.filter(|_| available <= 0), shut_at: start, ads_wasted: day.ads_ran, ..day }
    }

    /// A day on which the ads stayed as they were.
    fn undisturbed(totals: &DayTotals, ad_pieces: u32, ads_running: bool) -> Self {
        let mut outcome = Self::default();
        outcome.stay_away(pieces(totals.ad - totals.coming(ad_pieces).ad), ads_running);
        outcome.ads_ran = if ads_running { Millis::DAY } else { Millis(0) };
        outcome
    }

    /// Counts pieces of ad demand that do not come.
    pub(super) const fn stay_away(&mut self, pieces: u32, ads_running: bool) {
        self.forgone += pieces;
        if !ads_running {
            self.forgone_in_pause += pieces;
        }
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

fn pieces(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX / 4)
}
