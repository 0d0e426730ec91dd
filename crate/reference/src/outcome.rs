//! What a program came to, in words that all three ways to run it have in common.

use std::collections::BTreeSet;

/// An ending, and every line that was printed before it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Outcome {
    /// `completed`, `deadlock`, or Go's `panic: …` or `fatal error: …`.
    pub ending: String,
    /// Lines as [`line`] makes them, sorted: each goroutine's own order is in them, that between goroutines is not
    /// told.
    pub lines: Vec<String>,
}

/// All that can become of a program.
pub type Outcomes = BTreeSet<Outcome>;

/// The `number`-th line of the goroutine `path`.
#[must_use]
pub fn line(path: &str, number: usize, text: &str) -> String {
    format!("{path}#{number} {text}")
}

/// Main's return.
pub const COMPLETED: &str = "completed";
/// Go's "all goroutines are asleep - deadlock!".
pub const DEADLOCK: &str = "deadlock";

/// Of panics that came one upon the other the last one counts, and not whether it had been recovered before.
pub(crate) fn last_panic(printed: &str) -> String {
    let last = printed.lines().rfind(|line| line.trim_start().starts_with("panic: ")).unwrap_or(printed).trim_start();
    last.split(" [recovered").next().unwrap_or(last).to_owned()
}
