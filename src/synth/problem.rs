//! What is wrong with the parameters of a synthetic shop, and where.

use std::fmt;

/// One broken rule; all of them are reported at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SynthProblem {
    /// Path of the key, such as `events.gap-days`.
    pub path: String,
    /// The value and the rule that it broke, as a lower-case fragment without a full stop.
    pub problem: String,
}

impl fmt::Display for SynthProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.problem)
    }
}
