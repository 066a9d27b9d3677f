//! The fast engine: many candidates side by side over one path.
//!
//! Same meaning as the plain engine ([`day`](super::day)), outcome by outcome; a property test holds the two equal. How
//! it works, and what bounds it: `src/docs/fast-engine.md`. To change a mechanic, change the plain engine first, see the
//! property test fail, and find the step of the same number in [`full`] (and in [`lean`], if the lean loop runs it).

mod full;
mod future;
mod group;
mod lean;
mod outcome;
mod segment;
mod vector;

use fearless_simd::{Level, Simd};

use self::future::Future;
use self::group::{Group, SizeKind};
use self::segment::Segment;
use super::{PathOutcome, PolicyPlan, Setting, Workspace, simulate};
use crate::policy::{Look, StockLevel};
use crate::process::ProductPath;
use crate::units::Units;

pub use group::{LANES, Lanes};
pub use outcome::{AlertLanes, OutcomeLanes, StretchLanes};

/// Vectors side by side in the lean loop, where the machine has 32 registers of 512 bits; elsewhere one vector is
/// several registers already.
const WIDE: usize = 4;

/// Takes the outcomes of a path as they come, candidate by candidate or a vector at a time.
pub trait Sink {
    /// The outcome of a vector of candidates: lane i is candidate `candidates[i]`, lanes beyond are padding.
    fn vector<S: Simd>(&mut self, simd: S, candidates: &[usize], outcome: &OutcomeLanes);
    /// The outcome of one candidate.
    fn single(&mut self, candidate: usize, outcome: &PathOutcome);
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
    /// Whether ad spend is planned.
    spends: bool,
    lean: bool,
    level: Level,
}

/// Memory of one worker, used again for each path.
#[derive(Debug, Default)]
pub struct EngineMemory {
    future: Future,
    scratch: Scratch,
    outcomes: Vec<OutcomeLanes>,
    plain: Workspace,
}

/// Memory that one group uses and the next uses again.
#[derive(Debug, Default)]
struct Scratch {
    /// What each lane ordered at the end of each day.
    orders: Vec<Lanes>,
    /// Whether each lane's guard wants the ads to stop, after its look of each day: -1 for yes, 0 for no.
    commanded_off: Vec<Lanes>,
    /// Alert levels in pieces, as of the present event.
    alert_levels: Vec<Lanes>,
    /// Day of the present event on which each level rang.
    rang_on: Vec<Lanes>,
}

impl Scratch {
    fn prepare(&mut self, setting: &Setting) {
        if self.orders.len() < setting.days {
            self.orders.resize(setting.days, [0; LANES]);
        }
        if self.commanded_off.len() < setting.days {
            self.commanded_off.resize(setting.days, [0; LANES]);
        }
        full::prepare_alerts(&mut self.alert_levels, setting.alerts.levels.len(), group::NEVER);
        full::prepare_alerts(&mut self.rang_on, setting.alerts.levels.len(), full::NOT_YET);
    }
}

impl<'a> Engine<'a> {
    /// Makes the candidates ready.
    #[must_use]
    pub fn new(plans: &'a [PolicyPlan], setting: &'a Setting, unit: VectorUnit) -> Self {
        let level = unit.level();
        Self::side_by_side(plans, setting, level, vectors(level))
    }

    /// The same with so many vectors side by side in the lean loop: 1 or [`WIDE`].
    fn side_by_side(plans: &'a [PolicyPlan], setting: &'a Setting, level: Level, vectors: usize) -> Self {
        let lean = lean_enough(plans, setting);
        let side_by_side = if lean { vectors } else { 1 };
        let groups = if has_lanes(plans, setting) { group::groups(plans, setting, side_by_side) } else { None };
        let groups = groups.unwrap_or_default();
        Self {
            plans,
            setting,
            most_demand: group::most_demand(&groups),
            groups,
            segments: segment::segments(setting),
            spends: setting.planned_spend.iter().any(|spend| *spend != 0.0),
            lean,
            level,
        }
    }

    /// Runs every candidate over the path.
    pub fn run(&self, path: &ProductPath, memory: &mut EngineMemory, sink: &mut impl Sink) {
        let EngineMemory { future, scratch, outcomes, plain } = memory;
        if self.groups.is_empty() || future.fill(path, self.setting, &self.segments) > self.most_demand {
            for (at, plan) in self.plans.iter().enumerate() {
                sink.single(at, &simulate(path, plan, self.setting, plain));
            }
            return;
        }
        outcomes.resize_with(WIDE.max(outcomes.len()), OutcomeLanes::default);
        let ground = Ground {
            setting: self.setting,
            segments: &self.segments,
            opening: self.setting.opening_stock.0 as i32,
            open_units: self.setting.open_orders.iter().map(|units| units.0 as i32).sum(),
        };
        self.dispatch(Run { ground, path, future, scratch, outcomes }, sink);
    }

    /// Enters the loops with the instructions of the vector unit.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    fn dispatch(&self, run: Run<'_>, sink: &mut impl Sink) {
        // Three units are enough: each is one more copy of the loops to build.
        if let Some(simd) = self.level.as_avx512() {
            simd.vectorize(
                #[inline(always)]
                || self.run_groups(simd, run, sink),
            );
        } else if let Some(simd) = self.level.as_avx2() {
            simd.vectorize(
                #[inline(always)]
                || self.run_groups(simd, run, sink),
            );
        } else if let Some(simd) = self.level.as_sse2() {
            simd.vectorize(
                #[inline(always)]
                || self.run_groups(simd, run, sink),
            );
        }
    }

    /// Enters the loops with the instructions of the vector unit.
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    fn dispatch(&self, run: Run<'_>, sink: &mut impl Sink) {
        let level = self.level;
        fearless_simd::dispatch!(level, simd => self.run_groups(simd, run, sink));
    }

    #[inline(always)]
    fn run_groups<S: Simd>(&self, simd: S, run: Run<'_>, sink: &mut impl Sink) {
        let Run { ground, path, future, scratch, outcomes } = run;
        let (events, alerts) = (self.setting.event_starts.len(), self.setting.alerts.levels.len());
        for group in &self.groups {
            for outcome in &mut outcomes[..group.vectors] {
                outcome.reset(events, alerts);
                outcome.waits = self.setting.waiting_share.get() > 0.0;
                outcome.spends = self.spends;
            }
            if !self.lean {
                full::run(simd, group, &ground, path, future, scratch, &mut outcomes[0]);
            } else if group.vectors == WIDE {
                lean::run::<S, WIDE>(simd, group, &ground, future, scratch, outcomes);
            } else {
                lean::run::<S, 1>(simd, group, &ground, future, scratch, outcomes);
            }
            for (candidates, outcome) in group.candidates.chunks(LANES).zip(outcomes.iter()) {
                sink.vector(simd, candidates, outcome);
            }
        }
    }
}

/// One path over all groups, with the memory of a worker.
struct Run<'a> {
    ground: Ground<'a>,
    path: &'a ProductPath,
    future: &'a mut Future,
    scratch: &'a mut Scratch,
    outcomes: &'a mut [OutcomeLanes],
}

/// Whether the lanes hold every mechanic of the setting and of the plans. What happens order by order (a storefront, the
/// platform's eyes on it) or parcel by parcel (dispatch, returns), levels that move within an event, price breaks and
/// orders that depend on more than the reorder rule are the plain engine's.
fn has_lanes(plans: &[PolicyPlan], setting: &Setting) -> bool {
    let moves = |level: &StockLevel| level.moves();
    setting.storefront.is_none()
        && setting.platform.is_none()
        && setting.substitute.is_none()
        && setting.flow.is_plain()
        && setting.price_breaks.is_empty()
        && !plans.iter().any(buys_by_the_day)
        && !setting.alerts.levels.iter().any(moves)
        && plans.iter().all(|plan| plan.guard.is_none_or(|guard| ![guard.pause, guard.resume].iter().any(moves)))
}

/// Whether what a plan buys on a day depends on more than its reorder rule: on what is due, or on what is left of the most
/// pieces that the supplier takes in a day beside the pre-stock order.
fn buys_by_the_day(plan: &PolicyPlan) -> bool {
    let limited = plan.replenishment.limits.maximum != Units(u64::MAX);
    plan.expedite.is_some() || (limited && plan.pre_stock.is_some())
}

/// How many vectors the lean loop takes side by side.
fn vectors(level: Level) -> usize {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if level.as_avx512().is_some() {
        return WIDE;
    }
    let _ = level;
    WIDE
}

/// Whether the lean loop has every mechanic of the setting and of the plans.
fn lean_enough(plans: &[PolicyPlan], setting: &Setting) -> bool {
    setting.measure_from == 0
        && setting.waiting_share.get() <= 0.0
        && setting.alerts.levels.is_empty()
        && setting.planned_spend.iter().all(|spend| *spend == 0.0)
        && setting.ad_phases.shares() == [1.0, 0.0]
        && plans.iter().all(|plan| {
            group::size_kind(plan) == SizeKind::Fixed
                && plan.guard.is_none_or(|guard| guard.look != Look::Close && guard.delay_days == 0)
        })
}

#[cfg(test)]
mod tests;
