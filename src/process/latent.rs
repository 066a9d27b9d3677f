//! Latent normals: what several random quantities share, while each keeps a law of its own.
//!
//! A quantity with distribution function F is drawn as F⁻¹(Φ(z)) of a standard normal z (a Gaussian copula), so that
//! normals may be correlated at will and no law changes. Elementary functions come from `libm`: the same bits on every
//! platform.

/// P(Z <= z) of a standard normal Z, with all its digits in the lower tail.
pub(super) fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// The z with P(Z <= z) = `share`, to about 1e-15 relative; -∞ and ∞ at the ends and beyond them.
///
/// Source: Wichura (1988), "Algorithm AS 241: the percentage points of the normal distribution", PPND16.
pub(super) fn normal_quantile(share: f64) -> f64 {
    const CENTRE: ([f64; 8], [f64; 8]) = (
        [
            3.387_132_872_796_366_5,
            133.141_667_891_784_38,
            1_971.590_950_306_551_3,
            13_731.693_765_509_46,
            45_921.953_931_549_87,
            67_265.770_927_008_7,
            33_430.575_583_588_13,
            2_509.080_928_730_122_7,
        ],
        [
            1.0,
            42.313_330_701_600_91,
            687.187_007_492_057_9,
            5_394.196_021_424_751,
            21_213.794_301_586_597,
            39_307.895_800_092_71,
            28_729.085_735_721_943,
            5_226.495_278_852_854,
        ],
    );
    const SIDE: ([f64; 8], [f64; 8]) = (
        [
            1.423_437_110_749_683_5,
            4.630_337_846_156_546,
            5.769_497_221_460_691,
            3.647_848_324_763_204_5,
            1.270_458_252_452_368_4,
            0.241_780_725_177_450_6,
            0.022_723_844_989_269_184,
            7.745_450_142_783_414e-4,
        ],
        [
            1.0,
            2.053_191_626_637_759,
            1.676_384_830_183_803_8,
            0.689_767_334_985_1,
            0.148_103_976_427_480_08,
            0.015_198_666_563_616_457,
            5.475_938_084_995_345e-4,
            1.050_750_071_644_416_9e-9,
        ],
    );
    const TAIL: ([f64; 8], [f64; 8]) = (
        [
            6.657_904_643_501_103,
            5.463_784_911_164_114,
            1.784_826_539_917_291_3,
            0.296_560_571_828_504_87,
            0.026_532_189_526_576_124,
            0.001_242_660_947_388_078_4,
            2.711_555_568_743_487_6e-5,
            2.010_334_399_292_288e-7,
        ],
        [
            1.0,
            0.599_832_206_555_887_9,
            0.136_929_880_922_735_8,
            0.014_875_361_290_850_615,
            7.868_691_311_456_133e-4,
            1.846_318_317_510_054_8e-5,
            1.421_511_758_316_446e-7,
            2.044_263_103_389_939_8e-15,
        ],
    );
    let ratio = |(above, below): &([f64; 8], [f64; 8]), x: f64| {
        let at = |coefficients: &[f64; 8]| coefficients.iter().rev().fold(0.0, |sum, next| sum * x + next);
        at(above) / at(below)
    };
    if share.is_nan() {
        return f64::NAN;
    }
    if share <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if share >= 1.0 {
        return f64::INFINITY;
    }
    let centred = share - 0.5;
    if centred.abs() <= 0.425 {
        return centred * ratio(&CENTRE, 0.180_625 - centred * centred);
    }
    let r = libm::sqrt(-libm::log(share.min(1.0 - share)));
    let z = if r <= 5.0 { ratio(&SIDE, r - 1.6) } else { ratio(&TAIL, r - 5.0) };
    if centred < 0.0 { -z } else { z }
}

/// Knots to a unit of z.
const DENSITY: f64 = 64.0;
/// Least and most z of a table; beyond lie 2e-17 of a normal's draws on either side, which are taken at the ends.
const REACH: f64 = 8.5;

/// A smooth, non-negative function of a latent normal, tabulated once and read by cubic interpolation.
///
/// Four knots around the point at steps of 1/64: the error is at most (9/16) h⁴ g''''/24. For gamma and PERT durations
/// the probability reached misses the one asked for by less than 1e-8 (coefficient of variation up to 1; 2e-6 at 3),
/// which the tests of [`super::duration`] hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NormalTable(Vec<f64>);

impl NormalTable {
    /// Tabulates `of`, called with z from low to high.
    pub(super) fn new(of: impl FnMut(f64) -> f64) -> Self {
        let knots = (2.0 * REACH * DENSITY) as usize + 3;
        Self((0..knots).map(|at| (at as f64 - 1.0) / DENSITY - REACH).map(of).collect())
    }

    /// The function at z.
    pub(super) fn at(&self, z: f64) -> f64 {
        let place = (z.clamp(-REACH, REACH) + REACH) * DENSITY;
        // One knot stands below the reach, and one above it.
        let knot = (place as usize).min(self.0.len().saturating_sub(4));
        let Some([a, b, c, d]) = self.0.get(knot..knot + 4).and_then(|near| <[f64; 4]>::try_from(near).ok()) else {
            return 0.0;
        };
        let t = place - knot as f64;
        let (before, after, beyond) = (t + 1.0, t - 1.0, t - 2.0);
        let value = -t * after * beyond / 6.0 * a + before * after * beyond / 2.0 * b - before * t * beyond / 2.0 * c
            + before * t * after / 6.0 * d;
        value.max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantile_and_distribution_are_inverse_far_out() {
        for share in [1e-300, 1e-100, 1e-20, 1e-12, 1e-6, 0.001, 0.07, 0.075, 0.4, 0.5] {
            let z = normal_quantile(share);
            // A step of the last bit of z moves the tail by z² of its last bits.
            assert!((normal_cdf(z) / share - 1.0).abs() < 1e-15 * (16.0 + z * z), "{share}: {z}");
            assert!(share < 1e-6 || (normal_quantile(1.0 - share) + z).abs() < 1e-9, "{share}");
        }
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-15);
        assert_eq!((normal_quantile(0.0), normal_quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    }

    #[test]
    fn a_table_is_read_within_its_stated_error() {
        let table = NormalTable::new(libm::exp);
        for step in 0..4000 {
            let z = -8.4 + 0.0042 * f64::from(step);
            assert!((table.at(z) / libm::exp(z) - 1.0).abs() < 2e-9, "{z}: {}", table.at(z));
        }
        assert!((table.at(50.0) / libm::exp(REACH) - 1.0).abs() < 1e-12, "taken at the end");
        assert!(NormalTable::new(|_| -1.0).at(0.0) == 0.0 && table.at(f64::NAN).is_finite());
    }
}
