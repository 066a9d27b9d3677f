//! Cash by hand, and the law that holds it to the profit.

use proptest::prelude::*;

use super::*;
use crate::simulate::{LedgerDay, LedgerOrder, Workspace, any_case, simulate};

fn terms(deposit: f64, balance: Balance, settlement_days: usize) -> CashTerms {
    CashTerms { deposit, balance, settlement_days, paid_on_sale: 1.0, return_days: 2 }
}

/// By hand. 100 pieces at 4 ordered on day 0, 30 % at once, the rest on receipt on day 2; 10 of spend a day; 5 pieces
/// sold on day 2 and 20 on day 3 (the event) for 9 and 7 gross, 1 of freight each on the day, paid 2 days later.
#[test]
fn cash_by_hand() {
    let economics = Economics {
        net_price: 8.0,
        net_price_by_event: vec![6.0],
        unit_cost: 4.0,
        cash: Some(terms(0.3, Balance::OnReceipt, 2)),
        ..Economics::default()
    };
    let mut days = [LedgerDay { spend: 10.0, ..LedgerDay::default() }; 5];
    days[0].orders[0] = LedgerOrder { units: 100, arrives: 2, ..LedgerOrder::default() };
    days[2].served = 5;
    days[3].served = 20;
    days[3].event = Some(0);
    let mut outcome = PathOutcome { served_by_event: vec![20], ledger: days.to_vec(), ..PathOutcome::default() };
    outcome.all.served = 25;
    let cash = economics.cash(&outcome).expect("terms");
    let expected = [-130.0, -140.0, -140.0 - 280.0 - 5.0 - 10.0, -465.0, -465.0 - 10.0 + 45.0];
    for (got, want) in cash.by_day.iter().zip(expected) {
        assert!((got - want).abs() < 1e-9, "{got} {want}");
    }
    assert!((cash.peak() - 465.0).abs() < 1e-9 && (cash.receivable - 140.0).abs() < 1e-9);
    assert_eq!(cash.payable, 0.0);

    // Paid three days after the order instead: on day 3.
    let later = Economics { cash: Some(terms(0.3, Balance::AfterOrder { days: 3 }, 2)), ..economics.clone() };
    let cash = later.cash(&outcome).expect("terms");
    assert!((cash.by_day[2] + 155.0).abs() < 1e-9 && (cash.by_day[3] + 465.0).abs() < 1e-9);
    // And beyond the horizon: owed at the end.
    let owed = Economics { cash: Some(terms(0.3, Balance::AfterOrder { days: 9 }, 2)), ..economics };
    assert!((owed.cash(&outcome).expect("terms").payable - 280.0).abs() < 1e-9);
}

/// A returned piece of day 1 costs its money on day 3; what customers cancel is never settled, what the seller cancels
/// goes at once.
#[test]
fn returns_and_cancellations_by_hand() {
    let economics = Economics {
        net_price: 8.0,
        cancel_cost: 2.0,
        return_cost: 0.5,
        cash: Some(terms(0.0, Balance::OnReceipt, 1)),
        ..Economics::default()
    };
    let mut days = [LedgerDay::default(); 5];
    days[1] = LedgerDay { served: 10, cancelled_by_customer: 4, cancelled_by_seller: 1, returned: 2, ..days[1] };
    let mut outcome = PathOutcome { ledger: days.to_vec(), ..PathOutcome::default() };
    outcome.all.served = 10;
    let cash = economics.cash(&outcome).expect("terms");
    // Day 1: freight of 6 pieces, one cancelled for 8 and 2; day 2: 6 pieces at 9; day 3: 2 back for 8.50 each.
    assert_eq!(cash.by_day, [0.0, -16.0, 38.0, 21.0, 21.0]);
}

#[test]
fn sums_of_parts_are_those_of_the_whole() {
    let path = |low: f64| CashPath { by_day: vec![5.0, -low, 3.0], receivable: 4.0, payable: 1.0 };
    let mut whole = CashSums::default();
    let mut parts = [CashSums::default(), CashSums::default()];
    for (at, low) in [10.0, 30.0, 20.0, 40.0].into_iter().enumerate() {
        whole.push(&path(low));
        parts[at / 2].push(&path(low));
    }
    let [mut first, second] = parts;
    first.merge(&second);
    assert_eq!(first, whole);
    let kpis = whole.kpis(4);
    assert_eq!((kpis.peak.value, kpis.peak_95, kpis.end.value, kpis.outstanding.value), (25.0, 40.0, 3.0, 3.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Path by path, with every mechanic on: what was paid, will be paid and is owed is the profit, where holding,
    /// goodwill and the value of stock are nothing.
    #[test]
    fn cash_and_what_is_outstanding_are_the_profit(
        (path, plan, setting) in any_case(),
        deposit in prop_oneof![Just(0.0), Just(1.0), 0.0..1.0_f64],
        after in proptest::option::of(0_usize..40),
        settlement_days in 0_usize..30,
        return_days in 0_usize..20,
    ) {
        let balance = after.map_or(Balance::OnReceipt, |days| Balance::AfterOrder { days });
        let cash = CashTerms { return_days, ..terms(deposit, balance, settlement_days) };
        let economics = Economics {
            net_price: 8.0,
            net_price_by_event: vec![6.5; setting.event_starts.len()],
            unit_cost: 3.25,
            cancel_cost: 1.5,
            return_cost: 0.75,
            substitute_margin: 2.5,
            expedite_premium: 0.6,
            break_savings: (1..=setting.price_breaks.len()).map(|at| 0.2 * at as f64).collect(),
            cash: Some(cash),
            ..Economics::default()
        };
        let outcome = simulate(&path, &plan, &setting, &mut Workspace::default());
        prop_assert_eq!(outcome.ledger.len(), setting.days);
        let profit = economics.profit(&outcome);
        let cash = economics.cash(&outcome).expect("terms");
        let total = cash.end() + cash.receivable - cash.payable;
        prop_assert!((total - profit).abs() < 1e-6 * profit.abs().max(1.0), "{} {}", total, profit);
        prop_assert!(cash.receivable >= 0.0 && cash.payable >= 0.0 && cash.peak() >= -cash.end());
    }
}
