//! Loss functions: expected shortage and left-over.

use serde_json::{Value, json};

use super::{Table, Vector};
use crate::stats::DemandLaw;
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[
    ("loss-gamma", gamma),
    ("loss-lognormal", log_normal),
    ("loss-nb", negative_binomial),
    ("loss-normal", normal),
    ("loss-poisson", poisson),
];

fn losses(vector: &Vector, law: DemandLaw) -> Result<Value, InputError> {
    let (law, x) = (law.checked()?, vector.number("x")?);
    Ok(json!({ "n": law.loss(x), "n_bar": law.complementary_loss(x) }))
}

fn gamma(vector: &Vector) -> Result<Value, InputError> {
    losses(vector, DemandLaw::Gamma { shape: vector.number("shape")?, scale: vector.number("scale")? })
}

fn log_normal(vector: &Vector) -> Result<Value, InputError> {
    losses(vector, DemandLaw::LogNormal { mu: vector.number("mu")?, sigma: vector.number("sigma")? })
}

fn negative_binomial(vector: &Vector) -> Result<Value, InputError> {
    losses(vector, DemandLaw::negative_binomial_from_mean_sd(vector.number("mean")?, vector.number("sd")?)?)
}

fn normal(vector: &Vector) -> Result<Value, InputError> {
    losses(vector, DemandLaw::Normal { mean: vector.number("mean")?, sd: vector.number("sd")? })
}

fn poisson(vector: &Vector) -> Result<Value, InputError> {
    losses(vector, DemandLaw::Poisson { mean: vector.number("mean")? })
}
