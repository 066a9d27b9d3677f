//! Files in: scenario files and tables of the past.
//!
//! An edge: the only room that knows TOML, CSV and polars. It checks what a file says by itself (form, types, ranges,
//! the rules of one table) and hands plain records on; what the records mean for a scenario is judged by the rooms
//! that use them. It prints nothing and chooses no exit code.
//!
//! All problems of a file are reported at once, each with its place, the value, the rule and what to do. Whatever is
//! shown of a file has its control characters escaped, and values of columns that are not read are never shown.

mod files;
mod platform;
mod scenario;
mod tables;
mod text;

pub use files::FileProblem;
pub use platform::{PresetError, parse_platform_rules, platform_preset, platform_presets, with_preset};
pub use scenario::{
    Diagnostic, LoadedScenario, ScenarioError, ScenarioFile, ScenarioSource, load_scenario, load_synth, scenario_schema,
};
pub use tables::{DataError, InputFile, LoadedHistory, RowProblem, TableError, TableProblem, TableRole, load_history};
pub use text::shown;
