//! English sentences.

use super::{Labels, Words, en_caveats, en_labels::LABELS};
use crate::learn::{BurstRule, Caveat};
use crate::process::LifeCycle;
use crate::report::number::Numbers;
use crate::run::{CheckKind, RunCaveat};

/// English.
pub(super) struct English;

impl Words for English {
    fn labels(&self) -> &'static Labels {
        &LABELS
    }
    fn pieces(&self, count: &str) -> String {
        format!("{count} {}", if count == "1" { "piece" } else { "pieces" })
    }
    fn days(&self, count: &str) -> String {
        format!("{count} {}", if count == "1" { "day" } else { "days" })
    }
    fn times(&self, multiplier: &str) -> String {
        format!("{multiplier}×")
    }
    fn list(&self, items: &[String]) -> String {
        match items {
            [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
            items => items.join(", "),
        }
    }
    fn named(&self, name: &str, value: &str) -> String {
        format!("{name}: {value}")
    }
    fn subtitle(&self, today: &str, products: &str, futures: &str) -> String {
        let noun = if products == "1" { "product" } else { "products" };
        format!("Planned on {today} · {products} {noun} · {futures} simulated futures")
    }
    fn span(&self, from: &str, to: &str) -> String {
        format!("{from} to {to}")
    }
    fn decided_on(&self, futures: &str) -> String {
        format!("from {futures} fresh futures")
    }

    fn mode(&self, name: &str) -> String {
        name.to_owned()
    }
    fn stage(&self, name: &str) -> String {
        match name {
            "production" | "customs" | "all" => name,
            "first-leg" => "first leg",
            "last-leg" => "last leg",
            "order-to-shelf" => "order to shelf",
            "put-away" => "put-away",
            other => other,
        }
        .to_owned()
    }

    fn rule(&self, formula: &str, service: Option<&str>, reorder_point: Option<&str>) -> String {
        let name = self.rule_short(formula, service);
        match (formula, reorder_point) {
            ("units", Some(point)) => format!("reorder at {point}"),
            (_, Some(point)) => format!("{name} = {point}"),
            (_, None) => name,
        }
    }
    fn rule_short(&self, formula: &str, service: Option<&str>) -> String {
        let name = match formula {
            "never" => "no reordering for the event",
            "rolling" => "rolling forecast",
            "by-phase" => "before / during / after",
            "units" => "typed-in number",
            "max-average" => "max sales × max lead time",
            "days-of-cover" => "days of cover",
            "normal-demand" => "normal, demand varies",
            "normal-lead-time" => "normal, lead time varies",
            "normal-both" => "normal, both vary",
            "king-independent" => "King, independent",
            "king-dependent" => "King, dependent",
            "poisson" => "Poisson",
            "negative-binomial" => "negative binomial",
            "exact-mixture" => "exact mixture",
            other => other,
        };
        service.map_or_else(|| name.to_owned(), |service| format!("{name} {service}"))
    }
    fn pre_stock(&self, multiplier: Option<&str>) -> String {
        multiplier.map_or_else(|| "no pre-stock".to_owned(), |m| format!("{m}× pre-stock"))
    }
    fn pre_order_rule(&self, pause: &str, resume: &str, conversion: &str, days: &str) -> String {
        format!("pre-order at {pause} until {resume}: {conversion} still order, and wait up to {days}")
    }
    fn pause_rule(&self, levels: Option<(&str, &str)>) -> String {
        levels.map_or_else(
            || "ads run through".to_owned(),
            |(pause, resume)| format!("ads pause at {pause}, resume at {resume}"),
        )
    }

    fn fan_insight(&self, lowest: &str, date: &str, tail: &str) -> String {
        format!(
            "On the leanest event day, {date}, half of the futures end with {lowest} or less; one in twenty with {tail} or less."
        )
    }
    fn heat_insight(&self, feasible: &str, of: &str, chosen: &str) -> String {
        format!("{feasible} of these {of} plans keep every limit; the recommended one runs out in {chosen} of futures.")
    }
    fn heat_freely(&self, of: &str, chosen: &str) -> String {
        format!("No limit is set for the plans here ({of}); the recommended one runs out in {chosen} of futures.")
    }
    fn heat_note(&self, mode: &str, pause: &str) -> String {
        format!("Supply by \"{mode}\", {pause}.")
    }
    fn frontier_insight(&self, risk: &str, cost: &str, thumb: Option<(&str, &str)>) -> String {
        let own = format!("The recommended plan runs a risk of {risk} at {cost}");
        thumb.map_or_else(
            || format!("{own}."),
            |(risk, cost)| format!("{own}; the rule of thumb runs {risk} at {cost}."),
        )
    }
    fn burst_insight(&self, peak: &str, high: &str, past: Option<&str>) -> String {
        let plan =
            format!("On its strongest day the event sells {peak} on average, and more than {high} one time in ten");
        past.map_or_else(
            || format!("{plan}; no past burst stands behind it."),
            |n| format!("{plan}; past bursts: {n}."),
        )
    }
    fn lead_insight(&self, mode: &str, half: &str, p95: &str) -> String {
        format!("By \"{mode}\" half of the orders arrive within {half} days, but one in twenty takes more than {p95}.")
    }
    fn lead_mode(&self, mode: &str, records: Option<&str>) -> String {
        records.map_or_else(|| format!("{mode} (stated)"), |n| format!("{mode} ({n} records)"))
    }
    fn formula_insight(&self, best: &str, best_value: &str, worst: &str, worst_value: &str) -> String {
        format!(
            "Achieved, not promised: from {worst_value} ({worst}) to {best_value} ({best}) without a stockout in the event."
        )
    }
    fn formula_note(&self, mode: &str, pre_stock: &str) -> String {
        format!("Each reorder rule alone: \"{mode}\", {pre_stock}, ads run through.")
    }
    fn chart_of(&self, chart: &str, product: &str) -> String {
        format!("{product}: {chart}")
    }

    fn check(&self, kind: CheckKind) -> String {
        match kind {
            CheckKind::OrderedOnLatestDate => "The order waits until the latest date that the lead time alone allows",
            CheckKind::WiderTail => "Extreme bursts are allowed up to the 99.99 % point instead of 99.9 %",
            CheckKind::Replay => "Past bursts are replayed exactly as they were",
            CheckKind::Hier => "The burst's size comes from all products together",
        }
        .to_owned()
    }
    fn check_none(&self) -> String {
        "No other assumption was tested: the demand of this product is stated and its order cannot wait.".to_owned()
    }
    fn caveat(&self, caveat: &Caveat, numbers: &Numbers) -> String {
        en_caveats::caveat(caveat, numbers)
    }
    fn run_caveat(&self, caveat: &RunCaveat, numbers: &Numbers) -> String {
        en_caveats::run_caveat(caveat, numbers)
    }
    fn burst_rule(&self, rule: BurstRule, numbers: &Numbers) -> String {
        en_caveats::burst_rule(rule, numbers)
    }

    fn restart(&self, days: &str, efficiency: &str) -> String {
        format!("{efficiency} of full effect on the first day, full after {}", self.days(days))
    }
    fn guard(&self, close: bool, delay: &str) -> String {
        let look = if close { "looks in the evening" } else { "looks in the morning" };
        format!("{look}, acts after {}", self.days(delay))
    }
    fn guard_within(&self, every: &str, delay: &str) -> String {
        format!("looks every {every} minutes, acts after {delay} minutes")
    }
    fn days_of_cover(&self, days: &str) -> String {
        format!("{} of cover", self.days(days))
    }
    fn noise(&self, size: Option<&str>) -> String {
        size.map_or_else(|| "Poisson".to_owned(), |size| format!("negative binomial, size {size}"))
    }
    fn life_cycle(&self, stage: &LifeCycle, n: &Numbers) -> String {
        match stage {
            LifeCycle::Steady => "none".to_owned(),
            LifeCycle::Bass { .. } => "along the stated curve of Bass".to_owned(),
            LifeCycle::Trend { weekly_growth, damping } => {
                let left = n.percent(*damping);
                format!("{} in the last week, of which {left} are left a week later", n.change(*weekly_growth))
            }
            LifeCycle::Decline { weekly_loss } => format!("{} a week", n.change(-weekly_loss)),
        }
    }
    fn pool(&self, bursts: &str, products: &str) -> String {
        format!("{bursts} bursts of {products} products")
    }
    fn event_demand_replay(&self) -> String {
        "replay of the product's own past bursts".to_owned()
    }
    fn event_demand_hier(&self) -> String {
        "shape from past bursts, size from all products together".to_owned()
    }
    fn event_demand_stated(&self, ramp: &str, plateau: &str, peak: &str, cv: &str, tail: &str) -> String {
        format!("stated burst: ramp {ramp} d, plateau {plateau} d at {peak} a day (CV {cv}), tail {tail} d")
    }
    fn event_spend(&self, spend: &str) -> String {
        format!("ads {spend} a day")
    }
    fn bundle(&self, sku: &str, bundles: &str, pieces: &str) -> String {
        format!("{bundles} bundles {sku} in the history are counted as {pieces} of their components.")
    }
    fn font(&self) -> String {
        "Noto Sans SC, SIL Open Font License 1.1".to_owned()
    }
}
