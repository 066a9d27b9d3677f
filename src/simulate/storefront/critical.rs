//! Whether a day must be resolved at all, from its totals.

use super::{Millis, StorefrontDay, StorefrontState};

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
}

/// Whether the stock, a guard's level, a published quantity, a command or the cap may be in play on this day.
///
/// If not, every order is accepted, whenever it comes and by whichever of the channels, and the state that the day
/// leaves is [`StorefrontState::pass_day`]'s: `true` may be said in vain, `false` never. `largest_order` is the most
/// pieces of an order. A share of ad demand below 1 is in play if there is any: a caller that thins the day's total
/// beforehand passes what is left, and a share of 1.
#[must_use]
pub fn is_critical(day: &StorefrontDay<'_>, totals: &DayTotals, largest_order: u32, state: &StorefrontState) -> bool {
    let units = i64::try_from(totals.units()).unwrap_or(i64::MAX);
    let before = state.available();
    let Some(after) = before.checked_sub(units) else { return true };
    let order = i64::from(largest_order.max(1)).min(units.max(1));

    let commands = state.ads.pending.first().is_some_and(|(due, _)| *due < i64::from(Millis::DAY.0));
    let guarded = day.guard.is_some_and(|guard| {
        state.ads.decide(guard.pause, guard.resume, before).is_some() || (state.ads.commanded && after <= guard.pause)
    });
    let thinned = totals.ad > 0 && day.shares.at_start < 1.0;
    // Orders are fewer than pieces; the cap that is just reached ends the sale.
    let capped = day.order_cap.is_some_and(|cap| units >= i64::from(cap));
    if after <= 0 || commands || guarded || thinned || capped || day.rules().is_empty() {
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
