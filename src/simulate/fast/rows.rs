//! The plans of a group as the lean loop reads them: rows of lanes in the number of the vector.

use super::group::{Group, LANES, Lanes};
use super::number::LaneNumber;

/// Plans of a group, lane by lane.
#[derive(Debug)]
pub(super) struct PlanRows<E> {
    /// Stock at first: today's and what was bought ahead.
    pub(super) opening: Vec<E>,
    /// Order quantity.
    pub(super) quantity: Vec<E>,
    /// Reorder point + 1, so that one comparison tells: one row a day, or a single row.
    levels: Vec<E>,
    by_day: bool,
    /// Pre-stock orders by day.
    pub(super) pre_stock: Vec<(usize, Vec<E>)>,
}

impl<E: LaneNumber> PlanRows<E> {
    pub(super) fn new(group: &Group, opening_stock: i32) -> Self {
        let numbers = |lanes: &[Lanes]| lanes.as_flattened().iter().copied().map(E::nearest).collect();
        let opening = group.pre_stocked.as_flattened().iter().map(|units| E::nearest(opening_stock + units)).collect();
        let quantity: Vec<Lanes> = group.orders.iter().map(|lanes| lanes.quantity).collect();
        let above = |level: &i32| E::nearest(level.saturating_add(1));
        Self {
            opening,
            quantity: numbers(&quantity),
            levels: group.levels.as_flattened().iter().map(above).collect(),
            by_day: group.level_stride > 0,
            pre_stock: group.pre_stock.iter().map(|(day, units)| (*day, numbers(units))).collect(),
        }
    }

    /// The row of `day`.
    #[inline(always)]
    pub(super) fn level_on(&self, day: usize) -> &[E] {
        let lanes = self.opening.len();
        &self.levels[if self.by_day { day * lanes } else { 0 }..][..lanes]
    }

    /// Whether every day has a row of its own.
    #[inline(always)]
    pub(super) const fn levels_move(&self) -> bool {
        self.by_day
    }

    /// The pre-stock orders of `day`, if any candidate places one.
    #[inline(always)]
    pub(super) fn pre_stock_on(&self, day: usize) -> Option<&[E]> {
        self.pre_stock.iter().find(|(on, _)| *on == day).map(|(_, units)| units.as_slice())
    }

    /// The first day after `day` on which a candidate places a pre-stock order.
    #[inline(always)]
    pub(super) fn next_pre_stock_after(&self, day: usize) -> usize {
        self.pre_stock.iter().map(|(on, _)| *on).filter(|on| *on > day).min().unwrap_or(usize::MAX)
    }
}

/// Adds the lanes of a block that begins at lane `at` of the group to the outcomes, one for each [`LANES`].
#[inline(always)]
pub(super) fn add_lanes<O>(at: usize, from: &[i32], out: &mut [O], pick: impl Fn(&mut O) -> &mut Lanes) {
    each_part(at, from, out, pick, |to, from| *to += from);
}

/// The same, but what stood there goes.
#[inline(always)]
pub(super) fn set_lanes<O>(at: usize, from: &[i32], out: &mut [O], pick: impl Fn(&mut O) -> &mut Lanes) {
    each_part(at, from, out, pick, |to, from| *to = from);
}

#[inline(always)]
fn each_part<O>(
    at: usize,
    from: &[i32],
    out: &mut [O],
    pick: impl Fn(&mut O) -> &mut Lanes,
    each: impl Fn(&mut i32, i32),
) {
    let mut lane = at;
    for part in from.chunks(LANES) {
        let to = &mut pick(&mut out[lane / LANES])[lane % LANES..][..part.len()];
        for (to, from) in to.iter_mut().zip(part) {
            each(to, *from);
        }
        lane += part.len();
    }
}
