//! Many paths: in parallel, in order, and with the same bytes on any number of threads.

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

/// Chunks that are under way or waiting to be merged at a time: a bound on memory, whatever the number of paths.
const WAVE: usize = 64;

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
/// # Errors
/// [`Cancelled`] if the observer asks to stop.
pub fn experiment<T: Send>(
    batch: &Batch<'_>,
    observer: &dyn Observer,
    start: impl Fn() -> T + Sync,
    step: impl Fn(&mut T, u64, &ProductPath) + Sync,
    mut merge: impl FnMut(&mut T, T),
) -> Result<T, Cancelled> {
    let Batch { process, seed, set, count } = *batch;
    let sampler = PathSampler::new(process);
    let chunk = |index: u64| {
        if observer.cancelled() {
            return Err(Cancelled);
        }
        let mut state = start();
        let last = ((index + 1) * CHUNK).min(count);
        let mut path = ProductPath::default();
        for at in index * CHUNK..last {
            sampler.draw_into(&mut path, seed, set, at);
            step(&mut state, at, &path);
        }
        observer.advance(last - index * CHUNK);
        Ok(state)
    };
    observer.plan(count);
    let chunks = count.div_ceil(CHUNK);
    let mut total = start();
    for first in (0..chunks).step_by(WAVE) {
        let wave = first..chunks.min(first + WAVE as u64);
        #[cfg(feature = "parallel")]
        let parts: Vec<Result<T, Cancelled>> = {
            use rayon::prelude::*;
            wave.into_par_iter().map(chunk).collect()
        };
        #[cfg(not(feature = "parallel"))]
        let parts: Vec<Result<T, Cancelled>> = wave.map(chunk).collect();
        for part in parts {
            merge(&mut total, part?);
        }
    }
    Ok(total)
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
    experiment(
        batch,
        observer,
        Vec::new,
        |values, _, path| values.push(map(path)),
        |all, mut part| all.append(&mut part),
    )
}
