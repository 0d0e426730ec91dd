//! Semaphores as a trace shows them: state from events, footprints, words.

use chanscope_kernel::trace::{Flags, ObjectInfo};
use chanscope_kernel::words::Words;
use chanscope_kernel::{Access, Act, Aspect, Event, GoroutineId, Kind, ObjectId, Shape, State, Touch, Trace, Value};

use super::ledger::{Call, Ledger};

pub(super) const ACQUIRE: Act = Act(0);
/// Somebody in line goes on with what it was served.
pub(super) const READY: Act = Act(1);
pub(super) const TRY_ACQUIRE: Act = Act(2);
pub(super) const RELEASE: Act = Act(3);
/// Somebody in line leaves, since its context is cancelled.
pub(super) const GIVE_UP: Act = Act(4);
/// Somebody asks for more than there is at all.
pub(super) const ASK_IN_VAIN: Act = Act(5);

/// The units and the line.
const UNITS: Aspect = Aspect(0);
/// That each call is a critical section.
const SECTION: Aspect = Aspect(1);
/// That somebody was served: it enables that goroutine to go on.
const SERVED: Aspect = Aspect(2);

pub(super) struct SemaphoreKind;

impl Kind for SemaphoreKind {
    fn name(&self) -> &'static str {
        "semaphore"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            ACQUIRE => "acquire",
            READY => "ready",
            TRY_ACQUIRE => "tryacquire",
            RELEASE => "release",
            GIVE_UP => "giveup",
            ASK_IN_VAIN => "askinvain",
            Act(other) => unreachable!("a semaphore has no act {other}"),
        }
    }

    fn start(&self, object: &ObjectInfo) -> Box<dyn State> {
        Box::new(Ledger::new(object.size))
    }

    fn apply(&self, state: &mut dyn State, event: &Event, trace: &Trace) {
        state.of_mut::<Ledger>().call(&call(event, trace));
    }

    fn footprint(&self, state: &dyn State, event: &Event, trace: &Trace, out: &mut Vec<Touch>) {
        let mut touch = |aspect, index, access| out.push(Touch { object: event.object, aspect, index, access });
        if event.act == READY {
            touch(SERVED, event.goroutine.0, Access::Await);
            return;
        }
        // Nothing changes for an attempt that fails, and for who asks for more than there is.
        let fails = event.flags.has(Flags::SPECIAL) && event.act != ACQUIRE;
        touch(UNITS, 0, if fails { Access::Read } else { Access::Write });
        touch(SECTION, 0, Access::Acquire);
        touch(SECTION, 0, Access::Release);
        let mut ledger = state.of::<Ledger>().clone();
        for goroutine in ledger.call(&call(event, trace)).1 {
            touch(SERVED, goroutine.0, Access::Enable);
        }
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        // Who is in line is met by nobody, and leaves it with a step of its own.
    }

    fn happened(&self, state: &dyn State, event: &Event) -> Words {
        let special = event.flags.has(Flags::SPECIAL);
        let Ledger { held, size, line, .. } = state.of();
        match event.act {
            ASK_IN_VAIN if special => Words::made(
                format!("{{who}} asks {{object}} for {{value}}, but there are only {size}: it waits in vain"),
                format!("{{who}} 向 {{object}} 请求 {{value}}，但总共只有 {size}：只能空等"),
            ),
            ACQUIRE if special && !line.is_empty() => Words::fixed(
                "{who} asks {object} for {value}, and gets in line behind others",
                "{who} 向 {object} 请求 {value}，排在他人之后",
            ),
            ACQUIRE if special => Words::made(
                format!("{{who}} asks {{object}} for {{value}}, and {held} of {size} are taken: it waits"),
                format!("{{who}} 向 {{object}} 请求 {{value}}，已占用 {held}/{size}：等待"),
            ),
            ACQUIRE | ASK_IN_VAIN => {
                Words::fixed("{who} acquires {value} of {object}", "{who} 取得 {object} 的 {value}")
            }
            READY => Words::fixed("{who} has been served {value} of {object}", "{who} 等到了 {object} 的 {value}"),
            TRY_ACQUIRE if special => Words::fixed(
                "{who} tries to acquire {value} of {object} and cannot",
                "{who} 尝试取得 {object} 的 {value}，未成功",
            ),
            TRY_ACQUIRE => Words::fixed(
                "{who} tries to acquire {value} of {object} and does",
                "{who} 尝试取得 {object} 的 {value}，成功",
            ),
            RELEASE if event.flags.has(Flags::FAILED) => Words::fixed(
                "{who} releases {value} of {object}, more than is held: panic",
                "{who} 释放 {object} 的 {value}，超过已占用的数量：panic",
            ),
            RELEASE => Words::fixed("{who} releases {value} of {object}", "{who} 释放 {object} 的 {value}"),
            _ => Words::fixed("{who} leaves the line at {object}", "{who} 离开 {object} 的队列"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            ACQUIRE | READY | ASK_IN_VAIN => Words::fixed("acquire {value} of {object}", "取得 {object} 的 {value}"),
            TRY_ACQUIRE => Words::fixed("try to acquire {value} of {object}", "尝试取得 {object} 的 {value}"),
            RELEASE => Words::fixed("release {value} of {object}", "释放 {object} 的 {value}"),
            _ => Words::fixed("leave the line at {object}", "离开 {object} 的队列"),
        }
    }

    fn hindrance(&self, _: Act, state: &dyn State) -> Words {
        let Ledger { held, size, line, .. } = state.of();
        let line = line.len();
        Words::made(
            format!("{held} of {size} are taken, {line} in line"),
            format!("已占用 {held}/{size}，队列中有 {line} 个"),
        )
    }

    fn inside(&self, state: &dyn State) -> (Words, Option<GoroutineId>) {
        let Ledger { held, size, line, .. } = state.of();
        let words = match line.front() {
            None => Words::made(format!("{held} of {size} taken"), format!("已占用 {held}/{size}")),
            Some((_, units)) => Words::made(
                format!("{held} of {size} taken; {{who}} is first in line, for {units}"),
                format!("已占用 {held}/{size}；{{who}} 排在最前，请求 {units}"),
            ),
        };
        (words, line.front().map(|(who, _)| *who))
    }

    fn shape(&self, act: Act) -> Shape {
        match act {
            RELEASE => Shape::Release,
            GIVE_UP => Shape::Cancel,
            _ => Shape::Acquire,
        }
    }
}

fn call(event: &Event, trace: &Trace) -> Call {
    let units = match trace.value(event.value) {
        Some(Value::Int(units)) => u32::try_from(units).expect("it was one"),
        _ => 0,
    };
    Call { goroutine: event.goroutine, act: event.act, units }
}
