//! A path as the lanes read it: counts as 32-bit numbers, and for each day the order days that arrive on it.

use super::segment::Segment;
use crate::process::ProductPath;
use crate::simulate::Setting;
use crate::simulate::thinning::thin;

/// Memory for one path, used again for the next.
#[derive(Debug, Default)]
pub(super) struct Future {
    /// Demand of each day that the ads have no part in.
    pub(super) organic: Vec<i32>,
    /// Demand that the ads bring on each day in each phase, phase by phase within a day; -1 where it was not yet asked
    /// for.
    kept: Vec<i32>,
    phases: usize,
    /// Demand with the ads as planned, of each segment.
    pub(super) reference: Vec<i32>,
    /// Open orders that arrive on each day, in pieces.
    pub(super) open: Vec<i32>,
    /// By mode: order days sorted by arrival day.
    lists: Vec<ArrivalList>,
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
        self.lists.resize_with(path.lead_days.len(), ArrivalList::default);
        for (list, lead_days) in self.lists.iter_mut().zip(&path.lead_days) {
            list.fill(lead_days, days);
        }
        total
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

    /// Demand of `day` in every phase, thinned once a path for all candidates.
    #[inline(always)]
    pub(super) fn ad_by_phase(&mut self, day: usize, path: &ProductPath, setting: &Setting) -> &[i32] {
        let row = &mut self.kept[day * self.phases..(day + 1) * self.phases];
        if row.last() == Some(&-1) {
            let planned = row[0] as u64;
            let uniform = ProductPath::uniform(&path.thinning, day);
            for (kept, share) in row.iter_mut().zip(setting.ad_phases.shares()).skip(1) {
                *kept = thin(planned, *share, uniform) as i32;
            }
        }
        row
    }
}
