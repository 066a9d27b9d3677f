//! Chinese sentences, as a seller's analyst writes them.

use super::{DateWords, DifferenceWords, Labels, RiskWords, Words, zh_caveats, zh_labels::LABELS};
use crate::learn::{BurstRule, Caveat};
use crate::policy::ShareBase;
use crate::recommend::LimitKind;
use crate::report::number::Numbers;
use crate::run::{CheckKind, RunCaveat};
use crate::scenario::OrderPolicy;

/// Chinese, simplified.
pub(super) struct Chinese;

impl Words for Chinese {
    fn labels(&self) -> &'static Labels {
        &LABELS
    }
    fn pieces(&self, count: &str) -> String {
        format!("{count} 件")
    }
    fn days(&self, count: &str) -> String {
        format!("{count} 天")
    }
    fn times(&self, multiplier: &str) -> String {
        format!("{multiplier} 倍")
    }
    fn list(&self, items: &[String]) -> String {
        items.join("、")
    }
    fn named(&self, name: &str, value: &str) -> String {
        format!("{name}：{value}")
    }
    fn subtitle(&self, today: &str, products: &str, futures: &str) -> String {
        format!("计划日 {today} · {products} 个商品 · 模拟 {futures} 种未来")
    }
    fn span(&self, from: &str, to: &str) -> String {
        format!("{from} 至 {to}")
    }
    fn decided_on(&self, futures: &str) -> String {
        format!("基于 {futures} 种全新模拟未来")
    }

    fn mode(&self, name: &str) -> String {
        match name {
            "sea" => "海运",
            "air" => "空运",
            "rail" => "铁路",
            "express" => "快递",
            "domestic" => "国内现货",
            "truck" => "汽运",
            other => other,
        }
        .to_owned()
    }
    fn stage(&self, name: &str) -> String {
        match name {
            "production" => "生产",
            "first-leg" => "头程",
            "customs" => "清关",
            "last-leg" => "尾程",
            "all" | "order-to-shelf" => "下单到上架",
            "put-away" => "上架",
            other => other,
        }
        .to_owned()
    }

    fn rule(&self, formula: &str, service: Option<&str>, reorder_point: Option<&str>) -> String {
        let name = self.rule_short(formula, service);
        match (formula, reorder_point) {
            ("units", Some(point)) => format!("补货点 {point}"),
            (_, Some(point)) => format!("{name} = {point}"),
            (_, None) => name,
        }
    }
    fn rule_short(&self, formula: &str, service: Option<&str>) -> String {
        let name = match formula {
            "never" => "不为活动补货",
            "rolling" => "滚动预测",
            "by-phase" => "活动前 / 中 / 后",
            "units" => "手填补货点",
            "max-average" => "最大日销 × 最长周期",
            "days-of-cover" => "可售天数",
            "normal-demand" => "正态，仅需求波动",
            "normal-lead-time" => "正态，仅周期波动",
            "normal-both" => "正态，两者波动",
            "king-independent" => "King 公式，独立",
            "king-dependent" => "King 公式，相关",
            "poisson" => "泊松",
            "negative-binomial" => "负二项",
            "exact-mixture" => "精确混合分布",
            other => other,
        };
        service.map_or_else(|| name.to_owned(), |service| format!("{name} {service}"))
    }
    fn pre_stock(&self, multiplier: Option<&str>) -> String {
        multiplier.map_or_else(|| "不提前备货".to_owned(), |m| format!("{m} 倍备货"))
    }
    fn pre_order_rule(&self, pause: &str, resume: &str, conversion: &str, days: &str) -> String {
        format!("库存降至 {pause} 转预售，回到 {resume} 恢复：{conversion} 的顾客仍下单，最多等 {days}")
    }
    fn pause_rule(&self, levels: Option<(&str, &str)>) -> String {
        levels.map_or_else(
            || "广告不停".to_owned(),
            |(pause, resume)| format!("库存降到 {pause} 暂停广告，回到 {resume} 重启"),
        )
    }

    fn order(&self, pieces: &str, mode: &str, date: &DateWords<'_>) -> String {
        format!(
            "今天以“{mode}”方式提前备货 {pieces}，最迟 {} 下单（届时 {} 的把握在活动前上架；拖到 {} 只剩一半把握）。",
            date.latest, date.on_time, date.even
        )
    }
    fn order_then(&self, date: &str, risk: &str, range: &str) -> String {
        format!("以下数字均按今天下单计算；若拖到 {date} 下单，断货概率为 {risk}（{range}）。")
    }
    fn order_late(&self, pieces: &str, mode: &str, date: &DateWords<'_>) -> String {
        format!(
            "今天就以“{mode}”方式下单 {pieces}。要有 {} 的把握，最迟应在 {} 下单，现已错过；今天下单，按期上架的概率为 {}（一半把握的日期为 {}）。",
            date.on_time, date.latest, date.today, date.even
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

    fn fan_insight(&self, lowest: &str, date: &str, tail: &str) -> String {
        format!("活动中库存最紧的一天是 {date}：半数情形仍高于 {lowest}，但每二十种情形有一种降到 {tail}。")
    }
    fn heat_insight(&self, feasible: &str, of: &str, chosen: &str) -> String {
        format!("这 {of} 个方案中有 {feasible} 个满足全部约束；推荐方案的断货概率为 {chosen}。")
    }
    fn heat_note(&self, mode: &str, pause: &str) -> String {
        format!("供货方式“{mode}”，{pause}。")
    }
    fn frontier_insight(&self, risk: &str, cost: &str, thumb: Option<(&str, &str)>) -> String {
        let own = format!("推荐方案以 {cost} 的代价把断货概率控制在 {risk}");
        thumb.map_or_else(|| format!("{own}。"), |(risk, cost)| format!("{own}；经验法则为 {cost}、{risk}。"))
    }
    fn burst_insight(&self, peak: &str, high: &str, past: Option<&str>) -> String {
        let plan = format!("爆量最高的一天平均卖 {peak}，十次中有一次超过 {high}");
        past.map_or_else(|| format!("{plan}；没有历史爆单支撑。"), |n| format!("{plan}；历史爆单 {n} 次。"))
    }
    fn lead_insight(&self, mode: &str, half: &str, p95: &str) -> String {
        format!("“{mode}”有一半订单在 {half} 天内到货，但每二十单有一单超过 {p95} 天。")
    }
    fn lead_mode(&self, mode: &str, records: Option<&str>) -> String {
        records.map_or_else(|| format!("{mode}（给定）"), |n| format!("{mode}（{n} 条记录）"))
    }
    fn formula_insight(&self, best: &str, best_value: &str, worst: &str, worst_value: &str) -> String {
        format!("看实际，不看承诺：活动期间不断货的概率从 {worst_value}（{worst}）到 {best_value}（{best}）。")
    }
    fn formula_note(&self, mode: &str, pre_stock: &str) -> String {
        format!("单看各补货规则：“{mode}”，{pre_stock}，广告不停。")
    }
    fn chart_of(&self, chart: &str, product: &str) -> String {
        format!("{product}：{chart}")
    }

    fn check(&self, kind: CheckKind) -> String {
        match kind {
            CheckKind::OrderedOnLatestDate => "拖到补货周期所允许的最迟日期才下单",
            CheckKind::WiderTail => "极端爆量放宽到 99.99% 分位（原为 99.9%）",
            CheckKind::Replay => "原样重放历史爆单",
            CheckKind::Hier => "爆量大小由全部商品共同估计",
        }
        .to_owned()
    }
    fn check_none(&self) -> String {
        "没有可变动的其他假设：需求由情景给定，下单也不能再等。".to_owned()
    }
    fn caveat(&self, caveat: &Caveat, numbers: &Numbers) -> String {
        zh_caveats::caveat(caveat, numbers)
    }
    fn run_caveat(&self, caveat: &RunCaveat, numbers: &Numbers) -> String {
        zh_caveats::run_caveat(caveat, numbers)
    }
    fn burst_rule(&self, rule: BurstRule, numbers: &Numbers) -> String {
        zh_caveats::burst_rule(rule, numbers)
    }

    fn restart(&self, days: &str, efficiency: &str) -> String {
        format!("首日恢复 {efficiency}，{days} 天后完全恢复")
    }
    fn guard(&self, close: bool, delay: &str) -> String {
        format!("{}检查，{delay} 天后生效", if close { "每晚" } else { "每早" })
    }
    fn guard_within(&self, every: &str, delay: &str) -> String {
        format!("每 {every} 分钟检查一次，{delay} 分钟后生效")
    }
    fn days_of_cover(&self, days: &str) -> String {
        format!("可售 {days} 天")
    }
    fn noise(&self, size: Option<&str>) -> String {
        size.map_or_else(|| "泊松".to_owned(), |size| format!("负二项，参数 {size}"))
    }
    fn pool(&self, bursts: &str, products: &str) -> String {
        format!("{products} 个商品的 {bursts} 次爆单")
    }
    fn event_demand_replay(&self) -> String {
        "重放该商品自己的历史爆单".to_owned()
    }
    fn event_demand_hier(&self) -> String {
        "形状取自历史爆单，大小由全部商品共同估计".to_owned()
    }
    fn event_demand_stated(&self, ramp: &str, plateau: &str, peak: &str, cv: &str, tail: &str) -> String {
        format!("给定爆单：起量期 {ramp} 天，爆量期 {plateau} 天、日增 {peak}（变异系数 {cv}），衰退期 {tail} 天")
    }
    fn event_spend(&self, spend: &str) -> String {
        format!("广告每天 {spend}")
    }
    fn bundle(&self, sku: &str, bundles: &str, pieces: &str) -> String {
        format!("历史销量中的 {bundles} 套组合 {sku} 已拆成单品，计 {pieces}。")
    }
    fn font(&self) -> String {
        "Noto Sans SC，SIL 开放字体许可 1.1".to_owned()
    }
}
