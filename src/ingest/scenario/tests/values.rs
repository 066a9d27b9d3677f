//! Keys and values, one mistake at a time.

use super::*;

#[test]
fn unknown_keys_and_names() {
    let unknown = "unknown key `openning-stock`";
    assert_one(
        "opening-stock",
        "opening-stock = 4\nopenning-stock",
        ["openning-stock", "product[0].openning-stock", unknown, KNOWN_PRODUCT],
    );
    let (_, _, problem, help) = one("spend-per-day", "spend_per_day");
    assert_eq!((problem.as_str(), help.as_str()), ("unknown key `spend_per_day`", "did you mean `spend-per-day`?"));
    let (_, path, _, help) = one("unit-cost = 6", "unit-cost = 6\nseed = 3");
    assert_eq!(path, "money.seed");
    assert_eq!(help, "`seed` belongs at the top of the file, before the first [table], not in `money`");
    assert_one(
        "kind = \"gamma\", mean = 15, cv = 0.3",
        "kind = \"gama\", mean = 15, cv = 0.3",
        ["\"gama\"", "lead-time[0].stage[0].days.kind", "`gama` is not a known kind", "did you mean \"gamma\"?"],
    );
    let (mark, path, problem, help) = one("[money]", "[candidates]\npolicy = \"q-r\"\n[money]");
    assert_eq!([mark.as_str(), &path, &problem], ["\"q-r\"", "candidates.policy", "`q-r` is not a known policy"]);
    assert_eq!(help, "one of `s-q`, `s-nq`, `s-s`");
    assert_one(
        "demand = { kind = \"parametric\", ramp-days = 2, plateau-days = [5, 9], peak-per-day = 180.5 }",
        "days = 5\ndemand = \"replay\"",
        [
            "\"replay\"",
            "event[0].demand",
            "`\"replay\"` is a text; a table with a `kind` is wanted",
            "write { kind = \"replay\" }",
        ],
    );
}

const KNOWN_PRODUCT: &str = "known keys here: `backlog`, `demand`, `life-cycle`, `name`, `opening-stock`, `price`, `price-breaks`, `samples`, \
     `sku`, `substitute`, `unit-cost`";

#[test]
fn wrong_types() {
    let whole = "a whole number is wanted";
    assert_one(
        "opening-stock = 400",
        "opening-stock = 400.0",
        [
            "400.0",
            "product[0].opening-stock",
            &format!("`400.0` is a number with a decimal point; {whole}"),
            "write 400",
        ],
    );
    let (.., problem, help) = one("price = 19.9", "price = \"19.9\"");
    assert_eq!(problem, "`\"19.9\"` is a text; a number is wanted");
    assert_eq!(help, "write 19.9 without quotes");
    let (.., problem, help) = one("sku = \"ACC-1\"", "sku = 16014");
    assert_eq!(problem, "`16014` is a whole number; a text is wanted");
    assert_eq!(help, "write it in quotes: \"16014\"");
    let (mark, _, problem, help) = one("[[event]]", "[event]");
    assert_eq!((mark.as_str(), problem.as_str()), ("[event]", "a table stands here; a list is wanted"));
    assert_eq!(help, "write [[event]], with two brackets, once for each");
    let (.., problem, _) = one("[5, 9]", "[5, 9, 11]");
    assert_eq!(problem, "a list of 3; exactly 2 are wanted");
    let (.., path, problem, _) = one("[5, 9]", "[5, true]");
    assert_eq!((path.as_str(), problem.as_str()), (PLATEAU, "`true` is a truth value; a whole number is wanted"));
}

const PLATEAU: &str = "event[0].demand.plateau-days[1]";

#[test]
fn ranges() {
    let problem = |from: &str, to: &str| {
        let (.., problem, help) = one(from, to);
        (problem, help)
    };
    let ranged = |value: &str, rule: &str| format!("`{value}` is out of range; it must be {rule}");
    let currency = "currency = \"USD\"";
    let with = |line: &str| format!("{currency}\n{line}");
    assert_eq!(problem(currency, &with("paths = 10")).0, ranged("10", "at least 100 and at most 1048576"));
    assert_eq!(
        problem(currency, &with("horizon-days = 5_000_000_000")).0,
        ranged("5_000_000_000", "at least 0 and at most 4294967295")
    );
    assert_eq!(problem(currency, &with("seed = -1")).0, ranged("-1", "at least 0"));
    assert!(problem(currency, &with("seed = 99999999999999999999999999999999999999999999")).0.contains("too large"));
    let (text, help) = problem(currency, &with("waiting-share = 20"));
    assert_eq!(text, ranged("20", "at least 0 and at most 1"));
    assert_eq!(help, "a share is written as a fraction: 0.2 for 20 %");
    assert_eq!(problem("price = 19.9", "price = nan").0, "`nan` is not a finite number");
    assert_eq!(problem("price = 19.9", "price = -inf").0, "`-inf` is not a finite number");
    assert_eq!(problem("[money]", "[limits]\nstockout = 1\n[money]").0, ranged("1", "above 0 and below 1"));
}

#[test]
fn dates_and_missing_keys() {
    let help = "write year-month-day, such as 2026-11-11";
    assert_one(
        "\"2026-11-11\"",
        "\"11/11/2026\"",
        ["\"11/11/2026\"", "event[0].start", "`11/11/2026` is not a date", help],
    );
    let (.., problem, _) = one("2026-09-01", "2026-09-01T10:00:00");
    assert_eq!(problem, "`2026-09-01T10:00:00` is not a date");
    let (.., problem, _) = one("2026-09-01", "20260901");
    assert_eq!(problem, "`20260901` is a whole number; a date is wanted");
    let (mark, path, problem, help) = one("id = \"launch\"\n", "");
    assert_eq!(
        [mark.as_str(), &path, &problem, &help],
        ["[[event]]", "event[0].id", "missing key `id`", "`id`: Identifier"]
    );
    let (mark, path, problem, _) = one("title = \"How much to stock for the launch?\"\n", "");
    assert_eq!([mark.as_str(), &path, &problem], ["", "title", "missing key `title`"]);
    let (mark, _, problem, help) = one("kind = \"fixed\", ", "");
    assert_eq!((mark.as_str(), problem.as_str()), ("{ days = 30 }", "missing key `kind`"));
    assert!(help.starts_with("one of `fixed`, `gamma`"), "{help}");
}

#[test]
fn rules_of_the_scenario_have_places() {
    let (mark, path, problem, _) = one("\"2026-11-11\"", "\"2026-08-11\"");
    assert_eq!(
        [mark.as_str(), &path, &problem],
        ["\"2026-08-11\"", "event[0].start", "`2026-08-11` is not after today, `2026-09-01`"]
    );
    let (mark, path, ..) = one("currency = \"USD\"\n", "");
    assert_eq!([mark.as_str(), &path], ["", "currency"]);
    let (mark, path, ..) = one("opening-stock = 400\n", "");
    assert_eq!([mark.as_str(), &path], ["[[product]]", "product[0]"]);
    // A misspelt key is one mistake, though a rule then misses it.
    let (mark, ..) = one("opening-stock", "opening-stok");
    assert_eq!(mark, "opening-stok");
}
