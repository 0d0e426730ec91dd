//! The handle by which a goroutine reaches the runtime: start others, print, draw, sleep.

use std::borrow::Cow;
use std::fmt::Display;
use std::future::Future;
use std::panic::Location;
use std::rc::Rc;
use std::time::Duration;

use crate::body::Body;
use crate::clock::Passing;
use crate::ids::ObjectId;
use crate::inner::Goroutine;
use crate::limits::{Limit, MAX_PATH_BIRTHS};
use crate::object::Act;
use crate::operation::{Offer, Operation};
use crate::panic::Panic;
use crate::runtime::{ALWAYS, Case, OUTSIDE, Runtime};
use crate::runtime_kind;
use crate::trace::{Flags, Packed};
use crate::value::{Show, Value};

/// A goroutine's name and its role. Many goroutines share a role; each has a name of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// What a lane is labelled with, such as `producer 3`.
    pub name: Cow<'static, str>,
    /// What a hue is chosen by, such as `producer`.
    pub role: &'static str,
}

impl Name {
    /// The `number`-th goroutine of a role.
    #[must_use]
    pub fn numbered(role: &'static str, number: impl Display) -> Self {
        Self { name: format!("{role} {number}").into(), role }
    }
}

impl From<&'static str> for Name {
    fn from(role: &'static str) -> Self {
        Self { name: role.into(), role }
    }
}

/// What a goroutine knows of the run that it is part of.
#[derive(Clone)]
pub struct Go {
    runtime: Rc<Runtime>,
}

impl Go {
    pub(crate) fn new(runtime: Rc<Runtime>) -> Self {
        Self { runtime }
    }

    /// The run's shared state, for objects.
    #[must_use]
    pub fn runtime(&self) -> &Rc<Runtime> {
        &self.runtime
    }

    pub(crate) fn with_current<T>(&self, f: impl FnOnce(&mut Goroutine) -> T) -> T {
        self.runtime.with(|inner| {
            let current = inner.current();
            f(&mut inner.goroutines[current.index()])
        })
    }

    /// The `go` statement. Not a step: that somebody has been started can be told only by what he does.
    ///
    /// Beyond [`Limits::goroutines`](crate::Limits::goroutines) and [`MAX_PATH_BIRTHS`] nobody is started and the run
    /// is cut when this goroutine next waits: a body that starts others in a loop without an operation never ends, as
    /// an empty loop does not.
    #[track_caller]
    pub fn spawn(&self, name: impl Into<Name>, body: impl Future<Output = Result<(), Panic>> + 'static) {
        self.spawn_at(Location::caller(), name, body);
    }

    /// The same, at a place in the source that was noted before.
    pub fn spawn_at(
        &self,
        location: &'static Location<'static>,
        name: impl Into<Name>,
        body: impl Future<Output = Result<(), Panic>> + 'static,
    ) {
        let name = name.into();
        let site = self.runtime.site(location);
        let bytes = u32::try_from(size_of_val(&body)).ok();
        self.runtime.with(|inner| {
            let births = inner.trace.goroutine(inner.current()).path.births();
            let too_many = inner.goroutines.len() >= inner.limits.goroutines as usize;
            let limit = too_many.then_some(Limit::Goroutines);
            if let Some(limit) = limit.or((births >= MAX_PATH_BIRTHS).then_some(Limit::Births)) {
                inner.cut.get_or_insert(limit);
                return;
            }
            let child = inner.start(name, bytes);
            let body = Body::within(inner.left.pop(), body);
            inner.started.push((child, body));
            let parent = inner.current();
            inner.record_runtime(parent, runtime_kind::SPAWN, site, Packed::NONE, Some(child), Flags::NONE);
            inner.goroutines[parent.index()].site = site;
        });
    }

    /// `fmt.Println` of one value: a line of output. Cut at [`MAX_TEXT_BYTES`](crate::MAX_TEXT_BYTES).
    #[track_caller]
    pub fn println(&self, value: &impl Show) -> Operation<Runtimes<()>> {
        let line = match value.show() {
            composite @ Value::Composite(_) => Value::text(&composite.printed()),
            plain => plain,
        };
        self.operation(runtime_kind::PRINT, Demand::Value(line), |_| ())
    }

    /// `rand.Intn(n)`: a number from 0 up to and without `n`. Which one is a choice.
    ///
    /// # Errors
    /// Go's panic where `n` is 0: there is no such number.
    #[track_caller]
    pub fn intn(&self, n: u32) -> impl Future<Output = Result<u32, Panic>> + use<> {
        let read = |drawn| u32::try_from(drawn).expect("below n");
        // In a closure the caller's place would be lost.
        let draw = if n > 0 { Some(self.operation(runtime_kind::DRAW, Demand::Draw(n), read)) } else { None };
        async move {
            match draw {
                Some(draw) => Ok(draw.await),
                None => Err(Panic::new("invalid argument to Intn")),
            }
        }
    }

    /// `runtime.Gosched()`.
    #[track_caller]
    pub fn yield_now(&self) -> Operation<Runtimes<()>> {
        self.operation(runtime_kind::YIELD, Demand::Nothing, |_| ())
    }

    /// `time.Sleep`, in virtual time. Goes through no sooner than `duration` from now.
    #[track_caller]
    pub fn sleep(&self, duration: Duration) -> Operation<Runtimes<()>> {
        let nanos = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        self.operation(runtime_kind::WAKE, Demand::Alarm(nanos), |_| ())
    }

    /// A system call that takes `duration`: the goroutine keeps a thread and gives its processor to others.
    #[track_caller]
    pub fn syscall(&self, duration: Duration) -> Operation<Runtimes<()>> {
        let nanos = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        self.operation(runtime_kind::SYSCALL, Demand::Alarm(nanos), |_| ())
    }

    /// Waits for the reader to press a button of that name: a choice that no strategy makes. In a program that can do
    /// nothing else the button is pressed in the end.
    #[track_caller]
    pub fn input(&self, button: &str) -> Operation<Runtimes<()>> {
        self.operation(runtime_kind::INPUT, Demand::Input(Value::text(button)), |_| ())
    }

    /// `runtime.GOMAXPROCS(n)`: what a strategy that has processors goes by. 0 changes nothing.
    pub fn gomaxprocs(&self, n: u8) {
        if n > 0 {
            self.runtime.with(|inner| inner.gomaxprocs = n);
        }
    }

    /// Says when time passes in this run; `main` does so before anybody waits for a time. Else it passes when nothing
    /// else can happen.
    pub fn time_passes(&self, passing: Passing) {
        self.runtime.with(|inner| inner.clock.passing = passing);
    }

    #[track_caller]
    fn operation<T>(&self, act: Act, demand: Demand, read: fn(u64) -> T) -> Operation<Runtimes<T>> {
        Operation::new(&self.runtime, Runtimes { go: self.clone(), act, demand, read })
    }
}

enum Demand {
    Nothing,
    Value(Value),
    Draw(u32),
    Alarm(u64),
    Input(Value),
}

/// An operation on the runtime itself.
pub struct Runtimes<T> {
    go: Go,
    act: Act,
    demand: Demand,
    read: fn(u64) -> T,
}

impl<T> Offer for Runtimes<T> {
    type Output = T;

    fn open(&mut self, runtime: &Runtime, location: &'static Location<'static>) -> Case {
        let site = runtime.site(location);
        let (mut gate, mut value, mut draws) = (ALWAYS, Packed::NONE, 0);
        match &self.demand {
            Demand::Nothing => {}
            Demand::Value(shown) => value = runtime.pack(shown.clone()),
            Demand::Input(button) => (gate, value) = (OUTSIDE, runtime.pack(button.clone())),
            Demand::Draw(n) => draws = u64::from(*n),
            // Go's Sleep returns at once when there is nothing to wait for.
            Demand::Alarm(0) => {}
            Demand::Alarm(nanos) => gate = runtime.with(|inner| inner.sleep(inner.current(), *nanos)),
        }
        Case { object: ObjectId::RUNTIME, gate, act: self.act, ticket: 0, site, value, draws }
    }

    fn finish(&mut self) -> T {
        (self.read)(self.go.with_current(|goroutine| goroutine.drawn))
    }

    fn withdraw(&mut self) {
        unreachable!("operations on the runtime are no cases of a select");
    }
}
