//! Words of what the planner's multiplier means, in both languages.

use super::en::English;
use super::zh::Chinese;
use crate::run::Reach;

/// What a multiple of the predicted total means for one event. Numbers are texts that are ready to show.
#[derive(Debug)]
pub(crate) struct MultipleWords<'a> {
    pub(crate) event: &'a str,
    pub(crate) multiple: &'a str,
    pub(crate) covered: &'a str,
    pub(crate) range: &'a str,
    /// Other multiples with their probabilities.
    pub(crate) others: &'a str,
    pub(crate) futures: &'a str,
}

/// How the largest of the customary multiples stands to the target.
#[derive(Debug)]
pub(crate) struct ReachWords<'a> {
    pub(crate) reach: Reach,
    pub(crate) largest: &'a str,
    pub(crate) target: &'a str,
    /// Whether the target was written.
    pub(crate) written: bool,
    /// The least multiple that reaches it, where it can be told.
    pub(crate) needed: Option<&'a str>,
    /// Past bursts that are replayed.
    pub(crate) bursts: &'a str,
}

/// Sentences of the planner's multiplier.
pub(crate) trait MultiplierWords {
    fn multiple_means(&self, words: &MultipleWords<'_>) -> String;
    fn multiple_reaches(&self, words: &ReachWords<'_>) -> String;
}

impl MultiplierWords for English {
    fn multiple_means(&self, words: &MultipleWords<'_>) -> String {
        let MultipleWords { event, multiple, covered, range, others, futures } = words;
        format!(
            "\"{event}\", if such a multiple of its predicted total is all the stock there is for it: {multiple} means \
             P(no stockout) = {covered} (95\u{a0}% interval {range}, {futures} futures); {others}."
        )
    }
    fn multiple_reaches(&self, words: &ReachWords<'_>) -> String {
        let ReachWords { reach, largest, target, written, needed, bursts } = words;
        let target =
            if *written { format!("the target of {target}") } else { format!("the target of {target} (default)") };
        match (reach, needed) {
            (Reach::FallsShort, Some(needed)) => format!("{largest} cannot reach {target}; {needed} would."),
            (Reach::FallsShort, None) => {
                format!("{largest} cannot reach {target}, and nothing known here tells which multiple would.")
            }
            (Reach::Reached, Some(needed)) => format!("{largest} reaches {target}; {needed} is the least that does."),
            (Reach::Reached, None) => format!("{largest} reaches {target}."),
            (Reach::TooClose, Some(needed)) => {
                format!(
                    "Whether {largest} reaches {target} so many futures cannot tell; the least that does is about {needed}."
                )
            }
            (Reach::TooClose, None) => format!("Whether {largest} reaches {target} so many futures cannot tell."),
            (Reach::Unproven, _) => format!(
                "{largest} reaches {target} in these futures only: they replay past bursts ({bursts}), too few to promise that."
            ),
        }
    }
}

impl MultiplierWords for Chinese {
    fn multiple_means(&self, words: &MultipleWords<'_>) -> String {
        let MultipleWords { event, multiple, covered, range, others, futures } = words;
        format!(
            "“{event}”若只靠预测总量的若干倍库存：{multiple}时不断货的概率为 {covered}（95% 置信区间 {range}，\
             {futures} 种模拟未来）；{others}。"
        )
    }
    fn multiple_reaches(&self, words: &ReachWords<'_>) -> String {
        let ReachWords { reach, largest, target, written, needed, bursts } = words;
        let target = if *written { format!("目标 {target}") } else { format!("默认目标 {target}") };
        match (reach, needed) {
            (Reach::FallsShort, Some(needed)) => format!("{largest}达不到{target}，{needed}才行。"),
            (Reach::FallsShort, None) => format!("{largest}达不到{target}，现有数据也说不准要多少倍才行。"),
            (Reach::Reached, Some(needed)) => format!("{largest}能达到{target}，最少需要 {needed}。"),
            (Reach::Reached, None) => format!("{largest}能达到{target}。"),
            (Reach::TooClose, Some(needed)) => {
                format!("{largest}能否达到{target}，这么多模拟未来还分不清；最少约需 {needed}。")
            }
            (Reach::TooClose, None) => format!("{largest}能否达到{target}，这么多模拟未来还分不清。"),
            (Reach::Unproven, _) => {
                format!(
                    "{largest}只是在这些模拟未来里达到{target}：它们重放的历史爆单只有 {bursts} 次，不足以作此保证。"
                )
            }
        }
    }
}
