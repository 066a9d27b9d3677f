//! Scenario files: TOML text to a checked [`Scenario`], or to every problem of the file with its place.
//!
//! The order: syntax, then the document against the JSON Schema of [`ScenarioSpec`], then the scenario's own rules.
//! Each step adds its problems; a later step is left out only where an earlier one took its ground away.

mod diagnostic;
mod kinds;
mod place;
mod scalar;
mod synth;
mod walk;

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::de::DeTable;

pub use diagnostic::{Diagnostic, ScenarioError};
pub use synth::load_synth;

use self::diagnostic::SourceText;
use self::walk::{Finding, FindingKind};
use super::files;
use super::platform::{PresetError, filled, platform_presets};
use super::text::{escaped, shown};
use crate::scenario::{Scenario, ScenarioSpec, SpecProblem};

/// Most MiB of a scenario file.
const LIMIT: u64 = 4;
/// Most syntax errors shown of a file; a file of another kind has thousands.
const MOST_SYNTAX: usize = 20;

/// Where a scenario was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioSource {
    /// The file, as it was named.
    pub path: PathBuf,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub digest: String,
}

impl ScenarioSource {
    /// The folder of the file, which the paths of its tables are relative to.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
    }
}

/// A checked scenario and its source.
#[derive(Debug, Clone)]
pub struct LoadedScenario {
    /// The scenario, checked, with its defaults filled in.
    pub scenario: Scenario,
    /// Where it was read from.
    pub source: ScenarioSource,
    file: ScenarioFile,
}

impl LoadedScenario {
    /// Problems that only showed when the scenario met its history, each with its place in the file.
    #[must_use]
    pub fn diagnose(&self, problems: &[SpecProblem]) -> ScenarioError {
        let (document, _) = DeTable::parse_recoverable(&self.file.text);
        let findings = problems.iter().map(|problem| rule_finding(document.get_ref(), problem)).collect();
        self.file.invalid(findings)
    }

    /// What the scenario may say and hardly means, each with its place in the file.
    #[must_use]
    pub fn doubts(&self) -> Vec<Diagnostic> {
        match self.diagnose(&self.scenario.doubts()) {
            ScenarioError::Invalid(doubts) => doubts,
            ScenarioError::Unreadable { .. } => Vec::new(),
        }
    }
}

/// A broken rule at its place in the document.
fn rule_finding(document: &DeTable<'_>, problem: &SpecProblem) -> Finding {
    let span = place::locate(document, &problem.path);
    let mut finding = Finding::new(FindingKind::Rule, span, problem.path.clone(), escaped(problem.problem.chars()));
    finding.help = problem.help.as_ref().map(|help| escaped(help.chars()));
    finding
}

/// The text of a scenario file, not yet understood.
#[derive(Debug, Clone)]
pub struct ScenarioFile {
    source: ScenarioSource,
    text: String,
}

impl ScenarioFile {
    /// Reads the file.
    ///
    /// # Errors
    /// [`ScenarioError::Unreadable`] if it is missing, a folder, too large or not UTF-8.
    pub fn read(path: &Path) -> Result<Self, ScenarioError> {
        let unreadable = |problem| ScenarioError::Unreadable { file: path.display().to_string(), problem };
        let bytes = files::read(path, LIMIT).map_err(unreadable)?;
        let text = files::text(&bytes).map_err(unreadable)?.to_owned();
        let source = ScenarioSource { path: path.to_owned(), digest: files::digest(&bytes) };
        Ok(Self { source, text })
    }

    /// Takes a text as if it were read from `path`.
    #[must_use]
    pub fn from_text(path: &Path, text: &str) -> Self {
        let source = ScenarioSource { path: path.to_owned(), digest: files::digest(text.as_bytes()) };
        Self { source, text: text.strip_prefix('\u{feff}').unwrap_or(text).to_owned() }
    }

    /// Where the text was read from.
    #[must_use]
    pub const fn source(&self) -> &ScenarioSource {
        &self.source
    }

    /// The text, without a byte-order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Understands the text and holds it against every rule.
    ///
    /// # Errors
    /// [`ScenarioError::Invalid`] with all problems, in the order of the file.
    pub fn check(&self) -> Result<Scenario, ScenarioError> {
        self.understand(&scenario_schema(), judged)
    }

    /// Understands the text by a schema, and holds what it says against the rules of `judge`.
    fn understand<Spec: DeserializeOwned, Checked>(
        &self,
        schema: &serde_json::Value,
        judge: impl FnOnce(Spec) -> Result<Checked, Vec<SpecProblem>>,
    ) -> Result<Checked, ScenarioError> {
        let (document, syntax) = DeTable::parse_recoverable(&self.text);
        let (value, mut findings) = walk::walk(&self.text, document.get_ref(), schema);
        if !syntax.is_empty() {
            findings = self.with_syntax(findings, &syntax);
        } else if findings.iter().all(Finding::keeps_meaning) {
            match serde_json::from_value::<Spec>(value).map(judge) {
                Ok(Ok(checked)) if findings.is_empty() => return Ok(checked),
                Ok(Ok(_)) => {}
                Ok(Err(problems)) => {
                    let misspelt = findings.len();
                    for problem in problems {
                        // What hangs on a misspelt key is not a second mistake.
                        if findings[..misspelt].iter().any(|finding| finding.explains(&problem.path)) {
                            continue;
                        }
                        findings.push(rule_finding(document.get_ref(), &problem));
                    }
                }
                // The schema lets nothing through that the types refuse; should it, the text says what.
                Err(error) if findings.is_empty() => {
                    let text = escaped(error.to_string().chars());
                    findings.push(Finding::new(FindingKind::Rule, 0..0, String::new(), text));
                }
                Err(_) => {}
            }
        }
        Err(self.invalid(findings))
    }

    /// The findings in the order of the file.
    fn invalid(&self, mut findings: Vec<Finding>) -> ScenarioError {
        findings.sort_by_key(|finding| (finding.span.start, finding.span.end));
        let source = SourceText::new(self.source.path.display().to_string(), &self.text);
        ScenarioError::Invalid(findings.into_iter().map(|finding| source.diagnostic(finding)).collect())
    }

    /// The syntax errors, and those findings that do not come from them: a broken line hides keys and values.
    fn with_syntax(&self, findings: Vec<Finding>, syntax: &[toml::de::Error]) -> Vec<Finding> {
        let mut all: Vec<Finding> = Vec::new();
        let mut hidden = Vec::new();
        let mut whole = syntax.len() <= MOST_SYNTAX;
        for error in syntax.iter().take(MOST_SYNTAX) {
            let at = error.span().map_or(0, |span| span.start);
            let message = escaped(error.message().chars());
            let (span, text, help) = if let Some(rule) = message.strip_prefix("invalid date, ") {
                let span = self.around(at, |byte| byte.is_ascii_alphanumeric() || b"-+:.".contains(&byte));
                hidden.push(span.clone());
                let written = shown(self.text.get(span.clone()).unwrap_or_default());
                (span, format!("`{written}` is not a date: {rule}"), Some(scalar::DATE_HELP))
            } else {
                whole = false;
                hidden.push(self.around(at, |byte| byte != b'\n'));
                let line = self.text.get(self.around(at, |byte| byte != b'\n')).unwrap_or_default();
                let help = if has_decimal_comma(line) { Some(DECIMAL_HELP) } else { syntax_help(&message) };
                (error.span().unwrap_or(0..0), format!("not TOML: {message}"), help)
            };
            let finding = Finding::new(FindingKind::Syntax, span, String::new(), text);
            all.push(Finding { help: help.map(str::to_owned), ..finding });
        }
        if syntax.len() > MOST_SYNTAX {
            let more = syntax.len() - MOST_SYNTAX;
            let end = self.text.len()..self.text.len();
            let text = format!("not TOML: {more} more errors like these; is this a scenario file?");
            all.push(Finding::new(FindingKind::Syntax, end, String::new(), text));
        }
        let apart = |finding: &Finding| {
            let seen = whole || (finding.kind != FindingKind::Missing && !finding.span.is_empty());
            seen && !hidden.iter().any(|span| span.contains(&finding.span.start))
        };
        all.extend(findings.into_iter().filter(apart));
        all
    }

    /// The bytes around a place that go on as `inside` says.
    fn around(&self, at: usize, inside: impl Fn(u8) -> bool) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let at = at.min(bytes.len());
        let start = at - bytes[..at].iter().rev().take_while(|byte| inside(**byte)).count();
        let end = at + bytes[at..].iter().take_while(|byte| inside(**byte)).count();
        start..end
    }
}

/// The scenario, held against its rules once the keys of its platform's preset are filled in.
fn judged(mut spec: ScenarioSpec) -> Result<Scenario, Vec<SpecProblem>> {
    let platform = spec.platform.take().map(filled).transpose();
    let unknown = match platform {
        Ok(platform) => {
            spec.platform = platform;
            None
        }
        Err(error) => Some(match error {
            PresetError::Unknown { name } => {
                let problem = SpecProblem::new("platform.preset", format!("`{name}` is not a preset"));
                problem.help(format!("presets: {}", platform_presets().collect::<Vec<_>>().join(", ")))
            }
            other => SpecProblem::new("platform.preset", other.to_string()),
        }),
    };
    match (spec.validate(), unknown) {
        (judged, None) => judged,
        (Ok(_), Some(unknown)) => Err(vec![unknown]),
        (Err(problems), Some(unknown)) => Err(problems.into_iter().chain([unknown]).collect()),
    }
}

/// What to do about a syntax error, where the parser's words do not say it.
fn syntax_help(message: &str) -> Option<&'static str> {
    if message.contains("duplicate key") {
        Some("the same key or table stands above; keep one of them")
    } else if message.contains("must be quoted") {
        Some("write a value after `=`; a text stands in double quotes")
    } else if message.contains("invalid basic string") {
        Some("close the text with a double quote on the same line")
    } else {
        None
    }
}

/// What to do about a decimal comma.
const DECIMAL_HELP: &str = "write decimals with a point, such as 12.99, and thousands without a separator";

/// Whether a value of a line reads like `12,99`: digits, a comma and digits, where one number should stand.
fn has_decimal_comma(line: &str) -> bool {
    line.split('=').skip(1).any(|value| {
        let value = value.trim_start().trim_start_matches(['+', '-']);
        let whole = value.trim_start_matches(|c: char| c.is_ascii_digit());
        whole.len() < value.len()
            && whole.strip_prefix(',').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    })
}

/// Reads and checks a scenario file.
///
/// # Errors
/// [`ScenarioError::Unreadable`], or [`ScenarioError::Invalid`] with all problems of the file.
pub fn load_scenario(path: &Path) -> Result<LoadedScenario, ScenarioError> {
    let file = ScenarioFile::read(path)?;
    let scenario = file.check()?;
    Ok(LoadedScenario { scenario, source: file.source.clone(), file })
}

/// The JSON Schema of a scenario file, for editors and for `stockburst schema`.
#[must_use]
pub fn scenario_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(ScenarioSpec).to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), "stockburst scenario".into());
    }
    schema
}

#[cfg(test)]
mod tests;
