//! A path as the lanes read it: counts as 32-bit numbers, and for each day the order days that arrive on it.

use std::ops::Range;

use super::lean::LeanPath;
use super::number::LaneNumber;
use super::segment::Segment;
use crate::process::ProductPath;
use crate::simulate::Setting;
use crate::simulate::thinning::Thinner;

/// Memory for one path, used again for the next.
#[derive(Debug, Default)]
pub(super) struct Future {
    /// Demand of each day that the ads have no part in.
    pub(super) organic: Vec<i32>,
    /// Demand that the ads bring on each day in each phase, phase by phase within a day; -1 where it was not yet asked
    /// for.
    kept: Vec<i32>,
    phases: usize,
    /// One for each phase.
    thinners: Vec<Thinner>,
    /// Demand with the ads as planned, of each segment.
    pub(super) reference: Vec<i32>,
    /// Open orders that arrive on each day, in pieces.
    pub(super) open: Vec<i32>,
    /// By mode: pieces of open orders that come too late to count in the inventory position, on each day; no days if all
    /// of them count.
    too_late: Vec<Vec<i32>>,
    /// By mode: order days sorted by arrival day.
    lists: Vec<ArrivalList>,
    /// By mode: arrival day of an order of each day, at most the number of days.
    arrivals: Vec<Vec<u32>>,
    /// Demand in the numbers of the lean loop.
    narrow: LeanDays<i16>,
    wide: LeanDays<i32>,
    /// Days on which open orders arrive, in order, with their pieces.
    open_days: Vec<(u32, i32)>,
    /// Most demand of a day.
    most_of_a_day: i32,
}

/// Demand of one day as the lean loop takes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct LeanDay<E> {
    pub(super) organic: E,
    pub(super) ad: E,
}

/// Demand of each day as the lean loop takes it.
#[derive(Debug, Default)]
pub(super) struct LeanDays<E>(Vec<LeanDay<E>>);

impl<E: LaneNumber> LeanDays<E> {
    #[inline(always)]
    pub(super) fn of(&self, days: Range<usize>) -> &[LeanDay<E>] {
        &self.0[days]
    }

    fn fill(&mut self, days: impl Iterator<Item = (i32, i32)>) {
        self.0.clear();
        self.0.extend(days.map(|(organic, ad)| LeanDay { organic: E::nearest(organic), ad: E::nearest(ad) }));
    }
}

/// The order days of one mode in the order of their arrival.
#[derive(Debug, Default)]
pub(super) struct ArrivalList {
    /// Place in `order_days` at which each day's arrivals begin; one more at the end.
    starts: Vec<u32>,
    order_days: Vec<u32>,
}

impl ArrivalList {
    /// Days whose orders arrive on `day`.
    #[inline(always)]
    pub(super) fn on(&self, day: usize) -> &[u32] {
        &self.order_days[self.starts[day] as usize..self.starts[day + 1] as usize]
    }

    /// A counting sort of the order days by their arrival; what arrives after the last day is left out.
    fn fill(&mut self, lead_days: &[u32], days: usize) {
        let arrival = |(day, lead): (usize, &u32)| day + (*lead).max(1) as usize;
        self.starts.clear();
        self.starts.resize(days + 2, 0);
        for order in lead_days.iter().take(days).enumerate() {
            let on = arrival(order);
            if on < days {
                self.starts[on + 2] += 1;
            }
        }
        for day in 2..days + 2 {
            self.starts[day] += self.starts[day - 1];
        }
        let count = self.starts[days + 1] as usize;
        self.order_days.clear();
        self.order_days.resize(count, 0);
        // Entry d + 1 is where day d's arrivals go on; once all are placed it is where day d's end and d + 1's begin.
        for (day, lead) in lead_days.iter().take(days).enumerate() {
            let on = arrival((day, lead));
            if on < days {
                let place = &mut self.starts[on + 1];
                self.order_days[*place as usize] = day as u32;
                *place += 1;
            }
        }
    }
}

impl Future {
    /// Takes over a path and gives its demand with the ads as planned.
    pub(super) fn fill(&mut self, path: &ProductPath, setting: &Setting, segments: &[Segment]) -> u64 {
        let days = setting.days;
        let phases = setting.ad_phases.shares().len();
        self.phases = phases;
        self.thinners.resize_with(phases, Thinner::default);
        for (thinner, share) in self.thinners.iter_mut().zip(setting.ad_phases.shares()) {
            thinner.set(*share);
        }
        self.organic.clear();
        self.organic.extend((0..days).map(|day| path.unadvertised(day) as i32));
        self.kept.clear();
        self.kept.resize(days * phases, -1);
        let mut total = 0_u64;
        for (day, ad) in path.ad.iter().take(days).enumerate() {
            total = total.saturating_add(path.unadvertised(day)).saturating_add(*ad);
            self.kept[day * phases] = *ad as i32;
        }
        self.reference.clear();
        self.reference.extend(
            segments.iter().map(|segment| segment.days.clone().map(|day| path.reference(day) as i32).sum::<i32>()),
        );
        self.open.clear();
        self.open.resize(days, 0);
        for (units, arrives) in setting.open_orders.iter().zip(&path.open_arrivals) {
            if let Some(slot) = self.open.get_mut(*arrives) {
                *slot += units.0 as i32;
            }
        }
        total
    }

    /// Makes ready what only the lean loop reads.
    pub(super) fn fill_lean(&mut self, path: &ProductPath, days: usize) {
        let Self { organic, kept, phases, narrow, wide, arrivals, .. } = self;
        let demand = || organic.iter().zip(kept.iter().step_by(*phases)).map(|(organic, ad)| (*organic, *ad));
        narrow.fill(demand());
        wide.fill(demand());
        self.most_of_a_day = demand().map(|(organic, ad)| organic + ad).max().unwrap_or(0);
        self.open_days.clear();
        let open = self.open.iter().enumerate().filter(|(_, units)| **units != 0);
        self.open_days.extend(open.map(|(day, units)| (day as u32, *units)));
        arrivals.resize_with(path.lead_days.len(), Vec::new);
        for (arrivals, lead_days) in arrivals.iter_mut().zip(&path.lead_days) {
            arrivals.clear();
            let arrival = |(day, lead): (usize, &u32)| (day as u64 + u64::from(*lead).max(1)).min(days as u64) as u32;
            arrivals.extend(lead_days.iter().take(days).enumerate().map(arrival));
        }
    }

    /// Whether the demand of every day fits in 16 bits.
    pub(super) const fn fits_narrow(&self) -> bool {
        self.most_of_a_day <= i16::MAX as i32
    }

    /// What the lean loop reads, in numbers of 16 bits.
    #[inline(always)]
    pub(super) fn narrow(&self, mode: usize) -> LeanPath<'_, i16> {
        LeanPath { days: &self.narrow, arrivals: &self.arrivals[mode], open: &self.open_days }
    }

    /// What the lean loop reads, in numbers of 32 bits.
    #[inline(always)]
    pub(super) fn wide(&self, mode: usize) -> LeanPath<'_, i32> {
        LeanPath { days: &self.wide, arrivals: &self.arrivals[mode], open: &self.open_days }
    }

    /// Makes ready what only the full loop reads.
    pub(super) fn fill_lists(&mut self, path: &ProductPath, setting: &Setting) {
        self.lists.resize_with(path.lead_days.len(), ArrivalList::default);
        for (list, lead_days) in self.lists.iter_mut().zip(&path.lead_days) {
            list.fill(lead_days, setting.days);
        }
        self.too_late.resize_with(path.lead_days.len(), Vec::new);
        for (mode, too_late) in self.too_late.iter_mut().enumerate() {
            too_late.clear();
            if setting.all_are_due(mode) {
                continue;
            }
            too_late.resize(setting.days, 0);
            for (at, (units, arrives)) in setting.open_orders.iter().zip(&path.open_arrivals).enumerate() {
                for (day, pieces) in too_late.iter_mut().enumerate().take(*arrives) {
                    *pieces += if setting.counts_as_due(at, mode, day) { 0 } else { units.0 as i32 };
                }
            }
        }
    }

    /// Pieces of open orders that do not count in the inventory position on the evening of `day`.
    #[inline(always)]
    pub(super) fn too_late(&self, mode: usize, day: usize) -> i32 {
        self.too_late[mode].get(day).copied().unwrap_or(0)
    }

    /// The arrivals of a mode.
    #[inline(always)]
    pub(super) fn list(&self, mode: usize) -> &ArrivalList {
        &self.lists[mode]
    }

    /// Demand of `day` that planned ads bring.
    #[inline(always)]
    pub(super) fn ad(&self, day: usize) -> i32 {
        self.kept[day * self.phases]
    }

    /// Demand of `day` that the ads bring in `phase`, thinned once a path for all candidates.
    #[inline(always)]
    pub(super) fn ad_in_phase(&mut self, day: usize, phase: usize, path: &ProductPath) -> i32 {
        let row = &mut self.kept[day * self.phases..(day + 1) * self.phases];
        if row[phase] < 0 {
            let uniform = ProductPath::uniform(&path.thinning, day);
            row[phase] = self.thinners[phase].keep(row[0] as u64, uniform) as i32;
        }
        row[phase]
    }
}
