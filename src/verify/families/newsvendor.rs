//! One order before one burst.

use serde_json::{Value, json};

use super::{Table, Vector};
use crate::policy::formula::{Newsvendor, newsvendor, newsvendor_from_pmf};
use crate::stats::DemandLaw;
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[
    ("newsvendor-empirical", empirical),
    ("newsvendor-nb", negative_binomial),
    ("newsvendor-normal", normal),
    ("newsvendor-poisson", poisson),
];

/// The vectors call the cost of a unit left over its holding cost, and that of a unit short its stockout cost.
fn solve(vector: &Vector, law: &DemandLaw) -> Result<Newsvendor, InputError> {
    Ok(newsvendor(law, vector.money("stockout_cost")?, vector.money("holding_cost")?)?)
}

fn fields(best: &Newsvendor) -> Value {
    json!({ "critical_ratio": best.critical_ratio, "S": best.stock, "cost": best.cost })
}

fn empirical(vector: &Vector) -> Result<Value, InputError> {
    let demand = vector.pmf("pmf")?;
    Ok(fields(&newsvendor_from_pmf(&demand, vector.money("stockout_cost")?, vector.money("holding_cost")?)?))
}

fn negative_binomial(vector: &Vector) -> Result<Value, InputError> {
    let (mean, sd) = (vector.number("demand_mean")?, vector.number("demand_sd")?);
    let law = DemandLaw::negative_binomial_from_mean_sd(mean, sd)?;
    let mut computed = fields(&solve(vector, &law)?);
    if let DemandLaw::NegativeBinomial { mean, size } = law {
        computed["r"] = json!(size);
        computed["p"] = json!(size / (size + mean));
    }
    Ok(computed)
}

fn normal(vector: &Vector) -> Result<Value, InputError> {
    let law = DemandLaw::Normal { mean: vector.number("demand_mean")?, sd: vector.number("demand_sd")? };
    Ok(fields(&solve(vector, &law)?))
}

fn poisson(vector: &Vector) -> Result<Value, InputError> {
    Ok(fields(&solve(vector, &DemandLaw::Poisson { mean: vector.number("demand_mean")? })?))
}
