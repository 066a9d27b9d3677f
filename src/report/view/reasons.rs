//! Why a plan is recommended: its risk and cost, the limits that bind, the plans beside it.

use super::View;
use crate::recommend::Objective;
use crate::report::number::NOTHING;
use crate::report::words::{DifferenceWords, RiskWords};
use crate::run::{CandidateResult, ProductResult};

/// The multipliers that people use.
const CUSTOMARY: (f64, f64) = (1.2, 1.5);
/// Two multipliers closer than this are one.
const SAME: f64 = 1e-9;

impl View<'_> {
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

    pub(super) fn why(&self, product: &ProductResult, chosen: &CandidateResult) -> Vec<String> {
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
        texts.extend(self.multiples(product));
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
        let tied = (!choice.tied.is_empty()).then(|| self.numbers.whole(choice.tied.len() as u64));
        texts.push(match tied {
            tied if choice.limits.is_empty() => self.words.compared_freely(tied.as_deref(), &looked_at),
            _ if choice.feasible_count == 0 => self.words.none_feasible(&looked_at),
            None => self.words.not_tied(&looked_at, &feasible),
            Some(tied) => self.words.tied(&tied, &looked_at, &feasible),
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
