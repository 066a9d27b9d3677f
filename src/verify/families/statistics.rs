//! Samples: intervals, quantiles, dispersion, comparisons.

use serde_json::{Value, json};

use super::{Table, Vector};
use crate::stats::{
    DemandLaw, Dispersion, Intermittent, Interval, PairedDifference, SequentialSelection, WelchDifference,
    budget_shares, contributions, expected_shortfall, kendall_from_normal_correlation,
    normal_correlation_from_spearman, quantile_inverse, quantile_linear, rinott_h, spearman,
};
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[
    ("copula-rank", copula),
    ("crn-paired-ci", paired),
    ("fit-nb-moments", dispersion),
    ("intermittent-croston", intermittent),
    ("kn-constants", sequential_selection),
    ("ocba-allocation", budget),
    ("proportion-ci", proportion),
    ("risk-quantiles", risk_quantiles),
    ("rinott-h", two_stage_selection),
    ("sensitivity-rank", sensitivity),
];

fn budget(vector: &Vector) -> Result<Value, InputError> {
    let (means, deviations) = (vector.numbers("means")?, vector.numbers("sds")?);
    let total = vector.number("total")?;
    let (best, shares) = budget_shares(&means, &deviations).ok_or(InputError::NoAnswer("shares of a budget"))?;
    let budget: Vec<f64> = shares.iter().map(|share| share * total).collect();
    Ok(json!({ "best": best, "fractions": shares, "budget": budget }))
}

fn sequential_selection(vector: &Vector) -> Result<Value, InputError> {
    let (variance, delta) = (vector.number("pair_variance")?, vector.number("delta")?);
    let none = InputError::NoAnswer("the constants of a selection");
    let selection =
        SequentialSelection::new(vector.whole("k")?, vector.whole("n0")?, vector.number("alpha")?).ok_or(none)?;
    let most = selection.most_observations(variance, delta);
    Ok(json!({
        "eta": selection.eta,
        "h2": selection.h_squared,
        "N_il": most.ok_or(InputError::NoAnswer("a number of observations"))?,
        "W_n0": selection.tolerance(variance, delta, vector.whole("r")?),
    }))
}

fn two_stage_selection(vector: &Vector) -> Result<Value, InputError> {
    let h = rinott_h(vector.whole("k")?, vector.whole("n0")?, vector.number("P")?);
    Ok(json!({ "h": h.ok_or(InputError::NoAnswer("the constant of a selection"))? }))
}

fn proportion(vector: &Vector) -> Result<Value, InputError> {
    let (events, n, confidence) = (vector.whole("x")?, vector.whole("n")?, vector.number("confidence")?);
    let ends = |interval: Option<Interval>| {
        interval.map(|ends| json!([ends.low, ends.high])).ok_or(InputError::NoAnswer("the interval of a share"))
    };
    Ok(json!({
        "wilson": ends(Interval::wilson(events, n, confidence))?,
        "clopper_pearson": ends(Interval::clopper_pearson(events, n, confidence))?,
    }))
}

fn risk_quantiles(vector: &Vector) -> Result<Value, InputError> {
    let (sample, level) = (vector.numbers("sample")?, vector.number("level")?);
    let known = |value: Option<f64>| value.ok_or(InputError::NoAnswer("the quantile of a sample"));
    Ok(json!({
        "quantile_type7": known(quantile_linear(&sample, level))?,
        "quantile_type1": known(quantile_inverse(&sample, level))?,
        "expected_shortfall": known(expected_shortfall(&sample, level))?,
    }))
}

fn dispersion(vector: &Vector) -> Result<Value, InputError> {
    let sample = vector.numbers("sample")?;
    let dispersion = Dispersion::of(&sample).ok_or(InputError::NoAnswer("the dispersion of a sample"))?;
    let mut computed = json!({
        "mean": dispersion.mean,
        "variance": dispersion.variance,
        "index": dispersion.index,
        "dispersion_stat": dispersion.statistic,
        "p_value": dispersion.p_value,
    });
    if let DemandLaw::NegativeBinomial { mean, size } = dispersion.law()? {
        computed["r"] = json!(size);
        computed["p"] = json!(size / (size + mean));
    }
    Ok(computed)
}

fn paired(vector: &Vector) -> Result<Value, InputError> {
    let (a, b) = (vector.numbers("policy_a")?, vector.numbers("policy_b")?);
    let confidence = vector.number("confidence")?;
    let none = || InputError::NoAnswer("the difference of two samples");
    let paired = PairedDifference::of(&a, &b).ok_or_else(none)?;
    let welch = WelchDifference::of(&a, &b).ok_or_else(none)?;
    Ok(json!({
        "mean_diff": paired.mean,
        "paired_half_width": paired.interval(confidence).ok_or_else(none)?.half_width(),
        "welch_half_width": welch.interval(confidence).ok_or_else(none)?.half_width(),
        "welch_df": welch.freedom,
    }))
}

fn intermittent(vector: &Vector) -> Result<Value, InputError> {
    let series = vector.numbers("series")?;
    let forecast = Intermittent::of(&series, vector.number("alpha")?, vector.number("beta")?)
        .ok_or(InputError::NoAnswer("a series without demand, or a smoothing constant outside 0 to 1,"))?;
    Ok(json!({
        "croston": forecast.croston,
        "sba": forecast.sba,
        "tsb": forecast.tsb,
        "size": forecast.size,
        "interval": forecast.interval,
    }))
}

fn sensitivity(vector: &Vector) -> Result<Value, InputError> {
    let (rows, output) = (vector.rows("inputs")?, vector.numbers("output")?);
    let none = || InputError::NoAnswer("the rank correlation");
    let columns = rows.first().map_or(0, Vec::len);
    let column = |at: usize| rows.iter().map(|row| row.get(at).copied()).collect::<Option<Vec<f64>>>();
    let correlations: Option<Vec<f64>> = (0..columns).map(|at| spearman(&column(at)?, &output)).collect();
    let correlations = correlations.ok_or_else(none)?;
    Ok(json!({ "contribution": contributions(&correlations).ok_or_else(none)?, "spearman": correlations }))
}

fn copula(vector: &Vector) -> Result<Value, InputError> {
    let none = || InputError::NoAnswer("a correlation outside -1 to 1");
    let pearson = normal_correlation_from_spearman(vector.number("spearman")?).ok_or_else(none)?;
    Ok(json!({ "pearson": pearson, "kendall": kendall_from_normal_correlation(pearson).ok_or_else(none)? }))
}
