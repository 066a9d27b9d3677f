//! What did bursts sell in the past? Each burst of a product, day by day from its first.

use super::Pen;
use super::axis::{Mark, Plot, SMALL, legend, legend_height, up_to};
use super::canvas::{Alt, BLUE, Dash, MUTED, draw as paint, text_width};
use crate::learn::PastBurst;

/// Most bursts that are drawn, the latest.
const MOST: usize = 60;

/// Data of the chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Past {
    /// First day of each burst as text, and its pieces a day; the latest last.
    pub(crate) bursts: Vec<(String, Vec<f64>)>,
}

impl Past {
    /// The past bursts of a product; `None` without any.
    pub(crate) fn of(bursts: &[PastBurst]) -> Option<Self> {
        let pieces = |burst: &PastBurst| {
            let usual = burst.ordinary / burst.days.max(1) as f64;
            burst.shape.shares().iter().map(|share| (usual + burst.uplift * share).max(0.0)).collect()
        };
        let kept = bursts.iter().skip(bursts.len().saturating_sub(MOST));
        let bursts: Vec<(String, Vec<f64>)> = kept.map(|burst| (burst.start.to_string(), pieces(burst))).collect();
        (!bursts.is_empty()).then_some(Self { bursts })
    }
}

/// Draws the bursts, the latest in colour.
pub(crate) fn draw(data: &Past, pen: &Pen<'_>, alt: &Alt) -> Result<String, String> {
    let labels = pen.labels();
    let latest = data.bursts.last().map_or(String::new(), |(start, _)| start.clone());
    let mut items = vec![(Mark::Line(BLUE, 2.5, Dash::Solid), latest)];
    if data.bursts.len() > 1 {
        items.push((Mark::Line(MUTED, 1.0, Dash::Solid), labels.past_burst.to_owned()));
    }
    let room = legend_height(&items, pen.width - 12.0);
    let height = room + if pen.wide() { 320.0 } else { 270.0 };
    let days = data.bursts.iter().map(|(_, pieces)| pieces.len()).max().unwrap_or(1).max(1);
    let top_value = up_to(data.bursts.iter().flat_map(|(_, pieces)| pieces).copied());
    let plot = Plot {
        left: text_width(&pen.numbers.count(top_value), SMALL) + 14.0,
        top: room + 28.0,
        right: pen.width - 24.0,
        bottom: height - 42.0,
        x_range: (0.0, days as f64 + 1.0),
        y_range: (0.0, top_value),
    };
    paint(pen.width, height, alt, |canvas| {
        legend(canvas, &items, 6.0, 2.0, pen.width - 12.0);
        plot.y_axis(canvas, labels.axis_pieces_day, |value| pen.numbers.count(value));
        for (at, (_, pieces)) in data.bursts.iter().enumerate() {
            let points: Vec<_> =
                pieces.iter().enumerate().map(|(day, pieces)| (plot.x(day as f64 + 1.0), plot.y(*pieces))).collect();
            let is_latest = at + 1 == data.bursts.len();
            match points[..] {
                // A burst of one day has no line.
                [(x, y)] => canvas.dot(x, y, 4.0, if is_latest { BLUE } else { MUTED }, 1.0),
                _ if is_latest => canvas.line(&points, BLUE, 2.5, Dash::Solid),
                _ => canvas.faint_line(&points, MUTED, 1.0, 0.6),
            }
        }
        plot.x_axis(canvas, labels.burst_day, |value| pen.numbers.plain(value));
    })
}
