//! How units look in the scenario's JSON Schema: plain numbers with their ranges.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{Multiplier, Probability, ServiceLevel, Units};

macro_rules! schema {
    ($type:ty, $name:literal, $($schema:tt)+) => {
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($($schema)+)
            }
        }
    };
}

schema!(Probability, "Probability", { "type": "number", "minimum": 0.0, "maximum": 1.0 });
schema!(ServiceLevel, "ServiceLevel", { "type": "number", "exclusiveMinimum": 0.0, "exclusiveMaximum": 1.0 });
schema!(Multiplier, "Multiplier", { "type": "number", "exclusiveMinimum": 0.0, "maximum": 100.0 });
schema!(Units, "Units", { "type": "integer", "minimum": 0, "maximum": 1_000_000_000 });
