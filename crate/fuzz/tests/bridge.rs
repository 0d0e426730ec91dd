//! What page and companion say to each other about a connection and the clock.

use chanscope_tcp::bridge::{FromPage, ToPage};
use chanscope_tcp::clock::ClockSettings;

chanscope_fuzz::target!("bridge", WORDS, eat);

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
