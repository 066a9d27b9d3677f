//! Who does what: the orders and the reorder rule, the stock at which to warn and to pause.

use super::View;
use crate::report::names::shown;
use crate::report::number::NOTHING;
use crate::report::words::DateWords;
use crate::run::{CandidateResult, LeadTimeResult, PauseRule, ProductResult};
use crate::scenario::OrderPolicy;

impl View<'_> {
    /// What purchasing does: the order, and the reorder rule.
    pub(crate) fn purchasing(
        &self,
        product: &ProductResult,
        chosen: &CandidateResult,
        lead: Option<&LeadTimeResult>,
    ) -> Vec<String> {
        let candidate = &chosen.candidate;
        let mut texts = Vec::new();
        match (candidate.multiplier, candidate.pre_stock_units, lead) {
            (None, ..) if candidate.formula == "never" => texts.push(self.words.order_nothing()),
            (None, ..) => texts.push(self.words.order_without()),
            (Some(multiplier), 0, _) => texts.push(self.words.order_not_needed(&self.numbers.plain(multiplier))),
            (Some(multiplier), units, lead) => {
                if let (Some(lead), Some(by)) = (lead, &product.decision.order_by) {
                    let date = &lead.order_date;
                    let (latest, on_time) =
                        if date.passed { (date.latest, date.on_time) } else { (by.date, by.on_time) };
                    let date_words = DateWords {
                        latest: &latest.to_string(),
                        on_time: &self.numbers.percent(on_time.get()),
                        even: &date.even_chance.to_string(),
                        today: &self.numbers.percent(date.on_time_today.get()),
                    };
                    let (pieces, mode) = (self.pieces(units), self.mode(&candidate.mode));
                    texts.push(if date.passed {
                        self.words.order_late(&pieces, &mode, &date_words)
                    } else {
                        self.words.order(&pieces, &mode, &date_words)
                    });
                    if by.date > self.result.scenario.today {
                        texts.push(self.words.order_then(
                            &by.date.to_string(),
                            &self.numbers.percent(by.stockout.value),
                            &self.numbers.percent_range(&by.stockout_interval),
                        ));
                    }
                }
                texts.extend(self.order_days(units));
                if let Some(event) = product.events.first() {
                    texts.push(self.words.order_reaches(
                        &self.numbers.plain(multiplier),
                        &self.words.pieces(&self.numbers.count(event.predicted_total)),
                        &shown(&event.id),
                        &self.words.span(&event.start.to_string(), &event.end.to_string()),
                    ));
                }
            }
        }
        for order in &candidate.later_pre_stock {
            let event = product.events.iter().find(|event| event.id == order.event);
            let span = event.map(|event| self.words.span(&event.start.to_string(), &event.end.to_string()));
            texts.push(self.words.order_later(
                &self.pieces(order.units),
                &self.mode(&candidate.mode),
                &order.order_on.to_string(),
                &shown(&order.event),
                &span.unwrap_or_default(),
            ));
        }
        if product.decision.first_reorder >= 0.5 {
            let (ordering, today) = (&self.result.scenario.ordering, self.result.scenario.today);
            let day = (0..7).map(|days| today.plus_days(days)).find(|date| ordering.takes_orders(*date));
            let pieces = self.pieces_of(product.decision.first_reorder);
            texts.push(self.words.order_also(&pieces, &day.unwrap_or(today).to_string()));
        }
        texts.push(self.words.start_stock(&self.words.pieces(&self.numbers.count(product.decision.event_start_stock))));
        texts.push(self.reorder(product, chosen));
        texts
    }

    /// On which days the pre-stock order goes out, where the supplier does not take it whole on every day.
    fn order_days(&self, units: u64) -> Option<String> {
        let (ordering, today) = (&self.result.scenario.ordering, self.result.scenario.today);
        let most = ordering.maximum.map_or(units, |maximum| {
            let multiple = ordering.multiple.max(1);
            (maximum.0 / multiple * multiple).clamp(1, units)
        });
        let parts = units.div_ceil(most);
        let first = (0..7).map(|days| today.plus_days(days)).find(|date| ordering.takes_orders(*date))?;
        let split = parts > 1 || first != today;
        split.then(|| self.words.order_days(&self.pieces(most), &self.numbers.whole(parts), &first.to_string()))
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
        let (alerts, decision) = (&self.result.scenario.alerts, &product.decision);
        let shares = alerts.levels.iter().map(|level| self.numbers.percent(level.get())).zip(&decision.alert_units);
        let cover = alerts.days_of_cover.iter().map(|days| self.words.days_of_cover(&self.numbers.plain(*days)));
        shares.chain(cover.zip(&decision.alert_cover_units)).map(|(level, units)| (level, *units)).collect()
    }

    /// At which stock to warn.
    pub(crate) fn warn(&self, product: &ProductResult) -> String {
        let levels = self.alert_levels(product);
        if levels.is_empty() {
            return self.words.warn_none();
        }
        let pieces: Vec<String> = levels.iter().map(|(_, units)| self.numbers.whole(*units)).collect();
        let names: Vec<String> = levels.into_iter().map(|(level, _)| level).collect();
        let (shares, cover) = names.split_at(product.decision.alert_units.len().min(names.len()));
        let mut stated = cover.to_vec();
        if !shares.is_empty() {
            stated.insert(0, self.words.share_of(self.result.scenario.alerts.base, &self.words.list(shares)));
        }
        let days: Vec<String> = product
            .events
            .iter()
            .map(|event| self.words.span(&event.start.to_string(), &event.end.to_string()))
            .collect();
        self.words.warn(
            &self.words.pieces(&self.words.list(&pieces)),
            &self.words.list(&stated),
            &self.words.list(&days),
        )
    }

    /// When to pause and resume the ads.
    pub(crate) fn pause(&self, product: &ProductResult) -> String {
        let scenario = &self.result.scenario;
        let spends = scenario.event.iter().any(|event| event.has_product(&product.sku) && event.spend_per_day > 0.0);
        let chosen = product.candidates.get(product.decision.choice.chosen);
        if let (Some(PauseRule::PreOrder { limit_days, .. }), Some([pause, resume])) =
            (chosen.and_then(|chosen| chosen.candidate.pause), product.decision.pause_units)
        {
            let days = self.words.days(&self.numbers.whole(u64::from(limit_days)));
            return self.words.turn_to_pre_order(&self.pieces(pause), &self.pieces(resume), &days);
        }
        match product.decision.pause_units {
            Some([pause, resume]) => self.words.pause(&self.pieces(pause), &self.pieces(resume)),
            None if !spends => self.words.no_ads(),
            None if product.candidates.iter().any(|plan| plan.candidate.pause.is_some()) => self.words.pause_never(),
            None => self.words.pause_not_compared(),
        }
    }
}
