//! Stock that is ordered again and again: exact service and cheapest levels.

use serde_json::{Value, json};

use super::{Table, Vector};
use crate::policy::formula::{
    DailyDemand, IntervalDemand, LeadTimeMoments, NormalLot, NormalLotProblem, base_stock_backorders,
    base_stock_lost_sales, base_stock_periodic, lost_sales_lot, min_max_policy, poisson_lot_policy,
    poisson_lot_service, power_approximation,
};
use crate::stats::{DemandLaw, Pmf};
use crate::units::{Days, Money};
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[
    ("basestock-periodic-exact", base_stock_by_days),
    ("basestock-stochastic-lt", base_stock_by_sales),
    ("rq-normal", lots_for_normal_demand),
    ("rq-poisson-exact", best_lot),
    ("rq-poisson-metrics", lot_service),
    ("sq-lostsales-continuous", lost_sales),
    ("ss-poisson-exact", best_levels),
    ("ss-power-approx", levels_by_powers),
];

struct Costs {
    fixed: Money,
    holding: Money,
    stockout: Money,
}

fn costs(vector: &Vector) -> Result<Costs, InputError> {
    let (fixed, holding) = (vector.money("fixed_cost")?, vector.money("holding_cost")?);
    Ok(Costs { fixed, holding, stockout: vector.money("stockout_cost")? })
}

/// The vectors count a lead time l from the end of the day of the order to the start of day t + l + 1.
fn base_stock_by_days(vector: &Vector) -> Result<Value, InputError> {
    let days = u32::try_from(vector.whole("lead_time")? + 1).map_err(|_| InputError::NoAnswer("a base stock"))?;
    let daily = DemandLaw::Poisson { mean: vector.number("demand_mean")? };
    let service = base_stock_periodic(&daily, Days(days), vector.units("S")?)?;
    Ok(json!({
        "fill_rate": service.fill_rate,
        "p_day_end_ok": service.nobody_waits,
        "mean_backorder_day_end": service.mean_backorders,
    }))
}

fn base_stock_by_sales(vector: &Vector) -> Result<Value, InputError> {
    let (rate, lead_time) = (vector.number("demand_rate")?, vector.number("lead_time_mean")?);
    let level = vector.units("S")?;
    let waiting = base_stock_backorders(rate, lead_time, level)?;
    Ok(json!({
        "backorder_fill_rate": waiting.fill_rate,
        "mean_backorders": waiting.mean_backorders,
        "mean_on_hand": waiting.mean_on_hand,
        "lost_sales_fill_rate": base_stock_lost_sales(rate, lead_time, level)?,
    }))
}

fn lots_for_normal_demand(vector: &Vector) -> Result<Value, InputError> {
    let Costs { fixed, holding, stockout } = costs(vector)?;
    let (mean, sd) = (vector.number("demand_mean")?, vector.number("demand_sd")?);
    // No formula here takes a maximum; the mean stands in for it.
    let demand = DailyDemand::try_new(mean, sd, mean)?;
    let over = IntervalDemand::over(&demand, &LeadTimeMoments::constant(vector.number("lead_time")?)?);
    let problem = NormalLotProblem::try_new(fixed, holding, stockout, mean, over)?;
    let fields = |lot: NormalLot| -> Result<Value, InputError> {
        let cost = problem.cost_rate(lot)?;
        Ok(json!({ "r": lot.reorder_point, "Q": lot.quantity, "exact_cost": cost }))
    };
    let (lot, cost) = problem.expected_inventory_level()?;
    let mut by_level = fields(lot)?;
    by_level["cost"] = json!(cost);
    Ok(json!({
        "eil": by_level,
        "eoqb": fields(problem.backorder_lot()?)?,
        "eoqss": fields(problem.safety_stock_lot()?)?,
        "loss": fields(problem.loss_function_lot()?)?,
    }))
}

fn best_lot(vector: &Vector) -> Result<Value, InputError> {
    let Costs { fixed, holding, stockout } = costs(vector)?;
    let (rate, lead_time) = (vector.number("demand_rate")?, vector.number("lead_time")?);
    let best = poisson_lot_policy(fixed, holding, stockout, rate, lead_time)?;
    Ok(json!({ "r": best.reorder_point, "Q": best.quantity, "cost": best.cost_rate }))
}

fn lot_service(vector: &Vector) -> Result<Value, InputError> {
    let (rate, lead_time) = (vector.number("demand_rate")?, vector.number("lead_time")?);
    let reorder_point = i64::try_from(vector.whole("r")?).map_err(|_| InputError::NoAnswer("a lot"))?;
    let lots = poisson_lot_service(rate, lead_time, reorder_point, vector.units("Q")?)?;
    Ok(json!({
        "fill_rate": lots.service.fill_rate,
        "mean_backorders": lots.service.mean_backorders,
        "mean_on_hand": lots.service.mean_on_hand,
        "cycle_service": lots.cycle_service,
    }))
}

fn lost_sales(vector: &Vector) -> Result<Value, InputError> {
    let lead_time = vector.pmf("lead_time_pmf")?;
    let cycle = lost_sales_lot(vector.number("demand_rate")?, &lead_time, vector.units("s")?, vector.units("Q")?)?;
    Ok(json!({
        "expected_lost_per_cycle": cycle.expected_lost,
        "fill_rate": cycle.fill_rate,
        "cycle_service": cycle.cycle_service,
    }))
}

/// Orders arrive at once: the period is all that must be covered.
fn best_levels(vector: &Vector) -> Result<Value, InputError> {
    let Costs { fixed, holding, stockout } = costs(vector)?;
    let period = Pmf::from_law(&DemandLaw::Poisson { mean: vector.number("demand_mean")? })?;
    let (levels, cost) = min_max_policy(&period, &period, fixed, holding, stockout)?;
    Ok(json!({ "s": levels.reorder_point, "S": levels.order_up_to, "cost": cost }))
}

fn levels_by_powers(vector: &Vector) -> Result<Value, InputError> {
    let Costs { fixed, holding, stockout } = costs(vector)?;
    let (mean, sd) = (vector.number("demand_mean")?, vector.number("demand_sd")?);
    let (period, protection) = (DailyDemand::try_new(mean, sd, mean)?, IntervalDemand::try_new(mean, sd)?);
    let levels = power_approximation(&period, &protection, fixed, holding, stockout)?;
    Ok(json!({ "s": levels.reorder_point, "S": levels.order_up_to }))
}
