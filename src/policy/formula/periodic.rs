//! Periodic review: stock must last until the order of the *next* review arrives.

use super::inputs::{DailyDemand, LeadTimeMoments, ReorderPoint};
use super::normal::normal_both;
use crate::units::{Days, ServiceLevel};

/// Order-up-to level of a periodic review, over an interval of review and lead time.
///
/// ```text
/// SS = z √((R + L) σ² + d² σ_L²),  S = d (R + L) + SS
/// ```
///
/// `review_days` R is added to the lead time as it stands; [`protection_interval`] says what to add in this house's
/// count of days. A lead time without variation gives the textbook's z σ √(R + L). Source: Silver, Pyke & Thomas
/// (2017), "Inventory and Production Management in Supply Chains" 4e, section 6.9; Chopra & Meindl, chapter 12.
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, LeadTimeMoments, periodic_review};
/// use stockburst::units::ServiceLevel;
/// let demand = DailyDemand::try_new(30.0, 12.0, 70.0).unwrap();
/// let lead_time = LeadTimeMoments::constant(10.0).unwrap();
/// let level = periodic_review(&demand, &lead_time, 7.0, ServiceLevel::try_new(0.95).unwrap());
/// assert!((level.reorder_point - 591.382_862_911_214_7).abs() < 1e-9);
/// ```
#[must_use]
pub fn periodic_review(
    demand: &DailyDemand,
    lead_time: &LeadTimeMoments,
    review_days: f64,
    service: ServiceLevel,
) -> ReorderPoint {
    normal_both(demand, &lead_time.longer_by(review_days), service)
}

/// The interval that a reorder point must cover, when lead times are differences of dates.
///
/// ```text
/// P = R + L - 1
/// ```
///
/// An order placed at the end of day t arrives at the start of day t + L and so leaves L - 1 days of demand before it;
/// the review adds R. With daily review P = L.
///
/// ```
/// use stockburst::policy::formula::{LeadTimeMoments, protection_interval};
/// use stockburst::units::Days;
/// let lead_time = LeadTimeMoments::try_new(15.0, 3.0, 21.0).unwrap();
/// assert_eq!(protection_interval(&lead_time, Days(1)), lead_time);
/// assert_eq!(protection_interval(&lead_time, Days(7)).mean(), 21.0);
/// ```
#[must_use]
pub fn protection_interval(lead_time: &LeadTimeMoments, review: Days) -> LeadTimeMoments {
    lead_time.longer_by(review.as_f64() - 1.0)
}
