//! Chinese words for what a shop does beside holding and selling stock.

use super::shop::{ShopLabels, ShopWords};
use super::zh::Chinese;
use crate::policy::PlatformMetric;

const LABELS: ShopLabels = ShopLabels {
    oversold_any: "发生超卖的概率",
    oversold: "超卖件数",
    refused: "因单量限制未接单件数",
    redirected: "B 计划转到替代品的件数",
    spilled: "改买替代品的件数",
    shipped: "发货件数",
    unshipped: "期末未发货件数",
    late: "延迟或未发货占比",
    cancelled_by_seller: "商家责任取消占比",
    cancelled_by_customer: "顾客取消占比",
    returned: "退货占发货件数比",
    restocked: "退货重新上架件数",
    samples: "样品件数",
    limited_days: "单量限制天数",
    substitute_served: "由此售出的替代品件数",
    substitute_left: "期末替代品库存",
    expedited_any: "加急补货的概率",
    expedited_orders: "加急订单数",
    expedited: "加急件数",
    plan_b_spend: "B 计划广告费",
    definitions: &[
        ("超卖", "销售渠道已接单，但库存已不足以供货的件数。"),
        ("延迟与取消占比", "超过平台时限仍未发出的件数 ÷ 全部待发货件数。"),
        (
            "商家责任取消率",
            "平台统计周期内，因商家责任取消的订单 ÷ 全部订单，含店铺其他商品。任何一天越过某档，即算触及该档。",
        ),
    ],
};

impl ShopWords for Chinese {
    fn shop_labels(&self) -> &'static ShopLabels {
        &LABELS
    }
    fn metric(&self, metric: PlatformMetric) -> &'static str {
        match metric {
            PlatformMetric::SellerCancellation => "商家责任取消率",
            PlatformMetric::LateDispatch => "延迟发货率",
        }
    }
    fn largest_rate(&self, metric: &str) -> String {
        format!("最高{metric}")
    }
    fn crosses(&self, metric: &str, rate: &str, above: bool) -> String {
        if above { format!("{metric}超过 {rate} 的概率") } else { format!("{metric}达到 {rate} 的概率") }
    }
    fn clauses(&self, clauses: &[String]) -> String {
        if clauses.is_empty() { String::new() } else { format!("{}。", clauses.join("；")) }
    }
    fn oversold(&self, any: &str, range: &str, pieces: &str) -> String {
        format!("活动期间超卖概率 {any}（{range}），平均超卖 {pieces}")
    }
    fn cancelled(&self, share: &str) -> String {
        format!("因商家责任取消的件数占 {share}")
    }
    fn crossed(&self, crosses: &str, value: &str, range: &str) -> String {
        format!("{crosses} {value}（{range}）")
    }
    fn rules_of(&self, date: &str) -> String {
        format!("平台规则截至 {date}")
    }
}
