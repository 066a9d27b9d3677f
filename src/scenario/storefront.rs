//! The storefront: which channels show the stock, what they show, and when they are told.

use serde::{Deserialize, Serialize};

use super::ProductSpec;
use super::validate::{MOST_PIECES, Problems};
use crate::units::{Probability, Units};

/// Most channels of one shop.
pub const MAX_CHANNELS: usize = 8;
/// Hours of a day.
const HOURS: usize = 24;
/// Minutes of a day.
const DAY: f64 = 1440.0;

/// Sales channels over one stock. Without this table every order meets the true stock and none is accepted beyond it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StorefrontSpec {
    /// The channels.
    #[cfg_attr(feature = "ingest", schemars(length(min = 1, max = 8)))]
    pub channel: Vec<ChannelSpec>,
    /// Shares of the orders that have 1, 2, 3, ... pieces, in any common scale; default single pieces.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(length(max = 1000), inner(range(min = 0.0, max = 1e9))))]
    pub order_sizes: Vec<f64>,
    /// Weights of the 24 hours of the day, from midnight on, in any common scale: when orders come. Default every hour
    /// alike; the orders of live sessions have the sessions' own minutes.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(length(min = 24, max = 24), inner(range(min = 0.0, max = 1e9))))]
    pub hours: Option<Vec<f64>>,
}

/// A sales channel: a page that shows a number of pieces and accepts orders up to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ChannelSpec {
    /// Name.
    pub name: String,
    /// Share of the orders that it takes, in any common scale.
    #[serde(default = "one")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e9)))]
    pub share: f64,
    /// Whether it is told what to show. A listing that is not linked shows what was typed into it, less what it sells.
    #[serde(default = "yes")]
    pub linked: bool,
    /// Share of the available stock that it shows; default all of it.
    #[serde(default = "whole")]
    pub stock_share: Probability,
    /// Available pieces at or below which it shows none.
    #[serde(default)]
    pub threshold: Units,
    /// Pieces that it shows fewer: a safety buffer.
    #[serde(default)]
    pub reserve: Units,
    /// Minutes from one sync to the next; 0 is real time, a day or more is whole days, at their first minute. Default
    /// real time.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 129_600.0)))]
    pub sync_interval_minutes: Option<f64>,
    /// Minutes from the reading of the stock until the page shows it.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1440.0)))]
    pub push_delay_minutes: f64,
    /// Probability that a sync fails, and leaves the page to the next one.
    #[serde(default)]
    pub sync_failure: Probability,
    /// How the page takes a number.
    #[serde(default)]
    pub push: PushSpec,
    /// Whether the page counts its own orders down, as marketplaces do.
    #[serde(default = "yes")]
    pub self_decrement: bool,
    /// Pieces that someone typed into it; default what the sync would show.
    #[serde(default)]
    pub published_at_start: Option<Units>,
}

/// What a number from the sync does to the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PushSpec {
    /// Overwrites it, and forgets the orders that it accepted in between.
    #[default]
    Set,
    /// Adds the change since the last push.
    Delta,
}

const fn one() -> f64 {
    1.0
}

const fn yes() -> bool {
    true
}

const fn whole() -> Probability {
    Probability::ONE
}

impl StorefrontSpec {
    /// One marketplace channel that is told of every order at once.
    #[must_use]
    pub fn marketplace() -> Self {
        let channel = ChannelSpec {
            name: "marketplace".to_owned(),
            share: one(),
            linked: true,
            stock_share: whole(),
            threshold: Units::ZERO,
            reserve: Units::ZERO,
            sync_interval_minutes: None,
            push_delay_minutes: 0.0,
            sync_failure: Probability::ZERO,
            push: PushSpec::Set,
            self_decrement: true,
            published_at_start: None,
        };
        Self { channel: vec![channel], order_sizes: Vec::new(), hours: None }
    }

    /// Every rule of the storefront, in the order of its keys.
    pub(super) fn check(&self, products: &[ProductSpec], problems: &mut Problems) {
        match self.channel.len() {
            0 => problems.add_help(
                "storefront.channel",
                "no channel: nobody could buy".to_owned(),
                "write at least one [[storefront.channel]], or leave [storefront] out",
            ),
            count if count > MAX_CHANNELS => problems.add_help(
                "storefront.channel",
                format!("{count} channels; a storefront has from 1 to {MAX_CHANNELS}"),
                "write channels with the same rule as one, their shares added up",
            ),
            _ => {
                let shares = self.channel.iter().map(|channel| channel.share);
                check_weights(shares, "storefront.channel", "the shares of the channels", problems);
            }
        }
        problems.unique("storefront.channel", "name", self.channel.iter().map(|channel| channel.name.as_str()));
        for (at, channel) in self.channel.iter().enumerate() {
            channel.check(&format!("storefront.channel[{at}]"), products, problems);
        }
        if !self.order_sizes.is_empty() {
            let sizes = self.order_sizes.iter().copied();
            check_weights(sizes, "storefront.order-sizes", "the shares of the order sizes", problems);
        }
        if let Some(hours) = &self.hours {
            if hours.len() == HOURS {
                check_weights(hours.iter().copied(), "storefront.hours", "the weights of the hours", problems);
            } else {
                let problem = format!("{} weights; the day has {HOURS} hours", hours.len());
                problems.add("storefront.hours", problem);
            }
        }
    }
}

impl ChannelSpec {
    /// Minutes from one sync to the next; 0 in real time.
    #[must_use]
    pub fn interval_minutes(&self) -> f64 {
        self.sync_interval_minutes.unwrap_or(0.0)
    }

    fn check(&self, path: &str, products: &[ProductSpec], problems: &mut Problems) {
        let minutes = self.interval_minutes();
        let delay = self.push_delay_minutes;
        if !(0.0..=90.0 * DAY).contains(&minutes) {
            let problem = format!("`{minutes}` minutes; an interval has from 0 to {}", 90.0 * DAY);
            problems.add(format!("{path}.sync-interval-minutes"), problem);
        } else if minutes > DAY && minutes % DAY != 0.0 {
            let problem = format!("`{minutes}` minutes are neither within a day nor whole days");
            problems.add_help(
                format!("{path}.sync-interval-minutes"),
                problem,
                format!("write a multiple of {DAY}: such a sync comes at the first minute of a day"),
            );
        }
        if !(0.0..=DAY).contains(&delay) {
            let problem = format!("`{delay}` minutes; a delay has from 0 to {DAY}");
            problems.add(format!("{path}.push-delay-minutes"), problem);
        }
        for (key, pieces) in [
            ("threshold", Some(self.threshold)),
            ("reserve", Some(self.reserve)),
            ("published-at-start", self.published_at_start),
        ] {
            problems.pieces(format!("{path}.{key}"), pieces.unwrap_or_default());
        }
        self.check_link(path, problems);
        const SHOWS_NOTHING: &str = "the page would show nothing from the first day on";
        if self.linked && self.stock_share == Probability::ZERO {
            let problem = "`0` of the stock is shown: nobody could order here".to_owned();
            problems.add_help(
                format!("{path}.stock-share"),
                problem,
                "leave the channel out, or write a share above 0",
            );
        }
        // A shelf that is empty today shows nothing whatever is held back.
        for (key, held) in [("reserve", self.reserve), ("threshold", self.threshold)] {
            let below =
                |product: &&ProductSpec| product.opening_stock.is_some_and(|stock| stock > Units::ZERO && held > stock);
            if let (true, Some(product)) = (self.linked && held.0 <= MOST_PIECES, products.iter().find(below)) {
                let stock = product.opening_stock.unwrap_or_default();
                let problem = format!("`{held}` is above the opening stock of product `{}`, `{stock}`", product.sku);
                problems.add_help(format!("{path}.{key}"), problem, SHOWS_NOTHING);
            }
        }
    }

    /// What only a linked page has, and what a link takes away.
    fn check_link(&self, path: &str, problems: &mut Problems) {
        if !self.linked {
            let written = [
                ("sync-interval-minutes", self.sync_interval_minutes.is_some()),
                ("push-delay-minutes", self.push_delay_minutes != 0.0),
                ("sync-failure", self.sync_failure > Probability::ZERO),
            ];
            for (key, _) in written.into_iter().filter(|(_, written)| *written) {
                let problem = "says nothing of a listing that is not linked: no sync reaches it".to_owned();
                problems.add_help(format!("{path}.{key}"), problem, "leave the key out, or write linked = true");
            }
            return;
        }
        // From two days on, the typed number stands until the first sync.
        if let (Some(typed), true) = (self.published_at_start, self.interval_minutes() < 2.0 * DAY) {
            problems.add_help(
                format!("{path}.published-at-start"),
                format!("`{typed}` is overwritten by the sync in the first minute"),
                "write linked = false for a listing that nobody linked, or leave the key out",
            );
        }
    }
}

/// Weights that must be numbers from 0 on with a positive sum.
fn check_weights(weights: impl Iterator<Item = f64>, path: &str, what: &str, problems: &mut Problems) {
    let (mut sum, mut wrong) = (0.0, None);
    for weight in weights {
        sum += weight;
        if !(weight >= 0.0 && weight.is_finite()) {
            wrong = Some(weight);
        }
    }
    if let Some(weight) = wrong {
        problems.add(path, format!("`{weight}`; {what} are numbers from 0 on"));
    } else if sum <= 0.0 {
        problems.add(path, format!("{what} sum to `{sum}`; at least one must be above 0"));
    }
}

impl Problems {
    /// Pieces must not be more than anybody has.
    pub(super) fn pieces(&mut self, path: String, units: Units) {
        if units.0 > MOST_PIECES {
            self.add(path, format!("`{units}` pieces; at most {MOST_PIECES}"));
        }
    }
}
