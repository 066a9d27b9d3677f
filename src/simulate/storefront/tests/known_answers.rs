//! Closed forms and independent simulations, met through the resolver within four standard errors on fixed seeds.

use super::sim::{Case, Sample, page};
use crate::simulate::storefront::{Millis, MinuteGuard, Push, Refresh};
use crate::units::Units;

const PATHS: u64 = 800;

/// A share of the paths, within four binomial standard errors.
#[track_caller]
fn near_share(got: f64, expected: f64) {
    let error = (expected * (1.0 - expected) / PATHS as f64).sqrt();
    assert!((got - expected).abs() < 4.0 * error, "{got}, not {expected}");
}

/// Published with a constant delay of 10 min at 120 orders an hour: (N - b)+ with N ~ Poisson(20).
#[test]
fn latency() {
    let case = Case { ad_rate: 0.0, organic_rate: 120.0, stock: 200, hours: 3.0, ..Case::default() };
    let open = case.run(&[page(Refresh::RealTime, 10.0, 0)], PATHS);
    open.oversold.is_near("mean", 20.0, 0.0);
    let reserved = case.run(&[page(Refresh::RealTime, 10.0, 25)], PATHS);
    reserved.oversold.is_near("mean with a reserve of 25", 0.330_828_118_575_503_2, 0.0);
    reserved.any.is_near("probability with a reserve of 25", 0.112_184_972_717_969_73, 0.0);
    // Above its 0.95 quantile of 28 lie P(Poisson(20) > 28) = 0.0343, and the buffer of 31 leaves 0.0081.
    near_share(open.oversold.share_above(28), 0.034_334);
    let safe = case.run(&[page(Refresh::RealTime, 10.0, 31)], PATHS);
    near_share(safe.any.mean(), 0.008_109);
}

/// Refreshed every 15 min at a random phase, a minute's delay, a reserve of 20.
#[test]
fn batch_sync() {
    let case = Case { ad_rate: 0.0, organic_rate: 120.0, stock: 200, hours: 3.0, ..Case::default() };
    let result = case.run(&[page(Refresh::every_minutes(15.0), 1.0, 20)], PATHS);
    result.oversold.is_near("mean", 2.731_993_713_280_182_6, 0.0);
    result.any.is_near("probability", 0.367_860_327_825_330_4, 0.0);
}

/// Ads of 100 an hour beside 20, 1,000 pieces, a pause at 100 that takes 15 min, a listing that closes 10 min late.
#[test]
fn ad_pause() {
    let guard = MinuteGuard::new(Units(100), Units(900), Millis(0), Millis::from_minutes(15.0));
    let case = Case { ad_rate: 100.0, organic_rate: 20.0, stock: 1000, hours: 14.0, ..Case::default() };
    let pages = [page(Refresh::RealTime, 10.0, 0)];
    case.run(&pages, PATHS).oversold.is_near("without a pause", 20.0, 0.0);
    let paused = Case { guard: Some(guard), ..case }.run(&pages, PATHS);
    paused.oversold.is_near("with a pause", 10.0 / 3.0, 0.0);
    // The ads ran 7.5 h to the level and a quarter of an hour more.
    paused.ads_hours.is_near("hours of ads", 7.75, 0.0);
}

/// 500 pieces, ads of 60 an hour beside 12, refreshed every 15 min, a minute's delay, a reserve of 5; with and without
/// a pause at 50 that takes half an hour. Expected values and their errors from an independent event simulation.
#[test]
fn micro_simulation() {
    let guard = MinuteGuard::new(Units(50), Units(450), Millis(0), Millis::from_minutes(30.0));
    let case = Case { ad_rate: 60.0, organic_rate: 12.0, stock: 500, hours: 13.0, ..Case::default() };
    let pages = [page(Refresh::every_minutes(15.0), 1.0, 5)];
    let paused = Case { guard: Some(guard), ..case }.run(&pages, PATHS);
    paused.oversold.is_near("mean", 0.07975, 0.008_053_800);
    paused.any.is_near("probability", 0.04, 0.003_098_387);
    paused.close_hours.is_near("hours to the close", 7.656_598_115_7, 0.009_817_096);
    let through = case.run(&pages, PATHS);
    through.oversold.is_near("mean without a pause", 5.7635, 0.086_833_329);
    through.any.is_near("probability without a pause", 0.73525, 0.006_975_984);
    through.close_hours.is_near("hours to the close without a pause", 7.007_431_650_7, 0.004_996_892);
}

/// Two orders a minute, polled every 15 min: mean 15, variance 90, and its upper tail.
#[test]
fn polling_every_quarter_of_an_hour() {
    let case = Case { ad_rate: 0.0, organic_rate: 120.0, stock: 200, hours: 3.0, ..Case::default() };
    let result = case.run(&[page(Refresh::every_minutes(15.0), 0.0, 0)], PATHS);
    result.oversold.is_near("mean", 15.0, 0.0);
    result.any.is_near("any", 0.966_667, 0.0);
    for (above, share) in [(10, 0.633_334), (20, 0.302_826), (30, 0.057_580), (40, 0.002_097)] {
        near_share(result.oversold.share_above(above), share);
    }
    let error = 90.0 * (2.0 / PATHS as f64).sqrt();
    assert!((result.oversold.variance() - 90.0).abs() < 4.0 * error, "{}", result.oversold.variance());
}

/// A live session of 30 a minute with 5 min latency oversells 150 pieces; 500 a day, flat, 1.736.
#[test]
fn live_against_flat() {
    let live = Case { ad_rate: 0.0, organic_rate: 1800.0, stock: 600, hours: 1.0, ..Case::default() };
    live.run(&[page(Refresh::RealTime, 5.0, 0)], 600).oversold.is_near("live", 150.0, 0.0);
    let safe = live.run(&[page(Refresh::RealTime, 5.0, 179)], 600);
    assert!(safe.any.mean() <= 0.01 + 4.0 * (0.0099_f64 / 600.0).sqrt(), "{}", safe.any.mean());
    let flat = Case { ad_rate: 0.0, organic_rate: 500.0 / 24.0, stock: 300, ..Case::default() };
    flat.run(&[page(Refresh::RealTime, 5.0, 0)], PATHS).oversold.is_near("flat", 1.736, 0.0);
}

/// Two channels show all of 50 pieces and are never refreshed, Poisson(30) orders each; and a hard split.
#[test]
fn two_channels_without_a_sync() {
    let case = Case { ad_rate: 0.0, organic_rate: 60.0 / 24.0, stock: 50, channels: 2, ..Case::default() };
    let mut own = page(Refresh::Mornings(1), 0.0, 0);
    own.self_decrement = true;
    let pooled = case.run(&[own, own], PATHS);
    pooled.oversold.is_near("mean", 10.318_161, 0.0);
    pooled.any.is_near("probability", 0.892_322, 0.0);
    own.publish = super::sim::half();
    let split = case.run(&[own, own], PATHS);
    assert_eq!(split.oversold.largest(), 0);
    split.accepted.is_near("sold under a hard split", 49.016_653, 0.0);
    // One listing that sells the pool, told at once: min(Poisson(60), 50).
    let single = Case { channels: 1, ..case }.run(&[page(Refresh::RealTime, 0.0, 0)], PATHS);
    single.accepted.is_near("sold from the pool", 49.680_507, 0.0);
    assert_eq!(single.oversold.largest(), 0);
}

/// A delta push never oversells what a page alone sells, however late it comes; a set push forgets and does.
#[test]
fn a_set_push_forgets_what_a_delta_push_knows() {
    let case = Case { ad_rate: 0.0, organic_rate: 120.0, stock: 200, hours: 3.0, ..Case::default() };
    let mut own = page(Refresh::every_minutes(15.0), 10.0, 0);
    own.self_decrement = true;
    let set: Sample = case.run(&[own], 500).oversold;
    own.push = Push::Delta;
    let delta = case.run(&[own], 500).oversold;
    assert_eq!(delta.largest(), 0);
    assert!(set.mean() > 5.0, "{}", set.mean());
}

/// The shares of ad demand count: half of the ads' orders come.
#[test]
fn a_ramp_thins_the_ads() {
    let shares = [0.5, 0.0, 1.0];
    let case = Case { ad_rate: 10.0, organic_rate: 0.0, stock: 1000, shares, ..Case::default() };
    case.run(&[page(Refresh::RealTime, 0.0, 0)], PATHS).accepted.is_near("half of 240", 120.0, 0.0);
}
