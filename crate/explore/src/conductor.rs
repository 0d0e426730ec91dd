//! Runs a program along given actions and notes what each step touches.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use chanscope_kernel::trace::CaseInfo;
use chanscope_kernel::{
    Access, Act, Case, Decision, GoroutineId, ObjectId, Outcome, Position, Run, Start, State, Touch, Way, runtime_kind,
};
use smallvec::SmallVec;

use crate::action::{Action, Asked, Label, Manner, Wanted};
use crate::equivalence::stands;
use crate::guard::Guard;
use crate::known::{Known, KnownSize};
use crate::marks::Marks;
use crate::matters::Matters;
use crate::names::{Names, Thing, Who};
use crate::rest::may_meet;
use crate::states::{States, state_before};

/// More possibilities at one moment than this are not all tried, and the result is not complete.
pub(crate) const MAX_CHOICES: usize = 4096;

/// One run under way.
pub(crate) struct Conductor {
    run: Run,
    pub(crate) matters: Matters,
    known: Known,
    /// How much of that was there before the first step.
    at_start: KnownSize,
    /// By object: its first state, once that was asked for.
    first_states: Vec<OnceCell<Box<dyn State>>>,
    decisions: Vec<Decision>,
    /// Room for the touches of a step.
    pub(crate) touches: Cell<Vec<Touch>>,
    /// Keeps it to a part.
    pub(crate) guard: Guard,
    /// All who could go on are held back, for ever.
    pub(crate) is_held_up: bool,
    /// More was possible than is tried.
    pub(crate) too_many_choices: bool,
}

/// What was noted of a step.
#[derive(Default, Debug)]
pub(crate) struct Noted {
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

/// By what a step is known again.
#[derive(Default)]
pub(crate) struct Named {
    /// It has the label that was expected, which is not written down again.
    pub(crate) as_usual: bool,
    pub(crate) label: Label,
    /// An operation that touches the same always, where nothing else was touched: all of the label follows from it.
    pub(crate) alone: Option<(Thing, Act)>,
}

/// The label that a step is expected to have, and what it follows from.
pub(crate) struct Usual {
    pub(crate) label: Rc<Label>,
    /// See [`Named::alone`].
    pub(crate) alone: Option<(Thing, Act)>,
}

impl Conductor {
    pub(crate) fn new(run: Run, matters: Matters, guard: Guard, names: &mut Names) -> Self {
        let mut conductor = Self {
            run,
            matters,
            known: Known::default(),
            at_start: KnownSize::default(),
            first_states: Vec::new(),
            decisions: Vec::new(),
            touches: Cell::default(),
            guard,
            is_held_up: false,
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
        let mut again = Self { run: start.start(self.run.leave()), is_held_up: false, ..self };
        again.known.shorten(known.unwrap_or(again.at_start));
        again.first_states.truncate(again.known.things.len());
        again.guard.begin();
        again
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
        self.is_held_up = !self.run.is_over() && self.decisions.is_empty();
        (&self.decisions, time_passed)
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
        if self.first_states.len() < self.known.things.len() {
            self.first_states.resize_with(self.known.things.len(), OnceCell::new);
        }
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
        self.is_held_up = false;
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

    /// The operations that goroutines wait with, by goroutine of this run.
    pub(crate) fn all_pending(&self, out: &mut Vec<Asked>) {
        out.clear();
        if self.somebody_waits() {
            out.extend(self.known.who.iter().filter_map(|&who| self.pending(who)));
        }
    }

    /// Whether some goroutine is not over.
    pub(crate) fn somebody_waits(&self) -> bool {
        let mut goroutines = (0..).map(GoroutineId).zip(&self.known.who);
        self.run.moment(|moment| goroutines.any(|(goroutine, _)| !moment.operation(goroutine).0.is_empty()))
    }

    /// Writes the operation that a goroutine waits with over another one, where it has one case and goes one way only.
    fn ask_one(&self, who: Who, asked: &mut Asked) -> bool {
        let Some(goroutine) = self.goroutine(who) else { return false };
        self.run.moment(|moment| {
            let ([case], false) = moment.operation(goroutine) else { return false };
            let steady = self.run.trace(|trace| trace.object(case.object).kind.steady(case.act));
            if steady {
                (asked.who, asked.attempt, asked.steady, asked.may_meet) = (who, false, true, false);
                asked.draws = case.draws;
                asked.cases.clear();
                asked.cases.push(self.wanted(case));
            }
            steady
        })
    }

    fn wanted(&self, case: &Case) -> Wanted {
        let Case { object, act, value, .. } = *case;
        Wanted { thing: self.known.things[object.index()], object, act, value }
    }

    /// What a goroutine does next where that is certain: it goes one way only, always, and at once.
    pub(crate) fn certain(&self, who: Who) -> Option<Action> {
        let goroutine = self.goroutine(who).filter(|_| !self.run.is_over())?;
        let steady = self.run.moment(|moment| match moment.operation(goroutine) {
            ([case], false) => self.run.trace(|trace| trace.object(case.object).kind.steady(case.act)),
            _ => false,
        });
        let action = Action { who, manner: Manner::Alone { case: 0 } };
        Some(action).filter(|action| steady && !self.guard.holds_back(action))
    }

    /// The operation that a goroutine waits with; `None` when it is over, or not born.
    pub(crate) fn pending(&self, who: Who) -> Option<Asked> {
        let goroutine = self.goroutine(who)?;
        self.run.moment(|moment| {
            let (cases, attempt) = moment.operation(goroutine);
            let first = cases.first()?;
            let one = cases.len() == 1 && !attempt;
            let cases: SmallVec<[Wanted; 1]> = cases.iter().map(|case| self.wanted(case)).collect();
            let (steady, may_meet) = self.run.trace(|trace| {
                let steady = one && trace.object(first.object).kind.steady(first.act);
                let first_state = |object: ObjectId| {
                    let info = trace.object(object);
                    self.first_states[object.index()].get_or_init(|| info.kind.start(info))
                };
                (steady, !steady && cases.iter().any(|wanted| may_meet(trace, &**first_state(wanted.object), wanted)))
            });
            Some(Asked { who, attempt, steady, may_meet, draws: first.draws, cases })
        })
    }

    /// Takes the step, which has to be possible, and notes what it touches and what becomes of the states. Where that is
    /// known to be what is `usual` the label is not made again.
    pub(crate) fn take(
        &mut self,
        action: &Action,
        time_passed: bool,
        names: &mut Names,
        (usual, states): (Option<&Usual>, &mut States),
        (noted, named): (&mut Noted, &mut Named),
    ) {
        self.ask(action, &mut noted.asked);
        let found_standing = self.found_standing(action);
        let from = self.run.position();
        self.step(action);
        let before = self.known.who.len();
        self.learn(names);
        noted.born.clear();
        noted.born.extend(self.known.who[before..].iter().copied());
        (noted.time_passed, noted.events, noted.known) = (time_passed, (from, self.run.position()), self.known.size());
        // A run ends by itself only when nobody can move, so a step that ends it has cut the others off.
        let kills = self.run.is_over();
        named.alone = self.alone(noted);
        let same = |usual: &&Usual| usual.alone == named.alone && usual.label.kills == kills;
        let usual = if named.alone.is_some() { usual.filter(same) } else { None };
        named.as_usual = usual.is_some();
        if usual.is_none() || cfg!(debug_assertions) {
            named.label.begin(*action, kills);
            self.note_touches(&found_standing, names, states, noted, &mut named.label);
        }
        debug_assert!(usual.is_none_or(|usual| *usual.label == named.label), "steady operations always touch the same");
    }

    /// The operations that an action lets through, in the memory of others.
    fn ask(&self, action: &Action, asked: &mut SmallVec<[Asked; 2]>) {
        if action.partner().is_none()
            && let [asked] = &mut asked[..]
            && self.ask_one(action.who, asked)
        {
            return;
        }
        asked.clear();
        asked.extend(self.pending(action.who));
        asked.extend(action.partner().and_then(|who| self.pending(who)));
    }

    /// See [`Named::alone`].
    fn alone(&mut self, noted: &mut Noted) -> Option<(Thing, Act)> {
        let [Asked { steady: true, cases, .. }] = &noted.asked[..] else { return None };
        let Wanted { thing, object, act, .. } = cases[0];
        let ((from, to), touches) = (noted.events, self.touches.get_mut());
        touches.clear();
        let alone = self.run.trace(|trace| {
            if trace.object(object).kind.footprint_needs_state() {
                return false;
            }
            for at in from + 1..to {
                if trace.object_of(at) != ObjectId::RUNTIME {
                    return false;
                }
                let event = trace.event(at);
                if event.act != runtime_kind::FATAL {
                    trace.object(ObjectId::RUNTIME).kind.footprint(&(), &event, trace, touches);
                }
            }
            touches.is_empty()
        });
        noted.things.clear();
        if object != ObjectId::RUNTIME {
            noted.things.push(thing);
        }
        alone.then_some((thing, act))
    }

    fn note_touches(
        &mut self,
        found_standing: &[CaseInfo],
        names: &mut Names,
        states: &mut States,
        Noted { events: (from, to), things: concerned, .. }: &mut Noted,
        Label { marks, spare, .. }: &mut Label,
    ) {
        let (from, to) = (*from, *to);
        concerned.clear();
        let Self { run, touches, known, matters, .. } = self;
        let touches = touches.get_mut();
        run.trace(|trace| {
            touches.clear();
            stands(trace, found_standing, touches);
            matters.mark(touches, &known.things, names, marks);
            for at in from..to {
                let event = trace.event(at);
                // That it ends the program orders it after everything, and its access has raced by then: it would count
                // as coming after main's return.
                if trace.runtime_act(&event) == Some(runtime_kind::FATAL) {
                    continue;
                }
                let (kind, thing) = (trace.object(event.object).kind, known.things[event.object.index()]);
                let is_first = event.object != ObjectId::RUNTIME && !concerned.contains(&thing);
                if is_first {
                    concerned.push(thing);
                }
                touches.clear();
                if kind.footprint_needs_state() {
                    if is_first {
                        states.begin_step(thing, || state_before(trace, event.object, from));
                    }
                    let state = states.now(thing);
                    kind.footprint(state, &event, trace, touches);
                    let left = kind.spare(event.act, state);
                    *spare = spare.or(left.map(|left| (thing, left)));
                    kind.apply(state, &event, trace);
                } else {
                    kind.footprint(&(), &event, trace, touches);
                }
                matters.mark(touches, &known.things, names, marks);
            }
        });
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
            marks.add(place, access);
            // An edge for races is told from the order that it demands.
            if access != touch.access {
                marks.add(place, touch.access);
            }
        }
    }
}
