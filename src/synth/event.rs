//! Events of a product: when they are, what is spent, how much they bring and how that spreads over their days.

use super::product::Product;
use super::{SynthSpec, between, stream};
use crate::random::Stream;
use crate::stats::normal_cdf;

/// Days after which a tail is cut off.
pub(super) const LONGEST_TAIL: usize = 14;
/// Share of the last promoted day's response below which the tail is over.
const TAIL_OVER: f64 = 0.02;

/// An event as it was planned, and the terms of its productivity that do not change when it is run again.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) number: usize,
    pub(super) host: Option<usize>,
    pub(super) creative: Option<usize>,
    pub(super) live: bool,
    /// First day.
    pub(super) start: usize,
    ramp: usize,
    /// Days of the promotion.
    pub(super) promoted: usize,
    /// Planned spend a day.
    pub(super) planned_spend: f64,
    /// Log productivity of such an event of this product, in the median.
    pub(super) expected: f64,
}

/// How an event turned out, or might turn out.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    /// Log productivity over that of the median such event.
    pub(super) residual: f64,
    pub(super) heavy: bool,
    /// Spend by promoted day.
    pub(super) spend: Vec<f64>,
    /// Mean uplift by day, tail included.
    pub(super) uplift: Vec<f64>,
}

/// The events of a product, the planned one last.
pub(super) fn plan(spec: &SynthSpec, product: &Product) -> Vec<Event> {
    let mut calendar = stream(spec.seed, 0, &[&product.sku, "calendar"]);
    let mut starts = Vec::new();
    let mut start = between(spec.events.first_days, &mut calendar);
    let longest = (spec.events.ramp_days[1] + spec.events.plateau_days[1]) as usize + LONGEST_TAIL;
    let most = spec.events.most.map_or(usize::MAX, |most| most as usize);
    while start + longest <= spec.days as usize && starts.len() < most {
        starts.push(start);
        start += between(spec.events.gap_days, &mut calendar);
    }
    let mut events: Vec<Event> = Vec::new();
    // The planned one has the middle of the lengths, so that all products have the same days.
    let middle = |[low, high]: [u32; 2]| u32::midpoint(low, high) as usize;
    for (at, start) in starts.iter().copied().map(Some).chain([None]).enumerate() {
        let mut own = stream(spec.seed, 0, &[&product.sku, "event", &at.to_string()]);
        let (ramp, plateau) = (between(spec.events.ramp_days, &mut own), between(spec.events.plateau_days, &mut own));
        let spend_effect = product.spend_effect + spec.spend.event_sd * own.normal();
        let (host, live) = (own.uniform(), own.uniform());
        let (start, ramp, plateau) = match start {
            Some(start) => (start, ramp, plateau),
            None => (
                (spec.days + spec.plan.in_days) as usize,
                middle(spec.events.ramp_days),
                middle(spec.events.plateau_days),
            ),
        };
        let mut event = Event {
            number: at,
            host: None,
            creative: None,
            live: spec.live.as_ref().is_some_and(|lives| live < lives.share.get()),
            start,
            ramp,
            promoted: ramp + plateau,
            planned_spend: cents(spec.spend.median * libm::exp(spend_effect)),
            expected: product.productivity,
        };
        event.add_effects(spec, host, &events);
        events.push(event);
    }
    events
}

impl Event {
    /// Adds what host, creative and live sessions do to the productivity.
    fn add_effects(&mut self, spec: &SynthSpec, host: f64, before: &[Self]) {
        if let Some(creators) = &spec.creators {
            let host = ((host * f64::from(creators.hosts)) as usize).min(creators.hosts as usize - 1);
            let creative = self.number / creators.events_a_creative as usize;
            let on_air: usize =
                before.iter().filter(|event| event.creative == Some(creative)).map(|event| event.promoted).sum();
            (self.host, self.creative) = (Some(host), Some(creative));
            self.expected +=
                host_effect(spec, host) - core::f64::consts::LN_2 * on_air as f64 / creators.creative_half_life_days;
        }
        if let Some(live) = spec.live.as_ref().filter(|_| self.live) {
            self.expected += libm::log(live.factor);
        }
    }

    /// Draws how it turns out: path 0 as it did.
    pub(super) fn outcome(&self, spec: &SynthSpec, product: &Product, path: u64) -> Outcome {
        let mut own = stream(spec.seed, path, &[&product.sku, "outcome", &self.number.to_string()]);
        let amplitude = &spec.amplitude;
        let shared = amplitude.shared.get();
        let latent = libm::sqrt(shared) * self.season(spec, path) + libm::sqrt(1.0 - shared) * own.normal();
        let heavy = own.uniform() < amplitude.heavy_share.get();
        let residual = amplitude.within_sd * latent + if heavy { libm::log(amplitude.heavy_factor) } else { 0.0 };
        let spend: Vec<f64> = (0..self.promoted).map(|_| self.realised_spend(spec, residual, own.normal())).collect();
        let uplift = self.uplift(spec, residual, &spend);
        Outcome { residual, heavy, spend, uplift }
    }

    /// The season's normal, common to all events of the shop that begin in it.
    fn season(&self, spec: &SynthSpec, path: u64) -> f64 {
        let season = self.start / spec.amplitude.season_days as usize;
        stream(spec.seed, path, &["season", &season.to_string()]).normal()
    }

    fn realised_spend(&self, spec: &SynthSpec, residual: f64, z: f64) -> f64 {
        cents(self.planned_spend * libm::exp(spec.spend.reaction * residual + spec.spend.noise_sd * z))
    }

    /// Mean uplift by day if the event turns out at `residual` and its planned spend is spent as the reaction says.
    pub(super) fn expected_uplift(&self, spec: &SynthSpec, residual: f64) -> Vec<f64> {
        let spend = vec![self.realised_spend(spec, residual, 0.0); self.promoted];
        self.uplift(spec, residual, &spend)
    }

    /// Mean uplift by day: productivity x ramp x Hill response to adstock; then the tail.
    fn uplift(&self, spec: &SynthSpec, residual: f64, spend: &[f64]) -> Vec<f64> {
        let peak = if spec.amplitude.median > 0.0 { libm::exp(self.expected + residual) } else { 0.0 };
        self.drive(spec, spend).into_iter().map(|drive| peak * drive).collect()
    }

    /// Share of the full response by day.
    pub(super) fn drive(&self, spec: &SynthSpec, spend: &[f64]) -> Vec<f64> {
        let law = &spec.spend;
        let hill = |stock: f64| {
            let power = libm::pow(stock / law.half_saturation, law.slope);
            // An unbounded stock answers fully.
            if power.is_finite() { power / (1.0 + power) } else { 1.0 }
        };
        let retention = law.retention.get();
        let mut stock = 0.0;
        let mut drive = Vec::with_capacity(self.promoted + LONGEST_TAIL);
        for (day, spend) in spend.iter().enumerate() {
            let spend = if law.effect { *spend } else { law.median };
            stock = (1.0 - retention) * spend + retention * stock;
            let ramp = if day < self.ramp { (day as f64 + 0.5) / self.ramp as f64 } else { 1.0 };
            drive.push(ramp * hill(stock));
        }
        let last = drive.last().copied().unwrap_or(0.0);
        for day in 1..=LONGEST_TAIL {
            stock *= retention;
            let talk =
                if spec.events.tail_days > 0.0 { last * libm::exp(-(day as f64) / spec.events.tail_days) } else { 0.0 };
            let tail = talk.max(hill(stock));
            if tail <= TAIL_OVER * last {
                break;
            }
            drive.push(tail);
        }
        drive
    }
}

/// A host's effect on log productivity.
fn host_effect(spec: &SynthSpec, host: usize) -> f64 {
    let sd = spec.creators.as_ref().map_or(0.0, |creators| creators.effect_sd);
    sd * stream(spec.seed, 0, &["host", &host.to_string()]).normal()
}

/// The residual that an event exceeds with probability `share`, by bisection: a normal, or the same and the heavy factor.
pub(super) fn exceeded_with(spec: &SynthSpec, share: f64) -> f64 {
    const HALVINGS: u32 = 80;
    let amplitude = &spec.amplitude;
    let sd = libm::sqrt(amplitude.within_sd.powi(2) + spec.stockouts.planner_sd.powi(2));
    let (heavy, more) = (amplitude.heavy_share.get(), libm::log(amplitude.heavy_factor));
    let above = |level: f64| {
        let of = |level: f64| if sd > 0.0 { normal_cdf(-level / sd) } else { f64::from(u8::from(level < 0.0)) };
        (1.0 - heavy) * of(level) + heavy * of(level - more)
    };
    let (mut low, mut high) = (-12.0 * MOST_SD_OF_ALL, 12.0 * MOST_SD_OF_ALL);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if above(middle) > share { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Larger than any standard deviation that the rules allow, with the logarithm of any factor.
const MOST_SD_OF_ALL: f64 = 5.0;

/// The planner's own error, in log uplift.
pub(super) fn planner_error(spec: &SynthSpec, own: &mut Stream) -> f64 {
    spec.stockouts.planner_sd * own.normal()
}

/// An amount in whole cents, as a file states it.
fn cents(amount: f64) -> f64 {
    (amount * 100.0).round() / 100.0
}
