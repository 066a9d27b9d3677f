//! From a result to a page: what is shown, in which order, with which words. No drawing, no markup, no statistics.

mod assumptions;
mod basis;
mod charts;
mod decision;
mod instructions;
mod multiples;
mod overview;
mod reasons;
mod shop;
mod tables;
mod terms;

pub(crate) use overview::overview;

use super::chart::Drawn;
use super::names::{one_line, shown};
use super::number::Numbers;
use super::page::{Block, Page, Row, Section, Table};
use super::words::{Labels, Words, words};
use super::{Lang, ReportError};
use crate::learn::Caveat;
use crate::policy::ShareBase;
use crate::recommend::Objective;
use crate::run::{BundleResult, Candidate, PauseRule, ProductResult, RunCaveat, RunResult};

/// Products up to which every product has all its charts; with more, each has the fan and the map.
const ALL_CHARTS: usize = 12;

/// A result with the words and numbers to tell it in.
pub(crate) struct View<'a> {
    pub(crate) result: &'a RunResult,
    pub(crate) lang: Lang,
    pub(crate) words: &'static dyn Words,
    pub(crate) labels: &'static Labels,
    pub(crate) numbers: Numbers,
}

/// How a decision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Light {
    /// Every limit is kept and nothing speaks against it.
    Green,
    /// Every limit is kept, but a reader must know something first.
    Amber,
    /// A limit is broken.
    Red,
}

impl<'a> View<'a> {
    pub(crate) fn new(result: &'a RunResult, lang: Lang) -> Self {
        let words = words(lang);
        let currency = result.scenario.currency.as_deref().map(shown);
        Self { result, lang, words, labels: words.labels(), numbers: Numbers::new(lang, currency) }
    }

    /// The question in the page's language.
    pub(crate) fn title(&self) -> String {
        let scenario = &self.result.scenario;
        match (&scenario.title_zh, self.lang) {
            (Some(title), Lang::Zh) => one_line(title),
            _ => one_line(&scenario.title),
        }
    }

    fn notes(&self) -> Vec<String> {
        let scenario = &self.result.scenario;
        let notes = match self.lang {
            Lang::Zh if !scenario.notes_zh.is_empty() => &scenario.notes_zh,
            _ => &scenario.notes,
        };
        let bundle = |bundle: &BundleResult| {
            let count = self.numbers.whole(bundle.bundles);
            self.words.bundle(&shown(&bundle.sku), &count, &self.pieces(bundle.pieces))
        };
        notes.iter().map(|note| one_line(note)).chain(self.result.bundles.iter().map(bundle)).collect()
    }

    pub(crate) fn product_name(&self, product: &ProductResult) -> String {
        if product.name == product.sku {
            shown(&product.sku)
        } else {
            format!("{} ({})", shown(&product.name), shown(&product.sku))
        }
    }

    /// The name of a lead-time mode.
    pub(crate) fn mode(&self, name: &str) -> String {
        shown(&self.words.mode(name))
    }

    /// The name of a stage of the supply chain.
    pub(crate) fn stage(&self, name: &str) -> String {
        shown(&self.words.stage(name))
    }

    pub(crate) fn pieces(&self, count: u64) -> String {
        self.words.pieces(&self.numbers.whole(count))
    }

    pub(crate) fn pieces_of(&self, count: f64) -> String {
        self.words.pieces(&self.numbers.mean(count))
    }

    pub(crate) fn subtitle(&self) -> String {
        self.words.subtitle(
            &self.result.scenario.today.to_string(),
            &self.numbers.whole(self.result.products.len() as u64),
            &self.numbers.whole(self.result.paths),
        )
    }

    /// The reorder rule of a candidate.
    pub(crate) fn rule(&self, candidate: &Candidate) -> String {
        let service = candidate.service.map(|service| self.numbers.percent(service));
        let phases = candidate.phases.map(|phases| phases.map(|point| self.numbers.whole(point)).join(" / "));
        let point = candidate.reorder_point.map(|point| self.numbers.whole(point)).or(phases);
        self.words.rule(&shown(&candidate.formula), service.as_deref(), point.as_deref())
    }

    /// The pause rule of a candidate.
    pub(crate) fn pause_rule(&self, candidate: &Candidate) -> String {
        if let Some(PauseRule::PreOrder { pause, resume, conversion, limit_days }) = candidate.pause {
            let [pause, resume, conversion] = [pause, resume, conversion].map(|share| self.numbers.percent(share));
            let days = self.words.days(&self.numbers.whole(u64::from(limit_days)));
            return self.words.pre_order_rule(&pause, &resume, &conversion, &days);
        }
        let levels = candidate.pause.map(|pause| match pause {
            PauseRule::Share { pause, resume, base: ShareBase::EventStart }
            | PauseRule::PreOrder { pause, resume, .. } => (self.numbers.percent(pause), self.numbers.percent(resume)),
            PauseRule::Share { pause, resume, base } => (
                self.words.share_of(base, &self.numbers.percent(pause)),
                self.words.share_of(base, &self.numbers.percent(resume)),
            ),
            PauseRule::Units { pause, resume } => (self.pieces(pause), self.pieces(resume)),
            PauseRule::DaysOfCover { pause, resume } => (
                self.words.days_of_cover(&self.numbers.plain(pause)),
                self.words.days_of_cover(&self.numbers.plain(resume)),
            ),
        });
        self.words.pause_rule(levels.as_ref().map(|(pause, resume)| (pause.as_str(), resume.as_str())))
    }

    pub(crate) fn pre_stock(&self, multiplier: Option<f64>) -> String {
        self.words.pre_stock(multiplier.map(|m| self.numbers.plain(m)).as_deref())
    }

    /// A candidate in one line.
    pub(crate) fn plan(&self, candidate: &Candidate) -> String {
        let parts = [
            self.mode(&candidate.mode),
            self.pre_stock(candidate.multiplier),
            self.rule(candidate),
            self.pause_rule(candidate),
        ];
        parts.join(" · ")
    }

    pub(crate) fn light(&self, product: &ProductResult) -> Light {
        if !product.decision.choice.feasible || product.caveats.iter().any(RunCaveat::forbids) {
            return Light::Red;
        }
        let is_care = self.cares(product).next().is_some() || self.doubts_of_demand(product).next().is_some();
        if is_care { Light::Amber } else { Light::Green }
    }

    /// What the history could not tell of ordinary demand: however sure the simulation, its input is not.
    fn doubts_of_demand<'p>(&self, product: &'p ProductResult) -> impl Iterator<Item = &'p Caveat> {
        let is_doubt = |caveat: &&Caveat| {
            matches!(caveat, Caveat::LevelErrorAssumed { .. } | Caveat::SoldOutEveryDay | Caveat::UnseenDemand { .. })
        };
        product.fit.iter().flat_map(|fit| &fit.caveats).filter(is_doubt)
    }

    /// What speaks for care although every limit is kept.
    fn cares<'p>(&self, product: &'p ProductResult) -> impl Iterator<Item = &'p RunCaveat> {
        product.caveats.iter().filter(|caveat| !matches!(caveat, RunCaveat::MultipliersExhausted { .. }))
    }

    pub(crate) const fn light_word(&self, light: Light) -> (&'static str, &'static str) {
        match light {
            Light::Green => ("green", self.labels.light_green),
            Light::Amber => ("amber", self.labels.light_amber),
            Light::Red => ("red", self.labels.light_red),
        }
    }

    /// Name of the objective's column, and its value for a set of KPIs.
    pub(crate) fn objective_column(&self, product: &ProductResult) -> &'static str {
        match product.decision.objective {
            Objective::Profit => self.labels.k_profit,
            Objective::Stock => self.labels.k_mean_stock,
        }
    }

    pub(crate) fn objective_value(&self, product: &ProductResult, kpis: &crate::evaluate::CandidateKpis) -> String {
        match (product.decision.objective, &kpis.profit) {
            (Objective::Profit, Some(profit)) => self.numbers.money_error(profit),
            (Objective::Profit, None) => super::number::NOTHING.to_owned(),
            (Objective::Stock, _) => self.numbers.mean_error(&kpis.mean_stock),
        }
    }

    /// The cells that tell a product's decision in one row.
    pub(crate) fn decision_cells(&self, product: &ProductResult) -> Vec<String> {
        let Some(chosen) = product.candidates.get(product.decision.choice.chosen) else { return Vec::new() };
        let candidate = &chosen.candidate;
        let confirmed = &product.decision.confirmed;
        let latest = self.latest(product, chosen).map(|date| {
            let passed = date < self.result.scenario.today;
            if passed { format!("{date} ({})", self.labels.passed) } else { date.to_string() }
        });
        vec![
            self.light_word(self.light(product)).1.to_owned(),
            self.to_order(product, chosen).map_or_else(
                || self.labels.nothing_to_order.to_owned(),
                |order| format!("{order} · {}", self.mode(&candidate.mode)),
            ),
            latest.unwrap_or_else(|| super::number::NOTHING.to_owned()),
            self.risk_cell(&confirmed.event),
            self.numbers.mean_error(&confirmed.event.lost),
            self.numbers.mean_error(&confirmed.event.forgone),
            self.numbers.mean_error(&confirmed.leftover),
            self.objective_value(product, confirmed),
        ]
    }

    pub(crate) fn decision_head(&self) -> Vec<String> {
        let labels = self.labels;
        let objective = self.result.products.first().map_or(labels.k_mean_stock, |p| self.objective_column(p));
        [
            labels.state,
            labels.tile_order,
            labels.latest,
            labels.k_stockout_event,
            labels.k_lost,
            labels.k_forgone,
            labels.k_leftover,
            objective,
        ]
        .map(str::to_owned)
        .to_vec()
    }

    /// P(any stockout) with its interval.
    pub(crate) fn risk_cell(&self, stretch: &crate::evaluate::StretchKpis) -> String {
        let risk = self.numbers.percent(stretch.stockout.value);
        format!("{risk} ({})", self.numbers.percent_range(&stretch.stockout_interval))
    }

    fn products_table(&self) -> Table {
        let mut head = vec![self.labels.product.to_owned()];
        head.extend(self.decision_head());
        let rows = self.result.products.iter().enumerate().map(|(at, product)| {
            let mut cells = vec![self.product_name(product)];
            cells.extend(self.decision_cells(product));
            Row { marked: false, link: Some(format!("#p{}", at + 1)), cells }
        });
        Table { caption: self.labels.products.to_owned(), left: 2, head, rows: rows.collect() }
    }
}

/// The report's page, and the drawings that become pictures too, with the number of their product.
pub(crate) fn page(result: &RunResult, lang: Lang) -> Result<(Page, Vec<(usize, Drawn)>), ReportError> {
    let view = View::new(result, lang);
    let labels = view.labels;
    let mut intro = Vec::new();
    let notes = view.notes();
    if !notes.is_empty() {
        intro.extend([Block::Heading(labels.notes.to_owned()), Block::List(notes)]);
    }
    if result.products.len() > 1 {
        intro.extend([Block::Heading(labels.products.to_owned()), Block::Table(view.products_table())]);
        intro.push(Block::Note(view.words.error_note(&view.numbers.whole(result.paths))));
        if result.products.iter().any(|product| product.decision.confirmed.cash.is_some()) {
            intro.push(Block::Note(labels.cash_by_product.to_owned()));
        }
    }
    let mut sections = Vec::new();
    let mut pictures = Vec::new();
    let all_charts = result.products.len() <= ALL_CHARTS;
    for (at, product) in result.products.iter().enumerate() {
        let mut blocks = view.decision(product);
        for block in view.charts(product, at, all_charts)? {
            if let Block::Chart { drawn, .. } = &block {
                pictures.push((at, drawn.clone()));
            }
            blocks.push(block);
        }
        blocks.extend(view.changes(product));
        blocks.extend(view.basis(product));
        sections.push(Section {
            id: format!("p{}", at + 1),
            product: true,
            heading: view.product_name(product),
            blocks,
        });
    }
    sections.extend(view.closing());
    let page = Page {
        lang,
        broad: false,
        title: view.title(),
        subtitle: view.subtitle(),
        banner: result.scenario.synthetic.then(|| (labels.synthetic.to_owned(), labels.synthetic_text.to_owned())),
        intro,
        sections,
        footer: view.footer(),
    };
    Ok((page, pictures))
}
