//! How far a search is, on one line of a terminal. Where nobody watches, nothing is written.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use chanscope_session::{ExploreBounds, Standing};

use crate::command::output::grouped;

/// How often the line is written anew.
const EVERY: Duration = Duration::from_millis(100);

/// The line.
pub(super) struct Progress {
    bounds: ExploreBounds,
    begun: Instant,
    /// When it was last written; `None` where nobody watches.
    written: Option<Instant>,
}

impl Progress {
    /// A line on standard error, where that is a terminal, or where it is asked for.
    pub(super) fn on_stderr(bounds: ExploreBounds, asked_for: bool) -> Self {
        let begun = Instant::now();
        Self { bounds, begun, written: (asked_for || io::stderr().is_terminal()).then_some(begun) }
    }

    /// Says how far the search is, unless it was said just now.
    pub(super) fn show(&mut self, standing: Standing) {
        if self.written.is_none_or(|written| written.elapsed() < EVERY) {
            return;
        }
        if standing.over {
            let of = grouped(self.bounds.samples);
            return self.say(&format!("{} of {of} random runs", grouped(standing.sampled)));
        }
        #[expect(clippy::cast_precision_loss, reason = "for display")]
        let executions = standing.executions as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "for display")]
        let rate = (executions / self.begun.elapsed().as_secs_f64()) as u64;
        let share = standing
            .estimate
            .map_or_else(String::new, |all| format!(", about {:.0} %", (100.0 * executions / all).clamp(0.0, 99.0)));
        let explored = grouped(standing.executions);
        self.say(&format!("{explored} executions, {} a second, {} outcomes{share}", grouped(rate), standing.outcomes));
    }

    /// Says something instead.
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
