//! The report as a whole, from runs of small scenarios.

mod decision;
mod fixtures;
mod lead;
mod multiples;
mod shop;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use fixtures::{hostile, impossible, plain, rich};

use super::chart::{burst, fan, formula, frontier, heat};
use super::*;

/// What a reader sees of a page: no tags, no style.
fn text_of(html: &str) -> String {
    let body = html.split_once("</style>").map_or(html, |(_, body)| body);
    let mut text = String::new();
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

#[test]
fn reports_hold_every_part_in_both_languages() {
    for result in [plain(), rich()] {
        for lang in [Lang::En, Lang::Zh] {
            let report = render(result, lang).expect("a report");
            let labels = words::words(lang).labels();
            for part in [
                labels.h_actions,
                labels.h_why,
                labels.h_compare,
                labels.h_fan,
                labels.h_heat,
                labels.h_frontier,
                labels.h_burst,
                labels.h_lead,
                labels.h_formula,
                labels.h_change,
                labels.h_data,
                labels.h_assumptions,
                labels.h_definitions,
                labels.h_origin,
                labels.k_forgone,
            ] {
                assert!(report.html.contains(&names::escape(part)), "{part}");
            }
            assert_eq!(report.html.contains("banner\""), result.scenario.synthetic);
            let text = text_of(&report.html);
            assert!(!text.contains("NaN") && !text.contains("inf "), "no number is left unformatted");
            // Every chart of every product is a picture too.
            assert_eq!(report.charts.len(), result.products.iter().map(|p| 5 + p.events.len()).sum::<usize>());
            for (name, bytes) in &report.charts {
                assert!(bytes.starts_with(b"\x89PNG") && bytes.len() > 2000, "{name}");
            }
            let names: BTreeSet<&str> = report.charts.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names.len(), report.charts.len(), "names are unique");
        }
    }
}

#[test]
fn a_page_asks_for_nothing_and_runs_nothing() {
    for html in [
        render(rich(), Lang::Zh).expect("a report").html,
        render(&hostile(), Lang::En).expect("a report").html,
        overview(&[(plain(), "a"), (&hostile(), "b")], Lang::En).expect("a page"),
    ] {
        let lower = html.to_lowercase();
        for forbidden in
            ["http://", "https://", "<script", "<img", "<link", "<iframe", "javascript:", "@import", "style=\""]
        {
            assert!(!lower.contains(forbidden), "{forbidden}");
        }
        assert!(html.contains("default-src 'none'") && html.contains("font-src data:"));
        assert_eq!(lower.matches("url(").count(), 1, "the font is the one address");
        for attribute in ["href=\"", "src=\""] {
            for (at, _) in lower.match_indices(attribute) {
                let value = &lower[at + attribute.len()..];
                assert!(
                    value.starts_with('#') || value.starts_with("a/") || value.starts_with("b/"),
                    "{}",
                    &value[..30]
                );
            }
        }
    }
}

#[test]
fn hostile_names_stay_text() {
    for lang in [Lang::En, Lang::Zh] {
        let result = hostile();
        let report = render(&result, lang).expect("a report");
        assert!(
            !report.html.contains("<script")
                && report.html.contains("&lt;script&gt;") | report.html.contains("&#60;script")
        );
        assert!(
            !report.html.contains('\u{202e}') && !report.html.contains('\u{1b}') && !report.html.contains('\u{1f600}')
        );
        for (name, _) in &report.charts {
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')), "{name}");
        }
        let text = summary(&result, lang);
        assert!(text.chars().all(|c| c == '\n' || !names::hides(c)), "{text:?}");
    }
}

#[test]
fn every_character_has_a_glyph() {
    for lang in [Lang::En, Lang::Zh] {
        for result in [plain().clone(), hostile()] {
            let html = render(&result, lang).expect("a report").html;
            let lacking: BTreeSet<char> = html.chars().filter(|c| *c != '\n' && !font::has_glyph(*c)).collect();
            assert!(lacking.is_empty(), "{lacking:?}");
        }
        for result in [plain(), rich()] {
            let page = render(result, lang).expect("a report").html;
            assert!(!page.contains(names::PLACEHOLDER), "nothing of ours is replaced");
        }
        let labels = format!("{:?}", words::words(lang).labels());
        let lacking: BTreeSet<char> = labels.chars().filter(|c| *c != '\n' && !font::has_glyph(*c)).collect();
        assert!(lacking.is_empty(), "the report's own words are never replaced: {lacking:?}");
    }
}

/// Chinese stands in no English report, and of English only names, formulas and units stand in a Chinese one.
#[test]
fn languages_do_not_mix() {
    let english = text_of(&render(rich(), Lang::En).expect("a report").html) + &summary(rich(), Lang::En);
    assert!(english.chars().all(|c| !('\u{4e00}'..='\u{9fff}').contains(&c)));
    let chinese = text_of(&render(rich(), Lang::Zh).expect("a report").html) + &summary(rich(), Lang::Zh);
    let known: BTreeSet<&str> = [
        "A",
        "B",
        "Serum",
        "USD",
        "double",
        "black",
        "friday",
        "air",
        "all",
        "P",
        "King",
        "stockburst",
        "SHA",
        "Noto",
        "Sans",
        "SC",
        "SIL",
        "sales",
        "csv",
        "Invented",
        "for",
        "a",
        "test",
        "ndash",
        "m",
        "nbsp",
        "quot",
        "lt",
        "abcdef",
        "ab",
    ]
    .into();
    let words: BTreeSet<String> = chinese
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty() && !known.contains(word))
        .map(str::to_owned)
        .collect();
    assert!(words.is_empty(), "{words:?}");
}

#[test]
fn what_cannot_be_met_is_said() {
    let result = impossible();
    assert_eq!(result.infeasible().count(), 1);
    let html = render(result, Lang::En).expect("a report").html;
    for part in ["No go", "No plan keeps every limit", "What binds", "Pause the ads", "Żółć-Ş"] {
        assert!(html.contains(part), "{part}");
    }
    assert!(render(result, Lang::Zh).expect("a report").html.contains("达不到要求"));
}

#[test]
fn chart_data_are_the_results_own() {
    let result = plain();
    let product = &result.products[0];
    let decision = &product.decision;
    let fan = fan::Fan::of(product, result.scenario.today, &[0.5, 0.3, 0.1]).expect("a fan");
    assert_eq!(fan.stock.len(), product.days);
    assert!(fan.stock.iter().all(|day| day.windows(2).all(|pair| pair[0] <= pair[1])));
    assert_eq!(fan.alerts.len(), 3);
    let (day, ..) = fan.leanest().expect("an event");
    assert!((product.events[0].start_day..product.events[0].start_day + product.events[0].days).contains(&day));

    let heat = heat::Heat::of(product).expect("a map");
    let (row, column) = heat.chosen.expect("the chosen plan is on it");
    assert_eq!(heat.cells[row][column].expect("a cell").candidate, decision.choice.chosen);
    assert!(heat.multipliers.windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(heat.rules.len(), 10);

    let frontier = frontier::Frontier::of(product).expect("plans");
    assert!(!frontier.money && frontier.points.len() == product.candidates.len());
    let on: Vec<_> = frontier.frontier.iter().map(|at| frontier.points[*at]).collect();
    assert!(on.windows(2).all(|pair| pair[0].cost <= pair[1].cost && pair[0].risk > pair[1].risk));

    let formulas = formula::Formulas::of(product).expect("rules");
    assert_eq!((formulas.multiplier, formulas.rules.len()), (None, 10));
    let thumb = formulas.rules.iter().find(|rule| Some(rule.candidate) == decision.rule_of_thumb).expect("the rule");
    assert_eq!(product.candidates[thumb.candidate].candidate.reorder_point, Some(7500));

    let burst = burst::Burst::of(&product.events[0]).expect("days");
    assert!(burst.past.is_empty() && burst.daily.len() == product.events[0].days);
    let past = burst::Burst::of(&rich().products[0].events[0]).expect("days").past;
    assert!(!past.is_empty());
}

/// Results with holes: nothing panics, nothing is drawn that is not there.
#[test]
fn holes_in_a_result_are_no_disaster() {
    let mut result = plain().clone();
    let product = &mut result.products[0];
    product.events.clear();
    product.lead_times.clear();
    product.decision.fan.clear();
    product.decision.rolling.clear();
    product.decision.checks.clear();
    product.decision.alert_units.clear();
    product.candidates.truncate(1);
    product.decision.choice.chosen = 0;
    product.decision.choice.runner_up = None;
    product.decision.rule_of_thumb = None;
    let kpis = &mut product.candidates[0].kpis;
    kpis.event.stockout.value = f64::NAN;
    kpis.mean_stock.value = f64::INFINITY;
    product.decision.confirmed = kpis.clone();
    let mut none = result.clone();
    none.products[0].candidates.clear();
    let mut empty = result.clone();
    empty.products.clear();
    for result in [&result, &none, &empty] {
        for lang in [Lang::En, Lang::Zh] {
            let html = render(result, lang).expect("a report").html;
            assert!(!text_of(&html).contains("NaN"));
            assert!(summary(result, lang).ends_with('\n'));
            overview(&[(result, "x")], lang).expect("a page");
        }
    }
    overview(&[], Lang::En).expect("a page");
}

#[test]
fn many_products_have_two_charts_each() {
    let mut result = plain().clone();
    result.products = vec![result.products[0].clone(); 13];
    let report = render(&result, Lang::En).expect("a report");
    assert_eq!(report.charts.len(), 26);
    assert!(report.html.contains("href=\"#p13\""));
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for part in report.html.split(" id=\"").skip(1) {
        *ids.entry(part.split('"').next().unwrap_or_default()).or_default() += 1;
    }
    assert!(ids.values().all(|count| *count == 1), "identifiers are unique");
}

#[test]
fn json_comes_back_as_it_went() {
    let json = to_json(rich()).expect("JSON");
    let again: RunResult = serde_json::from_str(&json).expect("a result");
    assert_eq!(&again, rich());
    assert_eq!(to_json(&again).expect("JSON"), json);
    let stable = render(rich(), Lang::En).expect("a report");
    assert_eq!(stable, render(rich(), Lang::En).expect("a report"));
}

#[test]
fn a_summary_tells_the_decision() {
    let text = summary(rich(), Lang::En);
    assert!(text.contains("What to stock for Double 11?") && text.contains("Serum (A)") && text.contains("USD"));
    assert!(text.lines().take(20).all(|line| line.chars().count() <= 100), "{text}");
    assert!(summary(plain(), Lang::Zh).contains("断货概率"));
}

/// Time of a shop's report: `STOCKBURST_LOOK=folder cargo test … shop --nocapture` tells by the test's own time.
#[test]
fn shop() {
    if std::env::var_os("STOCKBURST_LOOK").is_some() {
        let mut result = plain().clone();
        result.products = vec![result.products[0].clone(); 50];
        let report = render(&result, Lang::Zh).expect("a report");
        assert!(report.html.len() < 10_000_000, "{}", report.html.len());
    }
}

/// Writes the reports of these tests for a person to look at: `STOCKBURST_LOOK=folder cargo test … look`.
#[test]
fn look() {
    let Some(folder) = std::env::var_os("STOCKBURST_LOOK") else { return };
    let folder = std::path::PathBuf::from(folder);
    for (lang, name) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        let reports = [plain().clone(), rich().clone(), hostile(), impossible().clone(), shop::oversold()]
            .map(|result| render(&result, lang).expect("a report"));
        let page =
            overview(&[(plain(), "plain"), (rich(), "rich"), (impossible(), "impossible")], lang).expect("a page");
        let all = [
            ("plain", &reports[0]),
            ("rich", &reports[1]),
            ("hostile", &reports[2]),
            ("impossible", &reports[3]),
            ("shop", &reports[4]),
        ];
        write_all(&all, Some(&page), &folder.join(name)).expect("written");
        let texts = [plain(), rich(), impossible(), &hostile(), &shop::oversold()].map(|result| summary(result, lang));
        write_all(&[], Some(&texts.join("\n")), &folder.join(name).join("texts")).expect("written");
    }
}
