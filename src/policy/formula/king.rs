//! Safety stock as the practitioners' reference has it.

use super::inputs::{DailyDemand, LeadTimeMoments, ReorderPoint};
use super::normal::{normal_both, normal_demand, normal_lead_time};
use crate::units::ServiceLevel;

/// King's formula, demand and lead time independent: the root of the sum of squares.
///
/// ```text
/// SS = Z √(PC/T1 · σ_D² + (σ_LT · D_avg)²)
/// ```
///
/// PC is the performance cycle (the whole lead time), T1 the time over which σ_D and D_avg are measured, here one day,
/// so PC/T1 is the lead time in days; σ_LT is in the same unit. With that it is [`normal_both`]. Source: King (2011),
/// "Crack the Code: Understanding safety stock and mastering its equations", APICS Magazine, July/August.
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, LeadTimeMoments, king_independent};
/// use stockburst::units::ServiceLevel;
/// // A cycle of 12 days in periods of 4: "days" are periods here.
/// let demand = DailyDemand::try_new(300.0, 90.0, 500.0).unwrap();
/// let cycle = LeadTimeMoments::try_new(12.0 / 4.0, 0.6, 5.0).unwrap();
/// let reorder = king_independent(&demand, &cycle, ServiceLevel::try_new(0.95).unwrap());
/// assert!((reorder.safety_stock - 391.668_627_601_458_4).abs() < 1e-9);
/// ```
#[must_use]
pub fn king_independent(demand: &DailyDemand, lead_time: &LeadTimeMoments, service: ServiceLevel) -> ReorderPoint {
    normal_both(demand, lead_time, service)
}

/// King's formula, demand and lead time dependent: the plain sum, and so the more careful one.
///
/// ```text
/// SS = Z √(PC/T1) σ_D + Z σ_LT D_avg
/// ```
///
/// Symbols and source as in [`king_independent`].
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, LeadTimeMoments, king_dependent};
/// use stockburst::units::ServiceLevel;
/// let demand = DailyDemand::try_new(300.0, 90.0, 500.0).unwrap();
/// let cycle = LeadTimeMoments::try_new(12.0 / 4.0, 0.6, 5.0).unwrap();
/// let reorder = king_dependent(&demand, &cycle, ServiceLevel::try_new(0.95).unwrap());
/// assert!((reorder.safety_stock - 552.480_957_611_715_4).abs() < 1e-9);
/// ```
#[must_use]
pub fn king_dependent(demand: &DailyDemand, lead_time: &LeadTimeMoments, service: ServiceLevel) -> ReorderPoint {
    let from_demand = normal_demand(demand, lead_time, service);
    let from_lead_time = normal_lead_time(demand, lead_time, service);
    ReorderPoint::above(demand.mean() * lead_time.mean(), from_demand.safety_stock + from_lead_time.safety_stock)
}
