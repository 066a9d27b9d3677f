//! Every word that a reader sees, in every language.
//!
//! Labels are a struct and sentences a trait, both implemented for each language: a missing translation does not
//! compile. Numbers come in as texts, already rounded; no decision is taken here.

mod backtest;
mod decision;
mod en;
mod en_caveats;
mod en_decision;
mod en_labels;
mod en_shop;
mod en_terms;
mod labels;
mod multiples;
mod shop;
mod synthetic;
mod terms;
mod zh;
mod zh_caveats;
mod zh_decision;
mod zh_labels;
mod zh_shop;
mod zh_terms;

pub(crate) use backtest::{BacktestWords, backtest_words};
pub(crate) use decision::{DateWords, DecisionWords, DifferenceWords, LateWords, RiskWords};
pub(crate) use labels::Labels;
pub(crate) use multiples::{MultipleWords, MultiplierWords, ReachWords};
pub(crate) use shop::ShopWords;
pub(crate) use synthetic::{SyntheticWords, synthetic_words};
pub(crate) use terms::TermWords;

use super::Lang;
use super::number::Numbers;
use crate::learn::{BurstRule, Caveat};
use crate::process::LifeCycle;
use crate::run::{CheckKind, RunCaveat};

/// The words of a language.
pub(crate) const fn words(lang: Lang) -> &'static dyn Words {
    match lang {
        Lang::En => &en::English,
        Lang::Zh => &zh::Chinese,
    }
}

/// The sentences of a language. Arguments are texts that are ready to show.
pub(crate) trait Words: DecisionWords + MultiplierWords + ShopWords + TermWords + Sync {
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

    // Charts.
    fn fan_insight(&self, lowest: &str, date: &str, tail: &str) -> String;
    fn heat_insight(&self, feasible: &str, of: &str, chosen: &str) -> String;
    fn heat_freely(&self, of: &str, chosen: &str) -> String;
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
    fn life_cycle(&self, stage: &LifeCycle, n: &Numbers) -> String;
    fn pool(&self, bursts: &str, products: &str) -> String;
    fn event_demand_replay(&self) -> String;
    fn event_demand_hier(&self) -> String;
    fn event_demand_stated(&self, ramp: &str, plateau: &str, peak: &str, cv: &str, tail: &str) -> String;
    fn event_spend(&self, spend: &str) -> String;
    fn bundle(&self, sku: &str, bundles: &str, pieces: &str) -> String;
    fn font(&self) -> String;
}
