//! To come.
use crate::simulate::storefront::*;
use crate::policy::PublishRule;
use crate::units::*;
#[test]
fn dbg() {
    let orders: Vec<Order> = (0..22).map(|i| Order{at: Millis(0), channel:0, source: OrderSource::Organic, units: 1 + (i%5==0) as u32*3, mark:0.0}).collect();
    let a = DayArrivals::new(orders, 0);
    let rule = ChannelRule{publish: PublishRule::new(Units(0), Probability::try_new(0.509668).unwrap(), Units(13)), refresh: Refresh::Mornings(1), push: Push::Set, delay: Millis(0), failure: Probability::ZERO, self_decrement: true};
    let rules=[rule];
    let day = StorefrontDay{channels:&rules, phases:&[0.0], day:0, guard:None, shares: AdShares::PLANNED, order_cap: None};
    let s = StorefrontState::open(Units(95), Units(0), Units(0), &rules, &[]);
    let mut s = s; s.ads = AdCommands{running:false,commanded:false,pending:vec![(1,false)]};
    let mut p = s.clone(); let mut f = s.clone();
    eprintln!("{:?}\n{:?}", resolve(&day,&a,&mut p), resolve_fast(&day,&a,&mut f,&mut Scratch::default()));
    eprintln!("{} {:?} {:?}", a.units(), p.published, f.published);
}
