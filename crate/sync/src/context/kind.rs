//! Contexts as a trace shows them: state from events, footprints, words.

use chanscope_kernel::runtime_kind::ALIVE;
use chanscope_kernel::trace::{Flags, ObjectInfo};
use chanscope_kernel::words::Words;
use chanscope_kernel::{Access, Act, Aspect, Event, GoroutineId, Kind, ObjectId, Shape, State, Touch, Trace, Value};

pub(crate) const DONE: Act = Act(0);
pub(crate) const ERR: Act = Act(1);
pub(crate) const CAUSE: Act = Act(2);
/// Somebody calls the cancel function, or cancels a child of what was cancelled.
pub(crate) const CANCEL: Act = Act(3);
/// The deadline has come.
pub(crate) const EXPIRE: Act = Act(4);
/// A child is made.
pub(crate) const DERIVE: Act = Act(5);
/// What `AfterFunc` was given begins.
pub(crate) const BEGIN: Act = Act(6);
/// What `AfterFunc` was given is called off.
pub(crate) const STOP: Act = Act(7);

/// All that was below it when it was cancelled is cancelled, too.
pub(crate) const SETTLE: Act = Act(8);
/// A child that was cancelled leaves it, once it has settled.
pub(crate) const LEAVE: Act = Act(9);

/// Whether it is cancelled.
const STATE: Aspect = Aspect(0);
/// Cancelling happens before whoever sees it.
const CANCELLED: Aspect = Aspect(1);
/// Who has to be cancelled with it, in order.
const CHILDREN: Aspect = Aspect(2);
/// That it has settled.
const SETTLED: Aspect = Aspect(3);

/// Where a context hangs: `Declaration::size` says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub(crate) parent: Option<ObjectId>,
    /// Whether it is cancelled on its own, rather than with what is above it.
    pub(crate) cancellable: bool,
    /// Whether nothing that happens above concerns it.
    pub(crate) detached: bool,
}

impl Place {
    const NO_PARENT: u32 = (1 << 30) - 1;

    pub(crate) fn encode(self) -> u32 {
        let parent = self.parent.map_or(Self::NO_PARENT, |parent| parent.0);
        parent | u32::from(self.cancellable) << 30 | u32::from(self.detached) << 31
    }

    fn of(object: &ObjectInfo) -> Self {
        let parent = object.size & Self::NO_PARENT;
        Self {
            parent: (parent != Self::NO_PARENT).then_some(ObjectId(parent)),
            cancellable: object.size >> 30 & 1 == 1,
            detached: object.size >> 31 == 1,
        }
    }

    /// The nearest above that is cancelled on its own.
    fn cancelled_with(self, trace: &Trace) -> Option<ObjectId> {
        let mut at = self;
        while !at.detached {
            let above = at.parent?;
            at = Self::of(trace.object(above));
            if at.cancellable {
                return Some(above);
            }
        }
        None
    }
}

/// What [`after_func`](super::Context::after_func) makes.
pub(crate) const AFTER_FUNC: &str = "AfterFunc";

/// Whether it has to be cancelled before main returns: where it comes with a cancel function.
fn is_owed(object: &ObjectInfo) -> bool {
    !matches!(&object.initial, Some(Value::Text(what)) if **what == *AFTER_FUNC)
}

/// A context at some position.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContextState {
    /// What it was derived from.
    pub parent: Option<ObjectId>,
    /// What it is, such as `WithCancel` or `WithValue name = "x"`.
    pub what: Option<Value>,
    /// Why it is cancelled, once it is: the cause where one was given.
    pub cancelled: Option<Value>,
    /// Nothing can cancel it on its own.
    pub for_ever: bool,
}

/// The declared half of contexts.
pub(crate) struct ContextKind;

impl Kind for ContextKind {
    fn name(&self) -> &'static str {
        "context"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            DONE => "done",
            ERR => "err",
            CAUSE => "cause",
            CANCEL => "cancel",
            EXPIRE => "expire",
            DERIVE => "derive",
            BEGIN => "begin",
            STOP => "stop",
            SETTLE => "settle",
            LEAVE => "leave",
            Act(other) => unreachable!("a context has no act {other}"),
        }
    }

    fn start(&self, object: &ObjectInfo) -> Box<dyn State> {
        // What has something above that can be cancelled is not asked itself.
        let Place { parent, cancellable, .. } = Place::of(object);
        Box::new(ContextState { parent, what: object.initial.clone(), cancelled: None, for_ever: !cancellable })
    }

    fn apply(&self, state: &mut dyn State, event: &Event, trace: &Trace) {
        let cancels = matches!(event.act, CANCEL | EXPIRE);
        if cancels && event.flags.has(Flags::SPECIAL) {
            state.of_mut::<ContextState>().cancelled = trace.value(event.value);
        }
    }

    fn footprint(&self, state: &dyn State, event: &Event, trace: &Trace, out: &mut Vec<Touch>) {
        let ContextState { cancelled, .. } = state.of();
        let takes_effect = event.flags.has(Flags::SPECIAL) && matches!(event.act, CANCEL | EXPIRE | STOP);
        // Only of what takes effect is it told apart whether main has returned: later calls put nothing right.
        if takes_effect && is_owed(trace.object(event.object)) {
            out.push(Touch { object: ObjectId::RUNTIME, aspect: ALIVE, index: 0, access: Access::Read });
        }
        let mut touch = |aspect, access| out.push(Touch { object: event.object, aspect, index: 0, access });
        match event.act {
            _ if takes_effect => {
                touch(STATE, Access::Write);
                touch(CHILDREN, Access::Write);
                touch(CANCELLED, Access::Enable);
            }
            SETTLE => {
                touch(CHILDREN, Access::Write);
                touch(SETTLED, Access::Enable);
            }
            act => {
                touch(STATE, Access::Read);
                if act == DERIVE {
                    touch(CHILDREN, Access::Write);
                }
                if cancelled.is_some() {
                    touch(CANCELLED, Access::Await);
                }
                if cancelled.is_some() && matches!(act, CANCEL | DERIVE | CAUSE | LEAVE) {
                    touch(SETTLED, Access::Await);
                }
            }
        }
        if takes_effect || event.act == SETTLE {
            // It is no longer among its parent's children, or waits until that has settled.
            if let Some(object) = Place::of(trace.object(event.object)).cancelled_with(trace) {
                out.push(Touch { object, aspect: CHILDREN, index: 0, access: Access::Read });
            }
        }
    }

    fn observed(&self, _: Act, object: ObjectId, out: &mut Vec<Touch>) {
        out.push(Touch { object, aspect: STATE, index: 0, access: Access::Read });
    }

    fn waits_in_background(&self, act: Act) -> bool {
        matches!(act, EXPIRE | BEGIN)
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        let takes_effect = event.flags.has(Flags::SPECIAL);
        match event.act {
            DONE => Words::fixed("{who} learns that {object} is cancelled", "{who} 得知 {object} 已被取消"),
            ERR | CAUSE if takes_effect => {
                Words::fixed("{who} asks why {object} is cancelled: {text}", "{who} 询问 {object} 为何取消：{text}")
            }
            ERR | CAUSE => {
                Words::fixed("{who} asks {object}, which is not cancelled", "{who} 询问 {object}，它没有被取消")
            }
            CANCEL if takes_effect => Words::fixed("{who} cancels {object}: {text}", "{who} 取消 {object}：{text}"),
            EXPIRE if takes_effect => Words::fixed(
                "the deadline of {object} has come: {who} cancels it",
                "{object} 到了截止时间，{who} 将它取消",
            ),
            CANCEL | EXPIRE => {
                Words::fixed("{who} cancels {object}, which was cancelled already", "{who} 取消 {object}，它早已取消")
            }
            DERIVE => Words::fixed("{who} derives {text} from {object}", "{who} 从 {object} 派生 {text}"),
            BEGIN => Words::fixed("{object} is cancelled: {who} begins", "{object} 已取消，{who} 开始执行"),
            SETTLE => Words::fixed("all that was below {object} is cancelled, too", "{object} 之下的也都已取消"),
            LEAVE => Words::fixed("{who} goes on, as {object} has settled", "{object} 已经落定，{who} 继续"),
            _ if takes_effect => Words::fixed("{who} calls {object} off in time", "{who} 及时撤销了 {object}"),
            _ => Words::fixed("{who} calls {object} off too late", "{who} 撤销 {object}，为时已晚"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            DONE => Words::fixed("wait until {object} is cancelled", "等待 {object} 被取消"),
            ERR => Words::fixed("ask whether {object} is cancelled", "询问 {object} 是否已取消"),
            CAUSE => Words::fixed("ask why {object} is cancelled", "询问 {object} 为何取消"),
            CANCEL => Words::fixed("cancel {object}", "取消 {object}"),
            EXPIRE => Words::fixed("cancel {object} when its deadline comes", "等 {object} 到截止时间后将它取消"),
            DERIVE => Words::fixed("derive {text} from {object}", "从 {object} 派生 {text}"),
            BEGIN => Words::fixed("begin when {object} is cancelled", "等 {object} 取消后开始执行"),
            SETTLE => Words::fixed("be done with cancelling what is below {object}", "完成取消 {object} 之下的一切"),
            LEAVE => Words::fixed("wait until all below {object} is cancelled", "等 {object} 之下的都取消"),
            _ => Words::fixed("call {object} off", "撤销 {object}"),
        }
    }

    fn hindrance(&self, act: Act, state: &dyn State) -> Words {
        match act {
            DONE if state.of::<ContextState>().for_ever => {
                Words::fixed("nothing can ever cancel it", "它永远不会被取消")
            }
            EXPIRE => Words::fixed("its deadline has not come", "截止时间未到"),
            CANCEL | CAUSE | DERIVE | LEAVE => {
                Words::fixed("what is below it is still being cancelled", "它之下的还在取消中")
            }
            _ => Words::fixed("it is not cancelled", "它没有被取消"),
        }
    }

    fn inside(&self, state: &dyn State) -> (Words, Option<GoroutineId>) {
        let ContextState { parent, what, cancelled, .. } = state.of();
        if parent.is_none() {
            return (Words::fixed("never cancelled", "永不取消"), None);
        }
        let what = what.as_ref().map(Value::printed).unwrap_or_default();
        let words = match cancelled {
            Some(cause) => {
                let cause = cause.printed();
                Words::made(format!("{what}; cancelled: {cause}"), format!("{what}；已取消：{cause}"))
            }
            None => Words::made(what.clone(), what),
        };
        (words, None)
    }

    fn shape(&self, act: Act) -> Shape {
        match act {
            DONE => Shape::Receive,
            CANCEL | EXPIRE | STOP => Shape::Cancel,
            _ => Shape::Tick,
        }
    }
}
