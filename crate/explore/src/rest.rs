//! What is left of the current execution without some of its steps, and what could be done at its end.
//!
//! Kinds declare what an operation would do in a state of its object, and a state follows from the object's events, so
//! the program need not be run again to see it. Where some kind does not declare it, or time has passed, it has to be.

use chanscope_kernel::trace::Flags;
use chanscope_kernel::{Act, Event, GoroutineId, SiteId, State, Trace, Would};
use smallvec::SmallVec;

use crate::action::{Action, Asked, Label, Manner, Wanted};
use crate::conductor::{Conductor, MAX_CHOICES};
use crate::marks::Marks;
use crate::names::{Names, Who};
use crate::past::Past;
use crate::states::{Found, move_over, state_before};
use crate::steps::Steps;

/// What is left.
pub(crate) struct Rest<'a> {
    pub(crate) past: &'a Past,
    pub(crate) conductor: &'a Conductor,
    /// Operations that the execution stands at.
    pub(crate) pending: &'a [Asked],
    /// Steps that are not there.
    pub(crate) fallen: &'a Steps,
}

/// It is not declared what would happen.
pub(crate) struct Undeclared;

/// What could be done, each with what it would touch.
pub(crate) type Possible = SmallVec<[Label; 2]>;

impl Rest<'_> {
    /// What the goroutine could do with its next operation, by `case` alone where one is given.
    pub(crate) fn possible(&self, asked: &Asked, case: Option<u8>, names: &mut Names) -> Result<Possible, Undeclared> {
        self.conductor.run().trace(|trace| self.possible_in(trace, asked, case, names))
    }

    fn possible_in(
        &self,
        trace: &Trace,
        asked: &Asked,
        only: Option<u8>,
        names: &mut Names,
    ) -> Result<Possible, Undeclared> {
        let mut found = Possible::new();
        let mut goes_alone = false;
        for (case, wanted) in (0..).zip(&asked.cases) {
            if only.is_some_and(|only| only != case) {
                continue;
            }
            let state = self.state(trace, wanted);
            match would(trace, &*state, wanted)? {
                Would::Wait => {}
                Would::Undeclared => unreachable!("just answered"),
                Would::Go { .. } if asked.draws > 0 => {
                    goes_alone = true;
                    found.extend(draws(asked).map(|action| Label::new(action, Marks::default(), false, None)));
                }
                Would::Go { flags, fatal } => {
                    goes_alone = true;
                    let event = self.event(asked, wanted, flags, None);
                    let marks = self.marks(trace, &*state, &[event], &[], names);
                    let action = Action { who: asked.who, manner: Manner::Alone { case } };
                    let left = trace.object(wanted.object).kind.spare(wanted.act, &*state);
                    found.push(Label::new(action, marks, fatal, left.map(|left| (wanted.thing, left))));
                }
                Would::Meet(act) => self.meetings(trace, asked, (case, wanted), act, &mut found, names)?,
            }
        }
        if asked.attempt && !goes_alone && only.is_none() {
            let action = Action { who: asked.who, manner: Manner::Default };
            let marks = self.marks(trace, &(), &[], &[asked], names);
            found.push(Label::new(action, marks, false, None));
        }
        let guard = &self.conductor.guard;
        found.retain(|label| !guard.holds_back_without(self.past, self.fallen, &label.action));
        Ok(found)
    }

    /// Everyone whom an operation could meet by this case.
    fn meetings(
        &self,
        trace: &Trace,
        asked: &Asked,
        (case, wanted): (u8, &Wanted),
        act: Act,
        found: &mut Possible,
        names: &mut Names,
    ) -> Result<(), Undeclared> {
        for &who in self.conductor.names() {
            let Some(other) = self.operation(who).filter(|_| who != asked.who) else { continue };
            for (other_case, theirs) in (0..).zip(&other.cases) {
                if (theirs.thing, theirs.act) != (wanted.thing, act) {
                    continue;
                }
                let mine = (asked, case, wanted);
                let theirs = (other, other_case, theirs);
                let (first, second) = match (asked.attempt, other.attempt) {
                    (true, true) => continue,
                    (true, false) => (mine, theirs),
                    (false, true) => (theirs, mine),
                    (false, false) if asked.who < other.who => (mine, theirs),
                    (false, false) => (theirs, mine),
                };
                let attempt = first.0.attempt;
                // An attempt meets only who has parked, and nobody parks who can go on.
                if attempt && self.goes_alone(trace, second.0)? {
                    continue;
                }
                let event = |(own, _, wanted): (&Asked, u8, &Wanted), other: &Asked| {
                    self.event(own, wanted, Flags::NONE, self.conductor.goroutine(other.who))
                };
                let events = [event(first, second.0), event(second, first.0)];
                let stands: &[&Asked] = if attempt { &[second.0] } else { &[] };
                let state = self.state(trace, wanted);
                let marks = self.marks(trace, &*state, &events, stands, names);
                let manner = Manner::Meet { case: first.1, partner: second.0.who, partner_case: second.1 };
                found.push(Label::new(Action { who: first.0.who, manner }, marks, false, None));
            }
        }
        Ok(())
    }

    /// The operation that the goroutine stands at.
    fn operation(&self, who: Who) -> Option<&Asked> {
        if self.past.birth(who).is_some_and(|birth| self.fallen.has(birth)) {
            return None;
        }
        let next = self.past.steps_of(who).iter().find(|&&step| self.fallen.has(step));
        match next {
            Some(&step) => self.past.steps()[step].noted.asked.iter().find(|asked| asked.who == who),
            None => self.pending.iter().find(|asked| asked.who == who),
        }
    }

    fn goes_alone(&self, trace: &Trace, asked: &Asked) -> Result<bool, Undeclared> {
        for wanted in &asked.cases {
            if matches!(would(trace, &*self.state(trace, wanted), wanted)?, Would::Go { .. }) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The state of the object that a case asks for.
    fn state(&self, trace: &Trace, wanted: &Wanted) -> Found<'_> {
        let (steps, own) = (self.past.steps(), self.past.steps_on(wanted.thing));
        let left = |step: &&usize| !self.fallen.has(**step);
        let first_left = own.iter().take_while(left).count();
        let kept = self.past.states.after(wanted.thing, first_left);
        let mut more = own[first_left..].iter().filter(left).peekable();
        if let (Some(kept), None) = (kept, more.peek()) {
            return Found::Kept(kept);
        }
        let pass = |state: &mut dyn State, step: usize| {
            let (from, to) = steps[step].noted.events;
            move_over(state, trace, wanted.object, from..to);
        };
        let mut state = kept.map(State::boxed).unwrap_or_else(|| {
            // A search can begin in the middle of a run.
            let mut state =
                state_before(trace, wanted.object, steps.first().map_or(trace.len(), |step| step.noted.events.0));
            own[..first_left].iter().for_each(|&step| pass(&mut *state, step));
            state
        });
        more.for_each(|&step| pass(&mut *state, step));
        Found::Made(state)
    }

    /// What an operation would touch if it went through here, be it possible or not.
    pub(crate) fn marks_of(&self, asked: &Asked, case: u8, names: &mut Names) -> Marks {
        let wanted = &asked.cases[usize::from(case)];
        self.conductor.run().trace(|trace| {
            let event = self.event(asked, wanted, Flags::NONE, None);
            let stands: &[&Asked] = if asked.attempt { &[asked] } else { &[] };
            self.marks(trace, &*self.state(trace, wanted), &[event], stands, names)
        })
    }

    /// The event that an operation would leave.
    fn event(&self, asked: &Asked, wanted: &Wanted, flags: Flags, partner: Option<GoroutineId>) -> Event {
        Event {
            at: self.past.steps().last().map_or(0, |step| step.noted.events.1),
            goroutine: self.conductor.goroutine(asked.who).expect("who asks was born"),
            object: wanted.object,
            act: wanted.act,
            flags: flags.and(Flags::ATTEMPT.when(asked.attempt)),
            case: None,
            site: SiteId(0),
            value: wanted.value,
            partner,
            source: None,
            cause: None,
        }
    }

    fn marks(
        &self,
        trace: &Trace,
        state: &dyn State,
        events: &[Event],
        looked_at: &[&Asked],
        names: &mut Names,
    ) -> Marks {
        let (mut touches, mut marks) = (self.conductor.touches.take(), Marks::default());
        touches.clear();
        for asked in looked_at {
            for wanted in &asked.cases {
                trace.object(wanted.object).kind.observed(wanted.act, wanted.object, &mut touches);
            }
        }
        for event in events {
            trace.object(event.object).kind.footprint(state, event, trace, &mut touches);
        }
        self.conductor.matters.mark(&touches, self.conductor.things(), names, &mut marks);
        self.conductor.touches.set(touches);
        marks
    }
}

/// All that a draw can come to, ascending.
pub(crate) fn draws(asked: &Asked) -> impl Iterator<Item = Action> {
    let who = asked.who;
    (0..asked.draws.min(MAX_CHOICES as u64)).map(move |value| Action { who, manner: Manner::Draw { value } })
}

/// Whether a case may go through together with somebody else's, or that is not declared, by the first state of its object.
pub(crate) fn may_meet(trace: &Trace, start: &dyn State, wanted: &Wanted) -> bool {
    !matches!(would(trace, start, wanted), Ok(Would::Wait | Would::Go { .. }))
}

fn would(trace: &Trace, state: &dyn State, wanted: &Wanted) -> Result<Would, Undeclared> {
    match trace.object(wanted.object).kind.would(wanted.act, trace.value(wanted.value), state) {
        Would::Undeclared => Err(Undeclared),
        would => Ok(would),
    }
}
