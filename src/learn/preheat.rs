//! What the first days of a burst, or the signals before it, say of its size.
//!
//! The law of the amplitude is the prior; what is seen is weighed against it by precision. It must not know stock: sold is
//! what was wanted, un-censored by the caller.

use serde::{Deserialize, Serialize};

use super::bursts::uncensored;
use crate::calendar::Date;
use crate::history::{History, Sku};
use crate::process::{BurstProcess, BurstShape, DayNoise, OrganicDemand, Uplift};

/// Correlation of the errors of signals of one moment (a judgement): views, clicks and adds to cart are of the same people.
const SIGNAL_CORRELATION: f64 = 0.5;
/// Least log sd of the share of a burst that its first days hold, times the share to come (a judgement).
const SHAPE_DOUBT: f64 = 0.3;
/// Least uplift over that of the prior of which a logarithm is taken.
const LEAST_UPLIFT: f64 = 0.05;
/// Standard deviations of the prior on either side of the first grid, and its cells.
const REACH: f64 = 12.0;
const CELLS: i32 = 600;
/// The widest grid that is tried where what is seen lies outside: twenty times as far.
const WIDEST: f64 = 240.0;
/// Standard deviations of the posterior on either side of the grid that is summed.
const NEAR: f64 = 8.0;
/// Points of the doubt that is summed over, and standard deviations between them.
const DOUBTS: i32 = 9;
const DOUBT_STEP: f64 = 0.75;

/// An early signal of a burst: views, clicks, adds to cart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signal {
    /// The signal over what past bursts had at the same moment.
    pub ratio: f64,
    /// Standard deviation of ln(uplift) given the signal.
    pub log_sd: f64,
}

/// What is seen of an event of which the prior law is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen<'a> {
    /// Early signals.
    pub signals: &'a [Signal],
    /// Pieces wanted on its first days.
    pub sold: &'a [f64],
    /// Ordinary demand of each of its days, in pieces.
    pub ordinary: &'a [f64],
    /// Standard deviation of the log of the ordinary level.
    pub level_error: f64,
}

/// A belief in the size of a burst, before and after something is seen of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Update {
    /// Mean uplift of the whole event in pieces before.
    pub prior: f64,
    /// The same after.
    pub posterior: f64,
    /// Standard deviation of the logarithm of the size before.
    pub prior_sd: f64,
    /// The same after.
    pub posterior_sd: f64,
    /// Days that have sold.
    pub days: usize,
    /// Pieces that they sold, un-censored.
    pub sold: f64,
    /// Signals that were weighed.
    pub signals: usize,
    /// Standard deviations of the belief before by which it moved.
    #[serde(default)]
    pub moved: f64,
}

impl Update {
    /// Whether what is seen is far from what was expected: beyond three standard deviations.
    #[must_use]
    pub fn is_surprise(&self) -> bool {
        self.moved.abs() > 3.0
    }
}

/// Mean of a rate with a gamma prior after `sold` pieces in `days` days, `(kappa + sold) / (kappa / mean + days)`.
///
/// ```
/// let rate = stockburst::learn::running_rate(500.0, 4.0, 2100.0, 3.0);
/// assert!((rate - 699.468).abs() < 5e-4);
/// ```
#[must_use]
pub fn running_rate(mean: f64, kappa: f64, sold: f64, days: f64) -> f64 {
    if mean <= 0.0 || kappa + sold <= 0.0 { 0.0 } else { (kappa + sold) / (kappa / mean + days) }
}

/// A normal belief.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Normal {
    mean: f64,
    sd: f64,
}

/// Signals of one moment as one: the mean of ln(ratio) by precision, its error for equally correlated errors.
fn combined(signals: &[Signal]) -> Option<Normal> {
    let usable = |signal: &&Signal| signal.ratio > 0.0 && signal.ratio.is_finite() && signal.log_sd > 0.0;
    let (mut sum, mut precision, mut count) = (0.0, 0.0, 0.0);
    for Signal { ratio, log_sd } in signals.iter().filter(usable) {
        let weight = 1.0 / (log_sd * log_sd);
        sum += weight * libm::log(*ratio);
        precision += weight;
        count += 1.0;
    }
    let shared = 1.0 + (count - 1.0) * SIGNAL_CORRELATION;
    (count > 0.0).then(|| Normal { mean: sum / precision, sd: libm::sqrt(shared / precision) })
}

/// The share of a burst that its first `days` hold, and the standard deviation of its logarithm.
fn share_of(shapes: &[BurstShape], days: usize) -> (f64, f64) {
    let shares: Vec<f64> = shapes.iter().map(|shape| shape.shares().iter().take(days).sum()).collect();
    let count = shares.len().max(1) as f64;
    let mean = shares.iter().sum::<f64>() / count;
    let spread = shares.iter().map(|share| (share - mean).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
    let relative = if mean > 0.0 { libm::sqrt(spread) / mean } else { f64::INFINITY };
    (mean, relative.max(SHAPE_DOUBT * (1.0 - mean).max(0.0)))
}

/// What the first days say of the uplift of the whole event.
struct FirstDays {
    days: f64,
    usual: f64,
    sold: f64,
    level_sd: f64,
    /// Share of the uplift in these days, and the standard deviation of its logarithm.
    share: (f64, f64),
    noise: DayNoise,
}

impl FirstDays {
    /// `None` without days, or if these days hold no share of the burst.
    fn of(burst: &BurstProcess, seen: &Seen<'_>) -> Option<Self> {
        let count = seen.sold.len();
        let share = share_of(&burst.shapes, count);
        let usual: f64 = seen.ordinary.iter().take(count).sum();
        (count > 0 && share.0 > 0.0).then(|| Self {
            days: count as f64,
            usual,
            sold: seen.sold.iter().sum(),
            level_sd: seen.level_error * usual,
            share,
            noise: burst.noise,
        })
    }

    /// Log-likelihood of an uplift, but for what does not depend on it: the pieces sold are counts around ordinary demand and
    /// the uplift's part, both in doubt by a factor.
    ///
    /// As counts, not as a normal with such a variance: that would forgive any size the days without sales.
    fn log_likelihood(&self, uplift: f64) -> f64 {
        let part = (uplift * self.share.0).max(0.0);
        let mean = (self.usual + part).max(1e-9);
        let doubt = libm::hypot(self.level_sd, part * self.share.1) / mean;
        let middle = f64::from(DOUBTS - 1) / 2.0;
        let each = |point: i32| {
            let t = DOUBT_STEP * (f64::from(point) - middle);
            self.log_mass(mean * libm::exp(doubt * t - 0.5 * doubt * doubt)) - 0.5 * t * t
        };
        let logs: [f64; DOUBTS as usize] = core::array::from_fn(|point| each(point as i32));
        let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        largest + libm::log(logs.iter().map(|log| libm::exp(log - largest)).sum::<f64>())
    }

    /// Logarithm of the chance of the pieces sold around a mean, but for a constant.
    fn log_mass(&self, mean: f64) -> f64 {
        match self.noise {
            DayNoise::Poisson => self.sold * libm::log(mean) - mean,
            // Days of equal means and sizes add up to one law of as many times the size.
            DayNoise::NegativeBinomial { size } => {
                let size = size * self.days;
                self.sold * libm::log(mean / (mean + size)) - size * libm::log1p(mean / size)
            }
        }
    }
}

/// The belief after what was seen, by its mean and standard deviation. `uplift` is the uplift of a value of
/// the belief's scale, rising; signals are ratios to that of the prior's mean.
///
/// By a fixed grid: the days are counts around a mean that depends on the size, so that a burst that does not come tells as
/// much as one that does.
fn posterior(
    prior: Normal,
    freedom: f64,
    uplift: impl Fn(f64) -> f64,
    signal: Option<Normal>,
    days: Option<&FirstDays>,
) -> Normal {
    if prior.sd <= 0.0 || (signal.is_none() && days.is_none()) {
        return prior;
    }
    let central = uplift(prior.mean);
    // A Student-t gives way where a burst surprises; without a finite freedom it is the normal.
    let log_prior = |t: f64| {
        if freedom.is_finite() { -0.5 * (freedom + 1.0) * libm::log1p(t * t / freedom) } else { -0.5 * t * t }
    };
    let log_weight = |t: f64| {
        let size = uplift(prior.mean + prior.sd * t);
        let ratio = (size / central).max(LEAST_UPLIFT);
        let of_signal = |signal: Normal| -0.5 * ((libm::log(ratio) - signal.mean) / signal.sd).powi(2);
        let signal = signal.filter(|_| central > 0.0).map_or(0.0, of_signal);
        log_prior(t) + signal + days.map_or(0.0, |days| days.log_likelihood(size))
    };
    // Wide enough that both ends weigh nothing; then once more, as fine as what is left.
    let mut reach = REACH;
    let mut found = moments(&log_weight, 0.0, reach);
    while found.at_an_end && reach < WIDEST {
        reach = (4.0 * reach).min(WIDEST);
        found = moments(&log_weight, 0.0, reach);
    }
    let cell = 2.0 * reach / f64::from(CELLS);
    let fine = moments(&log_weight, found.mean, NEAR * found.sd.max(cell));
    let sd = fine.sd.max(2.0 * NEAR * found.sd.max(cell) / f64::from(CELLS));
    Normal { mean: prior.mean + prior.sd * fine.mean, sd: prior.sd * sd }
}

/// Mean and standard deviation of a law over a grid.
struct Moments {
    mean: f64,
    sd: f64,
    /// Whether an end of the grid has weight.
    at_an_end: bool,
}

fn moments(log_weight: &impl Fn(f64) -> f64, middle: f64, reach: f64) -> Moments {
    const NOTHING: f64 = 1e-9;
    let place = |cell: i32| middle + reach * (2.0 * f64::from(cell) / f64::from(CELLS) - 1.0);
    let logs: Vec<f64> = (0..=CELLS).map(|cell| log_weight(place(cell))).collect();
    let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
    for (cell, log) in (0..=CELLS).zip(&logs) {
        let (t, weight) = (place(cell), libm::exp(log - largest));
        total += weight;
        first += weight * t;
        second += weight * t * t;
    }
    let mean = first / total;
    let end = |log: Option<&f64>| log.is_some_and(|log| libm::exp(log - largest) > NOTHING);
    Moments {
        mean,
        sd: libm::sqrt((second / total - mean * mean).max(0.0)),
        at_an_end: end(logs.first()) || end(logs.last()),
    }
}

/// The burst after what was seen of it, and how far that moved it. Its shapes stay those of the whole event.
#[must_use]
pub fn updated(burst: &BurstProcess, seen: &Seen<'_>) -> (BurstProcess, Update) {
    let prior_mean = burst.mean_total();
    let nothing = Normal { mean: 0.0, sd: 0.0 };
    let signal = combined(seen.signals);
    let days = FirstDays::of(burst, seen);
    let after =
        |prior: Normal, uplift: &dyn Fn(f64) -> f64| posterior(prior, f64::INFINITY, uplift, signal, days.as_ref());
    let (uplift, prior, posterior) = match &burst.uplift {
        // Nothing seen moves nothing, not even by a rounding.
        other if signal.is_none() && days.is_none() => (other.clone(), nothing, nothing),
        Uplift::LogNormal { mean, cv } if *mean > 0.0 => {
            let variance = libm::log1p(cv * cv);
            let prior = Normal { mean: libm::log(*mean) - variance / 2.0, sd: libm::sqrt(variance) };
            let posterior = after(prior, &libm::exp);
            let variance = posterior.sd * posterior.sd;
            let mean = libm::exp(posterior.mean + variance / 2.0);
            (Uplift::LogNormal { mean, cv: libm::sqrt(libm::expm1(variance)) }, prior, posterior)
        }
        Uplift::Replay { totals } if totals.iter().any(|total| *total > 0.0) => {
            // What sold less than ordinary days has no logarithm; it counts as little.
            let little = LEAST_UPLIFT * totals.iter().copied().fold(0.0, f64::max);
            let logs: Vec<f64> = totals.iter().map(|total| libm::log(total.max(little))).collect();
            let mean = logs.iter().sum::<f64>() / logs.len() as f64;
            let spread = logs.iter().map(|log| (log - mean).powi(2)).sum::<f64>() / (logs.len() as f64 - 1.0).max(1.0);
            let prior = Normal { mean, sd: libm::sqrt(spread) };
            let posterior = after(prior, &libm::exp);
            let ratio = if prior.sd > 0.0 { posterior.sd / prior.sd } else { 1.0 };
            let moved = |log: &f64| libm::exp(posterior.mean + (log - mean) * ratio);
            (Uplift::Replay { totals: logs.iter().map(moved).collect() }, prior, posterior)
        }
        Uplift::Hierarchical { ordinary, offset, location, scale, freedom, cut } if *ordinary > 0.0 => {
            let prior = Normal { mean: *location, sd: *scale };
            let size = |z: f64| (libm::exp(z) - offset) * ordinary;
            let seen = posterior(prior, *freedom, size, signal, days.as_ref());
            // Its standard deviation as the scale of a Student-t of the same freedom.
            let posterior = Normal { sd: seen.sd * libm::sqrt((1.0 - 2.0 / freedom).max(0.1)), ..seen };
            let Normal { mean: location, sd: scale } = posterior;
            let (ordinary, offset, freedom, cut) = (*ordinary, *offset, *freedom, *cut);
            let law = Uplift::Hierarchical { ordinary, offset, location, scale, freedom, cut };
            (law, prior, posterior)
        }
        Uplift::Gamma { mean, shape } if *mean > 0.0 && *shape > 0.0 => {
            // A gamma law and counts: exact, without the signals.
            let (share, _) = share_of(&burst.shapes, seen.sold.len());
            let usual: f64 = seen.ordinary.iter().take(seen.sold.len()).sum();
            let beyond = (seen.sold.iter().sum::<f64>() - usual).max(0.0);
            let (beyond, share) = if seen.sold.is_empty() { (0.0, 0.0) } else { (beyond, share) };
            let sd = |shape: f64| Normal { mean: 0.0, sd: 1.0 / libm::sqrt(shape) };
            let law = Uplift::Gamma { mean: running_rate(*mean, *shape, beyond, share), shape: shape + beyond };
            (law, sd(*shape), sd(shape + beyond))
        }
        other => (other.clone(), nothing, nothing),
    };
    let burst = BurstProcess { uplift, ..burst.clone() };
    let update = Update {
        prior: prior_mean,
        posterior: burst.mean_total(),
        prior_sd: prior.sd,
        posterior_sd: posterior.sd,
        days: seen.sold.len(),
        sold: seen.sold.iter().sum(),
        signals: seen.signals.len(),
        moved: if prior.sd > 0.0 { (posterior.mean - prior.mean) / prior.sd } else { 0.0 },
    };
    (burst, update)
}

/// What is still to come of a burst of which `ran` days have passed: the later days of its shapes, and their part of its
/// size.
#[must_use]
pub fn remaining(burst: &BurstProcess, ran: usize) -> BurstProcess {
    if ran == 0 {
        return burst.clone();
    }
    part(burst, |shares| shares.get(ran..).unwrap_or(&[]))
}

/// What falls into the first `days` days of a burst that lasts longer, its tail.
#[must_use]
pub(super) fn first_days(burst: &BurstProcess, days: usize) -> BurstProcess {
    part(burst, |shares| shares.get(..days).unwrap_or(shares))
}

/// Some of the days of a burst: these days of its shapes, and their part of its size.
fn part(burst: &BurstProcess, days: impl Fn(&[f64]) -> &[f64]) -> BurstProcess {
    let rest = |shape: &BurstShape| days(shape.shares()).to_vec();
    let parts: Vec<f64> = burst.shapes.iter().map(|shape| rest(shape).iter().sum()).collect();
    let shapes = burst.shapes.iter().map(|shape| {
        let rest = rest(shape);
        BurstShape::from_weights(&rest).unwrap_or_else(|| BurstShape::flat(rest.len()))
    });
    let shapes = shapes.collect();
    let uplift = match &burst.uplift {
        // Size and shape belong together: each total keeps its own part.
        Uplift::Replay { totals } => {
            let totals = totals.iter().zip(&parts).map(|(total, part)| total * part).collect();
            return BurstProcess { uplift: Uplift::Replay { totals }, shapes, ..burst.clone() };
        }
        other => other.clone(),
    };
    let masses: Vec<f64> =
        parts.iter().enumerate().map(|(at, part)| part * burst.masses.get(at).copied().unwrap_or(1.0)).collect();
    let mean = masses.iter().sum::<f64>() / masses.len().max(1) as f64;
    let uplift = match uplift {
        Uplift::Hierarchical { ordinary, offset, location, scale, freedom, cut } => {
            Uplift::Hierarchical { ordinary: ordinary * mean, offset, location, scale, freedom, cut }
        }
        Uplift::LogNormal { mean: size, cv } => Uplift::LogNormal { mean: size * mean, cv },
        Uplift::Gamma { mean: size, shape } => Uplift::Gamma { mean: size * mean, shape },
        replay @ Uplift::Replay { .. } => replay,
    };
    let masses = masses.iter().map(|mass| if mean > 0.0 { mass / mean } else { 0.0 }).collect();
    BurstProcess { uplift, shapes, masses, noise: burst.noise, follows_level: burst.follows_level }
}

/// Pieces wanted on the first days of a running event, as far as the sales reach: sold, with what an empty shelf hid
/// filled in.
#[must_use]
pub fn running_days(sku: &Sku, history: &History, organic: &OrganicDemand, start: Date, days: usize) -> Vec<f64> {
    let Some(series) = history.sales.get(sku) else { return Vec::new() };
    let known: Vec<(f64, f64, f64)> = (0..days)
        .map_while(|offset| {
            let date = start.plus_days(offset as i64);
            let day = series.days[series.position(date)?];
            Some((day.units.as_f64(), day.in_stock_share.unwrap_or(1.0), organic.mean(date)))
        })
        .collect();
    let sold: f64 = known.iter().filter(|(_, available, _)| *available > 0.0).map(|(units, ..)| units).sum();
    let exposed: f64 = known.iter().map(|(_, available, usual)| available * usual).sum();
    let rate = if exposed > 0.0 { sold / exposed } else { 1.0 };
    known.into_iter().map(|(units, available, usual)| uncensored(units, available, usual * rate)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn burst(uplift: Uplift) -> BurstProcess {
        let shapes = vec![BurstShape::flat(8); 2];
        let noise = DayNoise::NegativeBinomial { size: 30.0 };
        BurstProcess { uplift, shapes, masses: vec![1.0; 2], noise, follows_level: true }
    }

    const NOTHING: Seen<'_> = Seen { signals: &[], sold: &[], ordinary: &[100.0; 8], level_error: 0.1 };

    /// V25: 500 a day believed with the weight of 4 pieces, 2,100 sold in 3 days: 699.468 a day.
    #[test]
    fn a_running_rate_has_the_published_value() {
        assert!((running_rate(500.0, 4.0, 2100.0, 3.0) - 699.468).abs() < 5e-4);
        let seen = Seen { sold: &[700.0; 3], ordinary: &[0.0; 8], ..NOTHING };
        let (after, update) = updated(&burst(Uplift::Gamma { mean: 4000.0, shape: 4.0 }), &seen);
        assert!((after.mean_total() - 8.0 * running_rate(500.0, 4.0, 2100.0, 3.0)).abs() < 1e-6);
        assert_eq!((update.days, update.sold), (3, 2100.0));
        assert_eq!((running_rate(0.0, 4.0, 10.0, 1.0), running_rate(5.0, 0.0, 0.0, 0.0)), (0.0, 0.0));
    }

    /// Nothing sold says most against a burst, and more sold never says less of it; a burst far beyond all past ones is believed.
    #[test]
    fn more_sold_never_means_less_to_come() {
        let laws = [
            Uplift::LogNormal { mean: 800.0, cv: 0.45 },
            Uplift::Replay { totals: vec![600.0, 780.0, 900.0, 1100.0] },
            Uplift::Hierarchical {
                ordinary: 160.0,
                offset: 1.0,
                location: 1.8,
                scale: 0.05,
                freedom: 18.0,
                cut: 0.001,
            },
            Uplift::Hierarchical { ordinary: 160.0, offset: 1.0, location: 1.8, scale: 0.3, freedom: 9.0, cut: 0.001 },
        ];
        for law in laws {
            let after = |sold: f64| {
                let seen = Seen { sold: &[sold; 2], ordinary: &[20.0; 8], ..NOTHING };
                updated(&burst(law.clone()), &seen).1
            };
            let all: Vec<f64> = [0.0, 1.0, 10.0, 20.0, 50.0, 80.0, 120.0, 250.0, 500.0, 1000.0]
                .iter()
                .map(|sold| after(*sold).posterior)
                .collect();
            let prior = after(120.0).prior;
            assert!(all[0] < 0.8 * prior, "{law:?}: {all:?} of {prior}");
            assert!(all.windows(2).all(|pair| pair[1] >= 0.999 * pair[0]), "{law:?}: {all:?}");
            // 1,960 pieces beyond ordinary demand on two of eight days alone.
            assert!(all[9] > 1960.0, "{law:?}: {all:?}");
            assert!(after(1000.0).posterior_sd > 0.01 && after(1000.0).is_surprise());
        }
    }

    /// V26's weights in another place: prior 0 with variance .08, an observation of .5 with .2/3: mean .2727273, variance
    /// .0363636.
    #[test]
    fn two_normals_weigh_by_precision() {
        let prior = Normal { mean: 0.0, sd: 0.08_f64.sqrt() };
        let seen = Normal { mean: 0.5, sd: (0.2_f64 / 3.0).sqrt() };
        let after = posterior(prior, f64::INFINITY, libm::exp, Some(seen), None);
        assert!((after.mean - 0.272_727_3).abs() < 1e-7 && (after.sd.powi(2) - 0.036_363_6).abs() < 1e-7);
        assert_eq!(posterior(prior, f64::INFINITY, libm::exp, None, None), prior);
    }

    #[test]
    fn signals_of_the_same_people_count_less_than_one_each() {
        let signal = Signal { ratio: 2.0, log_sd: 0.4 };
        let one = combined(&[signal]).expect("a signal");
        assert!((one.mean - 2.0_f64.ln()).abs() < 1e-12 && (one.sd - 0.4).abs() < 1e-12);
        let four = combined(&[signal; 4]).expect("signals");
        assert!((four.sd.powi(2) - 0.16 * 2.5 / 4.0).abs() < 1e-12);
        assert!(combined(&[]).is_none() && combined(&[Signal { ratio: 0.0, log_sd: 0.4 }]).is_none());
    }

    /// A log-normal law with log variance .16 and a signal of twice the usual with the same error: half-way in logs.
    #[test]
    fn a_signal_moves_the_size_half_way_if_it_knows_as_much_as_the_prior() {
        let cv = 0.16_f64.exp_m1().sqrt();
        let prior = burst(Uplift::LogNormal { mean: 1000.0, cv });
        let signals = [Signal { ratio: 2.0, log_sd: 0.4 }];
        let (_, update) = updated(&prior, &Seen { signals: &signals, ..NOTHING });
        // Median 1000 exp(-.08) x sqrt(2), mean of log variance .08.
        assert!((update.posterior - 1000.0 * (-0.08_f64 + 2.0_f64.ln() / 2.0 + 0.04).exp()).abs() < 1e-6);
        assert!((update.posterior_sd.powi(2) - 0.08).abs() < 1e-12);
        assert_eq!(updated(&prior, &NOTHING).0, prior);
    }

    /// Twice the usual uplift sold from the first day on: the longer, the nearer to twice and the surer.
    #[test]
    fn the_first_days_of_a_burst_tell_its_size() {
        let hier =
            Uplift::Hierarchical { ordinary: 800.0, offset: 1.0, location: 1.1, scale: 0.4, freedom: 14.0, cut: 0.001 };
        let replay = Uplift::Replay { totals: vec![1000.0, 1600.0, 2400.0] };
        for prior in [hier, replay, Uplift::LogNormal { mean: 1600.0, cv: 0.4 }] {
            let prior = burst(prior);
            let day = 100.0 + 2.0 * prior.mean_total() / 8.0;
            let mut last = (prior.mean_total(), f64::INFINITY);
            for days in [1, 3, 6] {
                let (_, update) = updated(&prior, &Seen { sold: &vec![day; days], ..NOTHING });
                assert!(update.posterior > last.0 && update.posterior_sd < last.1, "{update:?}");
                last = (update.posterior, update.posterior_sd);
            }
            assert!((last.0 / prior.mean_total() - 2.0).abs() < 0.35, "{} {last:?}", prior.mean_total());
            // A burst that does not come sells ordinary days: small, and never below nothing or not a number.
            let (_, flop) = updated(&prior, &Seen { sold: &[95.0; 4], ..NOTHING });
            assert!(flop.posterior.is_finite() && flop.posterior < 0.5 * flop.prior, "{flop:?}");
            let (_, gone) = updated(&prior, &Seen { sold: &[0.0; 8], ..NOTHING });
            assert!(gone.posterior.is_finite(), "{gone:?}");
        }
    }

    #[test]
    fn what_remains_of_a_burst_is_its_later_days() {
        let shapes: Vec<BurstShape> = [[1.0, 2.0, 3.0, 4.0], [4.0, 3.0, 2.0, 1.0]]
            .iter()
            .map(|weights| BurstShape::from_weights(weights).expect("a shape"))
            .collect();
        for uplift in [Uplift::LogNormal { mean: 1000.0, cv: 0.3 }, Uplift::Replay { totals: vec![800.0, 1200.0] }] {
            let whole = BurstProcess { shapes: shapes.clone(), ..burst(uplift) };
            let rest = remaining(&whole, 2);
            let by_day = whole.mean_by_day(4);
            for (day, mean) in rest.mean_by_day(2).into_iter().enumerate() {
                assert!((mean - by_day[2 + day]).abs() < 1e-9, "{day}");
            }
            assert_eq!(remaining(&whole, 0), whole);
            assert!(remaining(&whole, 9).mean_by_day(3).iter().all(|mean| *mean == 0.0));
        }
    }
}
