//! One context while a run goes on: whether it is cancelled, and what it answers.

use std::fmt;
use std::panic::Location;
use std::rc::Rc;

use chanscope_kernel::trace::{Flags, Packed};
use chanscope_kernel::{Act, Commit, Declaration, Deed, GateId, Go, Met, ObjectId, Operation, Passage, Show, Value};

use super::cancel::Cancellable;
use super::kind::{BEGIN, CANCEL, CAUSE, DERIVE, DONE, ERR, EXPIRE, LEAVE, SETTLE, STOP};
use crate::shared::{Ask, At, Live, Shared, Wanted, open_if};

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
    gates: Gates,
    /// Opens at its deadline, where it has one.
    deadline: Option<GateId>,
    /// What is to be cancelled with it, in order.
    children: Vec<Rc<Cancellable>>,
    settling: bool,
    /// Once it is cancelled: why, and the cause as the trace shows it.
    standing: Option<(Why, Packed)>,
    /// Whether there is a cancel function that somebody should have called.
    neglected: bool,
}

/// What an operation on a context brings, and what it gets.
pub struct Request {
    pub(super) act: Act,
    /// Where it waits, other than where such operations do.
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
                    commit.gate(self.gates.done, Passage::Open);
                }
                if let Some(deadline) = self.deadline {
                    commit.no_alarm(deadline);
                }
                self.settling = !self.children.is_empty();
            }
            // After main's return nothing is put right any more.
            self.neglected &= commit.main_has_returned();
        }
        if deed.act == SETTLE {
            self.settling = false;
        }
        commit.gate(self.gates.calm, open_if(!self.settling));
    }

    fn is_neglected(&self) -> bool {
        self.neglected
    }

    /// A context holds those below it, and those hold the run.
    fn let_go(&mut self) {
        self.children.clear();
    }
}

/// Where operations on a context wait.
#[derive(Clone, Copy)]
struct Gates {
    /// Opens when it is cancelled.
    done: GateId,
    /// Shut while what is below it is being cancelled.
    calm: GateId,
}

impl Gates {
    fn of(self, act: Act) -> Option<GateId> {
        match act {
            DONE | BEGIN => Some(self.done),
            CANCEL | CAUSE | DERIVE | LEAVE => Some(self.calm),
            _ => None,
        }
    }
}

/// A context as it can be asked.
#[derive(Clone)]
pub(super) struct Holder {
    own: Shared<Node>,
    gates: Gates,
    /// Whose cancellation counts, where it is not its own.
    asks: Option<(Shared<Node>, Gates)>,
}

impl Holder {
    /// A context that is not cancelled on its own: what it is asked is asked of `above`.
    pub(super) fn new(go: &Go, declaration: Declaration, above: Option<&Self>) -> Self {
        let asks = above.map(|above| (above.own.clone(), above.gates));
        Self { asks, ..Self::cancellable(go, declaration, None, false) }
    }

    /// A context that can be cancelled on its own, by somebody who calls for it or when `deadline` opens.
    pub(super) fn cancellable(go: &Go, declaration: Declaration, deadline: Option<GateId>, by_call: bool) -> Self {
        let runtime = go.runtime();
        let gates =
            Gates { done: runtime.add_gate(Passage::Shut, false), calm: runtime.add_gate(Passage::Open, false) };
        let (children, standing) = (Vec::new(), None);
        let node = Node { gates, deadline, children, settling: false, standing, neglected: by_call };
        Self { own: Shared::new(go, declaration, node), gates, asks: None }
    }

    pub(super) fn object(&self) -> ObjectId {
        self.own.object()
    }

    /// Changes what is to be cancelled with it.
    pub(super) fn with_children<T>(&self, change: impl FnOnce(&mut Vec<Rc<Cancellable>>) -> T) -> T {
        self.own.live(|node| change(&mut node.children))
    }

    /// Whether what is below it is being cancelled.
    pub(super) fn is_settling(&self) -> bool {
        self.own.live(|node| node.settling)
    }

    /// A text, for the trace.
    pub(super) fn pack(&self, text: &str) -> Packed {
        self.own.runtime().pack(Value::text(text))
    }

    /// An operation on this very context.
    pub(super) fn ask<T>(&self, request: Request, read: fn(Request) -> T, at: At) -> Operation<Ask<Node, T>> {
        let Request { act, gate, shown, .. } = request;
        let gate = gate.or_else(|| self.gates.of(act));
        self.own.ask_at(Wanted { act, gate, value: shown, slot: request }, read, at)
    }

    #[track_caller]
    pub(super) fn look<T>(&self, act: Act, read: fn(Request) -> T) -> Operation<Ask<Node, T>> {
        self.look_at(act, read, Location::caller())
    }

    pub(super) fn look_at<T>(&self, act: Act, read: fn(Request) -> T, at: At) -> Operation<Ask<Node, T>> {
        let (shared, gates) = self.asks.as_ref().map_or((&self.own, self.gates), |(shared, gates)| (shared, *gates));
        let request = Request::new(act);
        shared.ask_at(Wanted { act, gate: gates.of(act), value: Packed::NONE, slot: request }, read, at)
    }
}
