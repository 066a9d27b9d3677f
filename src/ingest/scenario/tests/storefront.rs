//! Keys of the storefront, right and wrong.

use super::*;
use crate::scenario::PushSpec;

/// The tables of the storefront, before the prices.
const SHOP: &str = r##"
[storefront]
order-sizes = [8, 1.5, 0.5]
hours = [1, 0, 0, 0, 0, 0, 1, 2, 3, 3, 4, 4, 5, 4, 4, 4, 5, 5, 6, 8, 12, 14, 9, 4]

[[storefront.channel]]
name = "marketplace"
share = 0.7
stock-share = 0.9
threshold = 5
reserve = 10
sync-interval-minutes = 15
push-delay-minutes = 1.5
sync-failure = 0.01
push = "delta"

[[storefront.channel]]
name = "second listing"
share = 0.3
linked = false
published-at-start = 300
self-decrement = false

[money]
"##;

fn rich() -> String {
    GOOD.replace("[money]", SHOP)
}

#[test]
fn everything_that_may_be_written_is_read() {
    let scenario = check(&rich()).unwrap_or_else(|error| panic!("{}", error.render(false)));
    let storefront = scenario.spec().storefront.as_ref().expect("a storefront");
    let [linked, typed] = storefront.channel.as_slice() else { panic!("two channels") };
    assert_eq!((linked.share, linked.stock_share.get(), linked.threshold.0, linked.reserve.0), (0.7, 0.9, 5, 10));
    assert_eq!((linked.interval_minutes(), linked.push_delay_minutes, linked.push), (15.0, 1.5, PushSpec::Delta));
    assert!(linked.linked && linked.self_decrement && linked.published_at_start.is_none());
    assert!(!typed.linked && !typed.self_decrement);
    assert_eq!(typed.published_at_start.map(|units| units.0), Some(300));
    assert_eq!(storefront.order_sizes, [8.0, 1.5, 0.5]);
    assert_eq!(storefront.hours.as_ref().map(Vec::len), Some(24));

    // A name is enough: all of the stock, in real time.
    let least = check(&GOOD.replace("[money]", "[[storefront.channel]]\nname = \"shop\"\n\n[money]")).expect("right");
    let channel = &least.spec().storefront.as_ref().expect("a storefront").channel[0];
    assert_eq!((channel.share, channel.stock_share.get(), channel.interval_minutes()), (1.0, 1.0, 0.0));
    assert!(check(GOOD).expect("right").spec().storefront.is_none());
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
    let first = "storefront.channel[0]";
    wrong(
        "reserve = 10",
        "reserve = 401",
        &format!("{first}.reserve"),
        "`401` is above the opening stock of product `ACC-1`, `400`",
    );
    wrong(
        "push-delay-minutes = 1.5",
        "push-delay-minutes = -1",
        &format!("{first}.push-delay-minutes"),
        "`-1` is out of range; it must be at least 0 and at most 1440",
    );
    wrong(
        "sync-interval-minutes = 15",
        "sync-interval-minutes = 1500",
        &format!("{first}.sync-interval-minutes"),
        "`1500` minutes are neither within a day nor whole days",
    );
    wrong(
        "push = \"delta\"",
        "push = \"delta\"\npublished-at-start = 80",
        &format!("{first}.published-at-start"),
        "`80` is overwritten by the sync in the first minute",
    );
    wrong(
        "linked = false",
        "linked = false\nsync-interval-minutes = 5",
        "storefront.channel[1].sync-interval-minutes",
        "says nothing of a listing that is not linked: no sync reaches it",
    );
    wrong(
        "published-at-start = 300",
        "published-at-start = 1000000001",
        "storefront.channel[1].published-at-start",
        "`1000000001` is out of range; it must be at least 0 and at most 1000000000",
    );
    wrong(
        "\"second listing\"",
        "\"marketplace\"",
        "storefront.channel[1].name",
        "`marketplace` stands already at storefront.channel[0]",
    );
    let hours = "storefront.hours";
    wrong("9, 4]", "9]", hours, "a list of 23; exactly 24 are wanted");
    wrong(
        "[8, 1.5, 0.5]",
        "[8, -1.5, 0.5]",
        "storefront.order-sizes[1]",
        "`-1.5` is out of range; it must be at least 0 and at most 1000000000",
    );
    wrong(
        "[8, 1.5, 0.5]",
        "[0, 0]",
        "storefront.order-sizes",
        "the shares of the order sizes sum to `0`; at least one must be above 0",
    );
}

#[test]
fn shares_need_a_sum_and_channels_have_a_number() {
    let text = rich().replace("share = 0.7", "share = 0").replace("share = 0.3", "share = 0");
    let problem = found(&text);
    assert_eq!(problem.len(), 1, "{problem:#?}");
    assert_eq!(problem[0].3, "the shares of the channels sum to `0`; at least one must be above 0");
    assert_eq!(problem[0].2, "storefront.channel");

    let none = found(&GOOD.replace("[money]", "[storefront]\nchannel = []\n\n[money]"));
    assert_eq!((none[0].2.as_str(), none[0].3.as_str()), ("storefront.channel", "a list of 0; from 1 to 8 are wanted"));
    let nine: String = (0..9).map(|at| format!("[[storefront.channel]]\nname = \"c{at}\"\n")).collect();
    let nine = found(&GOOD.replace("[money]", &format!("{nine}\n[money]")));
    assert_eq!((nine.len(), nine[0].3.as_str()), (1, "a list of 9; from 1 to 8 are wanted"));
}

/// The library is held to the same rules as a file.
#[test]
fn the_rules_hold_without_the_schema() {
    let right = check(&rich()).expect("right");
    let broken = |change: fn(&mut crate::scenario::StorefrontSpec)| {
        let mut spec = right.spec().clone();
        change(spec.storefront.as_mut().expect("a storefront"));
        let problems = spec.validate().expect_err("broken");
        assert_eq!(problems.len(), 1, "{problems:#?}");
        problems[0].to_string()
    };
    assert!(broken(|shop| shop.channel.clear()).starts_with("storefront.channel: no channel"));
    assert!(broken(|shop| shop.hours = Some(vec![1.0; 23])).contains("23 weights; the day has 24 hours"));
    assert!(broken(|shop| shop.channel[0].share = f64::NAN).contains("are numbers from 0 on"));
    assert!(broken(|shop| shop.channel[0].push_delay_minutes = f64::INFINITY).contains("from 0 to 1440"));
    assert!(broken(|shop| shop.channel[0].sync_interval_minutes = Some(-1.0)).contains("from 0 to 129600"));
    assert!(broken(|shop| shop.channel[0].threshold.0 = u64::MAX).contains("at most 1000000000"));
    let nine = |shop: &mut crate::scenario::StorefrontSpec| {
        let one = shop.channel[0].clone();
        shop.channel =
            (0..9).map(|at| crate::scenario::ChannelSpec { name: format!("c{at}"), ..one.clone() }).collect();
    };
    assert!(broken(nine).contains("9 channels; a storefront has from 1 to 8"));
}
