//! `sync.WaitGroup`. Source: package documentation of Go's `sync`.

use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::rc::Rc;

use chanscope_kernel::trace::{Flags, ObjectInfo, Packed};
use chanscope_kernel::words::Words;
use chanscope_kernel::{
    Access, Act, Aspect, Case, Commit, Declaration, Deed, Event, GateId, Go, Kind, Met, Object, ObjectId, Offer,
    Operation, Panic, Passage, Runtime, Shape, State, Touch, Trace, Value,
};
use slab::Slab;

const ADD: Act = Act(0);
const DONE: Act = Act(1);
const WAIT: Act = Act(2);

/// The counter. Dones commute with each other, not with adds.
const COUNT: Aspect = Aspect(0);
/// That it is zero: every done enables a wait.
const ZERO: Aspect = Aspect(1);

/// A WaitGroup. Clones are the same one.
#[derive(Clone)]
pub struct WaitGroup {
    runtime: Rc<Runtime>,
    core: Rc<Core>,
    object: ObjectId,
}

struct Core {
    gate: GateId,
    count: Cell<i64>,
    aside: RefCell<Slab<Result<(), Panic>>>,
}

impl WaitGroup {
    /// `var wg sync.WaitGroup`.
    #[must_use]
    pub fn new(go: &Go, name: &str) -> Self {
        let runtime = Rc::clone(go.runtime());
        let gate = runtime.add_gate(Passage::Open, false);
        let core = Rc::new(Core { gate, count: Cell::new(0), aside: RefCell::new(Slab::new()) });
        let declaration = Declaration { kind: &WaitGroupKind, name: name.to_owned(), size: 0, initial: None };
        let object = runtime.add_object(declaration, Rc::clone(&core) as Rc<dyn Object>);
        Self { runtime, core, object }
    }

    /// `wg.Add(delta)`. Returns Go's panic when the counter would become negative.
    #[track_caller]
    pub fn add(&self, delta: i32) -> Operation<Add> {
        Operation::new(&self.runtime, Add { group: self.clone(), act: ADD, delta, ticket: None })
    }

    /// `wg.Done()`. Returns Go's panic when the counter is zero.
    #[track_caller]
    pub fn done(&self) -> Operation<Add> {
        Operation::new(&self.runtime, Add { group: self.clone(), act: DONE, delta: -1, ticket: None })
    }

    /// `wg.Wait()`.
    #[track_caller]
    pub fn wait(&self) -> Operation<Wait> {
        Operation::new(&self.runtime, Wait { group: self.clone() })
    }
}

/// An add or a done.
pub struct Add {
    group: WaitGroup,
    act: Act,
    delta: i32,
    ticket: Option<usize>,
}

impl Offer for Add {
    type Output = Result<(), Panic>;

    fn open(&mut self, runtime: &Runtime, location: &'static Location<'static>) -> Case {
        let key = self.group.core.aside.borrow_mut().insert(Ok(()));
        self.ticket = Some(key);
        Case {
            object: self.group.object,
            gate: runtime.always(),
            act: self.act,
            ticket: u32::try_from(key).expect("goroutines are limited"),
            site: runtime.site(location),
            value: runtime.pack(Value::Int(self.delta.into())),
            draws: 0,
        }
    }

    fn finish(&mut self) -> Result<(), Panic> {
        self.group.core.aside.borrow_mut().remove(self.ticket.expect("it was submitted"))
    }

    fn withdraw(&mut self) {
        unreachable!("an add is no case of a select");
    }
}

/// A wait.
pub struct Wait {
    group: WaitGroup,
}

impl Offer for Wait {
    type Output = ();

    fn open(&mut self, runtime: &Runtime, location: &'static Location<'static>) -> Case {
        let WaitGroup { core, object, .. } = &self.group;
        let site = runtime.site(location);
        Case { object: *object, gate: core.gate, act: WAIT, ticket: 0, site, value: Packed::NONE, draws: 0 }
    }

    fn finish(&mut self) {}

    fn withdraw(&mut self) {
        unreachable!("a wait is no case of a select");
    }
}

impl Object for Core {
    fn commit(&self, deed: &Deed, _: Option<&Deed>, commit: &mut Commit<'_>) {
        if deed.act == WAIT {
            commit.record(deed, Packed::NONE, Met::NOBODY, Flags::NONE);
            return;
        }
        let Some(Value::Int(delta)) = commit.value(deed.value) else { unreachable!("an add has a number") };
        let count = self.count.get() + delta;
        if count < 0 {
            self.aside.borrow_mut()[deed.ticket as usize] = Err(Panic::new("sync: negative WaitGroup counter"));
            commit.record(deed, deed.value, Met::NOBODY, Flags::FAILED);
            return;
        }
        self.count.set(count);
        commit.record(deed, deed.value, Met::NOBODY, Flags::NONE);
        commit.gate(self.gate, if count == 0 { Passage::Open } else { Passage::Shut });
    }
}

/// A WaitGroup at some position.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WaitGroupState {
    /// The counter.
    pub count: i64,
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
        if event.act != WAIT && !event.flags.has(Flags::FAILED) {
            let Some(Value::Int(delta)) = trace.value(event.value) else { unreachable!("an add has a number") };
            state.of_mut::<WaitGroupState>().count += delta;
        }
    }

    fn footprint(&self, _: &dyn State, event: &Event, _: &Trace, out: &mut Vec<Touch>) {
        let mut touch = |aspect, access| out.push(Touch { object: event.object, aspect, index: 0, access });
        match event.act {
            _ if event.flags.has(Flags::FAILED) => touch(COUNT, Access::Write),
            ADD => {
                touch(COUNT, Access::Write);
                touch(ZERO, Access::Enable);
            }
            DONE => {
                touch(COUNT, Access::Read);
                touch(ZERO, Access::Enable);
            }
            _ => {
                touch(COUNT, Access::Read);
                touch(ZERO, Access::Await);
            }
        }
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("a WaitGroup is no case of a select");
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
        Words::made(format!("{count} not done yet"), format!("还有 {count} 个未完成"))
    }

    fn shape(&self, act: Act) -> Shape {
        if act == WAIT { Shape::Acquire } else { Shape::Release }
    }
}
