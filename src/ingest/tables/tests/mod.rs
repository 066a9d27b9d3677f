//! Tables, right and wrong.

mod any;
mod rules;
mod shipped;

use super::*;
use crate::history::Sku;
use crate::scenario::HistorySpec;
use crate::units::Units;

const SALES: &str = "date,sku,units,orders,largest_line,in_stock_share,price,promotion\n";

fn spec(sales: &str) -> HistorySpec {
    let sales = sales.to_owned();
    HistorySpec {
        sales,
        promotions: None,
        ads: None,
        purchases: None,
        open_orders: None,
        stock: None,
        source: None,
        orders_by_hour: Vec::new(),
    }
}

/// Loads one table from bytes, with a right sales table beside it.
#[expect(clippy::disallowed_methods, reason = "writes its fixture")]
fn load(role: TableRole, bytes: impl AsRef<[u8]>) -> Result<LoadedHistory, DataError> {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("written");
    write("right.csv", format!("{SALES}2026-01-01,A,1,,,,,\n").as_bytes());
    write("t.csv", bytes.as_ref());
    let (mut spec, file) = (spec("right.csv"), Some("t.csv".to_owned()));
    match role {
        TableRole::Sales => spec.sales = "t.csv".to_owned(),
        TableRole::Promotions => spec.promotions = file,
        TableRole::Ads => spec.ads = file,
        TableRole::Purchases => spec.purchases = file,
        TableRole::OpenOrders => spec.open_orders = file,
        TableRole::Stock => spec.stock = file,
    }
    load_history(folder.path(), &spec)
}

/// Row, column, value and text of each bad row.
fn rows(role: TableRole, text: &str) -> Vec<(usize, String, String, String)> {
    let error = load(role, text).expect_err("bad rows");
    match &error.tables[0].error {
        TableError::Rows { rows, .. } => rows
            .iter()
            .map(|at| (at.row, at.column.clone(), at.value.clone(), format!("{}; {}", at.problem, at.help)))
            .collect(),
        other => panic!("{other}"),
    }
}

/// The one bad row.
#[track_caller]
fn assert_row(role: TableRole, text: &str, row: usize, column: &str, value: &str, problem: &str) {
    let rows = rows(role, text);
    let wanted = (row, column.to_owned(), value.to_owned(), problem.to_owned());
    assert_eq!(rows, [wanted]);
}

fn whole(role: TableRole, bytes: impl AsRef<[u8]>) -> String {
    load(role, bytes).expect_err("unusable").to_string()
}

#[test]
fn a_right_table_in_any_order_with_quotes_blanks_and_more_columns() {
    let text = "\u{feff} sku ,date,units,\"buyer\",price\r\n\"A, b\",2026-01-02, 3 ,\"Bob\n\"\"B\"\"\",\r\n\r\n\"A, b\",2026-01-01,2,x,1.5\r\nC,2026-01-05,0,,0\r\n";
    let loaded = load(TableRole::Sales, text).expect("right");
    let series = &loaded.history.sales[&Sku("A, b".to_owned())];
    assert_eq!(series.first_day.to_string(), "2026-01-01");
    assert_eq!(series.days.iter().map(|day| day.units).collect::<Vec<_>>(), [Units(2), Units(3)]);
    assert_eq!(series.days[0].price, Some(1.5));
    assert_eq!((series.days[0].promotion, series.days[1].price), (None, None));
    let input = &loaded.inputs[0];
    assert_eq!((input.role, input.path.as_str(), input.rows), (TableRole::Sales, "t.csv", 3));
    assert_eq!(input.ignored_columns, ["buyer"]);
    assert_eq!(input.sha256.len(), 64);
}

#[test]
fn cells_of_sales() {
    let row = |cells: &str| format!("{SALES}2026-01-01,A,1,1,1,1,1,1\n{cells}\n");
    let sales = |cells: &str, column: &str, value: &str, problem: &str| {
        assert_row(TableRole::Sales, &row(cells), 3, column, value, problem);
    };
    let whole = "write a whole number, 0 or more, without separators";
    let date = "write year-month-day, such as 2026-11-11";
    sales("2026-02-30,A,1,,,,,", "date", "2026-02-30", &format!("`2026-02-30` is not a date; {date}"));
    sales(",B,1,,,,,", "date", "", "is empty; every row needs a value here");
    sales("2026-01-02, ,1,,,,,", "sku", "", "is empty; every row needs a value here");
    sales("2026-01-02,A,1.5,,,,,", "units", "1.5", &format!("`1.5` is not a whole number of 0 or more; {whole}"));
    sales(
        "2026-01-02,A,-3,,,,,",
        "units",
        "-3",
        "`-3` is not a whole number of 0 or more; take returns out of the file, or correct the number",
    );
    sales(
        "2026-01-02,A,1000000001,,,,,",
        "units",
        "1000000001",
        "`1000000001` is above 1000000000; correct the number",
    );
    sales(
        "2026-01-02,A,99999999999999999999999,,,,,",
        "units",
        "99999999999999999999999",
        "`99999999999999999999999` is above 1000000000; correct the number",
    );
    sales(
        "2026-01-02,A,\"1,000\",,,,,",
        "units",
        "1,000",
        &format!("`1,000` is not a whole number of 0 or more; {whole}"),
    );
    sales("2026-01-02,A,1,x,,,,", "orders", "x", &format!("`x` is not a whole number of 0 or more; {whole}"));
    sales(
        "2026-01-02,A,1,,2,,,",
        "largest_line",
        "2",
        "`2` is above the day's units, `1`; one order line is at most the whole day",
    );
    sales(
        "2026-01-02,A,1,,,1.2,,",
        "in_stock_share",
        "1.2",
        "`1.2` is not from 0 to 1; write a fraction, such as 0.5 for 50 %",
    );
    sales(
        "2026-01-02,A,1,,,,-1,",
        "price",
        "-1",
        "`-1` is below 0; write 0 or more, or leave it empty if it is unknown",
    );
    sales(
        "2026-01-02,A,1,,,,NaN,",
        "price",
        "NaN",
        "`NaN` is not a number; write it with a decimal point, without separators and units",
    );
    sales(
        "2026-01-02,A,1,,,,1e999,",
        "price",
        "1e999",
        "`1e999` is not a number; write it with a decimal point, without separators and units",
    );
    sales(
        "2026-01-02,A,1,,,,,yes",
        "promotion",
        "yes",
        "`yes` is not 1 or 0; write 1 for yes, 0 for no, nothing if it is unknown",
    );
}

#[test]
fn days_of_sales_are_there_once() {
    let twice = format!("{SALES}2026-01-01,A,1,,,,,\n2026-01-02,A,1,,,,,\n2026-01-01,A,4,,,,,\n");
    let problem = "`2026-01-01` of sku `A` stands already on row 2; one row a day and sku; add them up or remove one";
    assert_row(TableRole::Sales, &twice, 4, "date", "2026-01-01", problem);
    let gap = |date: &str| format!("{SALES}{date},A,1,,,,,\n2026-01-01,A,1,,,,,\n");
    let help = "write the day with units 0, and with in_stock_share 0 if nothing could be bought";
    assert_row(
        TableRole::Sales,
        &gap("2026-01-03"),
        2,
        "date",
        "2026-01-03",
        &format!("sku `A` lacks the day `2026-01-02`; {help}"),
    );
    assert_row(
        TableRole::Sales,
        &gap("2026-01-11"),
        2,
        "date",
        "2026-01-11",
        &format!("sku `A` lacks 9 days, `2026-01-02` to `2026-01-10`; {help}"),
    );
}

#[test]
fn twenty_problems_are_listed_and_the_rest_counted() {
    let many = (0..50).fold(SALES.to_owned(), |text, _| text + "x,A,1,,,,,\n");
    let error = load(TableRole::Sales, many).expect_err("bad");
    let shown = error.render(false);
    assert!(
        shown.starts_with("error: sales file `t.csv` has 50 bad cells or rows\n  row 2, column `date`: `x` is not"),
        "{shown}"
    );
    assert!(shown.ends_with("  and 30 more\n"), "{shown}");
    assert_eq!(shown.lines().count(), 22);
}

#[test]
fn files_that_are_no_tables() {
    let sales = TableRole::Sales;
    let lead = "sales file `t.csv` ";
    assert_eq!(
        whole(sales, ""),
        format!("error: {lead}is empty; write a header row with the columns `date`, `sku`, `units`")
    );
    assert_eq!(
        whole(sales, SALES),
        format!("error: {lead}has a header but no rows; add rows, or leave the file out of [history]")
    );
    assert!(whole(sales, "date,sku\nSECRET,1\n").ends_with("lacks the column `units`; columns found: `date`, `sku`"));
    let near = whole(sales, "date,sku,unit\n2026-01-01,A,1\n");
    assert!(near.ends_with("lacks the column `units`; rename `unit`? columns found: `date`, `sku`, `unit`"), "{near}");
    let semicolons = whole(sales, "date;sku;units\n2026-01-01;A;1\n");
    assert!(semicolons.contains("its header has semicolons; separate the columns with commas"), "{semicolons}");
    assert!(whole(sales, "date,sku,units,sku\n").ends_with("has the column `sku` twice; keep one of them"));
    assert!(
        whole(sales, b"PK\x03\x04\x00\x00").contains("is not text (line 1 holds a zero byte); a spreadsheet has to be")
    );
    assert!(
        whole(sales, b"date,sku,units\n2026-01-01,\xe9,1\n")
            .contains("is not UTF-8 text from line 2 on; save it as UTF-8")
    );
    assert!(whole(sales, b"\xff\xfed\0").contains("is UTF-16 text; save it as UTF-8"));
    assert!(
        whole(sales, "date,sku,units\n2026-01-01,5\" plate,1\n")
            .contains("is broken on line 2: a quote stands inside a cell")
    );
    assert_row(
        sales,
        "date,sku,units,buyer\n2026-01-01,A,1,SECRET,SECRET\n",
        2,
        "",
        "",
        "has 5 fields where the header has 4; give every row as many commas as the header, and quote commas in texts",
    );
}

#[test]
fn all_files_are_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut spec = spec("none.csv");
    spec.stock = Some(".".to_owned());
    let error = load_history(folder.path(), &spec).expect_err("bad").to_string();
    let wanted = "error: sales file `none.csv` does not exist; check the name, and the folder it is looked for in\n\
                  error: stock file `.` is a folder; name a file in it";
    assert_eq!(error, wanted);
}
