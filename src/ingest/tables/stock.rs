//! The stock table: one row a product.

use std::collections::BTreeMap;

use super::cells::Problems;
use super::frame::Frame;
use crate::history::{Sku, StockCount};
use crate::units::Units;

/// Reads the rows. An empty part counts as nothing taken away, which is all a stock count can say of it.
pub(super) fn read(frame: &Frame, problems: &mut Problems<'_>) -> BTreeMap<Sku, StockCount> {
    let mut seen = BTreeMap::new();
    let mut stock = BTreeMap::new();
    for row in frame.rows() {
        let sku = row.text("sku", problems);
        let on_hand = row.units("on_hand", problems);
        let committed = row.units("committed", problems).unwrap_or(Units::ZERO);
        let [reserved, damaged] = ["reserved", "damaged"].map(|column| {
            let part = row.units(column, problems).unwrap_or(Units::ZERO);
            if let Some(on_hand) = on_hand
                && part > on_hand
            {
                let problem = format!("`{part}` is above on_hand, `{on_hand}`");
                problems.cell(row, column, problem, "it is a part of on_hand, not beside it");
            }
            part
        });
        let Some(sku) = sku else { continue };
        if let Some(first) = seen.insert(sku, row.line()) {
            let problem = format!("this sku stands already on row {first}");
            problems.cell(row, "sku", problem, "one row a sku; add them up or remove one");
        }
        let Some(on_hand) = on_hand else { continue };
        stock.insert(Sku(sku.to_owned()), StockCount { on_hand, committed, reserved, damaged });
    }
    stock
}
