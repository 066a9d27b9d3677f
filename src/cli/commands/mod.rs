//! One file a command.

mod backtest;
mod bursts;
mod completions;
mod load;
mod run;
mod schema;
mod synth;
mod validate;
mod verify;

use super::{Args, Command, Exit};

/// Runs the command that was typed.
pub(super) fn dispatch(args: &Args) -> Exit {
    match &args.command {
        Command::Run(args) => run::run(args),
        Command::Validate { scenarios, json } => validate::validate(scenarios, *json),
        Command::Backtest(args) => backtest::backtest(args),
        Command::Synth { params, out, seed, force, json } => synth::synth(params, out, *seed, *force, *json),
        Command::Bursts { scenario, lang, json, plot } => {
            bursts::bursts(scenario, (*lang).into(), *json, plot.as_deref())
        }
        Command::Verify { file, json } => verify::verify(file.as_deref(), *json),
        Command::Schema => schema::schema(),
        Command::Completions { shell } => completions::completions(*shell),
    }
}

/// Writes data to stdout and says so if that fails.
fn print(text: &str) -> Exit {
    match super::output::data(text) {
        Ok(()) => Exit::Done,
        Err(error) => {
            super::output::talk(&format!("error: failed to write to stdout: {error}"));
            Exit::Failed
        }
    }
}
