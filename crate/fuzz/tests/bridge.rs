//! What page and companion say to each other about a connection and the clock.

use std::alloc::System;
use std::sync::LazyLock;

use cap::Cap;
use chanscope_fuzz::{Corpus, MEMORY_BYTES_MAX, SCRIPT_BYTES_MAX, TIME};
use chanscope_tcp::bridge::{FromPage, ToPage};
use chanscope_tcp::clock::ClockSettings;

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, MEMORY_BYTES_MAX);

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| Corpus::of("bridge", WORDS));
const WORDS: &[&str] = &[
    "\"type\":",
    "\"credit\"",
    "\"bytes\":",
    "\"end\"",
    "\"reset\"",
    "\"intervalMs\":",
    "\"acceptLoop\":",
    "\"serial\"",
    "\"opened\"",
    "127.0.0.1:8000",
    "[::1]:0",
];

/// Whether it is anything that is said. What is understood is written and understood again to the same.
fn eat(input: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(input) else { return false };
    let settings = serde_json::from_str::<ClockSettings>(text);
    if let Ok(settings) = settings {
        if let Err(out) = settings.checked() {
            assert!(!out.to_string().is_empty());
        }
        assert_eq!(again(&settings), settings);
        return true;
    }
    let from_page = serde_json::from_str::<FromPage>(text).map(|message| assert_eq!(again(&message), message));
    let to_page = serde_json::from_str::<ToPage>(text).map(|message| assert_eq!(again(&message), message));
    from_page.is_ok() || to_page.is_ok()
}

fn again<T: serde::Serialize + serde::de::DeserializeOwned>(message: &T) -> T {
    serde_json::from_str(&serde_json::to_string(message).expect("it is plain")).expect("it was just written")
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
