//! The numbers that lanes of the lean loop hold: 16 bits where everything fits, which is twice as many lanes a register,
//! else 32.

use fearless_simd::{Simd, SimdElement, SimdInt};

/// A number of a lane.
pub(super) trait LaneNumber: SimdElement {
    /// Whether sums over days would leave the range: then their high part is counted beside them (see [`DaySum`]).
    const SPLIT: bool;
    /// The nearest number in range.
    fn nearest(value: i32) -> Self;
    /// The same number with 32 bits.
    fn wide(self) -> i32;
}

impl LaneNumber for i16 {
    const SPLIT: bool = true;

    #[inline(always)]
    fn nearest(value: i32) -> Self {
        value.clamp(Self::MIN.into(), Self::MAX.into()) as Self
    }

    #[inline(always)]
    fn wide(self) -> i32 {
        self.into()
    }
}

impl LaneNumber for i32 {
    const SPLIT: bool = false;

    #[inline(always)]
    fn nearest(value: i32) -> Self {
        value
    }

    #[inline(always)]
    fn wide(self) -> i32 {
        self
    }
}

/// Most days that a [`DaySum`] takes.
pub(super) const MOST_DAYS: usize = 256;

/// Sums over up to [`MOST_DAYS`] days of numbers of at least 0, lane by lane.
///
/// With 16 bits `low` is the sum modulo 2^16 and `high` that of the numbers divided by 256, rounded down. Their
/// remainders add up to less than 2^16, so both together give the sum.
#[derive(Debug, Clone, Copy)]
pub(super) struct DaySum<V> {
    low: V,
    high: V,
}

impl<V> DaySum<V> {
    #[inline(always)]
    pub(super) fn nothing<S>(zero: V) -> Self
    where
        S: Simd,
        V: SimdInt<S>,
    {
        Self { low: zero, high: zero }
    }

    #[inline(always)]
    pub(super) fn add<S>(&mut self, numbers: V)
    where
        S: Simd,
        V: SimdInt<S>,
        V::Element: LaneNumber,
    {
        self.low += numbers;
        if <V::Element as LaneNumber>::SPLIT {
            self.high += numbers >> 8_u32;
        }
    }

    /// The sums of the first lanes.
    #[inline(always)]
    pub(super) fn totals<S>(&self, to: &mut [i32])
    where
        S: Simd,
        V: SimdInt<S>,
        V::Element: LaneNumber,
    {
        for ((to, low), high) in to.iter_mut().zip(self.low.as_slice()).zip(self.high.as_slice()) {
            *to = if <V::Element as LaneNumber>::SPLIT {
                let high = high.wide() << 8;
                high + ((low.wide() - high) & 0xffff)
            } else {
                low.wide()
            };
        }
    }
}
