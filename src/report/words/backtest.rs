//! The words of a backtest.

use crate::backtest::{BacktestCaveat, Class, Method, Target};
use crate::report::Lang;
use crate::report::number::Numbers;

/// The words of a backtest in one language.
pub(crate) struct BacktestWords {
    pub(crate) synthetic: &'static str,
    pub(crate) explained: &'static str,
    pub(crate) class_head: &'static str,
    pub(crate) windows: &'static str,
    pub(crate) coverage: &'static str,
    pub(crate) gate_head: [&'static str; 10],
    pub(crate) all_levels: &'static str,
    pub(crate) kept: &'static str,
    pub(crate) missed: &'static str,
    pub(crate) not_decidable: &'static str,
    pub(crate) target: fn(Target) -> &'static str,
    pub(crate) class: fn(Option<Class>) -> &'static str,
    pub(crate) method: fn(Method) -> &'static str,
    pub(crate) against: fn(&str) -> &str,
    pub(crate) headline: fn(&str, &str, &str, &str) -> String,
    pub(crate) caveat: fn(&BacktestCaveat, &Numbers) -> String,
}

/// The words of a language.
pub(crate) const fn backtest_words(lang: Lang) -> &'static BacktestWords {
    match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
    }
}

const EN: BacktestWords = BacktestWords {
    synthetic: "SYNTHETIC DATA: this shop is invented.",
    explained: "Loss: mean pinball loss at .5 .8 .9 .95 .98 .995, each window in units of its product's own \
seasonal-naive error, over the loss of the seasonal naive (1 = as good as the last week again). Intervals are 95 % over calendar weeks. \
A class is what was known on the first day of the window, never what came of it.",
    class_head: "loss / seasonal naive",
    windows: "windows",
    coverage: "demand at most the quantile",
    gate_head: ["gate", "class", "levels", "against", "figure", "95 % interval", "bound", "windows", "weeks", ""],
    all_levels: "all six",
    kept: "kept",
    missed: "MISSED",
    not_decidable: "not decidable",
    target: |target| match target {
        Target::Recorded => "sales as recorded",
        Target::Demand => "demand, stockouts filled in",
    },
    class: |class| match class {
        None => "all windows",
        Some(Class::PromotionStart) => "promotion starts",
        Some(Class::PromotionRunning) => "promotion running",
        Some(Class::PromotionAhead) => "promotion ahead",
        Some(Class::Ordinary) => "ordinary",
        Some(Class::AfterPromotion) => "after a promotion",
        Some(Class::NearBurst) => "near a burst",
        Some(Class::PeakSeason) => "peak season",
        Some(Class::Rest) => "the rest",
    },
    method: |method| match method {
        Method::Pipeline => "stockburst",
        Method::Replay => "replay",
        Method::SeasonalNaive => "last week",
        Method::MovingAverage => "28-day mean",
        Method::Ewma => "EWMA",
        Method::BlockBootstrap => "block bootstrap",
        Method::MovingAverageNormal => "mean + normal",
        Method::Multiple12 => "1.2 x past",
        Method::Multiple13 => "1.3 x past",
        Method::Multiple15 => "1.5 x past",
    },
    against: |name| match name {
        "seasonal-naive" => "last week",
        "moving-average" => "28-day mean",
        "ewma" => "EWMA",
        "block-bootstrap" => "block bootstrap",
        "moving-average-normal" => "mean + normal",
        "promised" => "what is promised",
        "fixed-days" => "fixed days of cover",
        "normal-demand" => "normal formula",
        "max-average" => "max - average",
        "multiple-1.2" => "1.2 x past",
        "multiple-1.3" => "1.3 x past",
        "multiple-1.5" => "1.5 x past",
        other => other,
    },
    headline: |target, days, windows, weeks| {
        format!("Against {target}, {days} days ahead: {windows} windows over {weeks} weeks")
    },
    caveat: |caveat, n| match caveat {
        BacktestCaveat::FewWindows { target, horizon_days, class, n: count, misses_consistent } => format!(
            "Few windows: {} ({}, {} days): {}. A promised 5 % would be consistent with anything from 0 to {} misses.",
            (EN.class)(Some(*class)),
            (EN.target)(*target),
            n.whole(u64::from(*horizon_days)),
            n.whole(*count as u64),
            n.whole(*misses_consistent)
        ),
        BacktestCaveat::FewWeeks { weeks } => {
            format!("Only {} calendar weeks: the intervals say little.", n.whole(*weeks as u64))
        }
        BacktestCaveat::FewBursts { products, of } if products == of => format!(
            "No product had more than three past bursts (products: {}): little can be said of bursts here.",
            n.whole(*of as u64)
        ),
        BacktestCaveat::FewBursts { products, of } => format!(
            "{} of {} products had at most three past bursts: what is said of bursts rests on the other products.",
            n.whole(*products as u64),
            n.whole(*of as u64)
        ),
        BacktestCaveat::Censored { share } => format!(
            "On {} of the product days something was out of stock: recorded sales are less than demand, and demand there is a \
model's.",
            n.percent(*share)
        ),
        BacktestCaveat::NoStock { target, horizon_days, windows } => format!(
            "Windows left out ({}, {} days): {}. The product was in stock on no day of them, or on none before.",
            (EN.target)(*target),
            n.whole(u64::from(*horizon_days)),
            n.whole(*windows as u64)
        ),
        BacktestCaveat::Overlapping { every_days } => format!(
            "Windows longer than the {} days between forecasts overlap: their number is larger than what is known. The \
intervals are over weeks.",
            n.whole(u64::from(*every_days))
        ),
    },
};

const ZH: BacktestWords = BacktestWords {
    synthetic: "合成数据：这家店是虚构的。",
    explained: "损失：.5 .8 .9 .95 .98 .995 六个分位的平均分位损失，每个窗口以该商品自己的上周重复误差为单位，\
再除以“上周重复”的损失（1 表示与照搬上周一样好）。区间为按日历周的 95 % 区间。窗口按起始日已知的信息分类，从不按结果分类。",
    class_head: "损失 / 上周重复",
    windows: "窗口数",
    coverage: "需求不超过该分位的比例",
    gate_head: ["门槛", "类别", "分位", "对照", "数值", "95 % 区间", "界限", "窗口数", "周数", ""],
    all_levels: "全部六个",
    kept: "达到",
    missed: "未达到",
    not_decidable: "无法判定",
    target: |target| match target {
        Target::Recorded => "记录的销量",
        Target::Demand => "需求（已补回断货部分）",
    },
    class: |class| match class {
        None => "全部窗口",
        Some(Class::PromotionStart) => "促销开始",
        Some(Class::PromotionRunning) => "促销进行中",
        Some(Class::PromotionAhead) => "窗口内有促销",
        Some(Class::Ordinary) => "普通日",
        Some(Class::AfterPromotion) => "促销刚结束",
        Some(Class::NearBurst) => "临近爆量",
        Some(Class::PeakSeason) => "旺季",
        Some(Class::Rest) => "其余",
    },
    method: |method| match method {
        Method::Pipeline => "stockburst",
        Method::Replay => "历史重演",
        Method::SeasonalNaive => "上周重复",
        Method::MovingAverage => "28 天均值",
        Method::Ewma => "指数平滑",
        Method::BlockBootstrap => "分块自助",
        Method::MovingAverageNormal => "均值加正态",
        Method::Multiple12 => "1.2 倍往期",
        Method::Multiple13 => "1.3 倍往期",
        Method::Multiple15 => "1.5 倍往期",
    },
    against: |name| match name {
        "seasonal-naive" => "上周重复",
        "moving-average" => "28 天均值",
        "ewma" => "指数平滑",
        "block-bootstrap" => "分块自助",
        "moving-average-normal" => "均值加正态",
        "promised" => "承诺值",
        "fixed-days" => "固定天数",
        "normal-demand" => "正态公式",
        "max-average" => "最大减平均",
        "multiple-1.2" => "1.2 倍往期",
        "multiple-1.3" => "1.3 倍往期",
        "multiple-1.5" => "1.5 倍往期",
        other => other,
    },
    headline: |target, days, windows, weeks| format!("对照{target}，提前 {days} 天：{windows} 个窗口，{weeks} 周"),
    caveat: |caveat, n| match caveat {
        BacktestCaveat::FewWindows { target, horizon_days, class, n: count, misses_consistent } => format!(
            "窗口太少：{}（{}，{} 天）只有 {} 个；若承诺 5 %，0 到 {} 次失手都说得过去。",
            (ZH.class)(Some(*class)),
            (ZH.target)(*target),
            n.whole(u64::from(*horizon_days)),
            n.whole(*count as u64),
            n.whole(*misses_consistent)
        ),
        BacktestCaveat::FewWeeks { weeks } => format!("只有 {} 个日历周：区间说明不了多少。", n.whole(*weeks as u64)),
        BacktestCaveat::FewBursts { products, of } if products == of => {
            format!("{} 个商品的历史爆单都不超过三次：关于爆单说明不了多少。", n.whole(*of as u64))
        }
        BacktestCaveat::FewBursts { products, of } => format!(
            "{} 个商品中有 {} 个历史爆量不超过三次：关于爆量的判断主要来自其他商品。",
            n.whole(*of as u64),
            n.whole(*products as u64)
        ),
        BacktestCaveat::Censored { share } => {
            format!("{} 的商品日有断货：记录的销量低于需求，断货部分的需求由模型补回。", n.percent(*share))
        }
        BacktestCaveat::NoStock { target, horizon_days, windows } => format!(
            "略去 {} 个窗口（{}，{} 天）：窗口内或此前没有一天有货。",
            n.whole(*windows as u64),
            (ZH.target)(*target),
            n.whole(u64::from(*horizon_days))
        ),
        BacktestCaveat::Overlapping { every_days } => format!(
            "每 {} 天预测一次，比这更长的窗口互相重叠：窗口数多于实际信息量，区间按周计算。",
            n.whole(u64::from(*every_days))
        ),
    },
};
