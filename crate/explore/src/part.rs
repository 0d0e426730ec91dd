//! A part of all that can happen in a program: what one worker searches while others search the rest.
//!
//! Branches of one search cannot be searched beside each other (see [`crate::wakeup`]). Parts can, for each is told by
//! what its executions are and not by where a search has come to them. A part is cut in two by a pair of steps, `a` and
//! `b`: to one half belong the executions in which `b` happens, and `a` does not or comes later; to the other half all
//! the rest. For most pairs that is the same in all equivalent executions. Where it is not, the first of them counts,
//! by the goroutines' paths. So every class belongs to exactly one part, and the counts of the parts add up to that of
//! the whole, whichever pairs were chosen.
//!
//! A [guard](crate::guard) keeps the search of a part to it. Which pairs are good ones is found out in [`crate::split`].

use chanscope_kernel::Path;

/// A part of all that can happen in a program.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Part {
    /// Each of them cuts it out of a larger one.
    pub(crate) cuts: Vec<Cut>,
}

/// One half of what a pair of steps divides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Cut {
    /// What has to come first here.
    pub(crate) first: Turn,
    pub(crate) second: Turn,
    /// It is the half with all the rest: what has only the first of the two is in here, or neither.
    pub(crate) rest: bool,
}

/// What a goroutine does as its `nth` step, from 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turn {
    /// Who.
    pub who: Path,
    /// How many it has taken before.
    pub nth: usize,
}

impl Part {
    /// Both halves of it: in the first one `one` comes before `other`. Where one of them does not happen in every execution,
    /// or their order cannot always be told, searches of the halves begin executions in vain.
    ///
    /// # Panics
    /// When the two are one.
    #[must_use]
    pub fn halves(&self, one: &Turn, other: &Turn) -> [Self; 2] {
        assert_ne!(one, other, "a pair of steps");
        let half = |first: &Turn, second: &Turn, rest| {
            let mut cuts = self.cuts.clone();
            cuts.push(Cut { first: first.clone(), second: second.clone(), rest });
            Self { cuts }
        };
        [half(one, other, true), half(other, one, false)]
    }
}
