//! The fast engine: many candidates side by side over one path.
//!
//! Same meaning as the plain engine ([`day`](super::day)), outcome by outcome; a property test holds the two equal. How
//! it works, and what bounds it: `src/docs/fast-engine.md`. To change a mechanic, change the plain engine first, see the
//! property test fail, and find the step of the same number in [`full`] (and in [`lean`], if the lean loop runs it).

mod full;
mod future;
mod group;
mod lean;
mod number;
mod outcome;
mod rows;
mod segment;
mod vector;

use fearless_simd::{Level, Simd, SimdBase};

use self::full::Shop;
use self::future::Future;
use self::group::{Group, SizeKind};
use self::rows::PlanRows;
use self::segment::Segment;
use super::thinning::Thinner;
use super::{PathOutcome, PolicyPlan, Setting, Workspace, simulate};
use crate::policy::{Look, StockLevel};
use crate::process::ProductPath;
use crate::units::{Probability, Units};

pub use group::{LANES, Lanes};
pub use outcome::{AlertLanes, OutcomeLanes, StretchLanes};

/// Vectors of a group in the lean loop, where the machine has 32 registers of 512 bits; elsewhere one.
const WIDE: usize = 4;

/// Takes the outcomes of a path as they come, candidate by candidate or a vector at a time.
pub trait Sink {
    /// The outcome of a vector of candidates: lane i is candidate `candidates[i]`, lanes beyond are padding.
    fn vector<S: Simd>(&mut self, simd: S, candidates: &[usize], outcome: &OutcomeLanes);
    /// The outcome of one candidate.
    fn single(&mut self, candidate: usize, outcome: &PathOutcome);
    /// No more paths come for now: what was put aside is to be added up.
    fn settle<S: Simd>(&mut self, simd: S) {
        let _ = simd;
    }
}

/// Which vector unit the fast engine uses. The outcomes are the same with each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VectorUnit {
    /// The widest that the machine has.
    Widest,
    /// At most 256 bits (AVX2).
    Bits256,
    /// What every machine of this architecture has; 128 bits (SSE2) on x86.
    Baseline,
}

impl VectorUnit {
    fn level(self) -> Level {
        let level = Level::new();
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        let level = match self {
            Self::Widest => level,
            Self::Bits256 => level.as_avx2().map_or(level, Simd::level),
            Self::Baseline => Level::baseline(),
        };
        level
    }
}

/// What the groups of a design share.
struct Ground<'a> {
    setting: &'a Setting,
    segments: &'a [Segment],
    opening: i32,
    open_units: i32,
    /// Pieces held back.
    reserved: i32,
    /// Whether no page carries anything over midnight.
    steady_pages: bool,
}

/// Candidates of one setting, made ready to be run over many paths.
#[derive(Debug)]
pub struct Engine<'a> {
    plans: &'a [PolicyPlan],
    setting: &'a Setting,
    /// Empty if the lanes lack a mechanic, or a number could leave their exact range: then the plain engine runs.
    groups: Vec<Group>,
    segments: Vec<Segment>,
    most_demand: u64,
    /// The plans of each group for the lean loop, if it has every mechanic.
    lean: Option<Vec<LeanGroup>>,
    level: Level,
}

/// A group's plans in the numbers of the lean loop.
#[derive(Debug)]
struct LeanGroup {
    /// In 16 bits, if they fit.
    narrow: Option<PlanRows<i16>>,
    wide: PlanRows<i32>,
}

/// Memory of one worker, used again for each path.
#[derive(Debug, Default)]
pub struct EngineMemory {
    future: Future,
    scratch: Scratch,
    shop: Shop,
    outcomes: Vec<OutcomeLanes>,
    plain: Workspace,
    /// The outcome of a candidate that is handed over by itself.
    alone: PathOutcome,
}

/// Memory that one group uses and the next uses again.
#[derive(Debug, Default)]
struct Scratch {
    /// Pieces that arrive on each day, in the lean loop; nothing between two paths.
    narrow_ring: Vec<i16>,
    wide_ring: Vec<i32>,
    /// What each lane ordered at the end of each day, in the full loop.
    orders: Vec<Lanes>,
    /// Whether each lane's guard wants the ads to stop, after its look of each day: -1 for yes, 0 for no.
    commanded_off: Vec<Lanes>,
    /// Alert levels in pieces, as of the present event.
    alert_levels: Vec<Lanes>,
    /// Day of the present event on which each level rang.
    rang_on: Vec<Lanes>,
    /// Of the unmet, those who wait.
    waiting: Thinner,
}

impl Scratch {
    fn prepare(&mut self, setting: &Setting) {
        if self.orders.len() < setting.days {
            self.orders.resize(setting.days, [0; LANES]);
        }
        if self.commanded_off.len() < setting.days {
            self.commanded_off.resize(setting.days, [0; LANES]);
        }
        self.waiting.set(setting.waiting_share.get());
        full::prepare_alerts(&mut self.alert_levels, setting.alerts.levels.len(), group::NEVER);
        full::prepare_alerts(&mut self.rang_on, setting.alerts.levels.len(), full::NOT_YET);
    }
}

impl<'a> Engine<'a> {
    /// Makes the candidates ready.
    #[must_use]
    pub fn new(plans: &'a [PolicyPlan], setting: &'a Setting, unit: VectorUnit) -> Self {
        let level = unit.level();
        Self::of(plans, setting, level, vectors(level), true)
    }

    /// The same with so many vectors in a group of the lean loop, 1 or [`WIDE`], and with 16 bits or without.
    fn of(plans: &'a [PolicyPlan], setting: &'a Setting, level: Level, vectors: usize, narrow: bool) -> Self {
        let lean = lean_enough(plans, setting);
        let vectors = if lean { vectors } else { 1 };
        let groups = if has_lanes(plans, setting) { group::groups(plans, setting, vectors) } else { None };
        let groups = groups.unwrap_or_default();
        let opening = opening(setting);
        let rows = |group: &Group| LeanGroup {
            narrow: (narrow && group.fits_narrow).then(|| PlanRows::new(group, opening)),
            wide: PlanRows::new(group, opening),
        };
        Self {
            plans,
            setting,
            most_demand: most_demand(&groups, setting),
            lean: lean.then(|| groups.iter().map(rows).collect()),
            groups,
            segments: segment::segments(setting),
            level,
        }
    }

    /// Runs every candidate over the path.
    pub fn run(&self, path: &ProductPath, memory: &mut EngineMemory, sink: &mut impl Sink) {
        let EngineMemory { future, scratch, shop, outcomes, plain, alone } = memory;
        if self.groups.is_empty() || future.fill(path, self.setting, &self.segments) > self.most_demand {
            for (at, plan) in self.plans.iter().enumerate() {
                sink.single(at, &simulate(path, plan, self.setting, plain));
            }
            return;
        }
        if self.lean.is_some() {
            future.fill_lean(path, self.setting.days);
        } else {
            future.fill_lists(path, self.setting);
        }
        // The memory may have served another setting.
        if !outcomes.first().is_some_and(|outcome| outcome.is_of(self.setting)) {
            outcomes.clear();
            outcomes.resize_with(WIDE, || OutcomeLanes::of_setting(self.setting));
        }
        let ground = Ground {
            setting: self.setting,
            segments: &self.segments,
            opening: opening(self.setting),
            open_units: self.setting.open_orders.iter().map(|units| units.0 as i32).sum(),
            reserved: self.setting.flow.reserved.0 as i32,
            steady_pages: self.setting.storefront.as_ref().is_some_and(full::pages_are_steady),
        };
        let beside = full::is_needed(self.setting);
        if beside {
            shop.begin_path(path, self.setting);
            *alone =
                PathOutcome { ordered_at_break: vec![0; self.setting.price_breaks.len()], ..PathOutcome::default() };
        }
        let mut run = Run { ground, path, future, scratch, shop: beside.then_some(shop), outcomes };
        for (at, group) in self.groups.iter().enumerate() {
            self.dispatch(OneGroup { engine: self, at, run: &mut run });
            for (candidates, outcome) in group.candidates.chunks(LANES).zip(run.outcomes.iter()) {
                if beside {
                    for (lane, candidate) in candidates.iter().enumerate() {
                        outcome.write_lane(lane, alone);
                        sink.single(*candidate, alone);
                    }
                } else {
                    self.dispatch(HandOver { candidates, outcome, sink });
                }
            }
        }
    }

    /// Lets the sink add up what it put aside.
    pub fn settle(&self, sink: &mut impl Sink) {
        self.dispatch(Settle(sink));
    }

    /// Does the work with the instructions of the vector unit.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    fn dispatch(&self, work: impl Work) {
        // Three units are enough: each is one more copy of the loops to build.
        if let Some(simd) = self.level.as_avx512() {
            simd.vectorize(
                #[inline(always)]
                || work.with(simd),
            );
        } else if let Some(simd) = self.level.as_avx2() {
            simd.vectorize(
                #[inline(always)]
                || work.with(simd),
            );
        } else if let Some(simd) = self.level.as_sse2() {
            simd.vectorize(
                #[inline(always)]
                || work.with(simd),
            );
        }
    }

    /// Does the work with the instructions of the vector unit.
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    fn dispatch(&self, work: impl Work) {
        let level = self.level;
        fearless_simd::dispatch!(level, simd => work.with(simd));
    }

    /// Runs group `at` over a path.
    #[inline(always)]
    fn run_group<S: Simd>(&self, simd: S, at: usize, run: &mut Run<'_>) {
        let Run { ground, path, future, scratch, shop, outcomes } = run;
        let group = &self.groups[at];
        let outcomes = &mut outcomes[..group.vectors];
        let Some(lean) = &self.lean else {
            outcomes[0].clear();
            full::run(simd, group, ground, path, future, scratch, shop.as_deref_mut(), &mut outcomes[0]);
            return;
        };
        for (outcome, pre_stocked) in outcomes.iter_mut().zip(&group.pre_stocked) {
            outcome.begin(&self.segments, &future.reference, pre_stocked);
        }
        match &lean[at].narrow {
            // A vector of 32 lanes takes whole groups of vectors only.
            Some(rows) if future.fits_narrow() && (S::i16s::LEN <= LANES || group.vectors == WIDE) => {
                let (path, ring) = (future.narrow(group.mode), &mut scratch.narrow_ring);
                lean::run::<S, S::i16s>(simd, group, rows, ground, path, ring, outcomes);
            }
            _ => {
                let (rows, path, ring) = (&lean[at].wide, future.wide(group.mode), &mut scratch.wide_ring);
                lean::run::<S, S::i32s>(simd, group, rows, ground, path, ring, outcomes);
            }
        }
        for outcome in outcomes {
            outcome.derive_received(ground.open_units);
        }
    }
}

/// Most demand of a path that the lanes count exactly.
fn most_demand(groups: &[Group], setting: &Setting) -> u64 {
    let most = group::most_demand(groups);
    // Those who wait, and pieces that are sold and do not leave, are counted again each day, beside the stock that a plan
    // holds.
    let stays = setting.waiting_share > Probability::ZERO || full::is_needed(setting);
    if stays { most.min(group::largest(setting) / 2) } else { most }
}

/// Stock today, which groups know to fit a lane.
fn opening(setting: &Setting) -> i32 {
    setting.opening_stock.0 as i32
}

/// What is done with the instructions of a vector unit.
trait Work {
    fn with<S: Simd>(self, simd: S);
}

/// One group over one path. By itself, so that there is one copy of the loops and not one for each sink.
struct OneGroup<'a, 'r> {
    engine: &'a Engine<'a>,
    at: usize,
    run: &'a mut Run<'r>,
}

impl Work for OneGroup<'_, '_> {
    #[inline(always)]
    fn with<S: Simd>(self, simd: S) {
        self.engine.run_group(simd, self.at, self.run);
    }
}

/// The outcome of a vector for the sink.
struct HandOver<'a, K> {
    candidates: &'a [usize],
    outcome: &'a OutcomeLanes,
    sink: &'a mut K,
}

impl<K: Sink> Work for HandOver<'_, K> {
    #[inline(always)]
    fn with<S: Simd>(self, simd: S) {
        self.sink.vector(simd, self.candidates, self.outcome);
    }
}

/// The sink's own sums.
struct Settle<'a, K>(&'a mut K);

impl<K: Sink> Work for Settle<'_, K> {
    #[inline(always)]
    fn with<S: Simd>(self, simd: S) {
        self.0.settle(simd);
    }
}

/// One path over all groups, with the memory of a worker.
struct Run<'a> {
    ground: Ground<'a>,
    path: &'a ProductPath,
    future: &'a mut Future,
    scratch: &'a mut Scratch,
    shop: Option<&'a mut Shop>,
    outcomes: &'a mut [OutcomeLanes],
}

/// Whether the lanes hold every mechanic of the setting and of the plans. Levels that move within an event, price breaks,
/// pre-orders and orders that depend on more than the reorder rule are the plain engine's.
fn has_lanes(plans: &[PolicyPlan], setting: &Setting) -> bool {
    let moves = |level: &StockLevel| level.moves();
    // Cash depends on the day of each payment, and lanes keep no days.
    !setting.ledger
        && setting.price_breaks.is_empty()
        && !plans.iter().any(buys_by_the_day)
        && !setting.alerts.levels.iter().any(moves)
        && plans.iter().all(|plan| {
            plan.guard.is_none_or(|guard| guard.pre_order().is_none() && ![guard.pause, guard.resume].iter().any(moves))
        })
}

/// Whether what a plan buys on a day depends on more than its reorder rule: on what is due, or on what is left of the most
/// pieces that the supplier takes in a day beside the pre-stock order.
fn buys_by_the_day(plan: &PolicyPlan) -> bool {
    let limited = plan.replenishment.limits.maximum != Units(u64::MAX);
    plan.expedite.is_some() || (limited && plan.pre_stock_orders().next().is_some())
}

/// How many vectors the lean loop takes side by side.
fn vectors(level: Level) -> usize {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if level.as_avx512().is_some() {
        return WIDE;
    }
    let _ = level;
    1
}

/// Whether the lean loop has every mechanic of the setting and of the plans.
fn lean_enough(plans: &[PolicyPlan], setting: &Setting) -> bool {
    setting.measure_from == 0
        && !full::is_needed(setting)
        && setting.waiting_share.get() <= 0.0
        && setting.alerts.levels.is_empty()
        && setting.planned_spend.iter().all(|spend| *spend == 0.0)
        && setting.ad_phases.shares() == [1.0, 0.0]
        && plans.iter().all(|plan| {
            group::size_kind(plan) == SizeKind::Fixed
                && setting.all_are_due(plan.mode)
                && plan.guard.is_none_or(|guard| guard.look != Look::Close && guard.delay_days == 0)
        })
}

#[cfg(test)]
mod tests;
