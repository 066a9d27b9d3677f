//! Texts, numbers, truth values and dates: the right type, within the schema's range.

use serde_json::{Number, Value};
use toml::Spanned;
use toml::de::DeValue;

use super::super::text::shown;
use crate::calendar::Date;

/// A problem and what to do about it.
pub(super) type Refusal = (String, Option<String>);

/// What a date looks like.
pub(super) const DATE_HELP: &str = "write year-month-day, such as 2026-11-11";

/// Reads a value that has to be of type `wanted`.
pub(super) fn read(text: &str, schema: &Value, wanted: &str, found: &Spanned<DeValue<'_>>) -> Result<Value, Refusal> {
    if wanted == "string" && schema["format"] == "date" {
        return date(text, found);
    }
    match (wanted, found.get_ref()) {
        ("string", DeValue::String(value)) => Ok(Value::String(value.to_string())),
        ("boolean", DeValue::Boolean(value)) => Ok(Value::Bool(*value)),
        ("integer", DeValue::Integer(value)) => {
            let raw = raw(text, found);
            let number = i128::from_str_radix(value.as_str(), value.radix()).unwrap_or(i128::MAX);
            in_range(number as f64, schema, &raw)?;
            let number = u64::try_from(number).map(Number::from).or_else(|_| i64::try_from(number).map(Number::from));
            number.map(Value::Number).map_err(|_| (format!("`{raw}` is too large"), None))
        }
        ("number", DeValue::Integer(value)) => {
            let number = i128::from_str_radix(value.as_str(), value.radix()).unwrap_or(i128::MAX);
            real(number as f64, schema, &raw(text, found))
        }
        ("number", DeValue::Float(value)) => {
            real(value.as_str().parse().unwrap_or(f64::NAN), schema, &raw(text, found))
        }
        _ => Err(wrong_type(text, name_of(wanted), found)),
    }
}

/// The value as it stands in the file.
pub(super) fn raw(text: &str, found: &Spanned<DeValue<'_>>) -> String {
    shown(text.get(found.span()).unwrap_or_default())
}

/// A value of another type than the one wanted.
pub(super) fn wrong_type(text: &str, wanted: &str, found: &Spanned<DeValue<'_>>) -> Refusal {
    let raw = raw(text, found);
    let is = match found.get_ref() {
        DeValue::Table(_) => return (format!("a table stands here; {wanted} is wanted"), None),
        DeValue::Array(_) => return (format!("a list stands here; {wanted} is wanted"), None),
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a decimal point",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
    };
    let help = match (wanted, found.get_ref()) {
        (TEXT, DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_)) => {
            Some(format!("write it in quotes: \"{raw}\""))
        }
        (NUMBER, DeValue::String(value)) if value.parse().is_ok_and(f64::is_finite) => unquoted(value),
        (WHOLE, DeValue::String(value)) if value.parse::<u64>().is_ok() => unquoted(value),
        (TRUTH, DeValue::String(value)) if value == "true" || value == "false" => unquoted(value),
        (WHOLE, DeValue::Float(value)) => {
            let number = value.as_str().parse::<f64>().ok().filter(|n| n.fract() == 0.0 && n.abs() < 1e15);
            number.map(|number| format!("write {number:.0}"))
        }
        _ => None,
    };
    (format!("`{raw}` is {is}; {wanted} is wanted"), help)
}

/// How a text is called.
pub(super) const TEXT: &str = "a text";
const NUMBER: &str = "a number";
const WHOLE: &str = "a whole number";
const TRUTH: &str = "true or false";

/// A type's name for people.
fn name_of(wanted: &str) -> &'static str {
    match wanted {
        "string" => TEXT,
        "number" => NUMBER,
        "integer" => WHOLE,
        "boolean" => TRUTH,
        "array" => "a list",
        _ => "a table",
    }
}

fn unquoted(value: &str) -> Option<String> {
    Some(format!("write {} without quotes", shown(value)))
}

fn date(text: &str, found: &Spanned<DeValue<'_>>) -> Result<Value, Refusal> {
    let written = match found.get_ref() {
        DeValue::String(value) => value.to_string(),
        DeValue::Datetime(value) => value.to_string(),
        _ => return Err((wrong_type(text, "a date", found).0, Some(DATE_HELP.to_owned()))),
    };
    match written.parse::<Date>() {
        Ok(date) => Ok(Value::String(date.to_string())),
        Err(_) => Err((format!("`{}` is not a date", shown(&written)), Some(DATE_HELP.to_owned()))),
    }
}

fn real(number: f64, schema: &Value, raw: &str) -> Result<Value, Refusal> {
    in_range(number, schema, raw)?;
    Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
}

/// Holds a number against the bounds of a schema, those that its integer format implies among them.
fn in_range(number: f64, schema: &Value, raw: &str) -> Result<(), Refusal> {
    if !number.is_finite() {
        return Err((format!("`{raw}` is not a finite number"), None));
    }
    let of_format = match schema["format"].as_str() {
        Some("uint8") => Some(f64::from(u8::MAX)),
        Some("uint16") => Some(f64::from(u16::MAX)),
        Some("uint32") => Some(f64::from(u32::MAX)),
        _ => None,
    };
    let bound = |name: &str| schema[name].as_f64();
    let least = bound("minimum").map(|least| (least, number >= least, format!("at least {least}")));
    let above = bound("exclusiveMinimum").map(|least| (least, number > least, format!("above {least}")));
    let most = bound("maximum").or(of_format).map(|most| (most, number <= most, format!("at most {most}")));
    let below = bound("exclusiveMaximum").map(|most| (most, number < most, format!("below {most}")));
    let (low, high) = (above.or(least), below.or(most));
    let held = |bound: &Option<(f64, bool, String)>| bound.as_ref().is_none_or(|(_, held, _)| *held);
    if held(&low) && held(&high) {
        return Ok(());
    }
    let share = high.as_ref().is_some_and(|(most, ..)| *most == 1.0) && number > 1.0 && number < 100.0;
    let help = share.then(|| format!("a share is written as a fraction: {} for {number} %", rounded(number / 100.0)));
    let rules: Vec<String> = [low, high].into_iter().flatten().map(|(_, _, rule)| rule).collect();
    Err((format!("`{raw}` is out of range; it must be {}", rules.join(" and ")), help))
}

/// Without the last bits of a division.
fn rounded(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}
