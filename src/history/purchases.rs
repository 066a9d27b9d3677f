//! Purchase orders: finished ones teach lead times, open ones bring stock.

use serde::{Deserialize, Serialize};

use super::Sku;
use crate::calendar::Date;
use crate::units::Units;

/// A stage of the supply chain between two dated milestones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StageName {
    /// From the order to goods ready at the supplier.
    Production,
    /// From the supplier to arrival in the country of sale.
    FirstLeg,
    /// From arrival to clearance.
    Customs,
    /// From clearance to receipt on the shelf, put-away included.
    LastLeg,
}

impl StageName {
    /// The stages in the order in which goods pass them.
    pub const ALL: [Self; 4] = [Self::Production, Self::FirstLeg, Self::Customs, Self::LastLeg];

    /// The name in files and results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::FirstLeg => "first-leg",
            Self::Customs => "customs",
            Self::LastLeg => "last-leg",
        }
    }
}

/// A finished purchase order (one shipment).
#[derive(Debug, Clone, PartialEq)]
pub struct Purchase {
    /// The order's number.
    pub order: String,
    /// The product, where the record names one.
    pub sku: Option<Sku>,
    /// Lead-time mode, such as `air`.
    pub mode: String,
    /// The supplier, where known.
    pub supplier: Option<String>,
    /// Day of the order.
    pub ordered_on: Date,
    /// End of production, arrival and clearance, where recorded.
    pub milestones: [Option<Date>; 3],
    /// Day on the shelf; `None` if the order is still open.
    pub received_on: Option<Date>,
}

impl Purchase {
    /// Days of a stage, if both its milestones are recorded.
    #[must_use]
    pub fn stage_days(&self, stage: StageName) -> Option<f64> {
        let [produced, arrived, cleared] = self.milestones;
        let (from, to) = match stage {
            StageName::Production => (Some(self.ordered_on), produced),
            StageName::FirstLeg => (produced, arrived),
            StageName::Customs => (arrived, cleared),
            StageName::LastLeg => (cleared, self.received_on),
        };
        Some(to?.days_since(from?) as f64)
    }

    /// Days from the order to the shelf, if it has arrived.
    #[must_use]
    pub fn lead_days(&self) -> Option<f64> {
        Some(self.received_on?.days_since(self.ordered_on) as f64)
    }
}

/// A purchase order that is still on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenOrder {
    /// The order's number.
    pub order: String,
    /// The product.
    pub sku: Sku,
    /// Lead-time mode; one of the scenario's.
    pub mode: String,
    /// Pieces on their way.
    pub units: Units,
    /// Day of the order.
    pub ordered_on: Date,
    /// Stage that the goods are in, as named in the mode's chain, where known.
    pub stage: Option<String>,
    /// Day on which that stage began, where known.
    pub stage_since: Option<Date>,
    /// Day promised for receipt, where known.
    pub promised_on: Option<Date>,
}
