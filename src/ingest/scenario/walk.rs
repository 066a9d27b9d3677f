//! A TOML document held against a JSON Schema, every problem collected, and its JSON value built on the way.
//!
//! Only what schemars writes for the scenario's types is understood: objects, arrays, scalars, string choices, tables
//! tagged by `kind`, and unions with null. It knows no scenario rule.

use std::ops::Range;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

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
            } else if let Some(other) =
                schema["anyOf"].as_array().and_then(|any| any.iter().find(|s| s["type"] != "null"))
            {
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
            (Some("array"), DeValue::Array(items)) => self.array(schema, found, items, path),
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
    pub(super) fn object(&mut self, schema: &'a Value, table: &DeTable<'_>, span: Range<usize>, path: &str) -> Value {
        let mut object = Map::new();
        let mut meant = Vec::new();
        for (key, value) in table {
            let name: &str = key.get_ref();
            let inner = place::join(path, name);
            if let Some(known) = schema["properties"].get(name) {
                object.insert(name.to_owned(), self.value(known, value, &inner));
                continue;
            }
            let free = keys(schema).filter(|key| !table.contains_key(*key));
            let near = nearest(name, free);
            meant.extend(near);
            let help = self.key_help(name, near, schema, path);
            let problem = format!("unknown key `{}`", shown(name));
            let finding = Finding::new(FindingKind::UnknownKey, key.span(), inner, problem);
            self.findings.push(Finding { help: Some(help), ..finding });
        }
        for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            // A misspelt key is one mistake, not two.
            if !table.contains_key(key) && !meant.contains(&key) {
                let about = schema["properties"][key]["description"].as_str();
                let help = about.map(|about| format!("`{key}`: {}", about.trim_end_matches('.')));
                self.missing(span.clone(), place::join(path, key), format!("missing key `{key}`"), help);
            }
        }
        Value::Object(object)
    }

    /// A list.
    fn array(&mut self, schema: &'a Value, found: &Spanned<DeValue<'_>>, items: &DeArray<'_>, path: &str) -> Value {
        let count = items.len() as u64;
        let (least, most) = (schema["minItems"].as_u64().unwrap_or(0), schema["maxItems"].as_u64().unwrap_or(u64::MAX));
        if count < least || count > most {
            let wanted = match (least, most) {
                (least, most) if least == most => format!("exactly {least}"),
                (least, u64::MAX) => format!("at least {least}"),
                (least, most) => format!("from {least} to {most}"),
            };
            self.refuse(found.span(), path, format!("a list of {count}; {wanted} are wanted"), None);
        }
        let each = items.iter().enumerate().map(|(at, item)| {
            let of_item = schema["prefixItems"].get(at).unwrap_or(&schema["items"]);
            self.value(of_item, item, &format!("{path}[{at}]"))
        });
        Value::Array(each.collect())
    }

    /// What to do about an unknown key.
    fn key_help(&self, name: &str, near: Option<&str>, schema: &Value, path: &str) -> String {
        if let Some(near) = near {
            format!("did you mean `{near}`?")
        } else if schema["properties"].get(name).is_none() && self.root["properties"].get(name).is_some() {
            format!("`{name}` belongs at the top of the file, before the first [table], not in `{}`", shown(path))
        } else {
            format!("known keys here: {}", listed(keys(schema)))
        }
    }

    /// What to do where a table or list has the wrong form.
    fn shape_help(&self, schema: &'a Value, found: &Spanned<DeValue<'_>>, path: &str) -> Option<String> {
        let raw = scalar::raw(self.text, found);
        let tables = self.resolve(&schema["items"]);
        let of_tables = tables["type"] == "object" || tables["oneOf"][0]["type"] == "object";
        match (wanted_type(schema)?, found.get_ref()) {
            ("array", DeValue::Table(_)) if of_tables && !path.contains('.') => {
                Some(format!("write [[{path}]], with two brackets, once for each"))
            }
            ("array", DeValue::Table(_)) if of_tables => Some("write a list of tables: [{ ... }, { ... }]".to_owned()),
            ("array", DeValue::Table(_) | DeValue::Array(_)) => None,
            ("array", _) if !of_tables => Some(format!("write a list: [{raw}]")),
            ("object", DeValue::Array(_)) => Some("write it once, as one table".to_owned()),
            ("object", _) => Some(format!("its keys: {}", listed(keys(schema)))),
            _ => None,
        }
    }
}

/// The keys that a schema of an object knows.
pub(super) fn keys(schema: &Value) -> impl Iterator<Item = &str> {
    schema["properties"].as_object().into_iter().flat_map(|properties| properties.keys().map(String::as_str))
}

/// The one type that is wanted; null cannot be written in TOML.
pub(super) fn wanted_type(schema: &Value) -> Option<&str> {
    match &schema["type"] {
        Value::String(name) => Some(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        _ => None,
    }
}
