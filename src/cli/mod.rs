//! The command line: arguments, progress, exit codes.
//!
//! An edge: it reads with `ingest`, runs with `run`, writes with `report`, and holds no logic of its own. Data go to
//! stdout, talk goes to stderr.

mod args;
mod commands;
mod exit;
mod interrupt;
mod output;
mod progress;
mod threads;

use std::process::ExitCode;

use clap::Parser;

pub use args::{Args, BacktestArgs, Command, Language, RunArgs};
pub use exit::Exit;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are data and succeed; everything else is a wrong call.
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Done };
            let _ = error.print();
            return exit.code();
        }
    };
    commands::dispatch(&args).code()
}
