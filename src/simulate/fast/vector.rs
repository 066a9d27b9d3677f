//! Small steps on vectors of candidates that both loops take.

use fearless_simd::{Simd, SimdBase, SimdFloat, SimdInt, SimdMask, f32x16, i32x16, mask32x16};

use super::group::{Lanes, OrderLanes};

#[inline(always)]
pub(super) fn load<S: Simd>(simd: S, lanes: &Lanes) -> i32x16<S> {
    i32x16::load_array_ref(simd, lanes)
}

/// One more in the lanes of the mask: a lane of a mask is 0 or -1 as a number.
#[inline(always)]
pub(super) fn count<S: Simd>(counts: i32x16<S>, mask: mask32x16<S>) -> i32x16<S> {
    counts - mask.to_vector()
}

/// The number in the lanes of the mask, nothing in the others.
#[inline(always)]
pub(super) fn only<S: Simd>(mask: mask32x16<S>, number: i32x16<S>) -> i32x16<S> {
    mask.to_vector() & number
}

#[inline(always)]
pub(super) fn add<S: Simd>(simd: S, value: i32x16<S>, to: &mut Lanes) {
    (load(simd, to) + value).store_array(to);
}

/// Hysteresis: at or below the pause level the ads stop, at or above the resume level they go on, between them all
/// stays as it is.
#[inline(always)]
pub(super) fn look<S: Simd>(
    on_hand: i32x16<S>,
    pause: i32x16<S>,
    resume: i32x16<S>,
    paused: mask32x16<S>,
) -> mask32x16<S> {
    on_hand.simd_le(pause) | (paused & on_hand.simd_lt(resume))
}

/// Orders of the lanes whose position is `short` pieces at or below the reorder point, `short` being at least 0.
#[inline(always)]
pub(super) fn order_size<S: Simd>(simd: S, lanes: &OrderLanes, short: i32x16<S>) -> i32x16<S> {
    let wanted = short + load(simd, &lanes.quantity);
    let in_lots = if lanes.plain_lots { wanted } else { round_up(simd, wanted, &lanes.lot, &lanes.per_lot) };
    if lanes.plain_limits {
        return in_lots;
    }
    let positive = in_lots.simd_gt(i32x16::splat(simd, 0));
    let at_least = in_lots.max(load(simd, &lanes.minimum));
    let rounded = round_up(simd, at_least, &lanes.multiple, &lanes.per_multiple);
    only(positive, rounded.min(load(simd, &lanes.maximum)))
}

/// The smallest multiple of `unit` that is not below `value`, for values of at least 0.
///
/// A floating-point quotient is off by less than one as long as it is below 2^20, which groups check; two comparisons
/// make it exact.
#[inline(always)]
fn round_up<S: Simd>(simd: S, value: i32x16<S>, unit: &Lanes, per_unit: &[f32; 16]) -> i32x16<S> {
    let unit = load(simd, unit);
    let quotient: f32x16<S> = value.to_float();
    let mut count: i32x16<S> = (quotient * f32x16::load_array_ref(simd, per_unit)).to_int();
    count += (count * unit).simd_gt(value).to_vector();
    // Now count x unit <= value < (count + 2) x unit.
    count -= (count * unit).simd_lt(value).to_vector();
    count -= (count * unit).simd_lt(value).to_vector();
    count * unit
}
