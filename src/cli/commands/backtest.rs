//! `stockburst backtest SCENARIO`

use super::load::{Loaded, Trouble};
use super::print;
use crate::backtest::{BacktestError, BacktestOptions, Origins, Target, backtest as run};
use crate::cli::args::{Against, BacktestArgs};
use crate::cli::output::talk;
use crate::cli::progress::Progress;
use crate::cli::{Exit, interrupt};
use crate::random::Seed;

/// Holds forecasts of the scenario's past against what happened.
pub(super) fn backtest(args: &BacktestArgs) -> Exit {
    interrupt::listen();
    if let Some(threads) = args.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global();
        if let Err(error) = pool {
            talk(&format!("error: failed to start {threads} threads: {error}"));
            return Exit::Failed;
        }
    }
    let result = Loaded::read(&args.scenario, None, args.seed).and_then(|loaded| {
        let spec = loaded.scenario.scenario.spec();
        let path = loaded.scenario.source.path.display().to_string();
        if loaded.history.history.sales.is_empty() {
            let reason = "a backtest needs a past: the scenario has no [history] sales file".to_owned();
            return Err(Trouble::Run(path, reason, Exit::ScenarioInvalid));
        }
        let known = loaded.history.history.as_of(spec.today.plus_days(-1));
        let options = options(args, &spec.learn, spec.seed);
        let progress = Progress::new(args.quiet);
        let watch = progress.scenario(&spec.name, 0);
        let result = run(&known, &options, &watch).map_err(|error| {
            let exit = match error {
                BacktestError::Cancelled(_) => Exit::Interrupted,
                _ => Exit::DataInvalid,
            };
            Trouble::Run(path, error.to_string(), exit)
        })?;
        Ok((result, spec.synthetic))
    });
    let (result, synthetic) = match result {
        Ok(result) => result,
        Err(trouble) => {
            trouble.talk();
            return trouble.exit();
        }
    };
    if !args.json {
        return print(&crate::report::backtest(&result, synthetic, args.lang.into()));
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
