//! What is already seen of an event: signals before it, and the first days of one that runs.

use serde::{Deserialize, Serialize};

use super::ScenarioSpec;
use super::validate::{MOST_PIECES, Problems};
use crate::units::Units;

/// Bounds of a log standard deviation: below, a signal would know better than any count.
const LOG_SD: std::ops::RangeInclusive<f64> = 0.02..=3.0;
/// Most of a signal.
const MOST: f64 = 1e15;

/// Early signals of one event, and what its first days sold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PreheatSpec {
    /// The event; default the first.
    #[serde(default)]
    pub event: Option<String>,
    /// The products of which it is seen; default all that take part.
    #[serde(default)]
    pub products: Vec<String>,
    /// Early signals.
    #[serde(default)]
    pub signal: Vec<SignalSpec>,
    /// Pieces that each day since the event's start has sold, the first day first; default as the sales file has them.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(length(max = 366)))]
    pub days_sold: Vec<Units>,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SignalKind {
    /// Views of the page or the video.
    Views,
    /// Clicks on the product.
    Clicks,
    /// Adds to cart.
    Carts,
}

/// One early signal against what past bursts had at the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SignalSpec {
    /// What is counted.
    pub kind: SignalKind,
    /// The count by now.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e15)))]
    pub now: f64,
    /// What past bursts had at this moment: their geometric mean, or their median.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e15)))]
    pub usual: f64,
    /// How far sales and signal lie apart: standard deviation of the log of sales given the signal; default 0.5.
    #[serde(default = "default_log_sd")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.02, max = 3.0)))]
    pub log_sd: f64,
}

const fn default_log_sd() -> f64 {
    0.5
}

impl ScenarioSpec {
    /// What is seen of an event of a product, if anything is stated.
    #[must_use]
    pub fn preheat_of(&self, event: &str, sku: &str) -> Option<&PreheatSpec> {
        self.preheat.as_ref().filter(|preheat| {
            let first = self.event.first().map(|event| event.id.as_str());
            preheat.event.as_deref().or(first) == Some(event)
                && (preheat.products.is_empty() || preheat.products.iter().any(|name| name == sku))
        })
    }

    pub(super) fn check_preheat(&self, problems: &mut Problems) {
        let Some(preheat) = &self.preheat else { return };
        if preheat.signal.is_empty() && preheat.days_sold.is_empty() {
            let help = "write [[preheat.signal]] or days-sold, or leave the block out";
            problems.add_help("preheat", "says nothing of the event".to_owned(), help);
        }
        let named = preheat.event.as_deref();
        let event = named.map_or_else(|| self.event.first(), |id| self.event.iter().find(|event| event.id == id));
        let Some(event) = event else {
            if let Some(id) = named {
                let known: Vec<&str> = self.event.iter().map(|event| event.id.as_str()).collect();
                let problem = format!("`{id}` is not an event of this scenario; events: {}", known.join(", "));
                problems.add("preheat.event", problem);
            }
            return;
        };
        let takes_part = |sku: &str| event.has_product(sku) && self.product.iter().any(|product| product.sku == sku);
        for (at, sku) in preheat.products.iter().enumerate().filter(|(_, sku)| !takes_part(sku)) {
            let problem = format!("`{sku}` is no product of event `{}`", event.id);
            problems.add(format!("preheat.products[{at}]"), problem);
        }
        for (at, signal) in preheat.signal.iter().enumerate() {
            let path = format!("preheat.signal[{at}]");
            for (key, value) in [("now", signal.now), ("usual", signal.usual)] {
                if !(value > 0.0 && value <= MOST) {
                    let help = "a signal that is not there yet is left out";
                    problems.add_help(format!("{path}.{key}"), format!("`{value}` is not above 0"), help);
                }
            }
            if !LOG_SD.contains(&signal.log_sd) {
                let problem = format!("`{}` lies not between {} and {}", signal.log_sd, LOG_SD.start(), LOG_SD.end());
                problems.add(format!("{path}.log-sd"), problem);
            }
            if preheat.signal[..at].iter().any(|earlier| earlier.kind == signal.kind) {
                problems.add(format!("{path}.kind"), "stands there twice; write one count of each kind".to_owned());
            }
        }
        self.check_days_sold(preheat, event, problems);
    }

    fn check_days_sold(&self, preheat: &PreheatSpec, event: &super::EventSpec, problems: &mut Problems) {
        let path = "preheat.days-sold";
        let (stated, ran) = (preheat.days_sold.len(), event.ran());
        if stated > ran {
            let problem = format!("{stated} days, but event `{}` has run {ran} by the end of today", event.id);
            problems.add_help(path, problem, "an event that runs starts on or before today");
        }
        let products = self.product.iter().filter(|product| event.has_product(&product.sku)).count();
        if stated > 0 && products > 1 && preheat.products.len() != 1 {
            let problem = format!("are those of one product, and event `{}` has {products}", event.id);
            problems.add_help(path, problem, "name it in preheat.products, or let the sales file tell");
        }
        for units in &preheat.days_sold {
            if units.0 > MOST_PIECES {
                problems.add(path, format!("`{}` pieces; at most {MOST_PIECES}", units.0));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenario(event: &str, preheat: &str) -> Result<ScenarioSpec, Vec<(String, String)>> {
        let text = format!(
            r#"{{"name": "tiny", "title": "How much?", "today": "2026-10-01",
              "product": [{{"sku": "A", "opening-stock": 100, "demand": {{"per-day": 5}}}},
                          {{"sku": "B", "opening-stock": 100, "demand": {{"per-day": 5}}}}],
              "event": [{{"id": "sale", {event}, "demand":
                {{"kind": "parametric", "ramp-days": 1, "plateau-days": [3, 4], "peak-per-day": 40}}}}],
              "lead-time": [{{"mode": "air", "stage":
                [{{"name": "all", "days": {{"kind": "gamma", "mean": 9, "cv": 0.3}}}}]}}],
              "preheat": {preheat}}}"#
        );
        let spec: ScenarioSpec = serde_json::from_str(&text).expect("a scenario");
        match spec.validate() {
            Ok(scenario) => Ok(scenario.spec().clone()),
            Err(problems) => Err(problems.into_iter().map(|problem| (problem.path, problem.problem)).collect()),
        }
    }

    #[test]
    fn an_event_that_runs_is_planned_from_tomorrow_on() {
        let event = r#""start": "2026-09-29", "days": 8"#;
        let spec = scenario(event, r#"{"products": ["A"], "days-sold": [10, 20, 30]}"#).expect("a scenario");
        let event = &spec.event[0];
        assert_eq!((event.start.to_string().as_str(), event.length(), event.ran()), ("2026-10-02", 5, 3));
        assert!(spec.preheat_of("sale", "A").is_some() && spec.preheat_of("sale", "B").is_none());
        // Held against the rules again, as with other paths on the command line, it stays what it is.
        let again = spec.clone().validate().expect("valid");
        assert_eq!(again.spec(), &spec);
    }

    #[test]
    fn what_says_nothing_or_cannot_be_is_refused() {
        let (ahead, runs) = (r#""start": "2026-10-20""#, r#""start": "2026-09-30", "days": 8"#);
        for (event, preheat, path) in [
            (ahead, "{}", "preheat"),
            (ahead, r#"{"event": "fair", "days-sold": [1]}"#, "preheat.event"),
            (ahead, r#"{"products": ["A"], "days-sold": [1]}"#, "preheat.days-sold"),
            (runs, r#"{"days-sold": [1]}"#, "preheat.days-sold"),
            (runs, r#"{"products": ["A"], "days-sold": [1, 2, 3]}"#, "preheat.days-sold"),
            (runs, r#"{"products": ["C"], "days-sold": [1]}"#, "preheat.products[0]"),
            (ahead, r#"{"signal": [{"kind": "views", "now": 0, "usual": 5}]}"#, "preheat.signal[0].now"),
            (ahead, r#"{"signal": [{"kind": "views", "now": 5, "usual": -1}]}"#, "preheat.signal[0].usual"),
            (
                ahead,
                r#"{"signal": [{"kind": "views", "now": 5, "usual": 5, "log-sd": 0}]}"#,
                "preheat.signal[0].log-sd",
            ),
            (
                ahead,
                r#"{"signal": [{"kind": "carts", "now": 5, "usual": 5}, {"kind": "carts", "now": 5, "usual": 5}]}"#,
                "preheat.signal[1].kind",
            ),
        ] {
            let problems = scenario(event, preheat).expect_err(preheat);
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert_eq!(problems[0].0, path, "{problems:?}");
        }
        let over = scenario(r#""start": "2026-09-20", "days": 12"#, r#"{"products": ["A"], "days-sold": [1]}"#);
        assert!(over.expect_err("over").iter().any(|(path, _)| path == "event[0].start"));
    }
}
