//! Data races as they are shown: at both of their accesses, each with a word on the other.

use chanscope_kernel::Position;
use chanscope_kernel::words::{Language, Piece};

/// Accesses of a race that a sentence names.
const MOST_NAMED: usize = 3;

/// The two accesses of each race. There are few.
#[derive(Clone, Copy)]
pub(crate) struct Races<'a>(pub(crate) &'a [[Position; 2]]);

impl Races<'_> {
    /// Those that race with the access at `at`.
    fn with(self, at: Position) -> impl Iterator<Item = Position> {
        self.0.iter().filter_map(move |&[one, other]| match at {
            _ if at == one => Some(other),
            _ if at == other => Some(one),
            _ => None,
        })
    }

    pub(crate) fn has(self, at: Position) -> bool {
        self.with(at).next().is_some()
    }

    /// What a sentence about event `at` ends with.
    pub(crate) fn told(self, at: Position, language: Language) -> Option<Piece> {
        let steps: Vec<String> = self.with(at).take(MOST_NAMED).map(|other| (other + 1).to_string()).collect();
        let [before @ .., last] = &steps[..] else { return None };
        Some(Piece::Text(match language {
            Language::English if before.is_empty() => format!(" — a data race with step {last}"),
            Language::English => format!(" — data races with steps {} and {last}", before.join(", ")),
            Language::Chinese => format!("——与第 {} 步有数据竞争", steps.join("、")),
        }))
    }
}
