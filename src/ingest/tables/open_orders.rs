//! The open-orders table: one row an order and product on its way.

use std::collections::BTreeMap;

use super::cells::Problems;
use super::frame::Frame;
use crate::history::{OpenOrder, Sku};

/// Reads the rows in the order of the file.
pub(super) fn read(frame: &Frame, problems: &mut Problems<'_>) -> Vec<OpenOrder> {
    let mut seen = BTreeMap::new();
    let mut orders = Vec::with_capacity(frame.height());
    for row in frame.rows() {
        let order = row.text("order", problems);
        let sku = row.text("sku", problems);
        let mode = row.text("mode", problems);
        let units = row.units("units", problems);
        let ordered_on = row.date("ordered_on", problems);
        let stage = row.text("stage", problems).map(str::to_owned);
        let stage_since = row.date("stage_since", problems);
        let promised_on = row.date("promised_on", problems);
        // A date that cannot be read is given, and reported as such.
        let half = match (row.cell("stage").is_empty(), row.cell("stage_since").is_empty()) {
            (false, true) => Some(("stage_since", "is empty though stage is given")),
            (true, false) => Some(("stage", "is empty though stage_since is given")),
            _ => None,
        };
        if let Some((column, problem)) = half {
            problems.cell(row, column, problem, "give both or neither");
        }
        row.not_before(("stage_since", stage_since), ("ordered_on", ordered_on), problems);
        row.not_before(("promised_on", promised_on), ("ordered_on", ordered_on), problems);
        let (Some(order), Some(sku)) = (order, sku) else { continue };
        if let Some(first) = seen.insert((order, sku), row.line()) {
            let problem = format!("this order and sku stand already on row {first}");
            problems.cell(row, "order", problem, "one row an order and sku; number part deliveries apart");
        }
        let (Some(mode), Some(units), Some(ordered_on)) = (mode, units, ordered_on) else { continue };
        let (order, sku, mode) = (order.to_owned(), Sku(sku.to_owned()), mode.to_owned());
        orders.push(OpenOrder { order, sku, mode, units, ordered_on, stage, stage_since, promised_on });
    }
    orders
}
