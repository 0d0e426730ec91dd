//! `sync.Once`. Source: package documentation of Go's `sync`, "type Once"; the Go memory model, "Once".
//!
//! `OnceFunc`, `OnceValue` and `OnceValues` are not modelled: they are a function around this.

use std::borrow::Cow;
use std::future::Future;
use std::panic::Location;

use chanscope_kernel::trace::{Flags, ObjectInfo, Packed};
use chanscope_kernel::words::Words;
use chanscope_kernel::{
    Access, Act, Aspect, Commit, Declaration, Deed, Event, GateId, Go, GoroutineId, Kind, Met, ObjectId, Panic,
    Passage, Shape, State, Touch, Trace, Value, Would,
};

use crate::shared::{At, Live, Shared, Wanted};

const DO: Act = Act(0);
/// The function that was called has returned or panicked.
const OVER: Act = Act(1);

/// Who comes first.
const FIRST: Aspect = Aspect(0);
/// That the call is over: it enables all others.
const DONE: Aspect = Aspect(1);

/// Something that is done once. Clones are the same one.
#[derive(Clone)]
pub struct Once {
    shared: Shared<Progress>,
    gate: GateId,
}

/// How far it is.
struct Progress {
    gate: GateId,
    begun: bool,
}

impl Once {
    /// `var once sync.Once`.
    #[must_use]
    pub fn new(go: &Go, name: impl Into<Cow<'static, str>>) -> Self {
        let gate = go.runtime().add_gate(Passage::Open, false);
        let declaration = Declaration { kind: &OnceKind, name: name.into(), size: 0, initial: None };
        Self { shared: Shared::new(go, declaration, Progress { gate, begun: false }), gate }
    }

    /// `once.Do(f)`: the first calls `function`, the others wait until that call is over. A function that calls `Do` of
    /// the same waits for itself, for ever.
    ///
    /// ```
    /// # fn example() {
    /// # use chanscope_kernel::{FirstCome, Go, Limits, Panic, Run};
    /// # use chanscope_sync::{Once, Var};
    /// async fn main(go: Go) -> Result<(), Panic> {
    ///     let (once, x) = (Once::new(&go, "once"), Var::new(&go, "x", 0));
    ///     for value in [1, 2] {
    ///         let x = x.clone();
    ///         once.call(&go, async move { Ok(x.store(value).await) }).await?;
    ///     }
    ///     assert_eq!(x.load().await, 1);
    ///     Ok(())
    /// }
    /// let mut run = Run::new(Limits::default(), main);
    /// assert!(run.advance(&mut FirstCome { seed: 0 }, 100).expect("nothing was replayed"));
    /// # }
    /// # example();
    /// ```
    ///
    /// # Errors
    /// The panic of the function. It counts as done all the same.
    #[track_caller]
    pub fn call(
        &self,
        go: &Go,
        function: impl Future<Output = Result<(), Panic>>,
    ) -> impl Future<Output = Result<(), Panic>> {
        self.call_at(go, function, Location::caller())
    }

    pub(crate) fn call_at(
        &self,
        go: &Go,
        function: impl Future<Output = Result<(), Panic>>,
        at: At,
    ) -> impl Future<Output = Result<(), Panic>> {
        let wanted = |act, gate| Wanted { act, gate, value: Packed::NONE, slot: false };
        let begin = self.shared.ask_at(wanted(DO, Some(self.gate)), |first| first, at);
        let over = self.shared.ask_at(wanted(OVER, None), |_| (), at);
        let go = go.clone();
        async move {
            if !begin.await {
                return Ok(());
            }
            let result = go.call(function).await;
            over.await;
            result
        }
    }
}

impl Live for Progress {
    /// Whether it was the first.
    type Slot = bool;

    fn commit(&mut self, deed: &Deed, first: &mut bool, commit: &mut Commit<'_>) {
        *first = deed.act == DO && !std::mem::replace(&mut self.begun, true);
        commit.record(deed, Packed::NONE, Met::NOBODY, Flags::SPECIAL.when(*first));
        if *first {
            commit.gate(self.gate, Passage::Shut);
        } else if deed.act == OVER {
            commit.gate(self.gate, Passage::Open);
        }
    }
}

/// Something that is done once, at some position.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct OnceState {
    /// Who does it or did it.
    pub first: Option<GoroutineId>,
    /// Whether that is over.
    pub done: bool,
}

struct OnceKind;

impl Kind for OnceKind {
    fn name(&self) -> &'static str {
        "once"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            DO => "do",
            OVER => "over",
            Act(other) => unreachable!("a Once has no act {other}"),
        }
    }

    fn start(&self, _: &ObjectInfo) -> Box<dyn State> {
        Box::new(OnceState::default())
    }

    fn apply(&self, state: &mut dyn State, event: &Event, _: &Trace) {
        let state: &mut OnceState = state.of_mut();
        if event.act == OVER {
            state.done = true;
        } else if event.flags.has(Flags::SPECIAL) {
            state.first = Some(event.goroutine);
        }
    }

    fn footprint(&self, _: &dyn State, event: &Event, _: &Trace, out: &mut Vec<Touch>) {
        let mut touch = |aspect, access| out.push(Touch { object: event.object, aspect, index: 0, access });
        match event.act {
            OVER => touch(DONE, Access::Enable),
            _ if event.flags.has(Flags::SPECIAL) => touch(FIRST, Access::Write),
            _ => {
                touch(FIRST, Access::Read);
                touch(DONE, Access::Await);
            }
        }
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("a Once is no case of a select");
    }

    fn would(&self, act: Act, _: Option<Value>, state: &dyn State) -> Would {
        let OnceState { first, done } = *state.of();
        match (act, first) {
            (DO, Some(_)) => Would::go_if(done),
            (DO, None) => Would::Go { flags: Flags::SPECIAL, fatal: false },
            _ => Would::GO,
        }
    }

    fn footprint_needs_state(&self) -> bool {
        false
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        match event.act {
            OVER => Words::fixed("{who} has done what {object} is for", "{who} 做完了 {object} 的函数"),
            _ if event.flags.has(Flags::SPECIAL) => {
                Words::fixed("{who} is the first at {object}, and calls", "{who} 第一个到 {object}，调用函数")
            }
            _ => Words::fixed("{who} finds {object} done", "{who} 发现 {object} 已完成"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            DO => Words::fixed("do what {object} is for, once", "执行 {object}（仅一次）"),
            _ => Words::fixed("report that {object} is done", "报告 {object} 已完成"),
        }
    }

    fn hindrance(&self, _: Act, _: &dyn State) -> Words {
        Words::fixed("{who} has not finished the first call", "{who} 的第一次调用尚未结束")
    }

    fn inside(&self, state: &dyn State) -> (Words, Option<GoroutineId>) {
        let OnceState { first, done } = *state.of();
        let words = match first {
            None => Words::fixed("not done yet", "尚未执行"),
            Some(_) if done => Words::fixed("done by {who}", "已由 {who} 完成"),
            Some(_) => Words::fixed("{who} is doing it", "{who} 正在执行"),
        };
        (words, first)
    }

    fn shape(&self, act: Act) -> Shape {
        if act == OVER { Shape::Release } else { Shape::Acquire }
    }
}
