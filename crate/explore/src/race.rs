//! Data races of one run: accesses of plain memory, at least one of them a write, that nothing orders.
//!
//! Happens-before is that of the Go memory model (version of June 6, 2022): program order, goroutine start, and the
//! edges that kinds declare, [`Access::Enable`] to [`Access::Await`] and [`Access::Release`] to [`Access::Acquire`]; a
//! rendezvous orders both ways. As in Go's own detector, an edge out of an operation carries what came in by it, and an
//! unordered send and close of one channel is reported. A goroutine's exit orders nothing. Last accesses are kept as
//! epochs (Flanagan and Freund, FastTrack, PLDI 2009), reads one per goroutine.

use std::collections::{BTreeMap, BTreeSet};

use chanscope_kernel::trace::Fold;
use chanscope_kernel::{
    Access, Aspect, Event, Finding, GoroutineId, ObjectId, Position, RaceAccess, SiteId, Touch, Trace, runtime_kind,
};

use crate::clock::Clock;
use crate::matters::Matters;

/// Races reported of one run; more are not looked for.
pub const MAX_RACES: usize = 16;

/// Races by which outcomes are told apart: as many as a small program can have, so that which are left out does not
/// depend on the order in which they come.
pub(crate) const MAX_RACES_OF_OUTCOME: usize = 4096;

/// The races of a run, each pair of places and goroutines once. Cost: events times goroutines, in the worst case.
///
/// Also those of accesses that came after main's return in this run, where nothing made them: what is run on after
/// the return could as well have come before it, so the verdict is the same for all equivalent executions.
#[must_use]
pub fn races(trace: &Trace) -> Vec<Finding> {
    races_up_to(trace, MAX_RACES)
}

/// The same, at most `most`.
pub(crate) fn races_up_to(trace: &Trace, most: usize) -> Vec<Finding> {
    let (mut detector, mut late) = (Detector { most, ..Detector::default() }, Late::default());
    let mut fold = Fold::new(trace);
    let mut touches = Vec::new();
    while fold.at() < trace.len() && detector.found.len() < most {
        let event = trace.event(fold.at());
        touches.clear();
        trace.object(event.object).kind.footprint(fold.object(event.object), &event, trace, &mut touches);
        if !late.is(trace, &event, &touches) {
            detector.event(trace, &event, &touches);
        }
        fold.advance(trace);
    }
    detector.found
}

/// Races are looked for.
const ORDERING: Matters = Matters { races: true, order_of_output: false };

/// What had to come after main's return, in every equivalent execution.
#[derive(Default)]
struct Late {
    goroutines: BTreeSet<GoroutineId>,
    touches: BTreeSet<Touch>,
}

impl Late {
    fn is(&mut self, trace: &Trace, event: &Event, touches: &[Touch]) -> bool {
        if trace.main_returned().is_none_or(|at| event.at + 1 < at) {
            return false;
        }
        let returns = trace.main_returned() == Some(event.at + 1);
        let follows = |touch: &Touch| {
            let place =
                |other: &Touch| (other.object, other.aspect, other.index) == (touch.object, touch.aspect, touch.index);
            let edge = |other: &Touch| other.access == Access::Enable && touch.access == Access::Await;
            let orders = |other: &Touch| ORDERING.access(other).zip(ORDERING.access(touch));
            let conflicts = |other: &Touch| orders(other).is_some_and(|(a, b)| a.conflicts(b));
            self.touches.iter().any(|other| place(other) && (conflicts(other) || edge(other)))
        };
        let partner = event.partner.into_iter();
        let who = || partner.clone().chain([event.goroutine]);
        if !returns && !who().any(|goroutine| self.goroutines.contains(&goroutine)) && !touches.iter().any(follows) {
            return false;
        }
        self.goroutines.extend(who());
        self.touches.extend(touches);
        // The return itself is not late.
        !returns
    }
}

type Place = (Aspect, u32);

#[derive(Clone, Copy)]
struct Epoch {
    goroutine: GoroutineId,
    time: u32,
    at: Position,
    site: SiteId,
}

#[derive(Default)]
struct Memory {
    write: Option<Epoch>,
    reads: Vec<Epoch>,
    /// See [`Access::Waited`].
    waits: Vec<Epoch>,
}

#[derive(Default)]
struct Detector {
    clocks: Vec<Clock>,
    /// By object: what its edges carry.
    carried: Vec<BTreeMap<Place, Clock>>,
    /// By object: what the last release carries.
    released: Vec<BTreeMap<Place, Clock>>,
    memory: Vec<BTreeMap<Place, Memory>>,
    seen: BTreeSet<(ObjectId, SiteId, SiteId, [GoroutineId; 2])>,
    most: usize,
    found: Vec<Finding>,
}

impl Detector {
    fn event(&mut self, trace: &Trace, event: &Event, touches: &[Touch]) {
        let (me, object) = (event.goroutine.index(), event.object.index());
        grow(&mut self.clocks, me);
        grow(&mut self.carried, object);
        grow(&mut self.released, object);
        grow(&mut self.memory, object);
        self.clocks[me].tick(event.goroutine);
        if let Some(partner) = event.partner {
            grow(&mut self.clocks, partner.index());
            if trace.runtime_act(event) == Some(runtime_kind::SPAWN) {
                self.clocks[partner.index()] = self.clocks[me].clone();
            } else {
                self.meet(event.goroutine, partner);
            }
        }
        // What comes in by the event itself, a wait has waited for.
        let waited = touches.iter().find(|touch| touch.access == Access::Waited).map(|touch| {
            let place = (touch.aspect, touch.index);
            self.access(event, place, touch.access);
            (place, self.clocks[me].clone())
        });
        for touch in touches {
            let place = (touch.aspect, touch.index);
            match touch.access {
                Access::Await => {
                    if let Some(carried) = self.carried[object].get(&place) {
                        self.clocks[me].join(carried);
                    }
                }
                Access::Enable => self.carried[object].entry(place).or_default().join(&self.clocks[me]),
                Access::Acquire => {
                    if let Some(released) = self.released[object].get(&place) {
                        self.clocks[me].join(released);
                    }
                }
                Access::Release => {
                    self.released[object].insert(place, self.clocks[me].clone());
                }
                Access::PlainRead | Access::PlainWrite => self.access(event, place, touch.access),
                Access::Read | Access::Write | Access::Add | Access::Waited => {}
            }
        }
        if let Some((place, begun)) = waited
            && self.clocks[me] != begun
        {
            let memory = self.memory[object].entry(place).or_default();
            memory.waits.retain(|epoch| epoch.goroutine != event.goroutine);
            let time = begun.get(event.goroutine);
            memory.waits.push(Epoch { goroutine: event.goroutine, time, at: event.at, site: event.site });
        }
    }

    fn meet(&mut self, me: GoroutineId, partner: GoroutineId) {
        let theirs = self.clocks[partner.index()].clone();
        self.clocks[me.index()].join(&theirs);
        let mine = self.clocks[me.index()].clone();
        self.clocks[partner.index()].join(&mine);
    }

    fn access(&mut self, event: &Event, place: Place, access: Access) {
        let Event { goroutine, object, at, site, .. } = *event;
        let clock = &self.clocks[goroutine.index()];
        let writes = access != Access::PlainRead;
        let memory = self.memory[object.index()].entry(place).or_default();
        let unordered = |other: &&Epoch| other.goroutine != goroutine && clock.get(other.goroutine) < other.time;
        let earlier_write = memory.write.iter().filter(unordered).map(|epoch| (*epoch, true));
        let earlier_reads = memory.reads.iter().filter(|_| writes).filter(unordered).map(|epoch| (*epoch, false));
        let earlier_waits = memory.waits.iter().filter(|_| !writes).filter(unordered).map(|epoch| (*epoch, true));
        for (other, other_writes) in earlier_write.chain(earlier_reads).chain(earlier_waits) {
            let who = [other.goroutine, goroutine];
            if self.seen.insert((object, other.site, site, who)) && self.found.len() < self.most {
                let first = RaceAccess { at: other.at, goroutine: other.goroutine, writes: other_writes };
                let second = RaceAccess { at, goroutine, writes };
                let heard = clock.get(other.goroutine);
                self.found.push(Finding::DataRace { object, first, second, heard });
            }
        }
        let epoch = Epoch { goroutine, time: clock.get(goroutine), at, site };
        if access == Access::Waited {
            return;
        }
        if writes {
            memory.write = Some(epoch);
            memory.reads.clear();
        } else if let Some(mine) = memory.reads.iter_mut().find(|epoch| epoch.goroutine == goroutine) {
            *mine = epoch;
        } else {
            memory.reads.push(epoch);
        }
    }
}

fn grow<T: Default>(list: &mut Vec<T>, index: usize) {
    if list.len() <= index {
        list.resize_with(index + 1, T::default);
    }
}
