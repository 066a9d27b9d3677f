//! Histories that are odd, through the library as a caller uses it: a plan or a plain error, with what was decided told
//! in the result; never a panic, a number that is none, or a certainty that nobody has.

use stockburst::backtest::{BacktestError, BacktestOptions, Origins, backtest};
use stockburst::calendar::Date;
use stockburst::history::{AdSpend, History, Promotion, SalesDay, SalesSeries, Sku};
use stockburst::learn::{BurstRule, Caveat};
use stockburst::run::{ProductResult, Reach, RunCaveat, RunResult};
use stockburst::scenario::ScenarioSpec;
use stockburst::simulate::Silent;
use stockburst::units::Units;

/// Days of sales of the histories here.
const DAYS: usize = 120;

fn first_day() -> Date {
    "2026-01-05".parse().expect("a date")
}

fn day(units: u64) -> SalesDay {
    SalesDay { units: Units(units), largest_line: None, in_stock_share: None, price: None, promotion: None }
}

/// About 22 a day, without a burst.
fn ordinary(days: usize) -> Vec<SalesDay> {
    (0..days as u64).map(|at| day(20 + at * 7 % 5)).collect()
}

/// The same with four days of 100.
fn with_burst() -> Vec<SalesDay> {
    let mut days = ordinary(DAYS);
    days[60..64].fill(day(100));
    days
}

fn of(days: Vec<SalesDay>) -> History {
    History { sales: [(Sku("A".into()), SalesSeries { first_day: first_day(), days })].into(), ..History::default() }
}

fn promoted(days: Vec<SalesDay>, spans: &[(i64, i64)]) -> History {
    let promotion = |(start, end): &(i64, i64)| Promotion {
        campaign: format!("C{start}"),
        sku: Sku("A".into()),
        start: first_day().plus_days(*start),
        end: first_day().plus_days(*end),
        price: None,
        commission: None,
        planned_spend: Some(100.0),
        host: None,
        live_slots: None,
    };
    History { promotions: spans.iter().map(promotion).collect(), ..of(days) }
}

fn advertised(days: Vec<SalesDay>, spent: std::ops::Range<i64>) -> History {
    let ad = |at| AdSpend {
        date: first_day().plus_days(at),
        campaign: "C".into(),
        creative: None,
        sku: Some(Sku("A".into())),
        planned_spend: None,
        spend: Some(50.0),
    };
    History { ads: spent.map(ad).collect(), ..of(days) }
}

/// How the planned event's demand is told.
const STATED: &str = r#"{"kind": "parametric", "ramp-days": 1, "plateau-days": [3, 3], "peak-per-day": 40}"#;
const HIER: &str = r#"{"kind": "hier"}"#;
const REPLAY: &str = r#"{"kind": "replay"}"#;

/// A plan on the day after the last sales, for an event three weeks later.
fn plan(history: &History, demand: &str) -> Result<RunResult, String> {
    let today = history.sales[&Sku("A".into())].last_day().plus_days(1);
    let length = if demand == STATED { "" } else { r#""days": 4, "# };
    let text = format!(
        r#"{{"name": "odd", "title": "How much?", "today": "{today}", "paths": 200, "history": {{"sales": "sales.csv"}},
          "product": [{{"sku": "A", "opening-stock": 50}}],
          "event": [{{"id": "sale", "start": "{}", {length}"demand": {demand}}}],
          "lead-time": [{{"mode": "air", "stage": [{{"name": "all", "days": {{"kind": "fixed", "days": 7}}}}]}}],
          "candidates": {{"reorder": [{{"kind": "never"}}]}}}}"#,
        today.plus_days(21)
    );
    let spec: ScenarioSpec = serde_json::from_str(&text).expect("a scenario");
    let result = stockburst::run(&spec.validate().expect("valid"), history, &Silent).map_err(|error| error.to_string());
    if let Ok(result) = &result {
        is_sound(result);
        let json = serde_json::to_string(result).expect("JSON");
        serde_json::from_str::<RunResult>(&json).expect("a null stands where a number must");
    }
    result
}

/// Nothing in it is infinite or no number.
fn is_sound(result: &impl std::fmt::Debug) {
    let text = format!("{result:?}");
    let odd = text.split(|c: char| !c.is_alphanumeric()).find(|word| matches!(*word, "NaN" | "inf"));
    assert_eq!(odd, None, "{text}");
}

fn product(history: &History, demand: &str) -> ProductResult {
    plan(history, demand).expect("a plan").products.remove(0)
}

/// What was learned is told, and no level is known for certain.
fn told(history: &History, demand: &str) -> Vec<Caveat> {
    let fit = product(history, demand).fit.expect("a fit");
    assert!(fit.organic.level_error >= 0.02, "{}", fit.organic.level_error);
    fit.caveats
}

fn error(history: &History, demand: &str) -> String {
    plan(history, demand).expect_err("no plan")
}

/// An answer without a number that is none, or a plain error.
fn look_back(history: &History) -> Result<usize, BacktestError> {
    let options = BacktestOptions {
        horizons: vec![7],
        origins: Origins::Every { days: 3 },
        paths: 50,
        resamples: 50,
        ..BacktestOptions::default()
    };
    let result = backtest(history, &options, &Silent)?;
    is_sound(&result);
    Ok(result.targets[0].horizons[0].windows)
}

#[test]
fn no_burst_in_history() {
    let history = of(ordinary(DAYS));
    assert!(told(&history, STATED).contains(&Caveat::NoBurst));
    for demand in [HIER, REPLAY] {
        assert!(error(&history, demand).contains("needs past bursts of product `A`, and its history shows none"));
    }
    assert!(look_back(&history).expect("windows") > 10);
}

#[test]
fn one_burst() {
    let history = of(with_burst());
    assert!(told(&history, HIER).contains(&Caveat::FewBursts { bursts: 1 }));
    // One burst is wide, not certain: 95 % lie well above the middle.
    let learned = &product(&history, HIER).events[0];
    assert!(learned.total_quantiles[4] > 1.5 * learned.total_quantiles[1], "{:?}", learned.total_quantiles);
    let replayed = product(&history, REPLAY);
    assert!(replayed.caveats.contains(&RunCaveat::ReplayCeiling { bursts: 1, ceiling: 0.5 }));
    let reach = replayed.events[0].multiplier_reach.as_ref().expect("pieces are predicted");
    // One burst proves no 95 %: neither 1.5 x nor any other multiple is said to reach it.
    assert!(reach.largest != Reach::Reached && reach.needed.is_none(), "{reach:?}");
    assert!(look_back(&history).expect("windows") > 10);
}

#[test]
fn all_days_censored() {
    let never = of(vec![SalesDay { in_stock_share: Some(0.0), ..day(0) }; DAYS]);
    for demand in [STATED, HIER, REPLAY] {
        assert_eq!(
            error(&never, demand),
            "product[0].sku: `A` was in stock on no day of its sales: nothing is known of its demand (state demand = { \
             per-day = ... })"
        );
    }
    assert_eq!(look_back(&never), Err(BacktestError::NeverInStock));
    // Some stock on every day, all day on none.
    let partly = of(vec![SalesDay { in_stock_share: Some(0.25), ..day(5) }; DAYS]);
    let result = product(&partly, STATED);
    assert!((19.0..21.0).contains(&result.organic.level), "{}", result.organic.level);
    assert!(told(&partly, STATED).contains(&Caveat::PartialDaysUsed { full_days: 0 }));
    assert!(look_back(&partly).expect("windows") > 10);
}

#[test]
fn constant_series() {
    let history = of(vec![day(20); DAYS]);
    let caveats = told(&history, STATED);
    assert!(caveats.contains(&Caveat::NoBurst));
    // Days that never scattered still come as counts do.
    let event = &product(&history, STATED).events[0];
    assert!(event.total_quantiles[0] < event.total_quantiles[1] && event.total_quantiles[1] < event.total_quantiles[4]);
    assert!(look_back(&history).expect("windows") > 10);
}

#[test]
fn zero_sales() {
    let mut history = of(vec![day(0); DAYS]);
    let caveats = told(&history, STATED);
    let most = caveats.iter().find_map(|caveat| match caveat {
        Caveat::NeverSold { at_most_per_day } => Some(*at_most_per_day),
        _ => None,
    });
    assert!(most.is_some_and(|most| (most * DAYS as f64 - 3.0).abs() < 0.01), "{caveats:?}");
    assert!(error(&history, HIER).contains("needs past bursts"));
    assert!(look_back(&history).expect("windows") > 10);
    // Bursts of another product are multiples, and of nothing there is none.
    let other = SalesSeries { first_day: first_day(), days: with_burst() };
    history.sales.insert(Sku("B".into()), other);
    assert!(error(&history, HIER).contains("of product `A` there is none"), "{}", error(&history, HIER));
    product(&history, STATED);
}

#[test]
fn spend_without_dates_of_promotions() {
    let history = advertised(with_burst(), 60..64);
    assert!(told(&history, HIER).contains(&Caveat::BurstsBySpend));
    assert!(look_back(&history).expect("windows") > 10);
    let always = advertised(with_burst(), 0..DAYS as i64);
    let fit = product(&always, HIER).fit.expect("a fit");
    assert!(fit.caveats.contains(&Caveat::EveryDayMarked { rule: BurstRule::Spend }));
    assert!((20.0..24.0).contains(&fit.organic.level) && fit.bursts.len() == 1);
    assert!(look_back(&always).expect("windows") > 10);
}

#[test]
fn promotions_outside_the_data() {
    for (spans, before, after) in [(&[(-50, -46), (-9, -5)][..], 2, 0), (&[(300, 304)][..], 0, 1)] {
        let history = promoted(with_burst(), spans);
        let caveats = told(&history, HIER);
        let expected = Caveat::PromotionsOutside { before, after, promotions: spans.len() };
        assert!(caveats.contains(&expected), "{caveats:?}");
        assert!(look_back(&history).expect("windows") > 10);
    }
    // A calendar that names every day, years of it, tells nothing and takes no time.
    let always = promoted(with_burst(), &[(-300_000, 300_000)]);
    assert!(told(&always, HIER).contains(&Caveat::EveryDayMarked { rule: BurstRule::Promotions }));
    assert!(look_back(&promoted(with_burst(), &[(-30, 400)])).expect("windows") > 10);
}

/// Tables with two overlapping promotions are refused (`ingest` holds the message); a caller of the library gets one
/// burst and is told.
#[test]
fn two_promotions_overlapping() {
    let history = promoted(with_burst(), &[(60, 62), (61, 63)]);
    let fit = product(&history, HIER).fit.expect("a fit");
    assert!(fit.caveats.contains(&Caveat::PromotionsOverlap { promotions: 1 }));
    assert_eq!((fit.bursts.len(), fit.bursts[0].days), (1, 4));
    assert!(look_back(&history).expect("windows") > 10);
}

#[test]
fn a_product_that_begins_mid_way() {
    for sold in [10, 40] {
        let mut days = vec![day(0); DAYS - sold];
        days.extend(ordinary(sold));
        let history = of(days);
        let caveats = told(&history, STATED);
        assert!(caveats.contains(&Caveat::BeginsLater { days: DAYS - sold }), "{caveats:?}");
        assert!((21.0..23.5).contains(&product(&history, STATED).organic.level));
        assert!(look_back(&history).expect("windows") > 10);
    }
    // A series that begins late beside one that does not.
    let mut history = of(ordinary(DAYS));
    let late = SalesSeries { first_day: first_day().plus_days(100), days: ordinary(DAYS - 100) };
    history.sales.insert(Sku("B".into()), late);
    assert!(look_back(&history).expect("windows") > 10);
}

#[test]
fn three_days_and_one() {
    for days in [1, 3] {
        let history = of(ordinary(days));
        let result = product(&history, STATED);
        let fit = result.fit.as_ref().expect("a fit");
        let level_error = fit.organic.level_error;
        assert!(level_error > 0.15 && fit.caveats.contains(&Caveat::LevelErrorAssumed { level_error }), "{fit:?}");
        let short = look_back(&history).expect_err("too short").to_string();
        assert!(short.starts_with("the history is too short: the longest of 1 products has"), "{short}");
    }
    assert!(look_back(&History::default()).is_err());
}

#[test]
fn a_currency_mix() {
    let mut days = ordinary(DAYS);
    for (at, day) in days.iter_mut().enumerate() {
        day.price = Some(if at < 60 { 9.0 } else { 1300.0 });
    }
    let history = of(days);
    assert!(told(&history, STATED).contains(&Caveat::PricesApart { lowest: 9.0, highest: 1300.0 }));
    assert!(look_back(&history).expect("windows") > 10);
}
