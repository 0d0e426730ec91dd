//! Conditions as a trace shows them: state from events, footprints, words.

use chanscope_kernel::trace::{Flags, ObjectInfo};
use chanscope_kernel::words::Words;
use chanscope_kernel::{
    Access, Act, Aspect, Event, GoroutineId, Kind, ObjectId, Shape, State, Touch, Trace, Value, Would,
};

/// Somebody gets in line.
pub(super) const ENLIST: Act = Act(0);
pub(super) const WAKE: Act = Act(1);
pub(super) const SIGNAL: Act = Act(2);
pub(super) const BROADCAST: Act = Act(3);

/// Who is in line, as signals and broadcasts see it. The order in which they came shows nowhere.
const LINE: Aspect = Aspect(0);
/// Signals that are left to wake by.
const LEFT: Aspect = Aspect(1);
/// That it was signalled, by the number of the signal: it enables whoever wakes by it.
const SENT: Aspect = Aspect(2);

/// A condition at some position.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CondState {
    /// Those in line whom nothing has woken.
    pub asleep: u32,
    /// Those in line who will wake, or as many of them.
    pub woken: u32,
    /// Signals and broadcasts so far.
    sent: u32,
}

pub(super) struct CondKind;

impl Kind for CondKind {
    fn name(&self) -> &'static str {
        "cond"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            ENLIST => "enlist",
            WAKE => "wake",
            SIGNAL => "signal",
            BROADCAST => "broadcast",
            Act(other) => unreachable!("a Cond has no act {other}"),
        }
    }

    fn start(&self, _: &ObjectInfo) -> Box<dyn State> {
        Box::new(CondState::default())
    }

    fn apply(&self, state: &mut dyn State, event: &Event, _: &Trace) {
        let state: &mut CondState = state.of_mut();
        let wakes = match event.act {
            ENLIST => {
                state.asleep += 1;
                return;
            }
            WAKE => {
                state.woken -= 1;
                return;
            }
            SIGNAL => state.asleep.min(1),
            _ => state.asleep,
        };
        state.asleep -= wakes;
        state.woken += wakes;
        state.sent += 1;
    }

    fn footprint(&self, state: &dyn State, event: &Event, trace: &Trace, out: &mut Vec<Touch>) {
        let CondState { sent, .. } = *state.of();
        let mut touch = |aspect, index, access| out.push(Touch { object: event.object, aspect, index, access });
        match event.act {
            ENLIST => touch(LINE, 0, Access::Add),
            WAKE => {
                let Some(Value::Int(by)) = trace.value(event.value) else { unreachable!("it is woken by something") };
                // A broadcast leaves nothing to quarrel over.
                if !event.flags.has(Flags::SPECIAL) {
                    touch(LEFT, 0, Access::Write);
                }
                touch(SENT, u32::try_from(by).expect("it is a count"), Access::Await);
            }
            SIGNAL => {
                // With several signals under way it shows who was woken by which.
                touch(LINE, 0, Access::Write);
                touch(SENT, sent, Access::Enable);
            }
            _ => {
                touch(LINE, 0, Access::Write);
                touch(LEFT, 0, Access::Write);
                touch(SENT, sent, Access::Enable);
            }
        }
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("a Cond is no case of a select");
    }

    fn steady(&self, act: Act) -> bool {
        act == ENLIST
    }

    fn would(&self, act: Act, _: Option<Value>, _: &dyn State) -> Would {
        // Who wakes by which signal, only those in line know.
        if act == WAKE { Would::Undeclared } else { Would::GO }
    }

    fn happened(&self, state: &dyn State, event: &Event) -> Words {
        let CondState { asleep, .. } = state.of();
        match event.act {
            ENLIST => Words::fixed("{who} gets in line at {object}", "{who} 排到 {object} 的等待队列"),
            WAKE if event.flags.has(Flags::SPECIAL) => {
                Words::fixed("{who} wakes: {object} was broadcast", "{object} 已广播，{who} 醒来")
            }
            WAKE => Words::fixed("{who} wakes: {object} was signalled", "{object} 已发信号，{who} 醒来"),
            SIGNAL if *asleep == 0 => {
                Words::fixed("{who} signals {object}, and nobody waits", "{who} 向 {object} 发信号，但没有等待者")
            }
            SIGNAL => Words::fixed("{who} signals {object}: one wakes", "{who} 向 {object} 发信号：唤醒一个"),
            _ if *asleep == 0 => {
                Words::fixed("{who} broadcasts {object}, and nobody waits", "{who} 广播 {object}，但没有等待者")
            }
            _ => Words::fixed("{who} broadcasts {object}: all wake", "{who} 广播 {object}：全部唤醒"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            ENLIST => Words::fixed("get in line at {object}", "排到 {object} 的等待队列"),
            WAKE => Words::fixed("wait for {object}", "等待 {object}"),
            SIGNAL => Words::fixed("signal {object}", "向 {object} 发信号"),
            _ => Words::fixed("broadcast {object}", "广播 {object}"),
        }
    }

    fn hindrance(&self, _: Act, state: &dyn State) -> Words {
        let CondState { woken, .. } = state.of();
        match woken {
            0 => Words::fixed("nobody has signalled since", "此后没有人发信号"),
            _ => Words::fixed("a signal may be for another", "信号可能是给别人的"),
        }
    }

    fn inside(&self, state: &dyn State) -> (Words, Option<GoroutineId>) {
        let CondState { asleep, woken, .. } = state.of();
        let words = match (asleep, woken) {
            (0, 0) => Words::fixed("nobody waits", "没有等待者"),
            (asleep, 0) => Words::made(format!("waiting: {asleep}"), format!("等待者：{asleep}")),
            (asleep, woken) => Words::made(
                format!("waiting: {asleep}, signalled to wake: {woken}"),
                format!("等待者：{asleep}，已发信号唤醒：{woken}"),
            ),
        };
        (words, None)
    }

    fn shape(&self, act: Act) -> Shape {
        match act {
            ENLIST => Shape::Tick,
            WAKE => Shape::Acquire,
            _ => Shape::Release,
        }
    }
}
