//! Why a checked scenario could still not be run.

use crate::history::History;
use crate::learn::{FitError, LeadTimeError};
use crate::policy::formula::FormulaError;
use crate::scenario::SpecProblem;
use crate::simulate::Cancelled;

/// Why a run failed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The scenario asks for what the history does not hold.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Scenario(Vec<SpecProblem>),
    /// The history contradicts the scenario.
    #[error("{0}")]
    Data(String),
    /// A product could not be learned.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// A formula cannot use what was learned.
    #[error("reorder rule `{rule}` of product `{sku}`: {source}")]
    Formula {
        /// The product.
        sku: String,
        /// The rule.
        rule: String,
        /// What is wrong.
        source: FormulaError,
    },
    /// The observer asked to stop.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl RunError {
    /// A single problem of the scenario.
    pub(super) fn problem(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Scenario(vec![SpecProblem::new(path, problem)])
    }

    /// A lead-time stage whose records are missing.
    pub(super) fn lead_time(path: String, error: &LeadTimeError) -> Self {
        Self::problem(path, error.to_string())
    }
}

/// A bundle that the sales file does not know.
pub(super) fn unknown_bundle(at: usize, sku: &str) -> SpecProblem {
    SpecProblem::new(format!("bundle[{at}].sku"), format!("`{sku}` does not stand in the sales file"))
        .help("write the identifier as in the file, or leave the bundle out")
}

/// A component of a bundle that is neither planned nor in the sales file.
pub(super) fn unknown_component(bundle: usize, component: usize, sku: &str) -> SpecProblem {
    SpecProblem::new(
        format!("bundle[{bundle}].components[{component}].sku"),
        format!(
            "`{sku}` is no [[product]] and does not stand in the sales file: what bundles sell of it would be lost"
        ),
    )
    .help("write the identifier as elsewhere")
}

/// A product that the sales file does not know, with the nearest ones that it does.
pub(super) fn unknown_sku(at: usize, sku: &str, history: &History) -> SpecProblem {
    let problem = SpecProblem::new(
        format!("product[{at}].sku"),
        format!("`{sku}` does not stand in the sales file, which holds {} products", history.sales.len()),
    );
    let mut near: Vec<(f64, &str)> = history
        .sales
        .keys()
        .map(|known| (strsim::jaro_winkler(sku, &known.0), known.0.as_str()))
        .filter(|(likeness, _)| *likeness > 0.8)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let near: Vec<String> = near.iter().take(3).map(|(_, known)| format!("`{known}`")).collect();
    if near.is_empty() {
        problem.help("write the identifier as in the file, or state demand = { per-day = ... }")
    } else {
        problem.help(format!("near: {}", near.join(", ")))
    }
}
