//! What would change the decision, and the data behind it.

use super::View;
use crate::learn::Caveat;
use crate::process::DayNoise;
use crate::report::names::shown;
use crate::report::page::{Block, Row, Table};
use crate::run::{ProductResult, RunCaveat};

impl View<'_> {
    /// The chosen plan under other assumptions.
    pub(super) fn changes(&self, product: &ProductResult) -> Vec<Block> {
        let labels = self.labels;
        let decision = &product.decision;
        let mut blocks = vec![Block::Heading(labels.h_change.to_owned())];
        if decision.checks.is_empty() {
            blocks.push(Block::Text(self.words.check_none()));
            return blocks;
        }
        let row = |name: String, kpis: &crate::evaluate::CandidateKpis, marked| Row {
            marked,
            link: None,
            cells: vec![
                name,
                self.risk_cell(&kpis.event),
                self.numbers.mean_error(&kpis.event.lost),
                self.numbers.mean_error(&kpis.event.forgone),
                self.numbers.mean_error(&kpis.leftover),
                self.objective_value(product, kpis),
            ],
        };
        let mut rows = vec![row(labels.row_chosen.to_owned(), &decision.confirmed, true)];
        rows.extend(decision.checks.iter().map(|check| row(self.words.check(check.kind), &check.kpis, false)));
        let head = [
            labels.change,
            labels.k_stockout_event,
            labels.k_lost,
            labels.k_forgone,
            labels.k_leftover,
            self.objective_column(product),
        ];
        blocks.push(Block::Table(Table {
            caption: labels.h_change.to_owned(),
            left: 1,
            head: head.map(str::to_owned).to_vec(),
            rows,
        }));
        blocks.push(Block::Note(self.words.error_note(&self.numbers.whole(decision.confirmed.event.stockout.n))));
        blocks
    }

    /// Counts and caveats of the data.
    pub(super) fn basis(&self, product: &ProductResult) -> Vec<Block> {
        let labels = self.labels;
        let n = &self.numbers;
        let mut facts: Vec<(String, String)> = Vec::new();
        let mut fact = |name: &str, value: String| facts.push((name.to_owned(), value));
        fact(labels.fact_opening, n.whole(product.opening_stock));
        match &product.fit {
            Some(fit) => {
                fact(labels.fact_days, n.whole(fit.days as u64));
                fact(labels.fact_ordinary, n.whole(fit.ordinary_days as u64));
                fact(labels.fact_censored, n.whole(fit.censored_days as u64));
                fact(labels.fact_bursts, n.whole(fit.bursts.len() as u64));
                fact(labels.fact_burst_rule, self.words.burst_rule(fit.burst_rule, n));
            }
            None => fact(labels.fact_days, labels.fact_stated.to_owned()),
        }
        fact(labels.fact_level, n.mean(product.organic.level));
        fact(labels.fact_life_cycle, self.words.life_cycle(&product.life_cycle, n));
        fact(labels.fact_level_error, n.percent(product.organic.level_error));
        let size = match product.organic.noise {
            DayNoise::Poisson => None,
            DayNoise::NegativeBinomial { size } => Some(n.plain(size)),
        };
        fact(labels.a_noise, self.words.noise(size.as_deref()));
        let inputs = &product.formula_inputs;
        let daily = [inputs.daily_mean, inputs.daily_sd, inputs.daily_max].map(|value| n.mean(value));
        fact(labels.fact_daily, daily.join(" / "));
        let basis = if inputs.basis == "history" { labels.basis_history } else { labels.basis_forecast };
        fact(labels.fact_formula_basis, format!("{basis} · {}", self.words.days(&n.whole(inputs.days as u64))));
        for event in &product.events {
            let named = |name: &str| self.words.named(&shown(&event.id), name);
            fact(&named(labels.fact_predicted), n.count(event.predicted_total));
            let points = [0, 1, 4].map(|at: usize| n.count(event.total_quantiles[at]));
            fact(&named(labels.fact_quantiles), points.join(" / "));
            let service: Vec<String> = event
                .multiplier_service
                .iter()
                .map(|(m, service)| format!("{} {}", self.words.times(&n.plain(*m)), n.percent(service.get())))
                .collect();
            fact(&named(labels.fact_service), service.join(" · "));
            if let Some(ceiling) = event.replay_ceiling {
                fact(&named(labels.fact_ceiling), n.percent(ceiling));
            }
        }
        let mut caveats: Vec<String> =
            product.caveats.iter().map(|c| self.words.run_caveat(&self.clean(c), n)).collect();
        let learned: &[Caveat] = product.fit.as_ref().map_or(&[], |fit| &fit.caveats);
        caveats.extend(learned.iter().map(|caveat| self.words.caveat(caveat, n)));
        let mut blocks = vec![Block::Heading(labels.h_data.to_owned()), Block::Facts(facts)];
        if !caveats.is_empty() {
            blocks.push(Block::List(caveats));
        }
        blocks
    }

    /// A caveat with its names made fit to show.
    pub(super) fn clean(&self, caveat: &RunCaveat) -> RunCaveat {
        let mut caveat = caveat.clone();
        match &mut caveat {
            RunCaveat::SpendBeyondHistory { event, .. }
            | RunCaveat::SpendAssociation { event, .. }
            | RunCaveat::Preheat { event, .. } => {
                *event = shown(event);
            }
            RunCaveat::BorrowedBursts { event, like } => {
                *event = shown(event);
                like.iter_mut().for_each(|sku| *sku = shown(sku));
            }
            RunCaveat::OrderDatePassed { mode, .. }
            | RunCaveat::TooLate { mode, .. }
            | RunCaveat::OpenOrdersCount { mode, .. } => *mode = self.mode(mode),
            RunCaveat::StaleHistory { .. }
            | RunCaveat::LaterSalesUnused { .. }
            | RunCaveat::NoPromotionOfProduct
            | RunCaveat::ExpectedLoss
            | RunCaveat::MostlyUnserved { .. }
            | RunCaveat::CancelledBySeller { .. }
            | RunCaveat::PlatformStep { .. }
            | RunCaveat::ReplayCeiling { .. }
            | RunCaveat::MultipliersExhausted { .. }
            | RunCaveat::NotConfirmed { .. } => {}
        }
        caveat
    }
}
