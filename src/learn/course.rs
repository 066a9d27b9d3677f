//! How the days of a planned burst compare with each other, over the whole shop: its first days rise, what follows a
//! promotion fades. It tells what the days of a burst would have sold on which the shelf was empty.
//!
//! It must not know how large bursts are.

use super::bursts::{BurstDay, TAIL_DAYS};

/// Days on which a burst rises (methods, section 3.6).
const RISING: usize = 3;
/// Days on the plateau from which on a burst tells.
const LEAST_PLATEAU: usize = 2;
/// Bursts that were in stock throughout from which on the shop has a course.
const LEAST_BURSTS: usize = 10;
/// Mean uplift of their first days and their plateaus over ordinary demand from which on: of promotions that sell little more
/// than other days the course is luck.
const LEAST_UPLIFT: f64 = 1.0;
/// The most that a first day brings of a plateau day: a burst may peak on its first day, and hardly have a plateau.
const MOST_PART: f64 = 10.0;
/// Part of the plateau below which a tail is over.
const TAIL_OVER: f64 = 0.05;

/// Uplift over ordinary demand of the days of the shop's bursts, that of the plateau being 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Course {
    rising: [f64; RISING],
    tail: [f64; TAIL_DAYS],
    /// Days that a tail lasts.
    tail_days: usize,
}

/// What the bursts of one product tell of it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct CourseEvidence {
    bursts: usize,
    /// Sums of the relative uplift of each day, and of that of the plateau.
    rising: [(f64, f64); RISING],
    tail: [(f64, f64); TAIL_DAYS],
}

impl CourseEvidence {
    /// Takes in the burst whose promotion ran on `start..end`, the next beginning on `next`; only days in stock tell.
    pub(super) fn add(&mut self, days: &[BurstDay], baseline: &[f64], (start, end): (usize, usize), next: usize) {
        let plateau = start + RISING;
        let whole = (start..end).all(|at| days[at].available >= 1.0 && baseline[at] > 0.0);
        if end < plateau + LEAST_PLATEAU || !whole {
            return;
        }
        let uplift = |at: usize| days[at].units / baseline[at] - 1.0;
        let level = (plateau..end).map(uplift).sum::<f64>() / (end - plateau) as f64;
        self.bursts += 1;
        for (at, sums) in (start..).zip(&mut self.rising) {
            *sums = (sums.0 + uplift(at), sums.1 + level);
        }
        let told = |at: &usize| *at < next.min(days.len()) && days[*at].available >= 1.0 && baseline[*at] > 0.0;
        for (at, sums) in (end..).take_while(told).zip(&mut self.tail) {
            *sums = (sums.0 + uplift(at), sums.1 + level);
        }
    }
}

impl Course {
    /// Where nothing is known: all days alike, those of a tail that is seen too; none has to have one.
    pub(super) const FLAT: Self = Self { rising: [1.0; RISING], tail: [1.0; TAIL_DAYS], tail_days: 0 };

    /// The course of the shop's bursts; flat where too few bursts tell, or promotions are no bursts.
    pub(super) fn of_shop(products: impl Iterator<Item = CourseEvidence>) -> Self {
        let mut all = CourseEvidence::default();
        for product in products {
            all.bursts += product.bursts;
            for (sums, own) in
                all.rising.iter_mut().chain(&mut all.tail).zip(product.rising.iter().chain(&product.tail))
            {
                *sums = (sums.0 + own.0, sums.1 + own.1);
            }
        }
        let first: f64 = all.rising.iter().map(|(uplift, _)| uplift).sum();
        let plateau = all.rising[0].1;
        let mean = (first + plateau) / (RISING + 1) as f64;
        if all.bursts < LEAST_BURSTS || mean < LEAST_UPLIFT * all.bursts as f64 || plateau <= 0.0 {
            return Self::FLAT;
        }
        let part =
            |(uplift, plateau): (f64, f64)| if plateau > 0.0 { (uplift / plateau).clamp(0.0, MOST_PART) } else { 0.0 };
        let mut tail = all.tail.map(part);
        let tail_days = tail.iter().take_while(|part| **part >= TAIL_OVER).count();
        tail[tail_days..].fill(0.0);
        Self { rising: all.rising.map(part), tail, tail_days }
    }

    /// Days of a promotion and of what follows it, each counted as the part of a plateau day that it brings.
    pub(super) fn plateau_days(&self, promoted: usize, tail: usize) -> (f64, f64) {
        let sum = |days: core::ops::Range<usize>| days.map(|day| self.part(day, promoted)).sum::<f64>();
        (sum(0..promoted), sum(promoted..promoted + tail))
    }

    /// Days that a tail lasts.
    pub(super) const fn tail_days(&self) -> usize {
        self.tail_days
    }

    /// The part of the plateau's uplift that a day has, counted from the first of a promotion of `promoted` days.
    pub(super) fn part(&self, day: usize, promoted: usize) -> f64 {
        if day >= promoted {
            self.tail.get(day - promoted).copied().unwrap_or(0.0)
        } else if promoted >= RISING + LEAST_PLATEAU {
            self.rising.get(day).copied().unwrap_or(1.0)
        } else {
            1.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(units: f64) -> BurstDay {
        BurstDay { units, available: 1.0, promoted: false, spend: None, planned_spend: None }
    }

    /// A promotion of six days at 10 a day: 20, 30, 40, then 50; 30 and 20 after it.
    #[test]
    fn days_are_held_against_the_plateau() {
        let units = [10.0, 20.0, 30.0, 40.0, 50.0, 50.0, 50.0, 30.0, 20.0, 10.0, 10.0];
        let days = units.map(day);
        let mut evidence = CourseEvidence::default();
        evidence.add(&days, &[10.0; 11], (1, 7), 11);
        assert_eq!(Course::of_shop([evidence; 9].into_iter()), Course::FLAT);
        let course = Course::of_shop([evidence; 10].into_iter());
        let parts: Vec<f64> = (0..10).map(|day| course.part(day, 6)).collect();
        assert_eq!(parts, [0.25, 0.5, 0.75, 1.0, 1.0, 1.0, 0.5, 0.25, 0.0, 0.0]);
        assert_eq!((course.tail_days(), course.plateau_days(6, 3)), (2, (4.5, 0.75)));
        // A burst that is largest on its first day, and hardly has a plateau.
        let mut front = CourseEvidence::default();
        let sold = [10.0, 210.0, 110.0, 60.0, 30.0, 30.0, 30.0, 10.0];
        front.add(&sold.map(day), &[10.0; 8], (1, 7), 8);
        let front = Course::of_shop([front; 10].into_iter());
        assert_eq!([0, 1, 2, 3].map(|day| front.part(day, 6)), [10.0, 5.0, 2.5, 1.0]);
        // Too short to rise, and what is half sold out says nothing.
        assert_eq!(course.part(0, 4), 1.0);
        let mut half = days;
        half[3].available = 0.5;
        let before = evidence;
        evidence.add(&half, &[10.0; 11], (1, 7), 11);
        assert_eq!(evidence, before);
    }
}
