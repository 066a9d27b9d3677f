//! The end of the page: assumptions, definitions, origin.

use super::View;
use crate::policy::Look;
use crate::recommend::Objective;
use crate::report::names::{one_line, shown};
use crate::report::page::{Block, Row, Section, Table};
use crate::scenario::{EventDemandSpec, EventSpec, MoneySpec, PriceBreakSpec};

/// Digits of a digest that are shown.
const DIGITS: usize = 12;

impl View<'_> {
    /// The sections after the products.
    pub(super) fn closing(&self) -> Vec<Section> {
        let labels = self.labels;
        let section = |id: &str, heading: &str, blocks| Section {
            id: id.to_owned(),
            product: false,
            heading: heading.to_owned(),
            blocks,
        };
        let words = labels.definitions.iter().chain(self.shop_definitions());
        let definitions = words.map(|(word, meaning)| ((*word).to_owned(), (*meaning).to_owned())).collect();
        vec![
            section("assumptions", labels.h_assumptions, vec![Block::Facts(self.assumptions())]),
            section("definitions", labels.h_definitions, vec![Block::Facts(definitions)]),
            section("origin", labels.h_origin, self.origin()),
        ]
    }

    fn assumptions(&self) -> Vec<(String, String)> {
        let labels = self.labels;
        let n = &self.numbers;
        let scenario = &self.result.scenario;
        let mut facts: Vec<(String, String)> = Vec::new();
        let mut fact = |name: &str, value: String| facts.push((name.to_owned(), value));
        fact(labels.a_today, scenario.today.to_string());
        if let Some(product) = self.result.products.first() {
            fact(labels.a_horizon, n.whole(product.days as u64));
            fact(labels.a_objective, self.objective(product.decision.objective).to_owned());
            let limits: Vec<String> =
                product.decision.choice.limits.iter().map(|check| self.limit_text(check)).collect();
            fact(
                labels.a_limits,
                if limits.is_empty() { labels.no_limits.to_owned() } else { self.words.list(&limits) },
            );
        }
        let events: Vec<String> = scenario.event.iter().map(|event| self.event(event)).collect();
        fact(labels.a_events, events.join(" | "));
        let modes: Vec<String> = scenario
            .lead_time
            .iter()
            .map(|mode| {
                let extra =
                    if mode.unit_cost > 0.0 { format!(" (+{})", n.money(mode.unit_cost)) } else { String::new() };
                let stages: Vec<String> = mode.stage.iter().map(|stage| self.stage(&stage.name)).collect();
                self.words.named(&format!("{}{extra}", self.mode(&mode.mode)), &stages.join(" + "))
            })
            .collect();
        fact(labels.a_lead, modes.join(" | "));
        let ordering = &scenario.ordering;
        fact(labels.a_minimum, format!("{} / {}", self.pieces(ordering.minimum.0), self.pieces(ordering.multiple)));
        if let Some(maximum) = ordering.maximum {
            fact(labels.a_maximum, self.pieces(maximum.0));
        }
        if ordering.review_days > 1 {
            fact(labels.a_review, n.whole(u64::from(ordering.review_days)));
        }
        if !ordering.order_weekdays.is_empty() {
            fact(labels.a_order_days, self.words.list(&self.order_weekdays()));
        }
        if let Some(expedite) = &ordering.expedite {
            let parts = [self.pieces(expedite.level.0), self.mode(&expedite.mode), self.expedite_size(expedite)];
            fact(labels.a_expedite, parts.join(" · "));
        }
        fact(labels.a_ready, self.words.days(&n.whole(u64::from(ordering.ready_days))));
        fact(labels.a_waiting, n.percent(scenario.waiting_share.get()));
        let ads = &scenario.ads;
        fact(labels.a_carry, n.percent(ads.carry_over.get()));
        let restart = n.whole(u64::from(ads.restart_days));
        fact(labels.a_restart, self.words.restart(&restart, &n.percent(ads.restart_efficiency.get())));
        let guard = match ads.look {
            Look::Within => self.words.guard_within(
                &n.whole(u64::from(ads.minutes_between_looks())),
                &n.whole(u64::from(ads.minutes_of_delay())),
            ),
            look => self.words.guard(look == Look::Close, &n.whole(u64::from(ads.delay_days))),
        };
        fact(labels.a_guard, guard);
        if let Some(money) = &scenario.money {
            fact(labels.a_money, self.money(money));
        }
        for (name, value) in self.terms() {
            fact(&name, value);
        }
        if let Some(pool) = &self.result.burst_pool {
            fact(labels.a_pool, self.words.pool(&n.whole(pool.bursts as u64), &n.whole(pool.products as u64)));
        }
        facts
    }

    const fn objective(&self, objective: Objective) -> &'static str {
        match objective {
            Objective::Profit => self.labels.objective_profit,
            Objective::Stock => self.labels.objective_stock,
        }
    }

    fn event(&self, event: &EventSpec) -> String {
        let n = &self.numbers;
        let demand = match &event.demand {
            EventDemandSpec::Replay => self.words.event_demand_replay(),
            EventDemandSpec::Hier => self.words.event_demand_hier(),
            EventDemandSpec::Parametric { ramp_days, plateau_days, peak_per_day, cv, tail_days } => {
                let [short, long] = plateau_days;
                let plateau = if short == long { short.to_string() } else { format!("{short}–{long}") };
                self.words.event_demand_stated(
                    &ramp_days.to_string(),
                    &plateau,
                    &n.mean(*peak_per_day),
                    &n.plain(*cv),
                    &n.plain(*tail_days),
                )
            }
        };
        let end = event.start.plus_days(event.length() as i64 - 1);
        let mut parts = vec![self.words.span(&event.start.to_string(), &end.to_string()), demand];
        if event.spend_per_day > 0.0 {
            parts.push(self.words.event_spend(&n.money(event.spend_per_day)));
        }
        if let Some(price) = event.price {
            parts.push(format!("{} {}", self.labels.price, n.money(price)));
        }
        if let Some(discount) = event.discount {
            parts.push(format!("{} {}", self.words.term_labels().discount, n.percent(discount.get())));
        }
        if let Some(commission) = event.commission {
            parts.push(format!("{} {}", self.labels.commission, n.percent(commission.get())));
        }
        self.words.named(&shown(&event.id), &parts.join(" · "))
    }

    fn money(&self, money: &MoneySpec) -> String {
        let labels = self.labels;
        let n = &self.numbers;
        let parts = [
            (labels.price, n.money(money.price)),
            (labels.unit_cost, n.money(money.unit_cost) + &self.price_breaks(&money.price_breaks)),
            (labels.platform_fee, n.percent(money.platform_fee.get())),
            (labels.commission, n.percent(money.commission.get())),
            (labels.outbound, n.money(money.outbound)),
            (labels.returns, n.money(money.returns)),
            (self.words.term_labels().cancel_cost, n.money(money.cancel_cost)),
            (labels.goodwill, n.money(money.goodwill)),
            (
                labels.holding,
                format!("{} {}", n.currency().unwrap_or_default(), n.plain(money.holding)).trim().to_owned(),
            ),
            (labels.salvage, n.money(money.salvage)),
        ];
        parts.map(|(name, value)| format!("{name} {value}")).join(" · ")
    }

    /// The price breaks behind a unit cost, in brackets.
    fn price_breaks(&self, breaks: &[PriceBreakSpec]) -> String {
        let n = &self.numbers;
        let stated = breaks.iter().map(|step| format!("{}+: {}", n.whole(step.from.0), n.money(step.unit_cost)));
        let stated: Vec<String> = stated.collect();
        if stated.is_empty() { String::new() } else { format!(" ({})", stated.join(", ")) }
    }

    fn origin(&self) -> Vec<Block> {
        let labels = self.labels;
        let n = &self.numbers;
        let result = self.result;
        let mut facts = vec![
            (labels.scenario.to_owned(), shown(&result.scenario.name)),
            (labels.o_version.to_owned(), one_line(&result.version)),
            (labels.o_seed.to_owned(), result.seed.to_string()),
            (labels.o_paths.to_owned(), n.whole(result.paths)),
        ];
        if let Some(source) = result.scenario.history.as_ref().and_then(|history| history.source.as_deref()) {
            facts.push((labels.o_source.to_owned(), one_line(source)));
        }
        facts.push((labels.o_font.to_owned(), self.words.font()));
        let rows: Vec<Row> = result
            .inputs
            .iter()
            .map(|file| {
                let digest: String = file.sha256.chars().take(DIGITS).collect();
                let cells = vec![shown(&file.role), shown(&file.path), one_line(&digest), n.whole(file.rows)];
                cells.into()
            })
            .collect();
        let files = if rows.is_empty() {
            Block::Note(labels.o_none.to_owned())
        } else {
            let head = [labels.o_role, labels.o_file, labels.o_sha, labels.o_rows];
            Block::Table(Table {
                caption: labels.h_origin.to_owned(),
                left: 3,
                head: head.map(str::to_owned).to_vec(),
                rows,
            })
        };
        vec![Block::Facts(facts), files]
    }

    /// The last line of the page.
    pub(super) fn footer(&self) -> String {
        let result = self.result;
        format!("stockburst {} · {} {}", one_line(&result.version), self.labels.o_seed, result.seed)
    }
}
