//! Pages, parcels and the marketplace's rules, from the file through the library to the result.

use stockburst::evaluate::StretchKpis;
use stockburst::history::History;
use stockburst::ingest::load_scenario;
use stockburst::run::RunResult;
use stockburst::scenario::{ScenarioSpec, SpecProblem, SubstituteSpec};
use stockburst::simulate::Silent;
use stockburst::units::{Probability, Units};

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
    let forbids = result.products[0].caveats.iter().any(|caveat| caveat.forbids());
    assert!(forbids, "two orders of three are cancelled: no verdict may be a go");
    let candidates = &result.products[0].candidates;
    assert!(!candidates.is_empty());
    let late = &result.products[0].decision.late_orders;
    assert!(late.len() == 1 && !late[0].placed, "an order would miss the sale: {late:?}");
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

/// A paid burst over 300 pieces whose ads a guard watches, in one of several ways.
fn guarded(look: &str, pause: &str) -> Vec<(bool, f64, f64)> {
    let text = std::fs::read_to_string(root().join("scenarios/unlinked-listing.toml")).expect("the scenario");
    let shop = text.find("# Most orders").expect("the storefront");
    let money = text.find("[money]").expect("prices");
    let candidates = text.find("# Ordinary goods").expect("candidates");
    let text = format!(
        "{}{}\n[ads]\nlook = \"{look}\"\n\n[candidates]\nmultipliers = [1.0]\nextend-multipliers = false\n\
         reorder = [{{ kind = \"never\" }}]\npause = [{{ kind = \"never\" }}, {pause}]\n",
        text[..shop]
            .replace("opening-stock = 100", "opening-stock = 300")
            .replace("tail-days = 1 }", "tail-days = 1 }\nspend-per-day = 200"),
        &text[money..candidates],
    );
    let place = crate::support::Place::new();
    let loaded = load_scenario(&place.write("s.toml", text)).unwrap_or_else(|error| panic!("{}", error.render(false)));
    let spec = ScenarioSpec { paths: 300, ..loaded.scenario.spec().clone() };
    let candidates = run(spec).products.remove(0).candidates;
    candidates
        .into_iter()
        .map(|c| (c.candidate.pause.is_some(), c.kpis.event.lost.value, c.kpis.event.forgone.value))
        .collect()
}

/// The same level, looked at in the morning and every half an hour: the sooner look loses less at the empty shelf.
#[test]
fn a_guard_that_looks_within_the_day_is_in_time() {
    let share = "{ kind = \"share\", pause = 0.3, resume = 0.6 }";
    let lost = |look: &str| {
        let all = guarded(look, share);
        assert!(all.iter().all(|(paused, _, forgone)| *paused == (*forgone > 1.0)), "{look}: {all:?}");
        all.iter().filter(|(paused, ..)| *paused).map(|(_, lost, _)| *lost).fold(f64::INFINITY, f64::min)
    };
    let (open, within) = (lost("open"), lost("within"));
    assert!(within < open - 10.0, "{open} {within}");
}

/// A day of cover at two hundred a day and more is reached by 300 pieces on the first days of the burst.
#[test]
fn levels_in_days_of_cover_pause_the_ads() {
    let all = guarded("open", "{ kind = \"days-of-cover\", pause = 1, resume = 4 }");
    assert!(all.iter().any(|(paused, ..)| *paused));
    assert!(all.iter().all(|(paused, _, forgone)| *paused == (*forgone > 1.0)), "{all:?}");
}

/// Customers who find the case sold out take the substitute: what they take is not lost.
#[test]
fn a_substitute_takes_over_what_the_shelf_loses() {
    let lost = |spill: f64| {
        let mut spec = unlinked();
        spec.storefront = None;
        spec.platform = None;
        spec.product[0].substitute = (spill > 0.0).then(|| SubstituteSpec {
            sku: "CASE-02".into(),
            name: None,
            price: None,
            unit_cost: None,
            opening_stock: Units(5000),
            per_day: 1.0,
            conversion: Probability::ZERO,
            spend_per_day: 0.0,
            spill: Probability::try_new(spill).expect("a share"),
        });
        run(spec).products[0].candidates[0].kpis.event.lost.value
    };
    let (alone, with) = (lost(0.0), lost(0.25));
    assert!((with / alone - 0.75).abs() < 0.01, "{alone} {with}");
}
