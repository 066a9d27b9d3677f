//! Candidates side by side: plans resolved to vectors of numbers.
//!
//! A group holds up to `VECTORS x LANES` candidates that share what a vector cannot hold apart: the lead-time mode (one
//! list of arrivals), the kind of order size, and when their guards look.

use super::lean::WIDEST;
use super::number::LaneNumber;
use crate::policy::{Guard, Look, OrderLimits, OrderSize, PreStockOrder, ReorderLevels, StockLevel};
use crate::simulate::{PolicyPlan, Setting};
use crate::units::Units;

/// Candidates in a vector.
pub const LANES: usize = 16;
/// One number for each candidate of a vector.
pub type Lanes = [i32; LANES];

/// A level that no position ever reaches.
pub(super) const NEVER: i32 = i32::MIN;

/// What the candidates of a group share. Also the order in which groups come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct GroupKey {
    mode: usize,
    size: SizeKind,
    /// Whether any guard looks, when, and its delay in days.
    guard: Option<(u8, usize)>,
}

/// How the size of an order is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SizeKind {
    /// The same number each time.
    Fixed,
    /// From what is missing, in multiples.
    ByShortfall,
}

/// Candidates that are simulated together.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) mode: usize,
    pub(super) size: SizeKind,
    /// Place of each lane's candidate in the list of plans; lanes beyond it are padding.
    pub(super) candidates: Vec<usize>,
    /// Vectors: `candidates.len()` rounded up.
    pub(super) vectors: usize,
    /// Reorder points: one row of vectors a day, or a single row.
    pub(super) levels: Vec<Lanes>,
    /// Vectors from one day's row to the next: 0 if one row holds for every day.
    pub(super) level_stride: usize,
    /// Order sizes by [`SizeKind`].
    pub(super) orders: Vec<OrderLanes>,
    /// Pieces bought ahead.
    pub(super) pre_stocked: Vec<Lanes>,
    /// Pre-stock orders by day.
    pub(super) pre_stock: Vec<(usize, Vec<Lanes>)>,
    pub(super) guard: Option<GuardLanes>,
    /// Whether no number but demand can leave 16 bits.
    pub(super) fits_narrow: bool,
}

/// Order sizes of a vector of candidates.
#[derive(Debug, Clone, Copy)]
pub(super) struct OrderLanes {
    /// The whole order ([`SizeKind::Fixed`]), or pieces beyond the reorder point that are wanted as well.
    pub(super) quantity: Lanes,
    /// Orders come in multiples of this lot before the supplier's limits.
    pub(super) lot: Lanes,
    pub(super) per_lot: [f32; LANES],
    /// Whether every lot is one piece.
    pub(super) plain_lots: bool,
    pub(super) minimum: Lanes,
    /// The supplier's multiple.
    pub(super) multiple: Lanes,
    pub(super) per_multiple: [f32; LANES],
    /// Most pieces, a whole number of multiples.
    pub(super) maximum: Lanes,
    /// Whether the supplier takes any number of pieces.
    pub(super) plain_limits: bool,
}

/// Guards of a group.
#[derive(Debug)]
pub(super) struct GuardLanes {
    pub(super) look: Look,
    pub(super) delay_days: usize,
    /// Levels of each lane; padding and candidates without a guard never pause.
    pub(super) levels: Vec<Option<[StockLevel; 2]>>,
    /// Levels of each vector in pieces, if none depends on the path.
    pub(super) in_pieces: Vec<[Lanes; 2]>,
}

impl GuardLanes {
    /// The pause and resume levels of vector `vector` in pieces, given the stock at the event's first hour.
    pub(super) fn levels_in_pieces(&self, vector: usize, event_start: &Lanes) -> [Lanes; 2] {
        if let Some(pieces) = self.in_pieces.get(vector) {
            return *pieces;
        }
        let mut pieces = [[NEVER; LANES]; 2];
        for (at, level) in self.levels[vector * LANES..(vector + 1) * LANES].iter().enumerate() {
            if let Some([pause, resume]) = level {
                let start = event_start[at] as u64;
                pieces[0][at] = lane(pause.highest_at_or_below(start));
                pieces[1][at] = lane(resume.lowest_at_or_above(start));
            }
        }
        pieces
    }

    /// One more than the pause level, and the resume level, of the lanes from `at` on, whose stock at the event's first
    /// hour is given.
    #[inline(always)]
    pub(super) fn levels_of_lanes<E: LaneNumber>(&self, at: usize, event_start: &[E]) -> [[E; WIDEST]; 2] {
        let mut levels = [[E::nearest(NEVER); WIDEST]; 2];
        for (part, start) in event_start.chunks(LANES).enumerate() {
            let (vector, lane) = ((at + part * LANES) / LANES, at % LANES);
            let mut stock = [0; LANES];
            for (to, from) in stock[lane..].iter_mut().zip(start) {
                *to = from.wide();
            }
            let [pause, resume] = self.levels_in_pieces(vector, &stock);
            for at in 0..start.len() {
                levels[0][part * LANES + at] = E::nearest(pause[lane + at].saturating_add(1));
                levels[1][part * LANES + at] = E::nearest(resume[lane + at]);
            }
        }
        levels
    }
}

/// Largest number that a lane may hold: sums over the days of a path stay below 2^31.
pub(super) fn largest(setting: &Setting) -> u64 {
    (i32::MAX as u64 / 2) / setting.days.max(1) as u64
}

impl Group {
    /// The pre-stock orders of `day`, if any candidate places one.
    #[inline(always)]
    pub(super) fn pre_stock_on(&self, day: usize) -> Option<&[Lanes]> {
        self.pre_stock.iter().find(|(on, _)| *on == day).map(|(_, units)| units.as_slice())
    }

    /// Most demand of a path with which every number stays exact.
    fn most_demand(&self) -> u64 {
        /// A floating-point quotient is off by less than one below this.
        const EXACT_QUOTIENT: u64 = 1 << 20;
        let mut most = i32::MAX as u64 / 2;
        if self.size == SizeKind::ByShortfall {
            for lanes in &self.orders {
                let level = self.levels.iter().flatten().copied().max().unwrap_or(0).max(0) as u64;
                for at in 0..LANES {
                    let others = level + lanes.quantity[at] as u64 + lanes.minimum[at] as u64 + lanes.lot[at] as u64;
                    for (unit, plain) in [(lanes.lot, lanes.plain_lots), (lanes.multiple, lanes.plain_limits)] {
                        if !plain {
                            most = most.min((unit[at] as u64 * EXACT_QUOTIENT).saturating_sub(others));
                        }
                    }
                }
            }
        }
        most
    }
}

/// Most demand of a path with which every number of every group stays exact.
pub(super) fn most_demand(groups: &[Group]) -> u64 {
    groups.iter().map(Group::most_demand).min().unwrap_or(0)
}

/// The plans as groups; `None` if a number could leave the exact range of a lane, which the plain engine holds.
pub(super) fn groups(plans: &[PolicyPlan], setting: &Setting, vectors: usize) -> Option<Vec<Group>> {
    if !in_range(plans, setting) {
        return None;
    }
    let mut keyed: Vec<(GroupKey, usize)> =
        plans.iter().enumerate().map(|(at, plan)| (key(plan, setting), at)).collect();
    keyed.sort_unstable();
    let mut groups = Vec::new();
    for same in keyed.chunk_by(|a, b| a.0 == b.0) {
        // What does not fill a wide group goes on in narrow ones.
        let wide = same.len() / (vectors * LANES) * vectors * LANES;
        let (wide, narrow) = same.split_at(wide);
        for lanes in wide.chunks(vectors * LANES).chain(narrow.chunks(LANES)) {
            groups.push(group(plans, setting, lanes[0].0, lanes.iter().map(|(_, at)| *at).collect()));
        }
    }
    Some(groups)
}

fn in_range(plans: &[PolicyPlan], setting: &Setting) -> bool {
    let largest = largest(setting);
    plans.iter().all(|plan| most_held(plan, setting) <= largest)
}

/// A bound on the pieces that a plan ever has on hand and on order together.
fn most_held(plan: &PolicyPlan, setting: &Setting) -> u64 {
    let open: u64 = setting.open_orders.iter().map(|units| units.0).fold(0, u64::saturating_add);
    let levels = match &plan.replenishment.levels {
        ReorderLevels::Never => 0,
        ReorderLevels::Constant { level, .. } => level.0,
        ReorderLevels::AfterEvents { levels, .. } | ReorderLevels::Rolling { levels } => {
            levels.iter().map(|level| level.0).max().unwrap_or(0)
        }
        ReorderLevels::ByDay { levels } => levels.iter().flatten().map(|level| level.0).max().unwrap_or(0),
    };
    let size = match plan.replenishment.size {
        OrderSize::Lot { quantity } | OrderSize::Lots { quantity } => quantity.0,
        OrderSize::UpTo { above } => above.0,
    };
    let limits = plan.replenishment.limits;
    let owed: u64 = setting.flow.backlog.iter().map(|units| units.0).fold(setting.flow.reserved.0, u64::saturating_add);
    [
        setting.opening_stock.0,
        owed,
        plan.pre_stocked.0,
        open,
        plan.pre_stock_orders().map(|order| order.units.0).fold(0, u64::saturating_add),
        levels,
        size.saturating_mul(2),
        limits.minimum.0,
        limits.multiple.0,
    ]
    .into_iter()
    .fold(0, u64::saturating_add)
}

/// When a guard looks.
const OPEN: u8 = 0;
const CLOSE: u8 = 1;
const WITHIN: u8 = 2;

fn key(plan: &PolicyPlan, setting: &Setting) -> GroupKey {
    GroupKey {
        mode: plan.mode,
        size: size_kind(plan),
        guard: plan.guard.map(|guard| match guard.look {
            Look::Close => (CLOSE, guard.delay_days),
            // Between the orders of a day, if there are any.
            Look::Within if setting.storefront.is_some() => (WITHIN, 0),
            Look::Open | Look::Within => (OPEN, guard.delay_days),
        }),
    }
}

/// The reorder point of `day`; never reached where nothing would be ordered.
fn level_on(plan: &PolicyPlan, setting: &Setting, day: usize) -> i32 {
    if !setting.reviews(day) {
        return NEVER;
    }
    let rule = &plan.replenishment;
    let orders = match rule.size {
        OrderSize::Lot { quantity } => rule.limits.fit(quantity) > Units::ZERO,
        OrderSize::Lots { .. } | OrderSize::UpTo { .. } => true,
    };
    rule.levels.at(day).filter(|_| orders).map_or(NEVER, |level| lane(level.0))
}

/// How a plan finds the size of an order.
pub(super) fn size_kind(plan: &PolicyPlan) -> SizeKind {
    match plan.replenishment.size {
        OrderSize::Lot { .. } => SizeKind::Fixed,
        _ => SizeKind::ByShortfall,
    }
}

fn lane(units: u64) -> i32 {
    i32::try_from(units).unwrap_or(i32::MAX)
}

fn group(plans: &[PolicyPlan], setting: &Setting, key: GroupKey, candidates: Vec<usize>) -> Group {
    let vectors = candidates.len().div_ceil(LANES);
    let of = |vector: usize, lane: usize| candidates.get(vector * LANES + lane).map(|at| &plans[*at]);
    // Padding lanes never order and never sell: they hold nothing.
    let rows = |value: &dyn Fn(&PolicyPlan) -> i32, padding: i32| -> Vec<Lanes> {
        (0..vectors).map(|vector| std::array::from_fn(|lane| of(vector, lane).map_or(padding, value))).collect()
    };
    let every_evening = setting.order_days.is_empty() && setting.review_days <= 1;
    let constant = every_evening
        && candidates.iter().all(|at| {
            matches!(
                plans[*at].replenishment.levels,
                ReorderLevels::Never | ReorderLevels::Constant { last_order_day: None, .. }
            )
        });
    let days = if constant { 1 } else { setting.days };
    let levels = (0..days).flat_map(|day| rows(&|plan| level_on(plan, setting, day), NEVER)).collect();
    let limits = |plan: &PolicyPlan| plan.replenishment.limits;
    let quantity = rows(
        &|plan| match plan.replenishment.size {
            OrderSize::Lot { quantity } => lane(limits(plan).fit(quantity).0),
            // (s,nQ) lifts the position above s: one piece more than is missing.
            OrderSize::Lots { .. } => 1,
            OrderSize::UpTo { above } => lane(above.0),
        },
        0,
    );
    let lot = rows(
        &|plan| match plan.replenishment.size {
            OrderSize::Lots { quantity } => lane(quantity.0.max(1)),
            _ => 1,
        },
        1,
    );
    let minimum = rows(&|plan| lane(limits(plan).minimum.0), 0);
    let multiple = rows(&|plan| lane(limits(plan).multiple.0.max(1)), 1);
    let maximum = rows(
        &|plan| match limits(plan) {
            OrderLimits { maximum: Units(u64::MAX), .. } => i32::MAX,
            limits => lane(limits.maximum.0 / limits.multiple.0.max(1) * limits.multiple.0.max(1)),
        },
        i32::MAX,
    );
    let orders = (0..vectors)
        .map(|v| OrderLanes {
            quantity: quantity[v],
            lot: lot[v],
            per_lot: lot[v].map(|lot| 1.0 / lot as f32),
            plain_lots: lot[v] == [1; LANES],
            minimum: minimum[v],
            multiple: multiple[v],
            per_multiple: multiple[v].map(|multiple| 1.0 / multiple as f32),
            maximum: maximum[v],
            plain_limits: multiple[v] == [1; LANES] && minimum[v] == [0; LANES] && maximum[v] == [i32::MAX; LANES],
        })
        .collect();
    let mut pre_days: Vec<usize> = candidates
        .iter()
        .flat_map(|at| plans[*at].pre_stock_orders())
        .filter_map(|order| setting.order_day_from(order.day))
        .collect();
    pre_days.sort_unstable();
    pre_days.dedup();
    let pre_stock = pre_days
        .into_iter()
        .map(|day| {
            let units = |plan: &PolicyPlan| {
                let today = |order: &PreStockOrder| setting.order_day_from(order.day) == Some(day);
                lane(plan.pre_stock_orders().filter(today).map(|order| order.units.0).sum())
            };
            (day, rows(&units, 0))
        })
        .collect();
    let levels_of = |guard: &Guard| [guard.pause, guard.resume];
    let guard = key.guard.map(|(when, delay_days)| {
        let levels: Vec<Option<[StockLevel; 2]>> = (0..vectors * LANES)
            .map(|at| of(at / LANES, at % LANES).and_then(|plan| plan.guard.as_ref()).map(levels_of))
            .collect();
        let depends = levels.iter().flatten().flatten().any(|level| !level.is_fixed());
        let look = match when {
            CLOSE => Look::Close,
            WITHIN => Look::Within,
            _ => Look::Open,
        };
        let mut guard = GuardLanes { look, delay_days, levels, in_pieces: Vec::new() };
        if !depends {
            guard.in_pieces = (0..vectors).map(|vector| guard.levels_in_pieces(vector, &[0; LANES])).collect();
        }
        guard
    });
    Group {
        mode: key.mode,
        size: key.size,
        pre_stocked: rows(&|plan| lane(plan.pre_stocked.0), 0),
        vectors,
        levels,
        level_stride: if constant { 0 } else { vectors },
        orders,
        pre_stock,
        guard,
        // One below the most: levels are held one above themselves.
        fits_narrow: candidates.iter().all(|at| most_held(&plans[*at], setting) < i16::MAX as u64),
        candidates,
    }
}
