//! A sound CSV text as columns of text: the one place that calls polars.

use std::io::Cursor;
use std::sync::Arc;

use polars::prelude::{CsvReadOptions, DataType, Field, Schema, SerReader as _, StringChunked};

use super::cells::{Problems, Row};
use super::error::TableError;
use super::records::{Records, scan};
use super::schema::TableRole;
use crate::ingest::text::nearest;

/// The columns of a table, as text.
#[derive(Debug)]
pub(super) struct Frame {
    role: TableRole,
    /// One entry for each column of the table's schema; `None` if the file lacks it.
    columns: Vec<Option<StringChunked>>,
    lines: Vec<usize>,
    /// Names of the file's other columns.
    pub(super) ignored: Vec<String>,
}

impl Frame {
    /// Reads a text as a table.
    pub(super) fn read(role: TableRole, text: &str, problems: &mut Problems<'_>) -> Result<Self, TableError> {
        let required: Vec<&'static str> =
            role.columns().iter().filter(|(_, required)| *required).map(|(name, _)| *name).collect();
        let records = scan(text, &required, problems)?;
        let places = places(role, &records.header)?;
        if records.lines.is_empty() {
            return Err(TableError::HeaderOnly);
        }
        if problems.any() {
            return Err(problems.take());
        }
        let known = |at: &usize| places.contains(&Some(*at));
        let ignored = (0..records.header.len()).filter(|at| !known(at)).map(|at| records.header[at].clone()).collect();
        let columns = load(&records, &places).ok_or(TableError::Reader)?;
        Ok(Self { role, columns, lines: records.lines, ignored })
    }

    /// How many rows there are.
    pub(super) const fn height(&self) -> usize {
        self.lines.len()
    }

    /// The rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.lines.len()).map(|at| Row { frame: self, at })
    }

    /// The line on which a row begins.
    pub(super) fn line(&self, at: usize) -> usize {
        self.lines.get(at).copied().unwrap_or_default()
    }

    /// A cell, trimmed; empty if there is nothing or no such column.
    pub(super) fn cell(&self, at: usize, column: &str) -> &str {
        let known = self.role.columns().iter().position(|(name, _)| *name == column);
        let cells = known.and_then(|known| self.columns.get(known)?.as_ref());
        // Row 0 of the columns is the header.
        cells.and_then(|cells| cells.get(at + 1)).unwrap_or_default().trim()
    }

    /// Whether every row has a value in this column.
    pub(super) fn requires(&self, column: &str) -> bool {
        self.role.requires(column)
    }
}

/// Where each column of the table's schema stands in the file.
fn places(role: TableRole, header: &[String]) -> Result<Vec<Option<usize>>, TableError> {
    let mut places = Vec::new();
    let mut lacking = Vec::new();
    for (name, required) in role.columns() {
        let mut found = header.iter().enumerate().filter(|(_, column)| column == name).map(|(at, _)| at);
        let place = found.next();
        if found.next().is_some() {
            return Err(TableError::ColumnTwice(name));
        }
        if place.is_none() && *required {
            lacking.push(*name);
        }
        places.push(place);
    }
    let Some(first) = lacking.first() else {
        return Ok(places);
    };
    let unknown =
        header.iter().map(String::as_str).filter(|column| role.columns().iter().all(|(name, _)| name != column));
    let nearest = nearest(first, unknown).map(str::to_owned);
    Err(TableError::NoColumn { lacking, found: header.to_vec(), nearest })
}

/// Loads the columns at `places` as text, the header as their first row; `None` if polars fails or disagrees.
fn load(records: &Records<'_>, places: &[Option<usize>]) -> Option<Vec<Option<StringChunked>>> {
    // Names of our own, since those of a file may repeat; the header is read as a row, since polars would otherwise
    // look at the first bytes of the rows for a compressed format.
    let name = |at: usize| format!("{at}");
    let schema: Schema = (0..records.header.len()).map(|at| Field::new(name(at).into(), DataType::String)).collect();
    let options = CsvReadOptions::default()
        .with_has_header(false)
        .with_infer_schema_length(Some(0))
        .with_schema(Some(Arc::new(schema)))
        .with_projection(Some(Arc::new(places.iter().flatten().copied().collect())))
        .with_rechunk(true);
    let table = options.into_reader_with_file_handle(Cursor::new(records.text.as_bytes())).finish().ok()?;
    if table.height() != records.lines.len() + 1 {
        return None;
    }
    let column = |place: &Option<usize>| match place {
        None => Some(None),
        Some(at) => Some(Some(table.column(&name(*at)).ok()?.str().ok()?.clone())),
    };
    places.iter().map(column).collect()
}
