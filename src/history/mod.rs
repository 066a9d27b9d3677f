//! The past, clean and in memory: what was sold, advertised, promised and bought.
//!
//! Built by `ingest` (or by a caller of the library) and read by `learn`. It holds records, not estimates: sales are
//! not demand here, and nothing is filled in.

mod ads;
mod promotions;
mod purchases;
mod sales;
mod stock;

use std::collections::BTreeMap;

pub use ads::AdSpend;
pub use promotions::Promotion;
pub use purchases::{OpenOrder, Purchase, StageName};
pub use sales::{SalesDay, SalesSeries, Sku};
pub use stock::StockCount;

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
