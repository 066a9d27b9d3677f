//! Numbers as a reader wants them: separators, few digits, per cent, money, and the error beside the estimate.
//!
//! Rounds and labels; computes nothing else. What is not a finite number shows as a dash.

use super::Lang;
use crate::recommend::LimitKind;
use crate::stats::{Estimate, Interval};

/// Shown for a number that is not there.
pub(super) const NOTHING: &str = "–";
/// Confidence of every error that is shown.
const CONFIDENCE: f64 = 0.95;

/// How numbers look in one language and currency.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    lang: Lang,
    currency: Option<String>,
}

impl Numbers {
    pub(super) const fn new(lang: Lang, currency: Option<String>) -> Self {
        Self { lang, currency }
    }

    /// The currency's code, if amounts have one.
    pub(super) fn currency(&self) -> Option<&str> {
        self.currency.as_deref()
    }

    /// A value of what a limit is about.
    pub(super) fn of_limit(&self, kind: LimitKind, value: f64) -> String {
        match kind {
            LimitKind::Stockout
            | LimitKind::FillRate
            | LimitKind::AllDays
            | LimitKind::Oversell
            | LimitKind::CancelRate => self.percent(value),
            LimitKind::Leftover => self.mean(value),
            LimitKind::Budget | LimitKind::CashPeak => self.money(value),
        }
    }

    /// A whole count: `7,500`.
    pub(super) fn count(&self, value: f64) -> String {
        self.fixed(value, 0)
    }

    /// A whole count.
    pub(super) fn whole(&self, value: u64) -> String {
        group(&value.to_string())
    }

    /// A mean count: whole from 100 on, else as many decimals as tell something.
    pub(super) fn mean(&self, value: f64) -> String {
        self.fixed(value, decimals(value))
    }

    /// A number with exactly so many decimals.
    pub(super) fn fixed(&self, value: f64, decimals: usize) -> String {
        if value.is_finite() { group(&format!("{:.decimals$}", value + 0.0)) } else { NOTHING.to_owned() }
    }

    /// A number as short as it can be said: `1.85`, `0.3`, `12`.
    pub(super) fn plain(&self, value: f64) -> String {
        let text = self.fixed(value, 3);
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    }

    /// A share in per cent.
    pub(super) fn percent(&self, share: f64) -> String {
        if !share.is_finite() {
            return NOTHING.to_owned();
        }
        let value = share * 100.0;
        let decimals = if value == 0.0 || value == 100.0 || (value - value.round()).abs() < 1e-9 {
            0
        } else if value.abs() < 1.0 || (99.0..100.0).contains(&value.abs()) {
            2
        } else {
            1
        };
        format!("{}{}", self.fixed(value, decimals), self.percent_sign())
    }

    /// A change in per cent, with its sign.
    pub(super) fn change(&self, share: f64) -> String {
        format!("{}{}", if share < 0.0 { "-" } else { "+" }, self.percent(share.abs()))
    }

    /// A share in whole per cent, without a sign: for cells of a chart.
    pub(super) fn bare_percent(&self, share: f64) -> String {
        let value = share * 100.0;
        if value > 0.0 && value < 0.5 {
            "<1".to_owned()
        } else if (99.5..100.0).contains(&value) {
            ">99".to_owned()
        } else {
            self.fixed(value, 0)
        }
    }

    const fn percent_sign(&self) -> &'static str {
        match self.lang {
            Lang::En => "\u{a0}%",
            Lang::Zh => "%",
        }
    }

    /// An amount: `USD 12,345`.
    pub(super) fn money(&self, amount: f64) -> String {
        let decimals = if amount.abs() >= 100.0 { 0 } else { 2 };
        let text = self.fixed(amount, decimals);
        match &self.currency {
            Some(currency) if amount.is_finite() => format!("{currency}\u{a0}{text}"),
            _ => text,
        }
    }

    /// A mean count with its 95 % error: `12.3 ± 0.4`.
    pub(super) fn mean_error(&self, estimate: &Estimate) -> String {
        self.with_error(estimate, |value| self.mean(value), |value, of| self.fixed(value, decimals(of)))
    }

    /// A share with its 95 % error.
    pub(super) fn percent_error(&self, estimate: &Estimate) -> String {
        self.with_error(estimate, |value| self.percent(value), |value, _| self.percent(value))
    }

    /// An amount with its 95 % error.
    pub(super) fn money_error(&self, estimate: &Estimate) -> String {
        let bare = |value: f64, of: f64| self.fixed(value, if of.abs() >= 100.0 { 0 } else { 2 });
        self.with_error(estimate, |value| self.money(value), bare)
    }

    fn with_error(
        &self,
        estimate: &Estimate,
        value: impl Fn(f64) -> String,
        error: impl Fn(f64, f64) -> String,
    ) -> String {
        let half = half_width(estimate);
        if !estimate.value.is_finite() || !half.is_finite() {
            return value(estimate.value);
        }
        format!("{} ± {}", value(estimate.value), error(half, estimate.value))
    }

    /// Two ends of an interval of shares: `2.6–3.7 %`.
    pub(super) fn percent_range(&self, interval: &Interval) -> String {
        let sign = self.percent_sign();
        let (low, high) = (self.percent(interval.low), self.percent(interval.high));
        format!("{}–{high}", low.trim_end_matches(sign))
    }
}

/// Half of the 95 % interval.
pub(super) fn half_width(estimate: &Estimate) -> f64 {
    estimate.interval(CONFIDENCE).map_or(f64::NAN, |interval| interval.half_width())
}

fn decimals(value: f64) -> usize {
    match value.abs() {
        size if size >= 100.0 || size.fract() == 0.0 => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    }
}

/// Thousands separators into a plain number.
fn group(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("−", rest));
    let (whole, rest) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
    if digits.chars().all(|c| c == '0' || c == '.') {
        return digits.to_owned();
    }
    let mut grouped = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_short() {
        let numbers = Numbers::new(Lang::En, Some("USD".into()));
        assert_eq!(numbers.count(7500.2), "7,500");
        assert_eq!(numbers.count(-1_234_567.0), "−1,234,567");
        assert_eq!(numbers.count(-0.2), "0");
        assert_eq!(numbers.percent(0.123_4), "12.3\u{a0}%");
        assert_eq!(numbers.percent(0.95), "95\u{a0}%");
        assert_eq!(numbers.percent(0.001_23), "0.12\u{a0}%");
        assert_eq!(numbers.money(12_345.6), "USD\u{a0}12,346");
        assert_eq!(numbers.plain(1.85), "1.85");
        assert_eq!(numbers.plain(1200.0), "1,200");
        assert_eq!((numbers.mean(60.0).as_str(), numbers.mean(f64::NAN).as_str()), ("60", NOTHING));
        let estimate = Estimate { value: 250.0, standard_error: 1.0, n: 4096 };
        assert_eq!(numbers.mean_error(&estimate), "250 ± 2");
        assert_eq!(numbers.percent_range(&Interval { low: 0.026, high: 0.037 }), "2.6–3.7\u{a0}%");
        assert_eq!(Numbers::new(Lang::Zh, None).percent(0.05), "5%");
    }
}
