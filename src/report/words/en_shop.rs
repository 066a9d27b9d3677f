//! English words for what a shop does beside holding and selling stock.

use super::en::English;
use super::shop::{ShopLabels, ShopWords};
use crate::policy::PlatformMetric;

const LABELS: ShopLabels = ShopLabels {
    oversold_any: "Probability of any oversell",
    oversold: "Oversold pieces",
    refused: "Turned away by the volume limit, pieces",
    redirected: "Redirected to the substitute by plan B, pieces",
    spilled: "Customers who took the substitute",
    shipped: "Dispatched, pieces",
    unshipped: "Not dispatched at the end, pieces",
    late: "Dispatched late or never",
    cancelled_by_seller: "Cancelled, seller's fault",
    cancelled_by_customer: "Cancelled by customers",
    returned: "Sent back, of dispatched pieces",
    restocked: "Sent back and on the shelf again, pieces",
    samples: "Samples, pieces",
    limited_days: "Days under a volume limit",
    substitute_served: "Sold of the substitute to them, pieces",
    substitute_left: "Substitute's stock at the end, pieces",
    expedited_any: "Expedited orders: P(any)",
    expedited_orders: "Expedited orders",
    expedited: "Expedited, pieces",
    plan_b_spend: "Ad spend of plan B",
    definitions: &[
        ("Oversell", "Pieces of orders that a sales channel accepted although no stock was left for them."),
        (
            "Late and cancelled",
            "Pieces that had not left by the platform's limits, out of all pieces that were to be dispatched.",
        ),
        (
            "Cancellation rate",
            "Orders cancelled by the seller's fault out of the orders of the platform's window of days, the shop's other \
             products included. A step counts as crossed if the rate crosses it on any day.",
        ),
    ],
};

impl ShopWords for English {
    fn shop_labels(&self) -> &'static ShopLabels {
        &LABELS
    }
    fn metric(&self, metric: PlatformMetric) -> &'static str {
        match metric {
            PlatformMetric::SellerCancellation => "cancellation rate",
            PlatformMetric::LateDispatch => "late dispatch rate",
        }
    }
    fn largest_rate(&self, metric: &str) -> String {
        format!("Largest {metric}")
    }
    fn crosses(&self, metric: &str, rate: &str, above: bool) -> String {
        if above { format!("P({metric} over {rate})") } else { format!("P({metric} {rate} or more)") }
    }
    fn clauses(&self, clauses: &[String]) -> String {
        let text = clauses.join("; ");
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
    }
    fn oversold(&self, any: &str, range: &str, pieces: &str) -> String {
        format!("oversold orders in the event: P(any) {any} ({range}), {pieces} on average")
    }
    fn cancelled(&self, share: &str) -> String {
        format!("{share} of ordered pieces cancelled by the seller's fault")
    }
    fn crossed(&self, crosses: &str, value: &str, range: &str) -> String {
        format!("{crosses} {value} ({range})")
    }
    fn rules_of(&self, date: &str) -> String {
        format!("platform rules as of {date}")
    }
}
