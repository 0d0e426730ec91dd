//! `sync.WaitGroup`. Source: package documentation of Go's `sync`.

use std::borrow::Cow;
use std::future::Future;

use chanscope_kernel::trace::{Flags, ObjectInfo, Packed};
use chanscope_kernel::words::Words;
use chanscope_kernel::{
    Access, Act, Aspect, Commit, Declaration, Deed, Event, GateId, Go, Kind, Met, Name, ObjectId, Operation, Panic,
    Passage, Shape, State, Touch, Trace, Value, Would,
};

use crate::shared::{Ask, Live, Shared, Wanted, open_if};

const ADD: Act = Act(0);
const DONE: Act = Act(1);
const WAIT: Act = Act(2);

/// The counter. Dones commute with each other, not with adds.
const COUNT: Aspect = Aspect(0);
/// That it is zero: every done enables a wait.
const ZERO: Aspect = Aspect(1);
/// The first add, which has to be ordered before the wait. Source: Go's `sync/waitgroup.go`, `race.Read` and `race.Write`.
const FIRST: Aspect = Aspect(2);

/// A WaitGroup. Clones are the same one.
#[derive(Clone)]
pub struct WaitGroup {
    shared: Shared<Counter>,
    gate: GateId,
}

/// A WaitGroup's counter.
pub struct Counter {
    count: i32,
    gate: GateId,
}

impl WaitGroup {
    /// `var wg sync.WaitGroup`.
    #[must_use]
    pub fn new(go: &Go, name: impl Into<Cow<'static, str>>) -> Self {
        let gate = go.runtime().add_gate(Passage::Open, false);
        let declaration = Declaration { kind: &WaitGroupKind, name: name.into(), size: 0, initial: None };
        Self { shared: Shared::new(go, declaration, Counter { count: 0, gate }), gate }
    }

    /// `wg.Add(delta)`. Returns Go's panic when the counter would become negative.
    #[track_caller]
    pub fn add(&self, delta: i32) -> Operation<Ask<Counter, Result<(), Panic>>> {
        self.change(ADD, delta)
    }

    /// `wg.Done()`. Returns Go's panic when the counter is zero.
    #[track_caller]
    pub fn done(&self) -> Operation<Ask<Counter, Result<(), Panic>>> {
        self.change(DONE, -1)
    }

    #[track_caller]
    fn change(&self, act: Act, delta: i32) -> Operation<Ask<Counter, Result<(), Panic>>> {
        let value = self.shared.runtime().pack(Value::Int(delta.into()));
        self.shared.ask(Wanted { act, gate: None, value, slot: Ok(()) }, |result| result)
    }

    /// `wg.Wait()`.
    #[track_caller]
    pub fn wait(&self) -> Operation<Ask<Counter, ()>> {
        self.shared.ask(Wanted { act: WAIT, gate: Some(self.gate), value: Packed::NONE, slot: Ok(()) }, |_| ())
    }

    /// `wg.Go(f)`: adds one, then starts a goroutine that runs `body` and is done when it returns or ends by
    /// `runtime.Goexit`. A panic of it, which it must not have, is not reported as done: nobody waiting goes on while
    /// the program ends.
    ///
    /// # Errors
    /// None in practice: Go's panic of `wg.Add`.
    #[track_caller]
    pub fn go(
        &self,
        go: &Go,
        name: impl Into<Name>,
        body: impl Future<Output = Result<(), Panic>> + 'static,
    ) -> impl Future<Output = Result<(), Panic>> {
        let (add, name, group, go) = (self.add(1), name.into(), self.clone(), go.clone());
        async move {
            add.await?;
            let inner = go.clone();
            go.spawn(name, async move {
                inner.defer(async move |recovery| match recovery.recover() {
                    Some(panic) => Err(panic),
                    None => group.done().await,
                });
                body.await
            });
            Ok(())
        }
    }
}

impl Live for Counter {
    type Slot = Result<(), Panic>;

    fn commit(&mut self, deed: &Deed, slot: &mut Self::Slot, commit: &mut Commit<'_>) {
        if deed.act == WAIT {
            commit.record(deed, Packed::NONE, Met::NOBODY, Flags::NONE);
            return;
        }
        self.count = after_adding(self.count, commit.value(deed.value));
        let failed = self.count < 0;
        if failed {
            *slot = Err(Panic::new("sync: negative WaitGroup counter"));
        }
        commit.record(deed, deed.value, Met::NOBODY, Flags::FAILED.when(failed));
        commit.gate(self.gate, open_if(self.count == 0));
    }
}

/// The counter has 32 bits and wraps. Who makes it negative panics, and it stays negative.
fn after_adding(count: i32, delta: Option<Value>) -> i32 {
    let Some(Value::Int(delta)) = delta else { unreachable!("an add has a number") };
    count.wrapping_add(i32::try_from(delta).expect("an add has 32 bits"))
}

/// A WaitGroup at some position.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WaitGroupState {
    /// The counter.
    pub count: i32,
}

struct WaitGroupKind;

impl Kind for WaitGroupKind {
    fn name(&self) -> &'static str {
        "waitgroup"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            ADD => "add",
            DONE => "done",
            WAIT => "wait",
            Act(other) => unreachable!("a WaitGroup has no act {other}"),
        }
    }

    fn start(&self, _: &ObjectInfo) -> Box<dyn State> {
        Box::new(WaitGroupState { count: 0 })
    }

    fn apply(&self, state: &mut dyn State, event: &Event, trace: &Trace) {
        if event.act != WAIT {
            let WaitGroupState { count } = state.of_mut();
            *count = after_adding(*count, trace.value(event.value));
        }
    }

    fn footprint(&self, before: &dyn State, event: &Event, trace: &Trace, out: &mut Vec<Touch>) {
        let delta = if let Some(Value::Int(delta)) = trace.value(event.value) { delta } else { 0 };
        let mut touch = |aspect, access| out.push(Touch { object: event.object, aspect, index: 0, access });
        match event.act {
            _ if event.flags.has(Flags::FAILED) => touch(COUNT, Access::Write),
            ADD => {
                let WaitGroupState { count } = before.of();
                touch(COUNT, Access::Write);
                // Raising the counter lets nobody go on, so it orders nothing, unless it was negative.
                if delta < 0 || *count < 0 {
                    touch(ZERO, Access::Enable);
                } else if delta > 0 && *count == 0 {
                    touch(FIRST, Access::PlainRead);
                }
            }
            DONE => {
                touch(COUNT, Access::Read);
                touch(ZERO, Access::Enable);
            }
            _ => {
                touch(COUNT, Access::Read);
                touch(ZERO, Access::Await);
                touch(FIRST, Access::Waited);
            }
        }
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("a WaitGroup is no case of a select");
    }

    fn would(&self, act: Act, value: Option<Value>, state: &dyn State) -> Would {
        let WaitGroupState { count } = state.of();
        match act {
            WAIT => Would::go_if(*count == 0),
            _ => Would::Go { flags: Flags::FAILED.when(after_adding(*count, value) < 0), fatal: false },
        }
    }

    /// Nobody is told in which order they came, but one more than were added panics.
    fn spare(&self, act: Act, state: &dyn State) -> Option<u32> {
        let WaitGroupState { count } = state.of();
        (act == DONE).then(|| u32::try_from(i64::from(*count) - 1).ok()).flatten()
    }

    fn would_order(&self) -> Option<Words> {
        Some(Words::fixed(
            "An Add from zero has to come before the Wait, says Go's package sync, and its detector reports where nothing \
             puts it there. Call Add before the go statement.",
            "Go 的 sync 包要求从零开始的 Add 先于 Wait；没有什么保证这一先后时，竞争检测器就会报告。应在 go 语句之前调用 Add。",
        ))
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        match event.act {
            _ if event.flags.has(Flags::FAILED) => Words::fixed(
                "{who} takes the counter of {object} below zero: panic",
                "{who} 使 {object} 的计数变为负数：panic",
            ),
            ADD => Words::fixed("{who} adds {value} to {object}", "{who} 给 {object} 加 {value}"),
            DONE => Words::fixed("{who} reports to {object} that it is done", "{who} 向 {object} 报告完成"),
            _ => Words::fixed("{who} has waited for {object} and goes on", "{who} 等到 {object} 归零，继续执行"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            ADD => Words::fixed("add {value} to {object}", "给 {object} 加 {value}"),
            DONE => Words::fixed("report to {object} that it is done", "向 {object} 报告完成"),
            _ => Words::fixed("wait for {object}", "等待 {object}"),
        }
    }

    fn hindrance(&self, _: Act, state: &dyn State) -> Words {
        let WaitGroupState { count } = state.of();
        if *count < 0 {
            return Words::made(format!("its counter is {count}"), format!("它的计数是 {count}"));
        }
        Words::made(format!("{count} not done yet"), format!("还有 {count} 个未完成"))
    }

    fn shape(&self, act: Act) -> Shape {
        if act == WAIT { Shape::Acquire } else { Shape::Release }
    }
}
