//! Both resolvers on random days with every option.

use proptest::prelude::*;

use crate::policy::PublishRule;
use crate::process::DayProfile;
use crate::random::Seed;
use crate::simulate::storefront::*;
use crate::units::{Probability, Units};

fn refresh() -> impl Strategy<Value = Refresh> {
    prop_oneof![
        Just(Refresh::RealTime),
        (1_u32..600).prop_map(|minutes| Refresh::Every(Millis(minutes * 60_000))),
        (1_u32..200).prop_map(|seconds| Refresh::Every(Millis(seconds * 1_000 + 7))),
        (1_u32..4).prop_map(Refresh::Mornings),
        Just(Refresh::Never),
    ]
}

fn channel() -> impl Strategy<Value = ChannelRule> {
    let publish = (0_u64..12, prop_oneof![3 => Just(1.0), 2 => 0.0..=1.0_f64], 0_u64..15);
    let delay = prop_oneof![Just(0_u32), 0_u32..100_000, 0_u32..30_000_000];
    let failure = prop_oneof![Just(0.0), 0.0..=1.0_f64];
    (publish, refresh(), any::<bool>(), delay, failure, any::<bool>()).prop_map(
        |((threshold, share, reserve), refresh, delta, delay, failure, self_decrement)| ChannelRule {
            publish: PublishRule::new(Units(threshold), probability(share), Units(reserve)),
            refresh,
            push: if delta { Push::Delta } else { Push::Set },
            delay: Millis(delay),
            failure: probability(failure),
            self_decrement,
        },
    )
}

fn probability(value: f64) -> Probability {
    Probability::try_new(value).expect("a probability")
}

fn orders() -> impl Strategy<Value = Vec<Order>> {
    // Coarse times make many orders, ticks, looks and commands fall on one moment.
    let at = prop_oneof![3 => (0_u32..1440).prop_map(|m| m * 60_000), 2 => 0_u32..86_400_000];
    let order = (at, 0_u8..3, 0_u8..3, prop_oneof![4 => Just(1_u32), 1 => 1_u32..6], 0_u32..120);
    let order = order.prop_map(|(at, channel, source, units, rank)| Order {
        at: Millis(at),
        channel,
        source: [OrderSource::Organic, OrderSource::Ad, OrderSource::Live][usize::from(source)],
        units,
        rank,
    });
    proptest::collection::vec(order, 0..120)
}

#[derive(Debug, Clone)]
struct Case {
    arrivals: DayArrivals,
    channels: Vec<ChannelRule>,
    phases: Vec<f64>,
    day: usize,
    guard: Option<MinuteGuard>,
    ads: AdPieces,
    piece_cap: Option<u32>,
    state: StorefrontState,
}

impl Case {
    /// Numbers the ad orders, gives every order a channel that there is, and counts them by source.
    fn number(&mut self) -> DayTotals {
        let mut totals = DayTotals::default();
        let mut orders = self.arrivals.orders().to_vec();
        for order in &mut orders {
            order.channel %= self.channels.len().max(1) as u8;
            order.rank = totals.ad as u32;
            *(match order.source {
                OrderSource::Organic => &mut totals.organic,
                OrderSource::Ad => &mut totals.ad,
                OrderSource::Live => &mut totals.live,
            }) += u64::from(order.units);
        }
        self.arrivals = DayArrivals::new(orders, self.arrivals.failure_key);
        totals
    }

    fn day(&self) -> StorefrontDay<'_> {
        StorefrontDay {
            channels: &self.channels,
            phases: &self.phases,
            day: self.day,
            guard: self.guard,
            ads: self.ads,
            piece_cap: self.piece_cap,
        }
    }
}

fn guard() -> impl Strategy<Value = Option<MinuteGuard>> {
    let every = prop_oneof![Just(0_u32), Just(1_800_000), 1_u32..40_000_000];
    let delay = prop_oneof![Just(0_u32), 0_u32..3_600_000, 0_u32..200_000_000];
    proptest::option::of((0_u64..120, 0_u64..80, every, delay).prop_map(|(pause, above, every, delay)| {
        MinuteGuard::new(Units(pause), Units(pause + above), Millis(every), Millis(delay))
    }))
}

fn ad_pieces() -> impl Strategy<Value = u32> {
    prop_oneof![Just(0), Just(u32::MAX), 0_u32..150]
}

fn case() -> impl Strategy<Value = Case> {
    let day =
        (0_usize..5, guard(), (ad_pieces(), ad_pieces(), ad_pieces()), proptest::option::weighted(0.2, 0_u32..120));
    let channels =
        proptest::collection::vec((channel(), 0.0..1.0_f64, proptest::option::weighted(0.2, 0_u64..80)), 0..4);
    let pending = proptest::collection::vec((-90_000_000_i64..200_000_000, any::<bool>()), 0..4);
    let state = (-10_i64..160, 0_i64..30, 0_i64..30, any::<bool>(), any::<bool>(), pending);
    (orders(), any::<u64>(), channels, day, state).prop_map(|(orders, key, channels, day, state)| {
        let (day, guard, (at_start, after_pause, after_resume), piece_cap) = day;
        let (free, committed, reserved, running, commanded, mut pending) = state;
        let mut arrivals = DayArrivals::new(orders, key);
        let ads = AdPieces { at_start, after_pause, after_resume };
        arrivals.prepare(&ads);
        let rules: Vec<ChannelRule> = channels.iter().map(|(rule, ..)| *rule).collect();
        let typed: Vec<Option<Units>> = channels.iter().map(|(_, _, typed)| typed.map(Units)).collect();
        let on_hand = Units((free + committed + reserved).max(0) as u64);
        let mut state = StorefrontState::open(on_hand, Units(committed as u64), Units(reserved as u64), &rules, &typed);
        pending.sort_by_key(|(due, _)| *due);
        state.ads = AdCommands { running, commanded, pending };
        Case {
            arrivals,
            phases: channels.iter().map(|(_, phase, _)| *phase).collect(),
            channels: rules,
            day,
            guard,
            ads,
            piece_cap,
            state,
        }
    })
}

proptest! {
    #[test]
    fn the_fast_resolver_is_the_definition(case in case()) {
        let (mut plain, mut fast) = (case.state.clone(), case.state.clone());
        let by_definition = resolve(&case.day(), &case.arrivals, &mut plain);
        let by_skipping = resolve_fast(&case.day(), &case.arrivals, &mut fast, &mut Scratch::default());
        prop_assert_eq!(by_skipping, by_definition);
        prop_assert_eq!(fast, plain);
    }

    #[test]
    fn what_is_not_critical_is_accepted_and_changes_nothing(mut case in case()) {
        // More stock than the other test, so that days without events are many.
        case.state.on_hand *= 8;
        case.state.first_minute(&case.channels, &case.phases, 0);
        let totals = case.number();
        let come = totals.coming(case.ads.at_start);
        let largest = case.arrivals.orders().iter().map(|order| order.units).max().unwrap_or(0);
        if !is_critical(&case.day(), &totals, largest, &case.state) {
            let (mut resolved, mut passed) = (case.state.clone(), case.state.clone());
            let outcome = resolve(&case.day(), &case.arrivals, &mut resolved);
            passed.pass_day(&case.channels, &case.phases, case.day, Units(come.units()));
            let by_source = |source: OrderSource| {
                outcome.accepted.iter().map(|row| u64::from(row[source as usize])).sum::<u64>()
            };
            prop_assert_eq!(by_source(OrderSource::Organic), come.organic);
            prop_assert_eq!(by_source(OrderSource::Ad), come.ad);
            prop_assert_eq!(by_source(OrderSource::Live), come.live);
            let quick = DayOutcome::all_accepted(&totals, case.ads.at_start, case.state.ads.running);
            prop_assert_eq!((outcome.lost, outcome.refused, outcome.oversold), (0, 0, 0));
            prop_assert_eq!((outcome.forgone, outcome.forgone_in_pause), (quick.forgone, quick.forgone_in_pause));
            prop_assert_eq!((outcome.ran_out, outcome.ads_wasted, outcome.ads_changed), (None, Millis(0), false));
            prop_assert_eq!(outcome.ads_ran, if case.state.ads.running { Millis::DAY } else { Millis(0) });
            // What the next morning's refresh overwrites does not matter.
            resolved.first_minute(&case.channels, &case.phases, case.day + 1);
            passed.first_minute(&case.channels, &case.phases, case.day + 1);
            prop_assert_eq!(resolved, passed);
        }
    }

    /// Without a guard, commands and a cap the stock alone decides.
    #[test]
    fn the_outlook_is_what_the_state_says(mut case in case(), largest in 1_u32..9, stock in -5_i64..400) {
        case.channels.retain(|rule| rule.refresh.within_day());
        (case.guard, case.piece_cap) = (None, None);
        case.state.ads.pending.clear();
        (case.state.on_hand, case.state.committed, case.state.reserved) = (stock, 0, 0);
        let totals = case.number();
        let outlook = Outlook::of(&case.channels, totals.coming(case.ads.at_start).units(), largest);
        prop_assert_eq!(is_critical(&case.day(), &totals, largest, &case.state), stock < outlook.ample_from);
        prop_assert_eq!(is_shut(&case.day(), &case.state), stock <= outlook.shut_to);
    }

    #[test]
    fn on_a_shut_day_nothing_is_sold(mut case in case()) {
        case.state.on_hand /= 8;
        case.state.first_minute(&case.channels, &case.phases, 0);
        let totals = case.number();
        if is_shut(&case.day(), &case.state) {
            let (mut resolved, mut passed) = (case.state.clone(), case.state.clone());
            let outcome = resolve(&case.day(), &case.arrivals, &mut resolved);
            let (running, available) = (case.state.ads.running, case.state.available());
            prop_assert_eq!(outcome, DayOutcome::nothing_sold(&totals, case.ads.at_start, running, available));
            passed.pass_day(&case.channels, &case.phases, case.day, Units::ZERO);
            resolved.first_minute(&case.channels, &case.phases, case.day + 1);
            passed.first_minute(&case.channels, &case.phases, case.day + 1);
            // A page that owes pieces shows none.
            passed.published = passed.published.map(|shown| shown.max(0));
            resolved.published = resolved.published.map(|shown| shown.max(0));
            prop_assert_eq!(resolved, passed);
        }
    }

    #[test]
    fn demand_and_stock_are_conserved(case in case()) {
        let mut state = case.state.clone();
        let outcome = resolve_fast(&case.day(), &case.arrivals, &mut state, &mut Scratch::default());
        prop_assert_eq!(outcome.reference(), case.arrivals.units());
        prop_assert_eq!(state.committed - case.state.committed, i64::from(outcome.accepted_units()));
        prop_assert_eq!(state.on_hand, case.state.on_hand);
        let beyond = state.promised_beyond_stock() - case.state.promised_beyond_stock();
        prop_assert_eq!(i64::from(outcome.oversold), beyond);
        prop_assert!(outcome.ads_wasted <= outcome.ads_ran && outcome.ads_ran <= Millis::DAY);
        prop_assert!(case.piece_cap.is_none_or(|cap| outcome.accepted_units() < cap + case.arrivals.orders().iter().map(|o| o.units).max().unwrap_or(0).max(1)));
    }
}

/// Large days in kept memory: hundreds of orders, a live session of them within minutes.
#[test]
fn large_days_are_resolved_alike() {
    let (flat, live) =
        (DayProfile::flat(), DayProfile::by_parts(&[0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0]).expect("weights"));
    let sizes = [0.8, 0.15, 0.05];
    let mix = OrderMix { profiles: [&flat, &flat, &live], channels: &[0.5, 0.3, 0.2], sizes: &sizes };
    let rule = |refresh, push, minutes: f64, share, own| ChannelRule {
        publish: PublishRule::new(Units(2), probability(share), Units(3)),
        refresh,
        push,
        delay: Millis::from_minutes(minutes),
        failure: probability(0.1),
        self_decrement: own,
    };
    let channels = [
        rule(Refresh::every_minutes(15.0), Push::Set, 2.0, 0.8, true),
        rule(Refresh::RealTime, Push::Delta, 3.0, 1.0, true),
        rule(Refresh::Never, Push::Set, 0.0, 1.0, true),
    ];
    let guard = MinuteGuard::new(Units(150), Units(600), Millis::from_minutes(30.0), Millis::from_minutes(20.0));
    let (mut arrivals, mut scratch, mut sold_out) = (DayArrivals::default(), Scratch::default(), 0);
    for day in 0..60 {
        let totals = DayTotals { organic: 300, ad: 500, live: 400 };
        mix.draw_into(&mut arrivals, Seed(3), 1, "A", day, &totals);
        let ads = AdPieces { at_start: u32::MAX, after_pause: 150, after_resume: 250 };
        arrivals.prepare(&ads);
        let setup = StorefrontDay {
            channels: &channels,
            phases: &sync_phases(Seed(3), 1, "A", 3),
            day,
            guard: Some(guard),
            ads,
            piece_cap: None,
        };
        let stock = Units(25 * day as u64);
        let opening = StorefrontState::open(stock, Units(0), Units(0), &channels, &[None, None, Some(Units(90))]);
        let (mut plain, mut fast) = (opening.clone(), opening);
        let outcome = resolve(&setup, &arrivals, &mut plain);
        assert_eq!(resolve_fast(&setup, &arrivals, &mut fast, &mut scratch), outcome);
        assert_eq!(fast, plain);
        sold_out += usize::from(outcome.ran_out.is_some());
    }
    // Both kinds of day are among them.
    assert!((20..60).contains(&sold_out), "{sold_out}");
}
