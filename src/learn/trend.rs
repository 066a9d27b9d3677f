//! The stage of a product's life: how fast ordinary demand grew or fell over the last eight weeks.
//!
//! It must not know where demand stands now, nor what comes of a slope: [`LifeCycle`] says how it fades.

use super::baseline::OrdinaryDays;
use crate::calendar::Weekday;
use crate::process::LifeCycle;

/// Days of each of the two halves that are compared (methods, section 3.8: 56 days).
const HALF: usize = 28;
/// Ordinary days that each half needs.
const LEAST_DAYS: f64 = 14.0;
const WEEK: f64 = 7.0;
/// Slope a week below which a product is mature (methods, section 3.8).
const MATURE: f64 = 0.005;
/// Greatest slope a week that is carried on, either way: nothing grows faster for long.
const STEEPEST: f64 = 0.1;
/// Days back from which on a slope is carried to the present, at most: one half.
const CARRIED: f64 = HALF as f64;
/// What is left of a slope after a week (methods, section 3.8).
const DAMPING: f64 = 0.9;
/// Standard deviations of a shop's slopes a week among which one is chosen; at 0 no product has a trend.
pub(super) const SPREADS: [f64; 4] = [0.0, 0.01, 0.03, 0.1];

/// Growth of the logarithm of ordinary demand a week, as an estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Slope {
    weekly: f64,
    variance: f64,
}

/// The slope as of each morning.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Slopes(Vec<Option<Slope>>);

impl Slopes {
    /// From the quiet days of a series, those before each morning alone.
    pub(super) fn of(quiet: &OrdinaryDays<'_>, weekday: &[f64; Weekday::COUNT], noise_size: Option<f64>) -> Self {
        let days = quiet.days.len();
        // Sums over the days before each morning: pieces, exposure, days, and exposure times its day.
        let mut sums = vec![[0.0; 4]; days + 1];
        let mut used = quiet.used.iter().peekable();
        for at in 0..days {
            let day = if used.next_if_eq(&&at).is_some() {
                let exposure = quiet.exposure(at, weekday);
                [quiet.days[at].units, exposure, 1.0, exposure * at as f64]
            } else {
                [0.0; 4]
            };
            for which in 0..4 {
                sums[at + 1][which] = sums[at][which] + day[which];
            }
        }
        let between = |from: usize, until: usize| -> [f64; 4] {
            core::array::from_fn(|which| sums[until][which] - sums[from][which])
        };
        let size = noise_size.unwrap_or(f64::INFINITY);
        let slope = |morning: usize| {
            let middle = morning.checked_sub(HALF)?;
            let [old, new] = [between(middle.saturating_sub(HALF), middle), between(middle, morning)];
            let tells = |[units, exposure, days, _]: [f64; 4]| units >= 1.0 && exposure > 0.0 && days >= LEAST_DAYS;
            if !tells(old) || !tells(new) {
                return None;
            }
            let weeks = (new[3] / new[1] - old[3] / old[1]) / WEEK;
            let log = |half: [f64; 4]| libm::log(half[0] / half[1]);
            let noise = |half: [f64; 4]| 1.0 / half[0] + 1.0 / (size * half[2]);
            let variance = (noise(new) + noise(old)) / (weeks * weeks);
            Some(Slope { weekly: (log(new) - log(old)) / weeks, variance })
        };
        Self((0..=days).map(slope).collect())
    }

    /// The slope on this morning, shrunk to none by what luck explains if slopes of the shop spread by `spread`.
    pub(super) fn weekly(&self, morning: usize, spread: f64) -> f64 {
        let Some(Some(Slope { weekly, variance })) = self.0.get(morning) else { return 0.0 };
        let known = spread * spread / (spread * spread + variance).max(f64::MIN_POSITIVE);
        let shrunk = (weekly * known).clamp(-STEEPEST, STEEPEST);
        if shrunk.abs() < MATURE { 0.0 } else { shrunk }
    }
}

/// What a slope makes of a rate that was measured `age` days ago on average.
pub(super) fn to_the_present(weekly: f64, age: f64) -> f64 {
    libm::exp(weekly * age.clamp(0.0, CARRIED) / WEEK)
}

/// Weeks of undamped growth that the mean of the days ahead is away.
pub(super) fn weeks_ahead(horizon: usize) -> f64 {
    let weeks = |day: usize| libm::log(stage(1.0).factor(day));
    (0..horizon).map(weeks).sum::<f64>() / horizon.max(1) as f64
}

/// The stage of life that goes with a slope.
pub(super) fn stage(weekly: f64) -> LifeCycle {
    if weekly == 0.0 {
        return LifeCycle::Steady;
    }
    LifeCycle::Trend { weekly_growth: libm::expm1(weekly), damping: DAMPING }
}

#[cfg(test)]
mod tests {
    use super::super::baseline::BaselineDay;
    use super::*;

    fn growing(days: usize, weekly: f64) -> Vec<BaselineDay> {
        let units = |at: usize| 100.0 * (weekly * at as f64 / 7.0).exp();
        (0..days).map(|at| BaselineDay { units: units(at), available: 1.0, ordinary: true }).collect()
    }

    fn slopes(days: &[BaselineDay]) -> Slopes {
        Slopes::of(&OrdinaryDays::new("2026-01-05".parse().expect("a date"), days), &[1.0; 7], None)
    }

    #[test]
    fn steady_growth_is_found_from_the_days_before_alone() {
        let slopes = slopes(&growing(120, 0.03));
        for morning in [56, 80, 120] {
            assert!((slopes.weekly(morning, 1e3) - 0.03).abs() < 1e-4, "{}", slopes.weekly(morning, 1e3));
        }
        // 14 days each are needed.
        assert_eq!(slopes.weekly(41, 1e3), 0.0);
        assert!(slopes.weekly(42, 1e3) > 0.0);
        // As many pieces as a half holds leave a standard error: half of the slope stays where slopes spread by as much.
        let Some(Some(slope)) = slopes.0.get(120) else { panic!("a slope") };
        assert!((slopes.weekly(120, slope.variance.sqrt()) - slope.weekly / 2.0).abs() < 1e-12);
    }

    #[test]
    fn no_trend_is_none_and_a_steep_one_is_bounded() {
        assert_eq!(slopes(&growing(120, 0.03)).weekly(120, 0.0), 0.0);
        assert_eq!(slopes(&growing(120, 0.004)).weekly(120, 1e3), 0.0);
        assert_eq!(slopes(&growing(120, 0.5)).weekly(120, 1e3), STEEPEST);
        assert_eq!(slopes(&growing(120, -0.5)).weekly(120, 1e3), -STEEPEST);
        let silent = [BaselineDay { units: 0.0, available: 1.0, ordinary: true }; 90];
        assert_eq!(slopes(&silent).weekly(90, 1e3), 0.0);
        assert_eq!(stage(0.0), LifeCycle::Steady);
    }

    /// Days ahead under a damped trend: the mean of a fortnight is what the path has.
    #[test]
    fn a_window_ahead_grows_as_its_path() {
        let path = (0..14).map(|day| stage(0.02).factor(day)).sum::<f64>() / 14.0;
        assert!((libm::exp(0.02 * weeks_ahead(14)) - path).abs() < 1e-4);
        assert_eq!(weeks_ahead(0), 0.0);
    }
}
