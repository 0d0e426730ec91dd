//! `semaphore.Weighted` of `golang.org/x/sync`: a number of units that goroutines take and give back.
//!
//! Who cannot have as many as it asks for gets in line, a step of its own, and is served in order: a large request at
//! the front is not overtaken by small ones behind it. As in the package itself every call is a critical section, so
//! calls are synchronised in their order. Not modelled: negative weights, and the panic of an `Acquire` that is
//! cancelled after somebody else has released what it was served.
//!
//! Source: package documentation and code of `golang.org/x/sync/semaphore`.

mod kind;
mod ledger;

use std::borrow::Cow;
use std::cell::RefCell;
use std::future::Future;
use std::panic::Location;
use std::rc::Rc;

use chanscope_kernel::trace::{Flags, Packed};
use chanscope_kernel::{
    Act, Commit, Declaration, Deed, GateId, Go, GoroutineId, Met, Operation, Panic, Passage, Resumed, Select, Show,
};

pub use ledger::Ledger as SemaphoreState;

use crate::context::{Context, ContextError};
use crate::shared::{Ask, At, Live, Shared, Wanted, open_if};
use kind::{ACQUIRE, ASK_IN_VAIN, GIVE_UP, READY, RELEASE, SemaphoreKind, TRY_ACQUIRE};
use ledger::{Answer, Call, Ledger};

/// A semaphore. Clones are the same one.
///
/// ```
/// # fn example() {
/// # use chanscope_kernel::{FirstCome, Go, Limits, Panic, Run};
/// # use chanscope_sync::{Semaphore, context::Context};
/// async fn main(go: Go) -> Result<(), Panic> {
///     let (ctx, sem) = (Context::background(&go), Semaphore::new(&go, "sem", 3));
///     sem.acquire(&ctx, 2).await.expect("nobody cancels");
///     assert!(!sem.try_acquire(2).await);
///     sem.release(2).await?;
///     assert!(sem.try_acquire(3).await);
///     Ok(())
/// }
/// let mut run = Run::new(Limits::default(), main);
/// assert!(run.advance(&mut FirstCome { seed: 0 }, 100).expect("nothing was replayed"));
/// # }
/// # example();
/// ```
#[derive(Clone)]
pub struct Semaphore {
    go: Go,
    size: u32,
    shared: Shared<Counter>,
    /// Gates at which nobody waits any more.
    spare: Rc<RefCell<Vec<GateId>>>,
}

/// A semaphore's units, and where those in line wait.
pub struct Counter {
    ledger: Ledger,
    gates: Vec<(GoroutineId, GateId)>,
}

/// What an operation brings, and what it is answered.
pub struct Bid {
    units: u32,
    gate: Option<GateId>,
    answer: Answer,
}

impl Semaphore {
    /// `semaphore.NewWeighted(size)`.
    #[must_use]
    pub fn new(go: &Go, name: impl Into<Cow<'static, str>>, size: u32) -> Self {
        let declaration = Declaration { kind: &SemaphoreKind, name: name.into(), size, initial: None };
        let counter = Counter { ledger: Ledger::new(size), gates: Vec::new() };
        Self { go: go.clone(), size, shared: Shared::new(go, declaration, counter), spare: Rc::default() }
    }

    /// `sem.Acquire(ctx, units)`: waits for its turn. More than there are at all are never had: it waits until the
    /// context is cancelled.
    ///
    /// # Errors
    /// Why the context is cancelled; then nothing was taken.
    #[track_caller]
    pub fn acquire(&self, ctx: &Context, units: u32) -> impl Future<Output = Result<(), ContextError>> + use<> {
        let (sem, ctx, at) = (self.clone(), ctx.clone(), Location::caller());
        async move { sem.acquire_at(&ctx, units, at).await }
    }

    async fn acquire_at(&self, ctx: &Context, units: u32, at: At) -> Result<(), ContextError> {
        if ctx.is_cancellable()
            && let Some(error) = ctx.err_at(at).await
        {
            return Err(error);
        }
        let spare = self.spare.borrow_mut().pop();
        let gate = spare.unwrap_or_else(|| self.go.runtime().add_gate(Passage::Shut, false));
        let act = if units > self.size { ASK_IN_VAIN } else { ACQUIRE };
        let result = match self.ask(act, units, None, Some(gate), at, |bid| bid.answer).await {
            Answer::InLine => self.wait(ctx, units, gate, at).await,
            Answer::TooMany => {
                ctx.done_at(at).await;
                Err(ctx.err_at(at).await.expect("it is cancelled"))
            }
            _ => Ok(()),
        };
        self.spare.borrow_mut().push(gate);
        result
    }

    async fn wait(&self, ctx: &Context, units: u32, gate: GateId, at: At) -> Result<(), ContextError> {
        let mut ready = self.ask(READY, units, Some(gate), None, at, |_| ());
        if !ctx.is_cancellable() {
            ready.await;
            return Ok(());
        }
        let mut done = ctx.done_at(at);
        match Select::at(self.go.runtime(), [&mut done, &mut ready], false, at).await {
            Resumed::Case(0) => {
                done.finish();
                self.ask(GIVE_UP, units, None, None, at, |_| ()).await;
                Err(ctx.err_at(at).await.expect("it is cancelled"))
            }
            _ => {
                ready.finish();
                match ctx.err_at(at).await {
                    None => Ok(()),
                    Some(error) => {
                        self.ask(RELEASE, units, None, None, at, |_| ()).await;
                        Err(error)
                    }
                }
            }
        }
    }

    /// `sem.TryAcquire(units)`: whether there are as many and nobody is in line.
    #[track_caller]
    pub fn try_acquire(&self, units: u32) -> Operation<Ask<Counter, bool>> {
        self.ask(TRY_ACQUIRE, units, None, None, Location::caller(), |bid| matches!(bid.answer, Answer::Done))
    }

    /// `sem.Release(units)`. Returns Go's panic when fewer are held.
    #[track_caller]
    pub fn release(&self, units: u32) -> Operation<Ask<Counter, Result<(), Panic>>> {
        self.ask(RELEASE, units, None, None, Location::caller(), |bid| match bid.answer {
            Answer::TooMany => Err(Panic::new("semaphore: released more than held")),
            _ => Ok(()),
        })
    }

    fn ask<T>(
        &self,
        act: Act,
        units: u32,
        waits_at: Option<GateId>,
        gate: Option<GateId>,
        at: At,
        read: fn(Bid) -> T,
    ) -> Operation<Ask<Counter, T>> {
        let value = if act == GIVE_UP { Packed::NONE } else { self.shared.runtime().pack(units.show()) };
        let slot = Bid { units, gate, answer: Answer::Done };
        self.shared.ask_at(Wanted { act, gate: waits_at, value, slot }, read, at)
    }
}

impl Live for Counter {
    type Slot = Bid;

    fn commit(&mut self, deed: &Deed, bid: &mut Bid, commit: &mut Commit<'_>) {
        let Deed { goroutine, act, .. } = *deed;
        bid.answer = self.ledger.call(&Call { goroutine, act, units: bid.units }).0;
        let flags = match (act, bid.answer) {
            (RELEASE, Answer::TooMany) => Flags::FAILED,
            (_, Answer::Done) => Flags::NONE,
            _ => Flags::SPECIAL,
        };
        commit.record(deed, deed.value, Met::NOBODY, flags);
        match (act, bid.answer, bid.gate) {
            (ACQUIRE, Answer::InLine, Some(gate)) => self.gates.push((goroutine, gate)),
            (READY | GIVE_UP, ..) => {
                let nth = self.gates.iter().position(|(who, _)| *who == goroutine).expect("it was in line");
                commit.gate(self.gates.remove(nth).1, Passage::Shut);
            }
            _ => {}
        }
        for (goroutine, gate) in &self.gates {
            commit.gate(*gate, open_if(self.ledger.is_served(*goroutine)));
        }
    }
}
