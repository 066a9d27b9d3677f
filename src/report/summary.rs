//! The decision as plain text for a terminal.

use super::Lang;
use super::names::one_line;
use super::view::View;
use crate::run::RunResult;

/// Columns of a line of text.
const WIDTH: usize = 100;

/// A decision for each product in sentences, and a small table of all.
#[must_use]
pub fn summary(result: &RunResult, lang: Lang) -> String {
    let view = View::new(result, lang);
    let mut out = String::new();
    let mut line = |text: &str| {
        for part in wrapped(&one_line(text), WIDTH) {
            out.push_str(&part);
            out.push('\n');
        }
    };
    line(&view.title());
    line(&view.subtitle());
    if result.scenario.synthetic {
        line(view.labels.synthetic_text);
    }
    for product in &result.products {
        let Some(chosen) = product.candidates.get(product.decision.choice.chosen) else { continue };
        line("");
        let light = view.light(product);
        line(&view.words.named(&view.product_name(product), view.light_word(light).1));
        line(&view.verdict_text(product, light));
        for text in view.purchasing(product, chosen, product.lead_time(&chosen.candidate)) {
            line(&text);
        }
        for step in &product.decision.rolling {
            let span = view.words.span(&step.from.to_string(), &step.to.to_string());
            line(&format!("  {span}  {}", view.pieces(step.reorder_point)));
        }
        for text in [view.warn(product), view.pause(product), view.results(product), view.multiples(product)].concat() {
            line(&text);
        }
    }
    let mut head = vec![view.labels.product.to_owned()];
    head.extend(view.decision_head());
    let mut rows = vec![head];
    for product in &result.products {
        let mut cells = vec![view.product_name(product)];
        cells.extend(view.decision_cells(product));
        rows.push(cells);
    }
    out.push('\n');
    out.push_str(&aligned(&rows));
    // A terminal is searched and cut with ordinary spaces.
    out.replace('\u{a0}', " ")
}

/// Rows as columns of a table, turned while there are few.
fn aligned(rows: &[Vec<String>]) -> String {
    // Turned: one line for each KPI and one column for each product reads better while there are few products.
    let turn = rows.len() <= 5;
    let rows: Vec<Vec<String>> = if turn {
        let columns = rows.iter().map(Vec::len).min().unwrap_or(0);
        (0..columns).map(|at| rows.iter().map(|row| one_line(&row[at])).collect()).collect()
    } else {
        rows.iter().map(|row| row.iter().map(|cell| one_line(cell)).collect()).collect()
    };
    columns(&rows)
}

/// Rows as columns of a table; the first to the left, the others to the right.
pub(super) fn columns(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|cell| columns_of(cell)).max().unwrap_or(0))
        .collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            let room = " ".repeat(widths[at].saturating_sub(columns_of(cell)));
            let gap = if at == 0 { "" } else { "  " };
            line.push_str(gap);
            if at == 0 {
                line.push_str(cell);
                line.push_str(&room);
            } else {
                line.push_str(&room);
                line.push_str(cell);
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Terminal columns of a text: East Asian characters take two.
fn columns_of(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

const fn width_of(c: char) -> usize {
    match c as u32 {
        0x0300..=0x036f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// A text broken into lines, at spaces or between East Asian characters.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    let mut word = String::new();
    let mut flush = |word: &mut String, lines: &mut Vec<String>| {
        let wide = columns_of(word);
        if used > 0 && used + wide > width {
            lines.push(String::new());
            used = 0;
            *word = word.trim_start().to_owned();
        }
        if let Some(last) = lines.last_mut() {
            last.push_str(word);
        }
        used += columns_of(word);
        word.clear();
    };
    for c in text.chars() {
        if c == ' ' || width_of(c) == 2 {
            let stays = matches!(c, '，' | '。' | '；' | '：' | '、' | '）' | '”' | '！' | '？');
            if !stays {
                flush(&mut word, &mut lines);
            }
        }
        word.push(c);
    }
    flush(&mut word, &mut lines);
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_by_columns() {
        let lines = wrapped(&"word ".repeat(50), 40);
        assert!(lines.len() > 5 && lines.iter().all(|line| columns_of(line) <= 40));
        let lines = wrapped(&"库存，".repeat(50), 40);
        assert!(lines.iter().all(|line| columns_of(line) <= 42 && !line.starts_with('，')), "{lines:?}");
    }

    #[test]
    fn columns_align_with_wide_characters() {
        let rows = vec![vec!["商品".to_owned(), "1".to_owned()], vec!["ab".to_owned(), "22".to_owned()]];
        assert_eq!(aligned(&rows), "商品  ab\n1     22\n");
    }
}
