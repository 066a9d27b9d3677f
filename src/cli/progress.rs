//! A progress bar on stderr, if a person is looking.

use std::io::IsTerminal;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::interrupt;
use crate::simulate::Observer;

/// Bars of all scenarios that run.
#[derive(Debug)]
pub(super) struct Progress {
    bars: Option<MultiProgress>,
}

impl Progress {
    /// Bars on a terminal unless `quiet`.
    pub(super) fn new(quiet: bool) -> Self {
        Self { bars: (!quiet && std::io::stderr().is_terminal()).then(MultiProgress::new) }
    }

    /// The observer of one scenario.
    pub(super) fn scenario(&self, name: &str, products: usize) -> Watch {
        let bar = self.bars.as_ref().map(|bars| {
            let bar = bars.add(ProgressBar::new(0));
            let style = ProgressStyle::with_template("{prefix} [{bar:30}] {percent:>3} % {eta:>4} left  {msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
            bar.set_prefix(name.to_owned());
            // What a product needs is known only while it runs; this much it needs at least.
            bar.set_length(products as u64 * LEAST_WORK);
            bar
        });
        Watch { bar, least: std::sync::atomic::AtomicU64::new(0) }
    }
}

/// Paths that any product draws at the very least, for the bar's first guess.
const LEAST_WORK: u64 = 2048;

/// Watches one scenario.
#[derive(Debug)]
pub(super) struct Watch {
    bar: Option<ProgressBar>,
    least: std::sync::atomic::AtomicU64,
}

impl Observer for Watch {
    fn plan(&self, units: u64) {
        if let Some(bar) = &self.bar {
            let planned = self.least.fetch_add(units, std::sync::atomic::Ordering::Relaxed) + units;
            if planned > bar.length().unwrap_or(0) {
                bar.set_length(planned);
            }
        }
    }

    fn advance(&self, units: u64) {
        if let Some(bar) = &self.bar {
            bar.inc(units);
        }
    }

    fn stage(&self, what: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(crate::ingest::shown(what));
        }
    }

    fn cancelled(&self) -> bool {
        interrupt::interrupted()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
