//! Which numbers of a row the paths of a design have, so that the others need no memory.

use super::row::{self, StretchAt, VALUES};

/// The numbers of a row that every path has, counts before sums of money.
#[derive(Debug, Clone)]
pub(super) struct Kinds {
    /// Their places in a row, in order.
    pub(super) used: Vec<usize>,
    /// Their places in `used` by their places in a row.
    places: [u8; VALUES],
}

/// Place of a number that no path has.
const NOWHERE: u8 = u8::MAX;

impl Kinds {
    /// Those of paths with so many days in the events and outside them, on which customers may wait and ads are paid
    /// for or not, and of candidates with prices or without.
    pub(super) fn new(days: [i32; 2], waits: bool, spends: bool, priced: bool) -> Self {
        let [inside, outside] = days.map(|days| days > 0);
        // Where one stretch is all there is, its numbers are those of all days.
        let stretches = [(row::EVENT, inside), (row::OUTSIDE, outside), (row::ALL, inside && outside)];
        let missing = |value: &usize| {
            let of = |at: &StretchAt| at.values().contains(value);
            let stretch = stretches.iter().find(|(at, _)| of(at));
            match *value {
                row::WAITING_AT_END => !waits,
                row::SPEND | row::SPEND_SAVED | row::SPEND_WASTED => !spends,
                row::GOODS_COST | row::PROFIT => !priced,
                // Reference demand is the same for every lane.
                _ => stretch
                    .is_some_and(|(at, there)| !there || *value == at.reference() || (*value == at.waited() && !waits)),
            }
        };
        let used: Vec<usize> = (0..VALUES).filter(|value| !missing(value)).collect();
        let mut places = [NOWHERE; VALUES];
        for (place, value) in used.iter().enumerate() {
            places[*value] = place as u8;
        }
        Self { used, places }
    }

    /// Where a number stands among those that every path has.
    #[inline(always)]
    pub(super) const fn place(&self, value: usize) -> usize {
        self.places[value] as usize
    }

    /// Whether the paths have a number.
    #[inline(always)]
    pub(super) const fn has(&self, value: usize) -> bool {
        self.places[value] != NOWHERE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_path_has_has_no_place() {
        let all = Kinds::new([9, 31], true, true, true);
        // All but three times the reference demand, which is no lane's own.
        assert_eq!(all.used.len(), VALUES - 3);
        let least = Kinds::new([90, 0], false, false, false);
        assert_eq!(least.used.len(), 7 + 8, "{:?}", least.used);
        assert!(least.has(row::EVENT.served()) && !least.has(row::OUTSIDE.served()) && !least.has(row::ALL.served()));
        assert!(!least.has(row::EVENT.waited()) && !least.has(row::SPEND) && !least.has(row::PROFIT));
        for kinds in [all, least] {
            assert!(kinds.used.is_sorted());
            assert!(kinds.used.iter().enumerate().all(|(place, value)| kinds.place(*value) == place));
        }
    }
}
