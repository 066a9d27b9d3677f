//! Tests of the lots for normal demand.

use super::*;

fn problem(fixed: f64, stockout: f64) -> NormalLotProblem {
    let month = IntervalDemand::try_new(1300.0 / 12.0, 150.0 / 12.0_f64.sqrt()).unwrap();
    NormalLotProblem::try_new(Money(fixed), Money(0.225), Money(stockout), 1300.0, month).unwrap()
}

/// The cost is the mean of G over the positions: midpoints of 100,000 steps.
#[test]
fn the_cost_is_the_mean_over_positions() {
    let problem = problem(8.0, 7.5);
    let lot = NormalLot { reorder_point: 100.0, quantity: 300.0 };
    let law = problem.law();
    let steps = 100_000;
    let sum: f64 = (0..steps)
        .map(|step| 100.0 + 300.0 * (f64::from(step) + 0.5) / f64::from(steps))
        .map(|y| 0.225 * law.complementary_loss(y) + 7.5 * law.loss(y))
        .sum();
    let mean = sum / f64::from(steps) + 8.0 * 1300.0 / 300.0;
    assert!((problem.cost_rate(lot).unwrap().get() - mean).abs() < 1e-7);
}

/// What the methods promise, checked at their answers.
#[test]
fn each_method_meets_its_own_conditions() {
    for (fixed, stockout) in [(8.0, 7.5), (100.0, 0.5), (0.5, 40.0)] {
        let problem = problem(fixed, stockout);
        let law = problem.law();
        let cost = |y: f64| 0.225 * law.complementary_loss(y) + stockout * law.loss(y);
        let waiting = problem.backorder_lot().unwrap();
        let (before, after) = (cost(waiting.reorder_point), cost(waiting.reorder_point + waiting.quantity));
        assert!((before / after - 1.0).abs() < 1e-9);
        let by_loss = problem.loss_function_lot().unwrap();
        let short = law.loss(by_loss.reorder_point) * (0.225 + stockout) / 0.225;
        assert!((short / by_loss.quantity - 1.0).abs() < 1e-9);
        let best = problem.cost_rate(waiting).unwrap().get().min(problem.cost_rate(by_loss).unwrap().get());
        let plain = problem.safety_stock_lot().unwrap();
        assert!(problem.cost_rate(plain).unwrap().get() > best);
    }
}

#[test]
fn odd_input_is_refused() {
    let month = IntervalDemand::try_new(100.0, 40.0).unwrap();
    let new = |fixed, holding, stockout, rate, demand| {
        NormalLotProblem::try_new(Money(fixed), Money(holding), Money(stockout), rate, demand)
    };
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(new(bad, 1.0, 1.0, 1.0, month).is_err());
        assert!(new(1.0, bad, 1.0, 1.0, month).is_err());
        assert!(new(1.0, 1.0, bad, 1.0, month).is_err());
        assert!(new(1.0, 1.0, 1.0, bad, month).is_err());
        let lot = NormalLot { reorder_point: 1.0, quantity: bad };
        assert!(problem(8.0, 7.5).cost_rate(lot).is_err());
    }
    assert!(new(1.0, 1.0, 1.0, 1.0, IntervalDemand::try_new(100.0, 0.0).unwrap()).is_err());
    // Waiting is so cheap that the best is to let everybody wait.
    assert!(problem(8.0, 0.001).expected_inventory_level().is_err());
    let no_reorder_point = NormalLot { reorder_point: f64::INFINITY, quantity: 1.0 };
    assert!(problem(8.0, 7.5).cost_rate(no_reorder_point).is_err());
    // Numbers at the ends of the floats end in an error or an answer, never in a hang.
    for extreme in [1e-300, 1e300] {
        if let Ok(problem) = new(extreme, 1.0, 1.0, 1.0, month) {
            for lot in [problem.backorder_lot(), problem.safety_stock_lot(), problem.loss_function_lot()] {
                assert!(lot.is_err() || lot.is_ok_and(|lot| lot.quantity > 0.0));
            }
        }
    }
}
