//! Plain shared variables: every load and store is an operation, since others may come between.

use std::cell::RefCell;
use std::panic::Location;
use std::rc::Rc;

use chanscope_kernel::trace::{Flags, ObjectInfo, Packed};
use chanscope_kernel::words::Words;
use chanscope_kernel::{
    Access, Act, Aspect, Case, Commit, Declaration, Deed, Event, Go, GoroutineId, Kind, Met, Object, ObjectId, Offer,
    Operation, Runtime, Shape, Show, State, Touch, Trace, Value,
};
use slab::Slab;

const LOAD: Act = Act(0);
const STORE: Act = Act(1);

const MEMORY: Aspect = Aspect(0);

/// A variable that goroutines share. Clones are the same variable.
pub struct Var<T> {
    runtime: Rc<Runtime>,
    core: Rc<Core<T>>,
    object: ObjectId,
}

impl<T> Clone for Var<T> {
    fn clone(&self) -> Self {
        Self { runtime: Rc::clone(&self.runtime), core: Rc::clone(&self.core), object: self.object }
    }
}

struct Core<T> {
    contents: RefCell<Contents<T>>,
}

struct Contents<T> {
    value: T,
    /// What stores have laid aside, and what loads will get.
    aside: Slab<Option<T>>,
}

impl<T: Show + Clone> Var<T> {
    /// `var name = value`.
    #[must_use]
    pub fn new(go: &Go, name: &str, value: T) -> Self {
        let runtime = Rc::clone(go.runtime());
        let initial = Some(value.show());
        let core = Rc::new(Core { contents: RefCell::new(Contents { value, aside: Slab::new() }) });
        let declaration = Declaration { kind: &VariableKind, name: name.to_owned(), size: 0, initial };
        let object = runtime.add_object(declaration, Rc::clone(&core) as Rc<dyn Object>);
        Self { runtime, core, object }
    }

    /// Reads the variable.
    #[track_caller]
    pub fn load(&self) -> Operation<Load<T>> {
        Operation::new(&self.runtime, Load { var: self.clone(), ticket: None })
    }

    /// Writes the variable.
    #[track_caller]
    pub fn store(&self, value: T) -> Operation<Store<T>> {
        Operation::new(&self.runtime, Store { var: self.clone(), value: Some(value), ticket: None })
    }

    fn open(&self, location: &'static Location<'static>, aside: Option<T>, act: Act) -> (Case, usize) {
        let value = aside.as_ref().map_or(Packed::NONE, |value| self.runtime.pack(value.show()));
        let key = self.core.contents.borrow_mut().aside.insert(aside);
        let ticket = u32::try_from(key).expect("goroutines are limited");
        let site = self.runtime.site(location);
        (Case { object: self.object, gate: self.runtime.always(), act, ticket, site, value, draws: 0 }, key)
    }

    fn take_aside(&self, ticket: Option<usize>) -> Option<T> {
        self.core.contents.borrow_mut().aside.remove(ticket.expect("it was submitted"))
    }
}

/// A read.
pub struct Load<T> {
    var: Var<T>,
    ticket: Option<usize>,
}

/// A write.
pub struct Store<T> {
    var: Var<T>,
    value: Option<T>,
    ticket: Option<usize>,
}

// Nothing in these is ever pinned: values are moved, futures are not kept.
impl<T> Unpin for Load<T> {}
impl<T> Unpin for Store<T> {}

impl<T: Show + Clone> Offer for Load<T> {
    type Output = T;

    fn open(&mut self, _: &Runtime, location: &'static Location<'static>) -> Case {
        let (case, key) = self.var.open(location, None, LOAD);
        self.ticket = Some(key);
        case
    }

    fn finish(&mut self) -> T {
        self.var.take_aside(self.ticket).expect("the commit left the value")
    }

    fn withdraw(&mut self) {
        unreachable!("a load is no case of a select");
    }
}

impl<T: Show + Clone> Offer for Store<T> {
    type Output = ();

    fn open(&mut self, _: &Runtime, location: &'static Location<'static>) -> Case {
        let value = self.value.take();
        let (case, key) = self.var.open(location, value, STORE);
        self.ticket = Some(key);
        case
    }

    fn finish(&mut self) {
        self.var.take_aside(self.ticket);
    }

    fn withdraw(&mut self) {
        unreachable!("a store is no case of a select");
    }
}

impl<T: Show + Clone> Object for Core<T> {
    fn commit(&self, deed: &Deed, _: Option<&Deed>, commit: &mut Commit<'_>) {
        let contents = &mut *self.contents.borrow_mut();
        let aside = &mut contents.aside[deed.ticket as usize];
        let value = if deed.act == STORE {
            contents.value = aside.take().expect("a store has laid its value aside");
            deed.value
        } else {
            *aside = Some(contents.value.clone());
            commit.pack(contents.value.show())
        };
        commit.record(deed, value, Met::NOBODY, Flags::NONE);
    }
}

/// A variable at some position.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VariableState {
    /// What is in it.
    pub value: Option<Value>,
    /// Who wrote it last, where somebody has.
    pub writer: Option<GoroutineId>,
}

struct VariableKind;

impl Kind for VariableKind {
    fn name(&self) -> &'static str {
        "variable"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            LOAD => "load",
            STORE => "store",
            Act(other) => unreachable!("a variable has no act {other}"),
        }
    }

    fn start(&self, object: &ObjectInfo) -> Box<dyn State> {
        Box::new(VariableState { value: object.initial.clone(), writer: None })
    }

    fn apply(&self, state: &mut dyn State, event: &Event, trace: &Trace) {
        if event.act == STORE {
            *state.of_mut() = VariableState { value: trace.value(event.value), writer: Some(event.goroutine) };
        }
    }

    fn footprint(&self, _: &dyn State, event: &Event, _: &Trace, out: &mut Vec<Touch>) {
        let access = if event.act == STORE { Access::PlainWrite } else { Access::PlainRead };
        out.push(Touch { object: event.object, aspect: MEMORY, index: 0, access });
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("a variable is no case of a select");
    }

    fn steady(&self, _: Act) -> bool {
        true
    }

    fn happened(&self, _: &dyn State, event: &Event) -> Words {
        match event.act {
            LOAD => Words::fixed("{who} reads {value} from {object}", "{who} 读取 {object}，得到 {value}"),
            _ => Words::fixed("{who} writes {value} to {object}", "{who} 把 {value} 写入 {object}"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            LOAD => Words::fixed("read {object}", "读取 {object}"),
            _ => Words::fixed("write {value} to {object}", "把 {value} 写入 {object}"),
        }
    }

    fn hindrance(&self, _: Act, _: &dyn State) -> Words {
        unreachable!("nobody waits for a variable")
    }

    fn shape(&self, act: Act) -> Shape {
        if act == LOAD { Shape::Read } else { Shape::Write }
    }
}
