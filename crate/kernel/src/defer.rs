//! `defer`: a stack of calls for each function, run last in first out on return and on panic.
//!
//! Deferred calls are operations like any other, so they take steps and may wait. Rust's `Drop` cannot, which is why
//! it does not stand in for them. Source: The Go Programming Language Specification, "Defer statements" and
//! "Handling panics"; package documentation of Go's `runtime`, `Goexit`.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use smallvec::{SmallVec, smallvec};

use crate::go::Go;
use crate::limits::{Limit, MAX_CALLS};
use crate::panic::Panic;

pub(crate) type Call = Box<dyn FnOnce(Recovery) -> Pin<Box<dyn Future<Output = Result<(), Panic>>>>>;

/// The functions that a goroutine is executing, one called by the other, with their deferred calls.
pub(crate) struct Frames {
    /// Those of the function called last stand last.
    calls: Vec<Call>,
    /// By function: how many there were when it was called.
    begins: SmallVec<[u32; 2]>,
}

impl Frames {
    /// A goroutine is a function.
    pub(crate) fn new() -> Self {
        Self { calls: Vec::new(), begins: smallvec![0] }
    }

    pub(crate) fn len(&self) -> usize {
        self.begins.len()
    }

    fn push(&mut self) {
        self.begins.push(u32::try_from(self.calls.len()).expect("each takes memory"));
    }

    /// Leaves the function called last, which has run its deferred calls. Answers whether there is one.
    pub(crate) fn pop(&mut self) -> bool {
        self.begins.pop().is_some()
    }

    /// Whether the function called last has deferred calls.
    pub(crate) fn has_calls(&self) -> bool {
        self.begins.last().is_some_and(|&begin| self.calls.len() > begin as usize)
    }

    fn pop_call(&mut self) -> Option<Call> {
        if self.has_calls() { self.calls.pop() } else { None }
    }

    /// The deferred calls of all functions, which will not run.
    pub(crate) fn take_calls(&mut self) -> Vec<Call> {
        std::mem::take(&mut self.calls)
    }
}

/// The right to call `recover`, which only a deferred call has: Go's `recover` answers nil everywhere else.
pub struct Recovery {
    panicking: Rc<RefCell<Option<Panic>>>,
}

impl Recovery {
    /// Stops the panic and answers it; `None` when there is none. The end by `runtime.Goexit` is not stopped.
    #[must_use]
    pub fn recover(&self) -> Option<Panic> {
        let mut unwinding = self.panicking.borrow_mut();
        let panic = unwinding.take()?;
        if panic.on_goexit {
            *unwinding = Some(Panic::goexit());
        }
        (!panic.is_goexit()).then(|| panic.recovered())
    }
}

impl Go {
    /// Defers `call` to the end of the function that is being executed (see [`Go::call`]).
    ///
    /// What the call uses is evaluated now, when the closure is made; it runs later.
    pub fn defer<F>(&self, call: impl FnOnce(Recovery) -> F + 'static)
    where
        F: Future<Output = Result<(), Panic>> + 'static,
    {
        self.runtime().with(|inner| {
            let current = inner.current();
            inner.defers = true;
            let frames = &mut inner.goroutines[current.index()].frames;
            frames.calls.push(Box::new(|recovery| Box::pin(call(recovery))));
        });
    }

    /// Executes `body` as a Go function: with a stack of deferred calls of its own, which run when it ends.
    ///
    /// Beyond [`MAX_CALLS`] functions inside each other the run is cut, where Go ends the program by a stack overflow.
    ///
    /// # Errors
    /// The panic that left `body` or a deferred call, unless a deferred call recovered it. After a recovery the
    /// function returns the zero value, as Go does where results have no names.
    pub async fn call<T: Default>(&self, body: impl Future<Output = Result<T, Panic>>) -> Result<T, Panic> {
        if self.with_current(|goroutine| goroutine.frames.len()) >= MAX_CALLS {
            self.runtime().cut(Limit::Calls);
            // The run is over with this step: nobody goes on.
            return std::future::pending().await;
        }
        self.with_current(|goroutine| goroutine.frames.push());
        let result = body.await;
        self.leave(result).await
    }

    /// Leaves the function that is being executed: runs its deferred calls and answers what it comes to.
    pub(crate) async fn leave<T: Default>(&self, result: Result<T, Panic>) -> Result<T, Panic> {
        let (result, panicking) = match result {
            Ok(value) => (value, None),
            Err(panic) => (T::default(), Some(panic)),
        };
        if !self.with_current(|goroutine| goroutine.frames.has_calls()) {
            self.with_current(|goroutine| goroutine.frames.pop());
            return panicking.map_or(Ok(result), Err);
        }
        if panicking.is_some() {
            self.with_current(|goroutine| {
                goroutine.raised.get_or_insert(goroutine.site);
            });
        }
        let panicking = Rc::new(RefCell::new(panicking));
        while let Some(call) = self.with_current(|goroutine| goroutine.frames.pop_call()) {
            let older = panicking.borrow().clone();
            let outer = self.with_current(|goroutine| std::mem::replace(&mut goroutine.deferring, true));
            let outcome = call(Recovery { panicking: Rc::clone(&panicking) }).await;
            self.with_current(|goroutine| goroutine.deferring = outer);
            if let Err(mut newer) = outcome {
                self.with_current(|goroutine| goroutine.raised = Some(goroutine.site));
                let mut unwinding = panicking.borrow_mut();
                newer.on_goexit |= unwinding.as_ref().is_some_and(|older| older.on_goexit);
                // Goexit in a deferred call leaves the panic behind, as recovering it does.
                *unwinding = Some(match older {
                    Some(older) if !newer.is_goexit() => {
                        let recovered = unwinding.as_ref().is_none_or(Panic::is_goexit);
                        newer.upon(&older, recovered)
                    }
                    _ => newer,
                });
            }
        }
        self.with_current(|goroutine| goroutine.frames.pop());
        match panicking.take() {
            None => {
                self.with_current(|goroutine| goroutine.raised = None);
                Ok(result)
            }
            Some(panic) => Err(panic),
        }
    }
}
