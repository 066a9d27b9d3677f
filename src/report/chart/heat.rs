//! Which plans keep the limit? P(any stockout in the event) over multiplier and reorder rule.

use super::Pen;
use super::axis::SMALL;
use super::canvas::{Alt, Anchor, Canvas, Dash, Ink, MUTED, PAPER, TEXT, draw as paint, fitted, text_width};
use crate::run::{Candidate, ProductResult};

/// Most rules that are shown; more are thinned out evenly.
const MOST_RULES: usize = 14;
/// Luminance above which dark text reads better than white (equal contrast with black and white).
const MIDDLE_LUMINANCE: f64 = 0.179;
/// Fewest pixels of a cell that holds text.
const LEAST_CELL: f64 = 21.0;

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cell {
    /// P(any stockout in the event).
    pub(crate) risk: f64,
    /// Whether every limit is kept.
    pub(crate) feasible: bool,
    /// Index of the candidate.
    pub(crate) candidate: usize,
}

/// Data of the heat map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Heat {
    /// Multipliers, lowest first; none is no pre-stock order.
    pub(crate) multipliers: Vec<Option<f64>>,
    /// A candidate of each rule: its name.
    pub(crate) rules: Vec<usize>,
    /// Cells by rule and multiplier.
    pub(crate) cells: Vec<Vec<Option<Cell>>>,
    /// Rule and multiplier of the chosen candidate.
    pub(crate) chosen: Option<(usize, usize)>,
}

fn same_rule(a: &Candidate, b: &Candidate) -> bool {
    a.formula == b.formula && a.service == b.service && a.reorder_point == b.reorder_point && a.phases == b.phases
}

impl Heat {
    /// The plans of the chosen mode and pause rule; `None` if there is not one.
    pub(crate) fn of(product: &ProductResult) -> Option<Self> {
        let chosen_at = product.decision.choice.chosen;
        let chosen = &product.candidates.get(chosen_at)?.candidate;
        let plans: Vec<(usize, &crate::run::CandidateResult)> = product
            .candidates
            .iter()
            .enumerate()
            .filter(|(_, other)| other.candidate.mode == chosen.mode && other.candidate.pause == chosen.pause)
            .collect();
        let mut multipliers: Vec<Option<f64>> = plans.iter().map(|(_, plan)| plan.candidate.multiplier).collect();
        let key = |m: &Option<f64>| m.unwrap_or(f64::NEG_INFINITY);
        multipliers.sort_by(|a, b| key(a).total_cmp(&key(b)));
        multipliers.dedup();
        let mut rules: Vec<usize> = Vec::new();
        for (at, plan) in &plans {
            if !rules.iter().any(|rule| same_rule(&product.candidates[*rule].candidate, &plan.candidate)) {
                rules.push(*at);
            }
        }
        thin(&mut rules, |rule| same_rule(&product.candidates[rule].candidate, chosen));
        let mut cells = vec![vec![None; multipliers.len()]; rules.len()];
        let mut marked = None;
        for (at, plan) in &plans {
            let same = |rule: &usize| same_rule(&product.candidates[*rule].candidate, &plan.candidate);
            let Some(row) = rules.iter().position(same) else { continue };
            let Some(column) = multipliers.iter().position(|m| *m == plan.candidate.multiplier) else { continue };
            cells[row][column] =
                Some(Cell { risk: plan.kpis.event.stockout.value, feasible: plan.feasible, candidate: *at });
            if *at == chosen_at {
                marked = Some((row, column));
            }
        }
        Some(Self { multipliers, rules, cells, chosen: marked })
    }

    /// Number of plans that keep every limit, and of all.
    pub(crate) fn feasible(&self) -> (usize, usize) {
        let cells = self.cells.iter().flatten().flatten();
        (cells.clone().filter(|cell| cell.feasible).count(), cells.count())
    }

    fn at(&self, row: i64, column: i64) -> Option<Cell> {
        let (row, column) = (usize::try_from(row).ok()?, usize::try_from(column).ok()?);
        *self.cells.get(row)?.get(column)?
    }

    fn turned(&self) -> Self {
        let rows = self.multipliers.len();
        Self {
            cells: (0..rows).map(|row| self.cells.iter().map(|cells| cells[row]).collect()).collect(),
            chosen: self.chosen.map(|(row, column)| (column, row)),
            ..self.clone()
        }
    }
}

/// Thins rules out to the most that are shown, evenly; the chosen one stays.
fn thin(rules: &mut Vec<usize>, is_chosen: impl Fn(usize) -> bool) {
    let all = rules.len();
    if all > MOST_RULES {
        let place = |at: usize| at * (MOST_RULES - 1) / (all - 1);
        let kept = |at: usize| at == 0 || place(at) != place(at - 1);
        let old = std::mem::take(rules);
        rules.extend(old.into_iter().enumerate().filter(|(at, rule)| kept(*at) || is_chosen(*rule)).map(|(_, r)| r));
    }
}

/// Colour of a risk: light is safe and dark is not, one hue, so that it reads in grey too.
fn shade(risk: f64) -> Ink {
    // A square root spreads the small risks, about which the decision is.
    let part = if risk.is_finite() { risk.clamp(0.0, 1.0).sqrt() } else { 0.0 };
    let stops = [
        (0.0, [255.0, 250.0, 235.0]),
        (0.35, [253.0, 208.0, 137.0]),
        (0.65, [222.0, 115.0, 40.0]),
        (1.0, [96.0, 25.0, 10.0]),
    ];
    let pair = stops.windows(2).find(|pair| part <= pair[1].0).unwrap_or(&stops[2..]);
    let share = (part - pair[0].0) / (pair[1].0 - pair[0].0);
    let mix = |at: usize| (pair[0].1[at] + share * (pair[1].1[at] - pair[0].1[at])).round() as u8;
    plotters::style::RGBColor(mix(0), mix(1), mix(2))
}

/// Relative luminance (WCAG 2).
fn luminance(ink: Ink) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(ink.0) + 0.7152 * linear(ink.1) + 0.0722 * linear(ink.2)
}

fn on(ink: Ink) -> Ink {
    if luminance(ink) > MIDDLE_LUMINANCE { plotters::style::RGBColor(0, 0, 0) } else { PAPER }
}

/// Draws the map; on a phone multipliers run downwards. `names` are the rules' names.
pub(crate) fn draw(data: &Heat, names: &[String], pen: &Pen<'_>, alt: &Alt) -> Result<String, String> {
    let multipliers: Vec<String> = data
        .multipliers
        .iter()
        .map(|m| m.map_or_else(|| pen.labels().no_pre_stock.to_owned(), |m| pen.words.times(&pen.numbers.plain(m))))
        .collect();
    let wide = pen.wide();
    let turned = if wide { data.clone() } else { data.turned() };
    let (rows, columns) = if wide { (names.to_vec(), multipliers) } else { (multipliers, names.to_vec()) };
    let longest = |texts: &[String]| texts.iter().map(|text| text_width(text, SMALL)).fold(0.0, f64::max);
    let left = (longest(&rows) + 12.0).min(pen.width * 0.34);
    let head = if wide { 24.0 } else { (longest(&columns) + 12.0).min(190.0) };
    let (cell_width, cell_height) = ((pen.width - left - 8.0) / columns.len().max(1) as f64, 26.0);
    let top = 26.0 + head;
    let height = top + cell_height * rows.len() as f64 + 34.0;
    paint(pen.width, height, alt, |canvas| {
        let labels = pen.labels();
        let across = if wide { labels.axis_multiplier } else { labels.reorder_rule };
        canvas.text(across, pen.width - 8.0, 11.0, SMALL, MUTED, Anchor::End);
        canvas.text(
            if wide { labels.reorder_rule } else { labels.axis_multiplier },
            4.0,
            11.0,
            SMALL,
            MUTED,
            Anchor::Start,
        );
        let x = |column: i64| left + column as f64 * cell_width;
        let y = |row: i64| top + row as f64 * cell_height;
        for (at, name) in rows.iter().enumerate() {
            let middle = y(at as i64) + cell_height / 2.0;
            canvas.text(&fitted(name, SMALL, left - 8.0), left - 6.0, middle, SMALL, TEXT, Anchor::End);
        }
        for (at, name) in columns.iter().enumerate() {
            let middle = x(at as i64) + cell_width / 2.0;
            if wide {
                canvas.text(&fitted(name, SMALL, cell_width + 6.0), middle, top - 12.0, SMALL, TEXT, Anchor::Middle);
            } else {
                canvas.upward(&fitted(name, SMALL, head - 8.0), middle, top - 6.0, SMALL, TEXT, Anchor::Start);
            }
        }
        for (row, cells) in turned.cells.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let Some(cell) = cell else { continue };
                let (row, column) = (row as i64, column as i64);
                let ink = shade(cell.risk);
                canvas.cell(x(column), y(row), x(column + 1), y(row + 1), ink);
                if cell_width >= LEAST_CELL {
                    let text = pen.numbers.bare_percent(cell.risk);
                    let (x, y) = (x(column) + cell_width / 2.0, y(row) + cell_height / 2.0);
                    canvas.text(&text, x, y, SMALL, on(ink), Anchor::Middle);
                }
            }
        }
        boundary(canvas, &turned, &x, &y);
        if let Some((row, column)) = turned.chosen {
            let (row, column) = (row as i64, column as i64);
            let (left, top, right, bottom) = (x(column) + 2.0, y(row) + 2.0, x(column + 1) - 2.0, y(row + 1) - 2.0);
            canvas.frame(left, top, right, bottom, PAPER, 5.0);
            canvas.frame(left, top, right, bottom, TEXT, 2.5);
        }
        key(canvas, pen, height - 13.0);
    })
}

/// The line between plans that keep every limit and plans that do not.
fn boundary(canvas: &mut Canvas<'_>, data: &Heat, x: &impl Fn(i64) -> f64, y: &impl Fn(i64) -> f64) {
    const BOUNDARY: Ink = super::canvas::BLUE;
    let (rows, columns) = (data.cells.len() as i64, data.cells.first().map_or(0, Vec::len) as i64);
    let kept = |row, column| data.at(row, column).map(|cell| cell.feasible);
    for row in 0..rows {
        for column in 0..columns {
            let own = kept(row, column);
            if own.is_some() && kept(row, column + 1).is_some_and(|right| Some(right) != own) {
                canvas.line(&[(x(column + 1), y(row)), (x(column + 1), y(row + 1))], BOUNDARY, 3.0, Dash::Solid);
            }
            if own.is_some() && kept(row + 1, column).is_some_and(|below| Some(below) != own) {
                canvas.line(&[(x(column), y(row + 1)), (x(column + 1), y(row + 1))], BOUNDARY, 3.0, Dash::Solid);
            }
        }
    }
}

fn key(canvas: &mut Canvas<'_>, pen: &Pen<'_>, y: f64) {
    let labels = pen.labels();
    let mut x = 4.0;
    for risk in [0.0, 0.05, 0.2, 0.5, 1.0] {
        canvas.cell(x, y - 8.0, x + 24.0, y + 8.0, shade(risk));
        canvas.frame(x, y - 8.0, x + 24.0, y + 8.0, MUTED, 0.6);
        canvas.text(&pen.numbers.bare_percent(risk), x + 12.0, y, SMALL, on(shade(risk)), Anchor::Middle);
        x += 24.0;
    }
    if pen.wide() {
        canvas.text(labels.heat_scale, x + 8.0, y, SMALL, MUTED, Anchor::Start);
        x += 8.0 + text_width(labels.heat_scale, SMALL) + 24.0;
    } else {
        x += 12.0;
    }
    canvas.frame(x, y - 6.0, x + 16.0, y + 6.0, TEXT, 2.5);
    canvas.text(labels.heat_chosen, x + 22.0, y, SMALL, MUTED, Anchor::Start);
    x += 22.0 + text_width(labels.heat_chosen, SMALL) + 16.0;
    canvas.line(&[(x, y), (x + 18.0, y)], super::canvas::BLUE, 3.0, Dash::Solid);
    canvas.text(labels.dot_limit, x + 24.0, y, SMALL, MUTED, Anchor::Start);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text on any shade keeps a contrast of 4.5 : 1.
    #[test]
    fn text_on_every_shade_can_be_read() {
        for step in 0..=100 {
            let ink = shade(f64::from(step) / 100.0);
            let (a, b) = (luminance(ink), luminance(on(ink)));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 4.5, "{step} %: {contrast}");
        }
    }

    #[test]
    fn many_rules_are_thinned_and_the_chosen_one_stays() {
        let mut rules: Vec<usize> = (0..200).collect();
        thin(&mut rules, |rule| rule == 77);
        assert!(rules.len() <= MOST_RULES + 1 && rules.contains(&77) && rules[0] == 0, "{rules:?}");
    }
}
