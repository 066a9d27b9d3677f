//! From what was learned and what the scenario states to a product's demand beside its planned events.

use super::RunError;
use super::planned::typical_burst;
use super::product::ProductInputs;
use crate::learn::BURST_NOISE;
use crate::process::{
    Bass, BurstProcess, DayNoise, Holiday, LifeCycle, LiveSession, OrganicDemand, ProductProcess, SubstituteDemand,
    UnplannedBursts, Uplift,
};
use crate::scenario::{BurstSizeSpec, LifeCycleSpec, UnplannedSpec};

/// The process of one product without events and supply: ordinary demand, life cycle, holidays, live sessions, luck.
pub(super) fn surroundings(inputs: &ProductInputs<'_>, days: usize) -> Result<ProductProcess, RunError> {
    let (spec, product) = (inputs.scenario.spec(), inputs.product);
    let life_cycle = product.life_cycle.map_or_else(|| learned_stage(inputs), life_cycle);
    let organic = match (&product.demand, inputs.fit) {
        (Some(stated), _) => {
            let by_market = match (life_cycle, product.market()) {
                (LifeCycle::Bass { curve, age_days }, Some(market)) => {
                    Some(market * curve.share_between(age_days, age_days + 1.0))
                }
                _ => None,
            };
            let level = stated
                .per_day
                .or(by_market)
                .ok_or_else(|| RunError::Data(format!("product `{}` has no demand a day", product.sku)))?;
            OrganicDemand {
                level,
                weekday: [1.0; 7],
                level_error: stated.level_error,
                noise: DayNoise::NegativeBinomial { size: stated.noise_size },
            }
        }
        (None, Some(fit)) => fit.organic.clone(),
        (None, None) => return Err(RunError::Data(format!("product `{}` has no demand", product.sku))),
    };
    let sessions = spec.live.iter().filter(|session| session.shows(&product.sku));
    let holidays = spec.holiday.iter();
    Ok(ProductProcess {
        life_cycle,
        holidays: holidays.map(|h| Holiday { date: h.date, days: h.days, factor: h.factor }).collect(),
        live: sessions
            .filter_map(|session| {
                Some(LiveSession {
                    name: session.name(),
                    day: usize::try_from(session.date.days_since(spec.today)).ok()?,
                    start: session.start,
                    minutes: session.minutes,
                    orders: session.orders,
                    log_sd: session.log_sd,
                })
            })
            .collect(),
        unplanned: spec.unplanned.as_ref().filter(|bursts| bursts.strikes(&product.sku)).and_then(unplanned),
        shop_correlation: spec.shop.burst_correlation,
        substitute: product
            .substitute
            .as_ref()
            .map(|stated| SubstituteDemand { sku: stated.sku.clone(), per_day: stated.per_day }),
        ..ProductProcess::new(product.sku.clone(), spec.today, days, organic)
    })
}

/// What the history tells of it; nothing where demand is stated.
fn learned_stage(inputs: &ProductInputs<'_>) -> LifeCycle {
    inputs.fit.filter(|_| inputs.product.demand.is_none()).map_or(LifeCycle::Steady, |fit| fit.life_cycle)
}

const fn life_cycle(stated: LifeCycleSpec) -> LifeCycle {
    match stated {
        LifeCycleSpec::Steady => LifeCycle::Steady,
        LifeCycleSpec::Bass { innovation, imitation, age_days, .. } => {
            LifeCycle::Bass { curve: Bass { innovation, imitation }, age_days }
        }
        LifeCycleSpec::Growth { weekly_growth, damping } => LifeCycle::Trend { weekly_growth, damping },
        LifeCycleSpec::Decline { weekly_loss } => LifeCycle::Decline { weekly_loss },
    }
}

/// Unplanned bursts as stated; none at a rate of 0.
fn unplanned(stated: &UnplannedSpec) -> Option<UnplannedBursts> {
    if stated.rate_per_day <= 0.0 {
        return None;
    }
    let (mean, cv, follows_level) = match stated.size {
        BurstSizeSpec::OrdinaryDays { mean, cv } => (mean, cv, true),
        BurstSizeSpec::Pieces { mean, cv } => (mean, cv, false),
    };
    // As long as a planned burst: three mean lengths hold 95 % of an exponential tail.
    let tail = (3.0 * stated.tail_days).ceil() as u32;
    let days = stated.ramp_days.saturating_add(stated.plateau_days[1]).saturating_add(tail).clamp(1, 366) as usize;
    let typical = typical_burst(stated.ramp_days, stated.plateau_days, stated.tail_days, days);
    Some(UnplannedBursts {
        rate_per_day: stated.rate_per_day,
        burst: BurstProcess {
            uplift: Uplift::LogNormal { mean, cv },
            shapes: typical.shapes,
            masses: typical.masses,
            noise: DayNoise::NegativeBinomial { size: BURST_NOISE },
            follows_level,
        },
    })
}
