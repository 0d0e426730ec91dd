//! What most kinds of objects have in common: a live half whose operations each leave one result.
//!
//! Channels are no such kind: their values move between two goroutines, so they keep what is laid aside themselves.

use std::cell::RefCell;
use std::panic::Location;
use std::rc::Rc;

use chanscope_kernel::trace::Packed;
use chanscope_kernel::{
    Act, Case, Commit, Declaration, Deed, GateId, Go, Object, ObjectId, Offer, Operation, Passage, Runtime,
};
use slab::Slab;

/// The live half of such an object.
pub trait Live: 'static {
    /// What an operation brings, and what its commit leaves in the same place for the goroutine to take.
    type Slot: 'static;

    /// Lets `deed` take effect; see [`Object::commit`].
    fn commit(&mut self, deed: &Deed, slot: &mut Self::Slot, commit: &mut Commit<'_>);

    /// See [`Object::is_neglected`].
    fn is_neglected(&self) -> bool {
        false
    }

    /// See [`Object::let_go`].
    fn let_go(&mut self) {}
}

/// An object as goroutines hold it. Clones are the same object.
pub(crate) struct Shared<L: Live> {
    runtime: Rc<Runtime>,
    core: Rc<Core<L>>,
    object: ObjectId,
}

impl<L: Live> Clone for Shared<L> {
    fn clone(&self) -> Self {
        Self { runtime: Rc::clone(&self.runtime), core: Rc::clone(&self.core), object: self.object }
    }
}

struct Core<L: Live> {
    state: RefCell<Contents<L>>,
}

struct Contents<L: Live> {
    /// `None` once the run is over.
    live: Option<L>,
    /// What goroutines have laid aside, or what was laid aside for them.
    slots: Slab<L::Slot>,
}

impl<L: Live> Contents<L> {
    fn live(&mut self) -> &mut L {
        self.live.as_mut().expect("the run is not over")
    }
}

impl<L: Live> Object for Core<L> {
    fn commit(&self, deed: &Deed, _: Option<&Deed>, commit: &mut Commit<'_>) {
        let Contents { live, slots } = &mut *self.state.borrow_mut();
        let live = live.as_mut().expect("the run is not over");
        live.commit(deed, &mut slots[deed.ticket as usize], commit);
    }

    fn is_neglected(&self) -> bool {
        self.state.borrow_mut().live().is_neglected()
    }

    fn let_go(&self) {
        let Contents { live, mut slots } = self.state.replace(Contents { live: None, slots: Slab::new() });
        if let Some(mut live) = live {
            live.let_go();
        }
        slots.clear();
        self.state.borrow_mut().slots = slots;
    }
}

/// A place in the source.
pub(crate) type At = &'static Location<'static>;

/// What an operation asks for.
pub(crate) struct Wanted<S> {
    pub(crate) act: Act,
    /// Where it waits; `None` for one that never does.
    pub(crate) gate: Option<GateId>,
    /// The value that a trace shows with it.
    pub(crate) value: Packed,
    pub(crate) slot: S,
}

impl<L: Live> Shared<L> {
    pub(crate) fn new(go: &Go, declaration: Declaration, live: L) -> Self {
        let runtime = Rc::clone(go.runtime());
        let core = runtime
            .left_object::<Core<L>>()
            .unwrap_or_else(|| Rc::new(Core { state: RefCell::new(Contents { live: None, slots: Slab::new() }) }));
        core.state.borrow_mut().live = Some(live);
        let object = runtime.add_object(declaration, Rc::clone(&core) as Rc<dyn Object>);
        Self { runtime, core, object }
    }

    pub(crate) fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// Looks at the live half or changes it, while no operation on this object commits.
    pub(crate) fn live<T>(&self, change: impl FnOnce(&mut L) -> T) -> T {
        change(self.core.state.borrow_mut().live())
    }

    pub(crate) fn object(&self) -> ObjectId {
        self.object
    }

    /// An operation whose result is what `read` makes of its slot.
    #[track_caller]
    pub(crate) fn ask<T>(&self, wanted: Wanted<L::Slot>, read: fn(L::Slot) -> T) -> Operation<Ask<L, T>> {
        self.ask_at(wanted, read, Location::caller())
    }

    /// The same, at a place in the source that was noted before.
    pub(crate) fn ask_at<T>(&self, wanted: Wanted<L::Slot>, read: fn(L::Slot) -> T, at: At) -> Operation<Ask<L, T>> {
        Operation::at(
            &self.runtime,
            Ask { core: Rc::clone(&self.core), object: self.object, wanted: Some(wanted), ticket: None, read },
            at,
        )
    }
}

/// An operation on a [`Shared`] object.
pub struct Ask<L: Live, T> {
    core: Rc<Core<L>>,
    object: ObjectId,
    wanted: Option<Wanted<L::Slot>>,
    ticket: Option<usize>,
    read: fn(L::Slot) -> T,
}

// Nothing in it is ever pinned: values are moved, futures are not kept.
impl<L: Live, T> Unpin for Ask<L, T> {}

impl<L: Live, T> Ask<L, T> {
    fn take(&mut self) -> L::Slot {
        self.core.state.borrow_mut().slots.remove(self.ticket.expect("it was submitted"))
    }
}

impl<L: Live, T> Offer for Ask<L, T> {
    type Output = T;

    fn open(&mut self, runtime: &Runtime, location: &'static Location<'static>) -> Case {
        let Wanted { act, gate, value, slot } = self.wanted.take().expect("it is submitted once");
        let key = self.core.state.borrow_mut().slots.insert(slot);
        self.ticket = Some(key);
        Case {
            object: self.object,
            gate: gate.unwrap_or_else(|| runtime.always()),
            act,
            ticket: u32::try_from(key).expect("goroutines are limited"),
            site: runtime.site(location),
            value,
            draws: 0,
        }
    }

    fn finish(&mut self) -> T {
        let slot = self.take();
        (self.read)(slot)
    }

    fn withdraw(&mut self) {
        self.take();
    }
}

/// Open or shut.
pub(crate) fn open_if(open: bool) -> Passage {
    if open { Passage::Open } else { Passage::Shut }
}
