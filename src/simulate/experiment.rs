//! Many paths: in parallel, in order, and with the same bytes on any number of threads.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::process::{PathSampler, PathSet, ProductPath, ProductProcess};
use crate::random::Seed;

/// The run was asked to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("interrupted")]
pub struct Cancelled;

/// Watches a long run and may stop it. The engine itself shows nothing.
pub trait Observer: Sync {
    /// `units` more pieces of work are planned.
    fn plan(&self, units: u64) {
        let _ = units;
    }
    /// `units` pieces of work are done.
    fn advance(&self, units: u64) {
        let _ = units;
    }
    /// What is being done now, in a word or two.
    fn stage(&self, what: &str) {
        let _ = what;
    }
    /// Whether to stop at the next opportunity.
    fn cancelled(&self) -> bool {
        false
    }
}

/// An observer that watches nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {}

/// Paths that are reduced together before the next reduction; fixed, so that sums do not depend on threads.
const CHUNK: u64 = 256;

/// Paths that are drawn before anything is done with them: few enough to stay in the caches, and enough that sums which
/// do not stay there are fetched once for many paths.
const LOT: u64 = 64;

/// Chunks that are under way or waiting to be merged at a time: a bound on memory, whatever the number of paths.
const WAVE: u64 = 64;

/// Which paths to draw.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// What is random.
    pub process: &'a ProductProcess,
    /// Seed of the run.
    pub seed: Seed,
    /// The set of futures.
    pub set: PathSet,
    /// How many paths, from the set's first on.
    pub count: u64,
}

/// Draws the paths of a batch and reduces them: each chunk of paths folds into its own `T` in path order, the
/// chunks are merged in order. Every path is drawn once, whatever is done with it.
///
/// `step` takes a lot of paths with the number of the first. `merge` adds the second `T`, whose paths follow those of
/// the first, and leaves it as `start` made it: it is used again, so that memory is touched for the first time once a
/// worker and not once a chunk.
///
/// # Errors
/// [`Cancelled`] if the observer asks to stop.
pub fn experiment<T: Send>(
    batch: &Batch<'_>,
    observer: &dyn Observer,
    start: impl Fn() -> T + Sync,
    step: impl Fn(&mut T, u64, &[ProductPath]) + Sync,
    merge: impl Fn(&mut T, &mut T) + Sync,
) -> Result<T, Cancelled> {
    let Batch { process, seed, set, count } = *batch;
    let sampler = PathSampler::new(process);
    let chunk = |state: &mut T, paths: &mut Vec<ProductPath>, index: u64| {
        let end = ((index + 1) * CHUNK).min(count);
        for first in (index * CHUNK..end).step_by(LOT as usize) {
            if observer.cancelled() {
                return Err(Cancelled);
            }
            let lot = LOT.min(end - first);
            paths.resize_with(lot as usize, ProductPath::default);
            for (at, path) in (first..).zip(paths.iter_mut()) {
                sampler.draw_into(path, seed, set, at);
            }
            step(state, first, paths);
            // A step may end early once it is asked to stop: what it leaves then is not used.
            if observer.cancelled() {
                return Err(Cancelled);
            }
        }
        observer.advance(end - index * CHUNK);
        Ok(())
    };
    observer.plan(count);
    let chunks = count.div_ceil(CHUNK);
    let reduction = Mutex::new(Reduction::default());
    for first in (0..chunks).step_by(WAVE as usize) {
        // Each worker takes the next chunk when it is done with one, so that chunks end nearly in order and few wait.
        let next = AtomicU64::new(first);
        in_parallel(|| {
            let mut paths = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= chunks.min(first + WAVE) {
                    return Ok(());
                }
                let free = lock(&reduction).free.pop();
                let mut state = free.unwrap_or_else(&start);
                chunk(&mut state, &mut paths, index)?;
                lock(&reduction).take(index, state, &merge);
            }
        })?;
    }
    Ok(lock(&reduction).total.take().unwrap_or_else(start))
}

/// Runs as many copies of `worker` as there are threads; the first error, if any.
fn in_parallel<E: Send>(worker: impl Fn() -> Result<(), E> + Sync) -> Result<(), E> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..rayon::current_num_threads()).into_par_iter().with_max_len(1).try_for_each(|_| worker())
    }
    #[cfg(not(feature = "parallel"))]
    worker()
}

/// What is behind the lock; a worker that panicked ends the run anyway.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The chunks of a run, merged in order as they come.
struct Reduction<T> {
    /// What the chunks before `next` add up to.
    total: Option<T>,
    next: u64,
    /// Chunks that are done while an earlier one is not.
    early: BTreeMap<u64, T>,
    /// What the next chunks begin with.
    free: Vec<T>,
}

impl<T> Default for Reduction<T> {
    fn default() -> Self {
        Self { total: None, next: 0, early: BTreeMap::new(), free: Vec::new() }
    }
}

impl<T> Reduction<T> {
    /// Takes the result of chunk `index`, and merges what then has no gap before it.
    fn take(&mut self, index: u64, state: T, merge: impl Fn(&mut T, &mut T)) {
        self.early.insert(index, state);
        while let Some(mut part) = self.early.remove(&self.next) {
            self.next += 1;
            match &mut self.total {
                // Nothing and the first chunk add up to the first chunk.
                None => self.total = Some(part),
                Some(total) => {
                    merge(total, &mut part);
                    self.free.push(part);
                }
            }
        }
    }
}

/// One value for each path, in path order.
///
/// # Errors
/// [`Cancelled`] if the observer asks to stop.
pub fn map_paths<T: Send>(
    batch: &Batch<'_>,
    observer: &dyn Observer,
    map: impl Fn(&ProductPath) -> T + Sync,
) -> Result<Vec<T>, Cancelled> {
    experiment(batch, observer, Vec::new, |values, _, paths| values.extend(paths.iter().map(&map)), Vec::append)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;
    use crate::process::{DayNoise, OrganicDemand};

    fn process() -> ProductProcess {
        let organic = OrganicDemand { level: 3.0, weekday: [1.0; 7], level_error: 0.0, noise: DayNoise::Poisson };
        ProductProcess::new("A", "2026-01-05".parse().expect("a date"), 2, organic)
    }

    fn batch(process: &ProductProcess, count: u64) -> Batch<'_> {
        Batch { process, seed: Seed(4), set: PathSet::Comparison, count }
    }

    /// More than a wave, and neither whole chunks nor whole lots.
    const MANY: u64 = (WAVE + 2) * CHUNK + LOT + 3;

    #[test]
    fn paths_come_once_and_in_order_and_states_are_used_again() {
        let process = process();
        let made = AtomicUsize::new(0);
        let start = || {
            made.fetch_add(1, Ordering::Relaxed);
            Vec::new()
        };
        let step =
            |seen: &mut Vec<u64>, first: u64, paths: &[ProductPath]| seen.extend(first..first + paths.len() as u64);
        let seen = experiment(&batch(&process, MANY), &Silent, start, step, Vec::append).expect("nobody cancels");
        assert_eq!(seen, (0..MANY).collect::<Vec<_>>());
        let chunks = MANY.div_ceil(CHUNK) as usize;
        assert!(made.into_inner() < chunks, "a state a worker and for what waits, not one a chunk");
        assert_eq!(experiment(&batch(&process, 0), &Silent, || 7, |_, _, _| {}, |_, _| {}), Ok(7));
    }

    #[test]
    fn a_path_of_a_lot_is_the_path_of_its_number() {
        let process = process();
        let demand = |path: &ProductPath| path.organic.clone();
        let all = map_paths(&batch(&process, CHUNK + 5), &Silent, demand).expect("nobody cancels");
        let sampler = PathSampler::new(&process);
        let mut path = ProductPath::default();
        for (at, got) in (0..).zip(&all) {
            sampler.draw_into(&mut path, Seed(4), PathSet::Comparison, at);
            assert_eq!(*got, path.organic);
        }
    }

    /// Chunks that end in any order are merged in their own, each once.
    #[test]
    fn chunks_are_merged_in_order() {
        let mut reduction = Reduction::default();
        let early = [2, 0, 4, 1, 3].map(|index| {
            reduction.take(index, vec![index], Vec::append);
            (reduction.total.clone().unwrap_or_default(), reduction.early.len(), reduction.free.len())
        });
        assert_eq!(
            early,
            [(vec![], 1, 0), (vec![0], 1, 0), (vec![0], 2, 0), (vec![0, 1, 2], 1, 2), (vec![0, 1, 2, 3, 4], 0, 4)]
        );
    }

    #[test]
    fn who_asks_to_stop_is_heard_between_two_lots() {
        struct Impatient(AtomicUsize);
        impl Observer for Impatient {
            fn cancelled(&self) -> bool {
                self.0.fetch_add(1, Ordering::Relaxed) >= 1
            }
        }
        let (process, steps) = (process(), AtomicUsize::new(0));
        let step = |_: &mut (), _: u64, _: &[ProductPath]| {
            steps.fetch_add(1, Ordering::Relaxed);
        };
        let observer = Impatient(AtomicUsize::new(0));
        assert_eq!(experiment(&batch(&process, MANY), &observer, || (), step, |_, _| {}), Err(Cancelled));
        assert_eq!(steps.into_inner(), 1);
    }
}
