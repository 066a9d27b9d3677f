//! `stockburst run SCENARIO...`

use std::path::{Path, PathBuf};

use super::load::Loaded;
use super::print;
use crate::cli::output::talk;
use crate::cli::progress::Progress;
use crate::cli::{Exit, RunArgs, interrupt, threads};
use crate::report::{Lang, Report, overview, render, summary, to_json, write, write_all};
use crate::run::{InputFile, RunResult};

/// A scenario that is ready to run.
struct Job {
    loaded: Loaded,
    out: PathBuf,
}

/// Reads everything first, so that a wrong file is found before anything is simulated; then runs all scenarios.
pub(super) fn run(args: &RunArgs) -> Exit {
    interrupt::listen();
    if let Err(exit) = threads::start(args.threads) {
        return exit;
    }
    let jobs = match jobs(args) {
        Ok(jobs) => jobs,
        Err(exit) => return exit,
    };
    let lang = Lang::from(args.lang);
    let progress = Progress::new(args.quiet);
    let mut exit = Exit::Done;
    let mut done = Vec::new();
    for (job, ran) in jobs.iter().zip(simulate(&jobs, &progress, lang)) {
        match ran {
            Ok((result, report)) => done.push(Done { job, result, report }),
            Err(failed) => exit = exit.max(failed),
        }
    }
    if interrupt::interrupted() {
        talk("interrupted; nothing was left half-written");
        return Exit::Interrupted;
    }
    exit = exit.max(save(args, lang, &done));
    if exit > Exit::LevelReached {
        return exit;
    }
    exit = exit.max(say(args, lang, &done));
    let infeasible = done.iter().any(|done| done.result.infeasible().next().is_some());
    if infeasible { exit.max(Exit::NothingFeasible) } else { exit }
}

/// A scenario that has been run.
struct Done<'a> {
    job: &'a Job,
    result: RunResult,
    report: Report,
}

/// Loads scenarios and histories; says everything that is wrong with any of them.
fn jobs(args: &RunArgs) -> Result<Vec<Job>, Exit> {
    let several = args.scenarios.len() > 1;
    let (mut jobs, mut worst) = (Vec::new(), Exit::Done);
    for path in &args.scenarios {
        match load(args, path, several) {
            Ok(job) => jobs.push(job),
            Err(exit) => worst = worst.max(exit),
        }
    }
    if worst != Exit::Done {
        return Err(worst);
    }
    for (at, job) in jobs.iter().enumerate() {
        if let Some(other) = jobs[..at].iter().find(|other| other.out == job.out) {
            let (a, b) = (other.loaded.scenario.source.path.display(), job.loaded.scenario.source.path.display());
            talk(&format!("error: `{a}` and `{b}` have the same name and would write to `{}`", job.out.display()));
            return Err(Exit::ScenarioInvalid);
        }
    }
    Ok(jobs)
}

fn load(args: &RunArgs, path: &Path, several: bool) -> Result<Job, Exit> {
    let loaded = Loaded::read(path, args.paths, args.seed).map_err(|trouble| {
        trouble.talk();
        trouble.exit()
    })?;
    if !args.quiet {
        loaded.talk_of_doubts();
    }
    let name = &loaded.scenario.scenario.spec().name;
    let out = match (&args.out, several) {
        (None, _) => Path::new("reports").join(name),
        (Some(out), true) => out.join(name),
        (Some(out), false) => out.clone(),
    };
    Ok(Job { loaded, out })
}

/// Runs every scenario and draws its report, in parallel; what fails says why.
fn simulate(jobs: &[Job], progress: &Progress, lang: Lang) -> Vec<Result<(RunResult, Report), Exit>> {
    use rayon::prelude::*;
    jobs.par_iter()
        .map(|job| {
            let spec = job.loaded.scenario.scenario.spec();
            let watch = progress.scenario(&spec.name, spec.product.len());
            let result = crate::run(&job.loaded.scenario.scenario, &job.loaded.history.history, &watch);
            drop(watch);
            let mut result = result.map_err(|error| {
                let trouble = job.loaded.trouble(&error);
                trouble.talk();
                trouble.exit()
            })?;
            result.inputs = inputs(job);
            let report = render(&result, lang).map_err(|error| not_written(&job.out, &error))?;
            Ok((result, report))
        })
        .collect()
}

/// Writes all reports, and the overview if there are several scenarios: all of them or none.
fn save(args: &RunArgs, lang: Lang, done: &[Done<'_>]) -> Exit {
    let place = if args.scenarios.len() == 1 {
        let Some(Done { job, report, .. }) = done.first() else { return Exit::Done };
        write(report, &job.out).map_err(|error| not_written(&job.out, &error)).map(|()| None)
    } else {
        let folder = args.out.clone().unwrap_or_else(|| PathBuf::from("reports"));
        let named = |done: &Done<'_>| done.job.loaded.scenario.scenario.spec().name.clone();
        let names: Vec<String> = done.iter().map(named).collect();
        let pages: Vec<(&RunResult, &str)> =
            done.iter().zip(&names).map(|(done, name)| (&done.result, name.as_str())).collect();
        let reports: Vec<(&str, &Report)> =
            done.iter().zip(&names).map(|(done, name)| (name.as_str(), &done.report)).collect();
        overview(&pages, lang)
            .and_then(|page| write_all(&reports, Some(&page), &folder))
            .map_err(|error| not_written(&folder, &error))
            .map(|()| Some(folder.join("overview.html")))
    };
    match place {
        Err(exit) => exit,
        Ok(_) if args.quiet => Exit::Done,
        Ok(page) => {
            for done in done {
                talk(&format!("report: {}", done.job.out.join("report.html").display()));
            }
            if let Some(page) = page {
                talk(&format!("overview: {}", page.display()));
            }
            Exit::Done
        }
    }
}

fn not_written(folder: &Path, error: &dyn std::error::Error) -> Exit {
    talk(&format!("error: failed to write the report to `{}`: {error}", folder.display()));
    Exit::Failed
}

fn inputs(job: &Job) -> Vec<InputFile> {
    let source = &job.loaded.scenario.source;
    let scenario = InputFile {
        role: "scenario".into(),
        path: source.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        rows: 0,
        sha256: source.digest.clone(),
    };
    std::iter::once(scenario)
        .chain(job.loaded.history.inputs.iter().map(|input| InputFile {
            role: input.role.to_string(),
            path: input.path.clone(),
            rows: input.rows as u64,
            sha256: input.sha256.clone(),
        }))
        .collect()
}

/// What goes to stdout: the results as JSON, or a summary in words.
fn say(args: &RunArgs, lang: Lang, done: &[Done<'_>]) -> Exit {
    if args.json {
        let texts: Result<Vec<String>, _> = done.iter().map(|done| to_json(&done.result)).collect();
        return match texts {
            Ok(texts) if args.scenarios.len() == 1 => texts.first().map_or(Exit::Done, |text| print(text)),
            Ok(texts) => print(&format!("[\n{}\n]", texts.join(",\n"))),
            Err(error) => {
                talk(&format!("error: failed to write the result: {error}"));
                Exit::Failed
            }
        };
    }
    if args.quiet {
        return Exit::Done;
    }
    let texts: Vec<String> = done.iter().map(|done| summary(&done.result, lang)).collect();
    print(&texts.join("\n"))
}
