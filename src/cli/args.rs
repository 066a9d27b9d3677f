//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::report::Lang;

/// How much to stock before a promotion, when to reorder, when to warn and to pause the ads, and what the risk is then.
#[derive(Debug, Parser)]
#[command(name = "stockburst", version, about, arg_required_else_help = true, disable_help_subcommand = true)]
#[command(after_help = "Exit status: 0 done, 1 failed, 2 wrong call, 3 scenario invalid, 4 data invalid, \
5 a limit you wrote cannot be met, 130 interrupted.")]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Simulate scenarios, recommend, and write a report for each.
    Run(RunArgs),
    /// Check scenarios and their data as `run` does, and simulate nothing.
    Validate {
        /// Scenario files.
        #[arg(required = true, value_name = "SCENARIO", value_hint = ValueHint::FilePath)]
        scenarios: Vec<PathBuf>,
        /// Print what was found as JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the past bursts of a scenario's products, as `run` learns them from its history.
    Bursts {
        /// The scenario file.
        #[arg(value_name = "SCENARIO", value_hint = ValueHint::FilePath)]
        scenario: PathBuf,
        /// Language of the table.
        #[arg(long, value_enum, default_value_t = Language::En)]
        lang: Language,
        /// Print what was learned as JSON.
        #[arg(long)]
        json: bool,
        /// Draw each product's past bursts as PNG and SVG files in this folder.
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        plot: Option<PathBuf>,
    },
    /// Check the formulas and engines of this build against known answers.
    Verify {
        /// A file of vectors; default the built-in set.
        #[arg(value_hint = ValueHint::FilePath)]
        file: Option<PathBuf>,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the JSON Schema of scenario files, for editors.
    Schema,
    /// Print a script that completes commands in your shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// Arguments of `run`.
#[derive(Debug, clap::Args)]
pub struct RunArgs {
    /// Scenario files.
    #[arg(required = true, value_name = "SCENARIO", value_hint = ValueHint::FilePath)]
    pub scenarios: Vec<PathBuf>,
    /// Folder of the report; with several scenarios the folder that holds their folders. Default: reports/NAME.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Simulated futures, instead of the scenario's number.
    #[arg(long, value_name = "N")]
    pub paths: Option<u64>,
    /// Seed of all randomness, instead of the scenario's.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Threads; default all cores. The numbers do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Language of report and summary.
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub lang: Language,
    /// Print the result as JSON instead of the summary.
    #[arg(long)]
    pub json: bool,
    /// No progress and no summary.
    #[arg(long, short)]
    pub quiet: bool,
}

/// Language of report and summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// English.
    En,
    /// 中文.
    Zh,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Zh => Self::Zh,
        }
    }
}
