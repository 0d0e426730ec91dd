//! Choices made by hand, as links carry them: either there is a run, or what is wrong is said.

use chanscope_session::{Finished, Plan, read_link};

chanscope_fuzz::target!("choices", WORDS, eat);

const WORDS: &[&str] = &[
    ":", ",", "0", "1", "2", "-recv", "-send", "@0", "@1", "~1", "~2", "-park", "-default", "-draw:", "-print",
    "-load", "-store", "-close", "-done",
];

/// Whether it replays. Only how they come is the input: the program is a small one.
fn eat(input: &[u8]) -> bool {
    let link = format!("#/capture?do={}", String::from_utf8_lossy(input).trim_end());
    let replayed = read_link(&link).and_then(|place| match place {
        Some(place) => Finished::run(Plan::of(&place.spec)?).map(Some),
        None => Ok(None),
    });
    match replayed {
        Ok(Some(run)) => {
            // What was asked for is in the run: it is written, and replays to the same.
            let link = run.link(0, true).expect("it is no longer than it came");
            let place = read_link(&link).expect("it is ours").expect("it names a program");
            let again = Finished::run(Plan::of(&place.spec).expect("it is ours")).expect("it replays");
            assert_eq!(again.digest(), run.digest(), "{link}");
            true
        }
        Ok(None) => false,
        Err(refusal) => {
            assert!(!refusal.to_string().is_empty());
            false
        }
    }
}
