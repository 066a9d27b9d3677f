//! A user's own file of vectors: numbers at the ends of their range end in a verdict, soon.

use serde_json::{Value, json};
use stockburst::verify::{BUILT_IN, Status, verify};

/// Each number of each input of one vector of each family that is a plain formula, blown up, shrunk to nothing and
/// made as large as a count can be. Whoever computes one by one must refuse, not try.
#[test]
fn extreme_inputs_are_answered_or_refused() {
    let file: Value = serde_json::from_str(BUILT_IN).expect("the built-in vectors are JSON");
    let report = verify(BUILT_IN).expect("the built-in vectors are read");
    let simulated = ["sq-lostsales-daily-exact", "replay-trace"];
    let mut seen = std::collections::BTreeSet::new();
    for (vector, outcome) in file["vectors"].as_array().expect("a list").iter().zip(&report.vectors) {
        let family = outcome.family.as_str();
        let plain = outcome.status == Status::Passed && !simulated.contains(&family) && !family.ends_with("-sim");
        if !plain || !seen.insert(family) {
            continue;
        }
        let mut changed = Vec::new();
        for name in vector["inputs"].as_object().expect("inputs").keys() {
            for extreme in [json!(1e300), json!(1e-300), json!(9_007_199_254_740_992_u64), json!(1_048_576), json!(0)] {
                let mut vector = vector.clone();
                replace_numbers(&mut vector["inputs"][name], &extreme);
                changed.push(vector);
            }
        }
        let answered = verify(&json!({ "vectors": changed }).to_string()).expect("a file of vectors");
        assert_eq!(answered.not_covered, 0, "{family}");
        // What is blown up is not what was asked: not all of it can pass, and nothing may be silent about why.
        assert!(answered.failed > 0, "{family}");
        assert!(answered.vectors.iter().all(|vector| !vector.detail.is_empty()), "{family}");
    }
    assert!(seen.len() > 40, "{seen:?}");
}

fn replace_numbers(value: &mut Value, by: &Value) {
    match value {
        Value::Number(_) => *value = by.clone(),
        Value::Array(items) => items.iter_mut().for_each(|item| replace_numbers(item, by)),
        Value::Object(fields) => fields.values_mut().for_each(|field| replace_numbers(field, by)),
        _ => {}
    }
}
