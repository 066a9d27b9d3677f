//! How a command ended.

use std::process::ExitCode;

/// How a command ended, as the number that a script sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: done.
    Done,
    /// 5: a limit that the user wrote cannot be met.
    NothingFeasible,
    /// 6: a named level of `check` was reached.
    LevelReached,
    /// 3: a scenario is invalid.
    ScenarioInvalid,
    /// 4: data are invalid.
    DataInvalid,
    /// 2: the call is wrong.
    Usage,
    /// 1: something else failed.
    Failed,
    /// 130: interrupted.
    Interrupted,
}

impl Exit {
    /// The number.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::ScenarioInvalid => 3,
            Self::DataInvalid => 4,
            Self::NothingFeasible => 5,
            Self::LevelReached => 6,
            Self::Interrupted => 130,
        }
    }

    /// The process's exit code.
    #[must_use]
    pub fn code(self) -> ExitCode {
        ExitCode::from(self.number())
    }
}
