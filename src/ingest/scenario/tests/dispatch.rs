//! Keys of dispatch and of the platform, right and wrong.

use super::*;

/// The tables of dispatch and platform, before the prices.
const SHOP: &str = r##"
[dispatch]
capacity-per-day = 200
cancel-after = 5
reserved = 40
customer-cancel-share = 0.02
return-share = 0.06
return-days = 12
restockable-share = 0.8

[platform]
preset = "th-2025-06"
other-orders-per-day = 200
other-cancel-rate = 0.004
cancellation = { window-days = 14 }

[money]
"##;
const PRODUCT: &str = "opening-stock = 400";
const PROMISED: &str = "opening-stock = 400\nbacklog = [12, 3]\nsamples = [{ date = 2026-11-05, units = 20 }]";

fn rich() -> String {
    GOOD.replace("[money]", SHOP).replace(PRODUCT, PROMISED)
}

#[test]
fn everything_that_may_be_written_is_read() {
    let scenario = check(&rich()).unwrap_or_else(|error| panic!("{}", error.render(false)));
    let dispatch = scenario.dispatch();
    assert_eq!(dispatch.capacity_per_day.map(|units| units.0), Some(200));
    assert_eq!((dispatch.reserved.0, dispatch.return_days, dispatch.restockable_share.get()), (40, 12, 0.8));
    // The preset's two working days, and its own five instead of three.
    assert_eq!(scenario.dispatch_limits(), [Some(2), Some(5)]);
    let product = &scenario.spec().product[0];
    assert_eq!((product.backlog.len(), product.samples[0].units.0), (2, 20));
    let platform = scenario.spec().platform.as_ref().expect("rules");
    let rules = platform.rules();
    assert_eq!((rules.metrics[0].window_days, rules.metrics[0].steps.len()), (14, 3));
    assert!(scenario.spec().storefront.is_some(), "a limit holds on a page");
    // The same scenario again, as the command line asks for it.
    let again = scenario.with_run_options(Some(200), None).expect("right");
    assert_eq!(again.spec().platform, scenario.spec().platform);

    let plain = check(GOOD).expect("right");
    assert_eq!(plain.dispatch_limits(), [None, None]);
    assert!(plain.spec().platform.is_none() && plain.spec().storefront.is_none());
}

/// The one problem of the full scenario with `from` replaced by `to`: path and problem.
#[track_caller]
fn wrong(from: &str, to: &str, path: &str, problem: &str) {
    let text = rich();
    assert!(text.contains(from), "{from}");
    let found = found(&text.replacen(from, to, 1));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].2.as_str(), found[0].3.as_str()), (path, problem));
}

#[test]
fn what_cannot_be_has_a_place() {
    wrong(
        "cancel-after = 5",
        "cancel-after = 1",
        "dispatch.cancel-after",
        "`1` working days are before late-after, `2`",
    );
    wrong(
        "cancel-after = 5",
        "late-after = 4",
        "dispatch.late-after",
        "`4` working days are after the platform's cancel-days, `3`",
    );
    wrong(
        "capacity-per-day = 200",
        "capacity-per-day = 0",
        "dispatch.capacity-per-day",
        "`0` pieces a day: no order would ever leave",
    );
    wrong(
        "reserved = 40",
        "reserved = 401",
        "dispatch.reserved",
        "`401` is above the opening stock of product `ACC-1`, `400`",
    );
    wrong(
        "return-days = 12",
        "return-days = 0",
        "dispatch.return-days",
        "`0` is out of range; it must be at least 1 and at most 365",
    );
    wrong(
        "backlog = [12, 3]",
        "backlog = [1000000000, 3]",
        "product[0].backlog",
        "`1000000003` pieces in all; at most 1000000000",
    );
    wrong(
        "date = 2026-11-05",
        "date = 2026-08-31",
        "product[0].samples[0].date",
        "`2026-08-31` is before today, `2026-09-01`",
    );
    wrong("th-2025-06", "th-2025-66", "platform.preset", "`th-2025-66` is not a preset");
    wrong(
        "cancellation = { window-days = 14 }",
        "late-dispatch = { target = 0.04 }",
        "platform.late-dispatch.window-days",
        "is missing, and no preset states it",
    );
    let short =
        rich().replace("currency =", "horizon-days = 100\ncurrency =").replace("window-days = 14", "window-days = 200");
    let short = found(&short);
    assert_eq!((short.len(), short[0].3.as_str()), (1, "`100` days are shorter than the platform's window, 200"));
    let unknown = found(&rich().replace("th-2025-06", "mars"));
    assert!(unknown[0].4.contains("us-2026-03") && unknown[0].4.contains("th-2025-06"), "{unknown:#?}");
}

/// A caller of the library that names a preset has to fill it in: no rule is dropped in silence.
#[test]
fn a_preset_that_is_not_filled_in_is_refused() {
    let mut spec = check(GOOD).expect("right").spec().clone();
    spec.platform = Some(crate::scenario::PlatformSpec { preset: Some("th-2025-06".into()), ..Default::default() });
    let problems = spec.clone().validate().expect_err("not filled in");
    assert_eq!((problems.len(), problems[0].path.as_str()), (1, "platform.preset"));
    spec.platform = spec.platform.map(|own| crate::ingest::with_preset(own).expect("a preset"));
    assert!(spec.validate().is_ok());
}
