//! Chinese: what a reader must know of the data and the run.

use super::decision::DecisionWords;
use super::shop::ShopWords;
use super::zh::Chinese;
use crate::learn::{BurstRule, Caveat};
use crate::recommend::Limit;
use crate::report::number::Numbers;
use crate::run::{RunCaveat, Unconfirmed};

/// What a reader must know of a fit.
pub(super) fn caveat(caveat: &Caveat, n: &Numbers) -> String {
    match caveat {
        Caveat::WholesaleRemoved { lines, share, share_of_day, times_median } => format!(
            "剔除 {} 笔批发大单（占全部件数 {}）：单笔不低于当天销量的 {}，且不低于最大单笔中位数的 {} 倍。",
            n.whole(*lines),
            n.percent(*share),
            n.percent(*share_of_day),
            n.plain(*times_median)
        ),
        Caveat::FewBursts { bursts } => format!(
            "历史爆单只有 {} 次：重放法最多只能承诺 {}。",
            n.count(*bursts as f64),
            n.percent(*bursts as f64 / (*bursts as f64 + 1.0))
        ),
        Caveat::NoBurst => "该商品没有自己的历史爆单。".to_owned(),
        Caveat::PartialDaysUsed { full_days } => {
            format!("全天有货的普通日只有 {} 天，因此也用了部分时段有货的日子。", n.count(*full_days as f64))
        }
        Caveat::LevelErrorAssumed { level_error } => {
            format!("历史太短，无法测得销量水平的漂移，按 {} 假设。", n.percent(*level_error))
        }
        Caveat::QuietBursts { bursts, least_per_day } => {
            format!(
                "有 {bursts} 次爆单发生时平日销量不足每天 {least_per_day} 件，已剔除：几乎为零的销量的倍数没有意义。"
            )
        }
        Caveat::BurstsCutOff { bursts } => {
            format!("有 {} 次爆单因处于数据首尾、不完整而未使用。", n.count(*bursts as f64))
        }
        Caveat::BurstsSoldOut { bursts } => {
            format!("有 {} 次爆单没有一天确知有货，其规模无从得知。", n.count(*bursts as f64))
        }
        Caveat::NeverSold { at_most_per_day } => format!(
            "该商品在历史中从未卖出：平日需求按零处理，但不排除每天最多 {} 件的可能（95%）。",
            n.plain(*at_most_per_day)
        ),
        Caveat::SoldOutEveryDay => "每天都售罄且售罄时间没有记录：销量只是需求的下限，需求按销量处理。".to_owned(),
        Caveat::UnseenDemand { pieces, share } => format!(
            "有 {} 的平日需求可能高于 {} 件（全天有货的日子里的最高销量）：高多少无从得知。",
            n.percent(*share),
            n.count(*pieces)
        ),
        Caveat::NeverInStock => "该商品在历史中没有一天有货：需求无从得知。".to_owned(),
        Caveat::BeginsLater { days } => {
            format!("最初 {} 天未使用：当时没有销量，而之后的销量说明这并非偶然，应是尚未开卖。", n.count(*days as f64))
        }
        Caveat::EveryDayMarked { rule } => {
            format!("爆单改按销量识别：若按{}，几乎没有一天可算平日。", burst_rule(*rule, n))
        }
        Caveat::BurstsBySpend => "没有促销日历：有广告消耗的日子按爆单处理。".to_owned(),
        Caveat::PromotionsOutside { before, after, promotions } => format!(
            "日历中的 {} 次促销，有 {} 次在销售数据开始之前结束，{} 次在数据结束之后开始：它们不提供任何信息。",
            n.count(*promotions as f64),
            n.count(*before as f64),
            n.count(*after as f64)
        ),
        Caveat::PromotionsOverlap { promotions } => {
            format!("有 {} 次促销在同一商品的上一次促销结束前就已开始，合并为一次爆单。", n.count(*promotions as f64))
        }
        Caveat::PricesApart { lowest, highest } => format!(
            "价格从 {} 到 {}，相差过大，不像是同一币种、同一销售单位。请核对该列；相似商品是按价格判断的。",
            n.plain(*lowest),
            n.plain(*highest)
        ),
    }
}

/// What a reader must know of a run.
pub(super) fn run_caveat(caveat: &RunCaveat, n: &Numbers) -> String {
    match caveat {
        RunCaveat::SpendBeyondHistory { event, planned, largest } => format!(
            "“{event}”的计划消耗（每天 {}）远高于历史最高（每天 {}），属于外推；爆单规模由全部商品推断时，离散程度放宽一半。",
            n.money(*planned),
            n.money(*largest)
        ),
        RunCaveat::OrderDatePassed { mode, latest } => format!("“{mode}”的最迟下单日 {latest} 已过。"),
        RunCaveat::TooLate { mode, on_time } => format!(
            "以“{mode}”方式备货已来不及：今天下单，按期上架的概率只有 {}。请推迟或缩小活动，或另找更快的方式。",
            n.percent(*on_time)
        ),
        RunCaveat::ExpectedLoss => "该方案预期亏损：请核对价格、广告消耗和约束。".to_owned(),
        RunCaveat::MostlyUnserved { served } => format!(
            "活动期间顾客想买的数量只有 {} 能当日满足：请更早或更多备货，另找更快的方式，或推迟、缩小活动。",
            n.percent(*served)
        ),
        RunCaveat::CancelledBySeller { share } => format!(
            "已接受的件数中有 {} 因商家责任取消：请把所有商品链接接入库存、调低页面显示数量，或提高每日发货能力。",
            n.percent(*share)
        ),
        RunCaveat::PlatformStep { metric, rate, crossed } => {
            format!("{}触及平台处罚线 {} 的概率为 {}。", Chinese.metric(*metric), n.percent(*rate), n.percent(*crossed))
        }
        RunCaveat::ReplayCeiling { bursts, ceiling } => {
            format!("尚未证实：仅重放 {bursts} 次历史爆单，无论模拟结果如何，最多只能保证 {}。", n.percent(*ceiling))
        }
        RunCaveat::LaterSalesUnused { days } => format!("有 {days} 天销售数据晚于制定计划的日期，未使用。"),
        RunCaveat::NoPromotionOfProduct => "促销日历中没有该商品的促销：请核对商品编号。".to_owned(),
        RunCaveat::OpenOrdersCount { mode, open, finished_mean, mean, longest_open } => format!(
            "“{mode}”有 {open} 笔订单尚未到货（最早的已下单 {} 天），按“至少要这么久”计入：平均 {} 天，而只看已到货订单为              {} 天。已到货的订单请及时在账上结案。",
            n.plain(*longest_open),
            n.plain(mean.round()),
            n.plain(finished_mean.round())
        ),
        RunCaveat::StaleHistory { last_day, days } => {
            format!("销售数据只到 {last_day}，比制定计划的日期早 {days} 天。")
        }
        RunCaveat::MultipliersExhausted { highest } => {
            format!("备货倍数已试到 {} 倍，仍达不到要求。", n.plain(*highest))
        }
        RunCaveat::NotConfirmed { limits } => {
            let limits: Vec<String> = limits.iter().map(|limit| unconfirmed(limit, n)).collect();
            format!("在全新的模拟未来上未能证实：{}。", limits.join("；"))
        }
        RunCaveat::BorrowedBursts { event, like } if like.is_empty() => {
            format!("“{event}”借用其他商品的爆单：该商品没有自己的爆单。")
        }
        RunCaveat::BorrowedBursts { event, like } => {
            format!("“{event}”借用相似商品的爆单（该商品没有自己的爆单）：{}。", like.join("、"))
        }
        RunCaveat::Preheat { event, update } => format!(
            "“{event}”已有的表现使预期增量从 {} 件变为 {} 件（已售 {} 天，共 {} 件；早期信号 {} 个；对数离散度 {}，此前 {}）。{}",
            n.count(update.prior),
            n.count(update.posterior),
            n.whole(update.days as u64),
            n.count(update.sold),
            n.whole(update.signals as u64),
            n.fixed(update.posterior_sd, 2),
            n.fixed(update.prior_sd, 2),
            if update.is_surprise() {
                "这与此前的预期相去甚远：请核对数字，并想想这次有何不同。"
            } else {
                ""
            }
        ),
        RunCaveat::SpendAssociation { event, factor, elasticity, estimate, bursts, realised } => {
            let (bursts, elasticity) = (n.count(*bursts as f64), n.fixed(*elasticity, 2));
            let basis = match estimate {
                Some([own, error]) => {
                    format!("由本店 {bursts} 次爆单的估计 {} ± {} 收缩而来", n.fixed(*own, 2), n.fixed(*error, 2))
                }
                None => "默认值：本店的爆单不足以估计".to_owned(),
            };
            let realised = if *realised > 0 {
                format!("其中 {} 次没有计划消耗，以实际消耗代替。", n.count(*realised as f64))
            } else {
                String::new()
            };
            format!(
                "计划消耗使“{event}”的增量乘以 {}（弹性 {elasticity}，{basis}）。这是相关关系，不是因果关系。{realised}",
                n.fixed(*factor, 2)
            )
        }
    }
}

/// A limit that fresh futures break, with its bound and the numbers of both sets of futures.
fn unconfirmed(limit: &Unconfirmed, n: &Numbers) -> String {
    let Limit { kind, bound, written } = limit.fresh.limit;
    let [fresh, fresh_end, compared, compared_end] =
        [limit.fresh.value, limit.fresh.cautious, limit.compared.value, limit.compared.cautious]
            .map(|value| n.of_limit(kind, value));
    format!(
        "{}，略有突破（实际 {fresh}，保守端 {fresh_end}；比较方案时为 {compared}，保守端 {compared_end}）",
        Chinese.limit(kind, &n.of_limit(kind, bound), written)
    )
}

/// How bursts were found.
pub(super) fn burst_rule(rule: BurstRule, n: &Numbers) -> String {
    match rule {
        BurstRule::Promotions => "促销日历或标记".to_owned(),
        BurstRule::Spend => "有广告消耗的日子".to_owned(),
        BurstRule::Automaton { entry, exit } => {
            format!(
                "连续多日销量为周边普通日的数倍（双状态自动机，进入代价 {}，退出代价 {}）",
                n.plain(entry),
                n.plain(exit)
            )
        }
        BurstRule::Counts { times, window } => {
            format!("销量超过此前 {window} 个普通日均值的 {} 倍", n.plain(times))
        }
    }
}
