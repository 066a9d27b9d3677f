//! A burst lived through with one stock.

use serde_json::{Value, json};

use super::{Table, Vector};
use crate::policy::formula::{BurstDay, one_shot_burst};
use crate::stats::DemandLaw;
use crate::units::Units;
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[("burst-finite-horizon", finite_horizon)];

fn finite_horizon(vector: &Vector) -> Result<Value, InputError> {
    let means = vector.numbers("daily_means")?;
    let size = if vector.lacks("nb_shape") { None } else { Some(vector.number("nb_shape")?) };
    let arrivals = vector.whole_by_whole("arrivals")?;
    // Days are counted from 0; units that arrive outside the burst are not part of it.
    let arriving = |day: u64| arrivals.iter().filter(|(on, _)| *on == day).map(|(_, units)| Units(*units)).sum();
    let law = |mean| match size {
        Some(size) => DemandLaw::NegativeBinomial { mean, size },
        None => DemandLaw::Poisson { mean },
    };
    let days: Vec<_> =
        (0..).zip(means).map(|(day, mean)| BurstDay { demand: law(mean), arrivals: arriving(day) }).collect();
    let outcome = one_shot_burst(vector.units("initial_stock")?, &days)?;
    Ok(json!({
        "expected_demand": outcome.expected_demand,
        "expected_lost": outcome.expected_lost,
        "fill_rate": outcome.fill_rate,
        "p_any_lost_sale": outcome.any_lost_sale,
        "expected_left": outcome.expected_left,
        "p_empty_at_end": outcome.empty_at_end,
    }))
}
