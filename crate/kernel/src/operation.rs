//! Operations as futures: submit once, then wait until it has gone through.

use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use crate::limits::MAX_CASES;
use crate::runtime::{Case, Resumed, Runtime, Submission};

/// What one kind of operation has to say for itself.
pub trait Offer: Unpin {
    /// What the goroutine gets once it has gone through.
    type Output;

    /// Lays aside what the object needs and says where to wait. Called once, when the operation is submitted.
    fn open(&mut self, runtime: &Runtime, location: &'static Location<'static>) -> Case;

    /// Takes the result that the commit has laid aside. Called once, after the operation has gone through.
    fn finish(&mut self) -> Self::Output;

    /// Takes back what was laid aside. Called once instead of [`Offer::finish`], when another case went through.
    fn withdraw(&mut self);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    New,
    Submitted,
    Done,
}

/// An operation that has been described and not yet begun. Await it, or make it a case of a select.
#[must_use = "an operation does nothing until it is awaited"]
pub struct Operation<O: Offer> {
    runtime: Rc<Runtime>,
    offer: O,
    location: &'static Location<'static>,
    stage: Stage,
}

impl<O: Offer> Operation<O> {
    /// Describes an operation at the caller's source position.
    #[track_caller]
    pub fn new(runtime: &Rc<Runtime>, offer: O) -> Self {
        Self::at(runtime, offer, Location::caller())
    }

    /// Describes an operation at a source position that was noted before, such as that of the call that it is part of.
    pub fn at(runtime: &Rc<Runtime>, offer: O, location: &'static Location<'static>) -> Self {
        Self { runtime: Rc::clone(runtime), offer, location, stage: Stage::New }
    }
}

impl<O: Offer> Future for Operation<O> {
    type Output = O::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<O::Output> {
        let this = &mut *self;
        assert!(this.stage != Stage::Done, "an operation is awaited once");
        if this.stage == Stage::New {
            let case = this.offer.open(&this.runtime, this.location);
            this.runtime.submit([case], Submission::Plain, case.site);
            this.stage = Stage::Submitted;
            if !this.runtime.commits_in_polls() {
                return Poll::Pending;
            }
        }
        if this.runtime.poll(cx).is_none() {
            return Poll::Pending;
        }
        this.stage = Stage::Done;
        Poll::Ready(this.offer.finish())
    }
}

/// An operation as a case of a select.
pub trait Selectable {
    /// Lays aside and says where to wait.
    fn open(&mut self) -> Case;
    /// Another case went through.
    fn withdraw(&mut self);
}

impl<O: Offer> Selectable for Operation<O> {
    fn open(&mut self) -> Case {
        self.stage = Stage::Submitted;
        self.offer.open(&self.runtime, self.location)
    }

    fn withdraw(&mut self) {
        self.stage = Stage::Done;
        self.offer.withdraw();
    }
}

impl<O: Offer> Operation<O> {
    /// The result of the case that went through, for `select!`.
    pub fn finish(mut self) -> O::Output {
        assert!(self.stage == Stage::Submitted, "the case went through, and its result is taken once");
        self.stage = Stage::Done;
        self.offer.finish()
    }

    /// The run that it belongs to, for `select!`.
    #[must_use]
    pub fn runtime(&self) -> &Rc<Runtime> {
        &self.runtime
    }
}

/// Several operations of which exactly one goes through; made by `select!`.
#[must_use = "a select does nothing until it is awaited"]
pub struct Select<'a, const N: usize> {
    runtime: Rc<Runtime>,
    cases: [&'a mut dyn Selectable; N],
    submission: Submission,
    location: &'static Location<'static>,
    stage: Stage,
}

impl<'a, const N: usize> Select<'a, N> {
    /// A select at the caller's source position; with a default it never waits.
    #[track_caller]
    pub fn new(runtime: &Rc<Runtime>, cases: [&'a mut dyn Selectable; N], default: bool) -> Self {
        Self::at(runtime, cases, default, Location::caller())
    }

    /// A select at a source position that was noted before, such as that of the call that it is part of.
    pub fn at(
        runtime: &Rc<Runtime>,
        cases: [&'a mut dyn Selectable; N],
        default: bool,
        location: &'static Location<'static>,
    ) -> Self {
        const { assert!(N <= MAX_CASES, "a select has too many cases") };
        let submission = if default { Submission::Attempt } else { Submission::Select };
        Self { runtime: Rc::clone(runtime), cases, submission, location, stage: Stage::New }
    }
}

impl<const N: usize> Future for Select<'_, N> {
    type Output = Resumed;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Resumed> {
        let this = &mut *self;
        assert!(this.stage != Stage::Done, "a select is awaited once");
        if this.stage == Stage::New {
            let site = this.runtime.site(this.location);
            let cases = this.cases.each_mut().map(|case| case.open());
            this.runtime.submit(cases, this.submission, site);
            this.stage = Stage::Submitted;
            if !this.runtime.commits_in_polls() {
                return Poll::Pending;
            }
        }
        let Some(resumed) = this.runtime.poll(cx) else { return Poll::Pending };
        this.stage = Stage::Done;
        for (i, case) in this.cases.iter_mut().enumerate() {
            if resumed != Resumed::Case(u8::try_from(i).expect("checked on submission")) {
                case.withdraw();
            }
        }
        Poll::Ready(resumed)
    }
}
