//! Known-answer vectors, run through the real formulas and engines.
//!
//! For users, not only for tests: `stockburst verify` shows on their own machine that the numbers in the report come
//! from formulas that give the published answers. A vector goes in as text, is given to the code that serves every run,
//! and comes out as passed, failed or not covered; nothing is computed here that is not computed there. It knows
//! nothing of files and prints nothing.

mod compare;
mod families;
mod inputs;
mod report;
mod vectors;

pub use report::{Status, VectorReport, VerifyReport};
pub use vectors::{BUILT_IN, Vector, VectorFile, VerifyError};

use compare::Tolerance;

/// Runs every vector of a file (JSON text of the schema of [`BUILT_IN`]).
///
/// A family that no formula here serves is reported as not covered, never as passed. A vector whose inputs are missing,
/// of the wrong type or out of range fails, with the reason; so does one that expects a field that is not computed.
///
/// # Errors
/// [`VerifyError`] if the text is not a file of vectors.
///
/// ```
/// use stockburst::verify::{BUILT_IN, verify};
/// let report = verify(BUILT_IN).unwrap();
/// assert_eq!(report.failed, 0);
/// assert!(verify("{").is_err());
/// ```
pub fn verify(text: &str) -> Result<VerifyReport, VerifyError> {
    let file = VectorFile::parse(text)?;
    Ok(file.vectors.iter().map(run).collect())
}

fn run(vector: &Vector) -> VectorReport {
    let (status, detail) = match families::evaluator(&vector.family) {
        None => (Status::NotCovered, format!("no formula or engine here serves the family `{}`", vector.family)),
        Some(evaluate) => match check(vector, evaluate) {
            Ok(detail) => (Status::Passed, detail),
            Err(detail) => (Status::Failed, detail),
        },
    };
    VectorReport { id: vector.id.clone(), family: vector.family.clone(), status, detail }
}

/// What was compared, or why the vector fails.
fn check(vector: &Vector, evaluate: families::Evaluate) -> Result<String, String> {
    let tolerance = Tolerance::parse(&vector.tolerance).map_err(|problem| problem.to_string())?;
    let computed = evaluate(vector).map_err(|problem| problem.to_string())?;
    let comparison = compare::compare(&vector.expected, &computed, &tolerance);
    if comparison.mismatches.is_empty() {
        Ok(format!("{} values compared", comparison.compared))
    } else {
        Err(comparison.mismatches.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const COVERED: [&str; 57] = [
        "ad-pause-oversell",
        "ad-switch-trace",
        "alert-levels",
        "basestock-periodic-exact",
        "basestock-stochastic-lt",
        "bootstrap-iid-limit",
        "bootstrap-markov-limit",
        "burst-finite-horizon",
        "copula-rank",
        "crn-paired-ci",
        "docover-hysteresis",
        "eoq",
        "eoqb",
        "epq",
        "fillrate-type1",
        "fillrate-type2",
        "fit-nb-moments",
        "growth-multiplier",
        "intermittent-croston",
        "inventorybench-or",
        "leadtime-chain",
        "lifecycle-bass",
        "lokad-stock-reward",
        "loss-gamma",
        "loss-lognormal",
        "loss-nb",
        "loss-normal",
        "loss-poisson",
        "kn-constants",
        "newsvendor-empirical",
        "newsvendor-nb",
        "newsvendor-normal",
        "newsvendor-poisson",
        "ocba-allocation",
        "oversell-batch-sync",
        "oversell-latency",
        "proportion-ci",
        "published-stock",
        "replay-trace",
        "rinott-h",
        "risk-quantiles",
        "rop-moments",
        "rop-poisson",
        "rq-normal",
        "rq-poisson-exact",
        "rq-poisson-metrics",
        "sensitivity-rank",
        "sq-lostsales-continuous",
        "ss-both",
        "ss-demand-only",
        "ss-king",
        "ss-leadtime-only",
        "ss-maxmin",
        "ss-periodic",
        "ss-poisson-exact",
        "ss-power-approx",
        "wagner-whitin",
    ];

    /// Families whose figures come from the engine with an error of their own.
    const SIMULATED: [&str; 1] = ["sq-lostsales-daily-exact"];

    /// Families whose expected figures come from another simulation, each with its error.
    const BOTH_SIMULATED: [&str; 5] =
        ["oversell-micro-sim", "rs-lostsales-sim", "sq-lostsales-multi-sim", "ss-backorder-sim", "sscont-simopt"];

    fn built_in() -> Value {
        serde_json::from_str(BUILT_IN).expect("the built-in vectors are JSON")
    }

    fn run_value(file: &Value) -> VerifyReport {
        verify(&file.to_string()).expect("the file has the schema of the vectors")
    }

    #[test]
    fn covered_families_pass_and_only_they() {
        let report = verify(BUILT_IN).unwrap();
        for vector in &report.vectors {
            let family = vector.family.as_str();
            let covered = [&COVERED[..], &SIMULATED, &BOTH_SIMULATED].concat().contains(&family);
            let wanted = if covered { Status::Passed } else { Status::NotCovered };
            assert_eq!(vector.status, wanted, "{}: {}", vector.id, vector.detail);
        }
        assert_eq!(report.passed + report.not_covered, report.vectors.len());
        assert_eq!(report.failed, 0);
    }

    /// Every number of every covered vector is moved a little, one at a time: each must be noticed.
    #[test]
    fn a_perturbed_expectation_fails() {
        let file = built_in();
        let vectors = file["vectors"].as_array().unwrap();
        for vector in vectors.iter().filter(|v| COVERED.contains(&v["family"].as_str().unwrap())) {
            // Finding another plan as cheap is right; its quantities are not binding.
            for pointer in numbers(&vector["expected"], "").iter().filter(|p| !p.starts_with("/order_quantities")) {
                let mut moved = vector.clone();
                let number = moved["expected"].pointer_mut(pointer).unwrap();
                *number = match number.as_i64() {
                    Some(whole) => json!(whole + 1),
                    None => json!(number.as_f64().unwrap() * 1.001 + 1e-8),
                };
                let report = run_value(&json!({ "vectors": [moved] }));
                assert_eq!(report.failed, 1, "{} at {pointer}: {}", vector["id"], report.vectors[0].detail);
                let name = pointer.split('/').nth(1).unwrap();
                assert!(report.vectors[0].detail.contains(name), "{}", report.vectors[0].detail);
            }
        }
    }

    /// A simulated figure notices what lies beyond its error: each is moved by a fifth.
    #[test]
    fn a_simulation_notices_a_wrong_expectation() {
        let file = built_in();
        let vectors = file["vectors"].as_array().unwrap();
        let vector = vectors.iter().find(|v| SIMULATED.contains(&v["family"].as_str().unwrap())).unwrap();
        for pointer in numbers(&vector["expected"], "") {
            let mut moved = vector.clone();
            let number = moved["expected"].pointer_mut(&pointer).unwrap();
            *number = json!(number.as_f64().unwrap() * 0.8);
            assert_eq!(run_value(&json!({ "vectors": [moved] })).failed, 1, "{pointer}");
        }
    }

    /// Against another simulation too: the case without a pause, whose figures are large beside their errors.
    #[test]
    fn a_simulation_notices_another_that_is_wrong() {
        let file = built_in();
        let vectors = file["vectors"].as_array().unwrap();
        let vector = vectors.iter().find(|v| v["id"] == "oversell-micro-sim-02").unwrap();
        for pointer in numbers(&vector["expected"]["values"], "/values") {
            let mut moved = vector.clone();
            let number = moved["expected"].pointer_mut(&pointer).unwrap();
            *number = json!(number.as_f64().unwrap() * 0.8);
            assert_eq!(run_value(&json!({ "vectors": [moved] })).failed, 1, "{pointer}");
        }
        for (name, value) in [("organic_rate", json!(0)), ("initial_stock", json!(1e9)), ("pause", json!(1))] {
            let mut broken = vector.clone();
            broken["inputs"][name] = value;
            assert_eq!(run_value(&json!({ "vectors": [broken] })).failed, 1, "{name}");
        }
    }

    fn numbers(value: &Value, at: &str) -> Vec<String> {
        match value {
            Value::Object(fields) => fields.iter().flat_map(|(k, v)| numbers(v, &format!("{at}/{k}"))).collect(),
            Value::Array(items) => {
                items.iter().enumerate().flat_map(|(i, v)| numbers(v, &format!("{at}/{i}"))).collect()
            }
            Value::Number(_) => vec![at.to_owned()],
            _ => vec![],
        }
    }

    /// Every input of every covered vector is taken away, or given the wrong type: a detail, never a panic or a pass.
    #[test]
    fn a_broken_input_fails_with_its_name() {
        let file = built_in();
        for vector in file["vectors"].as_array().unwrap() {
            if !COVERED.contains(&vector["family"].as_str().unwrap()) {
                continue;
            }
            // The multiplier only tells where the initial stock comes from.
            for name in vector["inputs"].as_object().unwrap().keys().filter(|name| *name != "multiplier") {
                for wrong in [None, Some(json!({ "x": true })), Some(json!("text")), Some(json!(-1e300))] {
                    let mut broken = vector.clone();
                    let inputs = broken["inputs"].as_object_mut().unwrap();
                    match wrong {
                        None => inputs.remove(name),
                        Some(wrong) => inputs.insert(name.clone(), wrong),
                    };
                    // A shape that is not given is the Poisson case, as `null` is.
                    if name == "nb_shape" && broken["inputs"].get(name).is_none() {
                        continue;
                    }
                    let report = run_value(&json!({ "vectors": [broken] }));
                    assert_eq!(report.failed, 1, "{} without {name}: {}", vector["id"], report.vectors[0].detail);
                }
            }
        }
    }

    #[test]
    fn an_unknown_family_is_not_covered() {
        let report = run_value(&json!({ "vectors": [{ "id": "x-01", "family": "x", "inputs": {}, "expected": {} }] }));
        assert_eq!((report.passed, report.failed, report.not_covered), (0, 0, 1));
        let text = serde_json::to_value(&report).unwrap();
        assert_eq!((&text["not_covered"], &text["vectors"][0]["status"]), (&json!(1), &json!("not-covered")));
    }

    #[test]
    fn a_field_that_is_not_computed_fails() {
        let mut file = built_in();
        let vector = file["vectors"].as_array_mut().unwrap().iter_mut().find(|v| v["id"] == "eoq-01").unwrap();
        vector["expected"]["colour"] = json!(1.0);
        let report = run_value(&json!({ "vectors": [vector] }));
        assert_eq!(report.failed, 1);
        assert!(report.vectors[0].detail.contains("`colour`"), "{}", report.vectors[0].detail);
    }

    #[test]
    fn a_vector_that_expects_nothing_fails() {
        let inputs = json!({ "fixed_cost": 8, "holding_cost": 0.225, "demand_rate": 1300 });
        for expected in [json!({}), json!(null), json!([])] {
            let vector = json!({ "id": "a", "family": "eoq", "inputs": inputs, "expected": expected });
            assert_eq!(run_value(&json!({ "vectors": [vector] })).failed, 1);
        }
    }
}
