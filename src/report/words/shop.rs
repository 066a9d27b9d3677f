//! Words for what a shop does beside holding and selling stock.

use crate::policy::PlatformMetric;

/// Short labels.
#[derive(Debug)]
pub(crate) struct ShopLabels {
    pub(crate) oversold_any: &'static str,
    pub(crate) oversold: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) redirected: &'static str,
    pub(crate) spilled: &'static str,
    pub(crate) shipped: &'static str,
    pub(crate) unshipped: &'static str,
    pub(crate) late: &'static str,
    pub(crate) cancelled_by_seller: &'static str,
    pub(crate) cancelled_by_customer: &'static str,
    pub(crate) returned: &'static str,
    pub(crate) restocked: &'static str,
    pub(crate) samples: &'static str,
    pub(crate) limited_days: &'static str,
    pub(crate) substitute_served: &'static str,
    pub(crate) substitute_left: &'static str,
    pub(crate) expedited_any: &'static str,
    pub(crate) expedited_orders: &'static str,
    pub(crate) expedited: &'static str,
    pub(crate) plan_b_spend: &'static str,
    /// What the words mean; shown only where one of them is.
    pub(crate) definitions: &'static [(&'static str, &'static str)],
}

/// Sentences and their parts. Arguments are texts that are ready to show.
pub(crate) trait ShopWords {
    fn shop_labels(&self) -> &'static ShopLabels;
    fn metric(&self, metric: PlatformMetric) -> &'static str;
    /// A metric's largest rate.
    fn largest_rate(&self, metric: &str) -> String;
    /// P(the rate crosses a step).
    fn crosses(&self, metric: &str, rate: &str, above: bool) -> String;
    /// The parts of one sentence.
    fn clauses(&self, clauses: &[String]) -> String;
    fn oversold(&self, any: &str, range: &str, pieces: &str) -> String;
    fn cancelled(&self, share: &str) -> String;
    fn crossed(&self, crosses: &str, value: &str, range: &str) -> String;
    fn rules_of(&self, date: &str) -> String;
}
