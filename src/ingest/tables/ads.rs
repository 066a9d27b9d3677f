//! The ads table: one row a day, campaign and product.

use std::collections::BTreeMap;

use super::cells::Problems;
use super::frame::Frame;
use crate::history::{AdSpend, Sku};

/// Reads the rows in the order of the file.
pub(super) fn read(frame: &Frame, problems: &mut Problems<'_>) -> Vec<AdSpend> {
    let mut seen = BTreeMap::new();
    let mut ads = Vec::with_capacity(frame.height());
    for row in frame.rows() {
        let date = row.date("date", problems);
        let campaign = row.text("campaign", problems);
        let creative = row.text("creative", problems);
        let sku = row.text("sku", problems);
        let planned_spend = row.amount("planned_spend", problems);
        let spend = row.amount("spend", problems);
        let (Some(date), Some(campaign)) = (date, campaign) else { continue };
        if let Some(first) = seen.insert((date, campaign, creative, sku), row.line()) {
            let problem = format!("`{date}` of this campaign and sku stands already on row {first}");
            problems.cell(row, "date", problem, "one row a day, campaign and sku; add them up or remove one");
        }
        let (campaign, sku) = (campaign.to_owned(), sku.map(|sku| Sku(sku.to_owned())));
        let creative = creative.map(str::to_owned);
        ads.push(AdSpend { date, campaign, creative, sku, planned_spend, spend });
    }
    ads
}
