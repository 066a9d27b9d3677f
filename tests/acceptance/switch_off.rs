//! A9: each part of the pipeline is switched off, and the metric that it carries must fail: a suite that does not notice
//! is no suite.

use stockburst::backtest::Component;

use crate::forecast::Scores;
use crate::shops::Kind;

#[test]
fn a9_explore() {
    for (component, kind) in [
        (Component::Uncensoring, Kind::Trial),
        (Component::SharedAmplitude, Kind::Trial),
        (Component::Shrinkage, Kind::FewEvents),
        (Component::Shrinkage, Kind::Trial),
        (Component::PlannedSpend, Kind::Reactive),
    ] {
        let off = Scores::of(kind, (10, 30), Some(component));
        println!("A9 {component:?} {kind:?} {:?} n {}", off.offs(), off.n);
    }
}
