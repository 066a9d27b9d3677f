//! How big is the burst? Past bursts and the planned event, day by day.

use super::Pen;
use super::axis::{Mark, Plot, SMALL, legend, legend_height, up_to};
use super::canvas::{Alt, BLUE, Dash, MUTED, SKY, draw as paint, text_width};
use crate::calendar::Date;
use crate::run::EventForecast;

/// Most past bursts that are drawn, the latest first.
const MOST_PAST: usize = 60;

/// Data of the burst chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Burst {
    /// First day of the event.
    pub(crate) start: Date,
    /// Mean, 10 % and 90 % point of each event day.
    pub(crate) daily: Vec<[f64; 3]>,
    /// Past bursts, pieces a day.
    pub(crate) past: Vec<Vec<f64>>,
}

impl Burst {
    /// The forecast of one event; `None` without days.
    pub(crate) fn of(event: &EventForecast) -> Option<Self> {
        let past = event.past.iter().rev().take(MOST_PAST).map(|burst| burst.pieces.clone()).collect();
        (!event.daily.is_empty()).then(|| Self { start: event.start, daily: event.daily.clone(), past })
    }

    /// Mean and 90 % point of the day with the highest mean.
    pub(crate) fn peak(&self) -> Option<[f64; 2]> {
        self.daily.iter().max_by(|a, b| a[0].total_cmp(&b[0])).map(|[mean, _, high]| [*mean, *high])
    }
}

/// Draws the bursts.
pub(crate) fn draw(data: &Burst, pen: &Pen<'_>, alt: &Alt) -> Result<String, String> {
    let labels = pen.labels();
    let mut items = vec![
        (Mark::Line(BLUE, 2.5, Dash::Solid), labels.burst_mean.to_owned()),
        (Mark::Band(SKY, 0.4), labels.burst_band.to_owned()),
    ];
    if !data.past.is_empty() {
        items.push((Mark::Line(MUTED, 1.0, Dash::Solid), labels.past_burst.to_owned()));
    }
    let room = legend_height(&items, pen.width - 12.0);
    let height = room + if pen.wide() { 320.0 } else { 270.0 };
    let days = data.daily.len().max(data.past.iter().map(Vec::len).max().unwrap_or(0)).max(1);
    let top_value = up_to(data.daily.iter().map(|day| day[2]).chain(data.past.iter().flatten().copied()));
    let plot = Plot {
        left: text_width(&pen.numbers.count(top_value), SMALL) + 14.0,
        top: room + 28.0,
        right: pen.width - 24.0,
        bottom: height - 42.0,
        x_range: (0.0, days as f64),
        y_range: (0.0, top_value),
    };
    paint(pen.width, height, alt, |canvas| {
        legend(canvas, &items, 6.0, 2.0, pen.width - 12.0);
        plot.y_axis(canvas, labels.axis_pieces_day, |value| pen.numbers.count(value));
        let x = |day: usize| plot.x(day as f64 + 0.5);
        let line = |at: usize| -> Vec<(f64, f64)> {
            data.daily.iter().enumerate().map(|(day, values)| (x(day), plot.y(values[at]))).collect()
        };
        let band: Vec<_> = line(2).into_iter().chain(line(1).into_iter().rev()).collect();
        canvas.area(&band, SKY, 0.4);
        for past in &data.past {
            let points: Vec<_> = past.iter().enumerate().map(|(day, pieces)| (x(day), plot.y(*pieces))).collect();
            canvas.faint_line(&points, MUTED, 1.0, 0.6);
        }
        let mean = line(0);
        canvas.line(&mean, BLUE, 2.5, Dash::Solid);
        // An event of one day has no line.
        if let [(x, y)] = mean[..] {
            canvas.line(&[(x, plot.y(data.daily[0][1])), (x, plot.y(data.daily[0][2]))], SKY, 6.0, Dash::Solid);
            canvas.dot(x, y, 4.0, BLUE, 1.0);
        }
        let span = pen.words.span(&data.start.to_string(), &data.start.plus_days(days as i64 - 1).to_string());
        plot.date_axis(canvas, &span, data.start);
    })
}
