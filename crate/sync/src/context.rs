//! Package `context`: a tree along which cancellation flows down, never up.
//!
//! Each context that can be cancelled on its own, or carries a value, is an object; its state names its parent, so the
//! tree is in the trace. Cancelling is a step for each context: who looks in between sees a parent that is cancelled
//! and a child that is not yet, as in Go. A deadline is a goroutine that waits in the background and cancels.
//! Children are cancelled in the order in which they were made, where Go walks a map.
//!
//! Source: package documentation of Go's `context`.

mod after;
mod cancel;
mod kind;
mod node;

use std::borrow::Cow;
use std::future::Future;
use std::panic::Location;
use std::rc::Rc;
use std::time::Duration;

use chanscope_kernel::{Declaration, Go, Operation, Panic, Show, Value};

use crate::shared::{Ask, At};
use crate::time::Time;

pub use after::StopAfter;
pub use cancel::Cancel;
pub use kind::ContextState;
pub use node::{ContextError, Node, Request};

use cancel::{Cancellable, Plan};
use kind::{AFTER_FUNC, CAUSE, ContextKind, DONE, ERR, Place};
use node::Holder;

/// A context. Clones are the same one.
#[derive(Clone)]
pub struct Context {
    go: Go,
    /// What can be asked; cancelled or not.
    holder: Holder,
    /// The nearest that can be cancelled, itself or above; `None` below nothing but a background.
    cancellable: Option<Rc<Cancellable>>,
    deadline: Option<Time>,
    values: Option<Rc<Values>>,
}

/// One value and those above it.
struct Values {
    key: &'static str,
    value: Value,
    above: Option<Rc<Values>>,
}

impl Context {
    /// `context.Background()`: never cancelled.
    #[must_use]
    pub fn background(go: &Go) -> Self {
        Self::root(go, "context.Background()")
    }

    /// `context.TODO()`: never cancelled; for where it is not clear yet which context to use.
    #[must_use]
    pub fn todo(go: &Go) -> Self {
        Self::root(go, "context.TODO()")
    }

    fn root(go: &Go, name: &'static str) -> Self {
        let place = Place { parent: None, cancellable: false, detached: true };
        let holder = Holder::new(go, declaration(name, place, name), None);
        Self { go: go.clone(), holder, cancellable: None, deadline: None, values: None }
    }

    /// `context.WithCancel(parent)`. Also `context.WithCancelCause(parent)`: see [`Cancel::call_with_cause`].
    #[track_caller]
    pub fn with_cancel(&self, name: &str) -> impl Future<Output = (Self, Cancel)> + use<> {
        self.derive(name, "WithCancel".to_owned(), None)
    }

    /// `context.WithTimeout(parent, timeout)`.
    #[track_caller]
    pub fn with_timeout(&self, name: &str, timeout: Duration) -> impl Future<Output = (Self, Cancel)> + use<> {
        let now = Duration::from_nanos(self.go.runtime().now_nanos());
        self.with_deadline(name, Time(now.saturating_add(timeout)))
    }

    /// `context.WithDeadline(parent, deadline)`. Where the parent's deadline is earlier, that one holds.
    #[track_caller]
    pub fn with_deadline(&self, name: &str, deadline: Time) -> impl Future<Output = (Self, Cancel)> + use<> {
        let what = format!("WithDeadline {}", deadline.show().printed());
        self.derive(name, what, Some(deadline))
    }

    /// `context.WithValue(parent, key, value)`.
    #[must_use]
    pub fn with_value(&self, name: impl Into<Cow<'static, str>>, key: &'static str, value: &impl Show) -> Self {
        let value = value.show();
        let what = format!("WithValue {key} = {value}");
        let above = self.cancellable.as_ref().map(|above| above.holder());
        let holder = Holder::new(&self.go, declaration(name, self.below(false, false), &what), above);
        let values = Some(Rc::new(Values { key, value, above: self.values.clone() }));
        Self { holder, values, ..self.clone() }
    }

    /// `context.WithoutCancel(parent)`: has its values, and neither its cancellation nor its deadline.
    #[must_use]
    pub fn without_cancel(&self, name: impl Into<Cow<'static, str>>) -> Self {
        let holder = Holder::new(&self.go, declaration(name, self.below(false, true), "WithoutCancel"), None);
        Self { holder, cancellable: None, deadline: None, ..self.clone() }
    }

    fn below(&self, cancellable: bool, detached: bool) -> Place {
        Place { parent: Some(self.holder.object()), cancellable, detached }
    }

    /// `ctx.Value(key)`: the nearest value above.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<Value> {
        let mut at = self.values.as_ref();
        while let Some(values) = at {
            if values.key == key {
                return Some(values.value.clone());
            }
            at = values.above.as_ref();
        }
        None
    }

    /// `ctx.Deadline()`.
    #[must_use]
    pub fn deadline(&self) -> Option<Time> {
        self.deadline
    }

    /// `<-ctx.Done()`. Waits for ever where nothing can be cancelled.
    #[track_caller]
    pub fn done(&self) -> Operation<Ask<Node, ()>> {
        self.holder.look(DONE, |_| ())
    }

    /// `ctx.Err()`: a look, since it can be cancelled at any time.
    #[track_caller]
    pub fn err(&self) -> Operation<Ask<Node, Option<ContextError>>> {
        self.holder.look(ERR, |request| request.cancelled.map(|why| why.error))
    }

    /// Whether it can ever be cancelled.
    pub(crate) fn is_cancellable(&self) -> bool {
        self.cancellable.is_some()
    }

    /// [`Context::done`], as part of a call at that place.
    pub(crate) fn done_at(&self, at: At) -> Operation<Ask<Node, ()>> {
        self.holder.look_at(DONE, |_| (), at)
    }

    /// [`Context::err`], as part of a call at that place.
    pub(crate) fn err_at(&self, at: At) -> Operation<Ask<Node, Option<ContextError>>> {
        self.holder.look_at(ERR, |request| request.cancelled.map(|why| why.error), at)
    }

    /// `context.Cause(ctx)`: what it was cancelled with.
    #[track_caller]
    pub fn cause(&self) -> Operation<Ask<Node, Option<String>>> {
        self.holder.look(CAUSE, |request| request.cancelled.map(|why| why.cause.to_string()))
    }

    /// `context.AfterFunc(ctx, function)`: runs it in a goroutine of its own once this is cancelled, unless it is
    /// stopped before.
    #[track_caller]
    pub fn after_func<B>(&self, name: &'static str, function: B) -> impl Future<Output = StopAfter> + use<B>
    where
        B: Future<Output = Result<(), Panic>> + 'static,
    {
        let declared = declaration(name, self.below(true, false), AFTER_FUNC);
        after::after_func(&self.go, self.cancellable.clone(), name, declared, function)
    }

    #[track_caller]
    fn derive(&self, name: &str, what: String, deadline: Option<Time>) -> impl Future<Output = (Self, Cancel)> + use<> {
        let earlier = match (self.deadline, deadline) {
            (Some(above), Some(own)) => Some(above.min(own)),
            (above, own) => above.or(own),
        };
        // The parent's own deadline comes first, so that no other is needed.
        let own = deadline.filter(|_| earlier == deadline && deadline != self.deadline);
        let declaration = declaration(name.to_owned(), self.below(true, false), &what);
        let plan = Plan { declaration, deadline: own, by_call: true };
        let made = Cancellable::make(&self.go, self.cancellable.clone(), plan, Location::caller());
        let parent = self.clone();
        async move {
            let cancellable = made.await;
            let cancel = Cancel::new(Rc::clone(&cancellable));
            let holder = cancellable.holder().clone();
            (Self { holder, cancellable: Some(cancellable), deadline: earlier, ..parent }, cancel)
        }
    }
}

/// A context that is nil: what Go answers when one is derived from it.
#[must_use]
pub fn derive_from_nil() -> Panic {
    Panic::new("cannot create context from nil parent")
}

/// A context in the trace: where it hangs, and in words what it is.
fn declaration(name: impl Into<Cow<'static, str>>, place: Place, what: &str) -> Declaration {
    let initial = Some(Value::text(what));
    Declaration { kind: &ContextKind, name: name.into(), size: place.encode(), initial }
}
