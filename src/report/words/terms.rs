//! Words for terms that are agreed or set up: the supplier's calendar, plan B, sales channels, dispatch, the marketplace,
//! payment.

/// Short labels.
#[derive(Debug)]
pub(crate) struct TermLabels {
    pub(crate) channel: &'static str,
    pub(crate) dispatch: &'static str,
    pub(crate) platform: &'static str,
    pub(crate) payment: &'static str,
    pub(crate) substitute: &'static str,
    pub(crate) discount: &'static str,
    pub(crate) cancel_cost: &'static str,
    pub(crate) unlinked: &'static str,
    pub(crate) real_time: &'static str,
    pub(crate) push_set: &'static str,
    pub(crate) push_delta: &'static str,
    pub(crate) counts_down: &'static str,
    pub(crate) counts_not: &'static str,
    pub(crate) leaves_at_once: &'static str,
    pub(crate) never_late: &'static str,
    pub(crate) never_cancelled: &'static str,
    pub(crate) own_rules: &'static str,
    pub(crate) balance_on_receipt: &'static str,
    pub(crate) settled_at_once: &'static str,
}

/// Sentences and their parts. Arguments are texts that are ready to show.
pub(crate) trait TermWords {
    fn term_labels(&self) -> &'static TermLabels;

    // What is done.
    /// The next look at the reorder point comes so many days after `first`, and so on.
    fn review(&self, days: &str, first: &str) -> String;
    fn order_weekdays(&self, days: &str) -> String;
    fn expedite(&self, level: &str, mode: &str, size: &str) -> String;
    /// An order up to a level.
    fn up_to(&self, level: &str) -> String;
    fn plan_b(&self, name: &str, stock: &str, conversion: &str, spend: Option<&str>) -> String;

    // What is assumed.
    fn share_of_orders(&self, share: &str) -> String;
    fn sync(&self, every: &str) -> String;
    fn minutes(&self, minutes: &str) -> String;
    fn push_delay(&self, minutes: &str) -> String;
    fn sync_failure(&self, share: &str) -> String;
    /// The page shows a share of the stock, less a reserve, and nothing at or below a threshold.
    fn publishes(&self, share: &str, reserve: Option<&str>, threshold: Option<&str>) -> String;
    fn typed_in(&self, pieces: &str) -> String;
    fn capacity(&self, pieces: &str) -> String;
    fn late_after(&self, days: &str) -> String;
    fn cancelled_after(&self, days: &str) -> String;
    fn held_back(&self, pieces: &str) -> String;
    fn customers_cancel(&self, share: &str) -> String;
    fn sent_back(&self, share: &str, days: &str, restocked: &str) -> String;
    fn preset(&self, name: &str) -> String;
    fn as_of(&self, date: &str) -> String;
    fn rest_of_shop(&self, orders: &str) -> String;
    fn deposit(&self, share: &str) -> String;
    fn balance_after(&self, days: &str) -> String;
    fn settled_after(&self, days: &str) -> String;
    fn taken_by_plan_b(&self, share: &str) -> String;
    fn taken_by_spill(&self, share: &str) -> String;
}
