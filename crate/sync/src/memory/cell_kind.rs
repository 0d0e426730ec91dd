//! Words of memory as a trace shows them: state from events, footprints, words.

use chanscope_kernel::trace::{Flags, ObjectInfo};
use chanscope_kernel::words::Words;
use chanscope_kernel::{Access, Act, Aspect, Event, GoroutineId, Kind, ObjectId, Shape, State, Touch, Trace, Value};

pub(super) const LOAD: Act = Act(0);
/// A value comes into memory: stored at once, or out of a buffer.
pub(super) const STORE: Act = Act(1);
/// Read and written in one.
pub(super) const SWAP: Act = Act(2);

/// [`ObjectInfo::size`] of words without buffers: plain memory, in which races are found.
pub(super) const PLAIN: u32 = 0;
/// The same of words that are written through buffers.
pub(super) const ORDERED: u32 = 1;

const MEMORY: Aspect = Aspect(0);
/// What was exchanged carries what came before.
const EXCHANGED: Aspect = Aspect(1);

/// A word at some position.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CellState {
    /// What is in memory.
    pub value: Option<Value>,
    /// Who wrote it last.
    pub writer: Option<GoroutineId>,
}

/// The declared half of words.
pub(super) struct CellKind;

impl Kind for CellKind {
    fn name(&self) -> &'static str {
        "word"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            LOAD => "load",
            STORE => "store",
            SWAP => "swap",
            Act(other) => unreachable!("a word has no act {other}"),
        }
    }

    fn start(&self, object: &ObjectInfo) -> Box<dyn State> {
        Box::new(CellState { value: object.initial.clone(), writer: None })
    }

    fn apply(&self, state: &mut dyn State, event: &Event, trace: &Trace) {
        if event.act != LOAD {
            *state.of_mut() = CellState { value: trace.value(event.value), writer: Some(event.goroutine) };
        }
    }

    fn footprint(&self, _: &dyn State, event: &Event, trace: &Trace, out: &mut Vec<Touch>) {
        let plain = trace.object(event.object).size == PLAIN;
        let mut touch = |aspect, access| out.push(Touch { object: event.object, aspect, index: 0, access });
        match event.act {
            // A load that its own buffer answers depends on memory all the same: a little later it would not.
            LOAD => touch(MEMORY, if plain { Access::PlainRead } else { Access::Read }),
            STORE => touch(MEMORY, if plain { Access::PlainWrite } else { Access::Write }),
            _ => {
                touch(MEMORY, Access::Write);
                touch(EXCHANGED, Access::Acquire);
                touch(EXCHANGED, Access::Release);
            }
        }
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("memory is no case of a select");
    }

    fn steady(&self, act: Act) -> bool {
        act != SWAP
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        match event.act {
            LOAD if event.flags.has(Flags::SPECIAL) => Words::fixed(
                "{who} reads {value} from {object}, out of its own buffer",
                "{who} 从自己的缓冲读到 {object} = {value}",
            ),
            LOAD => Words::fixed("{who} reads {value} from {object}", "{who} 读取 {object}，得到 {value}"),
            STORE => Words::fixed("{object} becomes {value} in memory", "内存中 {object} 变为 {value}"),
            _ => Words::fixed("{who} exchanges {object} for {value}", "{who} 把 {object} 交换为 {value}"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            LOAD => Words::fixed("read {object}", "读取 {object}"),
            STORE => Words::fixed("write {value} to {object}", "把 {value} 写入 {object}"),
            _ => Words::fixed("exchange {object} for {value}", "把 {object} 交换为 {value}"),
        }
    }

    fn hindrance(&self, _: Act, _: &dyn State) -> Words {
        Words::fixed("some of its stores are not in memory yet", "它的一些写还没有进入内存")
    }

    fn inside(&self, state: &dyn State) -> (Words, Option<GoroutineId>) {
        let CellState { value, writer } = state.of();
        let value = value.as_ref().map(Value::printed).unwrap_or_default();
        match writer {
            Some(_) => (Words::made(format!("{value}, by {{who}}"), format!("{value}，来自 {{who}}")), *writer),
            None => (Words::made(value.clone(), value), None),
        }
    }

    fn shape(&self, act: Act) -> Shape {
        if act == LOAD { Shape::Read } else { Shape::Write }
    }
}
