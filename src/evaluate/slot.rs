//! Running sums of a vector of candidates.
//!
//! The outcomes of a few paths are put down as they come and added up together: a sum is then read and written once
//! for all of them, and numbers of the same kind lie side by side.

use fearless_simd::{Simd, SimdBase, f64x8, i32x16};

use super::kinds::Kinds;
use super::row::{self, COUNTS, PRODUCTS, Row, StretchAt, VALUES};
use super::tally::AlertSums;
use super::{CandidateTally, Economics};
use crate::simulate::{LANES, Lanes, OutcomeLanes, StretchLanes};
use crate::stats::{BATCHES, Batches};

/// A number for each lane, in two halves.
type Pair<S> = [f64x8<S>; 2];

/// Paths that are added up together.
const TOGETHER: usize = 8;

/// The outcomes of a few paths, kind of number by kind of number, in the places of [`Kinds`].
#[derive(Debug, Clone)]
struct Pending {
    paths: [u64; TOGETHER],
    counts: Vec<[Lanes; TOGETHER]>,
    amounts: Vec<[Row; TOGETHER]>,
    /// Reference demand in the events, outside them and in all: the same for every lane.
    references: [[f64; TOGETHER]; 3],
}

/// The sums of up to [`LANES`] candidates, lane by lane those of a [`CandidateTally`].
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) candidates: Vec<usize>,
    n: u64,
    kinds: Kinds,
    pending: Pending,
    filled: usize,
    /// Sum and sum of squares of each kind.
    sums: Vec<[Row; 2]>,
    products: [Row; PRODUCTS],
    /// Sum and sum of squares of the reference demand in the events, outside them and in all.
    references: [[f64; 2]; 3],
    /// Sums of the objective, piece-days if there are no prices.
    batches: Vec<Row>,
    batch_counts: [u64; BATCHES],
    priced: bool,
    alerts: Vec<[AlertSums; LANES]>,
    tail: Vec<Row>,
    /// Days in the events and outside them; the same on every path.
    days: [i32; 2],
}

impl Slot {
    /// Nothing yet, for candidates of whose paths `outcome` is the first.
    pub(super) fn new(candidates: &[usize], outcome: &OutcomeLanes, priced: bool) -> Self {
        let days = [outcome.event.days, outcome.outside.days];
        Self::of(candidates, Kinds::new(days, outcome.waits, outcome.spends, priced), outcome.alerts.len(), priced)
    }

    fn of(candidates: &[usize], kinds: Kinds, alerts: usize, priced: bool) -> Self {
        let counts = kinds.used.iter().filter(|value| **value < COUNTS).count();
        let pending = Pending {
            paths: [0; TOGETHER],
            counts: vec![[[0; LANES]; TOGETHER]; counts],
            amounts: vec![[[0.0; LANES]; TOGETHER]; kinds.used.len() - counts],
            references: [[0.0; TOGETHER]; 3],
        };
        Self {
            candidates: candidates.to_vec(),
            n: 0,
            pending,
            filled: 0,
            sums: vec![[[0.0; LANES]; 2]; kinds.used.len()],
            kinds,
            products: [[0.0; LANES]; PRODUCTS],
            references: [[0.0; 2]; 3],
            batches: vec![[0.0; LANES]; BATCHES],
            batch_counts: [0; BATCHES],
            priced,
            alerts: vec![Default::default(); alerts],
            tail: Vec::new(),
            days: [0; 2],
        }
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
        self.pending.paths[self.filled] = path;
        if self.days[0] > 0 {
            self.put_stretch(simd, row::EVENT, &outcome.event, outcome.waits);
        }
        if self.days[1] > 0 {
            self.put_stretch(simd, row::OUTSIDE, &outcome.outside, outcome.waits);
        }
        // Where one stretch is all there is, its sums are those of all days (see `of_lane`).
        if self.days.iter().all(|days| *days > 0) {
            self.put_stretch(simd, row::ALL, &outcome.event.with(simd, &outcome.outside), outcome.waits);
        }
        let on_hand_days = load(simd, &outcome.event.on_hand_days) + load(simd, &outcome.outside.on_hand_days);
        self.put(row::ON_HAND_DAYS, &on_hand_days.to_array());
        for (value, lanes) in [
            (row::CLEAN_CYCLES, &outcome.clean_cycles),
            (row::CYCLES, &outcome.cycles),
            (row::PEAK_STOCK, &outcome.peak_stock),
            (row::LEFTOVER, &outcome.stock_after_event),
            (row::FINAL_STOCK, &outcome.final_stock),
            (row::ORDERED, &outcome.ordered),
            (row::ORDERS, &outcome.orders),
        ] {
            self.put(value, lanes);
        }
        if outcome.waits {
            self.put(row::WAITING_AT_END, &outcome.waiting_at_end);
        }
        if outcome.spends {
            for (value, lanes) in [
                (row::SPEND, &outcome.spend),
                (row::SPEND_SAVED, &outcome.spend_saved),
                (row::SPEND_WASTED, &outcome.spend_wasted),
            ] {
                self.put_amount(value, lanes);
            }
        }
        if let Some(economics) = economics {
            let (goods, profit) = economics.of_lanes(simd, outcome);
            self.put_amount(row::GOODS_COST, &to_row(goods));
            let profit = to_row(profit);
            self.put_amount(row::PROFIT, &profit);
            if keep {
                self.tail.push(profit);
            }
        }
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
        self.filled += 1;
        if self.filled == TOGETHER {
            self.add_up(simd);
        }
    }

    #[inline(always)]
    fn put_stretch<S: Simd>(&mut self, simd: S, at: StretchAt, stretch: &StretchLanes, waits: bool) {
        let (served, seen) = (load(simd, &stretch.served), load(simd, &stretch.seen));
        let unmet = seen - served;
        let reference = i32x16::splat(simd, stretch.reference);
        self.pending.references[at.place()][self.filled] = f64::from(stretch.reference);
        self.put(at.stockout(), &unmet.min(i32x16::splat(simd, 1)).to_array());
        self.put(at.served(), &stretch.served);
        self.put(at.seen(), &stretch.seen);
        self.put(at.forgone(), &(reference - seen).to_array());
        self.put(at.stockout_days(), &stretch.stockout_days);
        self.put(at.ready_days(), &stretch.ready_days);
        if waits {
            self.put(at.waited(), &stretch.waited);
            self.put(at.lost(), &(unmet - load(simd, &stretch.waited)).to_array());
        } else {
            self.put(at.lost(), &unmet.to_array());
        }
    }

    #[inline(always)]
    fn put(&mut self, value: usize, lanes: &Lanes) {
        self.pending.counts[self.kinds.place(value)][self.filled] = *lanes;
    }

    #[inline(always)]
    fn put_amount(&mut self, value: usize, row: &Row) {
        let place = self.kinds.place(value) - self.pending.counts.len();
        self.pending.amounts[place][self.filled] = *row;
    }

    /// Adds up what is pending.
    #[inline(always)]
    pub(super) fn add_up<S: Simd>(&mut self, simd: S) {
        let n = std::mem::take(&mut self.filled);
        if n == 0 {
            return;
        }
        let (kinds, pending) = (&self.kinds, &self.pending);
        let (counts, amounts) = self.sums.split_at_mut(pending.counts.len());
        for (sums, counts) in counts.iter_mut().zip(&pending.counts) {
            add_with_squares(simd, counts[..n].iter().map(|lanes| floats(simd, lanes)), sums);
        }
        for (sums, amounts) in amounts.iter_mut().zip(&pending.amounts) {
            add_with_squares(simd, amounts[..n].iter().map(|row| pair(simd, row)), sums);
        }
        let floats_of = |value| pending.counts[kinds.place(value)][..n].iter().map(|lanes| floats(simd, lanes));
        for at in [row::EVENT, row::OUTSIDE, row::ALL].into_iter().filter(|at| kinds.has(at.served())) {
            let references = &pending.references[at.place()][..n];
            for reference in references {
                self.references[at.place()][0] += reference;
                self.references[at.place()][1] += reference * reference;
            }
            let seen = floats_of(at.served()).zip(floats_of(at.seen()));
            add_products(simd, seen, &mut self.products[at.served_seen()]);
            let references = references.iter().map(|reference| [f64x8::splat(simd, *reference); 2]);
            let served = floats_of(at.served()).zip(references);
            add_products(simd, served, &mut self.products[at.served_reference()]);
        }
        let cycles = floats_of(row::CLEAN_CYCLES).zip(floats_of(row::CYCLES));
        add_products(simd, cycles, &mut self.products[row::CLEAN_OF_CYCLES]);
        for (at, path) in pending.paths[..n].iter().enumerate() {
            let batch = Batches::of(*path);
            let objective = if self.priced {
                pair(simd, &pending.amounts[kinds.place(row::PROFIT) - pending.counts.len()][at])
            } else {
                floats(simd, &pending.counts[kinds.place(row::ON_HAND_DAYS)][at])
            };
            let sum = pair(simd, &self.batches[batch]);
            self.batches[batch] = to_row([sum[0] + objective[0], sum[1] + objective[1]]);
            self.batch_counts[batch] += 1;
        }
    }

    /// Adds the paths of `other`, which follow those of `self`.
    pub(super) fn merge(&mut self, other: &Self) {
        let both = |mine: &mut [Row], theirs: &[Row]| {
            for (mine, theirs) in mine.as_flattened_mut().iter_mut().zip(theirs.as_flattened()) {
                *mine += theirs;
            }
        };
        debug_assert_eq!(other.filled, 0, "what is pending is added up first");
        self.n += other.n;
        self.days = other.days;
        for (mine, theirs) in self.references.as_flattened_mut().iter_mut().zip(other.references.as_flattened()) {
            *mine += theirs;
        }
        both(self.sums.as_flattened_mut(), other.sums.as_flattened());
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

    /// Back to no paths, with the same memory.
    pub(super) fn clear(&mut self) {
        self.n = 0;
        self.filled = 0;
        self.sums.fill([[0.0; LANES]; 2]);
        self.products = [[0.0; LANES]; PRODUCTS];
        self.references = [[0.0; 2]; 3];
        self.batches.fill([0.0; LANES]);
        self.batch_counts = [0; BATCHES];
        self.alerts.fill(Default::default());
        self.tail.clear();
    }

    /// An empty slot for the same candidates.
    pub(super) fn emptied(&self) -> Self {
        Self { days: self.days, ..Self::of(&self.candidates, self.kinds.clone(), self.alerts.len(), self.priced) }
    }

    /// The sums of one candidate.
    pub(super) fn of_lane(&self, lane: usize) -> CandidateTally {
        let days = self.days.map(|days| days as u64);
        let all_days = (days[0] + days[1]).max(1) as f64;
        let mut batches = Batches::default();
        for (batch, (sums, count)) in self.batches.iter().zip(&self.batch_counts).enumerate() {
            batches.add(batch, if self.priced { sums[lane] } else { sums[lane] / all_days }, *count);
        }
        let mut tally = CandidateTally {
            n: self.n,
            days: [days[0], days[1], days[0] + days[1]],
            sums: [0.0; VALUES],
            squares: [0.0; VALUES],
            products: std::array::from_fn(|product| self.products[product][lane]),
            alerts: self.alerts.iter().map(|level| level[lane]).collect(),
            priced: self.priced,
            batches,
            tail: self.tail.iter().map(|row| row[lane]).collect(),
            // Outcomes with such mechanics come candidate by candidate.
            mechanics: None,
            cash: None,
        };
        for (value, [sum, square]) in self.kinds.used.iter().zip(&self.sums) {
            (tally.sums[*value], tally.squares[*value]) = (sum[lane], square[lane]);
        }
        for at in [row::EVENT, row::OUTSIDE, row::ALL] {
            [tally.sums[at.reference()], tally.squares[at.reference()]] = self.references[at.place()];
        }
        match self.days {
            [_, 0] => tally.all_days_are(row::EVENT),
            [0, _] => tally.all_days_are(row::OUTSIDE),
            _ => {}
        }
        tally
    }
}

#[inline(always)]
fn load<S: Simd>(simd: S, lanes: &Lanes) -> i32x16<S> {
    i32x16::load_array_ref(simd, lanes)
}

/// The same numbers with 53 bits.
#[inline(always)]
pub(super) fn floats<S: Simd>(simd: S, lanes: &Lanes) -> Pair<S> {
    let mut row = [0.0; LANES];
    for (to, from) in row.iter_mut().zip(lanes) {
        *to = f64::from(*from);
    }
    pair(simd, &row)
}

#[inline(always)]
pub(super) fn pair<S: Simd>(simd: S, row: &Row) -> Pair<S> {
    let (low, high) = row.split_at(LANES / 2);
    [f64x8::from_slice(simd, low), f64x8::from_slice(simd, high)]
}

#[inline(always)]
fn to_row<S: Simd>(pair: Pair<S>) -> Row {
    let mut row = [0.0; LANES];
    let (low, high) = row.split_at_mut(LANES / 2);
    pair[0].store_slice(low);
    pair[1].store_slice(high);
    row
}

#[inline(always)]
fn add_with_squares<S: Simd>(simd: S, numbers: impl Iterator<Item = Pair<S>>, sums: &mut [Row; 2]) {
    let [mut sum, mut square] = [pair(simd, &sums[0]), pair(simd, &sums[1])];
    for number in numbers {
        for half in 0..2 {
            sum[half] += number[half];
            square[half] += number[half] * number[half];
        }
    }
    *sums = [to_row(sum), to_row(square)];
}

#[inline(always)]
fn add_products<S: Simd>(simd: S, pairs: impl Iterator<Item = (Pair<S>, Pair<S>)>, products: &mut Row) {
    let mut product = pair(simd, products);
    for (a, b) in pairs {
        for half in 0..2 {
            product[half] += a[half] * b[half];
        }
    }
    *products = to_row(product);
}
