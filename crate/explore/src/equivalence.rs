//! When two executions are the same but for the order of what nobody can tell apart.
//!
//! Two executions are equivalent (Mazurkiewicz) when one becomes the other by exchanging neighbouring independent
//! events. They are exactly those in which every goroutine does the same and every pair of conflicting events comes in
//! the same order, so that is what is written down here: each goroutine's events, each with the clock of what it
//! depends on. Parking leaves no mark of its own: whoever could tell it has shown so by what it did.

use std::collections::BTreeMap;

use chanscope_kernel::trace::{CaseInfo, Flags, Fold};
use chanscope_kernel::{Access, Event, GoroutineId, ObjectId, Path, Touch, Trace, Value, runtime_kind};

use crate::clock::Clock;
use crate::matters::Matters;

/// The name of a class of equivalent executions of one program: equal exactly for equivalent executions.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Equivalence(Vec<(Path, Vec<Step>)>);

/// One event, by names that are the same in every interleaving.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Step {
    object: (Option<Path>, usize),
    act: u8,
    flags: u8,
    case: Option<u8>,
    value: Option<String>,
    partner: Option<Path>,
    /// For each goroutine with an event before this one, how many.
    after: Vec<(Path, u32)>,
}

#[derive(Default)]
struct Last {
    write: Clock,
    reads: Clock,
    adds: Clock,
}

impl Equivalence {
    /// The class of an execution. Quadratic in its length at worst: for small programs.
    #[must_use]
    pub fn of(trace: &Trace, matters: Matters) -> Self {
        let mut clocks: Vec<Clock> = trace.goroutines().iter().map(|_| Clock::default()).collect();
        let mut last: BTreeMap<(ObjectId, u8, u32), Last> = BTreeMap::new();
        let mut steps: Vec<Vec<Step>> = trace.goroutines().iter().map(|_| Vec::new()).collect();
        let objects = object_names(trace);
        let mut fold = Fold::new(trace);
        let mut touches: Vec<Touch> = Vec::new();
        let mut parks: Vec<Option<Event>> = trace.goroutines().iter().map(|_| None).collect();
        for event in trace.events() {
            if trace.runtime_act(&event) == Some(runtime_kind::PARK) {
                parks[event.goroutine.index()] = Some(event);
            }
            let unseen = matches!(trace.runtime_act(&event), Some(runtime_kind::PARK | runtime_kind::TIME));
            if !unseen {
                touches.clear();
                trace.object(event.object).kind.footprint(fold.object(event.object), &event, trace, &mut touches);
                if let Some(partner) = event.partner.filter(|_| event.flags.has(Flags::ATTEMPT)) {
                    let park = parks[partner.index()].expect("attempts meet who has parked");
                    stands(trace, trace.cases(&park), &mut touches);
                }
                let theirs = event.partner.map(|partner| clocks[partner.index()].clone());
                let clock = &mut clocks[event.goroutine.index()];
                clock.join(&theirs.unwrap_or_default());
                clock.tick(event.goroutine);
                for touch in &touches {
                    let Last { write, reads, adds } =
                        last.entry((touch.object, touch.aspect.0, touch.index)).or_default();
                    let Some(access) = matters.access(touch) else { continue };
                    for (other, clock_of) in [(Access::Write, write), (Access::Read, reads), (Access::Add, adds)] {
                        if access.conflicts(other) {
                            clock.join(clock_of);
                        }
                    }
                }
                for touch in &touches {
                    let Last { write, reads, adds } =
                        last.entry((touch.object, touch.aspect.0, touch.index)).or_default();
                    match matters.access(touch) {
                        Some(Access::Write | Access::PlainWrite) => write.join(clock),
                        Some(Access::Read | Access::PlainRead) => reads.join(clock),
                        Some(Access::Add) => adds.join(clock),
                        _ => {}
                    }
                }
                let clock = clock.clone();
                if let Some(partner) = event.partner {
                    clocks[partner.index()].join(&clock);
                }
                steps[event.goroutine.index()].push(step(trace, &event, &clock, &objects));
            }
            fold.advance(trace);
        }
        let mut goroutines: Vec<_> = trace.goroutines().iter().map(|g| g.path.clone()).zip(steps).collect();
        goroutines.sort();
        Self(goroutines)
    }
}

/// What an attempt that meets a goroutine has found out about it: that it stands there, since none of its cases could
/// go through. Otherwise it had been gone.
pub(crate) fn stands(trace: &Trace, cases: &[CaseInfo], out: &mut Vec<Touch>) {
    for case in cases {
        trace.object(case.object).kind.observed(case.act, case.object, out);
    }
}

fn step(trace: &Trace, event: &Event, clock: &Clock, objects: &[(Option<Path>, usize)]) -> Step {
    let path = |id: GoroutineId| trace.goroutine(id).path.clone();
    let told = [Flags::SELECT, Flags::FAILED, Flags::SPECIAL, Flags::ATTEMPT, Flags::DEFERRED];
    let told = told.into_iter().fold(0, |bits, flag| bits | if event.flags.has(flag) { flag.bits() } else { 0 });
    let ids = (0..).map(GoroutineId).zip(trace.goroutines());
    let mut after: Vec<_> = ids.map(|(id, info)| (info.path.clone(), clock.get(id))).filter(|(_, n)| *n > 0).collect();
    after.sort();
    Step {
        object: objects[event.object.index()].clone(),
        act: event.act.0,
        flags: told,
        case: event.case,
        value: trace.event_value(event).as_ref().map(Value::to_string),
        partner: event.partner.map(path),
        after,
    }
}

/// Objects by who made them and how many he had made before: ids depend on who came first.
fn object_names(trace: &Trace) -> Vec<(Option<Path>, usize)> {
    let mut made: BTreeMap<Option<GoroutineId>, usize> = BTreeMap::new();
    let name = |object: &chanscope_kernel::trace::ObjectInfo| {
        let nth = made.entry(object.creator).or_default();
        *nth += 1;
        (object.creator.map(|id| trace.goroutine(id).path.clone()), *nth)
    };
    trace.objects().iter().map(name).collect()
}
