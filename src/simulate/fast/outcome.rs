//! What one path did to the candidates of one vector.

use fearless_simd::{Simd, SimdBase};

use super::full;
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

/// Where demand of a stretch went beside the shelf; the fields are those of [`Tally`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SplitLanes {
    pub(super) lost: Lanes,
    pub(super) forgone: Lanes,
    pub(super) oversold: Lanes,
    pub(super) refused: Lanes,
    pub(super) redirected_ads: Lanes,
    pub(super) spilled: Lanes,
}

/// Parcels of the counted days; the fields are those of [`FlowTally`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ParcelLanes {
    pub(super) shipped: Lanes,
    pub(super) late: Lanes,
    pub(super) cancelled_by_seller: Lanes,
    pub(super) cancelled_by_customer: Lanes,
    pub(super) returned: Lanes,
    pub(super) restocked: Lanes,
    pub(super) samples: Lanes,
}

/// What only a shop between demand and stock counts; the fields are those of [`PathOutcome`].
#[derive(Debug, Clone, Default)]
pub(super) struct BesideLanes {
    event: SplitLanes,
    outside: SplitLanes,
    pub(super) flow: ParcelLanes,
    pub(super) unshipped: Lanes,
    pub(super) peak_rates: Vec<[f64; LANES]>,
    pub(super) limited_days: Lanes,
    pub(super) plan_b_spend: [f64; LANES],
    pub(super) substitute_served: Lanes,
    pub(super) substitute_left: [u64; LANES],
}

impl BesideLanes {
    /// The counts of the days of an event, or of those outside all events.
    #[inline(always)]
    pub(super) fn stretch(&mut self, event: Option<usize>) -> &mut SplitLanes {
        if event.is_some() { &mut self.event } else { &mut self.outside }
    }
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
    /// What a shop between demand and stock counts, if there is one.
    pub(super) beside: Option<Box<BesideLanes>>,
}

impl OutcomeLanes {
    /// Nothing yet, with room for the events and alert levels of a setting.
    pub(super) fn of_setting(setting: &Setting) -> Self {
        Self {
            waits: setting.waiting_share.get() > 0.0,
            spends: setting.planned_spend.iter().any(|spend| *spend != 0.0),
            served_by_event: vec![[0; LANES]; setting.event_starts.len()],
            alerts: vec![AlertLanes::default(); setting.alerts.levels.len()],
            beside: full::is_needed(setting).then(Box::default),
            ..Self::default()
        }
    }

    /// Whether it has the room that the setting needs, and no more.
    pub(super) fn is_of(&self, setting: &Setting) -> bool {
        self.served_by_event.len() == setting.event_starts.len()
            && self.alerts.len() == setting.alerts.levels.len()
            && self.waits == (setting.waiting_share.get() > 0.0)
            && self.spends == setting.planned_spend.iter().any(|spend| *spend != 0.0)
            && self.beside.is_some() == full::is_needed(setting)
    }

    /// Back to the start of a path.
    pub(super) fn clear(&mut self) {
        let mut served_by_event = std::mem::take(&mut self.served_by_event);
        let mut alerts = std::mem::take(&mut self.alerts);
        served_by_event.fill([0; LANES]);
        alerts.fill(AlertLanes::default());
        let mut beside = self.beside.take();
        if let Some(beside) = &mut beside {
            let mut peak_rates = std::mem::take(&mut beside.peak_rates);
            peak_rates.clear();
            **beside = BesideLanes { peak_rates, ..BesideLanes::default() };
        }
        let (waits, spends) = (self.waits, self.spends);
        *self = Self { waits, spends, served_by_event, alerts, beside, ..Self::default() };
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
        let mut outcome = PathOutcome::default();
        self.write_lane(lane, &mut outcome);
        outcome
    }

    /// [`Self::of_lane`] into the memory of another outcome.
    pub(super) fn write_lane(&self, lane: usize, to: &mut PathOutcome) {
        let count = |lanes: &Lanes| lanes[lane] as u64;
        let tally = |stretch: &StretchLanes, split: Option<&SplitLanes>| {
            let tally = Tally {
                reference: stretch.reference as u64,
                served: count(&stretch.served),
                waited: count(&stretch.waited),
                stockout_days: count(&stretch.stockout_days),
                ready_days: count(&stretch.ready_days),
                days: stretch.days as u64,
                on_hand_days: count(&stretch.on_hand_days),
                ..Tally::default()
            };
            match split {
                None => Tally {
                    lost: (stretch.seen[lane] - stretch.served[lane] - stretch.waited[lane]) as u64,
                    forgone: (stretch.reference - stretch.seen[lane]) as u64,
                    ..tally
                },
                Some(split) => Tally {
                    lost: count(&split.lost),
                    forgone: count(&split.forgone),
                    oversold: count(&split.oversold),
                    refused: count(&split.refused),
                    redirected_ads: count(&split.redirected_ads),
                    spilled: count(&split.spilled),
                    ..tally
                },
            }
        };
        let beside = self.beside.as_deref();
        to.event = tally(&self.event, beside.map(|beside| &beside.event));
        to.all = to.event.with(&tally(&self.outside, beside.map(|beside| &beside.outside)));
        to.served_by_event.clear();
        to.served_by_event.extend(self.served_by_event.iter().map(count));
        to.served_late = count(&self.served_late);
        to.waiting_at_end = count(&self.waiting_at_end);
        to.waiting_days = count(&self.waiting_days);
        to.orders = count(&self.orders);
        to.ordered = count(&self.ordered);
        to.received = count(&self.received);
        to.peak_stock = count(&self.peak_stock);
        to.stock_after_event = count(&self.stock_after_event);
        to.final_stock = count(&self.final_stock);
        to.final_on_order = count(&self.final_on_order);
        to.cycles = count(&self.cycles);
        to.clean_cycles = count(&self.clean_cycles);
        to.spend = self.spend[lane];
        to.spend_saved = self.spend_saved[lane];
        to.spend_wasted = self.spend_wasted[lane];
        to.alerts.clear();
        to.alerts.extend(self.alerts.iter().map(|level| AlertOutcome {
            rang: count(&level.rang),
            followed: count(&level.followed),
            missed: count(&level.missed),
            lead_days: count(&level.lead_days),
        }));
        match beside {
            None => {
                let shipped = count(&self.event.served) + count(&self.outside.served) + count(&self.served_late);
                to.flow = FlowTally { shipped, ..FlowTally::default() };
            }
            Some(beside) => beside.write_lane(lane, to),
        }
    }
}

impl BesideLanes {
    fn write_lane(&self, lane: usize, to: &mut PathOutcome) {
        let count = |lanes: &Lanes| lanes[lane] as u64;
        to.flow = FlowTally {
            shipped: count(&self.flow.shipped),
            late: count(&self.flow.late),
            cancelled_by_seller: count(&self.flow.cancelled_by_seller),
            cancelled_by_customer: count(&self.flow.cancelled_by_customer),
            returned: count(&self.flow.returned),
            restocked: count(&self.flow.restocked),
            samples: count(&self.flow.samples),
            unshipped: count(&self.unshipped),
        };
        to.peak_rates.clear();
        to.peak_rates.extend(self.peak_rates.iter().map(|rates| rates[lane]));
        to.limited_days = count(&self.limited_days);
        to.plan_b_spend = self.plan_b_spend[lane];
        to.substitute_served = count(&self.substitute_served);
        to.substitute_left = self.substitute_left[lane];
    }
}
