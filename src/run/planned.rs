//! The burst of a planned event: from the library or as stated, then moved by what is already seen of it.

use super::RunError;
use super::product::ProductInputs;
use super::result::RunCaveat;
use crate::history::Sku;
use crate::learn::{
    BURST_NOISE, BurstLaw, EventNote, PlannedEvent, Seen, Signal, event_burst, remaining, running_days, updated,
};
use crate::process::{BurstProcess, BurstShape, DayNoise, ProductProcess, Uplift};
use crate::scenario::{EventDemandSpec, EventSpec, SpecProblem};

/// Shapes of a stated burst, one for each length of the plateau.
pub(super) struct TypicalBurst {
    pub(super) shapes: Vec<BurstShape>,
    /// Size of each relative to the mean.
    pub(super) masses: Vec<f64>,
    /// Mean size in plateau days.
    pub(super) mean_mass: f64,
}

/// Linear ramp, plateau of any length between two, exponential tail, over `days` days.
pub(super) fn typical_burst(
    ramp_days: u32,
    [shortest, longest]: [u32; 2],
    tail_days: f64,
    days: usize,
) -> TypicalBurst {
    let weights: Vec<Vec<f64>> = (shortest..=longest)
        .map(|plateau| BurstShape::typical_weights(ramp_days as usize, plateau as usize, tail_days, days))
        .collect();
    let masses: Vec<f64> = weights.iter().map(|w| w.iter().sum()).collect();
    let mean_mass = masses.iter().sum::<f64>() / masses.len() as f64;
    let shapes =
        weights.iter().map(|w| BurstShape::from_weights(w).unwrap_or_else(|| BurstShape::flat(days))).collect();
    let masses = masses.iter().map(|m| if mean_mass > 0.0 { m / mean_mass } else { 0.0 }).collect();
    TypicalBurst { shapes, masses, mean_mass }
}

/// Ordinary demand of each day of an event, those included on which it has already run.
pub(super) fn ordinary_by_day(process: &ProductProcess, event: &EventSpec) -> Vec<f64> {
    let ahead = process.ordinary_means();
    let start = usize::try_from(event.start.days_since(process.first_day)).unwrap_or(0);
    let ran = event.ran() as i64;
    let ran = (0..ran).map(|day| process.organic.mean(event.start.plus_days(day - ran)));
    ran.chain(ahead.iter().skip(start).take(event.length()).copied()).collect()
}

/// What is still to come of the burst of one event.
pub(super) fn burst(
    inputs: &ProductInputs<'_>,
    process: &ProductProcess,
    at: usize,
    demand: &EventDemandSpec,
    caveats: &mut Vec<RunCaveat>,
) -> Result<BurstProcess, RunError> {
    let event = &inputs.scenario.spec().event[at];
    let ordinary = ordinary_by_day(process, event);
    let whole = whole(inputs, at, event, demand, ordinary.iter().sum(), caveats)?;
    let stated = inputs.scenario.spec().preheat_of(&event.id, &inputs.product.sku);
    let sold = match stated.filter(|stated| !stated.days_sold.is_empty()) {
        Some(stated) => stated.days_sold.iter().map(|units| units.as_f64()).collect(),
        None => {
            let first = event.start.plus_days(-(event.ran() as i64));
            let sku = Sku(inputs.product.sku.clone());
            running_days(&sku, inputs.history, &process.organic, first, event.ran())
        }
    };
    let signals: Vec<Signal> = stated
        .iter()
        .flat_map(|stated| &stated.signal)
        .map(|signal| Signal { ratio: signal.now / signal.usual, log_sd: signal.log_sd })
        .collect();
    let seen = Seen { signals: &signals, sold: &sold, ordinary: &ordinary, level_error: process.organic.level_error };
    let (burst, update) = updated(&whole, &seen);
    if !sold.is_empty() || !signals.is_empty() {
        caveats.push(RunCaveat::Preheat { event: event.id.clone(), update });
    }
    Ok(remaining(&burst, event.ran()))
}

/// The burst of the whole event, the days included on which it has already run; `ordinary` is their ordinary demand.
fn whole(
    inputs: &ProductInputs<'_>,
    at: usize,
    event: &EventSpec,
    demand: &EventDemandSpec,
    ordinary: f64,
    caveats: &mut Vec<RunCaveat>,
) -> Result<BurstProcess, RunError> {
    match demand {
        EventDemandSpec::Parametric { ramp_days, plateau_days: [shortest, longest], peak_per_day, cv, tail_days } => {
            let noise = DayNoise::NegativeBinomial { size: BURST_NOISE };
            let typical = typical_burst(*ramp_days, [*shortest, *longest], *tail_days, event.length() + event.ran());
            let uplift = Uplift::LogNormal { mean: peak_per_day * typical.mean_mass, cv: *cv };
            let (shapes, masses) = (typical.shapes, typical.masses);
            Ok(BurstProcess { uplift, shapes, masses, noise, follows_level: false })
        }
        EventDemandSpec::Replay => from_library(inputs, at, event, BurstLaw::Replay, ordinary, caveats),
        EventDemandSpec::Hier => from_library(inputs, at, event, BurstLaw::Hier, ordinary, caveats),
    }
}

fn from_library(
    inputs: &ProductInputs<'_>,
    at: usize,
    event: &EventSpec,
    law: BurstLaw,
    ordinary: f64,
    caveats: &mut Vec<RunCaveat>,
) -> Result<BurstProcess, RunError> {
    let sku = Sku(inputs.product.sku.clone());
    let spend = planned_spend(event);
    let planned = planned(inputs, event, ordinary, spend.as_deref());
    let (burst, notes) = event_burst(law, &sku, &planned, inputs.learned).map_err(|_| {
        let mode = if law == BurstLaw::Replay { "replay" } else { "hier" };
        no_bursts(at, &sku.0, mode)
    })?;
    // Whatever its bursts were: a multiple of nothing is no forecast.
    if ordinary <= 0.0 {
        return Err(no_ordinary_demand(at, &sku.0));
    }
    let event = event.id.clone();
    caveats.extend(notes.into_iter().map(|note| match note {
        EventNote::Borrowed { like } => {
            RunCaveat::BorrowedBursts { event: event.clone(), like: like.into_iter().map(|sku| sku.0).collect() }
        }
        EventNote::SpendBeyondHistory { planned, largest } => {
            RunCaveat::SpendBeyondHistory { event: event.clone(), planned, largest }
        }
        EventNote::SpendAssociation { factor, elasticity, estimate, bursts, realised } => RunCaveat::SpendAssociation {
            event: event.clone(),
            factor,
            elasticity,
            estimate: estimate.map(|estimate| [estimate.elasticity, estimate.error]),
            bursts,
            realised,
        },
    }));
    Ok(burst)
}

/// An event of a product as the library is asked for it.
pub(super) fn planned<'a>(
    inputs: &ProductInputs<'_>,
    event: &EventSpec,
    ordinary: f64,
    spend: Option<&'a [f64]>,
) -> PlannedEvent<'a> {
    let days = event.length() + event.ran();
    PlannedEvent { days, ordinary, tail: None, spend, price: inputs.product.price, host: None }
}

/// Planned spend of an event by day; none where none is stated.
pub(super) fn planned_spend(event: &EventSpec) -> Option<Vec<f64>> {
    (event.spend_per_day > 0.0).then(|| vec![event.spend_per_day; event.length() + event.ran()])
}

fn no_bursts(at: usize, sku: &str, mode: &str) -> RunError {
    RunError::Scenario(vec![
        SpecProblem::new(
            format!("event[{at}].demand"),
            format!("`{mode}` needs past bursts of product `{sku}`, and its history shows none"),
        )
        .help("state the burst with kind = \"parametric\", or set [learn] bursts to another rule"),
    ])
}

fn no_ordinary_demand(at: usize, sku: &str) -> RunError {
    RunError::Scenario(vec![
        SpecProblem::new(
            format!("event[{at}].demand"),
            format!(
                "a learned burst is a multiple of ordinary demand, and of product `{sku}` there is none in these days"
            ),
        )
        .help("state the burst with kind = \"parametric\", or the product's demand = { per-day = ... }"),
    ])
}

#[cfg(test)]
mod tests {
    use crate::history::{History, SalesDay, SalesSeries, Sku};
    use crate::run::{RunCaveat, RunResult, run};
    use crate::scenario::ScenarioSpec;
    use crate::simulate::Silent;
    use crate::units::Units;

    /// Three past promotions of six days at three times the ordinary 40 a day; `running` days of another at 200 a day.
    fn history(running: usize) -> History {
        let first_day: crate::calendar::Date = "2026-03-01".parse().expect("a date");
        let day = |units| SalesDay {
            units: Units(units),
            largest_line: None,
            in_stock_share: None,
            price: None,
            promotion: Some(units > 40),
        };
        let mut days = vec![day(40); 200];
        for (at, units) in [(60, 80), (100, 120), (140, 180)] {
            days[at..at + 6].fill(day(units));
        }
        days[200 - running..].fill(day(200));
        History { sales: [(Sku("A".into()), SalesSeries { first_day, days })].into(), ..History::default() }
    }

    fn plan(start: &str, kind: &str, preheat: &str, history: &History) -> RunResult {
        let text = format!(
            r#"{{"name": "tiny", "title": "How much?", "today": "2026-09-16", "paths": 200,
              "history": {{"sales": "none.csv"}}, "product": [{{"sku": "A", "opening-stock": 500}}],
              "event": [{{"id": "sale", "start": "{start}", "days": 6, "demand": {{"kind": "{kind}"}}}}],
              "lead-time": [{{"mode": "air", "stage":
                [{{"name": "all", "days": {{"kind": "gamma", "mean": 2, "cv": 0.3}}}}]}}] {preheat}}}"#
        );
        let spec: ScenarioSpec = serde_json::from_str(&text).expect("a scenario");
        run(&spec.validate().expect("valid"), history, &Silent).expect("a result")
    }

    fn update(result: &RunResult) -> Option<crate::learn::Update> {
        result.products[0].caveats.iter().find_map(|caveat| match caveat {
            RunCaveat::Preheat { update, .. } => Some(*update),
            _ => None,
        })
    }

    #[test]
    fn the_days_that_a_running_burst_has_sold_move_the_plan() {
        for kind in ["hier", "replay"] {
            let before = plan("2026-09-17", kind, "", &history(0));
            assert_eq!(update(&before), None);
            // 15 and 16 September sold 200 each, where past bursts sold 120.
            let result = plan("2026-09-15", kind, "", &history(2));
            let moved = update(&result).expect("an update");
            assert_eq!((moved.days, moved.sold), (2, 400.0));
            assert!(moved.posterior > 1.1 * moved.prior && moved.posterior_sd < moved.prior_sd, "{kind}: {moved:?}");
            let event = &result.products[0].events[0];
            assert_eq!((event.start.to_string().as_str(), event.days), ("2026-09-17", 4));
            let before = &before.products[0].events[0];
            assert!(event.predicted_total / 4.0 > 1.05 * before.predicted_total / 6.0, "{kind}");
            assert!(event.past.iter().all(|past| past.pieces.len() == 4));
        }
    }

    #[test]
    fn signals_and_stated_days_count_as_well() {
        let signals = r#", "preheat": {"signal": [{"kind": "views", "now": 30, "usual": 20}]}"#;
        let up = update(&plan("2026-09-20", "hier", signals, &history(0))).expect("an update");
        assert!(up.posterior > up.prior && up.signals == 1, "{up:?}");
        let stated = r#", "preheat": {"days-sold": [45, 40]}"#;
        let down = update(&plan("2026-09-15", "hier", stated, &history(2))).expect("an update");
        assert!(down.posterior < 0.8 * down.prior && down.sold == 85.0, "{down:?}");
    }
}
