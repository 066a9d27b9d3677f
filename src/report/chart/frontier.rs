//! What does less risk cost? Every plan by its cost and its risk.

use std::collections::BTreeMap;

use super::Pen;
use super::axis::{Mark, Plot, SMALL, legend, legend_height, up_to};
use super::canvas::{Alt, BLUE, Dash, GREEN, Ink, ORANGE, TEXT, VERMILION, draw as paint, text_width};
use crate::recommend::LimitKind;
use crate::run::ProductResult;

/// Other plans: light, because there are many.
const OTHER: Ink = plotters::style::RGBColor(0x9a, 0x9a, 0x9a);
/// Risks that are marked on the axis, as far as they are needed.
const MARKED: [f64; 7] = [0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0];
/// Plans closer than this many pixels are drawn as one.
const GRAIN: f64 = 2.5;

/// A plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    /// Money for goods, or mean stock.
    pub(crate) cost: f64,
    /// P(any stockout in the event).
    pub(crate) risk: f64,
    /// Whether every limit is kept.
    pub(crate) feasible: bool,
}

/// Data of the frontier chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frontier {
    /// Whether the cost is money.
    pub(crate) money: bool,
    /// Every plan.
    pub(crate) points: Vec<Point>,
    /// Indices of the plans that no other beats in both, cheapest first.
    pub(crate) frontier: Vec<usize>,
    /// Index of the chosen plan.
    pub(crate) chosen: usize,
    /// Index of the rule of thumb.
    pub(crate) thumb: Option<usize>,
    /// Whether there is any limit to keep.
    pub(crate) limited: bool,
    /// Largest probability of a stockout, if that is a limit.
    pub(crate) limit: Option<f64>,
}

impl Frontier {
    /// Every candidate's place; `None` without candidates.
    pub(crate) fn of(product: &ProductResult) -> Option<Self> {
        let money = product.candidates.first()?.kpis.goods_cost.is_some();
        let points: Vec<Point> = product
            .candidates
            .iter()
            .map(|plan| Point {
                cost: plan.kpis.goods_cost.map_or(plan.kpis.mean_stock.value, |cost| cost.value),
                risk: plan.kpis.event.stockout.value,
                feasible: plan.feasible,
            })
            .collect();
        let mut order: Vec<usize> = (0..points.len()).collect();
        order.sort_by(|a, b| {
            points[*a].cost.total_cmp(&points[*b].cost).then(points[*a].risk.total_cmp(&points[*b].risk))
        });
        let mut least = f64::INFINITY;
        let frontier = order
            .into_iter()
            .filter(|at| {
                let better = points[*at].risk < least;
                least = least.min(points[*at].risk);
                better
            })
            .collect();
        let decision = &product.decision;
        let limit = decision.choice.limits.iter().find(|check| check.limit.kind == LimitKind::Stockout);
        Some(Self {
            money,
            frontier,
            chosen: decision.choice.chosen.min(points.len() - 1),
            thumb: decision.rule_of_thumb.filter(|at| *at < points.len()),
            limited: !decision.choice.limits.is_empty(),
            limit: limit.map(|check| check.limit.bound),
            points,
        })
    }
}

/// Place of a risk on the axis: the square root spreads the small ones, about which the decision is.
fn scaled(risk: f64) -> f64 {
    risk.max(0.0).sqrt()
}

/// Draws the plans.
pub(crate) fn draw(data: &Frontier, pen: &Pen<'_>, alt: &Alt) -> Result<String, String> {
    let labels = pen.labels();
    let mut items = vec![
        (Mark::Diamond(VERMILION), labels.dot_chosen.to_owned()),
        (Mark::Dot(GREEN), if data.limited { labels.dot_feasible } else { labels.dot_free }.to_owned()),
        (Mark::Line(BLUE, 2.0, Dash::Solid), labels.frontier_line.to_owned()),
    ];
    if data.limited {
        items.insert(2, (Mark::Dot(OTHER), labels.dot_other.to_owned()));
    }
    if data.thumb.is_some() {
        items.insert(1, (Mark::Triangle(TEXT), labels.dot_thumb.to_owned()));
    }
    if data.limit.is_some() {
        items.push((Mark::Line(ORANGE, 1.8, Dash::Long), labels.dot_limit.to_owned()));
    }
    let room = legend_height(&items, pen.width - 12.0);
    let height = room + if pen.wide() { 380.0 } else { 310.0 };
    let axis = match pen.numbers.currency().filter(|_| data.money) {
        Some(currency) => format!("{} ({currency})", labels.axis_goods_cost),
        None => if data.money { labels.axis_goods_cost } else { labels.axis_mean_stock }.to_owned(),
    };
    let costs = || data.points.iter().map(|point| point.cost).filter(|cost| cost.is_finite());
    let (least, most) = (costs().fold(f64::INFINITY, f64::min), costs().fold(0.0, f64::max));
    let margin = ((most - least) * 0.05).max(most * 0.005).max(0.5);
    let from = if least.is_finite() { (least - margin).max(0.0) } else { 0.0 };
    let risks = data.points.iter().map(|point| point.risk).chain(data.limit);
    let plot = Plot {
        left: text_width(&pen.numbers.percent(1.0), SMALL) + 14.0,
        top: room + 28.0,
        right: pen.width - 30.0,
        bottom: height - 42.0,
        x_range: (from, most + margin),
        y_range: (0.0, scaled(up_to(risks).min(1.03))),
    };
    paint(pen.width, height, alt, |canvas| {
        legend(canvas, &items, 6.0, 2.0, pen.width - 12.0);
        let lines = MARKED.into_iter().filter(|risk| scaled(*risk) <= plot.y_range.1);
        let lines: Vec<(f64, String)> = lines.map(|risk| (scaled(risk), pen.numbers.percent(risk))).collect();
        plot.y_lines(canvas, labels.axis_risk, &lines);
        plot.x_axis(canvas, &axis, |cost| pen.numbers.count(cost));
        let height = |risk: f64| plot.y(scaled(risk));
        if let Some(limit) = data.limit {
            let y = height(limit);
            canvas.line(&[(plot.left, y), (plot.right, y)], ORANGE, 1.8, Dash::Long);
        }
        // One dot for each little square of the plot, a feasible plan before another.
        let mut squares: BTreeMap<(i64, i64), Point> = BTreeMap::new();
        for point in data.points.iter().filter(|point| point.cost.is_finite() && point.risk.is_finite()) {
            let key = |value: f64| (value / GRAIN).round() as i64;
            let square = squares.entry((key(plot.x(point.cost)), key(height(point.risk)))).or_insert(*point);
            if point.feasible {
                *square = *point;
            }
        }
        for point in squares.values() {
            let ink = if point.feasible { GREEN } else { OTHER };
            canvas.dot(plot.x(point.cost), height(point.risk), 2.6, ink, 0.9);
        }
        let mut steps: Vec<(f64, f64)> = Vec::new();
        for point in data.frontier.iter().map(|at| data.points[*at]) {
            let (x, y) = (plot.x(point.cost), height(point.risk));
            if let Some((_, above)) = steps.last().copied() {
                steps.push((x, above));
            }
            steps.push((x, y));
        }
        canvas.line(&steps, BLUE, 2.0, Dash::Solid);
        if let Some(thumb) = data.thumb.map(|at| data.points[at]) {
            Mark::Triangle(TEXT).draw(canvas, plot.x(thumb.cost), height(thumb.risk), 6.0);
        }
        let chosen = data.points[data.chosen];
        Mark::Diamond(super::canvas::PAPER).draw(canvas, plot.x(chosen.cost), height(chosen.risk), 9.0);
        Mark::Diamond(VERMILION).draw(canvas, plot.x(chosen.cost), height(chosen.risk), 7.0);
    })
}
