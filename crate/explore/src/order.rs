//! What the memory model says of one event: what happens before it, what after it, and what neither.
//!
//! The rules are those of [`crate::race`], asked from one event outwards. A goroutine's events are a chain, so what
//! comes before an event is a beginning of each chain and what comes after it is an end: two positions a goroutine say
//! all of it. Both are found in one pass over the run, with one bit for each thing that a clock would stand at.

use std::collections::BTreeMap;

use chanscope_kernel::trace::Fold;
use chanscope_kernel::{Access, Aspect, GoroutineId, ObjectId, Position, Trace, runtime_kind};

/// Who an event meets besides, and how.
#[derive(Clone, Copy)]
enum Company {
    None,
    /// It starts a goroutine.
    Starts(GoroutineId),
    /// A rendezvous, which orders both ways.
    Meets(GoroutineId),
}

/// An edge that an event declares at a place, numbered within the run.
#[derive(Clone, Copy)]
struct Edge {
    place: u32,
    access: Access,
}

/// The edges of a run, gathered once.
pub struct Order {
    /// Where each event's edges begin, and one past the end.
    starts: Vec<u32>,
    edges: Vec<Edge>,
    places: usize,
}

/// An event among all others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Around {
    /// The first event of its step: a rendezvous is one step of two events.
    pub first: Position,
    /// The last event of its step.
    pub last: Position,
    /// By goroutine: the last of its events that happens before the step.
    pub before: Vec<Option<Position>>,
    /// By goroutine: the first of its events that happens after the step.
    pub after: Vec<Option<Position>>,
}

impl Order {
    /// Gathers the edges of a run. Cost: a fold over all of it, and some 12 bytes an edge.
    #[must_use]
    pub fn of(trace: &Trace) -> Self {
        let mut numbers: BTreeMap<(ObjectId, Aspect, u32), u32> = BTreeMap::new();
        let (mut starts, mut edges, mut touches) = (vec![0], Vec::new(), Vec::new());
        let mut fold = Fold::new(trace);
        while fold.at() < trace.len() {
            let event = trace.event(fold.at());
            touches.clear();
            trace.object(event.object).kind.footprint(fold.object(event.object), &event, trace, &mut touches);
            for touch in &touches {
                if matches!(touch.access, Access::Await | Access::Enable | Access::Acquire | Access::Release) {
                    let next = u32::try_from(numbers.len()).expect("events are limited");
                    let place = *numbers.entry((event.object, touch.aspect, touch.index)).or_insert(next);
                    edges.push(Edge { place, access: touch.access });
                }
            }
            starts.push(u32::try_from(edges.len()).expect("events are limited"));
            fold.advance(trace);
        }
        Self { starts, edges, places: numbers.len() }
    }

    fn at(&self, at: Position) -> &[Edge] {
        &self.edges[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }

    /// What happens before and after event `at`. Cost: linear in the events of the run.
    ///
    /// # Panics
    /// When the trace, which has to be the one that the edges are of, has no such event.
    #[must_use]
    pub fn around(&self, trace: &Trace, at: Position) -> Around {
        let (first, last) = step(trace, at);
        Around { first, last, before: self.before(trace, first, last), after: self.after(trace, first, last) }
    }

    /// Forwards: which clocks have heard of the step.
    fn after(&self, trace: &Trace, first: Position, last: Position) -> Vec<Option<Position>> {
        let mut heard = Heard::new(trace, self.places);
        let mut after = vec![None; trace.goroutines().len()];
        for at in first..trace.len() {
            let me = trace.actor(at).index();
            heard.clocks[me] |= at <= last;
            match company(trace, at) {
                Company::None => {}
                Company::Starts(child) => heard.clocks[child.index()] = heard.clocks[me],
                Company::Meets(partner) => {
                    let either = heard.clocks[me] || heard.clocks[partner.index()];
                    heard.clocks[me] = either;
                    heard.clocks[partner.index()] = either;
                }
            }
            for Edge { place, access } in self.at(at) {
                let place = *place as usize;
                match access {
                    Access::Await => heard.clocks[me] |= heard.carried[place],
                    Access::Acquire => heard.clocks[me] |= heard.released[place],
                    Access::Enable => heard.carried[place] |= heard.clocks[me],
                    Access::Release => heard.released[place] = heard.clocks[me],
                    _ => {}
                }
            }
            if at > last && heard.clocks[me] && after[me].is_none() {
                after[me] = Some(at);
            }
        }
        after
    }

    /// Backwards, every rule turned round: of which clocks the step has heard.
    fn before(&self, trace: &Trace, first: Position, last: Position) -> Vec<Option<Position>> {
        let mut told = Heard::new(trace, self.places);
        let mut before = vec![None; trace.goroutines().len()];
        for at in (0..=last).rev() {
            let me = trace.actor(at).index();
            told.clocks[me] |= at >= first;
            for Edge { place, access } in self.at(at).iter().rev() {
                let place = *place as usize;
                match access {
                    Access::Await => told.carried[place] |= told.clocks[me],
                    Access::Acquire => told.released[place] |= told.clocks[me],
                    Access::Enable => told.clocks[me] |= told.carried[place],
                    Access::Release => told.clocks[me] |= std::mem::take(&mut told.released[place]),
                    _ => {}
                }
            }
            match company(trace, at) {
                Company::None => {}
                Company::Starts(child) => told.clocks[me] |= std::mem::take(&mut told.clocks[child.index()]),
                Company::Meets(partner) => {
                    let either = told.clocks[me] || told.clocks[partner.index()];
                    told.clocks[me] = either;
                    told.clocks[partner.index()] = either;
                }
            }
            if at < first && told.clocks[me] && before[me].is_none() {
                before[me] = Some(at);
            }
        }
        before
    }
}

/// One bit for each clock of the detector's.
struct Heard {
    clocks: Vec<bool>,
    carried: Vec<bool>,
    released: Vec<bool>,
}

impl Heard {
    fn new(trace: &Trace, places: usize) -> Self {
        Self {
            clocks: vec![false; trace.goroutines().len()],
            carried: vec![false; places],
            released: vec![false; places],
        }
    }
}

fn company(trace: &Trace, at: Position) -> Company {
    let event = trace.event(at);
    match event.partner {
        None => Company::None,
        Some(child) if trace.runtime_act(&event) == Some(runtime_kind::SPAWN) => Company::Starts(child),
        Some(partner) => Company::Meets(partner),
    }
}

/// The events that are one step with this one: in a rendezvous the send comes right after its receive.
fn step(trace: &Trace, at: Position) -> (Position, Position) {
    if trace.source(at) == Some(at + 1) {
        (at, at + 1)
    } else if at > 0 && trace.source(at - 1) == Some(at) {
        (at - 1, at)
    } else {
        (at, at)
    }
}
