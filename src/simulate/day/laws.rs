//! Laws of the whole loop with every mechanic on: nothing is lost or made, and quick is the same as plain.

use proptest::prelude::*;

use super::*;
use crate::policy::{
    AdResponse, BusinessCalendar, Expedite, ExpediteSize, Guard, GuardAction, MetricRule, OrderLimits, OrderSize,
    PlatformMetric, PlatformRules, PlatformStep, PreOrder, PreStockOrder, PublishRule, ReorderLevels, Replenishment,
    RestOfShop, StockLevel,
};
use crate::process::DayProfile;
use crate::random::Seed;
use crate::simulate::storefront::{ChannelRule, Millis, Push, Refresh};
use crate::simulate::{AlertPlan, Channel, DispatchLimits, Flow, Platform, Storefront, Substitute, WithinDay};
use crate::simulate::{Ring, judge_alerts};
use crate::units::Probability;

fn probability(p: f64) -> Probability {
    Probability::try_new(p).expect("a probability")
}

fn share() -> impl Strategy<Value = Probability> {
    prop_oneof![Just(0.0), Just(1.0), 0.0..=1.0_f64].prop_map(probability)
}

prop_compose! {
    fn channel()(
        share in 0.0..3.0_f64,
        minutes in prop_oneof![Just(0.0), Just(15.0), 1.0..600.0_f64, Just(1440.0), Just(2880.0)],
        linked in proptest::bool::weighted(0.8),
        set in any::<bool>(),
        delay in 0.0..90.0_f64,
        failure in prop_oneof![Just(0.0), 0.0..1.0_f64],
        self_decrement in any::<bool>(),
        publish in (0_u64..10, 0.3..1.0_f64, 0_u64..10),
        typed in proptest::option::weighted(0.3, 0_u64..200),
    ) -> Channel {
        let rule = ChannelRule {
            publish: PublishRule::new(Units(publish.0), probability(publish.1), Units(publish.2)),
            refresh: if linked { Refresh::every_minutes(minutes) } else { Refresh::Never },
            push: if set { Push::Set } else { Push::Delta },
            delay: Millis::from_minutes(delay),
            failure: probability(failure),
            self_decrement,
        };
        Channel { share, rule, published_at_start: typed.map(Units) }
    }
}

fn storefront() -> impl Strategy<Value = Option<Storefront>> {
    let sizes = prop_oneof![Just(Vec::new()), Just(vec![0.6, 0.3, 0.1])];
    let channels = proptest::collection::vec(channel(), 1..4);
    proptest::option::weighted(
        0.7,
        (channels, sizes).prop_map(|(channels, order_sizes)| Storefront {
            sku: "A".into(),
            channels,
            order_sizes,
            profile: DayProfile::flat(),
            live_profile: DayProfile::live(1200, 60),
        }),
    )
}

prop_compose! {
    fn flow(days: usize)(
        backlog in proptest::collection::vec(0_u64..10, 0..4),
        reserved in prop_oneof![Just(0), 0_u64..20],
        samples in proptest::collection::vec(0_u64..4, 0..10),
        capacity in proptest::option::of(0_u64..40),
        limits in (proptest::option::of(0_u32..4), proptest::option::of(0_u32..4)),
        shares in (share(), share(), share()),
        return_days in 0_usize..9,
    ) -> Flow {
        let (late, more) = limits;
        let cancel = more.map(|more| late.unwrap_or(0) + more);
        let monday = "2026-11-02".parse().expect("a date");
        Flow {
            backlog: backlog.into_iter().map(Units).collect(),
            reserved: Units(reserved),
            samples,
            dispatch_capacity: capacity.map(Units),
            limits: DispatchLimits::new(monday, days, &BusinessCalendar::ALWAYS, late, cancel),
            customer_cancels: shares.0,
            returned: shares.1,
            return_days,
            restockable: shares.2,
        }
    }
}

fn platform() -> impl Strategy<Value = Option<Platform>> {
    proptest::option::of((0.02..0.5_f64, 0.1..1.0_f64, 0.0..50.0_f64).prop_map(|(from, left, others)| {
        let step = PlatformStep {
            from: probability(from),
            above: false,
            volume_share: probability(left),
            days: 3,
            points: 0,
            points_if_many: None,
        };
        let rule = |metric| MetricRule { metric, window_days: 4, target: None, steps: vec![step] };
        Platform {
            rules: PlatformRules {
                metrics: vec![rule(PlatformMetric::SellerCancellation), rule(PlatformMetric::LateDispatch)],
                dispatch_days: None,
                cancel_days: None,
                product_off: None,
                calendar: BusinessCalendar::ALWAYS,
            },
            rest: RestOfShop { orders_per_day: others, fault_rate: 0.01 },
            rest_late: 0.02,
        }
    }))
}

/// How a supplier takes orders: most pieces in a day, days on which it takes them, price breaks, a faster mode.
#[derive(Debug, Clone)]
struct Supply {
    maximum: u64,
    order_days: Vec<bool>,
    review_days: usize,
    up_to: bool,
    price_breaks: Vec<Units>,
    expedite: Option<Expedite>,
}

prop_compose! {
    fn supply(days: usize)(
        maximum in prop_oneof![Just(u64::MAX), 0_u64..120],
        order_days in prop_oneof![Just(Vec::new()), proptest::collection::vec(any::<bool>(), days)],
        review_days in prop_oneof![Just(1), 0_usize..5],
        up_to in any::<bool>(),
        breaks in proptest::collection::btree_set(1_u64..250, 0..4),
        expedite in proptest::option::of((0_u64..80, any::<bool>(), 0_u64..90, 0_usize..5, 0_usize..9)),
    ) -> Supply {
        let expedite = expedite.map(|(level, up_to, units, lead_days, ordinary_days)| {
            let size = match up_to {
                true => ExpediteSize::UpTo { level: Units(level + units) },
                false => ExpediteSize::Quantity { units: Units(units) },
            };
            Expedite { mode: 1, level: Units(level), size, lead_days, ordinary_days }
        });
        Supply { maximum, order_days, review_days, up_to, price_breaks: breaks.into_iter().map(Units).collect(), expedite }
    }
}

prop_compose! {
    pub(crate) fn case()(days in 1_usize..26)(
        demand in proptest::collection::vec((0_u64..20, 0_u64..60, prop_oneof![4 => Just(0_u64), 1 => 0_u64..40]), days),
        leads in proptest::collection::vec([1_u32..8, 1_u32..4], days),
        supply in supply(days).boxed(),
        own in proptest::collection::vec(0_u64..5, days),
        uniforms in proptest::collection::vec(0.001..0.999_f64, 8 * days),
        address in any::<u64>(),
        opening in 0_u64..400,
        storefront in storefront().boxed(),
        flow in flow(days).boxed(),
        platform in platform().boxed(),
        substitute in proptest::option::of((0_u64..80, share(), share())),
        waiting in share(),
        guard in proptest::option::of((0_u64..60, 1_u64..60, 0_u8..7, 0_usize..3)),
        pre_order in proptest::option::of((share(), 0_usize..9)),
        within in (prop_oneof![Just(0), Just(30), 1_u32..600], prop_oneof![Just(0), 0_u32..3000]),
        order in (0_u64..300, 1_u64..150, 0_usize..12, 0_u64..200),
        event in (0_usize..8, 1_usize..20),
        later in proptest::collection::vec((0_usize..20, 0_u64..80), 0..3),
        minimum in prop_oneof![Just(0), 0_u64..60],
        open in proptest::collection::vec((0_u64..90, 0_usize..30, 0_usize..20), 0..3),
        protection in prop_oneof![Just(None), (0_usize..9).prop_map(Some)],
        second in proptest::option::of((0_usize..6, 1_usize..9)),
    ) -> (ProductPath, PolicyPlan, Setting) {
        let days = demand.len();
        let first = event.0.min(days - 1);
        let last = (first + event.1).min(days);
        let mut uniforms = uniforms.into_iter();
        let mut take = |count| uniforms.by_ref().take(count).collect::<Vec<f64>>();
        let path = ProductPath {
            seed: Seed(3),
            address,
            organic: demand.iter().map(|d| d.0).collect(),
            ad: demand.iter().map(|d| d.1).collect(),
            live: demand.iter().map(|d| d.2).collect(),
            lead_days: (0..2).map(|mode| leads.iter().map(|lead| lead[mode]).collect()).collect(),
            waiting: take(days),
            thinning: take(days),
            flow: take(3 * days),
            redirect: take(3 * days),
            substitute: own,
            open_arrivals: open.iter().map(|order| order.1).collect(),
            ..ProductPath::default()
        };
        let guard = guard.map(|(pause, more, look, delay_days)| {
            // Days of cover need a rate, which the setting gives.
            let level = |units: u64| match look {
                4 => StockLevel::DaysOfCover { days: units as f64 / 20.0 },
                5 => StockLevel::ShareOfOrderUpTo { share: probability((units as f64 / 120.0).min(1.0)) },
                6 => StockLevel::ShareOfLastReceipt { share: probability((units as f64 / 120.0).min(1.0)) },
                _ => StockLevel::Units { units: Units(units) },
            };
            let look = match look {
                0 => Look::Open,
                1 => Look::Close,
                _ => Look::Within,
            };
            let action = pre_order.map_or(GuardAction::PauseAds, |(conversion, limit_days)| {
                GuardAction::PreOrder(PreOrder { conversion, limit_days })
            });
            Guard { pause: level(pause), resume: level(pause + more), look, delay_days, action }
        });
        let plan = PolicyPlan {
            mode: 0,
            pre_stocked: Units::ZERO,
            pre_stock: Some(PreStockOrder { day: order.2, units: Units(order.3) }),
            later_pre_stock: later.into_iter().map(|(day, units)| PreStockOrder { day, units: Units(units) }).collect(),
            expedite: supply.expedite,
            replenishment: Replenishment {
                levels: ReorderLevels::Constant { level: Units(order.0), last_order_day: None },
                size: match supply.up_to {
                    true => OrderSize::UpTo { above: Units(order.1) },
                    false => OrderSize::Lots { quantity: Units(order.1) },
                },
                limits: OrderLimits { minimum: Units(minimum), maximum: Units(supply.maximum), ..OrderLimits::NONE },
            },
            guard,
        };
        let mut event_starts = vec![first];
        let mut event_of: Vec<Option<usize>> = (0..days).map(|day| (first..last).contains(&day).then_some(0)).collect();
        if let Some((pause, length)) = second.filter(|(pause, _)| last + pause < days) {
            event_starts.push(last + pause);
            event_of[last + pause..(last + pause + length).min(days)].fill(Some(1));
        }
        let setting = Setting {
            event_starts,
            event_of,
            open_orders: open.iter().map(|order| Units(order.0)).collect(),
            open_due: open.iter().map(|order| order.2).collect(),
            protection_days: protection.map_or(Vec::new(), |days| vec![days; 2]),
            order_days: supply.order_days,
            review_days: supply.review_days,
            price_breaks: supply.price_breaks,
            planned_spend: (0..days).map(|day| day as f64).collect(),
            waiting_share: waiting,
            ad_phases: AdResponse {
                carry_over: probability(0.3),
                restart_days: 2,
                restart_efficiency: probability(0.5),
            }
            .phases(),
            alerts: AlertPlan { levels: vec![
                    StockLevel::DaysOfCover { days: 2.0 },
                    StockLevel::ShareOfLastReceipt { share: probability(0.4) },
                    StockLevel::ShareOfOrderUpTo { share: probability(0.4) },
                ] },
            daily_rate: vec![20.0; days],
            within_day: WithinDay { every_minutes: within.0, delay_minutes: within.1 },
            storefront,
            flow,
            platform,
            ledger: true,
            substitute: substitute.map(|(stock, conversion, spill)| Substitute {
                opening_stock: Units(stock),
                conversion,
                spend_per_day: 7.0,
                spill,
            }),
            ..Setting::new(days, Units(opening))
        };
        (path, plan, setting)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Critical days resolved by their definition and the quick way, over one workspace and another.
    #[test]
    fn quick_days_are_plain_days((path, plan, setting) in case()) {
        let plain = simulate(&path, &plan, &setting, &mut Workspace::plain());
        let mut workspace = Workspace::default();
        prop_assert_eq!(&simulate(&path, &plan, &setting, &mut workspace), &plain);
        prop_assert_eq!(&simulate(&path, &plan, &setting, &mut workspace), &plain);
    }

    /// Stock, demand, parcels, purchase orders and ad spend are conserved, in integers where they are counted.
    #[test]
    fn nothing_is_lost_or_made((path, plan, setting) in case()) {
        let (outcome, records) = trace(&path, &plan, &setting);
        let (all, flow) = (&outcome.all, &outcome.flow);
        prop_assert!(outcome.demand_is_conserved(), "{:?}", outcome);
        let reference: u64 = (0..setting.days).map(|day| path.reference(day)).sum();
        prop_assert_eq!(all.reference, reference);
        prop_assert_eq!(
            setting.opening_stock.0 + outcome.received + flow.restocked,
            flow.shipped + flow.samples + outcome.final_stock
        );
        let backlog: u64 = setting.flow.backlog.iter().map(|units| units.0).sum();
        prop_assert_eq!(
            backlog + all.served + all.oversold + outcome.served_late,
            flow.shipped + flow.cancelled_by_seller + flow.cancelled_by_customer + flow.unshipped
        );
        prop_assert!(flow.restocked <= flow.returned && flow.returned <= flow.shipped);
        let open: u64 = setting.open_orders.iter().map(|units| units.0).sum();
        prop_assert_eq!(open + outcome.ordered, outcome.received + outcome.final_on_order);
        prop_assert_eq!(outcome.ordered, records.iter().map(|day| day.ordered).sum::<u64>());
        prop_assert!(outcome.expedited <= outcome.ordered && outcome.expedited_orders <= outcome.orders);
        prop_assert!(plan.expedite.is_some() || outcome.expedited_orders == 0);
        let by_break: u64 = outcome.ordered_at_break.iter().sum();
        prop_assert!(by_break <= outcome.ordered);
        let most = plan.replenishment.limits.maximum.0;
        for (day, record) in records.iter().enumerate() {
            prop_assert!(setting.takes_orders(day) || record.ordered == 0);
            prop_assert!(plan.expedite.is_some() || record.ordered <= most);
        }
        let spend: f64 = setting.planned_spend.iter().sum();
        prop_assert!((outcome.spend + outcome.spend_saved - spend).abs() < 1e-9 * spend.max(1.0));
        prop_assert!(outcome.spend_wasted <= (outcome.spend + outcome.plan_b_spend) * (1.0 + 1e-12));
        if let Some(substitute) = &setting.substitute {
            let come_over = all.redirected_ads + all.spilled;
            prop_assert_eq!(outcome.substitute_served, come_over, "who finds it sold out is not counted as gone to it");
            let event_days = setting.event_of.iter().flatten().count() as f64;
            let most = substitute.spend_per_day * event_days;
            prop_assert!((0.0..=most * (1.0 + 1e-12)).contains(&outcome.plan_b_spend));
            prop_assert!(plan.guard.is_some() || outcome.plan_b_spend == 0.0);
            prop_assert!(outcome.substitute_served + outcome.substitute_left <= substitute.opening_stock.0);
        } else {
            prop_assert_eq!((all.redirected_ads, all.spilled), (0, 0));
        }
    }

    /// What a ring announces, by the few shadow runs, is what a shadow run for each ring says; without a guard it is what
    /// happened.
    #[test]
    fn a_ring_announces_what_its_own_shadow_run_says((path, mut plan, mut setting) in case(), share in 0.1..0.9_f64) {
        setting.alerts.levels.push(StockLevel::ShareOfEventStart { share: probability(share) });
        let event = |day: usize| setting.event_of[day];
        let mut workspace = Workspace::default();
        let shadow = |plan: &PolicyPlan, ring: &Ring, last_watch| {
            let mut workspace = Workspace::default();
            let _ = run(&path, plan, &setting, &mut workspace, last_watch, |_| {});
            let later = |day: &usize| *day > ring.day && event(*day) == event(ring.day);
            workspace.watch.stockouts().iter().copied().find(later)
        };
        for ring in judge_alerts(&path, &plan, &setting, &mut workspace) {
            prop_assert_eq!(ring.announced, shadow(&plan, &ring, Some(ring.day)), "{:?}", ring);
            prop_assert!(ring.announced.is_none_or(|stockout| stockout > ring.day));
        }
        plan.guard = None;
        for ring in judge_alerts(&path, &plan, &setting, &mut workspace) {
            prop_assert_eq!(ring.announced, shadow(&plan, &ring, None));
        }
    }

    /// Another setting over a workspace that has seen the same path: nothing of the first stays.
    #[test]
    fn a_workspace_forgets((path, plan, setting) in case(), (_, _, other) in case(), carry_over in share()) {
        let response = AdResponse { carry_over, restart_days: 1, restart_efficiency: probability(0.2) };
        let storefront = other.storefront.or_else(|| setting.storefront.clone());
        let fitted = Setting { storefront, ad_phases: response.phases(), ..setting.clone() };
        let mut workspace = Workspace::default();
        let _ = simulate(&path, &plan, &setting, &mut workspace);
        let again = simulate(&path, &plan, &fitted, &mut workspace);
        prop_assert_eq!(again, simulate(&path, &plan, &fitted, &mut Workspace::default()));
    }
}
