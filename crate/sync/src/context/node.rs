//! One context while a run goes on: whether it is cancelled, and what it answers.

use std::fmt;
use std::panic::Location;
use std::rc::Rc;

use chanscope_kernel::trace::{Flags, Packed};
use chanscope_kernel::{Act, Commit, Declaration, Deed, GateId, Go, Met, ObjectId, Operation, Passage, Show, Value};

use super::kind::{CANCEL, CAUSE, DONE, ERR, EXPIRE, STOP};
use crate::shared::{Ask, At, Live, Shared, Wanted};

/// Why a context is cancelled, as `ctx.Err()` answers it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ContextError {
    /// `context.Canceled`.
    Canceled,
    /// `context.DeadlineExceeded`.
    DeadlineExceeded,
}

impl fmt::Display for ContextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Canceled => "context canceled",
            Self::DeadlineExceeded => "context deadline exceeded",
        })
    }
}

impl Show for ContextError {
    fn show(&self) -> Value {
        Value::error(&self.to_string())
    }
}

/// What a context is cancelled with.
#[derive(Clone)]
pub(super) struct Why {
    pub(super) error: ContextError,
    /// The cause that was given, or else the error's text.
    pub(super) cause: Rc<str>,
}

impl Why {
    pub(super) fn deadline() -> Self {
        let error = ContextError::DeadlineExceeded;
        Self { error, cause: error.to_string().into() }
    }

    pub(super) fn called(cause: &str) -> Self {
        Self { error: ContextError::Canceled, cause: cause.into() }
    }
}

/// The live half of a context.
pub struct Node {
    /// Opens when it is cancelled.
    done: GateId,
    /// Opens at its deadline, where it has one.
    deadline: Option<GateId>,
    /// Once it is cancelled: why, and the cause as the trace shows it.
    standing: Option<(Why, Packed)>,
    /// Whether there is a cancel function that somebody should have called.
    neglected: bool,
}

/// What an operation on a context brings, and what it gets.
pub struct Request {
    pub(super) act: Act,
    pub(super) gate: Option<GateId>,
    /// What of it the trace shows.
    pub(super) shown: Packed,
    /// What it is to be cancelled with.
    pub(super) why: Option<Why>,
    /// What it is, or was before, cancelled with.
    pub(super) cancelled: Option<Why>,
}

impl Request {
    pub(super) fn new(act: Act) -> Self {
        Self { act, gate: None, shown: Packed::NONE, why: None, cancelled: None }
    }
}

impl Live for Node {
    type Slot = Request;

    fn commit(&mut self, deed: &Deed, slot: &mut Request, commit: &mut Commit<'_>) {
        let before = self.standing.clone();
        let (value, special) = match deed.act {
            CANCEL | EXPIRE | STOP => (deed.value, before.is_none()),
            ERR => {
                let error = before.as_ref().map(|(why, _)| commit.pack(Value::text(&why.error.to_string())));
                (error.unwrap_or(Packed::NONE), before.is_some())
            }
            CAUSE => (before.as_ref().map_or(Packed::NONE, |(_, cause)| *cause), before.is_some()),
            _ => (deed.value, false),
        };
        commit.record(deed, value, Met::NOBODY, Flags::SPECIAL.when(special));
        slot.cancelled = before.map(|(why, _)| why);
        if matches!(deed.act, CANCEL | EXPIRE | STOP) {
            if slot.cancelled.is_none() {
                // What is called off is over, and nobody asks it why.
                let why = slot.why.take().unwrap_or_else(|| Why::called(""));
                self.standing = Some((why, deed.value));
                if deed.act != STOP {
                    commit.gate(self.done, Passage::Open);
                }
                if let Some(deadline) = self.deadline {
                    commit.no_alarm(deadline);
                }
            }
            // After main's return nothing is put right any more.
            self.neglected &= commit.main_has_returned();
        }
    }

    fn is_neglected(&self) -> bool {
        self.neglected
    }
}

/// A context as it can be asked.
#[derive(Clone)]
pub(super) struct Holder {
    own: Shared<Node>,
    done: GateId,
    /// Whose cancellation counts, where it is not its own.
    asks: Option<(Shared<Node>, GateId)>,
}

impl Holder {
    /// A context that is not cancelled on its own: what it is asked is asked of `above`.
    pub(super) fn new(go: &Go, declaration: Declaration, above: Option<&Self>) -> Self {
        let done = go.runtime().add_gate(Passage::Shut, false);
        let node = Node { done, deadline: None, standing: None, neglected: false };
        let asks = above.map(|above| (above.own.clone(), above.done));
        Self { own: Shared::new(go, declaration, node), done, asks }
    }

    /// A context that can be cancelled on its own, by somebody who calls for it or when `deadline` opens.
    pub(super) fn cancellable(go: &Go, declaration: Declaration, deadline: Option<GateId>, by_call: bool) -> Self {
        let done = go.runtime().add_gate(Passage::Shut, false);
        let node = Node { done, deadline, standing: None, neglected: by_call };
        Self { own: Shared::new(go, declaration, node), done, asks: None }
    }

    pub(super) fn object(&self) -> ObjectId {
        self.own.object()
    }

    /// The gate that opens when it is cancelled.
    pub(super) fn done_gate(&self) -> GateId {
        self.done
    }

    /// A text, for the trace.
    pub(super) fn pack(&self, text: &str) -> Packed {
        self.own.runtime().pack(Value::text(text))
    }

    /// An operation on this very context.
    pub(super) fn ask<T>(&self, request: Request, read: fn(Request) -> T, at: At) -> Operation<Ask<Node, T>> {
        let Request { act, gate, shown, .. } = request;
        self.own.ask_at(Wanted { act, gate, value: shown, slot: request }, read, at)
    }

    #[track_caller]
    pub(super) fn look<T>(&self, act: Act, read: fn(Request) -> T) -> Operation<Ask<Node, T>> {
        self.look_at(act, read, Location::caller())
    }

    pub(super) fn look_at<T>(&self, act: Act, read: fn(Request) -> T, at: At) -> Operation<Ask<Node, T>> {
        let (shared, done) = self.asks.as_ref().map_or((&self.own, self.done), |(shared, done)| (shared, *done));
        let request = Request { gate: (act == DONE).then_some(done), ..Request::new(act) };
        shared.ask_at(Wanted { act, gate: request.gate, value: Packed::NONE, slot: request }, read, at)
    }
}
