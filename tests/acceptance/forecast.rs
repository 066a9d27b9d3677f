//! A5 to A7: coverage, pinball loss and probability integral transform of forecasts on the first day of each event.

use std::sync::OnceLock;

use stockburst::backtest::{BacktestOptions, Component, LEVELS, Method, Origins, Target, backtest_against_truth};
use stockburst::history::Sku;
use stockburst::simulate::Silent;
use stockburst::stats::uniform_p_value;

use crate::shops::{Kind, each_seed, made};

/// Days of a window.
const HORIZON: u32 = 21;
/// Days before the first origin: all first events lie before it, so that every forecast has a past event.
const DAYS_BEFORE: u32 = 101;
/// Futures of a forecast.
const PATHS: u32 = 500;
/// Index of .8 among the levels; .9, .95 and .98 follow.
const FIRST_LEVEL: usize = 1;

/// The forecasts of many shops of a kind together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scores {
    /// Windows.
    pub(crate) n: f64,
    covered: [f64; LEVELS.len()],
    /// Sum of the scaled losses of each method.
    losses: [f64; Method::ALL.len()],
    pit: [u64; 10],
}

impl Scores {
    /// Backtests `shops` shops of a kind, of `products` products each, against their truth.
    pub(crate) fn of(kind: Kind, (shops, products): (u64, u32), without: Option<Component>) -> Self {
        let options = BacktestOptions {
            horizons: vec![HORIZON],
            origins: Origins::PromotionStarts,
            days_before: DAYS_BEFORE,
            shop_every: 28,
            paths: PATHS,
            resamples: 0,
            without,
            target: Some(Target::Demand),
            ..BacktestOptions::default()
        };
        let results = each_seed(shops, |seed| {
            let shop = made(&kind.spec(products, seed));
            let demand = |demand: &[u64]| demand.iter().map(|pieces| *pieces as f64).collect::<Vec<f64>>();
            let products = &shop.truth.products;
            let truth = products.iter().map(|product| (Sku(product.sku.clone()), demand(&product.demand))).collect();
            let result = backtest_against_truth(&shop.history, &truth, &options, &Silent).expect("a backtest");
            result.targets[0].horizons[0].classes[0].clone()
        });
        let mut all = Self::default();
        for result in results {
            let n = result.n as f64;
            all.n += n;
            for (sum, count) in all.pit.iter_mut().zip(result.pit) {
                *sum += count;
            }
            for (at, method) in result.methods.iter().enumerate() {
                all.losses[at] += n * method.scaled_loss.expect("a naive error of each product");
            }
            for (sum, coverage) in all.covered.iter_mut().zip(&result.methods[0].coverage) {
                *sum += n * coverage.share.value;
            }
        }
        all
    }

    /// Coverage of a level less the level, in points.
    pub(crate) fn off(&self, level: usize) -> f64 {
        100.0 * (self.covered[level] / self.n - LEVELS[level])
    }

    /// Coverage of .8, .9, .95 and .98 less the level, in points.
    pub(crate) fn offs(&self) -> [f64; 4] {
        std::array::from_fn(|at| self.off(FIRST_LEVEL + at))
    }

    /// Mean loss of a method over that of another.
    fn loss(&self, method: Method, rival: Method) -> f64 {
        let of = |method| self.losses[Method::ALL.iter().position(|other| *other == method).expect("a method")];
        of(method) / of(rival)
    }

    fn pit_p_value(&self) -> f64 {
        uniform_p_value(&self.pit).expect("windows")
    }

    /// Whether A5 holds: each level within so many points.
    pub(crate) fn covers(&self, points: f64) -> bool {
        self.offs().iter().all(|off| off.abs() <= points)
    }

    fn show(&self, name: &str) {
        let [a, b, c, d] = self.offs();
        println!(
            "A5 {name} n {} coverage less level in points: .80 {a:+.2} .90 {b:+.2} .95 {c:+.2} .98 {d:+.2}; median {:+.2}",
            self.n,
            self.off(0)
        );
    }
}

/// Shops of a kind, and products of each.
fn size(kind: Kind) -> (u64, u32) {
    match kind {
        // Gates of 2 points need more.
        Kind::Trial | Kind::NoisyAvailability => (40, 30),
        Kind::FewEvents => (12, 60),
        Kind::HeavyTail | Kind::Reactive => (36, 20),
        Kind::Independent => (9, 20),
    }
}

/// Forecasts of a kind, made once.
pub(crate) fn scores(kind: Kind) -> &'static Scores {
    static MADE: [OnceLock<Scores>; 6] = [const { OnceLock::new() }; 6];
    MADE[kind as usize].get_or_init(|| Scores::of(kind, size(kind), None))
}

const ALL: [Kind; 5] = [Kind::Trial, Kind::NoisyAvailability, Kind::FewEvents, Kind::HeavyTail, Kind::Reactive];

fn a5(kind: Kind, points: f64) {
    let scores = scores(kind);
    scores.show(&format!("{kind:?}"));
    assert!(scores.n >= 1_000.0);
    assert!(scores.covers(points), "{kind:?}: {:?}", scores.offs());
}

#[test]
fn a5_coverage_of_the_trial() {
    a5(Kind::Trial, 2.0);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow: run with --release")]
fn a5_coverage_with_noisy_availability() {
    a5(Kind::NoisyAvailability, 2.0);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow: run with --release")]
fn a5_coverage_with_few_events() {
    a5(Kind::FewEvents, 4.0);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow: run with --release")]
fn a5_coverage_with_a_heavy_tail() {
    a5(Kind::HeavyTail, 4.0);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow: run with --release")]
fn a5_coverage_with_ads_that_follow_sales() {
    a5(Kind::Reactive, 4.0);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow: run with --release")]
fn a6_loss_against_rivals() {
    let mut failed = Vec::new();
    for kind in ALL {
        let scores = scores(kind);
        let [average, naive, replay] = [Method::MovingAverageNormal, Method::SeasonalNaive, Method::Replay]
            .map(|rival| scores.loss(Method::Pipeline, rival));
        println!(
            "A6 {kind:?} loss over moving average + normal {average:.3}, seasonal naive {naive:.3}, replay {replay:.3}"
        );
        if average > 0.30 || naive > 0.60 || replay > 1.0 {
            failed.push((kind, average, naive, replay));
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow: run with --release")]
fn a7_probability_integral_transform() {
    let scores = scores(Kind::Independent);
    scores.show("Independent");
    let p = scores.pit_p_value();
    println!(
        "A7 n {} cells {:?} p {p:.4} (trial: p {:.4})",
        scores.n,
        scores.pit,
        self::scores(Kind::Trial).pit_p_value()
    );
    assert!(p > 0.01, "{p}: {:?}", scores.pit);
}
