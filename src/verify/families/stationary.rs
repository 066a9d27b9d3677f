//! Stationary systems by the plain engine: several orders under way, waiting customers, periodic review.
//!
//! In the vectors an order of the end of day t with lead time l arrives at the start of day t + l + 1: l is this house's
//! L - 1.

use serde_json::{Map, Value, json};

use super::simulation::plan;
use super::{Table, Vector};
use crate::policy::OrderSize;
use crate::process::ProductPath;
use crate::random::{AliasTable, Entity, Seed, Source, Stream};
use crate::simulate::{PathOutcome, PolicyPlan, Setting, Workspace, simulate};
use crate::stats::Moments;
use crate::units::{Probability, Units};
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[
    ("rs-lostsales-sim", periodic_lost_sales),
    ("sq-lostsales-multi-sim", several_lots),
    ("ss-backorder-sim", backorders),
    ("sscont-simopt", exponential_demand),
];

/// Independent runs.
const RUNS: u64 = 512;
/// Days of a run, the warm-up included.
const DAYS: usize = 4_400;
/// Days until the opening stock is forgotten.
const WARM_UP: usize = 400;
/// Largest number of pieces that a vector may ask for.
const LARGEST: u64 = 10_000_000;

/// The law of a day's demand, drawn in pieces.
enum Demand {
    Poisson(f64),
    NegativeBinomial {
        mean: f64,
        size: f64,
    },
    /// Exponential, in so many pieces a unit.
    Exponential {
        mean: f64,
        pieces: f64,
    },
}

impl Demand {
    fn of(vector: &Vector, pieces: f64) -> Result<Self, InputError> {
        let demand = vector.part("demand")?;
        let mean = demand.number("mean")?;
        if !(mean > 0.0 && mean < 1e5) {
            return Err(InputError::NoAnswer("the engine"));
        }
        match demand.text("type")? {
            "poisson" => Ok(Self::Poisson(mean)),
            "nb" => Ok(Self::NegativeBinomial { mean, size: demand.number("shape")? }),
            "exponential" => Ok(Self::Exponential { mean, pieces }),
            _ => Err(InputError::NoAnswer("a demand that is neither `poisson` nor `nb` nor `exponential`")),
        }
    }

    fn draw(&self, stream: &mut Stream) -> u64 {
        match self {
            Self::Poisson(mean) => stream.poisson(*mean),
            Self::NegativeBinomial { mean, size } => stream.negative_binomial(*mean, *size),
            Self::Exponential { mean, pieces } => (-libm::log(stream.uniform()) * mean * pieces).round() as u64,
        }
    }
}

/// A number of a run.
type Figure<'a> = Box<dyn Fn(&PathOutcome) -> f64 + 'a>;

/// A stationary system.
struct System {
    demand: Demand,
    lead_time: AliasTable,
    plan: PolicyPlan,
    opening: Units,
    waiting: Probability,
    /// Pieces that stand for a unit of the vector.
    pieces: f64,
}

impl System {
    /// Each figure with its standard error.
    fn simulate(&self) -> Result<Value, InputError> {
        let setting =
            Setting { waiting_share: self.waiting, measure_from: WARM_UP, ..Setting::new(DAYS, self.opening) };
        let mut workspace = Workspace::default();
        let mut path = ProductPath { ad: vec![0; DAYS], lead_days: vec![Vec::new()], ..ProductPath::default() };
        let days = (DAYS - WARM_UP) as f64;
        let figures: [(&str, Figure<'_>); 7] = [
            ("fill_rate", Box::new(|o| o.all.served as f64 / o.all.reference.max(1) as f64)),
            ("p_day_with_shortage", Box::new(move |o| o.all.stockout_days as f64 / days)),
            ("p_empty_day_end", Box::new(move |o| 1.0 - o.all.ready_days as f64 / days)),
            ("orders_per_day", Box::new(move |o| o.orders as f64 / days)),
            ("mean_on_hand_day_end", Box::new(|o| o.all.on_hand_days as f64 / days / self.pieces)),
            ("mean_backorders_day_end", Box::new(|o| o.waiting_days as f64 / days / self.pieces)),
            ("cycle_service", Box::new(|o| o.clean_cycles as f64 / o.cycles.max(1) as f64)),
        ];
        let mut moments = [Moments::default(); 7];
        for run in 0..RUNS {
            let open = |source| Stream::open(Seed(1), run, source, Entity::named(&["vector"]));
            let (mut demand, mut leads) = (open(Source::Organic), open(Source::LeadTime));
            path.organic.clear();
            path.organic.extend((0..DAYS).map(|_| self.demand.draw(&mut demand)));
            path.lead_days[0].clear();
            path.lead_days[0].extend((0..DAYS).map(|_| self.lead_time.draw(&mut leads) as u32 + 1));
            let outcome = simulate(&path, &self.plan, &setting, &mut workspace);
            for (moments, (_, figure)) in moments.iter_mut().zip(&figures) {
                moments.push(figure(&outcome));
            }
        }
        let mut answer = Map::new();
        for (moments, (name, _)) in moments.iter().zip(&figures) {
            let estimate = moments.estimate().ok_or(InputError::NoAnswer("the engine"))?;
            let figure = json!({ "value": estimate.value, "standard_error": estimate.standard_error });
            answer.insert((*name).to_owned(), figure);
        }
        Ok(json!({ "values": answer }))
    }
}

fn table(vector: &Vector) -> Result<AliasTable, InputError> {
    let pmf = vector.pmf("lead_time_pmf")?;
    let mut weights = Vec::new();
    for (days, share) in pmf.support() {
        let days = usize::try_from(days).ok().filter(|days| *days < 1000).ok_or(InputError::NoAnswer("the engine"))?;
        weights.resize(weights.len().max(days + 1), 0.0);
        weights[days] += share;
    }
    AliasTable::from_weights(0, &weights).ok_or(InputError::NoAnswer("the engine"))
}

fn units(vector: &Vector, name: &str) -> Result<Units, InputError> {
    Some(vector.units(name)?).filter(|units| units.0 <= LARGEST).ok_or(InputError::NoAnswer("the engine"))
}

/// (s,nQ), lost sales, orders that cross.
fn several_lots(vector: &Vector) -> Result<Value, InputError> {
    let quantity = units(vector, "Q")?;
    System {
        demand: Demand::of(vector, 1.0)?,
        lead_time: table(vector)?,
        plan: plan(units(vector, "s")?, OrderSize::Lots { quantity }),
        opening: units(vector, "initial_on_hand")?,
        waiting: Probability::ZERO,
        pieces: 1.0,
    }
    .simulate()
}

/// (R,S): up to S at each review, lost sales.
fn periodic_lost_sales(vector: &Vector) -> Result<Value, InputError> {
    let review = vector.whole("review_period")?;
    let mut plan = plan(units(vector, "S")?, OrderSize::UpTo { above: Units::ZERO });
    plan.replenishment.levels = plan.replenishment.levels.reviewed(usize::try_from(review).unwrap_or(usize::MAX), DAYS);
    System {
        demand: Demand::of(vector, 1.0)?,
        lead_time: table(vector)?,
        plan,
        opening: units(vector, "initial_on_hand")?,
        waiting: Probability::ZERO,
        pieces: 1.0,
    }
    .simulate()
}

/// (s,S), everyone waits.
fn backorders(vector: &Vector) -> Result<Value, InputError> {
    let (low, high) = (units(vector, "s")?, units(vector, "S")?);
    let above = Units(high.0.checked_sub(low.0).ok_or(InputError::NoAnswer("an S below s"))?);
    System {
        demand: Demand::of(vector, 1.0)?,
        lead_time: table(vector)?,
        plan: plan(low, OrderSize::UpTo { above }),
        opening: units(vector, "initial_on_hand")?,
        waiting: Probability::ONE,
        pieces: 1.0,
    }
    .simulate()
}

/// The same with continuous demand, in hundredths of a unit, ordering below s and not at it.
fn exponential_demand(vector: &Vector) -> Result<Value, InputError> {
    const PIECES: u64 = 100;
    let (low, high) = (units(vector, "s")?, units(vector, "S")?);
    let below = (low.0 * PIECES).checked_sub(1).ok_or(InputError::NoAnswer("an s of nothing"))?;
    let above = (high.0 * PIECES).checked_sub(below).ok_or(InputError::NoAnswer("an S below s"))?;
    let mean = vector.number("lead_time_poisson_mean")?;
    System {
        demand: Demand::of(vector, PIECES as f64)?,
        lead_time: AliasTable::poisson(mean).ok_or(InputError::NoAnswer("the engine"))?,
        plan: plan(Units(below), OrderSize::UpTo { above: Units(above) }),
        opening: Units(high.0 * PIECES),
        waiting: Probability::ONE,
        pieces: PIECES as f64,
    }
    .simulate()
}
