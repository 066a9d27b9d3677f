//! The definition: every event of the day in its order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{
    DayArrivals, DayOutcome, MAX_CHANNELS, Millis, Order, OrderSource, Push, Refresh, StorefrontDay, StorefrontState,
};

/// Resolves a day order by order, event by event; the state becomes that of the next midnight.
///
/// A listing that is linked to no stock shows the 300 pieces that someone typed in, and 100 are there:
///
/// ```
/// use stockburst::policy::PublishRule;
/// use stockburst::simulate::storefront::{
///     AdPieces, ChannelRule, DayArrivals, Millis, Order, OrderSource, Push, Refresh, StorefrontDay, StorefrontState,
///     resolve,
/// };
/// use stockburst::units::{Probability, Units};
///
/// let channels = [ChannelRule {
///     publish: PublishRule::ALL,
///     refresh: Refresh::Never,
///     push: Push::Set,
///     delay: Millis(0),
///     failure: Probability::ZERO,
///     self_decrement: true,
/// }];
/// let day = StorefrontDay {
///     channels: &channels,
///     phases: &[],
///     day: 0,
///     guard: None,
///     ads: AdPieces::PLANNED,
///     piece_cap: None,
/// };
/// let order = |minute: u32| Order {
///     at: Millis::from_minutes(f64::from(minute)),
///     channel: 0,
///     source: OrderSource::Organic,
///     units: 1,
///     rank: 0,
/// };
/// let arrivals = DayArrivals::new((0..400).map(order).collect(), 0);
/// let mut state = StorefrontState::open(Units(100), Units(0), Units(0), &channels, &[Some(Units(300))]);
/// let outcome = resolve(&day, &arrivals, &mut state);
/// assert_eq!((outcome.accepted_units(), outcome.oversold, outcome.lost), (300, 200, 100));
/// ```
#[must_use]
pub fn resolve(day: &StorefrontDay<'_>, arrivals: &DayArrivals, state: &mut StorefrontState) -> DayOutcome {
    let mut shop = Shop::open(day, arrivals.failure_key, state);
    for order in arrivals.orders() {
        shop.run_until(order.at.0);
        shop.order(order);
    }
    shop.run_until(Millis::DAY.0 - 1);
    shop.close()
}

/// What may fall on one moment, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A command takes effect: to run or to pause.
    Command(bool),
    /// A number reaches a channel's page.
    Arrival(usize, i64),
    /// A channel's sync reads the stock.
    Tick(usize),
    /// The guard looks.
    Look,
}

impl Event {
    const fn rank(self) -> u8 {
        match self {
            Self::Command(_) => 0,
            Self::Arrival(..) => 1,
            Self::Tick(_) => 2,
            Self::Look => 3,
        }
    }
}

/// The shop in the course of the day.
struct Shop<'a> {
    day: &'a StorefrontDay<'a>,
    failure_key: u64,
    state: &'a mut StorefrontState,
    out: DayOutcome,
    /// What is to come: time, rank, place in the order of entry, event.
    agenda: BinaryHeap<Reverse<(u32, u8, u64, Event)>>,
    entered: u64,
    /// Until when the ads' minutes are counted.
    counted: u32,
    available: i64,
    /// Pieces of the planned ad demand that come in the present state of the ads.
    ad_pieces: u32,
    /// What each channel was told last, and the pieces that its page took since.
    told: [i64; MAX_CHANNELS],
    since_told: [i64; MAX_CHANNELS],
}

impl<'a> Shop<'a> {
    fn open(day: &'a StorefrontDay<'a>, failure_key: u64, state: &'a mut StorefrontState) -> Self {
        state.first_minute(day.rules(), day.phases, day.day);
        let mut shop = Self {
            available: state.available(),
            told: state.published,
            since_told: [0; MAX_CHANNELS],
            ad_pieces: day.ads.at_start,
            out: DayOutcome::default(),
            agenda: BinaryHeap::new(),
            entered: 0,
            counted: 0,
            day,
            failure_key,
            state,
        };
        shop.take_commands();
        for (channel, rule) in day.rules().iter().enumerate() {
            if let Some((first, _)) = rule.first_tick(day.phase(channel)) {
                shop.enter(first, Event::Tick(channel));
            }
        }
        if day.guard.is_some() {
            shop.enter(0, Event::Look);
        }
        shop.note_stock(0);
        shop.note_pages(0);
        shop
    }

    fn enter(&mut self, at: u32, event: Event) {
        if at < Millis::DAY.0 {
            self.entered += 1;
            self.agenda.push(Reverse((at, event.rank(), self.entered, event)));
        }
    }

    /// Enters the commands that take effect today.
    fn take_commands(&mut self) {
        while let Some((due, run)) = self.state.ads.take_due(i64::from(Millis::DAY.0) - 1) {
            self.enter(due.max(0) as u32, Event::Command(run));
        }
    }

    fn run_until(&mut self, end: u32) {
        while let Some(Reverse((at, _, _, event))) = self.agenda.peek().copied()
            && at <= end
        {
            self.agenda.pop();
            self.count_to(at);
            match event {
                Event::Command(run) => self.command(run),
                Event::Arrival(channel, number) => self.arrival(channel, number),
                Event::Tick(channel) => {
                    self.read(channel, at);
                    if let Some((_, interval)) = self.day.rules()[channel].first_tick(0.0) {
                        self.enter(at.saturating_add(interval), event);
                    }
                }
                Event::Look => self.look(at),
            }
            self.note_pages(at);
        }
        self.count_to(end);
    }

    /// Counts the minutes of the ads up to `at`.
    fn count_to(&mut self, at: u32) {
        let elapsed = at - self.counted;
        self.counted = at;
        if self.state.ads.running {
            self.out.ads_ran.0 += elapsed;
            if !self.sells() {
                self.out.ads_wasted.0 += elapsed;
            }
        }
    }

    /// Whether something can be bought.
    fn sells(&self) -> bool {
        let pages = &self.state.published[..self.day.rules().len()];
        !self.capped() && pages.iter().any(|shown| *shown >= 1)
    }

    fn capped(&self) -> bool {
        self.day.piece_cap.is_some_and(|cap| self.out.accepted_units() >= cap)
    }

    fn command(&mut self, run: bool) {
        if self.state.ads.running != run {
            self.state.ads.running = run;
            self.ad_pieces = if run { self.day.ads.after_resume } else { self.day.ads.after_pause };
            self.out.ads_changed = true;
        }
    }

    fn look(&mut self, at: u32) {
        let Some(guard) = self.day.guard else { return };
        if let Some(run) = self.state.ads.decide(guard.pause, guard.resume, self.available) {
            self.state.ads.issue(run, at, guard.delay);
            self.take_commands();
        }
        if guard.every.0 > 0 {
            self.enter(at.saturating_add(guard.every.0), Event::Look);
        }
    }

    /// The sync of a channel reads the stock and sends its number on its way.
    fn read(&mut self, channel: usize, at: u32) {
        let rule = &self.day.rules()[channel];
        if rule.fails(channel, self.failure_key, at) {
            return;
        }
        let quantity = rule.publish.quantity(self.available);
        let number = match rule.push {
            Push::Set => quantity,
            Push::Delta => quantity - self.told[channel] + self.since_told[channel],
        };
        self.told[channel] = quantity;
        self.since_told[channel] = 0;
        self.enter(at.saturating_add(rule.delay.0), Event::Arrival(channel, number));
    }

    fn arrival(&mut self, channel: usize, number: i64) {
        let shown = &mut self.state.published[channel];
        match self.day.rules()[channel].push {
            Push::Set => *shown = number,
            Push::Delta => *shown += number,
        }
    }

    fn order(&mut self, order: &Order) {
        let (channel, come) = (usize::from(order.channel), order.coming(self.ad_pieces));
        self.out.stay_away(order.units - come, self.state.ads.running);
        if come == 0 {
            return;
        }
        if self.capped() {
            self.out.refused += come;
        } else if channel >= self.day.rules().len() || self.state.published[channel] < i64::from(come) {
            self.out.lost += come;
        } else {
            self.accept(order.at.0, channel, order.source, come);
        }
    }

    fn accept(&mut self, at: u32, channel: usize, source: OrderSource, units: u32) {
        self.out.accepted[channel][source as usize] += units;
        self.available -= i64::from(units);
        self.note_stock(at);
        if self.day.rules()[channel].self_decrement {
            self.state.published[channel] -= i64::from(units);
            self.since_told[channel] += i64::from(units);
        }
        for (other, rule) in self.day.rules().iter().enumerate() {
            if rule.refresh == Refresh::RealTime {
                self.enter(at, Event::Tick(other));
            }
        }
        if self.day.guard.is_some_and(|guard| guard.every.0 == 0) {
            self.enter(at, Event::Look);
        }
        self.note_pages(at);
    }

    fn note_pages(&mut self, at: u32) {
        self.out.shut_at = if self.sells() { None } else { self.out.shut_at.or(Some(Millis(at))) };
    }

    fn note_stock(&mut self, at: u32) {
        if self.available <= 0 && self.out.ran_out.is_none() {
            self.out.ran_out = Some(Millis(at));
        }
    }

    /// Midnight: the last millisecond is counted, the stock and the commands go over to the next day.
    fn close(mut self) -> DayOutcome {
        self.run_until(Millis::DAY.0 - 1);
        self.count_to(Millis::DAY.0);
        // A page that owes pieces shows none.
        for shown in &mut self.state.published {
            *shown = (*shown).max(0);
        }
        self.out.close(self.state);
        self.state.ads.next_midnight();
        self.out
    }
}
