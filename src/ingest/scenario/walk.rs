//! A TOML document held against a JSON Schema, every problem collected, and its JSON value built on the way.
//!
//! Only what schemars writes for the scenario's types is understood: objects, arrays, scalars, string choices, tables
//! tagged by `kind`, and unions with null. It knows no scenario rule.

use std::ops::Range;

use serde_json::{Map, Value};
use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::text::{listed, nearest, shown};
use super::place;
use super::scalar;

/// What sort of problem a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FindingKind {
    /// Not TOML.
    Syntax,
    /// A key that the schema does not have.
    UnknownKey,
    /// A key that the schema requires.
    Missing,
    /// A value that the schema refuses.
    Value,
    /// A rule of the scenario.
    Rule,
}

/// A problem with its bytes in the file.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) kind: FindingKind,
    pub(super) span: Range<usize>,
    pub(super) path: String,
    pub(super) problem: String,
    pub(super) help: Option<String>,
}

impl Finding {
    pub(super) const fn new(kind: FindingKind, span: Range<usize>, path: String, problem: String) -> Self {
        Self { kind, span, path, problem, help: None }
    }

    /// Whether the rest of the file can still be judged: a surplus key below the top.
    pub(super) fn keeps_meaning(&self) -> bool {
        self.kind == FindingKind::UnknownKey && self.path.contains('.')
    }

    /// Whether a broken rule at `path` may only follow from this surplus key.
    pub(super) fn explains(&self, path: &str) -> bool {
        let table = self.path.rsplit_once('.').map_or("", |(table, _)| table);
        path.starts_with(table) || table.starts_with(path)
    }
}

/// Walks the document; gives its JSON value without unknown keys, and the findings.
pub(super) fn walk(text: &str, document: &DeTable<'_>, schema: &Value) -> (Value, Vec<Finding>) {
    let mut walker = Walker { text, root: schema, findings: Vec::new() };
    let value = walker.object(schema, document, 0..0, "");
    (value, walker.findings)
}

/// The walk in progress.
pub(super) struct Walker<'a> {
    pub(super) text: &'a str,
    root: &'a Value,
    findings: Vec<Finding>,
}

impl<'a> Walker<'a> {
    /// Follows references and drops the null of a union.
    pub(super) fn resolve(&self, mut schema: &'a Value) -> &'a Value {
        // A reference of a reference is as deep as schemars goes; the bound only ends a circle.
        for _ in 0..16 {
            if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
                schema = &self.root["$defs"][name];
            } else if let Some(other) = schema["anyOf"].as_array().and_then(|any| any.iter().find(|s| s["type"] != "null")) {
                schema = other;
            } else {
                break;
            }
        }
        schema
    }

    /// Notes a problem of a value.
    pub(super) fn refuse(&mut self, span: Range<usize>, path: &str, problem: String, help: Option<String>) {
        let finding = Finding::new(FindingKind::Value, span, path.to_owned(), problem);
        self.findings.push(Finding { help, ..finding });
    }

    /// Notes a key that is not there.
    pub(super) fn missing(&mut self, span: Range<usize>, path: String, problem: String, help: Option<String>) {
        self.findings.push(Finding { help, ..Finding::new(FindingKind::Missing, span, path, problem) });
    }

    /// Any value.
    pub(super) fn value(&mut self, schema: &'a Value, found: &Spanned<DeValue<'_>>, path: &str) -> Value {
        let schema = self.resolve(schema);
        if let Some(alternatives) = schema["oneOf"].as_array() {
            return self.one_of(alternatives, found, path);
        }
        if schema.get("enum").is_some() || schema.get("const").is_some() {
            return self.one_of(std::slice::from_ref(schema), found, path);
        }
        match (wanted_type(schema), found.get_ref()) {
            (Some("object"), DeValue::Table(table)) => self.object(schema, table, found.span(), path),
            (Some("array"), DeValue::Array(items)) => self.array(schema, items.iter(), found.span(), path),
            (Some(wanted), _) => match scalar::read(self.text, schema, wanted, found) {
                Ok(value) => value,
                Err((problem, mut help)) => {
                    help = help.or_else(|| self.shape_help(schema, found, path));
                    self.refuse(found.span(), path, problem, help);
                    Value::Null
                }
            },
            (None, _) => Value::Null,
        }
    }

    /// A table with known keys.
    pub(super) fn object(
        &mut self,
        schema: &'a Value,
        table: &DeTable<'_>,
        span: Range<usize>,
        path: &str,
    ) -> Value {
        let no_keys = Map::new();
        let properties = schema["properties"].as_object().unwrap_or(&no_keys);
        let mut object = Map::new();
        let mut meant = Vec::new();
        for (key, value) in table {
            let name: &str = key.get_ref();
            let inner = place::join(path, name);
            if let Some((property, known)) = properties.get_key_value(name).filter(|_| schema.is_object()) {
                let known = self.property(schema, property).unwrap_or(known_schema(known));
                object.insert(property.clone(), self.value(known, value, &inner));
            } else if schema["additionalProperties"] == Value::Bool(false) {
                let near = nearest(name, properties.keys().map(String::as_str).filter(|key| !table.contains_key(*key)));
                meant.extend(near.map(str::to_owned));
                let finding = Finding {
                    help: Some(self.key_help(name, near, properties, path)),
                    ..Finding::new(FindingKind::UnknownKey, key.span(), inner, format!("unknown key `{}`", shown(name)))
                };
                self.findings.push(finding);
            }
        }
        for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !table.contains_key(key) && !meant.iter().any(|name| name == key) {
                let inner = place::join(path, key);
                let about = properties[key]["description"].as_str().map(str::to_owned);
                self.missing(span.clone(), inner, format!("missing key `{key}`"), about.map(|about| lower(&about)));
            }
        }
        Value::Object(object)
    }
}
