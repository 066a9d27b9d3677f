//! Where ordinary demand stands at the end of the history, and how far it may be off over the days ahead.
//!
//! The level is an exponentially weighted rate of the ordinary days, carried to the present by the product's slope: one-sided,
//! so that nothing is known of what comes.
//! Its error is measured by rolling origin over windows as long as the plan looks ahead, as relative cube roots: a gamma
//! variable of mean 1 is nearly the cube of a normal one (Wilson and Hilferty 1931, PNAS 17, 684-688), and demand of
//! small shops has no log-normal tail. One product has few windows: memory and spread come from the whole shop.
//! It must not know bursts.

use super::PastBurst;
use super::baseline::OrdinaryDays;
use super::bursts::BurstDay;
use super::course::Course;
use super::trend::{SPREADS, Slopes, to_the_present, weeks_ahead};
use crate::calendar::Weekday;

/// Weights of the newest day among which a shop's memory is chosen, longest memory first.
pub(super) const NEWEST: [f64; 6] = [0.02, 0.03, 0.05, 0.08, 0.12, 0.2];
/// Index of the weight where no shop says otherwise: about three weeks.
const ALONE: usize = 2;
/// A shorter memory has to be better than a longer one by this factor.
const BETTER_BY: f64 = 0.98;
/// Ordinary days before the first origin.
pub(super) const LEAST_BEFORE: usize = 14;
/// Windows of the shop's spread in each product's own.
const PRIOR_WINDOWS: f64 = 10.0;
/// The shop's spread over the median of its products' spreads.
const OVER_MEDIAN: f64 = 1.1;
/// Least origins of one product or of a shop that measure an error.
const LEAST_ORIGINS: usize = 4;
/// Bounds of the level error.
pub(super) const ERROR_BOUNDS: (f64, f64) = (0.02, 1.5);
/// Bursts of the shop in each product's own mean.
const PRIOR_BURSTS: f64 = 2.0;
/// Least variance of a burst's logarithm.
const LEAST_VARIANCE: f64 = 0.01;
/// Pieces a day that are added to both sides of a ratio: of next to nothing there is none.
const OFFSET: f64 = 0.3;

/// What the products of a shop have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ShopPrior {
    /// Weekday factors.
    pub(super) weekday: [f64; Weekday::COUNT],
    /// How the level follows demand.
    pub(super) follows: Following,
    /// Variance of the cube-root error, where it could be measured.
    pub(super) variance: Option<f64>,
    /// How large bursts are.
    pub(super) amplitude: Amplitude,
    /// How their days compare.
    pub(super) course: Course,
}

/// How a level follows demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Following {
    /// Index of the memory in [`NEWEST`].
    memory: usize,
    /// Index of the spread of slopes in [`SPREADS`].
    spread: usize,
}

impl Following {
    /// Where no shop says otherwise: without a trend.
    pub(super) const ALONE: Self = Self { memory: ALONE, spread: 0 };

    const COUNT: usize = NEWEST.len() * SPREADS.len();

    /// Without a trend first, longest memory first.
    fn all() -> impl Iterator<Item = Self> {
        (0..SPREADS.len()).flat_map(|spread| (0..NEWEST.len()).map(move |memory| Self { memory, spread }))
    }

    const fn index(self) -> usize {
        self.spread * NEWEST.len() + self.memory
    }

    const fn newest(self) -> f64 {
        NEWEST[self.memory]
    }

    const fn spread(self) -> f64 {
        SPREADS[self.spread]
    }
}

/// How large planned bursts are, as multiples of ordinary demand: mean and variance of the logarithm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amplitude {
    pub(super) mean: f64,
    pub(super) variance: f64,
}

impl Amplitude {
    /// Where nothing is known: twice ordinary demand, by a factor of two either way.
    const UNKNOWN: Self = Self { mean: 0.7, variance: 0.5 };

    /// From the bursts of many products, each a logarithm and its noise.
    pub(super) fn of_shop(multiples: &[(f64, f64)]) -> Self {
        let n = multiples.len() as f64;
        if multiples.len() < LEAST_ORIGINS {
            return Self::UNKNOWN;
        }
        let mean = multiples.iter().map(|(log, _)| log).sum::<f64>() / n;
        let noise = multiples.iter().map(|(_, noise)| noise).sum::<f64>() / n;
        let variance = multiples.iter().map(|(log, _)| (log - mean).powi(2)).sum::<f64>() / (n - 1.0);
        Self { mean, variance: (variance - noise).max(LEAST_VARIANCE) }
    }
}

/// How large the product's bursts are, shrunk to the shop's.
pub(super) fn own_amplitude(bursts: &[PastBurst], shop: Option<&ShopPrior>) -> Amplitude {
    let pool = shop.map_or(Amplitude::UNKNOWN, |shop| shop.amplitude);
    let n = bursts.len() as f64;
    let sum: f64 = bursts.iter().map(|burst| burst.multiple.max(0.01).ln()).sum();
    Amplitude { mean: (PRIOR_BURSTS * pool.mean + sum) / (PRIOR_BURSTS + n), ..pool }
}

/// Days of planned bursts as the level may learn from them: with their expected multiple taken out, and a weight that
/// falls with how uncertain that is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct BurstDays {
    /// Day, pieces and exposure (without the weekday), both weighted.
    days: Vec<(usize, f64, f64)>,
}

impl BurstDays {
    /// `spread` is the relative variance of day noise beyond counts. The days of a burst share one amplitude, so that
    /// together they tell no more than it lets them.
    pub(super) fn of(
        spans: &[(usize, usize)],
        days: &[BurstDay],
        means: &[f64],
        amplitude: Amplitude,
        spread: f64,
    ) -> Self {
        let multiple = libm::exp(amplitude.mean);
        let of_span = |(start, end): &(usize, usize)| {
            let (start, end) = (*start, *end);
            let shared = (end - start) as f64 * amplitude.variance;
            (start..end).filter(|at| days[*at].available > 0.0).map(move |at| {
                let day = &days[at];
                let own = 1.0 / (means[at] * multiple).max(1.0) + spread;
                let weight = own / (own + shared);
                (at, weight * day.units, weight * day.available * multiple)
            })
        };
        Self { days: spans.iter().flat_map(of_span).collect() }
    }
}

/// What one product tells of the errors of its level, for each way to follow demand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LevelEvidence {
    /// Origins.
    pub(super) origins: usize,
    /// Mean absolute cube-root error.
    loss: [f64; Following::COUNT],
    /// Mean squared cube-root error, less what day noise explains.
    variance: [f64; Following::COUNT],
}

impl LevelEvidence {
    const NONE: Self = Self { origins: 0, loss: [0.0; Following::COUNT], variance: [0.0; Following::COUNT] };
}

/// The level after the last day, and its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Level {
    /// Pieces a mean day at the end of the history, the middle of what may come.
    pub(super) rate: f64,
    /// Growth of its logarithm a week.
    pub(super) weekly: f64,
    /// Relative standard deviation of the level over the days ahead, and the product's own origins behind it; `None`
    /// where neither the product nor its shop is long enough.
    pub(super) error: Option<(f64, usize)>,
    /// Relative standard deviation of the rate as an estimate from so many pieces: what even a level that never moves has.
    /// 0 of no pieces, which have no ratio.
    pub(super) sampling: f64,
}

/// An exponentially weighted rate.
#[derive(Debug, Clone, Copy, Default)]
struct Weighted {
    units: f64,
    exposure: f64,
    /// Squared weights times pieces, and times squared exposure: the parts of the variance of the pieces.
    squares: [f64; 2],
    /// Exposure times its age in days.
    aged: f64,
    at: usize,
}

impl Weighted {
    fn add(&mut self, at: usize, units: f64, exposure: f64, newest: f64) {
        let past = (at - self.at) as f64;
        let faded = libm::pow(1.0 - newest, past);
        self.aged = (self.aged + past * self.exposure) * faded;
        (self.units, self.exposure, self.at) = (self.units * faded + units, self.exposure * faded + exposure, at);
        let [counts, scatter] = self.squares;
        self.squares = [counts * faded * faded + units, scatter * faded * faded + exposure * exposure];
    }

    fn rate(&self) -> f64 {
        if self.exposure > 1e-9 { self.units / self.exposure } else { 0.0 }
    }

    /// Mean age of what it knows on a morning, in days.
    fn age(&self, morning: usize) -> f64 {
        if self.exposure > 1e-9 { self.aged / self.exposure + (morning - self.at) as f64 } else { 0.0 }
    }

    /// Relative standard deviation of the rate, of counts with day noise of this size.
    fn error(&self, noise_size: Option<f64>) -> f64 {
        let [counts, scatter] = self.squares;
        let variance = counts + self.rate().powi(2) * scatter / noise_size.unwrap_or(f64::INFINITY);
        if self.units > 0.0 { variance.sqrt() / self.units } else { 0.0 }
    }
}

/// Errors of the level over windows of `horizon` ordinary days, by how it follows demand; it learns from burst days too.
pub(super) fn evidence(
    (series, bursts, slopes): (&OrdinaryDays<'_>, &BurstDays, &Slopes),
    weekday: &[f64; Weekday::COUNT],
    noise_size: Option<f64>,
    horizon: usize,
) -> LevelEvidence {
    let OrdinaryDays { days, used, .. } = series;
    let mut found = LevelEvidence::NONE;
    if used.len() < LEAST_BEFORE + horizon {
        return found;
    }
    let exposure: Vec<f64> = used.iter().map(|at| series.exposure(*at, weekday)).collect();
    let running = |value: &dyn Fn(usize) -> f64| -> Vec<f64> {
        let mut total = 0.0;
        std::iter::once(0.0)
            .chain((0..used.len()).map(|at| {
                total += value(at);
                total
            }))
            .collect()
    };
    let units = running(&|at| days[used[at]].units);
    let exposed = running(&|at| exposure[at]);
    let squares = running(&|at| exposure[at] * exposure[at]);
    let mut weighted = [Weighted::default(); NEWEST.len()];
    let mut bursts = bursts.days.iter().peekable();
    let offset = OFFSET * horizon as f64;
    let ahead = weeks_ahead(horizon);
    for split in 0..=used.len() - horizon {
        if split >= LEAST_BEFORE {
            let end = split + horizon;
            let actual = units[end] - units[split];
            let (sum, square) = (exposed[end] - exposed[split], squares[end] - squares[split]);
            found.origins += 1;
            let morning = used.get(split).map_or(days.len(), |at| *at);
            for following in Following::all() {
                let weighted = &weighted[following.memory];
                let weekly = slopes.weekly(morning, following.spread());
                let which = following.index();
                let grown = if weekly == 0.0 {
                    1.0
                } else {
                    to_the_present(weekly, weighted.age(morning)) * libm::exp(weekly * ahead)
                };
                let rate = weighted.rate() * grown;
                let expected = rate * sum;
                let error = libm::cbrt((actual + offset) / (expected + offset)) - 1.0;
                // Day noise of the window, as a part of the squared error of a cube root: a ninth of the relative one.
                let noise = expected + rate * rate * square / noise_size.unwrap_or(f64::INFINITY);
                found.loss[which] += error.abs();
                found.variance[which] += error * error - noise / (9.0 * (expected + offset).powi(2));
            }
        }
        if let (Some(at), Some(exposure)) = (used.get(split), exposure.get(split)) {
            while let Some((day, units, exposed)) = bursts.next_if(|(day, ..)| day < at) {
                for (weighted, newest) in weighted.iter_mut().zip(NEWEST) {
                    weighted.add(*day, *units, exposed * weekday[series.weekday_of[*day]], newest);
                }
            }
            for (weighted, newest) in weighted.iter_mut().zip(NEWEST) {
                weighted.add(*at, days[*at].units, *exposure, newest);
            }
        }
    }
    let n = found.origins as f64;
    found.loss = found.loss.map(|loss| loss / n);
    found.variance = found.variance.map(|variance| (variance / n).max(0.0));
    found
}

/// The way to follow demand that errs least over the shop, and the spread of its products then. A shorter memory, or a trend,
/// has to be clearly better.
pub(super) fn shop_following(products: &[LevelEvidence]) -> (Following, Option<f64>) {
    let measured: Vec<&LevelEvidence> = products.iter().filter(|product| product.origins > 0).collect();
    if measured.iter().map(|product| product.origins).sum::<usize>() < LEAST_ORIGINS {
        return (Following::ALONE, None);
    }
    let loss = |way: Following| measured.iter().map(|product| product.loss[way.index()]).sum::<f64>();
    let mut best = Following { memory: 0, spread: 0 };
    for way in Following::all() {
        if loss(way) < BETTER_BY * loss(best) {
            best = way;
        }
    }
    let mut spreads: Vec<f64> = measured.iter().map(|product| product.variance[best.index()]).collect();
    spreads.sort_by(f64::total_cmp);
    (best, Some(OVER_MEDIAN * spreads[spreads.len() / 2]))
}

/// The level after the last day of a series, with the spread of its shop where that is known.
pub(super) fn level(
    (series, bursts, slopes): (&OrdinaryDays<'_>, &BurstDays, &Slopes),
    (weekday, noise_size): (&[f64; Weekday::COUNT], Option<f64>),
    evidence: &LevelEvidence,
    horizon: usize,
    shop: Option<&ShopPrior>,
) -> Level {
    let follows = shop.map_or(Following::ALONE, |shop| shop.follows);
    let mut weighted = Weighted::default();
    let mut bursts = bursts.days.iter().peekable();
    let mut add = |weighted: &mut Weighted, until: usize| {
        while let Some((day, units, exposed)) = bursts.next_if(|(day, ..)| *day < until) {
            weighted.add(*day, *units, exposed * weekday[series.weekday_of[*day]], follows.newest());
        }
    };
    for at in &series.used {
        add(&mut weighted, *at);
        weighted.add(*at, series.days[*at].units, series.exposure(*at, weekday), follows.newest());
    }
    add(&mut weighted, usize::MAX);
    let own = evidence.variance[follows.index()];
    // Windows overlap: as many are independent as fit side by side.
    let windows = evidence.origins as f64 / horizon.max(1) as f64;
    let variance = match shop.and_then(|shop| shop.variance) {
        Some(pool) => Some((windows * own + PRIOR_WINDOWS * pool) / (windows + PRIOR_WINDOWS)),
        None => (evidence.origins >= LEAST_ORIGINS).then_some(own),
    };
    let error = variance.map(|variance| (3.0 * variance.sqrt()).clamp(ERROR_BOUNDS.0, ERROR_BOUNDS.1));
    let morning = series.days.len();
    let weekly = slopes.weekly(morning, follows.spread());
    Level {
        rate: weighted.rate() * to_the_present(weekly, weighted.age(morning)),
        weekly,
        error: error.map(|error| (error, evidence.origins)),
        sampling: weighted.error(noise_size),
    }
}

#[cfg(test)]
mod tests {
    use super::super::baseline::BaselineDay;
    use super::*;
    use crate::random::{Entity, Seed, Source, Stream};

    /// A year of a shop whose level drifts by `drift` a day (log), with day noise of size 10.
    fn product(index: u64, drift: f64) -> Vec<BaselineDay> {
        let mut stream = Stream::open(Seed(5), index, Source::Organic, Entity::named(&["level"]));
        let mut log = 3.9_f64;
        (0..364)
            .map(|_| {
                log += drift * stream.normal();
                let units = stream.negative_binomial(log.exp(), 10.0) as f64;
                BaselineDay { units, available: 1.0, ordinary: true }
            })
            .collect()
    }

    fn slopes(series: &OrdinaryDays<'_>) -> Slopes {
        Slopes::of(series, &[1.0; 7], Some(10.0))
    }

    fn evidence_of(days: &[BaselineDay], horizon: usize) -> LevelEvidence {
        let series = OrdinaryDays::new("2026-01-05".parse().expect("a date"), days);
        evidence((&series, &BurstDays::default(), &slopes(&series)), &[1.0; 7], Some(10.0), horizon)
    }

    #[test]
    fn a_steady_shop_remembers_long_and_a_drifting_one_forgets() {
        let shop =
            |drift: f64| -> Vec<LevelEvidence> { (0..20).map(|at| evidence_of(&product(at, drift), 14)).collect() };
        let (steady, spread) = shop_following(&shop(0.0));
        assert!(steady.memory <= 1 && steady.spread == 0, "{steady:?}");
        // The error of a steady level is that of its estimate alone: a few percent.
        assert!(3.0 * spread.expect("a year").sqrt() < 0.07, "{spread:?}");
        let (drifting, spread) = shop_following(&shop(0.06));
        assert!(drifting.memory >= 3, "{drifting:?}");
        assert!(3.0 * spread.expect("a year").sqrt() > 0.15, "{spread:?}");
    }

    /// The spread that is learned is the spread that the next window has.
    #[test]
    fn the_error_is_that_of_windows_to_come() {
        let horizon = 14;
        let shop: Vec<Vec<BaselineDay>> = (100..180).map(|at| product(at, 0.04)).collect();
        let split = 364 - horizon;
        let known: Vec<LevelEvidence> = shop.iter().map(|days| evidence_of(&days[..split], horizon)).collect();
        let (follows, variance) = shop_following(&known);
        let prior =
            ShopPrior { weekday: [1.0; 7], follows, variance, amplitude: Amplitude::UNKNOWN, course: Course::FLAT };
        let mut square = 0.0;
        for (days, evidence) in shop.iter().zip(&known) {
            let series = OrdinaryDays::new("2026-01-05".parse().expect("a date"), &days[..split]);
            let both = (&series, &BurstDays::default(), &slopes(&series));
            let level = level(both, (&[1.0; 7], Some(10.0)), evidence, horizon, Some(&prior));
            let (error, _) = level.error.expect("a year");
            let actual: f64 = days[split..].iter().map(|day| day.units).sum();
            let noise = 1.0 / 700.0 + 1.0 / 140.0;
            let seen = 3.0 * ((actual / (level.rate * horizon as f64)).cbrt() - 1.0);
            square += seen * seen / (error * error + noise) / 80.0;
        }
        // 80 windows: a mean square of 1 has a standard error of sqrt(2 / 80) = .16.
        assert!((square - 1.0).abs() < 0.5, "{square}");
    }

    /// Products that grow by 5 % a week: the shop finds the trend, and the rate is that of the last day, not of the weeks before.
    #[test]
    fn a_growing_shop_has_a_trend() {
        let units = |at: usize, index: u64| {
            let mut stream = Stream::open(Seed(6), index, Source::Organic, Entity::named(&[&at.to_string()]));
            stream.negative_binomial(40.0 * libm::exp(0.05 * at as f64 / 7.0), 20.0) as f64
        };
        let shop: Vec<Vec<BaselineDay>> = (0..12)
            .map(|index| {
                (0..160).map(|at| BaselineDay { units: units(at, index), available: 1.0, ordinary: true }).collect()
            })
            .collect();
        let known: Vec<LevelEvidence> = shop.iter().map(|days| evidence_of(days, 14)).collect();
        let (follows, variance) = shop_following(&known);
        assert!(follows.spread() > 0.0, "{follows:?}");
        let prior =
            ShopPrior { weekday: [1.0; 7], follows, variance, amplitude: Amplitude::UNKNOWN, course: Course::FLAT };
        let truth = 40.0 * libm::exp(0.05 * 160.0 / 7.0);
        let (mut rate, mut weekly) = (0.0, 0.0);
        for (days, evidence) in shop.iter().zip(&known) {
            let series = OrdinaryDays::new("2026-01-05".parse().expect("a date"), days);
            let both = (&series, &BurstDays::default(), &slopes(&series));
            let level = level(both, (&[1.0; 7], Some(20.0)), evidence, 14, Some(&prior));
            rate += level.rate / 12.0;
            weekly += level.weekly / 12.0;
        }
        assert!((rate / truth - 1.0).abs() < 0.04, "{rate} {truth}");
        // Shrunk by what luck explains.
        assert!((0.02..0.05).contains(&weekly), "{weekly}");
    }

    #[test]
    fn a_short_history_measures_nothing() {
        let days = product(0, 0.0);
        let short = evidence_of(&days[..20], 14);
        assert_eq!(short, LevelEvidence::NONE);
        assert_eq!(shop_following(&[short]), (Following::ALONE, None));
        assert_eq!(shop_following(&[]), (Following::ALONE, None));
        let series = OrdinaryDays::new("2026-01-05".parse().expect("a date"), &[]);
        let none = level((&series, &BurstDays::default(), &slopes(&series)), (&[1.0; 7], Some(10.0)), &short, 14, None);
        assert_eq!(none, Level { rate: 0.0, weekly: 0.0, error: None, sampling: 0.0 });
    }
}
