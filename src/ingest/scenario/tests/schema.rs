//! The schema, and the files that are shipped.

use super::*;

#[test]
fn the_schema_names_its_dialect() {
    let schema = scenario_schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["title"], "stockburst scenario");
    assert_eq!(schema["additionalProperties"], false);
}

/// The scenarios that are shipped are right, as are the tables that they name.
#[test]
fn shipped_scenarios_are_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for entry in folder.read_dir().expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let loaded = load_scenario(&path).unwrap_or_else(|error| panic!("{}", error.render(false)));
            if let Some(history) = &loaded.scenario.spec().history {
                let tables = crate::ingest::load_history(loaded.source.folder(), history);
                assert!(tables.is_ok(), "{:?}", tables.err());
            }
        }
    }
}

/// The schema uses only what the walker understands.
#[test]
fn the_schema_holds_no_surprise() {
    const KNOWN: [&str; 18] = [
        "$ref",
        "additionalProperties",
        "anyOf",
        "const",
        "default",
        "description",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "items",
        "maxItems",
        "maximum",
        "minItems",
        "minimum",
        "oneOf",
        "required",
        "type",
    ];
    fn visit(schema: &serde_json::Value) {
        for (key, value) in schema.as_object().into_iter().flatten() {
            match (key.as_str(), value) {
                ("properties" | "$defs", value) => value.as_object().into_iter().flatten().for_each(|(_, v)| visit(v)),
                ("$schema" | "title", _) => {}
                (key, value) => {
                    assert!(KNOWN.contains(&key), "{key}");
                    match key {
                        "items" => visit(value),
                        "oneOf" | "anyOf" => value.as_array().into_iter().flatten().for_each(visit),
                        _ => {}
                    }
                }
            }
        }
    }
    visit(&scenario_schema());
}
