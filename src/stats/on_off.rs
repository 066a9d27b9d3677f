//! Demand that comes and goes: days with and without sales as a chain of two states.

use super::discrete::{Pmf, PmfError};

/// Most multiplications for one sum of days: about a second.
const MOST_WORK: f64 = 1e9;

/// The chain of days with and without demand that a history shows, and the sizes of its demands.
#[derive(Debug, Clone, PartialEq)]
pub struct OnOffDemand {
    /// Probability that a day has demand, after a day without and after a day with demand.
    demand_after: [f64; 2],
    /// Whether the last day of the history had demand.
    last: bool,
    /// Sizes of the demands, each as likely as it was seen.
    size: Pmf,
}

impl OnOffDemand {
    /// The chain of a history of daily counts, oldest first.
    ///
    /// ```text
    /// P(demand tomorrow | state today) = transitions seen from that state to demand / transitions seen from it
    /// ```
    ///
    /// From a state that was never left in the history, the share of days with demand stands in. `None` of fewer than
    /// two days, or if a count is too large to enumerate. Source: Willemain, Smart & Schwarz (2004), International
    /// Journal of Forecasting 20, 375-387, steps 1 to 3, without their jittering of sizes.
    ///
    /// ```
    /// use stockburst::stats::OnOffDemand;
    /// let chain = OnOffDemand::of(&[0, 0, 5, 0, 12, 3, 0, 0, 7, 1, 0, 22, 0, 4]).unwrap();
    /// let [after_none, after_some] = chain.transitions();
    /// assert_eq!((after_none[1], after_some[1]), (5.0 / 7.0, 2.0 / 6.0));
    /// let three_days = chain.over(3).unwrap();
    /// assert_eq!((three_days.quantile(0.9), three_days.quantile(0.95)), (Some(25), Some(29)));
    /// ```
    #[must_use]
    pub fn of(history: &[u64]) -> Option<Self> {
        let sizes: Vec<u64> = history.iter().copied().filter(|&count| count > 0).collect();
        let share = sizes.len() as f64 / history.len() as f64;
        let (mut left, mut to_demand) = ([0.0; 2], [0.0; 2]);
        for days in history.windows(2) {
            let state = usize::from(days[0] > 0);
            left[state] += 1.0;
            to_demand[state] += f64::from(days[1] > 0);
        }
        let demand_after = [0, 1].map(|state| if left[state] > 0.0 { to_demand[state] / left[state] } else { share });
        // Without a demand there is no size; the chain then never reaches one.
        let size = Pmf::empirical(if sizes.is_empty() { &[0] } else { &sizes }).ok()?;
        let last = *history.last()? > 0;
        (history.len() > 1).then_some(Self { demand_after, last, size })
    }

    /// Transition probabilities: rows are today, columns tomorrow, without demand first.
    #[must_use]
    pub fn transitions(&self) -> [[f64; 2]; 2] {
        self.demand_after.map(|demand| [1.0 - demand, demand])
    }

    /// Exact distribution of the demand of the `days` after the history: what the bootstrap comes to with endless
    /// draws.
    ///
    /// # Errors
    /// [`PmfError::Support`] if the sum is too long to enumerate.
    pub fn over(&self, days: u32) -> Result<Pmf, PmfError> {
        let sizes: Vec<(u64, f64)> = self.size.support().collect();
        let (most, days_f) = (self.size.largest() as f64 * f64::from(days), f64::from(days));
        if !(most < Pmf::MOST_COUNTS as f64 && days_f * (most + days_f) * sizes.len() as f64 <= MOST_WORK) {
            return Err(PmfError::Support(most));
        }
        // By the state of the last day so far: probability of each total.
        let mut by_state = [vec![0.0; most as usize + 1], vec![0.0; most as usize + 1]];
        by_state[usize::from(self.last)][0] = 1.0;
        let mut reached = 0;
        for _ in 0..days {
            let [off, on] = by_state;
            let mut next = [vec![0.0; off.len()], vec![0.0; off.len()]];
            for (total, (off, on)) in off.into_iter().zip(on).enumerate().take(reached + 1) {
                let demand = off * self.demand_after[0] + on * self.demand_after[1];
                next[0][total] = off + on - demand;
                for &(size, probability) in &sizes {
                    next[1][total + size as usize] += demand * probability;
                }
            }
            by_state = next;
            reached += self.size.largest() as usize;
        }
        let [off, on] = by_state;
        Pmf::try_from(off.into_iter().zip(on).map(|(off, on)| (off + on).max(0.0)).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days whose state does not depend on the day before are independent days.
    #[test]
    fn a_chain_without_memory_is_the_sum_of_days() {
        let history = [0, 0, 4, 4, 0];
        let chain = OnOffDemand::of(&history).unwrap();
        assert_eq!(chain.transitions(), [[0.5, 0.5], [0.5, 0.5]]);
        let independent = Pmf::from_pairs(&[(0, 0.5), (4, 0.5)]).unwrap().n_fold(6).unwrap();
        let summed = chain.over(6).unwrap();
        for total in 0..=24 {
            assert!((summed.mass(total) - independent.mass(total)).abs() < 1e-15, "{total}");
        }
    }

    #[test]
    fn the_start_matters() {
        let after_demand = OnOffDemand::of(&[0, 0, 0, 0, 3, 3, 3, 3]).unwrap();
        let after_quiet = OnOffDemand::of(&[3, 3, 3, 3, 0, 0, 0, 0]).unwrap();
        assert!((after_demand.over(2).unwrap().mean() - 6.0).abs() < 1e-15);
        assert_eq!(after_quiet.over(2).unwrap().mean(), 0.0);
        assert_eq!(after_demand.over(0).unwrap().mass(0), 1.0);
    }

    #[test]
    fn odd_input_has_a_decided_answer() {
        assert_eq!(OnOffDemand::of(&[]), None);
        assert_eq!(OnOffDemand::of(&[3]), None);
        assert_eq!(OnOffDemand::of(&[3, u64::MAX]), None);
        assert_eq!(OnOffDemand::of(&[0, 0]).unwrap().over(1_000).unwrap().mean(), 0.0);
        // A first demand today: what follows a day with demand was never seen; one day in three had demand.
        let fresh = OnOffDemand::of(&[0, 0, 2]).unwrap();
        assert!((fresh.over(1).unwrap().mean() - 2.0 / 3.0).abs() < 1e-15);
        assert!(fresh.over(u32::MAX).is_err());
        assert!(OnOffDemand::of(&[0, 1_000_000]).unwrap().over(2).is_err());
    }
}
