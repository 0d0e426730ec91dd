//! Plain shared variables: every load and store is an operation, since others may come between.

use std::borrow::Cow;

use chanscope_kernel::trace::{Flags, Holder, ObjectInfo, Packed};
use chanscope_kernel::words::Words;
use chanscope_kernel::{
    Access, Act, Aspect, Commit, Declaration, Deed, Event, Go, GoroutineId, Kind, Met, ObjectId, Operation, Shape,
    Show, State, Touch, Trace, Value, Would,
};

use crate::shared::{Ask, Live, Shared, Wanted};

const LOAD: Act = Act(0);
const STORE: Act = Act(1);

const MEMORY: Aspect = Aspect(0);

/// A variable that goroutines share. Clones are the same variable.
pub struct Var<T: Show + Clone> {
    shared: Shared<Memory<T>>,
}

impl<T: Show + Clone> Clone for Var<T> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone() }
    }
}

/// What is in a variable.
pub struct Memory<T> {
    value: T,
}

impl<T: Show + Clone> Var<T> {
    /// `var name = value`.
    #[must_use]
    pub fn new(go: &Go, name: impl Into<Cow<'static, str>>, value: T) -> Self {
        let initial = Some(value.show());
        let declaration = Declaration { kind: &VariableKind, name: name.into(), size: 0, initial };
        Self { shared: Shared::new(go, declaration, Memory { value }) }
    }

    /// Notes that the goroutine that runs now has captured the variable: for whoever looks at the run, it is no step.
    pub fn captured(&self) {
        let runtime = self.shared.runtime();
        runtime.note_hold(self.shared.object(), Holder::Goroutine(runtime.current()));
    }

    /// Notes that a function which is stored as `name` has captured the variable.
    pub fn captured_by(&self, name: String) {
        self.shared.runtime().note_hold(self.shared.object(), Holder::Function(name));
    }

    /// Reads the variable.
    #[track_caller]
    pub fn load(&self) -> Operation<Ask<Memory<T>, T>> {
        let wanted = Wanted { act: LOAD, gate: None, value: Packed::NONE, slot: None };
        self.shared.ask(wanted, |slot| slot.expect("the commit left the value"))
    }

    /// Writes the variable.
    #[track_caller]
    pub fn store(&self, value: T) -> Operation<Ask<Memory<T>, ()>> {
        let packed = self.shared.runtime().pack(value.show());
        self.shared.ask(Wanted { act: STORE, gate: None, value: packed, slot: Some(value) }, |_| ())
    }
}

impl<T: Show + Clone> Live for Memory<T> {
    type Slot = Option<T>;

    fn commit(&mut self, deed: &Deed, slot: &mut Option<T>, commit: &mut Commit<'_>) {
        let value = if deed.act == STORE {
            self.value = slot.take().expect("a store brings a value");
            deed.value
        } else {
            *slot = Some(self.value.clone());
            commit.pack(self.value.show())
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

    fn would(&self, _: Act, _: Option<Value>, _: &dyn State) -> Would {
        Would::GO
    }

    fn footprint_needs_state(&self) -> bool {
        false
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
