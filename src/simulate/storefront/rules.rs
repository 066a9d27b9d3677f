//! What is given for a day: the channels' rules, the guard, the shares of ad demand, the cap.

use super::Millis;
use crate::policy::PublishRule;
use crate::random::uniform_at;
use crate::units::{Probability, Units};

/// Most channels of one shop.
pub const MAX_CHANNELS: usize = 8;

/// When a channel's page is brought up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refresh {
    /// After each accepted order of any channel.
    RealTime,
    /// At the first minute, and at `phase + k x interval` within the day; the interval is above 0 and below a day.
    Every(Millis),
    /// At the first minute of every so many days.
    Mornings(u32),
    /// Never: an unlinked listing.
    Never,
}

impl Refresh {
    /// The refresh of an interval in minutes: none is real time, a day or more is rounded to whole days.
    ///
    /// ```
    /// use stockburst::simulate::storefront::{Millis, Refresh};
    /// assert_eq!(Refresh::every_minutes(0.0), Refresh::RealTime);
    /// assert_eq!(Refresh::every_minutes(15.0), Refresh::Every(Millis(900_000)));
    /// assert_eq!(Refresh::every_minutes(2880.0), Refresh::Mornings(2));
    /// ```
    #[must_use]
    pub fn every_minutes(minutes: f64) -> Self {
        match Millis::from_minutes(minutes) {
            Millis(0) => Self::RealTime,
            interval if interval < Millis::DAY => Self::Every(interval),
            _ => Self::Mornings((minutes / 1440.0).round() as u32),
        }
    }

    /// Whether the page shows the rule's quantity at the first minute of `day`, given the path's uniform `phase`.
    #[must_use]
    pub fn at_first_minute(self, day: usize, phase: f64) -> bool {
        match self {
            Self::RealTime | Self::Every(_) => true,
            Self::Mornings(days) => {
                let days = days.max(1) as usize;
                (day + (phase * days as f64) as usize).is_multiple_of(days)
            }
            Self::Never => false,
        }
    }

    /// Whether numbers reach the page within the day, after its first minute.
    #[must_use]
    pub const fn within_day(self) -> bool {
        matches!(self, Self::RealTime | Self::Every(_))
    }
}

/// What a number from the sync does to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Push {
    /// Overwrites it.
    Set,
    /// Adds the change since the last push that is not the page's own orders.
    Delta,
}

/// One sales channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChannelRule {
    /// What it is told to show.
    pub publish: PublishRule,
    /// When it is told.
    pub refresh: Refresh,
    /// How it takes what it is told.
    pub push: Push,
    /// Time from the reading of the stock to the page.
    pub delay: Millis,
    /// Probability that a sync of a minute fails.
    pub failure: Probability,
    /// Whether the page counts its own orders down.
    pub self_decrement: bool,
}

impl ChannelRule {
    /// The first tick of a day for the path's uniform `phase`; `None` if there are no ticks.
    pub(super) fn first_tick(&self, phase: f64) -> Option<(u32, u32)> {
        match self.refresh {
            Refresh::Every(interval) => Some(((phase * f64::from(interval.0)) as u32, interval.0.max(1))),
            _ => None,
        }
    }

    /// Whether the sync that reads the stock at `at` fails.
    pub(super) fn fails(&self, channel: usize, key: u64, at: u32) -> bool {
        let failure = self.failure.get();
        failure > 0.0 && uniform_at(key, ((channel as u64) << 32) | u64::from(at / 60_000)) < failure
    }
}

/// A guard that looks within the day, its levels in pieces of available stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinuteGuard {
    pub(super) pause: i64,
    pub(super) resume: i64,
    pub(super) every: Millis,
    pub(super) delay: Millis,
}

impl MinuteGuard {
    /// A guard that looks every `every` (after each order if that is 0), pauses the ads at or below `pause` pieces and
    /// resumes them at or above `resume`, a piece above `pause` at least; a command takes effect `delay` later.
    #[must_use]
    pub fn new(pause: Units, resume: Units, every: Millis, delay: Millis) -> Self {
        let pieces = |units: Units| i64::try_from(units.0).unwrap_or(i64::MAX).min(i64::MAX - 1);
        let pause = pieces(pause);
        Self { pause, resume: pieces(resume).max(pause + 1), every, delay }
    }

    /// The first look after an order at `at`, or at `at` itself if it looks after each order; `None` if that is not
    /// today any more.
    pub(super) fn look_after(&self, at: u32) -> Option<u32> {
        match self.every.0 {
            0 => Some(at),
            every => Some(u64::from(at / every + 1) * u64::from(every))
                .filter(|look| *look < u64::from(Millis::DAY.0))
                .map(|look| look as u32),
        }
    }
}

/// Pieces of the day's planned ad demand that come if the ads are all day in one of the states that they may be in today.
///
/// In a state of k pieces the orders of the first k drawn come. Draws are independent and alike, so these are a random k
/// of them, whenever in the day they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdPieces {
    /// In the state of the day's first minute: all if they run as planned, fewer after a pause or a restart.
    pub at_start: u32,
    /// In that from a pause within the day on: what carries over.
    pub after_pause: u32,
    /// In that from a restart within the day on.
    pub after_resume: u32,
}

impl AdPieces {
    /// Ads as planned, and nothing left of them after a pause.
    pub const PLANNED: Self = Self { at_start: u32::MAX, after_pause: 0, after_resume: u32::MAX };
}

/// The rules of a day: everything that it is resolved from, beside its orders and the state that it begins with.
#[derive(Debug, Clone, Copy)]
pub struct StorefrontDay<'a> {
    /// The channels, [`MAX_CHANNELS`] at most; orders of a channel that is not here are lost.
    pub channels: &'a [ChannelRule],
    /// The path's uniform of each channel: where in its interval the sync stands. One half where it is not given.
    pub phases: &'a [f64],
    /// Index of the day, for intervals of whole days.
    pub day: usize,
    /// The guard, if one looks within the day.
    pub guard: Option<MinuteGuard>,
    /// What comes of the ads.
    pub ads: AdPieces,
    /// Most pieces that the platform lets through today: once so many are accepted, what comes is turned away.
    pub piece_cap: Option<u32>,
}

impl<'a> StorefrontDay<'a> {
    pub(super) fn rules(&self) -> &'a [ChannelRule] {
        &self.channels[..self.channels.len().min(MAX_CHANNELS)]
    }

    pub(super) fn phase(&self, channel: usize) -> f64 {
        self.phases.get(channel).copied().unwrap_or(0.5)
    }
}
