//! `stockburst completions SHELL`

use clap::CommandFactory;
use clap_complete::Shell;

use super::print;
use crate::cli::{Args, Exit};

/// Prints a completion script.
pub(super) fn completions(shell: Shell) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "stockburst", &mut script);
    print(&String::from_utf8_lossy(&script))
}
