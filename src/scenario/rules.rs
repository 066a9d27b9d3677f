//! Rules of what feeds the generators of the future: lanes, closures.

use super::validate::Problems;
use super::{DurationSpec, LeadTimeSpec, ScenarioSpec};

/// How far the shares of a mixture may miss 1: the rounding of decimals.
const SHARES_ERROR: f64 = 1e-9;

/// Rules of a lead-time mode at `path`.
pub(super) fn check_mode(mode: &LeadTimeSpec, path: &str, purchases: bool, problems: &mut Problems) {
    if mode.stage.is_empty() {
        problems.add(format!("{path}.stage"), format!("mode `{}` has no stage", mode.mode));
    }
    // Equal correlations between n numbers cannot lie below -1/(n - 1).
    let least = -1.0 / (mode.stage.len().max(2) - 1) as f64;
    if !(least..=1.0).contains(&mode.correlation) {
        let problem = match mode.stage.len() {
            stages if stages > 2 => {
                format!("`{}` between all of {stages} stages; it lies between {least:.4} and 1", mode.correlation)
            }
            _ => format!("`{}`; a correlation lies between -1 and 1", mode.correlation),
        };
        problems.add(format!("{path}.correlation"), problem);
    }
    if !(0.0..=1.0).contains(&mode.persistence) {
        let problem = format!("`{}`; persistence lies between 0 and 1", mode.persistence);
        problems.add(format!("{path}.persistence"), problem);
    }
    for (at, stage) in mode.stage.iter().enumerate() {
        let path = format!("{path}.stage[{at}].days");
        match &stage.days {
            DurationSpec::Purchases { records, .. } if !purchases => {
                let problem = format!("records of `{records}` are wanted but [history] names no purchases file");
                problems.add(path, problem);
            }
            DurationSpec::Mixture { parts } => {
                let total: f64 = parts.iter().map(|part| part.share.get()).sum();
                if !((total - 1.0).abs() <= SHARES_ERROR) {
                    let problem = format!("the shares sum to `{total}`; they must sum to 1");
                    problems.add(format!("{path}.parts"), problem);
                }
                for (at, part) in parts.iter().enumerate() {
                    let path = format!("{path}.parts[{at}].days");
                    match &part.days {
                        DurationSpec::Mixture { .. } | DurationSpec::Purchases { .. } => {
                            let problem = "a part of a mixture is neither a mixture nor purchase records";
                            problems.add(path, problem.to_owned());
                        }
                        days => check_law(days, path, problems),
                    }
                }
            }
            days => check_law(days, path, problems),
        }
    }
}

fn check_law(days: &DurationSpec, path: String, problems: &mut Problems) {
    if let DurationSpec::Triangular { min, mode, max } | DurationSpec::Pert { min, mode, max } = days
        && !(min <= mode && mode <= max && min < max)
    {
        problems.add(path, format!("min `{min}`, mode `{mode}`, max `{max}` must rise, with min below max"));
    }
}

/// Rules of the supplier's closures.
pub(super) fn check_closures(spec: &ScenarioSpec, problems: &mut Problems) {
    /// Longest closure in days.
    const MOST_DAYS: i64 = 366;
    let modes: Vec<&str> = spec.lead_time.iter().map(|mode| mode.mode.as_str()).collect();
    for (at, closure) in spec.closure.iter().enumerate() {
        let path = format!("closure[{at}]");
        let days = closure.until.days_since(closure.from) + 1;
        if days < 1 {
            let problem = format!("`{}` is before from, `{}`", closure.until, closure.from);
            problems.add_help(format!("{path}.until"), problem, "both days are closed, the first and the last");
        } else if days > MOST_DAYS {
            let problem = format!("`{}` is {days} days after from; at most {MOST_DAYS} are closed", closure.until);
            problems.add(format!("{path}.until"), problem);
        }
        for (which, mode) in closure.modes.iter().enumerate() {
            if !modes.contains(&mode.as_str()) {
                problems.add_help(
                    format!("{path}.modes[{which}]"),
                    format!("`{mode}` is not a lead-time mode of this scenario"),
                    format!("modes: {}", modes.join(", ")),
                );
            }
        }
    }
}
