//! What is wrong with tables, and how a person sees it.

use std::fmt::Write as _;

use super::super::files::FileProblem;
use super::super::text::{RED, listed, painted, shown};
use super::schema::TableRole;

/// One bad cell or row. Its texts are fit for a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// The file, as the scenario names it.
    pub file: String,
    /// The line on which the row begins; the header stands on line 1.
    pub row: usize,
    /// The column; empty if it is about the row as a whole.
    pub column: String,
    /// The cell; empty if there is none.
    pub value: String,
    /// The value and the rule that it broke, as a lower-case fragment.
    pub problem: String,
    /// What to do.
    pub help: String,
}

/// Why a table cannot be used; reads after the file's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The file cannot be read as text.
    #[error("{0}")]
    File(#[from] FileProblem),
    /// Nothing but blanks.
    #[error("is empty; write a header row with the columns {}", listed(wanted.iter().copied()))]
    Empty {
        /// The columns that the table must have.
        wanted: Vec<&'static str>,
    },
    /// No row after the header.
    #[error("has a header but no rows; add rows, or leave the file out of [history]")]
    HeaderOnly,
    /// The header lacks columns that have to be there.
    #[error("lacks the column {}; {}", listed(lacking.iter().copied()), column_help(found, nearest.as_deref()))]
    NoColumn {
        /// The columns that are missing.
        lacking: Vec<&'static str>,
        /// The columns of the file.
        found: Vec<String>,
        /// The column that was probably meant for the first missing one.
        nearest: Option<String>,
    },
    /// A column stands twice in the header.
    #[error("has the column `{0}` twice; keep one of them")]
    ColumnTwice(&'static str),
    /// Quotes that do not fit together.
    #[error("is broken on line {line}: {problem}")]
    Quotes {
        /// The line, from 1.
        line: usize,
        /// What is wrong, and what to do.
        problem: &'static str,
    },
    /// The table reader failed on a well-formed file.
    #[error("cannot be read as a table; please report this file's form as a bug")]
    Reader,
    /// Bad rows.
    #[error("has {} bad {}", rows.len() + more, if rows.len() + more == 1 { "cell or row" } else { "cells or rows" })]
    Rows {
        /// The first of them, by row.
        rows: Vec<RowProblem>,
        /// How many more there are.
        more: usize,
    },
}

fn column_help(found: &[String], nearest: Option<&str>) -> String {
    let columns = listed(found.iter().map(String::as_str));
    let single = found.first().filter(|_| found.len() == 1);
    match nearest {
        Some(nearest) => format!("rename `{}`? columns found: {columns}", shown(nearest)),
        None if single.is_some_and(|name| name.contains(';')) => {
            "its header has semicolons; separate the columns with commas".to_owned()
        }
        None if single.is_some_and(|name| name.contains('\t')) => {
            "its header has tabs; separate the columns with commas".to_owned()
        }
        None => format!("columns found: {columns}"),
    }
}

/// A table that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{role} file `{}` {error}", shown(file))]
pub struct TableProblem {
    /// Which table.
    pub role: TableRole,
    /// The file, as the scenario names it.
    pub file: String,
    /// What is wrong.
    pub error: TableError,
}

/// The tables of a scenario that cannot be used; all of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.render(false).trim_end())]
pub struct DataError {
    /// One entry a file.
    pub tables: Vec<TableProblem>,
}

impl DataError {
    /// All problems for a person to read; ends in a line end.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let mut out = String::new();
        for table in &self.tables {
            let _ = writeln!(out, "{}: {table}", painted("error", RED, colour));
            let TableError::Rows { rows, more } = &table.error else { continue };
            for row in rows {
                let column = if row.column.is_empty() { String::new() } else { format!(", column `{}`", row.column) };
                let _ = writeln!(out, "  row {}{column}: {}; {}", row.row, row.problem, row.help);
            }
            if *more > 0 {
                let _ = writeln!(out, "  and {more} more");
            }
        }
        out
    }
}
