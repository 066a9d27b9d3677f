//! Ad plan A and plan B, day by day.

use serde_json::{Value, json};

use super::simulation::plan;
use super::{Table, Vector};
use crate::policy::{Guard, GuardAction, Look, OrderSize, ReorderLevels, StockLevel};
use crate::process::ProductPath;
use crate::simulate::{DayRecord, PolicyPlan, Setting, Substitute, trace};
use crate::units::Units;
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[("ad-switch-trace", ad_switch_trace)];

/// Pause and restart in the evening; what the pause forgoes goes to plan B, what the shelf loses partly too.
///
/// The vector rounds both down. Here both are binomial counts, and the mean rounded down is one of their outcomes: the
/// path is chosen on which it comes.
fn ad_switch_trace(vector: &Vector) -> Result<Value, InputError> {
    let (organic, ad) = (vector.whole_numbers("organic")?, vector.whole_numbers("ad")?);
    let days = organic.len();
    if days == 0 || days > 2_000 || ad.len() != days || organic.iter().chain(&ad).any(|count| *count > 10_000_000) {
        return Err(InputError::NoAnswer("a trace whose days do not match"));
    }
    let opening = vector.units("initial_A")?;
    let share = |name: &str| Ok::<_, InputError>(StockLevel::ShareOfEventStart { share: vector.probability(name)? });
    let guard = Guard {
        pause: share("pause")?,
        resume: share("restart")?,
        look: Look::Close,
        delay_days: usize::try_from(vector.whole("command_delay_days")?).unwrap_or(usize::MAX).min(days),
        action: GuardAction::PauseAds,
    };
    let arrivals: Vec<(usize, u64)> = vector
        .whole_by_whole("arrivals_A")?
        .into_iter()
        .map(|(day, units)| (usize::try_from(day).unwrap_or(usize::MAX), units))
        .collect();
    let substitute = Substitute {
        opening_stock: vector.units("initial_B")?,
        conversion: vector.probability("conversion_B")?,
        spend_per_day: 0.0,
        spill: vector.probability("spill_B")?,
    };
    let setting = Setting {
        open_orders: arrivals.iter().map(|(_, units)| Units(*units)).collect(),
        event_starts: vec![0],
        event_of: vec![Some(0); days],
        substitute: Some(substitute),
        ..Setting::new(days, opening)
    };
    let mut plan = plan(Units::ZERO, OrderSize::Lot { quantity: Units(1) });
    plan.replenishment.levels = ReorderLevels::Never;
    plan.guard = Some(guard);
    let mut path = ProductPath {
        organic,
        ad: ad.clone(),
        lead_days: vec![vec![1; days]],
        open_arrivals: arrivals.iter().map(|(day, _)| *day).collect(),
        redirect: vec![0.5; 3 * days],
        ..ProductPath::default()
    };
    for (day, planned) in ad.iter().enumerate() {
        let record = records(&path, &plan, &setting)[day];
        let paused = if record.ads_in_force { 0 } else { *planned };
        let floor = |count: u64, share: f64| (count as f64 * share).floor() as u64;
        choose(&mut path, 3 * day, floor(paused, substitute.conversion.get()), |path| {
            records(path, &plan, &setting)[day].redirected_ads
        });
        choose(&mut path, 3 * day + 1, floor(record.lost, substitute.spill.get()), |path| {
            records(path, &plan, &setting)[day].spilled
        });
    }
    let (outcome, days) = trace(&path, &plan, &setting);
    let mut left = substitute.opening_stock.0;
    let trace: Vec<Value> = days
        .iter()
        .enumerate()
        .map(|(day, record)| {
            left -= record.substitute_served;
            json!({
                "day": day, "ads_on_A": record.ads_in_force, "demand_A": record.demand, "served_A": record.served,
                "lost_A": record.lost, "on_hand_A": record.on_hand,
                "demand_B": record.redirected_ads + record.spilled, "served_B": record.substitute_served,
                "on_hand_B": left,
            })
        })
        .collect();
    let levels = vector.numbers("alert_levels")?;
    let mut alert_days = serde_json::Map::new();
    for (name, level) in vector.levels_asked_in("alert_days").into_iter().filter(|(_, level)| levels.contains(level)) {
        let at = days.iter().position(|record| record.on_hand as f64 <= level * opening.as_f64());
        alert_days.insert(name.to_owned(), json!(at));
    }
    Ok(json!({
        "trace": trace,
        "alert_days": alert_days,
        "total_lost_A": outcome.all.lost + outcome.all.spilled,
        "total_served": outcome.all.served + outcome.substitute_served,
    }))
}

fn records(path: &ProductPath, plan: &PolicyPlan, setting: &Setting) -> Vec<DayRecord> {
    trace(path, plan, setting).1
}

/// Sets the uniform at `place` so that the count becomes `wanted`; counts rise with it.
fn choose(path: &mut ProductPath, place: usize, wanted: u64, count: impl Fn(&ProductPath) -> u64) {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        path.redirect[place] = f64::midpoint(low, high);
        match count(path).cmp(&wanted) {
            std::cmp::Ordering::Less => low = path.redirect[place],
            std::cmp::Ordering::Equal => return,
            std::cmp::Ordering::Greater => high = path.redirect[place],
        }
    }
}
