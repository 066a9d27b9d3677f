//! Whatever is wrong gets a place, the value, the rule and a remedy; nothing panics and nothing is written.

use crate::support::{Place, TINY};

const SALES: &str = "date,sku,units,orders,largest_line,in_stock_share,price,promotion\n";

/// Runs a scenario text and expects exit 3 with these words; nothing may be written.
#[track_caller]
fn scenario(text: &str, words: &[&str]) {
    let place = Place::new();
    place.write("bad.toml", text);
    place.stockburst(&["run", "bad.toml"]).is(3, words);
    assert_eq!(place.files(), ["bad.toml"]);
}

/// Runs the tiny scenario on this sales file and expects this exit with these words.
#[track_caller]
fn sales(file: impl AsRef<[u8]>, code: i32, words: &[&str]) {
    let place = Place::new();
    let text = TINY
        .replace("demand = { per-day = 5 }\n", "")
        .replace("[[product]]", "[history]\nsales = \"sales.csv\"\n\n[[product]]");
    place.write("s.toml", text);
    place.write("sales.csv", file);
    place.stockburst(&["run", "s.toml"]).is(code, words);
    assert_eq!(place.files(), ["s.toml", "sales.csv"]);
}

fn days(count: u32) -> String {
    (0..count).map(|day| format!("2026-08-{:02},A,5,,,,,\n", day + 1)).collect()
}

#[test]
fn unknown_key() {
    scenario(&format!("{TINY}\ncolour = \"red\"\n"), &["bad.toml:", "colour"]);
    scenario(&TINY.replace("paths = 200", "paths = 200\nflavour = 1"), &["bad.toml:6:1", "`flavour`"]);
}

#[test]
fn misspelt_key() {
    scenario(&TINY.replace("opening-stock", "openning-stock"), &["bad.toml:9:1", "openning-stock", "`opening-stock`"]);
    scenario(&TINY.replace("\"gamma\"", "\"gama\""), &["bad.toml:19:", "`gama`", "gamma"]);
}

#[test]
fn wrong_type() {
    scenario(
        &TINY.replace("paths = 200", "paths = \"many\""),
        &["bad.toml:5:", "paths", "`\"many\"`", "a whole number is wanted"],
    );
    scenario(&TINY.replace("2026-10-20", "\"next week\""), &["bad.toml:14:", "next week"]);
}

/// A calendar of another year and a mistyped product: allowed, and said.
#[test]
fn promotions_that_meet_no_sales_are_said() {
    let place = Place::new();
    let text = TINY
        .replace("demand = { per-day = 5 }\n", "")
        .replace("[[product]]", "[history]\nsales = \"sales.csv\"\npromotions = \"p.csv\"\n\n[[product]]");
    place.write("s.toml", text);
    place.write("sales.csv", format!("{SALES}{}", days(28)));
    let head = "campaign,sku,start,end,price,commission,planned_spend,host,live_slots\n";
    place.write("p.csv", format!("{head}x,A,2025-08-10,2025-08-12,,,,,\nx,a,2026-08-10,2026-08-12,,,,,\n"));
    place.stockburst(&["validate", "s.toml"]).is(
        0,
        &["neither in the sales nor in the scenario teach nothing: 1, `a`", "2025-08-10 to 2026-08-12, falls on a day"],
    );
    place.write("p.csv", format!("{head}x,A,2026-08-10,2026-08-12,,,,,\n"));
    let said = place.stockburst(&["validate", "s.toml"]);
    assert!(!said.stderr.contains("note:"), "{}", said.stderr);
}

#[test]
fn negative_units() {
    scenario(&TINY.replace("opening-stock = 100", "opening-stock = -5"), &["bad.toml:9:", "-5"]);
    sales(format!("{SALES}2026-08-01,A,-3,,,,,\n"), 4, &["sales.csv", "2", "units", "-3"]);
}

#[test]
fn all_problems_at_once() {
    let text = TINY
        .replace("paths = 200", "paths = 0")
        .replace("opening-stock = 100", "opening-stok = 100")
        .replace("2026-10-20", "2026-08-20");
    scenario(&text, &["paths", "opening-stok"]);
    let text = TINY.replace("paths = 200", "paths = 200\nhorizon-days = 5").replace("2026-10-20", "2026-08-20");
    scenario(&text, &["`2026-08-20` is not after today"]);
}

#[test]
fn zero_paths_and_a_thousand_billion() {
    scenario(&TINY.replace("paths = 200", "paths = 0"), &["bad.toml:5:", "`0`", "100"]);
    scenario(&TINY.replace("paths = 200", "paths = 1000000000000"), &["1000000000000", "1048576"]);
    let place = Place::new();
    place.write("tiny.toml", TINY);
    place.stockburst(&["run", "tiny.toml", "--paths", "0"]).is(2, &["--paths", "`0`", "100"]);
    place.stockburst(&["run", "tiny.toml", "--paths", "1000000000000"]).is(2, &["--paths", "1048576"]);
}

#[test]
fn horizon_shorter_than_the_lead_time() {
    let text = TINY
        .replace("paths = 200", "paths = 200\nhorizon-days = 45")
        .replace("mean = 9, cv = 0.3", "mean = 60, cv = 0.3");
    scenario(&text, &["bad.toml:6:", "horizon-days", "shorter than the lead time by `air`"]);
    let text = TINY.replace("paths = 200", "paths = 200\nhorizon-days = 20");
    scenario(&text, &["horizon-days", "before event `sale`"]);
}

#[test]
fn missing_scenario_and_folder_for_a_file() {
    let place = Place::new();
    place.stockburst(&["run", "nowhere.toml"]).is(3, &["nowhere.toml"]);
    place.stockburst(&["run", "."]).is(3, &["."]);
    place.write("binary.toml", [0xff, 0xfe, 0x00, 0x01]);
    place.stockburst(&["run", "binary.toml"]).is(3, &["binary.toml"]);
    place.write("broken.toml", "name = \n[[product\n");
    place.stockburst(&["run", "broken.toml"]).is(3, &["broken.toml:1:"]);
}

#[test]
fn duplicate_date_and_sku() {
    sales(format!("{SALES}{}2026-08-02,A,7,,,,,\n", days(5)), 4, &["sales.csv", "2026-08-02", "`A`"]);
}

#[test]
fn gap_in_dates() {
    sales(format!("{SALES}{}2026-08-09,A,7,,,,,\n", days(5)), 4, &["sales.csv", "2026-08-06"]);
}

#[test]
fn unknown_sku() {
    let file = format!("{SALES}{}", days(20).replace(",A,", ",A1,"));
    sales(file, 3, &["s.toml:", "`A`", "does not stand in the sales file"]);
}

#[test]
fn empty_file_and_header_only() {
    sales("", 4, &["sales.csv", "empty"]);
    sales(SALES, 4, &["sales.csv"]);
}

#[test]
fn not_a_csv() {
    sales([0x50, 0x4b, 0x03, 0x04, 0x00, 0x00, 0xff, 0x00], 4, &["sales.csv"]);
    sales("Dear analyst,\n\nplease find the sales attached.\n", 4, &["sales.csv"]);
}

#[test]
fn missing_file() {
    let place = Place::new();
    place.write("s.toml", TINY.replace("[[product]]", "[history]\nsales = \"nowhere.csv\"\n\n[[product]]"));
    place.stockburst(&["run", "s.toml"]).is(4, &["nowhere.csv"]);
}

#[test]
fn personal_columns_are_never_shown() {
    let file = format!("{}buyer_phone\n2026-08-01,A,many,,,,,,+44 7700 900123\n", SALES.trim_end().to_owned() + ",");
    let place = Place::new();
    place.write("s.toml", TINY.replace("[[product]]", "[history]\nsales = \"sales.csv\"\n\n[[product]]"));
    place.write("sales.csv", file);
    let ended = place.stockburst(&["run", "s.toml"]);
    ended.is(4, &["many"]);
    assert!(!ended.stderr.contains("7700") && !ended.stdout.contains("7700"));
}

#[test]
fn bursts_that_the_history_does_not_show() {
    let text = TINY
        .replace("demand = { per-day = 5 }\n", "")
        .replace("[[product]]", "[history]\nsales = \"sales.csv\"\n\n[[product]]")
        .replace(
            "demand = { kind = \"parametric\", ramp-days = 1, plateau-days = [3, 4], peak-per-day = 40 }",
            "days = 5\ndemand = { kind = \"replay\" }",
        );
    let place = Place::new();
    place.write("s.toml", text);
    place.write("sales.csv", format!("{SALES}{}", days(31)));
    place.stockburst(&["run", "s.toml"]).is(3, &["replay", "`A`", "parametric"]);
}

/// Without prices the sales forgone by pausing would cost nothing, and switching the ads off would look like service.
#[test]
fn pausing_without_prices() {
    let pause = "[candidates]\npause = [{ kind = \"share\", pause = 0.95, resume = 1.0 }]\n";
    scenario(&format!("{TINY}\n{pause}"), &["bad.toml:22:", "candidates.pause", "[money]"]);
}

#[test]
fn a_column_that_is_not_read_is_named() {
    let place = Place::new();
    let text = TINY
        .replace("demand = { per-day = 5 }\n", "")
        .replace("[[product]]", "[history]\nsales = \"sales.csv\"\n\n[[product]]");
    place.write("s.toml", text);
    let rows: String = (1..=31).map(|day| format!("2026-08-{day:02},A,5,0.5\n")).collect();
    place.write("sales.csv", format!("date,sku,units,in_stock_shrae\n{rows}"));
    place.stockburst(&["run", "s.toml"]).is(0, &["sales.csv", "`in_stock_shrae`"]);
}

#[test]
fn limits_that_cannot_be_computed() {
    scenario(
        &format!("{TINY}\n[limits]\noversell = 0.05\n"),
        &["bad.toml:", "limits.oversell", "no sales channel", "leave the key out"],
    );
    scenario(
        &format!("{TINY}\n[limits]\ncancel-rate = 0.05\n"),
        &["bad.toml:", "limits.cancel-rate", "not computable", "other-orders-per-day"],
    );
    scenario(&format!("{TINY}\n[limits]\noversell = 1.5\n"), &["bad.toml:", "limits.oversell", "1.5"]);
}

/// Cash needs prices, and terms that say something.
#[test]
fn terms_of_payment_that_cannot_be() {
    scenario(&format!("{TINY}\n[limits]\ncash-peak = 5000\n"), &["bad.toml:", "limits.cash-peak", "[money]"]);
    let money = "\n[money]\nprice = 9\nunit-cost = 4\n";
    let text = TINY.replace("paths = 200", "paths = 200\ncurrency = \"USD\"");
    scenario(&format!("{text}{money}deposit = 1.5\n"), &["bad.toml:", "money.deposit", "1.5"]);
    scenario(&format!("{text}{money}deposit = 1\nbalance-days = 30\n"), &["bad.toml:", "balance-days", "deposit"]);
    scenario(&format!("{text}{money}settlement-days = 400\n"), &["bad.toml:", "settlement-days", "400"]);
    scenario(&text.replace("[[lead-time]]", "discount = 2\n\n[[lead-time]]"), &["bad.toml:", "discount", "2"]);
}

/// Nobody reacts to an evening's ring on the same evening.
#[test]
fn reactions_that_cannot_be() {
    scenario(&format!("{TINY}\n[alerts]\npurchasing-days = 0\n"), &["bad.toml:", "purchasing-days", "`0`"]);
    scenario(&format!("{TINY}\n[alerts]\nmedia-days = 999\n"), &["bad.toml:", "media-days", "999"]);
}

/// A listing on pre-order shows no stock and forgoes sales, which cost nothing without prices.
#[test]
fn pre_orders_that_cannot_be() {
    let text = TINY.replace("paths = 200", "paths = 200\ncurrency = \"USD\"") + "\n[money]\nprice = 9\nunit-cost = 4\n";
    let rule = |limit: u32, resume: f64| {
        format!(
            "\n[candidates]\npause = [{{ kind = \"pre-order\", pause = 0.2, resume = {resume}, conversion = 0.5, \
             limit-days = {limit} }}]\n"
        )
    };
    scenario(&format!("{text}{}", rule(10, 0.1)), &["bad.toml:", "pause", "`0.1`", "above pause, `0.2`"]);
    scenario(&format!("{text}{}", rule(0, 0.4)), &["bad.toml:", "limit-days", "`0`"]);
    scenario(&format!("{TINY}{}", rule(10, 0.4)), &["bad.toml:", "candidates.pause", "[money]"]);
    let within = format!("{text}\n[ads]\nlook = \"within\"\n{}", rule(10, 0.4));
    scenario(&within, &["bad.toml:", "candidates.pause", "storefront", "leave out"]);
}

/// A bundle is exploded once, from records that are there.
#[test]
fn bundles_that_cannot_be() {
    let set = "\n[[bundle]]\nsku = \"set\"\ncomponents = [{ sku = \"A\", units = 2 }]\n";
    scenario(&format!("{TINY}{set}"), &["bad.toml:", "bundle", "`set`", "[history]"]);
    let history = TINY
        .replace("demand = { per-day = 5 }\n", "")
        .replace("[[product]]", "[history]\nsales = \"sales.csv\"\n\n[[product]]");
    scenario(&format!("{history}{}", set.replace("\"set\"", "\"A\"")), &["bad.toml:", "bundle", "product[0]"]);
    scenario(&format!("{history}{}", set.replace("units = 2", "units = 0")), &["bad.toml:", "units", "`0`"]);
    let place = Place::new();
    place.write("s.toml", format!("{history}{set}"));
    place.write("sales.csv", format!("{SALES}{}", days(31)));
    place.stockburst(&["run", "s.toml"]).is(3, &["s.toml:", "bundle", "`set`", "sales file"]);
    place.write("s.toml", format!("{history}{}", set.replace("sku = \"A\"", "sku = \"AA\"")));
    place.write("sales.csv", format!("{SALES}{}2026-09-01,set,1,,,,,\n", days(31)));
    place.stockburst(&["run", "s.toml"]).is(3, &["s.toml:", "components[0].sku", "`AA`", "would be lost"]);
}

/// The shop's pages, parcels and rules: each mistake has its line and its remedy.
#[test]
fn a_storefront_that_cannot_be() {
    let channel = "\n[[storefront.channel]]\nname = \"shop\"\n";
    scenario(&format!("{TINY}{channel}published-at-start = 300\n"), &["bad.toml:23:", "`300`", "linked = false"]);
    scenario(&format!("{TINY}{channel}reserve = 101\n"), &["bad.toml:23:", "`101`", "opening stock", "`100`"]);
    scenario(&format!("{TINY}{channel}threshold = 101\n"), &["bad.toml:23:", "threshold", "`101`", "show nothing"]);
    scenario(&format!("{TINY}{channel}stock-share = 0.0\n"), &["bad.toml:23:", "nobody could order here"]);
    scenario(&format!("{TINY}{channel}push-delay-minutes = -2\n"), &["bad.toml:23:", "`-2`", "at least 0"]);
    scenario(&format!("{TINY}{channel}share = 0\n"), &["bad.toml:", "storefront.channel", "above 0"]);
    scenario(&format!("{TINY}\n[storefront]\nhours = [1, 2]\n"), &["storefront.hours", "24"]);
    let dispatch = "\n[dispatch]\nlate-after = 3\n";
    scenario(&format!("{TINY}{dispatch}cancel-after = 2\n"), &["bad.toml:23:", "cancel-after", "late-after, `3`"]);
    scenario(&format!("{TINY}{dispatch}capacity-per-day = 0\n"), &["bad.toml:23:", "capacity-per-day", "`0`"]);
    let platform = "\n[platform]\npreset = \"mars-2026\"\n";
    scenario(&format!("{TINY}{platform}"), &["bad.toml:22:", "`mars-2026`", "us-2026-03", "th-2025-06"]);
    let backlog = TINY.replace("demand = {", "backlog = [1000000001]\ndemand = {");
    scenario(&backlog, &["bad.toml:10:", "`1000000001`", "at most 1000000000"]);
}

/// TINY with prices.
fn priced(more: &str) -> String {
    let money = "[money]\nprice = 20\nunit-cost = 8\n";
    TINY.replace("paths = 200", "paths = 200\ncurrency = \"USD\"") + money + more
}

/// The supplier's terms.
#[test]
fn ordering_that_cannot_be() {
    let ordering = |keys: &str| format!("{TINY}\n[ordering]\n{keys}\n");
    scenario(&ordering("minimum = 50\nmaximum = 40"), &["bad.toml:23:", "ordering.maximum", "`40`", "50"]);
    scenario(&ordering("multiple = 30\nmaximum = 29"), &["bad.toml:23:", "`29`", "30"]);
    scenario(&ordering("maximum = 2000000000"), &["bad.toml:22:", "`2000000000`", "1000000000"]);
    scenario(&ordering("review-days = 0"), &["bad.toml:22:", "review-days", "`0`"]);
    scenario(
        &ordering("review-days = 7\norder-weekdays = [\"mon\"]"),
        &["bad.toml:22:", "`7`", "order-weekdays", "leave one of the two out"],
    );
    scenario(&ordering("order-weekdays = [\"mon\", \"moon\"]"), &["bad.toml:22:", "`moon`"]);
    scenario(&ordering("order-weekdays = [\"mon\", \"mon\"]"), &["bad.toml:22:", "twice"]);
}

#[test]
fn expediting_that_cannot_be() {
    let expedite = |keys: &str| format!("{TINY}\n[ordering.expedite]\n{keys}\n");
    scenario(&expedite("mode = \"rail\"\nlevel = 5\nquantity = 9"), &["bad.toml:22:", "`rail`", "modes: air"]);
    scenario(&expedite("mode = \"air\"\nlevel = 5"), &["bad.toml:21:", "how much", "quantity"]);
    scenario(
        &expedite("mode = \"air\"\nlevel = 5\nquantity = 9\nup-to = 9"),
        &["bad.toml:25:", "both", "leave one of them out"],
    );
    scenario(&expedite("mode = \"air\"\nlevel = 9\nup-to = 9"), &["bad.toml:24:", "`9` must be above level"]);
    scenario(&expedite("mode = \"air\"\nlevel = 9\nquantity = 0"), &["bad.toml:24:", "`0` pieces are no order"]);
    scenario(
        &expedite("mode = \"air\"\nlevel = 9\nquantity = 5"),
        &["bad.toml:22:", "`air` is not faster than any mode that is compared"],
    );
}

/// What is allowed and hardly meant is said, with its place and a remedy, and the run goes on.
#[test]
fn doubts_are_said_and_stop_nothing() {
    let place = Place::new();
    place.write("s.toml", TINY.replace("opening-stock = 100", "opening-stock = 100\nbacklog = [7, 5]"));
    place.stockburst(&["run", "s.toml"]).is(0, &["warning: `12` pieces are owed", "s.toml:10:", "late-after", "help:"]);
    let quiet = place.stockburst(&["run", "s.toml", "--quiet"]);
    assert_eq!((quiet.code, quiet.stderr.as_str()), (0, ""));
    let second = TINY.replace("[[product]]", "[[lead-time]]\nmode = \"sea\"\nstage = [{ name = \"all\", days = { kind = \"fixed\", days = 20 } }]\n\n[[product]]");
    place.write(
        "s.toml",
        second + "[ordering]\nmaximum = 40\nexpedite = { mode = \"air\", level = 41, quantity = 9 }\n",
    );
    place
        .stockburst(&["validate", "s.toml"])
        .is(0, &["warning: `41` is above ordering.maximum, `40`", "(ordering.expedite.level)", "40 or less"]);
}

#[test]
fn a_decimal_comma_gets_a_hint() {
    scenario(
        &priced("").replace("price = 20", "price = 12,99"),
        &["bad.toml:22:", "not TOML", "write decimals with a point, such as 12.99"],
    );
}

#[test]
fn price_breaks_that_hold_for_no_product() {
    let text = priced("price-breaks = [{ from = 50, unit-cost = 7 }]\n");
    scenario(
        &text.replace("opening-stock = 100", "opening-stock = 100\nunit-cost = 8"),
        &["bad.toml:", "money.price-breaks", "hold for no product", "unit-cost"],
    );
}

#[test]
fn price_breaks_that_cannot_be() {
    let breaks = |list: &str| priced(&format!("price-breaks = [{list}]\n"));
    let of = |from: u32, cost: f64| format!("{{ from = {from}, unit-cost = {cost:?} }}");
    scenario(&breaks(&of(100, 8.0)), &["bad.toml:24:", "`8` must be below `8`", "fall in price"]);
    scenario(
        &breaks(&[of(100, 7.0), of(100, 6.0)].join(", ")),
        &["bad.toml:24:", "`100` must be above `100`", "rise in quantity"],
    );
    scenario(&breaks(&(of(100, 5.0) + "]\nsalvage = 6\n#")), &["bad.toml:25:", "`6`", "lowest", "leftovers would pay"]);
    let without =
        TINY.replace("opening-stock = 100", "opening-stock = 100\nprice-breaks = [{ from = 9, unit-cost = 1 }]");
    scenario(&without, &["bad.toml:10:", "price breaks need prices", "[money]"]);
}

/// Levels of a base that the plans do not have, and levels the wrong way round.
#[test]
fn levels_that_cannot_be() {
    let pause = |rule: &str| priced(&format!("\n[candidates]\npause = [{{ {rule} }}]\n"));
    let share = "kind = \"share\", pause = 0.2, resume = 0.4";
    scenario(
        &pause(&format!("{share}, base = \"order-up-to\"")),
        &["bad.toml:26:", "`order-up-to`", "no plan orders up to a level", "s-s"],
    );
    let alerts = priced("\n[alerts]\nbase = \"order-up-to\"\n\n[candidates]\npolicy = \"s-s\"\n");
    scenario(&alerts, &["bad.toml:26:", "alerts.base", "`never`", "another base"]);
    scenario(&pause(&format!("{share}, base = \"midnight\"")), &["bad.toml:26:", "`midnight`"]);
    scenario(&pause("kind = \"share\", pause = 0.5, resume = 0.4"), &["bad.toml:26:", "`0.4` must be above pause"]);
    scenario(&pause("kind = \"units\", pause = 9, resume = 9"), &["bad.toml:26:", "`9` must be above pause"]);
}

/// Mechanics that contradict themselves or each other.
#[test]
fn contradictions() {
    scenario(
        &TINY.replace("stage = [{ name = \"all\", days = { kind = \"gamma\", mean = 9, cv = 0.3 } }]", "stage = []"),
        &["bad.toml:19:", "mode `air` has no stage"],
    );
    scenario(&format!("{TINY}\n[ads]\ndelay-days = -1\n"), &["bad.toml:22:", "`-1`", "at least 0"]);
    scenario(&format!("{TINY}\n[dispatch]\nreserved = 101\n"), &["bad.toml:22:", "`101`", "opening stock", "`100`"]);
    scenario(
        &TINY.replace("{ kind = \"gamma\", mean = 9, cv = 0.3 }", "{ kind = \"fixed\", days = 700 }"),
        &["bad.toml:17:", "`air` takes 700 days", "horizon-days"],
    );
    let substitute =
        "opening-stock = 100\nsubstitute = { sku = \"B\", opening-stock = 9, spill = 0.5, spend-per-day = 3 }";
    scenario(&TINY.replace("opening-stock = 100", substitute), &["bad.toml:10:", "spend-per-day", "turns nobody over"]);
}

/// Pieces that could not be counted exactly, at every place where pieces are stated.
#[test]
fn pieces_beyond_the_exact_range() {
    let most = "9007199254740993";
    let beyond = |text: &str, key: &str| {
        scenario(text, &["bad.toml:", key, &format!("`{most}`"), "at most 1000000000"]);
    };
    beyond(&TINY.replace("opening-stock = 100", &format!("opening-stock = {most}")), "opening-stock");
    beyond(&format!("{TINY}\n[ordering]\nminimum = {most}\n"), "ordering.minimum");
    beyond(&format!("{TINY}\n[ordering]\nmaximum = {most}\n"), "ordering.maximum");
    let expedite = format!("{TINY}\n[ordering.expedite]\nmode = \"air\"\nlevel = {most}\nquantity = 1\n");
    beyond(&expedite, "ordering.expedite.level");
    for (key, rule) in [
        ("level", format!("kind = \"units\", level = {most}")),
        ("to", format!("kind = \"range\", from = 1, to = {most}, steps = 3")),
        ("during", format!("kind = \"by-phase\", before = 1, during = {most}, after = 1")),
    ] {
        let text = format!("{TINY}\n[candidates]\nreorder = [{{ {rule} }}]\n");
        beyond(&text, &format!("candidates.reorder[0].{key}"));
    }
    beyond(&format!("{TINY}\n[candidates]\norder-quantity = {most}\n"), "candidates.order-quantity");
    let pause = format!("\n[candidates]\npause = [{{ kind = \"units\", pause = 1, resume = {most} }}]\n");
    beyond(&priced(&pause), "candidates.pause[0].resume");
    let breaks = format!("price-breaks = [{{ from = {most}, unit-cost = 1 }}]\n");
    beyond(&priced(&breaks), "money.price-breaks[0].from");
}
