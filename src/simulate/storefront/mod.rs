//! A critical day, order by order: channels that show a number, a sync that is late, a guard that looks at the stock.
//!
//! A day is 1,440 minutes from the shop's midnight and is resolved by itself. [`resolve`] is the definition;
//! [`resolve_fast`] gives the same bytes and skips what cannot matter; [`is_critical`] and [`is_shut`] tell from day
//! totals whether either is needed.
//!
//! **Stock.** Available = on hand - accepted unshipped orders - reservations. It only falls within a day: arrivals come
//! before its first minute, shipments after its last. A channel's *page* shows a number of pieces, by
//! [`PublishRule`](crate::policy::PublishRule): 0 if available <= threshold, else max(0, floor(available x share) -
//! reserve).
//!
//! **Sync.** At the first minute every linked channel shows the rule's quantity. Within the day a channel is refreshed
//! at `phase + k x interval`: the tick reads the available stock, its number arrives `delay` later. A tick fails with a
//! probability and is then skipped; failures belong to the minute, so that every interval meets the same ones.
//! `Set` overwrites the page, forgetting the orders that it accepted in between; `Delta` adds the change since the last
//! push, the page's own orders left out, which it has counted down already. An interval of no length is a push after
//! each order. Intervals of a day or more are whole days and refresh at the first minute of their days only. A page
//! that is not refreshed carries what is left on it. Numbers on their way at midnight are overtaken by the next
//! morning's.
//!
//! **Orders.** An order of q pieces is accepted if its page shows at least q. A page that decrements itself then shows
//! q less; any other keeps its number until the next refresh. Of the ad orders only so many pieces come as the state of
//! the ads lets come ([`AdPieces`]); an order of which a part comes is an order of that part. Under a cap, what comes once
//! so many pieces are accepted is turned away whatever the page shows. Oversold pieces are those accepted beyond what is
//! on hand and not yet promised.
//!
//! **Guard.** It looks at minutes 0, e, 2e, ... (after every order if e is 0): running ads are paused at or below one
//! level, paused ads resumed at or above a higher one, each `delay` later, on a later day if need be.
//!
//! **One moment.** What falls on the same millisecond comes in this order: ad commands, numbers that arrive, ticks that
//! read, the guard, orders.
//!
//! Nothing is drawn here. [`DayArrivals`] are made once for a path and a day and are met by every candidate.

mod arrivals;
mod critical;
mod draw;
mod fast;
mod outcome;
mod plain;
mod rules;
mod state;
mod time;

pub use arrivals::{DayArrivals, Order, OrderSource};
pub use critical::{DayTotals, Outlook, is_critical, is_shut};
pub use draw::{OrderMix, sync_phases};
pub use fast::{Scratch, resolve_fast};
pub use outcome::DayOutcome;
pub use plain::resolve;
pub use rules::{AdPieces, ChannelRule, MAX_CHANNELS, MinuteGuard, Push, Refresh, StorefrontDay};
pub use state::{AdCommands, StorefrontState};
pub use time::Millis;

#[cfg(test)]
mod tests;
