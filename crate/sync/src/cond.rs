//! `sync.Cond`: waiting for somebody to say that something has changed.
//!
//! As in Go's own implementation `Wait` gets in line, unlocks, sleeps until it is woken, and locks again: four steps. A
//! signal wakes one of those in line, whoever that is: Go takes the first and promises nothing. Which one shows when
//! it wakes. Only a [`Mutex`] can be its locker.
//!
//! Source: package documentation of Go's `sync`, "type Cond".

mod kind;

use std::borrow::Cow;
use std::cell::RefCell;
use std::future::Future;
use std::panic::Location;
use std::rc::Rc;

use chanscope_kernel::trace::{Flags, Packed};
use chanscope_kernel::{Act, Commit, Declaration, Deed, GateId, Go, GoroutineId, Met, Operation, Passage, Value};

pub use kind::CondState;

use crate::mutex::Mutex;
use crate::shared::{Ask, At, Live, Shared, Wanted};
use kind::{BROADCAST, CondKind, ENLIST, SIGNAL, WAKE};

/// A condition. Clones are the same one.
///
/// ```
/// # fn example() {
/// # use chanscope_kernel::{FirstCome, Go, Limits, Panic, Run};
/// # use chanscope_sync::{Cond, Mutex, Var};
/// async fn main(go: Go) -> Result<(), Panic> {
///     let (mu, ready) = (Mutex::new(&go, "mu"), Var::new(&go, "ready", false));
///     let cond = Cond::new(&go, "cond", &mu);
///     let (theirs, their_ready, their_mu) = (cond.clone(), ready.clone(), mu.clone());
///     go.spawn("setter", async move {
///         their_mu.lock().await;
///         their_ready.store(true).await;
///         their_mu.unlock().await;
///         theirs.signal().await;
///         Ok(())
///     });
///     mu.lock().await;
///     while !ready.load().await {
///         cond.wait().await;
///     }
///     mu.unlock().await;
///     Ok(())
/// }
/// let mut run = Run::new(Limits::default(), main);
/// assert!(run.advance(&mut FirstCome { seed: 0 }, 100).expect("nothing was replayed"));
/// # }
/// # example();
/// ```
#[derive(Clone)]
pub struct Cond {
    go: Go,
    shared: Shared<Line>,
    mutex: Mutex,
    /// Gates at which nobody waits any more.
    spare: Rc<RefCell<Vec<GateId>>>,
}

/// Those in line, and what they have been sent.
#[derive(Default)]
pub struct Line {
    /// Calls of `Wait`, signals and broadcasts so far.
    now: u32,
    /// In order of their coming.
    waiters: Vec<Waiter>,
    /// Signals that nobody has woken by yet, in order: when, and which it is.
    signals: Vec<(u32, u32)>,
    /// Signals and broadcasts so far.
    sent: u32,
}

struct Waiter {
    goroutine: GoroutineId,
    /// When it came.
    since: u32,
    gate: GateId,
    /// The broadcast that it can wake by.
    broadcast: Option<u32>,
}

impl Cond {
    /// `sync.NewCond(&mu)`.
    #[must_use]
    pub fn new(go: &Go, name: impl Into<Cow<'static, str>>, mutex: &Mutex) -> Self {
        let declaration = Declaration { kind: &CondKind, name: name.into(), size: 0, initial: None };
        let shared = Shared::new(go, declaration, Line::default());
        Self { go: go.clone(), shared, mutex: mutex.clone(), spare: Rc::default() }
    }

    /// `c.Wait()`: unlocks the mutex, waits for a signal, locks it again. A mutex that nobody holds ends the program
    /// with Go's fatal error.
    #[track_caller]
    pub fn wait(&self) -> impl Future<Output = ()> + use<> {
        let (cond, at) = (self.clone(), Location::caller());
        async move {
            let spare = cond.spare.borrow_mut().pop();
            let gate = spare.unwrap_or_else(|| cond.go.runtime().add_gate(Passage::Shut, false));
            cond.ask(ENLIST, None, Some(gate), at).await;
            cond.mutex.unlock_at(at).await;
            cond.ask(WAKE, Some(gate), None, at).await;
            cond.spare.borrow_mut().push(gate);
            cond.mutex.lock_at(at).await;
        }
    }

    /// `c.Signal()`: wakes one of those who wait, if there is any. Whoever calls need not hold the mutex.
    #[track_caller]
    pub fn signal(&self) -> Operation<Ask<Line, ()>> {
        self.ask(SIGNAL, None, None, Location::caller())
    }

    /// `c.Broadcast()`: wakes all who wait.
    #[track_caller]
    pub fn broadcast(&self) -> Operation<Ask<Line, ()>> {
        self.ask(BROADCAST, None, None, Location::caller())
    }

    fn ask(&self, act: Act, gate: Option<GateId>, slot: Option<GateId>, at: At) -> Operation<Ask<Line, ()>> {
        self.shared.ask_at(Wanted { act, gate, value: Packed::NONE, slot }, |_| (), at)
    }
}

impl Live for Line {
    /// Where the goroutine will wait.
    type Slot = Option<GateId>;

    fn commit(&mut self, deed: &Deed, slot: &mut Option<GateId>, commit: &mut Commit<'_>) {
        self.now += 1;
        if deed.act == WAKE {
            self.wake(deed, commit);
            return;
        }
        commit.record(deed, Packed::NONE, Met::NOBODY, Flags::NONE);
        match deed.act {
            ENLIST => {
                let gate = slot.expect("it brings its gate");
                let waiter = Waiter { goroutine: deed.goroutine, since: self.now, gate, broadcast: None };
                self.waiters.push(waiter);
            }
            SIGNAL => {
                let asleep = self.waiters.iter().filter(|waiter| waiter.broadcast.is_none()).count();
                if asleep > self.signals.len() {
                    self.signals.push((self.now, self.sent));
                }
                self.sent += 1;
            }
            _ => {
                // The signals before it woke some of those whom it wakes anyway.
                self.signals.clear();
                for waiter in &mut self.waiters {
                    waiter.broadcast.get_or_insert(self.sent);
                }
                self.sent += 1;
            }
        }
        self.set_gates(commit);
    }
}

impl Line {
    fn wake(&mut self, deed: &Deed, commit: &mut Commit<'_>) {
        let at = self.waiters.iter().position(|waiter| waiter.goroutine == deed.goroutine).expect("it is in line");
        let waiter = self.waiters.remove(at);
        let by = waiter.broadcast.unwrap_or_else(|| {
            // The first that came after it: a later one could also be for somebody who came later.
            let nth = self.signals.iter().position(|(sent, _)| *sent > waiter.since).expect("its gate was open");
            self.signals.remove(nth).1
        });
        let value = commit.pack(Value::Int(by.into()));
        commit.record(deed, value, Met::NOBODY, Flags::SPECIAL.when(waiter.broadcast.is_some()));
        commit.gate(waiter.gate, Passage::Shut);
        self.set_gates(commit);
    }

    /// Whoever could be the one that a signal wakes can wake.
    fn set_gates(&self, commit: &mut Commit<'_>) {
        let last = self.signals.last().map_or(0, |(sent, _)| *sent);
        for waiter in &self.waiters {
            let woken = waiter.broadcast.is_some() || last > waiter.since;
            commit.gate(waiter.gate, crate::shared::open_if(woken));
        }
    }
}
