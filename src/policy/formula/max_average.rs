//! Rules of thumb: no probability in them.

use super::inputs::{DailyDemand, FormulaError, LeadTimeMoments, ReorderPoint, non_negative};

/// Max-average rule, the safety stock of the e-commerce handbooks.
///
/// ```text
/// SS  = D_max L_max - d L
/// ROP = d L + SS = D_max L_max
/// ```
///
/// No service level belongs to it: a maximum grows with the length of the record, and one burst sets it. Source: retail
/// rule of thumb, as in the article on stock warnings for ads that this crate starts from.
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, LeadTimeMoments, max_average};
/// // The article's case: 500 orders a day, 15 days of production.
/// let demand = DailyDemand::try_new(120.0, 140.0, 500.0).unwrap();
/// let lead_time = LeadTimeMoments::constant(15.0).unwrap();
/// assert_eq!(max_average(&demand, &lead_time).reorder_point, 7500.0);
/// ```
#[must_use]
pub fn max_average(demand: &DailyDemand, lead_time: &LeadTimeMoments) -> ReorderPoint {
    ReorderPoint::at(demand.max() * lead_time.max(), demand.mean() * lead_time.mean())
}

/// Days of cover: so many days of mean demand beyond the lead time.
///
/// ```text
/// SS = d · days,  ROP = d (L + days)
/// ```
///
/// Source: practice. Some handbooks multiply a stock that holds d L already, and so count the lead time twice; this one
/// does not.
///
/// # Errors
/// [`FormulaError::Number`] unless `days` is finite and not negative.
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, LeadTimeMoments, days_of_cover};
/// let demand = DailyDemand::try_new(40.0, 10.0, 60.0).unwrap();
/// let lead_time = LeadTimeMoments::constant(14.0).unwrap();
/// assert_eq!(days_of_cover(&demand, &lead_time, 7.0).unwrap().reorder_point, 840.0);
/// ```
pub fn days_of_cover(
    demand: &DailyDemand,
    lead_time: &LeadTimeMoments,
    days: f64,
) -> Result<ReorderPoint, FormulaError> {
    let days = non_negative("number of days of cover", days)?;
    Ok(ReorderPoint::above(demand.mean() * lead_time.mean(), demand.mean() * days))
}
