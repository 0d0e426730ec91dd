//! Atomic values as a trace shows them: state from events, footprints, words.

use chanscope_kernel::trace::{Flags, ObjectInfo};
use chanscope_kernel::words::Words;
use chanscope_kernel::{
    Access, Act, Aspect, Event, GoroutineId, Kind, ObjectId, Shape, State, Touch, Trace, Value, Would,
};

use super::word::Number;

pub(super) const LOAD: Act = Act(0);
pub(super) const STORE: Act = Act(1);
pub(super) const SWAP: Act = Act(2);
pub(super) const COMPARE_AND_SWAP: Act = Act(3);
/// An add that nobody is told the result of.
pub(super) const ADD: Act = Act(4);
pub(super) const ADD_AND_LOAD: Act = Act(5);

/// What is in it.
const VALUE: Aspect = Aspect(0);
/// Whoever sees what is in it comes after whoever put it there.
const SEEN: Aspect = Aspect(1);

/// An atomic value at some position.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AtomicState {
    /// What is in it.
    pub value: Option<Value>,
    /// Who changed it last, where somebody has.
    pub writer: Option<GoroutineId>,
    /// How it adds up.
    number: Number,
}

/// Whether two values are the same, where that can be told: pointers to equal values can be different ones.
fn are_same(one: &Value, other: &Value) -> Option<bool> {
    let is_plain = |value: &Value| matches!(value, Value::Int(_) | Value::Bool(_));
    (is_plain(one) && is_plain(other)).then(|| one == other)
}

pub(super) struct AtomicKind;

impl Kind for AtomicKind {
    fn name(&self) -> &'static str {
        "atomic"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            LOAD => "load",
            STORE => "store",
            SWAP => "swap",
            COMPARE_AND_SWAP => "cas",
            ADD => "add",
            ADD_AND_LOAD => "addload",
            Act(other) => unreachable!("an atomic has no act {other}"),
        }
    }

    fn start(&self, object: &ObjectInfo) -> Box<dyn State> {
        let number = Number::of(object.size);
        Box::new(AtomicState { value: object.initial.clone(), writer: None, number })
    }

    fn apply(&self, state: &mut dyn State, event: &Event, trace: &Trace) {
        let state: &mut AtomicState = state.of_mut();
        if event.act == LOAD || event.flags.has(Flags::SPECIAL) {
            return;
        }
        let value = trace.value(event.value);
        state.value = match (&state.value, value) {
            (Some(Value::Int(before)), Some(Value::Int(delta))) if event.act == ADD => {
                Some(Value::Int(state.number.sum(*before, delta)))
            }
            (_, value) => value,
        };
        state.writer = Some(event.goroutine);
    }

    fn footprint(&self, _: &dyn State, event: &Event, _: &Trace, out: &mut Vec<Touch>) {
        let mut touch = |aspect, access| out.push(Touch { object: event.object, aspect, index: 0, access });
        let changes = event.act != LOAD && !event.flags.has(Flags::SPECIAL);
        touch(
            VALUE,
            match event.act {
                ADD => Access::Add,
                _ if changes => Access::Write,
                _ => Access::Read,
            },
        );
        // Only a store does not look at what it replaces.
        if event.act != STORE {
            touch(SEEN, Access::Acquire);
        }
        if changes {
            touch(SEEN, Access::Release);
        }
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("an atomic is no case of a select");
    }

    fn steady(&self, act: Act) -> bool {
        act != COMPARE_AND_SWAP
    }

    fn would(&self, act: Act, value: Option<Value>, state: &dyn State) -> Would {
        if act != COMPARE_AND_SWAP {
            return Would::GO;
        }
        let AtomicState { value: held, .. } = state.of();
        match value.as_ref().zip(held.as_ref()).and_then(|(expected, held)| are_same(expected, held)) {
            Some(went) => Would::Go { flags: Flags::SPECIAL.when(!went), fatal: false },
            None => Would::Undeclared,
        }
    }

    fn footprint_needs_state(&self) -> bool {
        false
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        match event.act {
            LOAD => Words::fixed("{who} loads {value} from {object}", "{who} 原子读取 {object}，得到 {value}"),
            STORE => Words::fixed("{who} stores {value} in {object}", "{who} 把 {value} 原子写入 {object}"),
            SWAP => Words::fixed(
                "{who} swaps {value} into {object}, and has what was there",
                "{who} 把 {value} 换入 {object}，取得原值",
            ),
            COMPARE_AND_SWAP if event.flags.has(Flags::SPECIAL) => Words::fixed(
                "{who} finds {value} in {object}, which is not what it expected, and leaves it",
                "{who} 发现 {object} 是 {value}，与预期不符，不作修改",
            ),
            COMPARE_AND_SWAP => Words::fixed(
                "{who} finds in {object} what it expected, and stores {value}",
                "{who} 发现 {object} 与预期相符，写入 {value}",
            ),
            ADD => Words::fixed("{who} adds {value} to {object}", "{who} 给 {object} 原子加 {value}"),
            _ => Words::fixed(
                "{who} adds to {object}, and is told the result, {value}",
                "{who} 原子增加 {object}，得到结果 {value}",
            ),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            LOAD => Words::fixed("load {object}", "原子读取 {object}"),
            STORE => Words::fixed("store {value} in {object}", "把 {value} 原子写入 {object}"),
            SWAP => Words::fixed("swap {value} into {object}", "把 {value} 换入 {object}"),
            COMPARE_AND_SWAP => Words::fixed("compare and swap {object}", "比较并交换 {object}"),
            _ => Words::fixed("add to {object}", "原子增加 {object}"),
        }
    }

    fn hindrance(&self, _: Act, _: &dyn State) -> Words {
        unreachable!("nobody waits for an atomic")
    }

    fn shape(&self, act: Act) -> Shape {
        if act == LOAD { Shape::Read } else { Shape::Write }
    }
}
