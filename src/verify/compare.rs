//! Is what came out what was expected, field by field?

use std::fmt;

use serde_json::{Map, Value};

/// Relative tolerance of a value for which a vector states none.
const DEFAULT_RELATIVE: f64 = 1e-9;
/// Standard errors of its own run that a simulated number may lie away, as the vectors state it.
const SIMULATED_ERRORS: f64 = 4.0;

/// How near the values of a vector must come.
///
/// `rel` and `abs` hold for every number, and a number that satisfies either is near enough; `<field>_rel` and
/// `<field>_abs` hold for the field of that name. Any other `..._abs` (`int_abs`, `rop_abs`, ...) holds for every whole
/// number that is expected. A `rule` means that the expected `values` are simulated too, with the `standard_error` of
/// each beside them: four standard errors of the difference are allowed, a piece for a quantile, and at least the
/// `abs_floor` (`abs_floor_<field>` for one field). `exact` allows no difference at all. A value that no key speaks of is held to 1e-9 of
/// itself, so an unknown key never makes a test easier.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tolerance {
    exact: bool,
    /// Whether a simulation may stand in for the exact value, within four of its standard errors.
    simulated: bool,
    /// Whether both sides are simulated.
    ruled: bool,
    floors: Vec<(String, f64)>,
    relative: Option<f64>,
    absolute: Option<f64>,
    whole: Option<f64>,
    fields: Vec<(String, Bound)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Bound {
    relative: f64,
    absolute: f64,
}

/// A tolerance that is not a number from 0.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("tolerance `{key}` is `{value}`; write a number from 0")]
pub(super) struct ToleranceError {
    key: String,
    value: Value,
}

impl Tolerance {
    /// Reads the `tolerance` of a vector.
    pub(super) fn parse(stated: &Map<String, Value>) -> Result<Self, ToleranceError> {
        let exact = stated.get("exact") == Some(&Value::Bool(true));
        let simulated = stated.contains_key("simulated");
        let mut tolerance = Self {
            exact,
            simulated,
            ruled: stated.contains_key("rule"),
            floors: Vec::new(),
            relative: None,
            absolute: None,
            whole: None,
            fields: Vec::new(),
        };
        for (key, value) in stated {
            let number = || {
                let number = value.as_f64().filter(|number| *number >= 0.0);
                number.ok_or_else(|| ToleranceError { key: key.clone(), value: value.clone() })
            };
            match key.as_str() {
                "rel" => tolerance.relative = Some(number()?),
                "abs" => tolerance.absolute = Some(number()?),
                _ => {
                    if let Some(field) = key.strip_prefix("abs_floor") {
                        tolerance.floors.push((field.trim_start_matches('_').to_owned(), number()?));
                    } else if let Some(field) = key.strip_suffix("_rel") {
                        tolerance.fields.push((field.to_owned(), Bound { relative: number()?, absolute: 0.0 }));
                    } else if let Some(field) = key.strip_suffix("_abs") {
                        let absolute = number()?;
                        tolerance.whole = Some(tolerance.whole.map_or(absolute, |whole| whole.min(absolute)));
                        tolerance.fields.push((field.to_owned(), Bound { relative: 0.0, absolute }));
                    }
                }
            }
        }
        Ok(tolerance)
    }

    /// The least difference that is allowed for a simulated field.
    fn floor(&self, field: &str) -> f64 {
        let stated = |name: &str| self.floors.iter().find(|(of, _)| of == name).map(|(_, floor)| *floor);
        stated(field).or_else(|| stated("")).unwrap_or(0.0)
    }

    fn bound(&self, field: &str, expected: &Value) -> Bound {
        if self.exact {
            return Bound { relative: 0.0, absolute: 0.0 };
        }
        if let Some((_, bound)) = self.fields.iter().find(|(name, _)| name == field) {
            return *bound;
        }
        if let Some(absolute) = self.whole.filter(|_| expected.is_i64() || expected.is_u64()) {
            return Bound { relative: 0.0, absolute };
        }
        match (self.relative, self.absolute) {
            (None, None) => Bound { relative: DEFAULT_RELATIVE, absolute: 0.0 },
            (relative, absolute) => Bound { relative: relative.unwrap_or(0.0), absolute: absolute.unwrap_or(0.0) },
        }
    }
}

/// One value that is not as expected.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mismatch {
    /// Path of the field, such as `wilson[0]`.
    field: String,
    expected: Value,
    /// What came out; nothing if the field is not computed.
    got: Option<Value>,
    /// The difference that was allowed, of a number.
    allowed: Option<f64>,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, expected, got, allowed } = self;
        match (got, allowed) {
            (None, _) => write!(f, "`{field}` is expected to be {expected} and is not computed"),
            (Some(got), None) => write!(f, "`{field}` is expected to be {expected}, got {got}"),
            (Some(got), Some(allowed)) => {
                write!(f, "`{field}` is expected to be {expected} within {allowed:.1e}, got {got}")
            }
        }
    }
}

/// How many values were compared, and which are not as expected.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Comparison {
    pub(super) compared: usize,
    pub(super) mismatches: Vec<Mismatch>,
}

/// Compares everything that is expected; what was computed beside it does not matter.
pub(super) fn compare(expected: &Value, got: &Value, tolerance: &Tolerance) -> Comparison {
    let mut comparison = Comparison::default();
    match (expected.get("values").and_then(Value::as_object), expected.get("standard_error")) {
        (Some(values), Some(errors)) if tolerance.ruled => {
            for (field, expected) in values {
                comparison.by_rule(
                    field,
                    expected,
                    errors.get(field),
                    got.pointer(&format!("/values/{field}")),
                    tolerance,
                );
            }
        }
        _ => comparison.walk("", "", expected, Some(got), tolerance),
    }
    if comparison.compared == 0 && comparison.mismatches.is_empty() {
        comparison.fail("expected", expected, Some(got), None);
    }
    comparison
}

impl Comparison {
    fn fail(&mut self, field: &str, expected: &Value, got: Option<&Value>, allowed: Option<f64>) {
        let (expected, got) = (expected.clone(), got.cloned());
        self.mismatches.push(Mismatch { field: field.to_owned(), expected, got, allowed });
    }

    /// A value of a simulation against that of another. Only quantiles come without an error, and may differ by a piece.
    fn by_rule(
        &mut self,
        field: &str,
        expected: &Value,
        error: Option<&Value>,
        got: Option<&Value>,
        tolerance: &Tolerance,
    ) {
        let path = format!("values.{field}");
        let Some(got) = got else { return self.fail(&path, expected, None, None) };
        let part = |name: &str| got.get(name).and_then(Value::as_f64);
        let quantile = field.strip_prefix('q').is_some_and(|level| level.starts_with(|c: char| c.is_ascii_digit()));
        let (value, allowed) = match (got.as_f64(), part("value"), part("standard_error"), error) {
            (Some(value), ..) if quantile => (value, 1.0),
            (None, Some(value), Some(own), Some(error)) => {
                (value, SIMULATED_ERRORS * own.hypot(error.as_f64().unwrap_or(f64::NAN)))
            }
            _ => (f64::NAN, 0.0),
        };
        self.compared += 1;
        let allowed = allowed.max(tolerance.floor(field));
        // Not `>`, so that a NaN is never near enough.
        let near = (value - expected.as_f64().unwrap_or(f64::NAN)).abs() <= allowed;
        if !near {
            self.fail(&path, expected, Some(got), Some(allowed));
        }
    }

    /// `path` tells where we are; `field` is the innermost name, which is what a tolerance may speak of.
    fn walk(&mut self, path: &str, field: &str, expected: &Value, got: Option<&Value>, tolerance: &Tolerance) {
        match (expected, got) {
            (Value::Object(fields), Some(Value::Object(values))) => {
                for (name, expected) in fields {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    self.walk(&path, name, expected, values.get(name), tolerance);
                }
            }
            (Value::Array(items), Some(Value::Array(values))) if items.len() == values.len() => {
                for (index, (expected, value)) in items.iter().zip(values).enumerate() {
                    self.walk(&format!("{path}[{index}]"), field, expected, Some(value), tolerance);
                }
            }
            // A simulated number carries its own standard error: four of them are allowed, if the vector allows a
            // simulation at all.
            (Value::Number(_), Some(Value::Object(simulated))) if tolerance.simulated => {
                self.compared += 1;
                let part = |name: &str| simulated.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
                let allowed = SIMULATED_ERRORS * part("standard_error");
                let near = (part("value") - expected.as_f64().unwrap_or(f64::NAN)).abs() <= allowed;
                if !near {
                    self.fail(path, expected, simulated.get("value"), Some(allowed));
                }
            }
            (Value::Number(_), Some(Value::Number(_))) => {
                self.compared += 1;
                let bound = tolerance.bound(field, expected);
                let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
                let (wanted, value) = (number(expected), got.map_or(f64::NAN, number));
                let allowed = bound.absolute.max(bound.relative * wanted.abs());
                // Not `>`, so that a NaN is never near enough.
                let near = (value - wanted).abs() <= allowed;
                if !near {
                    self.fail(path, expected, got, Some(allowed));
                }
            }
            (Value::Bool(_) | Value::String(_), Some(value)) if expected == value => self.compared += 1,
            _ => self.fail(if path.is_empty() { "expected" } else { path }, expected, got, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mismatches(expected: Value, got: Value, tolerance: Value) -> Vec<String> {
        let tolerance = Tolerance::parse(tolerance.as_object().unwrap()).unwrap();
        compare(&expected, &got, &tolerance).mismatches.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn either_of_relative_and_absolute_is_enough() {
        let both = json!({ "rel": 1e-3, "abs": 0.5 });
        assert!(
            mismatches(json!({ "a": 1000.0, "b": 1e-9 }), json!({ "a": 1000.9, "b": 0.4 }), both.clone()).is_empty()
        );
        let wrong = mismatches(json!({ "a": 1000.0 }), json!({ "a": 1001.1 }), both);
        assert_eq!(wrong, ["`a` is expected to be 1000.0 within 1.0e0, got 1001.1"]);
    }

    #[test]
    fn whole_numbers_and_named_fields_have_their_own_bounds() {
        let tolerance = json!({ "rel": 0.5, "int_abs": 0, "cost_rel": 1e-6, "note": "for the reader" });
        assert_eq!(mismatches(json!({ "S": 8 }), json!({ "S": 9.0 }), tolerance.clone()).len(), 1);
        assert_eq!(mismatches(json!({ "S": 8 }), json!({ "S": 8.0 }), tolerance.clone()).len(), 0);
        assert_eq!(mismatches(json!({ "x": 8.0 }), json!({ "x": 9.0 }), tolerance.clone()).len(), 0);
        assert_eq!(mismatches(json!({ "a": { "cost": 8.0 } }), json!({ "a": { "cost": 8.1 } }), tolerance).len(), 1);
    }

    #[test]
    fn a_value_that_no_key_speaks_of_is_held_tightly() {
        for tolerance in [json!({}), json!({ "rell": 1.0 }), json!({ "exact": false })] {
            assert_eq!(mismatches(json!({ "x": 1.0 }), json!({ "x": 1.0 + 1e-8 }), tolerance).len(), 1);
        }
        assert_eq!(mismatches(json!({ "x": 1.0 }), json!({ "x": 1.0 + 1e-15 }), json!({ "exact": true })).len(), 1);
    }

    #[test]
    fn two_simulations_are_held_to_the_error_of_their_difference() {
        let tolerance = json!({ "rule": "4 errors; quantile +-1", "abs_floor": 1e-6, "abs_floor_rate": 0.01 });
        let expected = json!({
            "values": { "mean": 10.0, "rate": 1.0, "q95_units": 16.0 },
            "standard_error": { "mean": 0.3, "rate": 0.0 },
        });
        let wrong = |mean: f64, rate: f64, quantile: f64| {
            let simulated = |value: f64, error: f64| json!({ "value": value, "standard_error": error });
            let values = json!({ "mean": simulated(mean, 0.4), "rate": simulated(rate, 0.0), "q95_units": quantile });
            mismatches(expected.clone(), json!({ "values": values }), tolerance.clone())
        };
        // 4 x sqrt(0.3² + 0.4²) = 2.
        assert!(wrong(11.99, 1.009, 17.0).is_empty());
        assert_eq!(
            (wrong(12.01, 1.0, 16.0).len(), wrong(10.0, 1.011, 16.0).len(), wrong(10.0, 1.0, 17.1).len()),
            (1, 1, 1)
        );
        assert_eq!(mismatches(expected.clone(), json!({ "values": {} }), tolerance.clone()).len(), 3);
        assert_eq!(
            mismatches(expected, json!({ "values": { "mean": 10.0, "rate": 1.0, "q95_units": 16 } }), tolerance).len(),
            2
        );
    }

    #[test]
    fn shapes_must_agree() {
        let loose = json!({ "rel": 1.0 });
        let wrong = |expected: Value, got: Value| mismatches(expected, got, loose.clone());
        assert_eq!(wrong(json!({ "a": [1.0, 2.0] }), json!({ "a": [1.0] })).len(), 1);
        assert_eq!(wrong(json!({ "a": 1.0 }), json!({ "a": [1.0] })).len(), 1);
        assert_eq!(wrong(json!({ "a": 1.0 }), json!({ "a": null })).len(), 1);
        assert_eq!(wrong(json!({ "a": null }), json!({ "a": null })).len(), 1);
        assert_eq!(
            wrong(json!({ "a": { "b": 1.0 } }), json!({})),
            ["`a` is expected to be {\"b\":1.0} and is not computed"]
        );
        assert_eq!(wrong(json!({ "t": [{ "on": true }] }), json!({ "t": [{ "on": false }] })).len(), 1);
        assert_eq!(wrong(json!({}), json!({ "a": 1.0 })).len(), 1);
    }

    #[test]
    fn a_tolerance_must_be_a_number() {
        for bad in [json!("1e-9"), json!(-1.0), json!(null)] {
            for key in ["rel", "abs", "cost_rel", "S_abs"] {
                assert!(Tolerance::parse(json!({ key: bad }).as_object().unwrap()).is_err());
            }
        }
    }
}
