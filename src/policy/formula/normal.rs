//! Safety stock of normal theory: z standard deviations.

use serde::Serialize;

use super::inputs::{DailyDemand, FormulaError, IntervalDemand, LeadTimeMoments, ReorderPoint, non_negative, positive};
use crate::stats;
use crate::units::ServiceLevel;

/// Safety factor z of a cycle service level.
///
/// ```text
/// z = Φ⁻¹(service)
/// ```
///
/// ```
/// use stockburst::{policy::formula::safety_factor, units::ServiceLevel};
/// let z = safety_factor(ServiceLevel::try_new(0.9).unwrap());
/// assert!((z - 1.281_551_565_544_600_4).abs() < 1e-14);
/// ```
#[must_use]
pub fn safety_factor(service: ServiceLevel) -> f64 {
    stats::normal_quantile(service.get()).expect("a service level lies strictly between 0 and 1")
}

/// Demand uncertain, lead time constant.
///
/// ```text
/// SS = z σ √L,  ROP = d L + SS
/// ```
///
/// The variation of the lead time is ignored. Source: Silver, Pyke & Thomas (2017), "Inventory and Production
/// Management in Supply Chains" 4e, section 6.7; Heizer & Render, "Operations Management" (15 a day, sd 5, 2 days,
/// 90 %: about 39).
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, LeadTimeMoments, normal_demand};
/// use stockburst::units::ServiceLevel;
/// let demand = DailyDemand::try_new(15.0, 5.0, 30.0).unwrap();
/// let lead_time = LeadTimeMoments::constant(2.0).unwrap();
/// let reorder = normal_demand(&demand, &lead_time, ServiceLevel::try_new(0.9).unwrap());
/// assert!((reorder.reorder_point - 39.061_938_024_368_23).abs() < 1e-10);
/// ```
#[must_use]
pub fn normal_demand(demand: &DailyDemand, lead_time: &LeadTimeMoments, service: ServiceLevel) -> ReorderPoint {
    let safety_stock = safety_factor(service) * demand.sd() * lead_time.mean().sqrt();
    ReorderPoint::above(demand.mean() * lead_time.mean(), safety_stock)
}

/// Lead time uncertain, demand constant.
///
/// ```text
/// SS = z d σ_L,  ROP = d L + SS
/// ```
///
/// The variation of demand is ignored. Source: Heizer & Render, "Operations Management", probabilistic models.
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, LeadTimeMoments, normal_lead_time};
/// use stockburst::units::ServiceLevel;
/// let demand = DailyDemand::try_new(10.0, 0.0, 10.0).unwrap();
/// let lead_time = LeadTimeMoments::try_new(6.0, 1.0, 8.0).unwrap();
/// let reorder = normal_lead_time(&demand, &lead_time, ServiceLevel::try_new(0.98).unwrap());
/// assert!((reorder.safety_stock - 20.537_489_106_318_226).abs() < 1e-10);
/// ```
#[must_use]
pub fn normal_lead_time(demand: &DailyDemand, lead_time: &LeadTimeMoments, service: ServiceLevel) -> ReorderPoint {
    let safety_stock = safety_factor(service) * demand.mean() * lead_time.sd();
    ReorderPoint::above(demand.mean() * lead_time.mean(), safety_stock)
}

/// Demand and lead time uncertain and independent.
///
/// ```text
/// SS = z √(L σ² + d² σ_L²),  ROP = d L + SS
/// ```
///
/// Source: Hadley & Whitin (1963), "Analysis of Inventory Systems", section 3-5; Heizer & Render's battery example
/// (150 a day, sd 16, 5 days, sd 1, 95 %: about 1,004).
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, LeadTimeMoments, normal_both};
/// use stockburst::units::{ServiceLevel, Units};
/// let demand = DailyDemand::try_new(150.0, 16.0, 200.0).unwrap();
/// let lead_time = LeadTimeMoments::try_new(5.0, 1.0, 7.0).unwrap();
/// let reorder = normal_both(&demand, &lead_time, ServiceLevel::try_new(0.95).unwrap());
/// assert_eq!(reorder.units(), Units(1004));
/// ```
#[must_use]
pub fn normal_both(demand: &DailyDemand, lead_time: &LeadTimeMoments, service: ServiceLevel) -> ReorderPoint {
    let over = IntervalDemand::over(demand, lead_time);
    ReorderPoint::above(over.mean(), safety_factor(service) * over.sd())
}

/// Minimum and maximum of an orderpoint grown for a promotion, in units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GrowthLevels {
    /// Safety stock.
    pub safety_stock: f64,
    /// Reorder at or below this.
    pub minimum: f64,
    /// Order up to this.
    pub maximum: f64,
}

/// Orderpoint grown for a promotion, as the OCA module `stock_orderpoint_safety_stock` of Odoo computes it.
///
/// ```text
/// SS  = z σ √L (1 + g)
/// min = SS + d (1 + g) L
/// max = min + d (1 + g) · cycle days
/// ```
///
/// The multiplier scales the mean *and* the safety stock; other tools scale the mean only. `safety_factor` is z,
/// `growth` is g. Source: OCA/stock-logistics-orderpoint.
///
/// # Errors
/// [`FormulaError::Number`] for a z that is not finite, a growth of -100 % or less, or negative cycle days.
///
/// ```
/// use stockburst::policy::formula::{DailyDemand, LeadTimeMoments, growth_multiplier};
/// let demand = DailyDemand::try_new(20.0, 9.0, 60.0).unwrap();
/// let lead_time = LeadTimeMoments::constant(14.0).unwrap();
/// let levels = growth_multiplier(&demand, &lead_time, 1.644_853_626_951_472_2, 0.3, 30.0).unwrap();
/// assert!((levels.maximum - 1_216.007_401_064_305_2).abs() < 1e-9);
/// ```
pub fn growth_multiplier(
    demand: &DailyDemand,
    lead_time: &LeadTimeMoments,
    safety_factor: f64,
    growth: f64,
    cycle_days: f64,
) -> Result<GrowthLevels, FormulaError> {
    if !safety_factor.is_finite() {
        let rule = "write a finite number";
        return Err(FormulaError::Number { name: "safety factor", value: safety_factor, rule });
    }
    let scale = positive("growth factor (1 + growth)", 1.0 + growth)?;
    let cycle_days = non_negative("number of cycle days", cycle_days)?;
    let safety_stock = demand.sd() * lead_time.mean().sqrt() * safety_factor * scale;
    let minimum = safety_stock + demand.mean() * scale * lead_time.mean();
    Ok(GrowthLevels { safety_stock, minimum, maximum: minimum + demand.mean() * scale * cycle_days })
}
