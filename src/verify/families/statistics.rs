//! Samples: intervals, quantiles, dispersion, comparisons.

use serde_json::{Value, json};

use super::{Table, Vector};
use crate::stats::{
    DemandLaw, Dispersion, Interval, PairedDifference, WelchDifference, expected_shortfall, quantile_inverse,
    quantile_linear,
};
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[
    ("crn-paired-ci", paired),
    ("fit-nb-moments", dispersion),
    ("proportion-ci", proportion),
    ("risk-quantiles", risk_quantiles),
];

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
