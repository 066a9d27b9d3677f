//! What a synthetic shop must keep: its moments, its stock, its independence.

use super::*;
use crate::units::Probability;

fn made(spec: &SynthSpec) -> Shop {
    shop(spec).expect("valid parameters")
}

fn share(value: f64) -> Probability {
    Probability::try_new(value).expect("a share")
}

/// Mean and standard deviation (n - 1).
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt())
}

fn past_events(shop: &Shop) -> Vec<&EventTruth> {
    shop.truth.products.iter().flat_map(|product| &product.events).filter(|event| event.spend.is_some()).collect()
}

/// Every shop of the presets, with everything else switched on in the last.
fn shops() -> Vec<Shop> {
    let rich = SynthSpec {
        viral: Some(ViralSpec { a_year: 2.0, size_days: 10.0, size_sd: 0.5, decay_days: 2.0 }),
        wholesale: Some(WholesaleLinesSpec { a_year: 6.0, size_days: 5.0, size_sd: 0.5 }),
        creators: Some(CreatorsSpec { hosts: 5, effect_sd: 0.2, events_a_creative: 3, creative_half_life_days: 40.0 }),
        live: Some(LiveShareSpec { share: share(0.3), factor: 1.4, slots: "20:00-22:00".to_owned() }),
        supply: vec![lane("air", 15.0), lane("sea", 45.0)],
        events: EventsSpec { dip_share: share(0.2), ..EventsSpec::default() },
        ..SynthSpec::trial_reactive()
    };
    let presets = [
        SynthSpec::trial(),
        SynthSpec::trial_heavy_tail(),
        SynthSpec::trial_reactive(),
        SynthSpec::trial_noisy_availability(),
        SynthSpec::trial_few_events(),
        SynthSpec::placebo(),
        rich,
    ];
    presets.into_iter().map(|spec| made(&SynthSpec { products: 40, ..spec })).collect()
}

fn lane(mode: &str, production: f64) -> SupplyLaneSpec {
    SupplyLaneSpec {
        mode: mode.to_owned(),
        supplier: "factory".to_owned(),
        every_days: [20, 40],
        order_days: 25.0,
        production: StageLaw { mean: production, cv: 0.3 },
        first_leg: StageLaw { mean: 5.0, cv: 0.5 },
        customs: StageLaw { mean: 2.0, cv: 0.8 },
        last_leg: StageLaw { mean: 2.0, cv: 0.25 },
        inspected: share(0.1),
        inspection_days: [3, 10],
        persistence: share(0.9),
        congestion: share(0.5),
        split: share(0.2),
    }
}

#[test]
fn sales_are_demand_where_there_is_stock_and_nothing_where_there_is_none() {
    for shop in shops() {
        for product in &shop.truth.products {
            let series = &shop.history.sales[&crate::history::Sku(product.sku.clone())];
            assert_eq!(series.days.len(), shop.spec.days as usize);
            for (day, sold) in series.days.iter().enumerate() {
                let (wanted, share) = (product.demand[day], product.availability[day]);
                assert!(sold.units.0 <= wanted, "{} {day}", product.sku);
                assert!((0.0..=1.0).contains(&share));
                match share {
                    0.0 => assert_eq!((sold.units.0, sold.in_stock_share), (0, Some(0.0))),
                    1.0 => assert_eq!((sold.units.0, sold.in_stock_share), (wanted, Some(1.0))),
                    _ => assert!(sold.in_stock_share.is_some_and(|share| share > 0.0 && share < 1.0)),
                }
                assert!(sold.largest_line.is_some_and(|line| line <= sold.units));
            }
            let all = [&product.baseline, &product.uplift, &product.viral, &product.dip];
            assert!(all.into_iter().flatten().all(|mean| mean.is_finite() && *mean >= 0.0));
        }
    }
}

#[test]
fn spend_is_recorded_on_promoted_days_of_past_events_only() {
    for shop in shops() {
        let events = past_events(&shop);
        let promoted: usize = events.iter().map(|event| event.promoted_days).sum();
        assert_eq!(shop.history.ads.len(), promoted);
        for ad in &shop.history.ads {
            let event = events.iter().find(|event| event.campaign == ad.campaign).expect("its event");
            assert!((0..event.promoted_days as i64).contains(&ad.date.days_since(event.start)));
            assert!(ad.date < shop.today && ad.planned_spend == Some(event.planned_spend));
        }
        // The promotion calendar has them and the planned one.
        assert_eq!(shop.history.promotions.len(), events.len() + shop.truth.products.len());
        assert_eq!(
            shop.history.promotions.iter().filter(|promotion| promotion.start >= shop.today).count(),
            shop.truth.products.len()
        );
    }
}

#[test]
fn the_same_seed_is_the_same_shop_and_products_do_not_touch() {
    let spec = SynthSpec { products: 4, supply: vec![lane("air", 15.0)], ..SynthSpec::trial() };
    let (one, more, other) =
        (made(&spec), made(&SynthSpec { products: 9, ..spec.clone() }), made(&SynthSpec { seed: 2, ..spec.clone() }));
    assert_eq!(one.truth, made(&spec).truth);
    assert_eq!(one.truth.products[..], more.truth.products[..4]);
    assert_eq!(one.history.purchases[..], more.history.purchases[..one.history.purchases.len()]);
    assert_ne!(one.truth, other.truth);
    let path = |shop: &Shop| shop.fresh_demand(3, shop.event_window(3, 2, Some(21)).expect("a window"), 5);
    assert_eq!(path(&one), path(&more));
}

#[test]
fn demand_is_the_same_whatever_the_shelf_does() {
    let spec = SynthSpec { products: 10, ..SynthSpec::trial() };
    let never = StockoutsSpec { share: Probability::ZERO, ordinary_a_year: 0.0, ..StockoutsSpec::default() };
    let full = made(&SynthSpec { stockouts: never, ..spec.clone() });
    for (one, other) in made(&spec).truth.products.iter().zip(&full.truth.products) {
        assert_eq!(one.demand, other.demand);
        assert!(other.availability.iter().all(|share| *share >= 1.0));
    }
}

/// Log productivity: mean, variance between and within products are those asked for.
#[test]
fn productivity_has_the_moments_asked_for() {
    let amplitude = AmplitudeSpec { level_power: 0.0, ..AmplitudeSpec::default() };
    let shop = made(&SynthSpec { products: 500, amplitude, ..SynthSpec::trial() });
    let own: Vec<f64> = shop.truth.products.iter().map(|product| product.log_productivity).collect();
    let (mean, sd) = moments(&own);
    // Four standard errors.
    assert!((mean - 250_f64.ln()).abs() < 4.0 * 0.35 / 500_f64.sqrt(), "{mean}");
    assert!((sd - 0.35).abs() < 4.0 * 0.35 / 1_000_f64.sqrt(), "{sd}");
    let residuals: Vec<f64> = past_events(&shop)
        .iter()
        .map(|event| event.log_productivity.expect("past") - event.log_productivity_expected)
        .collect();
    let (mean, sd) = moments(&residuals);
    // Twenty seasons, each with a fifth of the variance, bound the mean; what is left is many.
    assert!(mean.abs() < 4.0 * 0.3 * (0.2_f64 / 17.0).sqrt(), "{mean}");
    assert!((sd - 0.3).abs() < 0.03, "{sd}");
}

/// Counts of a day: mean and variance m + m² / k around the means that are told, and realised uplift around its mean.
#[test]
fn a_day_varies_as_stated() {
    let shop = made(&SynthSpec::trial());
    let (mut sum, mut n) = (0.0, 0.0);
    for product in &shop.truth.products {
        for (day, wanted) in product.demand.iter().enumerate() {
            let mean = product.baseline[day] + product.uplift[day];
            let variance = mean + mean * mean / shop.spec.base.noise_size;
            sum += (*wanted as f64 - mean).powi(2) / variance;
            n += 1.0;
        }
    }
    assert!((sum / n - 1.0).abs() < 0.03, "{}", sum / n);
    let ratios: Vec<f64> =
        past_events(&shop).iter().map(|event| event.uplift.expect("past") as f64 / event.uplift_mean).collect();
    let (mean, _) = moments(&ratios);
    assert!((mean - 1.0).abs() < 0.01, "{mean}");
}

#[test]
fn the_share_of_events_that_run_out_is_near_the_one_asked_for() {
    for (asked, heavy) in [(0.1, 0.0), (0.3, 0.0), (0.5, 0.0), (0.3, 0.1), (0.0, 0.0)] {
        let stockouts = StockoutsSpec { share: share(asked), ..StockoutsSpec::default() };
        let amplitude =
            AmplitudeSpec { heavy_share: share(heavy), shared: Probability::ZERO, ..AmplitudeSpec::default() };
        let shop = made(&SynthSpec { products: 200, stockouts, amplitude, ..SynthSpec::trial() });
        let events = past_events(&shop);
        let out = events.iter().filter(|event| event.stocked_out == Some(true)).count() as f64 / events.len() as f64;
        assert!((out - asked).abs() <= 0.04, "{asked} {heavy}: {out}");
        let lost = events.iter().filter(|event| event.lost > Some(0) && event.stocked_out == Some(false)).count();
        assert!(lost <= events.len() / 10, "what is lost in other events comes from ordinary stockouts: {lost}");
        for event in events.iter().filter(|event| event.stocked_out == Some(true)) {
            assert!(event.days >= event.promoted_days);
        }
    }
}

/// Fresh totals have the law of the truth: over many events what happened lies as often below a fresh quantile as it
/// should.
#[test]
fn what_happened_is_one_of_the_fresh_draws() {
    let shop = made(&SynthSpec { products: 60, ..SynthSpec::trial() });
    let (mut below, mut n) = ([0.0; 3], 0.0);
    for (at, product) in shop.truth.products.iter().enumerate() {
        for (event, truth) in product.events.iter().enumerate().filter(|(_, event)| event.spend.is_some()) {
            let window = shop.event_window(at, event, Some(21)).expect("a window");
            let end = (truth.start_day + 21).min(product.demand.len());
            if end < truth.start_day + 21 {
                continue;
            }
            let happened: u64 = product.demand[truth.start_day..end].iter().sum();
            let mut fresh: Vec<u64> = (0..99).map(|draw| shop.fresh_total(at, window, draw)).collect();
            fresh.sort_unstable();
            for (count, rank) in below.iter_mut().zip([19, 49, 89]) {
                *count += f64::from(u8::from(happened <= fresh[rank]));
            }
            n += 1.0;
        }
    }
    // Seasons are common to many events: the band is theirs, not that of so many independent ones.
    for (count, level) in below.iter().zip([0.2, 0.5, 0.9]) {
        assert!((count / n - level).abs() < 0.06, "{level}: {}", count / n);
    }
}

#[test]
fn a_running_event_goes_on_as_it_began() {
    let shop = made(&SynthSpec { products: 30, ..SynthSpec::trial() });
    // A week into the event its amplitude is known: fresh totals differ by the noise of days only.
    let spread = |into: usize| {
        let sds = (0..30).map(|product| {
            let start = shop.truth.products[product].events[1].start_day;
            let window = Window { as_of: start + into, first: start + 7, days: 7 };
            let totals: Vec<f64> = (0..200).map(|draw| shop.fresh_total(product, window, draw) as f64).collect();
            let (mean, sd) = moments(&totals);
            sd / mean
        });
        sds.sum::<f64>() / 30.0
    };
    let (before, after) = (spread(0), spread(7));
    assert!(before > 2.0 * after, "{before} {after}");
}

#[test]
fn spend_follows_sales_only_if_asked_and_the_placebo_has_no_effect() {
    let slope = |spec: &SynthSpec| {
        let shop = made(spec);
        let events = past_events(&shop);
        let xy: Vec<(f64, f64)> = events
            .iter()
            .map(|event| {
                let ratio = event.spend.expect("past") / (event.planned_spend * event.promoted_days as f64);
                let residual = event.log_productivity.expect("past") - event.log_productivity_expected;
                (residual, ratio.ln())
            })
            .collect();
        let (cross, square) = xy.iter().fold((0.0, 0.0), |(xy, xx), (x, y)| (xy + x * y, xx + x * x));
        cross / square
    };
    assert!(slope(&SynthSpec::trial()).abs() < 0.01);
    assert!((slope(&SynthSpec::trial_reactive()) - 0.8).abs() < 0.03);
    // In the placebo uplift is productivity times a drive that knows no spend.
    let flat = AmplitudeSpec { between_sd: 0.0, within_sd: 0.0, level_power: 0.0, ..AmplitudeSpec::default() };
    let events = EventsSpec { ramp_days: [3, 3], plateau_days: [8, 8], ..EventsSpec::default() };
    let same = |spec: SynthSpec| {
        let shop = made(&SynthSpec { amplitude: flat.clone(), events: events.clone(), ..spec });
        let uplifts: Vec<f64> = past_events(&shop).iter().map(|event| event.uplift_mean.ln()).collect();
        moments(&uplifts).1
    };
    assert!(same(SynthSpec::placebo()) < 1e-9);
    assert!(same(SynthSpec::trial()) > 0.2);
}

/// Known answer: with retention 0, slope 1, K = spend and no ramp the response is one half a day, the tail
/// exp(-1), exp(-2), ... of it, without that below 2 %.
#[test]
fn the_response_is_adstock_and_hill() {
    let spend = SpendSpec {
        retention: Probability::ZERO,
        slope: 1.0,
        half_saturation: 800.0,
        product_sd: 0.0,
        event_sd: 0.0,
        noise_sd: 0.0,
        ..SpendSpec::default()
    };
    let events = EventsSpec { ramp_days: [0, 0], plateau_days: [10, 10], tail_days: 1.0, ..EventsSpec::default() };
    let shop = made(&SynthSpec { products: 1, spend, events, ..SynthSpec::trial() });
    let event = &shop.truth.products[0].events[0];
    assert_eq!((event.promoted_days, event.days), (10, 13));
    let tail: f64 = (1..=3).map(|day| (-f64::from(day)).exp()).sum();
    assert!((event.drive - 0.5 * (10.0 + tail)).abs() < 1e-12, "{}", event.drive);
    assert!((event.uplift_mean - event.log_productivity.expect("past").exp() * event.drive).abs() < 1e-6);
}

#[test]
fn a_dip_takes_back_its_share_after_the_event() {
    let events = EventsSpec { dip_share: share(0.1), ..EventsSpec::default() };
    let amplitude = AmplitudeSpec { median: 100.0, ..AmplitudeSpec::default() };
    let shop = made(&SynthSpec { products: 20, events, amplitude, ..SynthSpec::trial() });
    let (mut dip, mut uplift) = (0.0, 0.0);
    for product in &shop.truth.products {
        dip += product.dip.iter().sum::<f64>();
        uplift += product.uplift.iter().sum::<f64>();
    }
    // The last event may have no room for its dip, and a day has a bound.
    assert!(dip / uplift > 0.08 && dip / uplift <= 0.1, "{}", dip / uplift);
}

#[test]
fn purchases_are_in_order_and_open_ones_are_still_on_their_way() {
    let shop =
        made(&SynthSpec { products: 40, supply: vec![lane("air", 15.0), lane("sea", 45.0)], ..SynthSpec::trial() });
    let history = &shop.history;
    assert_eq!(history.purchases.len(), shop.purchase_units.len());
    assert!(!history.open_orders.is_empty());
    let mut split = 0.0;
    for purchase in &history.purchases {
        let dates: Vec<_> =
            [Some(purchase.ordered_on)].into_iter().chain(purchase.milestones).chain([purchase.received_on]).collect();
        assert!(dates.windows(2).all(|pair| pair[0] <= pair[1]) && dates[4] < Some(shop.today));
        split += f64::from(u8::from(purchase.order.ends_with("-2")));
    }
    for order in &history.open_orders {
        assert!(order.ordered_on < shop.today && order.stage_since < Some(shop.today));
        assert!(order.stage_since >= Some(order.ordered_on) && order.units.0 > 0);
    }
    let shipments = history.purchases.len() as f64 - split;
    assert!((split / shipments - 0.2).abs() < 0.05, "{}", split / shipments);
    // Mean of the chain with a tenth inspected for 6.5 days: 15 + 5 + 2 + 2 + 0.65, before what is still open.
    let air: Vec<f64> = history.purchases.iter().filter(|p| p.mode == "air").filter_map(|p| p.lead_days()).collect();
    let (mean, sd) = moments(&air);
    assert!((mean - 24.65).abs() < 1.5, "{mean}");
    assert!(sd > 4.0 && sd < 8.0, "{sd}");
}

/// Orders of one day of a congested lane are late together; of an uncongested one they are not.
#[test]
fn congestion_is_common_to_a_lane() {
    let correlation = |congestion: f64| {
        let law = SupplyLaneSpec {
            congestion: share(congestion),
            persistence: share(0.99),
            every_days: [1, 1],
            inspected: Probability::ZERO,
            split: Probability::ZERO,
            ..lane("air", 15.0)
        };
        let shop = made(&SynthSpec { products: 2, supply: vec![law], ..SynthSpec::trial() });
        let of = |sku: &str| -> std::collections::BTreeMap<_, _> {
            let own = shop.history.purchases.iter().filter(|p| p.sku.as_ref().is_some_and(|own| own.0 == sku));
            own.filter_map(|p| Some((p.ordered_on, p.lead_days()?))).collect()
        };
        let (one, other) = (of("SYN-0001"), of("SYN-0002"));
        let pairs: Vec<(f64, f64)> = one.iter().filter_map(|(day, lead)| Some((*lead, *other.get(day)?))).collect();
        let (xs, ys): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
        let ((mx, sx), (my, sy)) = (moments(&xs), moments(&ys));
        pairs.iter().map(|(x, y)| (x - mx) * (y - my)).sum::<f64>() / (pairs.len() as f64 - 1.0) / (sx * sy)
    };
    assert!(correlation(0.8) > 0.5, "{}", correlation(0.8));
    assert!(correlation(0.0).abs() < 0.2, "{}", correlation(0.0));
}

#[test]
fn few_events_are_one_or_two() {
    let shop = made(&SynthSpec::trial_few_events());
    let counts: Vec<usize> = shop.truth.products.iter().map(|product| product.events.len() - 1).collect();
    assert!(counts.iter().all(|count| (1..=2).contains(count)));
    assert!([1, 2].iter().all(|wanted| counts.iter().filter(|count| *count == wanted).count() > 30));
}

#[test]
fn problems_are_told_all_at_once_and_nothing_is_made() {
    let mut spec = SynthSpec::trial();
    spec.days = 5;
    spec.base.sd = f64::NAN;
    spec.events.gap_days = [10, 20];
    spec.stockouts.hours.pop();
    let problems = shop(&spec).expect_err("problems");
    let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(paths, ["days", "base.sd", "events.gap-days", "stockouts.hours"]);
}

/// No room for an event, nothing sold, no bursts: a shop all the same.
#[test]
fn the_edges_are_shops_too() {
    let spec = SynthSpec { products: 3, days: 60, ..SynthSpec::trial() };
    let quiet =
        made(&SynthSpec { amplitude: AmplitudeSpec { median: 0.0, ..AmplitudeSpec::default() }, ..spec.clone() });
    assert!(quiet.truth.products.iter().all(|product| product.uplift.iter().all(|mean| *mean == 0.0)));
    let late =
        made(&SynthSpec { events: EventsSpec { first_days: [59, 59], ..EventsSpec::default() }, ..spec.clone() });
    assert!(late.truth.products.iter().all(|product| product.events.len() == 1));
    let base = BaseSpec { median: 0.01, noise_size: 0.05, ..BaseSpec::default() };
    let rare = made(&SynthSpec { base, ..spec.clone() });
    assert!(rare.truth.products.iter().all(|product| product.demand.len() == 60));
    let window = Window { as_of: 1_000, first: 0, days: 10 };
    assert_eq!(rare.fresh_demand(0, window, u64::MAX).len(), 10);
    assert!(rare.fresh_demand(9, window, 0).is_empty());
}

/// Every parameter at the end of its range: large numbers, no panic and no NaN.
#[test]
fn the_largest_parameters_make_finite_numbers() {
    let sd = 2.0;
    let whole = Probability::ONE;
    let spec = SynthSpec {
        products: 20,
        days: 400,
        base: BaseSpec {
            median: 1e5,
            sd,
            weekday_scatter: sd,
            walk_sd: 0.2,
            sine: 3.0,
            noise_size: 0.05,
            ..BaseSpec::default()
        },
        amplitude: AmplitudeSpec {
            median: 1e5,
            between_sd: sd,
            within_sd: sd,
            level_power: 2.0,
            heavy_share: whole,
            heavy_factor: 100.0,
            ..AmplitudeSpec::default()
        },
        spend: SpendSpec {
            product_sd: sd,
            event_sd: sd,
            reaction: 2.0,
            noise_sd: sd,
            slope: 10.0,
            ..SpendSpec::default()
        },
        stockouts: StockoutsSpec {
            share: whole,
            planner_sd: sd,
            noise_sd: sd,
            ordinary_a_year: 36.0,
            ..StockoutsSpec::default()
        },
        viral: Some(ViralSpec { a_year: 36.0, size_days: 1e3, size_sd: sd, decay_days: 30.0 }),
        wholesale: Some(WholesaleLinesSpec { a_year: 365.0, size_days: 1e3, size_sd: sd }),
        supply: vec![SupplyLaneSpec { first_leg: StageLaw { mean: 365.0, cv: 5.0 }, ..lane("sea", 365.0) }],
        ..SynthSpec::trial()
    };
    let shop = made(&spec);
    for product in &shop.truth.products {
        assert!(product.baseline.iter().chain(&product.uplift).chain(&product.viral).all(|mean| mean.is_finite()));
        assert!(product.events.iter().all(|event| event.uplift_mean.is_finite() && event.planned_spend.is_finite()));
    }
    assert!(
        (0..20).all(|product| shop.fresh_demand(product, Window { as_of: 50, first: 60, days: 90 }, 1).len() == 90)
    );
}
