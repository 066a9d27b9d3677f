//! Assumptions about the shop's set-up: sales channels, dispatch, the marketplace, payment, substitutes.

use super::View;
use crate::report::names::shown;
use crate::scenario::{ChannelSpec, DispatchSpec, MoneySpec, PlatformSpec, PushSpec, SubstituteSpec};
use crate::units::{Probability, Units};

/// Minutes of a day.
const DAY: f64 = 1440.0;

impl View<'_> {
    /// Each set-up that the scenario states, as name and value.
    pub(super) fn terms(&self) -> Vec<(String, String)> {
        let labels = self.words.term_labels();
        let scenario = &self.result.scenario;
        let mut facts = Vec::new();
        if let Some(storefront) = &scenario.storefront {
            let total: f64 = storefront.channel.iter().map(|channel| channel.share).sum();
            facts.extend(storefront.channel.iter().map(|channel| {
                let name = self.words.named(labels.channel, &shown(&channel.name));
                (name, self.channel(channel, channel.share / total))
            }));
        }
        if scenario.dispatch.is_some() || scenario.platform.is_some() {
            let dispatch = scenario.dispatch.clone().unwrap_or_default();
            facts.push((labels.dispatch.to_owned(), self.dispatch(&dispatch)));
        }
        facts.extend(scenario.platform.iter().map(|platform| (labels.platform.to_owned(), self.platform(platform))));
        let terms = scenario.money.as_ref().and_then(|money| self.payment(money));
        facts.extend(terms.map(|terms| (labels.payment.to_owned(), terms)));
        facts.extend(scenario.product.iter().filter_map(|product| {
            let substitute = product.substitute.as_ref()?;
            let product = shown(product.name.as_deref().unwrap_or(&product.sku));
            Some((self.words.named(labels.substitute, &product), self.substitute(substitute)))
        }));
        facts
    }

    fn channel(&self, channel: &ChannelSpec, share: f64) -> String {
        let (n, words, labels) = (&self.numbers, self.words, self.words.term_labels());
        let mut parts = vec![words.share_of_orders(&n.percent(share))];
        if channel.linked {
            let every = channel.interval_minutes();
            parts.push(match every {
                0.0 => labels.real_time.to_owned(),
                every if every >= DAY => words.sync(&words.days(&n.plain((every / DAY).floor()))),
                every => words.sync(&words.minutes(&n.plain(every))),
            });
            if channel.push_delay_minutes > 0.0 {
                parts.push(words.push_delay(&words.minutes(&n.plain(channel.push_delay_minutes))));
            }
            if channel.sync_failure > Probability::ZERO {
                parts.push(words.sync_failure(&n.percent(channel.sync_failure.get())));
            }
            let some = |units: Units| (units > Units::ZERO).then(|| self.pieces(units.0));
            let (reserve, threshold) = (some(channel.reserve), some(channel.threshold));
            parts.push(words.publishes(
                &n.percent(channel.stock_share.get()),
                reserve.as_deref(),
                threshold.as_deref(),
            ));
            if every > 0.0 {
                let push = match channel.push {
                    PushSpec::Set => labels.push_set,
                    PushSpec::Delta => labels.push_delta,
                };
                parts.push(push.to_owned());
            }
        } else {
            parts.push(labels.unlinked.to_owned());
        }
        parts.extend(channel.published_at_start.map(|units| words.typed_in(&self.pieces(units.0))));
        parts.push(if channel.self_decrement { labels.counts_down } else { labels.counts_not }.to_owned());
        parts.join(" · ")
    }

    fn dispatch(&self, dispatch: &DispatchSpec) -> String {
        let (n, words, labels) = (&self.numbers, self.words, self.words.term_labels());
        let days = |days: u32| n.whole(u64::from(days));
        let [late, cancelled] = self.result.scenario.dispatch_limits();
        let or = |text: Option<String>, none: &str| text.unwrap_or_else(|| none.to_owned());
        let mut parts = vec![
            or(dispatch.capacity_per_day.map(|units| words.capacity(&self.pieces(units.0))), labels.leaves_at_once),
            or(late.map(|late| words.late_after(&days(late))), labels.never_late),
            or(cancelled.map(|cancelled| words.cancelled_after(&days(cancelled))), labels.never_cancelled),
        ];
        if dispatch.reserved > Units::ZERO {
            parts.push(words.held_back(&self.pieces(dispatch.reserved.0)));
        }
        if dispatch.customer_cancel_share > Probability::ZERO {
            parts.push(words.customers_cancel(&n.percent(dispatch.customer_cancel_share.get())));
        }
        if dispatch.return_share > Probability::ZERO {
            parts.push(words.sent_back(
                &n.percent(dispatch.return_share.get()),
                &words.days(&days(dispatch.return_days)),
                &n.percent(dispatch.restockable_share.get()),
            ));
        }
        parts.join(" · ")
    }

    fn platform(&self, platform: &PlatformSpec) -> String {
        let (n, words, labels) = (&self.numbers, self.words, self.words.term_labels());
        let preset = platform.preset.as_ref().map(|name| words.preset(&shown(name)));
        let mut parts = vec![preset.unwrap_or_else(|| labels.own_rules.to_owned())];
        parts.extend(platform.market.as_ref().map(|market| shown(market)));
        parts.extend(platform.as_of.map(|date| words.as_of(&date.to_string())));
        parts.extend(platform.other_orders_per_day.map(|orders| words.rest_of_shop(&n.mean(orders))));
        parts.join(" · ")
    }

    /// When money is paid, if the scenario says so.
    fn payment(&self, money: &MoneySpec) -> Option<String> {
        let (n, words, labels) = (&self.numbers, self.words, self.words.term_labels());
        if money.deposit.is_none() && money.balance_days.is_none() && money.settlement_days.is_none() {
            return None;
        }
        let days = |days: u32| words.days(&n.whole(u64::from(days)));
        let balance = money.balance_days.map(|after| words.balance_after(&days(after)));
        let settled = money.settlement_days.map(|after| words.settled_after(&days(after)));
        let parts = [
            words.deposit(&n.percent(money.deposit.unwrap_or(Probability::ZERO).get())),
            balance.unwrap_or_else(|| labels.balance_on_receipt.to_owned()),
            settled.unwrap_or_else(|| labels.settled_at_once.to_owned()),
        ];
        Some(parts.join(" · "))
    }

    fn substitute(&self, substitute: &SubstituteSpec) -> String {
        let (n, words) = (&self.numbers, self.words);
        let mut parts = vec![shown(substitute.label()), self.pieces(substitute.opening_stock.0)];
        if substitute.conversion > Probability::ZERO {
            parts.push(words.taken_by_plan_b(&n.percent(substitute.conversion.get())));
        }
        if substitute.spend_per_day > 0.0 {
            parts.push(words.event_spend(&n.money(substitute.spend_per_day)));
        }
        if substitute.spill > Probability::ZERO {
            parts.push(words.taken_by_spill(&n.percent(substitute.spill.get())));
        }
        parts.join(" · ")
    }
}
