//! What do the reorder formulas achieve? Each rule's promise and its service in simulation.

use super::Pen;
use super::axis::{Mark, Plot, SMALL, legend, legend_height};
use super::canvas::{Alt, Anchor, BLUE, Dash, GRID, TEXT, VERMILION, draw as paint, fitted, text_width};
use crate::run::ProductResult;

/// Most rules that are drawn.
const MOST_RULES: usize = 24;

/// One rule: index of its candidate, what it aimed at, what it achieved with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    /// Index of the candidate.
    pub(crate) candidate: usize,
    /// Service that the rule aims at, if it does.
    pub(crate) aimed: Option<f64>,
    /// P(no stockout in the event).
    pub(crate) achieved: f64,
    /// Its 95 % interval.
    pub(crate) interval: [f64; 2],
}

/// Data of the formula chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Formulas {
    /// The multiplier of all rules; none is no pre-stock order.
    pub(crate) multiplier: Option<f64>,
    /// The rules, in the scenario's order.
    pub(crate) rules: Vec<Rule>,
}

impl Formulas {
    /// Every reorder rule by the chosen mode without pause and with the least pre-stock that was compared.
    pub(crate) fn of(product: &ProductResult) -> Option<Self> {
        let chosen = &product.candidates.get(product.decision.choice.chosen)?.candidate;
        let comparable = |pauses: bool| {
            let plans = product.candidates.iter().enumerate();
            plans.filter(move |(_, plan)| {
                plan.candidate.mode == chosen.mode && (pauses || plan.candidate.pause.is_none())
            })
        };
        // Without a plan that lets the ads run through, any pause rule is better than an empty table.
        let pauses = comparable(false).next().is_none();
        let key = |multiplier: Option<f64>| multiplier.unwrap_or(f64::NEG_INFINITY);
        let least =
            comparable(pauses).map(|(_, plan)| plan.candidate.multiplier).min_by(|a, b| key(*a).total_cmp(&key(*b)))?;
        let mut rules: Vec<Rule> = Vec::new();
        for (candidate, plan) in comparable(pauses).filter(|(_, plan)| plan.candidate.multiplier == least) {
            let interval = plan.kpis.event.stockout_interval;
            rules.push(Rule {
                candidate,
                aimed: plan.candidate.service,
                achieved: 1.0 - plan.kpis.event.stockout.value,
                interval: [1.0 - interval.high, 1.0 - interval.low],
            });
        }
        Some(Self { multiplier: least, rules })
    }

    /// The rules with the most and the least achieved.
    pub(crate) fn extremes(&self) -> Option<(Rule, Rule)> {
        let best = self.rules.iter().max_by(|a, b| a.achieved.total_cmp(&b.achieved))?;
        let worst = self.rules.iter().min_by(|a, b| a.achieved.total_cmp(&b.achieved))?;
        Some((*best, *worst))
    }
}

/// Draws the rules below each other; `names` are theirs.
pub(crate) fn draw(data: &Formulas, names: &[String], pen: &Pen<'_>, alt: &Alt) -> Result<String, String> {
    let labels = pen.labels();
    let mut items = vec![(Mark::Dot(BLUE), labels.achieved.to_owned())];
    if data.rules.iter().any(|rule| rule.aimed.is_some()) {
        items.push((Mark::Ring(VERMILION), labels.aimed.to_owned()));
    }
    let room = legend_height(&items, pen.width - 12.0);
    let rules = &data.rules[..data.rules.len().min(MOST_RULES)];
    let wide = pen.wide();
    // On a phone the name stands above its line.
    let row = if wide { 26.0 } else { 38.0 };
    let longest = names.iter().map(|name| text_width(name, SMALL)).fold(0.0, f64::max);
    let value_room = text_width(&pen.numbers.percent(0.8888), SMALL) + 10.0;
    let height = room + 12.0 + row * rules.len() as f64 + 44.0;
    let plot = Plot {
        left: if wide { (longest + 16.0).min(300.0) } else { 12.0 },
        top: room + 10.0,
        right: pen.width - value_room - 14.0,
        bottom: height - 42.0,
        x_range: (0.0, 1.0),
        y_range: (0.0, 1.0),
    };
    paint(pen.width, height, alt, |canvas| {
        legend(canvas, &items, 6.0, 2.0, pen.width - 12.0);
        for tick in 0..=4 {
            let x = plot.x(f64::from(tick) / 4.0);
            canvas.line(&[(x, plot.top), (x, plot.bottom)], GRID, 1.0, Dash::Solid);
        }
        for (at, (rule, name)) in rules.iter().zip(names).enumerate() {
            let top = plot.top + row * at as f64;
            let y = if wide { top + row / 2.0 } else { top + 27.0 };
            if wide {
                canvas.text(&fitted(name, SMALL, plot.left - 14.0), plot.left - 10.0, y, SMALL, TEXT, Anchor::End);
            } else {
                let room = pen.width - 20.0;
                canvas.text(&fitted(name, SMALL, room), plot.left, top + 10.0, SMALL, TEXT, Anchor::Start);
            }
            canvas.line(&[(plot.left, y), (plot.right, y)], GRID, 1.0, Dash::Solid);
            if let Some(aimed) = rule.aimed {
                canvas.line(&[(plot.x(rule.achieved), y), (plot.x(aimed), y)], VERMILION, 1.0, Dash::Dots);
                canvas.ring(plot.x(aimed), y, 4.5, VERMILION, 1.8);
            }
            canvas.line(&[(plot.x(rule.interval[0]), y), (plot.x(rule.interval[1]), y)], BLUE, 3.0, Dash::Solid);
            canvas.dot(plot.x(rule.achieved), y, 4.0, BLUE, 1.0);
            canvas.text(&pen.numbers.percent(rule.achieved), plot.right + 10.0, y, SMALL, TEXT, Anchor::Start);
        }
        plot.x_axis(canvas, labels.axis_service, |share| pen.numbers.percent(share));
    })
}
