//! Chinese sentences, as a seller's analyst writes them.

use super::{Labels, Words, zh_caveats, zh_labels::LABELS};
use crate::learn::{BurstRule, Caveat};
use crate::process::LifeCycle;
use crate::report::number::Numbers;
use crate::run::{CheckKind, RunCaveat};

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

    fn fan_insight(&self, lowest: &str, date: &str, tail: &str) -> String {
        format!("活动中库存最紧的一天是 {date}：半数情形当日收盘不超过 {lowest}，每二十种情形有一种不超过 {tail}。")
    }
    fn heat_insight(&self, feasible: &str, of: &str, chosen: &str) -> String {
        format!("这 {of} 个方案中有 {feasible} 个满足全部约束；推荐方案的断货概率为 {chosen}。")
    }
    fn heat_freely(&self, of: &str, chosen: &str) -> String {
        format!("这 {of} 个方案未设约束；推荐方案的断货概率为 {chosen}。")
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
        "没有再检验其他假设：需求由情景给定，下单也不能再等。".to_owned()
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
    fn life_cycle(&self, stage: &LifeCycle, n: &Numbers) -> String {
        match stage {
            LifeCycle::Steady => "无".to_owned(),
            LifeCycle::Bass { .. } => "按给定的 Bass 曲线".to_owned(),
            LifeCycle::Trend { weekly_growth, damping } => {
                format!("最近一周 {}，此后每周的增幅为上周的 {}", n.change(*weekly_growth), n.percent(*damping))
            }
            LifeCycle::Decline { weekly_loss } => format!("每周 {}", n.change(-weekly_loss)),
        }
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
