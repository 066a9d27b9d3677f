//! Tables of the decision card.

use super::View;
use crate::evaluate::{CandidateKpis, StretchKpis};
use crate::report::names::shown;
use crate::report::number::NOTHING;
use crate::report::page::{Row, Table};
use crate::run::{CandidateResult, ProductResult};
use crate::stats::Estimate;

/// Two multipliers closer than this are one.
const SAME: f64 = 1e-9;

impl View<'_> {
    /// The recommended plan beside the plans that people would otherwise take, all on the same futures.
    pub(super) fn comparison(&self, product: &ProductResult) -> Table {
        let labels = self.labels;
        let decision = &product.decision;
        let chosen = decision.choice.chosen;
        let mut rows: Vec<(usize, String)> = vec![(chosen, labels.row_chosen.to_owned())];
        if let Some(at) = decision.rule_of_thumb {
            rows.push((at, labels.row_thumb.to_owned()));
        }
        for customary in [1.2, 1.5] {
            let same = product.candidates.iter().position(|plan| {
                plan.candidate.multiplier.is_some_and(|m| (m - customary).abs() < SAME)
                    && product.candidates.get(chosen).is_some_and(|c| plan.candidate.same_but_multiplier(&c.candidate))
            });
            rows.extend(same.map(|at| (at, self.words.times(&self.numbers.plain(customary)))));
        }
        rows.extend(decision.choice.runner_up.map(|(at, _)| (at, labels.row_runner_up.to_owned())));
        let rows = rows.into_iter().filter_map(|(at, name)| {
            let plan = product.candidates.get(at)?;
            let kpis = &plan.kpis;
            let cells = vec![
                self.words.named(&name, &self.plan(&plan.candidate)),
                self.numbers.whole(plan.candidate.pre_stock_total()),
                self.risk_cell(&kpis.event),
                self.numbers.mean_error(&kpis.event.lost),
                self.numbers.mean_error(&kpis.event.forgone),
                self.numbers.mean_error(&kpis.leftover),
                self.objective_value(product, kpis),
                self.keeps_limits(product, plan),
            ];
            Some(Row { marked: at == chosen, link: None, cells })
        });
        let head = [
            labels.plan,
            labels.order_pieces,
            labels.k_stockout_event,
            labels.k_lost,
            labels.k_forgone,
            labels.k_leftover,
            self.objective_column(product),
            labels.limits_kept,
        ];
        Table {
            caption: labels.h_compare.to_owned(),
            left: 1,
            head: head.map(str::to_owned).to_vec(),
            rows: rows.collect(),
        }
    }

    /// Whether a plan keeps every limit, if there is any.
    pub(super) fn keeps_limits(&self, product: &ProductResult, plan: &CandidateResult) -> String {
        let limits = &product.decision.choice.limits;
        if limits.is_empty() {
            NOTHING
        } else if plan.feasible {
            self.labels.yes
        } else {
            self.labels.no
        }
        .to_owned()
    }

    /// Events in sequence: the order for each, what it meets and what it leaves.
    pub(super) fn sequence_table(&self, product: &ProductResult) -> Option<Table> {
        let labels = self.labels;
        let plans = &product.decision.event_plans;
        let rows = plans.iter().map(|plan| {
            Row::from(vec![
                shown(&plan.event),
                self.numbers.whole(plan.pre_stock_units),
                match (plan.order_on, self.late_order(product, &plan.event)) {
                    (Some(day), None) => day.to_string(),
                    (Some(day), Some(_)) => format!("{day} ({})", labels.late),
                    (None, Some(_)) => labels.too_late_to_order.to_owned(),
                    (None, None) => NOTHING.to_owned(),
                },
                self.numbers.mean(plan.start_stock),
                self.numbers.mean(plan.leftover),
            ])
        });
        (!plans.is_empty()).then(|| Table {
            caption: labels.h_sequence.to_owned(),
            left: 1,
            head: [labels.event, labels.order_pieces, labels.order_on, labels.start_stock, labels.left_after]
                .map(str::to_owned)
                .to_vec(),
            rows: rows.collect(),
        })
    }

    /// The reorder points to type in, week by week.
    pub(super) fn rolling_table(&self, product: &ProductResult) -> Option<Table> {
        let labels = self.labels;
        let steps = &product.decision.rolling;
        let rows = steps.iter().map(|step| {
            Row::from(vec![step.from.to_string(), step.to.to_string(), self.numbers.whole(step.reorder_point)])
        });
        (!steps.is_empty()).then(|| Table {
            caption: labels.h_rolling.to_owned(),
            left: 2,
            head: [labels.from, labels.to, labels.reorder_point].map(str::to_owned).to_vec(),
            rows: rows.collect(),
        })
    }

    /// What the columns of the warn levels mean.
    pub(super) fn alert_note(&self, product: &ProductResult) -> String {
        let days = |days: u32| self.words.days(&self.numbers.whole(u64::from(days)));
        let reactions = product.decision.reactions;
        self.words.alert_note(&days(reactions.purchasing_days), &days(reactions.media_days))
    }

    /// What each warn level is worth.
    pub(super) fn alert_table(&self, product: &ProductResult) -> Option<Table> {
        let labels = self.labels;
        let n = &self.numbers;
        let alerts = &product.decision.confirmed.alerts;
        let rows: Vec<Row> = alerts
            .iter()
            .zip(self.alert_levels(product))
            .zip(&product.decision.alert_worth)
            .map(|((alert, (level, units)), worth)| {
                Row::from(vec![
                    level,
                    n.whole(units),
                    n.percent_error(&alert.rings),
                    n.percent_error(&alert.followed_by_stockout),
                    n.percent_error(&alert.missed),
                    alert.lead_days.as_ref().map_or_else(|| NOTHING.to_owned(), |days| n.mean_error(days)),
                    n.percent_error(&worth.useful_for_purchasing),
                    n.percent_error(&worth.useful_for_media),
                    n.percent_error(&worth.in_vain),
                ])
            })
            .collect();
        (!rows.is_empty()).then(|| Table {
            caption: labels.h_alerts.to_owned(),
            left: 1,
            head: [
                labels.level,
                labels.pieces,
                labels.rings,
                labels.followed,
                labels.missed,
                labels.lead_days,
                labels.useful_purchasing,
                labels.useful_media,
                labels.in_vain,
            ]
            .map(str::to_owned)
            .to_vec(),
            rows,
        })
    }

    /// Every outcome of the recommended plan, in and outside the event.
    pub(super) fn outcomes(&self, product: &ProductResult) -> Table {
        let labels = self.labels;
        let n = &self.numbers;
        let kpis = &product.decision.confirmed;
        let mut rows: Vec<Row> = Vec::new();
        let stretches = [&kpis.event, &kpis.outside, &kpis.all];
        let mut three = |name: &str, value: &dyn Fn(&StretchKpis) -> String| {
            let mut cells = vec![name.to_owned()];
            cells.extend(stretches.map(value));
            rows.push(cells.into());
        };
        three(labels.k_stockout, &|s| self.risk_cell(s));
        three(labels.k_fill, &|s| n.percent_error(&s.fill_rate));
        three(labels.k_fill_reference, &|s| n.percent_error(&s.fill_rate_reference));
        three(labels.k_ready, &|s| n.percent_error(&s.ready_rate));
        three(labels.k_stockout_days, &|s| n.mean_error(&s.stockout_days));
        three(labels.k_lost, &|s| n.mean_error(&s.lost));
        three(labels.k_forgone, &|s| n.mean_error(&s.forgone));
        three(labels.k_waited, &|s| n.mean_error(&s.waited));
        rows.extend(self.whole_outcomes(kpis));
        rows.extend(self.shop_outcomes(kpis));
        let mut head = vec![labels.kpi.to_owned()];
        head.extend([labels.in_event, labels.outside, labels.in_all].map(str::to_owned));
        Table { caption: labels.h_outcome.to_owned(), left: 1, head, rows }
    }

    fn whole_outcomes(&self, kpis: &CandidateKpis) -> Vec<Row> {
        let labels = self.labels;
        let n = &self.numbers;
        let nothing = || NOTHING.to_owned();
        let all = |name: &str, value: String| Row::from(vec![name.to_owned(), nothing(), nothing(), value]);
        let mean = |name: &str, estimate: &Estimate| all(name, n.mean_error(estimate));
        let money = |name: &str, estimate: &Estimate| all(name, n.money_error(estimate));
        let mut rows = vec![
            Row::from(vec![labels.k_leftover.to_owned(), n.mean_error(&kpis.leftover), nothing(), nothing()]),
            all(labels.k_cycle, n.percent_error(&kpis.cycle_service)),
            mean(labels.k_mean_stock, &kpis.mean_stock),
            mean(labels.k_peak_stock, &kpis.peak_stock),
            mean(labels.k_final_stock, &kpis.final_stock),
            mean(labels.k_waiting_at_end, &kpis.waiting_at_end),
            mean(labels.k_ordered, &kpis.ordered),
            mean(labels.k_orders, &kpis.orders),
            money(labels.k_ad_spend, &kpis.ad_spend),
            money(labels.k_ad_saved, &kpis.ad_spend_saved),
            money(labels.k_ad_wasted, &kpis.ad_spend_wasted),
        ];
        rows.extend(kpis.goods_cost.as_ref().map(|cost| money(labels.k_goods_cost, cost)));
        rows.extend(kpis.profit.as_ref().map(|profit| money(labels.k_profit, profit)));
        if let Some(cash) = &kpis.cash {
            rows.push(money(labels.k_cash_peak, &cash.peak));
            rows.push(all(labels.k_cash_peak_95, n.money(cash.peak_95)));
            rows.push(money(labels.k_cash_end, &cash.end));
            rows.push(money(labels.k_cash_outstanding, &cash.outstanding));
        }
        rows.extend(kpis.profit_worst_5_percent.map(|worst| all(labels.k_profit_worst, n.money(worst))));
        rows
    }
}
