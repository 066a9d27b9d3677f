//! Chinese words of the decision card.

use super::zh::Chinese;
use super::{DateWords, DecisionWords, DifferenceWords, LateWords, RiskWords};
use crate::policy::ShareBase;
use crate::recommend::LimitKind;
use crate::scenario::OrderPolicy;

impl DecisionWords for Chinese {
    fn today(&self) -> &'static str {
        "今天"
    }
    fn on_day(&self, date: &str) -> String {
        format!("{date} ")
    }
    fn order(&self, pieces: &str, mode: &str, date: &DateWords<'_>) -> String {
        format!(
            "{}以“{mode}”方式提前备货 {pieces}，最迟 {} 下单（届时 {} 的把握在活动前上架；拖到 {} 只剩一半把握）。",
            date.when, date.latest, date.on_time, date.even
        )
    }
    fn order_then(&self, when: &str, date: &str, risk: &str, range: &str) -> String {
        format!("以下数字均按{when}下单计算；若拖到 {date} 下单，断货概率为 {risk}（{range}）。")
    }
    fn order_late(&self, order: &LateWords<'_>) -> String {
        format!(
            "{}以“{}”方式下单 {}，但已经偏晚：要有 {} 的把握赶上“{}”，应在 {} 前下单。{}下单，按期上架的概率为 {}；半数此类订单在 {} 前上架。",
            order.when,
            order.mode,
            order.pieces,
            order.promised,
            order.event,
            order.latest,
            order.when,
            order.in_time,
            order.half_by
        )
    }
    fn order_misses_start(&self, order: &LateWords<'_>) -> String {
        format!(
            "“{}”于 {} 开始时，备货已来不及到货：以“{}”方式须在 {} 前下单（{} 的把握）。{}下单的 {} 只能用于开始之后：半数此类订单在 {} 前上架，在活动结束日 {} 前上架的概率为 {}。",
            order.event,
            order.start,
            order.mode,
            order.latest,
            order.promised,
            order.when,
            order.pieces,
            order.half_by,
            order.end,
            order.by_end
        )
    }
    fn order_misses_event(&self, order: &LateWords<'_>) -> String {
        format!(
            "不要再以“{}”方式为“{}”（{} 至 {}）备货：已来不及到货。须在 {} 前下单（{} 的把握）；{}下单，半数此类订单要到 {} 才上架，活动结束前上架的概率只有 {}。按预测还缺约 {}：请推迟或缩小活动，或另找更快的方式。",
            order.mode,
            order.event,
            order.start,
            order.end,
            order.latest,
            order.promised,
            order.when,
            order.half_by,
            order.by_end,
            order.pieces
        )
    }
    fn order_not_needed(&self, multiplier: &str) -> String {
        format!("无需提前备货：现有库存加在途采购已达预测销量的 {multiplier} 倍。")
    }
    fn order_without(&self) -> String {
        "不单独提前备货，按下面的补货规则执行即可。".to_owned()
    }
    fn order_nothing(&self) -> String {
        "不提前备货。".to_owned()
    }
    fn order_reaches(&self, multiplier: &str, predicted: &str, event: &str, span: &str) -> String {
        format!("目标是“{event}”（{span}）预测销量 {predicted}的 {multiplier} 倍。")
    }
    fn order_also(&self, pieces: &str, date: &str) -> String {
        format!("补货规则在 {date} 当晚还会下单，平均 {pieces}：库存加在途低于补货点。")
    }
    fn by_rule(&self) -> &'static str {
        "按补货规则"
    }
    fn order_parts(&self, pre_stock: &str, reorder: &str) -> String {
        format!("活动备货 {pre_stock}，补货规则 {reorder}")
    }
    fn order_later_now(&self, pieces: &str, mode: &str, when: &str, event: &str, span: &str) -> String {
        format!("{when}同时以{mode}为 {event}（{span}）下单 {pieces}。")
    }
    fn order_later(&self, pieces: &str, mode: &str, date: &str, event: &str, span: &str) -> String {
        format!("{date} 再以{mode}为 {event}（{span}）下单 {pieces}；下单前请按前一场活动的实际剩余重新测算。")
    }

    fn order_days(&self, most: &str, parts: &str, first: &str) -> String {
        format!("供应商最早接单日为 {first}；每天最多 {most}，共需 {parts} 个下单日。")
    }
    fn start_stock(&self, pieces: &str) -> String {
        format!("活动首小时平均可售库存 {pieces}（已计入到货延误和其他补货）。")
    }
    fn reorder_never(&self, from: &str) -> String {
        format!("不为活动补货；自 {from} 起按日常销量正常补货。")
    }
    fn reorder_rolling(&self, lot: &str, service: &str) -> String {
        format!("库存加在途降到当周补货点（见下表）即{lot}；补货点随预测滚动，目标水平 {service}。")
    }
    fn reorder_by_phase(&self, lot: &str) -> String {
        format!("库存加在途降到该阶段补货点（见下表）即{lot}。")
    }
    fn reorder_constant(&self, point: &str, lot: &str, from: &str, to: &str, rule: &str) -> String {
        format!("{from} 至 {to}，补货点填 {point}（{rule}）：库存加在途低于或等于该数即{lot}。")
    }
    fn lot(&self, policy: OrderPolicy, quantity: &str, up_to: Option<&str>) -> String {
        match (policy, up_to) {
            (OrderPolicy::Sq, _) => format!("补货一批 {quantity}"),
            (OrderPolicy::Snq, _) => format!("按每批 {quantity}补货"),
            (OrderPolicy::Ss, Some(level)) => format!("补到 {level}"),
            (OrderPolicy::Ss, None) => format!("补到补货点之上 {quantity}"),
        }
    }
    fn on_days(&self, days: &str, text: &str) -> String {
        format!("{days}：{text}")
    }
    fn warn(&self, pieces: &str, levels: &str, days: &str) -> String {
        format!("{days}期间，库存降到 {pieces}时分别预警（{levels}）。")
    }
    fn share_of(&self, base: ShareBase, shares: &str) -> String {
        let stock = match base {
            ShareBase::EventStart => "活动首小时库存",
            ShareBase::Opening => "期初库存",
            ShareBase::OrderUpTo => "目标库存",
            ShareBase::LastReceipt => "最近一次到货后库存",
        };
        format!("{stock}的 {shares}")
    }
    fn warn_none(&self) -> String {
        "情景未设预警线。".to_owned()
    }
    fn pause(&self, pause: &str, resume: &str) -> String {
        format!("库存降到 {pause}暂停广告，回到 {resume}重启广告。")
    }
    fn turn_to_pre_order(&self, pause: &str, resume: &str, days: &str) -> String {
        format!(
            "库存降至 {pause} 或以下时把商品转为预售，广告照投，承诺 {days} 内发货；库存回到 {resume} 或以上、或活动结束后恢复现货。"
        )
    }
    fn pause_never(&self) -> String {
        "广告照常投放：没有哪条停投规则效果更好。".to_owned()
    }
    fn pause_not_compared(&self) -> String {
        "广告照常投放：未比较停投规则。".to_owned()
    }
    fn on_time(&self, probability: &str) -> String {
        format!("按期上架把握 {probability}")
    }
    fn error_note(&self, n: &str) -> String {
        format!("误差为 95%，{n} 种全新模拟未来。")
    }
    fn also_left(&self, pieces: &str) -> String {
        format!("活动结束剩余 {pieces}")
    }
    fn no_ads(&self) -> String {
        "未计划广告消耗，无需停投。".to_owned()
    }
    fn risk(&self, risk: &RiskWords<'_>) -> String {
        format!("活动期间断货概率 {}（95% 置信区间 {}，{} 种全新模拟未来）。", risk.value, risk.range, risk.n)
    }
    fn lost(&self, lost: &str, forgone: &str, fill: &str) -> String {
        format!("平均因断货流失 {lost}，因停投少卖 {forgone}；参考需求满足率 {fill}。")
    }
    fn outside(&self, risk: &str) -> String {
        format!("活动前后的日子里，断货概率为 {risk}。")
    }
    fn leftover(&self, pieces: &str) -> String {
        format!("活动最后一天晚上平均剩余 {pieces}。")
    }
    fn profit(&self, profit: &str, worst: &str) -> String {
        format!("预期利润 {profit}；最差 5% 的情形平均为 {worst}。")
    }
    fn mean_stock(&self, pieces: &str) -> String {
        format!("全程平均库存 {pieces}。")
    }
    fn limits_kept(&self, limits: &str) -> String {
        format!("满足全部约束：{limits}。")
    }
    fn limits_broken(&self, limits: &str) -> String {
        format!("没有方案满足全部约束，本方案最接近。未满足：{limits}。")
    }
    fn limits_none(&self) -> String {
        "未设约束；所示风险是利润最高方案的自然结果。".to_owned()
    }
    fn limit(&self, kind: LimitKind, bound: &str, written: bool) -> String {
        let text = match kind {
            LimitKind::Stockout => format!("断货概率不超过 {bound}"),
            LimitKind::FillRate => format!("订单满足率不低于 {bound}"),
            LimitKind::AllDays => format!("全部日子的需求满足率不低于 {bound}"),
            LimitKind::Leftover => format!("剩余不超过 {bound} 件"),
            LimitKind::Budget => format!("采购金额不超过 {bound}"),
            LimitKind::CashPeak => format!("资金占用峰值不超过 {bound}"),
            LimitKind::Oversell => format!("超卖概率不超过 {bound}"),
            LimitKind::CancelRate => format!("商家责任取消率触及平台最低一档的概率不超过 {bound}"),
        };
        if written { text } else { format!("{text}（默认）") }
    }
    fn limit_value(&self, limit: &str, value: &str, cautious: &str) -> String {
        format!("{limit}（实际 {value}，保守端 {cautious}）")
    }
    fn clash(&self, limits: &str) -> String {
        format!("瓶颈：各项约束单独都能满足，但没有方案能同时满足：{limits}。请放宽其中一项。")
    }
    fn binding(&self, limits: &str) -> String {
        format!("卡在：没有任何方案能做到{limits}。")
    }
    fn customary_too_low(&self, low: &str, high: &str, needed: &str, more: &str) -> String {
        format!("按预测的 {low} 至 {high} 倍备货达不到要求；{needed} 倍可以，比 {high} 倍多备 {more}。")
    }
    fn customary_enough(&self, needed: &str) -> String {
        format!("在同样的规则下，{needed} 倍是满足约束的最低备货倍数。")
    }
    fn nothing_reaches(&self, highest: &str) -> String {
        format!("在同样的规则下，备货倍数加到 {highest} 倍仍达不到要求。")
    }
    fn runner_up(&self, plan: &str, difference: &DifferenceWords<'_>) -> String {
        let noun = if difference.profit { "利润" } else { "平均库存" };
        let word = if difference.more { "高" } else { "低" };
        format!(
            "次优方案：{plan}。在相同的模拟未来上，其{noun}{word} {}（差值的 95% 区间 {} 至 {}）。",
            difference.size, difference.low, difference.high
        )
    }
    fn compared_freely(&self, tied: Option<&str>, looked_at: &str) -> String {
        let tied = tied.map_or_else(
            || "没有方案与推荐方案打平".to_owned(),
            |tied| format!("其中 {tied} 个与推荐方案在统计上不分高下"),
        );
        format!("共比较 {looked_at} 个方案；未设任何约束，{tied}。")
    }
    fn tied(&self, tied: &str, looked_at: &str, feasible: &str) -> String {
        format!("共比较 {looked_at} 个方案，{feasible} 个满足全部约束，其中 {tied} 个与推荐方案在统计上不分高下。")
    }
    fn none_feasible(&self, looked_at: &str) -> String {
        format!("共比较 {looked_at} 个方案，没有一个满足全部约束。")
    }
    fn not_tied(&self, looked_at: &str, feasible: &str) -> String {
        format!("共比较 {looked_at} 个方案，{feasible} 个满足全部约束；没有方案与推荐方案打平。")
    }
    fn thumb(&self, point: &str, risk: &str, leftover: &str) -> String {
        format!("若按经验法则（最大日销 × 最长周期，{point}，不提前备货），断货概率为 {risk}，平均剩余 {leftover}。")
    }
    fn compare_note(&self, futures: &str) -> String {
        format!("各行基于相同的 {futures} 种模拟未来，误差为 95%。上文的关键数字来自全新的模拟未来，因此可能略有出入。")
    }
    fn alert_note(&self, purchasing: &str, media: &str) -> String {
        format!(
            "占全部模拟未来的比例，后三列占触发次数的比例；件数按活动首小时平均库存折算，只在活动期间盯守。\
             触发所预告的断货，是指无人对该次及之后的预警作出反应时会发生的断货：提前 {purchasing} 及以上则采购来得及，\
             提前 {media} 及以上则投手来得及，本不会断货则为误报。"
        )
    }
    fn rolling_note(&self) -> String {
        "系统只能存一个数时，填当周的数；该数取当周各日的最高值。".to_owned()
    }
}
