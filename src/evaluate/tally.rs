//! Running sums of one candidate over its paths.

use std::sync::Arc;

use super::cash::CashSums;
use super::estimates::{mean, ratio, share, wilson};
use super::mechanics::{MechanicSums, Mechanics};
use super::row::{self, PRODUCTS, StretchAt, VALUES, products, row};
use super::{AlertKpis, CandidateKpis, Economics, StretchKpis};
use crate::simulate::{PathOutcome, Setting};
use crate::stats::{Batches, Estimate, lower_tail_mean};

/// Share of the worst paths whose mean profit is the CVaR.
const WORST: f64 = 0.05;
/// Paths whose profit is kept one by one, for the mean of the worst: the first so many of a run. Sums need no memory
/// for a path, a tail does.
pub(super) const TAIL_PATHS: usize = 16_384;

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct AlertSums {
    pub(super) rang: u64,
    pub(super) followed: u64,
    pub(super) missed: u64,
    /// Mean lead of each path on which a stockout followed: number, sum, squares.
    pub(super) lead: [f64; 3],
}

impl AlertSums {
    pub(super) fn merge(&mut self, other: &Self) {
        self.rang += other.rang;
        self.followed += other.followed;
        self.missed += other.missed;
        for (mine, theirs) in self.lead.iter_mut().zip(&other.lead) {
            *mine += theirs;
        }
    }

    /// Adds one path; `lead_days` over the `followed` events on which a stockout followed.
    pub(super) fn push(&mut self, rang: u64, followed: u64, missed: u64, lead_days: u64) {
        self.rang += u64::from(rang > 0);
        self.followed += u64::from(followed > 0);
        self.missed += u64::from(missed > 0);
        if followed > 0 {
            let lead = lead_days as f64 / followed as f64;
            for (sum, value) in self.lead.iter_mut().zip([1.0, lead, lead * lead]) {
                *sum += value;
            }
        }
    }
}

/// Running sums of one candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateTally {
    pub(super) n: u64,
    /// Days in the events, outside them and in all; the same on every path.
    pub(super) days: [u64; 3],
    pub(super) sums: [f64; VALUES],
    pub(super) squares: [f64; VALUES],
    pub(super) products: [f64; PRODUCTS],
    pub(super) alerts: Vec<AlertSums>,
    pub(super) priced: bool,
    /// Profit if prices are given, else mean stock, in batches of paths.
    pub(super) batches: Batches,
    /// Profit of each of the first paths, if prices are given.
    pub(super) tail: Vec<f64>,
    /// What the setting has beside stock and sales, if anything.
    pub(super) mechanics: Option<MechanicSums>,
    /// Cash, where terms of payment are given.
    pub(super) cash: Option<CashSums>,
}

impl Default for CandidateTally {
    fn default() -> Self {
        Self {
            n: 0,
            days: [0; 3],
            sums: [0.0; VALUES],
            squares: [0.0; VALUES],
            products: [0.0; PRODUCTS],
            alerts: Vec::new(),
            priced: false,
            batches: Batches::default(),
            tail: Vec::new(),
            mechanics: None,
            cash: None,
        }
    }
}

impl CandidateTally {
    /// Sums that hold every mechanic of `setting`, which knows of no expedite rule. Those of the default hold stock and
    /// sales only.
    #[must_use]
    pub fn new(setting: &Setting) -> Self {
        Self::with(Mechanics::of(setting, false).as_ref())
    }

    pub(super) fn with(mechanics: Option<&Arc<Mechanics>>) -> Self {
        Self { mechanics: mechanics.map(MechanicSums::new), ..Self::default() }
    }

    /// Adds path `path`.
    pub fn push(&mut self, path: u64, outcome: &PathOutcome, economics: Option<&Economics>) {
        let row = row(outcome, economics);
        self.n += 1;
        for (at, value) in row.iter().enumerate() {
            self.sums[at] += value;
            self.squares[at] += value * value;
        }
        for (sum, product) in self.products.iter_mut().zip(products(&row)) {
            *sum += product;
        }
        self.alerts.resize(outcome.alerts.len().max(self.alerts.len()), AlertSums::default());
        for (sums, alert) in self.alerts.iter_mut().zip(&outcome.alerts) {
            sums.push(alert.rang, alert.followed, alert.missed, alert.lead_days);
        }
        self.priced |= economics.is_some();
        let days = outcome.all.days;
        self.days = [outcome.event.days, days - outcome.event.days, days];
        let mean_stock = row[row::ON_HAND_DAYS] / days.max(1) as f64;
        self.batches.push(path, if self.priced { row[row::PROFIT] } else { mean_stock });
        if self.priced && self.tail.len() < TAIL_PATHS {
            self.tail.push(row[row::PROFIT]);
        }
        if let Some(mechanics) = &mut self.mechanics {
            mechanics.push(outcome);
        }
        if let Some(cash) = economics.and_then(|economics| economics.cash(outcome)) {
            self.cash.get_or_insert_default().push(&cash);
        }
    }

    /// Adds the paths of `other`, which follow those of `self`.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        if other.n > 0 {
            self.days = other.days;
        }
        let both = |mine: &mut [f64], theirs: &[f64]| {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine += theirs;
            }
        };
        both(&mut self.sums, &other.sums);
        both(&mut self.squares, &other.squares);
        both(&mut self.products, &other.products);
        self.alerts.resize(other.alerts.len().max(self.alerts.len()), AlertSums::default());
        for (mine, theirs) in self.alerts.iter_mut().zip(&other.alerts) {
            mine.merge(theirs);
        }
        self.priced |= other.priced;
        self.batches.merge(&other.batches);
        let room = TAIL_PATHS.saturating_sub(self.tail.len());
        self.tail.extend(other.tail.iter().take(room));
        match (&mut self.mechanics, &other.mechanics) {
            (Some(mine), Some(theirs)) => mine.merge(theirs),
            (mine @ None, Some(theirs)) => *mine = Some(theirs.clone()),
            (_, None) => {}
        }
        if let Some(theirs) = &other.cash {
            self.cash.get_or_insert_default().merge(theirs);
        }
    }

    /// The objective in batches of paths: profit if prices are given, else mean stock.
    #[must_use]
    pub const fn batches(&self) -> &Batches {
        &self.batches
    }

    /// Takes the sums of `only` for those of all days.
    pub(super) fn all_days_are(&mut self, only: StretchAt) {
        for (from, to) in only.values().zip(row::ALL.values()) {
            self.sums[to] = self.sums[from];
            self.squares[to] = self.squares[from];
        }
        for (from, to) in
            [(only.served_seen(), row::ALL.served_seen()), (only.served_reference(), row::ALL.served_reference())]
        {
            self.products[to] = self.products[from];
        }
    }

    fn mean(&self, value: usize) -> Estimate {
        mean(self.n, self.sums[value], self.squares[value])
    }

    /// Mean of a value a day, over so many days a path; `None` of no days.
    fn mean_a_day(&self, value: usize, days: u64) -> Option<Estimate> {
        let mean = self.mean(value);
        let days = (days > 0).then_some(days as f64)?;
        Some(Estimate { value: mean.value / days, standard_error: mean.standard_error / days, n: mean.n })
    }

    /// Ratio of two sums with the delta-method error; 1 if nothing was wanted.
    fn ratio(&self, top: usize, bottom: usize, product: usize) -> Estimate {
        let n = self.n;
        if n < 2 {
            return Estimate { value: 1.0, standard_error: 0.0, n };
        }
        let sums = |value: usize| [self.sums[value], self.squares[value]];
        ratio(n, sums(top), sums(bottom), self.products[product], 1.0)
    }

    fn stretch(&self, at: StretchAt) -> StretchKpis {
        let n = self.n;
        let stockouts = self.sums[at.stockout()] as u64;
        StretchKpis {
            stockout: share(stockouts, n),
            stockout_interval: wilson(stockouts, n),
            fill_rate: self.ratio(at.served(), at.seen(), at.served_seen()),
            fill_rate_reference: self.ratio(at.served(), at.reference(), at.served_reference()),
            // Of no days all end with stock.
            ready_rate: self.mean_a_day(at.ready_days(), self.days[at.place()]).unwrap_or(Estimate {
                value: 1.0,
                standard_error: 0.0,
                n,
            }),
            stockout_days: self.mean(at.stockout_days()),
            served: self.mean(at.served()),
            lost: self.mean(at.lost()),
            forgone: self.mean(at.forgone()),
            waited: self.mean(at.waited()),
        }
    }

    /// The KPIs with their errors.
    #[must_use]
    pub fn kpis(&self) -> CandidateKpis {
        CandidateKpis {
            event: self.stretch(row::EVENT),
            outside: self.stretch(row::OUTSIDE),
            all: self.stretch(row::ALL),
            cycle_service: self.ratio(row::CLEAN_CYCLES, row::CYCLES, row::CLEAN_OF_CYCLES),
            mean_stock: self.mean_a_day(row::ON_HAND_DAYS, self.days[2]).unwrap_or(self.mean(row::ON_HAND_DAYS)),
            peak_stock: self.mean(row::PEAK_STOCK),
            leftover: self.mean(row::LEFTOVER),
            final_stock: self.mean(row::FINAL_STOCK),
            waiting_at_end: self.mean(row::WAITING_AT_END),
            ordered: self.mean(row::ORDERED),
            orders: self.mean(row::ORDERS),
            ad_spend: self.mean(row::SPEND),
            ad_spend_saved: self.mean(row::SPEND_SAVED),
            ad_spend_wasted: self.mean(row::SPEND_WASTED),
            goods_cost: self.priced.then(|| self.mean(row::GOODS_COST)),
            profit: (self.priced && self.n > 1).then(|| self.mean(row::PROFIT)),
            profit_worst_5_percent: lower_tail_mean(&self.tail, WORST),
            alerts: self
                .alerts
                .iter()
                .map(|sums| AlertKpis {
                    rings: share(sums.rang, self.n),
                    followed_by_stockout: share(sums.followed, self.n),
                    missed: share(sums.missed, self.n),
                    lead_days: (sums.lead[0] > 0.0).then(|| mean(sums.lead[0] as u64, sums.lead[1], sums.lead[2])),
                })
                .collect(),
            oversell: self.mechanics.as_ref().and_then(|sums| sums.oversell(self.n)),
            flow: self.mechanics.as_ref().and_then(|sums| sums.flow(self.n)),
            platform: self.mechanics.as_ref().and_then(|sums| sums.platform(self.n)),
            expedite: self.mechanics.as_ref().and_then(|sums| sums.expedite(self.n)),
            substitute: self.mechanics.as_ref().and_then(|sums| sums.substitute(self.n)),
            cash: self.cash.as_ref().map(|sums| sums.kpis(self.n)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::Tally;

    fn outcome(served: u64, lost: u64) -> PathOutcome {
        let tally = Tally { reference: served + lost, served, lost, days: 10, on_hand_days: 50, ..Tally::default() };
        PathOutcome { all: tally, event: tally, cycles: 2, clean_cycles: 1, ..PathOutcome::default() }
    }

    #[test]
    fn order_of_merging_changes_nothing_and_ratios_are_of_sums() {
        let outcomes = [outcome(90, 10), outcome(50, 0), outcome(0, 30), outcome(10, 10)];
        let mut whole = CandidateTally::default();
        let mut parts = CandidateTally::default();
        for (first, chunk) in [(0, &outcomes[..2]), (2, &outcomes[2..])] {
            let mut part = CandidateTally::default();
            for (path, outcome) in (first..).zip(chunk) {
                part.push(path, outcome, None);
                whole.push(path, outcome, None);
            }
            parts.merge(&part);
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
            let mut tally = CandidateTally::default();
            for path in 0..200 {
                let wanted = stream.gamma(10_000.0, 4.0).round();
                let served = ((0.6 + 0.4 * stream.uniform()) * wanted) as u64;
                tally.push(path, &outcome(served, wanted as u64 - served), None);
            }
            let rate = tally.kpis().event.fill_rate;
            ratios.push(rate.value);
            errors.push(rate.standard_error);
        }
        let mean = ratios.iter().sum::<f64>() / 400.0;
        let spread = (ratios.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / 399.0).sqrt();
        let error = errors.iter().sum::<f64>() / 400.0;
        assert!((error / spread - 1.0).abs() < 0.12, "{error} {spread}");
    }
}
