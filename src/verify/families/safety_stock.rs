//! Safety stock and reorder points.

use serde_json::{Value, json};

use super::{Table, Vector};
use crate::policy::formula::{
    DailyDemand, FormulaError, IntervalDemand, LeadTimeMoments, gamma_quantile, growth_multiplier, king_dependent,
    king_independent, law_quantile, log_normal_quantile, max_average, negative_binomial_quantile, normal_both,
    normal_demand, normal_lead_time, normal_quantile, periodic_review, safety_factor,
};
use crate::stats::DemandLaw;
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[
    ("growth-multiplier", growth),
    ("rop-moments", by_moments),
    ("rop-poisson", poisson),
    ("ss-both", both),
    ("ss-demand-only", demand_only),
    ("ss-king", king),
    ("ss-leadtime-only", lead_time_only),
    ("ss-maxmin", max_min),
    ("ss-periodic", periodic),
];

/// The vectors of these families state no maximum, and their formulas take none; the mean stands in for it.
fn demand(mean: f64, sd: f64) -> Result<DailyDemand, FormulaError> {
    DailyDemand::try_new(mean, sd, mean)
}

fn lead_time(mean: f64, sd: f64) -> Result<LeadTimeMoments, FormulaError> {
    LeadTimeMoments::try_new(mean, sd, mean)
}

fn max_min(vector: &Vector) -> Result<Value, InputError> {
    let demand = DailyDemand::try_new(vector.number("avg_daily")?, 0.0, vector.number("max_daily")?)?;
    let lead_time = LeadTimeMoments::try_new(vector.number("avg_lead")?, 0.0, vector.number("max_lead")?)?;
    Ok(json!(max_average(&demand, &lead_time)))
}

fn demand_only(vector: &Vector) -> Result<Value, InputError> {
    let service = vector.service("csl")?;
    let demand = demand(vector.number("demand_mean")?, vector.number("demand_sd")?)?;
    let reorder = normal_demand(&demand, &LeadTimeMoments::constant(vector.number("lead_time")?)?, service);
    Ok(json!({
        "z": safety_factor(service),
        "safety_stock": reorder.safety_stock,
        "reorder_point": reorder.reorder_point,
    }))
}

fn lead_time_only(vector: &Vector) -> Result<Value, InputError> {
    let demand = demand(vector.number("demand_mean")?, 0.0)?;
    let lead_time = lead_time(vector.number("lead_time_mean")?, vector.number("lead_time_sd")?)?;
    Ok(json!(normal_lead_time(&demand, &lead_time, vector.service("csl")?)))
}

fn both(vector: &Vector) -> Result<Value, InputError> {
    let demand = demand(vector.number("demand_mean")?, vector.number("demand_sd")?)?;
    let lead_time = lead_time(vector.number("lead_time_mean")?, vector.number("lead_time_sd")?)?;
    let reorder = normal_both(&demand, &lead_time, vector.service("csl")?);
    Ok(json!({
        "sigma_dlt": IntervalDemand::over(&demand, &lead_time).sd(),
        "safety_stock": reorder.safety_stock,
        "reorder_point": reorder.reorder_point,
    }))
}

/// King measures demand over a time T1; a "day" of the formulas is one T1 here.
fn king(vector: &Vector) -> Result<Value, InputError> {
    let service = vector.service("csl")?;
    let demand = demand(vector.number("avg_demand_per_T1")?, vector.number("sd_demand_per_T1")?)?;
    let periods = vector.number("performance_cycle")? / vector.number("T1")?;
    let cycle = lead_time(periods, vector.number("sd_lead_time_in_T1")?)?;
    Ok(json!({
        "demand_only": normal_demand(&demand, &cycle, service).safety_stock,
        "lead_only": normal_lead_time(&demand, &cycle, service).safety_stock,
        "independent": king_independent(&demand, &cycle, service).safety_stock,
        "dependent": king_dependent(&demand, &cycle, service).safety_stock,
    }))
}

fn periodic(vector: &Vector) -> Result<Value, InputError> {
    let demand = demand(vector.number("demand_mean")?, vector.number("demand_sd")?)?;
    let lead_time = LeadTimeMoments::constant(vector.number("lead_time")?)?;
    let review = LeadTimeMoments::constant(vector.number("review_period")?)?.mean();
    let level = periodic_review(&demand, &lead_time, review, vector.service("csl")?);
    Ok(json!({ "safety_stock": level.safety_stock, "order_up_to": level.reorder_point }))
}

fn poisson(vector: &Vector) -> Result<Value, InputError> {
    let interval = LeadTimeMoments::constant(vector.number("lead_time")?)?;
    let law = DemandLaw::Poisson { mean: vector.number("demand_mean")? * interval.mean() };
    let reorder = law_quantile(&law, vector.service("csl")?)?;
    Ok(json!({
        "reorder_point": reorder.reorder_point,
        "safety_stock": reorder.safety_stock,
        "achieved_csl": law.cdf(reorder.reorder_point),
    }))
}

fn by_moments(vector: &Vector) -> Result<Value, InputError> {
    let service = vector.service("csl")?;
    let demand = demand(vector.number("demand_mean")?, vector.number("demand_sd")?)?;
    let lead_time = lead_time(vector.number("lead_time_mean")?, vector.number("lead_time_sd")?)?;
    let over = IntervalDemand::over(&demand, &lead_time);
    Ok(json!({
        "mean": over.mean(),
        "variance": over.variance(),
        "nb_reorder_point": negative_binomial_quantile(&over, service)?.reorder_point,
        "gamma_reorder_point": gamma_quantile(&over, service)?.reorder_point,
        "normal_reorder_point": normal_quantile(&over, service)?.reorder_point,
        "lognormal_reorder_point": log_normal_quantile(&over, service)?.reorder_point,
    }))
}

fn growth(vector: &Vector) -> Result<Value, InputError> {
    let demand = demand(vector.number("avg_daily")?, vector.number("sd_daily")?)?;
    let lead_time = LeadTimeMoments::constant(vector.number("lead_days")?)?;
    let (z, growth, cycle_days) = (vector.number("z")?, vector.number("growth")?, vector.number("cycle_days")?);
    let levels = growth_multiplier(&demand, &lead_time, z, growth, cycle_days)?;
    Ok(json!({ "safety_stock": levels.safety_stock, "min_qty": levels.minimum, "max_qty": levels.maximum }))
}
