//! Bursts that nobody paid for: a two-state automaton of counts.
//!
//! An ordinary day sells what the baseline expects, a burst day r times as much; entering and leaving a burst cost
//! something, so that one lucky day is not a burst and one poor day does not end it. The cheapest sequence of states is
//! found exactly (Viterbi; Kleinberg 2002, "Bursty and hierarchical structure in streams", batched form, with a negative
//! binomial in place of his binomial; methods, section 3.3). A run that does not end is a new level, not a burst.

use super::baseline::{Baseline, BaselineDay, OrdinaryDays};
use super::bursts::{BurstDay, LEAST_MEAN, LONGEST_BURST};
use crate::calendar::Date;

/// Rates of a burst day, in multiples of the baseline, of which each series takes the one that explains it best.
const RATIOS: [f64; 4] = [2.0, 4.0, 8.0, 16.0];
/// Size of the negative binomial: how widely days scatter about either rate.
const SIZE: f64 = 10.0;
/// Rounds between baseline and states.
const ROUNDS: usize = 3;
/// Days to each side of which the first baseline is the median: a burst is the smaller part of them.
const HALF_WINDOW: usize = 28;
/// Share of a day in stock from which it tells a rate.
const LEAST_AVAILABLE: f64 = 0.5;
/// Days around a burst that do not teach the baseline: its ramp and its tail.
const SHOULDER: usize = 3;

/// What it costs to change between the states, in nats.
#[derive(Debug, Clone, Copy)]
pub(super) struct Switching {
    pub(super) entry: f64,
    pub(super) exit: f64,
}

/// Windows of consecutive burst days (half-open), without tails, of a series that begins on `first_day`.
pub(super) fn windows(first_day: Date, days: &[BurstDay], switching: Switching) -> Vec<(usize, usize)> {
    let mut base = running_median(days);
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        let states = cheapest(days, &base, switching, SIZE, &RATIOS);
        found = runs(&states);
        found.retain(|(start, end)| end - start < LONGEST_BURST);
        base = without(first_day, days, &found);
    }
    found
}

/// The first baseline: the median rate of the days around each day.
fn running_median(days: &[BurstDay]) -> Vec<f64> {
    let mut rates = Vec::with_capacity(2 * HALF_WINDOW + 1);
    (0..days.len())
        .map(|at| {
            rates.clear();
            let around = &days[at.saturating_sub(HALF_WINDOW)..(at + HALF_WINDOW + 1).min(days.len())];
            let telling = around.iter().filter(|day| day.available >= LEAST_AVAILABLE);
            rates.extend(telling.map(|day| day.units / day.available));
            rates.sort_unstable_by(f64::total_cmp);
            rates.get(rates.len() / 2).copied().unwrap_or(0.0).max(LEAST_MEAN)
        })
        .collect()
}

/// The baseline of the days that lie in no burst.
fn without(first_day: Date, days: &[BurstDay], bursts: &[(usize, usize)]) -> Vec<f64> {
    let mut ordinary = vec![true; days.len()];
    for (start, end) in bursts {
        ordinary[start.saturating_sub(SHOULDER)..(end + SHOULDER).min(days.len())].fill(false);
    }
    let days: Vec<BaselineDay> = days
        .iter()
        .zip(ordinary)
        .map(|(day, ordinary)| BaselineDay {
            units: day.units,
            available: day.available,
            ordinary: ordinary && day.available >= LEAST_AVAILABLE,
        })
        .collect();
    let mut mean = Baseline::fit(&OrdinaryDays::new(first_day, &days), None).mean;
    for mean in &mut mean {
        *mean = mean.max(LEAST_MEAN);
    }
    mean
}

/// Minus the log-likelihood of `units` under a mean, without what no mean changes; an infinite size is Poisson.
fn cost(units: f64, mean: f64, size: f64) -> f64 {
    if size.is_finite() { (units + size) * (size + mean).ln() - units * mean.ln() } else { mean - units * mean.ln() }
}

/// Whether each day is a burst day, in the cheapest sequence over all ratios.
fn cheapest(days: &[BurstDay], base: &[f64], switching: Switching, size: f64, ratios: &[f64]) -> Vec<bool> {
    let paths = ratios.iter().map(|ratio| viterbi(days, base, switching, size, *ratio));
    paths.min_by(|a, b| a.0.total_cmp(&b.0)).map_or_else(Vec::new, |(_, states)| states)
}

/// The cheapest sequence at one ratio, and its cost.
fn viterbi(days: &[BurstDay], base: &[f64], switching: Switching, size: f64, ratio: f64) -> (f64, Vec<bool>) {
    // Cost of the best way to end in each state, and whether it came from a burst day.
    let (mut ordinary, mut burst) = (0.0, switching.entry);
    let mut from_burst = Vec::with_capacity(days.len());
    for (at, (day, base)) in days.iter().zip(base).enumerate() {
        let expected = base * day.available;
        let [calm, busy] =
            if expected > 0.0 { [1.0, ratio].map(|r| cost(day.units, r * expected, size)) } else { [0.0; 2] };
        let (left, entered) = (burst + switching.exit, ordinary + switching.entry);
        // Before the first day there is no burst to leave.
        let came = if at == 0 { [false, false] } else { [left < ordinary, burst <= entered] };
        let next = if at == 0 { [0.0, switching.entry] } else { [left.min(ordinary), burst.min(entered)] };
        (ordinary, burst) = (next[0] + calm, next[1] + busy);
        from_burst.push(came);
    }
    let mut state = burst < ordinary;
    let total = burst.min(ordinary);
    let mut states = vec![false; days.len()];
    for (at, came) in from_burst.iter().enumerate().rev() {
        states[at] = state;
        state = came[usize::from(state)];
    }
    (total, states)
}

fn runs(states: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in states.iter().enumerate().filter(|(_, burst)| **burst) {
        match runs.last_mut() {
            Some((_, end)) if at == *end => *end = at + 1,
            _ => runs.push((at, at + 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Seed, Source, Stream};

    const DEFAULT: Switching = Switching { entry: 8.0, exit: 1.0 };

    fn day(units: f64) -> BurstDay {
        BurstDay { units, available: 1.0, promoted: false, spend: None, planned_spend: None }
    }

    fn monday() -> Date {
        "2026-01-05".parse().expect("a date")
    }

    /// Base 50, Poisson, r = 4: 115 ln 4 - 150 = 9.42 pays for entry and exit, 114 ln 4 - 150 = 8.04 does not.
    #[test]
    fn an_isolated_day_pays_for_both_changes_or_is_none() {
        let flagged = |units: f64| {
            let mut days = vec![day(50.0); 30];
            days[14].units = units;
            let states = cheapest(&days, &[50.0; 30], DEFAULT, f64::INFINITY, &[4.0]);
            runs(&states)
        };
        assert_eq!(flagged(115.0), [(14, 15)]);
        assert_eq!(flagged(114.0), []);
    }

    /// A poor day within a burst does not end it; days without stock tell nothing.
    #[test]
    fn a_burst_holds_through_a_poor_day_and_an_empty_shelf() {
        let mut days = vec![day(20.0); 90];
        for (at, units) in [(40, 90.0), (41, 120.0), (42, 30.0), (43, 110.0), (44, 0.0), (45, 95.0)] {
            days[at] = day(units);
        }
        days[44].available = 0.0;
        assert_eq!(windows(monday(), &days, DEFAULT), [(40, 46)]);
    }

    /// A listing that sells four times as much for good is at a new level.
    #[test]
    fn a_level_that_stays_is_no_burst() {
        let mut days = vec![day(20.0); 200];
        for day in &mut days[90..] {
            day.units = 80.0;
        }
        for day in &mut days[150..156] {
            day.units = 400.0;
        }
        assert_eq!(windows(monday(), &days, DEFAULT), [(150, 156)]);
    }

    #[test]
    fn nothing_to_find_is_nothing() {
        for days in [Vec::new(), vec![day(0.0); 60], vec![day(3.0)]] {
            assert_eq!(windows(monday(), &days, DEFAULT), []);
        }
        let empty = BurstDay { available: 0.0, ..day(0.0) };
        assert_eq!(windows(monday(), &[empty; 40], DEFAULT), []);
    }

    /// A shop of known truth: a drifting level with weekdays and wide days, and bursts of a ramp, a plateau and a tail.
    struct Shop {
        days: Vec<BurstDay>,
        /// Days on which a burst adds a tenth of ordinary demand or more.
        burst: Vec<bool>,
        events: Vec<(usize, usize)>,
    }

    fn shop(index: u64, length: usize, size: f64, bursts: bool) -> Shop {
        let mut stream = Stream::open(Seed(33), index, Source::Organic, Entity::named(&["automaton"]));
        let weekday = [0.9, 0.95, 1.0, 1.0, 1.05, 1.2, 0.9];
        let mut uplift = vec![0.0; length];
        let mut events = Vec::new();
        let mut next = 60 + stream.below(40);
        while bursts && next + 40 < length {
            let (plateau, peak) = (7 + stream.below(4), 6.0 * (0.45 * stream.normal()).exp());
            for (at, uplift) in uplift[next..(next + 30).min(length)].iter_mut().enumerate() {
                *uplift += peak
                    * match at {
                        0..3 => (at + 1) as f64 / 4.0,
                        _ if at < 3 + plateau => 1.0,
                        _ => (-((at - 2 - plateau) as f64) / 3.0).exp(),
                    };
            }
            events.push((next, next + 3 + plateau));
            next += 70 + stream.below(60);
        }
        let mut level = 20.0 + 60.0 * stream.uniform();
        let days = (0..length)
            .map(|at| {
                level *= (0.01 * stream.normal()).exp();
                day(stream.negative_binomial(level * weekday[at % 7] * (1.0 + uplift[at]), size) as f64)
            })
            .collect();
        Shop { days, burst: uplift.iter().map(|uplift| *uplift >= 0.1).collect(), events }
    }

    /// Without bursts: at most one false burst in ten years (acceptance A3).
    #[test]
    fn quiet_shops_have_no_bursts() {
        let (mut false_bursts, mut years) = (0, 0.0);
        for index in 0..300 {
            let shop = shop(index, 365, if index % 2 == 0 { 10.0 } else { 30.0 }, false);
            false_bursts += windows(monday(), &shop.days, DEFAULT).len();
            years += 1.0;
        }
        let rate = false_bursts as f64 / years;
        assert!(rate <= 0.1, "{rate} false bursts a series-year");
    }

    /// With bursts: 97 % of them found, 95 % of the days found are theirs, one false burst in five years (acceptance A3).
    #[test]
    fn bursts_of_known_shops_are_found() {
        let (mut events, mut found_events, mut days, mut right_days, mut false_bursts, mut years) =
            (0, 0, 0, 0, 0, 0.0);
        for index in 0..150 {
            let shop = shop(1000 + index, 540, 10.0, true);
            let found = windows(monday(), &shop.days, DEFAULT);
            events += shop.events.len();
            let overlaps = |(a, b): &(usize, usize)| found.iter().any(|(start, end)| start < b && a < end);
            found_events += shop.events.iter().filter(|event| overlaps(event)).count();
            for (start, end) in &found {
                let right = shop.burst[*start..*end].iter().filter(|burst| **burst).count();
                days += end - start;
                right_days += right;
                false_bursts += usize::from(right == 0);
            }
            years += 540.0 / 365.0;
        }
        let (recall, precision) = (found_events as f64 / events as f64, right_days as f64 / days as f64);
        let rate = false_bursts as f64 / years;
        assert!(events > 400 && recall >= 0.97, "recall {recall} of {events}");
        assert!(precision >= 0.95, "precision {precision}");
        assert!(rate <= 0.2, "{rate} false bursts a series-year");
    }
}
