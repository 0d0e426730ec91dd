//! `sync.RWMutex`. Source: package documentation of Go's `sync`, "type RWMutex".
//!
//! As in Go's own implementation `Lock` takes two steps: the writer announces itself, which holds back readers that
//! come later, and takes the lock once the readers that were there before have left. So a goroutine that holds a read
//! lock and asks for another waits for ever when a writer has announced itself in between, and only then. `TryRLock`
//! fails then, too. `RLocker` is not modelled.

use std::borrow::Cow;
use std::future::Future;

use chanscope_kernel::trace::{Flags, ObjectInfo, Packed};
use chanscope_kernel::words::Words;
use chanscope_kernel::{
    Access, Act, Aspect, Commit, Declaration, Deed, Event, GateId, Go, GoroutineId, Kind, Met, ObjectId, Operation,
    Passage, Shape, State, Touch, Trace, Value, Would,
};

use smallvec::SmallVec;

use crate::shared::{Ask, Live, Shared, Wanted, open_if};

const ANNOUNCE: Act = Act(0);
const LOCK: Act = Act(1);
const UNLOCK: Act = Act(2);
const READ_LOCK: Act = Act(3);
const READ_UNLOCK: Act = Act(4);
const TRY_LOCK: Act = Act(5);
const TRY_READ_LOCK: Act = Act(6);

/// Whether a writer has announced itself: readers look, and writers are ordered by it.
const WRITER: Aspect = Aspect(0);
/// That the writer has left: it enables readers and the next writer.
const FREE: Aspect = Aspect(1);
/// That the readers have left: each enables the writer.
const EMPTY: Aspect = Aspect(2);
/// What attempts see of a writer that leaves, and nobody else.
const LEFT: Aspect = Aspect(3);
/// What an attempt to write sees of readers that come and go, and nobody else.
const READERS: Aspect = Aspect(4);
/// Who holds it. That matters only to whoever unlocks what he has not locked: he could have come too early.
const HOLD: Aspect = Aspect(5);

/// A lock that many readers or one writer can hold. Clones are the same one.
#[derive(Clone)]
pub struct RwMutex {
    shared: Shared<Lock>,
    gates: Gates,
}

#[derive(Clone, Copy)]
struct Gates {
    /// Readers, and writers that announce themselves: shut from an announcement to the unlock.
    enter: GateId,
    /// The writer that has announced itself.
    lock: GateId,
}

/// Who holds a lock for readers and writers.
pub struct Lock {
    gates: Gates,
    readers: u32,
    announced: bool,
    locked: bool,
}

impl RwMutex {
    /// `var mu sync.RWMutex`.
    #[must_use]
    pub fn new(go: &Go, name: impl Into<Cow<'static, str>>) -> Self {
        let runtime = go.runtime();
        let gates =
            Gates { enter: runtime.add_gate(Passage::Open, false), lock: runtime.add_gate(Passage::Shut, false) };
        let declaration = Declaration { kind: &RwMutexKind, name: name.into(), size: 0, initial: None };
        let live = Lock { gates, readers: 0, announced: false, locked: false };
        Self { shared: Shared::new(go, declaration, live), gates }
    }

    /// `mu.Lock()`: two steps.
    #[track_caller]
    pub fn lock(&self) -> impl Future<Output = ()> + use<> {
        let (announce, lock) = (self.ask(ANNOUNCE, Some(self.gates.enter)), self.ask(LOCK, Some(self.gates.lock)));
        async move {
            announce.await;
            lock.await;
        }
    }

    /// `mu.Unlock()`. Where no writer holds it the program ends with Go's fatal error.
    #[track_caller]
    pub fn unlock(&self) -> Operation<Ask<Lock, ()>> {
        self.ask(UNLOCK, None)
    }

    /// `mu.RLock()`.
    #[track_caller]
    pub fn read_lock(&self) -> Operation<Ask<Lock, ()>> {
        self.ask(READ_LOCK, Some(self.gates.enter))
    }

    /// `mu.RUnlock()`. Where no reader holds it the program ends with Go's fatal error.
    #[track_caller]
    pub fn read_unlock(&self) -> Operation<Ask<Lock, ()>> {
        self.ask(READ_UNLOCK, None)
    }

    /// `mu.TryLock()`: whether nobody held it, and it is now locked for writing.
    #[track_caller]
    pub fn try_lock(&self) -> Operation<Ask<Lock, bool>> {
        self.attempt(TRY_LOCK)
    }

    /// `mu.TryRLock()`: whether no writer held it or waited for it, and it is now locked for reading.
    #[track_caller]
    pub fn try_read_lock(&self) -> Operation<Ask<Lock, bool>> {
        self.attempt(TRY_READ_LOCK)
    }

    #[track_caller]
    fn ask(&self, act: Act, gate: Option<GateId>) -> Operation<Ask<Lock, ()>> {
        self.shared.ask(Wanted { act, gate, value: Packed::NONE, slot: false }, |_| ())
    }

    #[track_caller]
    fn attempt(&self, act: Act) -> Operation<Ask<Lock, bool>> {
        self.shared.ask(Wanted { act, gate: None, value: Packed::NONE, slot: false }, |got| got)
    }
}

impl Live for Lock {
    /// Whether an attempt has got it.
    type Slot = bool;

    fn commit(&mut self, deed: &Deed, got: &mut bool, commit: &mut Commit<'_>) {
        let fails = match deed.act {
            UNLOCK if !self.locked => Some("sync: Unlock of unlocked RWMutex"),
            READ_UNLOCK if self.readers == 0 => Some("sync: RUnlock of unlocked RWMutex"),
            _ => None,
        };
        let misses = match deed.act {
            TRY_LOCK => self.announced || self.readers > 0,
            TRY_READ_LOCK => self.announced,
            _ => false,
        };
        let (value, flags) = match deed.act {
            TRY_LOCK | TRY_READ_LOCK => (commit.pack(Value::Bool(!misses)), Flags::SPECIAL.when(misses)),
            _ => (Packed::NONE, Flags::FAILED.when(fails.is_some())),
        };
        commit.record(deed, value, Met::NOBODY, flags);
        *got = !misses;
        if misses {
            return;
        }
        if let Some(text) = fails {
            commit.fatal(deed, text);
            return;
        }
        match deed.act {
            ANNOUNCE => self.announced = true,
            LOCK => self.locked = true,
            UNLOCK => (self.announced, self.locked) = (false, false),
            READ_LOCK | TRY_READ_LOCK => self.readers += 1,
            TRY_LOCK => (self.announced, self.locked) = (true, true),
            _ => self.readers -= 1,
        }
        commit.gate(self.gates.enter, open_if(!self.announced));
        commit.gate(self.gates.lock, open_if(self.announced && !self.locked && self.readers == 0));
    }
}

/// A lock for readers and writers at some position.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RwMutexState {
    /// Read locks held.
    pub readers: u32,
    /// Whose they are, once for each.
    holders: SmallVec<[GoroutineId; 4]>,
    /// Somebody has unlocked what somebody else had locked, so it can no longer be said whose it is.
    confused: bool,
    /// The writer that has announced itself or holds it.
    pub writer: Option<GoroutineId>,
    /// Whether the writer holds it.
    pub locked: bool,
}

impl RwMutexState {
    /// Whether the event unlocks what somebody else has locked, as far as that can be said.
    fn is_foreign(&self, event: &Event) -> bool {
        match event.act {
            UNLOCK => self.confused || self.writer != Some(event.goroutine),
            READ_UNLOCK => self.confused || !self.holders.contains(&event.goroutine),
            _ => false,
        }
    }
}

struct RwMutexKind;

impl Kind for RwMutexKind {
    fn name(&self) -> &'static str {
        "rwmutex"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            ANNOUNCE => "announce",
            LOCK => "lock",
            UNLOCK => "unlock",
            READ_LOCK => "rlock",
            READ_UNLOCK => "runlock",
            TRY_LOCK => "trylock",
            TRY_READ_LOCK => "tryrlock",
            Act(other) => unreachable!("an RWMutex has no act {other}"),
        }
    }

    fn start(&self, _: &ObjectInfo) -> Box<dyn State> {
        Box::new(RwMutexState::default())
    }

    fn apply(&self, state: &mut dyn State, event: &Event, _: &Trace) {
        if event.flags.has(Flags::FAILED) || event.flags.has(Flags::SPECIAL) {
            return;
        }
        let state: &mut RwMutexState = state.of_mut();
        state.confused |= state.is_foreign(event);
        match event.act {
            ANNOUNCE => state.writer = Some(event.goroutine),
            LOCK => state.locked = true,
            UNLOCK => (state.writer, state.locked) = (None, false),
            READ_LOCK | TRY_READ_LOCK => {
                state.readers += 1;
                state.holders.push(event.goroutine);
            }
            TRY_LOCK => (state.writer, state.locked) = (Some(event.goroutine), true),
            _ => {
                state.readers -= 1;
                if let Some(nth) = state.holders.iter().position(|&holder| holder == event.goroutine) {
                    state.holders.swap_remove(nth);
                }
            }
        }
    }

    fn footprint(&self, state: &dyn State, event: &Event, _: &Trace, out: &mut Vec<Touch>) {
        let state: &RwMutexState = state.of();
        let mut touch = |aspect, access| out.push(Touch { object: event.object, aspect, index: 0, access });
        match event.act {
            _ if event.flags.has(Flags::FAILED) || state.is_foreign(event) => touch(HOLD, Access::Write),
            ANNOUNCE => {}
            _ if event.flags.has(Flags::SPECIAL) => {}
            _ => touch(HOLD, Access::Add),
        }
        match event.act {
            _ if event.flags.has(Flags::FAILED) => {}
            ANNOUNCE => {
                touch(WRITER, Access::Write);
                touch(FREE, Access::Await);
            }
            LOCK => touch(EMPTY, Access::Await),
            UNLOCK => {
                touch(FREE, Access::Enable);
                touch(LEFT, Access::Add);
            }
            READ_UNLOCK => {
                touch(EMPTY, Access::Enable);
                touch(READERS, Access::Add);
            }
            READ_LOCK => {
                touch(WRITER, Access::Read);
                touch(FREE, Access::Await);
                touch(READERS, Access::Add);
            }
            TRY_READ_LOCK => {
                touch(WRITER, Access::Read);
                touch(LEFT, Access::Read);
                // An attempt that fails orders nothing: the memory model has no edge for it.
                if !event.flags.has(Flags::SPECIAL) {
                    touch(FREE, Access::Await);
                    touch(READERS, Access::Add);
                }
            }
            _ => {
                touch(LEFT, Access::Read);
                touch(READERS, Access::Read);
                if event.flags.has(Flags::SPECIAL) {
                    touch(WRITER, Access::Read);
                } else {
                    touch(WRITER, Access::Write);
                    touch(FREE, Access::Await);
                    touch(EMPTY, Access::Await);
                }
            }
        }
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("an RWMutex is no case of a select");
    }

    fn would(&self, act: Act, _: Option<Value>, state: &dyn State) -> Would {
        let RwMutexState { readers, writer, locked, .. } = *state.of();
        match act {
            ANNOUNCE | READ_LOCK => Would::go_if(writer.is_none()),
            LOCK => Would::go_if(writer.is_some() && !locked && readers == 0),
            TRY_LOCK => Would::Go { flags: Flags::SPECIAL.when(writer.is_some() || readers > 0), fatal: false },
            TRY_READ_LOCK => Would::Go { flags: Flags::SPECIAL.when(writer.is_some()), fatal: false },
            UNLOCK => Would::Go { flags: Flags::FAILED.when(!locked), fatal: !locked },
            _ => Would::Go { flags: Flags::FAILED.when(readers == 0), fatal: readers == 0 },
        }
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        match event.act {
            ANNOUNCE => Words::fixed(
                "{who} asks for {object}: readers that come later wait",
                "{who} 请求 {object} 的写锁：之后的读者要等待",
            ),
            LOCK => Words::fixed("{who} locks {object} for writing", "{who} 锁住 {object} 以写入"),
            UNLOCK if event.flags.has(Flags::FAILED) => Words::fixed(
                "{who} unlocks {object}, which no writer holds",
                "{who} 释放 {object} 的写锁，但没有写者持有它",
            ),
            UNLOCK => Words::fixed("{who} unlocks {object} after writing", "{who} 释放 {object} 的写锁"),
            READ_LOCK => Words::fixed("{who} locks {object} for reading", "{who} 锁住 {object} 以读取"),
            READ_UNLOCK if event.flags.has(Flags::FAILED) => Words::fixed(
                "{who} unlocks {object}, which no reader holds",
                "{who} 释放 {object} 的读锁，但没有读者持有它",
            ),
            READ_UNLOCK => Words::fixed("{who} unlocks {object} after reading", "{who} 释放 {object} 的读锁"),
            TRY_LOCK if event.flags.has(Flags::SPECIAL) => Words::fixed(
                "{who} tries to lock {object} for writing and cannot",
                "{who} 尝试取得 {object} 的写锁，未成功",
            ),
            TRY_LOCK => Words::fixed(
                "{who} tries to lock {object} for writing and does",
                "{who} 尝试取得 {object} 的写锁，成功",
            ),
            _ if event.flags.has(Flags::SPECIAL) => Words::fixed(
                "{who} tries to lock {object} for reading and cannot",
                "{who} 尝试取得 {object} 的读锁，未成功",
            ),
            _ => Words::fixed(
                "{who} tries to lock {object} for reading and does",
                "{who} 尝试取得 {object} 的读锁，成功",
            ),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            ANNOUNCE => Words::fixed("ask for {object} for writing", "请求 {object} 的写锁"),
            LOCK => Words::fixed("lock {object} for writing", "锁住 {object} 以写入"),
            UNLOCK => Words::fixed("unlock {object} after writing", "释放 {object} 的写锁"),
            READ_LOCK => Words::fixed("lock {object} for reading", "锁住 {object} 以读取"),
            READ_UNLOCK => Words::fixed("unlock {object} after reading", "释放 {object} 的读锁"),
            TRY_LOCK => Words::fixed("try to lock {object} for writing", "尝试取得 {object} 的写锁"),
            _ => Words::fixed("try to lock {object} for reading", "尝试取得 {object} 的读锁"),
        }
    }

    fn hindrance(&self, act: Act, state: &dyn State) -> Words {
        let RwMutexState { readers, locked, .. } = *state.of();
        match act {
            LOCK => Words::made(format!("readers hold it, {readers}"), format!("还有 {readers} 个读者持有")),
            _ if locked => Words::fixed("{who} holds it for writing", "{who} 持有写锁"),
            _ => Words::fixed("{who} waits to write, and comes first", "{who} 在等待写入，它优先"),
        }
    }

    fn inside(&self, state: &dyn State) -> (Words, Option<GoroutineId>) {
        let RwMutexState { readers, writer, locked, .. } = *state.of();
        let words = match (writer, readers) {
            (Some(_), _) if locked => Words::fixed("locked for writing by {who}", "由 {who} 写锁定"),
            (Some(_), n) => {
                Words::made(format!("readers: {n}; {{who}} waits to write"), format!("读者：{n}；{{who}} 等待写入"))
            }
            (None, 0) => Words::fixed("unlocked", "未锁"),
            (None, n) => Words::made(format!("readers: {n}"), format!("读者：{n}")),
        };
        (words, writer)
    }

    fn shape(&self, act: Act) -> Shape {
        match act {
            UNLOCK | READ_UNLOCK => Shape::Release,
            ANNOUNCE => Shape::Tick,
            _ => Shape::Acquire,
        }
    }
}
