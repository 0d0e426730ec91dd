//! The tree of what can be cancelled: cancellation flows down, a step for each.
//!
//! Go cancels what is below a context while it holds the context's own lock. So a second `cancel()`, a derivation and a
//! question for the cause wait until all below is cancelled, as does leaving the parent's list; `Done` and `Err` do not.

use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};

use chanscope_kernel::{Declaration, GateId, Go, Name, Passage};

use super::kind::{CANCEL, DERIVE, EXPIRE, LEAVE, SETTLE};
use super::node::{ContextError, Holder, Request, Why};
use crate::shared::At;
use crate::time::Time;

/// A context that can be cancelled on its own.
pub(super) struct Cancellable {
    holder: Holder,
    parent: Option<Weak<Cancellable>>,
}

/// What is to be made below a context.
pub(super) struct Plan {
    pub(super) declaration: Declaration,
    pub(super) deadline: Option<Time>,
    /// Whether there is a cancel function, which somebody should call.
    pub(super) by_call: bool,
}

impl Cancellable {
    /// Makes one below `parent`: a step there, since that may be cancelled already.
    pub(super) fn make(
        go: &Go,
        parent: Option<Rc<Self>>,
        plan: Plan,
        at: At,
    ) -> impl Future<Output = Rc<Self>> + use<> {
        let Plan { declaration, deadline, by_call } = plan;
        let name = declaration.name.clone();
        let derive = parent.as_ref().map(|parent| {
            let request = Request { shown: parent.holder.pack(&name), ..Request::new(DERIVE) };
            parent.holder.ask(request, |request| request.cancelled, at)
        });
        let go = go.clone();
        async move {
            let cancelled = match derive {
                Some(derive) => derive.await,
                None => None,
            };
            let gate = deadline.map(|_| go.runtime().add_gate(Passage::Shut, false));
            let holder = Holder::cancellable(&go, declaration, gate, by_call);
            let weak = parent.as_ref().map(Rc::downgrade);
            let made = Rc::new(Self { holder, parent: weak });
            if let Some(why) = cancelled {
                made.cancel(why, at).await;
                return made;
            }
            if let Some(parent) = parent {
                parent.holder.with_children(|children| children.push(Rc::clone(&made)));
            }
            if let (Some(deadline), Some(gate)) = (deadline, gate) {
                if deadline.nanos() <= go.runtime().now_nanos() {
                    // As Go does it: who is made too late is cancelled by whoever makes it.
                    made.cancel(Why::deadline(), at).await;
                } else {
                    made.expires(&go, &name, deadline, gate, at);
                }
            }
            made
        }
    }

    pub(super) fn holder(&self) -> &Holder {
        &self.holder
    }

    /// Cancels it and, unless it was cancelled already, all below it.
    pub(super) fn cancel(self: &Rc<Self>, why: Why, at: At) -> impl Future<Output = ()> + use<> {
        self.take_effect(Request::new(CANCEL), why, at)
    }

    /// Cancels it when its deadline comes: a goroutine that waits in the background.
    fn expires(self: &Rc<Self>, go: &Go, name: &str, deadline: Time, gate: GateId, at: At) {
        let request = Request { gate: Some(gate), ..Request::new(EXPIRE) };
        let expiry = self.take_effect(request, Why::deadline(), at);
        go.runtime().set_alarm(gate, deadline.nanos());
        let name = Name { name: format!("{name} deadline").into(), role: "deadline" };
        go.spawn_at(at, name, async move {
            expiry.await;
            Ok(())
        });
    }

    /// Cancels it and all below it, and takes it off its parent's list.
    fn take_effect(self: &Rc<Self>, request: Request, why: Why, at: At) -> impl Future<Output = ()> + use<> {
        let (own, all) = (Rc::clone(self), self.with_all_below(request, why, at));
        async move {
            if all.await {
                own.leave_parent(at).await;
            }
        }
    }

    /// The same without its parent. Answers whether it was not cancelled before.
    fn with_all_below(self: &Rc<Self>, request: Request, why: Why, at: At) -> impl Future<Output = bool> + use<> {
        let request = Request { shown: self.holder.pack(&why.cause), why: Some(why.clone()), ..request };
        let step = self.holder.ask(request, |request| request.cancelled.is_none(), at);
        let own = Rc::clone(self);
        async move {
            let first = step.await;
            if first {
                own.cancel_children(why, at).await;
            }
            first
        }
    }

    /// It is no longer among its parent's children. Where the parent is just cancelling those, it waits until that is
    /// over.
    pub(super) async fn leave_parent(&self, at: At) {
        let Some(parent) = self.parent.as_ref().and_then(Weak::upgrade) else { return };
        parent.holder.with_children(|children| children.retain(|child| !std::ptr::eq(&raw const **child, self)));
        if parent.holder.is_settling() {
            parent.holder.ask(Request::new(LEAVE), |_| (), at).await;
        }
    }

    fn cancel_children(&self, why: Why, at: At) -> Pin<Box<dyn Future<Output = ()>>> {
        let children = self.holder.with_children(std::mem::take);
        let settle = (!children.is_empty()).then(|| self.holder.ask(Request::new(SETTLE), |_| (), at));
        Box::pin(async move {
            for child in children {
                child.with_all_below(Request::new(CANCEL), why.clone(), at).await;
            }
            if let Some(settle) = settle {
                settle.await;
            }
        })
    }
}

/// The function that cancels a context.
#[derive(Clone)]
pub struct Cancel {
    what: Rc<Cancellable>,
}

impl Cancel {
    pub(super) fn new(what: Rc<Cancellable>) -> Self {
        Self { what }
    }

    /// `cancel()`. A second call does nothing.
    #[track_caller]
    pub fn call(&self) -> impl Future<Output = ()> + use<> {
        self.call_with_cause(&ContextError::Canceled.to_string())
    }

    /// `cancel(cause)`, for `WithCancelCause`: what `context.Cause` then answers.
    #[track_caller]
    pub fn call_with_cause(&self, cause: &str) -> impl Future<Output = ()> + use<> {
        self.call_at(cause, std::panic::Location::caller())
    }

    pub(crate) fn call_at(&self, cause: &str, at: At) -> impl Future<Output = ()> + use<> {
        self.what.cancel(Why::called(cause), at)
    }
}
