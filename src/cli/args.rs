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
    /// Hold forecasts of a scenario's past against what happened: was a promised risk an achieved one?
    Backtest(BacktestArgs),
    /// Make a synthetic shop of known truth: tables, the truth, and a scenario that runs on them.
    Synth {
        /// The file of parameters.
        #[arg(value_name = "PARAMS", value_hint = ValueHint::FilePath)]
        params: PathBuf,
        /// Folder of the shop; new or empty.
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        out: PathBuf,
        /// Seed of all randomness, instead of the file's.
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
        /// Replace a synthetic shop that is there.
        #[arg(long)]
        force: bool,
        /// Print what was made as JSON.
        #[arg(long)]
        json: bool,
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

/// Arguments of `backtest`.
#[derive(Debug, clap::Args)]
pub struct BacktestArgs {
    /// The scenario file; its history and its `[learn]` are what is tested.
    #[arg(value_name = "SCENARIO", value_hint = ValueHint::FilePath)]
    pub scenario: PathBuf,
    /// Days that stock must cover, lead time and review; several with commas.
    #[arg(long, value_name = "DAYS", value_delimiter = ',', default_value = "7,14",
        value_parser = clap::value_parser!(u32).range(1..=180))]
    pub horizon: Vec<u32>,
    /// Days between two forecasts of a product.
    #[arg(long, value_name = "DAYS", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=365))]
    pub every: u32,
    /// Forecast on the first days of planned promotions only.
    #[arg(long, conflicts_with = "every")]
    pub at_promotions: bool,
    /// Days of a product's history before its first forecast.
    #[arg(long, value_name = "DAYS", default_value_t = 35, value_parser = clap::value_parser!(u32).range(14..=3650))]
    pub after: u32,
    /// Months of the season, 1 to 12, with commas: told apart where no promotion calendar is known.
    #[arg(long, value_name = "MONTHS", value_delimiter = ',', value_parser = clap::value_parser!(u8).range(1..=12))]
    pub season: Vec<u8>,
    /// Against recorded sales or against demand; default both where stockouts are recorded.
    #[arg(long, value_enum)]
    pub against: Option<Against>,
    /// Futures of each forecast.
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(200..=100_000))]
    pub paths: u32,
    /// Seed of all randomness, instead of the scenario's.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Threads; default all cores. The numbers do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Language of the tables.
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub lang: Language,
    /// Print everything as JSON: each figure with its interval and number of windows, pooled and by product.
    #[arg(long)]
    pub json: bool,
    /// No progress.
    #[arg(long, short)]
    pub quiet: bool,
}

/// What forecasts are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Against {
    /// Sales as recorded.
    Recorded,
    /// Demand, with what an empty shelf hid filled in.
    Demand,
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
