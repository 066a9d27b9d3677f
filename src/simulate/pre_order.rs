//! Customers who ordered on pre-order and wait for the next receipt, until their limit.

use std::collections::VecDeque;

/// Pieces of one day that wait.
#[derive(Debug)]
struct Waiting {
    /// The last morning on which a receipt still serves them.
    until: usize,
    units: u64,
    /// The event in which they were ordered, at its price.
    event: usize,
}

/// Those who wait, in the order in which they ordered.
#[derive(Debug, Default)]
pub(super) struct PreOrders {
    waiting: VecDeque<Waiting>,
}

impl PreOrders {
    pub(super) fn reset(&mut self) {
        self.waiting.clear();
    }

    /// Pieces ordered in event `event` that wait until the morning of day `until` at the latest.
    pub(super) fn wait(&mut self, until: usize, units: u64, event: usize) {
        if units > 0 {
            self.waiting.push_back(Waiting { until, units, event });
        }
    }

    /// Of so many pieces for customers who wait, those with a limit are served first, in their order: adds them up by
    /// event and gives their number.
    pub(super) fn serve(&mut self, units: u64, by_event: &mut [u64]) -> u64 {
        let mut left = units;
        while let Some(first) = self.waiting.front_mut() {
            let served = left.min(first.units);
            first.units -= served;
            left -= served;
            if let Some(sum) = by_event.get_mut(first.event) {
                *sum += served;
            }
            if first.units > 0 {
                break;
            }
            self.waiting.pop_front();
        }
        units - left
    }

    /// Pieces whose limit has passed by the evening of `day`: they are not waited for any more.
    pub(super) fn give_up(&mut self, day: usize) -> u64 {
        let mut gone = 0;
        // One limit for all: who ordered first gives up first.
        while let Some(first) = self.waiting.pop_front_if(|first| first.until <= day) {
            gone += first.units;
        }
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_ordered_first_is_served_first_and_gives_up_first() {
        let mut orders = PreOrders::default();
        orders.wait(5, 10, 0);
        orders.wait(6, 4, 1);
        let mut by_event = [0; 2];
        assert_eq!(orders.serve(7, &mut by_event), 7);
        assert_eq!([orders.give_up(4), orders.give_up(5)], [0, 3]);
        assert_eq!(orders.serve(100, &mut by_event), 4, "the others have no limit");
        assert_eq!((orders.give_up(9), by_event), (0, [7, 4]));
    }
}
