//! Timers as a trace shows them: state from events, footprints, words.

use chanscope_kernel::trace::{Flags, ObjectInfo};
use chanscope_kernel::words::Words;
use chanscope_kernel::{Access, Act, Aspect, Event, GoroutineId, Kind, ObjectId, Shape, State, Touch, Trace, Value};

pub(crate) const RECV: Act = Act(0);
pub(crate) const STOP: Act = Act(1);
pub(crate) const RESET: Act = Act(2);
/// The function that was to be called later begins.
pub(crate) const FIRE: Act = Act(3);

/// [`ObjectInfo::size`] of a ticker.
pub(crate) const PERIODIC: u32 = 1;

/// Whether and for when it is set.
const SETTING: Aspect = Aspect(0);
/// That it was set: what came before is seen by whoever it lets go on.
const SET: Aspect = Aspect(1);

/// A timer at some position.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimerState {
    /// What it was last set to: a duration as Go prints it.
    pub setting: Option<Value>,
    /// Whether it is still set: neither stopped, nor received from, nor has its function begun.
    pub set: bool,
}

/// The declared half of timers, tickers and functions called later.
pub(crate) struct TimerKind;

impl Kind for TimerKind {
    fn name(&self) -> &'static str {
        "timer"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            RECV => "recv",
            STOP => "stop",
            RESET => "reset",
            FIRE => "fire",
            Act(other) => unreachable!("a timer has no act {other}"),
        }
    }

    fn start(&self, object: &ObjectInfo) -> Box<dyn State> {
        Box::new(TimerState { setting: object.initial.clone(), set: true })
    }

    fn apply(&self, state: &mut dyn State, event: &Event, trace: &Trace) {
        let state: &mut TimerState = state.of_mut();
        match event.act {
            RESET => *state = TimerState { setting: trace.value(event.value), set: true },
            RECV => state.set = trace.object(event.object).size == PERIODIC,
            _ => state.set = false,
        }
    }

    fn footprint(&self, _: &dyn State, event: &Event, _: &Trace, out: &mut Vec<Touch>) {
        let mut touch = |aspect, access| out.push(Touch { object: event.object, aspect, index: 0, access });
        touch(SETTING, Access::Write);
        match event.act {
            RESET => touch(SET, Access::Enable),
            RECV | FIRE => touch(SET, Access::Await),
            _ => {}
        }
    }

    fn observed(&self, _: Act, object: ObjectId, out: &mut Vec<Touch>) {
        out.push(Touch { object, aspect: SETTING, index: 0, access: Access::Read });
    }

    fn waits_in_background(&self, act: Act) -> bool {
        act == FIRE
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        let in_time = event.flags.has(Flags::SPECIAL);
        match event.act {
            RECV => Words::fixed("{who} receives the time {value} from {object}", "{who} 从 {object} 收到时刻 {value}"),
            STOP if in_time => Words::fixed("{who} stops {object} in time", "{who} 及时停掉了 {object}"),
            STOP => Words::fixed("{who} stops {object}, which was not running", "{who} 停止 {object}，但它并未在计时"),
            RESET if in_time => {
                Words::fixed("{who} sets {object} anew, to {value}", "{who} 把计时中的 {object} 重设为 {value}")
            }
            RESET => Words::fixed(
                "{who} sets {object}, which was not running, to {value}",
                "{who} 把未在计时的 {object} 重设为 {value}",
            ),
            _ => Words::fixed("the time of {object} has come: {who} begins", "{object} 到时，{who} 开始执行"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            RECV => Words::fixed("receive from {object}", "从 {object} 接收"),
            STOP => Words::fixed("stop {object}", "停止 {object}"),
            RESET => Words::fixed("set {object} to {value}", "把 {object} 设为 {value}"),
            _ => Words::fixed("begin when the time of {object} comes", "等 {object} 到时后开始执行"),
        }
    }

    fn hindrance(&self, _: Act, state: &dyn State) -> Words {
        let TimerState { set, .. } = state.of();
        if *set {
            Words::fixed("its time has not come", "时间未到")
        } else {
            Words::fixed(
                "the timer is not running, and will not unless it is reset",
                "计时器未在计时，除非重设，否则不会到时",
            )
        }
    }

    fn inside(&self, state: &dyn State) -> (Words, Option<GoroutineId>) {
        let TimerState { setting, set } = state.of();
        let setting = setting.as_ref().map(Value::printed).unwrap_or_default();
        let words = match set {
            true => Words::made(format!("set to {setting}"), format!("已设为 {setting}")),
            false => Words::fixed("not running", "未在计时"),
        };
        (words, None)
    }

    fn shape(&self, act: Act) -> Shape {
        match act {
            RECV => Shape::Receive,
            STOP => Shape::Cancel,
            _ => Shape::Time,
        }
    }
}
