//! Standard normal numbers by inversion: one uniform gives one number, monotone, with the same bits on every platform.

/// The `uniform` quantile of the standard normal law, with a relative error of about 1e-16.
///
/// Rational approximations: Wichura (1988), "Algorithm AS 241: The percentage points of the normal distribution",
/// Applied Statistics 37. Between 0.075 and 0.925 only + - x / are used; the tails take a logarithm and a root from
/// `libm`, which is the same code on every platform.
pub(super) fn quantile(uniform: f64) -> f64 {
    let centred = uniform - 0.5;
    if centred.abs() <= 0.425 {
        let r = 0.180_625 - centred * centred;
        return centred * polynomial(&CENTRE_TOP, r) / polynomial(&CENTRE_BOTTOM, r);
    }
    let tail = if centred < 0.0 { uniform } else { 1.0 - uniform };
    let r = (-libm::log(tail)).sqrt();
    let size = if r <= 5.0 {
        polynomial(&MIDDLE_TOP, r - 1.6) / polynomial(&MIDDLE_BOTTOM, r - 1.6)
    } else {
        polynomial(&FAR_TOP, r - 5.0) / polynomial(&FAR_BOTTOM, r - 5.0)
    };
    if centred < 0.0 { -size } else { size }
}

/// Horner's rule; the constant comes first.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

#[rustfmt::skip]
const CENTRE_TOP: [f64; 8] = [
    3.387_132_872_796_366_5, 1.331_416_678_917_843_8e2, 1.971_590_950_306_551_3e3, 1.373_169_376_550_946e4,
    4.592_195_393_154_987e4, 6.726_577_092_700_87e4, 3.343_057_558_358_813e4, 2.509_080_928_730_122_7e3,
];
#[rustfmt::skip]
const CENTRE_BOTTOM: [f64; 8] = [
    1.0, 4.231_333_070_160_091e1, 6.871_870_074_920_579e2, 5.394_196_021_424_751e3,
    2.121_379_430_158_659_7e4, 3.930_789_580_009_271e4, 2.872_908_573_572_194_3e4, 5.226_495_278_852_854e3,
];
#[rustfmt::skip]
const MIDDLE_TOP: [f64; 8] = [
    1.423_437_110_749_683_5, 4.630_337_846_156_546, 5.769_497_221_460_691, 3.647_848_324_763_204_5,
    1.270_458_252_452_368_4, 2.417_807_251_774_506e-1, 2.272_384_498_926_918_4e-2, 7.745_450_142_783_414e-4,
];
#[rustfmt::skip]
const MIDDLE_BOTTOM: [f64; 8] = [
    1.0, 2.053_191_626_637_759, 1.676_384_830_183_803_8, 6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1, 1.519_866_656_361_645_7e-2, 5.475_938_084_995_345e-4, 1.050_750_071_644_416_9e-9,
];
#[rustfmt::skip]
const FAR_TOP: [f64; 8] = [
    6.657_904_643_501_103, 5.463_784_911_164_114, 1.784_826_539_917_291_3, 2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2, 1.242_660_947_388_078_4e-3, 2.711_555_568_743_487_6e-5, 2.010_334_399_292_288_1e-7,
];
#[rustfmt::skip]
const FAR_BOTTOM: [f64; 8] = [
    1.0, 5.998_322_065_558_88e-1, 1.369_298_809_227_358e-1, 1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4, 1.846_318_317_510_054_8e-5, 1.421_511_758_316_446e-7, 2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, Normal};

    use super::*;

    #[test]
    fn agrees_with_an_independent_quantile_from_tail_to_tail() {
        let law = Normal::standard();
        for exponent in 1..300 {
            let u = 0.95_f64.powi(exponent);
            for u in [u, 1.0 - u] {
                let expected = law.inverse_cdf(u);
                let got = quantile(u);
                assert!((got - expected).abs() <= 4e-9 * expected.abs().max(1e-3), "{u}: {got} {expected}");
            }
        }
        // Published with 16 digits: Φ(1.959963984540054) = 0.975, Φ(-4.264890793922825) = 1e-5.
        assert!((quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
        assert!((quantile(1e-5) + 4.264_890_793_922_825).abs() < 1e-13);
    }
}
