//! Intervals over calendar weeks.
//!
//! What hits a shop hits all its products at once, and windows that overlap share their days: the week of the origin is
//! the unit that is drawn again, not the window (Politis & Romano 1994, JASA 89, 1303-1313, in blocks of the calendar).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::pipeline::Window;
use crate::random::{Entity, Seed, Source, Stream};

/// Probability outside an interval.
const OUTSIDE: f64 = 0.05;

/// A figure with its 95 % interval over calendar weeks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// Lower end of its interval; absent of fewer than three weeks.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// Windows by calendar week, and how often to draw the weeks again.
pub(super) struct Weeks {
    /// Indices of the windows of each week.
    weeks: Vec<Vec<usize>>,
    /// Weeks of each resample, by index.
    draws: Vec<Vec<usize>>,
}

impl Weeks {
    pub(super) fn of(windows: &[&Window], resamples: u32, seed: Seed) -> Self {
        let mut weeks: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (at, window) in windows.iter().enumerate() {
            weeks.entry(window.origin.week_number()).or_default().push(at);
        }
        let count = weeks.len();
        let draw = |index: u64| {
            let mut stream = Stream::open(seed, index, Source::Backtest, Entity::named(&["weeks"]));
            (0..count).map(|_| stream.below(count)).collect()
        };
        Self { weeks: weeks.into_values().collect(), draws: (0..u64::from(resamples)).map(draw).collect() }
    }

    pub(super) fn count(&self) -> usize {
        self.weeks.len()
    }

    /// A figure of sums: `part` gives what a window adds to each sum, `figure` the figure of the sums.
    pub(super) fn figure<const N: usize>(
        &self,
        part: impl Fn(usize) -> [f64; N],
        figure: impl Fn(&[f64; N]) -> f64,
    ) -> Figure {
        let add = |mut sums: [f64; N], part: [f64; N]| {
            for (sum, part) in sums.iter_mut().zip(part) {
                *sum += part;
            }
            sums
        };
        let sums: Vec<[f64; N]> =
            self.weeks.iter().map(|week| week.iter().map(|at| part(*at)).fold([0.0; N], add)).collect();
        let value = figure(&sums.iter().copied().fold([0.0; N], add));
        if sums.len() < 3 {
            return Figure { value, low: None, high: None };
        }
        let mut drawn: Vec<f64> = self
            .draws
            .iter()
            .map(|weeks| figure(&weeks.iter().map(|week| sums[*week]).fold([0.0; N], add)))
            .filter(|figure| figure.is_finite())
            .collect();
        if drawn.is_empty() {
            return Figure { value, low: None, high: None };
        }
        drawn.sort_by(f64::total_cmp);
        let at = |share: f64| drawn[((share * drawn.len() as f64) as usize).min(drawn.len() - 1)];
        Figure { value, low: Some(at(OUTSIDE / 2.0)), high: Some(at(1.0 - OUTSIDE / 2.0)) }
    }
}
