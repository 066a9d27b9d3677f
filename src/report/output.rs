//! Files out, whole or not at all: the only place of this room that touches the disk.
//!
//! Everything is written and synced in a hidden folder beside the target; then finished folders change places by
//! rename. An error or a cancelled run before that leaves the target as it was and nothing beside it.

#![expect(clippy::disallowed_methods, reason = "this file is the report's one way to the disk")]

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::synthetic::{SHOP_FORMAT, TRUTH};
use super::{Report, ReportError};
use crate::run::FORMAT;

/// Name of the result's file in a report.
const RESULT: &str = "result.json";
/// Name of the page.
const PAGE: &str = "report.html";
/// Name of the folder of pictures.
const CHARTS: &str = "charts";
/// Name of the page that sets scenarios side by side.
const OVERVIEW: &str = "overview.html";

/// Writes one report into `out_dir`, replacing a report that is there.
///
/// # Errors
/// [`ReportError::NotAReport`] if the folder holds anything else; [`ReportError::Write`] if the disk refuses.
pub fn write(report: &Report, out_dir: &Path) -> Result<(), ReportError> {
    let target = real(out_dir)?;
    refuse_foreign(&target)?;
    let stage = Stage::beside(&target)?;
    stage.report(0, report)?;
    stage.swap(&[(0, target)], None)
}

/// Writes several reports, each into its own folder of `out_dir`, and the page that sets them side by side: all of
/// them or none.
///
/// # Errors
/// As [`write()`]; [`ReportError::FolderName`] for a name that is not a plain folder name.
pub fn write_all(reports: &[(&str, &Report)], overview: Option<&str>, out_dir: &Path) -> Result<(), ReportError> {
    let root = real(out_dir)?;
    let mut targets = Vec::new();
    for (at, (name, _)) in reports.iter().enumerate() {
        let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        if !plain || name.starts_with('.') || *name == OVERVIEW || reports[..at].iter().any(|(other, _)| other == name)
        {
            return Err(ReportError::FolderName((*name).to_owned()));
        }
        let target = root.join(name);
        refuse_foreign(&target)?;
        targets.push((at, target));
    }
    let made = !root.exists();
    fs::create_dir_all(&root).map_err(|source| failed(&root, source))?;
    let written = (|| {
        let stage = Stage::beside(&root.join(OVERVIEW))?;
        for (at, (_, report)) in reports.iter().enumerate() {
            stage.report(at, report)?;
        }
        if let Some(html) = overview {
            file(&stage.path().join(OVERVIEW), html.as_bytes())?;
        }
        stage.swap(&targets, overview.map(|_| root.join(OVERVIEW)))
    })();
    if written.is_err() && made {
        // The folder was made for nothing; if it is not empty it stays.
        let _ = fs::remove_dir(&root);
    }
    written
}

/// Writes the files of a synthetic shop into `out_dir`, a new or empty folder, or with `replace` one that holds a shop.
///
/// # Errors
/// [`ReportError::NotAShop`] if the folder holds anything else, [`ReportError::ShopIsThere`] if a shop may not be replaced;
/// [`ReportError::Write`] if the disk refuses.
pub fn write_shop(files: &[(String, Vec<u8>)], out_dir: &Path, replace: bool) -> Result<(), ReportError> {
    let target = real(out_dir)?;
    if is_free(&target)? {
        // Nothing is lost.
    } else if !is_ours(&target, TRUTH, SHOP_FORMAT) {
        return Err(ReportError::NotAShop(target));
    } else if !replace {
        return Err(ReportError::ShopIsThere(target));
    }
    let stage = Stage::beside(&target)?;
    let folder = stage.fresh(0);
    fs::create_dir_all(&folder).map_err(|source| failed(&folder, source))?;
    for (name, bytes) in files {
        file(&folder.join(name), bytes)?;
    }
    sync_folder(&folder);
    stage.swap(&[(0, target)], None)
}

/// Writes files into `folder`, which is made where it is missing; each replaces a file of its name whole.
///
/// # Errors
/// [`ReportError::Write`] if the disk refuses; files written before that stay.
pub fn write_files(files: &[(String, Vec<u8>)], folder: &Path) -> Result<(), ReportError> {
    fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    for (name, bytes) in files {
        let target = folder.join(name);
        let write = || -> std::io::Result<()> {
            let mut made = tempfile::NamedTempFile::new_in(folder)?;
            made.write_all(bytes)?;
            made.as_file().sync_all()?;
            made.persist(&target).map(|_| ()).map_err(|error| error.error)
        };
        write().map_err(|source| failed(&target, source))?;
    }
    sync_folder(folder);
    Ok(())
}

/// The folder itself, where a link leads to it.
fn real(path: &Path) -> Result<PathBuf, ReportError> {
    if path.exists() { path.canonicalize() } else { std::path::absolute(path) }.map_err(|source| failed(path, source))
}

fn failed(path: &Path, source: std::io::Error) -> ReportError {
    ReportError::Write { path: path.to_owned(), source }
}

/// Refuses a target that holds anything but a report of ours.
fn refuse_foreign(target: &Path) -> Result<(), ReportError> {
    if is_free(target)? || is_ours(target, RESULT, FORMAT) {
        Ok(())
    } else {
        Err(ReportError::NotAReport(target.to_owned()))
    }
}

/// Whether there is nothing at the target but, perhaps, an empty folder.
fn is_free(target: &Path) -> Result<bool, ReportError> {
    if !target.exists() {
        return Ok(true);
    }
    if !target.is_dir() {
        return Ok(false);
    }
    Ok(fs::read_dir(target).map_err(|source| failed(target, source))?.next().is_none())
}

/// Whether the target is a folder with a file of this name that says that it has this format.
fn is_ours(target: &Path, name: &str, format: &str) -> bool {
    let read = || -> Option<bool> {
        let text = fs::read_to_string(target.join(name)).ok()?;
        let value: serde_json::Value = serde_json::from_str(&text).ok()?;
        Some(value.get("format")?.as_str()? == format)
    };
    read() == Some(true)
}

fn file(path: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    let write = || -> std::io::Result<()> {
        let mut file = File::create_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|source| failed(path, source))
}

fn sync_folder(path: &Path) {
    // Some systems cannot sync a folder; the files in it are synced already.
    let _ = File::open(path).and_then(|folder| folder.sync_all());
}

/// A hidden folder that is gone when it is dropped.
struct Stage(tempfile::TempDir);

impl Stage {
    /// A stage in the folder that holds `target`, so that renames stay on one file system.
    fn beside(target: &Path) -> Result<Self, ReportError> {
        let parent = target.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(|source| failed(parent, source))?;
        let made = tempfile::Builder::new().prefix(".stockburst-").tempdir_in(parent);
        made.map(Self).map_err(|source| failed(parent, source))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn fresh(&self, at: usize) -> PathBuf {
        self.path().join(format!("new-{at}"))
    }

    fn replaced(&self, at: usize) -> PathBuf {
        self.path().join(format!("old-{at}"))
    }

    fn report(&self, at: usize, report: &Report) -> Result<(), ReportError> {
        let folder = self.fresh(at);
        let charts = folder.join(CHARTS);
        fs::create_dir_all(&charts).map_err(|source| failed(&charts, source))?;
        for (name, bytes) in &report.charts {
            file(&charts.join(name), bytes)?;
        }
        file(&folder.join(PAGE), report.html.as_bytes())?;
        file(&folder.join(RESULT), report.json.as_bytes())?;
        sync_folder(&charts);
        sync_folder(&folder);
        Ok(())
    }

    /// Puts every finished folder in its place, and the overview; on an error puts the old ones back.
    fn swap(self, targets: &[(usize, PathBuf)], overview: Option<PathBuf>) -> Result<(), ReportError> {
        let mut done: Vec<&(usize, PathBuf)> = Vec::new();
        let mut outcome = Ok(());
        for entry in targets {
            let (at, target) = entry;
            outcome = self.place(*at, target);
            if outcome.is_err() {
                break;
            }
            done.push(entry);
        }
        if let (Ok(()), Some(path)) = (&outcome, &overview) {
            outcome = fs::rename(self.path().join(OVERVIEW), path).map_err(|source| failed(path, source));
        }
        if outcome.is_err() {
            for (at, target) in done {
                let _ = fs::rename(target, self.fresh(*at));
                let _ = fs::rename(self.replaced(*at), target);
            }
        } else if let Some((_, first)) = targets.first() {
            sync_folder(first.parent().unwrap_or(first));
        }
        outcome
    }

    fn place(&self, at: usize, target: &Path) -> Result<(), ReportError> {
        let old = self.replaced(at);
        if target.exists() {
            fs::rename(target, &old).map_err(|source| failed(target, source))?;
        }
        fs::rename(self.fresh(at), target).map_err(|source| {
            let _ = fs::rename(&old, target);
            failed(target, source)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(json: &str) -> Report {
        Report { html: "<p>".into(), charts: vec![("a.png".into(), vec![1, 2])], json: json.into() }
    }

    fn ours() -> Report {
        report(r#"{"format":"stockburst-result"}"#)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_report_appears_whole_and_is_replaced_whole() {
        let root = tempfile::tempdir().expect("a folder");
        let out = root.path().join("deep/out");
        write(&ours(), &out).expect("written");
        assert_eq!(names(&out), ["charts", "report.html", "result.json"]);
        fs::write(out.join("stray.txt"), "x").expect("written");
        write(&ours(), &out).expect("replaced");
        assert_eq!(names(&out), ["charts", "report.html", "result.json"]);
        assert_eq!(names(out.parent().expect("a parent")), ["out"], "nothing is left beside it");
    }

    #[test]
    fn a_foreign_folder_is_left_alone() {
        let root = tempfile::tempdir().expect("a folder");
        let out = root.path().join("out");
        for json in ["{}", "not json", r#"{"format":"other"}"#] {
            fs::create_dir_all(&out).expect("made");
            fs::write(out.join("result.json"), json).expect("written");
            assert!(matches!(write(&ours(), &out), Err(ReportError::NotAReport(_))));
            assert_eq!(names(&out), ["result.json"]);
        }
        assert!(matches!(write(&ours(), &out.join("result.json")), Err(ReportError::NotAReport(_))));
        fs::remove_file(out.join("result.json")).expect("removed");
        write(&ours(), &out).expect("an empty folder is taken");
    }

    #[test]
    fn an_error_leaves_everything_as_it_was() {
        let root = tempfile::tempdir().expect("a folder");
        let out = root.path().join("out");
        write(&ours(), &out).expect("written");
        let mut broken = ours();
        broken.charts.push(("no/such/folder.png".into(), Vec::new()));
        assert!(matches!(write(&broken, &out), Err(ReportError::Write { .. })));
        assert_eq!(names(&out), ["charts", "report.html", "result.json"]);
        assert_eq!(names(root.path()), ["out"]);
        let fresh = root.path().join("fresh");
        let ours = ours();
        assert!(write_all(&[("a", &ours), ("b", &broken)], Some("<p>"), &fresh).is_err());
        assert_eq!(names(root.path()), ["out"], "a folder made for nothing is gone");
    }

    #[test]
    fn several_reports_stand_beside_their_overview() {
        let root = tempfile::tempdir().expect("a folder");
        let ours = ours();
        let all = [("a", &ours), ("b", &ours)];
        write_all(&all, Some("<p>1"), root.path()).expect("written");
        write_all(&all, Some("<p>2"), root.path()).expect("replaced");
        assert_eq!(names(root.path()), ["a", "b", "overview.html"]);
        for name in ["", "..", ".hidden", "a/b", "overview.html"] {
            assert!(
                matches!(write_all(&[(name, &ours)], None, root.path()), Err(ReportError::FolderName(_))),
                "{name}"
            );
        }
        assert!(matches!(write_all(&[("a", &ours), ("a", &ours)], None, root.path()), Err(ReportError::FolderName(_))));
    }
}
