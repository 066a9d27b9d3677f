//! The storefront: what a page shows, when a guard switches the ads, and days resolved order by order.

use serde_json::{Value, json};

use super::{Table, Vector};
use crate::policy::{AdState, Guard, GuardAction, LevelBase, Look, PublishRule, StockLevel, cover_days};
use crate::process::DayProfile;
use crate::random::{Entity, Seed, Source, Stream};
use crate::simulate::storefront::{
    AdPieces, ChannelRule, DayOutcome, DayTotals, Millis, MinuteGuard, OrderMix, Push, Refresh, Scratch, StorefrontDay,
    StorefrontState, resolve_fast, sync_phases,
};
use crate::stats::{Estimate, quantile_inverse};
use crate::units::{Probability, Units};
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table =
    &[("docover-hysteresis", days_of_cover), ("oversell-micro-sim", micro_simulation), ("published-stock", published)];

/// Days simulated.
const PATHS: u64 = 3_000;
/// Hours of the day within which the listing must close.
const HOURS: f64 = 24.0;

fn published(vector: &Vector) -> Result<Value, InputError> {
    let rule = PublishRule::new(vector.units("threshold")?, vector.probability("percent")?, vector.units("reserve")?);
    let available = i64::try_from(vector.whole("available")?).map_err(|_| InputError::NoAnswer("a page"))?;
    Ok(json!({ "published": rule.quantity(available) }))
}

fn days_of_cover(vector: &Vector) -> Result<Value, InputError> {
    let (stock, rates) = (vector.whole_numbers("stock")?, vector.numbers("daily_rate")?);
    if stock.len() != rates.len() {
        return Err(InputError::NoAnswer("a trace with as many rates as stocks"));
    }
    let guard = Guard {
        pause: StockLevel::DaysOfCover { days: vector.number("pause_days")? },
        resume: StockLevel::DaysOfCover { days: vector.number("resume_days")? },
        look: Look::Open,
        delay_days: 0,
        action: GuardAction::PauseAds,
    };
    let (mut ads, mut switches) = (AdState::default(), 0);
    let mut trace = Vec::with_capacity(stock.len());
    for (day, (on_hand, daily_rate)) in stock.into_iter().zip(rates).enumerate() {
        let before = ads.running();
        ads.look(&guard, day, on_hand, LevelBase { daily_rate, ..LevelBase::default() });
        switches += u32::from(ads.running() != before);
        trace.push(json!({ "days_of_cover": cover_days(on_hand, daily_rate), "ads_on": ads.running() }));
    }
    Ok(json!({ "trace": trace, "switches": switches }))
}

/// One product without replenishment on one page that is fed by the sync alone; hours become minutes of one day.
fn micro_simulation(vector: &Vector) -> Result<Value, InputError> {
    let stock = vector.units("initial_stock")?;
    let (ad_rate, organic_rate) = (vector.number("ad_rate")?, vector.number("organic_rate")?);
    let minutes = |name: &str| Ok::<_, InputError>(Millis::from_minutes(vector.number(name)? * 60.0));
    let threshold = StockLevel::ShareOfEventStart { share: vector.probability("pause_threshold")? };
    let threshold = Units(threshold.highest_at_or_below(stock.0));
    let guard = match vector.typed("pause", "true or false", Value::as_bool)? {
        true => Some(MinuteGuard::new(threshold, Units(u64::MAX), Millis(0), minutes("pause_delay_hours")?)),
        false => None,
    };
    // The slowest course: all ads gone from the threshold on. Beyond a day the resolver has no answer.
    let slow = if guard.is_some() { threshold.as_f64() / organic_rate } else { 0.0 };
    let hours =
        1.0 + 1.3 * (stock.as_f64() / (ad_rate + organic_rate) + slow) + 2.0 * vector.number("sync_interval_hours")?;
    if !(ad_rate >= 0.0 && organic_rate >= 0.0 && hours <= HOURS && (ad_rate + organic_rate) * hours < 1e6) {
        return Err(InputError::NoAnswer("a day"));
    }
    let rule = ChannelRule {
        publish: PublishRule::new(Units::ZERO, Probability::ONE, vector.units("buffer")?),
        refresh: Refresh::every_minutes(vector.number("sync_interval_hours")? * 60.0),
        push: Push::Set,
        delay: minutes("push_delay_hours")?,
        failure: Probability::ZERO,
        self_decrement: false,
    };
    let mut scratch = Scratch::default();
    let days: Vec<DayOutcome> = (0..PATHS)
        .map(|path| {
            let mut stream = Stream::open(Seed(1), path, Source::Organic, Entity::named(&[&vector.id]));
            let totals = DayTotals {
                organic: stream.poisson(organic_rate * hours),
                ad: stream.poisson(ad_rate * hours),
                live: 0,
            };
            let profile = first_hours(hours);
            let mix = OrderMix { profiles: [&profile; 3], channels: &[], sizes: &[] };
            let arrivals = mix.draw(Seed(1), path, &vector.id, 0, &totals);
            let day = StorefrontDay {
                channels: &[rule],
                phases: &sync_phases(Seed(1), path, &vector.id, 1),
                day: 0,
                guard,
                ads: AdPieces::PLANNED,
                piece_cap: None,
            };
            let mut state = StorefrontState::open(stock, Units::ZERO, Units::ZERO, &[rule], &[]);
            resolve_fast(&day, &arrivals, &mut state, &mut scratch)
        })
        .collect();
    let each = |value: fn(&DayOutcome) -> f64| days.iter().map(value).collect::<Vec<f64>>();
    let oversold = each(|day| f64::from(day.oversold));
    Ok(json!({ "values": {
        "mean_oversell": simulated(&oversold),
        "p_oversell": simulated(&each(|day| f64::from(u8::from(day.oversold > 0)))),
        "q95_oversell": quantile_inverse(&oversold, 0.95),
        "mean_close_hours": simulated(&each(|day| day.shut_at.map_or(HOURS, |at| at.minutes() / 60.0))),
    } }))
}

/// An even rate over the first hours of the day, to a thousandth of a day.
fn first_hours(hours: f64) -> DayProfile {
    const PARTS: u32 = 1000;
    let part = |at: u32| (hours / HOURS * f64::from(PARTS) - f64::from(at)).clamp(0.0, 1.0);
    DayProfile::by_parts(&(0..PARTS).map(part).collect::<Vec<_>>()).unwrap_or_else(DayProfile::flat)
}

/// A mean with its standard error.
fn simulated(values: &[f64]) -> Value {
    Estimate::of_mean(values)
        .map_or(Value::Null, |mean| json!({ "value": mean.value, "standard_error": mean.standard_error }))
}
