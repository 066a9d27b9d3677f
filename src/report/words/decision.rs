//! Words of the decision card: what to do, how sure it is, and why.

use crate::policy::ShareBase;
use crate::recommend::LimitKind;
use crate::scenario::OrderPolicy;

/// What stands behind a latest order date.
#[derive(Debug)]
pub(crate) struct DateWords<'a> {
    /// When it is placed.
    pub(crate) when: &'a str,
    pub(crate) latest: &'a str,
    pub(crate) on_time: &'a str,
    pub(crate) even: &'a str,
}

/// What stands behind an order whose latest date has passed.
#[derive(Debug)]
pub(crate) struct LateWords<'a> {
    pub(crate) pieces: &'a str,
    pub(crate) mode: &'a str,
    pub(crate) event: &'a str,
    pub(crate) start: &'a str,
    pub(crate) end: &'a str,
    /// When it is or would be placed.
    pub(crate) when: &'a str,
    pub(crate) latest: &'a str,
    pub(crate) promised: &'a str,
    pub(crate) half_by: &'a str,
    pub(crate) in_time: &'a str,
    pub(crate) by_end: &'a str,
}

/// An estimate and its interval in words.
#[derive(Debug)]
pub(crate) struct RiskWords<'a> {
    pub(crate) value: &'a str,
    pub(crate) range: &'a str,
    pub(crate) n: &'a str,
}

/// A paired difference in words: the other plan less the recommended one.
#[derive(Debug)]
pub(crate) struct DifferenceWords<'a> {
    pub(crate) size: &'a str,
    pub(crate) low: &'a str,
    pub(crate) high: &'a str,
    pub(crate) more: bool,
    pub(crate) profit: bool,
}

/// Sentences of the decision card. Arguments are texts that are ready to show.
pub(crate) trait DecisionWords {
    /// When an order goes out: today, or on the first day on which the supplier takes orders.
    fn today(&self) -> &'static str;
    fn on_day(&self, date: &str) -> String;
    fn order(&self, pieces: &str, mode: &str, date: &DateWords<'_>) -> String;
    fn order_then(&self, when: &str, date: &str, risk: &str, range: &str) -> String;
    /// Its latest date has passed, and it may still be in time.
    fn order_late(&self, order: &LateWords<'_>) -> String;
    /// It comes after the event has begun.
    fn order_misses_start(&self, order: &LateWords<'_>) -> String;
    /// It would come after the event: it is not placed.
    fn order_misses_event(&self, order: &LateWords<'_>) -> String;
    fn order_not_needed(&self, multiplier: &str) -> String;
    fn order_without(&self) -> String;
    fn order_nothing(&self) -> String;
    fn order_reaches(&self, multiplier: &str, predicted: &str, event: &str, span: &str) -> String;
    /// What the reorder rule orders on the first evening, beside the pre-stock order.
    fn order_also(&self, pieces: &str, date: &str) -> String;
    /// An order of the reorder rule alone.
    fn by_rule(&self) -> &'static str;
    /// The parts of an order: for the event, and by the reorder rule.
    fn order_parts(&self, pre_stock: &str, reorder: &str) -> String;
    /// The order for a later event that goes out at once.
    fn order_later_now(&self, pieces: &str, mode: &str, when: &str, event: &str, span: &str) -> String;
    fn order_later(&self, pieces: &str, mode: &str, date: &str, event: &str, span: &str) -> String;
    /// The supplier takes so many pieces a day: so many order days, from the first on.
    fn order_days(&self, most: &str, parts: &str, first: &str) -> String;
    fn start_stock(&self, pieces: &str) -> String;
    fn reorder_never(&self, from: &str) -> String;
    fn reorder_rolling(&self, lot: &str, service: &str) -> String;
    fn reorder_by_phase(&self, lot: &str) -> String;
    fn reorder_constant(&self, point: &str, lot: &str, from: &str, to: &str, rule: &str) -> String;
    fn lot(&self, policy: OrderPolicy, quantity: &str, up_to: Option<&str>) -> String;
    /// What holds on some days only.
    fn on_days(&self, days: &str, text: &str) -> String;
    fn warn(&self, pieces: &str, levels: &str, days: &str) -> String;
    fn share_of(&self, base: ShareBase, shares: &str) -> String;
    fn warn_none(&self) -> String;
    fn pause(&self, pause: &str, resume: &str) -> String;
    fn turn_to_pre_order(&self, pause: &str, resume: &str, days: &str) -> String;
    fn pause_never(&self) -> String;
    fn pause_not_compared(&self) -> String;
    fn on_time(&self, probability: &str) -> String;
    fn error_note(&self, n: &str) -> String;
    fn also_left(&self, pieces: &str) -> String;
    fn no_ads(&self) -> String;
    fn risk(&self, risk: &RiskWords<'_>) -> String;
    fn lost(&self, lost: &str, forgone: &str, fill: &str) -> String;
    fn outside(&self, risk: &str) -> String;
    fn leftover(&self, pieces: &str) -> String;
    fn profit(&self, profit: &str, worst: &str) -> String;
    fn mean_stock(&self, pieces: &str) -> String;
    fn limits_kept(&self, limits: &str) -> String;
    fn limits_broken(&self, limits: &str) -> String;
    fn limits_none(&self) -> String;
    fn limit(&self, kind: LimitKind, bound: &str, written: bool) -> String;
    fn limit_value(&self, limit: &str, value: &str, cautious: &str) -> String;
    fn binding(&self, limits: &str) -> String;
    fn clash(&self, limits: &str) -> String;
    fn customary_too_low(&self, low: &str, high: &str, needed: &str, more: &str) -> String;
    fn customary_enough(&self, needed: &str) -> String;
    fn nothing_reaches(&self, highest: &str) -> String;
    fn runner_up(&self, plan: &str, difference: &DifferenceWords<'_>) -> String;
    /// Plans are compared without any limit.
    fn compared_freely(&self, tied: Option<&str>, looked_at: &str) -> String;
    fn tied(&self, tied: &str, looked_at: &str, feasible: &str) -> String;
    fn none_feasible(&self, looked_at: &str) -> String;
    fn not_tied(&self, looked_at: &str, feasible: &str) -> String;
    fn thumb(&self, point: &str, risk: &str, leftover: &str) -> String;
    fn compare_note(&self, futures: &str) -> String;
    fn alert_note(&self, purchasing: &str, media: &str) -> String;
    fn rolling_note(&self) -> String;
}
