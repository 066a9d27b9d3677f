//! `stockburst synth PARAMS --out DIR [--seed N] [--force] [--json]`

use std::path::Path;

use super::print;
use crate::cli::Exit;
use crate::cli::output::{coloured, talk};
use crate::ingest::load_synth;
use crate::report::{ReportError, shop_files, shop_summary, write_shop};

/// Makes a synthetic shop of known truth and writes it, whole or not at all.
pub(super) fn synth(params: &Path, out: &Path, seed: Option<u64>, force: bool, json: bool) -> Exit {
    let mut spec = match load_synth(params) {
        Ok(spec) => spec,
        Err(error) => {
            talk(&error.render(coloured()));
            return Exit::ScenarioInvalid;
        }
    };
    spec.seed = seed.unwrap_or(spec.seed);
    let shop = match crate::synth::shop(&spec) {
        Ok(shop) => shop,
        // Checked when it was read; whatever is left is told.
        Err(problems) => {
            for problem in problems {
                talk(&format!("error: {problem}"));
            }
            return Exit::ScenarioInvalid;
        }
    };
    let made = shop_files(&shop).and_then(|files| write_shop(&files, out, force));
    if let Err(error) = made {
        talk(&format!("error: failed to write the shop to `{}`: {error}", out.display()));
        return Exit::Failed;
    }
    let summary = shop_summary(&shop);
    talk(&format!("scenario: {}", out.join("scenario.toml").display()));
    if !json {
        return print(&summary.to_string());
    }
    match serde_json::to_string_pretty(&summary).map_err(ReportError::from) {
        Ok(text) => print(&(text + "\n")),
        Err(error) => {
            talk(&format!("error: failed to write the result: {error}"));
            Exit::Failed
        }
    }
}
