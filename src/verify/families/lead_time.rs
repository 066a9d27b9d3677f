//! Lead times as chains, and demand over a lead time from history.

use serde_json::{Map, Value, json};

use super::{Table, Vector};
use crate::policy::formula::LeadChain;
use crate::stats::{DemandLaw, OnOffDemand, Pmf};
use crate::units::ServiceLevel;
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[
    ("bootstrap-iid-limit", bootstrap_limit),
    ("bootstrap-markov-limit", chained_bootstrap_limit),
    ("leadtime-chain", chain),
];

/// The levels of `q90`, and of `q95`, `lead_p95` and `sum_of_stage_p95`.
const P90: f64 = 0.9;
const P95: f64 = 0.95;

fn chain(vector: &Vector) -> Result<Value, InputError> {
    let chain = LeadChain::of(vector.pmfs("stages")?)?;
    let daily = DemandLaw::Poisson { mean: vector.number("demand_rate_per_day")? };
    let mut computed = Map::new();
    computed.insert("lead_mean".into(), json!(chain.total().mean()));
    computed.insert("lead_var".into(), json!(chain.total().variance()));
    computed.insert("lead_p95".into(), json!(chain.total().quantile(P95)));
    computed.insert("sum_of_stage_p95".into(), json!(chain.sum_of_stage_quantiles(P95)));
    for (field, level) in vector.levels_asked("rop_csl_") {
        let reorder = chain.reorder_point(&daily, ServiceLevel::try_new(level)?)?;
        computed.insert(field.into(), json!(reorder.reorder_point));
    }
    for (field, level) in vector.levels_asked("normal_rop_csl_") {
        let reorder = chain.normal_reorder_point(&daily, ServiceLevel::try_new(level)?)?;
        computed.insert(field.into(), json!(reorder.reorder_point));
    }
    Ok(Value::Object(computed))
}

/// A bootstrap of single days, with so many draws that none is left to chance: the convolution of the history.
fn bootstrap_limit(vector: &Vector) -> Result<Value, InputError> {
    let days = u32::try_from(vector.whole("lead_time")?).map_err(|_| InputError::NoAnswer("the sum over days"))?;
    let demand = Pmf::empirical(&vector.whole_numbers("history")?)?.n_fold(days)?;
    let quantiles: Map<String, Value> = vector
        .levels_asked_in("quantiles")
        .into_iter()
        .map(|(name, level)| (name.to_owned(), json!(demand.quantile(level))))
        .collect();
    Ok(json!({
        "mean": demand.mean(),
        "quantiles": quantiles,
        "p_exceed_mean": demand.exceedance(demand.mean()),
    }))
}

/// The same, of days drawn one after the other from a chain of days with and without demand.
fn chained_bootstrap_limit(vector: &Vector) -> Result<Value, InputError> {
    let days = u32::try_from(vector.whole("lead_time")?).map_err(|_| InputError::NoAnswer("the sum over days"))?;
    let history = vector.whole_numbers("history")?;
    let chain = OnOffDemand::of(&history).ok_or(InputError::NoAnswer("a chain of fewer than two days"))?;
    let demand = chain.over(days)?;
    Ok(json!({
        "P": chain.transitions(),
        "mean": demand.mean(),
        "p0": demand.mass(0),
        "q90": demand.quantile(P90),
        "q95": demand.quantile(P95),
    }))
}
