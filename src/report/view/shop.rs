//! What a shop does beside holding and selling stock: rows of the outcome table and a sentence, where it was computed.

use super::View;
use crate::evaluate::{
    CandidateKpis, CountKpis, ExpediteKpis, FlowKpis, OversoldKpis, PlatformKpis, StepKpis, SubstituteKpis,
};
use crate::policy::PlatformMetric;
use crate::report::number::NOTHING;
use crate::report::page::Row;
use crate::stats::{Estimate, Interval};

impl View<'_> {
    /// Oversell, cancellations and the platform's cancellation rate in one sentence, if any of them was computed.
    pub(super) fn shop_sentence(&self, kpis: &CandidateKpis) -> Option<String> {
        let n = &self.numbers;
        let mut clauses = Vec::new();
        if let Some(oversell) = &kpis.oversell {
            let OversoldKpis { any, any_interval, pieces } = &oversell.event;
            let pieces = self.words.pieces(&n.mean_error(pieces));
            clauses.push(self.words.oversold(&n.percent(any.value), &n.percent_range(any_interval), &pieces));
        }
        if let Some(share) = kpis.flow.as_ref().and_then(|flow| flow.cancelled_by_seller_share) {
            clauses.push(self.words.cancelled(&n.percent_error(&share)));
        }
        if let Some(step) = kpis.platform.as_ref().and_then(PlatformKpis::cancellation) {
            let crosses = self.crosses(PlatformMetric::SellerCancellation, step);
            let (value, range) = (n.percent(step.crossed.value), n.percent_range(&step.crossed_interval));
            clauses.push(self.words.crossed(&crosses, &value, &range));
            clauses.extend(self.result.platform_rules_as_of.map(|date| self.words.rules_of(&date.to_string())));
        }
        (!clauses.is_empty()).then(|| self.words.clauses(&clauses))
    }

    /// The meaning of the words, if any product has them.
    pub(super) fn shop_definitions(&self) -> &'static [(&'static str, &'static str)] {
        let has = |kpis: &CandidateKpis| kpis.oversell.is_some() || kpis.flow.is_some() || kpis.platform.is_some();
        let shown = self.result.products.iter().any(|product| has(&product.decision.confirmed));
        if shown { self.words.shop_labels().definitions } else { &[] }
    }

    /// Rows of the outcome table: in the event, outside, in all.
    pub(super) fn shop_outcomes(&self, kpis: &CandidateKpis) -> Vec<Row> {
        let labels = self.words.shop_labels();
        let n = &self.numbers;
        let mut rows = Vec::new();
        if let Some(oversell) = &kpis.oversell {
            let [event, all] = [&oversell.event, &oversell.all];
            let chance = |stretch: &OversoldKpis| self.chance(&stretch.any, &stretch.any_interval);
            rows.push(row(labels.oversold_any, chance(event), chance(all)));
            rows.push(row(labels.oversold, n.mean_error(&event.pieces), n.mean_error(&all.pieces)));
        }
        rows.extend(kpis.flow.iter().flat_map(|flow| self.flow_rows(flow)));
        rows.extend(kpis.platform.iter().flat_map(|platform| self.platform_rows(platform)));
        rows.extend(kpis.expedite.iter().flat_map(|expedite| self.expedite_rows(expedite)));
        rows.extend(kpis.substitute.iter().flat_map(|substitute| self.substitute_rows(substitute)));
        rows
    }

    fn flow_rows(&self, flow: &FlowKpis) -> Vec<Row> {
        let labels = self.words.shop_labels();
        let mean = |name, value: Option<Estimate>| value.map(|value| whole(name, self.numbers.mean_error(&value)));
        let share = |name, value: Option<Estimate>| value.map(|value| whole(name, self.numbers.percent_error(&value)));
        [
            mean(labels.shipped, Some(flow.shipped)),
            mean(labels.unshipped, Some(flow.unshipped)),
            share(labels.late, flow.late_share),
            share(labels.cancelled_by_seller, flow.cancelled_by_seller_share),
            share(labels.cancelled_by_customer, flow.cancelled_by_customer_share),
            share(labels.returned, flow.returned_share),
            mean(labels.restocked, flow.restocked),
            mean(labels.samples, flow.samples),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn platform_rows(&self, platform: &PlatformKpis) -> Vec<Row> {
        let labels = self.words.shop_labels();
        let n = &self.numbers;
        let mut rows = Vec::new();
        for metric in &platform.metrics {
            let name = self.words.largest_rate(self.words.metric(metric.metric));
            rows.push(whole(&name, n.percent_error(&metric.largest_rate)));
            for step in &metric.steps {
                let chance = self.chance(&step.crossed, &step.crossed_interval);
                rows.push(whole(&self.crosses(metric.metric, step), chance));
            }
        }
        rows.push(whole(labels.limited_days, n.mean_error(&platform.limited_days)));
        rows.push(self.count_row(labels.refused, &platform.refused));
        rows
    }

    fn expedite_rows(&self, expedite: &ExpediteKpis) -> Vec<Row> {
        let labels = self.words.shop_labels();
        vec![
            whole(labels.expedited_any, self.chance(&expedite.any, &expedite.any_interval)),
            whole(labels.expedited_orders, self.numbers.mean_error(&expedite.orders)),
            whole(labels.expedited, self.numbers.mean_error(&expedite.pieces)),
        ]
    }

    fn substitute_rows(&self, substitute: &SubstituteKpis) -> Vec<Row> {
        let labels = self.words.shop_labels();
        let spend = substitute.spend.map(|spend| whole(labels.plan_b_spend, self.numbers.money_error(&spend)));
        let mut rows = vec![
            self.count_row(labels.redirected, &substitute.redirected),
            self.count_row(labels.spilled, &substitute.spilled),
            whole(labels.substitute_served, self.numbers.mean_error(&substitute.served)),
            whole(labels.substitute_left, self.numbers.mean_error(&substitute.left)),
        ];
        rows.extend(spend);
        rows
    }

    fn count_row(&self, name: &str, count: &CountKpis) -> Row {
        row(name, self.numbers.mean_error(&count.event), self.numbers.mean_error(&count.all))
    }

    fn chance(&self, value: &Estimate, interval: &Interval) -> String {
        format!("{} ({})", self.numbers.percent(value.value), self.numbers.percent_range(interval))
    }

    fn crosses(&self, metric: PlatformMetric, step: &StepKpis) -> String {
        self.words.crosses(self.words.metric(metric), &self.numbers.percent(step.from.get()), step.above)
    }
}

/// A row with a cell for the event and one for all days.
fn row(name: &str, event: String, all: String) -> Row {
    vec![name.to_owned(), event, NOTHING.to_owned(), all].into()
}

/// A row with a cell for all days.
fn whole(name: &str, all: String) -> Row {
    row(name, NOTHING.to_owned(), all)
}
