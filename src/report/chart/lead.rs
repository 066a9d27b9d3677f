//! How long does supply take? One panel for each lead-time mode.

use super::Pen;
use super::axis::{Plot, SIZE, SMALL, apart, ticks};
use super::canvas::{Alt, Anchor, BLUE, Canvas, Dash, GRID, MUTED, SKY, TEXT, VERMILION, draw as paint, text_width};
use crate::run::LeadTimeResult;

/// Height of a mode's panel.
const PANEL: f64 = 112.0;
/// Most modes that are drawn.
const MOST_MODES: usize = 8;

/// One mode.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mode {
    /// Name, with its number of records.
    pub(crate) label: String,
    /// Share of orders by days.
    pub(crate) shares: Vec<(f64, f64)>,
    /// 50, 90 and 95 % points in days.
    pub(crate) marks: [f64; 3],
}

/// Data of the lead-time chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lead {
    /// The modes.
    pub(crate) modes: Vec<Mode>,
}

impl Lead {
    /// Every mode, named by `label`; `None` without one.
    pub(crate) fn of(modes: &[LeadTimeResult], label: impl Fn(&LeadTimeResult) -> String) -> Option<Self> {
        let modes: Vec<Mode> = modes
            .iter()
            .take(MOST_MODES)
            .map(|mode| Mode {
                label: label(mode),
                shares: mode.distribution.iter().map(|(days, share)| (f64::from(*days), *share)).collect(),
                marks: [mode.quantiles[0], mode.quantiles[1], mode.quantiles[2]].map(f64::from),
            })
            .collect();
        (!modes.is_empty()).then_some(Self { modes })
    }
}

/// Draws the modes below each other on one scale.
pub(crate) fn draw(data: &Lead, pen: &Pen<'_>, alt: &Alt) -> Result<String, String> {
    let height = PANEL * data.modes.len() as f64 + 46.0;
    let last = |mode: &Mode| {
        // The farthest tail would squeeze the rest: the axis ends at the 99.5 % point of the orders.
        let mut seen = 0.0;
        let tail = mode.shares.iter().find(|(_, share)| {
            seen += share;
            seen >= 0.995
        });
        tail.map_or(mode.marks[2], |(days, _)| *days).max(mode.marks[2])
    };
    let days = data.modes.iter().map(last).fold(1.0, f64::max) + 2.0;
    paint(pen.width, height, alt, |canvas| {
        for (at, mode) in data.modes.iter().enumerate() {
            let top = PANEL * at as f64 + 4.0;
            let tallest = mode.shares.iter().map(|(_, share)| *share).fold(1e-9, f64::max);
            let plot = Plot {
                left: 10.0,
                top: top + 38.0,
                right: pen.width - 20.0,
                bottom: top + PANEL - 6.0,
                x_range: (0.0, days),
                y_range: (0.0, tallest * 1.05),
            };
            panel(canvas, mode, &plot, pen, top);
            if at + 1 == data.modes.len() {
                plot.x_axis(canvas, pen.labels().axis_lead, |days| pen.numbers.count(days));
            }
        }
    })
}

fn panel(canvas: &mut Canvas<'_>, mode: &Mode, plot: &Plot, pen: &Pen<'_>, top: f64) {
    for tick in ticks(plot.x_range, 8) {
        canvas.line(&[(plot.x(tick), plot.top), (plot.x(tick), plot.bottom)], GRID, 1.0, Dash::Solid);
    }
    canvas.text(&mode.label, plot.left, top + 8.0, SIZE, TEXT, Anchor::Start);
    for (days, share) in mode.shares.iter().filter(|(days, _)| *days < plot.x_range.1) {
        let (left, right) = (plot.x(days - 0.4), plot.x(days + 0.4));
        canvas.cell(left, plot.y(*share), right, plot.bottom, SKY);
    }
    canvas.line(&[(plot.left, plot.bottom), (plot.right, plot.bottom)], MUTED, 1.0, Dash::Solid);
    let texts: Vec<String> = ["P50", "P90", "P95"]
        .iter()
        .zip(mode.marks)
        .map(|(p, days)| format!("{p}: {}", pen.numbers.count(days)))
        .collect();
    let room = texts.iter().map(|text| text_width(text, SMALL)).fold(0.0, f64::max) + 8.0;
    let wanted = mode.marks.map(|days| plot.x(days));
    let places = apart(&wanted, room, (plot.left + room / 2.0, plot.right - room / 2.0));
    for (at, (text, place)) in texts.iter().zip(places).enumerate() {
        let (ink, dash) = [(TEXT, Dash::Solid), (BLUE, Dash::Long), (VERMILION, Dash::Dots)][at];
        let x = wanted[at];
        canvas.line(&[(place, plot.top - 5.0), (x, plot.top + 2.0), (x, plot.bottom)], ink, 2.0, dash);
        canvas.text(text, place, plot.top - 12.0, SMALL, TEXT, Anchor::Middle);
    }
}
