//! Scenario files, right and wrong.

mod any;
mod dispatch;
mod futures;
mod guard;
mod schema;
mod storefront;
mod values;

use std::path::Path;

use super::*;

/// A scenario that is right.
const GOOD: &str = r##"
name = "accessories-launch"
title = "How much to stock for the launch?"
title-zh = "上新備多少貨？"
today = 2026-09-01
currency = "USD"

[[product]]
sku = "ACC-1"
opening-stock = 400
demand = { per-day = 25 }

[[event]]
id = "launch"
start = "2026-11-11"
demand = { kind = "parametric", ramp-days = 2, plateau-days = [5, 9], peak-per-day = 180.5 }
spend-per-day = 300

[[lead-time]]
mode = "sea"
[[lead-time.stage]]
name = "production"
days = { kind = "gamma", mean = 15, cv = 0.3 }
[[lead-time.stage]]
name = "first-leg"
days = { kind = "fixed", days = 30 }

[money]
price = 19.9
unit-cost = 6
"##;

fn check(text: &str) -> Result<Scenario, ScenarioError> {
    ScenarioFile::from_text(Path::new("s.toml"), text).check()
}

/// Line, column, path, problem and help of each diagnostic.
fn found(text: &str) -> Vec<(usize, usize, String, String, String)> {
    match check(text) {
        Err(ScenarioError::Invalid(all)) => {
            let part = |at: Diagnostic| (at.line, at.column, at.path, at.problem, at.help.unwrap_or_default());
            all.into_iter().map(part).collect()
        }
        other => panic!("{other:?}"),
    }
}

/// The one problem of the right scenario with `from` replaced by `to`: the marked text, path, problem and help.
fn one(from: &str, to: &str) -> (String, String, String, String) {
    assert!(GOOD.contains(from), "{from}");
    let text = GOOD.replacen(from, to, 1);
    match check(&text) {
        Err(ScenarioError::Invalid(all)) => match all.as_slice() {
            [at] => {
                let help = at.help.clone().unwrap_or_default();
                (text[at.span.clone()].to_owned(), at.path.clone(), at.problem.clone(), help)
            }
            all => panic!("{all:#?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn assert_one(from: &str, to: &str, wanted: [&str; 4]) {
    let (mark, path, problem, help) = one(from, to);
    assert_eq!([mark.as_str(), path.as_str(), problem.as_str(), help.as_str()], wanted);
}

#[test]
fn a_right_scenario_gets_its_defaults() {
    let scenario = check(GOOD).expect("right");
    let spec = scenario.spec();
    assert_eq!(spec.paths, 4096);
    assert_eq!(spec.candidates.lead_times, ["sea"]);
    assert_eq!(spec.event[0].days, Some(20), "ramp 2, plateau 9, three tails of 3");
    assert_eq!(spec.event[0].start.to_string(), "2026-11-11");
    assert_eq!(spec.candidates.pause.as_ref().map(Vec::len), Some(2), "ads are planned");
}

/// A scenario with a mistake on nearly every line.
const BAD: &str = "name = \"bad name\"
titel = \"x\"
today = \"2026-02-30\"
paths = \"many\"
[[product]]
sku = 7
opening-stock = -4
demand = { per-day = 25, noise = 1 }
[[event]]
id = \"a\"
start = 2026-13-11
demand = { kind = \"parametrik\" }
[[lead-time]]
mode = \"sea\"
[[lead-time.stage]]
name = \"production\"
days = { kind = \"gamma\", mean = 9999 }
[limits]
stockout = 5
";

#[test]
fn all_problems_are_reported_at_once() {
    let text = BAD.replace("2026-13-11", "\"2026-13-11\"");
    let lines: Vec<(usize, usize, &str)> = vec![
        (2, 1, "unknown key `titel`"),
        (3, 9, "`2026-02-30` is not a date"),
        (4, 9, "`\"many\"` is a text; a whole number is wanted"),
        (6, 7, "`7` is a whole number; a text is wanted"),
        (7, 17, "`-4` is out of range; it must be at least 0 and at most 1000000000"),
        (8, 26, "unknown key `noise`"),
        (11, 9, "`2026-13-11` is not a date"),
        (12, 19, "`parametrik` is not a known kind"),
        (17, 8, "missing key `cv`"),
        (17, 33, "`9999` is out of range; it must be at least 0.01 and at most 730"),
        (19, 12, "`5` is out of range; it must be above 0 and below 1"),
    ];
    let all = found(&text);
    let got: Vec<(usize, usize, &str)> = all.iter().map(|at| (at.0, at.1, at.3.as_str())).collect();
    assert_eq!(got, lines);
}

#[test]
fn syntax_errors_stand_beside_the_rest() {
    let all = found(BAD);
    let got: Vec<(usize, &str)> = all.iter().map(|at| (at.0, at.3.as_str())).collect();
    assert_eq!(got.len(), 11, "{got:#?}");
    assert!(got.contains(&(11, "`2026-13-11` is not a date: expected month between 01 and 12")), "{got:#?}");
    assert!(got.contains(&(2, "unknown key `titel`")), "{got:#?}");
    assert!(got.contains(&(17, "missing key `cv`")), "{got:#?}");
    let text =
        GOOD.replace("opening-stock = 400", "opening-stock =").replace("spend-per-day = 300", "spend-per-day = -3");
    let got: Vec<(usize, String)> = found(&text).into_iter().map(|at| (at.0, at.3)).collect();
    assert_eq!(got.len(), 2, "{got:#?}");
    assert_eq!(got[0].0, 10);
    assert!(got[0].1.starts_with("not TOML: "), "{got:#?}");
    assert_eq!(got[1], (17, "`-3` is out of range; it must be at least 0 and at most 1000000000000".to_owned()));
    let twice = found(&GOOD.replace("[money]", "[money]\nprice = 3"));
    assert_eq!(twice.len(), 1, "{twice:#?}");
    assert!(twice[0].3.contains("duplicate key"), "{twice:#?}");
}

/// A decimal comma is what a keyboard in much of the world writes.
#[test]
fn a_decimal_comma_is_told_from_other_syntax_errors() {
    let help = |line: &str| {
        let error = check(&GOOD.replace("unit-cost = 6", line)).expect_err("not TOML");
        error.render(false)
    };
    for line in ["unit-cost = 12,99", "unit-cost = -1,5 # each", "price-breaks = [{ from = 9, unit-cost = 5,50 }]"] {
        assert!(help(line).contains("help: write decimals with a point, such as 12.99"), "{}", help(line));
    }
    for line in ["unit-cost = 6 6", "unit-cost = [1,5", "unit-cost = \"5,5"] {
        assert!(!help(line).contains("write decimals"), "{}", help(line));
    }
}

#[test]
fn endless_keys_and_lists_end() {
    for text in ["a.".repeat(1_000_000) + "a = 1", "[".repeat(1_000_000), "x = ".to_owned() + &"{a=".repeat(500_000)] {
        assert!(!found(&text).is_empty());
        assert!(!found(&format!("[{}]", text.trim_end_matches(" = 1"))).is_empty());
    }
}

#[test]
fn problems_are_shown_with_their_line() {
    let text = GOOD.replace("title-zh = \"上新備多少貨？\"", "title-zh = [\"上新\", 3]");
    let error = check(&text).expect_err("bad");
    let shown = error.render(false);
    let wanted = "error: a list stands here; a text is wanted
 --> s.toml:4:12 (title-zh)
  |
4 | title-zh = [\"上新\", 3]
  |            ^^^^^^^^^^^
";
    assert_eq!(shown, wanted);
    let hostile = check("\"a\u{1b}[2J\" = 1\n").expect_err("bad").render(false);
    assert!(!hostile.contains('\u{1b}'), "{hostile}");
    assert!(error.render(true).contains("\u{1b}[1;31merror\u{1b}[0m: a list"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "writes its fixture")]
fn files_are_read_with_their_digest() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s.toml");
    std::fs::write(&path, format!("\u{feff}{GOOD}")).expect("written");
    let loaded = load_scenario(&path).expect("right");
    assert_eq!(loaded.source.folder(), folder.path());
    assert_eq!(loaded.source.digest.len(), 64);
    let text = |error: ScenarioError| error.to_string();
    assert!(text(load_scenario(folder.path()).expect_err("folder")).ends_with("is a folder; name a file in it"));
    std::fs::write(&path, b"a = \xff").expect("written");
    assert!(text(load_scenario(&path).expect_err("bytes")).ends_with("from line 1 on; save it as UTF-8"));
    assert!(text(load_scenario(&folder.path().join("no")).expect_err("none")).contains("does not exist"));
    assert_eq!(ScenarioSource { path: "s.toml".into(), digest: String::new() }.folder(), Path::new("."));
}
