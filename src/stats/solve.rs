//! Where a monotone function crosses a level: by halving, which cannot fail to converge.

/// Halvings until two neighbouring floats are left, whatever the bracket.
const MOST_HALVINGS: u32 = 2_200;
/// The largest count a float holds exactly.
const LARGEST_COUNT: u64 = 1 << 53;

/// The point of `low..=high` where `reached` turns from false to true, to the last bit.
pub(crate) fn bisect(mut low: f64, mut high: f64, reached: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..MOST_HALVINGS {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if reached(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// The zero of a continuous function that changes sign on `low..=high`, to about 14 digits and in few steps.
///
/// False position, the value at an end that stays twice being halved (Illinois: Dowell & Jarratt 1971, BIT 11, 168-174). The bracket always
/// holds the zero, so that it ends whatever the function.
pub(crate) fn zero(mut low: f64, mut high: f64, of: impl Fn(f64) -> f64) -> f64 {
    const MOST_STEPS: u32 = 200;
    const NEAR: f64 = 1e-14;
    let (mut at_low, mut at_high) = (of(low), of(high));
    let (mut point, mut low_moved) = (high, None);
    for _ in 0..MOST_STEPS {
        let next = (low * at_high - high * at_low) / (at_high - at_low);
        // Where the line has no answer inside, halving has one.
        let next = if next > low && next < high { next } else { low + (high - low) / 2.0 };
        let value = of(next);
        let moved = (next - point).abs();
        point = next;
        if value == 0.0 || moved <= NEAR * point.abs() {
            break;
        }
        let moves_low = (value < 0.0) == (at_low < 0.0);
        let again = low_moved == Some(moves_low);
        if moves_low {
            (low, at_low) = (point, value);
            at_high = if again { at_high / 2.0 } else { at_high };
        } else {
            (high, at_high) = (point, value);
            at_low = if again { at_low / 2.0 } else { at_low };
        }
        low_moved = Some(moves_low);
    }
    point
}

/// The first of `start`, `start + step`, `start + 3 step`, ... at which `reached` holds, or `None` if none does.
pub(crate) fn bracket(start: f64, step: f64, reached: impl Fn(f64) -> bool) -> Option<f64> {
    // A step of nothing would never end; doubling makes any other large enough.
    let (mut point, mut step) = (start, step.max(f64::MIN_POSITIVE));
    while point.is_finite() {
        if reached(point) {
            return Some(point);
        }
        point += step;
        step *= 2.0;
    }
    None
}

/// The smallest count at which `reached`, once true, stays true; `guess` only saves time.
pub(crate) fn smallest_count(guess: f64, reached: impl Fn(u64) -> bool) -> Option<u64> {
    let mut high = (guess.max(0.0) as u64).clamp(1, LARGEST_COUNT);
    let mut low = 0;
    while !reached(high) {
        if high >= LARGEST_COUNT {
            return None;
        }
        low = high + 1;
        high = (high * 2).min(LARGEST_COUNT);
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if reached(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_found_to_the_last_bit() {
        assert_eq!(bisect(0.0, 2.0, |x| x * x >= 2.0), 2.0_f64.sqrt());
        assert_eq!(bracket(0.0, 1.0, |x| x >= 5.0), Some(7.0));
        for step in [0.0, -1.0, f64::NAN, 1.0, 1e300] {
            assert_eq!(bracket(0.0, step, |_| false), None, "{step}");
            assert!(bracket(1e300, step, |x| x > 2e300).is_some_and(|x| x > 2e300), "{step}");
        }
    }

    #[test]
    fn zeros_are_found_in_few_steps() {
        let calls = std::cell::Cell::new(0);
        let root = zero(0.0, 50.0, |x| {
            calls.set(calls.get() + 1);
            x * x - 2.0
        });
        assert!((root - 2.0_f64.sqrt()).abs() < 1e-14 && calls.get() < 20, "{root} in {}", calls.get());
        // A function without a zero, and one without values, still end.
        assert!(zero(0.0, 1.0, |_| 1.0).is_finite() && zero(0.0, 1.0, |_| f64::NAN).is_finite());
    }

    #[test]
    fn counts_are_found_from_any_guess() {
        for guess in [f64::NAN, -4.0, 0.0, 7.0, 1e300] {
            assert_eq!(smallest_count(guess, |k| k >= 7), Some(7), "{guess}");
            assert_eq!(smallest_count(guess, |_| true), Some(0), "{guess}");
            assert_eq!(smallest_count(guess, |_| false), None, "{guess}");
        }
    }
}
