//! TEMP
#[cfg(test)]
mod tests {
    #[test]
    fn tmp() {
        let s = schemars::schema_for!(crate::scenario::ScenarioSpec);
        std::fs::write("/tmp/t-ingest-schema.json", serde_json::to_string_pretty(&s).unwrap()).unwrap();
    }
    #[test]
    fn tmp2() {
        let text = "name = 1\n[[event]]\nstart = 2026-11-11\nx.y = { a = [1,2],\n b = 3 }\n[[event]]\n[event.demand]\n kind='a'\n[a.b]\nq=\n[c]\nd = 99999999999999999999\ne=+1_000.5\nf=\"a\nname=2\n";
        let (d, e) = toml::de::DeTable::parse_recoverable(text);
        println!("{d:#?}\n{e:#?}");
    }
}
