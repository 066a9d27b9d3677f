//! What is wrong with a scenario, and where.

use std::fmt;

/// One broken rule. A file's problems are all reported at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecProblem {
    /// Path of the key, such as `event[0].start`.
    pub path: String,
    /// The value and the rule that it broke, as a lower-case fragment without a full stop.
    pub problem: String,
    /// What to do, where there is something to say.
    pub help: Option<String>,
}

impl SpecProblem {
    /// A problem at `path`.
    pub fn new(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { path: path.into(), problem: problem.into(), help: None }
    }

    /// The same problem with a remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for SpecProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.problem)?;
        if let Some(help) = &self.help {
            write!(f, " ({help})")?;
        }
        Ok(())
    }
}
