//! What alerts are worth: whether they ring in time for who has to react, or in vain.

use serde::{Deserialize, Serialize};

use super::estimates::ratio;
use crate::simulate::{Batch, Cancelled, Observer, PolicyPlan, Ring, Setting, Workspace, experiment, judge_alerts};
use crate::stats::Estimate;

/// Days from a ring until a reaction can have an effect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reactions {
    /// Purchasing: from the order to the shelf.
    pub purchasing_days: u32,
    /// The media buyer: from the evening of the ring to the first day on which the ads are off.
    pub media_days: u32,
}

/// What one level is worth. Shares are of its rings; a stockout that a ring announces is the one that would come if
/// nobody reacted to it or to a later one, on the same path.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AlertWorth {
    /// Rings that come at least purchasing's reaction time before the stockout that they announce.
    pub useful_for_purchasing: Estimate,
    /// Rings that come at least the media buyer's reaction time before it.
    pub useful_for_media: Estimate,
    /// Rings that announce none.
    pub in_vain: Estimate,
}

/// Numbers of a path and level: rings, useful for purchasing, useful for the media buyer, in vain.
type Counts = [f64; 4];

/// Sums of a level.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    sums: Counts,
    squares: Counts,
    /// Of each with the rings.
    products: Counts,
}

impl Sums {
    fn push(&mut self, counts: &Counts) {
        for (at, count) in counts.iter().enumerate() {
            self.sums[at] += count;
            self.squares[at] += count * count;
            self.products[at] += count * counts[0];
        }
    }

    fn merge(&mut self, other: &Self) {
        for (mine, theirs) in
            [(&mut self.sums, &other.sums), (&mut self.squares, &other.squares), (&mut self.products, &other.products)]
        {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine += theirs;
            }
        }
    }

    fn worth(&self, n: u64) -> AlertWorth {
        let share = |at: usize| {
            ratio(n, [self.sums[at], self.squares[at]], [self.sums[0], self.squares[0]], self.products[at], 0.0)
        };
        AlertWorth { useful_for_purchasing: share(1), useful_for_media: share(2), in_vain: share(3) }
    }
}

/// The counts of a level along one path.
fn counts(rings: &[Ring], level: usize, reactions: Reactions) -> Counts {
    let mut counts = [0.0; 4];
    for ring in rings.iter().filter(|ring| ring.level == level) {
        counts[0] += 1.0;
        match ring.announced {
            None => counts[3] += 1.0,
            Some(stockout) => {
                for (slot, days) in [(1, reactions.purchasing_days), (2, reactions.media_days)] {
                    counts[slot] += f64::from(u8::from(stockout - ring.day >= days as usize));
                }
            }
        }
    }
    counts
}

/// What each alert level is worth under a plan.
///
/// The lanes of the fast engine keep no rings, and only the chosen plan's alerts are shown: so the paths of this one
/// plan are run by the plain engine, which costs less than lanes for shadow runs of every candidate would.
///
/// # Errors
/// [`Cancelled`] if the observer asks to stop.
pub fn alert_worth(
    batch: &Batch<'_>,
    plan: &PolicyPlan,
    setting: &Setting,
    reactions: Reactions,
    observer: &dyn Observer,
) -> Result<Vec<AlertWorth>, Cancelled> {
    let levels = setting.alerts.levels.len();
    if levels == 0 {
        return Ok(Vec::new());
    }
    let (sums, _) = experiment(
        batch,
        observer,
        || (vec![Sums::default(); levels], Workspace::default()),
        |(sums, workspace), _, paths| {
            for path in paths {
                let rings = judge_alerts(path, plan, setting, workspace);
                for (level, sums) in sums.iter_mut().enumerate() {
                    sums.push(&counts(&rings, level, reactions));
                }
            }
        },
        |(all, _), (part, _)| {
            for (mine, theirs) in all.iter_mut().zip(part) {
                mine.merge(&std::mem::take(theirs));
            }
        },
    )?;
    Ok(sums.iter().map(|sums| sums.worth(batch.count)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn useful_late_and_in_vain() {
        let ring = |day, announced| Ring { level: 1, day, announced };
        let rings = [ring(3, Some(10)), ring(20, Some(22)), ring(40, None), Ring { level: 0, ..ring(5, None) }];
        let reactions = Reactions { purchasing_days: 7, media_days: 1 };
        assert_eq!(counts(&rings, 1, reactions), [3.0, 1.0, 2.0, 1.0]);
        assert_eq!(counts(&rings, 1, Reactions { purchasing_days: 8, media_days: 3 }), [3.0, 0.0, 1.0, 1.0]);
        let mut sums = Sums::default();
        sums.push(&counts(&rings, 1, reactions));
        sums.push(&[1.0, 1.0, 1.0, 0.0]);
        let worth = sums.worth(2);
        assert_eq!([worth.useful_for_purchasing.value, worth.in_vain.value], [0.5, 0.25]);
        assert!(worth.in_vain.standard_error > 0.0);
    }
}
