//! What a backtest found, as plain data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::decision::{Exchange, Promise, exchanges, promises};
use super::gates::{Gate, gates};
use super::pipeline::{Window, Windows};
use super::score::{Levels, loss, score};
use super::weeks::{Figure, Weeks};
use super::{BacktestOptions, Class, LEVELS, Method, Origins, Target};
use crate::history::History;
use crate::stats::{Interval, uniform_p_value};

/// Cells of the histogram of the probability integral transform.
const PIT_CELLS: usize = 10;
/// Bursts up to which a product has few.
const FEW_BURSTS: usize = 3;
/// Windows of a class below which nothing is told of it.
const FEW_WINDOWS: usize = 50;
/// Weeks below which an interval over weeks tells little.
const FEW_WEEKS: usize = 8;

/// Forecasts of the past against what happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct BacktestResult {
    /// What this file is.
    pub format: String,
    /// Whether the history is invented.
    pub synthetic: bool,
    /// On which days forecasts were made.
    pub origins: Origins,
    /// Days of history before a first origin.
    pub days_before: u32,
    /// Futures of each forecast.
    pub paths: u32,
    /// Seed.
    pub seed: u64,
    /// Levels of the pinball loss.
    pub levels: [f64; LEVELS.len()],
    /// Products of the sales.
    pub products: usize,
    /// What a reader must know.
    pub caveats: Vec<BacktestCaveat>,
    /// By what the forecasts were held against.
    pub targets: Vec<TargetResult>,
}

/// Results against one target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TargetResult {
    /// The target.
    pub target: Target,
    /// By length of the windows.
    pub horizons: Vec<HorizonResult>,
}

/// Results of windows of one length.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct HorizonResult {
    /// Days of a window.
    pub horizon_days: u32,
    /// Windows.
    pub windows: usize,
    /// Calendar weeks of their origins.
    pub weeks: usize,
    /// Windows that were left out because the product was in stock on no day of them, or on none before.
    #[serde(default)]
    pub without_stock: usize,
    /// Windows of products without an error of the seasonal naive, which are in no ratio.
    pub without_scale: usize,
    /// All windows, then each class.
    pub classes: Vec<ClassScore>,
    /// Figures that are held against a bound.
    pub gates: Vec<Gate>,
    /// By product.
    pub by_product: Vec<ProductScore>,
}

/// Scores of one class of windows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ClassScore {
    /// The class; absent for all windows.
    pub class: Option<Class>,
    /// Windows.
    pub n: usize,
    /// Calendar weeks of their origins.
    pub weeks: usize,
    /// Products.
    pub products: usize,
    /// Each method's scores.
    pub methods: Vec<MethodScore>,
    /// Counts of the pipeline's probability integral transform in ten equal cells.
    pub pit: [u64; PIT_CELLS],
    /// P value of their being equal, as if windows were independent, which they are not where they overlap.
    pub pit_p_value: Option<f64>,
    /// What stock at a promised risk did.
    pub promises: Vec<Promise>,
    /// Stock against service, beside the formulas.
    pub exchanges: Vec<Exchange>,
}

/// Scores of one method.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MethodScore {
    /// The method.
    pub method: Method,
    /// Mean pinball loss over the six levels, each window in units of its product's naive error.
    pub scaled_loss: Option<f64>,
    /// The same over that of the seasonal naive.
    pub ratio: Option<Figure>,
    /// The same for the mean of the levels .9, .95 and .98.
    pub high_ratio: Option<Figure>,
    /// The same for each level.
    pub level_ratios: [Option<f64>; LEVELS.len()],
    /// Ratio of the sums of losses in pieces, where large products speak loudest.
    pub raw_ratio: Option<f64>,
    /// Ratio of the sums of weighted interval scores.
    pub interval_score_ratio: Option<f64>,
    /// Coverage of each level.
    pub coverage: [Coverage; LEVELS.len()],
}

/// Share of windows whose demand was at most a forecast quantile.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Coverage {
    /// Level of the quantile.
    pub level: f64,
    /// The share, with its interval over calendar weeks.
    pub share: Figure,
    /// Its interval as if windows were independent: too narrow where they overlap.
    pub independent: Option<Interval>,
}

/// Scores of one product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ProductScore {
    /// The product.
    pub sku: String,
    /// Windows.
    pub n: usize,
    /// Past bursts at the last origin.
    pub bursts: usize,
    /// The pipeline's mean pinball loss over that of the seasonal naive.
    pub ratio: Option<f64>,
    /// Share of windows whose demand was at most the .95 quantile.
    pub coverage_95: f64,
}

/// What a reader of a backtest must know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum BacktestCaveat {
    /// Too few windows of a class to tell anything of it.
    FewWindows {
        /// The target.
        target: Target,
        /// Days of a window.
        horizon_days: u32,
        /// The class.
        class: Class,
        /// Windows.
        n: usize,
        /// With as many windows and a promised risk of 5 %, misses up to this number are consistent with it.
        misses_consistent: u64,
    },
    /// Intervals over so few weeks tell little.
    FewWeeks {
        /// Weeks.
        weeks: usize,
    },
    /// Most products had few bursts when they were forecast.
    FewBursts {
        /// Products with at most three bursts at their last origin.
        products: usize,
        /// All products.
        of: usize,
    },
    /// Stockouts are recorded: sales are not demand, and demand is filled in by a model.
    Censored {
        /// Share of product days with less than full stock.
        share: f64,
    },
    /// Windows were left out: the product was in stock on no day of them, or on none before, so that nothing can be told.
    NoStock {
        /// The target.
        target: Target,
        /// Days of a window.
        horizon_days: u32,
        /// How many.
        windows: usize,
    },
    /// Windows overlap: `n` counts more than there is to know.
    Overlapping {
        /// Days between origins.
        every_days: u32,
    },
}

impl BacktestResult {
    pub(super) fn new(history: &History, options: &BacktestOptions, targets: Vec<TargetResult>) -> Self {
        let days = history.sales.values().flat_map(|series| &series.days);
        let (mut count, mut censored) = (0_u64, 0_u64);
        for day in days {
            count += 1;
            censored += u64::from(day.in_stock_share.is_some_and(|share| share < 1.0));
        }
        let mut caveats = Vec::new();
        if targets.iter().any(|target| target.target == Target::Demand) {
            caveats.push(BacktestCaveat::Censored { share: censored as f64 / count.max(1) as f64 });
        }
        let horizons = || targets.iter().flat_map(|target| &target.horizons);
        if let Some(weeks) = horizons().map(|horizon| horizon.weeks).min().filter(|weeks| *weeks < FEW_WEEKS) {
            caveats.push(BacktestCaveat::FewWeeks { weeks });
        }
        if let Origins::Every { days } = options.origins
            && horizons().any(|horizon| days < horizon.horizon_days)
        {
            caveats.push(BacktestCaveat::Overlapping { every_days: days });
        }
        if let Some(horizon) = horizons().next() {
            let few = horizon.by_product.iter().filter(|product| product.bursts <= FEW_BURSTS).count();
            if 2 * few > horizon.by_product.len() {
                caveats.push(BacktestCaveat::FewBursts { products: few, of: horizon.by_product.len() });
            }
        }
        for target in &targets {
            for horizon in &target.horizons {
                if horizon.without_stock > 0 {
                    caveats.push(BacktestCaveat::NoStock {
                        target: target.target,
                        horizon_days: horizon.horizon_days,
                        windows: horizon.without_stock,
                    });
                }
                let few = horizon.classes.iter().filter(|class| class.n < FEW_WINDOWS);
                caveats.extend(few.filter_map(|class| {
                    Some(BacktestCaveat::FewWindows {
                        target: target.target,
                        horizon_days: horizon.horizon_days,
                        class: class.class?,
                        n: class.n,
                        misses_consistent: super::decision::most_misses(class.n as u64, 0.05),
                    })
                }));
            }
        }
        Self {
            format: "stockburst-backtest-1".to_owned(),
            synthetic: options.synthetic,
            origins: options.origins,
            days_before: options.days_before,
            paths: options.paths,
            seed: options.seed.0,
            levels: LEVELS,
            products: history.sales.len(),
            caveats,
            targets,
        }
    }
}

/// Scores, gates and decisions of the windows of one length.
pub(super) fn horizon_result(horizon: u32, windows: &Windows, options: &BacktestOptions) -> HorizonResult {
    let all: Vec<&Window> = windows.windows.iter().collect();
    let mut classes = vec![class_score(None, &all, horizon, options)];
    for class in Class::ALL {
        let of: Vec<&Window> = all.iter().copied().filter(|window| window.class == class).collect();
        if !of.is_empty() {
            classes.push(class_score(Some(class), &of, horizon, options));
        }
    }
    HorizonResult {
        horizon_days: horizon,
        windows: all.len(),
        weeks: classes[0].weeks,
        without_stock: windows.without_stock,
        without_scale: all.iter().filter(|window| window.scale.is_none()).count(),
        gates: gates(&all, &classes, horizon, options),
        classes,
        by_product: by_product(windows),
    }
}

fn class_score(class: Option<Class>, windows: &[&Window], horizon: u32, options: &BacktestOptions) -> ClassScore {
    let weeks = Weeks::of(windows, options.resamples, options.seed);
    let mut pit = [0; PIT_CELLS];
    let mut products = std::collections::BTreeSet::new();
    for window in windows {
        pit[((window.pit * PIT_CELLS as f64) as usize).min(PIT_CELLS - 1)] += 1;
        products.insert(window.product);
    }
    ClassScore {
        class,
        n: windows.len(),
        weeks: weeks.count(),
        products: products.len(),
        methods: Method::ALL.iter().map(|method| score(windows, &weeks, *method)).collect(),
        pit,
        pit_p_value: uniform_p_value(&pit),
        promises: promises(windows, &weeks),
        exchanges: exchanges(windows, &weeks, horizon),
    }
}

fn by_product(windows: &Windows) -> Vec<ProductScore> {
    let mut of: BTreeMap<usize, Vec<&Window>> = BTreeMap::new();
    for window in &windows.windows {
        of.entry(window.product).or_default().push(window);
    }
    let product = |(at, own): (&usize, &Vec<&Window>)| {
        let sum = |method| own.iter().map(|window| loss(window, method, Levels::All)).sum::<f64>();
        let naive = sum(Method::SeasonalNaive);
        let pipeline = Method::Pipeline.index();
        let covered = own.iter().filter(|window| window.actual <= window.forecasts[pipeline][super::UPPER + 3]).count();
        ProductScore {
            sku: windows.skus[*at].0.clone(),
            n: own.len(),
            bursts: own.last().map_or(0, |window| window.bursts),
            ratio: (naive > 0.0).then(|| sum(Method::Pipeline) / naive),
            coverage_95: covered as f64 / own.len() as f64,
        }
    };
    of.iter().map(product).collect()
}
