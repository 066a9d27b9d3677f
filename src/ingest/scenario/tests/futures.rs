//! Keys of what feeds the generators of the future, right and wrong.

use super::*;
use crate::scenario::{BurstSizeSpec, DurationSpec, LifeCycleSpec};

/// Everything that may be written, beside the right scenario.
const MORE: &str = r##"
[[holiday]]
date = 2026-10-01
days = 7
factor = 0.6

[[live]]
date = 2026-11-11
start = 1200
minutes = 120
orders = 300
products = ["ACC-1"]

[shop]
burst-correlation = 0.3

[unplanned]
rate-per-day = 0.01
size = { kind = "ordinary-days", mean = 20, cv = 0.8 }
ramp-days = 1
plateau-days = [2, 4]

[[closure]]
from = 2027-02-06
until = 2027-02-20
modes = ["sea"]

[money]
"##;

const LAST_STAGE: &str = "days = { kind = \"fixed\", days = 30 }";
const CUSTOMS: &str = "days = { kind = \"mixture\", parts = [{ share = 0.9, days = { kind = \"fixed\", days = 1 } }, \
                       { share = 0.1, days = { kind = \"triangular\", min = 4, mode = 6, max = 11 } }] }";
const MODE: &str = "mode = \"sea\"";

fn rich() -> String {
    GOOD.replace("[money]", MORE)
        .replace(LAST_STAGE, CUSTOMS)
        .replace(MODE, "mode = \"sea\"\ncorrelation = -0.4\npersistence = 0.7\nin-order = true")
}

#[test]
fn everything_that_may_be_written_is_read() {
    let scenario = check(&rich()).unwrap_or_else(|error| panic!("{}", error.render(false)));
    let spec = scenario.spec();
    let lane = &spec.lead_time[0];
    assert_eq!((lane.correlation, lane.persistence, lane.in_order), (-0.4, 0.7, true));
    assert!(matches!(&lane.stage[1].days, DurationSpec::Mixture { parts } if parts.len() == 2));
    assert_eq!((spec.holiday[0].days, spec.live[0].log_sd, spec.shop.burst_correlation), (7, 0.5, 0.3));
    let unplanned = spec.unplanned.as_ref().expect("unplanned bursts");
    assert!(matches!(unplanned.size, BurstSizeSpec::OrdinaryDays { .. }) && unplanned.tail_days == 3.0);
    assert!(spec.closure[0].stops("sea") && !spec.closure[0].stops("air"));

    // What is not written: persistence 0.5, the shop's 0.2, and nothing else.
    let plain = check(GOOD).expect("right");
    let spec = plain.spec();
    let lane = &spec.lead_time[0];
    assert_eq!((lane.correlation, lane.persistence, lane.in_order), (0.0, 0.5, false));
    assert_eq!(spec.shop.burst_correlation, 0.2);
    assert!(spec.closure.is_empty() && spec.holiday.is_empty() && spec.live.is_empty() && spec.unplanned.is_none());
}

#[test]
fn life_cycles_are_read_and_a_market_states_the_demand() {
    let with = |cycle: &str, demand: &str| {
        GOOD.replace("demand = { per-day = 25 }", &format!("life-cycle = {{ {cycle} }}\n{demand}"))
    };
    let bass = "kind = \"bass\", innovation = 0.002, imitation = 0.05, age-days = 20";
    let market = format!("{bass}, market = 8000");
    let cycle = |text: &str| check(text).expect("right").spec().product[0].life_cycle;
    assert!(matches!(cycle(&with(&market, "")), Some(LifeCycleSpec::Bass { market: Some(_), .. })));
    assert!(matches!(cycle(&with(&market, "demand = { level-error = 0.3 }")), Some(LifeCycleSpec::Bass { .. })));
    assert!(matches!(cycle(&with(bass, "demand = { per-day = 25 }")), Some(LifeCycleSpec::Bass { market: None, .. })));
    let growth = cycle(&with("kind = \"growth\", weekly-growth = 0.05", "demand = { per-day = 25 }"));
    assert_eq!(growth, Some(LifeCycleSpec::Growth { weekly_growth: 0.05, damping: 0.9 }));

    let problem = |text: &str| {
        let found = found(text);
        assert_eq!(found.len(), 1, "{found:#?}");
        (found[0].2.clone(), found[0].3.clone())
    };
    let (path, text) = problem(&with(&market, "demand = { per-day = 25 }"));
    assert_eq!(path, "product[0].demand.per-day");
    assert_eq!(text, "`25` and the market of life-cycle both state the demand of today");
    let (path, text) = problem(&with(bass, "demand = { level-error = 0.3 }"));
    assert_eq!((path.as_str(), text.as_str()), ("product[0].demand.per-day", "missing: mean pieces a day"));
}

/// The one problem of the full scenario with `from` replaced by `to`: path and problem.
#[track_caller]
fn wrong(from: &str, to: &str, path: &str, problem: &str) {
    let text = rich();
    assert!(text.contains(from), "{from}");
    let found = found(&text.replacen(from, to, 1));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].2.as_str(), found[0].3.as_str()), (path, problem));
}

#[test]
fn contradictions_have_places() {
    let days = "lead-time[0].stage[1].days";
    wrong("until = 2027-02-20", "until = 2027-02-05", "closure[0].until", "`2027-02-05` is before from, `2027-02-06`");
    wrong(
        "modes = [\"sea\"]",
        "modes = [\"sae\"]",
        "closure[0].modes[0]",
        "`sae` is not a lead-time mode of this scenario",
    );
    wrong("share = 0.9", "share = 0.8", &format!("{days}.parts"), "the shares sum to `0.9`; they must sum to 1");
    wrong(
        "min = 4, mode = 6",
        "min = 4, mode = 3",
        &format!("{days}.parts[1].days"),
        "min `4`, mode `3`, max `11` must rise, with min below max",
    );
    wrong(
        "{ kind = \"fixed\", days = 1 }",
        "{ kind = \"purchases\", records = \"sea\" }",
        &format!("{days}.parts[0].days"),
        "a part of a mixture is neither a mixture nor purchase records",
    );
    wrong(
        "correlation = -0.4",
        "correlation = -1.4",
        "lead-time[0].correlation",
        "`-1.4` is out of range; it must be at least -1 and at most 1",
    );
    wrong("minutes = 120", "minutes = 300", "live[0].minutes", "`300` minutes from 1200 on end after midnight");
    wrong(
        "start = 1200",
        "start = 1440",
        "live[0].start",
        "`1440` is out of range; it must be at least 0 and at most 1439",
    );
    wrong("[\"ACC-1\"]", "[\"ACC-2\"]", "live[0].products[0]", "`ACC-2` is not a product of this scenario");
    wrong("date = 2026-11-11", "date = 2026-08-31", "live[0].date", "`2026-08-31` is before today, `2026-09-01`");
    wrong(
        "date = 2026-11-11",
        "date = 2036-11-11",
        "live[0].date",
        "`2036-11-11` lies 3724 days ahead; the horizon has 1500",
    );
    wrong(
        "plateau-days = [2, 4]",
        "plateau-days = [4, 2]",
        "unplanned.plateau-days",
        "`[4, 2]` must rise and end at 120 at most",
    );
    wrong("mean = 20", "mean = 0", "unplanned.size.mean", "`0`: bursts are expected, and they bring nothing");
}

#[test]
fn what_stands_twice_is_refused() {
    let twice = |list: &str, key: &str| {
        let text = rich();
        let from = text.find(list).expect("a list");
        let until = from + text[from..].find("\n\n").expect("its end");
        let found = found(&text.replacen("[shop]", &format!("{}\n\n[shop]", &text[from..until]), 1));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].2, key);
        found[0].3.clone()
    };
    assert_eq!(twice("[[holiday]]", "holiday[1].date"), "`2026-10-01` overlaps holiday[0]: a day has one factor");
    assert_eq!(twice("[[live]]", "live[1].date"), "`2026-11-11`: live[0] begins on the same day at the same minute");
}

/// Three stages cannot all be correlated by less than -1/2.
#[test]
fn an_impossible_correlation_is_named() {
    let third = "[[lead-time.stage]]\nname = \"last-leg\"\ndays = { kind = \"fixed\", days = 2 }\n\n[[holiday]]";
    let text = rich().replace("[[holiday]]", third).replace("correlation = -0.4", "correlation = -0.6");
    let found = found(&text);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].3, "`-0.6` between all of 3 stages; it lies between -0.5000 and 1");
}
