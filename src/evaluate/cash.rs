//! When a path's money comes and goes: cash by day, and the most that is tied up.
//!
//! The ledger of the engine says what each day did in pieces; the terms say when that is paid. Holding, goodwill and the
//! value of stock are no payments: over a whole path the flows, what is owed to the shop at its end and what the shop
//! still owes are the profit without these three.

use serde::{Deserialize, Serialize};

use super::Economics;
use super::estimates::mean;
use super::tally::TAIL_PATHS;
use crate::simulate::PathOutcome;
use crate::stats::{Estimate, quantile_inverse};

/// When the rest of an order is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Balance {
    /// On the day of receipt.
    OnReceipt,
    /// So many days after the order, received or not.
    AfterOrder {
        /// The days.
        days: usize,
    },
}

/// When what is paid.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CashTerms {
    /// Share of the goods that is paid with the order.
    pub deposit: f64,
    /// When the rest is.
    pub balance: Balance,
    /// Days from a sale until the marketplace pays it, price less fee and commission.
    pub settlement_days: usize,
    /// What a sale costs on its own day (outbound freight, expected returns); taken off the net price already.
    pub paid_on_sale: f64,
    /// Days from shipment until a returned piece is back and its money given back.
    pub return_days: usize,
}

/// Cash of one path.
#[derive(Debug, Clone, PartialEq)]
pub struct CashPath {
    /// Cash since the first morning, at the end of each day.
    pub by_day: Vec<f64>,
    /// What the shop will still be paid for sales of the path.
    pub receivable: f64,
    /// What it still has to pay: balances of orders, returned pieces on their way back.
    pub payable: f64,
}

impl CashPath {
    /// The most money that is tied up: the lowest cash below that of the first morning.
    #[must_use]
    pub fn peak(&self) -> f64 {
        self.by_day.iter().fold(0.0, |peak: f64, cash| peak.max(-cash))
    }

    /// Cash at the end.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.by_day.last().copied().unwrap_or(0.0)
    }
}

/// Payments by day.
struct Payments {
    flows: Vec<f64>,
    receivable: f64,
    payable: f64,
}

impl Payments {
    fn pay(&mut self, day: usize, amount: f64) {
        match self.flows.get_mut(day) {
            Some(slot) => *slot += amount,
            None if amount > 0.0 => self.receivable += amount,
            None => self.payable -= amount,
        }
    }
}

impl Economics {
    /// Cash of a path with a ledger; `None` without terms.
    ///
    /// ```text
    /// on the day: - deposit of what is ordered - outbound freight of what is sold - ad spend
    ///             - pieces cancelled as the seller's fault, with their cost
    /// later:      - balance of what was ordered + sales less what their customers cancelled (settlement)
    ///             - returned pieces, with their cost
    /// ```
    ///
    /// Orders that are open on day 0 and sales of days before it belong to no plan and are left out, as in the profit.
    /// Prices are those of the profit: cancelled and returned pieces go at the mean net price of the accepted ones. The
    /// money of a piece that the seller fails to send is taken off on the day of the cancellation, whether it has been
    /// settled or not: the cautious way.
    #[must_use]
    pub fn cash(&self, outcome: &PathOutcome) -> Option<CashPath> {
        let terms = self.cash?;
        let ledger = &outcome.ledger;
        let (by_event, outside) = self.served(outcome);
        let [event_price, price] = self.mean_prices(outcome, by_event, outside);
        // As with cancelled pieces, the mean of the path is the price of each.
        let on_pre_order: u64 = outcome.pre_ordered_by_event.iter().sum();
        let pre_order_price = self.pre_ordered(outcome) / on_pre_order.max(1) as f64;
        let mut payments = Payments { flows: vec![0.0; ledger.len()], receivable: 0.0, payable: 0.0 };
        for (day, entry) in ledger.iter().enumerate() {
            let (net, oversold_net) = match entry.event {
                Some(event) => (self.net_price_by_event.get(event).copied().unwrap_or(self.net_price), event_price),
                None => (self.net_price, self.net_price),
            };
            let [served, late, oversold] = [entry.served, entry.served_late, entry.oversold].map(|units| units as f64);
            let cancelled = entry.cancelled_by_customer as f64;
            let on_sale = (served + late + oversold - cancelled) * terms.paid_on_sale;
            let pre_ordered = entry.pre_ordered as f64;
            let late_sales = pre_ordered * pre_order_price + (late - pre_ordered) * self.net_price;
            let sold = served * net + late_sales + oversold * oversold_net - cancelled * price;
            payments.pay(day, -on_sale - entry.spend);
            payments.pay(
                day + terms.settlement_days,
                sold + on_sale + entry.substitute_served as f64 * self.substitute_margin,
            );
            payments.pay(day, -(entry.cancelled_by_seller as f64) * (price + self.cancel_cost));
            payments.pay(day, -(entry.gave_up as f64) * self.cancel_cost);
            payments.pay(day + terms.return_days.max(1), -(entry.returned as f64) * (price + self.return_cost));
            for order in &entry.orders {
                let goods = self.order_cost(order);
                payments.pay(day, -terms.deposit * goods);
                let due = match terms.balance {
                    Balance::OnReceipt => order.arrives,
                    Balance::AfterOrder { days } => day + days,
                };
                payments.pay(due, -(1.0 - terms.deposit) * goods);
            }
        }
        let mut cash = 0.0;
        let by_day = payments
            .flows
            .iter()
            .map(|flow| {
                cash += flow;
                cash
            })
            .collect();
        Some(CashPath { by_day, receivable: payments.receivable, payable: payments.payable })
    }
}

/// Cash of a candidate, where terms of payment are given. Orders that are open on day 0 and earlier sales are left out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CashKpis {
    /// The most money that is tied up on some evening.
    pub peak: Estimate,
    /// Its 95 % point.
    pub peak_95: f64,
    /// Cash at the end.
    pub end: Estimate,
    /// What is still to be paid to the shop, less what it still has to pay.
    pub outstanding: Estimate,
}

/// Running sums of the cash of one candidate.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct CashSums {
    /// Peak, end, outstanding: sums and sums of squares.
    sums: [[f64; 2]; 3],
    /// Peaks of the first paths.
    peaks: Vec<f64>,
}

impl CashSums {
    pub(super) fn push(&mut self, cash: &CashPath) {
        let peak = cash.peak();
        for ([sum, squares], value) in self.sums.iter_mut().zip([peak, cash.end(), cash.receivable - cash.payable]) {
            *sum += value;
            *squares += value * value;
        }
        if self.peaks.len() < TAIL_PATHS {
            self.peaks.push(peak);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.sums.iter_mut().flatten().zip(other.sums.iter().flatten()) {
            *mine += theirs;
        }
        let room = TAIL_PATHS.saturating_sub(self.peaks.len());
        self.peaks.extend(other.peaks.iter().take(room));
    }

    pub(super) fn kpis(&self, n: u64) -> CashKpis {
        let [peak, end, outstanding] = self.sums.map(|[sum, squares]| mean(n, sum, squares));
        CashKpis { peak, peak_95: quantile_inverse(&self.peaks, 0.95).unwrap_or(peak.value), end, outstanding }
    }
}

#[cfg(test)]
mod tests;
