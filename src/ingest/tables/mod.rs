//! Tables of the past: CSV files to the records of [`History`](crate::history::History), or to every bad row.
//!
//! A row is named by the line on which it begins in the file: the header stands on line 1. Cells are trimmed; an
//! empty cell is unknown. Columns that a table does not have are not loaded, and only their names are reported.
//! Whether a product or a mode is one of the scenario's is not judged here.

mod ads;
mod cells;
mod error;
mod frame;
mod history;
mod open_orders;
mod promotions;
mod purchases;
mod records;
mod sales;
mod schema;
mod stock;

pub use error::{DataError, RowProblem, TableError, TableProblem};
pub use history::{InputFile, LoadedHistory, load_history};
pub use schema::TableRole;

#[cfg(test)]
mod tests;
