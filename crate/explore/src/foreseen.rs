//! How much a search remembers that is still to be tried.

use crate::wakeup::Branch;

/// Steps of branches from which on what [can be](crate::ahead) is searched at once, before the execution at hand is done
/// with: some 2 MB where each branch has one of its own.
const MUCH_FORESEEN: usize = 1 << 14;

/// Steps of branches, at most: some 130 MB where each branch has one of its own or few. Where that is not enough the report
/// says that it is not complete.
const MOST_FORESEEN: usize = 1 << 20;

/// How much is remembered.
#[derive(Debug)]
pub(crate) struct Foreseen {
    /// Steps of all branches.
    steps: usize,
    /// More than that is much.
    pub(crate) much: usize,
    /// As many as there may be.
    pub(crate) most: usize,
    /// That was not enough for some branch.
    pub(crate) too_many: bool,
}

impl Default for Foreseen {
    fn default() -> Self {
        Self { steps: 0, much: MUCH_FORESEEN, most: MOST_FORESEEN, too_many: false }
    }
}

impl Foreseen {
    /// Whether so many steps more are remembered; notes where not.
    pub(crate) fn takes_in(&mut self, steps: usize) -> bool {
        let enough = self.steps + steps <= self.most;
        self.steps += if enough { steps } else { 0 };
        self.too_many |= !enough;
        enough
    }

    pub(crate) fn is_nothing(&self) -> bool {
        self.steps == 0
    }

    pub(crate) fn is_much(&self) -> bool {
        self.steps > self.much
    }

    /// The branch that is to be searched now: the first, or of those [put ahead](crate::ahead) the last.
    pub(crate) fn next_of(&mut self, tree: &mut Vec<Branch>) -> Branch {
        let nth = if tree[0].ahead().is_some() { tree.len() - 1 } else { 0 };
        let branch = tree.remove(nth);
        self.steps -= branch.len();
        branch
    }

    /// These are searched no more.
    pub(crate) fn forget(&mut self, tree: &mut Vec<Branch>) {
        while !tree.is_empty() {
            let mut then = self.next_of(tree).into_then();
            self.forget(&mut then);
        }
    }
}
