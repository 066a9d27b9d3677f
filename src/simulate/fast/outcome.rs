//! What one path did to the candidates of one vector.

use fearless_simd::{Simd, SimdBase};

use super::group::{LANES, Lanes};
use super::segment::Segment;
use super::vector::load;
use crate::simulate::{AlertOutcome, FlowTally, PathOutcome, Setting, Tally};

/// Counts of one stretch of a path for a vector of candidates; the fields are those of [`Tally`].
#[derive(Debug, Clone, Copy, Default)]
pub struct StretchLanes {
    /// Demand with the ads as planned; the same for every candidate.
    pub reference: i32,
    /// Days; the same for every candidate.
    pub days: i32,
    /// Demand that met the shelf.
    pub seen: Lanes,
    /// Served on the day it was wanted.
    pub served: Lanes,
    /// Began to wait.
    pub waited: Lanes,
    /// Days with an unmet unit.
    pub stockout_days: Lanes,
    /// Days that ended with stock on hand.
    pub ready_days: Lanes,
    /// Sum over days of the stock at the end of the day.
    pub on_hand_days: Lanes,
}

impl StretchLanes {
    /// The counts of both stretches together.
    #[inline(always)]
    #[must_use]
    pub fn with<S: Simd>(&self, simd: S, other: &Self) -> Self {
        let both = |a: &Lanes, b: &Lanes| (load(simd, a) + load(simd, b)).to_array();
        Self {
            reference: self.reference + other.reference,
            days: self.days + other.days,
            seen: both(&self.seen, &other.seen),
            served: both(&self.served, &other.served),
            waited: both(&self.waited, &other.waited),
            stockout_days: both(&self.stockout_days, &other.stockout_days),
            ready_days: both(&self.ready_days, &other.ready_days),
            on_hand_days: both(&self.on_hand_days, &other.on_hand_days),
        }
    }
}

/// Alert counts of one level for a vector of candidates; the fields are those of [`AlertOutcome`].
#[derive(Debug, Clone, Copy, Default)]
pub struct AlertLanes {
    /// Events in which it rang in time.
    pub rang: Lanes,
    /// Of those, events in which a piece was unmet later.
    pub followed: Lanes,
    /// Events with an unmet piece before it rang.
    pub missed: Lanes,
    /// Days from ring to stockout.
    pub lead_days: Lanes,
}

/// The outcome of one path for a vector of candidates; the fields are those of [`PathOutcome`].
#[derive(Debug, Clone, Default)]
pub struct OutcomeLanes {
    /// The days of the events.
    pub event: StretchLanes,
    /// The other days.
    pub outside: StretchLanes,
    /// Whether customers may wait: if not, nobody ever does.
    pub waits: bool,
    /// Whether ad spend is planned: if not, none is spent.
    pub spends: bool,
    /// Served on the days of each event.
    pub served_by_event: Vec<Lanes>,
    /// Waiting customers served later.
    pub served_late: Lanes,
    /// Customers still waiting at the end.
    pub waiting_at_end: Lanes,
    /// Sum over days of the customers who wait at the end of the day.
    pub waiting_days: Lanes,
    /// Orders placed.
    pub orders: Lanes,
    /// Pieces ordered.
    pub ordered: Lanes,
    /// Pieces received.
    pub received: Lanes,
    /// Largest stock at the start of a day.
    pub peak_stock: Lanes,
    /// Stock at the end of the last event day.
    pub stock_after_event: Lanes,
    /// Stock at the end.
    pub final_stock: Lanes,
    /// Pieces still on order at the end.
    pub final_on_order: Lanes,
    /// Replenishment cycles.
    pub cycles: Lanes,
    /// Cycles without an unmet unit.
    pub clean_cycles: Lanes,
    /// Ad spend.
    pub spend: [f64; LANES],
    /// Planned spend that a pause saved.
    pub spend_saved: [f64; LANES],
    /// Spend on demand that could not be served.
    pub spend_wasted: [f64; LANES],
    /// Each alert level.
    pub alerts: Vec<AlertLanes>,
}

impl OutcomeLanes {
    /// Nothing yet, with room for the events and alert levels of a setting.
    pub(super) fn of_setting(setting: &Setting) -> Self {
        Self {
            waits: setting.waiting_share.get() > 0.0,
            spends: setting.planned_spend.iter().any(|spend| *spend != 0.0),
            served_by_event: vec![[0; LANES]; setting.event_starts.len()],
            alerts: vec![AlertLanes::default(); setting.alerts.levels.len()],
            ..Self::default()
        }
    }

    /// Whether it has the room that the setting needs, and no more.
    pub(super) fn is_of(&self, setting: &Setting) -> bool {
        self.served_by_event.len() == setting.event_starts.len()
            && self.alerts.len() == setting.alerts.levels.len()
            && self.waits == (setting.waiting_share.get() > 0.0)
            && self.spends == setting.planned_spend.iter().any(|spend| *spend != 0.0)
    }

    /// Back to the start of a path.
    pub(super) fn clear(&mut self) {
        let mut served_by_event = std::mem::take(&mut self.served_by_event);
        let mut alerts = std::mem::take(&mut self.alerts);
        served_by_event.fill([0; LANES]);
        alerts.fill(AlertLanes::default());
        let (waits, spends) = (self.waits, self.spends);
        *self = Self { waits, spends, served_by_event, alerts, ..Self::default() };
    }

    /// The counts of a segment's stretch, its days and reference demand taken in.
    pub(super) fn begin_stretch(&mut self, segment: &Segment, reference: i32) -> &mut StretchLanes {
        let stretch = self.stretch(segment.event);
        stretch.days += segment.days.len() as i32;
        stretch.reference += reference;
        stretch
    }

    /// Back to the start of a path of the lean loop, which writes all that it does not add to.
    #[inline(always)]
    pub(super) fn begin(&mut self, segments: &[Segment], reference: &[i32], pre_stocked: &Lanes) {
        for stretch in [&mut self.event, &mut self.outside] {
            *stretch = StretchLanes::default();
        }
        self.served_by_event.fill([0; LANES]);
        for (segment, reference) in segments.iter().zip(reference) {
            self.begin_stretch(segment, *reference);
        }
        self.ordered = *pre_stocked;
        for (orders, units) in self.orders.iter_mut().zip(pre_stocked) {
            *orders = i32::from(*units > 0);
        }
    }

    /// The counts of the days of an event, or of those outside all events.
    #[inline(always)]
    pub(super) fn stretch(&mut self, event: Option<usize>) -> &mut StretchLanes {
        if event.is_some() { &mut self.event } else { &mut self.outside }
    }

    /// What the lean loop does not count: what was ordered or already on its way, and is not still so, was received.
    #[inline(always)]
    pub(super) fn derive_received(&mut self, open_units: i32) {
        for at in 0..LANES {
            self.received[at] = self.ordered[at] + open_units - self.final_on_order[at];
        }
    }

    /// The outcome of one candidate, as the plain engine gives it.
    #[must_use]
    pub fn of_lane(&self, lane: usize) -> PathOutcome {
        let count = |lanes: &Lanes| lanes[lane] as u64;
        let tally = |stretch: &StretchLanes| Tally {
            reference: stretch.reference as u64,
            served: count(&stretch.served),
            lost: (stretch.seen[lane] - stretch.served[lane] - stretch.waited[lane]) as u64,
            forgone: (stretch.reference - stretch.seen[lane]) as u64,
            waited: count(&stretch.waited),
            stockout_days: count(&stretch.stockout_days),
            ready_days: count(&stretch.ready_days),
            days: stretch.days as u64,
            on_hand_days: count(&stretch.on_hand_days),
            ..Tally::default()
        };
        let (event, outside) = (tally(&self.event), tally(&self.outside));
        PathOutcome {
            all: event.with(&outside),
            event,
            served_by_event: self.served_by_event.iter().map(count).collect(),
            served_late: count(&self.served_late),
            waiting_at_end: count(&self.waiting_at_end),
            waiting_days: count(&self.waiting_days),
            orders: count(&self.orders),
            ordered: count(&self.ordered),
            received: count(&self.received),
            peak_stock: count(&self.peak_stock),
            stock_after_event: count(&self.stock_after_event),
            final_stock: count(&self.final_stock),
            final_on_order: count(&self.final_on_order),
            cycles: count(&self.cycles),
            clean_cycles: count(&self.clean_cycles),
            spend: self.spend[lane],
            spend_saved: self.spend_saved[lane],
            spend_wasted: self.spend_wasted[lane],
            flow: FlowTally {
                shipped: count(&self.event.served) + count(&self.outside.served) + count(&self.served_late),
                ..FlowTally::default()
            },
            alerts: self
                .alerts
                .iter()
                .map(|level| AlertOutcome {
                    rang: count(&level.rang),
                    followed: count(&level.followed),
                    missed: count(&level.missed),
                    lead_days: count(&level.lead_days),
                })
                .collect(),
            ..PathOutcome::default()
        }
    }
}
