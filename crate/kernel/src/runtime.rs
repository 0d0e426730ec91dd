//! What the goroutines of one run share: the objects, the gates, who has submitted what, and the trace so far.
//!
//! Goroutines reach it through handles and submit operations; only [`Run`](crate::Run) lets one commit.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::Context;

use smallvec::SmallVec;

use crate::clock::{Clock, Passing};
use crate::defer::Frame;
use crate::gate::{Gates, Passage, Waiting};
use crate::go::Name;
use crate::hosted::Host;
use crate::ids::{GateId, GoroutineId, ObjectId, Path, Position, SiteId};
use crate::limits::{Limit, Limits};
use crate::object::{Act, Declaration, Deed, Object};
use crate::panic::Panic;
use crate::runtime_kind::{self, RuntimeKind};
use crate::strategy::seeded;
use crate::trace::{CaseInfo, Event, Flags, GoroutineInfo, Packed, Site, Trace};
use crate::value::Value;

/// What a goroutine runs.
pub(crate) type Body = Pin<Box<dyn Future<Output = Result<(), Panic>>>>;

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

/// Where a goroutine stands with its operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stage {
    /// In local code.
    Local,
    /// Has submitted and is on its way.
    Submitted,
    /// Has stopped to wait.
    Parked,
    /// Has returned or panicked.
    Over,
}

pub(crate) struct Goroutine {
    pub(crate) stage: Stage,
    /// A select with a default: never waits.
    pub(crate) attempt: bool,
    pub(crate) select: bool,
    pub(crate) site: SiteId,
    pub(crate) cases: SmallVec<[Case; 1]>,
    pub(crate) arrival: u64,
    /// Index in `Inner::arriving`.
    arriving: Option<u32>,
    pub(crate) resumed: Option<Resumed>,
    /// For the commit under way: whether it had parked, and what let it through.
    let_through: (bool, Option<Position>),
    /// See [`crate::Moment::path_number`].
    pub(crate) path_number: u64,
    children: u32,
    /// Draws made so far.
    pub(crate) draws: u32,
    /// The number drawn last.
    pub(crate) drawn: u64,
    pub(crate) frames: SmallVec<[Frame; 1]>,
    pub(crate) deferring: bool,
    /// Its last event, where that concerned the runtime alone.
    pub(crate) did_last: Option<Act>,
    /// Where it sleeps.
    bed: Option<GateId>,
    /// Its own time, where time passes at any moment.
    now_nanos: u64,
}

pub(crate) struct Inner {
    pub(crate) trace: Trace,
    pub(crate) gates: Gates,
    pub(crate) goroutines: Vec<Goroutine>,
    pub(crate) current: Option<GoroutineId>,
    pub(crate) started: Vec<(GoroutineId, Body)>,
    /// Goroutines that have submitted since the last step was settled.
    pub(crate) submitted: Vec<GoroutineId>,
    /// Goroutines with an operation that may have to wait, and that have not parked.
    pub(crate) arriving: Vec<GoroutineId>,
    pub(crate) clock: Clock,
    pub(crate) limits: Limits,
    pub(crate) cut: Option<Limit>,
    /// Who met a fatal error.
    pub(crate) fatal: Option<GoroutineId>,
    /// Values that were received and dropped: from which object, by which event.
    pub(crate) lost: Vec<(ObjectId, Position)>,
    /// See [`Moment::gomaxprocs`](crate::Moment::gomaxprocs).
    pub(crate) gomaxprocs: u8,
    arrivals: u64,
    sites: BTreeMap<usize, SiteId>,
}

/// Shared by the goroutines of one run.
pub struct Runtime {
    inner: RefCell<Inner>,
    objects: RefCell<Vec<Rc<dyn Object>>>,
    /// Where operations commit inside their polls.
    pub(crate) host: RefCell<Option<Weak<Host>>>,
}

/// Events that a trace has room for from the start: as many as a small program makes, of which a search runs very many.
const ROOM_EVENTS: usize = 64;

/// The gate that is always open.
pub(crate) const ALWAYS: GateId = GateId(0);

/// The gate at which goroutines wait for the reader.
pub(crate) const OUTSIDE: GateId = GateId(1);

impl Runtime {
    /// Processors, where a program says nothing else.
    const GOMAXPROCS: u8 = 4;

    pub(crate) fn new(limits: Limits) -> Rc<Self> {
        let mut gates = Gates::default();
        assert_eq!(gates.add(Passage::Open, false), ALWAYS);
        assert_eq!(gates.add(Passage::Outside, false), OUTSIDE);
        let inner = Inner {
            trace: Trace::with_room(ROOM_EVENTS),
            gates,
            goroutines: Vec::new(),
            current: None,
            started: Vec::new(),
            submitted: Vec::new(),
            arriving: Vec::new(),
            clock: Clock::default(),
            limits,
            cut: None,
            fatal: None,
            lost: Vec::new(),
            gomaxprocs: Self::GOMAXPROCS,
            arrivals: 0,
            sites: BTreeMap::new(),
        };
        let runtime =
            Rc::new(Self { inner: RefCell::new(inner), objects: RefCell::default(), host: RefCell::default() });
        let own = Declaration { kind: &RuntimeKind, name: "runtime".to_owned(), size: 0, initial: None };
        runtime.add_object(own, Rc::new(RuntimeObject));
        runtime
    }

    pub(crate) fn with<T>(&self, f: impl FnOnce(&mut Inner) -> T) -> T {
        f(&mut self.inner.borrow_mut())
    }

    pub(crate) fn look<T>(&self, f: impl FnOnce(&Inner) -> T) -> T {
        f(&self.inner.borrow())
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
    pub fn pack(&self, value: Value) -> Packed {
        self.with(|inner| inner.trace.pack(value))
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
    pub fn name_of(&self, goroutine: GoroutineId) -> String {
        self.look(|inner| inner.trace.goroutine(goroutine).name.clone())
    }

    /// An object's name in the program.
    pub fn name_of_object(&self, object: ObjectId) -> String {
        self.look(|inner| inner.trace.object(object).name.clone())
    }

    /// What time it is for the goroutine that runs now, in nanoseconds since the start.
    pub fn now_nanos(&self) -> u64 {
        self.look(|inner| inner.now_nanos(inner.current()))
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

    /// What has gone through, for the goroutine that runs now: answers once. On an executor that is not ours the
    /// operation goes through here, when it can.
    pub(crate) fn poll(&self, cx: &Context<'_>) -> Option<Resumed> {
        let resumed = self.resumed();
        if resumed.is_some() {
            return resumed;
        }
        let host = self.host.borrow().as_ref().and_then(Weak::upgrade)?;
        host.go_on(cx);
        self.resumed()
    }

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

    pub(crate) fn commit(&self, deed: &Deed, partner: Option<&Deed>) {
        let objects = self.objects.borrow();
        let inner = &mut *self.inner.borrow_mut();
        objects[deed.object.index()].commit(deed, partner, &mut Commit { inner, begun: false });
    }
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

impl Inner {
    pub(crate) fn current(&self) -> GoroutineId {
        self.current.expect("operations happen inside goroutines")
    }

    fn site(&mut self, location: &'static Location<'static>) -> SiteId {
        // Only looked up, never walked: addresses differ between builds, the numbers do not.
        let key = std::ptr::from_ref(location).addr();
        if let Some(&id) = self.sites.get(&key) {
            return id;
        }
        let site = Site { file: location.file(), line: location.line(), column: location.column() };
        let id = self.trace.add_site(site);
        self.sites.insert(key, id);
        id
    }

    pub(crate) fn start(&mut self, name: Name) -> GoroutineId {
        let parent = self.current;
        let (path, path_number) = match parent {
            None => (Path::main(), 0),
            Some(parent) => {
                let ordinal = self.goroutines[parent.index()].children + 1;
                self.goroutines[parent.index()].children = ordinal;
                let parent_number = self.goroutines[parent.index()].path_number;
                (self.trace.goroutine(parent).path.child(ordinal), seeded(parent_number, 0, ordinal.into()))
            }
        };
        let Name { name, role } = name;
        // The event that starts it comes next.
        let born = self.trace.len() + u32::from(parent.is_some());
        let id = self.trace.add_goroutine(GoroutineInfo { path, name, role, parent, born });
        self.goroutines.push(Goroutine {
            stage: Stage::Local,
            attempt: false,
            select: false,
            site: SiteId(0),
            cases: SmallVec::new(),
            arrival: 0,
            arriving: None,
            resumed: None,
            let_through: (false, None),
            path_number,
            children: 0,
            draws: 0,
            drawn: 0,
            frames: SmallVec::new(),
            deferring: false,
            did_last: None,
            bed: None,
            now_nanos: parent.map_or(0, |parent| self.goroutines[parent.index()].now_nanos),
        });
        id
    }

    pub(crate) fn submit(&mut self, cases: impl IntoIterator<Item = Case>, shape: Submission, site: SiteId) {
        let id = self.current();
        self.arrivals += 1;
        let arrival = self.arrivals;
        let goroutine = &mut self.goroutines[id.index()];
        assert_eq!(goroutine.stage, Stage::Local, "a goroutine does one operation at a time");
        goroutine.stage = Stage::Submitted;
        goroutine.attempt = shape == Submission::Attempt;
        goroutine.select = shape != Submission::Plain;
        goroutine.site = site;
        goroutine.arrival = arrival;
        goroutine.cases.clear();
        goroutine.cases.extend(cases);
        assert!(goroutine.cases.len() < u8::MAX.into(), "a select has at most 254 cases");
        if goroutine.attempt {
            // It never waits, so it stands at no gate but the open one: nobody can meet it there.
            self.gates.arrive(ALWAYS, Waiting { arrival, goroutine: id, case: 0 });
        } else {
            for (case, at) in goroutine.cases.iter().enumerate() {
                let case = u8::try_from(case).expect("just checked");
                self.gates.arrive(at.gate, Waiting { arrival, goroutine: id, case });
            }
        }
        self.submitted.push(id);
    }

    /// Takes the goroutine's operation off all gates, because it goes through by `case`.
    pub(crate) fn withdraw(&mut self, id: GoroutineId, case: Option<u8>) {
        let goroutine = &mut self.goroutines[id.index()];
        let arrival = goroutine.arrival;
        let gate = case.map(|case| goroutine.cases[usize::from(case)].gate);
        let cause = gate.and_then(|gate| self.gates.opened_by(gate));
        goroutine.let_through = (goroutine.stage == Stage::Parked, cause);
        goroutine.stage = Stage::Local;
        if goroutine.attempt {
            self.gates.leave(ALWAYS, Waiting { arrival, goroutine: id, case: 0 });
        } else {
            for (case, at) in goroutine.cases.iter().enumerate() {
                let case = u8::try_from(case).expect("checked on submission");
                self.gates.leave(at.gate, Waiting { arrival, goroutine: id, case });
            }
        }
        self.no_longer_arriving(id);
        if let Some(gate) = gate {
            self.time_has_come(id, gate);
        }
    }

    /// After local code has run: whoever has just submitted is on its way, and those who cannot go on any more park, if
    /// nobody can tell. Where somebody can, parking is a step.
    pub(crate) fn settle(&mut self) {
        let nobody_submitted = self.submitted.is_empty();
        for nth in 0..self.submitted.len() {
            let id = self.submitted[nth];
            let Goroutine { stage, attempt, cases, .. } = &self.goroutines[id.index()];
            if *stage == Stage::Submitted && !attempt && cases.iter().any(|case| case.gate != ALWAYS) {
                self.goroutines[id.index()].arriving = Some(u32::try_from(self.arriving.len()).expect("limited"));
                self.arriving.push(id);
            }
        }
        self.submitted.clear();
        if !self.gates.take_closed_one() && nobody_submitted {
            return;
        }
        let mut at = 0;
        while let Some(&id) = self.arriving.get(at) {
            if self.can_go(id) || self.parking_is_seen(id) {
                at += 1;
            } else {
                // Takes its place in the list, so the same place is looked at again.
                self.park(id, false);
            }
        }
    }

    fn no_longer_arriving(&mut self, id: GoroutineId) {
        let Some(at) = self.goroutines[id.index()].arriving.take() else { return };
        self.arriving.swap_remove(at as usize);
        if let Some(&moved) = self.arriving.get(at as usize) {
            self.goroutines[moved.index()].arriving = Some(at);
        }
    }

    pub(crate) fn park(&mut self, id: GoroutineId, step: bool) {
        self.no_longer_arriving(id);
        self.goroutines[id.index()].stage = Stage::Parked;
        let value = self.case_list(id);
        let site = self.goroutines[id.index()].site;
        self.record_runtime(id, runtime_kind::PARK, site, value, None, Flags::STEP.when(step));
    }

    pub(crate) fn case_list(&mut self, id: GoroutineId) -> Packed {
        let goroutine = &self.goroutines[id.index()];
        let cases = goroutine.cases.iter().map(|c| CaseInfo { object: c.object, act: c.act, value: c.value });
        self.trace.case_list(goroutine.site, cases)
    }

    /// Whether the operation could go through without waiting for anybody: every attempt can.
    pub(crate) fn can_go(&self, id: GoroutineId) -> bool {
        let goroutine = &self.goroutines[id.index()];
        goroutine.attempt || goroutine.cases.iter().any(|c| self.gates.lets_through(c.gate, id))
    }

    pub(crate) fn parking_is_seen(&self, id: GoroutineId) -> bool {
        self.goroutines[id.index()].cases.iter().any(|c| self.gates.parking_is_seen(c.gate))
    }

    pub(crate) fn record_runtime(
        &mut self,
        goroutine: GoroutineId,
        act: Act,
        site: SiteId,
        value: Packed,
        partner: Option<GoroutineId>,
        flags: Flags,
    ) {
        let deferred = Flags::DEFERRED.when(self.goroutines[goroutine.index()].deferring);
        self.goroutines[goroutine.index()].did_last = Some(act);
        let at = self.trace.len();
        let object = ObjectId::RUNTIME;
        let flags = flags.and(deferred);
        self.trace.push(&Event {
            at,
            goroutine,
            object,
            act,
            flags,
            case: None,
            site,
            value,
            partner,
            source: None,
            cause: None,
        });
    }

    /// Sends the goroutine to sleep: sets the alarm of its own gate and answers the gate.
    pub(crate) fn sleep(&mut self, id: GoroutineId, nanos: u64) -> GateId {
        let gate = match self.goroutines[id.index()].bed {
            Some(gate) => gate,
            None => self.gates.add(Passage::Shut, false),
        };
        self.goroutines[id.index()].bed = Some(gate);
        let at = self.now_nanos(id).saturating_add(nanos);
        self.set_alarm(gate, at, id);
        gate
    }

    /// Nanoseconds until the next instant for which somebody waits.
    pub(crate) fn until_next_alarm(&self) -> Option<u64> {
        let at = self.clock.next(|gate| !self.gates.waiting(gate).is_empty())?;
        Some(at.saturating_sub(self.clock.now_nanos()))
    }

    /// Opens the gate at that instant, and shuts it until then.
    fn set_alarm(&mut self, gate: GateId, at_nanos: u64, by: GoroutineId) {
        let waits = self.clock.passing == Passing::WhenIdle && at_nanos > self.now_nanos(by);
        if waits || self.clock.passing == Passing::AtAnyMoment {
            self.clock.set(gate, at_nanos);
        } else {
            self.clock.clear(gate);
        }
        self.gates.set(gate, if waits { Passage::Shut } else { Passage::Open }, None);
    }

    /// What time it is for the goroutine.
    pub(crate) fn now_nanos(&self, id: GoroutineId) -> u64 {
        match self.clock.passing {
            Passing::WhenIdle => self.clock.now_nanos(),
            Passing::AtAnyMoment => self.goroutines[id.index()].now_nanos,
        }
    }

    /// Where time passes at any moment, it passes when somebody goes through a gate that has an alarm.
    fn time_has_come(&mut self, id: GoroutineId, gate: GateId) {
        if self.clock.passing == Passing::WhenIdle {
            return;
        }
        if let Some(at) = self.clock.clear(gate) {
            let own = &mut self.goroutines[id.index()].now_nanos;
            *own = at.max(*own);
            if at > self.clock.now_nanos() {
                self.clock.moves_to(at);
                self.trace.time_moves_to(at);
            }
        }
    }

    /// The deed that `case` of the goroutine's operation is.
    pub(crate) fn deed(&self, id: GoroutineId, case: u8, drawn: u64) -> Deed {
        let goroutine = &self.goroutines[id.index()];
        let Case { object, act, ticket, site, value, .. } = goroutine.cases[usize::from(case)];
        let in_select = goroutine.select.then_some(case);
        Deed { goroutine: id, object, act, ticket, site, value, case: in_select, attempt: goroutine.attempt, drawn }
    }
}

/// Whom and what an operation met.
#[derive(Clone, Copy, Debug)]
pub struct Met {
    /// The other goroutine of a rendezvous.
    pub partner: Option<GoroutineId>,
    /// The event that its value came from: for a receive the send, which in a rendezvous is the next event.
    pub source: Option<Position>,
}

impl Met {
    /// Nobody and nothing.
    pub const NOBODY: Self = Self { partner: None, source: None };
}

/// What an object may do while an operation on it commits.
pub struct Commit<'a> {
    inner: &'a mut Inner,
    begun: bool,
}

impl Commit<'_> {
    /// Records that `deed` took effect. Events of one commit are recorded in the order in which Go has them happen.
    pub fn record(&mut self, deed: &Deed, value: Packed, met: Met, flags: Flags) -> Position {
        let goroutine = &self.inner.goroutines[deed.goroutine.index()];
        let (parked, cause) = goroutine.let_through;
        let flags = flags
            .and(Flags::STEP.when(!self.begun))
            .and(Flags::PARKED.when(parked))
            .and(Flags::SELECT.when(deed.case.is_some()))
            .and(Flags::ATTEMPT.when(deed.attempt))
            .and(Flags::DEFERRED.when(goroutine.deferring));
        self.begun = true;
        let concerns_runtime = deed.object == ObjectId::RUNTIME;
        self.inner.goroutines[deed.goroutine.index()].did_last = concerns_runtime.then_some(deed.act);
        let Deed { goroutine, object, act, site, case, .. } = *deed;
        let cause = cause.filter(|_| parked);
        let Met { partner, source } = met;
        let at = self.inner.trace.len();
        self.inner.trace.push(&Event { at, goroutine, object, act, flags, case, site, value, partner, source, cause });
        at
    }

    /// The position of the event that would be recorded next.
    #[must_use]
    pub fn next_position(&self) -> Position {
        self.inner.trace.len()
    }

    /// Opens or shuts a gate, on account of the event recorded last.
    pub fn gate(&mut self, gate: GateId, passage: Passage) {
        let by = self.inner.trace.len().checked_sub(1);
        self.inner.gates.set(gate, passage, by);
    }

    /// The number of a place in the source.
    pub fn site(&mut self, location: &'static Location<'static>) -> SiteId {
        self.inner.site(location)
    }

    /// Whether main has returned, and the rest is run on to see what it leaves.
    #[must_use]
    pub fn main_has_returned(&self) -> bool {
        self.inner.trace.main_returned().is_some()
    }

    /// What time it is for the goroutine, in nanoseconds since the start.
    #[must_use]
    pub fn now_nanos(&self, goroutine: GoroutineId) -> u64 {
        self.inner.now_nanos(goroutine)
    }

    /// Opens a gate at an instant and shuts it until then, in place of the alarm that it may have.
    pub fn alarm(&mut self, deed: &Deed, gate: GateId, at_nanos: u64) {
        self.inner.set_alarm(gate, at_nanos, deed.goroutine);
    }

    /// Takes the gate's alarm away and shuts the gate.
    pub fn no_alarm(&mut self, gate: GateId) {
        self.inner.clock.clear(gate);
        self.inner.gates.set(gate, Passage::Shut, None);
    }

    /// Says that what `deed` has received, by the event at a position, is neither used nor passed on.
    pub fn loses(&mut self, deed: &Deed, at: Position) {
        self.inner.lost.push((deed.object, at));
    }

    /// Ends the program with what Go calls a fatal error, such as `sync: unlock of unlocked mutex`: the last that this
    /// commit records.
    pub fn fatal(&mut self, deed: &Deed, text: &str) {
        let text = self.pack(Value::text(text));
        self.inner.record_runtime(deed.goroutine, runtime_kind::FATAL, deed.site, text, None, Flags::FAILED);
        self.inner.goroutines[deed.goroutine.index()].stage = Stage::Over;
        self.inner.fatal = Some(deed.goroutine);
    }

    /// What a packed value stands for.
    #[must_use]
    pub fn value(&self, packed: Packed) -> Option<Value> {
        self.inner.trace.value(packed)
    }

    /// Packs a value for the trace.
    pub fn pack(&mut self, value: Value) -> Packed {
        self.inner.trace.pack(value)
    }
}

/// The live half of the runtime as an object.
struct RuntimeObject;

impl Object for RuntimeObject {
    fn commit(&self, deed: &Deed, _: Option<&Deed>, commit: &mut Commit<'_>) {
        let value = if deed.act == runtime_kind::DRAW {
            let goroutine = &mut commit.inner.goroutines[deed.goroutine.index()];
            goroutine.draws += 1;
            goroutine.drawn = deed.drawn;
            commit.pack(Value::Int(i64::try_from(deed.drawn).unwrap_or(i64::MAX)))
        } else {
            deed.value
        };
        commit.record(deed, value, Met::NOBODY, Flags::FAILED.when(deed.act == runtime_kind::PANIC));
        if deed.act == runtime_kind::RETURN {
            commit.inner.trace.main_returns();
        }
    }
}
