//! What is averaged over paths: one row of numbers for each path and candidate.

use super::Economics;
use crate::simulate::{LANES, PathOutcome};

/// Numbers of a stretch in a row.
const STRETCH: usize = 9;
/// Numbers in a row.
pub(super) const VALUES: usize = 3 * STRETCH + 14;
/// Numbers of a row that are counts; sums of money follow them.
pub(super) const COUNTS: usize = SPEND;
/// Products of two numbers of a row that ratios need.
pub(super) const PRODUCTS: usize = 7;

/// Where a stretch's numbers begin.
#[derive(Debug, Clone, Copy)]
pub(super) struct StretchAt(usize);

/// The days of the events.
pub(super) const EVENT: StretchAt = StretchAt(0);
/// The other days.
pub(super) const OUTSIDE: StretchAt = StretchAt(1);
/// All days.
pub(super) const ALL: StretchAt = StretchAt(2);

impl StretchAt {
    pub(super) const fn stockout(self) -> usize {
        self.0 * STRETCH
    }
    pub(super) const fn served(self) -> usize {
        self.0 * STRETCH + 1
    }
    pub(super) const fn seen(self) -> usize {
        self.0 * STRETCH + 2
    }
    pub(super) const fn reference(self) -> usize {
        self.0 * STRETCH + 3
    }
    pub(super) const fn ready_days(self) -> usize {
        self.0 * STRETCH + 4
    }
    pub(super) const fn stockout_days(self) -> usize {
        self.0 * STRETCH + 5
    }
    pub(super) const fn lost(self) -> usize {
        self.0 * STRETCH + 6
    }
    pub(super) const fn forgone(self) -> usize {
        self.0 * STRETCH + 7
    }
    pub(super) const fn waited(self) -> usize {
        self.0 * STRETCH + 8
    }
    /// Place of the stretch among the three.
    pub(super) const fn place(self) -> usize {
        self.0
    }
    /// All of the stretch's places.
    pub(super) const fn values(self) -> std::ops::Range<usize> {
        self.0 * STRETCH..(self.0 + 1) * STRETCH
    }
    /// Place of served x seen among the products.
    pub(super) const fn served_seen(self) -> usize {
        self.0
    }
    /// Place of served x reference among the products.
    pub(super) const fn served_reference(self) -> usize {
        3 + self.0
    }
}

pub(super) const CLEAN_CYCLES: usize = 27;
pub(super) const CYCLES: usize = 28;
pub(super) const ON_HAND_DAYS: usize = 29;
pub(super) const PEAK_STOCK: usize = 30;
pub(super) const LEFTOVER: usize = 31;
pub(super) const FINAL_STOCK: usize = 32;
pub(super) const WAITING_AT_END: usize = 33;
pub(super) const ORDERED: usize = 34;
pub(super) const ORDERS: usize = 35;
pub(super) const SPEND: usize = 36;
pub(super) const SPEND_SAVED: usize = 37;
pub(super) const SPEND_WASTED: usize = 38;
pub(super) const GOODS_COST: usize = 39;
pub(super) const PROFIT: usize = 40;
/// Place of clean cycles x cycles among the products.
pub(super) const CLEAN_OF_CYCLES: usize = 6;

/// The row of one candidate.
pub(super) fn row(outcome: &PathOutcome, economics: Option<&Economics>) -> [f64; VALUES] {
    let mut row = [0.0; VALUES];
    let outside = outcome.all.without(&outcome.event);
    for (at, tally) in [(EVENT, &outcome.event), (OUTSIDE, &outside), (ALL, &outcome.all)] {
        row[at.stockout()] = f64::from(u8::from(tally.stockout()));
        row[at.served()] = tally.served as f64;
        row[at.seen()] = tally.seen() as f64;
        row[at.reference()] = tally.reference as f64;
        row[at.ready_days()] = tally.ready_days as f64;
        row[at.stockout_days()] = tally.stockout_days as f64;
        row[at.lost()] = tally.lost as f64;
        row[at.forgone()] = tally.forgone as f64;
        row[at.waited()] = tally.waited as f64;
    }
    row[CLEAN_CYCLES] = outcome.clean_cycles as f64;
    row[CYCLES] = outcome.cycles as f64;
    row[ON_HAND_DAYS] = outcome.all.on_hand_days as f64;
    row[PEAK_STOCK] = outcome.peak_stock as f64;
    row[LEFTOVER] = outcome.stock_after_event as f64;
    row[FINAL_STOCK] = outcome.final_stock as f64;
    row[WAITING_AT_END] = outcome.waiting_at_end as f64;
    row[ORDERED] = outcome.ordered as f64;
    row[ORDERS] = outcome.orders as f64;
    row[SPEND] = outcome.spend;
    row[SPEND_SAVED] = outcome.spend_saved;
    row[SPEND_WASTED] = outcome.spend_wasted;
    if let Some(economics) = economics {
        row[GOODS_COST] = economics.goods_cost(outcome);
        row[PROFIT] = economics.profit(outcome);
    }
    row
}

/// The products of a row.
pub(super) fn products(row: &[f64; VALUES]) -> [f64; PRODUCTS] {
    let mut products = [0.0; PRODUCTS];
    for at in [EVENT, OUTSIDE, ALL] {
        products[at.served_seen()] = row[at.served()] * row[at.seen()];
        products[at.served_reference()] = row[at.served()] * row[at.reference()];
    }
    products[CLEAN_OF_CYCLES] = row[CLEAN_CYCLES] * row[CYCLES];
    products
}

/// One number for each candidate of a vector.
pub(super) type Row = [f64; LANES];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::Tally;

    #[test]
    fn every_number_has_a_place_of_its_own() {
        let tally = Tally {
            reference: 50,
            served: 20,
            lost: 11,
            forgone: 12,
            waited: 7,
            stockout_days: 3,
            ready_days: 4,
            days: 8,
            on_hand_days: 80,
            ..Tally::default()
        };
        let outcome = PathOutcome {
            all: tally.with(&Tally { reference: 5, served: 5, days: 2, ready_days: 2, ..Tally::default() }),
            event: tally,
            cycles: 3,
            clean_cycles: 2,
            peak_stock: 90,
            final_stock: 6,
            stock_after_event: 13,
            waiting_at_end: 1,
            ordered: 70,
            orders: 9,
            spend: 1.5,
            spend_saved: 2.5,
            spend_wasted: 0.5,
            ..PathOutcome::default()
        };
        let row = row(&outcome, None);
        assert_eq!(row[EVENT.stockout()..OUTSIDE.stockout()], [1.0, 20.0, 38.0, 50.0, 4.0, 3.0, 11.0, 12.0, 7.0]);
        assert_eq!(row[OUTSIDE.stockout()..ALL.stockout()], [0.0, 5.0, 5.0, 5.0, 2.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(row[CLEAN_CYCLES..GOODS_COST], [2.0, 3.0, 80.0, 90.0, 13.0, 6.0, 1.0, 70.0, 9.0, 1.5, 2.5, 0.5]);
        assert_eq!(products(&row)[CLEAN_OF_CYCLES], 6.0);
    }
}
