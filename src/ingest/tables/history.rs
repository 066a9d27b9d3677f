//! All tables that a scenario names, read into one history.

use std::path::Path;

use super::cells::Problems;
use super::error::{DataError, TableError, TableProblem};
use super::frame::Frame;
use super::schema::TableRole;
use super::{ads, open_orders, promotions, purchases, sales, stock};
use crate::history::History;
use crate::ingest::files;
use crate::learn::TrafficProfile;
use crate::scenario::HistorySpec;

/// Most MiB of a table.
const LIMIT: u64 = 512;

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// The table it holds.
    pub role: TableRole,
    /// The file, as the scenario names it.
    pub path: String,
    /// Rows, the header not counted.
    pub rows: usize,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Names of columns that were not read, as in the file.
    pub ignored_columns: Vec<String>,
}

/// The past, and the files that it was read from.
#[derive(Debug, Clone, Default)]
pub struct LoadedHistory {
    /// The records.
    pub history: History,
    /// The files, in the order of the scenario's keys.
    pub inputs: Vec<InputFile>,
}

/// Reads the tables that a scenario names; their paths are relative to `base_dir`, the scenario file's folder.
///
/// # Errors
/// [`DataError`] with the problems of all files.
pub fn load_history(base_dir: &Path, spec: &HistorySpec) -> Result<LoadedHistory, DataError> {
    let mut loader = Loader { base_dir, inputs: Vec::new(), failed: Vec::new() };
    let history = History {
        sales: loader
            .table(TableRole::Sales, Some(&spec.sales), |frame, problems| sales::read(frame, &traffic(spec), problems)),
        promotions: loader.table(TableRole::Promotions, spec.promotions.as_ref(), promotions::read),
        ads: loader.table(TableRole::Ads, spec.ads.as_ref(), ads::read),
        purchases: loader.table(TableRole::Purchases, spec.purchases.as_ref(), purchases::read),
        open_orders: loader.table(TableRole::OpenOrders, spec.open_orders.as_ref(), open_orders::read),
        stock: loader.table(TableRole::Stock, spec.stock.as_ref(), stock::read),
    };
    if loader.failed.is_empty() {
        Ok(LoadedHistory { history, inputs: loader.inputs })
    } else {
        Err(DataError { tables: loader.failed })
    }
}

/// The hours of a day, as the scenario states them; every hour alike where it does not.
fn traffic(spec: &HistorySpec) -> TrafficProfile {
    let mut hours = [0.0; 24];
    for (hour, orders) in hours.iter_mut().zip(&spec.orders_by_hour) {
        *hour = f64::from(*orders);
    }
    TrafficProfile::from_hours([&hours]).unwrap_or_default()
}

/// What was read so far.
struct Loader<'a> {
    base_dir: &'a Path,
    inputs: Vec<InputFile>,
    failed: Vec<TableProblem>,
}

impl Loader<'_> {
    /// Reads one table; a failure is noted and gives nothing.
    fn table<T: Default>(
        &mut self,
        role: TableRole,
        file: Option<&String>,
        read: impl FnOnce(&Frame, &mut Problems<'_>) -> T,
    ) -> T {
        let Some(file) = file else {
            return T::default();
        };
        match self.read(role, file, read) {
            Ok(table) => table,
            Err(error) => {
                self.failed.push(TableProblem { role, file: file.clone(), error });
                T::default()
            }
        }
    }

    fn read<T>(
        &mut self,
        role: TableRole,
        file: &str,
        read: impl FnOnce(&Frame, &mut Problems<'_>) -> T,
    ) -> Result<T, TableError> {
        let bytes = files::read(&self.base_dir.join(file), LIMIT)?;
        let mut problems = Problems::new(file);
        let frame = Frame::read(role, files::text(&bytes)?, &mut problems)?;
        let table = read(&frame, &mut problems);
        if problems.any() {
            return Err(problems.take());
        }
        let (rows, sha256) = (frame.height(), files::digest(&bytes));
        self.inputs.push(InputFile { role, path: file.to_owned(), rows, sha256, ignored_columns: frame.ignored });
        Ok(table)
    }
}
