//! How executions are measured. What is measured stands in `benches`; other crates do not use this one.

use std::time::{Duration, Instant};

/// What one tool did with one program.
pub struct Measured {
    /// Executions that it made.
    pub executions: u64,
    /// The time that they took, wall clock.
    pub took: Duration,
    /// Whether that was all there is.
    pub exhausted: bool,
}

impl Measured {
    /// Executions a second.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "it is a rate")]
    pub fn per_second(&self) -> f64 {
        self.executions as f64 / self.took.as_secs_f64()
    }
}

/// Repeats what runs some executions until it has taken long enough to be measured: once at least. It answers how many
/// they were, and whether there are no others.
pub fn measure(enough: Duration, run: impl Fn() -> (u64, bool)) -> Measured {
    let begun = Instant::now();
    let (mut executions, mut exhausted) = run();
    while begun.elapsed() < enough {
        let (more, all) = run();
        executions += more;
        exhausted = all;
    }
    Measured { executions, took: begun.elapsed(), exhausted }
}
