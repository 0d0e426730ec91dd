//! `tests/conformance.md` keeps its word: every rule has its number and a test that is there.

use std::collections::BTreeSet;
use std::path::Path;

const TABLE: &str = include_str!("../../../tests/conformance.md");

struct Row<'a> {
    number: usize,
    file: &'a str,
    test: &'a str,
}

fn rows() -> Vec<Row<'static>> {
    let lines = TABLE.lines().filter(|line| line.starts_with('|')).skip(2);
    lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let [number, rule, source, test] = cells[..] else { panic!("a row has four cells: {line}") };
            assert!(!rule.is_empty() && !source.is_empty(), "a rule and its source: {line}");
            let quoted: Vec<&str> = test.split('`').collect();
            let ["", file, ": ", test, ""] = quoted[..] else { panic!("`file`: `test` expected: {test}") };
            Row { number: number.parse().expect("a number"), file, test }
        })
        .collect()
}

#[test]
fn every_rule_has_its_test() {
    for Row { number, file, test } in rows() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
        let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("rule {number}: {file}: {error}"));
        let test = format!("#[test]\nfn {test}() {{\n");
        assert!(source.contains(&test), "rule {number}: no such test in {file}: {test}");
    }
}

#[test]
fn rules_are_numbered_in_order_and_share_no_test() {
    let rows = rows();
    assert!(rows.iter().map(|row| row.number).eq(1..=rows.len()));
    let tests: BTreeSet<_> = rows.iter().map(|row| (row.file, row.test)).collect();
    assert_eq!(tests.len(), rows.len());
}
