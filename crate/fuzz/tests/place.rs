//! A run that was saved, opened again: JSON that says what made it.

use chanscope_wasm::Session;
use chanscope_wasm::wire::{Language, RunSpec};

chanscope_fuzz::target!("place", WORDS, eat);

const WORDS: &[&str] = &[
    "\"scenario\":",
    "\"config\":",
    "\"seed\":",
    "\"deviations\":",
    "\"at\":",
    "\"choice\":",
    "random",
    "go-like",
    "\"rendezvous\"",
    "\"increments\"",
    "\"n\":",
];

/// Steps that a run may take here: what is wrong with it shows at its beginning.
const STEPS: u32 = 500;

/// Whether it runs.
fn eat(input: &[u8]) -> bool {
    let Ok(spec) = serde_json::from_slice::<RunSpec>(input) else { return false };
    // These two run the program once before, to its end; that is what an end is for.
    if spec.strategy == "pct" || spec.strategy == "local-pool" {
        return false;
    }
    let mut session = Session::default();
    let run = session.begin(&spec).and_then(|()| session.advance(STEPS));
    match run {
        Ok(progress) if progress.done => {
            let end = session.events().expect("it is over");
            for at in [0, end / 2, end] {
                session.moment(at, Language::En).expect("it has such a moment");
                session.moves(at, at % 2 == 0, Language::Zh).expect("it has such a moment");
            }
            true
        }
        Ok(_) => true,
        Err(refusal) => {
            assert!(!refusal.message.en.is_empty() && !refusal.message.zh.is_empty());
            false
        }
    }
}
