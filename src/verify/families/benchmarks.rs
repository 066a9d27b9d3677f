//! Rules that others published with numbers to compare with.

use serde_json::{Map, Value, json};

use super::{Table, Vector};
use crate::policy::formula::{
    DailyDemand, LeadTimeMoments, StockRewardCosts, best_stock, capped_base_stock, critical_ratio, stock_reward,
};
use crate::stats::{DemandLaw, Moments, Pmf};
use crate::units::{Money, ServiceLevel, Units};
use crate::verify::inputs::InputError;

pub(super) const FAMILIES: Table = &[("inventorybench-or", inventory_bench), ("lokad-stock-reward", lokad)];

/// The service level of the cap on one order.
const CAP: f64 = 0.95;
/// The largest stock among which the best is sought.
const MOST_SOUGHT: u64 = 80;

/// The benchmark's own periods: order, receive (what takes no time the same period), sell, and pay for what is left.
/// Its baseline counts orders that never arrive as on their way for ever.
fn inventory_bench(vector: &Vector) -> Result<Value, InputError> {
    let demand = vector.whole_numbers("demand")?;
    let leads = vector.lead_times("actual_lead")?;
    let (profit, holding) = (vector.numbers("profit")?, vector.numbers("holding")?);
    if [leads.len(), profit.len(), holding.len()].iter().any(|periods| *periods != demand.len()) {
        return Err(InputError::NoAnswer("a benchmark with lists of different lengths"));
    }
    let protection = LeadTimeMoments::constant(1.0 + vector.number("promised_lead")?)?;
    let cap = ServiceLevel::try_new(CAP)?;
    let mut history: Moments = vector.whole_numbers("train")?.iter().map(|sold| *sold as f64).collect();
    let mut arriving = vec![0.0; demand.len()];
    let (mut on_hand, mut on_order, mut reward, mut perfect) = (0.0, 0.0, 0.0, 0.0);
    for (period, &wanted) in demand.iter().enumerate() {
        let wanted = wanted as f64;
        let known = history.mean().zip(history.sd()).ok_or(InputError::NoAnswer("a mean of fewer than two periods"))?;
        let forecast = DailyDemand::try_new(known.0, known.1, known.0)?;
        let service = critical_ratio(Money(profit[period]), Money(holding[period]))?;
        let order = capped_base_stock(&forecast, &protection, service, cap, on_hand + on_order)?.as_f64();
        on_order += order;
        let due = leads[period].and_then(|lead| period.checked_add(lead)).and_then(|due| arriving.get_mut(due));
        if let Some(due) = due {
            *due += order;
        }
        on_hand += arriving[period];
        on_order -= arriving[period];
        let sold = wanted.min(on_hand);
        on_hand -= sold;
        reward += profit[period] * sold - holding[period] * on_hand;
        perfect += profit[period] * wanted;
        history.push(wanted);
    }
    // A season without demand has no share of a perfect score.
    let normalised = (perfect > 0.0).then(|| reward / perfect);
    Ok(json!({ "reward": reward, "perfect_score": perfect, "normalised": normalised }))
}

fn lokad(vector: &Vector) -> Result<Value, InputError> {
    let demand = vector.part("demand")?;
    let law = match demand.text("type")? {
        "poisson" => DemandLaw::Poisson { mean: demand.number("mean")? },
        "nb" => DemandLaw::NegativeBinomial { mean: demand.number("mean")?, size: demand.number("shape")? },
        _ => return Err(InputError::NoAnswer("a demand that is neither `poisson` nor `nb`")),
    };
    let costs = StockRewardCosts {
        margin: vector.money("M")?,
        stockout: vector.money("S")?,
        carrying: vector.money("C")?,
        discount: vector.number("alpha")?,
    };
    let asked = vector.whole_numbers("k")?;
    let most = asked.iter().copied().max().unwrap_or(0).max(MOST_SOUGHT);
    let reward = stock_reward(&Pmf::from_law(&law)?, &costs, Units(most))?;
    let value = |k: u64| usize::try_from(k).ok().and_then(|k| reward.get(k)).map_or(f64::NAN, |reward| reward.get());
    let of = |value: &dyn Fn(u64) -> f64| -> Map<String, Value> {
        asked.iter().filter(|&&k| k > 0).map(|&k| (k.to_string(), json!(value(k)))).collect()
    };
    let sought = reward.iter().take(MOST_SOUGHT as usize + 1).copied().collect::<Vec<_>>();
    Ok(json!({
        "R": of(&value),
        "marginal": of(&|k| value(k) - value(k - 1)),
        "best_k": best_stock(&sought),
    }))
}
