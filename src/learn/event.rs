//! From what was learned of a shop to the burst of one planned event: the only way that leads there.
//!
//! `run` asks it for the events of a scenario, a backtest for the events of the past: one way for both, though a backtest knows the
//! tail after an event too. It must not know stock, candidates, or what the burst is wanted for.

use super::analogue::Profile;
use super::preheat::first_days;
use super::response::{Response, SpendEstimate, daily, typical_spend};
use super::{AmplitudeFit, Learned, PastBurst};
use crate::history::Sku;
use crate::process::{BurstProcess, BurstShape, DayNoise, Uplift};

/// Size k of the day noise around a burst's own means (methods, section 3.9).
pub const BURST_NOISE: f64 = 30.0;
/// Probability cut off either tail of the amplitude (methods, section 3.8): the exponential of an untruncated Student-t
/// has no mean.
const TAIL_CUT: f64 = 0.001;
/// Factor on the scale of z where spend lies beyond anything seen (methods, section 3.7).
const WIDENED: f64 = 1.5;

/// How an event's burst is made from the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BurstLaw {
    /// The product's own past bursts again, size and shape together, each as likely.
    Replay,
    /// The amplitude by a Student-t over all products, shapes of the product's own bursts.
    Hier,
}

/// An event of one product as it is planned, before anything of it has happened.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PlannedEvent<'a> {
    /// Days from the first to the last.
    pub days: usize,
    /// Ordinary demand of these days in pieces.
    pub ordinary: f64,
    /// How many of the last of these days come after the promotion, in the tail of the burst; `None` if the event ends with
    /// the promotion, so that the tail is taken off a past burst before it is laid on these days.
    pub tail: Option<usize>,
    /// Planned ad spend by day in money; none where it is not known.
    pub spend: Option<&'a [f64]>,
    /// Price of the product in money, where it is known beside its sales.
    pub price: Option<f64>,
    /// Host or creator, where one is named.
    pub host: Option<&'a str>,
}

impl PlannedEvent<'_> {
    /// Its days, tail included, each counted as the part that it brings of a day on the plateau.
    fn plateau_days(&self, learned: &Learned) -> f64 {
        let tail = self.tail.unwrap_or(0).min(self.days);
        let (promoted, after) = learned.course().plateau_days(self.days - tail, tail);
        promoted + after
    }

    /// The event with the shop's typical tail behind it; `None` if it has its tail, or the shop's bursts have none.
    fn with_tail(&self, learned: &Learned) -> Option<Self> {
        let tail = if self.tail.is_some() { 0 } else { learned.typical_tail() };
        (tail > 0 && self.days > 0).then(|| {
            let days = self.days + tail;
            let ordinary = self.ordinary * days as f64 / self.days as f64;
            PlannedEvent { days, ordinary, tail: Some(tail), ..*self }
        })
    }
}

/// What a reader must know of a burst that was made from the library.
#[derive(Debug, Clone, PartialEq)]
pub enum EventNote {
    /// The product has no burst of its own: those of other products stand in.
    Borrowed {
        /// The products like it, the nearest first; none if all products together stand in.
        like: Vec<Sku>,
    },
    /// The planned spend lies far above anything in the library: the scale of z is half as large again.
    SpendBeyondHistory {
        /// Planned spend a day.
        planned: f64,
        /// Largest spend a day in the library.
        largest: f64,
    },
    /// Planned spend moves the burst by an association in the past, which need not be its effect.
    SpendAssociation {
        /// Uplift over that of typical spend.
        factor: f64,
        /// Elasticity that was used.
        elasticity: f64,
        /// The shop's own estimate, where its records tell.
        estimate: Option<SpendEstimate>,
        /// Bursts of known spend.
        bursts: usize,
        /// Those of which only realised spend is known.
        realised: usize,
    },
}

/// Nobody has a burst to learn from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no past burst of product `{sku}` is known")]
pub struct NoBursts {
    /// The product.
    pub sku: String,
}

/// The burst of one planned event of one product, and what a reader must know of it.
///
/// # Errors
/// [`NoBursts`] if there is nothing to learn from: no burst of its own for [`BurstLaw::Replay`], none of anybody for
/// [`BurstLaw::Hier`].
pub fn event_burst(
    law: BurstLaw,
    sku: &Sku,
    event: &PlannedEvent<'_>,
    learned: &Learned,
) -> Result<(BurstProcess, Vec<EventNote>), NoBursts> {
    if let Some(whole) = event.with_tail(learned) {
        let (burst, notes) = event_burst(law, sku, &whole, learned)?;
        return Ok((first_days(&burst, event.days), notes));
    }
    let tail = event.tail.unwrap_or(0);
    let own = learned.bursts_of(sku);
    let no_bursts = || NoBursts { sku: sku.0.clone() };
    let (factor, mut notes) = spend_factor(sku, event, learned);
    let noise = DayNoise::NegativeBinomial { size: BURST_NOISE };
    let PlannedEvent { days, .. } = *event;
    let course = learned.course();
    let plateau_days = event.plateau_days(learned);
    // Ordinary demand of the plateau days.
    let daily = event.ordinary * quiet_share(sku, learned) / days.max(1) as f64;
    let burst = match law {
        BurstLaw::Replay => {
            if own.is_empty() {
                return Err(no_bursts());
            }
            let total = |burst: &PastBurst| carried_over(burst, event, learned) * factor * quiet_share(sku, learned);
            let mut ascending: Vec<&PastBurst> = own.iter().collect();
            ascending.sort_by(|a, b| total(a).total_cmp(&total(b)));
            BurstProcess {
                uplift: Uplift::Replay { totals: ascending.iter().map(|burst| total(burst)).collect() },
                shapes: ascending.iter().map(|burst| burst.shape_over(days, tail, course)).collect(),
                masses: vec![1.0; own.len()],
                noise,
                follows_level: true,
            }
        }
        BurstLaw::Hier => {
            let (fit, shapes) = if own.is_empty() {
                let (fit, shapes, like) = borrowed(sku, event, learned).ok_or_else(no_bursts)?;
                notes.push(EventNote::Borrowed { like });
                (fit, shapes)
            } else {
                let fit = learned.pool(plateau_days).predict(own).ok_or_else(no_bursts)?;
                (fit, own.iter().map(|burst| burst.shape_over(days, tail, course)).collect())
            };
            let beyond = notes.iter().any(|note| matches!(note, EventNote::SpendBeyondHistory { .. }));
            let ordinary = plateau_days * fit.usual.unwrap_or(daily);
            let uplift = Uplift::Hierarchical {
                ordinary: ordinary * factor,
                offset: fit.offset,
                location: fit.location,
                scale: if beyond { fit.scale * WIDENED } else { fit.scale },
                freedom: fit.freedom,
                cut: TAIL_CUT,
            };
            BurstProcess { uplift, masses: vec![1.0; shapes.len()], shapes, noise, follows_level: fit.usual.is_none() }
        }
    };
    Ok((burst, notes))
}

/// Pieces beyond ordinary demand that a past burst of a product brings on each day of this event: at its ordinary demand,
/// over its days, with its spend.
#[must_use]
pub fn replayed(sku: &Sku, burst: &PastBurst, event: &PlannedEvent<'_>, learned: &Learned) -> Vec<f64> {
    let whole = event.with_tail(learned).unwrap_or(*event);
    let total = carried_over(burst, &whole, learned) * spend_factor(sku, event, learned).0 * quiet_share(sku, learned);
    let shape = burst.shape_over(whole.days, whole.tail.unwrap_or(0), learned.course());
    shape.shares().iter().take(event.days).map(|share| share * total).collect()
}

/// Of ordinary demand that holds unplanned bursts, the part that a burst is a multiple of.
fn quiet_share(sku: &Sku, learned: &Learned) -> f64 {
    learned.fits().get(sku).map_or(1.0, |fit| fit.quiet_share)
}

fn carried_over(burst: &PastBurst, event: &PlannedEvent<'_>, learned: &Learned) -> f64 {
    let plateau_days = event.plateau_days(learned);
    let daily = event.ordinary / event.days.max(1) as f64;
    burst.relative_uplift(plateau_days) / burst.detail.spend_factor.unwrap_or(1.0) * daily * plateau_days
}

/// How much the event's planned spend multiplies the uplift of typical spend, and what must be said of it.
fn spend_factor(sku: &Sku, event: &PlannedEvent<'_>, learned: &Learned) -> (f64, Vec<EventNote>) {
    let own = learned.bursts_of(sku);
    let response = &learned.response;
    let typical =
        if own.is_empty() { typical_of_like(&profile_of(sku, event, learned), learned) } else { typical_spend(own) };
    let (Some(spend), Some(typical)) = (event.spend, typical) else { return (1.0, Vec::new()) };
    let factor = response.factor(spend, typical);
    let mut notes = Vec::new();
    if let (Some(planned), Some(largest)) = (daily(spend), response.beyond(spend, own)) {
        notes.push(EventNote::SpendBeyondHistory { planned, largest });
    }
    if factor != 1.0 {
        let Response { elasticity, estimate, bursts, realised, .. } = *response;
        notes.push(EventNote::SpendAssociation { factor, elasticity, estimate, bursts, realised });
    }
    (factor, notes)
}

fn profile_of(sku: &Sku, event: &PlannedEvent<'_>, learned: &Learned) -> Profile {
    let known = learned.profiles.get(sku).cloned().unwrap_or_default();
    Profile {
        category: known.category,
        price: event.price.or(known.price),
        spend: event.spend.and_then(daily).or(known.spend),
        host: event.host.map(str::to_owned).or(known.host),
    }
}

/// Typical spend of the products like this one (their geometric mean), as their amplitudes are those of that spend.
fn typical_of_like(profile: &Profile, learned: &Learned) -> Option<f64> {
    let (mut sum, mut total) = (0.0, 0.0);
    for (sku, weight) in learned.like(profile) {
        if let Some(spend) = typical_spend(learned.bursts_of(sku)) {
            sum += weight * libm::log(spend);
            total += weight;
        }
    }
    if total > 0.0 { Some(libm::exp(sum / total)) } else { learned.response.typical }
}

/// Amplitude and shapes of products like this one, and which they are; of all products where nothing tells who is like
/// it. `None` if nobody has a burst.
fn borrowed(
    sku: &Sku,
    event: &PlannedEvent<'_>,
    learned: &Learned,
) -> Option<(AmplitudeFit, Vec<BurstShape>, Vec<Sku>)> {
    let (pool, tail) = (learned.pool(event.plateau_days(learned)), event.tail.unwrap_or(0));
    let like = learned.like(&profile_of(sku, event, learned));
    let others: Vec<(&[PastBurst], f64)> = like.iter().map(|(sku, weight)| (learned.bursts_of(sku), *weight)).collect();
    if let Some(fit) = pool.predict_like(&others) {
        let shapes = others
            .iter()
            .flat_map(|(bursts, _)| *bursts)
            .map(|burst| burst.shape_over(event.days, tail, learned.course()))
            .collect();
        return Some((fit, shapes, like.into_iter().map(|(sku, _)| sku.clone()).collect()));
    }
    let shapes = learned.bursts().map(|burst| burst.shape_over(event.days, tail, learned.course())).collect();
    Some((pool.predict(&[])?, shapes, Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{History, SalesDay, SalesSeries};
    use crate::learn::{FitOptions, learn_shop};
    use crate::units::Units;

    /// Two bursts of A on a flat baseline of 20 a day, none of B.
    fn shop() -> Learned {
        let day = |units| SalesDay {
            units: Units(units),
            largest_line: None,
            in_stock_share: None,
            price: None,
            promotion: None,
        };
        let mut a = vec![day(20); 200];
        for (start, peak) in [(80, 100), (150, 220)] {
            for (offset, units) in [70, peak, peak, 70].into_iter().enumerate() {
                a[start + offset] = day(units);
            }
        }
        let series = |days| SalesSeries { first_day: "2026-01-05".parse().expect("a date"), days };
        let sales = [(Sku("A".into()), series(a)), (Sku("B".into()), series(vec![day(30); 200]))].into();
        learn_shop(&History { sales, ..History::default() }, &FitOptions::default())
    }

    #[test]
    fn replay_carries_each_burst_over_in_ascending_order() {
        let learned = shop();
        let event = PlannedEvent { days: 4, ordinary: 200.0, ..PlannedEvent::default() };
        let (burst, notes) = event_burst(BurstLaw::Replay, &Sku("A".into()), &event, &learned).expect("bursts");
        let Uplift::Replay { totals } = &burst.uplift else { panic!("{:?}", burst.uplift) };
        // 260 and 500 pieces over 80 ordinary ones; here ordinary demand is 200, a part of which are such bursts.
        let quiet = 200.0 * learned.fits()[&Sku("A".into())].quiet_share;
        assert!(quiet < 200.0 && (totals[0] - 3.25 * quiet).abs() < 1e-6, "{totals:?}");
        assert!((totals[1] - 6.25 * quiet).abs() < 1e-6, "{totals:?}");
        assert!(notes.is_empty());
        assert_eq!(
            event_burst(BurstLaw::Replay, &Sku("B".into()), &event, &learned),
            Err(NoBursts { sku: "B".into() })
        );
    }

    #[test]
    fn a_product_without_bursts_borrows_and_a_shop_without_has_none() {
        let learned = shop();
        let event = PlannedEvent { days: 4, ordinary: 200.0, ..PlannedEvent::default() };
        let (burst, notes) = event_burst(BurstLaw::Hier, &Sku("B".into()), &event, &learned).expect("those of A");
        assert_eq!((burst.shapes.len(), notes), (2, vec![EventNote::Borrowed { like: Vec::new() }]));
        assert!(event_burst(BurstLaw::Hier, &Sku("B".into()), &event, &Learned::default()).is_err());
    }

    /// One product with promotions of four days at 100, 200 and 400 a day planned, which sell three times as much.
    fn advertised() -> Learned {
        let day = |units| SalesDay {
            units: Units(units),
            largest_line: None,
            in_stock_share: None,
            price: Some(9.0),
            promotion: None,
        };
        let first_day: crate::calendar::Date = "2026-01-05".parse().expect("a date");
        let mut days = vec![day(20); 200];
        let promotion = |at: usize, spend: f64| crate::history::Promotion {
            campaign: format!("C{at}"),
            sku: Sku("A".into()),
            start: first_day.plus_days(at as i64),
            end: first_day.plus_days(at as i64 + 3),
            price: None,
            commission: None,
            planned_spend: Some(spend),
            host: Some("ann".into()),
            live_slots: None,
        };
        let spends = [(60, 100.0), (100, 200.0), (140, 400.0)];
        for (at, _) in spends {
            days[at..at + 4].fill(day(60));
        }
        let promotions = spends.iter().map(|(at, spend)| promotion(*at, *spend)).collect();
        let sales = [(Sku("A".into()), SalesSeries { first_day, days })].into();
        learn_shop(&History { sales, promotions, ..History::default() }, &FitOptions::default())
    }

    #[test]
    fn planned_spend_moves_the_burst_and_is_said_to_be_an_association() {
        let learned = advertised();
        let sku = Sku("A".into());
        let detail = &learned.bursts_of(&sku)[1].detail;
        assert_eq!((detail.host.as_deref(), detail.campaign.as_deref()), (Some("ann"), Some("C100")));
        assert!((detail.spend_factor.expect("spend") - 1.0).abs() < 1e-12 && !detail.spend_realised);
        assert!(learned.bursts_of(&sku)[2].detail.spend_factor.expect("spend") > 1.2);
        let of = |law, spend: f64| {
            let spend = [spend; 4];
            let event = PlannedEvent { days: 4, ordinary: 80.0, spend: Some(&spend), ..PlannedEvent::default() };
            event_burst(law, &sku, &event, &learned).expect("bursts")
        };
        let ordinary_and_scale = |(burst, _): &(BurstProcess, Vec<EventNote>)| match burst.uplift {
            Uplift::Hierarchical { ordinary, scale, .. } => (ordinary, scale),
            _ => (0.0, 0.0),
        };
        let (typical, more, beyond) = (of(BurstLaw::Hier, 200.0), of(BurstLaw::Hier, 400.0), of(BurstLaw::Hier, 601.0));
        assert!(typical.1.is_empty() && matches!(more.1[..], [EventNote::SpendAssociation { .. }]));
        assert_eq!(beyond.1[0], EventNote::SpendBeyondHistory { planned: 601.0, largest: 400.0 });
        let ((level, scale), (higher, same), (_, wider)) =
            (ordinary_and_scale(&typical), ordinary_and_scale(&more), ordinary_and_scale(&beyond));
        assert!((level - 80.0).abs() < 1e-9 && (scale - same).abs() < 1e-12);
        assert!((higher / level - learned.bursts_of(&sku)[2].detail.spend_factor.expect("spend")).abs() < 1e-9);
        assert!((wider / scale - 1.5).abs() < 1e-12);
        // With the spend that it had, a replayed burst is what it was: 160 pieces in each case.
        let Uplift::Replay { totals } = of(BurstLaw::Replay, 100.0).0.uplift else { panic!("no replay") };
        assert!((totals[2] - 160.0).abs() < 1.0, "{totals:?}");
    }

    #[test]
    fn a_new_product_takes_after_those_of_its_price_and_host() {
        let mut learned = advertised();
        let fit = learned.fits()[&Sku("A".into())].clone();
        for (at, price) in [9.0, 10.0, 90.0, 100.0].into_iter().enumerate() {
            let sku = Sku(format!("P{at}"));
            let profile = crate::learn::Profile { price: Some(price), ..crate::learn::Profile::default() };
            learned.profiles.insert(sku.clone(), profile);
            learned.update([(sku, fit.clone())]);
        }
        let event = PlannedEvent { days: 4, ordinary: 80.0, price: Some(95.0), ..PlannedEvent::default() };
        let (burst, notes) = event_burst(BurstLaw::Hier, &Sku("new".into()), &event, &learned).expect("bursts");
        let [EventNote::Borrowed { like }] = &notes[..] else { panic!("{notes:?}") };
        assert_eq!(like[..2], [Sku("P3".into()), Sku("P2".into())]);
        assert_eq!(burst.shapes.len(), 15);
    }
}
