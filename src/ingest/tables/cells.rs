//! Cells as values: the rules of one cell, and the list of what broke them.

use super::error::{RowProblem, TableError};
use super::frame::Frame;
use crate::calendar::Date;
use crate::ingest::text::shown;
use crate::units::Units;

/// Most problems of a table that are listed.
const MOST: usize = 20;
/// Most pieces that a cell may state.
const MOST_UNITS: u64 = 1_000_000_000;

/// What is wrong with a table so far.
#[derive(Debug)]
pub(super) struct Problems<'a> {
    file: &'a str,
    rows: Vec<RowProblem>,
    more: usize,
}

impl<'a> Problems<'a> {
    pub(super) const fn new(file: &'a str) -> Self {
        Self { file, rows: Vec::new(), more: 0 }
    }

    /// Whether there is any.
    pub(super) fn any(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Notes a problem of a row as a whole.
    pub(super) fn row(&mut self, row: usize, problem: impl Into<String>, help: &str) {
        self.push(row, "", "", problem.into(), help);
    }

    /// Notes a problem of a cell.
    pub(super) fn cell(&mut self, row: Row<'_>, column: &str, problem: impl Into<String>, help: &str) {
        self.push(row.line(), column, row.cell(column), problem.into(), help);
    }

    fn push(&mut self, row: usize, column: &str, value: &str, problem: String, help: &str) {
        if self.rows.len() == MOST {
            self.more += 1;
            return;
        }
        let (file, column, help) = (shown(self.file), column.to_owned(), help.to_owned());
        self.rows.push(RowProblem { file, row, column, value: shown(value), problem, help });
    }

    /// The problems as an error, by row.
    pub(super) fn take(&mut self) -> TableError {
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_by_key(|problem| problem.row);
        TableError::Rows { rows, more: std::mem::take(&mut self.more) }
    }
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) frame: &'a Frame,
    pub(super) at: usize,
}

impl<'a> Row<'a> {
    /// The line on which the row begins.
    pub(super) fn line(self) -> usize {
        self.frame.line(self.at)
    }

    /// The cell, trimmed.
    pub(super) fn cell(self, column: &str) -> &'a str {
        self.frame.cell(self.at, column)
    }

    /// A cell read by `read`; an empty one is `None`, and a problem if the column is required.
    fn read<T>(
        self,
        column: &str,
        problems: &mut Problems<'_>,
        read: impl FnOnce(&'a str) -> Result<T, (String, &'static str)>,
    ) -> Option<T> {
        let cell = self.cell(column);
        if cell.is_empty() {
            if self.frame.requires(column) {
                problems.cell(self, column, "is empty", "every row needs a value here");
            }
            return None;
        }
        read(cell).map_err(|(problem, help)| problems.cell(self, column, problem, help)).ok()
    }

    /// A text.
    pub(super) fn text(self, column: &str, problems: &mut Problems<'_>) -> Option<&'a str> {
        self.read(column, problems, Ok)
    }

    /// A date.
    pub(super) fn date(self, column: &str, problems: &mut Problems<'_>) -> Option<Date> {
        self.read(column, problems, |cell| {
            let refusal = || (format!("`{}` is not a date", shown(cell)), "write year-month-day, such as 2026-11-11");
            cell.parse().map_err(|_| refusal())
        })
    }

    /// A whole number of pieces or orders.
    pub(super) fn units(self, column: &str, problems: &mut Problems<'_>) -> Option<Units> {
        self.read(column, problems, |cell| {
            let whole = cell.bytes().all(|byte| byte.is_ascii_digit());
            let help = if cell.starts_with('-') {
                "take returns out of the file, or correct the number"
            } else {
                "write a whole number, 0 or more, without separators"
            };
            match cell.parse::<u64>() {
                Ok(number) if whole && number <= MOST_UNITS => Ok(Units(number)),
                _ if whole => Err((format!("`{}` is above 1000000000", shown(cell)), "correct the number")),
                _ => Err((format!("`{}` is not a whole number of 0 or more", shown(cell)), help)),
            }
        })
    }

    /// An amount of 0 or more.
    pub(super) fn amount(self, column: &str, problems: &mut Problems<'_>) -> Option<f64> {
        self.read(column, problems, |cell| match number(cell)? {
            number if number >= 0.0 => Ok(number),
            _ => Err((format!("`{}` is below 0", shown(cell)), "write 0 or more, or leave it empty if it is unknown")),
        })
    }

    /// A share from 0 to 1.
    pub(super) fn share(self, column: &str, problems: &mut Problems<'_>) -> Option<f64> {
        self.read(column, problems, |cell| match number(cell)? {
            number if (0.0..=1.0).contains(&number) => Ok(number),
            _ => Err((format!("`{}` is not from 0 to 1", shown(cell)), "write a fraction, such as 0.5 for 50 %")),
        })
    }

    /// A flag: 1 or 0.
    pub(super) fn flag(self, column: &str, problems: &mut Problems<'_>) -> Option<bool> {
        self.read(column, problems, |cell| match cell {
            "1" => Ok(true),
            "0" => Ok(false),
            _ => {
                Err((format!("`{}` is not 1 or 0", shown(cell)), "write 1 for yes, 0 for no, nothing if it is unknown"))
            }
        })
    }

    /// A time of day in hours, 0 to 24.
    pub(super) fn time(self, column: &str, problems: &mut Problems<'_>) -> Option<f64> {
        self.read(column, problems, |cell| {
            time(cell).ok_or_else(|| {
                (format!("`{}` is not a time of day", shown(cell)), "write hours and minutes, such as 20:30")
            })
        })
    }

    /// Intervals of a day in hours.
    pub(super) fn intervals(self, column: &str, problems: &mut Problems<'_>) -> Option<Vec<(f64, f64)>> {
        self.read(column, problems, |cell| {
            let interval = |text: &str| {
                let (from, until) = text.trim().split_once('-')?;
                Some((time(from.trim())?, time(until.trim())?)).filter(|(from, until)| from < until)
            };
            cell.split(';').map(interval).collect::<Option<Vec<_>>>().ok_or_else(|| {
                let problem = format!("`{}` is not a list of hours", shown(cell));
                (problem, "write from and until, such as 18:00-21:30, several with a semicolon between them")
            })
        })
    }

    /// Refuses a day that lies before an earlier milestone.
    pub(super) fn not_before(
        self,
        (later, day): (&str, Option<Date>),
        (earlier, start): (&str, Option<Date>),
        problems: &mut Problems<'_>,
    ) {
        if let (Some(day), Some(start)) = (day, start)
            && day < start
        {
            let problem = format!("`{day}` is before {earlier}, `{start}`");
            problems.cell(self, later, problem, "correct one of the two dates");
        }
    }
}

/// Hours of a time such as 20:30; 24:00 is the end of the day.
fn time(text: &str) -> Option<f64> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || minutes.len() != 2 || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (minutes < 60 && hours * 60 + minutes <= 24 * 60).then(|| f64::from(hours) + f64::from(minutes) / 60.0)
}

/// A finite number in plain or exponent form.
fn number(cell: &str) -> Result<f64, (String, &'static str)> {
    let plain = cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    match cell.parse::<f64>() {
        Ok(number) if plain && number.is_finite() => Ok(number),
        _ => Err((
            format!("`{}` is not a number", shown(cell)),
            "write it with a decimal point, without separators and units",
        )),
    }
}
