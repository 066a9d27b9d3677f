//! Messages word for word: what an analyst reads when something is wrong.

use crate::support::Place;

#[test]
fn a_scenario_with_four_mistakes() {
    let place = Place::new();
    place.write("bad.toml", BAD);
    let ended = place.stockburst(&["run", "bad.toml"]);
    insta::assert_snapshot!(ended.stderr.trim_end(), @r#"
    error: `0` is out of range; it must be at least 100 and at most 1048576
     --> bad.toml:4:9 (paths)
      |
    4 | paths = 0
      |         ^

    error: unknown key `openning-stock`
     --> bad.toml:8:1 (product[0].openning-stock)
      |
    8 | openning-stock = 100
      | ^^^^^^^^^^^^^^
    help: did you mean `opening-stock`?

    error: `parametrik` is not a known kind
      --> bad.toml:14:19 (event[0].demand.kind)
       |
    14 | demand = { kind = "parametrik", ramp-days = 1, plateau-days = [4, 3], peak-per-day = 40 }
       |                   ^^^^^^^^^^^^
    help: did you mean "parametric"?

    error: `"wide"` is a text; a number is wanted
      --> bad.toml:18:66 (lead-time[0].stage[0].days.cv)
       |
    18 | stage = [{ name = "all", days = { kind = "gamma", mean = 9, cv = "wide" } }]
       |                                                                  ^^^^^^
    "#);
}

#[test]
fn a_sales_file_with_five_bad_cells() {
    let place = Place::new();
    place.write("ok.toml", OK);
    place.write("sales.csv", SALES);
    let ended = place.stockburst(&["run", "ok.toml"]);
    insta::assert_snapshot!(ended.stderr.trim_end(), @r#"
    error: sales file `sales.csv` has 5 bad cells or rows
      row 3, column `units`: `-3` is not a whole number of 0 or more; take returns out of the file, or correct the number
      row 4, column `date`: `2026-08-02` of sku `A` stands already on row 3; one row a day and sku; add them up or remove one
      row 5, column `date`: `02/08/2026` is not a date; write year-month-day, such as 2026-11-11
      row 6, column `units`: `x` is not a whole number of 0 or more; write a whole number, 0 or more, without separators
      row 6, column `in_stock_share`: `1.5` is not from 0 to 1; write a fraction, such as 0.5 for 50 %
    "#);
}

const BAD: &str = r#"name = "bad name"
title = "How much?"
today = 2026-10-01
paths = 0

[[product]]
sku = "A"
openning-stock = 100
demand = { per-day = 5 }

[[event]]
id = "sale"
start = 2026-09-20
demand = { kind = "parametrik", ramp-days = 1, plateau-days = [4, 3], peak-per-day = 40 }

[[lead-time]]
mode = "air"
stage = [{ name = "all", days = { kind = "gamma", mean = 9, cv = "wide" } }]
"#;

const OK: &str = r#"name = "ok"
title = "How much?"
today = 2026-10-01

[history]
sales = "sales.csv"

[[product]]
sku = "A"
opening-stock = 100

[[event]]
id = "sale"
start = 2026-10-20
days = 5
demand = { kind = "replay" }

[[lead-time]]
mode = "air"
stage = [{ name = "all", days = { kind = "gamma", mean = 9, cv = 0.3 } }]
"#;

const SALES: &str = "date,sku,units,in_stock_share\n2026-08-01,A,5,1\n2026-08-02,A,-3,1\n2026-08-02,A,4,1\n02/08/2026,A,4,1\n2026-08-03,A,x,1.5\n";
