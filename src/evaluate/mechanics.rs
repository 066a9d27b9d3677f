//! What is averaged only where the setting has it: storefront, dispatch, platform, substitute.
//!
//! Few settings have these, so their sums stand apart from the rows of `row` and cost nothing where they are not wanted;
//! the fast engine hands such outcomes over candidate by candidate.

use std::sync::Arc;

use super::estimates::{mean, ratio, share, wilson};
use super::shop_kpi::{
    CountKpis, ExpediteKpis, FlowKpis, MetricKpis, OversellKpis, OversoldKpis, PlatformKpis, StepKpis, SubstituteKpis,
};
use crate::policy::MetricRule;
use crate::simulate::{Flow, PathOutcome, Setting};
use crate::stats::{Estimate, Interval};
use crate::units::Probability;

/// Place of each number that every setting with such mechanics has.
#[derive(Debug, Clone, Copy)]
enum At {
    AnyOversoldEvent,
    AnyOversold,
    OversoldEvent,
    Oversold,
    RefusedEvent,
    Refused,
    RedirectedEvent,
    Redirected,
    SpilledEvent,
    Spilled,
    ToDispatch,
    Shipped,
    Unshipped,
    Late,
    CancelledBySeller,
    CancelledByCustomer,
    Returned,
    Restocked,
    Samples,
    LimitedDays,
    AnyExpedited,
    ExpeditedOrders,
    Expedited,
    PlanBSpend,
    SubstituteServed,
    SubstituteLeft,
}

/// Numbers before those of the platform's metrics.
const FIXED: usize = At::SubstituteLeft as usize + 1;
/// Shares of pieces: which number, of which.
const SHARES: [[At; 2]; 4] = [
    [At::Late, At::ToDispatch],
    [At::CancelledBySeller, At::ToDispatch],
    [At::CancelledByCustomer, At::ToDispatch],
    [At::Returned, At::Shipped],
];

/// Which of the mechanics a setting has.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mechanics {
    storefront: bool,
    flow: Option<FlowParts>,
    metrics: Option<Vec<MetricRule>>,
    substitute: bool,
    /// Whether plan B costs anything.
    spends: bool,
    expedites: bool,
}

/// Which parts of the flow a setting has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FlowParts {
    late: bool,
    cancelled_by_seller: bool,
    cancelled_by_customer: bool,
    returned: bool,
    samples: bool,
}

impl FlowParts {
    fn of(flow: &Flow) -> Self {
        Self {
            late: !flow.limits.late.is_empty(),
            cancelled_by_seller: !flow.limits.cancel.is_empty(),
            cancelled_by_customer: flow.customer_cancels > Probability::ZERO,
            returned: flow.returned > Probability::ZERO,
            samples: flow.samples.iter().any(|units| *units > 0),
        }
    }
}

impl Mechanics {
    /// Those of a setting and of plans of which any `expedites` or none; `None` if there are none, so that the lanes may
    /// run.
    pub(super) fn of(setting: &Setting, expedites: bool) -> Option<Arc<Self>> {
        let storefront = setting.storefront.is_some();
        // Without a storefront nothing is oversold: with a plain flow, every order leaves on its day.
        let flow = storefront || !setting.flow.is_plain();
        let mechanics = Self {
            storefront,
            flow: flow.then(|| FlowParts::of(&setting.flow)),
            metrics: setting.platform.as_ref().map(|platform| platform.rules.metrics.clone()),
            substitute: setting.substitute.is_some(),
            spends: setting.substitute.is_some_and(|substitute| substitute.spend_per_day > 0.0),
            expedites,
        };
        let any = flow || mechanics.metrics.is_some() || mechanics.substitute || expedites;
        any.then(|| Arc::new(mechanics))
    }

    /// Each metric with the place of its largest rate; its steps come behind it.
    fn placed(&self) -> impl Iterator<Item = (usize, &MetricRule)> {
        self.metrics.iter().flatten().scan(FIXED, |next, metric| {
            let at = *next;
            *next += 1 + metric.steps.len();
            Some((at, metric))
        })
    }

    fn numbers(&self) -> usize {
        self.placed().last().map_or(FIXED, |(at, metric)| at + 1 + metric.steps.len())
    }

    /// The numbers of one path that every setting has.
    fn fixed(outcome: &PathOutcome) -> [f64; FIXED] {
        let mut row = [0.0; FIXED];
        let PathOutcome { event, all, flow, .. } = outcome;
        let to_dispatch = flow.shipped + flow.cancelled_by_seller + flow.cancelled_by_customer + flow.unshipped;
        for (at, count) in [
            (At::AnyOversoldEvent, u64::from(event.oversold > 0)),
            (At::AnyOversold, u64::from(all.oversold > 0)),
            (At::OversoldEvent, event.oversold),
            (At::Oversold, all.oversold),
            (At::RefusedEvent, event.refused),
            (At::Refused, all.refused),
            (At::RedirectedEvent, event.redirected_ads),
            (At::Redirected, all.redirected_ads),
            (At::SpilledEvent, event.spilled),
            (At::Spilled, all.spilled),
            (At::ToDispatch, to_dispatch),
            (At::Shipped, flow.shipped),
            (At::Unshipped, flow.unshipped),
            (At::Late, flow.late),
            (At::CancelledBySeller, flow.cancelled_by_seller),
            (At::CancelledByCustomer, flow.cancelled_by_customer),
            (At::Returned, flow.returned),
            (At::Restocked, flow.restocked),
            (At::Samples, flow.samples),
            (At::LimitedDays, outcome.limited_days),
            (At::AnyExpedited, u64::from(outcome.expedited > 0)),
            (At::ExpeditedOrders, outcome.expedited_orders),
            (At::Expedited, outcome.expedited),
            (At::SubstituteServed, outcome.substitute_served),
            (At::SubstituteLeft, outcome.substitute_left),
        ] {
            row[at as usize] = count as f64;
        }
        row[At::PlanBSpend as usize] = outcome.plan_b_spend;
        row
    }
}

/// Running sums of one candidate.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MechanicSums {
    of: Arc<Mechanics>,
    sums: Vec<f64>,
    squares: Vec<f64>,
    products: [f64; SHARES.len()],
}

impl MechanicSums {
    pub(super) fn new(of: &Arc<Mechanics>) -> Self {
        let zeros = vec![0.0; of.numbers()];
        Self { of: Arc::clone(of), sums: zeros.clone(), squares: zeros, products: Default::default() }
    }

    pub(super) fn push(&mut self, outcome: &PathOutcome) {
        let Self { of, sums, squares, products } = self;
        let row = Mechanics::fixed(outcome);
        for ((sum, square), value) in sums.iter_mut().zip(&mut *squares).zip(&row) {
            *sum += value;
            *square += value * value;
        }
        for ((at, metric), peak) in of.placed().zip(&outcome.peak_rates) {
            sums[at] += peak;
            squares[at] += peak * peak;
            for (at, step) in (at + 1..).zip(&metric.steps) {
                // A rate crosses a step on some day if its largest value does.
                let crossed = f64::from(u8::from(step.is_crossed(*peak)));
                sums[at] += crossed;
                squares[at] += crossed;
            }
        }
        for (sum, [top, bottom]) in products.iter_mut().zip(SHARES) {
            *sum += row[top as usize] * row[bottom as usize];
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        let mine = self.sums.iter_mut().chain(&mut self.squares).chain(&mut self.products);
        for (mine, theirs) in mine.zip(other.sums.iter().chain(&other.squares).chain(&other.products)) {
            *mine += theirs;
        }
    }

    fn mean(&self, at: usize, n: u64) -> Estimate {
        mean(n, self.sums[at], self.squares[at])
    }

    fn chance(&self, at: usize, n: u64) -> (Estimate, Interval) {
        let paths = self.sums[at] as u64;
        (share(paths, n), wilson(paths, n))
    }

    fn count(&self, event: At, all: At, n: u64) -> CountKpis {
        CountKpis { event: self.mean(event as usize, n), all: self.mean(all as usize, n) }
    }

    fn oversold(&self, any: At, pieces: At, n: u64) -> OversoldKpis {
        let (any, any_interval) = self.chance(any as usize, n);
        OversoldKpis { any, any_interval, pieces: self.mean(pieces as usize, n) }
    }

    /// The share in this place of [`SHARES`].
    fn share(&self, which: usize, n: u64) -> Estimate {
        let [top, bottom] = SHARES[which].map(|at| [self.sums[at as usize], self.squares[at as usize]]);
        ratio(n, top, bottom, self.products[which], 0.0)
    }

    /// Oversell over `n` paths, where a storefront takes orders.
    pub(super) fn oversell(&self, n: u64) -> Option<OversellKpis> {
        self.of.storefront.then(|| OversellKpis {
            event: self.oversold(At::AnyOversoldEvent, At::OversoldEvent, n),
            all: self.oversold(At::AnyOversold, At::Oversold, n),
        })
    }

    /// The flow over `n` paths, where it is not plain.
    pub(super) fn flow(&self, n: u64) -> Option<FlowKpis> {
        let mean = |at: At| self.mean(at as usize, n);
        self.of.flow.map(|parts| FlowKpis {
            shipped: mean(At::Shipped),
            unshipped: mean(At::Unshipped),
            late_share: parts.late.then(|| self.share(0, n)),
            cancelled_by_seller_share: parts.cancelled_by_seller.then(|| self.share(1, n)),
            cancelled_by_customer_share: parts.cancelled_by_customer.then(|| self.share(2, n)),
            returned_share: parts.returned.then(|| self.share(3, n)),
            restocked: parts.returned.then(|| mean(At::Restocked)),
            samples: parts.samples.then(|| mean(At::Samples)),
        })
    }

    /// The platform's metrics over `n` paths, where its rules hold.
    pub(super) fn platform(&self, n: u64) -> Option<PlatformKpis> {
        self.of.metrics.as_ref()?;
        let metric = |(at, metric): (usize, &MetricRule)| MetricKpis {
            metric: metric.metric,
            window_days: metric.window_days,
            largest_rate: self.mean(at, n),
            steps: (at + 1..)
                .zip(&metric.steps)
                .map(|(at, step)| {
                    let (crossed, crossed_interval) = self.chance(at, n);
                    StepKpis { from: step.from, above: step.above, crossed, crossed_interval }
                })
                .collect(),
        };
        Some(PlatformKpis {
            metrics: self.of.placed().map(metric).collect(),
            limited_days: self.mean(At::LimitedDays as usize, n),
            refused: self.count(At::RefusedEvent, At::Refused, n),
        })
    }

    /// The substitute over `n` paths, where there is one.
    pub(super) fn substitute(&self, n: u64) -> Option<SubstituteKpis> {
        self.of.substitute.then(|| SubstituteKpis {
            redirected: self.count(At::RedirectedEvent, At::Redirected, n),
            spilled: self.count(At::SpilledEvent, At::Spilled, n),
            served: self.mean(At::SubstituteServed as usize, n),
            left: self.mean(At::SubstituteLeft as usize, n),
            spend: self.of.spends.then(|| self.mean(At::PlanBSpend as usize, n)),
        })
    }

    /// Expedited orders over `n` paths, where any plan expedites.
    pub(super) fn expedite(&self, n: u64) -> Option<ExpediteKpis> {
        self.of.expedites.then(|| {
            let (any, any_interval) = self.chance(At::AnyExpedited as usize, n);
            let orders = self.mean(At::ExpeditedOrders as usize, n);
            ExpediteKpis { any, any_interval, orders, pieces: self.mean(At::Expedited as usize, n) }
        })
    }
}

#[cfg(test)]
mod tests;
