//! The sales table: one row a day and product, no day left out.

use std::collections::BTreeMap;

use super::cells::{Problems, Row};
use super::frame::Frame;
use crate::calendar::Date;
use crate::history::{SalesDay, SalesSeries, Sku};
use crate::ingest::text::shown;
use crate::learn::TrafficProfile;
use crate::units::Units;

/// What to do about a missing day.
const GAP_HELP: &str = "write the day with units 0, and with in_stock_share 0 if nothing could be bought";

/// Reads the rows, which may come in any order.
pub(super) fn read(frame: &Frame, traffic: &TrafficProfile, problems: &mut Problems<'_>) -> BTreeMap<Sku, SalesSeries> {
    let mut skus: BTreeMap<&str, Vec<(Date, Row<'_>, SalesDay)>> = BTreeMap::new();
    let mut whole = true;
    for row in frame.rows() {
        let date = row.date("date", problems);
        let sku = row.text("sku", problems);
        let day = read_day(row, traffic, problems);
        match (date, sku) {
            (Some(date), Some(sku)) => skus.entry(sku).or_default().push((date, row, day)),
            _ => whole = false,
        }
    }
    let mut sales = BTreeMap::new();
    for (sku, mut days) in skus {
        days.sort_by_key(|(date, row, _)| (*date, row.at));
        for pair in days.windows(2) {
            let [(before, earlier, _), (date, row, _)] = pair else { continue };
            if date == before {
                let problem = format!("`{date}` of sku `{}` stands already on row {}", shown(sku), earlier.line());
                problems.cell(*row, "date", problem, "one row a day and sku; add them up or remove one");
            } else if whole && *date != before.plus_days(1) {
                problems.cell(*row, "date", gap(sku, *before, *date), GAP_HELP);
            }
        }
        if let Some((first_day, ..)) = days.first() {
            let (first_day, days) = (*first_day, days.into_iter().map(|(.., day)| day).collect());
            sales.insert(Sku(sku.to_owned()), SalesSeries { first_day, days });
        }
    }
    sales
}

fn read_day(row: Row<'_>, traffic: &TrafficProfile, problems: &mut Problems<'_>) -> SalesDay {
    let units = row.units("units", problems);
    // Not kept, but a bad count tells of a bad file.
    row.units("orders", problems);
    let largest_line = row.units("largest_line", problems);
    if let (Some(units), Some(line)) = (units, largest_line)
        && line > units
    {
        let problem = format!("`{line}` is above the day's units, `{units}`");
        problems.cell(row, "largest_line", problem, "one order line is at most the whole day");
    }
    SalesDay {
        units: units.unwrap_or(Units::ZERO),
        largest_line,
        in_stock_share: in_stock_share(row, traffic, problems),
        price: row.amount("price", problems),
        promotion: row.flag("promotion", problems),
    }
}

/// The share of the day's traffic that found stock, from whatever is known of it. Of a day that only a flag marks no time is known:
/// a share of 0 with pieces sold says that demand was at least those.
fn in_stock_share(row: Row<'_>, traffic: &TrafficProfile, problems: &mut Problems<'_>) -> Option<f64> {
    let share = row.share("in_stock_share", problems);
    let hours = row.intervals("out_of_stock", problems).map(|out| traffic.in_stock_share(&out));
    let until = row.time("stockout_at", problems).map(|hour| traffic.until(hour));
    let flag = row.flag("stocked_out", problems);
    if [share, hours, until].iter().flatten().count() > 1 {
        let help = "leave all but one of in_stock_share, out_of_stock and stockout_at empty";
        problems.row(row.line(), "the row says in more than one way when the product was in stock", help);
    }
    share.or(hours).or(until).or(flag.map(|out| if out { 0.0 } else { 1.0 }))
}

/// The days that are missing between two rows of a product.
fn gap(sku: &str, before: Date, date: Date) -> String {
    let (first, last) = (before.plus_days(1), date.plus_days(-1));
    let sku = shown(sku);
    match date.days_since(before) - 1 {
        1 => format!("sku `{sku}` lacks the day `{first}`"),
        days => format!("sku `{sku}` lacks {days} days, `{first}` to `{last}`"),
    }
}
