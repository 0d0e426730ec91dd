//! Channels as a trace shows them: state from events, footprints, words.

use std::collections::VecDeque;

use chanscope_kernel::trace::{Flags, ObjectInfo, Packed};
use chanscope_kernel::words::Words;
use chanscope_kernel::{Access, Act, Aspect, Event, Kind, ObjectId, Shape, State, Touch, Trace, Value, Would};

pub(crate) const SEND: Act = Act(0);
pub(crate) const RECV: Act = Act(1);
pub(crate) const CLOSE: Act = Act(2);
pub(crate) const LEN: Act = Act(3);

/// The end at which values go in. Sends and closes are ordered by it.
const IN: Aspect = Aspect(0);
/// The end at which values come out.
const OUT: Aspect = Aspect(1);
/// Whether it is closed.
const CLOSED: Aspect = Aspect(2);
/// The items, by slot: the k-th send enables the k-th receive.
const ITEM: Aspect = Aspect(3);
/// The room, by slot: the k-th receive enables the (k+C)-th send.
const ROOM: Aspect = Aspect(4);
/// Go's race detector treats a close as a write and a send as a read of the channel.
const USE: Aspect = Aspect(5);

/// A channel at some position.
#[derive(PartialEq, Eq, Debug)]
pub struct ChannelState {
    /// Capacity in items.
    pub capacity: u32,
    /// What is in the buffer, oldest first.
    pub buffer: VecDeque<Packed>,
    /// Whether it is closed.
    pub closed: bool,
    /// Values that went in so far.
    pub sent: u32,
    /// Values that came out so far.
    pub received: u32,
}

impl Clone for ChannelState {
    fn clone(&self) -> Self {
        Self { buffer: self.buffer.clone(), ..*self }
    }

    // A search copies more of them than anybody counts, in the memory of others.
    fn clone_from(&mut self, other: &Self) {
        let Self { capacity, buffer, closed, sent, received } = self;
        (*capacity, *closed, *sent, *received) = (other.capacity, other.closed, other.sent, other.received);
        buffer.clone_from(&other.buffer);
    }
}

/// The declared half of channels.
pub(crate) struct ChannelKind;

impl Kind for ChannelKind {
    fn name(&self) -> &'static str {
        "channel"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            SEND => "send",
            RECV => "recv",
            CLOSE => "close",
            LEN => "len",
            Act(other) => unreachable!("a channel has no act {other}"),
        }
    }

    fn start(&self, object: &ObjectInfo) -> Box<dyn State> {
        let capacity = object.size;
        Box::new(ChannelState { capacity, buffer: VecDeque::new(), closed: false, sent: 0, received: 0 })
    }

    fn apply(&self, state: &mut dyn State, event: &Event, _: &Trace) {
        let state: &mut ChannelState = state.of_mut();
        if event.flags.has(Flags::FAILED) {
            return;
        }
        match event.act {
            SEND => {
                state.sent += 1;
                if event.partner.is_none() {
                    state.buffer.push_back(event.value);
                }
            }
            RECV if event.flags.has(Flags::SPECIAL) => {}
            RECV => {
                state.received += 1;
                if event.partner.is_none() {
                    state.buffer.pop_front();
                }
            }
            CLOSE => state.closed = true,
            _ => {}
        }
    }

    fn footprint(&self, state: &dyn State, event: &Event, _: &Trace, out: &mut Vec<Touch>) {
        let state: &ChannelState = state.of();
        let mut touch = |aspect, access, index| out.push(Touch { object: event.object, aspect, index, access });
        let failed = event.flags.has(Flags::FAILED);
        // In a rendezvous the two order each other; no slot is involved.
        let slot = |count: u32| (event.partner.is_none() && state.capacity > 0).then(|| count % state.capacity);
        match event.act {
            SEND => {
                touch(USE, Access::PlainRead, 0);
                if failed {
                    touch(CLOSED, Access::Read, 0);
                    return;
                }
                touch(IN, Access::Write, 0);
                if let Some(slot) = slot(state.sent) {
                    touch(ROOM, Access::Await, slot);
                    touch(ITEM, Access::Enable, slot);
                }
                if event.flags.has(Flags::ATTEMPT) {
                    touch(OUT, Access::Read, 0);
                }
            }
            RECV if event.flags.has(Flags::SPECIAL) => {
                touch(OUT, Access::Read, 0);
                touch(CLOSED, Access::Read, 0);
                touch(CLOSED, Access::Await, 0);
            }
            RECV => {
                touch(OUT, Access::Write, 0);
                if let Some(slot) = slot(state.received) {
                    touch(ITEM, Access::Await, slot);
                    touch(ROOM, Access::Enable, slot);
                }
                if event.flags.has(Flags::ATTEMPT) {
                    touch(IN, Access::Read, 0);
                }
            }
            LEN => {
                // An unbuffered channel has nothing in it, whatever happens.
                if state.capacity > 0 {
                    touch(IN, Access::Read, 0);
                    touch(OUT, Access::Read, 0);
                }
            }
            _ => {
                if failed {
                    // Go panics before it would tell its race detector of a write.
                    touch(CLOSED, Access::Read, 0);
                    return;
                }
                touch(IN, Access::Write, 0);
                touch(CLOSED, Access::Write, 0);
                touch(USE, Access::PlainWrite, 0);
                touch(CLOSED, Access::Enable, 0);
            }
        }
    }

    fn steady(&self, act: Act) -> bool {
        act == LEN
    }

    fn observed(&self, _: Act, object: ObjectId, out: &mut Vec<Touch>) {
        // That there was nothing to be done depends on what has come and gone at both ends.
        for aspect in [IN, OUT, CLOSED] {
            out.push(Touch { object, aspect, index: 0, access: Access::Read });
        }
    }

    fn would(&self, act: Act, _: Option<Value>, state: &dyn State) -> Would {
        let ChannelState { capacity, buffer, closed, .. } = state.of();
        let failed = Would::Go { flags: Flags::FAILED.when(*closed), fatal: false };
        match act {
            LEN => Would::GO,
            CLOSE => failed,
            SEND if *closed => failed,
            RECV if *closed => Would::Go { flags: Flags::SPECIAL.when(buffer.is_empty()), fatal: false },
            SEND if *capacity == 0 => Would::Meet(RECV),
            RECV if *capacity == 0 => Would::Meet(SEND),
            SEND => Would::go_if(buffer.len() < *capacity as usize),
            _ => Would::go_if(!buffer.is_empty()),
        }
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        let met = event.partner.is_some();
        match (event.act, event.flags.has(Flags::FAILED)) {
            (SEND, true) => Words::fixed(
                "{who} sends {value} on {object}, which is closed: panic",
                "{who} 向已关闭的 {object} 发送 {value}：panic",
            ),
            (SEND, false) if met => Words::fixed(
                "{who} wakes: {partner} has {value} from {object}",
                "{who} 被唤醒：{partner} 已从 {object} 收到 {value}",
            ),
            (SEND, false) => Words::fixed("{who} sends {value} on {object}", "{who} 向 {object} 发送 {value}"),
            (RECV, _) if event.flags.has(Flags::SPECIAL) => Words::fixed(
                "{who} receives from {object}: it is closed and empty",
                "{who} 从 {object} 接收：它已关闭且为空",
            ),
            (RECV, _) if met => Words::fixed(
                "{who} receives {value} from {partner} over {object}",
                "{who} 经 {object} 从 {partner} 收到 {value}",
            ),
            (RECV, _) => Words::fixed("{who} receives {value} from {object}", "{who} 从 {object} 收到 {value}"),
            (LEN, _) => {
                Words::fixed("{who} counts what is in {object}: {value}", "{who} 数出 {object} 中有 {value} 项")
            }
            (_, true) => {
                Words::fixed("{who} closes {object}, which is closed already: panic", "{who} 再次关闭 {object}：panic")
            }
            (_, false) => Words::fixed("{who} closes {object}", "{who} 关闭 {object}"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            SEND => Words::fixed("send {value} on {object}", "向 {object} 发送 {value}"),
            RECV => Words::fixed("receive from {object}", "从 {object} 接收"),
            LEN => Words::fixed("count what is in {object}", "数 {object} 中有几项"),
            _ => Words::fixed("close {object}", "关闭 {object}"),
        }
    }

    fn hindrance(&self, act: Act, state: &dyn State) -> Words {
        let ChannelState { capacity, buffer, closed, .. } = state.of();
        let (length, capacity) = (buffer.len(), *capacity);
        match act {
            _ if *closed => Words::fixed("it is closed now", "它现在已关闭"),
            SEND if capacity == 0 => Words::fixed("nobody is receiving", "没有接收者"),
            SEND if length < capacity as usize => Words::made(
                format!("there is room now, {length}\u{a0}of\u{a0}{capacity}"),
                format!("现在有空位，{length}/{capacity}"),
            ),
            SEND => Words::made(
                format!("the buffer is full, {length}\u{a0}of\u{a0}{capacity}"),
                format!("缓冲区已满，{length}/{capacity}"),
            ),
            _ if capacity == 0 => Words::fixed("nobody is sending", "没有发送者"),
            _ if length > 0 => Words::fixed("there is a value now", "现在有值了"),
            _ => Words::fixed("it is empty", "它是空的"),
        }
    }

    fn shape(&self, act: Act) -> Shape {
        match act {
            SEND => Shape::Send,
            RECV => Shape::Receive,
            LEN => Shape::Read,
            _ => Shape::Close,
        }
    }
}

/// The declared half of nil channels: nothing goes through, so nothing is touched.
pub(super) struct NilKind;

/// A nil channel at any position: nothing ever happens to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NilChannelState;

impl NilChannelState {
    /// What a look at it finds: room for nothing, and nothing in it.
    pub const AS_IF_MADE: ChannelState =
        ChannelState { capacity: 0, buffer: VecDeque::new(), closed: false, sent: 0, received: 0 };
}

impl Kind for NilKind {
    fn name(&self) -> &'static str {
        "nil channel"
    }

    fn act_name(&self, act: Act) -> &'static str {
        ChannelKind.act_name(act)
    }

    fn start(&self, _: &ObjectInfo) -> Box<dyn State> {
        Box::new(NilChannelState)
    }

    fn apply(&self, _: &mut dyn State, _: &Event, _: &Trace) {}

    fn footprint(&self, _: &dyn State, _: &Event, _: &Trace, _: &mut Vec<Touch>) {}

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {}

    fn steady(&self, act: Act) -> bool {
        matches!(act, CLOSE | LEN)
    }

    fn would(&self, act: Act, _: Option<Value>, _: &dyn State) -> Would {
        match act {
            SEND | RECV => Would::Wait,
            _ => Would::Go { flags: Flags::FAILED.when(act == CLOSE), fatal: false },
        }
    }

    fn footprint_needs_state(&self) -> bool {
        false
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        match event.act {
            LEN => Words::fixed(
                "{who} counts what is in {object}, which is nil: {value}",
                "{object} 为 nil，{who} 数得 {value}",
            ),
            _ => Words::fixed("{who} closes {object}, which is nil: panic", "{who} 关闭为 nil 的 {object}：panic"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        ChannelKind.intends(act)
    }

    fn hindrance(&self, _: Act, _: &dyn State) -> Words {
        Words::fixed("it is nil, so that nobody ever comes", "它是 nil，永远等不到对方")
    }

    fn shape(&self, act: Act) -> Shape {
        ChannelKind.shape(act)
    }
}
