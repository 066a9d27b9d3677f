//! The decision card: its parts in order, the verdict and the figures at its head.

use super::{Light, View};
use crate::calendar::Date;
use crate::recommend::LimitCheck;
use crate::recommend::Objective;
use crate::report::number::NOTHING;
use crate::report::page::{Block, Tile};
use crate::run::{CandidateResult, ProductResult};

impl View<'_> {
    /// The card of a product.
    pub(super) fn decision(&self, product: &ProductResult) -> Vec<Block> {
        let Some(chosen) = product.candidates.get(product.decision.choice.chosen) else { return Vec::new() };
        let lead = product.lead_time(&chosen.candidate);
        let mut blocks = vec![self.verdict(product), Block::Tiles(self.tiles(product, chosen))];
        blocks.push(Block::Heading(self.labels.h_actions.to_owned()));
        blocks.push(Block::Actions(vec![
            (self.labels.purchasing.to_owned(), self.purchasing(product, chosen, lead)),
            (self.labels.operations.to_owned(), self.warn(product)),
            (self.labels.media_buyers.to_owned(), self.pause(product)),
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
                    .chain(self.doubts_of_demand(product).map(|caveat| self.words.caveat(caveat, &self.numbers)))
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
                let number = |value| self.numbers.of_limit(check.limit.kind, value);
                let limit = self.limit_text(check);
                self.words.limit_value(&limit, &number(check.value), &number(check.cautious))
            })
            .collect();
        self.words.list(&texts)
    }

    pub(super) fn limit_text(&self, check: &LimitCheck) -> String {
        let limit = check.limit;
        self.words.limit(limit.kind, &self.numbers.of_limit(limit.kind, limit.bound), limit.written)
    }

    /// The latest date of the pre-stock order for the first event; one that has passed even if it is not placed.
    pub(super) fn latest(&self, product: &ProductResult, chosen: &CandidateResult) -> Option<Date> {
        let late = product.events.first().and_then(|event| self.late_order(product, &event.id));
        let by = product.decision.order_by.as_ref().filter(|_| chosen.candidate.pre_stock_units > 0);
        late.map(|late| late.latest).or(by.map(|by| by.date))
    }

    /// Pieces to order at once, or that it is too late for them; none if none are wanted.
    pub(super) fn to_order(&self, product: &ProductResult, chosen: &CandidateResult) -> Option<String> {
        let now = chosen.candidate.pre_stock_units + product.decision.first_reorder.round() as u64;
        let late = product.events.first().and_then(|event| self.late_order(product, &event.id));
        match late {
            Some(late) if now == 0 && !late.placed => Some(self.labels.too_late_to_order.to_owned()),
            _ => (now > 0).then(|| self.pieces(now)),
        }
    }

    fn tiles(&self, product: &ProductResult, chosen: &CandidateResult) -> Vec<Tile> {
        let labels = self.labels;
        let confirmed = &product.decision.confirmed;
        let units = chosen.candidate.pre_stock_units;
        let reorder = product.decision.first_reorder.round() as u64;
        let ordered = units > 0;
        let tile = |name: &str, value: String, below: String| Tile { name: name.to_owned(), value, below };
        let late = product.events.first().and_then(|event| self.late_order(product, &event.id));
        let left = self.words.also_left(&self.pieces_of(confirmed.leftover.value));
        let objective = match (product.decision.objective, &confirmed.profit) {
            (Objective::Profit, Some(profit)) => tile(labels.tile_profit, self.numbers.money(profit.value), left),
            _ => tile(labels.tile_stock, self.pieces_of(confirmed.mean_stock.value), left),
        };
        let mode = self.mode(&chosen.candidate.mode);
        vec![
            tile(
                labels.tile_order,
                self.to_order(product, chosen).unwrap_or_else(|| labels.nothing_to_order.to_owned()),
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
                self.latest(product, chosen).map_or_else(|| NOTHING.to_owned(), |date| date.to_string()),
                match (late, product.decision.order_by.as_ref().filter(|_| ordered)) {
                    (Some(late), _) => {
                        let today = self.words.on_time(&self.numbers.percent(late.in_time.get()));
                        format!("{} · {today}", labels.passed)
                    }
                    (None, Some(by)) => self.words.on_time(&self.numbers.percent(by.on_time.get())),
                    (None, None) => String::new(),
                },
            ),
            tile(
                labels.tile_risk,
                self.numbers.percent(confirmed.event.stockout.value),
                self.numbers.percent_range(&confirmed.event.stockout_interval),
            ),
            objective,
        ]
    }
}
