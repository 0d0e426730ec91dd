//! Looks at programs from outside: what could happen in them, and what went wrong in one run.
//!
//! Knows no channel and no scenario: dependence is decided from the footprints that object kinds declare.

mod brute;
mod clock;
mod equivalence;
mod judge;
mod race;

pub use brute::{BruteForce, Class, brute_force};
pub use equivalence::Equivalence;
pub use judge::judge;
pub use race::{MAX_RACES, races};
