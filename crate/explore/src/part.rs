//! A part of all that can happen in a program: what one worker searches while others search the rest.
//!
//! Branches of one search cannot be searched beside each other (see [`crate::wakeup`]). Parts can, for each is told by
//! what its executions are and not by where a search has come to them. A part is cut in two
//!
//! - by a pair of steps, `a` and `b`: to one half belong the executions in which `b` happens, and `a` does not or comes
//!   later; to the other half all the rest. Two steps can be one, in which two goroutines meet: that is of the rest. For
//!   most pairs that is the same in all equivalent executions. Where it is not, the first of them counts, by the
//!   goroutines' paths;
//! - by the way in which one step goes, such as the value that it draws or whom it meets: to one half belong the
//!   executions in which it goes that way, to the other all the rest.
//!
//! So every class belongs to exactly one part, and the counts of the parts add up to that of the whole, whatever it was
//! cut by. A [guard](crate::guard) keeps the search of a part to it. What to cut by is found out in [`crate::split`].

use chanscope_kernel::Path;

/// A part of all that can happen in a program.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Part {
    /// Each of them cuts it out of a larger one.
    pub(crate) cuts: Vec<Cut>,
}

/// One half of what something divides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Cut {
    pub(crate) by: By,
    /// It is the half with all the rest: with what has no such step, too.
    pub(crate) rest: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum By {
    /// The first has to come before the second here.
    Order { first: Turn, second: Turn },
    /// The step goes that way here, or, in the half with the rest, any other.
    Way { turn: Turn, way: StepWay },
}

/// What a goroutine does as its `nth` step, from 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turn {
    /// Who.
    pub who: Path,
    /// How many it has taken before.
    pub nth: usize,
}

/// How a goroutine's operation goes through.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum StepWay {
    /// By a case of its own.
    Alone(u8),
    /// With that value drawn.
    Draw(u64),
    /// By the default of a select.
    Default,
    /// By a case together with somebody else's.
    Meet {
        /// Its own case.
        case: u8,
        /// Whom it meets.
        partner: Path,
        /// By which case of his.
        partner_case: u8,
    },
}

impl Part {
    /// Both halves of it: in the first one `one` comes before `other`. Where one of them does not happen in every
    /// execution, or their order cannot always be told, searches of the halves begin executions in vain.
    ///
    /// # Panics
    /// When the two are one.
    #[must_use]
    pub fn by_order(&self, one: &Turn, other: &Turn) -> [Self; 2] {
        assert_ne!(one, other, "a pair of steps");
        let order = |first: &Turn, second: &Turn| By::Order { first: first.clone(), second: second.clone() };
        [self.half(order(one, other), true), self.half(order(other, one), false)]
    }

    /// Both halves of it: in the second one the step goes that way. Where it does not happen in every execution, or cannot
    /// always go so, searches of the halves begin executions in vain.
    #[must_use]
    pub fn by_way(&self, turn: &Turn, way: &StepWay) -> [Self; 2] {
        [true, false].map(|rest| self.half(By::Way { turn: turn.clone(), way: way.clone() }, rest))
    }

    fn half(&self, by: By, rest: bool) -> Self {
        let mut cuts = self.cuts.clone();
        cuts.push(Cut { by, rest });
        Self { cuts }
    }
}
