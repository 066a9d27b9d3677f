//! What is known of the future before it comes: predicted totals, and quantiles of demand until an order arrives.

use crate::process::{PathSet, ProductPath, ProductProcess};
use crate::random::Seed;
use crate::simulate::{Batch, Cancelled, Observer, map_paths};
use crate::units::{Probability, ServiceLevel, Units};

/// Futures from which reorder levels are computed.
const PLANNING_PATHS: u64 = 2048;

/// Demand of one planning path as running totals, and its lead times.
struct PlanningPath {
    /// Reference demand of the days before each index.
    all: Vec<f64>,
    /// Demand of the days before each index that no event brings: organic demand and live sessions.
    organic: Vec<f64>,
    /// Demand of the days before each index that each event brings, its tail included.
    by_event: Vec<Vec<f64>>,
    lead_days: Vec<Vec<u32>>,
}

/// Futures that a planner may look at: none of them is one on which candidates are compared.
pub(super) struct Forecast {
    paths: Vec<PlanningPath>,
    days: usize,
    /// First and last day of each event, the last excluded, in order.
    events: Vec<[usize; 2]>,
    /// Rounded mean lead time of each mode.
    typical_lead: Vec<usize>,
    /// Days from each evening until the next on which may be ordered.
    until_next_order: Vec<usize>,
}

impl Forecast {
    /// Draws the planning paths. `typical_lead` is the rounded mean lead time of each mode.
    pub(super) fn draw(
        process: &ProductProcess,
        seed: Seed,
        typical_lead: &[u32],
        observer: &dyn Observer,
    ) -> Result<Self, Cancelled> {
        let running = |values: &[u64]| {
            let mut total = 0.0;
            let mut totals = vec![0.0];
            for value in values {
                total += *value as f64;
                totals.push(total);
            }
            totals
        };
        let events: Vec<[usize; 2]> = process.events.iter().map(|e| [e.start, e.start + e.days]).collect();
        let batch = Batch { process, seed, set: PathSet::Planning, count: PLANNING_PATHS };
        let paths = map_paths(&batch, observer, |path: &ProductPath| {
            let all: Vec<u64> = (0..process.days).map(|day| path.reference(day)).collect();
            let organic: Vec<u64> = path.organic.iter().zip(&path.live).map(|(organic, live)| organic + live).collect();
            // The tail of an event belongs to it until the next begins.
            let of_event = |at: usize| -> Vec<u64> {
                let from = if at == 0 { 0 } else { events[at][0] };
                let until = events.get(at + 1).map_or(process.days, |next| next[0]);
                (0..process.days).map(|day| if (from..until).contains(&day) { path.ad[day] } else { 0 }).collect()
            };
            PlanningPath {
                all: running(&all),
                organic: running(&organic),
                by_event: (0..events.len()).map(|at| running(&of_event(at))).collect(),
                lead_days: path.lead_days.clone(),
            }
        })?;
        Ok(Self {
            paths,
            days: process.days,
            typical_lead: typical_lead.iter().map(|lead| *lead as usize).collect(),
            events,
            until_next_order: vec![1; process.days],
        })
    }

    /// The same forecast for a reorder rule that may not order on every evening: `until_next_order` gives the days from
    /// each evening until the next on which it may.
    pub(super) fn reviewed(self, until_next_order: Vec<usize>) -> Self {
        Self { until_next_order, ..self }
    }

    /// First day on which an order by `mode` would typically arrive after the first event.
    pub(super) fn after_first_event(&self, mode: usize) -> usize {
        self.events.first().map_or(0, |[_, end]| end.saturating_sub(self.typical_lead[mode]))
    }

    /// Reorder point at the end of each day: the `service` quantile of demand until an order of the next evening on
    /// which may be ordered arrives (the protection interval P = R + L - 1, with R days until that evening), over
    /// futures with their own lead times.
    ///
    /// What an event brings counts for the orders that typically arrive before it ends (`no-order-after`), and for those
    /// of the days after it.
    pub(super) fn rolling_levels(&self, mode: usize, service: ServiceLevel) -> Vec<Units> {
        self.levels(mode, service, |day, [_, end]| day + self.typical_lead[mode] < end || day >= end)
    }

    /// The same for ordinary sales: of the events, only what is left of those that are over counts.
    pub(super) fn ordinary_levels(&self, mode: usize, service: ServiceLevel) -> Vec<Units> {
        self.levels(mode, service, |day, [_, end]| day >= end)
    }

    fn levels(&self, mode: usize, service: ServiceLevel, counts: impl Fn(usize, [usize; 2]) -> bool) -> Vec<Units> {
        let rank = (service.get() * self.paths.len() as f64).ceil() as usize;
        let rank = rank.clamp(1, self.paths.len()) - 1;
        (0..self.days)
            .map(|day| {
                let counted: Vec<usize> =
                    (0..self.events.len()).filter(|event| counts(day, self.events[*event])).collect();
                let mut demand: Vec<f64> = self
                    .paths
                    .iter()
                    .map(|path| {
                        let protected = self.until_next_order[day] + path.lead_days[mode][day] as usize;
                        let until = (day + protected).min(self.days);
                        let of = |totals: &[f64]| totals[until] - totals[(day + 1).min(until)];
                        of(&path.organic) + counted.iter().map(|event| of(&path.by_event[*event])).sum::<f64>()
                    })
                    .collect();
                let (_, quantile, _) = demand.select_nth_unstable_by(rank, f64::total_cmp);
                Units::at_least(*quantile)
            })
            .collect()
    }

    /// Reference demand over days `from..until` of each future, in ascending order.
    pub(super) fn sorted_totals(&self, from: usize, until: usize) -> Vec<f64> {
        let mut totals: Vec<f64> = self.paths.iter().map(|path| path.all[until] - path.all[from]).collect();
        totals.sort_by(f64::total_cmp);
        totals
    }

    /// Quantiles of reference demand over days `from..until`.
    pub(super) fn totals(&self, from: usize, until: usize, levels: &[f64]) -> Vec<f64> {
        let totals = self.sorted_totals(from, until);
        levels
            .iter()
            .map(|level| totals[((level * totals.len() as f64).ceil() as usize).clamp(1, totals.len()) - 1])
            .collect()
    }

    /// P(reference demand over days `from..until` is at most `stock`).
    pub(super) fn covered(&self, from: usize, until: usize, stock: f64) -> Probability {
        let within = self.paths.iter().filter(|path| path.all[until] - path.all[from] <= stock).count();
        Probability::try_new(within as f64 / self.paths.len() as f64).unwrap_or(Probability::ZERO)
    }

    /// Mean, standard deviation and 99 % point of reference demand of a day over days `0..until`.
    pub(super) fn daily(&self, until: usize) -> (f64, f64, f64) {
        let mut days: Vec<f64> = Vec::with_capacity(self.paths.len() * until);
        for path in &self.paths {
            days.extend(path.all[..=until].windows(2).map(|pair| pair[1] - pair[0]));
        }
        let n = days.len() as f64;
        let mean = days.iter().sum::<f64>() / n;
        let variance = days.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
        let rank = ((0.99 * n).ceil() as usize).clamp(1, days.len()) - 1;
        let (_, high, _) = days.select_nth_unstable_by(rank, f64::total_cmp);
        (mean, variance.sqrt(), *high)
    }
}
