//! Families that run the engine on whole paths.
//!
//! Foreign conventions are translated here and nowhere else: in the vectors an order of the end of day t with lead time
//! l arrives at the start of day t + l + 1, so their l is this house's L - 1.

use super::Table;

/// None yet: `replay-trace`, `sq-lostsales-daily-exact`, `sq-lostsales-multi-sim`, `rs-lostsales-sim` and
/// `ss-backorder-sim` belong here.
pub(super) const FAMILIES: Table = &[];
