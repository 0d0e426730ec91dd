//! A recorded session of the TCP chapter, opened from a file or a link.

use chanscope_wasm::tcp::{Recording, read, write};
use chanscope_wasm::wire::{LanesBy, Language, WindowQuery};

chanscope_fuzz::target!("session", WORDS, eat);

const WORDS: &[&str] = &[
    "\"t\":",
    "\"client\":",
    "\"server\":",
    "\"n\":",
    "\"what\":",
    "\"dial\"",
    "\"opened\"",
    "\"local\":",
    "127.0.0.1:1",
    "\"bytes\":",
    "\"running\":",
    "\"set\":",
    "\"entries\":",
    "\"close\"",
    "\"version\":",
];

/// Whether it opens. Then every question can be asked of it, and it is written and opens again to the same.
fn eat(input: &[u8]) -> bool {
    let text = String::from_utf8_lossy(input);
    let entries = match read(&text) {
        Ok(entries) => entries,
        Err(bad) => {
            assert!(!bad.words().en.is_empty() && !bad.words().zh.is_empty());
            return false;
        }
    };
    let recording = Recording::of(entries);
    let end = recording.events();
    assert_eq!(read(&write(recording.entries())).as_deref(), Ok(recording.entries()));
    let lanes = u32::try_from(recording.lanes().len()).expect("few");
    for at in [0, end / 2, end, u32::MAX] {
        let _ = recording.moment(at, Language::En);
        let _ = recording.log(at.saturating_sub(5), at, Language::Zh);
    }
    let lanes = (0..lanes).collect();
    let query = WindowQuery { from: 0, to: end, pixels: 100, by: LanesBy::Goroutine, lanes, merged: Vec::new() };
    let _ = recording.window(&query);
    true
}
