//! `stockburst validate SCENARIO... [--json]`

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::load::{Loaded, Trouble};
use super::print;
use crate::cli::Exit;
use crate::cli::output::talk;
use crate::ingest::{Diagnostic, ScenarioError, TableError, shown};

/// What was found of one scenario.
#[derive(Debug, Serialize)]
struct Finding {
    scenario: String,
    valid: bool,
    problems: Vec<Place>,
    /// What is allowed and doubtful.
    warnings: Vec<Place>,
    /// What was read, of a valid one.
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<Counts>,
}

/// A problem and where it stands; what is not known of the place is left out.
#[derive(Debug, Default, Serialize)]
struct Place {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// Number of the character in a scenario, name of the column in a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    problem: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

/// What a valid scenario holds.
#[derive(Debug, Serialize)]
struct Counts {
    products: usize,
    events: usize,
    lead_times: usize,
    tables: Vec<Rows>,
}

/// The rows of a table.
#[derive(Debug, Serialize)]
struct Rows {
    role: String,
    file: String,
    rows: usize,
}

/// Reads and checks scenarios and their data as `run` does, and simulates nothing.
pub(super) fn validate(scenarios: &[PathBuf], json: bool) -> Exit {
    let mut exit = Exit::Done;
    let mut findings = Vec::new();
    for path in scenarios {
        let (finding, ended) = check(path, json);
        exit = exit.max(ended);
        findings.push(finding);
    }
    let text = if json {
        match serde_json::to_string_pretty(&findings) {
            Ok(text) => text + "\n",
            Err(error) => {
                talk(&format!("error: failed to write the result: {error}"));
                return Exit::Failed;
            }
        }
    } else {
        findings
            .iter()
            .filter_map(|finding| finding.counts.as_ref().map(|counts| line(&finding.scenario, counts)))
            .collect()
    };
    exit.max(if text.is_empty() { Exit::Done } else { print(&text) })
}

/// Checks one scenario; says what it finds unless it goes into JSON.
fn check(path: &Path, json: bool) -> (Finding, Exit) {
    let loaded = Loaded::read(path, None, None);
    let checked = loaded.and_then(|loaded| {
        let run = crate::run::check(&loaded.scenario.scenario, &loaded.history.history);
        run.map_err(|error| loaded.trouble(&error)).map(|()| loaded)
    });
    let mut finding = Finding {
        scenario: path.display().to_string(),
        valid: checked.is_ok(),
        problems: Vec::new(),
        warnings: Vec::new(),
        counts: None,
    };
    match checked {
        Ok(loaded) => {
            if !json {
                loaded.talk_of_doubts();
            }
            finding.warnings = loaded.scenario.doubts().iter().map(of_diagnostic).collect();
            finding.counts = Some(counts(&loaded));
            (finding, Exit::Done)
        }
        Err(trouble) => {
            if !json {
                trouble.talk();
            }
            finding.problems = places(&finding.scenario, &trouble);
            (finding, trouble.exit())
        }
    }
}

fn counts(loaded: &Loaded) -> Counts {
    let spec = loaded.scenario.scenario.spec();
    let tables = loaded.history.inputs.iter();
    let rows = tables.map(|table| Rows { role: table.role.to_string(), file: table.path.clone(), rows: table.rows });
    Counts {
        products: spec.product.len(),
        events: spec.event.len(),
        lead_times: spec.lead_time.len(),
        tables: rows.collect(),
    }
}

/// A valid scenario in one line.
fn line(scenario: &str, counts: &Counts) -> String {
    let many = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let mut parts =
        vec![many(counts.products, "product"), many(counts.events, "event"), many(counts.lead_times, "lead-time mode")];
    let rows = |table: &Rows| format!("{} in {} `{}`", many(table.rows, "row"), table.role, shown(&table.file));
    parts.extend(counts.tables.iter().map(rows));
    format!("ok: {}: {}\n", shown(scenario), parts.join(", "))
}

fn places(scenario: &str, trouble: &Trouble) -> Vec<Place> {
    let whole = |problem: String| vec![Place { file: scenario.to_owned(), problem, ..Place::default() }];
    match trouble {
        Trouble::Scenario(ScenarioError::Invalid(diagnostics)) => diagnostics.iter().map(of_diagnostic).collect(),
        Trouble::Scenario(error) => whole(error.to_string()),
        Trouble::Run(_, reason, _) => whole(reason.clone()),
        Trouble::Options(problems) => problems.iter().flat_map(|problem| whole(problem.clone())).collect(),
        Trouble::Data(error) => error
            .tables
            .iter()
            .flat_map(|table| match &table.error {
                TableError::Rows { rows, .. } => rows
                    .iter()
                    .map(|row| Place {
                        file: table.file.clone(),
                        line: Some(row.row),
                        column: (!row.column.is_empty()).then(|| row.column.clone()),
                        key: None,
                        problem: row.problem.clone(),
                        help: Some(row.help.clone()),
                    })
                    .collect(),
                error => vec![Place { file: table.file.clone(), problem: error.to_string(), ..Place::default() }],
            })
            .collect(),
    }
}

fn of_diagnostic(diagnostic: &Diagnostic) -> Place {
    Place {
        file: diagnostic.file.clone(),
        line: Some(diagnostic.line),
        column: Some(diagnostic.column.to_string()),
        key: (!diagnostic.path.is_empty()).then(|| diagnostic.path.clone()),
        problem: diagnostic.problem.clone(),
        help: diagnostic.help.clone(),
    }
}
