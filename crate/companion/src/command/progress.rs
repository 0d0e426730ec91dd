//! How far a search is, on one line of a terminal. Where nobody watches, nothing is written.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use super::output::{counted, grouped};

/// How often the line is written anew.
const EVERY: Duration = Duration::from_millis(100);

/// The line.
pub(super) struct Progress {
    begun: Instant,
    /// When it was last written; `None` where nobody watches.
    written: Option<Instant>,
}

impl Progress {
    /// A line on standard error, where that is a terminal, or where it is asked for.
    pub(super) fn on_stderr(asked_for: bool) -> Self {
        let begun = Instant::now();
        Self { begun, written: (asked_for || io::stderr().is_terminal()).then_some(begun) }
    }

    /// Says how far the search is after so long, unless that was said just now.
    pub(super) fn show(&mut self, text: impl FnOnce(Duration) -> String) {
        if self.written.is_some_and(|written| written.elapsed() >= EVERY) {
            self.say(&text(self.begun.elapsed()));
        }
    }

    /// Says something at once.
    pub(super) fn say(&mut self, text: &str) {
        if let Some(written) = &mut self.written {
            *written = Instant::now();
            // Whether anybody can read it is none of the search's business.
            let _ = write!(io::stderr(), "\r\u{1b}[K{text}");
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&mut self) {
        self.say("");
    }
}

/// So many executions in so long a time, in words.
pub(super) fn at_a_rate(executions: u64, elapsed: Duration) -> String {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "for display"
    )]
    let rate = (executions as f64 / elapsed.as_secs_f64()) as u64;
    format!("{}, {} a second", counted(executions, "execution"), grouped(rate))
}
