//! `stockburst schema`

use super::print;
use crate::cli::Exit;

/// Prints the JSON Schema of scenario files.
pub(super) fn schema() -> Exit {
    match serde_json::to_string_pretty(&crate::ingest::scenario_schema()) {
        Ok(text) => print(&text),
        Err(error) => {
            crate::cli::output::talk(&format!("error: failed to write the schema: {error}"));
            Exit::Failed
        }
    }
}
