//! Values that are one of several: names, and tables told apart by their `kind`.

use serde_json::Value;
use toml::Spanned;
use toml::de::DeValue;

use super::super::text::{listed, nearest, shown};
use super::place;
use super::scalar;
use super::walk::Walker;

/// The key that tells tagged tables apart.
const TAG: &str = "kind";

impl<'a> Walker<'a> {
    /// One of several names, or one of several tagged tables.
    pub(super) fn one_of(&mut self, alternatives: &'a [Value], found: &Spanned<DeValue<'_>>, path: &str) -> Value {
        let tagged: Vec<(&'a str, &'a Value)> = alternatives
            .iter()
            .map(|schema| self.resolve(schema))
            .filter_map(|schema| Some((schema["properties"][TAG]["const"].as_str()?, schema)))
            .collect();
        if !tagged.is_empty() {
            return self.tagged(&tagged, found, path);
        }
        let names: Vec<&str> = alternatives.iter().flat_map(names).collect();
        match found.get_ref() {
            DeValue::String(name) if names.contains(&name.as_ref()) => Value::String(name.to_string()),
            DeValue::String(name) => {
                self.unknown_name(name, &names, found, path);
                Value::Null
            }
            _ => {
                let (problem, _) = scalar::wrong_type(self.text, scalar::TEXT, found);
                self.refuse(found.span(), path, problem, Some(format!("one of {}", quoted(&names))));
                Value::Null
            }
        }
    }

    fn tagged(&mut self, tagged: &[(&'a str, &'a Value)], found: &Spanned<DeValue<'_>>, path: &str) -> Value {
        let kinds: Vec<&str> = tagged.iter().map(|(kind, _)| *kind).collect();
        let DeValue::Table(table) = found.get_ref() else {
            let (problem, _) = scalar::wrong_type(self.text, "a table with a `kind`", found);
            let kind = match found.get_ref() {
                DeValue::String(name) => nearest(name, kinds.iter().copied()),
                _ => None,
            };
            let help = match kind {
                Some(kind) => format!("write {{ kind = \"{kind}\" }}"),
                None => format!("write {{ kind = ... }} with one of {}", quoted(&kinds)),
            };
            self.refuse(found.span(), path, problem, Some(help));
            return Value::Null;
        };
        let inner = place::join(path, TAG);
        match table.get(TAG).map(|kind| (kind, kind.get_ref())) {
            None => {
                let help = format!("one of {}", quoted(&kinds));
                self.missing(found.span(), inner, format!("missing key `{TAG}`"), Some(help));
                Value::Null
            }
            Some((kind, DeValue::String(name))) => match tagged.iter().find(|(known, _)| known == name) {
                Some((_, schema)) => self.object(schema, table, found.span(), path),
                None => {
                    self.unknown_name(name, &kinds, kind, &inner);
                    Value::Null
                }
            },
            Some((kind, _)) => {
                let (problem, _) = scalar::wrong_type(self.text, scalar::TEXT, kind);
                self.refuse(kind.span(), &inner, problem, Some(format!("one of {}", quoted(&kinds))));
                Value::Null
            }
        }
    }

    fn unknown_name(&mut self, name: &str, names: &[&str], found: &Spanned<DeValue<'_>>, path: &str) {
        let key = path.rsplit('.').next().unwrap_or(path);
        let problem = match key.split_once('[') {
            // An entry of a list.
            Some((list, _)) => format!("`{}` is unknown in {}", shown(name), shown(list)),
            None => format!("`{}` is not a known {}", shown(name), shown(key)),
        };
        let help = match nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("one of {}", quoted(names)),
        };
        self.refuse(found.span(), path, problem, Some(help));
    }
}

/// The texts that a schema allows.
fn names(schema: &Value) -> impl Iterator<Item = &str> {
    let several = schema["enum"].as_array().into_iter().flatten();
    schema.get("const").into_iter().chain(several).filter_map(Value::as_str)
}

fn quoted(names: &[&str]) -> String {
    listed(names.iter().copied())
}
