//! Every word that a reader sees, in every language.
//!
//! Labels are a struct and sentences a trait, both implemented for each language: a missing translation does not
//! compile. Numbers come in as texts, already rounded; no decision is taken here.

mod en;
mod en_caveats;
mod en_labels;
mod en_shop;
mod labels;
mod shop;
mod zh;
mod zh_caveats;
mod zh_labels;
mod zh_shop;

pub(crate) use labels::Labels;
pub(crate) use shop::ShopWords;

use super::Lang;
use super::number::Numbers;
use crate::learn::{BurstRule, Caveat};
use crate::policy::ShareBase;
use crate::recommend::LimitKind;
use crate::run::{CheckKind, RunCaveat};
use crate::scenario::OrderPolicy;

/// The words of a language.
pub(crate) const fn words(lang: Lang) -> &'static dyn Words {
    match lang {
        Lang::En => &en::English,
        Lang::Zh => &zh::Chinese,
    }
}

/// What stands behind a latest order date.
#[derive(Debug)]
pub(crate) struct DateWords<'a> {
    pub(crate) latest: &'a str,
    pub(crate) on_time: &'a str,
    pub(crate) even: &'a str,
    pub(crate) today: &'a str,
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

/// The sentences of a language. Arguments are texts that are ready to show.
pub(crate) trait Words: ShopWords + Sync {
    fn labels(&self) -> &'static Labels;

    // Small parts.
    fn pieces(&self, count: &str) -> String;
    fn days(&self, count: &str) -> String;
    fn times(&self, multiplier: &str) -> String;
    fn list(&self, items: &[String]) -> String;
    fn named(&self, name: &str, value: &str) -> String;
    fn subtitle(&self, today: &str, products: &str, futures: &str) -> String;
    fn span(&self, from: &str, to: &str) -> String;
    fn decided_on(&self, futures: &str) -> String;
    fn mode(&self, name: &str) -> String;
    fn stage(&self, name: &str) -> String;

    // Candidates.
    fn rule(&self, formula: &str, service: Option<&str>, reorder_point: Option<&str>) -> String;
    fn rule_short(&self, formula: &str, service: Option<&str>) -> String;
    fn pre_stock(&self, multiplier: Option<&str>) -> String;
    fn pre_order_rule(&self, pause: &str, resume: &str, conversion: &str, days: &str) -> String;
    fn pause_rule(&self, levels: Option<(&str, &str)>) -> String;

    // The decision.
    fn order(&self, pieces: &str, mode: &str, date: &DateWords<'_>) -> String;
    fn order_then(&self, date: &str, risk: &str, range: &str) -> String;
    fn order_late(&self, pieces: &str, mode: &str, date: &DateWords<'_>) -> String;
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
    fn order_later(&self, pieces: &str, mode: &str, date: &str, event: &str, span: &str) -> String;
    /// The supplier takes so many pieces a day: so many order days, from the first on.
    fn order_days(&self, most: &str, parts: &str, first: &str) -> String;
    fn start_stock(&self, pieces: &str) -> String;
    fn reorder_never(&self, from: &str) -> String;
    fn reorder_rolling(&self, lot: &str, service: &str) -> String;
    fn reorder_by_phase(&self, lot: &str) -> String;
    fn reorder_constant(&self, point: &str, lot: &str, from: &str, to: &str, rule: &str) -> String;
    fn lot(&self, policy: OrderPolicy, quantity: &str, up_to: Option<&str>) -> String;
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
    fn tied(&self, tied: &str, looked_at: &str, feasible: &str) -> String;
    fn none_feasible(&self, looked_at: &str) -> String;
    fn not_tied(&self, looked_at: &str, feasible: &str) -> String;
    fn thumb(&self, point: &str, risk: &str, leftover: &str) -> String;
    fn compare_note(&self, futures: &str) -> String;
    fn alert_note(&self, purchasing: &str, media: &str) -> String;
    fn rolling_note(&self) -> String;

    // Charts.
    fn fan_insight(&self, lowest: &str, date: &str, tail: &str) -> String;
    fn heat_insight(&self, feasible: &str, of: &str, chosen: &str) -> String;
    fn heat_note(&self, mode: &str, pause: &str) -> String;
    fn frontier_insight(&self, risk: &str, cost: &str, thumb: Option<(&str, &str)>) -> String;
    fn burst_insight(&self, peak: &str, high: &str, past: Option<&str>) -> String;
    fn lead_insight(&self, mode: &str, half: &str, p95: &str) -> String;
    fn lead_mode(&self, mode: &str, records: Option<&str>) -> String;
    fn formula_insight(&self, best: &str, best_value: &str, worst: &str, worst_value: &str) -> String;
    fn formula_note(&self, mode: &str, pre_stock: &str) -> String;
    fn chart_of(&self, chart: &str, product: &str) -> String;

    // Reasons, checks and caveats.
    fn check(&self, kind: CheckKind) -> String;
    fn check_none(&self) -> String;
    fn caveat(&self, caveat: &Caveat, numbers: &Numbers) -> String;
    fn run_caveat(&self, caveat: &RunCaveat, numbers: &Numbers) -> String;
    fn burst_rule(&self, rule: BurstRule, numbers: &Numbers) -> String;

    // Assumptions.
    fn restart(&self, days: &str, efficiency: &str) -> String;
    fn guard(&self, close: bool, delay: &str) -> String;
    fn guard_within(&self, every: &str, delay: &str) -> String;
    fn days_of_cover(&self, days: &str) -> String;
    fn noise(&self, size: Option<&str>) -> String;
    fn pool(&self, bursts: &str, products: &str) -> String;
    fn event_demand_replay(&self) -> String;
    fn event_demand_hier(&self) -> String;
    fn event_demand_stated(&self, ramp: &str, plateau: &str, peak: &str, cv: &str, tail: &str) -> String;
    fn event_spend(&self, spend: &str) -> String;
    fn bundle(&self, sku: &str, bundles: &str, pieces: &str) -> String;
    fn font(&self) -> String;
}
