//! Fixed lots ordered at a reorder point, demand normal: four ways to choose the pair, and what each really costs.

use serde::Serialize;

use super::economic_order::{economic_order_quantity, economic_order_quantity_with_backorders};
use super::fill_rate::stock_with_loss;
use super::inputs::{FormulaError, IntervalDemand, positive};
use super::newsvendor::critical_ratio;
use crate::stats::{self, DemandLaw, solve};
use crate::units::Money;

/// Rounds after which lot and reorder point must have settled; they do in tens where there is an answer.
const MOST_ROUNDS: u32 = 10_000;
/// A lot that moves by no more than this share has settled.
const SETTLED: f64 = 1e-12;

/// A reorder point and the lot ordered at it, unrounded.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NormalLot {
    /// Order when the inventory position falls to this many units.
    pub reorder_point: f64,
    /// The lot Q, units.
    pub quantity: f64,
}

/// The costs and the demand that a reorder point and a lot are chosen for; customers wait.
///
/// ```
/// use stockburst::{policy::formula::{IntervalDemand, NormalLotProblem}, units::Money};
/// // 1300 a year with sd 150, a lead time of a month: the textbook's example, with three of its four answers.
/// let month = IntervalDemand::try_new(1300.0 / 12.0, 150.0 / 12.0_f64.sqrt()).unwrap();
/// let problem = NormalLotProblem::try_new(Money(8.0), Money(0.225), Money(7.5), 1300.0, month).unwrap();
/// let answers = [problem.backorder_lot(), problem.safety_stock_lot(), problem.loss_function_lot()].map(Result::unwrap);
/// let published = [(128.64, 308.57, 78.20), (190.34, 304.05, 87.05), (126.87, 328.45, 78.07)];
/// for (lot, (reorder_point, quantity, cost)) in answers.into_iter().zip(published) {
///     assert!((lot.reorder_point - reorder_point).abs() < 5e-3 && (lot.quantity - quantity).abs() < 5e-3);
///     assert!((problem.cost_rate(lot).unwrap().get() - cost).abs() < 5e-3);
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NormalLotProblem {
    fixed: f64,
    holding: f64,
    stockout: f64,
    rate: f64,
    lead_time_demand: IntervalDemand,
}

impl NormalLotProblem {
    /// A problem with `fixed_cost` K of an order, `holding_cost` h of a unit in stock per unit of time, `stockout_cost`
    /// p of a unit short (each method says whether once or per unit of time), `demand_rate` λ in units a unit of time,
    /// and mean and standard deviation of the demand of a fixed lead time.
    ///
    /// # Errors
    /// [`FormulaError::Number`] unless all are positive.
    pub fn try_new(
        fixed_cost: Money,
        holding_cost: Money,
        stockout_cost: Money,
        demand_rate: f64,
        lead_time_demand: IntervalDemand,
    ) -> Result<Self, FormulaError> {
        // The ratio must exist too: costs of comparable size.
        critical_ratio(stockout_cost, holding_cost)?;
        positive("variance of lead-time demand", lead_time_demand.variance())?;
        Ok(Self {
            fixed: positive("fixed cost of an order", fixed_cost.get())?,
            holding: holding_cost.get(),
            stockout: stockout_cost.get(),
            rate: positive("demand rate", demand_rate)?,
            lead_time_demand,
        })
    }

    fn law(&self) -> DemandLaw {
        DemandLaw::Normal { mean: self.lead_time_demand.mean(), sd: self.lead_time_demand.sd() }
    }

    /// ∫ n(x) dx from r on: half the mean square of the shortage.
    fn second_loss(&self, r: f64) -> f64 {
        let sd = self.lead_time_demand.sd();
        sd * sd * stats::normal_second_loss((r - self.lead_time_demand.mean()) / sd)
    }

    /// Exact cost rate of a pair, a unit short costing p per unit of time.
    ///
    /// ```text
    /// cost = K λ / Q + h (r + Q/2 - E[X]) + (h + p) (n₂(r) - n₂(r + Q)) / Q
    /// ```
    ///
    /// The mean of G(y) = h E[(y - X)+] + p E[(X - y)+] over positions y uniform on r..r+Q. Source: Snyder & Shen
    /// (2019), "Fundamentals of Supply Chain Theory" 2e, section 5.3.
    ///
    /// # Errors
    /// [`FormulaError::Number`] unless the lot is positive and the reorder point finite.
    pub fn cost_rate(&self, lot: NormalLot) -> Result<Money, FormulaError> {
        let NormalLot { reorder_point, quantity } = lot;
        let quantity = positive("order quantity", quantity)?;
        let stock = reorder_point + quantity / 2.0 - self.lead_time_demand.mean();
        let short = (self.second_loss(reorder_point) - self.second_loss(reorder_point + quantity)) / quantity;
        let cost = self.fixed * self.rate / quantity + self.holding * stock + (self.holding + self.stockout) * short;
        if cost.is_finite() { Ok(Money(cost)) } else { Err(number("reorder point", reorder_point)) }
    }

    /// Lot and reorder point by expected inventory level, p charged *once* for a unit short; with its cost rate by the
    /// same approximation.
    ///
    /// ```text
    /// Q = √(2 λ (K + p n(r)) / h),  F(r) = 1 - Q h / (p λ),  by turns from the economic order quantity
    /// cost = h (r - E[X] + Q/2) + K λ / Q + p λ n(r) / Q
    /// ```
    ///
    /// Source: Hadley & Whitin (1963), "Analysis of Inventory Systems", section 4-2; Snyder & Shen (2019), example 5.2.
    ///
    /// # Errors
    /// [`FormulaError::Number`] if waiting is so cheap that no reorder point pays (Q h ≥ p λ).
    ///
    /// ```
    /// use stockburst::{policy::formula::{IntervalDemand, NormalLotProblem}, units::Money};
    /// // 1300 a year with sd 150, a lead time of a month.
    /// let month = IntervalDemand::try_new(1300.0 / 12.0, 150.0 / 12.0_f64.sqrt()).unwrap();
    /// let problem = NormalLotProblem::try_new(Money(8.0), Money(0.225), Money(7.5), 1300.0, month).unwrap();
    /// let (lot, cost) = problem.expected_inventory_level().unwrap();
    /// assert!((lot.reorder_point - 213.97).abs() < 5e-3 && (lot.quantity - 318.59).abs() < 5e-3);
    /// assert!((cost.get() - 95.45).abs() < 5e-3);
    /// ```
    pub fn expected_inventory_level(&self) -> Result<(NormalLot, Money), FormulaError> {
        let law = self.law();
        let lot = self.settle(|quantity| {
            let short = quantity * self.holding / (self.stockout * self.rate);
            // The quantile of the complement, so that a small risk keeps its digits.
            let z = stats::normal_quantile(short).ok_or(number("cost of a unit short", self.stockout))?;
            let reorder_point = self.lead_time_demand.mean() - z * self.lead_time_demand.sd();
            let per_cycle = self.fixed + self.stockout * law.loss(reorder_point);
            Ok((reorder_point, 2.0 * self.rate * per_cycle / self.holding))
        })?;
        let stock = lot.reorder_point - self.lead_time_demand.mean() + lot.quantity / 2.0;
        let per_cycle = self.fixed + self.stockout * law.loss(lot.reorder_point);
        Ok((lot, Money(self.holding * stock + self.rate * per_cycle / lot.quantity)))
    }

    /// Lot of the economic order quantity with backorders, p per unit of time, and the best reorder point for it.
    ///
    /// ```text
    /// Q = √(2 K λ (h + p) / h p),  G(r) = G(r + Q)
    /// ```
    ///
    /// Never more than an eighth dearer than the best pair. Source: Zheng (1992), Management Science 38, 87-103; Snyder &
    /// Shen (2019), section 5.3.
    ///
    /// # Errors
    /// [`FormulaError::Number`] if the costs are too far apart for an answer.
    pub fn backorder_lot(&self) -> Result<NormalLot, FormulaError> {
        let (fixed, holding, stockout) = (Money(self.fixed), Money(self.holding), Money(self.stockout));
        let quantity = economic_order_quantity_with_backorders(fixed, holding, stockout, self.rate)?.quantity;
        let law = self.law();
        let cost = |y: f64| self.holding * law.complementary_loss(y) + self.stockout * law.loss(y);
        let lowest = self.newsvendor_stock()?;
        // G falls before its lowest point and rises after it, so the point of equal cost lies one lot around it.
        let reorder_point = solve::bisect(lowest - quantity, lowest, |r| cost(r + quantity) >= cost(r));
        checked(NormalLot { reorder_point, quantity })
    }

    /// Economic order quantity, and the normal safety stock of the critical ratio, p per unit of time.
    ///
    /// ```text
    /// Q = √(2 K λ / h),  r = E[X] + z σ,  Φ(z) = p / (p + h)
    /// ```
    ///
    /// The rule of the textbooks' tables: it counts every day as if the position stood at r. Source: Snyder & Shen
    /// (2019), example 5.5.
    ///
    /// # Errors
    /// [`FormulaError::Number`] if the costs are too far apart for an answer.
    pub fn safety_stock_lot(&self) -> Result<NormalLot, FormulaError> {
        let quantity = economic_order_quantity(Money(self.fixed), Money(self.holding), self.rate)?.quantity;
        checked(NormalLot { reorder_point: self.newsvendor_stock()?, quantity })
    }

    /// Lot and reorder point by the loss functions, p per unit of time: exact but for shortages of a position that has
    /// just been raised by a whole lot.
    ///
    /// ```text
    /// n(r) = Q h / (h + p),  Q = √(2 (K λ + (h + p) n₂(r)) / h),  by turns from the economic order quantity
    /// ```
    ///
    /// Source: Hadley & Whitin (1963), section 4-9; Snyder & Shen (2019), example 5.6.
    ///
    /// # Errors
    /// [`FormulaError::Number`] if the costs are too far apart for an answer.
    pub fn loss_function_lot(&self) -> Result<NormalLot, FormulaError> {
        let (law, both) = (self.law(), self.holding + self.stockout);
        self.settle(|quantity| {
            let reorder_point = stock_with_loss(&law, quantity * self.holding / both)?.reorder_point;
            let per_time = self.fixed * self.rate + both * self.second_loss(reorder_point);
            Ok((reorder_point, 2.0 * per_time / self.holding))
        })
    }

    fn newsvendor_stock(&self) -> Result<f64, FormulaError> {
        let ratio = critical_ratio(Money(self.stockout), Money(self.holding))?;
        Ok(super::quantile::law_quantile(&self.law(), ratio)?.reorder_point)
    }

    /// From a lot to its reorder point and from there to the square of the next lot, until the lot stays.
    fn settle(&self, step: impl Fn(f64) -> Result<(f64, f64), FormulaError>) -> Result<NormalLot, FormulaError> {
        let mut quantity = economic_order_quantity(Money(self.fixed), Money(self.holding), self.rate)?.quantity;
        for _ in 0..MOST_ROUNDS {
            let (reorder_point, square) = step(quantity)?;
            let next = square.sqrt();
            if (next - quantity).abs() <= SETTLED * next {
                return checked(NormalLot { reorder_point, quantity: next });
            }
            quantity = next;
        }
        Err(number("cost of a unit short", self.stockout))
    }
}

fn checked(lot: NormalLot) -> Result<NormalLot, FormulaError> {
    let usable = lot.reorder_point.is_finite() && lot.quantity.is_finite() && lot.quantity > 0.0;
    if usable { Ok(lot) } else { Err(number("order quantity", lot.quantity)) }
}

fn number(name: &'static str, value: f64) -> FormulaError {
    FormulaError::Number { name, value, rule: "write costs and demands of comparable size" }
}

#[cfg(test)]
mod tests;
