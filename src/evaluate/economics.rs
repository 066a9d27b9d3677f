//! What a path earned.

use fearless_simd::{Simd, SimdBase, f64x8, i32x16};
use serde::{Deserialize, Serialize};

use super::cash::CashTerms;
use super::slot::{floats, pair};
use crate::simulate::{Lanes, LedgerOrder, OutcomeLanes, PathOutcome};

/// Prices and costs of one product and one lead-time mode, in the scenario's currency.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Economics {
    /// Price less fee, commission, outbound freight and returns, of a piece sold outside the events.
    pub net_price: f64,
    /// The same of a piece sold in each event.
    pub net_price_by_event: Vec<f64>,
    /// Landed cost of a piece, the mode's own cost included.
    pub unit_cost: f64,
    /// What an expedited piece costs more than one by the plan's own mode.
    #[serde(default)]
    pub expedite_premium: f64,
    /// What a piece costs less whose order reached each price break and not the next, smallest break first.
    #[serde(default)]
    pub break_savings: Vec<f64>,
    /// Landed cost of a piece without the mode's extra, at the lowest price break: what stock is worth. A lower price
    /// would otherwise be earned by stock that nobody buys.
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
    /// Pieces that customers ordered before day 0 and that have not left: sold before the plan, so neither its sale nor
    /// its stock.
    #[serde(default)]
    pub owed_units: f64,
    /// What a piece cancelled as the seller's fault costs beyond its sale.
    #[serde(default)]
    pub cancel_cost: f64,
    /// What a returned piece costs beyond its net price, which is given back: freight both ways, handling.
    #[serde(default)]
    pub return_cost: f64,
    /// What a piece of the substitute earns, its own cost taken off.
    #[serde(default)]
    pub substitute_margin: f64,
    /// When what is paid; none where nobody asked for the cash.
    #[serde(default)]
    pub cash: Option<CashTerms>,
}

impl Economics {
    /// Profit of a path.
    ///
    /// ```text
    /// profit = net sales - goods ordered - holding - goodwill of lost pieces - ad spend
    ///        + value at the end (stock and orders on their way, less pieces that still have to leave)
    ///        - value of the opening stock and open orders, likewise
    /// ```
    ///
    /// Forgone sales earn nothing and saved ad spend costs nothing, so pausing the ads carries its price. A sale counts
    /// when its order is accepted, and is taken back where the order is cancelled or the piece returned
    /// (`beside_stock`). Samples and lost returns need no term of their own: they are stock that is gone.
    #[must_use]
    pub fn profit(&self, outcome: &PathOutcome) -> f64 {
        let (by_event, outside) = self.served(outcome);
        // Pieces that are promised go the same way as those that have left; below 0 they have yet to be bought.
        let left = (outcome.final_stock + outcome.final_on_order) as f64 - outcome.flow.unshipped as f64;
        let kept = left.min(self.keep_units);
        let end_value = kept * self.stock_value + (left - kept) * self.salvage;
        let profit = outside * self.net_price + by_event
            - self.goods_cost(outcome)
            - self.holding * outcome.all.on_hand_days as f64
            - self.goodwill * outcome.all.lost as f64
            - outcome.spend
            + end_value
            - (self.opening_stock + self.open_units - self.owed_units) * self.stock_value;
        if is_stock_and_sales(outcome) { profit } else { profit + self.beside_stock(outcome, by_event, outside) }
    }

    /// What the served pieces of the events earn, and the number of the others. A piece on pre-order has the price of the
    /// event in which it was ordered.
    pub(super) fn served(&self, outcome: &PathOutcome) -> (f64, f64) {
        let outside = (outcome.all.served + outcome.served_late - in_events(outcome)) as f64;
        let earned = self.net_price_by_event.iter().zip(&outcome.served_by_event);
        (earned.map(|(net, units)| net * *units as f64).sum::<f64>() + self.pre_ordered(outcome), outside)
    }

    /// What the pieces on pre-order that were served earn.
    pub(super) fn pre_ordered(&self, outcome: &PathOutcome) -> f64 {
        let earned = self.net_price_by_event.iter().zip(&outcome.pre_ordered_by_event);
        earned.map(|(net, units)| net * *units as f64).sum()
    }

    /// What oversold, cancelled and returned pieces and plan B add to the profit; `by_event` is what the served
    /// pieces of the events earn, `outside` the number of the others.
    ///
    /// ```text
    ///   oversold pieces at the mean net price of their stretch
    /// - cancelled pieces at the mean net price of all accepted ones, and the cost of cancelling as the seller's fault
    /// - the same cost for pieces on pre-order whose limit passed: they were never sold
    /// - returned pieces at the same price, and their cost
    /// + pieces of the substitute at what one earns
    /// - ad spend of plan B
    /// ```
    fn beside_stock(&self, outcome: &PathOutcome, by_event: f64, outside: f64) -> f64 {
        let (flow, event, all) = (&outcome.flow, &outcome.event, &outcome.all);
        let [event_price, price] = self.mean_prices(outcome, by_event, outside);
        let oversold =
            event.oversold as f64 * event_price + all.oversold.saturating_sub(event.oversold) as f64 * self.net_price;
        let cancelled = flow.cancelled_by_seller as f64;
        oversold
            - (cancelled + flow.cancelled_by_customer as f64) * price
            - (cancelled + outcome.gave_up as f64) * self.cancel_cost
            - flow.returned as f64 * (price + self.return_cost)
            + outcome.substitute_served as f64 * self.substitute_margin
            - outcome.plan_b_spend
    }

    /// Mean net price of the pieces served in the events, and of all accepted pieces; arguments as above.
    pub(super) fn mean_prices(&self, outcome: &PathOutcome, by_event: f64, outside: f64) -> [f64; 2] {
        let (event, all) = (&outcome.event, &outcome.all);
        let in_events = in_events(outcome);
        let event_price = if in_events > 0 {
            by_event / in_events as f64
        } else if self.net_price_by_event.is_empty() {
            self.net_price
        } else {
            self.net_price_by_event.iter().sum::<f64>() / self.net_price_by_event.len() as f64
        };
        let oversold =
            event.oversold as f64 * event_price + all.oversold.saturating_sub(event.oversold) as f64 * self.net_price;
        let accepted = in_events as f64 + outside + all.oversold as f64;
        let sales = outside * self.net_price + by_event + oversold;
        [event_price, if accepted > 0.0 { sales / accepted } else { self.net_price }]
    }

    /// [`Economics::goods_cost`] and [`Economics::profit`] of a vector of candidates, term by term in the same order.
    #[inline(always)]
    pub(super) fn of_lanes<S: Simd>(&self, simd: S, outcome: &OutcomeLanes) -> ([f64x8<S>; 2], [f64x8<S>; 2]) {
        let number = |value: f64| f64x8::splat(simd, value);
        let load = |lanes: &Lanes| i32x16::load_array_ref(simd, lanes);
        let wide = |lanes: i32x16<S>| floats(simd, &lanes.to_array());
        let (event, outside) = (&outcome.event, &outcome.outside);
        let served = load(&event.served) + load(&outside.served);
        let mut elsewhere = served + load(&outcome.served_late);
        let mut by_event = [number(0.0); 2];
        for (net, units) in self.net_price_by_event.iter().zip(&outcome.served_by_event) {
            elsewhere -= load(units);
            let units = floats(simd, units);
            for half in 0..2 {
                by_event[half] += number(*net) * units[half];
            }
        }
        let elsewhere = wide(elsewhere);
        let left = wide(load(&outcome.final_stock) + load(&outcome.final_on_order));
        let held = wide(load(&event.on_hand_days) + load(&outside.on_hand_days));
        let seen = load(&event.seen) + load(&outside.seen);
        let lost = wide(seen - served - load(&event.waited) - load(&outside.waited));
        let goods = floats(simd, &outcome.ordered).map(|ordered| number(self.unit_cost) * ordered);
        let spend = pair(simd, &outcome.spend);
        let value_before = number((self.opening_stock + self.open_units - self.owed_units) * self.stock_value);
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

    /// Money for the goods that the plan ordered, each order at the price of its size and mode.
    #[must_use]
    pub fn goods_cost(&self, outcome: &PathOutcome) -> f64 {
        let full = self.unit_cost * outcome.ordered as f64;
        let saved: f64 =
            self.break_savings.iter().zip(&outcome.ordered_at_break).map(|(saved, units)| saved * *units as f64).sum();
        full + self.expedite_premium * outcome.expedited as f64 - saved
    }

    /// The same for one order.
    pub(super) fn order_cost(&self, order: &LedgerOrder) -> f64 {
        let saved = order.breaks.checked_sub(1).and_then(|at| self.break_savings.get(at)).copied().unwrap_or(0.0);
        let premium = if order.expedited { self.expedite_premium } else { 0.0 };
        (self.unit_cost + premium - saved) * order.units as f64
    }
}

/// Pieces served that were ordered in an event, on its days or on pre-order later.
fn in_events(outcome: &PathOutcome) -> u64 {
    outcome.served_by_event.iter().chain(&outcome.pre_ordered_by_event).sum()
}

/// Whether nothing of a path was oversold, cancelled or returned, or came from or went to plan B.
fn is_stock_and_sales(outcome: &PathOutcome) -> bool {
    let flow = &outcome.flow;
    let pieces = flow.cancelled_by_seller + flow.cancelled_by_customer + flow.returned;
    outcome.all.oversold + pieces + outcome.substitute_served + outcome.gave_up == 0 && outcome.plan_b_spend == 0.0
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
            ..Economics::default()
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

    /// By hand: 400 pieces at 3.00, of them 120 at 0.20 less and 200 at 0.50 less, and 30 that flew in for 1.10 more.
    #[test]
    fn goods_cost_by_size_and_mode_by_hand() {
        let economics =
            Economics { unit_cost: 3.0, expedite_premium: 1.1, break_savings: vec![0.2, 0.5], ..Economics::default() };
        let outcome =
            PathOutcome { ordered: 400, ordered_at_break: vec![120, 200], expedited: 30, ..PathOutcome::default() };
        let expected = 1200.0 - 24.0 - 100.0 + 33.0;
        assert!((economics.goods_cost(&outcome) - expected).abs() < 1e-12);
        assert!(
            (economics.profit(&outcome) + expected).abs() < 1e-12,
            "nothing sold, nothing left: the goods are lost"
        );
    }

    /// Plan B costs what it spends, whether or not it sells.
    #[test]
    fn plan_b_pays_for_its_ads() {
        let outcome = PathOutcome { plan_b_spend: 80.0, substitute_served: 9, ..PathOutcome::default() };
        let without = PathOutcome { plan_b_spend: 0.0, ..outcome.clone() };
        assert!((prices().profit(&outcome) - (prices().profit(&without) - 80.0)).abs() < 1e-12);
        let idle = PathOutcome { substitute_served: 0, ..outcome };
        assert!((prices().profit(&idle) - (prices().profit(&PathOutcome::default()) - 80.0)).abs() < 1e-12);
    }

    fn prices() -> Economics {
        Economics {
            net_price: 8.0,
            net_price_by_event: vec![6.0],
            unit_cost: 3.0,
            stock_value: 2.0,
            salvage: 1.0,
            keep_units: 100.0,
            opening_stock: 50.0,
            owed_units: 4.0,
            cancel_cost: 1.5,
            return_cost: 0.5,
            substitute_margin: 2.5,
            ..Economics::default()
        }
    }

    /// By hand. Sales: 10 outside at 8, 20 inside and 6 oversold inside at 6, 4 oversold outside at 8, in all 40 pieces
    /// for 268, 6.70 each. Of them 3 are cancelled by the seller (1.50 each beside the price) and 2 by customers, 5 come
    /// back (0.50 beside the price), 7 have not left. 8 pieces are on the shelf at the end, so one is free. The
    /// substitute sells 9 at 2.50.
    #[test]
    fn oversold_cancelled_and_returned_pieces_by_hand() {
        let tally = |oversold| Tally { oversold, ..Tally::default() };
        let mut outcome = PathOutcome {
            all: Tally { served: 30, ..tally(10) },
            event: tally(6),
            served_by_event: vec![20],
            final_stock: 8,
            substitute_served: 9,
            ..PathOutcome::default()
        };
        outcome.flow.cancelled_by_seller = 3;
        outcome.flow.cancelled_by_customer = 2;
        outcome.flow.returned = 5;
        outcome.flow.unshipped = 7;
        let sales = 268.0 - 5.0 * 6.7 - 3.0 * 1.5 - 5.0 * (6.7 + 0.5) + 9.0 * 2.5;
        let stock = 1.0 * 2.0 - (50.0 - 4.0) * 2.0;
        assert!((prices().profit(&outcome) - (sales + stock)).abs() < 1e-12);
    }

    /// 5 pieces of the event served on its days, 7 on pre-order later, 2 others late: 12 at the event's price, 2 at the
    /// other, and 3 on pre-order that nobody could send.
    #[test]
    fn pre_ordered_pieces_have_the_price_of_their_event() {
        let mut outcome = PathOutcome {
            served_by_event: vec![5],
            pre_ordered_by_event: vec![7],
            served_late: 9,
            gave_up: 3,
            final_stock: 46,
            ..PathOutcome::default()
        };
        outcome.all.served = 5;
        assert!((prices().profit(&outcome) - (12.0 * 6.0 + 2.0 * 8.0 - 3.0 * 1.5)).abs() < 1e-12);
    }

    /// A restocked piece is worth what stock is worth, a sample costs it: both stand in the stock at the end.
    #[test]
    fn restocked_pieces_and_samples_count_as_the_stock_that_they_are() {
        let mut outcome = PathOutcome { final_stock: 40, ..PathOutcome::default() };
        let before = prices().profit(&outcome);
        outcome.final_stock -= 3;
        outcome.flow.samples = 3;
        assert!((prices().profit(&outcome) - (before - 3.0 * 2.0)).abs() < 1e-12);
        outcome.final_stock += 2;
        outcome.flow.restocked = 2;
        assert!((prices().profit(&outcome) - (before - 2.0)).abs() < 1e-12);
    }

    /// Nothing served and nothing accepted: no price is 0 / 0, and what is owed beyond the stock has to be bought.
    #[test]
    fn a_path_without_sales_has_a_profit() {
        let mut outcome = PathOutcome::default();
        outcome.flow.cancelled_by_seller = 2;
        outcome.flow.unshipped = 5;
        let expected = -2.0 * (8.0 + 1.5) - 5.0 * 2.0 - 46.0 * 2.0;
        assert!((prices().profit(&outcome) - expected).abs() < 1e-12);
        outcome.event.oversold = 1;
        outcome.all.oversold = 1;
        let expected = 6.0 - 2.0 * (6.0 + 1.5) - 5.0 * 2.0 - 46.0 * 2.0;
        assert!((prices().profit(&outcome) - expected).abs() < 1e-12, "an oversold piece of the event at its price");
    }
}
