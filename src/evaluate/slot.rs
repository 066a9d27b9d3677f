//! Running sums of a vector of candidates.

use fearless_simd::{Simd, SimdBase, SimdInt, SimdWiden, f64x8, i32x16};

use super::row::{self, PRODUCTS, Row, StretchAt, VALUES};
use super::tally::{AlertSums, objective};
use super::{CandidateTally, Economics};
use crate::simulate::{LANES, Lanes, OutcomeLanes, StretchLanes};
use crate::stats::{BATCHES, Batches};

/// A number for each lane, in two halves.
type Pair<S> = [f64x8<S>; 2];

/// The sums of up to [`LANES`] candidates, lane by lane those of a [`CandidateTally`].
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) candidates: Vec<usize>,
    n: u64,
    sums: [Row; VALUES],
    squares: [Row; VALUES],
    products: [Row; PRODUCTS],
    batches: Vec<Row>,
    batch_counts: [u64; BATCHES],
    alerts: Vec<[AlertSums; LANES]>,
    tail: Vec<Row>,
    /// Days in the events and outside them; the same on every path.
    days: [i32; 2],
}

impl Slot {
    pub(super) fn new(candidates: &[usize], alerts: usize) -> Self {
        Self {
            candidates: candidates.to_vec(),
            n: 0,
            sums: [[0.0; LANES]; VALUES],
            squares: [[0.0; LANES]; VALUES],
            products: [[0.0; LANES]; PRODUCTS],
            batches: vec![[0.0; LANES]; BATCHES],
            batch_counts: [0; BATCHES],
            alerts: vec![Default::default(); alerts],
            tail: Vec::new(),
            days: [0; 2],
        }
    }

    /// An empty slot for the same candidates.
    pub(super) fn emptied(&self) -> Self {
        Self { days: self.days, ..Self::new(&self.candidates, self.alerts.len()) }
    }

    /// Adds path `path`; `keep` says whether its profit is kept by itself.
    #[inline(always)]
    pub(super) fn push<S: Simd>(
        &mut self,
        simd: S,
        path: u64,
        outcome: &OutcomeLanes,
        economics: Option<&Economics>,
        keep: bool,
    ) {
        self.n += 1;
        self.days = [outcome.event.days, outcome.outside.days];
        let in_both = self.days.iter().all(|days| *days > 0);
        for (at, stretch) in [(row::EVENT, &outcome.event), (row::OUTSIDE, &outcome.outside)] {
            if stretch.days > 0 {
                self.push_stretch(simd, at, stretch);
            }
        }
        // Where one stretch is all there is, its sums are those of all days (see `of_lane`).
        if in_both {
            self.push_stretch(simd, row::ALL, &outcome.event.with(simd, &outcome.outside));
        }
        let clean = self.push_count(simd, row::CLEAN_CYCLES, &outcome.clean_cycles);
        let cycles = self.push_count(simd, row::CYCLES, &outcome.cycles);
        self.push_product(simd, row::CLEAN_OF_CYCLES, clean, cycles);
        let held = load(simd, &outcome.event.on_hand_days) + load(simd, &outcome.outside.on_hand_days);
        let days = f64::from((self.days[0] + self.days[1]).max(1));
        let mean_stock = widen(held).map(|half| half / f64x8::splat(simd, days));
        self.push_pair(simd, row::MEAN_STOCK, mean_stock);
        for (value, lanes) in [
            (row::PEAK_STOCK, &outcome.peak_stock),
            (row::LEFTOVER, &outcome.stock_after_event),
            (row::FINAL_STOCK, &outcome.final_stock),
            (row::ORDERED, &outcome.ordered),
            (row::ORDERS, &outcome.orders),
        ] {
            self.push_count(simd, value, lanes);
        }
        if outcome.waits {
            self.push_count(simd, row::WAITING_AT_END, &outcome.waiting_at_end);
        }
        if outcome.spends {
            for (value, lanes) in [
                (row::SPEND, &outcome.spend),
                (row::SPEND_SAVED, &outcome.spend_saved),
                (row::SPEND_WASTED, &outcome.spend_wasted),
            ] {
                self.push_pair(simd, value, pair(simd, lanes));
            }
        }
        let mut chosen_by = mean_stock;
        if let Some(economics) = economics {
            let (goods, profit) = economics.of_lanes(simd, outcome);
            self.push_pair(simd, row::GOODS_COST, goods);
            self.push_pair(simd, row::PROFIT, profit);
            chosen_by = profit;
            if keep {
                let mut row = [0.0; LANES];
                store(profit, &mut row);
                self.tail.push(row);
            }
        }
        let batch = Batches::of(path);
        add(simd, &mut self.batches[batch], chosen_by);
        self.batch_counts[batch] += 1;
        for (sums, alerts) in self.alerts.iter_mut().zip(&outcome.alerts) {
            for (lane, sums) in sums.iter_mut().enumerate() {
                let count = |lanes: &Lanes| lanes[lane] as u64;
                sums.push(
                    count(&alerts.rang),
                    count(&alerts.followed),
                    count(&alerts.missed),
                    count(&alerts.lead_days),
                );
            }
        }
    }

    #[inline(always)]
    fn push_stretch<S: Simd>(&mut self, simd: S, at: StretchAt, stretch: &StretchLanes) {
        let (served, seen) = (load(simd, &stretch.served), load(simd, &stretch.seen));
        let waited = load(simd, &stretch.waited);
        let one = i32x16::splat(simd, 1);
        self.push_lanes(simd, at.stockout(), (seen - served).min(one));
        self.push_lanes(simd, at.lost(), seen - served - waited);
        let reference = i32x16::splat(simd, stretch.reference);
        self.push_lanes(simd, at.forgone(), reference - seen);
        self.push_lanes(simd, at.waited(), waited);
        let served = self.push_lanes(simd, at.served(), served);
        let seen = self.push_lanes(simd, at.seen(), seen);
        let reference = self.push_lanes(simd, at.reference(), reference);
        self.push_product(simd, at.served_seen(), served, seen);
        self.push_product(simd, at.served_reference(), served, reference);
        self.push_count(simd, at.stockout_days(), &stretch.stockout_days);
        let days = f64x8::splat(simd, f64::from(stretch.days));
        let ready = widen(load(simd, &stretch.ready_days)).map(|half| half / days);
        self.push_pair(simd, at.ready_share(), ready);
    }

    #[inline(always)]
    fn push_count<S: Simd>(&mut self, simd: S, value: usize, lanes: &Lanes) -> Pair<S> {
        self.push_lanes(simd, value, load(simd, lanes))
    }

    #[inline(always)]
    fn push_lanes<S: Simd>(&mut self, simd: S, value: usize, lanes: i32x16<S>) -> Pair<S> {
        let pair = widen(lanes);
        self.push_pair(simd, value, pair);
        pair
    }

    #[inline(always)]
    fn push_pair<S: Simd>(&mut self, simd: S, value: usize, pair: Pair<S>) {
        add(simd, &mut self.sums[value], pair);
        add(simd, &mut self.squares[value], pair.map(|half| half * half));
    }

    #[inline(always)]
    fn push_product<S: Simd>(&mut self, simd: S, product: usize, a: Pair<S>, b: Pair<S>) {
        add(simd, &mut self.products[product], [a[0] * b[0], a[1] * b[1]]);
    }

    /// Adds the paths of `other`, which follow those of `self`.
    pub(super) fn merge(&mut self, other: &Self) {
        let both = |mine: &mut [Row], theirs: &[Row]| {
            for (mine, theirs) in mine.as_flattened_mut().iter_mut().zip(theirs.as_flattened()) {
                *mine += theirs;
            }
        };
        self.n += other.n;
        self.days = other.days;
        both(&mut self.sums, &other.sums);
        both(&mut self.squares, &other.squares);
        both(&mut self.products, &other.products);
        both(&mut self.batches, &other.batches);
        for (mine, theirs) in self.batch_counts.iter_mut().zip(&other.batch_counts) {
            *mine += theirs;
        }
        for (mine, theirs) in self.alerts.iter_mut().flatten().zip(other.alerts.iter().flatten()) {
            mine.merge(theirs);
        }
        self.tail.extend_from_slice(&other.tail);
    }

    /// The sums of one candidate.
    pub(super) fn of_lane(&self, lane: usize, priced: bool) -> CandidateTally {
        let mut batches = Batches::default();
        for (batch, (sums, count)) in self.batches.iter().zip(&self.batch_counts).enumerate() {
            batches.add(batch, sums[lane], *count);
        }
        let mut tally = CandidateTally {
            n: self.n,
            sums: std::array::from_fn(|value| self.sums[value][lane]),
            squares: std::array::from_fn(|value| self.squares[value][lane]),
            products: std::array::from_fn(|product| self.products[product][lane]),
            alerts: self.alerts.iter().map(|level| level[lane]).collect(),
            priced,
            batches,
            tail: self.tail.iter().map(|row| row[lane]).collect(),
            // A setting with such mechanics has no lanes.
            mechanics: None,
            cash: None,
        };
        match self.days {
            [_, 0] => tally.all_days_are(row::EVENT, row::OUTSIDE),
            [0, _] => tally.all_days_are(row::OUTSIDE, row::EVENT),
            _ => {}
        }
        debug_assert_eq!(objective(priced) == row::PROFIT, priced);
        tally
    }
}

#[inline(always)]
fn load<S: Simd>(simd: S, lanes: &Lanes) -> i32x16<S> {
    i32x16::load_array_ref(simd, lanes)
}

/// The same numbers with 53 bits.
#[inline(always)]
pub(super) fn widen<S: Simd>(lanes: i32x16<S>) -> Pair<S> {
    let (low, high) = lanes.widen();
    [low.to_float(), high.to_float()]
}

#[inline(always)]
pub(super) fn pair<S: Simd>(simd: S, row: &Row) -> Pair<S> {
    let (low, high) = row.split_at(LANES / 2);
    [f64x8::from_slice(simd, low), f64x8::from_slice(simd, high)]
}

#[inline(always)]
fn store<S: Simd>(pair: Pair<S>, row: &mut Row) {
    let (low, high) = row.split_at_mut(LANES / 2);
    pair[0].store_slice(low);
    pair[1].store_slice(high);
}

#[inline(always)]
fn add<S: Simd>(simd: S, to: &mut Row, more: Pair<S>) {
    let sum = self::pair(simd, to);
    store([sum[0] + more[0], sum[1] + more[1]], to);
}
