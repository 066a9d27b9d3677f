//! Typed access to a vector's inputs: every number is there, is a number, or is named in the answer.

use serde_json::{Map, Value};

use super::vectors::Vector;
use crate::policy::formula::FormulaError;
use crate::stats::{LawError, Pmf, PmfError};
use crate::units::{Money, Probability, ServiceLevel, UnitError, Units};

/// Why a vector cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(super) enum InputError {
    #[error("input `{0}` is missing")]
    Missing(String),
    #[error("input `{name}` is `{value}`; write {wanted}")]
    Type { name: String, value: Value, wanted: &'static str },
    #[error("{0} has no answer for these inputs")]
    NoAnswer(&'static str),
    #[error(transparent)]
    Formula(#[from] FormulaError),
    #[error(transparent)]
    Law(#[from] LawError),
    #[error(transparent)]
    Pmf(#[from] PmfError),
    #[error(transparent)]
    Unit(#[from] UnitError),
}

/// The largest whole number that a float holds exactly.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

impl Vector {
    fn input(&self, name: &str) -> Result<&Value, InputError> {
        self.inputs.get(name).ok_or_else(|| InputError::Missing(name.to_owned()))
    }

    pub(super) fn typed<T>(
        &self,
        name: &str,
        wanted: &'static str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<T, InputError> {
        let value = self.input(name)?;
        read(value).ok_or_else(|| InputError::Type { name: name.to_owned(), value: value.clone(), wanted })
    }

    /// Whether an input is left out, or `null`.
    pub(super) fn lacks(&self, name: &str) -> bool {
        self.inputs.get(name).is_none_or(Value::is_null)
    }

    pub(super) fn number(&self, name: &str) -> Result<f64, InputError> {
        self.typed(name, "a number", Value::as_f64)
    }

    pub(super) fn whole(&self, name: &str) -> Result<u64, InputError> {
        self.typed(name, "a whole number from 0", whole)
    }

    pub(super) fn units(&self, name: &str) -> Result<Units, InputError> {
        self.whole(name).map(Units)
    }

    pub(super) fn money(&self, name: &str) -> Result<Money, InputError> {
        self.number(name).map(Money)
    }

    pub(super) fn service(&self, name: &str) -> Result<ServiceLevel, InputError> {
        Ok(ServiceLevel::try_new(self.number(name)?)?)
    }

    pub(super) fn probability(&self, name: &str) -> Result<Probability, InputError> {
        Ok(Probability::try_new(self.number(name)?)?)
    }

    pub(super) fn text(&self, name: &str) -> Result<&str, InputError> {
        let value = self.input(name)?;
        value.as_str().ok_or_else(|| InputError::Type { name: name.to_owned(), value: value.clone(), wanted: "a text" })
    }

    /// An input that is itself a set of named inputs.
    pub(super) fn part(&self, name: &str) -> Result<Self, InputError> {
        let inputs = self.typed(name, "an object", |value| value.as_object().cloned())?;
        Ok(Self { inputs, ..self.clone() })
    }

    pub(super) fn numbers(&self, name: &str) -> Result<Vec<f64>, InputError> {
        self.typed(name, "a list of numbers", |value| value.as_array()?.iter().map(Value::as_f64).collect())
    }

    pub(super) fn whole_numbers(&self, name: &str) -> Result<Vec<u64>, InputError> {
        self.typed(name, "a list of whole numbers from 0", |value| value.as_array()?.iter().map(whole).collect())
    }

    /// A list of lists of numbers, row by row.
    pub(super) fn rows(&self, name: &str) -> Result<Vec<Vec<f64>>, InputError> {
        let row = |value: &Value| value.as_array()?.iter().map(Value::as_f64).collect();
        self.typed(name, "a list of lists of numbers", |value| value.as_array()?.iter().map(row).collect())
    }

    /// Lead times in whole periods; `"inf"` for an order that never arrives.
    pub(super) fn lead_times(&self, name: &str) -> Result<Vec<Option<usize>>, InputError> {
        let lead_time = |value: &Value| match value.as_str() {
            Some("inf") => Some(None),
            _ => usize::try_from(whole(value)?).ok().map(Some),
        };
        let wanted = "a list of whole numbers from 0, or \"inf\" for what never arrives";
        self.typed(name, wanted, |value| value.as_array()?.iter().map(lead_time).collect())
    }

    /// An object from whole numbers to whole numbers, such as `{"6": 300}`.
    pub(super) fn whole_by_whole(&self, name: &str) -> Result<Vec<(u64, u64)>, InputError> {
        let read = |value: &Value| {
            value.as_object()?.iter().map(|(key, value)| Some((key.parse().ok()?, whole(value)?))).collect()
        };
        self.typed(name, "an object of whole numbers by whole numbers", read)
    }

    /// An object from whole numbers to probabilities, such as `{"4": 1.0}`.
    pub(super) fn pmf(&self, name: &str) -> Result<Pmf, InputError> {
        let pairs = self.typed(name, "an object of probabilities by whole numbers", pairs)?;
        Ok(Pmf::from_pairs(&pairs)?)
    }

    /// An object of such objects, in no particular order.
    pub(super) fn pmfs(&self, name: &str) -> Result<Vec<Pmf>, InputError> {
        let read = |value: &Value| value.as_object()?.values().map(pairs).collect::<Option<Vec<_>>>();
        let stages = self.typed(name, "an object of objects of probabilities by whole numbers", read)?;
        stages.iter().map(|pairs| Ok(Pmf::from_pairs(pairs)?)).collect()
    }

    /// The levels that are asked for in the expected fields of the form `<prefix><level>`, with the field's name.
    pub(super) fn levels_asked<'a>(&'a self, prefix: &str) -> Vec<(&'a str, f64)> {
        levels(self.expected.as_object(), prefix)
    }

    /// The levels that are asked for in the object at an expected field, with the level as it is written.
    pub(super) fn levels_asked_in<'a>(&'a self, field: &str) -> Vec<(&'a str, f64)> {
        levels(self.expected.get(field).and_then(Value::as_object), "")
    }
}

fn levels<'a>(fields: Option<&'a Map<String, Value>>, prefix: &str) -> Vec<(&'a str, f64)> {
    let names = fields.into_iter().flat_map(Map::keys);
    names.filter_map(|name| Some((name.as_str(), name.strip_prefix(prefix)?.parse().ok()?))).collect()
}

fn whole(value: &Value) -> Option<u64> {
    let number = value.as_f64()?;
    ((0.0..=LARGEST_WHOLE).contains(&number) && number.fract() == 0.0).then_some(number as u64)
}

fn pairs(value: &Value) -> Option<Vec<(u64, f64)>> {
    value.as_object()?.iter().map(|(key, value)| Some((key.parse().ok()?, value.as_f64()?))).collect()
}
