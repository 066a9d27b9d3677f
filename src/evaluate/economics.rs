//! What a path earned.

use fearless_simd::{Simd, SimdBase, f64x8, i32x16};
use serde::{Deserialize, Serialize};

use super::slot::{pair, widen};
use crate::simulate::{Lanes, OutcomeLanes, PathOutcome};

/// Prices and costs of one product and one lead-time mode, in the scenario's currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Economics {
    /// Price less fee, commission, outbound freight and returns, of a piece sold outside the events.
    pub net_price: f64,
    /// The same of a piece sold in each event.
    pub net_price_by_event: Vec<f64>,
    /// Landed cost of a piece, the mode's own cost included.
    pub unit_cost: f64,
    /// Landed cost of a piece without the mode's extra: what stock is worth.
    pub stock_value: f64,
    /// Goodwill lost with a lost piece.
    pub goodwill: f64,
    /// Holding and capital cost a piece and day.
    pub holding: f64,
    /// What a piece beyond `keep_units` is worth at the end.
    pub salvage: f64,
    /// Pieces left at the end that keep their value.
    pub keep_units: f64,
    /// Pieces in stock on day 0.
    pub opening_stock: f64,
    /// Pieces of the orders that are open on day 0: bought before the plan, so not a cost of it.
    pub open_units: f64,
}

impl Economics {
    /// Profit of a path.
    ///
    /// ```text
    /// profit = net sales - goods ordered - holding - goodwill of lost pieces - ad spend
    ///        + value at the end (stock and orders on their way) - value of the opening stock and open orders
    /// ```
    ///
    /// Forgone sales earn nothing and saved ad spend costs nothing, so pausing the ads carries its price.
    #[must_use]
    pub fn profit(&self, outcome: &PathOutcome) -> f64 {
        let in_events: u64 = outcome.served_by_event.iter().sum();
        let outside = (outcome.all.served - in_events + outcome.served_late) as f64;
        let by_event: f64 =
            self.net_price_by_event.iter().zip(&outcome.served_by_event).map(|(net, units)| net * *units as f64).sum();
        let left = (outcome.final_stock + outcome.final_on_order) as f64;
        let kept = left.min(self.keep_units);
        let end_value = kept * self.stock_value + (left - kept) * self.salvage;
        outside * self.net_price + by_event
            - self.goods_cost(outcome)
            - self.holding * outcome.all.on_hand_days as f64
            - self.goodwill * outcome.all.lost as f64
            - outcome.spend
            + end_value
            - (self.opening_stock + self.open_units) * self.stock_value
    }

    /// [`Economics::goods_cost`] and [`Economics::profit`] of a vector of candidates, term by term in the same order.
    #[inline(always)]
    pub(super) fn of_lanes<S: Simd>(&self, simd: S, outcome: &OutcomeLanes) -> ([f64x8<S>; 2], [f64x8<S>; 2]) {
        let number = |value: f64| f64x8::splat(simd, value);
        let load = |lanes: &Lanes| i32x16::load_array_ref(simd, lanes);
        let (event, outside) = (&outcome.event, &outcome.outside);
        let served = load(&event.served) + load(&outside.served);
        let mut elsewhere = served + load(&outcome.served_late);
        let mut by_event = [number(0.0); 2];
        for (net, units) in self.net_price_by_event.iter().zip(&outcome.served_by_event) {
            elsewhere -= load(units);
            let units = widen(load(units));
            for half in 0..2 {
                by_event[half] += number(*net) * units[half];
            }
        }
        let elsewhere = widen(elsewhere);
        let left = widen(load(&outcome.final_stock) + load(&outcome.final_on_order));
        let held = widen(load(&event.on_hand_days) + load(&outside.on_hand_days));
        let seen = load(&event.seen) + load(&outside.seen);
        let lost = widen(seen - served - load(&event.waited) - load(&outside.waited));
        let goods = widen(load(&outcome.ordered)).map(|ordered| number(self.unit_cost) * ordered);
        let spend = pair(simd, &outcome.spend);
        let value_before = number((self.opening_stock + self.open_units) * self.stock_value);
        let profit = std::array::from_fn(|half| {
            let kept = left[half].min(number(self.keep_units));
            let end_value = kept * number(self.stock_value) + (left[half] - kept) * number(self.salvage);
            elsewhere[half] * number(self.net_price) + by_event[half]
                - goods[half]
                - number(self.holding) * held[half]
                - number(self.goodwill) * lost[half]
                - spend[half]
                + end_value
                - value_before
        });
        (goods, profit)
    }

    /// Money for the goods that the plan ordered.
    #[must_use]
    pub fn goods_cost(&self, outcome: &PathOutcome) -> f64 {
        self.unit_cost * outcome.ordered as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::Tally;

    /// By hand: 10 sold at net 8 outside and 20 at net 6 inside, 40 ordered at 3 (2 of them freight), 15 left of
    /// which 10 keep the value of 1 and 5 are worth 0.5, 100 piece-days at 0.01, 4 lost at 2, 12 of ads; opening 5.
    #[test]
    fn profit_by_hand() {
        let economics = Economics {
            net_price: 8.0,
            net_price_by_event: vec![6.0],
            unit_cost: 3.0,
            stock_value: 1.0,
            goodwill: 2.0,
            holding: 0.01,
            salvage: 0.5,
            keep_units: 10.0,
            opening_stock: 5.0,
            open_units: 0.0,
        };
        let outcome = PathOutcome {
            all: Tally { served: 30, lost: 4, on_hand_days: 100, ..Tally::default() },
            served_by_event: vec![20],
            ordered: 40,
            final_stock: 15,
            spend: 12.0,
            ..PathOutcome::default()
        };
        let expected = 80.0 + 120.0 - 120.0 - 1.0 - 8.0 - 12.0 + (10.0 + 2.5) - 5.0;
        assert!((economics.profit(&outcome) - expected).abs() < 1e-12);
    }
}
