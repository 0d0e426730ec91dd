//! `select {}`: a select with no case, which waits for ever.
//!
//! Source: The Go Programming Language Specification, "Select statements".

use std::convert::Infallible;

use chanscope_kernel::trace::{ObjectInfo, Packed};
use chanscope_kernel::words::Words;
use chanscope_kernel::{
    Act, Commit, Declaration, Deed, Event, Go, GoroutineId, Kind, ObjectId, Operation, Passage, Shape, State, Touch,
    Trace,
};

use crate::shared::{Ask, Live, Shared, Wanted};

const SELECT: Act = Act(0);

/// What somebody waits for who waits for nothing.
pub struct Nothing;

/// `select {}`. Nothing ever ends it; Go names the state of such a goroutine "select (no cases)".
#[track_caller]
pub fn select_nothing(go: &Go) -> Operation<Ask<Nothing, Infallible>> {
    let gate = go.runtime().add_gate(Passage::Shut, false);
    let declaration = Declaration { kind: &NothingKind, name: "select {}".into(), size: 0, initial: None };
    let wanted = Wanted { act: SELECT, gate: Some(gate), value: Packed::NONE, slot: () };
    Shared::new(go, declaration, Nothing).ask(wanted, |()| unreachable!("its gate stays shut"))
}

impl Live for Nothing {
    type Slot = ();

    fn commit(&mut self, _: &Deed, (): &mut (), _: &mut Commit<'_>) {
        unreachable!("its gate stays shut")
    }
}

struct NothingKind;

impl Kind for NothingKind {
    fn name(&self) -> &'static str {
        "nothing"
    }

    fn act_name(&self, _: Act) -> &'static str {
        "select"
    }

    fn start(&self, _: &ObjectInfo) -> Box<dyn State> {
        Box::new(())
    }

    fn apply(&self, _: &mut dyn State, _: &Event, _: &Trace) {}

    fn footprint(&self, _: &dyn State, _: &Event, _: &Trace, _: &mut Vec<Touch>) {}

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("it is no case of a select");
    }

    fn happened(&self, _: &dyn State, _: &Event) -> Words {
        unreachable!("it never happens")
    }

    fn intends(&self, _: Act) -> Words {
        Words::fixed("wait in a select", "在 select 中等待")
    }

    fn hindrance(&self, _: Act, _: &dyn State) -> Words {
        Words::fixed("it has no case, so that nothing ever ends it", "它没有 case，永远不会结束")
    }

    fn inside(&self, _: &dyn State) -> (Words, Option<GoroutineId>) {
        (Words::fixed("no case", "没有 case"), None)
    }

    fn shape(&self, _: Act) -> Shape {
        Shape::Select
    }
}
