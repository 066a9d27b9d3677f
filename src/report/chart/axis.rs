//! Scales, ticks and legends.

use super::canvas::{Anchor, Canvas, Dash, GRID, Ink, MUTED, TEXT, text_width};
use crate::calendar::Date;

/// Size of ordinary chart text in CSS pixels.
pub(super) const SIZE: f64 = 12.0;
/// Size of small chart text; the least that is readable on a phone.
pub(super) const SMALL: f64 = 11.0;
/// Height of a legend's line.
const LEGEND_LINE: f64 = 18.0;
/// Width of a legend's mark.
const LEGEND_MARK: f64 = 20.0;
/// Days between date ticks to choose from.
const DATE_STEPS: [usize; 9] = [1, 2, 7, 14, 28, 56, 91, 182, 364];

/// The plotting area and its two linear scales.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
    pub(super) x_range: (f64, f64),
    pub(super) y_range: (f64, f64),
}

impl Plot {
    pub(super) fn x(&self, value: f64) -> f64 {
        place(value, self.x_range, self.left, self.right)
    }

    pub(super) fn y(&self, value: f64) -> f64 {
        place(value, self.y_range, self.bottom, self.top)
    }

    /// Horizontal grid lines with labels, and the axis' name above.
    pub(super) fn y_axis(&self, canvas: &mut Canvas<'_>, name: &str, label: impl Fn(f64) -> String) {
        let lines = ((self.bottom - self.top) / 55.0).clamp(2.0, 8.0) as usize;
        let lines: Vec<(f64, String)> =
            ticks(self.y_range, lines).into_iter().map(|tick| (tick, label(tick))).collect();
        self.y_lines(canvas, name, &lines);
    }

    /// Horizontal lines at given places, with their labels.
    pub(super) fn y_lines(&self, canvas: &mut Canvas<'_>, name: &str, lines: &[(f64, String)]) {
        for (tick, label) in lines {
            let y = self.y(*tick);
            canvas.line(&[(self.left, y), (self.right, y)], GRID, 1.0, Dash::Solid);
            canvas.text(label, self.left - 6.0, y, SMALL, MUTED, Anchor::End);
        }
        canvas.text(name, self.left - text_width("0", SMALL), self.top - 12.0, SMALL, MUTED, Anchor::Start);
    }

    /// The base line with labelled ticks, and the axis' name below.
    pub(super) fn x_axis(&self, canvas: &mut Canvas<'_>, name: &str, label: impl Fn(f64) -> String) {
        self.base(canvas, name);
        let widest = label(self.x_range.1).chars().count().max(3) as f64 * SMALL * 0.6 + 24.0;
        let lines = ((self.right - self.left) / widest).clamp(2.0, 10.0) as usize;
        for tick in ticks(self.x_range, lines) {
            self.x_tick(canvas, tick, &label(tick));
        }
    }

    /// The base line with dates; `first` is the day at 0.
    pub(super) fn date_axis(&self, canvas: &mut Canvas<'_>, name: &str, first: Date) {
        self.base(canvas, name);
        let days = (self.x_range.1 - self.x_range.0).max(1.0);
        let most = ((self.right - self.left) / 52.0).max(2.0);
        let step = DATE_STEPS.into_iter().find(|step| days / *step as f64 <= most).unwrap_or(728);
        let mut day = 0;
        while day as f64 <= self.x_range.1 {
            let date = first.plus_days(day as i64).to_string();
            self.x_tick(canvas, day as f64, date.get(5..).unwrap_or(&date));
            day += step;
        }
    }

    fn base(&self, canvas: &mut Canvas<'_>, name: &str) {
        canvas.line(&[(self.left, self.bottom), (self.right, self.bottom)], TEXT, 1.0, Dash::Solid);
        canvas.text(name, self.right, self.bottom + 33.0, SMALL, MUTED, Anchor::End);
    }

    fn x_tick(&self, canvas: &mut Canvas<'_>, value: f64, label: &str) {
        let x = self.x(value);
        canvas.line(&[(x, self.bottom), (x, self.bottom + 4.0)], TEXT, 1.0, Dash::Solid);
        canvas.text(label, x, self.bottom + 14.0, SMALL, MUTED, Anchor::Middle);
    }
}

fn place(value: f64, (low, high): (f64, f64), from: f64, to: f64) -> f64 {
    let span = high - low;
    if span > 0.0 && value.is_finite() { from + (value - low) / span * (to - from) } else { from }
}

/// Round numbers within a range, about `count` steps of 1, 2 or 5.
pub(super) fn ticks((low, high): (f64, f64), count: usize) -> Vec<f64> {
    let span = high - low;
    if !span.is_finite() || span <= 0.0 {
        return vec![low];
    }
    let rough = span / count.max(1) as f64;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|times| times * power).into_iter().find(|step| *step >= rough * 0.7);
    let step = step.unwrap_or(rough);
    let first = (low / step - 1e-9).ceil();
    (0..=count * 3).map(|at| (first + at as f64) * step).take_while(|tick| *tick <= high + span * 1e-9).collect()
}

/// The end of an axis that starts at 0: a little beyond the largest value, never 0.
pub(super) fn up_to(values: impl IntoIterator<Item = f64>) -> f64 {
    let largest = values.into_iter().filter(|value| value.is_finite()).fold(0.0, f64::max);
    if largest > 0.0 { largest * 1.06 } else { 1.0 }
}

/// A legend's mark.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mark {
    Line(Ink, f64, Dash),
    Band(Ink, f64),
    Dot(Ink),
    Ring(Ink),
    Diamond(Ink),
    Triangle(Ink),
}

impl Mark {
    /// Draws the mark around a point.
    pub(super) fn draw(self, canvas: &mut Canvas<'_>, x: f64, y: f64, size: f64) {
        let wide = LEGEND_MARK / 2.0 - 1.0;
        match self {
            Self::Line(ink, width, dash) => canvas.line(&[(x - wide, y), (x + wide, y)], ink, width, dash),
            Self::Band(ink, opacity) => canvas.fill(x - wide, y - 5.0, x + wide, y + 5.0, ink, opacity),
            Self::Dot(ink) => canvas.dot(x, y, size * 0.6, ink, 1.0),
            Self::Ring(ink) => canvas.ring(x, y, size * 0.7, ink, 1.6),
            Self::Diamond(ink) => {
                canvas.area(&[(x - size, y), (x, y - size), (x + size, y), (x, y + size)], ink, 1.0);
            }
            Self::Triangle(ink) => {
                canvas.area(&[(x - size, y + size * 0.8), (x, y - size), (x + size, y + size * 0.8)], ink, 1.0);
            }
        }
    }
}

/// Places of a legend's items that flow into lines, and the height that they take.
fn flow(items: &[(Mark, String)], width: f64) -> (Vec<(f64, f64)>, f64) {
    let (mut x, mut y) = (0.0, 0.0);
    let mut places = Vec::with_capacity(items.len());
    for (_, text) in items {
        let wide = LEGEND_MARK + 6.0 + text_width(text, SMALL) + 16.0;
        if x > 0.0 && x + wide - 16.0 > width {
            x = 0.0;
            y += LEGEND_LINE;
        }
        places.push((x, y));
        x += wide;
    }
    (places, if items.is_empty() { 0.0 } else { y + LEGEND_LINE })
}

/// Height of a legend of this width.
pub(super) fn legend_height(items: &[(Mark, String)], width: f64) -> f64 {
    flow(items, width).1
}

/// Draws a legend with its upper left corner at a point.
pub(super) fn legend(canvas: &mut Canvas<'_>, items: &[(Mark, String)], left: f64, top: f64, width: f64) {
    let (places, _) = flow(items, width);
    for ((mark, text), (x, y)) in items.iter().zip(places) {
        let middle = top + y + LEGEND_LINE / 2.0;
        mark.draw(canvas, left + x + LEGEND_MARK / 2.0, middle, 5.0);
        canvas.text(text, left + x + LEGEND_MARK + 6.0, middle, SMALL, TEXT, Anchor::Start);
    }
}

/// Moves labels at wanted heights apart, so that none covers another; order and number stay.
pub(super) fn apart(wanted: &[f64], least: f64, (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut placed = wanted.to_vec();
    let mut free = top;
    for at in &order {
        placed[*at] = placed[*at].max(free);
        free = placed[*at] + least;
    }
    let mut limit = bottom;
    for at in order.iter().rev() {
        placed[*at] = placed[*at].min(limit);
        limit = placed[*at] - least;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(ticks((0.0, 9000.0), 5), [0.0, 2000.0, 4000.0, 6000.0, 8000.0]);
        assert_eq!(ticks((0.0, 830.0), 4), [0.0, 200.0, 400.0, 600.0, 800.0]);
        assert_eq!(ticks((0.0, 0.0), 5), [0.0]);
        assert_eq!(ticks((f64::NAN, 1.0), 5).len(), 1);
        assert!(ticks((0.0, 1e-9), 3).iter().all(|tick| *tick <= 1.1e-9));
    }

    #[test]
    fn labels_do_not_cover_each_other() {
        let placed = apart(&[100.0, 101.0, 99.0, 10.0], 14.0, (0.0, 110.0));
        let mut sorted = placed.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 13.999) && sorted[3] <= 110.0, "{placed:?}");
        assert!(placed[2] < placed[0] && placed[0] < placed[1]);
    }
}
