//! Chinese words for terms that are agreed or set up.

use super::terms::{TermLabels, TermWords};
use super::zh::Chinese;

const LABELS: TermLabels = TermLabels {
    channel: "销售渠道",
    dispatch: "发货",
    platform: "平台规则",
    payment: "付款条件",
    substitute: "替代品",
    discount: "商家承担折扣",
    cancel_cost: "商家责任取消单件成本",
    unlinked: "未接入库存",
    real_time: "库存实时同步",
    push_set: "同步时覆盖页面数量",
    push_delta: "同步时只加减变化量",
    counts_down: "页面自行扣减订单",
    counts_not: "页面不自行扣减订单",
    leaves_at_once: "订单当天发出",
    never_late: "未设延迟发货时限",
    never_cancelled: "不因超时取消订单",
    own_rules: "按情景所列规则",
    balance_on_receipt: "尾款到货时付",
    settled_at_once: "销售款即时到账",
};

impl TermWords for Chinese {
    fn term_labels(&self) -> &'static TermLabels {
        &LABELS
    }
    fn review(&self, days: &str, first: &str) -> String {
        format!("自 {first} 起每 {days} 天查看一次补货点，只在当晚下单。")
    }
    fn order_weekdays(&self, days: &str) -> String {
        format!("供应商只在{days}接单：其他日子的订单顺延到下一个接单日。")
    }
    fn expedite(&self, level: &str, mode: &str, size: &str) -> String {
        format!(
            "紧急补货：任何一天晚上，库存加上“{mode}”周期内将到的货不超过 {level} 时，以“{mode}”方式加急下单：{size}。"
        )
    }
    fn up_to(&self, level: &str) -> String {
        format!("补到 {level}")
    }
    fn plan_b(&self, name: &str, stock: &str, conversion: &str, spend: Option<&str>) -> String {
        let spend = spend.map_or_else(String::new, |spend| format!("，每天 {spend}"));
        format!(
            "停投期间启用 B 计划：改投“{name}”{spend}，该商品今天有 {stock}；预计停投所失需求的 {conversion} 会改买它。"
        )
    }

    fn share_of_orders(&self, share: &str) -> String {
        format!("占订单 {share}")
    }
    fn sync(&self, every: &str) -> String {
        format!("每 {every}同步一次")
    }
    fn minutes(&self, minutes: &str) -> String {
        format!("{minutes} 分钟")
    }
    fn push_delay(&self, minutes: &str) -> String {
        format!("延迟 {minutes}生效")
    }
    fn sync_failure(&self, share: &str) -> String {
        format!("同步失败率 {share}")
    }
    fn publishes(&self, share: &str, reserve: Option<&str>, threshold: Option<&str>) -> String {
        let reserve = reserve.map_or_else(String::new, |reserve| format!("再减 {reserve}"));
        let threshold = threshold.map_or_else(String::new, |threshold| format!("，不超过 {threshold}时显示为零"));
        format!("显示可用库存的 {share}{reserve}{threshold}")
    }
    fn typed_in(&self, pieces: &str) -> String {
        format!("期初手填 {pieces}")
    }
    fn capacity(&self, pieces: &str) -> String {
        format!("每天最多 {pieces}")
    }
    fn late_after(&self, days: &str) -> String {
        format!("超过 {days} 个工作日算延迟")
    }
    fn cancelled_after(&self, days: &str) -> String {
        format!("超过 {days} 个工作日取消")
    }
    fn held_back(&self, pieces: &str) -> String {
        format!("为活动和达人预留 {pieces}")
    }
    fn customers_cancel(&self, share: &str) -> String {
        format!("顾客取消 {share}")
    }
    fn sent_back(&self, share: &str, days: &str, restocked: &str) -> String {
        format!("退回 {share}，{days}后到仓，其中 {restocked} 可再售")
    }
    fn preset(&self, name: &str) -> String {
        format!("预设“{name}”")
    }
    fn as_of(&self, date: &str) -> String {
        format!("规则截至 {date}")
    }
    fn rest_of_shop(&self, orders: &str) -> String {
        format!("店铺其他订单每天 {orders} 单")
    }
    fn deposit(&self, share: &str) -> String {
        format!("下单时付货款 {share}")
    }
    fn balance_after(&self, days: &str) -> String {
        format!("尾款下单后 {days}付")
    }
    fn settled_after(&self, days: &str) -> String {
        format!("销售款 {days}后到账")
    }
    fn taken_by_plan_b(&self, share: &str) -> String {
        format!("B 计划转化停投所失需求的 {share}")
    }
    fn taken_by_spill(&self, share: &str) -> String {
        format!("断货时 {share} 的顾客改买")
    }
}
