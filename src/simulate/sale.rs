//! What a day's demand comes to, over the shelf or at a storefront.

use super::storefront::DayOutcome;

/// Pieces of a day, and what the ads did for them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sale {
    /// Pieces ordered and accepted, those without stock included.
    pub(super) accepted: u64,
    /// Of those, pieces beyond the stock.
    pub(super) oversold: u64,
    /// Pieces wanted and not accepted.
    pub(super) unmet: u64,
    /// Ad demand that did not come.
    pub(super) not_come: u64,
    /// Of that, what did not come while the ads were paused.
    pub(super) not_come_in_pause: u64,
    /// Pieces that the marketplace turned away.
    pub(super) refused: u64,
    /// Share of the day on which the ads ran.
    pub(super) ads_ran: f64,
    /// Share of the day on which they ran with nothing to sell.
    pub(super) ads_wasted: f64,
}

impl Sale {
    /// Demand that meets the true stock.
    ///
    /// Ads are taken to run for all of the day's demand alike: they are wasted on the part that is not met, all day if
    /// there was nothing to sell.
    pub(super) fn over_the_shelf(demand: u64, stock: u64, ads_run: bool) -> Self {
        let accepted = demand.min(stock);
        let unmet = demand - accepted;
        let unserved = if stock == 0 { 1.0 } else { unmet as f64 / demand.max(1) as f64 };
        let ads_ran = if ads_run { 1.0 } else { 0.0 };
        Self { accepted, unmet, ads_ran, ads_wasted: ads_ran * unserved, ..Self::default() }
    }

    /// A day that passed through the channels.
    pub(super) fn at_the_storefront(day: &DayOutcome) -> Self {
        Self {
            accepted: u64::from(day.accepted_units()),
            oversold: u64::from(day.oversold),
            unmet: u64::from(day.lost),
            not_come: u64::from(day.forgone),
            not_come_in_pause: u64::from(day.forgone_in_pause),
            refused: u64::from(day.refused),
            ads_ran: day.ads_ran.of_day(),
            ads_wasted: day.ads_wasted.of_day(),
        }
    }
}
