//! The marketplace's rules as a scenario or a preset states them, key by key.

mod check;

use serde::{Deserialize, Serialize};

use crate::calendar::{Date, Weekday};
use crate::policy::{BusinessCalendar, MetricRule, PlatformMetric, PlatformRules, PlatformStep};
use crate::units::Probability;

/// Rules of the marketplace: a dated preset, and keys that stand in for its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PlatformSpec {
    /// Name of the preset, such as `th-2025-06`; without it only the keys written here hold.
    pub preset: Option<String>,
    /// The market, for the reader.
    pub market: Option<String>,
    /// The day on which the rules were read.
    pub as_of: Option<Date>,
    /// Orders cancelled by the seller's fault.
    pub cancellation: Option<MetricSpec>,
    /// Orders dispatched late.
    pub late_dispatch: Option<MetricSpec>,
    /// Working days within which an order must be dispatched.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 60)))]
    pub dispatch_days: Option<u32>,
    /// Working days after which the platform cancels an order as the seller's fault.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 60)))]
    pub cancel_days: Option<u32>,
    /// Rates at which a product is taken off sale.
    pub product_off: Option<ProductOffSpec>,
    /// Weekdays that are not worked.
    pub weekend: Option<Vec<WeekdayName>>,
    /// Dated holidays that are not worked.
    pub holidays: Option<Vec<Date>>,
    /// Orders a day of the shop's other products; without it the shop's rates are not computable.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e7)))]
    pub other_orders_per_day: Option<f64>,
    /// Share of those orders that is cancelled by the seller's fault; default none.
    pub other_cancel_rate: Option<Probability>,
    /// Share of those orders that is dispatched late; default none.
    pub other_late_rate: Option<Probability>,
    /// Where the figures come from.
    pub source: Vec<SourceSpec>,
}

/// One metric.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct MetricSpec {
    /// Calendar days over which the rate is taken.
    #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 366)))]
    pub window_days: Option<u32>,
    /// The rate that the platform asks to keep.
    pub target: Option<Probability>,
    /// The steps, lowest rate first.
    pub step: Option<Vec<StepSpec>>,
}

/// A rate at which the platform acts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StepSpec {
    /// The rate.
    pub from: Probability,
    /// Whether the rate itself is still allowed.
    #[serde(default)]
    pub above: bool,
    /// Share of the average daily orders that is left; 1 if the volume is not limited.
    #[serde(default = "whole")]
    pub volume_share: Probability,
    /// Days for which it is.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 366)))]
    pub days: u32,
    /// Violation points.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 1000)))]
    pub points: u32,
    /// Points instead, if many orders are at fault.
    #[serde(default)]
    pub many: Option<ManySpec>,
}

const fn whole() -> Probability {
    Probability::ONE
}

/// Points for many orders at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ManySpec {
    /// From so many orders on.
    #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 1_000_000)))]
    pub orders: u32,
    /// The points.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 1000)))]
    pub points: u32,
}

/// Cancellation rates at which a product is taken off sale; both must be reached.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProductOffSpec {
    /// Of the shop.
    pub shop_rate: Probability,
    /// Of the product.
    pub product_rate: Probability,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WeekdayName {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

/// Where a figure of a preset comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SourceSpec {
    /// The keys.
    pub keys: Vec<String>,
    /// The page.
    pub page: String,
    /// Its date, if it bears one.
    #[serde(default)]
    pub dated: Option<Date>,
    /// Who says so.
    pub kind: SourceKind,
}

/// Who states a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// The platform itself.
    Official,
    /// A vendor or a blog.
    Vendor,
    /// Nobody: this project's judgement, to be replaced by the shop's own figure.
    Assumption,
}

impl PlatformSpec {
    /// These keys, and the preset's where none is written here. Steps are taken as a whole.
    #[must_use]
    pub fn over(self, preset: Self) -> Self {
        Self {
            preset: self.preset.or(preset.preset),
            market: self.market.or(preset.market),
            as_of: self.as_of.or(preset.as_of),
            cancellation: MetricSpec::over(self.cancellation, preset.cancellation),
            late_dispatch: MetricSpec::over(self.late_dispatch, preset.late_dispatch),
            dispatch_days: self.dispatch_days.or(preset.dispatch_days),
            cancel_days: self.cancel_days.or(preset.cancel_days),
            product_off: self.product_off.or(preset.product_off),
            weekend: self.weekend.or(preset.weekend),
            holidays: self.holidays.or(preset.holidays),
            other_orders_per_day: self.other_orders_per_day.or(preset.other_orders_per_day),
            other_cancel_rate: self.other_cancel_rate.or(preset.other_cancel_rate),
            other_late_rate: self.other_late_rate.or(preset.other_late_rate),
            source: if self.source.is_empty() { preset.source } else { self.source },
        }
    }

    /// The rules, with the preset's keys filled in before ([`Self::over`]). A metric without a window is left out.
    #[must_use]
    pub fn rules(&self) -> PlatformRules {
        let metrics = [
            (PlatformMetric::SellerCancellation, &self.cancellation),
            (PlatformMetric::LateDispatch, &self.late_dispatch),
        ];
        let metrics = metrics.into_iter().filter_map(|(metric, spec)| spec.as_ref()?.rule(metric));
        let mut weekend = [false; Weekday::COUNT];
        for day in self.weekend.iter().flatten() {
            weekend[*day as usize] = true;
        }
        PlatformRules {
            metrics: metrics.collect(),
            dispatch_days: self.dispatch_days,
            cancel_days: self.cancel_days,
            product_off: self.product_off.map(|off| (off.shop_rate, off.product_rate)),
            calendar: BusinessCalendar::new(weekend, self.holidays.clone().unwrap_or_default()),
        }
    }

    /// Days of the longest window of a rate.
    #[must_use]
    pub fn longest_window(&self) -> u32 {
        let metrics = self.cancellation.iter().chain(&self.late_dispatch);
        metrics.filter_map(|metric| metric.window_days).max().unwrap_or(0)
    }
}

impl MetricSpec {
    fn over(own: Option<Self>, preset: Option<Self>) -> Option<Self> {
        match (own, preset) {
            (Some(own), Some(preset)) => Some(Self {
                window_days: own.window_days.or(preset.window_days),
                target: own.target.or(preset.target),
                step: own.step.or(preset.step),
            }),
            (own, preset) => own.or(preset),
        }
    }

    /// The rule, if its window is known.
    fn rule(&self, metric: PlatformMetric) -> Option<MetricRule> {
        let step = |spec: &StepSpec| PlatformStep {
            from: spec.from,
            above: spec.above,
            volume_share: spec.volume_share,
            days: spec.days,
            points: spec.points,
            points_if_many: spec.many.map(|many| (many.orders, many.points)),
        };
        Some(MetricRule {
            metric,
            window_days: self.window_days?,
            target: self.target,
            steps: self.step.iter().flatten().map(step).collect(),
        })
    }
}

#[cfg(test)]
mod tests;
