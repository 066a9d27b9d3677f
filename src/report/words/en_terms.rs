//! English words for terms that are agreed or set up.

use super::en::English;
use super::terms::{TermLabels, TermWords};

const LABELS: TermLabels = TermLabels {
    channel: "Sales channel",
    dispatch: "Dispatch",
    platform: "Marketplace",
    payment: "Terms of payment",
    substitute: "Substitute",
    discount: "discount paid by the seller",
    cancel_cost: "cost of an order cancelled by the seller's fault",
    unlinked: "not linked to the stock",
    real_time: "told of the stock in real time",
    push_set: "a sync overwrites the number shown",
    push_delta: "a sync adds the change to the number shown",
    counts_down: "counts its own orders down",
    counts_not: "does not count its own orders down",
    leaves_at_once: "every order leaves on its day",
    never_late: "no limit for late dispatch",
    never_cancelled: "no order is cancelled for lateness",
    own_rules: "rules stated in the scenario",
    balance_on_receipt: "the rest on receipt",
    settled_at_once: "sales are paid at once",
};

impl TermWords for English {
    fn term_labels(&self) -> &'static TermLabels {
        &LABELS
    }
    fn review(&self, days: &str, first: &str) -> String {
        format!("Look at the reorder point every {days} days, from {first} on, and order on these evenings only.")
    }
    fn order_weekdays(&self, days: &str) -> String {
        format!("The supplier takes orders on {days} only: what is due on another day goes out on the next of them.")
    }
    fn expedite(&self, level: &str, mode: &str, size: &str) -> String {
        format!(
            "In an emergency order {size} by \"{mode}\": on any evening on which the stock, with what is due within the lead \
             time of \"{mode}\", is at {level} or less."
        )
    }
    fn up_to(&self, level: &str) -> String {
        format!("up to {level}")
    }
    fn plan_b(&self, name: &str, stock: &str, conversion: &str, spend: Option<&str>) -> String {
        let spend = spend.map_or_else(String::new, |spend| format!(" for {spend} a day"));
        format!(
            "While the ads are paused run plan B: advertise \"{name}\" instead{spend}, of which {stock} are there today; \
             {conversion} of the demand that the pause forgoes is taken to order it."
        )
    }

    fn share_of_orders(&self, share: &str) -> String {
        format!("{share} of orders")
    }
    fn sync(&self, every: &str) -> String {
        format!("sync every {every}")
    }
    fn minutes(&self, minutes: &str) -> String {
        format!("{minutes} {}", if minutes == "1" { "minute" } else { "minutes" })
    }
    fn push_delay(&self, minutes: &str) -> String {
        format!("shown after {minutes}")
    }
    fn sync_failure(&self, share: &str) -> String {
        format!("{share} of syncs fail")
    }
    fn publishes(&self, share: &str, reserve: Option<&str>, threshold: Option<&str>) -> String {
        let reserve = reserve.map_or_else(String::new, |reserve| format!(" less {reserve}"));
        let threshold = threshold.map_or_else(String::new, |threshold| format!(", none at {threshold} or less"));
        format!("shows {share} of the available stock{reserve}{threshold}")
    }
    fn typed_in(&self, pieces: &str) -> String {
        format!("{pieces} typed in at the start")
    }
    fn capacity(&self, pieces: &str) -> String {
        format!("at most {pieces} a day")
    }
    fn late_after(&self, days: &str) -> String {
        format!("late after {days} working days")
    }
    fn cancelled_after(&self, days: &str) -> String {
        format!("cancelled after {days} working days")
    }
    fn held_back(&self, pieces: &str) -> String {
        format!("{pieces} held back for campaigns and creators")
    }
    fn customers_cancel(&self, share: &str) -> String {
        format!("{share} cancelled by customers")
    }
    fn sent_back(&self, share: &str, days: &str, restocked: &str) -> String {
        format!("{share} sent back after {days}, of which {restocked} can be sold again")
    }
    fn preset(&self, name: &str) -> String {
        format!("preset \"{name}\"")
    }
    fn as_of(&self, date: &str) -> String {
        format!("rules as of {date}")
    }
    fn rest_of_shop(&self, orders: &str) -> String {
        format!("{orders} other orders a day in the shop")
    }
    fn deposit(&self, share: &str) -> String {
        format!("{share} of the goods with the order")
    }
    fn balance_after(&self, days: &str) -> String {
        format!("the rest {days} after the order")
    }
    fn settled_after(&self, days: &str) -> String {
        format!("sales are paid {days} later")
    }
    fn taken_by_plan_b(&self, share: &str) -> String {
        format!("plan B wins {share} of the demand forgone by pausing")
    }
    fn taken_by_spill(&self, share: &str) -> String {
        format!("taken by {share} of those who find the product sold out")
    }
}
