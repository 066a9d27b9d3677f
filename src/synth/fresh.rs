//! The same shop again: what might have been wanted over a window, all else that is true of a product being the same.

use super::event::{Event, Outcome};
use super::extras::{Viral, wholesale};
use super::product::Product;
use super::{Shop, SynthSpec, stream};
use crate::random::Stream;

/// Days to draw anew, and the day up to which everything is as it was. Days are indices from 0 on the first day of the
/// records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First day that is not known yet: events that begin on it or later, the drift and unpaid bursts from it on are drawn
    /// anew. At most the day after the records.
    pub as_of: usize,
    /// First day of the window; not before `as_of`.
    pub first: usize,
    /// Days of the window.
    pub days: usize,
}

/// Means of demand over some days, in pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct Means {
    pub(super) baseline: Vec<f64>,
    pub(super) uplift: Vec<f64>,
    pub(super) viral: Vec<f64>,
    pub(super) dip: Vec<f64>,
}

/// Most mean pieces of a day and source: the rules let single parameters be large, and their product is bounded here.
const MOST_A_DAY: f64 = 1e8;
/// Most of ordinary demand that can be missing after an event.
const DEEPEST_DIP: f64 = 0.8;

impl Means {
    /// The means from `first` on until before `end`; `walk` begins on day 0.
    pub(super) fn of(
        spec: &SynthSpec,
        product: &Product,
        walk: &[f64],
        events: &[(&Event, &Outcome)],
        virals: &[Viral],
        (first, end): (usize, usize),
    ) -> Self {
        let mut means = Self::default();
        for day in first..end {
            let baseline = product.baseline(spec, day, walk.get(day).copied().unwrap_or(0.0)).min(MOST_A_DAY);
            let mut uplift = 0.0;
            let mut missing = 0.0;
            for (event, outcome) in events {
                let Some(age) = day.checked_sub(event.start) else { continue };
                match outcome.uplift.get(age) {
                    Some(more) => uplift += more,
                    None => missing += pulled_forward(spec, outcome, age - outcome.uplift.len()),
                }
            }
            means.baseline.push(baseline);
            means.uplift.push(uplift.min(MOST_A_DAY));
            means.viral.push(virals.iter().map(|viral| viral.on(day)).sum::<f64>().min(MOST_A_DAY));
            means.dip.push(missing.min(DEEPEST_DIP * baseline));
        }
        means
    }

    /// Draws a day: pieces of ordinary and unpaid demand, and of the uplift. One gamma factor is common to both, so that
    /// their sum is negative binomial with the size of a day's noise.
    pub(super) fn draw(&self, spec: &SynthSpec, at: usize, noise: &mut Stream) -> (u64, u64) {
        let factor = noise.gamma(1.0, spec.base.noise_size);
        let organic = self.baseline[at] - self.dip[at] + self.viral[at];
        (noise.poisson(organic * factor), noise.poisson(self.uplift[at] * factor))
    }
}

/// Pieces missing `age` days after the end of an event: falling linearly.
fn pulled_forward(spec: &SynthSpec, outcome: &Outcome, age: usize) -> f64 {
    let days = spec.events.dip_days as usize;
    let share = spec.events.dip_share.get();
    if share <= 0.0 || age >= days {
        return 0.0;
    }
    let total: f64 = outcome.uplift.iter().sum();
    share * total * 2.0 * (days - age) as f64 / (days * (days + 1)) as f64
}

impl Shop {
    /// The window of a product's event, from its first day on, as it is planned on the evening before (of the planned
    /// event: on the day of the plan). `days` is its length; `None` takes the days of the promotion. `None` if there is no
    /// such product or event.
    #[must_use]
    pub fn event_window(&self, product: usize, event: usize, days: Option<usize>) -> Option<Window> {
        let event = self.events.get(product)?.get(event)?;
        let as_of = event.start.min(self.spec.days as usize);
        Some(Window { as_of, first: event.start, days: days.unwrap_or(event.promoted) })
    }

    /// What might have been wanted of a product by day, large orders included; the same `draw` gives the same days, and
    /// all products of a draw share its seasons. Empty if there is no such product.
    #[must_use]
    pub fn fresh_demand(&self, product: usize, window: Window, draw: u64) -> Vec<u64> {
        let known = (self.products.get(product), self.events.get(product), self.outcomes.get(product));
        let (Some(virals), (Some(product), Some(events), Some(outcomes))) = (self.virals.get(product), known) else {
            return Vec::new();
        };
        let spec = &self.spec;
        // Path 0 is what happened.
        let path = draw.saturating_add(1);
        let as_of = window.as_of.min(spec.days as usize);
        let first = window.first.max(as_of);
        let end = first.saturating_add(window.days);
        let walk = product.walk_until(spec, as_of, end, path);
        // What is long over has neither uplift nor dip in the window.
        let longest = super::event::LONGEST_TAIL + spec.events.dip_days as usize;
        let near = |event: &Event| event.start < end && event.start + event.promoted + longest > first;
        let redrawn: Vec<(&Event, Outcome)> = events
            .iter()
            .enumerate()
            .filter(|(_, event)| near(event))
            .map(|(at, event)| match outcomes.get(at).filter(|_| event.start < as_of) {
                Some(known) => (event, known.clone()),
                None => (event, event.outcome(spec, product, path)),
            })
            .collect();
        let events: Vec<(&Event, &Outcome)> = redrawn.iter().map(|(event, outcome)| (*event, outcome)).collect();
        let mut bursts: Vec<Viral> = virals.iter().filter(|viral| viral.start < as_of).copied().collect();
        bursts.extend(Viral::draw(spec, product, (as_of, end), path));
        let means = Means::of(spec, product, &walk, &events, &bursts, (first, end));
        let large = wholesale(spec, product, window.days, path);
        let mut noise = stream(spec.seed, path, &[&product.sku, "noise"]);
        let day = |(at, (large, _)): (usize, (u64, f64))| {
            let (organic, uplift) = means.draw(spec, at, &mut noise);
            organic + uplift + large
        };
        large.into_iter().enumerate().map(day).collect()
    }

    /// The total of [`Shop::fresh_demand`] in pieces.
    ///
    /// ```
    /// use stockburst::synth::{SynthSpec, shop};
    /// let shop = shop(&SynthSpec { products: 1, ..SynthSpec::trial() }).unwrap();
    /// let planned = shop.event_window(0, shop.truth.products[0].events.len() - 1, None).unwrap();
    /// assert_eq!(shop.fresh_total(0, planned, 7), shop.fresh_total(0, planned, 7));
    /// assert_ne!(shop.fresh_total(0, planned, 7), shop.fresh_total(0, planned, 8));
    /// ```
    #[must_use]
    pub fn fresh_total(&self, product: usize, window: Window, draw: u64) -> u64 {
        self.fresh_demand(product, window, draw).into_iter().fold(0, u64::saturating_add)
    }
}
