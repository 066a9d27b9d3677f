//! The burst library as plain text for a terminal: a table for each product.

use super::Lang;
use super::names::shown;
use super::number::{NOTHING, Numbers};
use super::summary::columns;
use super::words::words;
use crate::learn::PastBurst;
use crate::run::BurstLibrary;

/// The past bursts of each product, how they were found, and what a reader must know of them.
#[must_use]
pub fn bursts(libraries: &[BurstLibrary], currency: Option<&str>, lang: Lang) -> String {
    let (words, n) = (words(lang), Numbers::new(lang, currency.map(shown)));
    let labels = words.labels();
    let mut lines = Vec::new();
    for (at, library) in libraries.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        let name = library.name.as_deref().filter(|name| *name != library.sku);
        let sku = shown(&library.sku);
        lines.push(name.map_or_else(|| sku.clone(), |name| format!("{} ({sku})", shown(name))));
        let Some(fit) = &library.fit else {
            lines.push(labels.fact_stated.to_owned());
            continue;
        };
        lines.push(words.named(labels.fact_burst_rule, &words.burst_rule(fit.burst_rule, &n)));
        lines.push(words.named(labels.fact_days, &n.whole(fit.days as u64)));
        lines.extend(fit.caveats.iter().map(|caveat| words.caveat(caveat, &n)));
        if !fit.bursts.is_empty() {
            let mut rows = vec![labels.bursts_head.map(str::to_owned).to_vec()];
            rows.extend(fit.bursts.iter().map(|burst| row(burst, &n)));
            lines.push(columns(&rows).trim_end().to_owned());
        }
    }
    // A terminal is searched and cut with ordinary spaces.
    (lines.join("\n") + "\n").replace('\u{a0}', " ")
}

fn row(burst: &PastBurst, n: &Numbers) -> Vec<String> {
    let spend = |spend: Option<f64>| spend.map_or_else(|| NOTHING.to_owned(), |spend| n.money(spend));
    vec![
        burst.start.to_string(),
        n.whole(burst.days as u64),
        n.plain((burst.multiple * 100.0).round() / 100.0),
        n.count(burst.uplift),
        n.count(burst.ordinary),
        n.percent(burst.peak_share),
        n.percent(burst.censored_share),
        spend(burst.planned_spend),
        spend(burst.spend),
    ]
}
