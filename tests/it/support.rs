//! The program as a user calls it, in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A scenario that runs in an instant: one product without history.
pub(crate) const TINY: &str = r#"
name = "tiny"
title = "How much?"
today = 2026-10-01
paths = 200

[[product]]
sku = "A"
opening-stock = 100
demand = { per-day = 5 }

[[event]]
id = "sale"
start = 2026-10-20
demand = { kind = "parametric", ramp-days = 1, plateau-days = [3, 4], peak-per-day = 40 }

[[lead-time]]
mode = "air"
stage = [{ name = "all", days = { kind = "gamma", mean = 9, cv = 0.3 } }]
"#;

/// A folder for one test, gone with it.
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(&path, text).expect("a file");
        path
    }

    /// Runs the program here.
    pub(crate) fn stockburst(&self, args: &[&str]) -> Ended {
        let output = Command::new(env!("CARGO_BIN_EXE_stockburst"))
            .args(args)
            .current_dir(self.path())
            .env("NO_COLOR", "1")
            .output()
            .expect("the program starts");
        Ended::new(&output)
    }

    /// Everything that lies here, as paths relative to this folder.
    pub(crate) fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, base: &Path, files: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    walk(&path, base, files);
                } else {
                    files.push(path.strip_prefix(base).expect("below").to_string_lossy().into_owned());
                }
            }
        }
        let mut files = Vec::new();
        walk(self.path(), self.path(), &mut files);
        files.sort();
        files
    }
}

/// How a call ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    fn new(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout.clone()).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr.clone()).expect("UTF-8"),
        }
    }

    /// The exit code, with every one of these words on stderr and no trace of a panic.
    #[track_caller]
    pub(crate) fn is(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, code, "{self:#?}");
        for word in words {
            assert!(self.stderr.contains(word), "`{word}` is not in:\n{}", self.stderr);
        }
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
    }
}

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
