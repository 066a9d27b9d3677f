//! English: what a reader must know of the data and the run.

use super::decision::DecisionWords;
use super::en::English;
use super::shop::ShopWords;
use crate::learn::{BurstRule, Caveat};
use crate::recommend::Limit;
use crate::report::number::Numbers;
use crate::run::{RunCaveat, Unconfirmed};

/// What a reader must know of a fit.
pub(super) fn caveat(caveat: &Caveat, n: &Numbers) -> String {
    match caveat {
        Caveat::WholesaleRemoved { lines, share, share_of_day, times_median } => format!(
            "{} large single orders were taken out as wholesale ({} of all pieces): lines of at least {} of their day \
             and {} times the median largest line.",
            n.whole(*lines),
            n.percent(*share),
            n.percent(*share_of_day),
            n.plain(*times_median)
        ),
        Caveat::FewBursts { bursts } => format!(
            "Only {} past {}: a replay cannot promise more than {}.",
            n.count(*bursts as f64),
            if *bursts == 1 { "burst" } else { "bursts" },
            n.percent(*bursts as f64 / (*bursts as f64 + 1.0))
        ),
        Caveat::NoBurst => "The product has no past burst of its own.".to_owned(),
        Caveat::PartialDaysUsed { full_days } => format!(
            "Only {} ordinary days were fully in stock, so days with some stock were used too.",
            n.count(*full_days as f64)
        ),
        Caveat::LevelErrorAssumed { level_error } => format!(
            "The history is too short to measure how far the sales level drifts; {} is assumed.",
            n.percent(*level_error)
        ),
        Caveat::QuietBursts { bursts, least_per_day } => format!(
            "{bursts} bursts were left out because fewer than {least_per_day} pieces a day sold at ordinary times then: a \
             multiple of next to nothing says nothing."
        ),
        Caveat::BurstsCutOff { bursts } => {
            format!("Bursts left out because the data begin or end within them: {}.", n.count(*bursts as f64))
        }
        Caveat::BurstsSoldOut { bursts } => format!(
            "Bursts of which no day is known to have been in stock, so that nothing tells their size: {}.",
            n.count(*bursts as f64)
        ),
        Caveat::NeverSold { at_most_per_day } => format!(
            "The product never sold in its history: ordinary demand is taken to be nothing, though up to {} pieces a day \
             are not ruled out (95\u{a0}%).",
            n.plain(*at_most_per_day)
        ),
        Caveat::SoldOutEveryDay => {
            "Every day sold out, at a time that is not recorded: what was sold is the least that was wanted, \
             and demand is taken to be that."
                .to_owned()
        }
        Caveat::UnseenDemand { pieces, share } => format!(
            "On {} of the ordinary days demand may have been above {} pieces, the most that a day in stock throughout sold: how far, \
             nothing tells.",
            n.percent(*share),
            n.count(*pieces)
        ),
        Caveat::NeverInStock => {
            "The product was in stock on no day of its history: nothing is known of its demand.".to_owned()
        }
        Caveat::BeginsLater { days } => format!(
            "The first {} days are left out: the product sold nothing then, and what it sold later makes chance unlikely.",
            n.count(*days as f64)
        ),
        Caveat::EveryDayMarked { rule } => format!(
            "Bursts were found by counts: by the rule asked for ({}) hardly a day is left to be an ordinary one.",
            burst_rule(*rule, n)
        ),
        Caveat::BurstsBySpend => {
            "No calendar says when promotions ran: days with ad spend are taken as bursts.".to_owned()
        }
        Caveat::PromotionsOutside { before, after, promotions } => format!(
            "Of {} promotions in the calendar, {} are over before the first day of sales and {} begin after the last: they \
             teach nothing.",
            n.count(*promotions as f64),
            n.count(*before as f64),
            n.count(*after as f64)
        ),
        Caveat::PromotionsOverlap { promotions } => format!(
            "Promotions that begin before an earlier one of the product is over ({}) are learned as one burst with it.",
            n.count(*promotions as f64)
        ),
        Caveat::PricesApart { lowest, highest } => format!(
            "Prices reach from {} to {}: too far apart for one currency and one unit of sale. Check the column; the price \
             tells which products are alike.",
            n.plain(*lowest),
            n.plain(*highest)
        ),
    }
}

/// What a reader must know of a run.
pub(super) fn run_caveat(caveat: &RunCaveat, n: &Numbers) -> String {
    match caveat {
        RunCaveat::SpendBeyondHistory { event, planned, largest } => format!(
            "The spend planned for \"{event}\" ({} a day) lies far above anything in the history ({} a day): extrapolated, \
             and scattered half as much again where all products tell the amplitude.",
            n.money(*planned),
            n.money(*largest)
        ),
        RunCaveat::OrderDatePassed { mode, latest } => {
            format!("The latest order date by \"{mode}\", {latest}, has passed.")
        }
        RunCaveat::TooLate { mode, on_time } => format!(
            "Too late to stock up by \"{mode}\": ordered today, the goods are in time with a probability of {}. Move or \
             shrink the event, or find a faster mode.",
            n.percent(*on_time)
        ),
        RunCaveat::ExpectedLoss => "The plan is expected to lose money: check prices, ad spend and limits.".to_owned(),
        RunCaveat::MostlyUnserved { served } => format!(
            "Only {} of what customers would order in the event is served on its day: order earlier or more, find a faster \
             mode, or move or shrink the event.",
            n.percent(*served)
        ),
        RunCaveat::CancelledBySeller { share } => format!(
            "{} of the accepted pieces are cancelled by the seller's fault: link every listing to the stock, lower what it \
             shows, or dispatch more a day.",
            n.percent(*share)
        ),
        RunCaveat::PlatformStep { metric, rate, crossed } => format!(
            "The {} passes {}, at which the marketplace acts, with a probability of {}.",
            English.metric(*metric),
            n.percent(*rate),
            n.percent(*crossed)
        ),
        RunCaveat::ReplayCeiling { bursts, ceiling } => format!(
            "Not proven: {bursts} past bursts, replayed, cannot promise more than {}, whatever the simulation shows.",
            n.percent(*ceiling)
        ),
        RunCaveat::LaterSalesUnused { days } => {
            format!("{days} days of sales lie after the day of the plan and were not used.")
        }
        RunCaveat::NoPromotionOfProduct => {
            "The promotion calendar holds no promotion of this product: check its identifier.".to_owned()
        }
        RunCaveat::OpenOrdersCount { mode, open, finished_mean, mean, longest_open } => format!(
            "Orders that are still open ({open}, the oldest for {} days) count as lasting at least so long: {} days on average \
             by \"{mode}\", where the finished orders alone say {}. Close orders in the books that have arrived.",
            n.plain(*longest_open),
            n.plain(mean.round()),
            n.plain(finished_mean.round())
        ),
        RunCaveat::StaleHistory { last_day, days } => {
            format!("The sales end on {last_day}, {days} days before the plan is made.")
        }
        RunCaveat::MultipliersExhausted { highest } => {
            format!("Multipliers up to {} were tried and the limits are still not kept.", n.plain(*highest))
        }
        RunCaveat::NotConfirmed { limits } => {
            let limits: Vec<String> = limits.iter().map(|limit| unconfirmed(limit, n)).collect();
            format!("Not confirmed on fresh futures: {}.", limits.join("; "))
        }
        RunCaveat::BorrowedBursts { event, like } if like.is_empty() => {
            format!("\"{event}\" rests on other products' bursts: this product has none of its own.")
        }
        RunCaveat::BorrowedBursts { event, like } => format!(
            "\"{event}\" rests on the bursts of products like this one, which has none of its own: {}.",
            like.join(", ")
        ),
        RunCaveat::Preheat { event, update } => format!(
            "What is already seen of \"{event}\" moves its expected uplift from {} to {} pieces (days sold: {}, pieces: {}; \
             early signals: {}; log spread {}, before {}).{}",
            n.count(update.prior),
            n.count(update.posterior),
            n.whole(update.days as u64),
            n.count(update.sold),
            n.whole(update.signals as u64),
            n.fixed(update.posterior_sd, 2),
            n.fixed(update.prior_sd, 2),
            if update.is_surprise() {
                " That is far from anything that was expected of it: check the figures, and what is different this time."
            } else {
                ""
            }
        ),
        RunCaveat::SpendAssociation { event, factor, elasticity, estimate, bursts, realised } => {
            let (bursts, elasticity) = (n.count(*bursts as f64), n.fixed(*elasticity, 2));
            let basis = match estimate {
                Some([own, error]) => format!(
                    "the shop's own {bursts} bursts give {} ± {}, shrunk to it",
                    n.fixed(*own, 2),
                    n.fixed(*error, 2)
                ),
                None => "a default: the shop's bursts do not tell".to_owned(),
            };
            let realised = if *realised > 0 {
                format!(" Nothing was planned for {} of them: realised spend stands in.", n.count(*realised as f64))
            } else {
                String::new()
            };
            format!(
                "Planned spend multiplies the uplift of \"{event}\" by {} (elasticity {elasticity}; {basis}). This is \
                 association, not causation.{realised}",
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
        "{} is not quite kept (is {fresh}, cautious end {fresh_end}; where plans were compared it was {compared}, cautious \
         end {compared_end})",
        English.limit(kind, &n.of_limit(kind, bound), written)
    )
}

/// How bursts were found.
pub(super) fn burst_rule(rule: BurstRule, n: &Numbers) -> String {
    match rule {
        BurstRule::Promotions => "promotion calendar or flags".to_owned(),
        BurstRule::Spend => "days with ad spend".to_owned(),
        BurstRule::Automaton { entry, exit } => format!(
            "runs of days at a multiple of the days around them (two-state automaton, entry {}, exit {})",
            n.plain(entry),
            n.plain(exit)
        ),
        BurstRule::Counts { times, window } => {
            format!("days above {}× the mean of the {window} ordinary days before", n.plain(times))
        }
    }
}
