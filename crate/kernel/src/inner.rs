//! What a run knows: who has submitted what, who waits where, the clock, and the trace so far.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::panic::Location;

use smallvec::SmallVec;

use crate::body::Body;
use crate::clock::{Clock, Passing};
use crate::defer::Frames;
use crate::gate::{Gates, Passage};
use crate::go::Name;
use crate::ids::{GateId, GoroutineId, ObjectId, Path, Position, SiteId};
use crate::limits::{Limit, Limits, MAX_CASES};
use crate::object::{Act, Deed};
use crate::queue::Waiting;
use crate::runtime::{ALWAYS, Case, OUTSIDE, Resumed, Submission};
use crate::runtime_kind;
use crate::sites::Sites;
use crate::strategy::seeded;
use crate::trace::{CaseInfo, Event, Flags, GoroutineInfo, Packed, Site, Trace};
use crate::value::Value;

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
    /// Of its operation, be it still to come; of the case that went through where it was a select's.
    pub(crate) site: SiteId,
    pub(crate) cases: SmallVec<[Case; 1]>,
    pub(crate) arrival: u64,
    /// Index in `Inner::arriving`.
    arriving: Option<u32>,
    pub(crate) resumed: Option<Resumed>,
    /// For the commit under way: whether it had parked, and what let it through.
    pub(crate) let_through: (bool, Option<Position>),
    /// See [`crate::Moment::path_number`].
    pub(crate) path_number: u64,
    children: u32,
    /// Draws made so far.
    pub(crate) draws: u32,
    /// The number drawn last.
    pub(crate) drawn: u64,
    pub(crate) frames: Frames,
    pub(crate) deferring: bool,
    /// Where the panic came up that its deferred calls are run for.
    pub(crate) raised: Option<SiteId>,
    /// Its last event, where that concerned the runtime alone.
    pub(crate) did_last: Option<Act>,
    /// Where it sleeps.
    bed: Option<GateId>,
    /// Its own time, where time passes at any moment.
    now_nanos: u64,
}

impl Goroutine {
    /// Takes its operation off all gates, because it goes through.
    #[inline]
    fn leave(&mut self, gates: &mut Gates, id: GoroutineId) {
        self.stage = Stage::Local;
        let waiting = |case| Waiting { arrival: self.arrival, goroutine: id, case };
        if self.attempt {
            gates.leave(ALWAYS, waiting(0));
        } else {
            (0..).zip(&self.cases).for_each(|(case, at)| gates.leave(at.gate, waiting(case)));
        }
    }
}

#[derive(Default)]
pub(crate) struct Inner {
    pub(crate) trace: Trace,
    pub(crate) gates: Gates,
    pub(crate) goroutines: Vec<Goroutine>,
    pub(crate) current: Option<GoroutineId>,
    pub(crate) started: Vec<(GoroutineId, Body)>,
    /// Bodies of the run before for their memory, the one that was started first as the last.
    pub(crate) left: Vec<Body>,
    /// Whether some goroutine has deferred a call.
    pub(crate) defers: bool,
    /// Goroutines that have submitted what may have to wait since the last step was settled.
    pub(crate) submitted: Vec<GoroutineId>,
    /// Goroutines with an operation that may have to wait, and that have not parked.
    pub(crate) arriving: Vec<GoroutineId>,
    /// The same by arrival, some of them gone; the first is there.
    pub(crate) oldest: VecDeque<(u64, GoroutineId)>,
    /// Operations so far that have both ends of one rendezvous among their cases.
    could_meet_themselves: usize,
    /// Room to find out who has to park; empty between steps.
    suspects: BinaryHeap<Reverse<u32>>,
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
    sites: Sites,
}

/// Events that a trace has room for from the start: as many as a small program makes, of which a search runs very many.
const ROOM_EVENTS: usize = 64;

/// Processors, where a program says nothing else.
const GOMAXPROCS: u8 = 4;

impl Inner {
    /// Forgets all, and is ready for a run.
    pub(crate) fn begin(&mut self, limits: Limits) {
        let Self {
            trace,
            gates,
            goroutines,
            current,
            started,
            left: _,
            defers,
            submitted,
            arriving,
            oldest,
            could_meet_themselves,
            suspects,
            clock,
            limits: own_limits,
            cut,
            fatal,
            lost,
            gomaxprocs,
            arrivals,
            sites,
        } = self;
        trace.begin(ROOM_EVENTS);
        gates.begin();
        assert_eq!(gates.add(Passage::Open, false), ALWAYS);
        assert_eq!(gates.add(Passage::Outside, false), OUTSIDE);
        goroutines.clear();
        started.clear();
        submitted.clear();
        arriving.clear();
        oldest.clear();
        suspects.clear();
        lost.clear();
        sites.clear();
        (*current, *cut, *fatal) = (None, None, None);
        (*defers, *could_meet_themselves, *arrivals) = (false, 0, 0);
        clock.begin();
        (*own_limits, *gomaxprocs) = (limits, GOMAXPROCS);
    }

    pub(crate) fn current(&self) -> GoroutineId {
        self.current.expect("operations happen inside goroutines")
    }

    /// Packs a value for the trace. Beyond [`Limits::value_bytes`] the run is cut at the next step.
    #[inline]
    pub(crate) fn pack(&mut self, value: Value) -> Packed {
        if let Some(small) = Packed::small(&value) {
            return small;
        }
        let packed = self.trace.pack(value);
        if self.trace.value_bytes() > self.limits.value_bytes {
            self.cut.get_or_insert(Limit::Values);
        }
        packed
    }

    pub(crate) fn site(&mut self, location: &'static Location<'static>) -> SiteId {
        let Self { trace, sites, .. } = self;
        sites.number(location, || {
            trace.add_site(Site { file: location.file(), line: location.line(), column: location.column() })
        })
    }

    pub(crate) fn start(&mut self, name: Name, future_bytes: Option<u32>) -> GoroutineId {
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
        let id = self.trace.add_goroutine(GoroutineInfo { path, name, role, parent, born, future_bytes });
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
            frames: Frames::new(),
            deferring: false,
            raised: None,
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
        let Self { goroutines, gates, .. } = self;
        let goroutine = &mut goroutines[id.index()];
        assert_eq!(goroutine.stage, Stage::Local, "a goroutine does one operation at a time");
        goroutine.stage = Stage::Submitted;
        goroutine.attempt = shape == Submission::Attempt;
        goroutine.select = shape != Submission::Plain;
        goroutine.site = site;
        goroutine.arrival = arrival;
        goroutine.cases.clear();
        for case in cases {
            goroutine.cases.push(case);
        }
        assert!(goroutine.cases.len() <= MAX_CASES, "a select has at most {MAX_CASES} cases");
        if goroutine.attempt {
            // It never waits, so it stands at no gate but the open one: nobody can meet it there.
            gates.arrive(ALWAYS, Waiting { arrival, goroutine: id, case: 0 });
            return;
        }
        let (mut may_wait, several) = (false, goroutine.cases.len() > 1);
        for (case, at) in (0..).zip(&goroutine.cases) {
            gates.arrive(at.gate, Waiting { arrival, goroutine: id, case });
            may_wait |= at.gate != ALWAYS;
        }
        if may_wait {
            self.submitted.push(id);
        }
        if several {
            self.could_meet_themselves += usize::from(self.could_meet_itself(id));
        }
    }

    /// Whether two cases of the goroutine's operation are the two ends of one rendezvous.
    fn could_meet_itself(&self, id: GoroutineId) -> bool {
        let Goroutine { cases, .. } = &self.goroutines[id.index()];
        let other_end = |gate| match self.gates.passage(gate) {
            Passage::Meeting(other) => Some(other),
            Passage::Shut | Passage::Open | Passage::Outside => None,
        };
        let meets = |case: &Case| other_end(case.gate).is_some_and(|other| cases.iter().any(|c| c.gate == other));
        cases.iter().any(meets)
    }

    /// Whether everybody on his way can go on: nobody could stop and wait for it to be seen.
    pub(crate) fn nobody_can_park(&self) -> bool {
        !self.gates.somebody_is_stuck_where_seen() && self.could_meet_themselves == 0
    }

    /// Has the goroutine's select take its default.
    pub(crate) fn take_default(&mut self, id: GoroutineId) {
        let looked_at = self.case_list(id);
        let Self { goroutines, gates, .. } = self;
        let goroutine = &mut goroutines[id.index()];
        goroutine.leave(gates, id);
        goroutine.resumed = Some(Resumed::Default);
        let site = goroutine.site;
        let flags = Flags::STEP.and(Flags::SELECT).and(Flags::ATTEMPT);
        self.record_runtime(id, runtime_kind::DEFAULT, site, looked_at, None, flags);
    }

    /// Takes the goroutine through by `case`, off all gates, and answers the deed that is to commit.
    pub(crate) fn let_through(&mut self, id: GoroutineId, case: u8, drawn: u64) -> Deed {
        let Self { goroutines, gates, .. } = self;
        let goroutine = &mut goroutines[id.index()];
        let Case { object, gate, act, ticket, site, value, .. } = goroutine.cases[usize::from(case)];
        let parked = goroutine.stage == Stage::Parked;
        goroutine.let_through = (parked, if parked { gates.opened_by(gate) } else { None });
        goroutine.leave(gates, id);
        goroutine.site = site;
        goroutine.resumed = Some(Resumed::Case(case));
        let in_select = goroutine.select.then_some(case);
        let attempt = goroutine.attempt;
        if let Some(at) = goroutine.arriving.take() {
            self.no_longer_arriving(id, at);
        }
        if self.clock.passing == Passing::AtAnyMoment {
            self.time_has_come(id, gate);
        }
        Deed { goroutine: id, object, act, ticket, site, value, case: in_select, attempt, drawn }
    }

    /// After local code has run: whoever has just submitted is on its way, and those who cannot go on any more park, if
    /// nobody can tell. Where somebody can, parking is a step.
    #[inline]
    pub(crate) fn settle(&mut self) {
        if !self.submitted.is_empty() || !self.gates.closed().is_empty() {
            self.settle_arrivals();
        }
    }

    fn settle_arrivals(&mut self) {
        let known = self.arriving.len();
        for nth in 0..self.submitted.len() {
            let id = self.submitted[nth];
            let goroutine = &mut self.goroutines[id.index()];
            if goroutine.stage == Stage::Submitted {
                let at = u32::try_from(self.arriving.len()).expect("limited");
                self.oldest.push_back((goroutine.arrival, id));
                goroutine.arriving = Some(at);
                self.arriving.push(id);
                if self.has_to_park(id) {
                    self.suspects.push(Reverse(at));
                }
            }
        }
        self.submitted.clear();
        self.suspect_who_waits_at_closed(known);
        // By place in the list. Whoever parks leaves his place to the last, who is looked at there.
        while let Some(Reverse(at)) = self.suspects.pop() {
            if let Some(&id) = self.arriving.get(at as usize)
                && self.has_to_park(id)
            {
                self.park(id, false);
                self.suspects.push(Reverse(at));
            }
        }
    }

    /// Whether the operation cannot go on, and nobody could tell that its goroutine has parked.
    fn has_to_park(&self, id: GoroutineId) -> bool {
        !self.can_go(id) && !self.parking_is_seen(id)
    }

    /// Where operations commit inside their polls there are no steps to settle.
    pub(crate) fn nobody_settles(&mut self) {
        self.submitted.clear();
        self.gates.closed().clear();
    }

    /// Those of the first `known` on their way who stand at a gate that was closed by this step. All others can still
    /// go, or may stay.
    ///
    /// Cost: those on their way, or those at the gates, whichever are fewer.
    fn suspect_who_waits_at_closed(&mut self, known: usize) {
        if self.gates.closed().is_empty() {
            return;
        }
        let mut closed = std::mem::take(self.gates.closed());
        let at_gates: usize = closed.iter().map(|&gate| self.gates.waiting(gate).len()).sum();
        if at_gates > known {
            self.suspects.extend((0..u32::try_from(known).expect("limited")).map(Reverse));
        } else {
            let waiting = closed.iter().flat_map(|&gate| self.gates.waiting(gate));
            self.suspects.extend(waiting.filter_map(|w| self.goroutines[w.goroutine.index()].arriving).map(Reverse));
        }
        closed.clear();
        *self.gates.closed() = closed;
    }

    /// The goroutine at that place of those on their way is none of them any more.
    fn no_longer_arriving(&mut self, id: GoroutineId, at: u32) {
        self.arriving.swap_remove(at as usize);
        if let Some(&moved) = self.arriving.get(at as usize) {
            self.goroutines[moved.index()].arriving = Some(at);
        }
        // The first stays in front as long as he is there.
        let Self { oldest, goroutines, arriving, .. } = self;
        let is_there = |&(arrival, id): &(u64, GoroutineId)| {
            let goroutine = &goroutines[id.index()];
            goroutine.arriving.is_some() && goroutine.arrival == arrival
        };
        if oldest.front().is_some_and(|&(_, first)| first == id) {
            oldest.pop_front();
            while oldest.front().is_some_and(|first| !is_there(first)) {
                oldest.pop_front();
            }
        }
        if oldest.len() > 2 * arriving.len() + ROOM_EVENTS {
            oldest.retain(is_there);
        }
    }

    pub(crate) fn park(&mut self, id: GoroutineId, step: bool) {
        let goroutine = &mut self.goroutines[id.index()];
        goroutine.stage = Stage::Parked;
        if let Some(at) = goroutine.arriving.take() {
            self.no_longer_arriving(id, at);
        }
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
        let who = &mut self.goroutines[goroutine.index()];
        who.did_last = Some(act);
        let flags = flags.and(Flags::DEFERRED.when(who.deferring));
        let at = self.trace.len();
        let object = ObjectId::RUNTIME;
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
    pub(crate) fn set_alarm(&mut self, gate: GateId, at_nanos: u64, by: GoroutineId) {
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

    /// Whether the goroutine could find the open gate shut: its alarm may have come, and need not.
    pub(crate) fn may_not_have_come(&self, id: GoroutineId, gate: GateId) -> bool {
        self.clock.passing == Passing::AtAnyMoment && self.clock.of(gate).is_some_and(|at| at > self.now_nanos(id))
    }

    /// Where time passes at any moment, it passes when somebody goes through a gate that has an alarm.
    fn time_has_come(&mut self, id: GoroutineId, gate: GateId) {
        if let Some(at) = self.clock.clear(gate) {
            let own = &mut self.goroutines[id.index()].now_nanos;
            *own = at.max(*own);
            if at > self.clock.now_nanos() {
                self.clock.moves_to(at);
                self.trace.time_moves_to(at);
            }
        }
    }
}
