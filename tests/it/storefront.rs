//! Pages, parcels and the marketplace's rules, from the file through the library to the result.

use stockburst::evaluate::StretchKpis;
use stockburst::history::History;
use stockburst::ingest::load_scenario;
use stockburst::run::RunResult;
use stockburst::scenario::{ScenarioSpec, SpecProblem};
use stockburst::simulate::Silent;

use crate::support::root;

/// The shipped scenario on fewer futures.
fn unlinked() -> ScenarioSpec {
    let loaded = load_scenario(&root().join("scenarios/unlinked-listing.toml")).expect("the scenario");
    ScenarioSpec { paths: 300, ..loaded.scenario.spec().clone() }
}

fn run(spec: ScenarioSpec) -> RunResult {
    let problems = |all: Vec<SpecProblem>| panic!("{all:#?}");
    stockburst::run(&spec.validate().unwrap_or_else(problems), &History::default(), &Silent).expect("a result")
}

/// Pieces accepted beyond the stock. What was wanted splits into served, lost, forgone, waiting and these.
fn oversold(stretch: &StretchKpis) -> f64 {
    let wanted = stretch.served.value / stretch.fill_rate_reference.value;
    wanted - stretch.served.value - stretch.lost.value - stretch.forgone.value - stretch.waited.value
}

/// The typed 300 are sold, and what the own page sells before the last of 100 pieces is gone: 210 % of the stock, to
/// the piece on most futures. Every plan meets the same sale: nothing ordered today is there in time.
#[test]
fn a_listing_that_nobody_linked_oversells_by_200_percent() {
    let result = run(unlinked());
    let candidates = &result.products[0].candidates;
    assert!(candidates.len() > 6);
    for candidate in candidates {
        let share = oversold(&candidate.kpis.event) / 100.0;
        assert!((share - 2.1).abs() < 0.05, "{share}");
        // 100 pieces at the most are served on their day, less what was sold before.
        assert!((90.0..=100.0).contains(&candidate.kpis.event.served.value), "{}", candidate.kpis.event.served.value);
    }
}

/// The same sale with the listing linked in real time: nothing is accepted that is not there.
#[test]
fn a_linked_listing_does_not_oversell() {
    let mut spec = unlinked();
    let channel = &mut spec.storefront.as_mut().expect("a storefront").channel[0];
    (channel.linked, channel.published_at_start) = (true, None);
    for candidate in &run(spec).products[0].candidates {
        assert!(oversold(&candidate.kpis.all).abs() < 1e-6, "{}", oversold(&candidate.kpis.all));
    }
}

/// A page that is told late accepts orders for what another channel has sold meanwhile; a buffer keeps it from that.
#[test]
fn an_interval_oversells_and_a_reserve_helps() {
    let with = |minutes: f64, reserve: u64| {
        let mut spec = unlinked();
        let channel = &mut spec.storefront.as_mut().expect("a storefront").channel[0];
        (channel.linked, channel.published_at_start) = (true, None);
        channel.sync_interval_minutes = Some(minutes);
        channel.reserve.0 = reserve;
        oversold(&run(spec).products[0].candidates[0].kpis.event)
    };
    let (often, seldom, buffered) = (with(15.0, 0), with(360.0, 0), with(360.0, 20));
    assert!(0.0 < often && often < seldom, "{often} {seldom}");
    assert!(buffered < seldom / 2.0, "{buffered} {seldom}");
}
