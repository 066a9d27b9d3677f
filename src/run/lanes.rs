//! From what was learned and what the scenario states to the lead-time modes, and what is known of them.

use std::borrow::Cow;

use super::RunError;
use super::product::ProductInputs;
use crate::calendar::Date;
use crate::history::History;
use crate::learn::{LeadTimeEvidence, LeadTimeQuestion, LeadTimeRecords, fit_lead_time};
use crate::process::{
    Closure, Dependence, DurationLaw, LeadTimeChain, LeadTimeSample, MixturePart, PathSet, ProcessError, Stage,
};
use crate::random::{Entity, Seed, Source, Stream};
use crate::recommend::{OrderDate, latest_order_date};
use crate::scenario::{DurationSpec, LeadTimeSpec, OrderingSpec, Scenario};

/// Lead times drawn to describe a mode.
const LEAD_SAMPLE: usize = 20_000;

/// A lead-time mode with what stands behind it.
#[derive(Debug, Clone)]
pub(super) struct Mode {
    pub(super) chain: LeadTimeChain,
    /// What stands behind the stages that come from purchase records.
    pub(super) evidence: Vec<LeadTimeEvidence>,
}

/// The scenario's lead-time modes, learned where they come from records.
pub(super) fn chains(scenario: &Scenario, history: &History) -> Result<Vec<Mode>, RunError> {
    scenario.spec().lead_time.iter().enumerate().map(|(at, mode)| chain(scenario, history, at, mode)).collect()
}

fn chain(scenario: &Scenario, history: &History, at: usize, mode: &LeadTimeSpec) -> Result<Mode, RunError> {
    let (mut stages, mut evidence) = (Vec::new(), Vec::new());
    for (which, stage) in mode.stage.iter().enumerate() {
        let path = || format!("lead-time[{at}].stage[{which}].days");
        if let DurationSpec::Purchases { records, mean_days } = &stage.days {
            let today = scenario.spec().today;
            let known = LeadTimeRecords { purchases: &history.purchases, open_orders: &history.open_orders, today };
            // How long an open order has taken is a record like the others only if the records are the whole lead time,
            // and of this shop: a stated mean says that they are of another scale.
            let alike = mode.stage.len() == 1 && mean_days.is_none();
            let open_orders = alike.then_some(mode.mode.as_str());
            let question = LeadTimeQuestion { records, open_orders, mean_days: *mean_days };
            let fit = fit_lead_time(&known, &question)
                .map_err(|error| RunError::lead_time(format!("{}.records", path()), &error))?;
            stages.extend(fit.stages);
            evidence.push(fit.evidence);
        } else {
            let law = law(&stage.days)
                .ok_or_else(|| RunError::problem(path(), "a mixture holds no purchase records".to_owned()))?;
            stages.push(Stage { name: stage.name.clone(), law });
        }
    }
    let closures = scenario.spec().closure.iter().filter(|closure| closure.stops(&mode.mode));
    let closures = closures.map(|closure| Closure { from: closure.from, until: closure.until }).collect();
    let dependence = Dependence { correlation: mode.correlation, persistence: mode.persistence };
    let chain = LeadTimeChain::new(mode.mode.clone(), stages).with_dependence(dependence).closed(closures);
    let chain = if mode.in_order { chain.keeping_order() } else { chain };
    chain.check().map_err(|error| {
        // Records may bring more stages than the file shows, and more stages can be correlated less.
        let key = if matches!(error, ProcessError::Dependence { .. }) { "correlation" } else { "stage" };
        RunError::problem(format!("lead-time[{at}].{key}"), error.to_string())
    })?;
    Ok(Mode { chain, evidence })
}

/// The law that a scenario states; `None` where it asks for records.
fn law(days: &DurationSpec) -> Option<DurationLaw> {
    Some(match days {
        DurationSpec::Fixed { days } => DurationLaw::Fixed { days: *days },
        DurationSpec::Gamma { mean, cv } => DurationLaw::Gamma { mean: *mean, cv: *cv },
        DurationSpec::LogNormal { mean, cv } => DurationLaw::LogNormal { mean: *mean, cv: *cv },
        DurationSpec::Triangular { min, mode, max } => DurationLaw::Triangular { min: *min, mode: *mode, max: *max },
        DurationSpec::Pert { min, mode, max } => DurationLaw::Pert { min: *min, mode: *mode, max: *max },
        DurationSpec::Mixture { parts } => DurationLaw::Mixture {
            parts: parts
                .iter()
                .map(|part| Some(MixturePart { share: part.share.get(), law: law(&part.days)? }))
                .collect::<Option<_>>()?,
        },
        DurationSpec::Purchases { .. } => return None,
    })
}

/// Samples of the modes' lead times.
pub(super) struct Leads<'a> {
    modes: &'a [Mode],
    seed: Seed,
    today: Date,
    /// When the supplier takes orders.
    ordering: &'a OrderingSpec,
    /// Orders of today, by mode.
    of_today: Vec<LeadTimeSample>,
}

impl<'a> Leads<'a> {
    /// Describes every mode by the orders that are placed today.
    pub(super) fn draw(inputs: &ProductInputs<'a>) -> Self {
        let spec = inputs.scenario.spec();
        let (modes, seed, today) = (inputs.chains, Seed(spec.seed), spec.today);
        let ordering = &spec.ordering;
        Self { modes, seed, today, ordering, of_today: modes.iter().map(|mode| sample(mode, seed, today)).collect() }
    }

    /// Orders of today, by mode.
    pub(super) fn of_today(&self) -> &[LeadTimeSample] {
        &self.of_today
    }

    /// Orders by a mode that are placed on `date`: only closures make one day differ from another.
    pub(super) fn on(&self, mode: usize, date: Date) -> Cow<'_, LeadTimeSample> {
        if self.modes[mode].chain.closures().is_empty() || date == self.today {
            Cow::Borrowed(&self.of_today[mode])
        } else {
            Cow::Owned(sample(&self.modes[mode], self.seed, date))
        }
    }

    /// When an order by `mode` must be placed for goods that should lie on the shelf on `wanted_on`.
    pub(super) fn order_date(&self, mode: usize, wanted_on: Date, on_time: crate::units::Probability) -> OrderDate {
        let mut date = latest_order_date(|date| self.on(mode, date), self.today, wanted_on, on_time);
        if self.ordering.order_weekdays.is_empty() {
            return date;
        }
        // The last order day up to then; what is ordered today goes out on the first.
        let open = |days: &dyn Fn(i64) -> Date| (0..7).map(days).find(|date| self.ordering.takes_orders(*date));
        let back = |date: Date| open(&|days| date.plus_days(-days)).unwrap_or(date);
        (date.latest, date.even_chance) = (back(date.latest), back(date.even_chance));
        date.passed = date.latest < self.today;
        let first = open(&|days| self.today.plus_days(days)).unwrap_or(self.today);
        date.on_time_today = self.on(mode, first).on_time(wanted_on.days_since(first));
        date
    }
}

/// Lead times of orders of `date`, from a stream of the mode's own address: the planning set's last path. Every date
/// is drawn with the same numbers, so that a later order never seems to arrive earlier.
fn sample(mode: &Mode, seed: Seed, date: Date) -> LeadTimeSample {
    let address = PathSet::Planning.address((1 << 60) - 1);
    let mut stream = Stream::open(seed, address, Source::LeadTime, Entity::named(&[mode.chain.mode()]));
    LeadTimeSample::draw(&mode.chain, date, LEAD_SAMPLE, &mut stream)
}
