//! Runs a program along given actions and notes what each step touches.

use chanscope_kernel::trace::CaseInfo;
use chanscope_kernel::{
    Access, Case, Decision, GoroutineId, ObjectId, Outcome, Position, Run, Start, State, Touch, Trace, Way,
    runtime_kind,
};
use smallvec::SmallVec;

use crate::action::{Action, Asked, Label, Manner, Mark, Marks, Wanted};
use crate::equivalence::stands;
use crate::guard::Guard;
use crate::known::{Known, KnownSize};
use crate::matters::Matters;
use crate::names::{Names, Thing, Who};
use crate::rest::may_meet;

/// More possibilities at one moment than this are not all tried, and the result is not complete.
pub(crate) const MAX_CHOICES: usize = 4096;

/// One run under way.
pub(crate) struct Conductor {
    run: Run,
    pub(crate) matters: Matters,
    known: Known,
    /// How much of that was there before the first step.
    at_start: KnownSize,
    /// States of the objects whose footprints depend on them, after `folded` events.
    states: Vec<Option<Box<dyn State>>>,
    folded: Position,
    decisions: Vec<Decision>,
    touches: Vec<Touch>,
    /// Keeps it to a part.
    pub(crate) guard: Guard,
    /// More was possible than is tried.
    pub(crate) too_many_choices: bool,
}

/// What was noted of a step.
pub(crate) struct Noted {
    pub(crate) label: Label,
    /// The operations that went through: one, or two in a meeting.
    pub(crate) asked: SmallVec<[Asked; 2]>,
    /// Goroutines that were started.
    pub(crate) born: SmallVec<[Who; 2]>,
    /// Time has passed since the step before: nothing else could happen any more.
    pub(crate) time_passed: bool,
    /// From the first of its events up to the last.
    pub(crate) events: (Position, Position),
    /// The objects that they concern.
    pub(crate) things: SmallVec<[Thing; 2]>,
    /// Who and what was known after it.
    pub(crate) known: KnownSize,
}

impl Conductor {
    pub(crate) fn new(run: Run, matters: Matters, guard: Guard, names: &mut Names) -> Self {
        let mut conductor = Self {
            run,
            matters,
            known: Known::default(),
            at_start: KnownSize::default(),
            states: Vec::new(),
            folded: 0,
            decisions: Vec::new(),
            touches: Vec::new(),
            guard,
            too_many_choices: false,
        };
        conductor.guard.begin();
        conductor.learn(names);
        conductor.at_start = conductor.known.size();
        conductor
    }

    /// The same for another run of the same program, in the same memory, when it is to [repeat](Self::repeat) the first
    /// steps of the run so far: `known` of the last of them.
    pub(crate) fn start_again(self, start: &dyn Start, known: Option<KnownSize>) -> Self {
        let mut again = Self { run: start.start(self.run.leave()), folded: 0, ..self };
        again.known.shorten(known.unwrap_or(again.at_start));
        again.states.clear();
        again.guard.begin();
        again
    }

    /// Moves the states to the end of the trace.
    fn catch_up(&mut self) {
        let Self { run, states, folded, .. } = self;
        run.trace(|trace| {
            start_states(trace, states);
            while *folded < trace.len() {
                let object = trace.object_of(*folded);
                if let Some(state) = &mut states[object.index()] {
                    trace.object(object).kind.apply(&mut **state, &trace.event(*folded), trace);
                }
                *folded += 1;
            }
        });
    }

    pub(crate) fn is_over(&self) -> bool {
        self.run.is_over()
    }

    /// Everything that could happen next; the run is over when that is nothing. `true` when time has passed.
    pub(crate) fn possible(&mut self) -> (&[Decision], bool) {
        let mut time_passed = false;
        self.decisions.clear();
        while !self.run.is_over() {
            let Self { run, decisions, .. } = self;
            run.moment(|moment| moment.possible(MAX_CHOICES, decisions));
            if !self.decisions.is_empty() {
                break;
            }
            time_passed = true;
            self.idle();
        }
        self.too_many_choices |= self.decisions.len() >= MAX_CHOICES;
        self.hold_back();
        (&self.decisions, time_passed)
    }

    /// Whether all who could go on are held back, for ever.
    pub(crate) fn is_held_up(&self) -> bool {
        !self.run.is_over() && self.decisions.is_empty()
    }

    fn hold_back(&mut self) {
        if !self.guard.is_idle() {
            let mut decisions = std::mem::take(&mut self.decisions);
            decisions.retain(|decision| !self.guard.holds_back(&self.action(decision)));
            self.decisions = decisions;
        }
    }

    fn learn(&mut self, names: &mut Names) {
        self.known.learn(&self.run, names);
        self.guard.learn(names);
    }

    /// Nobody can move: all stop to wait, and time passes, or it is the end.
    fn idle(&mut self) {
        // Where steps are repeated, more goroutines are known than there are yet.
        for index in 0..self.run.trace(|trace| trace.goroutines().len()) {
            let goroutine = GoroutineId(u32::try_from(index).expect("goroutines are limited"));
            if self.run.moment(|moment| moment.may_park(goroutine)) {
                self.run.take(&Decision { goroutine, way: Way::Park });
            }
        }
        self.run.idle_until_somebody_can_move();
    }

    /// One of the possibilities that were listed last.
    pub(crate) fn listed(&self, nth: usize) -> Action {
        self.action(&self.decisions[nth])
    }

    fn action(&self, decision: &Decision) -> Action {
        let who = self.known.who[decision.goroutine.index()];
        let manner = match decision.way {
            Way::Alone { case } => Manner::Alone { case },
            Way::Draw { value } => Manner::Draw { value },
            Way::Default => Manner::Default,
            Way::Meet { case, partner, partner_case } => {
                let other = self.known.who[partner.index()];
                let attempt = self.run.moment(|moment| moment.operation(decision.goroutine).1);
                if other < who && !attempt {
                    let manner = Manner::Meet { case: partner_case, partner: who, partner_case: case };
                    return Action { who: other, manner };
                }
                Manner::Meet { case, partner: other, partner_case }
            }
            Way::Park => unreachable!("parking is no action of its own"),
        };
        Action { who, manner }
    }

    /// The goroutine of that name, where it was born.
    pub(crate) fn goroutine(&self, who: Who) -> Option<GoroutineId> {
        self.known.goroutine(who)
    }

    /// The decisions, one after the other, that the action is now.
    pub(crate) fn decisions_of(&self, action: &Action) -> (Option<Decision>, Decision) {
        let id = |who: Who| self.goroutine(who).expect("who acts was born");
        let goroutine = id(action.who);
        let way = match action.manner {
            Manner::Alone { case } => Way::Alone { case },
            Manner::Draw { value } => Way::Draw { value },
            Manner::Default => Way::Default,
            Manner::Meet { case, partner, partner_case } => {
                let partner = id(partner);
                let parks_first =
                    self.run.moment(|moment| moment.operation(goroutine).1 && !moment.has_parked(partner));
                let meet = Decision { goroutine, way: Way::Meet { case, partner, partner_case } };
                let park = Decision { goroutine: partner, way: Way::Park };
                return (parks_first.then_some(park), meet);
            }
        };
        (None, Decision { goroutine, way })
    }

    /// Takes the step, which has to be possible, where it is known what it touches and whether time passes first.
    pub(crate) fn repeat(&mut self, action: &Action, time_passes: bool, names: &mut Names) {
        if time_passes {
            self.possible();
        }
        self.step(action);
        self.learn(names);
    }

    fn step(&mut self, action: &Action) {
        let (park, decision) = self.decisions_of(action);
        if let Some(park) = park {
            self.run.take(&park);
        }
        self.run.take(&decision);
        self.guard.pass(action);
    }

    /// The operations that an action lets through.
    fn asked(&self, action: &Action) -> SmallVec<[Asked; 2]> {
        [Some(action.who), action.partner()].into_iter().flatten().filter_map(|who| self.pending(who)).collect()
    }

    /// For an attempt that meets somebody, what he stands waiting for.
    fn found_standing(&self, action: &Action) -> Vec<CaseInfo> {
        let (Manner::Meet { partner, .. }, Some(asking)) = (action.manner, self.goroutine(action.who)) else {
            return Vec::new();
        };
        self.run.moment(|moment| match (moment.operation(asking).1, self.goroutine(partner)) {
            (true, Some(partner)) => moment.cases(partner),
            _ => Vec::new(),
        })
    }

    /// The operation that a goroutine waits with; `None` when it is over, or not born.
    pub(crate) fn pending(&self, who: Who) -> Option<Asked> {
        let goroutine = self.goroutine(who)?;
        self.run.moment(|moment| {
            let (cases, attempt) = moment.operation(goroutine);
            let first = cases.first()?;
            let one = cases.len() == 1 && !attempt;
            let wanted = |case: &Case| Wanted {
                thing: self.known.things[case.object.index()],
                object: case.object,
                act: case.act,
                value: case.value,
            };
            let cases: SmallVec<[Wanted; 1]> = cases.iter().map(wanted).collect();
            let (steady, may_meet) = self.run.trace(|trace| {
                let steady = one && trace.object(first.object).kind.steady(first.act);
                (steady, !steady && cases.iter().any(|wanted| may_meet(trace, wanted)))
            });
            Some(Asked { who, attempt, steady, may_meet, draws: first.draws, cases })
        })
    }

    /// Takes the step, which has to be possible, and notes what it touches.
    pub(crate) fn take(&mut self, action: &Action, time_passed: bool, names: &mut Names) -> Noted {
        let asked = self.asked(action);
        let found_standing = self.found_standing(action);
        self.catch_up();
        let from = self.run.position();
        self.step(action);
        let before = self.known.who.len();
        self.learn(names);
        let mut marks = Marks::default();
        let mut concerned: SmallVec<[Thing; 2]> = SmallVec::new();
        // A run ends by itself only when nobody can move, so a step that ends it has cut the others off.
        let kills = self.run.is_over();
        let mut spare = None;
        let Self { run, states, folded, touches, known, matters, .. } = self;
        let to = run.trace(|trace| {
            start_states(trace, states);
            touches.clear();
            stands(trace, &found_standing, touches);
            matters.mark(touches, &known.things, names, &mut marks);
            for at in from..trace.len() {
                let event = trace.event(at);
                // That it ends the program orders it after everything, and its access has raced by then: it would count
                // as coming after main's return.
                if trace.runtime_act(&event) == Some(runtime_kind::FATAL) {
                    *folded = at + 1;
                    continue;
                }
                let kind = trace.object(event.object).kind;
                touches.clear();
                match &mut states[event.object.index()] {
                    Some(state) => {
                        kind.footprint(&**state, &event, trace, touches);
                        let left = kind.spare(event.act, &**state);
                        spare = spare.or(left.map(|left| (known.things[event.object.index()], left)));
                        kind.apply(&mut **state, &event, trace);
                    }
                    None => kind.footprint(&(), &event, trace, touches),
                }
                *folded = at + 1;
                matters.mark(touches, &known.things, names, &mut marks);
                let thing = known.things[event.object.index()];
                if event.object != ObjectId::RUNTIME && !concerned.contains(&thing) {
                    concerned.push(thing);
                }
            }
            trace.len()
        });
        let born = self.known.who[before..].iter().copied().collect();
        Noted {
            label: Label { action: *action, marks, kills, spare },
            asked,
            born,
            time_passed,
            events: (from, to),
            things: concerned,
            known: self.known.size(),
        }
    }

    pub(crate) fn names(&self) -> &[Who] {
        &self.known.who
    }

    pub(crate) fn things(&self) -> &[Thing] {
        &self.known.things
    }

    pub(crate) fn run(&self) -> &Run {
        &self.run
    }

    /// How much could happen next, without letting time pass.
    pub(crate) fn possible_now(&mut self) -> usize {
        let Self { run, decisions, .. } = self;
        decisions.clear();
        run.moment(|moment| moment.possible(MAX_CHOICES, decisions));
        decisions.len()
    }

    pub(crate) fn finish(self) -> Outcome {
        self.run.finish()
    }

    /// Takes one decision, parking included.
    pub(crate) fn follow(&mut self, decision: &Decision, names: &mut Names) {
        self.run.take(decision);
        self.learn(names);
    }
}

/// The states of objects that are new.
fn start_states(trace: &Trace, states: &mut Vec<Option<Box<dyn State>>>) {
    for object in &trace.objects()[states.len()..] {
        states.push(object.kind.footprint_needs_state().then(|| object.kind.start(object)));
    }
}

impl Matters {
    /// The marks that touches leave, each once.
    pub(crate) fn mark(self, touches: &[Touch], things: &[Thing], names: &mut Names, marks: &mut Marks) {
        for touch in touches {
            // That who is born was started needs no mark: births are kept apart.
            if touch.object == ObjectId::RUNTIME && touch.access == Access::Enable {
                continue;
            }
            let Some(access) = self.access(touch) else { continue };
            let place = names.place(things[touch.object.index()], touch.aspect.0, touch.index);
            // An edge for races is told from the order that it demands.
            let edge = Some(touch.access).filter(|&raw| raw != access);
            for mark in [Some(access), edge].into_iter().flatten().map(|access| Mark { place, access }) {
                marks.add(mark);
            }
        }
    }
}
