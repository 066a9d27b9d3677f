//! From lines of purchase records to shipments, and from shipments to durations of stages.
//!
//! Nothing that is dated after today is known here, whoever asks. It must not know any law.

use std::collections::BTreeSet;

use super::{LeadTimeRecords, Observed};
use crate::calendar::Date;
use crate::history::{OpenOrder, Purchase, StageName};

/// One shipment, with the dates that are known today.
#[derive(Debug, Clone)]
struct Shipment {
    /// The order, milestones and receipt, in their order.
    dates: [Option<Date>; 5],
    ordered_on: Date,
    /// The present stage and its first day, where somebody says so.
    stage: Option<(StageName, Date)>,
}

impl Shipment {
    fn of_purchase(purchase: &Purchase, today: Date) -> Self {
        let [produced, arrived, cleared] = purchase.milestones;
        let dates = [Some(purchase.ordered_on), produced, arrived, cleared, purchase.received_on];
        let dates = dates.map(|date| date.filter(|date| *date <= today));
        Self { dates, ordered_on: purchase.ordered_on, stage: None }
    }

    fn of_open_order(order: &OpenOrder, today: Date) -> Self {
        let name = order.stage.as_deref().and_then(|own| StageName::ALL.into_iter().find(|name| name.as_str() == own));
        let stage = name.zip(order.stage_since.filter(|since| *since <= today));
        Self { dates: [Some(order.ordered_on), None, None, None, None], ordered_on: order.ordered_on, stage }
    }

    fn is_finished(&self) -> bool {
        self.dates[4].is_some()
    }

    /// Whether its known dates do not come in their order.
    fn is_misdated(&self) -> bool {
        let known: Vec<Date> = self.dates.iter().copied().flatten().collect();
        known.windows(2).any(|pair| pair[1] < pair[0]) || self.stage.is_some_and(|(_, since)| since < self.ordered_on)
    }

    /// How long a stage took or has taken, from the order to the shelf if none is named; `None` if nothing is known of it.
    fn duration(&self, stage: Option<StageName>, today: Date) -> Option<Observed> {
        let days = |from: Date, to: Date| to.days_since(from) as f64;
        let Some(stage) = stage else {
            return Some(match self.dates[4] {
                Some(received) => Observed::Exact(days(self.ordered_on, received)),
                None => Observed::AtLeast(days(self.ordered_on, today)),
            });
        };
        if let Some((present, since)) = self.stage {
            return (present == stage).then(|| Observed::AtLeast(days(since, today)));
        }
        let at = StageName::ALL.iter().position(|name| *name == stage)?;
        let from = self.dates[at]?;
        match self.dates[at + 1] {
            Some(to) => Some(Observed::Exact(days(from, to))),
            // It is in this stage only if it has not come further.
            None => self.dates[at + 1..].iter().all(Option::is_none).then(|| Observed::AtLeast(days(from, today))),
        }
    }
}

/// The shipments of a mode.
#[derive(Debug, Clone, Default)]
pub(super) struct Shipments {
    finished: Vec<Shipment>,
    /// Open ones of the purchase records, whose milestones are kept as those of the finished ones are.
    recorded_open: Vec<Shipment>,
    /// Open ones of the list of open orders.
    listed_open: Vec<Shipment>,
    /// Lines that are part of a shipment already there.
    pub(super) merged_lines: usize,
    /// Lines with dates in the wrong order.
    pub(super) misdated_lines: usize,
}

impl Shipments {
    /// The shipments of the mode `mode` of the purchases and `open_mode` of the open orders.
    ///
    /// Lines are one shipment if supplier, order date and receipt date agree (of open ones: the milestones too); lines of
    /// an open order if its number and date do, also across the two tables.
    pub(super) fn of(records: &LeadTimeRecords<'_>, mode: &str, open_mode: Option<&str>) -> Self {
        let today = records.today;
        let mut shipments = Self::default();
        let (mut seen, mut open_numbers) = (BTreeSet::new(), BTreeSet::new());
        for purchase in records.purchases.iter().filter(|one| one.mode == mode && one.ordered_on <= today) {
            let shipment = Shipment::of_purchase(purchase, today);
            if shipment.is_misdated() {
                shipments.misdated_lines += 1;
                continue;
            }
            let dates = if shipment.is_finished() {
                [shipment.dates[0], None, None, None, shipment.dates[4]]
            } else {
                shipment.dates
            };
            if !shipment.is_finished() {
                open_numbers.insert((purchase.order.as_str(), purchase.ordered_on));
            }
            if !seen.insert((purchase.supplier.as_deref(), dates)) {
                shipments.merged_lines += 1;
            } else if shipment.is_finished() {
                shipments.finished.push(shipment);
            } else {
                shipments.recorded_open.push(shipment);
            }
        }
        let of_mode = |order: &&OpenOrder| Some(order.mode.as_str()) == open_mode && order.ordered_on <= today;
        for order in records.open_orders.iter().filter(of_mode) {
            let shipment = Shipment::of_open_order(order, today);
            if shipment.is_misdated() {
                shipments.misdated_lines += 1;
            } else if open_numbers.insert((order.order.as_str(), order.ordered_on)) {
                shipments.listed_open.push(shipment);
            } else {
                shipments.merged_lines += 1;
            }
        }
        shipments
    }

    /// Finished shipments.
    pub(super) fn finished(&self) -> usize {
        self.finished.len()
    }

    /// Open ones.
    pub(super) fn open(&self) -> usize {
        self.recorded_open.len() + self.listed_open.len()
    }

    /// Mean days of the finished ones; `None` if there are none.
    pub(super) fn finished_mean(&self) -> Option<f64> {
        let days: Vec<f64> = self.in_order().into_iter().map(|(_, days)| days).collect();
        (!days.is_empty()).then(|| days.iter().sum::<f64>() / days.len() as f64)
    }

    /// Order date and days of the finished ones, in the order in which they were placed.
    pub(super) fn in_order(&self) -> Vec<(Date, f64)> {
        let days = |one: &Shipment| Some((one.ordered_on, one.dates[4]?.days_since(one.ordered_on) as f64));
        let mut placed: Vec<(Date, f64)> = self.finished.iter().filter_map(days).collect();
        placed.sort_by_key(|(ordered_on, _)| *ordered_on);
        placed
    }

    /// Whether `enough` finished shipments, or all, have every milestone.
    pub(super) fn has_stages(&self, enough: usize) -> bool {
        let whole = self.finished.iter().filter(|one| one.dates.iter().all(Option::is_some)).count();
        whole >= enough || (whole > 0 && whole == self.finished.len())
    }

    /// Durations of a stage, or from order to shelf.
    pub(super) fn durations(&self, stage: Option<StageName>, today: Date) -> Vec<Observed> {
        // Where a listed order is that names no stage, nobody knows: it counts from order to shelf only.
        let listed = self.listed_open.iter().filter(|one| stage.is_none() || one.stage.is_some());
        let all = self.finished.iter().chain(&self.recorded_open).chain(listed);
        all.filter_map(|one| one.duration(stage, today)).collect()
    }

    fn that_count(&self, by_stage: bool) -> impl Iterator<Item = &Shipment> {
        let listed = self.listed_open.iter().filter(move |one| !by_stage || one.stage.is_some());
        self.recorded_open.iter().chain(listed)
    }

    /// Open ones that give a duration.
    pub(super) fn open_that_count(&self, by_stage: bool) -> usize {
        self.that_count(by_stage).count()
    }

    /// Days since the oldest open order that counts.
    pub(super) fn longest_open(&self, by_stage: bool, today: Date) -> Option<f64> {
        let days = self.that_count(by_stage).map(|one| today.days_since(one.ordered_on) as f64);
        days.max_by(f64::total_cmp)
    }
}
