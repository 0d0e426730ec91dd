//! What the kernel asks of the objects that goroutines act on, without knowing any of them.
//!
//! An object has two halves. The live half ([`Object`]) holds real values and commits operations while a run goes on.
//! The declared half ([`Kind`]) is static: how the object's state follows from its events, what each event touches,
//! and how a reader is told of it. Whoever looks at a trace later needs the declared half only.

use std::any::Any;
use std::borrow::Cow;
use std::fmt::Debug;

use crate::commit::Commit;
use crate::ids::{GoroutineId, ObjectId, SiteId};
use crate::trace::{Event, Flags, ObjectInfo, Packed, Trace};
use crate::value::Value;
use crate::words::Words;

/// What was done to an object. The numbers are the object's kind's own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Act(pub u8);

/// One side of a commit: an operation that takes effect.
#[derive(Clone, Copy, Debug)]
pub struct Deed {
    /// Who does it.
    pub goroutine: GoroutineId,
    /// To which object.
    pub object: ObjectId,
    /// What.
    pub act: Act,
    /// The object's own mark for what it has laid aside for this operation.
    pub ticket: u32,
    /// Where in the source.
    pub site: SiteId,
    /// Which case of a select this is; `None` for an operation of its own.
    pub case: Option<u8>,
    /// Whether it was an attempt: a select with a default.
    pub attempt: bool,
    /// The value that travels with it.
    pub value: Packed,
    /// The value drawn, for a draw.
    pub drawn: u64,
}

/// The live half of an object.
pub trait Object: Any {
    /// Lets `deed` take effect, together with `partner` where it passes through a [meeting](crate::Passage::Meeting):
    /// records its events in order, lays results aside for the goroutines, opens and shuts gates.
    ///
    /// Called only when the gate that the deed waited at lets it through. It cannot fail: Go's panics are results.
    fn commit(&self, deed: &Deed, partner: Option<&Deed>, commit: &mut Commit<'_>);

    /// Asked once nothing moves any more: whether something was left undone here that has to be done, such as
    /// cancelling a context before main returns.
    fn is_neglected(&self) -> bool {
        false
    }

    /// The run is over: drops all values that are here, since they may hold the object itself, or the run.
    fn let_go(&self) {}
}

/// The state of an object as it follows from its events.
pub trait State: Any + Debug + Send {
    /// A copy of its own.
    fn boxed(&self) -> Box<dyn State>;

    /// Makes it a copy of another, in the memory that it has. Answers whether they are of one type; else nothing changes.
    fn copy(&mut self, other: &dyn State) -> bool;
}

impl<T: Any + Debug + Send + Clone> State for T {
    fn boxed(&self) -> Box<dyn State> {
        Box::new(self.clone())
    }

    fn copy(&mut self, other: &dyn State) -> bool {
        let other = (other as &dyn Any).downcast_ref();
        if let Some(other) = other {
            self.clone_from(other);
        }
        other.is_some()
    }
}

impl Clone for Box<dyn State> {
    fn clone(&self) -> Self {
        (**self).boxed()
    }
}

impl dyn State {
    /// The state as its kind's own type; each kind reads only states that it made.
    #[must_use]
    pub fn of<T: State>(&self) -> &T {
        (self as &dyn Any).downcast_ref().expect("a kind reads its own states only")
    }

    /// The same, to change it.
    #[must_use]
    pub fn of_mut<T: State>(&mut self) -> &mut T {
        (self as &mut dyn Any).downcast_mut().expect("a kind reads its own states only")
    }
}

/// How one event uses one aspect of an object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Access {
    /// Changes it, so that the order beside other writes, reads and observations matters.
    Write,
    /// Depends on it.
    Read,
    /// Changes it by something that commutes with other such changes and that nobody is told of: an atomic add whose
    /// result is not used. In conflict with reads and writes.
    Add,
    /// Makes a later [`Access::Await`] possible: an order that can never be reversed, and a happens-before edge.
    Enable,
    /// Was made possible by every earlier [`Access::Enable`] of the same aspect and index.
    Await,
    /// A write of plain memory, which wants to be ordered by something else.
    PlainWrite,
    /// A read of plain memory.
    PlainRead,
    /// Sees what the last [`Access::Release`] of the same aspect and index carries: a happens-before edge and nothing
    /// else. That order is no necessity, so whatever makes it matter to anything but races is declared beside it.
    Acquire,
    /// Carries what came before it to later [`Access::Acquire`]s, in place of what earlier ones have carried. The
    /// order of two releases, or of a release and an acquire, matters only where races are looked for.
    Release,
    /// A wait that races with plain reads, as Go's detector has it: with those that nothing has put before its beginning
    /// and, where something was still to let it through then, with those after it that nothing puts there.
    Waited,
}

impl Access {
    /// Whether two accesses of the same aspect and index conflict: exchanging the events could be told.
    #[must_use]
    pub fn conflicts(self, other: Self) -> bool {
        use Access::{Add, PlainRead, PlainWrite, Read, Write};
        let writes = |a| matches!(a, Write | PlainWrite);
        let reads = |a| matches!(a, Read | PlainRead);
        match (self, other) {
            (Add, Add) => false,
            (a, b) => {
                let counts = |a| writes(a) || reads(a) || a == Add;
                counts(a) && counts(b) && !(reads(a) && reads(b))
            }
        }
    }
}

/// What an operation would do in some state of its object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Would {
    /// Wait.
    Wait,
    /// Go through by itself.
    Go {
        /// What its event would say beside what every event of such an operation says.
        flags: Flags,
        /// Whether it would end the program with a fatal error.
        fatal: bool,
    },
    /// Go through together with an operation of this act.
    Meet(Act),
    /// Its kind does not declare it.
    Undeclared,
}

impl Would {
    /// Goes through, and nothing is special about it.
    pub const GO: Self = Self::Go { flags: Flags::NONE, fatal: false };

    /// Goes through where that holds, and waits otherwise.
    #[must_use]
    pub fn go_if(open: bool) -> Self {
        if open { Self::GO } else { Self::Wait }
    }
}

/// A part of an object that operations can touch independently of its other parts. The numbers are the kind's own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Aspect(pub u8);

/// One line of a footprint.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Touch {
    /// The object.
    pub object: ObjectId,
    /// Which part of it.
    pub aspect: Aspect,
    /// Which of several of that part, such as a slot of a buffer.
    pub index: u32,
    /// How.
    pub access: Access,
}

/// The declared half of an object.
pub trait Kind: Sync {
    /// The kind's name, such as `channel`. Part of digests.
    fn name(&self) -> &'static str;

    /// An act's name as choices spell it, such as `send`: lower-case letters only.
    fn act_name(&self, act: Act) -> &'static str;

    /// The state before the first event.
    fn start(&self, object: &ObjectInfo) -> Box<dyn State>;

    /// Moves the state over one event of the object.
    fn apply(&self, state: &mut dyn State, event: &Event, trace: &Trace);

    /// What the event touches, given the state before it.
    fn footprint(&self, state: &dyn State, event: &Event, trace: &Trace, out: &mut Vec<Touch>);

    /// What an attempt at `act` has looked at when it finds that it cannot go through.
    fn observed(&self, act: Act, object: ObjectId, out: &mut Vec<Touch>);

    /// Whether an operation with this act always goes through alone, at once, and touches the same whatever the state.
    /// Exploration then need not try what it would do elsewhere, nor remember as much. Answering `false` is never wrong; it
    /// takes longer, and more memory.
    fn steady(&self, _: Act) -> bool {
        false
    }

    /// Whether who waits with this act is nobody in Go, such as the function of a timer that was stopped: it can wait
    /// for ever and has not leaked.
    fn waits_in_background(&self, _: Act) -> bool {
        false
    }

    /// What an operation with this act and value would do in this state. Exploration then need not run a program again
    /// to see it. Not to declare it is never wrong, only slower: a hundred times, where goroutines wait for each other.
    fn would(&self, _: Act, _: Option<Value>, _: &dyn State) -> Would {
        Would::Undeclared
    }

    /// Operations that take from what is there commute as long as there is enough for all: how many of its like could
    /// still come before one with this act, that goes through in this state, without changing what it does. `None`
    /// where footprints say all that there is to say.
    fn spare(&self, _: Act, _: &dyn State) -> Option<u32> {
        None
    }

    /// Whether footprints depend on the state before the event. Answering `true` is never wrong, only slower.
    fn footprint_needs_state(&self) -> bool {
        true
    }

    /// What would order two accesses that race, where that is neither a mutex nor a message.
    fn would_order(&self) -> Option<Words> {
        None
    }

    /// What happened, as a template (see [`crate::words::fill`]).
    fn happened(&self, state: &dyn State, event: &Event) -> Words;

    /// What a goroutine is about to do here.
    fn intends(&self, act: Act) -> Words;

    /// Why an operation cannot go on now, as a template that may name as `{who}` whom [`Kind::inside`] names.
    fn hindrance(&self, act: Act, state: &dyn State) -> Words;

    /// What the object looks like inside, as a template that may name one goroutine as `{who}`. Kinds that the page
    /// draws in a way of their own have no words for it.
    fn inside(&self, _: &dyn State) -> (Words, Option<GoroutineId>) {
        (Words::fixed("", ""), None)
    }

    /// How an act is drawn.
    fn shape(&self, act: Act) -> Shape;
}

/// Marks that a timeline draws.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names are the acts'")]
pub enum Shape {
    Tick,
    Send,
    Receive,
    Select,
    Close,
    Spawn,
    Exit,
    Panic,
    Park,
    Output,
    Read,
    Write,
    Time,
    Acquire,
    Release,
    Cancel,
}

/// An object as a program declares it.
pub struct Declaration {
    /// Its declared half.
    pub kind: &'static dyn Kind,
    /// Its name in the program.
    pub name: Cow<'static, str>,
    /// A number that belongs to its declaration, such as a capacity.
    pub size: u32,
    /// The value that it starts with, where it has one.
    pub initial: Option<Value>,
}
