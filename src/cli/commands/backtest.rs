//! `stockburst backtest SCENARIO`

use super::load::{Loaded, Trouble};
use super::print;
use crate::backtest::{BacktestError, BacktestOptions, Origins, Target, backtest as run};
use crate::cli::args::{Against, BacktestArgs};
use crate::cli::output::talk;
use crate::cli::progress::Progress;
use crate::cli::{Exit, interrupt, threads};
use crate::random::Seed;

/// Holds forecasts of the scenario's past against what happened.
pub(super) fn backtest(args: &BacktestArgs) -> Exit {
    interrupt::listen();
    if let Err(exit) = threads::start(args.threads) {
        return exit;
    }
    let result = Loaded::read(&args.scenario, None, args.seed).and_then(|loaded| {
        let spec = loaded.scenario.scenario.spec();
        let path = loaded.scenario.source.path.display().to_string();
        if loaded.history.history.sales.is_empty() {
            let reason = "a backtest needs a past: the scenario has no [history] sales file".to_owned();
            return Err(Trouble::Run(path, reason, Exit::ScenarioInvalid));
        }
        let known = crate::run::known(&loaded.scenario.scenario, &loaded.history.history);
        let known = known.map_err(|error| loaded.trouble(&error))?;
        loaded.talk_of_doubts();
        let options =
            BacktestOptions { synthetic: spec.synthetic, ..options(args, &crate::run::fit_options(spec), spec.seed) };
        let progress = Progress::new(args.quiet);
        let watch = progress.scenario(&spec.name, 0);
        let result = run(&known, &options, &watch).map_err(|error| {
            let exit = match error {
                BacktestError::Cancelled(_) => Exit::Interrupted,
                _ => Exit::DataInvalid,
            };
            Trouble::Run(path, error.to_string(), exit)
        })?;
        Ok(result)
    });
    let result = match result {
        Ok(result) => result,
        Err(trouble) => {
            trouble.talk();
            if trouble.exit() == Exit::Interrupted {
                talk("interrupted; nothing was written");
            }
            return trouble.exit();
        }
    };
    if !args.json {
        return print(&crate::report::backtest(&result, args.lang.into()));
    }
    match serde_json::to_string_pretty(&result) {
        Ok(text) => print(&(text + "\n")),
        Err(error) => {
            talk(&format!("error: failed to write the result: {error}"));
            Exit::Failed
        }
    }
}

fn options(args: &BacktestArgs, fit: &crate::learn::FitOptions, seed: u64) -> BacktestOptions {
    let mut horizons = args.horizon.clone();
    horizons.sort_unstable();
    horizons.dedup();
    BacktestOptions {
        horizons,
        origins: if args.at_promotions { Origins::PromotionStarts } else { Origins::Every { days: args.every } },
        days_before: args.after,
        paths: args.paths,
        seed: Seed(seed),
        peak_months: args.season.clone(),
        fit: fit.clone(),
        target: args.against.map(|against| match against {
            Against::Recorded => Target::Recorded,
            Against::Demand => Target::Demand,
        }),
        ..BacktestOptions::default()
    }
}
