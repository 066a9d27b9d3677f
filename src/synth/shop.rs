//! A synthetic shop: its records and the truth behind them.

use super::event::{self, Event, Outcome};
use super::extras::{Viral, wholesale};
use super::fresh::Means;
use super::product::Product;
use super::stock::{self, Shelf};
use super::supply::Lane;
use super::truth::{EventTruth, ProductTruth, Truth};
use super::{SynthProblem, SynthSpec, signed, stream};
use crate::calendar::Date;
use crate::history::{AdSpend, History, Promotion, SalesDay, SalesSeries, Sku, StockCount};
use crate::units::Units;

/// A synthetic shop.
#[derive(Debug, Clone)]
pub struct Shop {
    /// The parameters that it was made with.
    pub spec: SynthSpec,
    /// The day of the plan: the day after the records.
    pub today: Date,
    /// The records, with the planned event in the promotion calendar.
    pub history: History,
    /// Pieces of each finished purchase, in the order of `history.purchases`.
    pub purchase_units: Vec<Units>,
    /// What is true and stands in no record.
    pub truth: Truth,
    pub(super) products: Vec<Product>,
    /// Events of each product, the planned one last.
    pub(super) events: Vec<Vec<Event>>,
    /// How the past ones turned out.
    pub(super) outcomes: Vec<Vec<Outcome>>,
    pub(super) virals: Vec<Vec<Viral>>,
}

/// Makes a shop; the same parameters give the same shop, and a product is the same whatever other products there are.
///
/// # Errors
/// The problems of the parameters.
///
/// ```
/// use stockburst::synth::{SynthSpec, shop};
/// let shop = shop(&SynthSpec { products: 3, ..SynthSpec::trial() }).unwrap();
/// assert_eq!(shop.history.sales.len(), 3);
/// assert!(shop.truth.products[0].events.len() >= 6);
/// ```
pub fn shop(spec: &SynthSpec) -> Result<Shop, Vec<SynthProblem>> {
    spec.check()?;
    let mut shop = Shop {
        today: spec.first_day.plus_days(i64::from(spec.days)),
        spec: spec.clone(),
        history: History::default(),
        purchase_units: Vec::new(),
        truth: Truth { products: Vec::new() },
        products: Vec::new(),
        events: Vec::new(),
        outcomes: Vec::new(),
        virals: Vec::new(),
    };
    let lanes: Vec<Lane<'_>> = spec.supply.iter().map(|law| Lane::draw(spec, law)).collect();
    for at in 0..spec.products {
        shop.add_product(at, &lanes);
    }
    Ok(shop)
}

/// What happened to a product.
struct Past<'a> {
    product: &'a Product,
    events: &'a [Event],
    outcomes: &'a [Outcome],
    means: Means,
    organic: Vec<u64>,
    uplift: Vec<u64>,
    /// Large orders, and when in the day they come.
    large: Vec<(u64, f64)>,
    shelf: Shelf,
}

impl Shop {
    fn add_product(&mut self, at: u32, lanes: &[Lane<'_>]) {
        let spec = &self.spec;
        let days = spec.days as usize;
        let product = Product::draw(spec, at);
        let events = event::plan(spec, &product);
        // The last one is still to come.
        let past = &events[..events.len().saturating_sub(1)];
        let outcomes: Vec<Outcome> = past.iter().map(|event| event.outcome(spec, &product, 0)).collect();
        let ran: Vec<(&Event, &Outcome)> = past.iter().zip(&outcomes).collect();
        let virals = Viral::draw(spec, &product, (0, days), 0);
        let means = Means::of(spec, &product, product.walk(), &ran, &virals, (0, days));
        let mut noise = stream(spec.seed, 0, &[&product.sku, "noise"]);
        let (organic, uplift): (Vec<u64>, Vec<u64>) = (0..days).map(|day| means.draw(spec, day, &mut noise)).unzip();
        let retail: Vec<u64> = organic.iter().zip(&uplift).map(|(organic, uplift)| organic + uplift).collect();
        let large = wholesale(spec, &product, days, 0);
        let shelf = stock::run(spec, &product, &ran, &means.baseline, &retail);
        let past =
            Past { product: &product, events: &events, outcomes: &outcomes, means, organic, uplift, large, shelf };
        past.record_sales(spec, &mut self.history);
        past.record_events(spec, &mut self.history);
        let truth = past.truth(spec);
        for lane in lanes {
            let (finished, open) = lane.orders(spec, &product);
            for (purchase, units) in finished {
                self.history.purchases.push(purchase);
                self.purchase_units.push(units);
            }
            self.history.open_orders.extend(open);
        }
        let on_hand = Units((product.level * spec.plan.stock_days).round() as u64);
        self.history.stock.insert(Sku(product.sku.clone()), StockCount { on_hand, ..StockCount::default() });
        self.truth.products.push(truth);
        self.products.push(product);
        self.events.push(events);
        self.outcomes.push(outcomes);
        self.virals.push(virals);
    }
}

impl Past<'_> {
    fn campaign(&self, event: &Event) -> String {
        let creative = event.creative.map(|creative| format!("-C{:02}", creative + 1)).unwrap_or_default();
        format!("{}-E{:02}{creative}", self.product.sku, event.number + 1)
    }

    fn host(event: &Event) -> Option<String> {
        event.host.map(|host| format!("host-{:02}", host + 1))
    }

    /// Pieces of the day's large order that are sold: all, if the shelf is not empty when it comes.
    fn large_sold(&self, day: usize) -> u64 {
        let (pieces, mark) = self.large[day];
        if mark < self.shelf.available[day] { pieces } else { 0 }
    }

    fn record_sales(&self, spec: &SynthSpec, history: &mut History) {
        let shares = stock::recorded(spec, self.product, &self.shelf.available);
        let mut lines = stream(spec.seed, 0, &[&self.product.sku, "lines"]);
        let promoted =
            |day: usize| self.events.iter().any(|event| (event.start..event.start + event.promoted).contains(&day));
        let record = |(day, share): (usize, Option<f64>)| {
            let large = self.large_sold(day);
            let retail = self.shelf.sold[day];
            let line = (1 + lines.poisson(0.7)).min(retail).max(large);
            SalesDay {
                units: Units(retail + large),
                largest_line: Some(Units(line)),
                in_stock_share: share,
                price: Some(self.price(spec, promoted(day))),
                promotion: Some(promoted(day)),
            }
        };
        let days = shares.into_iter().enumerate().map(record).collect();
        history.sales.insert(Sku(self.product.sku.clone()), SalesSeries { first_day: spec.first_day, days });
    }

    fn price(&self, spec: &SynthSpec, promoted: bool) -> f64 {
        let share = if promoted { 1.0 - spec.plan.discount.get() } else { 1.0 };
        (self.product.price * share * 100.0).round() / 100.0
    }

    fn record_events(&self, spec: &SynthSpec, history: &mut History) {
        let date = |day: usize| spec.first_day.plus_days(signed(day));
        for event in self.events {
            history.promotions.push(Promotion {
                campaign: self.campaign(event),
                sku: Sku(self.product.sku.clone()),
                start: date(event.start),
                end: date(event.start + event.promoted - 1),
                price: Some(self.price(spec, true)),
                commission: None,
                planned_spend: Some(event.planned_spend),
                host: Self::host(event),
                live_slots: spec.live.as_ref().filter(|_| event.live).map(|live| live.slots.clone()),
            });
        }
        for (event, outcome) in self.events.iter().zip(self.outcomes) {
            for (day, spend) in outcome.spend.iter().enumerate() {
                history.ads.push(AdSpend {
                    creative: None,
                    date: date(event.start + day),
                    campaign: self.campaign(event),
                    sku: Some(Sku(self.product.sku.clone())),
                    planned_spend: Some(event.planned_spend),
                    spend: Some(*spend),
                });
            }
        }
    }

    fn truth(self, spec: &SynthSpec) -> ProductTruth {
        let events = self.events.iter().enumerate().map(|(at, event)| self.event_truth(spec, at, event)).collect();
        let wanted = |((organic, uplift), (large, _)): ((&u64, &u64), &(u64, f64))| organic + uplift + large;
        ProductTruth {
            sku: self.product.sku.clone(),
            level: self.product.level,
            weekday: self.product.weekday,
            log_productivity: self.product.productivity,
            demand: self.organic.iter().zip(&self.uplift).zip(&self.large).map(wanted).collect(),
            baseline: self.means.baseline,
            uplift: self.means.uplift,
            viral: self.means.viral,
            dip: self.means.dip,
            wholesale: self.large.into_iter().map(|(pieces, _)| pieces).collect(),
            availability: self.shelf.available,
            events,
        }
    }

    fn event_truth(&self, spec: &SynthSpec, at: usize, event: &Event) -> EventTruth {
        let outcome = self.outcomes.get(at);
        let expected = event.expected_uplift(spec, 0.0);
        let uplift = outcome.map_or(&expected, |outcome| &outcome.uplift);
        let days = event.start..event.start + uplift.len();
        let lost = || {
            days.clone().map(|day| {
                let wanted = self.organic[day] + self.uplift[day] + self.large[day].0;
                wanted - self.shelf.sold[day] - self.large_sold(day)
            })
        };
        EventTruth {
            campaign: self.campaign(event),
            host: Self::host(event),
            creative: event.creative.map(|creative| format!("C{:02}", creative + 1)),
            live: event.live,
            start: spec.first_day.plus_days(signed(event.start)),
            start_day: event.start,
            promoted_days: event.promoted,
            days: uplift.len(),
            planned_spend: event.planned_spend,
            spend: outcome.map(|outcome| outcome.spend.iter().sum()),
            drive: event.drive(spec, &vec![event.planned_spend; event.promoted]).iter().sum(),
            log_productivity_expected: event.expected,
            log_productivity: outcome.map(|outcome| event.expected + outcome.residual),
            heavy: outcome.map(|outcome| outcome.heavy),
            uplift_mean: uplift.iter().sum(),
            uplift: outcome.map(|_| self.uplift[days.clone()].iter().sum()),
            baseline: outcome.map(|_| self.means.baseline[days.clone()].iter().sum()),
            stocked_out: self.shelf.ran_out.get(at).copied(),
            lost: outcome.map(|_| lost().sum()),
        }
    }
}
