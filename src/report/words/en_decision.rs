//! English words of the decision card.

use super::en::English;
use super::{DateWords, DecisionWords, DifferenceWords, LateWords, RiskWords};
use crate::policy::ShareBase;
use crate::recommend::LimitKind;
use crate::scenario::OrderPolicy;

impl DecisionWords for English {
    fn today(&self) -> &'static str {
        "today"
    }
    fn on_day(&self, date: &str) -> String {
        format!("on {date}")
    }
    fn order(&self, pieces: &str, mode: &str, date: &DateWords<'_>) -> String {
        format!(
            "Order {pieces} by \"{mode}\" {}, not later than {} ({} sure to be on the shelf in time then; by {} it is an even chance).",
            date.when, date.latest, date.on_time, date.even
        )
    }
    fn order_then(&self, when: &str, date: &str, risk: &str, range: &str) -> String {
        format!(
            "The numbers here are for an order placed {when}; placed on {date}, the risk of stockout is {risk} ({range})."
        )
    }
    fn order_late(&self, order: &LateWords<'_>) -> String {
        format!(
            "Order {} by \"{}\" {} and know that it is late: {} certainty for \"{}\" asked for an order by {}. Ordered {}, \
             the goods are on the shelf in time with a probability of {}; half of such orders are there by {}.",
            order.pieces,
            order.mode,
            order.when,
            order.promised,
            order.event,
            order.latest,
            order.when,
            order.in_time,
            order.half_by
        )
    }
    fn order_misses_start(&self, order: &LateWords<'_>) -> String {
        format!(
            "\"{}\" begins on {} without a pre-stock order: by \"{}\" it had to be placed by {} ({} certainty). {} ordered {} \
             are for the days after its start only: half of such orders are on the shelf by {}, and with a probability of {} \
             before the event ends on {}.",
            order.event,
            order.start,
            order.mode,
            order.latest,
            order.promised,
            order.pieces,
            order.when,
            order.half_by,
            order.by_end,
            order.end
        )
    }
    fn order_misses_event(&self, order: &LateWords<'_>) -> String {
        format!(
            "Place no pre-stock order by \"{}\" for \"{}\" ({} to {}): it can no longer arrive in time. It had to be placed by \
             {} ({} certainty); ordered {}, half of such orders are on the shelf by {}, and before the event ends with a \
             probability of {} only. About {} that the predicted sales ask for are missing: move or shrink the event, or find \
             a faster mode.",
            order.mode,
            order.event,
            order.start,
            order.end,
            order.latest,
            order.promised,
            order.when,
            order.half_by,
            order.by_end,
            order.pieces
        )
    }
    fn order_not_needed(&self, multiplier: &str) -> String {
        format!("No pre-stock order is needed: stock and open orders already reach {multiplier}× the predicted sales.")
    }
    fn order_without(&self) -> String {
        "Place no pre-stock order; the reorder rule below does the work.".to_owned()
    }
    fn order_nothing(&self) -> String {
        "Place no pre-stock order.".to_owned()
    }
    fn order_reaches(&self, multiplier: &str, predicted: &str, event: &str, span: &str) -> String {
        format!("It aims at {multiplier}× the {predicted} predicted for \"{event}\" ({span}).")
    }
    fn order_also(&self, pieces: &str, date: &str) -> String {
        format!(
            "The reorder rule orders on the evening of {date} as well, {pieces} on average: stock plus orders on their way \
             are below its level."
        )
    }
    fn by_rule(&self) -> &'static str {
        "by the reorder rule"
    }
    fn order_parts(&self, pre_stock: &str, reorder: &str) -> String {
        format!("{pre_stock} for the event, {reorder} by the reorder rule")
    }
    fn order_later_now(&self, pieces: &str, mode: &str, when: &str, event: &str, span: &str) -> String {
        format!("Order {pieces} by {mode} {when} as well, for {event} ({span}).")
    }
    fn order_later(&self, pieces: &str, mode: &str, date: &str, event: &str, span: &str) -> String {
        format!(
            "Order {pieces} by {mode} on {date} for {event} ({span}); plan again before that day, when the events before \
             it have shown what they leave."
        )
    }

    fn order_days(&self, most: &str, parts: &str, first: &str) -> String {
        format!("The supplier's first order day is {first}; at {most} a day at most, order days needed: {parts}.")
    }
    fn start_stock(&self, pieces: &str) -> String {
        format!("On average {pieces} are on the shelf at the event's first hour, late goods and reorders included.")
    }
    fn reorder_never(&self, from: &str) -> String {
        format!("Do not reorder for the event; from {from} on reorder for ordinary sales as usual.")
    }
    fn reorder_rolling(&self, lot: &str, service: &str) -> String {
        format!(
            "Reorder {lot} when stock plus orders on their way fall to the number of the week (table below); the numbers \
             follow the forecast and aim at {service}."
        )
    }
    fn reorder_by_phase(&self, lot: &str) -> String {
        format!("Reorder {lot} when stock plus orders on their way fall to the number of the phase (table below).")
    }
    fn reorder_constant(&self, point: &str, lot: &str, from: &str, to: &str, rule: &str) -> String {
        format!(
            "Type in {point} as the reorder point from {from} to {to} ({rule}): at or below it, counting orders on their \
             way, reorder {lot}."
        )
    }
    fn lot(&self, policy: OrderPolicy, quantity: &str, up_to: Option<&str>) -> String {
        match (policy, up_to) {
            (OrderPolicy::Sq, _) => format!("one lot of {quantity}"),
            (OrderPolicy::Snq, _) => format!("in lots of {quantity}"),
            (OrderPolicy::Ss, Some(level)) => format!("up to {level}"),
            (OrderPolicy::Ss, None) => format!("up to {quantity} above it"),
        }
    }
    fn on_days(&self, days: &str, text: &str) -> String {
        format!("{days}: {text}")
    }
    fn warn(&self, pieces: &str, levels: &str, days: &str) -> String {
        format!("Warn at {pieces} ({levels}) on the days {days}.")
    }
    fn share_of(&self, base: ShareBase, shares: &str) -> String {
        let stock = match base {
            ShareBase::EventStart => "the stock at the event's first hour",
            ShareBase::Opening => "the opening stock",
            ShareBase::OrderUpTo => "the order-up-to level",
            ShareBase::LastReceipt => "the stock after the last receipt",
        };
        format!("{shares} of {stock}")
    }
    fn warn_none(&self) -> String {
        "No warn levels are set in the scenario.".to_owned()
    }
    fn pause(&self, pause: &str, resume: &str) -> String {
        format!("Pause the ads when stock falls to {pause}; resume when it is back at {resume}.")
    }
    fn turn_to_pre_order(&self, pause: &str, resume: &str, days: &str) -> String {
        format!(
            "At {pause} or less in stock turn the listing to pre-order and let the ads run; promise dispatch within {days}. \
             Turn it back at {resume} or more, and after the event."
        )
    }
    fn pause_never(&self) -> String {
        "Let the ads run through: no pause rule does better.".to_owned()
    }
    fn pause_not_compared(&self) -> String {
        "Let the ads run through: no pause rule was compared.".to_owned()
    }
    fn on_time(&self, probability: &str) -> String {
        format!("{probability} sure to be in time")
    }
    fn error_note(&self, n: &str) -> String {
        format!("95\u{a0}% errors, {n} fresh futures.")
    }
    fn also_left(&self, pieces: &str) -> String {
        format!("{pieces} left after the event")
    }
    fn no_ads(&self) -> String {
        "No ad spend is planned, so there is nothing to pause.".to_owned()
    }
    fn risk(&self, risk: &RiskWords<'_>) -> String {
        format!(
            "The risk of any stockout in the event is {} (95\u{a0}% interval {}, {} fresh futures).",
            risk.value, risk.range, risk.n
        )
    }
    fn lost(&self, lost: &str, forgone: &str, fill: &str) -> String {
        format!(
            "On average {lost} are lost at an empty shelf and {forgone} are forgone by pausing; {fill} of reference demand is served on its day."
        )
    }
    fn outside(&self, risk: &str) -> String {
        format!("On the days before and after the event the risk of any stockout is {risk}.")
    }
    fn leftover(&self, pieces: &str) -> String {
        format!("{pieces} are left on the evening of the last event day, on average.")
    }
    fn profit(&self, profit: &str, worst: &str) -> String {
        format!("Expected profit {profit}; in the worst 5\u{a0}% of futures {worst} on average.")
    }
    fn mean_stock(&self, pieces: &str) -> String {
        format!("Mean stock over all days: {pieces}.")
    }
    fn limits_kept(&self, limits: &str) -> String {
        format!("Keeps every limit: {limits}.")
    }
    fn limits_broken(&self, limits: &str) -> String {
        format!("No plan keeps every limit; this one comes nearest. Broken: {limits}.")
    }
    fn limits_none(&self) -> String {
        "No limit is written; the risk shown is what the most profitable plan implies.".to_owned()
    }
    fn limit(&self, kind: LimitKind, bound: &str, written: bool) -> String {
        let text = match kind {
            LimitKind::Stockout => format!("risk of stockout at most {bound}"),
            LimitKind::FillRate => format!("fill rate at least {bound}"),
            LimitKind::AllDays => format!("at least {bound} of demand served on all days"),
            LimitKind::Leftover => format!("at most {bound} pieces left"),
            LimitKind::Budget => format!("at most {bound} for goods"),
            LimitKind::CashPeak => format!("at most {bound} of cash tied up"),
            LimitKind::Oversell => format!("risk of oversell at most {bound}"),
            LimitKind::CancelRate => {
                format!("risk that the cancellation rate crosses the platform's lowest step at most {bound}")
            }
        };
        if written { text } else { format!("{text} (default)") }
    }
    fn limit_value(&self, limit: &str, value: &str, cautious: &str) -> String {
        format!("{limit} (is {value}, cautious end {cautious})")
    }
    fn clash(&self, limits: &str) -> String {
        format!("What binds: each limit can be kept, but no plan keeps them together: {limits}. Relax one.")
    }
    fn binding(&self, limits: &str) -> String {
        format!("What binds: no plan at all keeps {limits}.")
    }
    fn customary_too_low(&self, low: &str, high: &str, needed: &str, more: &str) -> String {
        format!("{low}× to {high}× the forecast cannot reach the limit; {needed}× would, for {more} more than {high}×.")
    }
    fn customary_enough(&self, needed: &str) -> String {
        format!("{needed}× the forecast is the least that keeps the limits with these rules.")
    }
    fn nothing_reaches(&self, highest: &str) -> String {
        format!("No pre-stock up to {highest}× the forecast keeps the limits with these rules.")
    }
    fn runner_up(&self, plan: &str, difference: &DifferenceWords<'_>) -> String {
        let (noun, word) = match (difference.profit, difference.more) {
            (true, true) => ("profit", "higher"),
            (true, false) => ("profit", "lower"),
            (false, true) => ("mean stock", "higher"),
            (false, false) => ("mean stock", "lower"),
        };
        format!(
            "Runner-up: {plan}. On the same futures its {noun} is {} {word} (95\u{a0}% interval of the difference {} to {}).",
            difference.size, difference.low, difference.high
        )
    }
    fn compared_freely(&self, tied: Option<&str>, looked_at: &str) -> String {
        let tied = tied.map_or_else(
            || "none of them ties with the recommended one".to_owned(),
            |tied| format!("{tied} of them cannot be told from the recommended one by this many futures"),
        );
        let plans = if looked_at == "1" { "plan was" } else { "plans were" };
        format!("{looked_at} {plans} compared; no limit is set that a plan could break, and {tied}.")
    }
    fn tied(&self, tied: &str, looked_at: &str, feasible: &str) -> String {
        format!(
            "{looked_at} plans were compared, {feasible} keep every limit, and {tied} of them cannot be told from the \
             recommended one by this many futures."
        )
    }
    fn none_feasible(&self, looked_at: &str) -> String {
        format!("{looked_at} plans were compared; none keeps every limit.")
    }
    fn not_tied(&self, looked_at: &str, feasible: &str) -> String {
        format!(
            "{looked_at} plans were compared, {feasible} keep every limit; none of these ties with the recommended one."
        )
    }
    fn thumb(&self, point: &str, risk: &str, leftover: &str) -> String {
        format!(
            "The rule of thumb (largest daily sales × longest lead time, {point}, no pre-stock) would run out in {risk} of \
             futures and leave {leftover}."
        )
    }
    fn compare_note(&self, futures: &str) -> String {
        format!(
            "All rows on the same {futures} futures, with 95\u{a0}% errors. The headline numbers above come from fresh \
             futures, so they may differ a little."
        )
    }
    fn alert_note(&self, purchasing: &str, media: &str) -> String {
        format!(
            "Shares of all futures, the last three of the rings; levels in pieces refer to the mean stock at the event's \
             first hour and are watched on event days only. A ring announces the stockout that would come if nobody \
             reacted to it or to a later one; it is in time for purchasing {purchasing} or more before it, for media \
             buyers {media} or more, and in vain if none would come."
        )
    }
    fn rolling_note(&self) -> String {
        "For a system that holds one number: type in the number of the week, which is the highest of its days."
            .to_owned()
    }
}
