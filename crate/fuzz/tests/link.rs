//! Links: what a browser's address, a chat program or a hand makes of one.

use chanscope_link::Link;

chanscope_fuzz::target!("link", WORDS, eat);

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
