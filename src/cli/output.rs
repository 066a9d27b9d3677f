//! Words to stdout and stderr. A reader that went away (a closed pipe) ends the talk quietly.

use std::io::{self, IsTerminal, Write};

/// Writes data to stdout.
///
/// # Errors
/// Any error but a closed pipe.
pub(super) fn data(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let result =
        out.write_all(text.as_bytes()).and_then(|()| if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") });
    match result.and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes talk to stderr.
pub(super) fn talk(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.trim_end().as_bytes());
    let _ = err.write_all(b"\n");
}

/// Whether talk may be coloured: a terminal, and `NO_COLOR` is not set.
pub(super) fn coloured() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
