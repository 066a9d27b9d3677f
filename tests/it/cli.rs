//! The program through its own door: streams, files, exit codes.

use crate::support::{Place, TINY};

#[test]
fn run_writes_a_whole_report_and_says_where() {
    let place = Place::new();
    place.write("tiny.toml", TINY);
    let ended = place.stockburst(&["run", "tiny.toml"]);
    ended.is(0, &["report: reports/tiny/report.html"]);
    assert!(ended.stdout.contains('A'), "{}", ended.stdout);
    let files = place.files();
    for file in ["reports/tiny/report.html", "reports/tiny/result.json"] {
        assert!(files.iter().any(|f| f == file), "{files:?}");
    }
    assert!(files.iter().filter(|file| file.ends_with(".png")).count() >= 6, "{files:?}");
    let known = ["tiny.toml", "reports/tiny/"];
    assert!(files.iter().all(|file| known.iter().any(|start| file.starts_with(start))), "{files:?}");
}

#[test]
fn json_goes_to_stdout_alone_and_is_what_the_file_holds() {
    let place = Place::new();
    place.write("tiny.toml", TINY);
    let ended = place.stockburst(&["run", "tiny.toml", "--json", "--out", "out"]);
    ended.is(0, &[]);
    let printed: serde_json::Value = serde_json::from_str(&ended.stdout).expect("one JSON object");
    let written = std::fs::read_to_string(place.path().join("out/result.json")).expect("the file");
    assert_eq!(printed, serde_json::from_str::<serde_json::Value>(&written).expect("JSON"));
    assert_eq!(printed["format"], "stockburst-result");
    assert_eq!(written.lines().count(), 1, "nothing is spent on white space");
    assert_eq!(printed["scenario"]["waiting-share"], 0.0, "defaults are filled in");
}

#[test]
fn quiet_says_nothing() {
    let place = Place::new();
    place.write("tiny.toml", TINY);
    let ended = place.stockburst(&["run", "tiny.toml", "--quiet"]);
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (0, "", ""));
}

#[test]
fn options_override_the_scenario() {
    let place = Place::new();
    place.write("tiny.toml", TINY);
    let run = |args: &[&str]| {
        let ended = place.stockburst(&[&["run", "tiny.toml", "--json", "--out", "out"], args].concat());
        ended.is(0, &[]);
        serde_json::from_str::<serde_json::Value>(&ended.stdout).expect("JSON")
    };
    let (base, paths, seed) = (run(&[]), run(&["--paths", "300"]), run(&["--seed", "9"]));
    assert_eq!((&base["paths"], &paths["paths"], &seed["seed"]), (&200.into(), &300.into(), &9.into()));
    assert_ne!(base["products"], seed["products"]);
}

#[test]
fn threads_change_no_byte() {
    let place = Place::new();
    place.write("tiny.toml", TINY);
    let read = |threads: &str| {
        place.stockburst(&["run", "tiny.toml", "--threads", threads, "--paths", "1000", "--quiet"]).is(0, &[]);
        std::fs::read(place.path().join("reports/tiny/result.json")).expect("the result")
    };
    assert!(read("1") == read("2"));
}

#[test]
fn several_scenarios_get_folders_of_their_own_and_an_overview() {
    let place = Place::new();
    place.write("a.toml", TINY);
    place.write("b.toml", TINY.replace("\"tiny\"", "\"other\""));
    let ended = place.stockburst(&["run", "a.toml", "b.toml", "--out", "all"]);
    ended.is(0, &["overview: all/overview.html"]);
    let files = place.files();
    for file in ["all/overview.html", "all/tiny/report.html", "all/other/report.html"] {
        assert!(files.iter().any(|f| f == file), "{files:?}");
    }
    place.stockburst(&["run", "a.toml", "a.toml"]).is(3, &["have the same name"]);
}

#[test]
fn chinese_is_spoken_on_request() {
    let place = Place::new();
    place.write("tiny.toml", TINY);
    let ended = place.stockburst(&["run", "tiny.toml", "--lang", "zh"]);
    ended.is(0, &[]);
    assert!(ended.stdout.contains("断货"), "{}", ended.stdout);
    let html = std::fs::read_to_string(place.path().join("reports/tiny/report.html")).expect("the report");
    assert!(html.contains("lang=\"zh"), "the page names its language");
}

#[test]
fn a_written_limit_that_cannot_be_met_ends_with_five() {
    let place = Place::new();
    let text = format!("{TINY}\n[limits]\nstockout = 0.001\nleftover = 1\n");
    place.write("tiny.toml", text);
    let ended = place.stockburst(&["run", "tiny.toml"]);
    ended.is(5, &["report: "]);
}

#[test]
fn a_foreign_folder_is_not_replaced() {
    let place = Place::new();
    place.write("tiny.toml", TINY);
    place.write("precious/thesis.txt", "years of work");
    let ended = place.stockburst(&["run", "tiny.toml", "--out", "precious"]);
    ended.is(1, &["precious"]);
    assert_eq!(place.files(), ["precious/thesis.txt", "tiny.toml"]);
}

#[test]
fn validate_says_what_run_would_say_and_writes_nothing() {
    let place = Place::new();
    place.write("tiny.toml", TINY);
    let ended = place.stockburst(&["validate", "tiny.toml"]);
    ended.is(0, &[]);
    assert_eq!(ended.stdout, "ok: tiny.toml: 1 product, 1 event, 1 lead-time mode\n");
    for (text, code) in [
        (TINY.replace("paths = 200", "paths = 0"), 3),
        // What only shows beside the data, or once the shop is set up.
        (TINY.replace("[[product]]", "[history]\nsales = \"nowhere.csv\"\n\n[[product]]"), 4),
        (format!("{TINY}\n[limits]\noversell = 0.05\n"), 3),
        (format!("{TINY}\n[ordering.expedite]\nmode = \"air\"\nlevel = 9\nquantity = 5\n"), 3),
        (TINY.replace("mean = 9", "mean = 700").replace("paths = 200", "paths = 200\nhorizon-days = 60"), 3),
    ] {
        place.write("bad.toml", text);
        let (validated, ran) = (place.stockburst(&["validate", "bad.toml"]), place.stockburst(&["run", "bad.toml"]));
        validated.is(code, &["error"]);
        assert_eq!((validated.code, &validated.stderr), (ran.code, &ran.stderr));
        assert_eq!(validated.stdout, "");
    }
    assert_eq!(place.files(), ["bad.toml", "tiny.toml"]);
}

#[test]
fn validate_tells_programs_the_places() {
    let place = Place::new();
    place.write("bad.toml", TINY.replace("opening-stock = 100", "opening-stock = -5"));
    place.write("tiny.toml", TINY.replace("opening-stock = 100", "opening-stock = 100\nbacklog = [7]"));
    let sales = TINY
        .replace("demand = { per-day = 5 }\n", "")
        .replace("[[product]]", "[history]\nsales = \"sales.csv\"\n\n[[product]]");
    place.write("data.toml", sales);
    place.write("sales.csv", "date,sku,units\n2026-08-01,A,-3\n");
    let ended = place.stockburst(&["validate", "tiny.toml", "bad.toml", "data.toml", "--json"]);
    ended.is(4, &[]);
    assert_eq!(ended.stderr, "", "JSON holds it all");
    let found: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
    assert_eq!((&found[0]["valid"], &found[0]["counts"]["products"]), (&true.into(), &1.into()));
    let doubt = &found[0]["warnings"][0];
    assert_eq!((&doubt["line"], &doubt["key"]), (&10.into(), &"product[0].backlog".into()));
    assert!(doubt["help"].as_str().expect("a remedy").contains("late-after"));
    let problem = &found[1]["problems"][0];
    assert_eq!((&problem["file"], &problem["line"]), (&"bad.toml".into(), &9.into()));
    assert!(problem["problem"].as_str().expect("words").contains("-5"));
    let cell = &found[2]["problems"][0];
    let place_of = [&cell["file"], &cell["line"], &cell["column"]];
    assert_eq!(place_of, [&"sales.csv".into(), &2.into(), &serde_json::Value::from("units")]);
}

#[test]
fn verify_passes_what_it_covers_and_says_what_it_does_not() {
    let place = Place::new();
    let ended = place.stockburst(&["verify", "--json"]);
    ended.is(0, &[]);
    let report: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
    let count = |key: &str| report[key].as_u64().expect("a count");
    assert_eq!(count("failed"), 0, "{report:#}");
    assert!(count("passed") >= 40, "{report:#}");
    assert_eq!(count("passed") + count("failed") + count("not_covered"), 83);

    let wrong = r#"{"vectors": [{"id": "x", "family": "eoq", "expected": {"Q": 1.0}, "tolerance": {"rel": 1e-9},
        "inputs": {"fixed_cost": 8, "holding_cost": 0.225, "demand_rate": 1300}}]}"#;
    place.write("wrong.json", wrong);
    let ended = place.stockburst(&["verify", "wrong.json"]);
    ended.is(1, &[]);
    assert!(ended.stdout.contains("FAILED"), "{}", ended.stdout);
    place.write("broken.json", "{");
    place.stockburst(&["verify", "broken.json"]).is(4, &["error"]);
    place.stockburst(&["verify", "missing.json"]).is(4, &["missing.json"]);
}

#[test]
fn schema_and_completions_are_data() {
    let place = Place::new();
    let schema = place.stockburst(&["schema"]);
    schema.is(0, &[]);
    let shipped = std::fs::read_to_string(crate::support::root().join("scenarios/scenario.schema.json"));
    assert_eq!(schema.stdout.trim_end(), shipped.expect("the shipped schema").trim_end());
    let script = place.stockburst(&["completions", "bash"]);
    script.is(0, &[]);
    assert!(script.stdout.contains("stockburst"));
}

#[test]
fn wrong_calls_are_two_and_help_is_zero() {
    let place = Place::new();
    place.stockburst(&[]).is(2, &["Usage"]);
    place.stockburst(&["verfy"]).is(2, &["verify"]);
    place.stockburst(&["run"]).is(2, &["SCENARIO"]);
    place.stockburst(&["run", "a.toml", "--threads", "0"]).is(2, &["1..=1024"]);
    place.stockburst(&["run", "a.toml", "--lang", "fr"]).is(2, &["en", "zh"]);
    let help = place.stockburst(&["--help"]);
    help.is(0, &[]);
    assert!(help.stdout.contains("Exit status"));
}

/// Ctrl-C in the middle of a long run: 130, and nothing is left behind.
#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing_half_written() {
    let place = Place::new();
    place.write("tiny.toml", TINY.replace("paths = 200", "paths = 1000000"));
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_stockburst"))
        .args(["run", "tiny.toml", "--quiet"])
        .current_dir(place.path())
        .spawn()
        .expect("the program starts");
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let asked = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(asked.expect("kill runs").success());
    let status = child.wait().expect("the program ends");
    assert_eq!(status.code(), Some(130));
    assert_eq!(place.files(), ["tiny.toml"]);
}
