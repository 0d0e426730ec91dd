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
    /// Interleavings of brute force.
    pub interleavings: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { states: 5_000, executions: 500, interleavings: 3_000 }
    }
}

/// How a program was compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compared {
    /// With what the optimal search has found.
    Search,
    /// With brute force.
    BruteForce,
    /// Not at all: it is too large.
    TooLarge,
}

/// Compares the outcomes. Programs that can end in a fatal error are tried by brute force.
///
/// # Errors
/// Which outcomes only one of the two has.
pub fn compare(program: &Program, bounds: Bounds) -> Result<Compared, String> {
    let Some(expected) = plain::outcomes(program, bounds.states) else { return Ok(Compared::TooLarge) };
    let fatal = expected.iter().any(|outcome| outcome.ending.starts_with("fatal"));
    let (found, how) = if fatal {
        (ours::by_brute_force(program, bounds.interleavings), Compared::BruteForce)
    } else {
        (ours::searched(program, bounds.executions), Compared::Search)
    };
    match found {
        None => Ok(Compared::TooLarge),
        Some(found) if found == expected => Ok(how),
        Some(found) => Err(difference(&expected, &found)),
    }
}

fn difference(expected: &Outcomes, found: &Outcomes) -> String {
    let list = |outcomes: Vec<_>| outcomes.into_iter().map(|outcome| format!("  {outcome:?}\n")).collect::<String>();
    let missing = list(expected.difference(found).collect());
    let extra = list(found.difference(expected).collect());
    format!("only by Go's rules:\n{missing}only on our kernel:\n{extra}")
}
