//! One drawing for each question: plain, assertable data in, SVG out.
//!
//! A chart's data are taken from the result as they stand; nothing is estimated here. Every chart is drawn at the
//! width of a desk and of a phone with letters of the same size, because one drawing scaled down cannot be read.

pub(super) mod axis;
pub(super) mod burst;
pub(super) mod canvas;
pub(super) mod fan;
pub(super) mod formula;
pub(super) mod frontier;
pub(super) mod heat;
pub(super) mod lead;
pub(super) mod past;

pub(crate) use canvas::Alt;

use super::ReportError;
use super::number::Numbers;
use super::words::{Labels, Words};

/// Width on a desk, in CSS pixels.
pub(crate) const WIDE: f64 = 900.0;
/// Width on a phone.
pub(crate) const NARROW: f64 = 360.0;

/// What a drawing function is given beside its data.
#[derive(Clone, Copy)]
pub(crate) struct Pen<'a> {
    pub(crate) words: &'static dyn Words,
    pub(crate) numbers: &'a Numbers,
    pub(crate) width: f64,
}

impl Pen<'_> {
    fn labels(&self) -> &'static Labels {
        self.words.labels()
    }

    /// Whether there is room beside the plot.
    fn wide(&self) -> bool {
        self.width > 600.0
    }
}

/// A chart at both widths.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    /// Name of the chart, for identifiers and file names.
    pub(crate) name: String,
    /// Question, for the picture's title.
    pub(crate) title: String,
    /// For a desk.
    pub(crate) wide: String,
    /// For a phone.
    pub(crate) narrow: String,
}

/// Draws a chart at both widths; `id` is unique in the page.
pub(crate) fn both(
    words: &'static dyn Words,
    numbers: &Numbers,
    (name, id): (&str, &str),
    (title, description): (&str, &str),
    paint: impl Fn(&Pen<'_>, &Alt) -> Result<String, String>,
) -> Result<Drawn, ReportError> {
    let draw = |width: f64, suffix: &str| {
        let alt = Alt { id: format!("{id}{suffix}"), title: title.to_owned(), description: description.to_owned() };
        paint(&Pen { words, numbers, width }, &alt)
            .map_err(|reason| ReportError::Chart { chart: name.to_owned(), reason })
    };
    Ok(Drawn { name: name.to_owned(), title: title.to_owned(), wide: draw(WIDE, "w")?, narrow: draw(NARROW, "n")? })
}
