//! The burst library as plain text for a terminal: a table for each product.

use super::chart::{both, past};
use super::names::{shown, slug};
use super::number::{NOTHING, Numbers};
use super::summary::columns;
use super::words::words;
use super::{Lang, ReportError, png};
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

/// The chart of each product's past bursts, as a PNG and an SVG file: name and bytes.
///
/// # Errors
/// [`ReportError`] if a drawing or the font cannot be made.
pub fn burst_charts(libraries: &[BurstLibrary], lang: Lang) -> Result<Vec<(String, Vec<u8>)>, ReportError> {
    let (words, n) = (words(lang), Numbers::new(lang, None));
    let mut files = Vec::new();
    for (at, library) in libraries.iter().enumerate() {
        let Some(data) = library.fit.as_ref().and_then(|fit| past::Past::of(&fit.bursts)) else { continue };
        let name = shown(library.name.as_deref().unwrap_or(&library.sku));
        let title = words.chart_of(words.labels().past_burst, &name);
        let id = format!("past-{at}");
        let drawn = both(words, &n, ("past-bursts", &id), (&title, &title), |pen, alt| past::draw(&data, pen, alt))?;
        let parts = [format!("{:03}", at + 1), slug(&library.sku)];
        let named: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let stem = named.join("-");
        files.push((format!("{stem}.png"), png::png(&drawn)?));
        files.push((format!("{stem}.svg"), png::document(&drawn).into_bytes()));
    }
    Ok(files)
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
        n.count(burst.net_uplift()),
        burst.detail.productivity.map_or_else(|| NOTHING.to_owned(), |pieces| n.mean(pieces)),
        burst
            .detail
            .host
            .as_ref()
            .or(burst.detail.campaign.as_ref())
            .map_or_else(|| NOTHING.to_owned(), |by| shown(by)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{History, SalesDay, SalesSeries, Sku};
    use crate::learn::{FitOptions, learn_shop};
    use crate::units::Units;

    fn libraries() -> Vec<BurstLibrary> {
        let day = |units| SalesDay {
            units: Units(units),
            largest_line: None,
            in_stock_share: None,
            price: None,
            promotion: Some(units > 40),
        };
        let mut days = vec![day(40); 200];
        for (at, units) in [(60, 80), (100, 120)] {
            days[at..at + 6].fill(day(units));
        }
        let series = SalesSeries { first_day: "2026-03-01".parse().expect("a date"), days };
        let history = History { sales: [(Sku("A<b>".into()), series)].into(), ..History::default() };
        let learned = learn_shop(&history, &FitOptions::default());
        let library = |(sku, fit): (Sku, _)| BurstLibrary { sku: sku.0, name: None, fit: Some(fit) };
        let mut libraries: Vec<BurstLibrary> = learned.fits().clone().into_iter().map(library).collect();
        libraries.push(BurstLibrary { sku: "stated".into(), name: None, fit: None });
        libraries
    }

    #[test]
    fn each_product_with_bursts_has_a_chart_in_each_language() {
        for (lang, word) in [(Lang::En, "past burst"), (Lang::Zh, "历史爆单")] {
            let files = burst_charts(&libraries(), lang).expect("charts");
            let [(png, pixels), (svg, text)] = &files[..] else { panic!("{} files", files.len()) };
            assert!(png.ends_with(".png") && svg.ends_with(".svg") && pixels.starts_with(b"\x89PNG"));
            let text = std::str::from_utf8(text).expect("text");
            assert!(text.contains(word) && text.contains("2026-06-09") && !text.contains("<b>"), "{text}");
            let table = bursts(&libraries(), None, lang);
            assert!(table.contains("2026-04-30") && table.lines().filter(|line| line.contains("2026-")).count() == 2);
        }
    }
}
