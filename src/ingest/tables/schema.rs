//! The canonical tables and their columns; `data/README.md` says what they mean.

use std::fmt;

/// A table of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableRole {
    /// Daily sales.
    Sales,
    /// Ad spend.
    Ads,
    /// Promotion calendar.
    Promotions,
    /// Finished purchase orders.
    Purchases,
    /// Purchase orders on their way.
    OpenOrders,
    /// Stock counts.
    Stock,
}

impl TableRole {
    /// The table's name in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Ads => "ads",
            Self::Promotions => "promotions",
            Self::Purchases => "purchases",
            Self::OpenOrders => "open-orders",
            Self::Stock => "stock",
        }
    }

    /// The columns that are read, and whether each has a value in every row.
    pub(super) const fn columns(self) -> &'static [(&'static str, bool)] {
        match self {
            Self::Sales => &[
                ("date", true),
                ("sku", true),
                ("units", true),
                ("orders", false),
                ("largest_line", false),
                ("in_stock_share", false),
                ("out_of_stock", false),
                ("stockout_at", false),
                ("stocked_out", false),
                ("price", false),
                ("promotion", false),
            ],
            Self::Ads => &[
                ("date", true),
                ("campaign", true),
                ("creative", false),
                ("sku", false),
                ("planned_spend", false),
                ("spend", true),
            ],
            Self::Promotions => &[
                ("campaign", true),
                ("sku", true),
                ("start", true),
                ("end", true),
                ("price", false),
                ("commission", false),
                ("planned_spend", false),
                ("host", false),
                ("live_slots", false),
            ],
            Self::Purchases => &[
                ("order", true),
                ("sku", false),
                ("mode", true),
                ("supplier", false),
                ("units", true),
                ("ordered_on", true),
                ("produced_on", false),
                ("arrived_on", false),
                ("cleared_on", false),
                ("received_on", true),
            ],
            Self::OpenOrders => &[
                ("order", true),
                ("sku", true),
                ("mode", true),
                ("units", true),
                ("ordered_on", true),
                ("stage", false),
                ("stage_since", false),
                ("promised_on", false),
            ],
            Self::Stock => {
                &[("sku", true), ("on_hand", true), ("committed", false), ("reserved", false), ("damaged", false)]
            }
        }
    }

    /// Whether a column has a value in every row.
    pub(super) fn requires(self, column: &str) -> bool {
        self.columns().iter().any(|(name, required)| *required && *name == column)
    }
}

impl fmt::Display for TableRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
