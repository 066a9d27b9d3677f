//! The house: which room may use which. An import that is not in the table fails here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Room, and the rooms that it may use.
const ALLOWED: &[(&str, &[&str])] = &[
    // Foundation.
    ("units", &[]),
    ("calendar", &["units"]),
    ("random", &["units"]),
    ("stats", &["random", "units"]),
    // Core, along the flow.
    ("history", &["calendar", "units"]),
    ("process", &["calendar", "random", "units"]),
    ("learn", &["calendar", "history", "process", "random", "stats", "units"]),
    // Not `learn`: the truth must not be the fitted model.
    ("synth", &["calendar", "history", "process", "random", "stats", "units"]),
    ("policy", &["calendar", "stats", "units"]),
    ("scenario", &["calendar", "learn", "policy", "random", "units"]),
    ("simulate", &["calendar", "policy", "process", "random", "units"]),
    ("evaluate", &["policy", "process", "random", "simulate", "stats", "units"]),
    ("recommend", &["calendar", "evaluate", "process", "random", "simulate", "stats", "units"]),
    (
        "run",
        &[
            "calendar",
            "evaluate",
            "history",
            "learn",
            "policy",
            "process",
            "random",
            "recommend",
            "scenario",
            "simulate",
            "stats",
            "units",
        ],
    ),
    ("backtest", &["calendar", "history", "learn", "process", "random", "simulate", "stats", "units"]),
    // Edges.
    ("ingest", &["calendar", "history", "learn", "scenario", "synth", "units"]),
    (
        "report",
        &[
            "backtest",
            "calendar",
            "evaluate",
            "history",
            "learn",
            "policy",
            "process",
            "recommend",
            "run",
            "scenario",
            "simulate",
            "stats",
            "synth",
            "units",
        ],
    ),
    ("verify", &["evaluate", "policy", "process", "random", "simulate", "stats", "units"]),
    ("cli", &["backtest", "ingest", "learn", "random", "report", "run", "simulate", "synth", "verify"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Rooms named as `crate::room` in the code of a file, comments left out.
fn rooms_used(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    code.match_indices("crate::")
        .map(|(at, found)| {
            code[at + found.len()..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
        })
        .collect()
}

#[test]
fn imports_go_only_backwards_along_the_flow() {
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let mut wrong = Vec::new();
    for room in std::fs::read_dir(source()).expect("src").map(|entry| entry.expect("an entry").path()) {
        let name = room.file_name().expect("a name").to_string_lossy().into_owned();
        if !room.is_dir() || name == "docs" {
            continue;
        }
        let Some(may_use) = allowed.get(name.as_str()) else {
            wrong.push(format!("room `{name}` is not in the table"));
            continue;
        };
        let mut files = Vec::new();
        rust_files(&room, &mut files);
        assert!(!files.is_empty(), "room `{name}` is empty");
        for file in files {
            let text = std::fs::read_to_string(&file).expect("a source file");
            for used in rooms_used(&text) {
                let is_room = allowed.contains_key(used.as_str());
                if is_room && used != name && !may_use.contains(&used.as_str()) {
                    wrong.push(format!("{} uses `{used}`", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the flow:\n{}", wrong.join("\n"));
}

#[test]
fn the_table_itself_has_no_cycle() {
    // Each room may use only rooms above it in the table (edges may use anything above).
    for (at, (room, uses)) in ALLOWED.iter().enumerate() {
        for used in *uses {
            let place = ALLOWED.iter().position(|(name, _)| name == used).expect("a known room");
            assert!(place < at, "`{room}` uses `{used}`, which stands below it");
        }
    }
}

#[test]
fn every_file_says_what_it_is_for_and_is_read_in_one_sitting() {
    let mut files = Vec::new();
    rust_files(&source(), &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a source file");
        assert!(text.starts_with("//!"), "{} has no header", file.display());
        let lines = text.lines().count();
        assert!(lines <= 700, "{} has {lines} lines", file.display());
    }
}

#[test]
fn core_rooms_know_no_edge_crates() {
    let edges = ["cli", "ingest", "report", "verify"];
    let banned = ["polars", "toml::", "plotters", "clap", "serde_json", "indicatif", "resvg", "std::fs", "println!"];
    let mut files = Vec::new();
    for (room, _) in ALLOWED.iter().filter(|(room, _)| !edges.contains(room)) {
        rust_files(&source().join(room), &mut files);
    }
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a source file");
        let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for line in shipped.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for word in banned {
                assert!(!line.contains(word), "{}: {line}", file.display());
            }
        }
    }
}
