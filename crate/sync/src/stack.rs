//! A goroutine's stack, as a model: it begins with 2 KiB and is copied into one of twice the size when a call finds no
//! room, up to a limit. Source: Go's `runtime/stack.go`, `newstack`; package documentation of `runtime/debug`,
//! `SetMaxStack`.
//!
//! Not modelled: what the runtime itself needs of a stack, that a new goroutine may begin with the average size of the
//! others, and that garbage collection halves a stack of which less than a quarter is in use.

use std::borrow::Cow;

use chanscope_kernel::trace::{Flags, ObjectInfo, Packed};
use chanscope_kernel::words::Words;
use chanscope_kernel::{
    Access, Act, Aspect, Commit, Declaration, Deed, Event, Go, GoroutineId, Kind, Met, ObjectId, Operation, Shape,
    State, Touch, Trace, Value, Would,
};

use crate::shared::{Ask, Live, Shared, Wanted};

/// A call that needs room for its frame.
const CALL: Act = Act(0);
/// All calls have returned.
const RETURN: Act = Act(1);

const ROOM: Aspect = Aspect(0);

/// What a goroutine begins with, in bytes.
pub const FIRST_BYTES: u64 = 2048;

/// What Go allows on a machine of 64 bits when nobody has called `SetMaxStack`, in bytes.
pub const MAX_BYTES: u32 = 1_000_000_000;

/// A stack of one goroutine's own.
pub struct Stack {
    shared: Shared<Room>,
}

/// How large it is, and how much of it is in use.
#[derive(Clone, Copy)]
pub struct Room {
    state: StackState,
}

/// A stack at some position.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StackState {
    /// Its size in bytes: 2 KiB, doubled so and so often.
    pub size: u64,
    /// Bytes that frames take.
    pub used: u64,
    /// Calls that have not returned.
    pub calls: u32,
    /// The largest size that it may have, in bytes.
    pub max: u64,
}

impl StackState {
    fn new(max: u32) -> Self {
        Self { size: FIRST_BYTES, used: 0, calls: 0, max: max.into() }
    }

    fn emptied(self) -> Self {
        Self { used: 0, calls: 0, ..self }
    }

    /// The same with one more frame; `size` is as large as it has to be then.
    fn with_frame(self, bytes: u64) -> Self {
        let used = self.used.saturating_add(bytes);
        let mut size = self.size;
        while size < used {
            size = size.saturating_mul(2);
        }
        Self { size, used, calls: self.calls.saturating_add(1), ..self }
    }
}

impl Stack {
    /// A new goroutine's stack, which may take up to `max` bytes: `debug.SetMaxStack(max)`.
    #[must_use]
    pub fn new(go: &Go, name: impl Into<Cow<'static, str>>, max: u32) -> Self {
        let declaration = Declaration { kind: &StackKind, name: name.into(), size: max, initial: None };
        Self { shared: Shared::new(go, declaration, Room { state: StackState::new(max) }) }
    }

    /// A call whose frame takes so many bytes. The stack that would have to be larger than its limit ends the program
    /// with Go's fatal error.
    #[track_caller]
    pub fn call(&self, frame_bytes: u32) -> Operation<Ask<Room, ()>> {
        let value = self.shared.runtime().pack(Value::Int(frame_bytes.into()));
        self.shared.ask(Wanted { act: CALL, gate: None, value, slot: () }, |()| ())
    }

    /// All calls return. The stack stays as large as it is.
    #[track_caller]
    pub fn return_all(&self) -> Operation<Ask<Room, ()>> {
        self.shared.ask(Wanted { act: RETURN, gate: None, value: Packed::NONE, slot: () }, |()| ())
    }
}

impl Live for Room {
    type Slot = ();

    fn commit(&mut self, deed: &Deed, (): &mut (), commit: &mut Commit<'_>) {
        if deed.act == RETURN {
            self.state = self.state.emptied();
            commit.record(deed, Packed::NONE, Met::NOBODY, Flags::NONE);
            return;
        }
        let larger = self.state.with_frame(frame(commit.value(deed.value)));
        if larger.size > larger.max {
            commit.record(deed, deed.value, Met::NOBODY, Flags::FAILED);
            commit.fatal(deed, "stack overflow");
            return;
        }
        let grows = Flags::SPECIAL.when(larger.size > self.state.size);
        self.state = larger;
        commit.record(deed, deed.value, Met::NOBODY, grows);
    }
}

fn frame(value: Option<Value>) -> u64 {
    let Some(Value::Int(bytes)) = value else { unreachable!("a call says what it needs") };
    u64::try_from(bytes).expect("a frame is no debt")
}

struct StackKind;

impl Kind for StackKind {
    fn name(&self) -> &'static str {
        "stack"
    }

    fn act_name(&self, act: Act) -> &'static str {
        if act == CALL { "call" } else { "return" }
    }

    fn start(&self, object: &ObjectInfo) -> Box<dyn State> {
        Box::new(StackState::new(object.size))
    }

    fn apply(&self, state: &mut dyn State, event: &Event, trace: &Trace) {
        let state: &mut StackState = state.of_mut();
        *state = match event.act {
            RETURN => state.emptied(),
            _ if event.flags.has(Flags::FAILED) => *state,
            _ => state.with_frame(frame(trace.value(event.value))),
        };
    }

    fn footprint(&self, _: &dyn State, event: &Event, _: &Trace, out: &mut Vec<Touch>) {
        out.push(Touch { object: event.object, aspect: ROOM, index: 0, access: Access::Write });
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("a stack is no case of a select");
    }

    fn would(&self, act: Act, value: Option<Value>, state: &dyn State) -> Would {
        if act == RETURN {
            return Would::GO;
        }
        let state: StackState = *state.of();
        let larger = state.with_frame(frame(value));
        let fatal = larger.size > larger.max;
        let flags = if fatal { Flags::FAILED } else { Flags::SPECIAL.when(larger.size > state.size) };
        Would::Go { flags, fatal }
    }

    fn footprint_needs_state(&self) -> bool {
        false
    }

    fn happened(&self, state: &dyn State, event: &Event) -> Words {
        let StackState { size, max, .. } = *state.of();
        match event.act {
            RETURN => Words::fixed(
                "{who} returns from all calls; {object} stays as large",
                "{who} 从所有调用返回；{object} 大小不变",
            ),
            _ if event.flags.has(Flags::FAILED) => Words::made(
                format!("{{who}} needs more of {{object}}: goroutine stack exceeds {max}-byte limit"),
                format!("{{who}} 需要更大的 {{object}}：goroutine stack exceeds {max}-byte limit"),
            ),
            _ if event.flags.has(Flags::SPECIAL) => Words::made(
                format!("{{who}} calls, and {{object}} is copied from {} into a larger one", bytes(size)),
                format!("{{who}} 调用函数，{{object}} 从 {} 复制到更大的栈", bytes(size)),
            ),
            _ => Words::fixed("{who} calls, and there is room in {object}", "{who} 调用函数，{object} 还有空位"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            CALL => Words::fixed("call, with {value} bytes of {object}", "调用函数，需要 {object} 的 {value} 字节"),
            _ => Words::fixed("return from all calls", "从所有调用返回"),
        }
    }

    fn hindrance(&self, _: Act, _: &dyn State) -> Words {
        unreachable!("nobody waits for a stack")
    }

    fn inside(&self, state: &dyn State) -> (Words, Option<GoroutineId>) {
        let StackState { size, used, calls, .. } = *state.of();
        let words = Words::made(
            format!("{}, of which {calls} calls take {}", bytes(size), bytes(used)),
            format!("{}，其中 {calls} 次调用占 {}", bytes(size), bytes(used)),
        );
        (words, None)
    }

    fn shape(&self, act: Act) -> Shape {
        if act == CALL { Shape::Write } else { Shape::Release }
    }
}

/// `2 KiB`, `512 MiB`, or plain bytes where neither is whole.
fn bytes(count: u64) -> String {
    const UNITS: [(u64, &str); 2] = [(1 << 20, "MiB"), (1 << 10, "KiB")];
    let whole = UNITS.into_iter().find(|(unit, _)| count > 0 && count.is_multiple_of(*unit));
    whole.map_or_else(|| format!("{count} B"), |(unit, name)| format!("{} {name}", count / unit))
}
