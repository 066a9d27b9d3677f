//! Order quantities.

use serde_json::{Value, json};

use super::{Table, Vector};
use crate::policy::formula::{
    economic_order_quantity, economic_order_quantity_with_backorders, economic_production_quantity, lot_plan_cost,
    wagner_whitin,
};
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table =
    &[("eoq", eoq), ("eoqb", eoq_with_backorders), ("epq", epq), ("wagner-whitin", lot_plan)];

fn eoq(vector: &Vector) -> Result<Value, InputError> {
    let (fixed, holding) = (vector.money("fixed_cost")?, vector.money("holding_cost")?);
    let lot = economic_order_quantity(fixed, holding, vector.number("demand_rate")?)?;
    Ok(json!({ "Q": lot.quantity, "cost": lot.cost_rate }))
}

fn eoq_with_backorders(vector: &Vector) -> Result<Value, InputError> {
    let (fixed, holding) = (vector.money("fixed_cost")?, vector.money("holding_cost")?);
    let (stockout, rate) = (vector.money("stockout_cost")?, vector.number("demand_rate")?);
    let lot = economic_order_quantity_with_backorders(fixed, holding, stockout, rate)?;
    Ok(json!({ "Q": lot.quantity, "x": lot.backordered_share, "cost": lot.cost_rate }))
}

fn epq(vector: &Vector) -> Result<Value, InputError> {
    let (fixed, holding) = (vector.money("fixed_cost")?, vector.money("holding_cost")?);
    let (demand, production) = (vector.number("demand_rate")?, vector.number("production_rate")?);
    let lot = economic_production_quantity(fixed, holding, demand, production)?;
    Ok(json!({ "Q": lot.quantity, "cost": lot.cost_rate }))
}

/// Several plans may be the cheapest. Where the one that is expected costs no more than ours and meets the demand, it
/// is an answer of this formula too.
fn lot_plan(vector: &Vector) -> Result<Value, InputError> {
    let (fixed, holding) = (vector.money("fixed_cost")?, vector.money("holding_cost")?);
    let demand = vector.numbers("demand")?;
    let plan = wagner_whitin(fixed, holding, &demand)?;
    let stated: Option<Vec<f64>> = vector
        .expected
        .get("order_quantities")
        .and_then(Value::as_array)
        .and_then(|q| q.iter().map(Value::as_f64).collect());
    let tied = match stated {
        Some(stated) => {
            let cost = lot_plan_cost(fixed, holding, &demand, &stated)?;
            let as_cheap = cost.is_some_and(|cost| cost.get() <= plan.cost.get() * (1.0 + 1e-12));
            as_cheap.then_some(stated)
        }
        None => None,
    };
    Ok(json!({ "cost": plan.cost, "order_quantities": tied.unwrap_or(plan.quantities) }))
}
