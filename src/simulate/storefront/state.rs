//! What a day begins with and leaves behind: stock, pages, the ads and the commands under way.

use super::{ChannelRule, MAX_CHANNELS, Millis};
use crate::units::Units;

/// Whether the ads run, what was last commanded, and what is still to take effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdCommands {
    /// Whether they run now.
    pub running: bool,
    /// Whether the last command was to run.
    pub commanded: bool,
    /// Commands under way: milliseconds from the first minute of the present day, and whether to run; by time.
    pub pending: Vec<(i64, bool)>,
}

impl Default for AdCommands {
    /// Running ads that were never paused.
    fn default() -> Self {
        Self { running: true, commanded: true, pending: Vec::new() }
    }
}

impl AdCommands {
    /// Back to running ads that were never paused; memory is kept.
    pub(in crate::simulate) fn reset(&mut self) {
        (self.running, self.commanded) = (true, true);
        self.pending.clear();
    }

    /// Takes the first command that is due at or before `at`, in milliseconds.
    pub(super) fn take_due(&mut self, at: i64) -> Option<(i64, bool)> {
        let due = *self.pending.first()?;
        (due.0 <= at).then(|| self.pending.remove(0))
    }

    /// The command that a look at `available` pieces calls for: `Some(true)` to run, `Some(false)` to pause.
    pub(super) fn decide(&self, pause: i64, resume: i64, available: i64) -> Option<bool> {
        if self.commanded && available <= pause {
            Some(false)
        } else if !self.commanded && available >= resume {
            Some(true)
        } else {
            None
        }
    }

    /// Issues a command at `at` that takes effect `delay` later.
    pub(super) fn issue(&mut self, run: bool, at: u32, delay: Millis) {
        self.commanded = run;
        let due = i64::from(at) + i64::from(delay.0);
        let place = self.pending.partition_point(|(other, _)| *other <= due);
        self.pending.insert(place, (due, run));
    }

    /// Counts the commands under way from the next midnight.
    pub(super) fn next_midnight(&mut self) {
        for (due, _) in &mut self.pending {
            *due -= i64::from(Millis::DAY.0);
        }
    }
}

/// Stock and pages at a midnight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorefrontState {
    /// Pieces on the shelf, after arrivals.
    pub on_hand: i64,
    /// Pieces of accepted orders that are not shipped.
    pub committed: i64,
    /// Pieces held back for campaigns and creators.
    pub reserved: i64,
    /// Pieces that each channel's page shows.
    pub published: [i64; MAX_CHANNELS],
    /// The ads.
    pub ads: AdCommands,
}

impl StorefrontState {
    /// A shop that opens: each page shows its rule's quantity, or the number that someone typed in.
    #[must_use]
    pub fn open(
        on_hand: Units,
        committed: Units,
        reserved: Units,
        rules: &[ChannelRule],
        typed: &[Option<Units>],
    ) -> Self {
        let pieces = |units: Units| i64::try_from(units.0).unwrap_or(i64::MAX / 4).min(i64::MAX / 4);
        let mut state = Self {
            on_hand: pieces(on_hand),
            committed: pieces(committed),
            reserved: pieces(reserved),
            published: [0; MAX_CHANNELS],
            ads: AdCommands::default(),
        };
        let available = state.available();
        for (channel, (shown, rule)) in state.published.iter_mut().zip(rules).enumerate() {
            let typed = typed.get(channel).copied().flatten();
            *shown = typed.map_or_else(|| rule.publish.quantity(available), pieces);
        }
        state
    }

    /// Pieces that may be sold: on hand less accepted orders and reservations; negative after an oversell.
    #[must_use]
    pub const fn available(&self) -> i64 {
        self.on_hand - self.committed - self.reserved
    }

    /// Accepted pieces beyond what is on hand.
    #[must_use]
    pub const fn promised_beyond_stock(&self) -> i64 {
        if self.committed > self.on_hand { self.committed - self.on_hand } else { 0 }
    }

    /// The first minute of `day`: linked pages show the rule's quantity for the stock after arrivals.
    pub fn first_minute(&mut self, rules: &[ChannelRule], phases: &[f64], day: usize) {
        let available = self.available();
        for (channel, (shown, rule)) in self.published.iter_mut().zip(rules).enumerate() {
            let phase = phases.get(channel).copied().unwrap_or(0.5);
            if rule.refresh.at_first_minute(day, phase) {
                *shown = rule.publish.quantity(available);
            }
        }
    }

    /// What a day that is not critical and on which `accepted` pieces were ordered does to the state.
    ///
    /// Pages that are refreshed within the day show the rule's quantity at its end.
    pub fn pass_day(&mut self, rules: &[ChannelRule], phases: &[f64], day: usize, accepted: Units) {
        self.first_minute(rules, phases, day);
        self.committed = self.committed.saturating_add(i64::try_from(accepted.0).unwrap_or(i64::MAX / 4));
        self.ads.next_midnight();
    }
}
