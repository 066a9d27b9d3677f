//! A step function of a latent normal, read from a table of cells.
//!
//! Whole days, and durations that are records, are constant over most short stretches of z. Where a cell holds one value
//! it is looked up; where a step lies in it, and far out, the function itself is asked. No value differs.

/// Cells to a unit of z.
const DENSITY: f64 = 512.0;
/// Least and most z of the cells; beyond lie 7 in a million of a normal's draws.
const REACH: f64 = 4.5;

/// The cells of one function.
#[derive(Debug, Clone)]
pub(super) struct Steps {
    /// The value that holds over each cell; not a number where there is more than one. The first cell is outside.
    cells: Vec<f64>,
}

impl Steps {
    /// Tabulates `of`, which does not fall between two points that `rises` says yes to.
    pub(super) fn new(of: impl Fn(f64) -> f64, rises: impl Fn(f64, f64) -> bool) -> Self {
        let count = (2.0 * REACH * DENSITY) as usize;
        let edge = |cell: usize| cell as f64 / DENSITY - REACH;
        let mut cells = Vec::with_capacity(count + 1);
        cells.push(f64::NAN);
        let mut low = of(edge(0));
        for cell in 0..count {
            let high = of(edge(cell + 1));
            let constant = low.to_bits() == high.to_bits() && rises(edge(cell), edge(cell + 1));
            cells.push(if constant { low } else { f64::NAN });
            low = high;
        }
        Self { cells }
    }

    /// The function at z, `exact` being the function itself.
    #[inline]
    pub(super) fn at(&self, z: f64, exact: impl FnOnce(f64) -> f64) -> f64 {
        let place = (z + REACH) * DENSITY + 1.0;
        // Below the first cell the number is negative, and as an index beyond the last.
        match self.cells.get(place as i64 as usize) {
            Some(value) if !value.is_nan() => *value,
            _ => exact(z),
        }
    }
}

/// Two tables of one function are alike, whatever their cells that are asked from the function.
impl PartialEq for Steps {
    fn eq(&self, other: &Self) -> bool {
        let bits = |steps: &Self| steps.cells.iter().map(|value| value.to_bits()).collect::<Vec<u64>>();
        bits(self) == bits(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_the_function_and_few_are_asked_from_it() {
        let of = |z: f64| (3.0 * z).floor();
        let steps = Steps::new(of, |_, _| true);
        let mut asked = 0;
        for at in -60_000..60_000 {
            let z = f64::from(at) * 1e-4 + 1e-7;
            let value = steps.at(z, |z| {
                asked += i32::from(z.abs() < REACH);
                of(z)
            });
            assert_eq!(value, of(z), "{z}");
        }
        // 27 steps, each in one cell of 4,608.
        assert!(asked < 90_000 * 30 / 4608, "{asked}");
        assert_eq!(steps.at(f64::NEG_INFINITY, |_| -7.0), -7.0);
        assert_eq!(steps.at(f64::INFINITY, |_| 7.0), 7.0);
        let never = Steps::new(|_| 1.0, |_, _| false);
        assert_eq!(never.at(0.0, |_| 2.0), 2.0, "asked wherever it may fall");
    }
}
