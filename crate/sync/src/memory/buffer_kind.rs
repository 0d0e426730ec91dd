//! Store buffers as a trace shows them: state from events, footprints, words.

use std::collections::VecDeque;

use chanscope_kernel::trace::{ObjectInfo, Packed};
use chanscope_kernel::words::Words;
use chanscope_kernel::{Access, Act, Aspect, Event, Kind, ObjectId, Shape, State, Touch, Trace};

/// Something is put in.
pub(super) const STORE: Act = Act(0);
/// The oldest has reached memory.
pub(super) const DRAIN: Act = Act(1);
/// The owner waits until nothing is left.
pub(super) const FENCE: Act = Act(2);
/// The oldest that has not been taken is taken, to be written next.
pub(super) const TAKE: Act = Act(3);

/// What was put in enables its being taken, by number.
const ENTRY: Aspect = Aspect(0);
/// Every drain enables the fence.
const EMPTY: Aspect = Aspect(1);

/// A store buffer at some position.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BufferState {
    /// What is in it, oldest first, such as `x = 1`.
    pub stores: VecDeque<Packed>,
    put: u32,
    taken: u32,
    drained: u32,
}

impl BufferState {
    /// How many of them, the oldest, are being written to memory.
    #[must_use]
    pub fn on_their_way(&self) -> u32 {
        self.taken - self.drained
    }
}

/// The declared half of store buffers.
pub(super) struct BufferKind;

impl Kind for BufferKind {
    fn name(&self) -> &'static str {
        "store buffer"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            STORE => "buffer",
            DRAIN => "drain",
            TAKE => "take",
            FENCE => "fence",
            Act(other) => unreachable!("a store buffer has no act {other}"),
        }
    }

    fn start(&self, _: &ObjectInfo) -> Box<dyn State> {
        Box::new(BufferState::default())
    }

    fn apply(&self, state: &mut dyn State, event: &Event, _: &Trace) {
        let state: &mut BufferState = state.of_mut();
        match event.act {
            STORE => {
                state.stores.push_back(event.value);
                state.put += 1;
            }
            DRAIN => {
                state.stores.pop_front();
                state.drained += 1;
            }
            TAKE => state.taken += 1,
            _ => {}
        }
    }

    fn footprint(&self, state: &dyn State, event: &Event, _: &Trace, out: &mut Vec<Touch>) {
        let BufferState { put, taken, .. } = state.of();
        let mut touch = |aspect, index, access| out.push(Touch { object: event.object, aspect, index, access });
        match event.act {
            STORE => touch(ENTRY, *put, Access::Enable),
            TAKE => touch(ENTRY, *taken, Access::Await),
            DRAIN => touch(EMPTY, 0, Access::Enable),
            _ => touch(EMPTY, 0, Access::Await),
        }
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("a store buffer is no case of a select");
    }

    fn steady(&self, act: Act) -> bool {
        act == STORE
    }

    fn waits_in_background(&self, act: Act) -> bool {
        act == TAKE
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        match event.act {
            STORE => Words::fixed("{who} stores {text} into its buffer", "{who} 把 {text} 存进自己的缓冲"),
            DRAIN => Words::fixed("{who} has written its oldest store to memory", "{who} 已把最早的一项写入内存"),
            TAKE => Words::fixed("{who} begins to write its oldest store to memory", "{who} 开始把最早的一项写往内存"),
            _ => Words::fixed("{who} passes a fence: {object} is empty", "{who} 通过内存屏障：{object} 已空"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            STORE => Words::fixed("store {text} into its buffer", "把 {text} 存进自己的缓冲"),
            TAKE | DRAIN => Words::fixed("write its oldest store to memory", "把最早的一项写往内存"),
            _ => Words::fixed("pass a fence", "通过内存屏障"),
        }
    }

    fn hindrance(&self, act: Act, state: &dyn State) -> Words {
        let BufferState { stores, .. } = state.of();
        if act == TAKE {
            return Words::fixed("it waits for a store", "等待存入");
        }
        let left = stores.len();
        Words::made(format!("{left} of its stores not in memory yet"), format!("还有 {left} 项未进入内存"))
    }

    fn shape(&self, act: Act) -> Shape {
        match act {
            STORE => Shape::Write,
            DRAIN | TAKE => Shape::Tick,
            _ => Shape::Acquire,
        }
    }
}
