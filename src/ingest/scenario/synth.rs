//! Files of the parameters of a synthetic shop: read as scenario files are, with the same diagnostics.

use std::path::Path;

use super::{ScenarioError, ScenarioFile};
use crate::scenario::SpecProblem;
use crate::synth::SynthSpec;

/// Reads and checks a file of parameters.
///
/// # Errors
/// [`ScenarioError::Unreadable`], or [`ScenarioError::Invalid`] with all problems of the file.
pub fn load_synth(path: &Path) -> Result<SynthSpec, ScenarioError> {
    check(&ScenarioFile::read(path)?)
}

fn check(file: &ScenarioFile) -> Result<SynthSpec, ScenarioError> {
    file.understand(&schemars::schema_for!(SynthSpec).to_value(), |spec: SynthSpec| {
        let problem = |broken: crate::synth::SynthProblem| SpecProblem::new(broken.path, broken.problem);
        match spec.check() {
            Ok(()) => Ok(spec),
            Err(problems) => Err(problems.into_iter().map(problem).collect()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str = "name = \"shop\"\nfirst-day = 2025-01-06\ndays = 400\nproducts = 8\n";

    fn read(text: &str) -> Result<SynthSpec, ScenarioError> {
        check(&ScenarioFile::from_text(Path::new("shop.toml"), text))
    }

    #[test]
    fn what_is_left_out_has_the_defaults_of_the_trial() {
        let spec = read(LEAST).expect("valid");
        let trial = SynthSpec { name: "shop".to_owned(), days: 400, products: 8, ..SynthSpec::trial() };
        assert_eq!(spec, trial);
    }

    #[test]
    fn every_key_can_be_written_as_the_program_writes_it() {
        for preset in [SynthSpec::trial_heavy_tail(), SynthSpec::trial_reactive(), SynthSpec::placebo()] {
            let text = toml::to_string(&preset).expect("TOML");
            // A date is a text in serde's eyes and a date in TOML's.
            let text = text.replace("\"2025-01-06\"", "2025-01-06");
            assert_eq!(read(&text).expect("valid"), preset, "{text}");
        }
    }

    #[test]
    fn problems_have_their_place() {
        let problems = |more: &str| match read(&format!("{LEAST}{more}")) {
            Err(ScenarioError::Invalid(problems)) => {
                problems.into_iter().map(|at| (at.line, at.path, at.problem)).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        let found = problems("[events]\ngap-dys = [60, 80]\n");
        assert_eq!((found[0].0, found[0].1.as_str()), (6, "events.gap-dys"));
        let found = problems("[base]\nnoise-size = 0\n[spend]\nslope = 20\n");
        assert_eq!(found[0], (6, "base.noise-size".to_owned(), "`0` is not from 0.05 to 1000000".to_owned()));
        assert_eq!((found[1].0, found[1].1.as_str()), (8, "spend.slope"));
        assert_eq!(problems("[stockouts]\nshare = 1.5\n")[0].1, "stockouts.share");
    }
}
