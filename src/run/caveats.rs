//! What a reader must know of the recommended plan, as far as it shows in its numbers.

use super::lanes::Mode;
use super::result::{LateOrder, RunCaveat, Unconfirmed};
use crate::evaluate::CandidateKpis;
use crate::recommend::{Choice, LimitCheck};

/// Says so if fresh futures break limits that the chosen candidate kept.
pub(super) fn not_confirmed(choice: &Choice, fresh: &[LimitCheck]) -> Option<RunCaveat> {
    let pairs = choice.limits.iter().zip(fresh).filter(|(_, fresh)| choice.feasible && !fresh.kept);
    let limits: Vec<Unconfirmed> =
        pairs.map(|(compared, fresh)| Unconfirmed { compared: *compared, fresh: *fresh }).collect();
    (!limits.is_empty()).then_some(RunCaveat::NotConfirmed { limits })
}

/// Says so if an order comes too late, or later than it should; the worst of them.
pub(super) fn too_late(mode: &str, orders: &[LateOrder]) -> Option<RunCaveat> {
    let misses = orders.iter().find(|order| order.misses_start);
    let misses = misses.map(|order| RunCaveat::TooLate { mode: mode.to_owned(), on_time: order.in_time.get() });
    let late = || Some(RunCaveat::OrderDatePassed { mode: mode.to_owned(), latest: orders.first()?.latest });
    misses.or_else(late)
}

/// Says so if open orders make a lead time longer than the finished ones alone say.
pub(super) fn open_orders(mode: &Mode) -> Option<RunCaveat> {
    /// A share of the mean that is not passed over.
    const MOVED: f64 = 0.05;
    let evidence = mode.evidence.iter().find(|one| one.open_orders_add() >= MOVED)?;
    Some(RunCaveat::OpenOrdersCount {
        mode: mode.chain.mode().to_owned(),
        open: evidence.open,
        finished_mean: evidence.finished_mean_days,
        mean: evidence.mean_days,
        longest_open: evidence.longest_open_days.unwrap_or(0.0),
    })
}

/// Says so if a plan serves fewer than half of what customers would order in the events with the ads as planned.
pub(super) fn mostly_unserved(kpis: &CandidateKpis) -> Option<RunCaveat> {
    let served = kpis.event.fill_rate_reference.value;
    (served < 0.5).then_some(RunCaveat::MostlyUnserved { served })
}

/// What a plan does to the shop's standing at its marketplace, if it is worth a word.
pub(super) fn standing(kpis: &CandidateKpis) -> Vec<RunCaveat> {
    /// A share of cancelled pieces, and a probability, that are not passed over.
    const CANCELLED: f64 = 0.01;
    const CROSSED: f64 = 0.05;
    let cancelled = kpis.flow.as_ref().and_then(|flow| flow.cancelled_by_seller_share);
    let cancelled = cancelled.map(|share| share.value).filter(|share| *share >= CANCELLED);
    let steps = kpis.platform.iter().flat_map(|platform| &platform.metrics).filter_map(|metric| {
        let step = metric.steps.first().filter(|step| step.crossed.value >= CROSSED)?;
        Some(RunCaveat::PlatformStep { metric: metric.metric, rate: step.from.get(), crossed: step.crossed.value })
    });
    cancelled.map(|share| RunCaveat::CancelledBySeller { share }).into_iter().chain(steps).collect()
}
