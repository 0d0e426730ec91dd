//! `time.AfterFunc`: a function that is called later, in a goroutine of its own, unless it is stopped before.
//!
//! The goroutine is there from the start and waits in the background for its time: whether it begins before somebody
//! stops it is then an order like any other. Once it has begun, a reset makes another.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;

use chanscope_kernel::trace::{Flags, Packed};
use chanscope_kernel::{Commit, Declaration, Deed, GateId, Go, Met, Name, Operation, Panic, Passage, Show};

use super::duration::{go_text, nanos};
use super::kind::{FIRE, RESET, STOP, TimerKind};
use crate::shared::{Ask, Live, Shared, Wanted};

/// A function that is called later. Clones are the same one.
pub struct AfterFunc<F> {
    go: Go,
    name: Name,
    shared: Shared<Pending>,
    gate: GateId,
    function: Rc<F>,
    /// Whether a goroutine waits for its time.
    waiting: Rc<Cell<bool>>,
}

impl<F> Clone for AfterFunc<F> {
    fn clone(&self) -> Self {
        Self {
            go: self.go.clone(),
            name: self.name.clone(),
            shared: self.shared.clone(),
            gate: self.gate,
            function: Rc::clone(&self.function),
            waiting: Rc::clone(&self.waiting),
        }
    }
}

/// Whether it is still to be called.
pub struct Pending {
    gate: GateId,
    set: bool,
}

/// `time.AfterFunc(d, function)`. The goroutine that runs it is called like the timer.
#[track_caller]
pub fn after_func<F, B>(go: &Go, name: &'static str, duration: Duration, function: F) -> AfterFunc<F>
where
    F: Fn() -> B + 'static,
    B: Future<Output = Result<(), Panic>> + 'static,
{
    let runtime = go.runtime();
    let gate = runtime.add_gate(Passage::Shut, false);
    runtime.set_alarm(gate, runtime.now_nanos().saturating_add(nanos(duration)));
    let initial = Some(go_text(duration).show());
    let declaration = Declaration { kind: &TimerKind, name: name.into(), size: 0, initial };
    let later = AfterFunc {
        go: go.clone(),
        name: Name::from(name),
        shared: Shared::new(go, declaration, Pending { gate, set: true }),
        gate,
        function: Rc::new(function),
        waiting: Rc::new(Cell::new(false)),
    };
    later.start();
    later
}

impl<F, B> AfterFunc<F>
where
    F: Fn() -> B + 'static,
    B: Future<Output = Result<(), Panic>> + 'static,
{
    #[track_caller]
    fn start(&self) {
        if self.waiting.replace(true) {
            return;
        }
        let wanted = Wanted { act: FIRE, gate: Some(self.gate), value: Packed::NONE, slot: 0 };
        let time_comes = self.shared.ask(wanted, |_| ());
        let (function, waiting) = (Rc::clone(&self.function), Rc::clone(&self.waiting));
        self.go.spawn(self.name.clone(), async move {
            time_comes.await;
            waiting.set(false);
            function().await
        });
    }

    /// `t.Stop()`: whether the call has been prevented.
    #[track_caller]
    pub fn stop(&self) -> Operation<Ask<Pending, bool>> {
        self.shared.ask(Wanted { act: STOP, gate: None, value: Packed::NONE, slot: 0 }, |was_set| was_set != 0)
    }

    /// `t.Reset(d)`: whether it had not been called yet.
    #[track_caller]
    pub fn reset(&self, duration: Duration) -> impl Future<Output = bool> {
        let value = self.shared.runtime().pack(go_text(duration).show());
        let wanted = Wanted { act: RESET, gate: None, value, slot: nanos(duration) };
        let (reset, later) = (self.shared.ask(wanted, |was_set| was_set != 0), self.clone());
        async move {
            let was_set = reset.await;
            later.start();
            was_set
        }
    }
}

impl Live for Pending {
    /// A duration that it is to be set to; then whether it was set.
    type Slot = u64;

    fn commit(&mut self, deed: &Deed, slot: &mut u64, commit: &mut Commit<'_>) {
        let was_set = std::mem::replace(&mut self.set, deed.act == RESET);
        let in_time = was_set && deed.act != FIRE;
        commit.record(deed, deed.value, Met::NOBODY, Flags::SPECIAL.when(in_time));
        if self.set {
            commit.alarm(deed, self.gate, commit.now_nanos(deed.goroutine).saturating_add(*slot));
        } else {
            commit.no_alarm(self.gate);
        }
        *slot = was_set.into();
    }
}
