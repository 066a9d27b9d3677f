//! The rules of the tables beside sales.

use super::*;

#[test]
fn ads_rules() {
    let head = "date,campaign,sku,planned_spend,spend\n";
    let ok = load(TableRole::Ads, format!("{head}2026-01-05,tiktok,,,3.50\n2026-01-05,tiktok,A,4,0\n")).expect("right");
    assert_eq!(ok.history.ads[0].spend, Some(3.5));
    assert_eq!(ok.history.ads[1].sku, Some(Sku("A".to_owned())));
    let amount = "`-2` is below 0; write 0 or more, or leave it empty if it is unknown";
    assert_row(TableRole::Ads, &format!("{head}2026-01-05,t,,,-2\n"), 2, "spend", "-2", amount);
    assert_row(TableRole::Ads, &format!("{head}2026-01-05,t,,-2,2\n"), 2, "planned_spend", "-2", amount);
    assert_row(
        TableRole::Ads,
        &format!("{head}2026-01-05,t,,,\n"),
        2,
        "spend",
        "",
        "is empty; every row needs a value here",
    );
    let twice = "`2026-01-05` of this campaign and sku stands already on row 2; one row a day, campaign and sku; add them up or remove one";
    assert_row(TableRole::Ads, &format!("{head}2026-01-05,t,,,1\n2026-01-05,t,,,1\n"), 3, "date", "2026-01-05", twice);
}

#[test]
fn promotion_rules() {
    let head = "campaign,sku,start,end,price,commission,planned_spend,host,live_slots\n";
    let row = |cells: &str| format!("{head}11.11,A,2026-11-10,2026-11-12,9.9,0.2,100,Li,20:00-22:00\n{cells}\n");
    let ok = load(TableRole::Promotions, row("12.12,A,2026-11-13,2026-11-13,,,,,")).expect("right");
    assert_eq!(ok.history.promotions[0].live_slots.as_deref(), Some("20:00-22:00"));
    assert_eq!(ok.history.promotions[1].commission, None);
    let one = |cells: &str, column: &str, value: &str, problem: &str| {
        assert_row(TableRole::Promotions, &row(cells), 3, column, value, problem);
    };
    one(
        "x,B,2026-11-10,2026-11-09,,,,,",
        "end",
        "2026-11-09",
        "`2026-11-09` is before start, `2026-11-10`; correct one of the two dates",
    );
    one(
        "x,B,2026-11-10,2026-11-10,,1.5,,,",
        "commission",
        "1.5",
        "`1.5` is not from 0 to 1; write a fraction, such as 0.5 for 50 %",
    );
    one(
        "x,B,2026-11-10,2026-11-10,-1,,,,",
        "price",
        "-1",
        "`-1` is below 0; write 0 or more, or leave it empty if it is unknown",
    );
    one(
        "x,B,2026-11-10,2026-11-10,,,-1,,",
        "planned_spend",
        "-1",
        "`-1` is below 0; write 0 or more, or leave it empty if it is unknown",
    );
    let overlap = "`2026-11-12` of sku `A` falls in its promotion of row 2, `2026-11-10` to `2026-11-12`; promotions of a sku do not overlap; write them as one";
    one("x,A,2026-11-12,2026-11-20,,,,,", "start", "2026-11-12", overlap);
    one("x,,2026-11-12,2026-11-20,,,,,", "sku", "", "is empty; every row needs a value here");
}

#[test]
fn purchase_rules() {
    let head = "order,sku,mode,supplier,units,ordered_on,produced_on,arrived_on,cleared_on,received_on\n";
    let row = |cells: &str| format!("{head}P1,A,sea,S,100,2026-01-01,2026-01-15,,2026-02-20,2026-02-22\n{cells}\n");
    let ok = load(TableRole::Purchases, row("P1,,air,,5,2026-01-01,,,,2026-01-01")).expect("right");
    assert_eq!(ok.history.purchases[0].lead_days(), Some(52.0));
    assert_eq!(ok.history.purchases[1].sku, None);
    let one = |cells: &str, column: &str, value: &str, problem: &str| {
        assert_row(TableRole::Purchases, &row(cells), 3, column, value, problem);
    };
    let correct = "correct one of the two dates";
    one(
        "P2,A,sea,,1,2026-01-02,,,,2026-01-01",
        "received_on",
        "2026-01-01",
        &format!("`2026-01-01` is before ordered_on, `2026-01-02`; {correct}"),
    );
    one(
        "P2,A,sea,,1,2026-01-02,2026-01-09,,2026-01-08,2026-02-01",
        "cleared_on",
        "2026-01-08",
        &format!("`2026-01-08` is before produced_on, `2026-01-09`; {correct}"),
    );
    one("P2,A,sea,,1,2026-01-02,,,,", "received_on", "", "is empty; every row needs a value here");
    one(
        "P1,A,sea,,1,2026-01-02,,,,2026-01-03",
        "order",
        "P1",
        "this order and sku stand already on row 2; one row an order and sku; number part deliveries apart",
    );
    one(
        "P2,A,sea,,x,2026-01-02,,,,2026-01-03",
        "units",
        "x",
        "`x` is not a whole number of 0 or more; write a whole number, 0 or more, without separators",
    );
}

#[test]
fn open_order_rules() {
    let head = "order,sku,mode,units,ordered_on,stage,stage_since,promised_on\n";
    let row = |cells: &str| format!("{head}P1,A,sea,100,2026-01-01,customs,2026-02-01,2026-03-01\n{cells}\n");
    let ok = load(TableRole::OpenOrders, row("P2,A,air,5,2026-01-01,,,")).expect("right");
    assert_eq!(ok.history.open_orders[0].stage.as_deref(), Some("customs"));
    assert_eq!(ok.history.open_orders[1].promised_on, None);
    let one = |cells: &str, column: &str, value: &str, problem: &str| {
        assert_row(TableRole::OpenOrders, &row(cells), 3, column, value, problem);
    };
    one("P2,A,air,5,2026-01-01,customs,,", "stage_since", "", "is empty though stage is given; give both or neither");
    one(
        "P2,A,air,5,2026-01-01,,2026-01-03,",
        "stage",
        "",
        "is empty though stage_since is given; give both or neither",
    );
    one(
        "P2,A,air,5,2026-01-05,customs,2026-01-03,",
        "stage_since",
        "2026-01-03",
        "`2026-01-03` is before ordered_on, `2026-01-05`; correct one of the two dates",
    );
    one(
        "P2,A,air,5,2026-01-05,,,2026-01-03",
        "promised_on",
        "2026-01-03",
        "`2026-01-03` is before ordered_on, `2026-01-05`; correct one of the two dates",
    );
    one(
        "P1,A,air,5,2026-01-05,,,",
        "order",
        "P1",
        "this order and sku stand already on row 2; one row an order and sku; number part deliveries apart",
    );
}

#[test]
fn stock_rules() {
    let head = "sku,on_hand,committed,reserved,damaged\n";
    let ok = load(TableRole::Stock, format!("{head}A,10,12,,1\nB,0,,,\n")).expect("right");
    assert_eq!(ok.history.stock[&Sku("A".to_owned())].committed, Units(12), "oversold");
    let twice = "this sku stands already on row 2; one row a sku; add them up or remove one";
    assert_row(TableRole::Stock, &format!("{head}A,10,,,\nA,1,,,\n"), 3, "sku", "A", twice);
    let part = "`3` is above on_hand, `2`; it is a part of on_hand, not beside it";
    assert_row(TableRole::Stock, &format!("{head}A,2,,,3\n"), 2, "damaged", "3", part);
    assert_row(TableRole::Stock, &format!("{head}A,,,,\n"), 2, "on_hand", "", "is empty; every row needs a value here");
}

#[test]
fn ways_to_say_when_there_was_stock() {
    let head = "date,sku,units,in_stock_share,out_of_stock,stockout_at,stocked_out\n";
    let shares = |rows: &str| -> Vec<Option<f64>> {
        let loaded = load(TableRole::Sales, format!("{head}{rows}")).expect("right");
        let minutes = |share: f64| (share * 1440.0).round() / 1440.0;
        loaded.history.sales[&Sku("A".to_owned())].days.iter().map(|day| day.in_stock_share.map(minutes)).collect()
    };
    let rows = "2026-01-01,A,9,0.4,,,1\n2026-01-02,A,9,,18:00-21:00; 23:00-24:00,,\n2026-01-03,A,9,,,20:30,\n\
                2026-01-04,A,9,,,,1\n2026-01-05,A,9,,,,0\n2026-01-06,A,9,,,,\n";
    assert_eq!(
        shares(rows),
        [Some(576.0 / 1440.0), Some(1200.0 / 1440.0), Some(1230.0 / 1440.0), Some(0.0), Some(1.0), None]
    );
    let one = |cells: &str, column: &str, value: &str, problem: &str| {
        assert_row(TableRole::Sales, &format!("{head}2026-01-01,A,9,{cells}\n"), 2, column, value, problem);
    };
    one(",,25:00,", "stockout_at", "25:00", "`25:00` is not a time of day; write hours and minutes, such as 20:30");
    let hours = "write from and until, such as 18:00-21:30, several with a semicolon between them";
    one(",21-22,,", "out_of_stock", "21-22", &format!("`21-22` is not a list of hours; {hours}"));
    one(",22:00-21:00,,", "out_of_stock", "22:00-21:00", &format!("`22:00-21:00` is not a list of hours; {hours}"));
    one(
        "0.5,,20:00,",
        "",
        "",
        "the row says in more than one way when the product was in stock; leave all but one of in_stock_share, \
         out_of_stock and stockout_at empty",
    );
}
