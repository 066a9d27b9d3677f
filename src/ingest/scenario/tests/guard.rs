//! Keys of guard, alerts and substitute, right and wrong.

use super::*;
use crate::scenario::PauseSpec;

/// The tables of the guard, before the prices, and the substitute.
const GUARD: &str = r##"
[ads]
look = "within"
check-every-minutes = 15
delay-minutes = 5

[alerts]
levels = [0.5]
days-of-cover = [7, 2.5]

[candidates]
pause = [{ kind = "never" }, { kind = "days-of-cover", pause = 1.5, resume = 6 }]

[money]
"##;
const PRODUCT: &str = "opening-stock = 400";
const PLAN_B: &str = "opening-stock = 400\nsubstitute = { sku = \"B\", opening-stock = 80, per-day = 3, \
                      conversion = 0.4, spill = 0.2 }";

fn rich() -> String {
    GOOD.replace("[money]", GUARD).replace(PRODUCT, PLAN_B)
}

#[test]
fn everything_that_may_be_written_is_read() {
    let scenario = check(&rich()).unwrap_or_else(|error| panic!("{}", error.render(false)));
    let spec = scenario.spec();
    assert_eq!(format!("{:?}", spec.ads.look), "Within");
    assert_eq!((spec.ads.minutes_between_looks(), spec.ads.minutes_of_delay()), (15, 5));
    assert_eq!((spec.alerts.levels.len(), spec.alerts.days_of_cover.as_slice()), (1, [7.0, 2.5].as_slice()));
    let cover = PauseSpec::DaysOfCover { pause: 1.5, resume: 6.0 };
    assert_eq!(spec.candidates.pause.as_deref(), Some([PauseSpec::Never, cover].as_slice()));
    assert!(spec.has_days_of_cover());
    let channels = &spec.storefront.as_ref().expect("a page to look at").channel;
    assert_eq!((channels.len(), channels[0].interval_minutes(), channels[0].linked), (1, 0.0, true));
    let substitute = spec.product[0].substitute.as_ref().expect("plan B");
    assert_eq!((substitute.label(), substitute.opening_stock.0, substitute.per_day), ("B", 80, 3.0));

    let plain = check(GOOD).expect("right");
    let spec = plain.spec();
    assert!(spec.storefront.is_none() && !spec.has_days_of_cover());
    assert_eq!((spec.ads.minutes_between_looks(), spec.alerts.levels.len()), (30, 3));
    // Without a rule to compare there is nothing to look at.
    let never = rich().replace(", { kind = \"days-of-cover\", pause = 1.5, resume = 6 }", "");
    assert!(check(&never).expect("right").spec().storefront.is_none());
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
    wrong("resume = 6", "resume = 1.5", "candidates.pause[1].resume", "`1.5` must be above pause, `1.5`");
    wrong(
        "pause = 1.5",
        "pause = -1",
        "candidates.pause[1].pause",
        "`-1` is out of range; it must be at least 0 and at most 365",
    );
    wrong("[7, 2.5]", "[2.5, 7]", "alerts.days-of-cover[1]", "`7`; alert levels fall from at most 365 days to above 0");
    wrong("[7, 2.5]", "[7, 0]", "alerts.days-of-cover[1]", "`0`; alert levels fall from at most 365 days to above 0");
    wrong(
        "delay-minutes = 5",
        "delay-minutes = 5\ndelay-days = 1",
        "ads.delay-days",
        "`1` says nothing of a guard that looks within the day",
    );
    let minutes = found(&rich().replace("look = \"within\"", "look = \"close\""));
    let paths: Vec<&str> = minutes.iter().map(|at| at.2.as_str()).collect();
    assert_eq!(paths, ["ads.check-every-minutes", "ads.delay-minutes"]);
    assert_eq!(minutes[0].3, "says nothing of a guard that looks once a day");
    wrong(
        "check-every-minutes = 15",
        "check-every-minutes = 1441",
        "ads.check-every-minutes",
        "`1441` is out of range; it must be at least 0 and at most 1440",
    );
    let plan_b = "product[0].substitute";
    wrong("sku = \"B\"", "sku = \"ACC-1\"", &format!("{plan_b}.sku"), "`ACC-1` is product[0] of this scenario");
    wrong(
        "conversion = 0.4, spill = 0.2",
        "conversion = 0, spill = 0.0",
        plan_b,
        "nobody takes it: neither conversion nor spill is above 0",
    );
    wrong(
        "per-day = 3",
        "per-day = -3",
        &format!("{plan_b}.per-day"),
        "`-3` is out of range; it must be at least 0 and at most 10000000",
    );
}
