//! What each stock finds missing or left over against a demand in whole units, one table for all stocks.

use super::inputs::FormulaError;
use crate::stats::Pmf;

/// Most units or steps that a formula goes through one by one.
pub(super) const MOST_STEPS: u64 = 1 << 20;

/// Shortage and left-over of every stock y, negative ones included: below 0 everything is missing.
pub(super) struct CountTable {
    at_most: Vec<f64>,
    short: Vec<f64>,
    left: Vec<f64>,
    mean: f64,
}

impl CountTable {
    pub(super) fn of(demand: &Pmf) -> Self {
        let masses = demand.masses();
        let (mut at_most, mut left, mut sum, mut units) = (Vec::new(), Vec::new(), 0.0, 0.0);
        for mass in masses {
            left.push(units);
            sum += mass;
            at_most.push(sum);
            units += sum;
        }
        // From the largest demand down, so that a small shortage is a sum of small numbers.
        let (mut short, mut beyond, mut units) = (vec![0.0; masses.len()], 0.0, 0.0);
        for (short, mass) in short.iter_mut().zip(masses).rev() {
            *short = units;
            beyond += mass;
            units += beyond;
        }
        Self { at_most, short, left, mean: demand.mean() }
    }

    /// P(D ≤ y).
    pub(super) fn at_most(&self, y: i64) -> f64 {
        self.look_up(&self.at_most, y, |_| 0.0, |_| 1.0)
    }

    /// E[(D - y)+].
    pub(super) fn short(&self, y: i64) -> f64 {
        self.look_up(&self.short, y, |y| self.mean - y, |_| 0.0)
    }

    /// E[(y - D)+].
    pub(super) fn left(&self, y: i64) -> f64 {
        self.look_up(&self.left, y, |_| 0.0, |y| y - self.mean)
    }

    fn look_up(&self, of: &[f64], y: i64, below: impl Fn(f64) -> f64, beyond: impl Fn(f64) -> f64) -> f64 {
        match usize::try_from(y) {
            Err(_) => below(y as f64),
            Ok(at) => of.get(at).copied().unwrap_or_else(|| beyond(y as f64)),
        }
    }
}

/// Checks that a count can be gone through one by one.
pub(super) fn enumerable(name: &'static str, count: u64) -> Result<i64, FormulaError> {
    let rule = "at most 1048576 can be gone through one by one";
    let too_many = FormulaError::Number { name, value: count as f64, rule };
    if count <= MOST_STEPS { i64::try_from(count).map_err(|_| too_many) } else { Err(too_many) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::DemandLaw;

    #[test]
    fn the_table_is_the_loss_function() {
        let law = DemandLaw::NegativeBinomial { mean: 6.0, size: 2.0 };
        let table = CountTable::of(&Pmf::from_law(&law).unwrap());
        for y in [-7, -1, 0, 1, 5, 6, 30, 80, 100_000] {
            let x = y as f64;
            assert!((table.at_most(y) - law.cdf(x)).abs() < 1e-13, "{y}");
            assert!((table.short(y) - law.loss(x)).abs() < 1e-11, "{y}");
            assert!((table.left(y) - law.complementary_loss(x)).abs() < 1e-9, "{y}");
        }
        assert!((table.short(80) / law.loss(80.0) - 1.0).abs() < 1e-6);
    }
}
