//! What the scenario of a synthetic shop says of itself, in both languages.

use crate::report::Lang;

/// Title and notes of the scenario of a synthetic shop.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SyntheticWords {
    pub(crate) title: &'static str,
    pub(crate) notes: [&'static str; 2],
}

/// The texts in a language.
pub(crate) const fn synthetic_words(lang: Lang) -> SyntheticWords {
    match lang {
        Lang::En => SyntheticWords {
            title: "A synthetic shop: how much to stock before the planned event?",
            notes: [
                "Every record is invented by `stockburst synth`: no shop, product, host or supplier is real.",
                "What is true of the shop stands in truth.json beside this file. The model that made it is not the one that is fitted, so that a good forecast here is no tautology; it still proves nothing about real shops.",
            ],
        },
        Lang::Zh => SyntheticWords {
            title: "合成店铺：计划中的活动该备多少货？",
            notes: [
                "所有记录均由 `stockburst synth` 虚构：店铺、商品、主播和供应商都不是真实的。",
                "店铺的真实参数写在同目录的 truth.json 里。生成数据的模型与用来拟合的模型不同，所以这里预测得准并非循环论证；但也不能证明在真实店铺上同样准。",
            ],
        },
    }
}
