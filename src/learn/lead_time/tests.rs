//! Lead times of simulated lanes whose law is known, and the bookkeeping around them.

use super::*;
use crate::process::DurationLaw;
use crate::random::{Entity, Seed, Source, Stream};
use crate::stats::DemandLaw;

const FIRST: &str = "2026-01-01";

fn day(offset: i64) -> Date {
    FIRST.parse::<Date>().expect("a date").plus_days(offset)
}

/// An order of day `ordered` that takes `days`, of a supplier of its own unless one is set.
fn purchase(mode: &str, ordered: i64, days: i64) -> Purchase {
    Purchase {
        order: format!("{mode}-{ordered}-{days}"),
        sku: None,
        mode: mode.into(),
        supplier: None,
        ordered_on: day(ordered),
        milestones: [None; 3],
        received_on: Some(day(ordered + days)),
    }
}

fn listed(number: &str, ordered: i64, stage: Option<(&str, i64)>) -> OpenOrder {
    OpenOrder {
        order: number.into(),
        sku: crate::history::Sku("A".into()),
        mode: "express".into(),
        units: crate::units::Units(5),
        ordered_on: day(ordered),
        stage: stage.map(|(name, _)| name.to_owned()),
        stage_since: stage.map(|(_, since)| day(since)),
        promised_on: None,
    }
}

fn fit_at(purchases: &[Purchase], open_orders: &[OpenOrder], mode: &str, today: i64) -> LeadTimeFit {
    let records = LeadTimeRecords { purchases, open_orders, today: day(today) };
    let question = LeadTimeQuestion { records: mode, open_orders: Some("express"), mean_days: None };
    fit_lead_time(&records, &question).expect("records")
}

/// The quantile of a law of one stage, widened as it is used.
fn quantile(law: &DurationLaw, level: f64) -> f64 {
    match law {
        DurationLaw::Records { days } => days[((level * days.len() as f64) as usize).min(days.len() - 1)],
        DurationLaw::Gamma { mean, cv } => {
            DemandLaw::Gamma { shape: 1.0 / (cv * cv), scale: mean * cv * cv }.quantile(level).expect("a level")
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn many_records_are_kept_few_are_widened() {
    let many: Vec<Purchase> = (1..=20).map(|days| purchase("air", 0, days)).collect();
    let records = LeadTimeRecords { purchases: &many, open_orders: &[], today: day(90) };
    let question = LeadTimeQuestion { records: "air", open_orders: None, mean_days: Some(21.0) };
    let fit = fit_lead_time(&records, &question).expect("records");
    let DurationLaw::Records { days } = &fit.stages[0].law else { panic!("records are kept") };
    assert!((days.iter().sum::<f64>() / 20.0 - 21.0).abs() < 1e-9, "scaled to the stated mean");
    assert_eq!((fit.evidence.mean_days, &fit.evidence.stages[0].basis), (10.5, &LawBasis::Records));
    let few = fit_at(&many[..3], &[], "air", 90);
    assert_eq!((few.evidence.records, few.evidence.open), (3, 0));
    let DurationLaw::Gamma { mean, cv } = few.stages[0].law else { panic!("a law is fitted") };
    let LawBasis::Gamma { cv: fitted, predictive_cv, prior_cv, shrinkage, prior_records: 0 } =
        few.evidence.stages[0].basis
    else {
        panic!("{:?}", few.evidence)
    };
    assert!((mean - 2.0).abs() < 1e-9 && cv == predictive_cv && cv > 1.3 * fitted && prior_cv == 0.4);
    assert!((shrinkage - 4.0 / 6.0).abs() < 1e-12);
}

#[test]
fn stages_with_dates_are_learned_by_themselves() {
    let staged = |at: i64| {
        let mut purchase = purchase("sea", at, 40);
        purchase.milestones = [day(at + 15 + at % 3), day(at + 33), day(at + 36)].map(Some);
        purchase
    };
    let many: Vec<Purchase> = (0..12).map(staged).collect();
    let fit = fit_at(&many, &[], "sea", 90);
    assert!(fit.evidence.by_stage && (fit.evidence.mean_days - 40.0).abs() < 1e-9);
    let names: Vec<&str> = fit.stages.iter().map(|stage| stage.name.as_str()).collect();
    assert_eq!(names, ["production", "first-leg", "customs", "last-leg"]);
    // Three of them: each stage is shrunk to its own default.
    let few = fit_at(&many[..3], &[], "sea", 90);
    let prior_of = |stage: &StageEvidence| match stage.basis {
        LawBasis::Gamma { prior_cv, .. } => prior_cv,
        _ => 0.0,
    };
    let priors: Vec<f64> = few.evidence.stages.iter().map(prior_of).collect();
    assert_eq!(priors, [0.3, 0.5, 1.0, 0.25]);
}

/// An open order counts in the stage in which it is; one that has passed a stage tells that stage exactly.
#[test]
fn open_orders_count_in_their_stage() {
    let mut purchases: Vec<Purchase> = (0..12)
        .map(|at| {
            let mut purchase = purchase("sea", at, 40);
            purchase.milestones = [day(at + 15), day(at + 33), day(at + 36)].map(Some);
            purchase
        })
        .collect();
    let mut open = purchase("sea", 40, 0);
    (open.received_on, open.milestones) = (None, [Some(day(57)), None, None]);
    purchases.push(open);
    let orders = [listed("X", 50, Some(("customs", 80))), listed("Y", 60, None), listed("Z", 70, Some(("lost", 71)))];
    let evidence = fit_at(&purchases, &orders, "sea", 100).evidence;
    assert_eq!((evidence.records, evidence.open, evidence.open_left_out), (12, 2, 2));
    let counts: Vec<(usize, usize)> = evidence.stages.iter().map(|stage| (stage.records, stage.open)).collect();
    assert_eq!(counts, [(13, 0), (12, 1), (12, 1), (12, 0)]);
    assert_eq!(evidence.longest_open_days, Some(60.0));
    assert!((evidence.censored_share() - 2.0 / 14.0).abs() < 1e-12);
    // Customs took 3 days twelve times; one has been there for 20.
    let LawBasis::Survival { assumed_tail, identified_up_to } = evidence.stages[2].basis else {
        panic!("{evidence:?}")
    };
    assert!((assumed_tail - 1.0 / 13.0).abs() < 1e-12 && identified_up_to == 3.0);
    assert!(evidence.open_orders_add() > 0.02);
}

#[test]
fn lines_become_shipments() {
    let mut purchases: Vec<Purchase> = (0..5).map(|at| purchase("air", 3 * at, 20 + at)).collect();
    for line in 0..4 {
        // Four lines of one delivery, one of another supplier on the same days, and one of another mode.
        let supplier = if line == 3 { "other" } else { "one" };
        let number = format!("line-{line}");
        purchases.push(Purchase { order: number, supplier: Some(supplier.into()), ..purchase("air", 30, 45) });
    }
    purchases.push(Purchase { supplier: Some("one".into()), ..purchase("sea", 30, 45) });
    // Lines of an order that is open, which stands in the list of open orders too.
    for number in ["P7", "P7b"] {
        purchases.push(Purchase { order: number.into(), received_on: None, ..purchase("air", 50, 0) });
    }
    let orders = [listed("P7", 50, None), listed("P8", 55, None), listed("P8", 55, None)];
    // And one that was received before it was ordered.
    purchases.push(purchase("air", 60, -4));
    let evidence = fit_at(&purchases, &orders, "air", 90).evidence;
    assert_eq!((evidence.records, evidence.open), (7, 2));
    assert_eq!((evidence.merged_lines, evidence.misdated_lines), (2 + 1 + 2, 1));
}

#[test]
fn a_long_open_order_raises_the_quantiles() {
    for n in [5, 12] {
        let finished: Vec<Purchase> = (0..n).map(|at| purchase("air", at, 18 + at % 5)).collect();
        let before = fit_at(&finished, &[], "air", 100);
        let after = fit_at(&finished, &[listed("X", 40, None)], "air", 100);
        assert_eq!(after.evidence.longest_open_days, Some(60.0));
        for level in [0.9, 0.95, 0.98] {
            let (low, high) = (quantile(&before.stages[0].law, level), quantile(&after.stages[0].law, level));
            // One of thirteen orders lies above the twelve: their 90 % point may stay.
            assert!(if n > 10 && level < 0.92 { high >= low } else { high > low }, "{n} at {level}: {low} {high}");
        }
        assert!(quantile(&after.stages[0].law, 0.95) > 40.0, "{n}");
        assert!(after.evidence.mean_days > before.evidence.mean_days * 1.1);
    }
}

/// What is dated after today is not known, whether or not the caller cut it off.
#[test]
fn nothing_later_is_known() {
    let purchases: Vec<Purchase> = (0..40).map(|at| purchase("air", 2 * at, 20 + (at * 7) % 30)).collect();
    let orders = [listed("X", 30, Some(("customs", 70))), listed("Y", 75, None)];
    let history =
        crate::history::History { purchases, open_orders: orders.to_vec(), ..crate::history::History::default() };
    let today = 50;
    let cut = history.as_of(day(today));
    let fit = fit_at(&cut.purchases, &cut.open_orders, "air", today);
    assert_eq!(fit, fit_at(&history.purchases, &history.open_orders, "air", today));
    // Orders of the days up to 50 only, and X without its later stage.
    assert_eq!(fit.evidence.records + fit.evidence.open, 26 + 1);
    let mut changed = history.purchases.clone();
    for purchase in &mut changed {
        purchase.received_on = purchase.received_on.map(|date| if date > day(today) { day(9_000) } else { date });
    }
    assert_eq!(fit, fit_at(&changed, &history.open_orders, "air", today));
}

#[test]
fn few_records_lean_on_the_other_modes() {
    let mut purchases: Vec<Purchase> = (0..3).map(|at| purchase("air", at, 20 + at)).collect();
    // Cv of the other mode: 1 and 9 in equal parts have 0.8 (divisor n - 1: a little more).
    purchases.extend((0..20).map(|at| purchase("sea", at, if at % 2 == 0 { 1 } else { 9 })));
    purchases.extend((0..4).map(|at| purchase("road", at, 5)));
    let LawBasis::Gamma { cv, prior_cv, prior_records, .. } =
        fit_at(&purchases, &[], "air", 90).evidence.stages[0].basis
    else {
        panic!("few records")
    };
    assert!((prior_cv - 0.8 * (20.0_f64 / 19.0).sqrt()).abs() < 1e-9 && prior_records == 20, "{prior_cv}");
    let alone = fit_at(&purchases[..3], &[], "air", 90).evidence.stages[0].basis.clone();
    assert!(matches!(alone, LawBasis::Gamma { cv: own, .. } if own < cv));
}

#[test]
fn an_unknown_mode_names_the_known_ones() {
    let purchases = [purchase("air", 0, 9), purchase("sea", 0, 30)];
    let ask = |mode, today| {
        let records = LeadTimeRecords { purchases: &purchases, open_orders: &[], today: day(today) };
        fit_lead_time(&records, &LeadTimeQuestion { records: mode, open_orders: None, mean_days: None })
    };
    assert!(ask("rail", 90).expect_err("no rail").to_string().contains("air, sea"));
    // All still open: nothing is known but that it takes longer.
    assert!(ask("sea", 20).is_err());
}

#[test]
fn odd_records_give_laws_that_pass_their_check() {
    let same = |n: i64, days| (0..n).map(|at| purchase("air", at, days)).collect::<Vec<_>>();
    let mut open = same(12, 3);
    open.iter_mut().skip(10).for_each(|purchase| purchase.received_on = None);
    for purchases in [same(1, 0), same(9, 0), same(12, 0), same(1, 30), same(9, 30), same(12, 30), open] {
        for today in [1, 40, 4000] {
            let orders = [listed("X", 0, None), listed("Y", 39, Some(("customs", 10)))];
            let records = LeadTimeRecords { purchases: &purchases, open_orders: &orders, today: day(today) };
            for mean_days in [None, Some(12.0), Some(0.0)] {
                let question = LeadTimeQuestion { records: "air", open_orders: Some("express"), mean_days };
                let Ok(fit) = fit_lead_time(&records, &question) else { continue };
                assert!(fit.evidence.mean_days.is_finite() && fit.evidence.mean_days >= 0.0);
                for stage in fit.stages.iter().filter(|_| mean_days != Some(0.0)) {
                    assert_eq!(stage.law.check(), Ok(()), "{purchases:?}");
                }
            }
        }
    }
}

/// An order every third day for 120 days, gamma lead times of 40 days on average, read on the last day: the mean of the
/// finished orders is biased low, because the slow ones are not among them; ours is within a few per cent.
#[test]
fn open_orders_take_the_bias_away() {
    let sets = 60;
    for (cv, least_bias) in [(0.3, 0.03), (0.6, 0.10)] {
        let (mut naive, mut ours, mut tail) = (0.0, 0.0, 0.0);
        for set in 0..sets {
            let mut stream = Stream::open(Seed(3), set, Source::LeadTime, Entity::named(&["lane"]));
            let drawn = |stream: &mut Stream| stream.gamma(40.0, 1.0 / (cv * cv)).round() as i64;
            let purchases: Vec<Purchase> = (0..40).map(|at| purchase("air", 3 * at, drawn(&mut stream))).collect();
            let fit = fit_at(&purchases, &[], "air", 120);
            naive += fit.evidence.finished_mean_days / 40.0 / sets as f64;
            ours += fit.evidence.mean_days / 40.0 / sets as f64;
            let truth = DemandLaw::Gamma { shape: 1.0 / (cv * cv), scale: 40.0 * cv * cv };
            tail += truth.cdf(quantile(&fit.stages[0].law, 0.9)) / sets as f64;
        }
        assert!(naive < 1.0 - least_bias, "cv {cv}: finished alone {naive}");
        assert!((ours - 1.0).abs() < 0.03, "cv {cv}: {ours}");
        assert!((tail - 0.9).abs() < 0.03, "cv {cv}: the 90 % point covers {tail}");
    }
}

/// Predictive quantiles from five records over 2,000 sets whose coefficients of variation scatter around the default as
/// much as its strength says: within 3 points of nominal. The plug-in of mean and standard deviation is not.
#[test]
fn five_records_promise_what_they_keep() {
    let sets = 2_000;
    let levels = [0.8, 0.9, 0.95, 0.98];
    let (mut ours, mut plugged) = ([0.0; 4], [0.0; 4]);
    for set in 0..sets {
        let mut stream = Stream::open(Seed(4), set, Source::LeadTime, Entity::named(&["five"]));
        let cv = 0.4 * libm::exp(0.35 * stream.normal());
        let shape = 1.0 / (cv * cv);
        let drawn: Vec<i64> = (0..5).map(|_| stream.gamma(60.0, shape).round().max(1.0) as i64).collect();
        let purchases: Vec<Purchase> = (0..).zip(&drawn).map(|(at, days)| purchase("air", at, *days)).collect();
        let law = &fit_at(&purchases, &[], "air", 5_000).stages[0].law;
        let mean = drawn.iter().sum::<i64>() as f64 / 5.0;
        let variance = drawn.iter().map(|days| (*days as f64 - mean).powi(2)).sum::<f64>() / 4.0;
        let naive = DurationLaw::Gamma { mean, cv: (variance.sqrt() / mean).max(0.02) };
        let truth = DemandLaw::Gamma { shape, scale: 60.0 / shape };
        for (at, level) in levels.into_iter().enumerate() {
            ours[at] += truth.cdf(quantile(law, level)) / sets as f64;
            plugged[at] += truth.cdf(quantile(&naive, level)) / sets as f64;
        }
    }
    for (at, level) in levels.into_iter().enumerate() {
        assert!((ours[at] - level).abs() < 0.03, "{level}: {} (plug-in {})", ours[at], plugged[at]);
        assert!(plugged[at] < level - 0.04, "{level}: the plug-in should miss, {}", plugged[at]);
    }
}

/// Twelve orders of which a few are finished: censoring and few records together.
#[test]
fn a_young_lane_promises_what_it_keeps() {
    let (sets, mut counted) = (500, 0.0);
    let levels = [0.8, 0.9, 0.95];
    let (mut ours, mut finished_only) = ([0.0; 3], [0.0; 3]);
    for set in 0..sets {
        let mut stream = Stream::open(Seed(5), set, Source::LeadTime, Entity::named(&["young"]));
        let cv = 0.4 * libm::exp(0.35 * stream.normal());
        let shape = 1.0 / (cv * cv);
        let lead = |stream: &mut Stream| stream.gamma(60.0, shape).round().max(1.0) as i64;
        let purchases: Vec<Purchase> = (0..12).map(|at| purchase("air", 8 * at, lead(&mut stream))).collect();
        let finished: Vec<Purchase> =
            purchases.iter().filter(|one| one.received_on.is_some_and(|day_in| day_in <= day(96))).cloned().collect();
        if finished.len() < 2 {
            continue;
        }
        counted += 1.0;
        let truth = DemandLaw::Gamma { shape, scale: 60.0 / shape };
        let (all, some) = (fit_at(&purchases, &[], "air", 96), fit_at(&finished, &[], "air", 96));
        for (at, level) in levels.into_iter().enumerate() {
            ours[at] += truth.cdf(quantile(&all.stages[0].law, level));
            finished_only[at] += truth.cdf(quantile(&some.stages[0].law, level));
        }
    }
    for (at, level) in levels.into_iter().enumerate() {
        let (ours, finished_only) = (ours[at] / counted, finished_only[at] / counted);
        assert!((ours - level).abs() < 0.03, "{level}: {ours}, finished orders alone {finished_only}");
        assert!(finished_only < ours - 0.03, "{level}: {finished_only} {ours}");
    }
}

/// Latent normals with a correlation of .7 a day, seen every second day; independent ones; too few.
#[test]
fn persistence_is_found_where_it_is() {
    for (persistence, tolerance) in [(0.7, 0.1), (0.0, 0.3)] {
        let mut stream = Stream::open(Seed(6), 0, Source::LeadTime, Entity::named(&["lasting"]));
        let carried = libm::pow(persistence, 2.0);
        let mut state = stream.normal();
        let placed: Vec<(Date, f64)> = (0..600)
            .map(|at| {
                state = carried * state + libm::sqrt(1.0 - carried * carried) * stream.normal();
                (day(2 * at), (40.0 * libm::exp(0.4 * state)).round())
            })
            .collect();
        let found = persistence::estimate(&placed).expect("enough");
        assert!((found - persistence).abs() < tolerance, "{persistence}: {found}");
        assert_eq!(persistence::estimate(&placed[..29]), None);
    }
    assert_eq!(persistence::estimate(&[(day(0), 3.0); 80]), None);
}
