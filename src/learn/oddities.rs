//! What is odd about a history and what is done about it, decided in one place: days before a product was sold, a mark on
//! every day, promotions outside the sales, prices that cannot be of one currency.
//!
//! Each answer is a caveat with its figures. It must not know bursts or levels, which are learned from what is left.

use super::bursts::BurstDay;
use super::caveat::Caveat;
use super::records::Records;
use super::{BurstRule, PastBurst};
use crate::history::{Promotion, SalesDay, SalesSeries};
use crate::stats::{KaplanMeier, Observed};

/// Days without a sale before the first one from which on a product may have begun later than its records.
const LEAST_SILENT: usize = 14;
/// Size of the negative binomial by which silence is held against later sales: as wide as days of a slow product are.
const SILENT_SIZE: f64 = 0.5;
/// Nats that speak against mere chance: one in ten thousand.
const UNLIKELY: f64 = 9.2;
/// Unmarked days in stock that are too few to be the ordinary ones.
const LEAST_UNMARKED: usize = 3;
/// Highest over lowest price from which they are hardly of one currency or one unit of sale.
const PRICES_APART: f64 = 50.0;
/// Share of days beyond all that was seen from which on a reader is told so.
const UNSEEN: f64 = 0.02;
/// Rule of three: the mean of a Poisson count that is zero with a probability of 5 %.
const NONE_SEEN: f64 = 2.995_732_273_553_991;

/// Days at the beginning on which the product was not yet sold: silent ones that its later sales (their median) make
/// unlikely.
///
/// ```text
/// days x k ln(1 + m / k) >= 9.2,  k = 0.5
/// ```
pub(super) fn before_first_sale(days: &[BurstDay]) -> usize {
    let Some(first) = days.iter().position(|day| day.units > 0.0) else { return 0 };
    if first < LEAST_SILENT {
        return 0;
    }
    let mut rates: Vec<f64> =
        days[first..].iter().filter(|day| day.available > 0.0).map(|day| day.units / day.available).collect();
    rates.sort_unstable_by(f64::total_cmp);
    let median = rates.get(rates.len() / 2).copied().unwrap_or(0.0);
    let exposed: f64 = days[..first].iter().map(|day| day.available).sum();
    let nats = exposed * SILENT_SIZE * libm::log1p(median / SILENT_SIZE);
    if nats >= UNLIKELY { first } else { 0 }
}

/// The rule by which bursts can be found: counts, where a calendar or spend marks so many days that none is left to hold
/// bursts against.
pub(super) fn rule_that_tells(rule: BurstRule, days: &[BurstDay]) -> BurstRule {
    let is_marked = |day: &BurstDay| match rule {
        BurstRule::Promotions => day.promoted,
        BurstRule::Spend => day.planned_spend.or(day.spend).is_some_and(|spend| spend > 0.0),
        BurstRule::Counts { .. } | BurstRule::Automaton { .. } => false,
    };
    let in_stock = || days.iter().filter(|day| day.available > 0.0);
    let unmarked = in_stock().filter(|day| !is_marked(day)).count();
    let is_enough = unmarked >= LEAST_UNMARKED || unmarked == in_stock().count();
    if is_enough { rule } else { BurstRule::counts() }
}

/// What a reader must know of the records beside the sales, given the rule that they ask for and the one that was used.
pub(super) fn of_records(
    series: &SalesSeries,
    records: &Records<'_>,
    asked: BurstRule,
    used: BurstRule,
    written: bool,
) -> Vec<Caveat> {
    let mut caveats = Vec::new();
    if asked != used {
        caveats.push(Caveat::EveryDayMarked { rule: asked });
    } else if used == BurstRule::Spend && !written {
        caveats.push(Caveat::BurstsBySpend);
    }
    let promotions = &records.promotions;
    let before = promotions.iter().filter(|promotion| promotion.end < series.first_day).count();
    let after = promotions.iter().filter(|promotion| promotion.start > series.last_day()).count();
    if before > 0 || (after > 0 && before + after == promotions.len()) {
        caveats.push(Caveat::PromotionsOutside { before, after, promotions: promotions.len() });
    }
    let overlapping = overlapping(promotions);
    if overlapping > 0 {
        caveats.push(Caveat::PromotionsOverlap { promotions: overlapping });
    }
    caveats.extend(prices_apart(&series.days));
    caveats
}

/// Promotions that begin before an earlier one of the product is over.
fn overlapping(promotions: &[&Promotion]) -> usize {
    let mut spans: Vec<_> = promotions.iter().map(|promotion| (promotion.start, promotion.end)).collect();
    spans.sort_unstable();
    let mut latest = None;
    let mut count = 0;
    for (start, end) in spans {
        count += usize::from(latest.is_some_and(|latest| start <= latest));
        latest = latest.max(Some(end));
    }
    count
}

fn prices_apart(days: &[SalesDay]) -> Option<Caveat> {
    let prices = || days.iter().filter_map(|day| day.price).filter(|price| *price > 0.0);
    let (lowest, highest) = (prices().min_by(f64::total_cmp)?, prices().max_by(f64::total_cmp)?);
    (highest >= PRICES_APART * lowest).then_some(Caveat::PricesApart { lowest, highest })
}

/// How far the days that sold out at an unknown time leave the demand of ordinary days unseen.
pub(super) fn unseen_demand(days: &[BurstDay], spans: &[(usize, usize)]) -> Option<Caveat> {
    let is_burst = |at: usize| spans.iter().any(|(start, end)| (*start..*end).contains(&at));
    let is_flag = |day: &BurstDay| day.available <= 0.0 && day.units > 0.0;
    let observed: Vec<Observed> = days
        .iter()
        .enumerate()
        .filter(|(at, day)| !is_burst(*at) && (day.available > 0.0 || is_flag(day)))
        .map(|(_, day)| if day.available >= 1.0 { Observed::Exact(day.units) } else { Observed::AtLeast(day.units) })
        .collect();
    if !days.iter().any(is_flag) {
        return None;
    }
    let law = KaplanMeier::of(&observed)?;
    (law.beyond() > UNSEEN).then(|| Caveat::UnseenDemand { pieces: law.largest_exact(), share: law.beyond() })
}

/// What must be said where there is no sale at all: how much may be asked for all the same, or that nobody knows.
pub(super) fn without_sales(days: &[BurstDay], bursts: &[PastBurst]) -> Option<Caveat> {
    let exposed: f64 = days.iter().map(|day| day.available).sum();
    let sold = days.iter().any(|day| day.units > 0.0) || !bursts.is_empty();
    match exposed {
        _ if sold => None,
        exposed if exposed > 0.0 => Some(Caveat::NeverSold { at_most_per_day: NONE_SEEN / exposed }),
        _ => Some(Caveat::NeverInStock),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Date;
    use crate::history::{AdSpend, History, Sku};
    use crate::learn::{FitOptions, FittedProduct, fit_product};
    use crate::units::Units;

    fn first_day() -> Date {
        "2026-01-05".parse().expect("a date")
    }

    fn sold(units: &[f64]) -> Vec<BurstDay> {
        let day =
            |units: &f64| BurstDay { units: *units, available: 1.0, promoted: false, spend: None, planned_spend: None };
        units.iter().map(day).collect()
    }

    /// By hand, 20 silent days: at 0.4 a day 20 x .5 x ln 1.8 = 5.9 nats, at 1 a day 20 x .5 x ln 3 = 11.0.
    #[test]
    fn silence_counts_by_what_is_sold_later() {
        let begins = |silent: usize, later: f64| {
            let mut units = vec![0.0; silent];
            units.resize(silent + 60, later);
            before_first_sale(&sold(&units))
        };
        assert_eq!((begins(20, 0.4), begins(20, 1.0), begins(13, 50.0)), (0, 20, 0));
        assert_eq!((before_first_sale(&[]), before_first_sale(&sold(&[0.0; 50]))), (0, 0));
        // A slow product that sells on one day in ten was not begun later: its median is nothing.
        let slow: Vec<f64> = (0..200).map(|day| if day % 10 == 9 && day > 30 { 3.0 } else { 0.0 }).collect();
        assert_eq!(before_first_sale(&sold(&slow)), 0);
        // What was out of stock is not silent.
        let mut empty = sold(&[[0.0; 20], [30.0; 20]].concat());
        empty[..20].iter_mut().for_each(|day| day.available = 0.0);
        assert_eq!(before_first_sale(&empty), 0);
    }

    fn history(promotions: &[(i64, i64)], spend_days: std::ops::Range<i64>) -> History {
        let mut days =
            vec![
                SalesDay { units: Units(20), largest_line: None, in_stock_share: None, price: None, promotion: None };
                120
            ];
        days[60..64].iter_mut().for_each(|day| day.units = Units(90));
        let sku = Sku("A".into());
        let promotion = |(start, end): &(i64, i64)| Promotion {
            campaign: format!("C{start}"),
            sku: sku.clone(),
            start: first_day().plus_days(*start),
            end: first_day().plus_days(*end),
            price: None,
            commission: None,
            planned_spend: Some(100.0),
            host: None,
            live_slots: None,
        };
        let ad = |day| AdSpend {
            date: first_day().plus_days(day),
            campaign: "C".into(),
            creative: None,
            sku: Some(sku.clone()),
            planned_spend: None,
            spend: Some(50.0),
        };
        History {
            promotions: promotions.iter().map(promotion).collect(),
            ads: spend_days.map(ad).collect(),
            sales: [(sku.clone(), SalesSeries { first_day: first_day(), days })].into(),
            ..History::default()
        }
    }

    fn fit(history: &History) -> FittedProduct {
        fit_product(&Sku("A".into()), history, &FitOptions::default()).expect("a product")
    }

    #[test]
    fn spend_without_a_calendar_tells_bursts_unless_it_never_stops() {
        let fitted = fit(&history(&[], 60..64));
        assert_eq!((fitted.burst_rule, fitted.bursts.len()), (BurstRule::Spend, 1));
        assert!(fitted.caveats.contains(&Caveat::BurstsBySpend));
        let always = fit(&history(&[], 0..120));
        assert_eq!((always.burst_rule, always.bursts.len()), (BurstRule::counts(), 1));
        assert!(always.caveats.contains(&Caveat::EveryDayMarked { rule: BurstRule::Spend }));
        // Without the burst that nobody planned, the level is that of the quiet days, and the error's mean above it.
        let quiet = always.organic.level * always.quiet_share / (1.0 + always.organic.level_error.powi(2) / 3.0);
        assert!((quiet - 20.0).abs() < 0.1, "{quiet}");
    }

    #[test]
    fn promotions_outside_the_sales_are_counted_and_teach_nothing() {
        let outside = |promotions| {
            fit(&history(promotions, 0..0)).caveats.into_iter().find_map(|caveat| match caveat {
                Caveat::PromotionsOutside { before, after, promotions } => Some((before, after, promotions)),
                _ => None,
            })
        };
        assert_eq!(outside(&[(-30, -20), (-9, -1)]), Some((2, 0, 2)));
        assert_eq!(outside(&[(130, 135)]), Some((0, 1, 1)));
        assert_eq!(outside(&[(-30, -20), (60, 63), (130, 135)]), Some((1, 1, 3)));
        // One of the past and one planned is what a calendar is; one that begins before the sales lies partly in them.
        assert_eq!(outside(&[(60, 63), (130, 135)]), None);
        assert_eq!(outside(&[(-3, 2), (60, 63)]), None);
        assert_eq!(fit(&history(&[(-30, -20)], 0..0)).burst_rule, BurstRule::counts());
    }

    #[test]
    fn overlapping_promotions_are_one_burst_with_the_spend_of_both() {
        let fitted = fit(&history(&[(62, 63), (60, 62)], 0..0));
        assert!(fitted.caveats.contains(&Caveat::PromotionsOverlap { promotions: 1 }));
        let [burst] = &fitted.bursts[..] else { panic!("{:?}", fitted.bursts) };
        // 100 a day, and 200 on the day of both.
        assert_eq!((burst.days, burst.planned_spend), (4, Some(125.0)));
        assert!((burst.multiple - 4.5).abs() < 1e-9);
        assert!(!fit(&history(&[(60, 61), (62, 63)], 0..0)).caveats.iter().any(is_overlap));
    }

    fn is_overlap(caveat: &Caveat) -> bool {
        matches!(caveat, Caveat::PromotionsOverlap { .. })
    }

    #[test]
    fn prices_of_two_currencies_are_doubted_and_discounts_are_not() {
        let apart = |prices: [f64; 3]| {
            let mut history = history(&[], 0..0);
            let series = history.sales.get_mut(&Sku("A".into())).expect("sales");
            for (at, day) in series.days.iter_mut().enumerate() {
                day.price = Some(prices[at % 3]);
            }
            fit(&history).caveats.into_iter().find(|caveat| matches!(caveat, Caveat::PricesApart { .. }))
        };
        assert_eq!(apart([9.0, 0.0, 1300.0]), Some(Caveat::PricesApart { lowest: 9.0, highest: 1300.0 }));
        assert_eq!(apart([9.9, 0.0, 99.0]), None);
        assert_eq!(apart([0.0; 3]), None);
    }

    /// No sale in 100 days: 1 in 20 shops that sell 0.03 a day see as little.
    #[test]
    fn no_sale_is_not_no_demand() {
        let never = without_sales(&sold(&[0.0; 100]), &[]);
        let Some(Caveat::NeverSold { at_most_per_day }) = never else { panic!("{never:?}") };
        assert!((libm::exp(-100.0 * at_most_per_day) - 0.05).abs() < 1e-12);
        let mut empty = sold(&[0.0; 100]);
        empty.iter_mut().for_each(|day| day.available = 0.0);
        assert_eq!(without_sales(&empty, &[]), Some(Caveat::NeverInStock));
        assert_eq!(without_sales(&sold(&[0.0, 1.0]), &[]), None);
    }
}
