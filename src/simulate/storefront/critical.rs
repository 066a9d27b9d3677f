//! Whether a day must be resolved at all, from its totals.

use super::{ChannelRule, Millis, StorefrontDay, StorefrontState};

/// Pieces of a day by source, with the ads as planned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayTotals {
    /// Without ads.
    pub organic: u64,
    /// From the ads.
    pub ad: u64,
    /// From live sessions.
    pub live: u64,
}

impl DayTotals {
    /// All pieces; stops at the largest number.
    #[must_use]
    pub const fn units(&self) -> u64 {
        self.organic.saturating_add(self.ad).saturating_add(self.live)
    }

    /// What comes if so many pieces of the planned ad demand do.
    #[must_use]
    pub fn coming(&self, ad_pieces: u32) -> Self {
        Self { ad: self.ad.min(u64::from(ad_pieces)), ..*self }
    }
}

/// Whether the stock, a guard's level, a published quantity, a command or the cap may be in play on this day.
///
/// If not, every order that comes in the first minute's state of the ads is accepted, whenever it comes and by whichever
/// of the channels, and the state that the day leaves is [`StorefrontState::pass_day`]'s: `true` may be said in vain,
/// `false` never. `totals` is the day's demand as planned, `largest_order` the most pieces of an order.
#[must_use]
pub fn is_critical(day: &StorefrontDay<'_>, totals: &DayTotals, largest_order: u32, state: &StorefrontState) -> bool {
    let units = i64::try_from(totals.coming(day.ads.at_start).units()).unwrap_or(i64::MAX);
    let before = state.available();
    let Some(after) = before.checked_sub(units) else { return true };
    let order = i64::from(largest_order.max(1)).min(units.max(1));

    let commands = state.ads.pending.first().is_some_and(|(due, _)| *due < i64::from(Millis::DAY.0));
    let guarded = day.guard.is_some_and(|guard| {
        state.ads.decide(guard.pause, guard.resume, before).is_some() || (state.ads.commanded && after <= guard.pause)
    });
    // The cap that is just reached ends the sale.
    let capped = day.piece_cap.is_some_and(|cap| units >= i64::from(cap));
    if after <= 0 || commands || guarded || capped || day.rules().is_empty() {
        return true;
    }
    day.rules().iter().enumerate().any(|(channel, rule)| {
        let phase = day.phase(channel);
        let refreshed = rule.refresh.at_first_minute(day.day, phase);
        let first = if refreshed { rule.publish.quantity(before) } else { state.published[channel] };
        let safe = match (rule.refresh.within_day(), rule.self_decrement) {
            // The page shows what the stock of some earlier moment allows: never less than the evening's.
            (true, false) => first >= order && rule.publish.quantity(after) >= order,
            // It is worst if it took all orders since the morning's number: later numbers lose less than a piece a
            // piece.
            (true, true) => first > units && after > rule.publish.threshold(),
            (false, false) => first >= order,
            // What is left on the page goes over to the next day, unless it is then forgotten.
            (false, true) => {
                let forgotten = refreshed && rule.refresh.at_first_minute(day.day + 1, phase);
                first > units && (units == 0 || forgotten)
            }
        };
        !safe
    })
}

/// Whether nothing can be bought all day: no page shows a piece, none will, and neither the ads nor the cap come into
/// play.
///
/// Then what comes is lost, and the state that the day leaves is [`StorefrontState::pass_day`]'s of no pieces.
#[must_use]
pub fn is_shut(day: &StorefrontDay<'_>, state: &StorefrontState) -> bool {
    let before = state.available();
    let commands = state.ads.pending.first().is_some_and(|(due, _)| *due < i64::from(Millis::DAY.0));
    let looks = day.guard.is_some_and(|guard| state.ads.decide(guard.pause, guard.resume, before).is_some());
    // Without a sale the stock stays as it is: every later number is the first minute's.
    let shows = |(channel, rule): (usize, &ChannelRule)| {
        let first = rule.refresh.at_first_minute(day.day, day.phase(channel));
        (if first { rule.publish.quantity(before) } else { state.published[channel] }) >= 1
    };
    !commands && !looks && day.piece_cap != Some(0) && !day.rules().iter().enumerate().any(shows)
}

/// What [`is_critical`] and [`is_shut`] say of the stock alone, for pages that are refreshed every morning and within the
/// day ([`Refresh::within_day`](super::Refresh::within_day)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// From so many available pieces on every order is accepted; `i64::MAX` if never.
    pub ample_from: i64,
    /// With so many pieces or fewer nothing is shown all day; `i64::MAX` if nothing ever is.
    pub shut_to: i64,
}

impl Outlook {
    /// The outlook of a day on which `units` pieces come, `largest_order` at most in an order.
    #[must_use]
    pub fn of(rules: &[ChannelRule], units: u64, largest_order: u32) -> Self {
        let units = i64::try_from(units).unwrap_or(i64::MAX);
        let order = i64::from(largest_order.max(1)).min(units.max(1));
        let mut outlook = Self { ample_from: units.saturating_add(1), shut_to: i64::MAX };
        if rules.is_empty() {
            outlook.ample_from = i64::MAX;
        }
        for rule in rules {
            let shows = |pieces: i64| rule.publish.least_available(pieces).unwrap_or(i64::MAX);
            let ample_from = if rule.self_decrement {
                let above_threshold = rule.publish.threshold().saturating_add(1).saturating_add(units);
                shows(units.saturating_add(1)).max(above_threshold)
            } else {
                // The least in the evening is the least all day.
                shows(order).saturating_add(units)
            };
            outlook.ample_from = outlook.ample_from.max(ample_from);
            outlook.shut_to = outlook.shut_to.min(shows(1).saturating_sub(1));
        }
        outlook
    }
}
