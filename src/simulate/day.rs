//! The order of a day, once and for all.
//!
//! 1. Ad commands that are due take effect.
//! 2. Orders that are due arrive, returned pieces are back, samples leave; waiting customers are served first.
//! 3. A guard that looks in the morning observes.
//! 4. Demand comes: without ads, and what the ads bring in their present state. It meets the stock that is not promised
//!    (on hand less accepted unshipped orders and reservations): directly, or through the channels of a storefront
//!    ([`shop`](super::shop)), within whose day the guard may look too.
//! 5. It is settled: of the unmet some take the substitute, some wait, the others are lost. Parcels leave; what has not
//!    left in time is late or cancelled; part of what left comes back.
//! 6. The day is reviewed: the platform's rates, purchase orders ([`purchase`](super::purchase): the pre-stock order, the
//!    reorder rule, an expedite rule), a guard that looks in the evening, alerts.
//!
//! A lead time is a difference of dates: an order placed at the end of day t with lead time L >= 1 arrives at the
//! start of day t + L.

use serde::{Deserialize, Serialize};

use super::alert::AlertWatch;
use super::flow::FlowState;
use super::platform::PlatformWatch;
use super::pre_order::PreOrders;
use super::purchase::Purchases;
use super::sale::Sale;
use super::shop::{Counter, Morning, minute_guard};
use super::storefront::{DayTotals, StorefrontState};
use super::thinning::thin;
use super::{LedgerDay, PathOutcome, PolicyPlan, Setting, Tally, ledger};
use crate::policy::{AdState, LevelBase, Look};
use crate::process::ProductPath;
use crate::units::Units;

/// One day of one path, for traces and charts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRecord {
    /// Pieces received in the morning.
    pub received: u64,
    /// Demand that met the shelf.
    pub demand: u64,
    /// Served on the day.
    pub served: u64,
    /// Lost at the shelf.
    pub lost: u64,
    /// Stock in the evening.
    pub on_hand: u64,
    /// Pieces ordered in the evening.
    pub ordered: u64,
    /// Whether the ads ran when the day's orders began to come.
    pub ads_in_force: bool,
    /// Whether they ran in the evening.
    pub ads_running: bool,
    /// Whether they ran all day, without a command that reached them.
    pub ads_undisturbed: bool,
    /// Ad demand that plan B turned into orders of the substitute.
    pub redirected_ads: u64,
    /// Customers who found nothing and took the substitute.
    pub spilled: u64,
    /// What the substitute served of both.
    pub substitute_served: u64,
}

/// Memory that one simulation reuses for the next.
#[derive(Debug, Default)]
pub struct Workspace {
    purchases: Purchases,
    ads: AdState,
    pub(super) watch: AlertWatch,
    flow: FlowState,
    counter: Counter,
    platform: PlatformWatch,
    pre_orders: PreOrders,
    /// Whether critical days are resolved by their definition instead of the quicker way that is held equal to it.
    plainly: bool,
}

impl Workspace {
    /// A workspace that resolves critical days event by event, by their definition.
    #[must_use]
    pub fn plain() -> Self {
        Self { plainly: true, ..Self::default() }
    }
}

/// Runs one candidate over one path.
#[must_use]
pub fn simulate(path: &ProductPath, plan: &PolicyPlan, setting: &Setting, workspace: &mut Workspace) -> PathOutcome {
    run(path, plan, setting, workspace, None, |_| {})
}

/// Runs one candidate over one path and keeps every day.
#[must_use]
pub fn trace(path: &ProductPath, plan: &PolicyPlan, setting: &Setting) -> (PathOutcome, Vec<DayRecord>) {
    let mut days = Vec::with_capacity(setting.days);
    let outcome = run(path, plan, setting, &mut Workspace::default(), None, |record| days.push(record));
    (outcome, days)
}

/// One candidate over one path; the guard goes off duty after the evening of day `last_watch`.
pub(super) fn run(
    path: &ProductPath,
    plan: &PolicyPlan,
    setting: &Setting,
    workspace: &mut Workspace,
    last_watch: Option<usize>,
    mut record: impl FnMut(DayRecord),
) -> PathOutcome {
    let Workspace { purchases, ads, watch, flow, counter, platform, pre_orders, plainly } = workspace;
    purchases.reset(path, plan, setting);
    ads.reset();
    watch.reset(setting.alerts.levels.len());
    flow.reset(&setting.flow, setting.days);
    platform.reset(setting.platform.as_ref());
    pre_orders.reset();
    // Channels hold what they show: there the guard pauses the ads whatever it was told.
    let pre_order = plan.guard.and_then(|guard| guard.pre_order()).filter(|_| setting.storefront.is_none());

    let mut outcome = PathOutcome {
        served_by_event: vec![0; setting.event_starts.len()],
        ordered_at_break: vec![0; setting.price_breaks.len()],
        ..PathOutcome::default()
    };
    if pre_order.is_some() {
        outcome.pre_ordered_by_event = vec![0; setting.event_starts.len()];
    }
    let mut on_hand = setting.opening_stock.0 + plan.pre_stocked.0;
    let mut backlog = 0_u64;
    let mut last_receipt = on_hand;
    // Of a day without a reorder point, the level that was valid last holds.
    let mut order_up_to = (0..setting.days).find_map(|day| plan.replenishment.order_up_to(day)).unwrap_or(Units::ZERO);
    let mut substitute_left = setting.substitute.map_or(0, |substitute| substitute.opening_stock.0);
    let mut event_start_stock = None;
    let mut cycle = Cycle::default();
    let mut planned_in_all = 0.0;
    let mut flow_before = flow.tally;
    let reserved = setting.flow.reserved;
    let mut shop: Option<StorefrontState> = setting.storefront.as_ref().map(|storefront| {
        counter.begin(storefront, &setting.ad_phases, path, setting.days);
        counter.open(storefront, on_hand, flow.pending(), reserved)
    });

    for day in 0..setting.days {
        let counts = day >= setting.measure_from;
        let event = setting.event_of[day];
        if day == setting.measure_from {
            flow_before = flow.tally;
        }

        let guard = plan.guard.filter(|_| last_watch.is_none_or(|last| day <= last));
        if last_watch.is_some_and(|last| day == last + 1) {
            ads.release();
            if let Some(shop) = &mut shop {
                shop.ads.reset();
            }
        }

        // 1. Commands.
        ads.begin_day(day);

        // 2. Arrivals, samples, waiting customers.
        let received = purchases.receive(day);
        on_hand += received + flow.restock(day);
        let samples = setting.flow.samples.get(day).copied().unwrap_or(0).min(unpromised(on_hand, flow, reserved));
        on_hand -= samples;
        flow.tally.samples += samples;
        let served_late = backlog.min(unpromised(on_hand, flow, reserved));
        on_hand -= served_late;
        backlog -= served_late;
        let pre_ordered =
            pre_orders.serve(served_late, if counts { &mut outcome.pre_ordered_by_event } else { &mut [] });
        flow.tally.shipped += served_late;
        if received > 0 && counts {
            cycle.close(&mut outcome);
        }
        if received > 0 {
            last_receipt = on_hand;
            watch.receipt(&setting.alerts);
        }
        order_up_to = plan.replenishment.order_up_to(day).unwrap_or(order_up_to);
        let base = |event_start: u64| LevelBase {
            event_start,
            order_up_to: order_up_to.0,
            last_receipt,
            daily_rate: setting.rate(day),
        };
        // Each event begins with running ads and armed alerts; between events there is nothing to guard.
        if setting.event_starts.contains(&day) {
            event_start_stock = Some(on_hand);
            ads.reset();
            watch.begin_event();
            if let Some(shop) = &mut shop {
                shop.ads.reset();
            }
        } else if event.is_none() {
            event_start_stock = None;
            if pre_order.is_some() {
                ads.release();
            }
        }

        // 3. Morning look.
        let stock_for_sale = unpromised(on_hand, flow, reserved);
        if let (Some(guard), Some(start)) = (&guard, event_start_stock)
            // Without a storefront there are no orders to look between.
            && (guard.look == Look::Open || (guard.look == Look::Within && shop.is_none()))
        {
            ads.look(guard, day, stock_for_sale, base(start));
        }

        // 4. Demand, and what of it is accepted.
        let unadvertised = path.unadvertised(day);
        let planned_ad = path.ad[day];
        // The ads of a listing on pre-order run on.
        let share = if pre_order.is_some() { 1.0 } else { ads.advance(&setting.ad_phases) };
        let on_pre_order = pre_order.filter(|_| !ads.running());
        let uniform = ProductPath::uniform(&path.thinning, day);
        let ad = thin(planned_ad, share, uniform);
        let ads_in_force = ads.running();
        let mut ads_undisturbed = ads_in_force;
        let sale = match (&setting.storefront, &mut shop) {
            (Some(storefront), Some(shop)) => {
                (shop.on_hand, shop.committed) = (pieces(on_hand), pieces(flow.pending()));
                let guard = guard.filter(|guard| guard.look == Look::Within).zip(event_start_stock);
                if guard.is_none() {
                    shop.ads.running = ads.running();
                }
                let morning = Morning {
                    day,
                    totals: DayTotals {
                        organic: path.organic[day],
                        ad: planned_ad,
                        live: path.live.get(day).copied().unwrap_or(0),
                    },
                    ad_pieces: u32::try_from(ad).unwrap_or(u32::MAX),
                    phases: &setting.ad_phases,
                    guard: guard.map(|(guard, start)| minute_guard(&guard, base(start), setting.within_day)),
                    piece_cap: platform.piece_cap(day),
                };
                let passed = counter.pass(storefront, path, &morning, shop, *plainly);
                ads_undisturbed &= !passed.ads_changed;
                if passed.ads_changed {
                    ads.changed_within_day(&setting.ad_phases, shop.ads.running);
                }
                Sale::at_the_storefront(&passed)
            }
            _ => {
                if let Some(terms) = on_pre_order {
                    let wanted = thin(unadvertised + ad, terms.conversion.get(), uniform);
                    let not_come = unadvertised + planned_ad - wanted;
                    // Who waits has been won: nothing is wasted on them.
                    Sale { not_come, ads_wasted: 0.0, ..Sale::over_the_shelf(wanted, stock_for_sale, true) }
                } else {
                    let ads_run = ads.running() || pre_order.is_some();
                    let sale = Sale::over_the_shelf(unadvertised + ad, stock_for_sale, ads_run);
                    let not_come = planned_ad - ad;
                    Sale { not_come, not_come_in_pause: if ads_run { 0 } else { not_come }, ..sale }
                }
            }
        };

        // 5. Settlement: the substitute, those who wait, parcels.
        let (mut redirected_ads, mut spilled, mut substitute_served) = (0, 0, 0);
        let mut plan_b_sells = true;
        if let Some(substitute) = &setting.substitute {
            let [by_plan_b, by_themselves, _] = ProductPath::three(&path.redirect, day);
            redirected_ads = thin(sale.not_come_in_pause, substitute.conversion.get(), by_plan_b);
            if on_pre_order.is_none() {
                spilled = thin(sale.unmet, substitute.spill.get(), by_themselves);
            }
            let own = path.substitute.get(day).copied().unwrap_or(0);
            plan_b_sells = substitute_left > 0;
            let served = (own + redirected_ads + spilled).min(substitute_left);
            substitute_left -= served;
            // Its own customers come first, then plan B's; who finds it sold out has taken nothing.
            substitute_served = served.saturating_sub(own);
            redirected_ads = redirected_ads.min(substitute_served);
            spilled = substitute_served - redirected_ads;
        }
        let unmet = sale.unmet - spilled;
        let waited = match on_pre_order {
            Some(_) => unmet,
            None => thin(unmet, setting.waiting_share.get(), ProductPath::uniform(&path.waiting, day)),
        };
        let lost = unmet - waited;
        backlog += waited;
        if let Some(terms) = on_pre_order {
            pre_orders.wait(day + terms.limit_days, waited, event.unwrap_or(0));
        }
        let gave_up = pre_orders.give_up(day);
        backlog -= gave_up;
        let short = sale.unmet + sale.oversold > 0;
        if short && event.is_some() {
            watch.stockout(day);
        }
        let uniforms = ProductPath::three(&path.flow, day);
        let cancelled_before = flow.tally.cancelled_by_customer;
        flow.accept(&setting.flow, sale.accepted, uniforms);
        let returned_before = flow.tally.returned;
        let cancelled_by_customer = flow.tally.cancelled_by_customer - cancelled_before;
        let evening = flow.settle(&setting.flow, day, on_hand, uniforms);
        on_hand -= evening.shipped;

        // 6. Review.
        platform.evening(setting.platform.as_ref(), day, sale.accepted, evening.cancelled, evening.late);
        let placed = purchases.evening((path, plan, setting), day, on_hand, backlog + flow.pending());
        let left = unpromised(on_hand, flow, reserved);
        if let Some(start) = event_start_stock {
            if let Some(guard) = &guard
                && guard.look == Look::Close
            {
                ads.look(guard, day, left, base(start));
            }
            watch.look(&setting.alerts, day, left, base(start));
        }

        if counts {
            outcome.served_late += served_late;
            outcome.received += received;
            outcome.waiting_days += backlog;
            outcome.gave_up += gave_up;
            outcome.substitute_served += substitute_served;
            outcome.orders += placed.orders();
            outcome.ordered += placed.pieces();
            outcome.expedited_orders += u64::from(placed.expedited > 0);
            outcome.expedited += placed.expedited;
            for units in [placed.ordinary, placed.expedited] {
                outcome.count_at_break(&setting.price_breaks, units);
            }
            outcome.peak_stock = outcome.peak_stock.max(stock_for_sale);
            cycle.day(short);
            let planned_spend = setting.planned_spend[day];
            planned_in_all += planned_spend;
            outcome.spend += planned_spend * sale.ads_ran;
            let plan_b_spend = match &setting.substitute {
                Some(substitute) if event.is_some() => substitute.spend_per_day * (1.0 - sale.ads_ran),
                _ => 0.0,
            };
            outcome.plan_b_spend += plan_b_spend;
            outcome.spend_wasted += planned_spend * sale.ads_wasted;
            if !plan_b_sells {
                outcome.spend_wasted += plan_b_spend;
            }
            let today = Tally {
                reference: unadvertised + planned_ad,
                served: sale.accepted - sale.oversold,
                lost,
                forgone: sale.not_come - redirected_ads,
                oversold: sale.oversold,
                refused: sale.refused,
                redirected_ads,
                spilled,
                waited,
                stockout_days: u64::from(short),
                ready_days: u64::from(left > 0),
                days: 1,
                on_hand_days: on_hand,
            };
            if setting.ledger {
                outcome.ledger.push(LedgerDay {
                    event,
                    served: today.served,
                    served_late,
                    pre_ordered,
                    oversold: today.oversold,
                    orders: ledger::orders(placed, path, plan, setting, day),
                    cancelled_by_customer,
                    cancelled_by_seller: evening.cancelled,
                    returned: flow.tally.returned - returned_before,
                    substitute_served,
                    gave_up,
                    spend: planned_spend * sale.ads_ran + plan_b_spend,
                });
            }
            outcome.all = outcome.all.with(&today);
            if let Some(event) = event {
                outcome.event = outcome.event.with(&today);
                outcome.served_by_event[event] += today.served;
                outcome.stock_after_event = on_hand;
            }
        }
        record(DayRecord {
            received,
            demand: sale.accepted + sale.unmet + sale.refused,
            served: sale.accepted,
            lost: sale.unmet,
            on_hand,
            ordered: placed.pieces(),
            ads_in_force: ads_in_force || pre_order.is_some(),
            ads_running: ads.running() || pre_order.is_some(),
            ads_undisturbed,
            redirected_ads,
            spilled,
            substitute_served,
        });
    }

    if plan.pre_stocked > Units::ZERO {
        outcome.orders += 1;
        outcome.ordered += plan.pre_stocked.0;
        outcome.received += plan.pre_stocked.0;
        outcome.count_at_break(&setting.price_breaks, plan.pre_stocked.0);
    }
    if setting.ledger {
        ledger::buy_ahead(&mut outcome.ledger, plan, setting);
    }
    outcome.spend_saved = planned_in_all - outcome.spend;
    cycle.close(&mut outcome);
    outcome.waiting_at_end = backlog;
    outcome.final_stock = on_hand;
    outcome.final_on_order = purchases.on_order();
    outcome.alerts.extend_from_slice(watch.outcomes());
    outcome.flow = flow.tally.since(&flow_before);
    outcome.flow.unshipped = flow.pending();
    outcome.substitute_left = substitute_left;
    platform.report(&mut outcome);
    outcome
}

/// Pieces that are not promised: on hand less accepted unshipped orders and reservations.
fn unpromised(on_hand: u64, flow: &FlowState, reserved: Units) -> u64 {
    on_hand.saturating_sub(flow.pending()).saturating_sub(reserved.0)
}

fn pieces(units: u64) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX / 4)
}

/// The replenishment cycle that is under way.
#[derive(Debug, Default)]
struct Cycle {
    days: u64,
    short: bool,
}

impl Cycle {
    fn day(&mut self, short: bool) {
        self.days += 1;
        self.short |= short;
    }

    fn close(&mut self, outcome: &mut PathOutcome) {
        if self.days > 0 {
            outcome.cycles += 1;
            outcome.clean_cycles += u64::from(!self.short);
        }
        *self = Self::default();
    }
}

#[cfg(test)]
pub(super) mod laws;
#[cfg(test)]
mod purchases;
#[cfg(test)]
mod tests;
