//! Numbers that know what they are: pieces, days, money, shares.
//!
//! The foundation of the house. It knows nothing of stock, demand or files; every other room may use it.
//! Values are checked once, where they enter (`try_new`), and never again.

mod fraction;
mod money;
mod quantity;
#[cfg(feature = "ingest")]
mod schema;

pub use fraction::{Multiplier, Probability, ServiceLevel};
pub use money::Money;
pub use quantity::{Days, Units};

/// A number outside the range of its unit.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum UnitError {
    /// A probability that is not a number from 0 to 1.
    #[error("`{0}` is not a probability; write a number from 0 to 1")]
    Probability(f64),
    /// A service level that is not strictly between 0 and 1.
    #[error("`{0}` is not a service level; write a number above 0 and below 1, such as 0.95")]
    ServiceLevel(f64),
    /// A multiplier that is not a positive finite number.
    #[error("`{0}` is not a multiplier; write a positive number, such as 1.3")]
    Multiplier(f64),
}
