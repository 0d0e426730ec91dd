//! Whether the plain interpreter and our kernel agree on a program.

use crate::outcome::Outcomes;
use crate::program::Program;
use crate::{ours, plain};

/// What is tried at most; a program that takes more is not compared.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// States of the plain interpreter.
    pub states: usize,
    /// Executions of the optimal search.
    pub executions: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { states: 5_000, executions: 2_000 }
    }
}

/// How a program was compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compared {
    /// With what the optimal search has found.
    Search,
    /// Not at all: it is too large.
    TooLarge,
}

/// Compares the outcomes.
///
/// # Errors
/// Which outcomes only one of the two has, or what is wrong with the search.
pub fn compare(program: &Program, bounds: Bounds) -> Result<Compared, String> {
    let Some(expected) = plain::outcomes(program, bounds.states) else { return Ok(Compared::TooLarge) };
    match ours::searched(program, bounds.executions)? {
        None => Ok(Compared::TooLarge),
        Some(found) if found == expected => Ok(Compared::Search),
        Some(found) => Err(difference(&expected, &found)),
    }
}

fn difference(expected: &Outcomes, found: &Outcomes) -> String {
    let list = |outcomes: Vec<_>| outcomes.into_iter().map(|outcome| format!("  {outcome:?}\n")).collect::<String>();
    let missing = list(expected.difference(found).collect());
    let extra = list(found.difference(expected).collect());
    format!("only by Go's rules:\n{missing}only on our kernel:\n{extra}")
}
