//! The newsvendor: one order before one burst, and no second chance.

use serde::Serialize;

use super::inputs::{FormulaError, positive};
use crate::stats::{DemandLaw, Pmf};
use crate::units::{Money, ServiceLevel};

/// The optimal single order.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Newsvendor {
    /// Probability with which the optimal stock covers the demand.
    pub critical_ratio: f64,
    /// Optimal stock, units: a whole number if demand is a count.
    pub stock: f64,
    /// Expected cost of left-over and shortage at the optimum.
    pub cost: Money,
}

/// Critical ratio: how sure to be of covering the demand.
///
/// ```text
/// p / (p + h)
/// ```
///
/// `underage` p is what a unit short costs (price - unit cost, and goodwill), `overage` h what a unit left over costs
/// (unit cost - salvage). Source: Arrow, Harris & Marschak (1951), Econometrica 19, 250-272.
///
/// # Errors
/// [`FormulaError::Number`] unless both are positive and finite.
///
/// ```
/// use stockburst::{policy::formula::critical_ratio, units::Money};
/// assert_eq!(critical_ratio(Money(4.0), Money(1.0)).unwrap().get(), 0.8);
/// ```
pub fn critical_ratio(underage: Money, overage: Money) -> Result<ServiceLevel, FormulaError> {
    let underage = positive("cost of a unit short", underage.get())?;
    let overage = positive("cost of a unit left over", overage.get())?;
    // A ratio that rounds to 0 or 1 is no trade-off.
    ServiceLevel::try_new(underage / (underage + overage)).map_err(|_| FormulaError::Number {
        name: "cost of a unit short, beside that of a unit left over,",
        value: underage,
        rule: "write costs of comparable size",
    })
}

/// Newsvendor with a law of demand.
///
/// ```text
/// S* = F⁻¹(p / (p + h)),  cost = h E[(S* - D)+] + p E[(D - S*)+]
/// ```
///
/// For counts S* is the smallest whole number that reaches the ratio. Source: Snyder & Shen (2019), "Fundamentals of
/// Supply Chain Theory" 2e, section 4.3, example 4.3.
///
/// # Errors
/// [`FormulaError`] if the law or a cost is out of range.
///
/// ```
/// use stockburst::{policy::formula::newsvendor, stats::DemandLaw, units::Money};
/// let best = newsvendor(&DemandLaw::Normal { mean: 50.0, sd: 8.0 }, Money(0.70), Money(0.18)).unwrap();
/// assert!((best.stock - 56.6).abs() < 0.05 && (best.cost.get() - 1.9976).abs() < 5e-5);
/// ```
pub fn newsvendor(law: &DemandLaw, underage: Money, overage: Money) -> Result<Newsvendor, FormulaError> {
    let ratio = critical_ratio(underage, overage)?;
    let stock = super::quantile::law_quantile(law, ratio)?.reorder_point;
    Ok(answer(ratio, stock, underage.get() * law.loss(stock) + overage.get() * law.complementary_loss(stock)))
}

/// Newsvendor with a demand known count by count, such as replayed bursts; the smallest optimal stock.
///
/// Formula and source as [`newsvendor`].
///
/// # Errors
/// [`FormulaError`] if a cost is out of range.
///
/// ```
/// use stockburst::{policy::formula::newsvendor_from_pmf, stats::Pmf, units::Money};
/// let bursts = Pmf::from_pairs(&[(0, 0.1), (10, 0.2), (20, 0.3), (50, 0.25), (120, 0.15)]).unwrap();
/// let best = newsvendor_from_pmf(&bursts, Money(4.0), Money(1.0)).unwrap();
/// assert_eq!(best.stock, 50.0);
/// assert!((best.cost.get() - 64.0).abs() < 1e-12);
/// ```
pub fn newsvendor_from_pmf(demand: &Pmf, underage: Money, overage: Money) -> Result<Newsvendor, FormulaError> {
    let ratio = critical_ratio(underage, overage)?;
    let stock = demand.quantile(ratio.get()).expect("a service level lies strictly between 0 and 1") as f64;
    Ok(answer(ratio, stock, underage.get() * demand.loss(stock) + overage.get() * demand.complementary_loss(stock)))
}

/// The pre-stock multiplier that the costs call for: optimal stock as a multiple of mean demand.
///
/// ```text
/// m* = F⁻¹(p / (p + h)) / E[D]
/// ```
///
/// Source: as [`newsvendor`].
///
/// # Errors
/// [`FormulaError`] if the law or a cost is out of range, or the mean not positive.
///
/// ```
/// use stockburst::{policy::formula::newsvendor_multiplier, stats::DemandLaw, units::Money};
/// // A burst with a CV of 0.45: the usual 1.2 to 1.5 times covers less than nine in ten of them.
/// let burst = DemandLaw::log_normal_from_mean_sd(855.0, 0.45 * 855.0).unwrap();
/// let multiplier = newsvendor_multiplier(&burst, Money(19.0), Money(1.0)).unwrap(); // a ratio of 95 %
/// assert!((multiplier - 1.85).abs() < 0.01);
/// ```
pub fn newsvendor_multiplier(law: &DemandLaw, underage: Money, overage: Money) -> Result<f64, FormulaError> {
    let mean = positive("mean demand", law.mean())?;
    Ok(newsvendor(law, underage, overage)?.stock / mean)
}

fn answer(ratio: ServiceLevel, stock: f64, cost: f64) -> Newsvendor {
    Newsvendor { critical_ratio: ratio.get(), stock, cost: Money(cost) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// V11 of the method notes.
    #[test]
    fn known_answers() {
        let best = newsvendor(&DemandLaw::Normal { mean: 120.0, sd: 10.0 }, Money(18.0), Money(2.0)).unwrap();
        assert!((best.stock - 132.815_515_655_446).abs() < 1e-11);
        assert!((best.cost.get() - 35.099_666_386_497).abs() < 1e-11);
        let normal = DemandLaw::Normal { mean: 6000.0, sd: 1500.0 };
        let skewed = DemandLaw::log_normal_from_mean_sd(6000.0, 1500.0).unwrap();
        for (law, stock) in [(normal, 7262.432), (skewed, 7161.158)] {
            let best = newsvendor(&law, Money(12.0), Money(3.0)).unwrap();
            assert!((best.stock - stock).abs() < 5e-4, "{best:?}");
        }
    }

    #[test]
    fn no_other_stock_is_cheaper() {
        let laws = [DemandLaw::Poisson { mean: 6.0 }, DemandLaw::NegativeBinomial { mean: 30.0, size: 2.0 }];
        for law in laws {
            let best = newsvendor(&law, Money(4.0), Money(1.0)).unwrap();
            for other in 0..100 {
                let cost = 4.0 * law.loss(f64::from(other)) + law.complementary_loss(f64::from(other));
                assert!(cost >= best.cost.get() - 1e-12, "{law:?}: {other} costs {cost}");
            }
        }
    }

    #[test]
    fn odd_input_is_refused() {
        let law = DemandLaw::Poisson { mean: 6.0 };
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(newsvendor(&law, Money(bad), Money(1.0)).is_err());
            assert!(newsvendor(&law, Money(1.0), Money(bad)).is_err());
            assert!(newsvendor_multiplier(&DemandLaw::Poisson { mean: bad }, Money(1.0), Money(1.0)).is_err());
        }
        assert!(critical_ratio(Money(1e300), Money(1e-300)).is_err());
    }
}
