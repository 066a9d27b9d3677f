//! The promotions table: one row a campaign and product.

use std::collections::BTreeMap;

use super::cells::{Problems, Row};
use super::frame::Frame;
use crate::history::{Promotion, Sku};
use crate::ingest::text::shown;

/// Reads the rows in the order of the file.
pub(super) fn read(frame: &Frame, problems: &mut Problems<'_>) -> Vec<Promotion> {
    let mut promotions = Vec::with_capacity(frame.height());
    let mut rows = Vec::with_capacity(frame.height());
    for row in frame.rows() {
        let campaign = row.text("campaign", problems);
        let sku = row.text("sku", problems);
        let start = row.date("start", problems);
        let end = row.date("end", problems);
        row.not_before(("end", end), ("start", start), problems);
        let price = row.amount("price", problems);
        let commission = row.share("commission", problems);
        let planned_spend = row.amount("planned_spend", problems);
        let host = row.text("host", problems).map(str::to_owned);
        let live_slots = row.text("live_slots", problems).map(str::to_owned);
        let (Some(campaign), Some(sku), Some(start), Some(end)) = (campaign, sku, start, end) else { continue };
        rows.push(row);
        let (campaign, sku) = (campaign.to_owned(), Sku(sku.to_owned()));
        promotions.push(Promotion { campaign, sku, start, end, price, commission, planned_spend, host, live_slots });
    }
    check_overlaps(&promotions, &rows, problems);
    promotions
}

/// Two promotions of a product do not overlap, and no row is written twice.
fn check_overlaps(promotions: &[Promotion], rows: &[Row<'_>], problems: &mut Problems<'_>) {
    let mut of_sku: BTreeMap<&Sku, Vec<usize>> = BTreeMap::new();
    for (at, promotion) in promotions.iter().enumerate() {
        of_sku.entry(&promotion.sku).or_default().push(at);
    }
    for (sku, mut order) in of_sku {
        order.sort_by_key(|at| promotions[*at].start);
        let mut latest: Option<usize> = None;
        for at in order {
            if let Some(before) = latest
                && promotions[at].start <= promotions[before].end
            {
                let (start, end) = (promotions[before].start, promotions[before].end);
                let problem = format!(
                    "`{}` of sku `{}` falls in its promotion of row {}, `{start}` to `{end}`",
                    promotions[at].start,
                    shown(&sku.0),
                    rows[before].line()
                );
                problems.cell(rows[at], "start", problem, "promotions of a sku do not overlap; write them as one");
            }
            if latest.is_none_or(|before| promotions[before].end < promotions[at].end) {
                latest = Some(at);
            }
        }
    }
}
