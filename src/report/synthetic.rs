//! A synthetic shop as files: the canonical tables of `data/README.md`, the truth, and a scenario that runs on them.
//!
//! Numbers are written so that they are read back as they are. Everything says that it is invented.

use std::collections::BTreeSet;
use std::fmt::{self, Display, Write as _};

use serde::Serialize;

use super::words::{SyntheticWords, synthetic_words};
use super::{Lang, ReportError};
use crate::calendar::Date;
use crate::history::{History, StageName};
use crate::synth::{Shop, StageLaw, SupplyLaneSpec, SynthSpec, Truth};

/// Name of the file with the truth.
pub(super) const TRUTH: &str = "truth.json";
/// What that file calls itself.
pub(super) const SHOP_FORMAT: &str = "stockburst-synth";
/// Share of the price that a piece costs in the scenario.
const COST_SHARE: f64 = 0.4;
/// Shipments of a mode from which its lead time is learned; with fewer it is stated.
const LEAST_SHIPMENTS: usize = 10;
/// Lead time of the scenario's mode where the shop has no purchases: mean days and coefficient of variation.
const STATED_LEAD: (f64, f64) = (15.0, 0.3);

/// How much there is of a synthetic shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShopSummary {
    /// Its name.
    pub name: String,
    /// The seed that it was made with.
    pub seed: u64,
    /// The day of the plan.
    pub today: Date,
    /// Products.
    pub products: usize,
    /// Days of the records.
    pub days: u32,
    /// Past events of all products.
    pub past_events: usize,
    /// Those that ran out of stock.
    pub stocked_out_events: usize,
    /// Pieces that were wanted.
    pub wanted: u64,
    /// Pieces that were sold.
    pub sold: u64,
    /// Purchase order lines that have arrived.
    pub purchases: usize,
    /// Purchase order lines on their way.
    pub open_orders: usize,
}

impl Display for ShopSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "synthetic shop {} (seed {}): invented, no real shop", self.name, self.seed)?;
        writeln!(f, "  {} products, {} days before {}", self.products, self.days, self.today)?;
        writeln!(f, "  {} past events, of which {} ran out of stock", self.past_events, self.stocked_out_events)?;
        writeln!(f, "  {} pieces wanted, {} sold", self.wanted, self.sold)?;
        writeln!(f, "  {} purchase lines, {} on their way", self.purchases, self.open_orders)
    }
}

/// Counts a synthetic shop.
#[must_use]
pub fn shop_summary(shop: &Shop) -> ShopSummary {
    let events = || shop.truth.products.iter().flat_map(|product| &product.events);
    ShopSummary {
        name: shop.spec.name.clone(),
        seed: shop.spec.seed,
        today: shop.today,
        products: shop.truth.products.len(),
        days: shop.spec.days,
        past_events: events().filter(|event| event.stocked_out.is_some()).count(),
        stocked_out_events: events().filter(|event| event.stocked_out == Some(true)).count(),
        wanted: shop.truth.products.iter().flat_map(|product| &product.demand).sum(),
        sold: shop.history.sales.values().flat_map(|series| &series.days).map(|day| day.units.0).sum(),
        purchases: shop.history.purchases.len(),
        open_orders: shop.history.open_orders.len(),
    }
}

/// The files of a synthetic shop: name and bytes. Tables without a row are left out.
///
/// # Errors
/// [`ReportError::Json`] if the truth cannot be written.
pub fn shop_files(shop: &Shop) -> Result<Vec<(String, Vec<u8>)>, ReportError> {
    #[derive(Serialize)]
    struct TruthFile<'a> {
        format: &'static str,
        version: u32,
        synthetic: bool,
        today: Date,
        spec: &'a SynthSpec,
        truth: &'a Truth,
    }
    let truth = TruthFile {
        format: SHOP_FORMAT,
        version: 1,
        synthetic: true,
        today: shop.today,
        spec: &shop.spec,
        truth: &shop.truth,
    };
    let tables = tables(shop);
    let names: Vec<&str> = tables.iter().map(|(name, _)| *name).collect();
    let mut files = vec![
        ("scenario.toml".to_owned(), scenario(shop, &names).into_bytes()),
        (TRUTH.to_owned(), (serde_json::to_string(&truth)? + "\n").into_bytes()),
    ];
    files.extend(tables.into_iter().map(|(name, text)| (format!("{name}.csv"), text.into_bytes())));
    Ok(files)
}

/// The tables that have a row, by the names of their files.
fn tables(shop: &Shop) -> Vec<(&'static str, String)> {
    let history = &shop.history;
    let purchases = history.purchases.iter().zip(&shop.purchase_units).map(|(purchase, units)| {
        let [produced, arrived, cleared] = purchase.milestones;
        let sku = purchase.sku.as_ref();
        [
            text(&purchase.order),
            maybe(sku),
            text(&purchase.mode),
            purchase.supplier.as_deref().map(text).unwrap_or_default(),
            units.to_string(),
            purchase.ordered_on.to_string(),
            maybe(produced),
            maybe(arrived),
            maybe(cleared),
            maybe(purchase.received_on),
        ]
        .join(",")
    });
    let open = history.open_orders.iter().map(|order| {
        [
            text(&order.order),
            order.sku.to_string(),
            text(&order.mode),
            order.units.to_string(),
            order.ordered_on.to_string(),
            maybe(order.stage.as_ref()),
            maybe(order.stage_since),
            maybe(order.promised_on),
        ]
        .join(",")
    });
    let stock = history.stock.iter().map(|(sku, count)| {
        [sku.to_string(), count.on_hand.to_string(), count.committed.to_string(), count.reserved.to_string()].join(",")
    });
    let all = [
        ("sales", "date,sku,units,largest_line,in_stock_share,price,promotion", sales(history)),
        ("ads", "date,campaign,sku,planned_spend,spend", ads(history)),
        ("promotions", "campaign,sku,start,end,price,commission,planned_spend,host,live_slots", promotions(history)),
        (
            "purchases",
            "order,sku,mode,supplier,units,ordered_on,produced_on,arrived_on,cleared_on,received_on",
            purchases.collect(),
        ),
        ("open-orders", "order,sku,mode,units,ordered_on,stage,stage_since,promised_on", open.collect()),
        ("stock", "sku,on_hand,committed,reserved", stock.collect()),
    ];
    let filled = all.into_iter().filter(|(_, _, rows): &(_, _, Vec<String>)| !rows.is_empty());
    filled.map(|(name, header, rows)| (name, format!("{header}\n{}\n", rows.join("\n")))).collect()
}

fn sales(history: &History) -> Vec<String> {
    let rows = history.sales.iter().flat_map(|(sku, series)| {
        series.days.iter().enumerate().map(move |(at, day)| {
            [
                series.date(at).to_string(),
                sku.to_string(),
                day.units.to_string(),
                maybe(day.largest_line),
                maybe(day.in_stock_share),
                maybe(day.price),
                maybe(day.promotion.map(u8::from)),
            ]
            .join(",")
        })
    });
    rows.collect()
}

fn ads(history: &History) -> Vec<String> {
    let row = |ad: &crate::history::AdSpend| {
        let cells = [
            ad.date.to_string(),
            text(&ad.campaign),
            maybe(ad.sku.as_ref()),
            maybe(ad.planned_spend),
            // The column has a value in every row.
            ad.spend.unwrap_or(0.0).to_string(),
        ];
        cells.join(",")
    };
    history.ads.iter().map(row).collect()
}

fn promotions(history: &History) -> Vec<String> {
    let row = |promotion: &crate::history::Promotion| {
        let cells = [
            text(&promotion.campaign),
            promotion.sku.to_string(),
            promotion.start.to_string(),
            promotion.end.to_string(),
            maybe(promotion.price),
            maybe(promotion.commission),
            maybe(promotion.planned_spend),
            promotion.host.as_deref().map(text).unwrap_or_default(),
            promotion.live_slots.as_deref().map(text).unwrap_or_default(),
        ];
        cells.join(",")
    };
    history.promotions.iter().map(row).collect()
}

/// A cell that may be unknown.
fn maybe(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A text as a cell, quoted where it must be.
fn text(cell: &str) -> String {
    if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// The scenario as a file: the planned event of every product, by its own spend and price.
fn scenario(shop: &Shop, tables: &[&str]) -> String {
    let (en, zh) = (synthetic_words(Lang::En), synthetic_words(Lang::Zh));
    let spec = &shop.spec;
    let mut out = String::new();
    // A String takes everything.
    let _ = write_head(&mut out, shop, &en, &zh);
    let _ = writeln!(out, "\n[history]");
    for table in tables {
        let _ = writeln!(out, "{table} = \"{table}.csv\"");
    }
    let _ = writeln!(out, "source = \"invented by stockburst synth: {}, seed {}\"", spec.name, spec.seed);
    let learnt = shop.truth.products.iter().any(|product| product.events.len() > 1);
    for product in &shop.truth.products {
        let series = shop.history.sales.iter().find(|(sku, _)| sku.0 == product.sku);
        let price = series.and_then(|(_, series)| series.days.first()?.price).unwrap_or(spec.plan.price).max(0.01);
        let cost = (price * COST_SHARE * 100.0).round() / 100.0;
        let _ = writeln!(out, "\n[[product]]\nsku = \"{}\"\nprice = {price:?}\nunit-cost = {cost:?}", product.sku);
    }
    for (product, event) in shop.truth.products.iter().filter_map(|product| Some((product, product.events.last()?))) {
        let demand = if learnt {
            "{ kind = \"hier\" }".to_owned()
        } else {
            // Nothing to learn from: the typical burst, as large as it is in the median.
            let peak = event.uplift_mean / event.drive.max(1.0);
            format!("{{ kind = \"parametric\", ramp-days = 2, plateau-days = [7, 10], peak-per-day = {peak:.1} }}")
        };
        let promotion = shop.history.promotions.iter().find(|promotion| promotion.campaign == event.campaign);
        let price = promotion.and_then(|promotion| promotion.price).unwrap_or(spec.plan.price);
        let _ = writeln!(
            out,
            "\n[[event]]\nid = \"planned-{sku}\"\nproducts = [\"{sku}\"]\nstart = {}\ndays = {}\nspend-per-day = {:?}\n\
             price = {price:?}\ndemand = {demand}",
            event.start,
            event.promoted_days,
            event.planned_spend,
            sku = product.sku,
        );
    }
    for lane in &spec.supply {
        let _ = writeln!(out, "\n[[lead-time]]\nmode = \"{}\"\nstage = [{}]", lane.mode, lead_time(shop, lane));
    }
    if spec.supply.is_empty() {
        let (mean, cv) = STATED_LEAD;
        let stage =
            format!("{{ name = \"order-to-shelf\", days = {{ kind = \"gamma\", mean = {mean:?}, cv = {cv:?} }} }}");
        let _ = writeln!(out, "\n[[lead-time]]\nmode = \"stated\"\nstage = [{stage}]");
    }
    let cost = (spec.plan.price * COST_SHARE * 100.0).round() / 100.0;
    let _ = writeln!(out, "\n[money]\nprice = {:?}\nunit-cost = {cost:?}", spec.plan.price);
    out
}

fn write_head(out: &mut String, shop: &Shop, en: &SyntheticWords, zh: &SyntheticWords) -> fmt::Result {
    let spec = &shop.spec;
    writeln!(out, "# Question: how much to stock before the planned event of an invented shop?")?;
    writeln!(out, "# Made by `stockburst synth`: {}, seed {}.", spec.name, spec.seed)?;
    writeln!(out, "name = \"{}\"\ntitle = \"{}\"\ntitle-zh = \"{}\"", spec.name, en.title, zh.title)?;
    for (key, words) in [("notes", en), ("notes-zh", zh)] {
        writeln!(out, "{key} = [")?;
        for note in words.notes {
            writeln!(out, "  \"{note}\",")?;
        }
        writeln!(out, "]")?;
    }
    // TOML's integers have a sign.
    let seed = spec.seed & i64::MAX as u64;
    writeln!(out, "synthetic = true\ntoday = {}\ncurrency = \"USD\"\nseed = {seed}", shop.today)
}

/// The stages of a mode: as recorded; stated where so few shipments have arrived that they do not teach each stage, since
/// an open order names its stage.
fn lead_time(shop: &Shop, lane: &SupplyLaneSpec) -> String {
    let of_mode = shop.history.purchases.iter().filter(|purchase| purchase.mode == lane.mode);
    let shipments: BTreeSet<_> = of_mode.map(|purchase| (purchase.ordered_on, purchase.received_on)).collect();
    if shipments.len() >= LEAST_SHIPMENTS {
        return format!(
            "{{ name = \"order-to-shelf\", days = {{ kind = \"purchases\", records = \"{}\" }} }}",
            lane.mode
        );
    }
    let laws = [lane.production, lane.first_leg, lane.customs, lane.last_leg];
    let stage = |(name, law): (StageName, StageLaw)| {
        let days = if law.mean >= 0.01 && law.cv >= 0.01 {
            format!("{{ kind = \"log-normal\", mean = {:?}, cv = {:?} }}", law.mean, law.cv)
        } else {
            format!("{{ kind = \"fixed\", days = {:?} }}", law.mean)
        };
        format!("\n  {{ name = \"{}\", days = {days} }},", name.as_str())
    };
    StageName::ALL.into_iter().zip(laws).map(stage).collect::<String>() + "\n"
}
