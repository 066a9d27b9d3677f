//! The charts of a product: each with its insight and the numbers behind it.

use super::View;
use crate::report::ReportError;
use crate::report::chart::{both, burst, fan, formula, frontier, heat, lead};
use crate::report::names::shown;
use crate::report::number::NOTHING;
use crate::report::page::{Block, Row, Table};
use crate::run::ProductResult;

/// Most events that have a burst chart.
const MOST_EVENTS: usize = 3;
/// Most rows of a table behind the frontier chart.
const MOST_FRONTIER_ROWS: usize = 60;

type Made = Result<Option<Vec<Block>>, ReportError>;

impl View<'_> {
    /// All charts, or only the fan and the map.
    pub(super) fn charts(&self, product: &ProductResult, at: usize, all: bool) -> Result<Vec<Block>, ReportError> {
        let mut blocks = Vec::new();
        blocks.extend(self.fan(product, at)?.into_iter().flatten());
        blocks.extend(self.heat(product, at)?.into_iter().flatten());
        if all {
            blocks.extend(self.frontier(product, at)?.into_iter().flatten());
            blocks.extend(self.bursts(product, at)?);
            blocks.extend(self.lead(product, at)?.into_iter().flatten());
            blocks.extend(self.formulas(product, at)?.into_iter().flatten());
        }
        Ok(blocks)
    }

    /// A heading, the chart and a note.
    #[expect(clippy::too_many_arguments, reason = "the parts of one figure")]
    fn figure(
        &self,
        product: &ProductResult,
        (name, at): (&str, usize),
        heading: &str,
        insight: String,
        note: Option<String>,
        table: Table,
        paint: impl Fn(&crate::report::chart::Pen<'_>, &crate::report::chart::Alt) -> Result<String, String>,
    ) -> Result<Vec<Block>, ReportError> {
        let title = self.words.chart_of(heading, &shown(&product.name));
        let id = format!("p{}-{name}", at + 1);
        let drawn = both(self.words, &self.numbers, (name, &id), (&title, &insight), paint)?;
        let chart = Block::Chart {
            insight,
            note: note.unwrap_or_default(),
            drawn,
            summary: self.labels.table_behind.to_owned(),
            table,
        };
        Ok(vec![Block::Heading(heading.to_owned()), chart])
    }

    fn table(&self, caption: &str, left: usize, head: &[&str], rows: Vec<Row>) -> Table {
        Table { caption: caption.to_owned(), left, head: head.iter().map(|name| (*name).to_owned()).collect(), rows }
    }

    fn fan(&self, product: &ProductResult, at: usize) -> Made {
        let labels = self.labels;
        let n = &self.numbers;
        let shares: Vec<f64> = self.result.scenario.alerts.levels.iter().map(|level| level.get()).collect();
        let Some(data) = fan::Fan::of(product, self.result.scenario.today, &shares) else { return Ok(None) };
        let insight = data.leanest().map_or_else(String::new, |(day, median, low)| {
            let date = data.first.plus_days(day as i64).to_string();
            self.words.fan_insight(&self.words.pieces(&n.count(median)), &date, &self.words.pieces(&n.count(low)))
        });
        let rows = data.stock.iter().zip(&data.received).enumerate().map(|(day, (stock, received))| {
            let mut cells = vec![data.first.plus_days(day as i64).to_string()];
            cells.extend(stock.map(|stock| n.count(stock)));
            cells.push(n.mean(*received));
            cells.into()
        });
        let head = [labels.axis_date, "P5", "P25", "P50", "P75", "P95", labels.fan_arrivals];
        let table = self.table(labels.h_fan, 1, &head, rows.collect());
        self.figure(product, ("fan", at), labels.h_fan, insight, None, table, |pen, alt| fan::draw(&data, pen, alt))
            .map(Some)
    }

    fn heat(&self, product: &ProductResult, at: usize) -> Made {
        let labels = self.labels;
        let n = &self.numbers;
        let Some(data) = heat::Heat::of(product) else { return Ok(None) };
        let names: Vec<String> =
            data.rules.iter().map(|rule| self.rule(&product.candidates[*rule].candidate)).collect();
        let chosen = &product.candidates[product.decision.choice.chosen];
        let (kept, all) = data.feasible();
        let (all, risk) = (n.whole(all as u64), n.percent(chosen.kpis.event.stockout.value));
        let insight = if product.decision.choice.limits.is_empty() {
            self.words.heat_freely(&all, &risk)
        } else {
            self.words.heat_insight(&n.whole(kept as u64), &all, &risk)
        };
        let mut head = vec![labels.reorder_rule.to_owned()];
        head.extend(
            data.multipliers
                .iter()
                .map(|m| m.map_or_else(|| labels.no_pre_stock.to_owned(), |m| self.words.times(&n.plain(m)))),
        );
        let rows = data.cells.iter().zip(&names).map(|(cells, name)| {
            let mut texts = vec![name.clone()];
            texts.extend(cells.iter().map(|cell| {
                let plan = cell.and_then(|cell| product.candidates.get(cell.candidate));
                plan.map_or_else(|| NOTHING.to_owned(), |plan| self.risk_cell(&plan.kpis.event))
            }));
            texts.into()
        });
        let table = Table { caption: labels.h_heat.to_owned(), left: 1, head, rows: rows.collect() };
        let note = self.words.heat_note(&self.mode(&chosen.candidate.mode), &self.pause_rule(&chosen.candidate));
        self.figure(product, ("risk-map", at), labels.h_heat, insight, Some(note), table, |pen, alt| {
            heat::draw(&data, &names, pen, alt)
        })
        .map(Some)
    }

    fn frontier(&self, product: &ProductResult, at: usize) -> Made {
        let labels = self.labels;
        let n = &self.numbers;
        let Some(data) = frontier::Frontier::of(product) else { return Ok(None) };
        let cost = |value: f64| if data.money { n.money(value) } else { self.words.pieces(&n.count(value)) };
        let chosen = data.points[data.chosen];
        let thumb = data.thumb.map(|at| (n.percent(data.points[at].risk), cost(data.points[at].cost)));
        let insight = self.words.frontier_insight(
            &n.percent(chosen.risk),
            &cost(chosen.cost),
            thumb.as_ref().map(|(risk, cost)| (risk.as_str(), cost.as_str())),
        );
        let rows = data.frontier.iter().take(MOST_FRONTIER_ROWS).map(|which| {
            let plan = &product.candidates[*which];
            let cost = plan.kpis.goods_cost.as_ref();
            let cells = vec![
                self.plan(&plan.candidate),
                cost.map_or_else(|| n.mean_error(&plan.kpis.mean_stock), |cost| n.money_error(cost)),
                self.risk_cell(&plan.kpis.event),
                self.keeps_limits(product, plan),
            ];
            Row { marked: *which == data.chosen, link: None, cells }
        });
        let name = if data.money { labels.k_goods_cost } else { labels.k_mean_stock };
        let head = [labels.plan, name, labels.k_stockout_event, labels.limits_kept];
        let table = self.table(labels.frontier_line, 1, &head, rows.collect());
        self.figure(product, ("frontier", at), labels.h_frontier, insight, None, table, |pen, alt| {
            frontier::draw(&data, pen, alt)
        })
        .map(Some)
    }

    fn bursts(&self, product: &ProductResult, at: usize) -> Result<Vec<Block>, ReportError> {
        let labels = self.labels;
        let n = &self.numbers;
        let mut blocks = Vec::new();
        for (which, event) in product.events.iter().take(MOST_EVENTS).enumerate() {
            let Some(data) = burst::Burst::of(event) else { continue };
            let past = (!event.past.is_empty()).then(|| n.whole(event.past.len() as u64));
            let insight = data.peak().map_or_else(String::new, |[mean, high]| {
                let pieces = |value| self.words.pieces(&n.count(value));
                self.words.burst_insight(&pieces(mean), &pieces(high), past.as_deref())
            });
            let rows = data.daily.iter().enumerate().map(|(day, [mean, low, high])| {
                vec![data.start.plus_days(day as i64).to_string(), n.mean(*mean), n.mean(*low), n.mean(*high)].into()
            });
            let head = [labels.burst_day, labels.mean, labels.p10, labels.p90];
            let table = self.table(labels.h_burst, 1, &head, rows.collect());
            let heading = if product.events.len() > 1 {
                self.words.chart_of(labels.h_burst, &shown(&event.id))
            } else {
                labels.h_burst.to_owned()
            };
            let name = if which == 0 { "burst".to_owned() } else { format!("burst-{}", which + 1) };
            blocks.extend(self.figure(product, (&name, at), &heading, insight, None, table, |pen, alt| {
                burst::draw(&data, pen, alt)
            })?);
        }
        Ok(blocks)
    }

    fn lead(&self, product: &ProductResult, at: usize) -> Made {
        let labels = self.labels;
        let n = &self.numbers;
        let label = |mode: &crate::run::LeadTimeResult| {
            let records = mode.records.map(|records| n.whole(records as u64));
            self.words.lead_mode(&self.mode(&mode.mode), records.as_deref())
        };
        let Some(data) = lead::Lead::of(&product.lead_times, label) else { return Ok(None) };
        let chosen = product.candidates.get(product.decision.choice.chosen);
        let own = chosen.and_then(|plan| product.lead_time(&plan.candidate)).unwrap_or(&product.lead_times[0]);
        let insight = self.words.lead_insight(
            &self.mode(&own.mode),
            &n.whole(u64::from(own.quantiles[0])),
            &n.whole(u64::from(own.quantiles[2])),
        );
        let rows = product.lead_times.iter().map(|mode| {
            let mut cells = vec![self.mode(&mode.mode)];
            let stages: Vec<String> =
                mode.stages.iter().map(|(name, days)| format!("{} {}", self.stage(name), n.mean(*days))).collect();
            cells.push(stages.join(" + "));
            cells.push(mode.records.map_or_else(|| NOTHING.to_owned(), |records| n.whole(records as u64)));
            cells.extend([n.mean(mode.mean), n.mean(mode.sd)]);
            cells.extend(mode.quantiles.map(|days| n.whole(u64::from(days))));
            cells.push(n.mean(mode.protection_days));
            cells.extend([mode.order_date.latest.to_string(), mode.order_date.even_chance.to_string()]);
            cells.push(n.percent(mode.order_date.on_time_today.get()));
            cells.into()
        });
        let head = [
            labels.mode,
            labels.lead_stages,
            labels.lead_records,
            labels.lead_mean,
            labels.lead_sd,
            "P50",
            "P90",
            "P95",
            "P99",
            labels.lead_protection,
            labels.latest,
            labels.even_chance,
            labels.lead_on_time_today,
        ];
        let table = self.table(labels.h_lead, 2, &head, rows.collect());
        self.figure(product, ("lead-time", at), labels.h_lead, insight, None, table, |pen, alt| {
            lead::draw(&data, pen, alt)
        })
        .map(Some)
    }

    fn formulas(&self, product: &ProductResult, at: usize) -> Made {
        let labels = self.labels;
        let n = &self.numbers;
        let Some(data) = formula::Formulas::of(product) else { return Ok(None) };
        let names: Vec<String> =
            data.rules.iter().map(|rule| self.rule(&product.candidates[rule.candidate].candidate)).collect();
        let name_of = |wanted: formula::Rule| {
            data.rules
                .iter()
                .position(|rule| rule.candidate == wanted.candidate)
                .map_or(NOTHING, |at| names[at].as_str())
        };
        let insight = data.extremes().map_or_else(String::new, |(best, worst)| {
            self.words.formula_insight(
                name_of(best),
                &n.percent(best.achieved),
                name_of(worst),
                &n.percent(worst.achieved),
            )
        });
        let rows = data.rules.iter().zip(&names).map(|(rule, name)| {
            let plan = &product.candidates[rule.candidate];
            let number = |value: Option<u64>| value.map_or_else(|| NOTHING.to_owned(), |value| n.whole(value));
            let range = n.percent_range(&crate::stats::Interval { low: rule.interval[0], high: rule.interval[1] });
            vec![
                name.clone(),
                number(plan.candidate.reorder_point),
                plan.candidate.safety_stock.map_or_else(|| NOTHING.to_owned(), |stock| n.count(stock)),
                rule.aimed.map_or_else(|| NOTHING.to_owned(), |aimed| n.percent(aimed)),
                format!("{} ({range})", n.percent(rule.achieved)),
                n.percent_error(&plan.kpis.cycle_service),
                n.percent_error(&plan.kpis.event.fill_rate),
                n.mean_error(&plan.kpis.event.lost),
                n.mean_error(&plan.kpis.event.forgone),
                n.mean_error(&plan.kpis.leftover),
            ]
            .into()
        });
        let head = [
            labels.reorder_rule,
            labels.reorder_point,
            labels.safety_stock,
            labels.aimed_col,
            labels.achieved_col,
            labels.k_cycle,
            labels.k_fill,
            labels.k_lost,
            labels.k_forgone,
            labels.k_leftover,
        ];
        let table = self.table(labels.h_formula, 1, &head, rows.collect());
        let mode = product.candidates.get(product.decision.choice.chosen).map(|plan| self.mode(&plan.candidate.mode));
        let note = self.words.formula_note(&mode.unwrap_or_default(), &self.pre_stock(data.multiplier));
        let blocks =
            self.figure(product, ("formulas", at), labels.h_formula, insight, Some(note), table, |pen, alt| {
                formula::draw(&data, &names, pen, alt)
            })?;
        Ok(Some(blocks))
    }
}
