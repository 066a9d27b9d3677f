//! The purchases table: one row a finished order line.

use std::collections::BTreeMap;

use super::cells::Problems;
use super::frame::Frame;
use crate::history::{Purchase, Sku};

/// The dates of an order, in the order in which they come.
const DATES: [&str; 5] = ["ordered_on", "produced_on", "arrived_on", "cleared_on", "received_on"];

/// Reads the rows in the order of the file.
pub(super) fn read(frame: &Frame, problems: &mut Problems<'_>) -> Vec<Purchase> {
    let mut seen = BTreeMap::new();
    let mut purchases = Vec::with_capacity(frame.height());
    for row in frame.rows() {
        let order = row.text("order", problems);
        let sku = row.text("sku", problems);
        let mode = row.text("mode", problems);
        let supplier = row.text("supplier", problems).map(str::to_owned);
        // Not kept, but a bad count tells of a bad file.
        row.units("units", problems);
        let dates = DATES.map(|column| row.date(column, problems));
        let mut known = DATES.into_iter().zip(dates).filter(|(_, date)| date.is_some());
        if let Some(mut before) = known.next() {
            for stage in known {
                row.not_before(stage, before, problems);
                before = stage;
            }
        }
        let (Some(order), Some(mode)) = (order, mode) else { continue };
        if let Some(first) = seen.insert((order, sku), row.line()) {
            let problem = format!("this order and sku stand already on row {first}");
            problems.cell(row, "order", problem, "one row an order and sku; number part deliveries apart");
        }
        let [Some(ordered_on), produced_on, arrived_on, cleared_on, received_on @ Some(_)] = dates else { continue };
        purchases.push(Purchase {
            order: order.to_owned(),
            sku: sku.map(|sku| Sku(sku.to_owned())),
            mode: mode.to_owned(),
            supplier,
            ordered_on,
            milestones: [produced_on, arrived_on, cleared_on],
            received_on,
        });
    }
    purchases
}
