//! What a reader must know about a fit, as data; the words are the report's.

use serde::{Deserialize, Serialize};

use super::BurstRule;

/// What a reader must know about a fit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Caveat {
    /// Large single orders were taken out.
    WholesaleRemoved {
        /// Order lines.
        lines: u64,
        /// Share of all pieces.
        share: f64,
        /// The rule: least share of the day.
        share_of_day: f64,
        /// The rule: least multiple of the median largest line.
        times_median: f64,
    },
    /// Few past bursts: replay cannot promise more than n / (n + 1).
    FewBursts {
        /// Past bursts.
        bursts: usize,
    },
    /// No past burst of its own.
    NoBurst,
    /// Days with some stock had to be used for the baseline.
    PartialDaysUsed {
        /// Days fully in stock and ordinary.
        full_days: usize,
    },
    /// The level error is a default.
    LevelErrorAssumed {
        /// The default.
        level_error: f64,
    },
    /// Bursts at the edge of the data were left out.
    BurstsCutOff {
        /// How many.
        bursts: usize,
    },
    /// Bursts during which nothing could be bought tell nothing of their size.
    BurstsSoldOut {
        /// How many.
        bursts: usize,
    },
    /// Bursts at times of next to no ordinary demand were left out.
    QuietBursts {
        /// How many.
        bursts: usize,
        /// Ordinary pieces a day from which a burst counts.
        least_per_day: f64,
    },
    /// No sales at all, although there was stock.
    NeverSold {
        /// Pieces a day that it may sell all the same (95 %).
        #[serde(default)]
        at_most_per_day: f64,
    },
    /// Every day sold out, at a time that nobody knows: what was sold is the least that was wanted.
    SoldOutEveryDay,
    /// Days that sold out at an unknown time: how much more than that was wanted on a day nobody has seen.
    UnseenDemand {
        /// The most that a day in stock throughout sold.
        pieces: f64,
        /// Share of days on which demand may have been above it (Kaplan & Meier 1958).
        share: f64,
    },
    /// No stock on any day: nothing is known of its demand.
    NeverInStock,
    /// Days at the beginning on which it was not yet sold, by what it sold later; they were left out.
    BeginsLater {
        /// These days.
        days: usize,
    },
    /// No day is left without a promotion or ad spend: bursts were found by counts.
    EveryDayMarked {
        /// What marks every day.
        rule: BurstRule,
    },
    /// No calendar says when promotions ran: days with ad spend are bursts.
    BurstsBySpend,
    /// Promotions of the calendar lie outside the days of sales.
    PromotionsOutside {
        /// Those that are over before the first day of sales.
        before: usize,
        /// Those that begin after the last.
        after: usize,
        /// All of the product.
        promotions: usize,
    },
    /// Promotions overlap earlier ones; together they are one burst.
    PromotionsOverlap {
        /// How many begin before an earlier one is over.
        promotions: usize,
    },
    /// Prices lie so far apart that they are hardly of one currency or one unit of sale.
    PricesApart {
        /// The lowest price above 0.
        lowest: f64,
        /// The highest.
        highest: f64,
    },
}
