//! `sync.Mutex`. Source: package documentation of Go's `sync`, "type Mutex"; the Go memory model, "Locks".
//!
//! Which of several waiters gets it next is a choice: Go serves them roughly in order and promises nothing. That a
//! waiter starves after a millisecond and is then served first is not modelled.

use std::borrow::Cow;
use std::panic::Location;

use chanscope_kernel::trace::{Flags, ObjectInfo, Packed};
use chanscope_kernel::words::Words;
use chanscope_kernel::{
    Access, Act, Aspect, Commit, Declaration, Deed, Event, GateId, Go, GoroutineId, Kind, Met, ObjectId, Operation,
    Passage, Shape, State, Touch, Trace, Value, Would,
};

use crate::shared::{Ask, At, Live, Shared, Wanted};

const LOCK: Act = Act(0);
const UNLOCK: Act = Act(1);
const TRY: Act = Act(2);

/// Who has it. Locks are ordered by it; an unlock before a lock is only an edge.
const HELD: Aspect = Aspect(0);
/// That it is free: every unlock enables a lock.
const FREE: Aspect = Aspect(1);
/// What an attempt sees of unlocks, and nobody else.
const SEEN: Aspect = Aspect(2);

/// A mutex. Clones are the same one; a Go mutex that was copied is another, made by [`Mutex::new`].
#[derive(Clone)]
pub struct Mutex {
    shared: Shared<Lock>,
    gate: GateId,
}

/// Whether a mutex is held.
pub struct Lock {
    held: bool,
    gate: GateId,
}

impl Mutex {
    /// `var mu sync.Mutex`.
    ///
    /// ```
    /// # fn example() {
    /// # use chanscope_kernel::{FirstCome, Go, Limits, Panic, Run};
    /// # use chanscope_sync::Mutex;
    /// async fn main(go: Go) -> Result<(), Panic> {
    ///     let mu = Mutex::new(&go, "mu");
    ///     mu.lock().await;
    ///     assert!(!mu.try_lock().await);
    ///     mu.unlock().await;
    ///     assert!(mu.try_lock().await);
    ///     Ok(())
    /// }
    /// let mut run = Run::new(Limits::default(), main);
    /// assert!(run.advance(&mut FirstCome { seed: 0 }, 100).expect("nothing was replayed"));
    /// # }
    /// # example();
    /// ```
    #[must_use]
    pub fn new(go: &Go, name: impl Into<Cow<'static, str>>) -> Self {
        let gate = go.runtime().add_gate(Passage::Open, false);
        let declaration = Declaration { kind: &MutexKind, name: name.into(), size: 0, initial: None };
        Self { shared: Shared::new(go, declaration, Lock { held: false, gate }), gate }
    }

    /// `mu.Lock()`.
    #[track_caller]
    pub fn lock(&self) -> Operation<Ask<Lock, ()>> {
        self.lock_at(Location::caller())
    }

    /// The same, as part of a call at that place.
    pub(crate) fn lock_at(&self, at: At) -> Operation<Ask<Lock, ()>> {
        let wanted = Wanted { act: LOCK, gate: Some(self.gate), value: Packed::NONE, slot: false };
        self.shared.ask_at(wanted, |_| (), at)
    }

    /// `mu.TryLock()`: whether it was free and is now held.
    #[track_caller]
    pub fn try_lock(&self) -> Operation<Ask<Lock, bool>> {
        self.shared.ask(Wanted { act: TRY, gate: None, value: Packed::NONE, slot: false }, |got| got)
    }

    /// `mu.Unlock()`. Any goroutine may; a mutex that nobody holds ends the program with Go's fatal error.
    #[track_caller]
    pub fn unlock(&self) -> Operation<Ask<Lock, ()>> {
        self.unlock_at(Location::caller())
    }

    /// The same, as part of a call at that place.
    pub(crate) fn unlock_at(&self, at: At) -> Operation<Ask<Lock, ()>> {
        self.shared.ask_at(Wanted { act: UNLOCK, gate: None, value: Packed::NONE, slot: false }, |_| (), at)
    }
}

impl Live for Lock {
    type Slot = bool;

    fn commit(&mut self, deed: &Deed, got: &mut bool, commit: &mut Commit<'_>) {
        match deed.act {
            LOCK => {
                self.held = true;
                commit.record(deed, Packed::NONE, Met::NOBODY, Flags::NONE);
                commit.gate(self.gate, Passage::Shut);
            }
            TRY => {
                *got = !std::mem::replace(&mut self.held, true);
                let value = commit.pack(Value::Bool(*got));
                commit.record(deed, value, Met::NOBODY, Flags::SPECIAL.when(!*got));
                commit.gate(self.gate, Passage::Shut);
            }
            _ if self.held => {
                self.held = false;
                commit.record(deed, Packed::NONE, Met::NOBODY, Flags::NONE);
                commit.gate(self.gate, Passage::Open);
            }
            _ => {
                commit.record(deed, Packed::NONE, Met::NOBODY, Flags::FAILED);
                commit.fatal(deed, "sync: unlock of unlocked mutex");
            }
        }
    }
}

/// A mutex at some position.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MutexState {
    /// Who locked it, while it is held.
    pub holder: Option<GoroutineId>,
}

struct MutexKind;

impl Kind for MutexKind {
    fn name(&self) -> &'static str {
        "mutex"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            LOCK => "lock",
            UNLOCK => "unlock",
            TRY => "trylock",
            Act(other) => unreachable!("a mutex has no act {other}"),
        }
    }

    fn start(&self, _: &ObjectInfo) -> Box<dyn State> {
        Box::new(MutexState { holder: None })
    }

    fn apply(&self, state: &mut dyn State, event: &Event, _: &Trace) {
        let state: &mut MutexState = state.of_mut();
        match event.act {
            UNLOCK => state.holder = None,
            _ if event.flags.has(Flags::SPECIAL) => {}
            _ => state.holder = Some(event.goroutine),
        }
    }

    fn footprint(&self, state: &dyn State, event: &Event, _: &Trace, out: &mut Vec<Touch>) {
        let MutexState { holder } = *state.of();
        let mut touch = |aspect, access| out.push(Touch { object: event.object, aspect, index: 0, access });
        match event.act {
            // A failed unlock found it free, so every lock beside it could have prevented that.
            UNLOCK if event.flags.has(Flags::FAILED) => {
                touch(HELD, Access::Read);
                touch(SEEN, Access::Write);
            }
            UNLOCK => {
                // Whoever unlocks what somebody else has locked could have come too early.
                if holder != Some(event.goroutine) {
                    touch(HELD, Access::Write);
                }
                touch(FREE, Access::Enable);
                touch(SEEN, Access::Write);
            }
            // An attempt that fails orders nothing: the memory model has no edge for it.
            TRY if event.flags.has(Flags::SPECIAL) => {
                touch(HELD, Access::Read);
                touch(SEEN, Access::Read);
            }
            act => {
                touch(HELD, Access::Write);
                touch(FREE, Access::Await);
                if act == TRY {
                    touch(SEEN, Access::Read);
                }
            }
        }
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("a mutex is no case of a select");
    }

    fn would(&self, act: Act, _: Option<Value>, state: &dyn State) -> Would {
        let MutexState { holder } = *state.of();
        let held = holder.is_some();
        match act {
            LOCK => Would::go_if(!held),
            TRY => Would::Go { flags: Flags::SPECIAL.when(held), fatal: false },
            _ => Would::Go { flags: Flags::FAILED.when(!held), fatal: !held },
        }
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        match event.act {
            LOCK => Words::fixed("{who} locks {object}", "{who} 锁住 {object}"),
            UNLOCK if event.flags.has(Flags::FAILED) => {
                Words::fixed("{who} unlocks {object}, which nobody holds", "{who} 解锁无人持有的 {object}")
            }
            UNLOCK => Words::fixed("{who} unlocks {object}", "{who} 解锁 {object}"),
            _ if event.flags.has(Flags::SPECIAL) => {
                Words::fixed("{who} tries to lock {object} and cannot", "{who} 尝试锁 {object}，未成功")
            }
            _ => Words::fixed("{who} tries to lock {object} and does", "{who} 尝试锁 {object}，成功"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            LOCK => Words::fixed("lock {object}", "锁住 {object}"),
            UNLOCK => Words::fixed("unlock {object}", "解锁 {object}"),
            _ => Words::fixed("try to lock {object}", "尝试锁 {object}"),
        }
    }

    fn hindrance(&self, _: Act, _: &dyn State) -> Words {
        Words::fixed("{who} holds it", "{who} 持有它")
    }

    fn inside(&self, state: &dyn State) -> (Words, Option<GoroutineId>) {
        let MutexState { holder } = *state.of();
        let words = match holder {
            Some(_) => Words::fixed("locked by {who}", "由 {who} 持有"),
            None => Words::fixed("unlocked", "未锁"),
        };
        (words, holder)
    }

    fn shape(&self, act: Act) -> Shape {
        if act == UNLOCK { Shape::Release } else { Shape::Acquire }
    }
}
