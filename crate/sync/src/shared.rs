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
    live: RefCell<L>,
    slots: RefCell<Slab<L::Slot>>,
}

impl<L: Live> Object for Core<L> {
    fn commit(&self, deed: &Deed, _: Option<&Deed>, commit: &mut Commit<'_>) {
        let slot = &mut self.slots.borrow_mut()[deed.ticket as usize];
        self.live.borrow_mut().commit(deed, slot, commit);
    }

    fn is_neglected(&self) -> bool {
        self.live.borrow().is_neglected()
    }

    fn let_go(&self) {
        self.live.borrow_mut().let_go();
        self.slots.take();
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
        let core = Rc::new(Core { live: RefCell::new(live), slots: RefCell::new(Slab::new()) });
        let object = runtime.add_object(declaration, Rc::clone(&core) as Rc<dyn Object>);
        Self { runtime, core, object }
    }

    pub(crate) fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// Looks at the live half or changes it, while no operation on this object commits.
    pub(crate) fn live<T>(&self, change: impl FnOnce(&mut L) -> T) -> T {
        change(&mut self.core.live.borrow_mut())
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
        Operation::at(&self.runtime, Ask { shared: self.clone(), wanted: Some(wanted), ticket: None, read }, at)
    }
}

/// An operation on a [`Shared`] object.
pub struct Ask<L: Live, T> {
    shared: Shared<L>,
    wanted: Option<Wanted<L::Slot>>,
    ticket: Option<usize>,
    read: fn(L::Slot) -> T,
}

// Nothing in it is ever pinned: values are moved, futures are not kept.
impl<L: Live, T> Unpin for Ask<L, T> {}

impl<L: Live, T> Ask<L, T> {
    fn take(&mut self) -> L::Slot {
        self.shared.core.slots.borrow_mut().remove(self.ticket.expect("it was submitted"))
    }
}

impl<L: Live, T> Offer for Ask<L, T> {
    type Output = T;

    fn open(&mut self, runtime: &Runtime, location: &'static Location<'static>) -> Case {
        let Wanted { act, gate, value, slot } = self.wanted.take().expect("it is submitted once");
        let key = self.shared.core.slots.borrow_mut().insert(slot);
        self.ticket = Some(key);
        Case {
            object: self.shared.object,
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
