//! Who does what: the orders and the reorder rule, the stock at which to warn and to pause.

use super::View;
use crate::calendar::Date;
use crate::policy::ExpediteSize;
use crate::report::names::shown;
use crate::report::number::NOTHING;
use crate::report::words::{DateWords, LateWords};
use crate::run::{
    Candidate, CandidateResult, EventForecast, EventPlan, LateOrder, LeadTimeResult, PauseRule, ProductResult,
};
use crate::scenario::{ExpediteSpec, OrderPolicy};
use crate::units::Probability;

impl View<'_> {
    /// What purchasing does: the orders, and the rules by which more is ordered.
    pub(crate) fn purchasing(
        &self,
        product: &ProductResult,
        chosen: &CandidateResult,
        lead: Option<&LeadTimeResult>,
    ) -> Vec<String> {
        let candidate = &chosen.candidate;
        let first = product.events.first();
        let mut texts = Vec::new();
        match (candidate.multiplier, first.and_then(|event| self.late_order(product, &event.id)), lead) {
            (_, Some(late), _) => texts.push(self.late(product, candidate, late)),
            (None, ..) if candidate.formula == "never" => texts.push(self.words.order_nothing()),
            (None, ..) => texts.push(self.words.order_without()),
            (Some(multiplier), ..) if candidate.pre_stock_units == 0 => {
                texts.push(self.words.order_not_needed(&self.numbers.plain(multiplier)));
            }
            (Some(_), None, lead) => texts.extend(self.order_in_time(product, candidate, lead)),
        }
        if let (Some(multiplier), Some(event), true) = (candidate.multiplier, first, candidate.pre_stock_units > 0) {
            texts.extend(self.order_days(candidate.pre_stock_units));
            texts.push(self.words.order_reaches(
                &self.numbers.plain(multiplier),
                &self.words.pieces(&self.numbers.count(event.predicted_total)),
                &shown(&event.id),
                &self.span(event),
            ));
        }
        texts.extend(product.events.iter().skip(1).filter_map(|event| self.later_order(product, candidate, event)));
        if product.decision.first_reorder >= 0.5 {
            let pieces = self.pieces_of(product.decision.first_reorder);
            texts.push(self.words.order_also(&pieces, &self.first_order_day().to_string()));
        }
        texts.push(self.words.start_stock(&self.words.pieces(&self.numbers.count(product.decision.event_start_stock))));
        texts.push(self.reorder(product, chosen));
        texts.extend(self.supplier_terms(product));
        texts
    }

    /// The order for the first event that still meets its latest date.
    fn order_in_time(
        &self,
        product: &ProductResult,
        candidate: &Candidate,
        lead: Option<&LeadTimeResult>,
    ) -> Vec<String> {
        let (Some(lead), Some(by)) = (lead, &product.decision.order_by) else { return Vec::new() };
        let first = self.first_order_day();
        let when = self.when(first);
        let date = DateWords {
            when: &when,
            latest: &by.date.to_string(),
            on_time: &self.numbers.percent(by.on_time.get()),
            even: &lead.order_date.even_chance.to_string(),
        };
        let order = self.words.order(&self.pieces(candidate.pre_stock_units), &self.mode(&candidate.mode), &date);
        let then = (by.date > first).then(|| {
            self.words.order_then(
                &when,
                &by.date.to_string(),
                &self.numbers.percent(by.stockout.value),
                &self.numbers.percent_range(&by.stockout_interval),
            )
        });
        std::iter::once(order).chain(then).collect()
    }

    /// The order for an event after the first, if there is one or if it would be too late.
    fn later_order(&self, product: &ProductResult, candidate: &Candidate, event: &EventForecast) -> Option<String> {
        if let Some(late) = self.late_order(product, &event.id) {
            return Some(self.late(product, candidate, late));
        }
        let order = candidate.later_pre_stock.iter().find(|order| order.event == event.id)?;
        let (pieces, mode) = (self.pieces(order.units), self.mode(&candidate.mode));
        let (name, span) = (shown(&event.id), self.span(event));
        let first = self.first_order_day();
        Some(if order.order_on <= first {
            self.words.order_later_now(&pieces, &mode, &self.when(first), &name, &span)
        } else {
            self.words.order_later(&pieces, &mode, &order.order_on.to_string(), &name, &span)
        })
    }

    /// The late order for an event, if it is late.
    pub(super) fn late_order<'p>(&self, product: &'p ProductResult, event: &str) -> Option<&'p LateOrder> {
        product.decision.late_orders.iter().find(|order| order.event == event)
    }

    fn late(&self, product: &ProductResult, candidate: &Candidate, order: &LateOrder) -> String {
        let percent = |probability: Probability| self.numbers.percent(probability.get());
        let event = product.events.iter().find(|event| event.id == order.event);
        let day = |day: Option<Date>| day.map_or_else(|| NOTHING.to_owned(), |day| day.to_string());
        let words = LateWords {
            pieces: &self.pieces(order.units),
            mode: &self.mode(&candidate.mode),
            event: &shown(&order.event),
            start: &day(event.map(|event| event.start)),
            end: &day(event.map(|event| event.end)),
            when: &self.when(order.order_on),
            latest: &order.latest.to_string(),
            promised: &percent(order.promised),
            half_by: &order.half_by.to_string(),
            in_time: &percent(order.in_time),
            by_end: &percent(order.by_end),
        };
        if !order.placed {
            self.words.order_misses_event(&words)
        } else if order.misses_start {
            self.words.order_misses_start(&words)
        } else {
            self.words.order_late(&words)
        }
    }

    /// The days of an event.
    fn span(&self, event: &EventForecast) -> String {
        self.words.span(&event.start.to_string(), &event.end.to_string())
    }

    /// The first day on which the supplier takes orders.
    fn first_order_day(&self) -> Date {
        self.result.scenario.ordering.first_order_day(self.result.scenario.today)
    }

    /// A day on which something is done.
    fn when(&self, day: Date) -> String {
        if day == self.result.scenario.today {
            self.words.today().to_owned()
        } else {
            self.words.on_day(&day.to_string())
        }
    }

    /// The supplier's calendar and the faster supply, as far as they ask for something to be done.
    fn supplier_terms(&self, product: &ProductResult) -> Vec<String> {
        let ordering = &self.result.scenario.ordering;
        let n = &self.numbers;
        let mut texts = Vec::new();
        if ordering.review_days > 1 {
            texts.push(
                self.words.review(&n.whole(u64::from(ordering.review_days)), &self.result.scenario.today.to_string()),
            );
        }
        if !ordering.order_weekdays.is_empty() {
            texts.push(self.words.order_weekdays(&self.words.list(&self.order_weekdays())));
        }
        // Only plans whose own mode is slower expedite.
        if let (Some(expedite), Some(_)) = (&ordering.expedite, &product.decision.confirmed.expedite) {
            texts.push(self.words.expedite(
                &self.pieces(expedite.level.0),
                &self.mode(&expedite.mode),
                &self.expedite_size(expedite),
            ));
        }
        texts
    }

    /// The weekdays on which the supplier takes orders.
    pub(super) fn order_weekdays(&self) -> Vec<String> {
        let days = &self.result.scenario.ordering.order_weekdays;
        days.iter().map(|day| self.labels.weekdays[*day as usize].to_owned()).collect()
    }

    /// How much is ordered by the faster mode.
    pub(super) fn expedite_size(&self, expedite: &ExpediteSpec) -> String {
        match expedite.size() {
            ExpediteSize::Quantity { units } => self.pieces(units.0),
            ExpediteSize::UpTo { level } => self.words.up_to(&self.pieces(level.0)),
        }
    }

    /// On which days the pre-stock order goes out, where the supplier does not take it whole in a day.
    fn order_days(&self, units: u64) -> Option<String> {
        let ordering = &self.result.scenario.ordering;
        let most = ordering.maximum.map_or(units, |maximum| {
            let multiple = ordering.multiple.max(1);
            (maximum.0 / multiple * multiple).clamp(1, units)
        });
        let parts = units.div_ceil(most);
        let first = self.first_order_day().to_string();
        (parts > 1).then(|| self.words.order_days(&self.pieces(most), &self.numbers.whole(parts), &first))
    }

    fn reorder(&self, product: &ProductResult, chosen: &CandidateResult) -> String {
        let candidate = &chosen.candidate;
        if candidate.formula == "never" {
            let from = product.decision.ordinary_from.unwrap_or(self.result.scenario.today);
            return self.words.reorder_never(&from.to_string());
        }
        let policy = self.result.scenario.candidates.policy;
        let quantity = self.pieces(candidate.order_quantity);
        let up_to = candidate
            .reorder_point
            .filter(|_| policy == OrderPolicy::Ss)
            .map(|point| self.pieces(point.saturating_add(candidate.order_quantity)));
        let lot = self.words.lot(policy, &quantity, up_to.as_deref());
        match candidate.reorder_point {
            None if candidate.phases.is_some() => self.words.reorder_by_phase(&lot),
            None => {
                let service = candidate.service.map_or_else(|| NOTHING.to_owned(), |s| self.numbers.percent(s));
                self.words.reorder_rolling(&lot, &service)
            }
            Some(point) => {
                let end = product.events.iter().map(|event| event.end).max().unwrap_or(self.result.scenario.today);
                let service = candidate.service.map(|service| self.numbers.percent(service));
                self.words.reorder_constant(
                    &self.pieces(point),
                    &lot,
                    &self.result.scenario.today.to_string(),
                    &end.to_string(),
                    &self.words.rule_short(&shown(&candidate.formula), service.as_deref()),
                )
            }
        }
    }

    /// Each alert level as it was stated, and in pieces: shares first, then days of cover, as the KPIs have them.
    pub(super) fn alert_levels(&self, product: &ProductResult) -> Vec<(String, u64)> {
        let decision = &product.decision;
        let units = decision.alert_units.iter().chain(&decision.alert_cover_units);
        let (shares, cover) = self.stated_levels();
        shares.into_iter().chain(cover).zip(units).map(|(level, units)| (level, *units)).collect()
    }

    /// The alert levels as they were stated: shares, and days of cover.
    fn stated_levels(&self) -> (Vec<String>, Vec<String>) {
        let alerts = &self.result.scenario.alerts;
        let cover = |days: &f64| self.words.days_of_cover(&self.numbers.plain(*days));
        (
            alerts.levels.iter().map(|level| self.numbers.percent(level.get())).collect(),
            alerts.days_of_cover.iter().map(cover).collect(),
        )
    }

    /// At which stock to warn: in one sentence, or in one for each event if their numbers differ.
    pub(crate) fn warn(&self, product: &ProductResult) -> Vec<String> {
        let (shares, mut stated) = self.stated_levels();
        if shares.is_empty() && stated.is_empty() {
            return vec![self.words.warn_none()];
        }
        if !shares.is_empty() {
            stated.insert(0, self.words.share_of(self.result.scenario.alerts.base, &self.words.list(&shares)));
        }
        let sentence = |units: &mut dyn Iterator<Item = &u64>, spans: &[String]| {
            let pieces: Vec<String> = units.map(|units| self.numbers.whole(*units)).collect();
            self.words.warn(
                &self.words.pieces(&self.words.list(&pieces)),
                &self.words.list(&stated),
                &self.words.list(spans),
            )
        };
        let decision = &product.decision;
        let spans: Vec<String> = product.events.iter().map(|event| self.span(event)).collect();
        let of = |plan: &EventPlan| (plan.alert_units.clone(), plan.alert_cover_units.clone());
        if decision.event_plans.iter().all(|plan| of(plan) == of(&decision.event_plans[0])) {
            return vec![sentence(&mut decision.alert_units.iter().chain(&decision.alert_cover_units), &spans)];
        }
        let plans = decision.event_plans.iter().zip(spans);
        plans
            .map(|(plan, span)| sentence(&mut plan.alert_units.iter().chain(&plan.alert_cover_units), &[span]))
            .collect()
    }

    /// When to pause and resume the ads, and what runs meanwhile.
    pub(crate) fn pause(&self, product: &ProductResult) -> Vec<String> {
        let scenario = &self.result.scenario;
        let spends = scenario.event.iter().any(|event| event.has_product(&product.sku) && event.spend_per_day > 0.0);
        let decision = &product.decision;
        let rule = product.candidates.get(decision.choice.chosen).and_then(|chosen| chosen.candidate.pause);
        let Some(first) = decision.pause_units else {
            return vec![match product.candidates.iter().any(|plan| plan.candidate.pause.is_some()) {
                _ if !spends => self.words.no_ads(),
                true => self.words.pause_never(),
                false => self.words.pause_not_compared(),
            }];
        };
        let sentence = |[pause, resume]: [u64; 2]| {
            let (pause, resume) = (self.pieces(pause), self.pieces(resume));
            if let Some(PauseRule::PreOrder { limit_days, .. }) = rule {
                let days = self.words.days(&self.numbers.whole(u64::from(limit_days)));
                return self.words.turn_to_pre_order(&pause, &resume, &days);
            }
            self.words.pause(&pause, &resume)
        };
        let mut texts: Vec<String> = if decision.event_plans.iter().all(|plan| plan.pause_units == Some(first)) {
            vec![sentence(first)]
        } else {
            let of_event = |(plan, event): (&EventPlan, &EventForecast)| {
                Some(self.words.on_days(&self.span(event), &sentence(plan.pause_units?)))
            };
            decision.event_plans.iter().zip(&product.events).filter_map(of_event).collect()
        };
        if !matches!(rule, Some(PauseRule::PreOrder { .. })) {
            texts.extend(self.plan_b(product));
        }
        texts
    }

    /// What plan B advertises while the ads are paused.
    fn plan_b(&self, product: &ProductResult) -> Option<String> {
        let spec = self.result.scenario.product.iter().find(|spec| spec.sku == product.sku)?;
        let substitute = spec.substitute.as_ref().filter(|substitute| substitute.conversion > Probability::ZERO)?;
        let n = &self.numbers;
        let spend = (substitute.spend_per_day > 0.0).then(|| n.money(substitute.spend_per_day));
        Some(self.words.plan_b(
            &shown(substitute.label()),
            &self.pieces(substitute.opening_stock.0),
            &n.percent(substitute.conversion.get()),
            spend.as_deref(),
        ))
    }
}
