//! Many candidates over many paths: simulated side by side, added up as they come.

use std::sync::Arc;

use fearless_simd::Simd;

use super::mechanics::Mechanics;
use super::slot::Slot;
use super::tally::TAIL_PATHS;
use super::{CandidateTally, Economics};
use crate::simulate::{
    Batch, Cancelled, Engine, EngineMemory, Observer, OutcomeLanes, PathOutcome, PolicyPlan, Setting, Sink, VectorUnit,
    experiment,
};

/// Profits kept one by one, over all candidates: a bound on memory.
const TAIL_VALUES: usize = 1 << 22;

/// Candidates that run over a lot of paths before the next ones do: about as many as have room for their sums in the
/// second cache.
const BLOCK: usize = 256;

/// Simulates every plan over the paths of a batch and adds the outcomes up, plan by plan.
///
/// `economics` holds prices by lead-time mode. The result has the same bits on any number of threads and with any
/// vector unit, and its memory does not grow with the number of paths.
///
/// # Errors
/// [`Cancelled`] if the observer asks to stop.
pub fn compare(
    batch: &Batch<'_>,
    plans: &[PolicyPlan],
    setting: &Setting,
    economics: Option<&[Economics]>,
    unit: VectorUnit,
    observer: &dyn Observer,
) -> Result<Vec<CandidateTally>, Cancelled> {
    compare_in_blocks(batch, plans, setting, economics, unit, observer, BLOCK)
}

/// [`compare`] with so many candidates in a block.
pub(super) fn compare_in_blocks(
    batch: &Batch<'_>,
    plans: &[PolicyPlan],
    setting: &Setting,
    economics: Option<&[Economics]>,
    unit: VectorUnit,
    observer: &dyn Observer,
    block: usize,
) -> Result<Vec<CandidateTally>, Cancelled> {
    let engines: Vec<Engine<'_>> = plans.chunks(block).map(|plans| Engine::new(plans, setting, unit)).collect();
    let tail_paths = TAIL_PATHS.min(TAIL_VALUES / plans.len().max(1)) as u64;
    let of_mode = |plan: &PolicyPlan| economics.and_then(|by_mode| by_mode.get(plan.mode));
    let prices: Vec<Option<&Economics>> = plans.iter().map(of_mode).collect();
    let mechanics = Mechanics::of(setting, plans.iter().any(|plan| plan.expedite.is_some()));
    let board = |prices| Board::new(prices, tail_paths, mechanics.as_ref());
    let start = || (prices.chunks(block).map(board).collect::<Vec<_>>(), EngineMemory::default());
    let (mut boards, _) = experiment(
        batch,
        observer,
        start,
        |(boards, memory), first, paths| {
            for (engine, board) in engines.iter().zip(boards) {
                for (at, path) in (first..).zip(paths) {
                    if observer.cancelled() {
                        return;
                    }
                    board.begin_path(at);
                    engine.run(path, memory, board);
                }
                engine.settle(board);
            }
        },
        |(all, _), (part, _)| {
            for (mine, theirs) in all.iter_mut().zip(part) {
                mine.merge(theirs);
                theirs.clear();
            }
        },
    )?;
    Ok(boards.iter_mut().flat_map(Board::tallies).collect())
}

/// Running sums of the candidates of a block, a vector of them in a slot.
struct Board<'a> {
    prices: &'a [Option<&'a Economics>],
    tail_paths: u64,
    mechanics: Option<&'a Arc<Mechanics>>,
    slots: Vec<Slot>,
    /// Candidates whose outcome came alone.
    singles: Vec<CandidateTally>,
    path: u64,
    next_slot: usize,
}

impl<'a> Board<'a> {
    const fn new(prices: &'a [Option<&'a Economics>], tail_paths: u64, mechanics: Option<&'a Arc<Mechanics>>) -> Self {
        Self { prices, tail_paths, mechanics, slots: Vec::new(), singles: Vec::new(), path: 0, next_slot: 0 }
    }

    fn begin_path(&mut self, path: u64) {
        self.path = path;
        self.next_slot = 0;
    }

    fn singles(&mut self) -> &mut [CandidateTally] {
        let mechanics = self.mechanics;
        self.singles.resize_with(self.prices.len(), || CandidateTally::with(mechanics));
        &mut self.singles
    }

    /// Adds the paths of `other`, which follow those of `self`.
    fn merge(&mut self, other: &Self) {
        if !other.singles.is_empty() {
            for (mine, theirs) in self.singles().iter_mut().zip(&other.singles) {
                mine.merge(theirs);
            }
        }
        for (at, theirs) in other.slots.iter().enumerate() {
            if at == self.slots.len() {
                self.slots.push(theirs.emptied());
            }
            self.slots[at].merge(theirs);
        }
    }

    /// Back to no paths. The memory of the slots is kept.
    fn clear(&mut self) {
        self.singles.clear();
        self.slots.iter_mut().for_each(Slot::clear);
    }

    /// The sums of each candidate by itself.
    fn tallies(&mut self) -> Vec<CandidateTally> {
        let slots = std::mem::take(&mut self.slots);
        let tallies = self.singles();
        for slot in &slots {
            for (lane, candidate) in slot.candidates.iter().enumerate() {
                tallies[*candidate].merge(&slot.of_lane(lane));
            }
        }
        std::mem::take(&mut self.singles)
    }
}

impl Sink for Board<'_> {
    #[inline(always)]
    fn vector<S: Simd>(&mut self, simd: S, candidates: &[usize], outcome: &OutcomeLanes) {
        let at = self.next_slot;
        self.next_slot += 1;
        if at == self.slots.len() {
            let priced = self.prices[candidates[0]].is_some();
            self.slots.push(Slot::new(candidates, outcome, priced));
        }
        let economics = self.prices[candidates[0]];
        self.slots[at].push(simd, self.path, outcome, economics, self.path < self.tail_paths);
    }

    #[inline(always)]
    fn settle<S: Simd>(&mut self, simd: S) {
        for slot in &mut self.slots {
            slot.add_up(simd);
        }
    }

    fn single(&mut self, candidate: usize, outcome: &PathOutcome) {
        let (path, prices) = (self.path, self.prices[candidate]);
        self.singles()[candidate].push(path, outcome, prices);
    }
}
