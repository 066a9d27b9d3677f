//! The life cycle of a product.

use serde_json::{Value, json};

use super::{Table, Vector};
use crate::process::Bass;
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[("lifecycle-bass", bass)];

fn bass(vector: &Vector) -> Result<Value, InputError> {
    let (innovation, imitation) = (vector.number("p")?, vector.number("q")?);
    let (market, times) = (vector.number("market")?, vector.numbers("times")?);
    let domain = innovation > 0.0 && imitation >= 0.0 && market >= 0.0 && times.iter().all(|time| *time >= 0.0);
    if !domain {
        return Err(InputError::NoAnswer("the curve of Bass"));
    }
    let bass = Bass { innovation, imitation };
    Ok(json!({
        "cumulative": times.iter().map(|time| market * bass.share_by(*time)).collect::<Vec<_>>(),
        "rate": times.iter().map(|time| market * bass.rate(*time)).collect::<Vec<_>>(),
        "peak_time": bass.peak_time(),
        "peak_rate": market * bass.rate(bass.peak_time()),
    }))
}
