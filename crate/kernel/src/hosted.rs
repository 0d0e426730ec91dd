//! The same programs on somebody else's executor: `LocalPool`, or a browser's event loop.
//!
//! An operation commits inside its poll when it can, and parks its waker when it cannot; the order of polling is the
//! executor's, and showing that is the point. What comes of it is the order of commits, as choices: the trace is what
//! the deterministic executor makes of them (see [`Follow`](crate::Follow)). This module knows no executor: it hands
//! tasks to one, and is told when nothing moves any more and when a new turn begins.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::body::Body;
use crate::choice::{Choice, Decision, Moment, Way};
use crate::course::{self, Course, Effect};
use crate::go::{Go, Name};
use crate::ids::GoroutineId;
use crate::inner::{Inner, Stage};
use crate::limits::{Limit, Limits};
use crate::program::Program;
use crate::runtime::Runtime;
use crate::strategy::FirstCome;
use crate::verdict::Ending;

/// A program on somebody else's executor. Clones are the same one.
#[derive(Clone)]
pub struct Hosted {
    host: Rc<Host>,
}

/// What somebody else's executor may do with a program.
pub struct Terms {
    /// Bounds on the run.
    pub limits: Limits,
    /// Commits altogether; beyond that the run is cut.
    pub most_commits: usize,
    /// Commits in one turn, for executors that have to come to other things; `None`: a goroutine that never waits is
    /// never interrupted.
    pub commits_a_turn: Option<u32>,
    /// What draws and ready cases follow from.
    pub seed: u64,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// What was decided, in order.
    pub choices: Vec<Choice>,
    /// The limit that it met, where it met one.
    pub cut: Option<Limit>,
}

/// A goroutine, to be polled by the executor until it is ready.
pub struct Task {
    host: Rc<Host>,
    id: GoroutineId,
    /// Over once only its last step is to be taken.
    body: Body,
}

pub(crate) struct Host {
    runtime: Rc<Runtime>,
    course: RefCell<Course>,
    choices: RefCell<Vec<Choice>>,
    /// By goroutine: who waits to be polled again.
    wakers: RefCell<Vec<Option<Waker>>>,
    left_this_turn: Cell<Option<u32>>,
    /// Who came when the turn was used up, in order.
    next_turn: RefCell<Vec<GoroutineId>>,
    /// Who has committed in this turn.
    had_a_turn: RefCell<BTreeSet<GoroutineId>>,
    terms: Terms,
    spawn: Box<dyn Fn(Task)>,
}

impl Hosted {
    /// Starts the program: gives main to `spawn`, and later everybody who is started.
    #[must_use]
    pub fn start(program: Program, terms: Terms, spawn: impl Fn(Task) + 'static) -> Self {
        let runtime = Runtime::new(terms.limits);
        let go = Go::new(Rc::clone(&runtime));
        runtime.with(|inner| inner.start(Name::from("main"), None));
        let host = Rc::new(Host {
            runtime,
            course: RefCell::default(),
            choices: RefCell::default(),
            wakers: RefCell::default(),
            left_this_turn: Cell::new(terms.commits_a_turn),
            next_turn: RefCell::default(),
            had_a_turn: RefCell::default(),
            terms,
            spawn: Box::new(spawn),
        });
        host.runtime.is_hosted_by(Rc::downgrade(&host));
        // Objects that main makes before its first operation are made in its own time.
        host.runtime.with(|inner| inner.current = Some(GoroutineId::MAIN));
        let body = program.into_main(go);
        host.runtime.with(|inner| inner.current = None);
        (host.spawn)(Task { host: Rc::clone(&host), id: GoroutineId::MAIN, body });
        Self { host }
    }

    /// A new turn of the executor: who has used up the last one goes on.
    pub fn turn(&self) {
        self.host.left_this_turn.set(self.host.terms.commits_a_turn);
        // Who got nothing of the last turn goes first.
        let had_a_turn = self.host.had_a_turn.take();
        let (last, first): (Vec<_>, Vec<_>) =
            self.host.next_turn.take().into_iter().partition(|goroutine| had_a_turn.contains(goroutine));
        first.into_iter().chain(last).for_each(|goroutine| self.host.wake(goroutine));
    }

    /// Whether somebody stopped because the turn was used up: then [`Hosted::turn`] has to follow.
    #[must_use]
    pub fn turn_is_used_up(&self) -> bool {
        !self.host.next_turn.borrow().is_empty() && !self.is_over()
    }

    /// How long until somebody's time comes, when nothing else moves before; `None` when nobody waits for a time.
    #[must_use]
    pub fn next_alarm(&self) -> Option<Duration> {
        self.host.runtime.look(Inner::until_next_alarm).map(Duration::from_nanos)
    }

    /// Nothing moves any more: time passes. Answers whether somebody's time has come.
    pub fn time_passes(&self) -> bool {
        let passes = self.host.course.borrow().time_passes(&self.host.runtime);
        self.host.wake_who_can_go();
        passes && !self.is_over()
    }

    /// The reader presses the button that somebody waits for. `false` when nobody does, or main has returned.
    pub fn press(&self) -> bool {
        let host = &self.host;
        let pressed = host.look(|moment| moment.from_outside().next());
        let Some(decision) = pressed.filter(|_| host.course.borrow().ending.is_none()) else { return false };
        host.decide(&decision);
        true
    }

    /// Whether somebody waits for the reader to press a button.
    #[must_use]
    pub fn waits_for_reader(&self) -> bool {
        self.host.course.borrow().ending.is_none() && self.host.look(|moment| moment.from_outside().next().is_some())
    }

    /// Whether nothing may move any more.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.host.course.borrow().over
    }

    /// The order of commits so far.
    #[must_use]
    pub fn recorded(&self) -> Recorded {
        let cut = match self.host.course.borrow().ending {
            Some(Ending::Cut(limit)) => Some(limit),
            _ => None,
        };
        Recorded { choices: self.host.choices.borrow().clone(), cut }
    }
}

impl Host {
    fn look<T>(&self, look: impl FnOnce(Moment<'_>) -> T) -> T {
        self.runtime.look(|inner| look(Moment::new(inner)))
    }

    /// Lets the operation of the goroutine that is being polled go through, or stops it there.
    pub(crate) fn go_on(&self, cx: &Context<'_>) {
        let id = self.runtime.look(Inner::current);
        self.runtime.with(Inner::nobody_settles);
        if self.course.borrow().over {
            return;
        }
        if self.left_this_turn.get() == Some(0) {
            self.next_turn.borrow_mut().push(id);
            self.wait(id, cx);
            return;
        }
        let way = self.look(|moment| {
            let ways = moment.ways(id);
            (!ways.is_empty()).then(|| FirstCome { seed: self.terms.seed }.way(moment, id, &ways))
        });
        match way {
            Some(Way::Park) if !self.runtime.look(|inner| inner.parking_is_seen(id)) => {
                self.runtime.with(|inner| inner.park(id, false));
                self.wait(id, cx);
            }
            Some(way) => {
                self.decide(&Decision { goroutine: id, way });
                if way == Way::Park {
                    self.wait(id, cx);
                }
            }
            // It has parked before and was woken for nothing.
            None => self.wait(id, cx),
        }
    }

    fn decide(&self, decision: &Decision) {
        let name = self.look(|moment| moment.name(decision));
        self.choices.borrow_mut().push(name);
        let effect = self.course.borrow_mut().commit(&self.runtime, decision);
        if let Some(left) = self.left_this_turn.get() {
            self.had_a_turn.borrow_mut().insert(decision.goroutine);
            self.left_this_turn.set(Some(left.saturating_sub(1)));
        }
        let mut course = self.course.borrow_mut();
        self.runtime.look(|inner| course.check_limits(inner));
        if self.choices.borrow().len() >= self.terms.most_commits && !course.over {
            course.cut(Limit::Events);
        }
        drop(course);
        match effect {
            Effect::Nobody => {}
            Effect::Resumes(goroutine) => self.wake(goroutine),
            Effect::Met(goroutine, partner) => [goroutine, partner].into_iter().for_each(|who| self.wake(who)),
        }
        self.wake_who_can_go();
    }

    fn wait(&self, id: GoroutineId, cx: &Context<'_>) {
        let mut wakers = self.wakers.borrow_mut();
        if wakers.len() <= id.index() {
            wakers.resize(id.index() + 1, None);
        }
        wakers[id.index()] = Some(cx.waker().clone());
    }

    fn wake(&self, id: GoroutineId) {
        let waker = self.wakers.borrow_mut().get_mut(id.index()).and_then(Option::take);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn wake_who_can_go(&self) {
        let can_go = self.runtime.look(|inner| {
            let waiting = inner.gates.passable().iter().flat_map(|&gate| inner.gates.waiting(gate));
            waiting.map(|waiting| waiting.goroutine).collect::<Vec<_>>()
        });
        can_go.into_iter().for_each(|goroutine| self.wake(goroutine));
    }

    fn spawn_started(self: &Rc<Self>) {
        let started = self.runtime.with(|inner| std::mem::take(&mut inner.started));
        for (id, body) in started {
            (self.spawn)(Task { host: Rc::clone(self), id, body });
        }
    }
}

impl Future for Task {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let (host, id) = (&this.host, this.id);
        if host.course.borrow().over {
            return Poll::Ready(());
        }
        host.runtime.with(|inner| inner.current = Some(id));
        course::poll(&host.runtime, id, &mut this.body, cx);
        if this.body.is_over() && host.runtime.look(|inner| inner.goroutines[id.index()].stage) != Stage::Over {
            host.go_on(cx);
        }
        host.spawn_started();
        host.runtime.with(|inner| inner.current = None);
        let over = host.runtime.look(|inner| inner.goroutines[id.index()].stage == Stage::Over);
        if over { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.runtime.let_go();
    }
}

impl Runtime {
    fn is_hosted_by(&self, host: Weak<Host>) {
        self.host.set(host).expect("it is hosted once");
    }
}
