//! The past, clean and in memory: what was sold, advertised, promised and bought.
//!
//! Built by `ingest` (or by a caller of the library) and read by `learn`. It holds records, not estimates: sales are
//! not demand here, and nothing is filled in.

mod ads;
mod bundles;
mod promotions;
mod purchases;
mod sales;
mod stock;

use std::collections::BTreeMap;

pub use ads::AdSpend;
pub use bundles::{Bundle, Exploded};
pub use promotions::Promotion;
pub use purchases::{OpenOrder, Purchase, StageName};
pub use sales::{SalesDay, SalesSeries, Sku};
pub use stock::StockCount;

use crate::calendar::Date;

/// Everything that is known of the past of the products in question.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Daily sales, one gap-free series a product.
    pub sales: BTreeMap<Sku, SalesSeries>,
    /// Past and planned promotions.
    pub promotions: Vec<Promotion>,
    /// Ad spend by day and campaign or product.
    pub ads: Vec<AdSpend>,
    /// Finished purchase orders, for lead times.
    pub purchases: Vec<Purchase>,
    /// Purchase orders that are still on their way.
    pub open_orders: Vec<OpenOrder>,
    /// Stock counts of the first simulated day.
    pub stock: BTreeMap<Sku, StockCount>,
}

impl History {
    /// What was known on the evening of `today`: later sales and spend are cut off, and orders that arrived later are
    /// open again. Planned promotions stay.
    ///
    /// A plan is made on a day; learning from what came after it would be look-ahead.
    #[must_use]
    pub fn as_of(&self, today: Date) -> Self {
        let mut known = self.clone();
        known.sales.retain(|_, series| {
            let days = usize::try_from(today.days_since(series.first_day) + 1).unwrap_or(0);
            series.days.truncate(days);
            !series.days.is_empty()
        });
        known.ads.retain(|ad| ad.date <= today);
        known.purchases.retain(|purchase| purchase.ordered_on <= today);
        for purchase in &mut known.purchases {
            purchase.received_on = purchase.received_on.filter(|day| *day <= today);
            for milestone in &mut purchase.milestones {
                *milestone = milestone.filter(|day| *day <= today);
            }
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Units;

    #[test]
    fn nothing_that_came_later_is_known() {
        let date = |text: &str| text.parse::<Date>().expect("a date");
        let day = SalesDay { units: Units(1), largest_line: None, in_stock_share: None, price: None, promotion: None };
        let series = |first: &str| SalesSeries { first_day: date(first), days: vec![day; 10] };
        let purchase = Purchase {
            order: "P".into(),
            sku: None,
            mode: "air".into(),
            supplier: None,
            ordered_on: date("2026-01-01"),
            milestones: [None; 3],
            received_on: Some(date("2026-01-08")),
        };
        let history = History {
            sales: [(Sku("A".into()), series("2026-01-01")), (Sku("B".into()), series("2026-02-01"))].into(),
            purchases: vec![purchase],
            ..History::default()
        };
        let known = history.as_of(date("2026-01-04"));
        assert_eq!(known.sales.len(), 1);
        assert_eq!(known.sales[&Sku("A".into())].last_day(), date("2026-01-04"));
        assert_eq!(known.purchases[0].received_on, None);
    }
}
