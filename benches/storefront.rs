//! Time of one critical day: 500 orders, two channels, a 15-minute sync, a 30-minute guard, and the stock runs out.
//!
//! `cargo bench --bench storefront`

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench measures time and prints it")]

use std::hint::black_box;
use std::time::Instant;

use stockburst::policy::PublishRule;
use stockburst::process::DayProfile;
use stockburst::random::Seed;
use stockburst::simulate::storefront::{
    AdPieces, ChannelRule, DayTotals, Millis, MinuteGuard, OrderMix, Push, Refresh, Scratch, StorefrontDay,
    StorefrontState, is_critical, resolve, resolve_fast, sync_phases,
};
use stockburst::units::{Probability, Units};

const DAYS: usize = 64;
/// Of 350 pieces.
const ADS: AdPieces = AdPieces { at_start: u32::MAX, after_pause: 105, after_resume: 175 };

fn main() {
    let rule = ChannelRule {
        publish: PublishRule::ALL,
        refresh: Refresh::every_minutes(15.0),
        push: Push::Set,
        delay: Millis::from_minutes(1.0),
        failure: Probability::ZERO,
        self_decrement: true,
    };
    let channels = [rule, ChannelRule { push: Push::Delta, ..rule }];
    let phases = sync_phases(Seed(1), 0, "hero", channels.len());
    let guard = MinuteGuard::new(Units(40), Units(120), Millis::from_minutes(30.0), Millis::from_minutes(15.0));
    let profile = DayProfile::by_parts(&[1.0, 0.5, 0.5, 1.0, 2.0, 2.0, 3.0, 2.0]).expect("weights");
    let mix = OrderMix { profiles: [&profile; 3], channels: &[0.7, 0.3], sizes: &[] };
    let totals = DayTotals { organic: 150, ad: 350, live: 0 };

    let begun = Instant::now();
    let mut days: Vec<_> = (0..DAYS).map(|day| mix.draw(Seed(1), 0, "hero", day, &totals)).collect();
    report("draw the orders of a day", begun, DAYS);
    let mut again = days[0].clone();
    let begun = Instant::now();
    for day in 0..DAYS {
        mix.draw_into(&mut again, Seed(1), 1, "hero", day, &totals);
    }
    report("the same, memory kept", begun, DAYS);
    for arrivals in &mut days {
        arrivals.prepare(&ADS);
    }

    // Stocks that run out at different times of day, as different candidates have them.
    let states: Vec<StorefrontState> = (200..440)
        .step_by(4)
        .map(|units| StorefrontState::open(Units(units), Units::ZERO, Units::ZERO, &channels, &[]))
        .collect();
    let day =
        StorefrontDay { channels: &channels, phases: &phases, day: 0, guard: Some(guard), ads: ADS, piece_cap: None };

    let mut scratch = Scratch::default();
    let mut state = states[0].clone();
    let mut sold_out = 0;
    let mut rounds = Vec::new();
    for _ in 0..301 {
        let begun = Instant::now();
        sold_out = 0;
        for arrivals in &days {
            for opening in &states {
                begin(&mut state, opening);
                let outcome = black_box(resolve_fast(&day, arrivals, black_box(&mut state), &mut scratch));
                sold_out += usize::from(outcome.ran_out.is_some());
            }
        }
        rounds.push(begun.elapsed().as_nanos() as f64 / (DAYS * states.len()) as f64);
    }
    rounds.sort_by(f64::total_cmp);
    println!("resolve_fast, a day: median {:.1} ns, least {:.1} ns", rounds[150], rounds[0]);
    println!("stock ran out on {:.0} % of the days", 100.0 * sold_out as f64 / (DAYS * states.len()) as f64);

    let begun = Instant::now();
    for arrivals in &days {
        for opening in &states {
            begin(&mut state, opening);
            black_box(resolve(&day, arrivals, &mut state));
        }
    }
    report("resolve, a day", begun, DAYS * states.len());

    let begun = Instant::now();
    for _ in 0..1000 {
        for opening in &states {
            black_box(is_critical(black_box(&day), black_box(&totals), 1, opening));
        }
    }
    report("is_critical", begun, 1000 * states.len());
}

/// The opening state, without new memory.
fn begin(state: &mut StorefrontState, opening: &StorefrontState) {
    let mut pending = std::mem::take(&mut state.ads.pending);
    pending.clear();
    *state = opening.clone();
    state.ads.pending = pending;
}

fn report(what: &str, begun: Instant, times: usize) {
    println!("{what:<28} {:>9.1} ns", begun.elapsed().as_nanos() as f64 / times as f64);
}
