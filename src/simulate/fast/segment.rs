//! The horizon in stretches whose days are counted together.

use std::ops::Range;

use crate::simulate::Setting;

/// Days in a row that belong to the same event, or to none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) days: Range<usize>,
    pub(super) event: Option<usize>,
    /// Whether the days count in the outcome.
    pub(super) counts: bool,
    /// Whether the event begins with the first of the days.
    pub(super) begins_event: bool,
}

/// The segments of a setting, in order.
pub(super) fn segments(setting: &Setting) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for day in 0..setting.days {
        let event = setting.event_of[day];
        let counts = day >= setting.measure_from;
        let begins_event = setting.event_starts.contains(&day);
        match segments.last_mut() {
            Some(last) if last.event == event && last.counts == counts && !begins_event => last.days.end = day + 1,
            _ => segments.push(Segment { days: day..day + 1, event, counts, begins_event }),
        }
    }
    segments
}
