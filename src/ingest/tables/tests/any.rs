//! Any bytes at all.

use proptest::prelude::*;

use super::*;

const ROLES: [TableRole; 6] = [
    TableRole::Sales,
    TableRole::Ads,
    TableRole::Promotions,
    TableRole::Purchases,
    TableRole::OpenOrders,
    TableRole::Stock,
];

/// Reads bytes as a table without a file.
fn answer(role: TableRole, bytes: &[u8]) -> Result<usize, TableError> {
    let mut problems = cells::Problems::new("t.csv");
    let frame = frame::Frame::read(role, crate::ingest::files::text(bytes)?, &mut problems)?;
    match role {
        TableRole::Sales => drop(sales::read(&frame, &crate::learn::TrafficProfile::default(), &mut problems)),
        TableRole::Ads => drop(ads::read(&frame, &mut problems)),
        TableRole::Promotions => drop(promotions::read(&frame, &mut problems)),
        TableRole::Purchases => drop(purchases::read(&frame, &mut problems)),
        TableRole::OpenOrders => drop(open_orders::read(&frame, &mut problems)),
        TableRole::Stock => drop(stock::read(&frame, &mut problems)),
    }
    if problems.any() { Err(problems.take()) } else { Ok(frame.height()) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200), role in 0..6_usize) {
        let _ = answer(ROLES[role], &bytes);
    }

    #[test]
    fn any_rows_are_answered(
        body in "([-0-9a-z,. \"\r\n名]|\"\"|2026-01-0[1-9]|x\\^|,,,,){0,60}",
        role in 0..6_usize,
    ) {
        let role = ROLES[role];
        let header: Vec<&str> = role.columns().iter().map(|(name, _)| *name).collect();
        let answer = answer(role, format!("{}\n{body}", header.join(",")).as_bytes());
        prop_assert_ne!(answer, Err(TableError::Reader));
    }

    #[test]
    fn any_sound_cells_come_back(cells in proptest::collection::vec("[^\u{0}]{0,8}", 1..40)) {
        // Each text as a sku of the stock table, quoted; polars has to give it back as it is.
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let text = cells.iter().fold("note,on_hand,sku\n".to_owned(), |text, cell| {
            format!("{text}{},1,{}\n", quoted(cell), quoted(cell))
        });
        let mut problems = cells::Problems::new("t.csv");
        let frame = frame::Frame::read(TableRole::Stock, &text, &mut problems).expect("sound");
        let back: Vec<&str> = frame.rows().map(|row| row.cell("sku")).collect();
        let wanted: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        prop_assert_eq!(back, wanted);
    }
}
