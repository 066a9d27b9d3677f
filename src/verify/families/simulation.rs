//! Families that run the engine on whole paths.
//!
//! Foreign conventions are translated here and nowhere else: in the vectors an order of the end of day t with lead time
//! l arrives at the start of day t + l + 1, so their l is this house's L - 1.

use serde_json::{Value, json};

use super::{Table, Vector};
use crate::evaluate::compare;
use crate::policy::{OrderLimits, OrderSize, ReorderLevels, Replenishment};
use crate::process::{
    DayNoise, DurationLaw, LeadTimeChain, OrganicDemand, PathSet, ProductPath, ProductProcess, Stage,
};
use crate::random::Seed;
use crate::simulate::{Batch, PolicyPlan, Setting, Silent, VectorUnit, trace};
use crate::stats::Estimate;
use crate::units::Units;
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[("replay-trace", replay_trace), ("sq-lostsales-daily-exact", lost_sales_daily)];

/// Independent runs of a stationary system.
const RUNS: u64 = 512;
/// Days of a run, the warm-up included.
const DAYS: usize = 4_400;
/// Days until the opening stock is forgotten.
const WARM_UP: usize = 400;
/// Weights of a lead-time distribution are drawn from this many equal records.
const RECORDS: f64 = 1000.0;

fn setting(days: usize, opening_stock: Units, measure_from: usize) -> Setting {
    Setting { measure_from, ..Setting::new(days, opening_stock) }
}

pub(super) fn plan(level: Units, size: OrderSize) -> PolicyPlan {
    PolicyPlan {
        mode: 0,
        pre_stocked: Units::ZERO,
        pre_stock: None,
        later_pre_stock: Vec::new(),
        expedite: None,
        replenishment: Replenishment {
            levels: ReorderLevels::Constant { level, last_order_day: None },
            size,
            limits: OrderLimits::NONE,
        },
        guard: None,
    }
}

/// One burst replayed day by day; the lead times are taken in the order in which orders are placed.
fn replay_trace(vector: &Vector) -> Result<Value, InputError> {
    let demand = vector.whole_numbers("daily_demand")?;
    let leads = vector.whole_numbers("lead_times")?;
    let days = demand.len();
    if days == 0 || leads.is_empty() {
        return Err(InputError::NoAnswer("a trace without days or lead times"));
    }
    let lead_of = |order: usize| u32::try_from(leads[order % leads.len()] + 1).unwrap_or(u32::MAX);
    let plan = plan(vector.units("s")?, OrderSize::Lots { quantity: vector.units("Q")? });
    let setting = setting(days, vector.units("initial_on_hand")?, 0);
    let mut path = ProductPath {
        organic: demand,
        live: vec![0; days],
        ad: vec![0; days],
        lead_days: vec![vec![lead_of(0); days]],
        open_arrivals: Vec::new(),
        ..ProductPath::default()
    };
    // A lead time belongs to an order, a path holds one for each day: place the orders one after the other.
    let (mut outcome, mut records) = trace(&path, &plan, &setting);
    for order in 0..days {
        let Some((day, _)) = records.iter().enumerate().filter(|(_, record)| record.ordered > 0).nth(order) else {
            break;
        };
        path.lead_days[0][day] = lead_of(order);
        (outcome, records) = trace(&path, &plan, &setting);
    }
    let trace: Vec<Value> = records
        .iter()
        .enumerate()
        .map(|(day, record)| {
            json!({
                "day": day, "received": record.received, "served": record.served, "lost": record.lost,
                "on_hand": record.on_hand, "order": record.ordered,
            })
        })
        .collect();
    Ok(json!({
        "trace": trace,
        "total_lost": outcome.all.lost,
        "fill_rate": outcome.all.served as f64 / outcome.all.reference.max(1) as f64,
        "stockout_days": outcome.all.stockout_days,
    }))
}

/// Daily review, one order outstanding, lost sales: simulated, each figure with its standard error.
fn lost_sales_daily(vector: &Vector) -> Result<Value, InputError> {
    let (level, quantity) = (vector.units("s")?, vector.units("Q")?);
    let demand = vector.part("demand")?;
    let noise = match demand.text("type")? {
        "poisson" => DayNoise::Poisson,
        "nb" => DayNoise::NegativeBinomial { size: demand.number("shape")? },
        _ => return Err(InputError::NoAnswer("a demand that is neither `poisson` nor `nb`")),
    };
    let mean = demand.number("mean")?;
    if !(mean > 0.0 && mean < 1e9) || level.0 > 1_000_000_000 || quantity.0 == 0 || quantity.0 > 1_000_000_000 {
        return Err(InputError::NoAnswer("the engine"));
    }
    let records = vector
        .pmf("lead_time_pmf")?
        .support()
        .flat_map(|(days, share)| std::iter::repeat_n((days + 1) as f64, (share * RECORDS).round() as usize))
        .collect();
    let first_day = "2026-01-01".parse().map_err(|_| InputError::NoAnswer("the calendar"))?;
    let organic = OrganicDemand { level: mean, weekday: [1.0; 7], level_error: 0.0, noise };
    let process = ProductProcess {
        chains: vec![LeadTimeChain::new(
            "vector",
            vec![Stage { name: "all".to_owned(), law: DurationLaw::Records { days: records } }],
        )],
        ..ProductProcess::new(vector.id.clone(), first_day, DAYS, organic)
    };
    let plan = plan(level, OrderSize::Lot { quantity });
    let setting = setting(DAYS, level + quantity, WARM_UP);
    let batch = Batch { process: &process, seed: Seed(1), set: PathSet::Comparison, count: RUNS };
    let run = compare(&batch, &[plan], &setting, None, VectorUnit::Widest, &Silent);
    let kpis = run.map_err(|_| InputError::NoAnswer("the engine"))?[0].kpis();
    let days = (DAYS - WARM_UP) as f64;
    let simulated = |estimate: &Estimate, scale: f64| json!({ "value": estimate.value * scale, "standard_error": estimate.standard_error * scale });
    let empty = Estimate { value: 1.0 - kpis.all.ready_rate.value, ..kpis.all.ready_rate };
    Ok(json!({
        "fill_rate": simulated(&kpis.all.fill_rate, 1.0),
        "lost_per_day": simulated(&kpis.all.lost, 1.0 / days),
        "p_day_with_lost_sale": simulated(&kpis.all.stockout_days, 1.0 / days),
        "p_empty_day_end": simulated(&empty, 1.0),
        "orders_per_day": simulated(&kpis.orders, 1.0 / days),
        "mean_on_hand_day_end": simulated(&kpis.mean_stock, 1.0),
        "cycle_service": simulated(&kpis.cycle_service, 1.0),
    }))
}
