//! Purchase orders: dated by stage, late together when a lane is congested, some still on their way on the last day.
//!
//! They teach lead times; what they bring is not what fills the shelf in `stock`.

use super::product::Product;
use super::{StageLaw, SupplyLaneSpec, SynthSpec, between, signed, stream};
use crate::history::{OpenOrder, Purchase, Sku, StageName};
use crate::units::Units;

/// A lane's congestion: latent normals by day, for each of its four stages.
#[derive(Debug)]
pub(super) struct Lane<'a> {
    law: &'a SupplyLaneSpec,
    congestion: [Vec<f64>; 4],
}

/// An order line and its pieces.
pub(super) type Line = (Purchase, Units);

impl<'a> Lane<'a> {
    /// Draws the congestion of a lane (a first-order autoregression by day).
    pub(super) fn draw(spec: &SynthSpec, law: &'a SupplyLaneSpec) -> Self {
        let keep = law.persistence.get();
        let days = spec.days as usize;
        let congestion = StageName::ALL.map(|stage| {
            let mut own = stream(spec.seed, 0, &["lane", &law.mode, stage.as_str()]);
            let mut now = own.normal();
            let next = |_| {
                let today = now;
                now = keep * now + libm::sqrt(1.0 - keep * keep) * own.normal();
                today
            };
            (0..days).map(next).collect()
        });
        Self { law, congestion }
    }

    const fn stages(&self) -> [StageLaw; 4] {
        [self.law.production, self.law.first_leg, self.law.customs, self.law.last_leg]
    }

    /// The orders of a product by this lane: what has arrived by the last day, and what has not.
    pub(super) fn orders(&self, spec: &SynthSpec, product: &Product) -> (Vec<Line>, Vec<OpenOrder>) {
        let (mut finished, mut open) = (Vec::new(), Vec::new());
        let mut own = stream(spec.seed, 0, &[&product.sku, "orders", &self.law.mode]);
        let days = spec.days as usize;
        let mut day = between([0, self.law.every_days[1]], &mut own);
        let mut number = 1;
        while day < days {
            // Each order has its own stream: one more mode or key moves no other order.
            let name = format!("{}-{}-{number:03}", self.law.mode, product.sku);
            let mut of_order = stream(spec.seed, 0, &[&product.sku, "order", &name]);
            let common = self.law.congestion.get();
            let mut elapsed = 0.0;
            let mut milestones = [0_usize; 4];
            for (stage, (law, milestone)) in self.stages().into_iter().zip(&mut milestones).enumerate() {
                let latent =
                    libm::sqrt(common) * self.congestion[stage][day] + libm::sqrt(1.0 - common) * of_order.normal();
                elapsed += law.at(latent);
                if StageName::ALL[stage] == StageName::Customs {
                    let inspected = of_order.uniform() < self.law.inspected.get();
                    let takes = between(self.law.inspection_days, &mut of_order);
                    elapsed += if inspected { takes as f64 } else { 0.0 };
                }
                // Rounded half up, from the sum of real days.
                *milestone = day + (elapsed + 0.5) as usize;
            }
            milestones[3] = milestones[3].max(day + 1);
            let pieces = (product.level * self.law.order_days).round().max(2.0) as u64;
            let split = of_order.uniform() < self.law.split.get();
            let first = if split { pieces - pieces / 3 } else { pieces };
            for (line, pieces) in [(1, first), (2, pieces - first)].into_iter().take(if split { 2 } else { 1 }) {
                let order = if split { format!("{name}-{line}") } else { name.clone() };
                let (order, units) = (order, Units(pieces));
                if milestones[3] < days {
                    finished.push((self.finished(spec, product, order, day, milestones), units));
                } else {
                    open.push(self.open(spec, product, order, day, milestones, units));
                }
            }
            day += between(self.law.every_days, &mut own);
            number += 1;
        }
        (finished, open)
    }

    fn finished(&self, spec: &SynthSpec, product: &Product, order: String, day: usize, at: [usize; 4]) -> Purchase {
        let date = |day: usize| spec.first_day.plus_days(signed(day));
        Purchase {
            order,
            sku: Some(Sku(product.sku.clone())),
            mode: self.law.mode.clone(),
            supplier: Some(self.law.supplier.clone()),
            ordered_on: date(day),
            milestones: [Some(date(at[0])), Some(date(at[1])), Some(date(at[2]))],
            received_on: Some(date(at[3])),
        }
    }

    fn open(
        &self,
        spec: &SynthSpec,
        product: &Product,
        order: String,
        day: usize,
        at: [usize; 4],
        units: Units,
    ) -> OpenOrder {
        let date = |day: usize| spec.first_day.plus_days(signed(day));
        let done = at[..3].iter().take_while(|milestone| **milestone < spec.days as usize).count();
        let since = if done == 0 { day } else { at[done - 1] };
        let inspection = f64::from(self.law.inspection_days[0] + self.law.inspection_days[1]) / 2.0;
        let mean: f64 = self.stages().iter().map(|law| law.mean).sum::<f64>() + self.law.inspected.get() * inspection;
        OpenOrder {
            order,
            sku: Sku(product.sku.clone()),
            mode: self.law.mode.clone(),
            units,
            ordered_on: date(day),
            stage: Some(StageName::ALL[done].as_str().to_owned()),
            stage_since: Some(date(since)),
            promised_on: Some(date(day + (mean + 0.5) as usize)),
        }
    }
}
