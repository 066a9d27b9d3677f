//! Was the promise kept? Forecasts of the past, each from what was known on its day, held against what happened.
//!
//! Rolling origin: on each origin the shop is learned as of the evening before, and demand of the protection window is
//! forecast by the product's own pipeline (`learn` to `process`, as `run` goes) and by rivals that a spreadsheet could
//! hold. Nothing after the origin is known but the promotion calendar. Scores, coverage and stock decisions follow.
//! It must not know files, words or candidates.

mod component;
mod decision;
mod gates;
mod options;
mod origins;
mod pipeline;
mod result;
mod rivals;
mod score;
mod series;
mod weeks;

use std::collections::BTreeMap;

use crate::history::{History, SalesDay, Sku};
use crate::learn::FitError;
use crate::simulate::{Cancelled, Observer};

pub use component::Component;
pub use decision::{Exchange, ExchangePoint, Promise};
pub use gates::{Gate, GateLevels, Verdict};
pub use options::{BacktestOptions, Origins, Target};
pub use origins::Class;
pub use result::{
    BacktestCaveat, BacktestResult, ClassScore, Coverage, HorizonResult, MethodScore, ProductScore, TargetResult,
};
pub use rivals::Method;

/// Levels of the forecast quantiles.
pub const QUANTILES: [f64; 11] = [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 0.8, 0.9, 0.95, 0.98, 0.995];

/// The levels that stock is set by, which the pinball loss is taken at: the last of [`QUANTILES`].
pub const LEVELS: [f64; 6] = [0.5, 0.8, 0.9, 0.95, 0.98, 0.995];

/// Index of the first of [`LEVELS`] among [`QUANTILES`].
const UPPER: usize = QUANTILES.len() - LEVELS.len();

/// Why there is no backtest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BacktestError {
    /// No window fits into the history.
    #[error(
        "the history is too short: the longest of {products} products has {days} days, and a window of {horizon} needs {needed}"
    )]
    TooShort {
        /// Products of the sales.
        products: usize,
        /// Days of the longest series.
        days: usize,
        /// Shortest window asked for.
        horizon: usize,
        /// Days that it needs.
        needed: usize,
    },
    /// No window begins within the history.
    #[error(
        "no forecast falls into the {days} days of history: fewer days between forecasts (`--every`), fewer before the first \
         (`--after`, now {before}), or promotions within the records (`--at-promotions`) would have some"
    )]
    NoWindow {
        /// Days of the longest series.
        days: usize,
        /// Days before the first forecast.
        before: u32,
    },
    /// Nothing was ever in stock: no forecast could be held against anything.
    #[error("no product of the history was in stock on any day: nothing is known of its demand")]
    NeverInStock,
    /// The history could not be learned.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// The run was asked to stop.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Holds forecasts of the past against what happened, for each target and each length of window.
///
/// # Errors
/// [`BacktestError`] if no window fits into the history, or the observer cancels.
///
/// ```
/// use stockburst::backtest::{BacktestOptions, backtest};
/// use stockburst::history::{History, SalesDay, SalesSeries, Sku};
/// use stockburst::simulate::Silent;
/// use stockburst::units::Units;
/// let day = |at: u64| SalesDay {
///     units: Units(20 + at * 7 % 5), largest_line: None, in_stock_share: None, price: None, promotion: None,
/// };
/// let series = SalesSeries { first_day: "2026-01-05".parse().unwrap(), days: (0..80).map(day).collect() };
/// let history = History { sales: [(Sku("A".into()), series)].into(), ..History::default() };
/// let options = BacktestOptions { horizons: vec![7], paths: 200, ..BacktestOptions::default() };
/// let result = backtest(&history, &options, &Silent).unwrap();
/// assert!(result.targets[0].horizons[0].windows > 3);
/// ```
pub fn backtest(
    history: &History,
    options: &BacktestOptions,
    observer: &dyn Observer,
) -> Result<BacktestResult, BacktestError> {
    against(history, None, options, observer)
}

/// The same for a history whose demand is known for certain, as that of a synthetic shop: pieces by day of each product,
/// from the first day of its sales on. Forecasters see the sales; what they are held against is this.
///
/// # Errors
/// As [`backtest`].
pub fn backtest_against_truth(
    history: &History,
    truth: &BTreeMap<Sku, Vec<f64>>,
    options: &BacktestOptions,
    observer: &dyn Observer,
) -> Result<BacktestResult, BacktestError> {
    against(history, Some(truth), options, observer)
}

fn against(
    history: &History,
    truth: Option<&BTreeMap<Sku, Vec<f64>>>,
    options: &BacktestOptions,
    observer: &dyn Observer,
) -> Result<BacktestResult, BacktestError> {
    let shortest = options.horizons.iter().copied().min().unwrap_or(1) as usize;
    let longest = history.sales.values().map(|series| series.days.len()).max().unwrap_or(0);
    let needed = options.days_before as usize + shortest;
    if longest < needed {
        let products = history.sales.len();
        return Err(BacktestError::TooShort { products, days: longest, horizon: shortest, needed });
    }
    if truth.is_none() && !history.sales.values().any(|series| series.days.iter().any(SalesDay::had_stock)) {
        return Err(BacktestError::NeverInStock);
    }
    let mut targets = Vec::new();
    for target in options.targets(history) {
        observer.stage(target.as_str());
        let mut horizons = Vec::new();
        for horizon in &options.horizons {
            let windows = pipeline::windows(history, truth, target, *horizon as usize, options, observer)?;
            horizons.push(result::horizon_result(*horizon, &windows, options));
        }
        targets.push(TargetResult { target, horizons });
    }
    if targets.iter().flat_map(|target| &target.horizons).all(|horizon| horizon.windows == 0) {
        return Err(BacktestError::NoWindow { days: longest, before: options.days_before });
    }
    Ok(result::BacktestResult::new(history, options, targets))
}
