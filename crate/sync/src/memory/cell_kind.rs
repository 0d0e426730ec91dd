//! Words of memory as a trace shows them: state from events, as that of variables, footprints, words.

use chanscope_kernel::trace::{Flags, ObjectInfo};
use chanscope_kernel::words::Words;
use chanscope_kernel::{Access, Act, Aspect, Event, Kind, ObjectId, Shape, State, Touch, Trace};

use crate::VariableState;

pub(super) const LOAD: Act = Act(0);
/// A value comes into memory: stored at once, or out of a buffer.
pub(super) const STORE: Act = Act(1);
/// Read and written in one.
pub(super) const SWAP: Act = Act(2);

const MEMORY: Aspect = Aspect(0);
/// What was exchanged carries what came before.
const EXCHANGED: Aspect = Aspect(1);
/// Whether a goroutine's own buffer has a store of the word, by goroutine.
const OWN: Aspect = Aspect(2);

/// The declared half of words.
pub(super) struct CellKind {
    buffered: bool,
}

/// Plain memory, in which races are found.
pub(super) const PLAIN: &CellKind = &CellKind { buffered: false };
/// What is written through buffers.
pub(super) const BUFFERED: &CellKind = &CellKind { buffered: true };

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
        Box::new(VariableState { value: object.initial.clone(), writer: None })
    }

    fn apply(&self, state: &mut dyn State, event: &Event, trace: &Trace) {
        if event.act != LOAD {
            *state.of_mut() = VariableState { value: trace.value(event.value), writer: Some(event.goroutine) };
        }
    }

    fn footprint(&self, _: &dyn State, event: &Event, trace: &Trace, out: &mut Vec<Touch>) {
        let plain = !self.buffered;
        let mut touch = |aspect, index, access| out.push(Touch { object: event.object, aspect, index, access });
        match event.act {
            LOAD if plain => touch(MEMORY, 0, Access::PlainRead),
            // What others bring to memory is nothing to a load that its own buffer answers.
            LOAD if event.flags.has(Flags::SPECIAL) => touch(OWN, event.goroutine.0, Access::Read),
            LOAD => touch(MEMORY, 0, Access::Read),
            STORE if plain => touch(MEMORY, 0, Access::PlainWrite),
            STORE => {
                touch(MEMORY, 0, Access::Write);
                // A buffer is drained by a goroutine that its owner has started.
                let owner = trace.goroutine(event.goroutine).parent.expect("main has no buffer to drain");
                touch(OWN, owner.0, Access::Write);
            }
            _ => {
                touch(MEMORY, 0, Access::Write);
                touch(EXCHANGED, 0, Access::Acquire);
                touch(EXCHANGED, 0, Access::Release);
            }
        }
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("memory is no case of a select");
    }

    fn steady(&self, act: Act) -> bool {
        // A load touches one thing or the other, as its own buffer answers it or not.
        act != SWAP && !(act == LOAD && self.buffered)
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        match event.act {
            LOAD if event.flags.has(Flags::SPECIAL) => Words::fixed(
                "{who} reads {value} from {object}, out of its own buffer",
                "{who} 从自己的缓冲读到 {object} = {value}",
            ),
            LOAD => Words::fixed("{who} reads {value} from {object}", "{who} 读取 {object}，得到 {value}"),
            STORE => {
                Words::fixed("{who} writes {value} to {object} in memory", "{who} 把 {value} 写入内存中的 {object}")
            }
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

    fn shape(&self, act: Act) -> Shape {
        if act == LOAD { Shape::Read } else { Shape::Write }
    }
}
