//! Runs a program along given actions and notes what each step touches.

use chanscope_kernel::trace::{CaseInfo, Fold};
use chanscope_kernel::{Access, Decision, GoroutineId, ObjectId, Outcome, Run, Touch, Way};
use smallvec::SmallVec;

use crate::action::{Action, Asked, Label, Manner, Mark};
use crate::equivalence::stands;
use crate::matters::Matters;
use crate::names::{Names, Thing, Who};

/// More possibilities at one moment than this are not all tried, and the result is not complete.
pub(crate) const MAX_CHOICES: usize = 4096;

/// One run under way.
pub(crate) struct Conductor {
    run: Run,
    matters: Matters,
    fold: Fold,
    /// By goroutine of this run.
    who: Vec<Who>,
    /// By name.
    goroutine: Vec<Option<GoroutineId>>,
    /// By object of this run.
    things: Vec<Thing>,
    /// By name of a goroutine: how many objects it has made.
    made: Vec<u32>,
    decisions: Vec<Decision>,
    touches: Vec<Touch>,
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
}

impl Conductor {
    pub(crate) fn new(run: Run, matters: Matters, names: &mut Names) -> Self {
        let fold = run.trace(Fold::new);
        let mut conductor = Self {
            run,
            matters,
            fold,
            who: Vec::new(),
            goroutine: Vec::new(),
            things: Vec::new(),
            made: Vec::new(),
            decisions: Vec::new(),
            touches: Vec::new(),
        };
        conductor.learn_names(names);
        conductor.catch_up();
        conductor
    }

    /// Moves the fold to the end of the trace.
    fn catch_up(&mut self) {
        let Self { run, fold, .. } = self;
        run.trace(|trace| {
            while fold.at() < trace.len() {
                fold.advance(trace);
            }
        });
    }

    fn learn_names(&mut self, names: &mut Names) {
        let Self { run, who, goroutine, things, made, .. } = self;
        run.moment(|moment| {
            run.trace(|trace| {
                for (index, info) in trace.goroutines().iter().enumerate().skip(who.len()) {
                    let id = GoroutineId(u32::try_from(index).expect("goroutines are limited"));
                    let name = names.goroutine(index, moment.path_number(id), &info.path);
                    if goroutine.len() <= name as usize {
                        goroutine.resize(name as usize + 1, None);
                        made.resize(name as usize + 1, 0);
                    }
                    goroutine[name as usize] = Some(id);
                    who.push(name);
                }
                for object in &trace.objects()[things.len()..] {
                    let maker = object.creator.map(|id| who[id.index()]);
                    let nth = maker.map_or(0, |maker| {
                        made[maker as usize] += 1;
                        made[maker as usize]
                    });
                    things.push(names.thing(maker, nth));
                }
            });
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
        (&self.decisions, time_passed)
    }

    /// Nobody can move: all stop to wait, and time passes, or it is the end.
    fn idle(&mut self) {
        for index in 0..self.who.len() {
            let goroutine = GoroutineId(u32::try_from(index).expect("goroutines are limited"));
            if self.run.moment(|moment| moment.may_park(goroutine)) {
                self.run.take(&Decision { goroutine, way: Way::Park });
            }
        }
        self.run.idle_until_somebody_can_move();
        self.catch_up();
    }

    /// One of the possibilities that were listed last.
    pub(crate) fn listed(&self, nth: usize) -> Action {
        self.action(&self.decisions[nth])
    }

    fn action(&self, decision: &Decision) -> Action {
        let who = self.who[decision.goroutine.index()];
        let manner = match decision.way {
            Way::Alone { case } => Manner::Alone { case },
            Way::Draw { value } => Manner::Draw { value },
            Way::Default => Manner::Default,
            Way::Meet { case, partner, partner_case } => {
                let other = self.who[partner.index()];
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

    /// The decisions, one after the other, that the action is now.
    pub(crate) fn decisions_of(&self, action: &Action) -> (Option<Decision>, Decision) {
        let id = |who: Who| self.goroutine[who as usize].expect("who acts was born");
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
        self.learn_names(names);
        self.catch_up();
    }

    fn step(&mut self, action: &Action) {
        let (park, decision) = self.decisions_of(action);
        if let Some(park) = park {
            self.run.take(&park);
        }
        self.run.take(&decision);
    }

    /// The operations that an action lets through.
    fn asked(&self, action: &Action) -> SmallVec<[Asked; 2]> {
        [Some(action.who), action.partner()].into_iter().flatten().filter_map(|who| self.pending(who)).collect()
    }

    /// For an attempt that meets somebody, what he stands waiting for.
    fn found_standing(&self, action: &Action) -> Vec<CaseInfo> {
        let (Manner::Meet { partner, .. }, Some(asking)) = (action.manner, self.goroutine[action.who as usize]) else {
            return Vec::new();
        };
        self.run.moment(|moment| match (moment.operation(asking).1, self.goroutine[partner as usize]) {
            (true, Some(partner)) => moment.cases(partner),
            _ => Vec::new(),
        })
    }

    /// The operation that a goroutine waits with; `None` when it is over, or not born.
    pub(crate) fn pending(&self, who: Who) -> Option<Asked> {
        let goroutine = self.goroutine.get(who as usize).copied().flatten()?;
        self.run.moment(|moment| {
            let (cases, attempt) = moment.operation(goroutine);
            let first = cases.first()?;
            let one = cases.len() == 1 && !attempt;
            let steady = one && self.run.trace(|trace| trace.object(first.object).kind.steady(first.act));
            let things = cases.iter().map(|case| self.things[case.object.index()]).collect();
            Some(Asked { who, attempt, steady, draws: first.draws > 0, things })
        })
    }

    /// Takes the step, which has to be possible, and notes what it touches.
    pub(crate) fn take(&mut self, action: &Action, names: &mut Names) -> Noted {
        let time_passed = self.possible().1;
        let asked = self.asked(action);
        let found_standing = self.found_standing(action);
        self.step(action);
        let before = self.who.len();
        self.learn_names(names);
        let mut marks: SmallVec<[Mark; 6]> = SmallVec::new();
        // A run ends by itself only when nobody can move, so a step that ends it has cut the others off.
        let kills = self.run.is_over();
        let Self { run, fold, touches, things, matters, .. } = self;
        run.trace(|trace| {
            let mut mark = |touches: &[Touch]| {
                for touch in touches {
                    // That who is born was started needs no mark: births are kept apart.
                    if touch.object == ObjectId::RUNTIME && touch.access == Access::Enable {
                        continue;
                    }
                    let Some(access) = matters.access(touch) else { continue };
                    let place = names.place(things[touch.object.index()], touch.aspect.0, touch.index);
                    let mark = Mark { place, access };
                    if !marks.contains(&mark) {
                        marks.push(mark);
                    }
                }
            };
            touches.clear();
            stands(trace, &found_standing, touches);
            mark(touches);
            while fold.at() < trace.len() {
                let event = trace.event(fold.at());
                touches.clear();
                trace.object(event.object).kind.footprint(fold.object(event.object), &event, trace, touches);
                mark(touches);
                fold.advance(trace);
            }
        });
        let born = self.who[before..].iter().copied().collect();
        Noted { label: Label { action: *action, marks, kills }, asked, born, time_passed }
    }

    pub(crate) fn names(&self) -> &[Who] {
        &self.who
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

    /// Takes one decision, parking included.
    pub(crate) fn follow(&mut self, decision: &Decision, names: &mut Names) {
        self.run.take(decision);
        self.learn_names(names);
    }

    pub(crate) fn finish(self) -> Outcome {
        self.run.finish()
    }
}
