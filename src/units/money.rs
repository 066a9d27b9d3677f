//! Amounts in the scenario's one reporting currency.

use serde::{Deserialize, Serialize};

/// An amount of money, or a price, in the scenario's reporting currency.
///
/// Money is a real number here because it is only ever averaged and compared; no ledger is kept in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(pub f64);

impl Money {
    /// The amount.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}
