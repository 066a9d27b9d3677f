//! A problem with its place in the file, and how a person sees it.

use std::fmt::Write as _;
use std::ops::Range;

use super::super::files::FileProblem;
use super::super::text::{BLUE, CYAN, RED, YELLOW, cells, escaped, is_hidden, painted, shown};
use super::walk::Finding;

/// Most characters of a line that are shown around a mark.
const WINDOW: usize = 140;

/// One problem of a scenario file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, as it was named.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Bytes of the text (after a byte-order mark) that it is about; may be empty.
    pub span: Range<usize>,
    /// The line, as it stands in the file.
    pub source_line: String,
    /// Bytes of `source_line` that it is about; may be empty.
    pub mark: Range<usize>,
    /// Path of the key, such as `event[0].start`; empty for the file as a whole.
    pub path: String,
    /// The value and the rule that it broke, as a lower-case fragment, fit for a terminal.
    pub problem: String,
    /// What to do, where there is something to say.
    pub help: Option<String>,
}

impl Diagnostic {
    /// The problem with its line, marked, for a person to read; ends in a line end.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        self.render_as("error", RED, colour)
    }

    /// As [`Diagnostic::render`], of what is allowed and doubtful.
    #[must_use]
    pub fn render_doubt(&self, colour: bool) -> String {
        self.render_as("warning", YELLOW, colour)
    }

    fn render_as(&self, kind: &str, ink: &str, colour: bool) -> String {
        let number = self.line.to_string();
        let blank = " ".repeat(number.len());
        let bar = painted("|", BLUE, colour);
        let (text, before, under) = self.window();
        let path = if self.path.is_empty() { String::new() } else { format!(" ({})", escaped(self.path.chars())) };
        let file = escaped(self.file.chars());
        let mut out = format!("{}: {}\n", painted(kind, ink, colour), self.problem);
        let _ = writeln!(out, "{blank}{} {file}:{}:{}{path}", painted("-->", BLUE, colour), self.line, self.column);
        let _ = writeln!(out, "{blank} {bar}");
        let _ = writeln!(out, "{} {bar} {}", painted(&number, BLUE, colour), text.trim_end());
        let mark = painted(&"^".repeat(under), ink, colour);
        let _ = writeln!(out, "{blank} {bar} {}{mark}", " ".repeat(before));
        if let Some(help) = &self.help {
            let _ = writeln!(out, "{}: {help}", painted("help", CYAN, colour));
        }
        out
    }

    /// The part of the line to show, the columns before the mark and those under it.
    fn window(&self) -> (String, usize, usize) {
        let start = self.source_line.char_indices().take_while(|(at, _)| *at < self.mark.start).count();
        let skip = start.saturating_sub(WINDOW / 2);
        let (mut text, mut before, mut under) = (String::new(), 0, 0);
        if skip > 0 {
            text.push('…');
            before += 1;
        }
        for (at, c) in self.source_line.char_indices().skip(skip).take(WINDOW) {
            let piece = match c {
                '\t' => " ".to_owned(),
                c if is_hidden(c) => c.escape_default().collect(),
                c => c.to_string(),
            };
            let width = piece.chars().map(cells).sum::<usize>();
            if at < self.mark.start {
                before += width;
            } else if at < self.mark.end {
                under += width;
            }
            text.push_str(&piece);
        }
        if self.source_line.chars().nth(skip + WINDOW).is_some() {
            text.push('…');
        }
        (text, before, under.max(1))
    }
}

/// Why a scenario file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScenarioError {
    /// The file cannot be read.
    #[error("`{}` {problem}", shown(file))]
    Unreadable {
        /// The file, as it was named.
        file: String,
        /// Why.
        problem: FileProblem,
    },
    /// The file breaks rules; all of them, in its order.
    #[error("{}", summary(.0))]
    Invalid(Vec<Diagnostic>),
}

impl ScenarioError {
    /// All problems for a person to read; ends in a line end.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        match self {
            Self::Unreadable { .. } => format!("{}: {self}\n", painted("error", RED, colour)),
            Self::Invalid(diagnostics) => {
                let parts: Vec<String> = diagnostics.iter().map(|diagnostic| diagnostic.render(colour)).collect();
                parts.join("\n")
            }
        }
    }
}

fn summary(diagnostics: &[Diagnostic]) -> String {
    let parts: Vec<String> = diagnostics
        .iter()
        .map(|at| format!("{}:{}:{}: {}", escaped(at.file.chars()), at.line, at.column, at.problem))
        .collect();
    parts.join("; ")
}

/// A file's text with the starts of its lines.
pub(super) struct SourceText<'a> {
    file: String,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> SourceText<'a> {
    pub(super) fn new(file: String, text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, starts }
    }

    /// Gives a finding its line and column.
    pub(super) fn diagnostic(&self, finding: Finding) -> Diagnostic {
        let floor = |at: usize| self.text.floor_char_boundary(at.min(self.text.len()));
        let from = floor(finding.span.start);
        let to = floor(finding.span.end).max(from);
        let line = self.starts.partition_point(|start| *start <= from).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let whole = self.text[start..].split('\n').next().unwrap_or_default();
        let source_line = whole.trim_end_matches('\r').to_owned();
        let mark = (from - start).min(source_line.len())..(to - start).min(source_line.len());
        Diagnostic {
            file: self.file.clone(),
            line: line + 1,
            column: self.text[start..from].chars().count() + 1,
            span: from..to,
            source_line,
            mark,
            path: finding.path,
            problem: finding.problem,
            help: finding.help,
        }
    }
}
