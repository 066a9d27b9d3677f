//! Draws the orders of a critical day: times as order statistics, then channel and size of each.

use super::{DayArrivals, DayTotals, MAX_CHANNELS, Millis, Order, OrderSource};
use crate::process::DayProfile;
use crate::random::{Entity, Seed, Source, Stream};

/// How the orders of a day are spread over time, channels and sizes.
#[derive(Debug, Clone, Copy)]
pub struct OrderMix<'a> {
    /// When organic, ad and live orders come.
    pub profiles: [&'a DayProfile; OrderSource::COUNT],
    /// Share of the orders that each channel takes; in any common scale, all to the first if none is positive.
    pub channels: &'a [f64],
    /// Share of the orders that have 1, 2, 3, ... pieces; in any common scale, single pieces if none is positive.
    pub sizes: &'a [f64],
}

/// Orders of one source and day that are drawn one by one; beyond, each stands for several.
const MOST_ORDERS: u64 = 1 << 17;

impl OrderMix<'_> {
    /// Draws the orders of one day of a path, with exactly these pieces by source: the last order of a source is cut to
    /// what is left. `path` is the path's address
    /// ([`PathSet::address`](crate::process::PathSet::address)). Of a source with more than 131,072 pieces, each
    /// order stands for several of its size.
    #[must_use]
    pub fn draw(&self, seed: Seed, path: u64, sku: &str, day: usize, totals: &DayTotals) -> DayArrivals {
        let mut arrivals = DayArrivals::default();
        self.draw_into(&mut arrivals, seed, path, sku, day, totals);
        arrivals
    }

    /// [`Self::draw`] into the memory of another day.
    pub fn draw_into(
        &self,
        arrivals: &mut DayArrivals,
        seed: Seed,
        path: u64,
        sku: &str,
        day: usize,
        totals: &DayTotals,
    ) {
        let entity = Entity::named(&[sku, &day.to_string()]);
        let mut stream = Stream::open(seed, path, Source::Storefront, entity);
        let failure_key = stream.bits();
        let (channels, sizes) = (cumulative(self.channels, MAX_CHANNELS), cumulative(self.sizes, usize::MAX));
        let sources =
            [(OrderSource::Organic, totals.organic), (OrderSource::Ad, totals.ad), (OrderSource::Live, totals.live)];
        arrivals.renew(failure_key, |orders| {
            for ((source, units), profile) in sources.into_iter().zip(self.profiles) {
                let units = units.min(u64::from(u32::MAX) / 4);
                let mut left = units;
                let scale = left.div_ceil(MOST_ORDERS).max(1);
                while left > 0 {
                    // Two draws an order, used or not: what is stated of channels and sizes moves no time.
                    let minutes = profile.quantile(stream.uniform());
                    let halves = stream.bits();
                    // As `Millis::from_minutes` has it, without a call.
                    let at = Millis((minutes * 60_000.0 + 0.5) as u32);
                    let channel = pick(&channels, uniform_of((halves >> 32) as u32)) as u8;
                    let size = (pick(&sizes, uniform_of(halves as u32)) as u64 + 1).saturating_mul(scale).min(left);
                    let rank = (units - left) as u32;
                    left -= size;
                    orders.push(Order { at, channel, source, units: size as u32, rank });
                }
            }
        });
    }
}

/// The uniform of each channel of a path that says where in its interval the sync stands.
#[must_use]
pub fn sync_phases(seed: Seed, path: u64, sku: &str, channels: usize) -> Vec<f64> {
    let mut stream = Stream::open(seed, path, Source::Storefront, Entity::named(&[sku]));
    (0..channels).map(|_| stream.uniform()).collect()
}

/// Running sums of shares, up to 1; a single 1 if none is positive.
fn cumulative(shares: &[f64], most: usize) -> Vec<f64> {
    let shares = &shares[..shares.len().min(most)];
    let share = |share: f64| if share > 0.0 && share.is_finite() { share } else { 0.0 };
    let total: f64 = shares.iter().map(|s| share(*s)).sum();
    if total <= 0.0 || !total.is_finite() {
        return vec![1.0];
    }
    let mut sum = 0.0;
    let sums = shares.iter().map(|s| {
        sum += share(*s);
        sum / total
    });
    sums.collect()
}

/// 32 bits as a number strictly between 0 and 1.
fn uniform_of(bits: u32) -> f64 {
    (f64::from(bits) + 0.5) * (1.0 / (1_u64 << 32) as f64)
}

fn pick(sums: &[f64], uniform: f64) -> usize {
    sums.iter().position(|sum| uniform < *sum).unwrap_or(sums.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOTALS: DayTotals = DayTotals { organic: 1000, ad: 3000, live: 1000 };

    fn draw(channels: &[f64], sizes: &[f64], totals: &DayTotals) -> DayArrivals {
        let flat = DayProfile::flat();
        let evening = DayProfile::by_parts(&[0.0, 0.0, 0.0, 1.0]).expect("weights");
        let mix = OrderMix { profiles: [&flat, &flat, &evening], channels, sizes };
        mix.draw(Seed(5), 9, "A", 3, totals)
    }

    #[test]
    fn the_pieces_of_each_source_are_kept_and_times_follow_the_profile() {
        let arrivals = draw(&[3.0, 1.0], &[0.5, 0.25, 0.25], &TOTALS);
        let of = |source| {
            let orders = arrivals.orders().iter().filter(move |order| order.source == source);
            orders.map(|order| u64::from(order.units)).sum::<u64>()
        };
        assert_eq!([OrderSource::Organic, OrderSource::Ad, OrderSource::Live].map(of), [1000, 3000, 1000]);
        assert!(arrivals.orders().windows(2).all(|pair| pair[0].at <= pair[1].at));
        let live = |order: &&Order| order.source == OrderSource::Live;
        assert!(arrivals.orders().iter().filter(live).all(|order| order.at.minutes() >= 1080.0));
        // Three quarters of the orders, 1.75 pieces each: 4 binomial standard errors.
        let n = arrivals.orders().len() as f64;
        let first = arrivals.orders().iter().filter(|order| order.channel == 0).count() as f64;
        assert!((first / n - 0.75).abs() < 4.0 * (0.1875 / n).sqrt());
        assert!((5000.0 / n - 1.75).abs() < 4.0 * (0.6875 / n).sqrt(), "{n}");
    }

    #[test]
    fn shares_of_channels_move_no_time_and_another_day_is_another() {
        let times = |arrivals: &DayArrivals| arrivals.orders().iter().map(|order| order.at).collect::<Vec<_>>();
        let (one, two) = (draw(&[1.0], &[], &TOTALS), draw(&[0.5, 0.5], &[], &TOTALS));
        assert_eq!(times(&one), times(&two));
        let flat = DayProfile::flat();
        let mix = OrderMix { profiles: [&flat; 3], channels: &[], sizes: &[] };
        let day = |day| times(&mix.draw(Seed(5), 9, "A", day, &TOTALS));
        assert_ne!(day(3), day(4));
        assert_eq!(day(3), day(3));
    }

    #[test]
    fn a_huge_day_keeps_its_pieces() {
        let totals = DayTotals { organic: 300_000_007, ad: 0, live: 0 };
        let arrivals = draw(&[], &[], &totals);
        assert_eq!(arrivals.units(), 300_000_007);
        assert!(arrivals.orders().len() as u64 <= MOST_ORDERS);
    }
}
