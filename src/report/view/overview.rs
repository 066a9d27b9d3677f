//! Scenarios side by side.

use super::View;
use crate::report::Lang;
use crate::report::names::shown;
use crate::report::page::{Block, Page, Row, Section, Table};
use crate::report::words::words;
use crate::run::RunResult;

/// The page of several results; each leads to its report in its folder.
pub(crate) fn overview(results: &[(&RunResult, &str)], lang: Lang) -> Page {
    let labels = words(lang).labels();
    let views: Vec<(View<'_>, &str)> =
        results.iter().map(|(result, folder)| (View::new(result, lang), *folder)).collect();
    let mut head = vec![labels.scenario.to_owned(), labels.product.to_owned()];
    head.extend(views.first().map_or_else(Vec::new, |(view, _)| view.decision_head()));
    // Scenarios may seek different things: the last column says which, cell by cell.
    let mixed = views.iter().any(|(view, _)| {
        view.decision_head().last() != views.first().and_then(|(view, _)| view.decision_head().last().cloned()).as_ref()
    });
    if let (true, Some(last)) = (mixed, head.last_mut()) {
        *last = format!("{} / {}", labels.k_profit, labels.k_mean_stock);
    }
    let mut rows = Vec::new();
    let mut sections = Vec::new();
    for (view, folder) in &views {
        let link = format!("{}/report.html", encoded(folder));
        for product in &view.result.products {
            let mut cells = vec![shown(&view.result.scenario.name), view.product_name(product)];
            cells.extend(view.decision_cells(product));
            if let (true, Some(last)) = (mixed, cells.last_mut()) {
                *last = view.words.named(view.objective_column(product), last);
            }
            rows.push(Row { marked: false, link: Some(link.clone()), cells });
        }
    }
    for (at, (view, _)) in views.iter().enumerate() {
        let mut blocks = vec![Block::Text(view.title()), Block::Note(view.subtitle())];
        for product in &view.result.products {
            let light = view.light(product);
            let (class, word) = view.light_word(light);
            let text = view.words.named(&view.product_name(product), &view.verdict_text(product, light));
            blocks.push(Block::Verdict { class, word: word.to_owned(), text });
        }
        sections.push(Section {
            id: format!("s{}", at + 1),
            product: false,
            heading: shown(&view.result.scenario.name),
            blocks,
        });
    }
    let table = Table { caption: labels.overview_title.to_owned(), left: 3, head, rows };
    let synthetic = views.iter().any(|(view, _)| view.result.scenario.synthetic);
    Page {
        lang,
        broad: true,
        title: labels.overview_title.to_owned(),
        subtitle: views
            .first()
            .map_or_else(String::new, |(view, _)| view.words.decided_on(&view.numbers.whole(view.result.paths))),
        banner: synthetic.then(|| (labels.synthetic.to_owned(), labels.synthetic_text.to_owned())),
        intro: vec![Block::Table(table)],
        sections,
        footer: views.first().map_or_else(String::new, |(view, _)| view.footer()),
    }
}

/// A folder's name as part of an address.
fn encoded(folder: &str) -> String {
    let mut text = String::new();
    for byte in folder.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_folder_cannot_leave_its_address() {
        assert_eq!(super::encoded("double-11_a.b"), "double-11_a.b");
        assert_eq!(super::encoded("javascript:\"x"), "javascript%3A%22x");
    }
}
