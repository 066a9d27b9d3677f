//! How does the stock run, day by day?

use super::Pen;
use super::axis::{Mark, Plot, SMALL, apart, legend, legend_height, up_to};
use super::canvas::{Alt, Anchor, BLUE, Dash, GREEN, ORANGE, PURPLE, SKY, TEXT, VERMILION, draw as paint, text_width};
use crate::calendar::Date;
use crate::run::ProductResult;

/// Data of the stock fan.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fan {
    /// Day 0.
    pub(crate) first: Date,
    /// 5, 25, 50, 75 and 95 % points of the evening stock, by day.
    pub(crate) stock: Vec<[f64; 5]>,
    /// Mean pieces received, by day.
    pub(crate) received: Vec<f64>,
    /// Events as first day and day after the last.
    pub(crate) events: Vec<(f64, f64)>,
    /// Reorder points as first day, day after the last, level.
    pub(crate) reorder: Vec<(f64, f64, f64)>,
    /// Warn levels: share of the event's first stock, pieces.
    pub(crate) alerts: Vec<(f64, f64)>,
    /// Level at which the ads pause.
    pub(crate) pause: Option<f64>,
}

impl Fan {
    /// The chosen plan's fan; `None` without a simulated day.
    pub(crate) fn of(product: &ProductResult, today: Date, alert_shares: &[f64]) -> Option<Self> {
        let decision = &product.decision;
        if decision.fan.is_empty() {
            return None;
        }
        let candidate = &product.candidates.get(decision.choice.chosen)?.candidate;
        let day = |date: Date| date.days_since(today) as f64;
        let last_event = product.events.iter().map(|event| event.start_day + event.days).max().unwrap_or(product.days);
        let reorder = match candidate.reorder_point {
            Some(level) => vec![(0.0, last_event as f64, level as f64)],
            None => decision
                .rolling
                .iter()
                .map(|step| (day(step.from), day(step.to) + 1.0, step.reorder_point as f64))
                .collect(),
        };
        Some(Self {
            first: today,
            stock: decision.fan.iter().map(|day| day.stock.map(|stock| stock as f64)).collect(),
            received: decision.fan.iter().map(|day| day.received).collect(),
            events: product
                .events
                .iter()
                .map(|event| (event.start_day as f64, (event.start_day + event.days) as f64))
                .collect(),
            reorder,
            alerts: alert_shares.iter().copied().zip(decision.alert_units.iter().map(|level| *level as f64)).collect(),
            pause: decision.pause_units.map(|[pause, _]| pause as f64),
        })
    }

    /// The leanest event day by its median: day, median, 5 % point.
    pub(crate) fn leanest(&self) -> Option<(usize, f64, f64)> {
        let in_event = |day: usize| self.events.iter().any(|(from, to)| (*from..*to).contains(&(day as f64)));
        let days = self.stock.iter().enumerate().filter(|(day, _)| in_event(*day));
        let (day, stock) = days.min_by(|(_, a), (_, b)| a[2].total_cmp(&b[2]))?;
        Some((day, stock[2], stock[0]))
    }
}

/// Draws the fan.
pub(crate) fn draw(data: &Fan, pen: &Pen<'_>, alt: &Alt) -> Result<String, String> {
    let (labels, wide) = (pen.labels(), pen.wide());
    let mut items = vec![
        (Mark::Band(SKY, 0.35), labels.fan_wide.to_owned()),
        (Mark::Band(SKY, 0.8), labels.fan_half.to_owned()),
        (Mark::Line(TEXT, 2.0, Dash::Solid), labels.fan_median.to_owned()),
        (Mark::Band(GREEN, 0.9), labels.fan_arrivals.to_owned()),
        (Mark::Band(ORANGE, 0.22), labels.event.to_owned()),
    ];
    if !data.reorder.is_empty() {
        items.push((Mark::Line(BLUE, 2.0, Dash::Long), labels.fan_reorder.to_owned()));
    }
    if !data.alerts.is_empty() {
        items.push((Mark::Line(VERMILION, 1.5, Dash::Dots), labels.fan_alert.to_owned()));
    }
    if data.pause.is_some() {
        items.push((Mark::Line(PURPLE, 1.8, Dash::Mixed), labels.fan_pause.to_owned()));
    }
    let legend_room = legend_height(&items, pen.width - 12.0);
    let height = legend_room + if wide { 400.0 } else { 300.0 };
    let levels = levels(data, pen);
    let label_room = levels.iter().map(|(_, text)| text_width(text, SMALL)).fold(0.0, f64::max);
    let tallest = data.stock.iter().map(|day| day[4]).chain(data.reorder.iter().map(|step| step.2));
    let top_value = up_to(tallest.chain(data.alerts.iter().map(|alert| alert.1)).chain(data.pause));
    let plot = Plot {
        left: text_width(&pen.numbers.count(top_value), SMALL) + 14.0,
        top: legend_room + 28.0,
        right: pen.width - if levels.is_empty() { 16.0 } else { label_room + 12.0 },
        bottom: height - 42.0,
        x_range: (0.0, (data.stock.len() as f64).max(1.0)),
        y_range: (0.0, top_value),
    };
    paint(pen.width, height, alt, |canvas| {
        legend(canvas, &items, 6.0, 2.0, pen.width - 12.0);
        for (from, to) in &data.events {
            canvas.fill(plot.x(*from), plot.top, plot.x(*to), plot.bottom, ORANGE, 0.22);
        }
        plot.y_axis(canvas, labels.axis_pieces, |value| pen.numbers.count(value));
        let column = |at: usize| -> Vec<(f64, f64)> {
            data.stock.iter().enumerate().map(|(day, s)| (plot.x(day as f64 + 0.5), plot.y(s[at]))).collect()
        };
        for (low, high, opacity) in [(0, 4, 0.35), (1, 3, 0.6)] {
            let outline: Vec<_> = column(high).into_iter().chain(column(low).into_iter().rev()).collect();
            canvas.area(&outline, SKY, opacity);
        }
        for (day, received) in data.received.iter().enumerate().filter(|(_, received)| **received > 0.0) {
            let (left, right) = (plot.x(day as f64 + 0.15), plot.x(day as f64 + 0.85));
            canvas.fill(left, plot.y(*received), right, plot.bottom, GREEN, 0.9);
        }
        canvas.line(&column(2), TEXT, 2.0, Dash::Solid);
        let mut steps = Vec::new();
        for (from, to, level) in &data.reorder {
            steps.extend([(plot.x(*from), plot.y(*level)), (plot.x(*to), plot.y(*level))]);
        }
        canvas.line(&steps, BLUE, 2.0, Dash::Long);
        let across = |level: f64| [(plot.left, plot.y(level)), (plot.right, plot.y(level))];
        for (_, level) in &data.alerts {
            canvas.line(&across(*level), VERMILION, 1.3, Dash::Dots);
        }
        if let Some(level) = data.pause {
            canvas.line(&across(level), PURPLE, 1.8, Dash::Mixed);
        }
        let wanted: Vec<f64> = levels.iter().map(|(level, _)| plot.y(*level)).collect();
        for (y, (_, text)) in apart(&wanted, 13.0, (plot.top, plot.bottom)).into_iter().zip(&levels) {
            canvas.text(text, plot.right + 6.0, y, SMALL, TEXT, Anchor::Start);
        }
        plot.date_axis(canvas, &span(data, pen), data.first);
    })
}

/// The levels that are labelled at the right edge.
fn levels(data: &Fan, pen: &Pen<'_>) -> Vec<(f64, String)> {
    let labels = pen.labels();
    let text = |name: &str, level: f64| format!("{name} {}", pen.numbers.count(level));
    let alerts = data.alerts.iter().map(|(share, level)| {
        let name = pen.numbers.percent(*share);
        (*level, if pen.wide() { text(&format!("{} {name}:", labels.warn_short), *level) } else { name })
    });
    let pause = data
        .pause
        .map(|level| (level, if pen.wide() { text(labels.pause_short, level) } else { labels.pause_short.to_owned() }));
    alerts.chain(pause).collect()
}

fn span(data: &Fan, pen: &Pen<'_>) -> String {
    let last = data.first.plus_days(data.stock.len() as i64 - 1);
    pen.words.span(&data.first.to_string(), &last.to_string())
}
