//! Running sums of one candidate over its paths.

use super::{AlertKpis, CandidateKpis, Economics, StretchKpis};
use crate::simulate::{PathOutcome, Tally};
use crate::stats::{Estimate, Interval, lower_tail_mean};

/// Share of the worst paths whose mean profit is the CVaR.
const WORST: f64 = 0.05;
/// Confidence of the intervals shown.
const CONFIDENCE: f64 = 0.95;

/// Sum and sum of squares of one number over paths.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    n: u64,
    sum: f64,
    squares: f64,
}

impl Sum {
    fn push(&mut self, value: f64) {
        self.n += 1;
        self.sum += value;
        self.squares += value * value;
    }

    fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    fn estimate(&self) -> Estimate {
        let n = self.n.max(1) as f64;
        let mean = self.sum / n;
        let variance = ((self.squares - n * mean * mean) / (n - 1.0).max(1.0)).max(0.0);
        Estimate { value: mean, standard_error: (variance / n).sqrt(), n: self.n }
    }
}

/// A ratio of two sums, such as a fill rate.
#[derive(Debug, Clone, Copy, Default)]
struct Ratio {
    top: Sum,
    bottom: Sum,
    cross: f64,
}

impl Ratio {
    fn push(&mut self, top: f64, bottom: f64) {
        self.top.push(top);
        self.bottom.push(bottom);
        self.cross += top * bottom;
    }

    fn merge(&mut self, other: &Self) {
        self.top.merge(&other.top);
        self.bottom.merge(&other.bottom);
        self.cross += other.cross;
    }

    /// Ratio of the sums with the delta-method error; 1 if nothing was wanted.
    fn estimate(&self) -> Estimate {
        let n = self.top.n;
        if self.bottom.sum <= 0.0 || n < 2 {
            return Estimate { value: 1.0, standard_error: 0.0, n };
        }
        let ratio = self.top.sum / self.bottom.sum;
        let count = n as f64;
        let residual = self.top.squares - 2.0 * ratio * self.cross + ratio * ratio * self.bottom.squares;
        let mean = self.bottom.sum / count;
        let standard_error = (residual.max(0.0) / (count - 1.0) / count).sqrt() / mean;
        Estimate { value: ratio, standard_error, n }
    }
}

/// One stretch of the horizon.
#[derive(Debug, Clone, Copy, Default)]
struct Stretch {
    stockouts: u64,
    fill: Ratio,
    fill_reference: Ratio,
    ready: Ratio,
    stockout_days: Sum,
    lost: Sum,
    forgone: Sum,
    waited: Sum,
}

impl Stretch {
    fn push(&mut self, tally: &Tally) {
        self.stockouts += u64::from(tally.stockout());
        self.fill.push(tally.served as f64, tally.seen() as f64);
        self.fill_reference.push(tally.served as f64, tally.reference as f64);
        self.ready.push(tally.ready_days as f64, tally.days as f64);
        self.stockout_days.push(tally.stockout_days as f64);
        self.lost.push(tally.lost as f64);
        self.forgone.push(tally.forgone as f64);
        self.waited.push(tally.waited as f64);
    }

    fn merge(&mut self, other: &Self) {
        self.stockouts += other.stockouts;
        self.fill.merge(&other.fill);
        self.fill_reference.merge(&other.fill_reference);
        self.ready.merge(&other.ready);
        self.stockout_days.merge(&other.stockout_days);
        self.lost.merge(&other.lost);
        self.forgone.merge(&other.forgone);
        self.waited.merge(&other.waited);
    }

    fn kpis(&self) -> StretchKpis {
        let n = self.lost.n;
        let none = Estimate { value: 0.0, standard_error: 0.0, n };
        StretchKpis {
            stockout: Estimate::of_proportion(self.stockouts, n).unwrap_or(none),
            stockout_interval: Interval::wilson(self.stockouts, n, CONFIDENCE)
                .unwrap_or(Interval { low: 0.0, high: 1.0 }),
            fill_rate: self.fill.estimate(),
            fill_rate_reference: self.fill_reference.estimate(),
            ready_rate: self.ready.estimate(),
            stockout_days: self.stockout_days.estimate(),
            lost: self.lost.estimate(),
            forgone: self.forgone.estimate(),
            waited: self.waited.estimate(),
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct AlertSums {
    rang: u64,
    followed: u64,
    missed: u64,
    lead: Sum,
}

/// Running sums of one candidate.
#[derive(Debug, Clone, Default)]
pub struct CandidateTally {
    event: Stretch,
    outside: Stretch,
    all: Stretch,
    cycles: Ratio,
    mean_stock: Sum,
    peak_stock: Sum,
    leftover: Sum,
    final_stock: Sum,
    waiting_at_end: Sum,
    ordered: Sum,
    orders: Sum,
    spend: Sum,
    spend_saved: Sum,
    spend_wasted: Sum,
    goods_cost: Sum,
    alerts: Vec<AlertSums>,
    /// Profit of each path, if prices are given.
    profit: Vec<f64>,
    /// Mean stock of each path.
    stock: Vec<f64>,
}

impl CandidateTally {
    /// Adds a path; paths must be added in order.
    pub fn push(&mut self, outcome: &PathOutcome, economics: Option<&Economics>) {
        self.event.push(&outcome.event);
        self.outside.push(&outcome.all.without(&outcome.event));
        self.all.push(&outcome.all);
        self.cycles.push(outcome.clean_cycles as f64, outcome.cycles as f64);
        let mean_stock = outcome.all.on_hand_days as f64 / outcome.all.days.max(1) as f64;
        self.mean_stock.push(mean_stock);
        self.peak_stock.push(outcome.peak_stock as f64);
        self.leftover.push(outcome.stock_after_event as f64);
        self.final_stock.push(outcome.final_stock as f64);
        self.waiting_at_end.push(outcome.waiting_at_end as f64);
        self.ordered.push(outcome.ordered as f64);
        self.orders.push(outcome.orders as f64);
        self.spend.push(outcome.spend);
        self.spend_saved.push(outcome.spend_saved);
        self.spend_wasted.push(outcome.spend_wasted);
        self.alerts.resize(outcome.alerts.len().max(self.alerts.len()), AlertSums::default());
        for (sums, alert) in self.alerts.iter_mut().zip(&outcome.alerts) {
            sums.rang += u64::from(alert.rang > 0);
            sums.followed += u64::from(alert.followed > 0);
            sums.missed += u64::from(alert.missed > 0);
            if alert.followed > 0 {
                sums.lead.push(alert.lead_days as f64 / alert.followed as f64);
            }
        }
        if let Some(economics) = economics {
            self.profit.push(economics.profit(outcome));
            self.goods_cost.push(economics.goods_cost(outcome));
        }
        self.stock.push(mean_stock);
    }

    /// Adds the paths of `other`, which follow those of `self`.
    pub fn merge(&mut self, mut other: Self) {
        self.event.merge(&other.event);
        self.outside.merge(&other.outside);
        self.all.merge(&other.all);
        self.cycles.merge(&other.cycles);
        for (mine, theirs) in [
            (&mut self.mean_stock, &other.mean_stock),
            (&mut self.peak_stock, &other.peak_stock),
            (&mut self.leftover, &other.leftover),
            (&mut self.final_stock, &other.final_stock),
            (&mut self.waiting_at_end, &other.waiting_at_end),
            (&mut self.ordered, &other.ordered),
            (&mut self.orders, &other.orders),
            (&mut self.spend, &other.spend),
            (&mut self.spend_saved, &other.spend_saved),
            (&mut self.spend_wasted, &other.spend_wasted),
            (&mut self.goods_cost, &other.goods_cost),
        ] {
            mine.merge(theirs);
        }
        self.alerts.resize(other.alerts.len().max(self.alerts.len()), AlertSums::default());
        for (mine, theirs) in self.alerts.iter_mut().zip(&other.alerts) {
            mine.rang += theirs.rang;
            mine.followed += theirs.followed;
            mine.missed += theirs.missed;
            mine.lead.merge(&theirs.lead);
        }
        self.profit.append(&mut other.profit);
        self.stock.append(&mut other.stock);
    }

    /// Profit of each path, in path order; empty without prices.
    #[must_use]
    pub fn profits(&self) -> &[f64] {
        &self.profit
    }

    /// Mean stock of each path, in path order.
    #[must_use]
    pub fn stocks(&self) -> &[f64] {
        &self.stock
    }

    /// The KPIs with their errors.
    #[must_use]
    pub fn kpis(&self) -> CandidateKpis {
        let priced = !self.profit.is_empty();
        CandidateKpis {
            event: self.event.kpis(),
            outside: self.outside.kpis(),
            all: self.all.kpis(),
            cycle_service: self.cycles.estimate(),
            mean_stock: self.mean_stock.estimate(),
            peak_stock: self.peak_stock.estimate(),
            leftover: self.leftover.estimate(),
            final_stock: self.final_stock.estimate(),
            waiting_at_end: self.waiting_at_end.estimate(),
            ordered: self.ordered.estimate(),
            orders: self.orders.estimate(),
            ad_spend: self.spend.estimate(),
            ad_spend_saved: self.spend_saved.estimate(),
            ad_spend_wasted: self.spend_wasted.estimate(),
            goods_cost: priced.then(|| self.goods_cost.estimate()),
            profit: Estimate::of_mean(&self.profit),
            profit_worst_5_percent: lower_tail_mean(&self.profit, WORST),
            alerts: self
                .alerts
                .iter()
                .map(|sums| AlertKpis {
                    rings: share(sums.rang, self.stock.len()),
                    followed_by_stockout: share(sums.followed, self.stock.len()),
                    missed: share(sums.missed, self.stock.len()),
                    lead_days: (sums.lead.n > 0).then(|| sums.lead.estimate()),
                })
                .collect(),
        }
    }
}

fn share(count: u64, of: usize) -> Estimate {
    Estimate::of_proportion(count, of as u64).unwrap_or(Estimate { value: 0.0, standard_error: 0.0, n: of as u64 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(served: u64, lost: u64) -> PathOutcome {
        let tally = Tally { reference: served + lost, served, lost, days: 10, on_hand_days: 50, ..Tally::default() };
        PathOutcome { all: tally, event: tally, cycles: 2, clean_cycles: 1, ..PathOutcome::default() }
    }

    #[test]
    fn order_of_merging_changes_nothing_and_ratios_are_of_sums() {
        let outcomes = [outcome(90, 10), outcome(50, 0), outcome(0, 30), outcome(10, 10)];
        let mut whole = CandidateTally::default();
        outcomes.iter().for_each(|o| whole.push(o, None));
        let mut parts = CandidateTally::default();
        for chunk in outcomes.chunks(2) {
            let mut part = CandidateTally::default();
            chunk.iter().for_each(|o| part.push(o, None));
            parts.merge(part);
        }
        assert_eq!(whole.kpis(), parts.kpis());
        let kpis = whole.kpis();
        assert!((kpis.event.fill_rate.value - 150.0 / 200.0).abs() < 1e-12);
        assert!((kpis.event.stockout.value - 0.75).abs() < 1e-12);
        assert!((kpis.cycle_service.value - 0.5).abs() < 1e-12);
        assert_eq!(kpis.profit, None);
    }

    /// The delta-method error of a ratio against the spread of the ratio over many samples.
    #[test]
    fn error_of_a_ratio_is_the_spread_of_the_ratio() {
        use crate::random::{Entity, Seed, Source, Stream};
        let (mut ratios, mut errors) = (Vec::new(), Vec::new());
        for sample in 0..400 {
            let mut stream = Stream::open(Seed(8), sample, Source::Organic, Entity::named(&["ratio"]));
            let mut ratio = Ratio::default();
            for _ in 0..200 {
                let bottom = stream.gamma(100.0, 4.0);
                ratio.push(bottom * (0.6 + 0.4 * stream.uniform()), bottom);
            }
            ratios.push(ratio.estimate().value);
            errors.push(ratio.estimate().standard_error);
        }
        let mean = ratios.iter().sum::<f64>() / 400.0;
        let spread = (ratios.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / 399.0).sqrt();
        let error = errors.iter().sum::<f64>() / 400.0;
        assert!((error / spread - 1.0).abs() < 0.12, "{error} {spread}");
    }
}
