//! On which days a product is forecast, and what was known of the window then.

use serde::{Deserialize, Serialize};

use super::{BacktestOptions, Origins};
use crate::calendar::Date;
use crate::history::{Promotion, SalesSeries};
use crate::learn::FittedProduct;

/// Days without a promotion before one that starts, and before an ordinary window.
const QUIET: i64 = 7;
/// Days since a burst within which an origin is near it.
const NEAR: usize = 3;

/// What was known of a window at its origin. Windows are never sorted by their outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// A planned promotion starts on the origin, after a quiet week.
    PromotionStart,
    /// A promotion was running on the day before.
    PromotionRunning,
    /// One is planned within the window, but not on its first day.
    PromotionAhead,
    /// None is planned, and there was none in the week before.
    Ordinary,
    /// None is planned, and one ended in the week before.
    AfterPromotion,
    /// Without a calendar: a burst was detected within three days before.
    NearBurst,
    /// Without a calendar: in the shop's season, by date.
    PeakSeason,
    /// Without a calendar: the rest.
    Rest,
}

impl Class {
    /// All of them, in the order of a table.
    pub const ALL: [Self; 8] = [
        Self::PromotionStart,
        Self::PromotionRunning,
        Self::PromotionAhead,
        Self::Ordinary,
        Self::AfterPromotion,
        Self::NearBurst,
        Self::PeakSeason,
        Self::Rest,
    ];

    /// Whether nothing out of the ordinary was known.
    #[must_use]
    pub const fn is_ordinary(self) -> bool {
        matches!(self, Self::Ordinary | Self::Rest)
    }
}

/// Indices of the origins of a series: the first day of each window of `horizon` days.
pub(super) fn origins(
    series: &SalesSeries,
    promotions: &[Promotion],
    horizon: usize,
    options: &BacktestOptions,
) -> Vec<usize> {
    let (first, end) = (options.days_before as usize, series.days.len());
    let fits = |at: &usize| *at >= first && at + horizon <= end;
    match options.origins {
        Origins::Every { days } => {
            // The same dates for all products: weeks are the unit of the intervals.
            let step = i64::from(days.max(1));
            let offset = series.first_day.day_number().rem_euclid(step);
            let aligned = |at: &usize| (*at as i64 + offset).rem_euclid(step) == 0;
            (first..end.saturating_sub(horizon - 1).max(first)).filter(aligned).filter(fits).collect()
        }
        Origins::PromotionStarts => {
            let mut starts: Vec<usize> =
                promotions.iter().filter_map(|promotion| series.position(promotion.start)).filter(fits).collect();
            starts.sort_unstable();
            starts.dedup();
            starts
        }
    }
}

/// The class of the window of `horizon` days from `origin` on.
pub(super) fn class(
    origin: Date,
    horizon: usize,
    // `None` where the shop keeps no calendar; a product that stands in none of its promotions has an empty one.
    promotions: Option<&[Promotion]>,
    fit: &FittedProduct,
    options: &BacktestOptions,
) -> Class {
    let Some(promotions) = promotions else {
        return if fit.quiet_days <= NEAR {
            Class::NearBurst
        } else if options.peak_months.iter().any(|month| i16::from(*month) == i16::from(origin.parts().1)) {
            Class::PeakSeason
        } else {
            Class::Rest
        };
    };
    let within = |from: i64, until: i64| {
        let (from, until) = (origin.plus_days(from), origin.plus_days(until));
        promotions.iter().any(|promotion| promotion.start <= until && promotion.end >= from)
    };
    let quiet = !within(-QUIET, -1);
    if within(-1, -1) {
        Class::PromotionRunning
    } else if quiet && within(0, 0) {
        Class::PromotionStart
    } else if within(0, horizon as i64 - 1) {
        Class::PromotionAhead
    } else if quiet {
        Class::Ordinary
    } else {
        Class::AfterPromotion
    }
}
