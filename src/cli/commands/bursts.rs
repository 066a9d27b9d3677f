//! `stockburst bursts SCENARIO [--json] [--plot DIR] [--lang LANG]`

use std::path::Path;

use super::load::Loaded;
use super::print;
use crate::cli::Exit;
use crate::cli::output::talk;
use crate::report::Lang;

/// Prints the past bursts of a scenario's products, as `run` learns them.
pub(super) fn bursts(scenario: &Path, lang: Lang, json: bool, plot: Option<&Path>) -> Exit {
    let learned = Loaded::read(scenario, None, None).and_then(|loaded| {
        let learned = crate::run::bursts(&loaded.scenario.scenario, &loaded.history.history);
        learned.map_err(|error| loaded.trouble(&error)).map(|libraries| (loaded, libraries))
    });
    let (loaded, libraries) = match learned {
        Ok(learned) => learned,
        Err(trouble) => {
            trouble.talk();
            return trouble.exit();
        }
    };
    loaded.talk_of_doubts();
    if let Some(folder) = plot {
        let drawn = crate::report::burst_charts(&libraries, lang);
        if let Err(error) = drawn.and_then(|files| crate::report::write_files(&files, folder)) {
            talk(&format!("error: {error}"));
            return Exit::Failed;
        }
    }
    if !json {
        return print(&crate::report::bursts(&libraries, loaded.scenario.scenario.spec().currency.as_deref(), lang));
    }
    match serde_json::to_string_pretty(&libraries) {
        Ok(text) => print(&(text + "\n")),
        Err(error) => {
            talk(&format!("error: failed to write the result: {error}"));
            Exit::Failed
        }
    }
}
