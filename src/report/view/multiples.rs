//! What the planner's multiplier means for each event: what 1.3 x covers, and whether 1.5 x reaches the target.

use super::View;
use crate::report::Lang;
use crate::report::names::shown;
use crate::report::words::{MultipleWords, ReachWords};
use crate::run::{EventForecast, ProductResult};

/// The multiple that is told with its interval.
const TOLD: f64 = 1.3;
/// Those that stand beside it.
const BESIDE: [f64; 2] = [1.2, 1.5];

impl View<'_> {
    /// One text an event.
    pub(crate) fn multiples(&self, product: &ProductResult) -> Vec<String> {
        product.events.iter().filter_map(|event| self.multiples_of(event)).collect()
    }

    fn multiples_of(&self, event: &EventForecast) -> Option<String> {
        let reach = event.multiplier_reach.as_ref()?;
        let n = &self.numbers;
        let times = |multiple: f64| self.words.times(&n.plain(multiple));
        let at = |multiple: f64| event.multiplier_service.iter().position(|(m, _)| *m == multiple);
        let covered = |at: usize| event.multiplier_service.get(at).map(|(_, covered)| n.percent(covered.get()));
        let told = at(TOLD)?;
        let beside = |multiple: &f64| Some(format!("{} {}", times(*multiple), covered(at(*multiple)?)?));
        let beside: Vec<String> = BESIDE.iter().filter_map(beside).collect();
        let means = self.words.multiple_means(&MultipleWords {
            event: &shown(&event.id),
            multiple: &times(TOLD),
            covered: &covered(told)?,
            range: &n.percent_range(reach.intervals.get(told)?),
            others: &self.words.list(&beside),
            futures: &n.whole(reach.futures),
        });
        let largest = event.multiplier_service.last().map(|(multiple, _)| times(*multiple))?;
        let reaches = self.words.multiple_reaches(&ReachWords {
            reach: reach.largest,
            largest: &largest,
            target: &n.percent(reach.target.get()),
            written: reach.written,
            needed: reach.needed.map(times).as_deref(),
            bursts: &n.whole(event.bursts.unwrap_or(0) as u64),
        });
        Some(match self.lang {
            Lang::En => format!("{means} {reaches}"),
            Lang::Zh => means + &reaches,
        })
    }
}
