//! How many threads the numbers are worked out on; the numbers do not depend on it.

use super::Exit;
use super::output::talk;

/// Starts as many threads as were asked for, or leaves one a core.
///
/// # Errors
/// The exit of a machine that does not give them; it is told why.
pub(super) fn start(threads: Option<u16>) -> Result<(), Exit> {
    let Some(threads) = threads else { return Ok(()) };
    rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global().map_err(|error| {
        talk(&format!("error: failed to start {threads} threads: {error}"));
        Exit::Failed
    })
}
