//! Figures that are held against a bound, each with its interval and what can be said of it.
//!
//! The bounds are those of the plan of the work (`src/docs/backtest.md`); none is moved when a figure misses it.

use serde::{Deserialize, Serialize};

use super::pipeline::Window;
use super::result::ClassScore;
use super::score::{Levels, ratio};
use super::weeks::{Figure, Weeks};
use super::{BacktestOptions, Class, LEVELS, Method};

/// Rivals of an ordinary window, of which the best counts.
const ORDINARY_RIVALS: [Method; 4] =
    [Method::SeasonalNaive, Method::MovingAverage, Method::Ewma, Method::BlockBootstrap];
/// Most that an ordinary window may lose against the best rival, upper end of the interval.
const ORDINARY_BOUND: f64 = 1.02;
/// Most loss at a promotion's start over the seasonal naive, up to a week and beyond.
const PROMOTION_BOUND: [f64; 2] = [0.80, 0.70];
/// The same over the moving average with normal days.
const PROMOTION_NORMAL_BOUND: f64 = 0.60;
/// Width of a coverage's interval from which nothing can be decided.
const DECIDABLE: f64 = 0.05;
/// Most that a coverage may be off.
const COVERAGE_BOUND: f64 = 0.04;

/// Which levels a figure is averaged over.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GateLevels {
    /// All six.
    All,
    /// .9, .95 and .98: what stock is set by.
    High,
    /// One.
    One(f64),
}

/// Whether a figure keeps its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It does.
    Kept,
    /// It does not.
    Missed,
    /// Too little is known.
    NotDecidable,
}

/// A figure against its bound.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Gate {
    /// Name of the gate, `R1` to `R5`.
    pub gate: String,
    /// Class of the windows; absent for all.
    pub class: Option<Class>,
    /// Levels.
    pub levels: GateLevels,
    /// What the pipeline is held against.
    pub against: String,
    /// The figure: a ratio of losses (R1, R2), a coverage (R3), a gain in service at equal stock (R4, R5).
    pub figure: Figure,
    /// Its bound: from above for R1 and R2, distance from the level for R3, from below for R4 and R5.
    pub bound: f64,
    /// Whether the bound is for the upper end of the interval.
    pub upper_end: bool,
    /// Windows.
    pub n: usize,
    /// Calendar weeks.
    pub weeks: usize,
    /// What can be said.
    pub verdict: Verdict,
}

fn at_most(figure: Figure, bound: f64, upper_end: bool) -> Verdict {
    let held = if upper_end { figure.high } else { Some(figure.value) };
    match held {
        None => Verdict::NotDecidable,
        Some(held) if held <= bound => Verdict::Kept,
        Some(_) => Verdict::Missed,
    }
}

/// Every gate that the windows can be held against.
pub(super) fn gates(all: &[&Window], classes: &[ClassScore], horizon: u32, options: &BacktestOptions) -> Vec<Gate> {
    let mut gates = Vec::new();
    for score in classes {
        let windows: Vec<&Window> =
            all.iter().copied().filter(|window| score.class.is_none_or(|class| window.class == class)).collect();
        let weeks = Weeks::of(&windows, options.resamples, options.seed);
        let gate = |gate: &str, levels, against: &str, figure, bound, upper_end, verdict| Gate {
            gate: gate.to_owned(),
            class: score.class,
            levels,
            against: against.to_owned(),
            figure,
            bound,
            upper_end,
            n: score.n,
            weeks: score.weeks,
            verdict,
        };
        let averaged = [(Levels::All, GateLevels::All), (Levels::High, GateLevels::High)];
        if score.class.is_some_and(Class::is_ordinary) {
            for (levels, named) in averaged {
                let against = |rival: &Method| (*rival, ratio(&windows, &weeks, Method::Pipeline, *rival, levels));
                let rivals = ORDINARY_RIVALS.iter().map(against).filter(|(_, figure)| figure.value.is_finite());
                if let Some((rival, figure)) = rivals.max_by(|a, b| a.1.value.total_cmp(&b.1.value)) {
                    let verdict = at_most(figure, ORDINARY_BOUND, true);
                    gates.push(gate("R1", named, name(rival), figure, ORDINARY_BOUND, true, verdict));
                }
            }
        }
        if score.class == Some(Class::PromotionStart) {
            let bounds = [
                (Method::SeasonalNaive, PROMOTION_BOUND[usize::from(horizon > 7)]),
                (Method::MovingAverageNormal, PROMOTION_NORMAL_BOUND),
            ];
            for (rival, bound) in bounds {
                for (levels, named) in averaged {
                    let figure = ratio(&windows, &weeks, Method::Pipeline, rival, levels);
                    let verdict = at_most(figure, bound, false);
                    gates.push(gate("R2", named, name(rival), figure, bound, false, verdict));
                }
            }
        }
        if score.class.is_some()
            && let Some(pipeline) = score.methods.iter().find(|method| method.method == Method::Pipeline)
        {
            for coverage in &pipeline.coverage[1..LEVELS.len() - 1] {
                let share = coverage.share;
                let width = share.high.zip(share.low).map(|(high, low)| high - low);
                let verdict = match width {
                    Some(width) if width < DECIDABLE => {
                        // A hair of rounding does not decide.
                        let off = (share.value - coverage.level).abs() - 1e-12;
                        if off <= COVERAGE_BOUND { Verdict::Kept } else { Verdict::Missed }
                    }
                    _ => Verdict::NotDecidable,
                };
                let levels = GateLevels::One(coverage.level);
                gates.push(gate("R3", levels, "promised", share, COVERAGE_BOUND, false, verdict));
            }
        }
        for exchange in &score.exchanges {
            let Some(gain) = exchange.gain else { continue };
            let is_multiple = exchange.rule.starts_with("multiple");
            // The planner's multiples are a rule for promotions.
            if is_multiple && score.class.is_none_or(Class::is_ordinary) {
                continue;
            }
            let verdict = match gain.low {
                None => Verdict::NotDecidable,
                Some(_) if gain.value >= 0.0 => Verdict::Kept,
                Some(_) => Verdict::Missed,
            };
            let id = if is_multiple { "R5" } else { "R4" };
            gates.push(gate(id, GateLevels::All, &exchange.rule, gain, 0.0, false, verdict));
        }
    }
    gates
}

const fn name(method: Method) -> &'static str {
    match method {
        Method::Pipeline => "pipeline",
        Method::Replay => "replay",
        Method::SeasonalNaive => "seasonal-naive",
        Method::MovingAverage => "moving-average",
        Method::Ewma => "ewma",
        Method::BlockBootstrap => "block-bootstrap",
        Method::MovingAverageNormal => "moving-average-normal",
        Method::Multiple12 => "multiple-1.2",
        Method::Multiple13 => "multiple-1.3",
        Method::Multiple15 => "multiple-1.5",
    }
}
