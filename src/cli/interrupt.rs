//! Ctrl-C: the first asks the run to stop cleanly, the second ends the process.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Exit;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static INSTALLED: OnceLock<()> = OnceLock::new();

/// Listens for Ctrl-C (and a polite kill) from now on.
pub(super) fn listen() {
    INSTALLED.get_or_init(|| {
        // Without a handler Ctrl-C still ends the process; outputs are written whole or not at all either way.
        let _ = ctrlc::set_handler(|| {
            if INTERRUPTED.swap(true, Ordering::SeqCst) {
                std::process::exit(i32::from(Exit::Interrupted.number()));
            }
        });
    });
}

/// Whether to stop.
pub(super) fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}
