//! A backtest as plain text for a terminal: what was kept, by what was known when it was promised.

use super::Lang;
use super::number::{NOTHING, Numbers};
use super::summary::columns;
use super::words::{BacktestWords, backtest_words};
use crate::backtest::{BacktestResult, ClassScore, Gate, GateLevels, HorizonResult, Method, MethodScore, Verdict};

/// The tables of a backtest, and what it cannot tell.
#[must_use]
pub fn backtest(result: &BacktestResult, lang: Lang) -> String {
    let (words, n) = (backtest_words(lang), Numbers::new(lang, None));
    let mut lines = Vec::new();
    if result.synthetic {
        lines.push(words.synthetic.to_owned());
    }
    lines.extend(result.caveats.iter().map(|caveat| (words.caveat)(caveat, &n)));
    for target in &result.targets {
        for horizon in &target.horizons {
            lines.push(String::new());
            let (windows, weeks) = (n.whole(horizon.windows as u64), n.whole(horizon.weeks as u64));
            let days = n.whole(u64::from(horizon.horizon_days));
            lines.push((words.headline)((words.target)(target.target), &days, &windows, &weeks));
            lines.push(columns(&losses(horizon, words, &n)).trim_end().to_owned());
            lines.push(String::new());
            lines.push(columns(&coverage(horizon, words, &n)).trim_end().to_owned());
            lines.push(String::new());
            lines.push(columns(&gates(&horizon.gates, words, &n)).trim_end().to_owned());
        }
    }
    lines.push(String::new());
    lines.push(words.explained.to_owned());
    (lines.join("\n") + "\n").replace('\u{a0}', " ")
}

fn pipeline(class: &ClassScore) -> Option<&MethodScore> {
    class.methods.iter().find(|method| method.method == Method::Pipeline)
}

fn ratio(value: Option<f64>, n: &Numbers) -> String {
    value.map_or_else(|| NOTHING.to_owned(), |value| n.plain((value * 1000.0).round() / 1000.0))
}

/// Loss over that of the seasonal naive, a row a class and a column a method.
fn losses(horizon: &HorizonResult, words: &BacktestWords, n: &Numbers) -> Vec<Vec<String>> {
    let mut head = vec![words.class_head.to_owned(), words.windows.to_owned()];
    head.extend(Method::ALL.iter().map(|method| (words.method)(*method).to_owned()));
    let mut rows = vec![head];
    for class in &horizon.classes {
        let mut row = vec![(words.class)(class.class).to_owned(), n.whole(class.n as u64)];
        row.extend(class.methods.iter().map(|method| ratio(method.ratio.map(|figure| figure.value), n)));
        rows.push(row);
    }
    rows
}

/// Coverage of the pipeline, a row a class and a column a level.
fn coverage(horizon: &HorizonResult, words: &BacktestWords, n: &Numbers) -> Vec<Vec<String>> {
    let mut head = vec![words.coverage.to_owned()];
    let levels = horizon.classes.first().and_then(pipeline).into_iter().flat_map(|method| &method.coverage);
    head.extend(levels.map(|coverage| n.percent(coverage.level)));
    let mut rows = vec![head];
    for class in &horizon.classes {
        let mut row = vec![(words.class)(class.class).to_owned()];
        let Some(method) = pipeline(class) else { continue };
        row.extend(method.coverage.iter().map(|coverage| n.percent(coverage.share.value)));
        rows.push(row);
    }
    rows
}

fn gates(gates: &[Gate], words: &BacktestWords, n: &Numbers) -> Vec<Vec<String>> {
    let mut rows = vec![words.gate_head.map(str::to_owned).to_vec()];
    for gate in gates {
        let figure = |value: f64| n.plain((value * 1000.0).round() / 1000.0);
        let ends = gate.figure.low.zip(gate.figure.high);
        rows.push(vec![
            gate.gate.clone(),
            (words.class)(gate.class).to_owned(),
            match gate.levels {
                GateLevels::All => words.all_levels.to_owned(),
                GateLevels::High => ".9 .95 .98".to_owned(),
                GateLevels::One(level) => n.percent(level),
            },
            (words.against)(&gate.against).to_owned(),
            figure(gate.figure.value),
            ends.map_or_else(|| NOTHING.to_owned(), |(low, high)| format!("{} .. {}", figure(low), figure(high))),
            figure(gate.bound),
            n.whole(gate.n as u64),
            n.whole(gate.weeks as u64),
            match gate.verdict {
                Verdict::Kept => words.kept,
                Verdict::Missed => words.missed,
                Verdict::NotDecidable => words.not_decidable,
            }
            .to_owned(),
        ]);
    }
    rows
}
