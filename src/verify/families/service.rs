//! Service measures: cycle service (type 1) and fill rate (type 2).

use serde_json::{Value, json};

use super::{Table, Vector};
use crate::policy::formula::{fill_rate_at, fill_rate_backorders, fill_rate_lost_sales, law_quantile};
use crate::stats::DemandLaw;
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[("fillrate-type1", type_1), ("fillrate-type2", type_2)];

fn lead_time_demand(vector: &Vector) -> Result<DemandLaw, InputError> {
    Ok(DemandLaw::Normal { mean: vector.number("ltd_mean")?, sd: vector.number("ltd_sd")? }.checked()?)
}

fn type_1(vector: &Vector) -> Result<Value, InputError> {
    let law = lead_time_demand(vector)?;
    let r = law_quantile(&law, vector.service("csl")?)?.reorder_point;
    Ok(json!({ "r": r, "type2_at_r": fill_rate_at(&law, vector.number("Q")?, r)?.get() }))
}

fn type_2(vector: &Vector) -> Result<Value, InputError> {
    let law = lead_time_demand(vector)?;
    let (target, quantity) = (vector.probability("fill_rate")?, vector.number("Q")?);
    let reorder = fill_rate_backorders(&law, quantity, target)?;
    Ok(json!({
        "r_backorder": reorder.reorder_point,
        "z_backorder": reorder.safety_stock / law.variance().sqrt(),
        "r_lost_sales": fill_rate_lost_sales(&law, quantity, target)?.reorder_point,
        "implied_csl": law.cdf(reorder.reorder_point),
    }))
}
