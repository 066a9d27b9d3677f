//! `stockburst verify [FILE] [--json]`

use std::fmt::Write as _;
use std::path::Path;

use super::print;
use crate::cli::Exit;
use crate::cli::output::talk;
use crate::verify::{BUILT_IN, Status, VerifyReport};

/// Runs the vectors and prints what became of each; fails if one fails.
pub(super) fn verify(file: Option<&Path>, json: bool) -> Exit {
    let text = match file {
        None => BUILT_IN.to_owned(),
        #[expect(clippy::disallowed_methods, reason = "an edge: the user names the file")]
        Some(path) => match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                talk(&format!("error: failed to read `{}`: {error}", path.display()));
                return Exit::DataInvalid;
            }
        },
    };
    let report = match crate::verify::verify(&text) {
        Ok(report) => report,
        Err(error) => {
            talk(&format!("error: {error}"));
            return Exit::DataInvalid;
        }
    };
    let printed = if json {
        serde_json::to_string_pretty(&report).map_or(Exit::Failed, |text| print(&text))
    } else {
        print(&table(&report))
    };
    if report.failed > 0 { Exit::Failed } else { printed }
}

fn table(report: &VerifyReport) -> String {
    let width = report.vectors.iter().map(|vector| vector.id.chars().count()).max().unwrap_or(0).min(40);
    let mut text = String::new();
    for vector in &report.vectors {
        let status = match vector.status {
            Status::Passed => "passed",
            Status::Failed => "FAILED",
            Status::NotCovered => "not covered",
        };
        let id = crate::ingest::shown(&vector.id);
        let detail = crate::ingest::shown(&vector.detail);
        let _ = writeln!(text, "{id:width$}  {status:11}  {}", detail.trim_end());
    }
    let _ = writeln!(text, "\n{} passed, {} failed, {} not covered", report.passed, report.failed, report.not_covered);
    text
}
