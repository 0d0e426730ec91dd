//! Some hundreds of random programs, and all that ever failed: the plain interpreter and our kernel agree on each.

use std::cell::Cell;

use chanscope_reference::compare::{Bounds, Compared, compare};
use chanscope_reference::generate::{program, runner};
use chanscope_reference::program::Program;
use proptest::test_runner::{TestCaseError, TestError};

#[test]
fn random_programs() {
    let compared = [const { Cell::new(0) }; 2];
    let result = runner(250, 1).run(&program(), |program| {
        let how = compare(&program, Bounds::default()).map_err(TestCaseError::fail)?;
        compared[how as usize].update(|count| count + 1);
        Ok(())
    });
    if let Err(TestError::Fail(why, program)) = result {
        panic!("{why}\nadd this line to tests/corpus.jsonl:\n{}", serde_json::to_string(&program).expect("it is data"));
    }
    let [search, too_large] = compared.map(Cell::into_inner);
    println!("{search} by search, {too_large} too large");
    assert!(too_large * 5 < search, "{search}, {too_large}");
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
