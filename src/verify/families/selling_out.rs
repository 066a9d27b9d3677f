//! The last hours of a stock: alerts, pauses of the ads, and orders for what is gone.

use serde_json::{Map, Value, json};

use super::{Table, Vector};
use crate::policy::formula::{AdPause, LateOrders, StockAlert};
use crate::units::Probability;
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[
    ("ad-pause-oversell", ad_pause),
    ("alert-levels", alerts),
    ("oversell-batch-sync", after_sync),
    ("oversell-latency", after_latency),
];

/// The quantile of `q95` and the risk of `buffer_for_p_oversell_1pct`.
const P95: f64 = 0.95;
const ONE_PER_CENT: f64 = 0.01;

fn oversell(vector: &Vector, late: &LateOrders) -> Result<Value, InputError> {
    let buffer = vector.units("buffer")?;
    Ok(json!({
        "expected_oversell": late.expected_oversell(buffer),
        "p_oversell": late.oversell_probability(buffer),
        "q95": late.oversell_quantile(buffer, P95),
        "buffer_for_p_oversell_1pct": late.buffer_for(Probability::try_new(ONE_PER_CENT)?),
    }))
}

fn after_latency(vector: &Vector) -> Result<Value, InputError> {
    let late = LateOrders::after_latency(vector.number("rate_per_hour")?, vector.number("latency_hours")?)?;
    oversell(vector, &late)
}

fn after_sync(vector: &Vector) -> Result<Value, InputError> {
    let (interval, delay) = (vector.number("sync_interval_hours")?, vector.number("push_delay_hours")?);
    oversell(vector, &LateOrders::after_sync(vector.number("rate_per_hour")?, interval, delay)?)
}

fn ad_pause(vector: &Vector) -> Result<Value, InputError> {
    let rule = AdPause {
        initial: vector.units("initial_stock")?,
        ad_rate: vector.number("ad_rate")?,
        organic_rate: vector.number("organic_rate")?,
        threshold: vector.probability("pause_threshold")?,
        pause_delay_hours: vector.number("pause_delay_hours")?,
        latency_hours: vector.number("sync_latency_hours")?,
    };
    let outcome = rule.outcome()?;
    Ok(json!({
        "expected_oversell": outcome.expected_oversell,
        "expected_oversell_without_pause": outcome.expected_oversell_without_pause,
        "mean_hours_to_threshold": outcome.mean_hours_to_threshold,
        "p_stock0_before_pause": outcome.stock_gone_before_pause,
    }))
}

fn alerts(vector: &Vector) -> Result<Value, InputError> {
    let (initial, rate) = (vector.units("initial_stock")?, vector.number("rate_per_hour")?);
    let reaction = vector.number("reaction_hours")?;
    let mut computed = Map::new();
    for level in vector.numbers("levels")? {
        let alert = StockAlert::try_new(initial, rate, Probability::try_new(level)?)?;
        let fields = json!({
            "mean_hours": alert.mean_hours(),
            "sd_hours": alert.sd_hours(),
            "q05": alert.quantile_hours(1.0 - P95),
            "q95": alert.quantile_hours(P95),
            "p_stockout_within_reaction": alert.stockout_within(reaction)?,
        });
        // A level is named as JSON writes it.
        computed.insert(json!(level).to_string(), fields);
    }
    Ok(Value::Object(computed))
}
