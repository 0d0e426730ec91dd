//! The chapter on memory order shows what is out of order exactly where it should: with store buffers where a store can
//! wait for a read that follows, without them where a compiler has swapped the two, and never where they are guarded.
//!
//! Sources: Sewell et al., "x86-TSO", 2010, for what store buffers allow; Go's memory model for the guards.

use chanscope_scenario::{Setting, find};
use chanscope_session::{Exploration, ExploreBounds};

/// What only memory that is out of order shows, by program: the lines that are printed, in each what was seen in the
/// order of the program.
const OUT_OF_ORDER: [(&str, &[&str]); 4] = [
    ("stores", &["x:0", "y:0"]),
    ("messages", &["y:1 x:0"]),
    ("loads", &["x:1", "y:1"]),
    ("readers", &["x:1 y:0", "y:1 x:0"]),
];

fn can_print(test: &str, model: &str, guard: &str, swapped: bool, lines: &[&str]) -> bool {
    let scenario = find("memory-order").expect("it is there");
    let text = |name: &str, value: &str| (name.to_owned(), Setting::Text(value.to_owned()));
    let settings = [text("test", test), text("model", model), text("guard", guard)];
    let settings = settings.into_iter().chain([("swapped".to_owned(), Setting::Flag(swapped))]).collect();
    let settings = scenario.check(&settings).expect("they fit");
    let mut exploration = Exploration::new(scenario, settings, ExploreBounds::default());
    while !exploration.advance(100).over {}
    let findings = exploration.findings();
    assert!(findings.incomplete.is_empty(), "{test} {model} {guard}: {:?}", findings.incomplete);
    findings.outcomes.iter().any(|outcome| {
        let mut printed: Vec<String> = outcome.name.output.iter().map(|line| in_order(line, guard, swapped)).collect();
        printed.sort_unstable();
        printed == lines
    })
}

/// A line as the program has it: two reads that are swapped are printed the other way round. Atomic ones are not.
fn in_order(line: &str, guard: &str, swapped: bool) -> String {
    match line.split_once(' ') {
        Some((first, second)) if swapped && guard != "atomic" => format!("{second} {first}"),
        _ => line.to_owned(),
    }
}

#[test]
fn memory_is_out_of_order_exactly_where_it_should_be() {
    for (test, lines) in OUT_OF_ORDER {
        for model in ["tso", "sc"] {
            for guard in ["none", "atomic", "mutex"] {
                for swapped in [false, true] {
                    let by_buffer = model == "tso" && test == "stores";
                    let expected = guard == "none" && (by_buffer || swapped);
                    let found = can_print(test, model, guard, swapped, lines);
                    assert_eq!(found, expected, "{test}, {model}, guarded by {guard}, swapped: {swapped}");
                }
            }
        }
    }
}
