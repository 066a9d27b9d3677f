//! What must hold on every path: no oversell without latency, more with more of it, less with a reserve; and the cases
//! of the definition that a reader may want to see.

use proptest::prelude::*;

use super::sim::page;
use crate::policy::PublishRule;
use crate::simulate::storefront::*;
use crate::units::{Probability, Units};

fn arrivals(times: &[u32], channels: u8) -> DayArrivals {
    let order = |(at, index): (&u32, usize)| Order {
        at: Millis(*at),
        channel: index as u8 % channels,
        source: OrderSource::Organic,
        units: 1,
        rank: 0,
    };
    DayArrivals::new(times.iter().zip(0..).map(order).collect(), 3)
}

fn oversold(channels: &[ChannelRule], phase: f64, arrivals: &DayArrivals, stock: u64) -> u32 {
    let phases = vec![phase; channels.len()];
    let day = StorefrontDay { channels, phases: &phases, day: 0, guard: None, ads: AdPieces::PLANNED, piece_cap: None };
    let mut state = StorefrontState::open(Units(stock), Units(0), Units(0), channels, &[]);
    resolve_fast(&day, arrivals, &mut state, &mut Scratch::default()).oversold
}

fn times() -> impl Strategy<Value = Vec<u32>> {
    proptest::collection::vec(0_u32..86_400_000, 1..150)
}

proptest! {
    #[test]
    fn no_latency_no_oversell(times in times(), stock in 0_u64..120, own in any::<bool>(), delta in any::<bool>()) {
        let mut rule = page(Refresh::RealTime, 0.0, 0);
        rule.self_decrement = own;
        rule.push = if delta { Push::Delta } else { Push::Set };
        prop_assert_eq!(oversold(&[rule; 3], 0.5, &arrivals(&times, 3), stock), 0);
    }

    /// Single pieces on pages that show what the sync tells them. (A page that counts down and is overwritten forgets
    /// the orders of the moment: there a longer delay may happen to forget fewer, see below.)
    #[test]
    fn later_numbers_oversell_more(times in times(), stock in 1_u64..120, phase in 0.0..1.0_f64, minutes in 0_u32..300) {
        let arrivals = arrivals(&times, 2);
        let at = |delay: u32| {
            let rule = page(Refresh::every_minutes(40.0), f64::from(delay), 0);
            oversold(&[rule; 2], phase, &arrivals, stock)
        };
        prop_assert!(at(minutes) <= at(minutes + 13));
        prop_assert!(at(minutes) <= at(minutes * 2));
    }

    /// Ticks of the longer interval are ticks of the shorter: one phase, multiples.
    #[test]
    fn rarer_syncs_oversell_more(times in times(), stock in 1_u64..120, phase in 0.0..1.0_f64, multiple in 2_u32..8) {
        let arrivals = arrivals(&times, 2);
        let every = |interval: u32, phase: f64| {
            oversold(&[page(Refresh::Every(Millis(interval)), 2.0, 0); 2], phase, &arrivals, stock)
        };
        let short = 900_000;
        // Half a millisecond keeps the phase of both in the same one.
        let first = (phase * f64::from(short)).floor() + 0.5;
        let long = short * multiple;
        prop_assert!(every(short, first / f64::from(short)) <= every(long, first / f64::from(long)));
    }

    #[test]
    fn a_reserve_oversells_less(times in times(), stock in 1_u64..120, phase in 0.0..1.0_f64, reserve in 0_u64..30) {
        let arrivals = arrivals(&times, 2);
        let with = |reserve| oversold(&[page(Refresh::every_minutes(20.0), 5.0, reserve); 2], phase, &arrivals, stock);
        prop_assert!(with(reserve + 1) <= with(reserve));
    }
}

/// Someone typed 300 into a listing that is not linked to the warehouse, where 100 lie: an oversell of 200 %.
#[test]
fn an_unlinked_listing_sells_what_someone_typed_in() {
    let rule = ChannelRule { self_decrement: true, ..page(Refresh::Never, 0.0, 0) };
    let channels = [rule];
    let day = StorefrontDay {
        channels: &channels,
        phases: &[],
        day: 0,
        guard: None,
        ads: AdPieces::PLANNED,
        piece_cap: None,
    };
    let minutes: Vec<u32> = (0..420).map(|k| k * 200_000).collect();
    let arrivals = arrivals(&minutes, 1);
    let opening = StorefrontState::open(Units(100), Units(0), Units(0), &channels, &[Some(Units(300))]);
    for fast in [false, true] {
        let mut state = opening.clone();
        let outcome = if fast {
            resolve_fast(&day, &arrivals, &mut state, &mut Scratch::default())
        } else {
            resolve(&day, &arrivals, &mut state)
        };
        assert_eq!((outcome.accepted_units(), outcome.oversold, outcome.lost), (300, 200, 120));
        assert_eq!(f64::from(outcome.oversold) / 100.0, 2.0);
        assert_eq!(outcome.ran_out, Some(Millis(99 * 200_000)));
        assert_eq!((state.published[0], state.available()), (0, -200));
        // The page carries its nothing over to the next day, whatever is received.
        state.on_hand += 1000;
        assert_eq!(resolve(&day, &arrivals, &mut state).lost, 420);
    }
}

/// Two pieces a page, overwritten every 10 min: the number 5 is read, 3 are sold before it arrives, 5 are sold again.
/// Twice the delay oversells less here, as nothing is sold between its readings and arrivals.
#[test]
fn an_overwritten_page_forgets_and_a_longer_delay_may_forget_less() {
    let minute = 60_000;
    let mut times: Vec<u32> = (0..5).map(|k| 5 * minute + k).collect();
    times.extend((0..3).map(|k| 20 * minute + 100 + k));
    times.extend((0..9).map(|k| 21 * minute + 100 + k));
    let with = |delay_ms: u32| {
        let mut rule = page(Refresh::every_minutes(10.0), 0.0, 0);
        rule.self_decrement = true;
        rule.delay = Millis(delay_ms);
        oversold(&[rule], 0.0, &arrivals(&times, 1), 10)
    };
    assert_eq!((with(minute), with(3 * minute)), (3, 0));
}

/// A pause within the day: the look after the crossing, the delay, and the minutes of ads that are left.
#[test]
fn a_guard_pauses_at_its_next_look() {
    let channels = [page(Refresh::RealTime, 0.0, 0)];
    let guard = MinuteGuard::new(Units(5), Units(50), Millis::from_minutes(30.0), Millis::from_minutes(10.0));
    let day = StorefrontDay {
        channels: &channels,
        phases: &[],
        day: 0,
        guard: Some(guard),
        ads: AdPieces::PLANNED,
        piece_cap: None,
    };
    let ad = |minute: f64| Order {
        at: Millis::from_minutes(minute),
        channel: 0,
        source: OrderSource::Ad,
        units: 1,
        rank: 0,
    };
    // Ten pieces; the fifth goes at 61 min, the guard looks at 90, the ads stop at 100.
    let orders = [10.0, 20.0, 30.0, 40.0, 61.0, 95.0, 99.9, 100.0, 300.0].map(ad).to_vec();
    let arrivals = DayArrivals::new(orders, 0);
    let mut state = StorefrontState::open(Units(10), Units(0), Units(0), &channels, &[]);
    let outcome = resolve(&day, &arrivals, &mut state);
    assert_eq!((outcome.accepted_units(), outcome.forgone, outcome.ads_ran.minutes()), (7, 2, 100.0));
    assert!(outcome.ads_changed && !state.ads.running && state.ads.pending.is_empty());
    // The next morning brings stock: the look of the first minute resumes them, ten minutes later.
    state.on_hand += 100;
    let outcome = resolve(&day, &DayArrivals::new(vec![ad(9.0), ad(10.0)], 0), &mut state);
    assert_eq!((outcome.accepted_units(), outcome.ads_ran.minutes()), (2, 1430.0));
}

/// Of a command late in the day the next day inherits what is left of its delay.
#[test]
fn a_command_goes_over_midnight() {
    let channels = [ChannelRule {
        publish: PublishRule::new(Units(0), Probability::ONE, Units(0)),
        ..page(Refresh::RealTime, 0.0, 0)
    }];
    let guard = MinuteGuard::new(Units(5), Units(50), Millis(0), Millis::from_minutes(120.0));
    let day = StorefrontDay {
        channels: &channels,
        phases: &[],
        day: 0,
        guard: Some(guard),
        ads: AdPieces::PLANNED,
        piece_cap: None,
    };
    let at = Millis::from_minutes(1400.0).0;
    let mut state = StorefrontState::open(Units(6), Units(0), Units(0), &channels, &[]);
    let outcome = resolve(&day, &arrivals(&[at], 1), &mut state);
    assert!(!outcome.ads_changed && state.ads.running && !state.ads.commanded);
    assert_eq!(state.ads.pending, [(80 * 60_000, false)]);
    let outcome = resolve(&day, &arrivals(&[], 1), &mut state);
    assert_eq!((outcome.ads_ran.minutes(), outcome.ads_changed), (80.0, true));
}

/// Spend while nothing can be bought: sold out at noon, the ads run on to midnight.
#[test]
fn ads_are_wasted_from_the_moment_that_nothing_can_be_bought() {
    let channels = [page(Refresh::RealTime, 30.0, 0)];
    let day = StorefrontDay {
        channels: &channels,
        phases: &[],
        day: 0,
        guard: None,
        ads: AdPieces::PLANNED,
        piece_cap: None,
    };
    let noon = 720 * 60_000;
    let mut state = StorefrontState::open(Units(1), Units(0), Units(0), &channels, &[]);
    let outcome = resolve(&day, &arrivals(&[noon], 1), &mut state);
    assert_eq!((outcome.ads_ran.minutes(), outcome.ads_wasted.minutes()), (1440.0, 690.0));
    assert_eq!((outcome.ran_out, outcome.shut_at), (Some(Millis(noon)), Some(Millis(750 * 60_000))));
}

/// Beyond the cap orders are turned away, and counted apart from those that found an empty page.
#[test]
fn a_cap_turns_orders_away() {
    let channels = [page(Refresh::RealTime, 0.0, 0)];
    let day = StorefrontDay {
        channels: &channels,
        phases: &[],
        day: 0,
        guard: None,
        ads: AdPieces::PLANNED,
        piece_cap: Some(3),
    };
    let mut state = StorefrontState::open(Units(100), Units(0), Units(0), &channels, &[]);
    let outcome = resolve_fast(&day, &arrivals(&[1, 2, 3, 4, 5], 1), &mut state, &mut Scratch::default());
    assert_eq!((outcome.accepted_units(), outcome.refused, outcome.lost), (3, 2, 0));
    assert_eq!(outcome.shut_at, Some(Millis(3)));
}

/// An ample day needs no resolving, and each thing that may be in play makes it critical.
#[test]
fn an_ample_day_is_not_critical() {
    let linked = ChannelRule { self_decrement: true, ..page(Refresh::every_minutes(15.0), 1.0, 5) };
    let channels = [linked, page(Refresh::RealTime, 2.0, 0)];
    let ample = StorefrontDay {
        channels: &channels,
        phases: &[0.3, 0.7],
        day: 4,
        guard: Some(MinuteGuard::new(Units(80), Units(200), Millis::from_minutes(30.0), Millis(0))),
        ads: AdPieces::PLANNED,
        piece_cap: Some(501),
    };
    let totals = DayTotals { organic: 150, ad: 300, live: 50 };
    let stock = |units| StorefrontState::open(Units(units), Units(0), Units(0), &channels, &[]);
    let critical =
        |day: &StorefrontDay<'_>, totals: &DayTotals, state: &StorefrontState| is_critical(day, totals, 2, state);
    // 500 pieces of 581 leave 81, above the level of 80; the page shows 576.
    assert!(!critical(&ample, &totals, &stock(581)));
    assert!(critical(&ample, &totals, &stock(580)));
    assert!(critical(&StorefrontDay { piece_cap: Some(500), ..ample }, &totals, &stock(581)));
    // Of the ads' 300 pieces only 290 come: ten pieces less are enough.
    let ramp = StorefrontDay { ads: AdPieces { at_start: 290, ..AdPieces::PLANNED }, ..ample };
    assert!(!critical(&ramp, &totals, &stock(571)));
    assert!(critical(&ramp, &totals, &stock(570)));
    let mut commanded = stock(581);
    commanded.ads.pending.push((i64::from(Millis::DAY.0), false));
    assert!(!critical(&ample, &totals, &commanded));
    commanded.ads.pending[0].0 -= 1;
    assert!(critical(&ample, &totals, &commanded));
    // Without a guard the reserve of the page that counts down is what binds: 506 show 501 pieces.
    let unguarded = StorefrontDay { guard: None, ..ample };
    assert!(!critical(&unguarded, &totals, &stock(506)));
    assert!(critical(&unguarded, &totals, &stock(505)));
    // A page that carries what is left of it is in play whenever it sells.
    let typed = [ChannelRule { self_decrement: true, ..page(Refresh::Never, 0.0, 0) }];
    assert!(critical(&StorefrontDay { channels: &typed, ..unguarded }, &totals, &stock(5000)));
}
