//! Customers who ordered on pre-order and wait for the next receipt, until their limit.

use std::collections::VecDeque;

/// Those who wait, by the last morning on which a receipt still serves them.
#[derive(Debug, Default)]
pub(super) struct PreOrders {
    waiting: VecDeque<(usize, u64)>,
}

impl PreOrders {
    pub(super) fn reset(&mut self) {
        self.waiting.clear();
    }

    /// Pieces ordered that wait until the morning of day `until` at the latest.
    pub(super) fn wait(&mut self, until: usize, units: u64) {
        if units > 0 {
            self.waiting.push_back((until, units));
        }
    }

    /// Of so many pieces for customers who wait, those with a limit are served first, in their order.
    pub(super) fn serve(&mut self, mut units: u64) {
        while let Some((_, first)) = self.waiting.front_mut() {
            let served = units.min(*first);
            *first -= served;
            units -= served;
            if *first > 0 {
                break;
            }
            self.waiting.pop_front();
        }
    }

    /// Pieces whose limit has passed by the evening of `day`: they are not waited for any more.
    pub(super) fn give_up(&mut self, day: usize) -> u64 {
        let mut gone = 0;
        // One limit for all: who ordered first gives up first.
        while let Some((_, units)) = self.waiting.pop_front_if(|(until, _)| *until <= day) {
            gone += units;
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
        orders.wait(5, 10);
        orders.wait(6, 4);
        orders.serve(7);
        assert_eq!([orders.give_up(4), orders.give_up(5)], [0, 3]);
        orders.serve(100);
        assert_eq!(orders.give_up(9), 0);
    }
}
