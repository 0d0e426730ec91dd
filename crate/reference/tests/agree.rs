//! Some hundreds of random programs, and all that ever failed: the plain interpreter and our kernel agree on each.

use std::cell::Cell;

use chanscope_reference::compare::{Bounds, Compared, compare};
use chanscope_reference::generate::{program, runner};
use chanscope_reference::program::Program;
use chanscope_reference::{ours, plain};
use proptest::test_runner::{TestCaseError, TestError};

#[test]
fn random_programs() {
    let compared = [const { Cell::new(0) }; 3];
    let result = runner(250, 1).run(&program(), |program| {
        let how = compare(&program, Bounds::default()).map_err(TestCaseError::fail)?;
        compared[how as usize].update(|count| count + 1);
        Ok(())
    });
    if let Err(TestError::Fail(why, program)) = result {
        panic!("{why}\nadd this line to tests/corpus.jsonl:\n{}", serde_json::to_string(&program).expect("it is data"));
    }
    let [search, brute, too_large] = compared.map(Cell::into_inner);
    println!("{search} by search, {brute} by brute force, {too_large} too large");
    assert!(search > 0 && brute > 0 && too_large * 5 < search + brute, "{search}, {brute}, {too_large}");
}

#[test]
fn what_failed_once() {
    for line in include_str!("corpus.jsonl").lines() {
        let program: Program = serde_json::from_str(line).expect(line);
        match compare(&program, Bounds::default()) {
            Ok(Compared::TooLarge) => panic!("too large for the corpus: {line}"),
            Ok(_) => {}
            Err(why) => panic!("{line}\n{why}"),
        }
    }
}

/// Programs for which the search claims to have found everything and has not. What the kernel can do is right: brute
/// force finds what Go's rules say.
#[test]
fn what_only_the_search_gets_wrong() {
    for line in include_str!("search_faults.jsonl").lines() {
        let program: Program = serde_json::from_str(line).expect(line);
        let expected = plain::outcomes(&program, Bounds::default().states).expect("it is small");
        let found = ours::by_brute_force(&program, 30_000);
        assert!(found == Some(expected), "{line}");
    }
}
