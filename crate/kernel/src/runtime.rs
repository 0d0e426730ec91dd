//! What the goroutines of one run share: the objects, the gates, who has submitted what, and the trace so far.
//!
//! Goroutines reach it through handles and submit operations; only [`Run`](crate::Run) lets one commit.

use std::any::Any;
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::panic::Location;
use std::rc::{Rc, Weak};
use std::task::Context;

use crate::commit::RuntimeObject;
use crate::gate::Passage;
use crate::hosted::Host;
use crate::ids::{GateId, GoroutineId, ObjectId, Position, SiteId};
use crate::inner::{Goroutine, Inner, Stage};
use crate::limits::{Limit, Limits};
use crate::object::{Act, Declaration, Object};
use crate::runtime_kind::RuntimeKind;
use crate::trace::{Holder, Packed};
use crate::value::Value;

/// One case of a submitted operation: an operation of its own has exactly one.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// The object acted on.
    pub object: ObjectId,
    /// Where the operation waits.
    pub gate: GateId,
    /// What would be done.
    pub act: Act,
    /// The object's own mark for what it has laid aside.
    pub ticket: u32,
    /// Where in the source.
    pub site: SiteId,
    /// The value that would travel.
    pub value: Packed,
    /// For a draw, how many values there are; else 0.
    pub draws: u64,
}

/// What went through, once a goroutine is resumed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resumed {
    /// The case with this index.
    Case(u8),
    /// The default of a select.
    Default,
}

/// What kind of operation is submitted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Submission {
    /// One operation.
    Plain,
    /// A select without default.
    Select,
    /// A select with default: an attempt.
    Attempt,
}

/// Shared by the goroutines of one run.
#[derive(Default)]
pub struct Runtime {
    inner: RefCell<Inner>,
    objects: RefCell<Vec<Rc<dyn Object>>>,
    /// Those of the run before for their memory, the one that was made first as the last.
    left: RefCell<Vec<Rc<dyn Object>>>,
    /// Where operations commit inside their polls.
    pub(crate) host: OnceCell<Weak<Host>>,
}

/// The gate that is always open.
pub(crate) const ALWAYS: GateId = GateId(0);

/// The gate at which goroutines wait for the reader.
pub(crate) const OUTSIDE: GateId = GateId(1);

impl Runtime {
    pub(crate) fn new(limits: Limits) -> Rc<Self> {
        Self::within(None, limits)
    }

    /// The same in the memory of another one that is no longer used.
    pub(crate) fn within(left: Option<Rc<Self>>, limits: Limits) -> Rc<Self> {
        let fresh = || Rc::new(Self::default());
        let mut runtime = left.unwrap_or_else(fresh);
        if Rc::get_mut(&mut runtime).is_none() {
            runtime = fresh();
        }
        let Self { inner, host, .. } = Rc::get_mut(&mut runtime).expect("just made sure");
        inner.get_mut().begin(limits);
        host.take();
        let own = Declaration { kind: &RuntimeKind, name: "runtime".into(), size: 0, initial: None };
        let object = runtime.left_object().unwrap_or_else(|| Rc::new(RuntimeObject));
        runtime.add_object(own, object);
        runtime
    }

    pub(crate) fn with<T>(&self, f: impl FnOnce(&mut Inner) -> T) -> T {
        f(&mut self.inner.borrow_mut())
    }

    pub(crate) fn look<T>(&self, f: impl FnOnce(&Inner) -> T) -> T {
        f(&self.inner.borrow())
    }

    /// An object that the run before has left for its memory, if it is of that type and shared with nobody. Asked for
    /// before each that is made: they come in the order in which they were made then.
    pub fn left_object<T: Object>(&self) -> Option<Rc<T>> {
        let left = self.left.borrow_mut().pop()?;
        let mut object = Rc::downcast(left as Rc<dyn Any>).ok()?;
        Rc::get_mut(&mut object).is_some().then_some(object)
    }

    /// Takes an object into the run. Beyond [`Limits::objects`] the run is cut at the next step.
    pub fn add_object(&self, declaration: Declaration, object: Rc<dyn Object>) -> ObjectId {
        self.objects.borrow_mut().push(object);
        self.with(|inner| {
            if inner.trace.objects().len() >= inner.limits.objects as usize {
                inner.cut.get_or_insert(Limit::Objects);
            }
            inner.trace.add_object(declaration, inner.current)
        })
    }

    /// Notes that an object was captured. Not an event: nobody can tell by it.
    pub fn note_hold(&self, object: ObjectId, holder: Holder) {
        self.with(|inner| inner.trace.add_hold(object, holder));
    }

    /// Cuts the run at the next step: for objects that would take more than a limit allows.
    pub fn cut(&self, limit: Limit) {
        self.with(|inner| {
            inner.cut.get_or_insert(limit);
        });
    }

    /// A new gate. `parking_is_seen`: whether some operation can tell a goroutine that has parked here from one that
    /// is still on its way (a select with a default at an unbuffered channel can). Where nobody can, parking is no
    /// choice of its own.
    pub fn add_gate(&self, passage: Passage, parking_is_seen: bool) -> GateId {
        self.with(|inner| inner.gates.add(passage, parking_is_seen))
    }

    /// The gate that is always open, for operations that never wait.
    #[must_use]
    pub fn always(&self) -> GateId {
        ALWAYS
    }

    /// Sets the passage of a gate outside a commit: for objects that are still being made.
    pub fn set_gate(&self, gate: GateId, passage: Passage) {
        self.with(|inner| inner.gates.set(gate, passage, None));
    }

    /// Packs a value for the trace.
    #[inline]
    pub fn pack(&self, value: Value) -> Packed {
        Packed::small(&value).unwrap_or_else(|| self.with(|inner| inner.pack(value)))
    }

    /// The number of a place in the source.
    pub fn site(&self, location: &'static Location<'static>) -> SiteId {
        self.with(|inner| inner.site(location))
    }

    /// The goroutine that runs now.
    pub fn current(&self) -> GoroutineId {
        self.look(Inner::current)
    }

    /// A goroutine's name in the program.
    pub fn name_of(&self, goroutine: GoroutineId) -> Cow<'static, str> {
        self.look(|inner| inner.trace.goroutine(goroutine).name.clone())
    }

    /// An object's name in the program.
    pub fn name_of_object(&self, object: ObjectId) -> Cow<'static, str> {
        self.look(|inner| inner.trace.object(object).name.clone())
    }

    /// What time it is for the goroutine that runs now, in nanoseconds since the start.
    pub fn now_nanos(&self) -> u64 {
        self.look(|inner| inner.now_nanos(inner.current()))
    }

    /// Says that what the goroutine that runs now received last from an object is neither used nor passed on. Where it
    /// has received nothing there it says nothing. Looks back over what has happened since.
    pub fn loses_last(&self, object: ObjectId) {
        self.with(|inner| {
            let (trace, who) = (&inner.trace, inner.current());
            let mine = |&at: &Position| trace.actor(at) == who && trace.object_of(at) == object;
            let last = (0..trace.len()).rev().find(mine).filter(|&at| trace.source(at).is_some());
            inner.lost.extend(last.map(|at| (object, at)));
        });
    }

    /// Opens a gate at an instant and shuts it until then, in place of the alarm that it may have: for objects that are
    /// still being made.
    pub fn set_alarm(&self, gate: GateId, at_nanos: u64) {
        self.with(|inner| inner.set_alarm(gate, at_nanos, inner.current()));
    }

    /// Submits an operation of the goroutine that runs now. It is polled no further until one case has gone through.
    pub fn submit(&self, cases: impl IntoIterator<Item = Case>, shape: Submission, site: SiteId) {
        self.with(|inner| inner.submit(cases, shape, site));
    }

    /// Whether an operation goes through in its own poll, when it can: on executors that are not ours.
    pub(crate) fn commits_in_polls(&self) -> bool {
        self.host.get().is_some()
    }

    /// What has gone through, for the goroutine that runs now: answers once. On an executor that is not ours the
    /// operation goes through here, when it can.
    #[inline]
    pub(crate) fn poll(&self, cx: &Context<'_>) -> Option<Resumed> {
        self.resumed().or_else(|| self.poll_hosted(cx))
    }

    fn poll_hosted(&self, cx: &Context<'_>) -> Option<Resumed> {
        let host = self.host.get().and_then(Weak::upgrade)?;
        host.go_on(cx);
        // Whoever meets a fatal error there is over, though its operation has gone through.
        let over = self.look(|inner| inner.goroutines[inner.current().index()].stage == Stage::Over);
        if over { None } else { self.resumed() }
    }

    #[inline]
    fn resumed(&self) -> Option<Resumed> {
        self.with(|inner| {
            let current = inner.current();
            inner.goroutines[current.index()].resumed.take()
        })
    }

    /// Objects at which something was left undone.
    pub(crate) fn neglected(&self) -> Vec<ObjectId> {
        let objects = self.objects.borrow();
        let neglected = (0..).map(ObjectId).zip(objects.iter()).filter(|(_, object)| object.is_neglected());
        neglected.map(|(id, _)| id).collect()
    }

    /// Drops what holds the runtime and is held by it, once nobody goes on: bodies that were started in the last step,
    /// deferred calls that never came to run, and objects with values in them that hold objects.
    pub(crate) fn let_go(&self) {
        if self.objects.borrow().is_empty() {
            // It was done already.
            return;
        }
        let take = |inner: &mut Inner| {
            let calls = |goroutine: &mut Goroutine| goroutine.frames.take_calls();
            let calls: Vec<_> = inner.goroutines.iter_mut().filter(|_| inner.defers).map(calls).collect();
            (std::mem::take(&mut inner.started), calls)
        };
        let (mut started, _calls) = self.with(take);
        started.clear();
        self.with(|inner| inner.started = started);
        let mut objects = self.objects.take();
        objects.iter().for_each(|object| object.let_go());
        objects.reverse();
        let mut room = self.left.replace(objects);
        room.clear();
        self.objects.replace(room);
    }

    pub(crate) fn with_objects<T>(&self, f: impl FnOnce(&mut Inner, &[Rc<dyn Object>]) -> T) -> T {
        f(&mut self.inner.borrow_mut(), &self.objects.borrow())
    }
}
