//! When within a day its orders come: a profile over the minutes after midnight.
//!
//! The total of a day is drawn first; given the total, the order times of a Poisson process are as many independent
//! draws from the profile, sorted (Lewis & Shedler 1979, Naval Research Logistics Quarterly 26, 403-413).

use crate::random::Stream;

/// Minutes of a day.
pub const MINUTES: f64 = 1440.0;
/// Mean minutes of the tail after a live session (methods, section 3.11).
const LIVE_TAIL: f64 = 20.0;

/// How the orders of one source spread over the minutes of a day.
///
/// ```
/// use stockburst::process::DayProfile;
/// let live = DayProfile::live(1200, 60);
/// assert_eq!(live.cumulative(1200.0), 0.0);
/// assert!((live.cumulative(1260.0) - 0.75).abs() < 1e-4, "a quarter comes in the tail");
/// assert!((live.quantile(live.cumulative(1270.0)) - 1270.0).abs() < 1e-9);
/// assert!((DayProfile::flat().quantile(0.5) - 720.0).abs() < 1e-9);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DayProfile(Profile);

#[derive(Debug, Clone, PartialEq)]
enum Profile {
    /// Share of the day before each of its equal parts, and 1 at the end.
    Parts(Vec<f64>),
    /// Constant from `start` to `end`, then falling exponentially until midnight; in minutes of the constant part.
    Pulse { start: f64, end: f64, mass: f64 },
}

impl DayProfile {
    /// Every minute alike.
    #[must_use]
    pub fn flat() -> Self {
        Self(Profile::Parts(vec![0.0, 1.0]))
    }

    /// By weights of equal parts of the day, such as its 24 hours, constant within each; `None` unless they are
    /// non-negative with a positive sum.
    #[must_use]
    pub fn by_parts(weights: &[f64]) -> Option<Self> {
        let total: f64 = weights.iter().sum();
        if !(total > 0.0 && total.is_finite() && weights.iter().all(|weight| *weight >= 0.0)) {
            return None;
        }
        let mut sum = 0.0;
        let mut shares = vec![0.0];
        shares.extend(weights.iter().map(|weight| {
            sum += weight;
            sum / total
        }));
        // The last parts may have no weight: all of the day lies before them, exactly.
        for share in shares.iter_mut().rev().take_while(|share| **share >= sum / total) {
            *share = 1.0;
        }
        Some(Self(Profile::Parts(shares)))
    }

    /// A live session: constant over its minutes, then an exponential tail with a mean of 20 minutes, until midnight.
    ///
    /// A session that goes beyond midnight is cut off there.
    #[must_use]
    pub fn live(start: u32, minutes: u32) -> Self {
        let start = f64::from(start).min(MINUTES - 1.0);
        let end = (start + f64::from(minutes.max(1))).min(MINUTES);
        Self(Profile::Pulse { start, end, mass: end - start + tail_mass(MINUTES - end) })
    }

    /// Share of the day's orders that come before `minute` after midnight, from 0 to 1.
    #[must_use]
    pub fn cumulative(&self, minute: f64) -> f64 {
        let minute = if minute > 0.0 { minute.min(MINUTES) } else { 0.0 };
        match &self.0 {
            Profile::Parts(shares) => {
                let place = minute / MINUTES * (shares.len() - 1) as f64;
                let part = place as usize;
                let next = shares.get(part + 1).copied().unwrap_or(1.0);
                let share = shares.get(part).copied().unwrap_or(1.0);
                share + (next - share) * (place - part as f64)
            }
            Profile::Pulse { start, end, mass } => {
                let before = (minute.min(*end) - start).max(0.0) + tail_mass((minute - end).max(0.0));
                (before / mass).min(1.0)
            }
        }
    }

    /// Minute after midnight, from 0 to below 1440, before which a `share` of the day's orders comes; not less for a
    /// larger share.
    #[must_use]
    pub fn quantile(&self, share: f64) -> f64 {
        let share = if share > 0.0 { share.min(1.0 - f64::EPSILON / 2.0) } else { 0.0 };
        let minute = match &self.0 {
            // Every minute alike.
            Profile::Parts(shares) if shares.len() == 2 => MINUTES * share,
            Profile::Parts(shares) => {
                let parts = shares.len() - 1;
                let part = shares.partition_point(|before| *before <= share).saturating_sub(1).min(parts - 1);
                MINUTES / parts as f64 * (part as f64 + (share - shares[part]) / (shares[part + 1] - shares[part]))
            }
            Profile::Pulse { start, end, mass } => {
                let sought = share * mass;
                let beyond = sought - (end - start);
                if beyond <= 0.0 { start + sought } else { end - LIVE_TAIL * libm::log1p(-beyond / LIVE_TAIL) }
            }
        };
        minute.min(MINUTES.next_down())
    }

    /// The minutes of `orders` orders, ascending.
    pub fn order_minutes(&self, orders: u64, stream: &mut Stream) -> Vec<f64> {
        let mut minutes: Vec<f64> = (0..orders).map(|_| self.quantile(stream.uniform())).collect();
        minutes.sort_unstable_by(f64::total_cmp);
        minutes
    }
}

/// Mass of the first `minutes` of the tail, in minutes of the session.
fn tail_mass(minutes: f64) -> f64 {
    -LIVE_TAIL * libm::expm1(-minutes / LIVE_TAIL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Seed, Source};

    /// Most of the day's orders in the evening, none at night.
    const EVENING: [f64; 24] = [
        1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 3.0, 4.0, 4.0, 5.0, 4.0, 4.0, 4.0, 5.0, 5.0, 6.0, 8.0, 12.0, 14.0,
        9.0, 0.0,
    ];

    fn profiles() -> [DayProfile; 4] {
        let evening = DayProfile::by_parts(&EVENING).expect("weights");
        [DayProfile::flat(), evening, DayProfile::live(1200, 90), DayProfile::live(1430, 60)]
    }

    #[test]
    fn quantile_is_the_inverse_and_rises() {
        for profile in profiles() {
            let mut last = 0.0;
            for step in 0..=1000 {
                let share = f64::from(step) / 1000.0;
                let minute = profile.quantile(share);
                assert!((0.0..MINUTES).contains(&minute) && minute >= last, "{profile:?} {share}: {minute}");
                assert!((profile.cumulative(minute) - share).abs() < 1e-9, "{profile:?} {share}: {minute}");
                last = minute;
            }
            assert_eq!((profile.cumulative(-5.0), profile.cumulative(f64::NAN)), (0.0, 0.0));
            assert!((profile.cumulative(9999.0) - 1.0).abs() < 1e-12);
            assert!(
                profile.quantile(f64::NAN) >= 0.0 && profile.quantile(7.0) < MINUTES && profile.quantile(-1.0) >= 0.0
            );
        }
        assert_eq!(DayProfile::by_parts(&[0.0; 24]), None);
        assert_eq!(DayProfile::by_parts(&[-1.0; 24]), None);
        assert_eq!(DayProfile::live(1200, 60), DayProfile::live(1200, 60));
    }

    /// V16: order times by inversion and by thinning of a homogeneous process at the peak rate have one law
    /// (two-sample Kolmogorov-Smirnov at 1 %). The densities are written out here, apart from the profile's own.
    #[test]
    fn thinning_and_inversion_agree() {
        let session = |minute: f64| match minute {
            m if !(1200.0..MINUTES).contains(&m) => 0.0,
            m if m < 1290.0 => 1.0,
            m => (-(m - 1290.0) / 20.0).exp(),
        };
        let hourly = |minute: f64| EVENING[(minute / 60.0) as usize] / 14.0;
        let by_density: [(&DayProfile, &dyn Fn(f64) -> f64); 2] =
            [(&profiles()[2], &session), (&profiles()[1], &hourly)];
        for (at, (profile, density)) in by_density.into_iter().enumerate() {
            let mut stream = Stream::open(Seed(4), at as u64, Source::Organic, Entity::named(&["v16"]));
            let mut thinned: Vec<f64> = Vec::new();
            while thinned.len() < 20_000 {
                let minute = MINUTES * stream.uniform();
                if stream.uniform() < density(minute) {
                    thinned.push(minute);
                }
            }
            thinned.sort_unstable_by(f64::total_cmp);
            let inverted = profile.order_minutes(20_000, &mut stream);
            assert!(inverted.is_sorted());
            let below = |sample: &[f64], x: f64| sample.partition_point(|m| *m <= x) as f64 / sample.len() as f64;
            let gap = |x: &f64| (below(&thinned, *x) - below(&inverted, *x)).abs();
            let distance = thinned.iter().chain(&inverted).map(gap).fold(0.0, f64::max);
            assert!(distance < 1.63 * (2.0_f64 / 20_000.0).sqrt(), "{at}: {distance}");
        }
    }
}
