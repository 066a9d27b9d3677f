//! A scenario with its history, read and checked: what `run` and `validate` begin with.

use std::collections::BTreeSet;
use std::path::Path;

use crate::cli::Exit;
use crate::cli::output::{coloured, talk};
use crate::ingest::{DataError, LoadedHistory, LoadedScenario, ScenarioError, load_history, load_scenario, shown};
use crate::run::RunError;

/// A scenario and its history.
pub(super) struct Loaded {
    pub(super) scenario: LoadedScenario,
    pub(super) history: LoadedHistory,
}

/// Why they cannot be used.
pub(super) enum Trouble {
    /// The scenario breaks rules, by itself or held against its history.
    Scenario(ScenarioError),
    /// Options of the command line break rules of the scenario; a text each.
    Options(Vec<String>),
    /// Tables of the past break rules.
    Data(DataError),
    /// Neither a key nor a cell is to blame alone: the file, the reason and the exit.
    Run(String, String, Exit),
}

impl Loaded {
    /// Reads and checks both; `paths` and `seed` take the place of the scenario's own.
    pub(super) fn read(path: &Path, paths: Option<u64>, seed: Option<u64>) -> Result<Self, Trouble> {
        let mut scenario = load_scenario(path).map_err(Trouble::Scenario)?;
        if paths.is_some() || seed.is_some() {
            scenario.scenario = scenario.scenario.with_run_options(paths, seed).map_err(|problems| {
                let text = |help: Option<String>| help.map(|help| format!("\n  help: {help}")).unwrap_or_default();
                let problems = problems.into_iter();
                let told = problems.map(|at| format!("--{}: {}{}", at.path, at.problem, text(at.help)));
                Trouble::Options(told.collect())
            })?;
        }
        let history = match &scenario.scenario.spec().history {
            None => LoadedHistory::default(),
            Some(spec) => load_history(scenario.source.folder(), spec).map_err(Trouble::Data)?,
        };
        Ok(Self { scenario, history })
    }

    /// Why a run of them failed, with the places in the file.
    pub(super) fn trouble(&self, error: &RunError) -> Trouble {
        let path = self.scenario.source.path.display().to_string();
        match error {
            RunError::Scenario(problems) => Trouble::Scenario(self.scenario.diagnose(problems)),
            RunError::Cancelled(_) => Trouble::Run(path, error.to_string(), Exit::Interrupted),
            RunError::Formula { .. } => Trouble::Run(path, error.to_string(), Exit::ScenarioInvalid),
            _ => Trouble::Run(path, error.to_string(), Exit::DataInvalid),
        }
    }

    /// Says what is allowed and doubtful, and what was not read.
    pub(super) fn talk_of_doubts(&self) {
        for doubt in self.scenario.doubts() {
            talk(&doubt.render_doubt(coloured()));
        }
        for input in self.history.inputs.iter().filter(|input| !input.ignored_columns.is_empty()) {
            let columns: Vec<String> = input.ignored_columns.iter().map(|name| format!("`{}`", shown(name))).collect();
            talk(&format!("note: {}: columns that are not read: {}", shown(&input.path), columns.join(", ")));
        }
        for note in
            [self.orders_of_others(), self.promotions_of_nobody(), self.promotions_elsewhere()].into_iter().flatten()
        {
            talk(&note);
        }
    }

    /// Promotions of products that neither the sales nor the scenario know: what a mistyped product looks like.
    fn promotions_of_nobody(&self) -> Option<String> {
        let (history, spec) = (&self.history.history, self.scenario.scenario.spec());
        let is_known = |sku: &str| {
            history.sales.keys().any(|known| known.0 == sku) || spec.product.iter().any(|product| product.sku == sku)
        };
        let unknown =
            || history.promotions.iter().map(|promotion| promotion.sku.0.as_str()).filter(|sku| !is_known(sku));
        let count = unknown().count();
        (count > 0).then(|| {
            format!(
                "note: promotions of products that stand neither in the sales nor in the scenario teach nothing: {count}, {}",
                names(unknown())
            )
        })
    }

    /// A calendar of which no promotion falls on a day of its product's sales: what a wrong year looks like.
    fn promotions_elsewhere(&self) -> Option<String> {
        let history = &self.history.history;
        let first = history.promotions.iter().map(|promotion| promotion.start).min()?;
        let last = history.promotions.iter().map(|promotion| promotion.end).max()?;
        let falls_within = history.promotions.iter().any(|promotion| {
            let series = history.sales.get(&promotion.sku);
            series.is_some_and(|series| promotion.start <= series.last_day() && promotion.end >= series.first_day)
        });
        (!falls_within).then(|| {
            format!(
                "note: no promotion of the calendar, {first} to {last}, falls on a day of its product's sales: no burst can be \
                 learned from it"
            )
        })
    }

    /// What is on its way of products that the scenario does not name: right for a file of the whole shop, and what a
    /// mistyped product looks like.
    fn orders_of_others(&self) -> Option<String> {
        let products = &self.scenario.scenario.spec().product;
        let others = || {
            let orders = self.history.history.open_orders.iter();
            orders.filter(|order| !products.iter().any(|product| product.sku == order.sku.0))
        };
        let pieces = others().map(|order| order.units.0).fold(0, u64::saturating_add);
        let count = others().count();
        (count > 0).then(|| {
            format!(
                "note: open orders of products that are not in the scenario are left out: {count}, {pieces} pieces, {}",
                names(others().map(|order| order.sku.0.as_str()))
            )
        })
    }
}

/// The first few of some products, each once.
fn names<'a>(skus: impl Iterator<Item = &'a str>) -> String {
    const NAMED: usize = 5;
    let skus: BTreeSet<&str> = skus.collect();
    let named: Vec<String> = skus.iter().take(NAMED).map(|sku| format!("`{}`", shown(sku))).collect();
    let more = if skus.len() > NAMED { ", ..." } else { "" };
    named.join(", ") + more
}

impl Trouble {
    /// How a command ends that meets it.
    pub(super) const fn exit(&self) -> Exit {
        match self {
            Self::Scenario(_) => Exit::ScenarioInvalid,
            Self::Options(_) => Exit::Usage,
            Self::Data(_) => Exit::DataInvalid,
            Self::Run(_, _, exit) => *exit,
        }
    }

    /// Says everything that is wrong; nothing of an interrupt, which is no fault.
    pub(super) fn talk(&self) {
        match self {
            Self::Scenario(error) => talk(&error.render(coloured())),
            Self::Data(error) => talk(&error.render(coloured())),
            Self::Options(problems) => {
                for problem in problems {
                    talk(&format!("error: {problem}"));
                }
            }
            Self::Run(_, _, Exit::Interrupted) => {}
            Self::Run(path, reason, _) => talk(&format!("error: {path}: {reason}")),
        }
    }
}
