//! The decision card: what to do, how sure it is, and why.

use super::{Light, View};
use crate::recommend::Objective;
use crate::recommend::{LimitCheck, LimitKind};
use crate::report::names::shown;
use crate::report::number::NOTHING;
use crate::report::page::{Block, Tile};
use crate::report::words::{DateWords, DifferenceWords, RiskWords};
use crate::run::{CandidateResult, LeadTimeResult, PauseRule, ProductResult};
use crate::scenario::OrderPolicy;

/// The multipliers that people use.
const CUSTOMARY: (f64, f64) = (1.2, 1.5);
/// Two multipliers closer than this are one.
const SAME: f64 = 1e-9;

impl View<'_> {
    /// The card of a product.
    pub(super) fn decision(&self, product: &ProductResult) -> Vec<Block> {
        let Some(chosen) = product.candidates.get(product.decision.choice.chosen) else { return Vec::new() };
        let lead = product.lead_time(&chosen.candidate);
        let mut blocks = vec![self.verdict(product), Block::Tiles(self.tiles(product, chosen))];
        blocks.push(Block::Heading(self.labels.h_actions.to_owned()));
        blocks.push(Block::Actions(vec![
            (self.labels.purchasing.to_owned(), self.purchasing(product, chosen, lead)),
            (self.labels.operations.to_owned(), vec![self.warn(product)]),
            (self.labels.media_buyers.to_owned(), vec![self.pause(product)]),
        ]));
        if let Some(table) = self.sequence_table(product) {
            blocks.push(Block::Heading(self.labels.h_sequence.to_owned()));
            blocks.push(Block::Table(table));
        }
        if let Some(table) = self.rolling_table(product) {
            blocks.push(Block::Heading(self.labels.h_rolling.to_owned()));
            blocks.push(Block::Table(table));
            blocks.push(Block::Note(self.words.rolling_note()));
        }
        blocks.push(Block::Heading(self.labels.h_why.to_owned()));
        blocks.push(Block::List(self.why(product, chosen)));
        blocks.push(Block::Heading(self.labels.h_compare.to_owned()));
        blocks.push(Block::Table(self.comparison(product)));
        blocks.push(Block::Note(self.words.compare_note(&self.numbers.whole(self.result.paths))));
        if let Some(table) = self.alert_table(product) {
            blocks.push(Block::Heading(self.labels.h_alerts.to_owned()));
            blocks.push(Block::Table(table));
            blocks.push(Block::Note(self.alert_note(product)));
        }
        blocks.push(Block::Folded { summary: self.labels.h_outcome.to_owned(), table: self.outcomes(product) });
        blocks
    }

    /// The light, with its reason.
    fn verdict(&self, product: &ProductResult) -> Block {
        let light = self.light(product);
        let (class, word) = self.light_word(light);
        Block::Verdict { class, word: word.to_owned(), text: self.verdict_text(product, light) }
    }

    pub(crate) fn verdict_text(&self, product: &ProductResult, light: Light) -> String {
        let decision = &product.decision;
        match light {
            Light::Green if decision.confirmed_limits.is_empty() => self.words.limits_none(),
            Light::Green => self.words.limits_kept(&self.limit_list(decision.confirmed_limits.iter())),
            Light::Amber => {
                let reasons: Vec<String> = self
                    .cares(product)
                    .map(|caveat| self.words.run_caveat(&self.clean(caveat), &self.numbers))
                    .collect();
                reasons.join(" ")
            }
            Light::Red => {
                let broken: Vec<_> = decision.choice.limits.iter().filter(|check| !check.kept).collect();
                let broken =
                    (!broken.is_empty()).then(|| self.words.limits_broken(&self.limit_list(broken.into_iter())));
                let forbids = product.caveats.iter().filter(|caveat| caveat.forbids());
                let forbids = forbids.map(|caveat| self.words.run_caveat(&self.clean(caveat), &self.numbers));
                broken.into_iter().chain(forbids).collect::<Vec<_>>().join(" ")
            }
        }
    }

    fn limit_list<'c>(&self, checks: impl Iterator<Item = &'c LimitCheck>) -> String {
        let texts: Vec<String> = checks
            .map(|check| {
                let number = |value| self.limit_number(check.limit.kind, value);
                let limit = self.limit_text(check);
                self.words.limit_value(&limit, &number(check.value), &number(check.cautious))
            })
            .collect();
        self.words.list(&texts)
    }

    pub(super) fn limit_text(&self, check: &LimitCheck) -> String {
        let limit = check.limit;
        self.words.limit(limit.kind, &self.limit_number(limit.kind, limit.bound), limit.written)
    }

    fn limit_number(&self, kind: LimitKind, value: f64) -> String {
        match kind {
            LimitKind::Stockout
            | LimitKind::FillRate
            | LimitKind::AllDays
            | LimitKind::Oversell
            | LimitKind::CancelRate => self.numbers.percent(value),
            LimitKind::Leftover => self.numbers.mean(value),
            LimitKind::Budget | LimitKind::CashPeak => self.numbers.money(value),
        }
    }

    fn tiles(&self, product: &ProductResult, chosen: &CandidateResult) -> Vec<Tile> {
        let labels = self.labels;
        let confirmed = &product.decision.confirmed;
        let units = chosen.candidate.pre_stock_units;
        let reorder = product.decision.first_reorder.round() as u64;
        let ordered = units > 0;
        let tile = |name: &str, value: String, below: String| Tile { name: name.to_owned(), value, below };
        let date = product.decision.order_by.as_ref().filter(|_| ordered);
        let left = self.words.also_left(&self.pieces_of(confirmed.leftover.value));
        let objective = match (product.decision.objective, &confirmed.profit) {
            (Objective::Profit, Some(profit)) => tile(labels.tile_profit, self.numbers.money(profit.value), left),
            _ => tile(labels.tile_stock, self.pieces_of(confirmed.mean_stock.value), left),
        };
        let mode = self.mode(&chosen.candidate.mode);
        vec![
            tile(
                labels.tile_order,
                if ordered || reorder > 0 { self.pieces(units + reorder) } else { labels.nothing_to_order.to_owned() },
                match (ordered, reorder) {
                    (true, 0) => format!("{mode} · {}", self.pre_stock(chosen.candidate.multiplier)),
                    (false, 0) => mode,
                    (false, _) => format!("{mode} · {}", self.words.by_rule()),
                    (true, _) => {
                        let parts = self.words.order_parts(&self.numbers.whole(units), &self.numbers.whole(reorder));
                        format!("{mode} · {parts}")
                    }
                },
            ),
            tile(
                labels.tile_latest,
                date.map_or_else(|| NOTHING.to_owned(), |date| date.date.to_string()),
                date.map_or_else(String::new, |date| self.words.on_time(&self.numbers.percent(date.on_time.get()))),
            ),
            tile(
                labels.tile_risk,
                self.numbers.percent(confirmed.event.stockout.value),
                self.numbers.percent_range(&confirmed.event.stockout_interval),
            ),
            objective,
        ]
    }

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

    /// How sure it is and what it costs, in sentences.
    pub(crate) fn results(&self, product: &ProductResult) -> Vec<String> {
        let kpis = &product.decision.confirmed;
        let n = &self.numbers;
        let mut texts = vec![
            self.words.risk(&RiskWords {
                value: &n.percent(kpis.event.stockout.value),
                range: &n.percent_range(&kpis.event.stockout_interval),
                n: &n.whole(kpis.event.stockout.n),
            }),
            self.words.lost(
                &self.words.pieces(&n.mean_error(&kpis.event.lost)),
                &self.words.pieces(&n.mean_error(&kpis.event.forgone)),
                &n.percent_error(&kpis.event.fill_rate_reference),
            ),
            self.words.outside(&n.percent(kpis.outside.stockout.value)),
            self.words.leftover(&self.words.pieces(&n.mean_error(&kpis.leftover))),
        ];
        texts.extend(self.shop_sentence(kpis));
        match &kpis.profit {
            Some(profit) => {
                let worst = kpis.profit_worst_5_percent.map_or_else(|| NOTHING.to_owned(), |worst| n.money(worst));
                texts.push(self.words.profit(&n.money_error(profit), &worst));
            }
            None => texts.push(self.words.mean_stock(&self.words.pieces(&n.mean_error(&kpis.mean_stock)))),
        }
        texts
    }

    fn why(&self, product: &ProductResult, chosen: &CandidateResult) -> Vec<String> {
        let decision = &product.decision;
        let choice = &decision.choice;
        let mut texts = self.results(product);
        if !choice.binding.is_empty() {
            let binding: Vec<String> = choice
                .limits
                .iter()
                .filter(|check| choice.binding.contains(&check.limit.kind))
                .map(|check| self.limit_text(check))
                .collect();
            texts.push(self.words.binding(&self.words.list(&binding)));
        }
        if !choice.feasible && choice.binding.is_empty() {
            let limits: Vec<String> = choice.limits.iter().map(|check| self.limit_text(check)).collect();
            texts.push(self.words.clash(&self.words.list(&limits)));
        }
        texts.extend(self.multiplier_sentence(product, chosen));
        if let Some((plan, difference)) = choice.runner_up.and_then(|(at, d)| Some((product.candidates.get(at)?, d))) {
            let profit = decision.objective == Objective::Profit;
            let number = |value: f64| if profit { self.numbers.money(value) } else { self.pieces_of(value) };
            texts.push(self.words.runner_up(
                &self.plan(&plan.candidate),
                &DifferenceWords {
                    size: &number(difference.mean.abs()),
                    low: &number(difference.interval.low),
                    high: &number(difference.interval.high),
                    more: difference.mean >= 0.0,
                    profit,
                },
            ));
        }
        let looked_at = self.numbers.whole(decision.looked_at as u64);
        let feasible = self.numbers.whole(choice.feasible_count as u64);
        texts.push(if choice.feasible_count == 0 {
            self.words.none_feasible(&looked_at)
        } else if choice.tied.is_empty() {
            self.words.not_tied(&looked_at, &feasible)
        } else {
            self.words.tied(&self.numbers.whole(choice.tied.len() as u64), &looked_at, &feasible)
        });
        if let Some(thumb) = decision.rule_of_thumb.and_then(|at| product.candidates.get(at)) {
            texts.push(self.words.thumb(
                &self.pieces(thumb.candidate.reorder_point.unwrap_or(0)),
                &self.numbers.percent(thumb.kpis.event.stockout.value),
                &self.pieces_of(thumb.kpis.leftover.value),
            ));
        }
        texts
    }

    /// What the customary multipliers can and cannot do.
    fn multiplier_sentence(&self, product: &ProductResult, chosen: &CandidateResult) -> Option<String> {
        let decision = &product.decision;
        if decision.choice.limits.is_empty() {
            return None;
        }
        let same = || product.candidates.iter().filter(|plan| plan.candidate.same_but_multiplier(&chosen.candidate));
        let customary = |plan: &&CandidateResult| {
            plan.candidate.multiplier.is_some_and(|m| (CUSTOMARY.0 - SAME..=CUSTOMARY.1 + SAME).contains(&m))
        };
        let key = |plan: &&CandidateResult| plan.candidate.multiplier.unwrap_or(0.0);
        let low = same().filter(customary).min_by(|a, b| key(a).total_cmp(&key(b)));
        let high = same().filter(customary).max_by(|a, b| key(a).total_cmp(&key(b)));
        let plain = |m: f64| self.numbers.plain(m);
        let Some(least) = decision.least_feasible_multiplier else {
            let highest = same().filter_map(|plan| plan.candidate.multiplier).max_by(f64::total_cmp)?;
            return (!decision.choice.feasible).then(|| self.words.nothing_reaches(&plain(highest)));
        };
        if same().any(|plan| plan.candidate.multiplier.is_none() && plan.feasible) {
            return None;
        }
        match (low, high) {
            (Some(low), Some(high)) if least > CUSTOMARY.1 + SAME => {
                let needed = same().find(|plan| plan.candidate.multiplier == Some(least))?;
                let more = needed.candidate.pre_stock_total().saturating_sub(high.candidate.pre_stock_total());
                Some(self.words.customary_too_low(
                    &plain(key(&low)),
                    &plain(key(&high)),
                    &plain(least),
                    &self.pieces(more),
                ))
            }
            _ => Some(self.words.customary_enough(&plain(least))),
        }
    }
}
