//! Links: what a browser's address, a chat program or a hand makes of one.

use std::alloc::System;
use std::sync::LazyLock;

use cap::Cap;
use chanscope_fuzz::{Corpus, MEMORY_BYTES_MAX, SCRIPT_BYTES_MAX, TIME};
use chanscope_link::Link;

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, MEMORY_BYTES_MAX);

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| Corpus::of("link", WORDS));
const WORDS: &[&str] =
    &["#/", "?", "&", "=", "at=", "do=", "seed=", "digest=", "v=", ":", "-recv@", "~", ",", "strategy="];

/// Whether it opens. What opens is written and opens again to the same.
fn eat(input: &[u8]) -> bool {
    let text = String::from_utf8_lossy(input);
    match Link::decode(&text) {
        Ok(None) => false,
        Ok(Some(link)) => {
            assert_eq!(Link::decode(&link.encode()), Ok(Some(link)), "{text}");
            true
        }
        Err(error) => {
            assert!(!error.en().is_empty() && !error.zh().is_empty(), "{text}");
            false
        }
    }
}

#[test]
fn seeds_are_good() {
    assert!(CORPUS.seeds().all(eat));
}

#[test]
fn anything_is_refused_or_right() {
    bolero::check!().with_test_time(TIME).with_max_len(SCRIPT_BYTES_MAX).for_each(|script: &[u8]| {
        eat(&CORPUS.changed(script));
    });
}
