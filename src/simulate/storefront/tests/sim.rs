//! Many days of one shop with Poisson orders, and what they come to.

use crate::policy::PublishRule;
use crate::process::DayProfile;
use crate::random::{Entity, Seed, Source, Stream};
use crate::simulate::storefront::{
    AdPieces, ChannelRule, DayOutcome, DayTotals, Millis, MinuteGuard, OrderMix, Push, Refresh, Scratch, StorefrontDay,
    StorefrontState, resolve_fast, sync_phases,
};
use crate::simulate::thinning::thin;
use crate::units::{Probability, Units};

/// A shop: rates an hour, over the first hours of the day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    pub(super) ad_rate: f64,
    pub(super) organic_rate: f64,
    pub(super) stock: u64,
    pub(super) hours: f64,
    pub(super) channels: usize,
    pub(super) guard: Option<MinuteGuard>,
    /// Shares of ad demand: from the first minute, after a pause, after a restart.
    pub(super) shares: [f64; 3],
}

impl Default for Case {
    fn default() -> Self {
        Self {
            ad_rate: 0.0,
            organic_rate: 0.0,
            stock: 0,
            hours: 24.0,
            channels: 1,
            guard: None,
            shares: [1.0, 0.0, 1.0],
        }
    }
}

/// A page that shows what the sync tells it and does not count down.
pub(super) fn page(refresh: Refresh, delay_minutes: f64, reserve: u64) -> ChannelRule {
    ChannelRule {
        publish: PublishRule::new(Units(0), Probability::ONE, Units(reserve)),
        refresh,
        push: Push::Set,
        delay: Millis::from_minutes(delay_minutes),
        failure: Probability::ZERO,
        self_decrement: false,
    }
}

/// Half of the stock for each of two channels.
pub(super) fn half() -> PublishRule {
    PublishRule::new(Units(0), Probability::try_new(0.5).expect("a share"), Units(0))
}

/// One number a path.
#[derive(Debug, Default)]
pub(super) struct Sample(Vec<f64>);

impl Sample {
    pub(super) fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }

    pub(super) fn variance(&self) -> f64 {
        let mean = self.mean();
        self.0.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (self.0.len() - 1) as f64
    }

    pub(super) fn largest(&self) -> u64 {
        self.0.iter().copied().fold(0.0, f64::max) as u64
    }

    pub(super) fn share_above(&self, limit: u32) -> f64 {
        self.0.iter().filter(|x| **x > f64::from(limit)).count() as f64 / self.0.len() as f64
    }

    /// Within four standard errors, those of the expected value included.
    #[track_caller]
    pub(super) fn is_near(&self, what: &str, expected: f64, expected_error: f64) {
        let error = (self.variance() / self.0.len() as f64).sqrt().hypot(expected_error);
        let mean = self.mean();
        assert!(error > 0.0 && (mean - expected).abs() <= 4.0 * error, "{what}: {mean}, not {expected} (4 x {error})");
    }
}

/// What the paths of a case came to.
#[derive(Debug, Default)]
pub(super) struct Results {
    pub(super) oversold: Sample,
    pub(super) any: Sample,
    pub(super) accepted: Sample,
    pub(super) ads_hours: Sample,
    /// When nothing could be bought any more.
    pub(super) close_hours: Sample,
}

impl Case {
    pub(super) fn run(&self, channels: &[ChannelRule], paths: u64) -> Results {
        let mut results = Results::default();
        let mut scratch = Scratch::default();
        for path in 0..paths {
            let outcome = self.day(channels, path, &mut scratch);
            results.oversold.0.push(f64::from(outcome.oversold));
            results.any.0.push(f64::from(u8::from(outcome.oversold > 0)));
            results.accepted.0.push(f64::from(outcome.accepted_units()));
            results.ads_hours.0.push(outcome.ads_ran.minutes() / 60.0);
            results.close_hours.0.push(outcome.shut_at.map_or(24.0, |at| at.minutes() / 60.0));
        }
        results
    }

    /// Pieces of `planned` that come in each state.
    fn ads(&self, planned: u64, uniform: f64) -> AdPieces {
        let [at_start, after_pause, after_resume] = self.shares.map(|share| thin(planned, share, uniform) as u32);
        AdPieces { at_start, after_pause, after_resume }
    }

    fn day(&self, channels: &[ChannelRule], path: u64, scratch: &mut Scratch) -> DayOutcome {
        let mut stream = Stream::open(Seed(11), path, Source::Organic, Entity::named(&["totals"]));
        let totals = DayTotals {
            organic: stream.poisson(self.organic_rate * self.hours),
            ad: stream.poisson(self.ad_rate * self.hours),
            live: 0,
        };
        // Quarters of an hour.
        let parts: Vec<f64> = (0..96).map(|part| f64::from(u8::from(f64::from(part) * 0.25 < self.hours))).collect();
        let profile = DayProfile::by_parts(&parts).expect("weights");
        let shares = vec![1.0; self.channels];
        let mix = OrderMix { profiles: [&profile; 3], channels: &shares, sizes: &[] };
        let arrivals = mix.draw(Seed(11), path, "A", 0, &totals);
        let phases = sync_phases(Seed(11), path, "A", channels.len());
        let day = StorefrontDay {
            channels,
            phases: &phases,
            day: 0,
            guard: self.guard,
            ads: self.ads(totals.ad, stream.uniform()),
            piece_cap: None,
        };
        let mut state = StorefrontState::open(Units(self.stock), Units(0), Units(0), channels, &[]);
        resolve_fast(&day, &arrivals, &mut state, scratch)
    }
}
